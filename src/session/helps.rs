//! What would help, worked out in the background. It is of one funnel under one policy at one moment: whoever shows it sees
//! to it that these are the present ones.

use std::collections::BTreeMap;
use std::sync::Arc;

use super::Behind;
use crate::engine::{WORK_TO_HELP, WhatIf, prove, what_ifs};
use crate::model::{Funnel, LocalTime, StepId};
use crate::policy::Policy;

/// What would help each step that is not always inside.
#[derive(Debug)]
pub struct Helps {
    funnel: Arc<Funnel>,
    policy: Arc<Policy>,
    now: LocalTime,
    found: Behind<BTreeMap<StepId, Vec<WhatIf>>>,
}

impl Helps {
    /// Begins to work it out.
    pub(super) fn begin(funnel: Arc<Funnel>, policy: Arc<Policy>, now: LocalTime) -> Self {
        let of = (Arc::clone(&funnel), Arc::clone(&policy));
        let work = move || {
            let (funnel, policy) = &of;
            what_ifs(funnel, policy, now, &prove(funnel, policy, now), WORK_TO_HELP)
        };
        Self { funnel, policy, now, found: Behind::begin(work) }
    }

    /// Whether it is worked out.
    pub fn is_over(&self) -> bool {
        self.found.outcome().is_some()
    }

    /// What would help a step, what gains most first; `None` where that is not known.
    pub fn step(&self, id: &StepId) -> Option<&[WhatIf]> {
        self.found.outcome()?.get(id).map(Vec::as_slice)
    }

    /// Whether it is of this funnel under this policy at this moment.
    pub fn is_of(&self, funnel: &Arc<Funnel>, policy: &Arc<Policy>, now: LocalTime) -> bool {
        (Arc::ptr_eq(&self.funnel, funnel) || self.funnel == *funnel) && Arc::ptr_eq(&self.policy, policy) && self.now == now
    }
}
