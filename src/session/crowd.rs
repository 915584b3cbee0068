//! A crowd on its way in the background. It is of one funnel under one policy: whoever shows it says so where the document
//! has changed since.

use std::sync::atomic::Ordering;
use std::sync::{Arc, OnceLock};
use std::thread;

use crate::engine::crowd::{Crowd, Progress, Request, simulate};
use crate::model::{Funnel, LocalTime};
use crate::policy::Policy;

/// A crowd that was asked for. Dropping it stops it.
#[derive(Debug)]
pub struct CrowdRun {
    /// Which crowd.
    pub request: Request,
    funnel: Arc<Funnel>,
    policy: Arc<Policy>,
    progress: Arc<Progress>,
    outcome: Arc<OnceLock<Option<Crowd>>>,
}

impl CrowdRun {
    /// Sends a crowd off. Where the system has no thread to give it is followed at once.
    pub(super) fn begin(funnel: Arc<Funnel>, policy: Arc<Policy>, now: LocalTime, request: Request) -> Self {
        let run = Self { request, funnel, policy, progress: Arc::default(), outcome: Arc::default() };
        let (funnel, policy) = (Arc::clone(&run.funnel), Arc::clone(&run.policy));
        let (progress, outcome) = (Arc::clone(&run.progress), Arc::clone(&run.outcome));
        let work = move || {
            // Nobody else tells the outcome.
            let _ = outcome.set(simulate(&funnel, &policy, now, request, &progress));
        };
        if thread::Builder::new().spawn(work.clone()).is_err() {
            work();
        }
        run
    }

    /// Stops it within milliseconds.
    pub fn cancel(&self) {
        self.progress.cancel.store(true, Ordering::Relaxed);
    }

    /// Whether it has come to an end, or was stopped.
    pub fn is_over(&self) -> bool {
        self.outcome.get().is_some()
    }

    /// What it came to; `None` while it is under way, and where it was stopped.
    pub fn crowd(&self) -> Option<&Crowd> {
        self.outcome.get()?.as_ref()
    }

    /// The share of people who have been followed.
    pub fn share(&self) -> f32 {
        self.progress.done.load(Ordering::Relaxed) as f32 / self.request.people.max(1) as f32
    }

    /// Whether it is of this funnel under this policy.
    pub fn is_of(&self, funnel: &Arc<Funnel>, policy: &Arc<Policy>) -> bool {
        (Arc::ptr_eq(&self.funnel, funnel) || self.funnel == *funnel) && Arc::ptr_eq(&self.policy, policy)
    }
}

impl Drop for CrowdRun {
    fn drop(&mut self) {
        self.cancel();
    }
}
