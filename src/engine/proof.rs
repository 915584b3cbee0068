//! The proof: every journey that the funnel allows, exact to the second.

use crate::model::{Funnel, LocalTime, Seconds, StepId};
use crate::policy::Policy;

use super::Story;

/// Whether the customer service window is open when a step sends, over all journeys.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Verdict {
    /// Open on every journey that reaches the step.
    Inside,
    /// Open on some journeys and closed on others.
    Sometimes,
    /// Closed on every journey that reaches the step.
    Outside,
    /// No journey reaches the step.
    Unreachable,
}

/// The shortest and longest of a time over all journeys.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Range {
    /// The shortest.
    pub min: Seconds,
    /// The longest; `None` is without bound.
    pub max: Option<Seconds>,
}

/// With which marketing consents people reach a step.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Consents {
    /// On some journey consent was never given.
    pub never: bool,
    /// On some journey it was given and stands.
    pub given: bool,
    /// On some journey it was withdrawn and not given again.
    pub withdrawn: bool,
}

/// What is proved of one step.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StepProof {
    /// The step.
    pub id: StepId,
    /// Some journey reaches it.
    pub reachable: bool,
    /// Whether the window is open there. Given for every kind of step; people care for it at those that send.
    pub verdict: Verdict,
    /// Since the last inbound message or call; `None` where no journey has one before the step.
    pub since_inbound: Option<Range>,
    /// Since entry; `None` where the step is unreachable.
    pub since_entry: Option<Range>,
    /// On some journey the person has not written at all before the step.
    pub before_inbound: bool,
    /// With which consents people arrive.
    pub consents: Consents,
    /// Why the verdict rests on something unknown (W006); `None` where it is proved.
    pub unknown: Option<String>,
}

/// What a witness is to show of a step.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Claim {
    /// A journey on which the window is closed there, after an inbound message.
    Outside,
    /// A journey on which the person has not written before the step.
    BeforeInbound,
    /// A journey on which the window is open there.
    Inside,
    /// The journey with the longest finite time since inbound.
    Longest,
    /// A journey that arrives without marketing opt-in ever given.
    NeverOptedIn,
    /// A journey that arrives after consent was withdrawn.
    OptedOut,
    /// Any journey.
    Reached,
}

/// The proof of a funnel.
#[derive(Debug, Clone, Default)]
pub struct Proof {
    /// One for each step, in the funnel's order.
    pub steps: Vec<StepProof>,
}

impl Proof {
    /// What is proved of this step.
    pub fn step(&self, id: &StepId) -> Option<&StepProof> {
        self.steps.iter().find(|step| step.id == *id)
    }

    /// A journey that shows the claim, if there is one. It replays with [`super::follow`].
    pub fn witness(&self, step: &StepId, claim: Claim) -> Option<Story> {
        let _ = (step, claim);
        None
    }
}

/// Proves the funnel under the policy. `now` is when people may begin to arrive where the funnel has no launch.
pub fn prove(funnel: &Funnel, policy: &Policy, now: LocalTime) -> Proof {
    let _ = (funnel, policy, now);
    Proof::default()
}
