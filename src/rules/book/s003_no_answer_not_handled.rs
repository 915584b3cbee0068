//! A step waits for a reply with no timeout: people who never answer stay there for good
//!
//! # Why it matters
//! Not everyone answers. Without a timeout their journey never goes on: no reminder, no exit, no number in the report.
//! Source: rules.md part A; format.md, "Reply".
//!
//! # How to mend it
//! - Give the reply a timeout and say what happens then. A timeout below 24 hours leaves the window open for a reminder.
//!
//! # Example
//! Three in ten stay here for ever:
//! ```ron
//! steps: [
//!     (id: "chat", title: "Customer writes", kind: Entry(channel: UserMessage)),
//!     (id: "ask", title: "Ask size", kind: Message(purpose: Service, send: FreeForm(Text("Which size?")),
//!         reply: (options: [(label: "any reply", share: 1.0)], chance: 0.7,
//!             delay: LogNormal(median: "5m", p90: "2h")))),
//!     (id: "done", title: "Done", kind: Exit(Converted)),
//! ],
//! links: [(from: "chat", to: "ask"), (from: "ask", out: Reply("any reply"), to: "done")],
//! ```
//! After 20 hours they go on:
//! ```ron
//! steps: [
//!     (id: "chat", title: "Customer writes", kind: Entry(channel: UserMessage)),
//!     (id: "ask", title: "Ask size", kind: Message(purpose: Service, send: FreeForm(Text("Which size?")),
//!         reply: (options: [(label: "any reply", share: 1.0)], chance: 0.7,
//!             delay: LogNormal(median: "5m", p90: "2h"), timeout: "20h"))),
//!     (id: "done", title: "Done", kind: Exit(Converted)),
//! ],
//! links: [
//!     (from: "chat", to: "ask"), (from: "ask", out: Reply("any reply"), to: "done"),
//!     (from: "ask", out: Timeout, to: "done"),
//! ],
//! ```

use super::prelude::*;

pub(super) const RULE: Rule = Rule {
    code: "S003",
    name: "no-answer-not-handled",
    severity: Severity::Warning,
    file: include_str!("s003_no_answer_not_handled.rs"),
    part: "id",
    shows: Claim::Reached,
    check,
    fixes: mend::structure::given_a_timeout,
};

fn check(facts: &Facts<'_>) -> Vec<Diagnostic> {
    let asking = facts.sending().filter_map(|(step, message, _)| Some((step, message.reply.as_ref()?)));
    asking
        .filter(|(_, reply)| reply.timeout.is_none() && reply.chance < 1.0)
        .map(|(step, reply)| {
            let message = format!(
                "{} waits for a reply with no timeout: the {} who never answer stay there for good",
                titled(step),
                words::percent(1.0 - reply.chance),
            );
            RULE.at_step(&step.id, message).help("Give the reply a timeout, and link where people go then")
        })
        .collect()
}
