//! A variable of a template has no sample, or one that Meta's guide advises against
//!
//! # Why it matters
//! Meta reviews a template with its samples filled in. Without one for each variable the template is refused; and nobody in
//! the team sees what the message will look like. `#`, `$` and `%` stand in Meta's list of reasons for a refusal, though
//! samples with them were approved, so they only warn. Source: rules.md B3.5 (variables); the characters are the policy's
//! `limits`.
//!
//! # How to mend it
//! - Write a sample that could be real: a first name, a code, a date.
//! - Write sums and shares in words: "10 percent", "300 rupees".
//!
//! # Example
//! Nobody knows what the second variable stands for:
//! ```ron
//! templates: [
//!     (name: "spring_news", language: "en", category: Marketing, status: Approved,
//!         body: "Hi {{1}}, our spring collection is here. Your code is {{2}}, until Sunday.",
//!         samples: {"1": "Ana"}),
//! ],
//! steps: [
//!     (id: "list", title: "Members", kind: Entry(channel: BusinessInitiated, opt_in: true)),
//!     (id: "news", title: "News", kind: Message(purpose: Marketing, send: Template("spring_news"))),
//!     (id: "done", title: "Done", kind: Exit(Converted)),
//! ],
//! links: [(from: "list", to: "news"), (from: "news", to: "done")],
//! ```
//! It is a code:
//! ```ron
//! templates: [
//!     (name: "spring_news", language: "en", category: Marketing, status: Approved,
//!         body: "Hi {{1}}, our spring collection is here. Your code is {{2}}, until Sunday.",
//!         samples: {"1": "Ana", "2": "SPRING"}),
//! ],
//! steps: [
//!     (id: "list", title: "Members", kind: Entry(channel: BusinessInitiated, opt_in: true)),
//!     (id: "news", title: "News", kind: Message(purpose: Marketing, send: Template("spring_news"))),
//!     (id: "done", title: "Done", kind: Exit(Converted)),
//! ],
//! links: [(from: "list", to: "news"), (from: "news", to: "done")],
//! ```

use super::prelude::*;
use crate::model::{Button, Header, Template};
use crate::rules::variables::{braced, slots};

pub(super) const RULE: Rule = Rule {
    code: "T007",
    name: "template-samples",
    severity: Severity::Error,
    file: include_str!("t007_template_samples.rs"),
    part: "samples",
    shows: Claim::Reached,
    check,
    fixes: mend::samples::sampled,
};

fn check(facts: &Facts<'_>) -> Vec<Diagnostic> {
    let refused = &facts.policy.limits.template.sample_refuses;
    let mut found = Vec::new();
    for (place, template, _) in facts.library() {
        let name = &template.name;
        let mut told: BTreeSet<&str> = BTreeSet::new();
        for (part, text) in texts(template) {
            // Where the file has samples, that is where one is missing; else the finding stands at the variable.
            let part = if template.samples.is_empty() { part } else { "samples" };
            for variable in slots(text).iter().map(|slot| slot.name.trim()).filter(|name| !name.is_empty()) {
                let sample = template.samples.get(variable).map(|sample| sample.trim()).unwrap_or_default();
                if sample.is_empty() && told.insert(variable) {
                    let what = format!("The variable {} of `{name}` has no sample", braced(variable));
                    found.push(RULE.at_template(place, template, part, what).help("Write one that could be real"));
                }
            }
        }
        let with_refused = template
            .samples
            .iter()
            .filter_map(|(variable, sample)| Some((variable, sample, sample.chars().find(|c| refused.contains(*c))?)));
        for (variable, sample, wrong) in with_refused {
            let variable = braced(variable);
            let what =
                format!("The sample of {variable} of `{name}`, “{sample}”, holds “{wrong}”, for which Meta may refuse it");
            found.push(
                RULE.at_template(place, template, "samples", what)
                    .severity(Severity::Warning)
                    .help("Write it in words, or put the sign beside the variable"),
            );
        }
    }
    found
}

/// The texts of a template that may hold variables, with their fields.
fn texts(template: &Template) -> Vec<(&'static str, &str)> {
    let mut texts = Vec::new();
    if let Some(Header::Text(text)) = &template.header {
        texts.push(("header", text.as_str()));
    }
    texts.push(("body", template.body.as_str()));
    texts.extend(template.buttons.iter().filter_map(|button| match button {
        Button::Url { url, .. } => Some(("buttons", url.as_str())),
        _ => None,
    }));
    texts
}
