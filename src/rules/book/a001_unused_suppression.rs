//! Something is allowed that is not there
//!
//! # Why it matters
//! A suppression says "I know of this". Where nothing is left to know of, it hides the next finding of its kind, which may
//! be another one. One that an earlier suppression of the same place makes needless is told of too. Source: rules.md
//! part A, suppressions of the funnel format.
//!
//! # How to mend it
//! - Take it away.
//!
//! # Example
//! Four hours are left, so the margin is not thin:
//! ```ron
//! launch: "2026-12-01T09:00:00",
//! steps: [
//!     (id: "chat", title: "Customer writes", kind: Entry(channel: UserMessage)),
//!     (id: "gap", title: "Wait 20 hours", kind: Wait(For("20h"))),
//!     (id: "tip", title: "Tip", allow: [(code: "W003", why: "Sent at once by our own server")],
//!         kind: Message(purpose: Service, send: FreeForm(Text("One more thing")))),
//!     (id: "done", title: "Done", kind: Exit(Converted)),
//! ],
//! links: [(from: "chat", to: "gap"), (from: "gap", to: "tip"), (from: "tip", to: "done")],
//! ```
//! One second is left, and that is known:
//! ```ron
//! launch: "2026-12-01T09:00:00",
//! steps: [
//!     (id: "chat", title: "Customer writes", kind: Entry(channel: UserMessage)),
//!     (id: "gap", title: "Wait almost a day", kind: Wait(For("23h 59m 59s"))),
//!     (id: "tip", title: "Tip", allow: [(code: "W003", why: "Sent at once by our own server")],
//!         kind: Message(purpose: Service, send: FreeForm(Text("One more thing")))),
//!     (id: "done", title: "Done", kind: Exit(Converted)),
//! ],
//! links: [(from: "chat", to: "gap"), (from: "gap", to: "tip"), (from: "tip", to: "done")],
//! ```

use super::prelude::*;

pub(super) const RULE: Rule = Rule {
    code: "A001",
    name: "unused-suppression",
    severity: Severity::Warning,
    file: include_str!("a001_unused_suppression.rs"),
    part: "allow",
    shows: Claim::Reached,
    check,
    fixes: mend::allowed::forgotten,
};

/// The judgement runs this rule after all others, when it is known what they found.
fn check(facts: &Facts<'_>) -> Vec<Diagnostic> {
    let known = facts.idle.iter().filter_map(|(place, item)| {
        let allow = allowed_at(facts.funnel, place).get(*item)?;
        Some((place, *item, allow, super::rule(&allow.code).filter(|rule| rule.code == allow.code)?))
    });
    known
        .map(|(place, item, allow, rule)| {
            let whose = words::place(facts, place);
            let message = format!("{whose} allows {} ({}), and there is no such finding", allow.code, rule.name);
            RULE.at(place.clone(), message).about(About::Item(item)).help("Take it away")
        })
        .collect()
}
