//! What a template is used for and its category differ
//!
//! # Why it matters
//! Meta decides the category from what a template says. Marketing in a utility template is approved as marketing or
//! becomes it later, with a day's notice or none; then the price is another and marketing opt-in is asked for. Whoever
//! does it again loses the right to send utility templates for a week or more. The other way round, a utility message in
//! a marketing template pays the price of marketing. Source: rules.md B3.1 and B3.2.
//!
//! # How to mend it
//! - Set the category that fits what the template says; that of an approved template is fixed, so submit another.
//! - Set the purpose of the step, if that is what is wrong.
//!
//! # Example
//! A promotion in a utility template:
//! ```ron
//! templates: [
//!     (name: "spring_news", language: "en", category: Utility, status: Draft,
//!         body: "Our spring collection is here.", footer: "Answer STOP to stop"),
//! ],
//! steps: [
//!     (id: "list", title: "Members", kind: Entry(channel: BusinessInitiated, opt_in: true)),
//!     (id: "news", title: "News", kind: Message(purpose: Marketing, send: Template("spring_news"))),
//!     (id: "done", title: "Done", kind: Exit(Converted)),
//! ],
//! links: [(from: "list", to: "news"), (from: "news", to: "done")],
//! ```
//! It is called what it is:
//! ```ron
//! templates: [
//!     (name: "spring_news", language: "en", category: Marketing, status: Draft,
//!         body: "Our spring collection is here.", footer: "Answer STOP to stop"),
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
    code: "T008",
    name: "template-category",
    severity: Severity::Warning,
    file: include_str!("t008_template_category.rs"),
    part: "send",
    shows: Claim::Reached,
    check,
    fixes: mend::library::categorised,
};

fn check(facts: &Facts<'_>) -> Vec<Diagnostic> {
    let mut found = Vec::new();
    for (step, template, _) in facts.uses() {
        let Some(message) = step.message() else { continue };
        let (fitting, category) = (mend::category(message.purpose), template.category);
        if category == fitting {
            continue;
        }
        let (name, planned, is) = (&template.name, words::category(fitting), words::category(category));
        let what = format!("{} is planned as {planned}, and the template `{name}` that it sends is {is}", titled(step));
        let (what, help) = match (fitting, category) {
            (Category::Marketing, _) => (
                format!("{what}: Meta makes it marketing"),
                "Submit it as marketing; such templates ask for opt-in and have their own price",
            ),
            (_, Category::Marketing) => (
                format!("{what}, with the price and the opt-in of marketing"),
                "Plan the step as marketing, or send a template of its own category",
            ),
            _ => (what, "Send a template of the category that fits"),
        };
        found.push(RULE.at_step(&step.id, what).template(name).help(help));
    }
    found
}
