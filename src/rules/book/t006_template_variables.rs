//! The variables of a template are numbered with gaps, stand where they may not, or are of two sorts
//!
//! # Why it matters
//! Meta refuses a template whose variables it cannot read: numbers must run from 1 without a gap, or all variables have
//! names. A body may not begin or end with a variable (2388299), and two may not stand side by side, for nobody could tell
//! what the message says. A full stop or another sign beside the variable is not a word, though templates that Meta
//! approved before 2024 have it. Too few words around many variables are refused as well (2388293); Meta does not publish
//! the number, so that warns. A template that was approved otherwise fails when it is sent (132000, 132012). Source:
//! rules.md B3.5 (variables) and B1.4. The preset bodies of authentication templates may begin with the code.
//!
//! # How to mend it
//! - Number the variables 1, 2, 3, or name all of them in lower case: `{{first_name}}`.
//! - Put words around a variable, at the beginning, at the end, and between two.
//! - Say more, or send less of it in variables.
//!
//! # Example
//! There is no second one:
//! ```ron
//! templates: [
//!     (name: "spring_news", language: "en", category: Marketing, status: Approved,
//!         body: "Hi {{1}}, our spring collection is here. Your code is {{3}}, until Sunday.",
//!         samples: {"1": "Ana", "3": "SPRING"}),
//! ],
//! steps: [
//!     (id: "list", title: "Members", kind: Entry(channel: BusinessInitiated, opt_in: true)),
//!     (id: "news", title: "News", kind: Message(purpose: Marketing, send: Template("spring_news"))),
//!     (id: "done", title: "Done", kind: Exit(Converted)),
//! ],
//! links: [(from: "list", to: "news"), (from: "news", to: "done")],
//! ```
//! It counts to two:
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
use crate::model::{Button, Header, Status, Template};
use crate::rules::variables::{Slot, Style, balanced, braced, is_word, slots, words_around};

pub(super) const RULE: Rule = Rule {
    code: "T006",
    name: "template-variables",
    severity: Severity::Error,
    file: include_str!("t006_template_variables.rs"),
    part: "body",
    shows: Claim::Reached,
    check,
    fixes: mend::library::renumbered,
};

fn check(facts: &Facts<'_>) -> Vec<Diagnostic> {
    let mut found = Vec::new();
    for (place, template, _) in facts.library() {
        let Template { name, body, header, .. } = template;
        let header = if let Some(Header::Text(text)) = header { text.as_str() } else { "" };
        let mut tell = |part, what: String, help: &str| found.push(RULE.at_template(place, template, part, what).help(help));
        let addresses = template.buttons.iter().filter_map(|button| match button {
            Button::Url { url, .. } => Some(("buttons", "The address of a button", url.as_str())),
            _ => None,
        });
        for (part, where_, text) in
            [("header", "The header", header), ("body", "The body", body)].into_iter().chain(addresses)
        {
            let whose = format!("{where_} of `{name}`");
            for (what, help) in unreadable(&whose, text) {
                tell(part, what, help);
            }
        }
        for (part, whose, text) in [("header", "header", header), ("body", "body", body)] {
            let beside = slots(text);
            let pairs = beside.windows(2).filter(|pair| text[pair[0].end..pair[1].start].trim().is_empty());
            for pair in pairs {
                let (one, other) = (braced(pair[0].name), braced(pair[1].name));
                let what = format!("In the {whose} of `{name}`, {one} and {other} stand side by side");
                tell(part, what, "Put words between them");
            }
        }
        if template.category != Category::Authentication {
            for (severity, what, help) in ends(template) {
                found.push(RULE.at_template(place, template, "body", what).severity(severity).help(help));
            }
            found.extend(crowded(facts, template).map(|what| {
                let told = RULE.at_template(place, template, "body", what).severity(Severity::Warning);
                told.help("Say more around them, or make one variable of several")
            }));
        }
        let mut tell = |part, what: String, help: &str| found.push(RULE.at_template(place, template, part, what).help(help));
        let all = [slots(header), slots(body)].concat();
        let numbered = all.iter().find(|slot| matches!(slot.style(), Style::Numbered(_)));
        let named = all.iter().find(|slot| slot.style() == Style::Named);
        if let (Some(numbered), Some(named)) = (numbered, named) {
            let (numbered, named) = (braced(numbered.name), braced(named.name));
            let what = format!("`{name}` has numbered variables, such as {numbered}, and named ones, such as {named}");
            tell("body", what, "Number all of them, or name all of them");
        }
    }
    found
}

/// Where the body begins or ends with a variable, or with one and signs. Meta refuses those for signs only since 2024, so
/// what is approved already stays so until it is changed.
fn ends(template: &Template) -> Vec<(Severity, String, &'static str)> {
    let Template { name, body, status, .. } = template;
    let slots = slots(body);
    let (Some(first), Some(last)) = (slots.first(), slots.last()) else { return Vec::new() };
    let sides = [
        (&body[..first.start], first, "begins", "before", "Begin with words, such as a greeting"),
        (&body[last.end..], last, "ends", "after", "Put words after it"),
    ];
    let mut found = Vec::new();
    for (beside, slot, does, side, help) in sides {
        let variable = braced(slot.name);
        if beside.trim().is_empty() {
            let what = format!("The body of `{name}` {does} with the variable {variable}");
            found.push((Severity::Error, what, help));
        } else if !beside.chars().any(is_word) {
            let what = format!("The body of `{name}` has no word {side} the variable {variable}, only “{}”", beside.trim());
            let severity = if *status == Status::Approved { Severity::Warning } else { Severity::Error };
            found.push((severity, what, help));
        }
    }
    found
}

/// That there are too few words in the body for its variables.
fn crowded(facts: &Facts<'_>, template: &Template) -> Option<String> {
    let Template { name, body, .. } = template;
    let (limit, words) = (facts.policy.limits.template.words?, words_around(body));
    let variables = Template::variables(body).len();
    let least = variables * limit.each + limit.more;
    (variables > 0 && words < least).then(|| {
        let (has, variables) = (words::counted(words, "word"), words::counted(variables, "variable"));
        format!("The body of `{name}` has {has} around {variables}; below {least} Meta is likely to refuse it")
    })
}

/// What Meta cannot read in one text: braces, names, and numbers with a gap.
fn unreadable(whose: &str, text: &str) -> Vec<(String, &'static str)> {
    let mut found = Vec::new();
    let slots = slots(text);
    if !balanced(text) {
        found.push((format!("{whose} has braces that do not match"), "Write a variable as {{1}} or {{first_name}}"));
    }
    for slot in slots.iter().filter(|slot| slot.style() == Style::Malformed) {
        let what = format!("{whose} has the variable {}, which Meta does not read", braced(slot.name));
        found
            .push((what, "Number it from 1 up, or name it with lower-case letters, digits and underscores, without spaces"));
    }
    if let Some(missing) = first_missing(&slots) {
        let what = format!("{whose} has numbered variables, but not {}", braced(&missing.to_string()));
        found.push((what, "Number the variables of each text from 1 without a gap"));
    }
    found
}

/// The first number that the numbered variables leave out.
fn first_missing(slots: &[Slot<'_>]) -> Option<usize> {
    let numbers =
        slots.iter().filter_map(|slot| if let Style::Numbered(number) = slot.style() { Some(number) } else { None });
    let numbers: BTreeSet<u32> = numbers.collect();
    numbers.into_iter().zip(1..).find(|(number, expected)| *number as usize != *expected).map(|(_, expected)| expected)
}
