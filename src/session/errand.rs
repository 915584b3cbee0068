//! Work on a thread of its own: one job at a time, and of those that wait only the newest. Knows nothing of what is done.

use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::{Arc, Condvar, Mutex, MutexGuard, PoisonError};
use std::thread;

/// Something to do.
type Job<T> = Box<dyn FnOnce() -> T + Send>;
/// Whom to tell that there is news.
pub type Bell = Arc<dyn Fn() + Send + Sync>;

/// Somebody who does one job after another elsewhere. Dropping it drops what waits; what is being done is done to its end
/// and forgotten.
pub struct Errand<T> {
    shared: Arc<Shared<T>>,
}

/// A job that did not come to its end.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Failed;

struct Shared<T> {
    state: Mutex<State<T>>,
    done: Condvar,
}

struct State<T> {
    /// The newest job that was not yet begun.
    waiting: Option<Job<T>>,
    /// The job that is being done, by its number.
    doing: Option<u64>,
    /// How many jobs were begun.
    begun: u64,
    /// Jobs up to this number are no longer wanted.
    forgotten: u64,
    /// What came of the newest job that has ended.
    outcome: Option<Result<T, Failed>>,
    bell: Option<Bell>,
}

impl<T> Default for Errand<T> {
    fn default() -> Self {
        let state = State { waiting: None, doing: None, begun: 0, forgotten: 0, outcome: None, bell: None };
        Self { shared: Arc::new(Shared { state: Mutex::new(state), done: Condvar::new() }) }
    }
}

impl<T: Send + 'static> Errand<T> {
    /// Does this next, instead of what waits. Where the system has no thread to give it is done at once.
    pub fn send(&self, job: impl FnOnce() -> T + Send + 'static) {
        {
            let mut state = self.shared.lock();
            state.waiting = Some(Box::new(job));
            if state.doing.is_some() {
                return;
            }
            // From here on somebody is at it, even before the thread has come to life.
            state.doing = Some(state.begun);
        }
        let shared = Arc::clone(&self.shared);
        if thread::Builder::new().name("judging".to_owned()).spawn(move || shared.work()).is_err() {
            self.shared.work();
        }
    }

    /// Wants no more of what waits or is being done, nor of what came of it.
    pub fn forget(&self) {
        let mut state = self.shared.lock();
        state.waiting = None;
        state.outcome = None;
        state.forgotten = state.begun;
    }

    /// What came of the newest job that has ended, once.
    pub fn take(&self) -> Option<Result<T, Failed>> {
        self.shared.lock().outcome.take()
    }

    /// Whether a job waits or is being done that is still wanted.
    pub fn is_busy(&self) -> bool {
        let state = self.shared.lock();
        state.waiting.is_some() || state.is_wanted()
    }

    /// Waits until nothing is left to do.
    pub fn wait(&self) {
        let mut state = self.shared.lock();
        while state.waiting.is_some() || state.is_wanted() {
            state = self.shared.done.wait(state).unwrap_or_else(PoisonError::into_inner);
        }
    }

    /// Whom to tell, on the thread that works, each time that a job has ended.
    pub fn tell(&self, bell: Bell) {
        self.shared.lock().bell = Some(bell);
    }
}

impl<T> State<T> {
    fn is_wanted(&self) -> bool {
        self.doing.is_some_and(|number| number > self.forgotten)
    }

    /// Lets the thread go where nothing waits for it.
    fn rest_if_idle(&mut self, done: &Condvar) -> bool {
        let is_idle = self.waiting.is_none();
        if is_idle {
            self.doing = None;
            done.notify_all();
        }
        is_idle
    }
}

impl<T> Shared<T> {
    /// What is done under the lock cannot fail, so nothing can be wrong with what a lost thread left.
    fn lock(&self) -> MutexGuard<'_, State<T>> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Does what waits until nothing does.
    fn work(&self) {
        while let Some((job, number)) = self.begin() {
            let outcome = catch_unwind(AssertUnwindSafe(job)).map_err(|_| Failed);
            let mut state = self.lock();
            if number > state.forgotten {
                state.outcome = Some(outcome);
            }
            let bell = state.bell.clone();
            // Whoever is told by the bell finds nobody at work, unless there is more to do.
            let is_last = state.rest_if_idle(&self.done);
            drop(state);
            if let Some(bell) = bell {
                bell();
            }
            if is_last {
                return;
            }
        }
    }

    /// Begins the job that waits, and numbers it.
    fn begin(&self) -> Option<(Job<T>, u64)> {
        let mut state = self.lock();
        let Some(job) = state.waiting.take() else {
            state.rest_if_idle(&self.done);
            return None;
        };
        state.begun += 1;
        state.doing = Some(state.begun);
        Some((job, state.begun))
    }
}

impl<T> Drop for Errand<T> {
    fn drop(&mut self) {
        let mut state = self.shared.lock();
        state.waiting = None;
        state.bell = None;
        state.forgotten = state.begun;
    }
}
