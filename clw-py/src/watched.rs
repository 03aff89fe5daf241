//! Long work that a person can watch and interrupt.

use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::sync::mpsc::{RecvTimeoutError, channel};
use std::time::Duration;

use clw_core::import::Watch;
use pyo3::exceptions::PyException;
use pyo3::prelude::*;

/// How often Python may handle a signal.
const TICK: Duration = Duration::from_millis(50);
/// Shorter work shows nothing.
const TICKS_UNSEEN: u32 = 10;
const TICKS_BETWEEN: u32 = 4;

/// What the thread that calls can see of the work, and how it ends it.
pub(crate) trait Watched: Default + Sync {
    /// What a person is told is being done.
    const DOING: &'static str = "Reading and counting";

    /// The share that is done, from 0 to 1, where it is known.
    fn share(&self) -> Option<f64>;
    fn stop(&self);
}

impl Watched for Watch {
    fn share(&self) -> Option<f64> {
        self.share()
    }

    fn stop(&self) {
        self.stop();
    }
}

impl Watched for clw_core::change::Watch {
    const DOING: &'static str = "Drawing";

    fn share(&self) -> Option<f64> {
        self.share()
    }

    fn stop(&self) {
        self.stop();
    }
}

/// Work in parts of one size.
#[derive(Default)]
pub(crate) struct PartsDone {
    stopped: AtomicBool,
    done: AtomicUsize,
    of: AtomicUsize,
}

impl PartsDone {
    pub(crate) fn expect(&self, parts: usize) {
        self.of.store(parts, Ordering::Relaxed);
    }

    pub(crate) fn is_stopped(&self) -> bool {
        self.stopped.load(Ordering::Relaxed)
    }

    pub(crate) fn has_done_one(&self) {
        self.done.fetch_add(1, Ordering::Relaxed);
    }
}

impl Watched for PartsDone {
    fn share(&self) -> Option<f64> {
        let (done, of) = (self.done.load(Ordering::Relaxed), self.of.load(Ordering::Relaxed));
        #[expect(clippy::cast_precision_loss, reason = "a share that a person looks at")]
        let share = done as f64 / of as f64;
        (of > 0).then_some(share)
    }

    fn stop(&self) {
        self.stopped.store(true, Ordering::Relaxed);
    }
}

/// Does the work without the GIL, shows how far it is, and stops it where a signal raises, as Ctrl-C does.
///
/// `progress` is whether to show it at all: in a notebook unless told.
pub(crate) fn watched<W: Watched, T: Send>(
    py: Python<'_>,
    progress: Option<bool>,
    work: impl FnOnce(&W) -> T + Send,
) -> PyResult<T> {
    let watch = W::default();
    let done = py.detach(|| {
        std::thread::scope(|scope| {
            let (working, ended) = channel::<()>();
            let worker = scope.spawn(|| {
                let _working = working;
                work(&watch)
            });
            let mut display = Display { asked: progress, doing: W::DOING, shown: Shown::NotYet };
            let mut ticks = 0_u32;
            let mut raised = Ok(());
            while ended.recv_timeout(TICK) == Err(RecvTimeoutError::Timeout) && raised.is_ok() {
                ticks = ticks.saturating_add(1);
                let due = ticks >= TICKS_UNSEEN && ticks.is_multiple_of(TICKS_BETWEEN);
                raised = Python::attach(|py| {
                    py.check_signals()?;
                    if due { display.show(py, watch.share()) } else { Ok(()) }
                });
            }
            if raised.is_err() {
                watch.stop();
            }
            let done = worker.join();
            Python::attach(|py| raised.and(display.close(py))).map(|()| done)
        })
    })?;
    done.map_or_else(|panic| std::panic::resume_unwind(panic), Ok)
}

/// What shows how far the work is: `clw._progress`.
struct Display {
    asked: Option<bool>,
    doing: &'static str,
    shown: Shown,
}

enum Shown {
    NotYet,
    Here(Py<PyAny>),
    Nowhere,
}

impl Display {
    fn show(&mut self, py: Python<'_>, share: Option<f64>) -> PyResult<()> {
        let mut show = || {
            if matches!(self.shown, Shown::NotYet) {
                let asked = (self.asked, self.doing);
                let display = py.import("clw._progress")?.call_method1("display", asked)?;
                self.shown = match display.is_none() {
                    true => Shown::Nowhere,
                    false => Shown::Here(display.unbind()),
                };
            }
            if let Shown::Here(display) = &self.shown {
                display.call_method1(py, "show", (share,))?;
            }
            Ok(())
        };
        // A page that cannot show it is no reason to end the work; Ctrl-C is.
        unless_interrupted(py, show())
    }

    fn close(&self, py: Python<'_>) -> PyResult<()> {
        let Shown::Here(display) = &self.shown else { return Ok(()) };
        unless_interrupted(py, display.call_method0(py, "close").map(drop))
    }
}

fn unless_interrupted(py: Python<'_>, done: PyResult<()>) -> PyResult<()> {
    done.or_else(|error| if error.is_instance_of::<PyException>(py) { Ok(()) } else { Err(error) })
}
