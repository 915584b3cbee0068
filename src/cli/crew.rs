//! Work on many things at once. What comes of it stands in the order of the things, whoever was ready first.

use std::num::NonZeroUsize;
use std::panic::resume_unwind;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::thread;

/// As much stack as the main thread has on the systems that we know: a file is read alike on either.
const STACK: usize = 8 << 20;

/// Does the work on every item, on all the processors that are there.
pub fn map<T: Sync, R: Send>(items: &[T], work: impl Fn(&T) -> R + Sync) -> Vec<R> {
    map_on(thread::available_parallelism().map_or(1, NonZeroUsize::get), items, work)
}

fn map_on<T: Sync, R: Send>(threads: usize, items: &[T], work: impl Fn(&T) -> R + Sync) -> Vec<R> {
    let threads = threads.min(items.len());
    if threads < 2 {
        return items.iter().map(work).collect();
    }
    let next = AtomicUsize::new(0);
    let some = || {
        let mine = std::iter::from_fn(|| {
            let at = next.fetch_add(1, Ordering::Relaxed);
            items.get(at).map(|item| (at, work(item)))
        });
        mine.collect::<Vec<_>>()
    };
    let mut done = thread::scope(|scope| {
        let spawn = || thread::Builder::new().stack_size(STACK).spawn_scoped(scope, some).ok();
        // Where the system has no more threads to give, those that there are do all of it.
        let others: Vec<_> = (1..threads).map_while(|_| spawn()).collect();
        let mut done = some();
        for other in others {
            done.extend(other.join().unwrap_or_else(|panic| resume_unwind(panic)));
        }
        done
    });
    done.sort_by_key(|(at, _)| *at);
    done.into_iter().map(|(_, result)| result).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_order_is_that_of_the_items_on_any_number_of_threads() {
        let items: Vec<usize> = (0..1_000).collect();
        let expected: Vec<usize> = items.iter().map(|item| item * 3).collect();
        for threads in [0, 1, 2, 3, 8, 5_000] {
            let worked = map_on(threads, &items, |item| {
                if item % 7 == 0 {
                    thread::yield_now();
                }
                item * 3
            });
            assert_eq!(worked, expected, "{threads} threads");
        }
        assert_eq!(map_on(4, &[] as &[usize], |item| *item), Vec::<usize>::new());
    }
}
