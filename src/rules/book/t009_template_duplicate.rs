//! Two templates have one name in one language, or say the same
//!
//! # Why it matters
//! An account has one template of a name in each language, so the second cannot be submitted, and it is not said which of
//! the two is sent. A template whose body and footer are those of another is refused as its duplicate (here a warning, for
//! the other may yet be taken away). Authentication templates may be alike. Source: rules.md B3.4 and B3.5 (duplicate).
//!
//! # How to mend it
//! - Give one of them another name, or take it away.
//! - Send the one that there is in both places, or let the texts differ in what they say.
//!
//! # Example
//! Which of the two goes out?
//! ```ron
//! templates: [
//!     (name: "spring_news", language: "en", category: Marketing, status: Approved,
//!         body: "Our spring collection is here.", footer: "Answer STOP to stop"),
//!     (name: "spring_news", language: "en", category: Marketing, status: Draft,
//!         body: "Spring has come to our shop.", footer: "Answer STOP to stop"),
//! ],
//! steps: [
//!     (id: "list", title: "Members", kind: Entry(channel: BusinessInitiated, opt_in: true)),
//!     (id: "news", title: "News", kind: Message(purpose: Marketing, send: Template("spring_news"))),
//!     (id: "done", title: "Done", kind: Exit(Converted)),
//! ],
//! links: [(from: "list", to: "news"), (from: "news", to: "done")],
//! ```
//! One name in two languages is one template for two sorts of people:
//! ```ron
//! templates: [
//!     (name: "spring_news", language: "en", category: Marketing, status: Approved,
//!         body: "Our spring collection is here.", footer: "Answer STOP to stop"),
//!     (name: "spring_news", language: "de", category: Marketing, status: Approved,
//!         body: "Unsere Frühlingskollektion ist da.", footer: "Mit STOPP hört es auf"),
//! ],
//! steps: [
//!     (id: "list", title: "Members", kind: Entry(channel: BusinessInitiated, opt_in: true)),
//!     (id: "news", title: "News", kind: Message(purpose: Marketing, send: Template("spring_news"))),
//!     (id: "done", title: "Done", kind: Exit(Converted)),
//! ],
//! links: [(from: "list", to: "news"), (from: "news", to: "done")],
//! ```

use std::collections::BTreeMap;

use super::prelude::*;

pub(super) const RULE: Rule = Rule {
    code: "T009",
    name: "template-duplicate",
    severity: Severity::Error,
    file: include_str!("t009_template_duplicate.rs"),
    part: "name",
    shows: Claim::Reached,
    check,
    fixes: mend::library::told_apart,
};

/// Told of the later one. The same text in another language is no duplicate: it may be meant for another country.
fn check(facts: &Facts<'_>) -> Vec<Diagnostic> {
    let mut found = Vec::new();
    let mut names: BTreeSet<(&str, &str)> = BTreeSet::new();
    let mut texts: BTreeMap<(&str, &str, &str), &str> = BTreeMap::new();
    for (place, template, _) in facts.library() {
        let (name, language) = (template.name.as_str(), template.language.as_str());
        if !name.is_empty() && !names.insert((name, language)) {
            let what = format!("There is another template `{name}` in {language}");
            let help = "Give one of them another name, or take it away";
            found.push(RULE.at_template(place, template, "name", what).help(help));
            continue;
        }
        let (body, footer) = (template.body.trim(), template.footer.trim());
        if body.is_empty() || template.category == Category::Authentication {
            continue;
        }
        if let Some(first) = texts.get(&(language, body, footer)) {
            let what = format!("`{name}` has the same body and footer as `{first}`, so Meta refuses it as a duplicate");
            let help = format!("Send `{first}` in both places, or let the texts differ");
            found.push(RULE.at_template(place, template, "body", what).severity(Severity::Warning).help(help));
        } else {
            texts.insert((language, body, footer), name);
        }
    }
    found
}
