//! A template that a step sends is not approved yet
//!
//! # Why it matters
//! Only an approved template can be sent. This one is a draft, under review, or in appeal. It is a warning while even
//! the policy's longest approval time ends before the launch; an error where it may not be approved in time. Where the
//! funnel has no launch nobody knows by when it is needed. Source: rules.md B3.3 ("Only APPROVED is sendable"), B3.6 and
//! the policy's `approval`.
//!
//! # How to mend it
//! - Submit it by the date given, and set its status when Meta has decided.
//! - Send one that is approved already.
//! - Set the funnel's launch, so that the date can be told.
//!
//! # Example
//! A draft, though another would be ready:
//! ```ron
//! templates: [
//!     (name: "spring_news", language: "en", category: Marketing, status: Draft,
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
//! Meta has approved it:
//! ```ron
//! templates: [
//!     (name: "spring_news", language: "en", category: Marketing, status: Approved,
//!         body: "Our spring collection is here."),
//! ],
//! steps: [
//!     (id: "list", title: "Members", kind: Entry(channel: BusinessInitiated, opt_in: true)),
//!     (id: "news", title: "News", kind: Message(purpose: Marketing, send: Template("spring_news"))),
//!     (id: "done", title: "Done", kind: Exit(Converted)),
//! ],
//! links: [(from: "list", to: "news"), (from: "news", to: "done")],
//! ```

use super::prelude::*;

pub(super) const RULE: Rule = Rule {
    code: "T002",
    name: "template-not-approved",
    severity: Severity::Error,
    file: include_str!("t002_template_not_approved.rs"),
    part: "send",
    shows: Claim::Reached,
    check,
    fixes: mend::library::another,
};

fn check(facts: &Facts<'_>) -> Vec<Diagnostic> {
    let waiting = facts.uses().filter(|(_, template, _)| words::awaits_approval(template.status));
    waiting
        .map(|(step, template, plan)| {
            let state = match template.status {
                Status::Draft => "is a draft",
                Status::Pending => "is still under review",
                _ => "is in appeal",
            };
            let message =
                format!("{} sends {}, which {state} and cannot be sent", titled(step), words::template(facts, template));
            let (severity, help) = match (plan.submit_by, template.status) {
                _ if plan.late => {
                    (Severity::Error, "It may not be approved by the launch; submit it now, or launch later".to_owned())
                }
                (Some(by), Status::Draft) => (Severity::Warning, format!("Submit it by {}", words::date(by))),
                (None, Status::Draft) => {
                    (Severity::Warning, "Submit it; with a launch set, Transom tells by when".to_owned())
                }
                _ => (Severity::Warning, "Set its status once Meta has decided".to_owned()),
            };
            RULE.at_step(&step.id, message).template(&template.name).severity(severity).help(help)
        })
        .collect()
}
