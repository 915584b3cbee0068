//! No step sends a template of the library
//!
//! # Why it matters
//! Each template counts towards what an account may have, and one that nobody sends still asks for its place on the
//! checklist's review. Perhaps a step was meant to send it. Source: rules.md part A; B3.4 (templates of an account).
//!
//! # How to mend it
//! - Send it where it was meant to be sent.
//! - Take it away.
//!
//! # Example
//! The second one is forgotten:
//! ```ron
//! templates: [
//!     (name: "spring_news", language: "en", category: Marketing, status: Approved,
//!         body: "Our spring collection is here.", footer: "Answer STOP to stop"),
//!     (name: "summer_news", language: "en", category: Marketing, status: Draft,
//!         body: "Summer is here, and so is our collection.", footer: "Answer STOP to stop"),
//! ],
//! steps: [
//!     (id: "list", title: "Members", kind: Entry(channel: BusinessInitiated, opt_in: true)),
//!     (id: "news", title: "News", kind: Message(purpose: Marketing, send: Template("spring_news"))),
//!     (id: "done", title: "Done", kind: Exit(Converted)),
//! ],
//! links: [(from: "list", to: "news"), (from: "news", to: "done")],
//! ```
//! Each is sent:
//! ```ron
//! templates: [
//!     (name: "spring_news", language: "en", category: Marketing, status: Approved,
//!         body: "Our spring collection is here.", footer: "Answer STOP to stop"),
//!     (name: "summer_news", language: "en", category: Marketing, status: Draft,
//!         body: "Summer is here, and so is our collection.", footer: "Answer STOP to stop"),
//! ],
//! steps: [
//!     (id: "list", title: "Members", kind: Entry(channel: BusinessInitiated, opt_in: true)),
//!     (id: "news", title: "News", kind: Message(purpose: Marketing, send: Template("spring_news"))),
//!     (id: "wait", title: "Wait 90 days", kind: Wait(For("90d"))),
//!     (id: "more", title: "More news", kind: Message(purpose: Marketing, send: Template("summer_news"))),
//!     (id: "done", title: "Done", kind: Exit(Converted)),
//! ],
//! links: [
//!     (from: "list", to: "news"), (from: "news", to: "wait"), (from: "wait", to: "more"), (from: "more", to: "done"),
//! ],
//! ```

use super::prelude::*;

pub(super) const RULE: Rule = Rule {
    code: "T010",
    name: "template-unused",
    severity: Severity::Info,
    file: include_str!("t010_template_unused.rs"),
    part: "name",
    shows: Claim::Reached,
    check,
    fixes: mend::library::removed,
};

fn check(facts: &Facts<'_>) -> Vec<Diagnostic> {
    let unused = facts.library().filter(|(_, _, plan)| plan.used_by.is_empty());
    unused
        .map(|(place, template, _)| {
            let what = format!("No step sends the template `{}`", template.name);
            RULE.at_template(place, template, RULE.part, what).help("Send it where it was meant to go, or take it away")
        })
        .collect()
}
