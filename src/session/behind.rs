//! Something that is worked out beside the window, and looked at when it is there.

use std::sync::{Arc, OnceLock};
use std::thread;

/// What is being worked out. Whoever drops it no longer listens.
#[derive(Debug)]
pub struct Behind<T>(Arc<OnceLock<T>>);

impl<T: Send + Sync + 'static> Behind<T> {
    /// Begins. Where the system has no thread to give it is done at once.
    pub fn begin(work: impl FnOnce() -> T + Clone + Send + 'static) -> Self {
        let outcome = Arc::new(OnceLock::new());
        let tell = {
            let outcome = Arc::clone(&outcome);
            // Nobody else tells the outcome.
            move || drop(outcome.set(work()))
        };
        if thread::Builder::new().spawn(tell.clone()).is_err() {
            tell();
        }
        Self(outcome)
    }

    /// What came of it; `None` while it is under way.
    pub fn outcome(&self) -> Option<&T> {
        self.0.get()
    }
}
