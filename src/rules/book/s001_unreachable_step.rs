//! No journey reaches the step
//!
//! # Why it matters
//! Nobody ever comes here, so nothing that the step sends is sent. Most often a link is missing, or a branch before it
//! can never go this way. Source: rules.md part A.
//!
//! # How to mend it
//! - Link an output to it, or remove it.
//! - Where a branch leads to it, look at what the branch asks: a branch on the open window right after an inbound
//!   message never takes its `No`.
//!
//! # Example
//! Nothing leads to the offer:
//! ```ron
//! steps: [
//!     (id: "chat", title: "Customer writes", kind: Entry(channel: UserMessage)),
//!     (id: "offer", title: "Offer", kind: Message(
//!         purpose: Service, send: FreeForm(Text("Here is our offer")))),
//!     (id: "done", title: "Done", kind: Exit(Converted)),
//! ],
//! links: [(from: "chat", to: "done"), (from: "offer", to: "done")],
//! ```
//! Now something does:
//! ```ron
//! steps: [
//!     (id: "chat", title: "Customer writes", kind: Entry(channel: UserMessage)),
//!     (id: "offer", title: "Offer", kind: Message(
//!         purpose: Service, send: FreeForm(Text("Here is our offer")))),
//!     (id: "done", title: "Done", kind: Exit(Converted)),
//! ],
//! links: [(from: "chat", to: "offer"), (from: "offer", to: "done")],
//! ```

use super::prelude::*;

pub(super) const RULE: Rule = Rule {
    code: "S001",
    name: "unreachable-step",
    severity: Severity::Warning,
    file: include_str!("s001_unreachable_step.rs"),
    part: "id",
    shows: Claim::Reached,
    check,
    fixes: mend::structure::removed,
};

fn check(facts: &Facts<'_>) -> Vec<Diagnostic> {
    let unreachable = facts.steps().filter(|(_, proof)| !proof.reachable);
    unreachable
        .map(|(step, _)| {
            let linked = facts.funnel.links.iter().any(|link| link.to == step.id);
            let why = if linked { "no journey takes a link to it" } else { "no link leads to it" };
            let message = format!("No journey reaches {}: {why}", titled(step));
            RULE.at_step(&step.id, message).help("Link an output to it, or remove it")
        })
        .collect()
}
