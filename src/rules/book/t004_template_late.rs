//! Even submitted now, a template that the funnel needs may be approved only after the launch
//!
//! # Why it matters
//! Approval takes time, and the first person may need the template on the first day. With the policy's longest approval
//! time it would come too late, and until then the messages that need it are not sent. Source: rules.md B3.6, B8 row 1
//! and the policy's `approval`.
//!
//! # How to mend it
//! - Launch later, or send an approved template first.
//! - Submit it now all the same: approval often takes less than the longest time.
//!
//! # Example
//! The launch has long gone by:
//! ```ron
//! launch: "2020-01-01T09:00:00",
//! templates: [
//!     (name: "spring_news", language: "en", category: Marketing, status: Draft,
//!         body: "Our spring collection is here."),
//! ],
//! steps: [
//!     (id: "list", title: "Members", kind: Entry(channel: BusinessInitiated, opt_in: true)),
//!     (id: "news", title: "News", kind: Message(purpose: Marketing, send: Template("spring_news"))),
//!     (id: "done", title: "Done", kind: Exit(Converted)),
//! ],
//! links: [(from: "list", to: "news"), (from: "news", to: "done")],
//! ```
//! There is all the time in the world:
//! ```ron
//! launch: "2099-01-01T09:00:00",
//! templates: [
//!     (name: "spring_news", language: "en", category: Marketing, status: Draft,
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
    code: "T004",
    name: "template-late",
    severity: Severity::Error,
    file: include_str!("t004_template_late.rs"),
    part: "send",
    shows: Claim::Reached,
    check,
    fixes: mend::library::in_time,
};

/// One finding for each template, at the first reachable step that sends it.
fn check(facts: &Facts<'_>) -> Vec<Diagnostic> {
    let mut told: BTreeSet<usize> = BTreeSet::new();
    let mut found = Vec::new();
    for (step, template, plan) in facts.uses() {
        let (Some(latest), Some(launch)) = (plan.approved_by, facts.funnel.launch) else { continue };
        let late = plan.late && words::awaits_approval(template.status);
        if !late || !plan.place.is_some_and(|place| told.insert(place)) {
            continue;
        }
        let from = match (template.status, template.submitted) {
            (Status::Draft, _) | (_, None) => "submitted now".to_owned(),
            (_, Some(submitted)) => format!("submitted on {}", words::date(submitted)),
        };
        let message = format!(
            "{}, {from}, may be approved as late as {}, after the launch on {}; {} needs it",
            words::capital(&words::template(facts, template)),
            words::date(latest),
            words::date(launch),
            titled(step),
        );
        let help = format!("Submit it now and launch on {} or later, or send an approved template", words::date(latest));
        found.push(RULE.at_step(&step.id, message).template(&template.name).help(help));
    }
    found
}
