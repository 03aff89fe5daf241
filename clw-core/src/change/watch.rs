//! Watching resamples being drawn from another thread, and stopping that.

use core::sync::atomic::{AtomicBool, AtomicU32, Ordering};

/// How far the resamples and patterns of a change are, and whether more shall be drawn; one is shared
/// by who computes and who watches.
///
/// ```
/// use clw_core::change::{ChangeRequest, PairCounts, Watch};
/// use clw_core::instrument::catalogue;
///
/// let loneliness = catalogue::find("ucla-3")?.measure("loneliness")?;
/// let pairs = PairCounts::count_steps(loneliness.scale(), &[8, 7, 9], &[6, 6, 6])?;
/// let options = r#"{"bootstrap": {"resamples": 200}}"#;
/// let request = ChangeRequest { level: 0.95, options, measure: None };
/// let watch = Watch::default();
/// assert_eq!(request.answer_watched(&pairs, &watch)?, request.answer(&pairs)?);
/// assert_eq!(watch.share(), Some(1.0));
///
/// watch.stop();
/// let stopped = request.answer_watched(&pairs, &watch).unwrap_err();
/// assert_eq!(
///     (stopped.code(), stopped.to_string().as_str()),
///     ("stopped", "the change was stopped before its end; compute it again for its result")
/// );
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Debug, Default)]
pub struct Watch {
    stopped: AtomicBool,
    expected: AtomicU32,
    drawn: AtomicU32,
}

impl Watch {
    /// Wishes that no more be drawn.
    pub fn stop(&self) {
        self.stopped.store(true, Ordering::Relaxed);
    }

    /// Whether no more shall be drawn.
    #[must_use]
    pub fn is_stopped(&self) -> bool {
        self.stopped.load(Ordering::Relaxed)
    }

    /// The share of the resamples and patterns that is drawn, from 0 to 1; `None` where none are asked
    /// for.
    #[must_use]
    pub fn share(&self) -> Option<f64> {
        let expected = self.expected.load(Ordering::Relaxed);
        let drawn = self.drawn.load(Ordering::Relaxed);
        (expected > 0).then(|| f64::from(drawn) / f64::from(expected))
    }

    pub(super) fn expect(&self, draws: u32) {
        self.expected.fetch_add(draws, Ordering::Relaxed);
    }

    /// Says that one more is drawn, and asks whether to go on.
    pub(super) fn goes_on(&self) -> bool {
        self.drawn.fetch_add(1, Ordering::Relaxed);
        !self.is_stopped()
    }
}
