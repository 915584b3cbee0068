//! Messages repeat with no reply between them
//!
//! # Why it matters
//! A cycle of links that no answer breaks sends to the same person again and again, whether or not anybody reads it.
//! Free-form messages in it fall outside the window, templates cost each time, and WhatsApp limits marketing to a
//! person who does not react (error 131049). Source: rules.md part A; B6, "Per-user marketing limit".
//!
//! # How to mend it
//! - Let the way back begin at an answer, or lead it to an exit.
//! - For a reminder, add one more message step instead of a way back.
//!
//! # Example
//! Whoever does not answer is asked for ever:
//! ```ron
//! steps: [
//!     (id: "chat", title: "Customer writes", kind: Entry(channel: UserMessage)),
//!     (id: "ask", title: "Ask size", kind: Message(purpose: Service, send: FreeForm(Text("Which size?")),
//!         reply: (options: [(label: "any reply", share: 1.0)], chance: 0.7,
//!             delay: LogNormal(median: "5m", p90: "2h"), timeout: "4h"))),
//!     (id: "done", title: "Done", kind: Exit(Converted)),
//! ],
//! links: [
//!     (from: "chat", to: "ask"), (from: "ask", out: Reply("any reply"), to: "done"),
//!     (from: "ask", out: Timeout, to: "ask"),
//! ],
//! ```
//! An answer leads back, silence leads out:
//! ```ron
//! steps: [
//!     (id: "chat", title: "Customer writes", kind: Entry(channel: UserMessage)),
//!     (id: "ask", title: "Ask size", kind: Message(purpose: Service, send: FreeForm(Text("Which size?")),
//!         reply: (options: [(label: "any reply", share: 1.0)], chance: 0.7,
//!             delay: LogNormal(median: "5m", p90: "2h"), timeout: "4h"))),
//!     (id: "done", title: "Done", kind: Exit(Converted)),
//! ],
//! links: [
//!     (from: "chat", to: "ask"), (from: "ask", out: Reply("any reply"), to: "ask"),
//!     (from: "ask", out: Timeout, to: "done"),
//! ],
//! ```

use super::prelude::*;

pub(super) const RULE: Rule = Rule {
    code: "S004",
    name: "cycle-without-reply",
    severity: Severity::Error,
    file: include_str!("s004_cycle_without_reply.rs"),
    part: "id",
    shows: Claim::Reached,
    check,
    fixes: mend::structure::led_out,
};

/// One finding for each knot of steps that reach one another without an answer, at its first message.
fn check(facts: &Facts<'_>) -> Vec<Diagnostic> {
    let ways = facts.silent_ways();
    let knots = cycles::knots(&ways);
    let firsts = knots.iter().filter_map(|knot| knot.iter().copied().filter(|at| facts.at(*at).0.message().is_some()).min());
    firsts
        .map(|first| {
            let (step, _) = facts.at(first);
            let round = cycles::shortest_round(&ways, first);
            let names: Vec<String> = round.iter().map(|place| titled(facts.at(*place).0)).collect();
            let message = format!("{} repeats with no reply between: {}", titled(step), names.join(" → "));
            RULE.at_step(&step.id, message).help("Let the way back begin at an answer, or lead it to an exit")
        })
        .collect()
}
