//! A step names a template that the funnel does not have
//!
//! # Why it matters
//! A message sent by a name that Meta does not know fails with error 132001, and nobody can submit or approve what is
//! not written yet. Source: rules.md B1.4 (132001).
//!
//! # How to mend it
//! - Draft the template in the library, or correct the name at the step.
//!
//! # Example
//! A slip of the pen:
//! ```ron
//! templates: [
//!     (name: "spring_news", language: "en", category: Marketing, status: Approved,
//!         body: "Our spring collection is here."),
//! ],
//! steps: [
//!     (id: "list", title: "Members", kind: Entry(channel: BusinessInitiated, opt_in: true)),
//!     (id: "news", title: "News", kind: Message(purpose: Marketing, send: Template("sprint_news"))),
//!     (id: "done", title: "Done", kind: Exit(Converted)),
//! ],
//! links: [(from: "list", to: "news"), (from: "news", to: "done")],
//! ```
//! Now it has what the step names:
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
    code: "T001",
    name: "template-missing",
    severity: Severity::Error,
    file: include_str!("t001_template_missing.rs"),
    part: "send",
    shows: Claim::Reached,
    check,
    fixes: mend::renamed,
};

/// Also at steps that nobody reaches: a name that means nothing is wrong wherever it stands.
fn check(facts: &Facts<'_>) -> Vec<Diagnostic> {
    let missing: BTreeSet<&str> =
        facts.plans.iter().filter(|plan| plan.place.is_none()).map(|plan| plan.name.as_str()).collect();
    let naming = facts.steps().filter_map(|(step, _)| Some((step, step.message()?.send.template()?)));
    naming
        .filter(|(_, name)| missing.contains(name))
        .map(|(step, name)| {
            let message = format!("{} names the template `{name}`, which the funnel does not have", titled(step));
            let help = match words::nearest_template(name, facts.funnel) {
                Some(near) => format!("Did you mean `{near}`? Else draft `{name}` in the library"),
                None => format!("Draft `{name}` in the library, or correct the name"),
            };
            RULE.at_step(&step.id, message).template(name).help(help)
        })
        .collect()
}
