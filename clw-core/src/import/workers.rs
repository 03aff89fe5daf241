//! Sharing an import among threads, a partition of the people at a time.

use core::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Mutex, PoisonError};

use super::Watch;
use super::partition::{PARTITIONS, Stream};

/// The streams of all workers, partition by partition, each to be taken once.
pub(super) fn by_partition<'s>(
    workers: impl Iterator<Item = &'s mut Vec<Stream>>,
) -> Vec<Mutex<Vec<Stream>>> {
    let mut partitions: Vec<Vec<Stream>> = (0..PARTITIONS).map(|_| Vec::new()).collect();
    for streams in workers {
        for (partition, stream) in partitions.iter_mut().zip(core::mem::take(streams)) {
            partition.push(stream);
        }
    }
    partitions.into_iter().map(Mutex::new).collect()
}

/// The next partition nobody has taken, unless the work shall stop; its room is freed when the taker
/// is done with it.
pub(super) fn take_next(
    next: &AtomicUsize,
    partitions: &[Mutex<Vec<Stream>>],
    watch: &Watch,
) -> Option<Vec<Stream>> {
    if watch.is_stopped() {
        return None;
    }
    let partition = partitions.get(next.fetch_add(1, Ordering::Relaxed))?;
    Some(core::mem::take(&mut *partition.lock().unwrap_or_else(PoisonError::into_inner)))
}

/// Does the same work on several threads, this one among them.
#[cfg(not(target_family = "wasm"))]
pub(super) fn on_workers<T: Send>(threads: usize, work: impl Fn() -> T + Sync) -> Vec<T> {
    let others = threads.clamp(1, PARTITIONS) - 1;
    std::thread::scope(|scope| {
        let handles: Vec<_> = (0..others).map(|_| scope.spawn(&work)).collect();
        let mut results = vec![work()];
        for handle in handles {
            match handle.join() {
                Ok(result) => results.push(result),
                Err(panic) => std::panic::resume_unwind(panic),
            }
        }
        results
    })
}

/// Does the work: a browser page has one thread.
#[cfg(target_family = "wasm")]
pub(super) fn on_workers<T: Send>(_threads: usize, work: impl Fn() -> T + Sync) -> Vec<T> {
    vec![work()]
}
