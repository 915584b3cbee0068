//! A template that a step sends was rejected, paused or disabled
//!
//! # Why it matters
//! Only an approved template can be sent. A rejected one has to be changed and submitted again, or appealed; a paused
//! one fails with error 132015 until its pause ends (3 hours the first time, 6 the second); a disabled one fails with
//! error 132016 for good. Source: rules.md B1.4 (132015, 132016) and B3.3.
//!
//! # How to mend it
//! - Change what Meta named as the reason and submit it again, or send another template.
//!
//! # Example
//! Meta has rejected it:
//! ```ron
//! templates: [
//!     (name: "spring_news", language: "en", category: Marketing, status: Rejected,
//!         body: "Our spring collection is here."),
//!     (name: "winter_news", language: "en", category: Marketing, status: Approved,
//!         body: "Our winter collection is here.", footer: "Answer STOP to stop"),
//! ],
//! steps: [
//!     (id: "list", title: "Members", kind: Entry(channel: BusinessInitiated, opt_in: true)),
//!     (id: "news", title: "News", kind: Message(purpose: Marketing, send: Template("spring_news"))),
//!     (id: "done", title: "Done", kind: Exit(Converted)),
//! ],
//! links: [(from: "list", to: "news"), (from: "news", to: "done")],
//! ```
//! A changed one is approved:
//! ```ron
//! templates: [
//!     (name: "spring_news_2", language: "en", category: Marketing, status: Approved,
//!         body: "Spring is here. See what is new."),
//! ],
//! steps: [
//!     (id: "list", title: "Members", kind: Entry(channel: BusinessInitiated, opt_in: true)),
//!     (id: "news", title: "News", kind: Message(purpose: Marketing, send: Template("spring_news_2"))),
//!     (id: "done", title: "Done", kind: Exit(Converted)),
//! ],
//! links: [(from: "list", to: "news"), (from: "news", to: "done")],
//! ```

use super::prelude::*;

pub(super) const RULE: Rule = Rule {
    code: "T003",
    name: "template-unusable",
    severity: Severity::Error,
    file: include_str!("t003_template_unusable.rs"),
    part: "send",
    shows: Claim::Reached,
    check,
    fixes: mend::library::another,
};

fn check(facts: &Facts<'_>) -> Vec<Diagnostic> {
    let uses = facts.uses().filter_map(|(step, template, _)| {
        let (state, help) = match template.status {
            Status::Rejected => {
                ("was rejected", "Change what Meta named as the reason and submit it again, or send another")
            }
            Status::Paused => ("is paused", "Wait until its pause ends, or send another template"),
            Status::Disabled => ("is disabled for good", "Send another template"),
            Status::Draft | Status::Pending | Status::Approved | Status::InAppeal => return None,
        };
        Some((step, template, state, help))
    });
    uses.map(|(step, template, state, help)| {
        let message =
            format!("{} sends {}, which {state} and cannot be sent", titled(step), words::template(facts, template));
        RULE.at_step(&step.id, message).template(&template.name).help(help)
    })
    .collect()
}
