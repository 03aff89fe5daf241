//! Work shared by threads.

use std::sync::atomic::{AtomicUsize, Ordering};

use crate::watched::PartsDone;

/// Does the work for each item on several threads, this one among them; the results are in order, and
/// not all of them where the work was stopped.
pub(crate) fn in_order<T: Sync, R: Send>(
    threads: usize,
    items: &[T],
    watch: &PartsDone,
    work: impl Fn(&T) -> R + Sync,
) -> Vec<R> {
    watch.expect(items.len());
    let next = AtomicUsize::new(0);
    let some = || {
        let mut done = Vec::new();
        loop {
            let place = next.fetch_add(1, Ordering::Relaxed);
            let Some(item) = items.get(place).filter(|_| !watch.is_stopped()) else { return done };
            done.push((place, work(item)));
            watch.has_done_one();
        }
    };
    let mut done = std::thread::scope(|scope| {
        let others = 1..threads.min(items.len());
        let others: Vec<_> = others.map(|_| scope.spawn(some)).collect();
        let mut done = some();
        for other in others {
            match other.join() {
                Ok(more) => done.extend(more),
                Err(panic) => std::panic::resume_unwind(panic),
            }
        }
        done
    });
    done.sort_unstable_by_key(|(place, _)| *place);
    done.into_iter().map(|(_, result)| result).collect()
}
