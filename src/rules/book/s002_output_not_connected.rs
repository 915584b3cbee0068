//! A journey ends at an output that leads nowhere, without an exit
//!
//! # Why it matters
//! The person's journey just stops. That may be meant; then an exit says so, and says whether the person was won, lost
//! or handed over. If it was not meant, people fall out of the funnel unseen. Source: rules.md part A.
//!
//! # How to mend it
//! - Link the output to the step that comes next, or to an exit.
//!
//! # Example
//! Whoever does not answer in time is forgotten:
//! ```ron
//! steps: [
//!     (id: "chat", title: "Customer writes", kind: Entry(channel: UserMessage)),
//!     (id: "ask", title: "Ask order number", kind: Message(
//!         purpose: Service, send: FreeForm(Text("Which order?")),
//!         reply: (options: [(label: "any reply", share: 1.0)], chance: 0.9,
//!             delay: LogNormal(median: "5m", p90: "2h"), timeout: "20h"))),
//!     (id: "done", title: "Done", kind: Exit(HandedOver)),
//! ],
//! links: [(from: "chat", to: "ask"), (from: "ask", out: Reply("any reply"), to: "done")],
//! ```
//! Both ways lead on:
//! ```ron
//! steps: [
//!     (id: "chat", title: "Customer writes", kind: Entry(channel: UserMessage)),
//!     (id: "ask", title: "Ask order number", kind: Message(
//!         purpose: Service, send: FreeForm(Text("Which order?")),
//!         reply: (options: [(label: "any reply", share: 1.0)], chance: 0.9,
//!             delay: LogNormal(median: "5m", p90: "2h"), timeout: "20h"))),
//!     (id: "done", title: "Done", kind: Exit(HandedOver)),
//!     (id: "lost", title: "No answer", kind: Exit(Lost)),
//! ],
//! links: [
//!     (from: "chat", to: "ask"), (from: "ask", out: Reply("any reply"), to: "done"),
//!     (from: "ask", out: Timeout, to: "lost"),
//! ],
//! ```

use super::prelude::*;

pub(super) const RULE: Rule = Rule {
    code: "S002",
    name: "output-not-connected",
    severity: Severity::Info,
    file: include_str!("s002_output_not_connected.rs"),
    part: "id",
    shows: Claim::Reached,
    check,
    fixes: mend::structure::loose,
};

fn check(facts: &Facts<'_>) -> Vec<Diagnostic> {
    let outputs = facts.reachable().flat_map(|(step, _)| step.outputs().into_iter().map(move |out| (step, out)));
    let loose = outputs.filter(|(step, out)| facts.target(&step.id, out).is_none());
    loose
        .map(|(step, out)| {
            let message = format!("The journey ends at {} without an exit {}", titled(step), words::way(step, &out));
            let help = "Link it to the step that comes next, or to an exit";
            RULE.at_step(&step.id, message).about(About::Output(out)).help(help)
        })
        .collect()
}
