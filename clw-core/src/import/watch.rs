//! Watching an import from another thread, and stopping it.

use core::sync::atomic::{AtomicBool, AtomicU64, AtomicUsize, Ordering};

use super::partition::PARTITIONS;

/// How far an import is, and whether it shall go on; one is shared by who works and who watches.
///
/// A stopped import ends at its next block or partition, with
/// [`ImportError::Stopped`](super::ImportError::Stopped).
///
/// ```
/// use clw_core::import::{Import, ImportError, Mapping, TableName, Watch};
/// use clw_core::instrument::Registry;
///
/// let mapping = Mapping::from_toml(r#"
/// [tables.assessments]
/// file = "forms.csv"
/// columns = { person = "Client", date = "Completed", answers = ["Q1", "Q2", "Q3"] }
/// constants = { instrument = "ucla-3" }
/// "#)?;
/// let watch = Watch::default();
/// let forms = "Client,Completed,Q1,Q2,Q3\nA,2026-03-05,1,2,3\n";
/// let import = || Import::new(mapping.clone(), &Registry::new()).map(|import| {
///     import.table(TableName::Assessments, forms.as_bytes()).watched(&watch)
/// });
/// assert_eq!(import()?.read()?.0.len(), 1);
/// assert_eq!(watch.share(), Some(1.0));
///
/// watch.stop();
/// let stopped = import()?.read().unwrap_err();
/// assert_eq!(
///     (stopped.code(), stopped.to_string().as_str()),
///     ("stopped", "the import was stopped before its end; run it again for its result")
/// );
/// # Ok::<(), ImportError>(())
/// ```
#[derive(Debug, Default)]
pub struct Watch {
    stopped: AtomicBool,
    expected: AtomicU64,
    read: AtomicU64,
    gathered: AtomicUsize,
}

impl Watch {
    /// Says how many more bytes there are to read, where that is known.
    pub fn expect(&self, bytes: u64) {
        self.expected.fetch_add(bytes, Ordering::Relaxed);
    }

    /// Wishes that the import stop.
    pub fn stop(&self) {
        self.stopped.store(true, Ordering::Relaxed);
    }

    /// Whether it shall stop.
    #[must_use]
    pub fn is_stopped(&self) -> bool {
        self.stopped.load(Ordering::Relaxed)
    }

    /// The share of the work that is done, from 0 to 1: half of it is to read, half to put people's
    /// rows together. `None` where it is not known how much there is to read.
    #[must_use]
    pub fn share(&self) -> Option<f64> {
        let (read, gathered) =
            (self.read.load(Ordering::Relaxed), self.gathered.load(Ordering::Relaxed));
        let expected = self.expected.load(Ordering::Relaxed);
        if expected == 0 && gathered == 0 {
            return None;
        }
        #[expect(clippy::cast_precision_loss, reason = "a share of bytes that a person looks at")]
        let read = match gathered {
            0 => (read as f64 / expected as f64).min(1.0),
            _ => 1.0,
        };
        #[expect(clippy::cast_precision_loss, reason = "at most a few hundred")]
        let gathered = gathered as f64 / PARTITIONS as f64;
        Some((read + gathered) / 2.0)
    }

    pub(super) fn has_read(&self, bytes: usize) {
        self.read.fetch_add(bytes as u64, Ordering::Relaxed);
    }

    pub(super) fn has_gathered(&self) {
        self.gathered.fetch_add(1, Ordering::Relaxed);
    }
}
