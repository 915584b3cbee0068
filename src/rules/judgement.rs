//! The judgement: proof, plan and findings of a funnel, put together in one order.

use std::sync::Arc;

use super::allowed::{self, Suppressed};
use super::book::{LAST, RULES};
use super::diagnostic::{Diagnostic, Place};
use super::facts::Facts;
use super::plan::{self, TemplatePlan};
use crate::engine::{self, Proof};
use crate::model::{Funnel, LocalTime};
use crate::policy::Policy;

/// All that is known of a funnel under a policy.
#[derive(Debug, Clone)]
pub struct Judgement {
    /// The proof over all journeys.
    pub proof: Proof,
    /// The findings: by severity, then the funnel's order, then code.
    pub diagnostics: Vec<Diagnostic>,
    /// The findings that the person allows, in the same order; they count for nothing.
    pub suppressed: Vec<Suppressed>,
    /// The approval plan: one for each template of the library, then one for each that is only named.
    pub templates: Vec<TemplatePlan>,
    /// The policy that it was judged by.
    pub policy: Arc<Policy>,
}

/// Judges a funnel. `now` is the local time of judging: it decides what can still be approved, and when people may begin
/// to arrive where the funnel has no launch. What would mend a finding is another question, for [`super::Mender`].
pub fn judge(funnel: &Funnel, policy: &Arc<Policy>, now: LocalTime) -> Judgement {
    judged(engine::prove(funnel, policy, now), funnel, policy, now, false)
}

/// Judges a funnel that was judged before and has been changed since: the same as [`judge`] says, but what is proved
/// already is not proved again. It need not be the same policy or moment.
pub fn judge_again(before: &Judgement, funnel: &Funnel, policy: &Arc<Policy>, now: LocalTime) -> Judgement {
    judged(engine::prove_again(&before.proof, funnel, policy, now), funnel, policy, now, false)
}

/// The judgement of a change that is being tried: without what takes longer than the proof and mends nothing.
pub(super) fn judge_in_a_hurry(before: &Judgement, funnel: &Funnel, policy: &Arc<Policy>, now: LocalTime) -> Judgement {
    judged(engine::prove_again(&before.proof, funnel, policy, now), funnel, policy, now, true)
}

fn judged(proof: Proof, funnel: &Funnel, policy: &Arc<Policy>, now: LocalTime, hurried: bool) -> Judgement {
    let templates = plan::plan(funnel, policy, now, &proof);
    let mut facts = Facts::new(funnel, policy, &proof, &templates, now);
    facts.hurried = hurried;
    let found = RULES.iter().flat_map(|rule| (rule.check)(&facts)).collect();
    let allowed::Parted { left: mut diagnostics, mut suppressed, idle } = allowed::part(funnel, found);
    facts.idle = idle;
    diagnostics.extend((LAST.check)(&facts));
    let order = |diagnostic: &Diagnostic| match &diagnostic.place {
        Place::Funnel => (0, 0),
        Place::Step(id) => (1, facts.place(id).unwrap_or(usize::MAX)),
        Place::Template(place) => (2, *place),
    };
    // The sort is stable: findings of one rule at one place keep the order in which the rule gave them.
    let key = |diagnostic: &Diagnostic| (diagnostic.severity, order(diagnostic), diagnostic.code);
    diagnostics.sort_by_cached_key(key);
    suppressed.sort_by_cached_key(|allowed| key(&allowed.diagnostic));
    Judgement { proof, diagnostics, suppressed, templates, policy: Arc::clone(policy) }
}
