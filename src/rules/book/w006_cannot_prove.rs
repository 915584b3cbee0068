//! Whether the window is open here rests on something that the funnel does not say
//!
//! # Why it matters
//! A verdict is worth something only if it holds on every journey. Where a part of the funnel cannot be decided, the
//! step is not called inside, however likely that may be. What is not known is said in the message. Source: rules.md
//! part A; B8.1 (unknown counts as the worse case).
//!
//! # How to mend it
//! - Give the missing value, or make the part of the funnel before this step simpler.
//! - Put a branch on the open window before it: its `Yes` side is inside whatever came before.

use super::prelude::*;
use crate::engine::Unknown;
use crate::model::Step;

pub(super) const RULE: Rule = Rule {
    code: "W006",
    name: "cannot-prove",
    severity: Severity::Warning,
    file: include_str!("w006_cannot_prove.rs"),
    part: "send",
    shows: Claim::Reached,
    check,
    fixes: mend::none,
};

fn check(facts: &Facts<'_>) -> Vec<Diagnostic> {
    let unknown = facts.steps().filter_map(|(step, proof)| Some((step, step.message()?, proof.unknown.as_ref()?)));
    // Where a journey that replays shows the window closed, there is no doubt that matters.
    let shown =
        |step: &Step| facts.troubles().iter().any(|found| facts.at(found.step).0.id == step.id && found.shown.is_some());
    let unknown = unknown.filter(|(step, _, why)| **why != Unknown::ClockChanges || !shown(step));
    unknown
        .map(|(step, _, why)| {
            let message = format!("Whether the window is open at {} cannot be proved: {why}", titled(step));
            let help = "Put a branch on the open window before it, or make the part before it simpler";
            RULE.at_step(&step.id, message).help(help)
        })
        .collect()
}
