//! A name, language, header, body, footer or button of a template breaks Meta's limits
//!
//! # Why it matters
//! Meta refuses a template that is over a limit, and time for a new approval is lost. Lengths are in characters, with the
//! variables as they are written. A body with too many empty lines or emojis is refused at once (2388072), as is a header or
//! footer of several lines. Source: rules.md B3.1, B3.4 and B3.5, and Meta's answers to submissions; the numbers are the
//! policy's `limits`.
//!
//! # How to mend it
//! - Shorten the text, or move part of it to the body.
//! - Take out the buttons that are too many, and let quick replies stand together.
//! - Name it with lower-case letters, digits and underscores.
//! - Give it a language that Meta lists. Transom's own list is partly from memory, so a code that is only unknown to it is a
//!   warning.
//!
//! # Example
//! The name is written as people write, and the footer is a body:
//! ```ron
//! templates: [
//!     (name: "Spring News", language: "en", category: Marketing, status: Draft,
//!         body: "Our spring collection is here.",
//!         footer: "Answer STOP and we will never again write to you about our collections"),
//! ],
//! steps: [
//!     (id: "list", title: "Members", kind: Entry(channel: BusinessInitiated, opt_in: true)),
//!     (id: "news", title: "News", kind: Message(purpose: Marketing, send: Template("Spring News"))),
//!     (id: "done", title: "Done", kind: Exit(Converted)),
//! ],
//! links: [(from: "list", to: "news"), (from: "news", to: "done")],
//! ```
//! Both say the same in a few words:
//! ```ron
//! templates: [
//!     (name: "spring_news", language: "en", category: Marketing, status: Approved,
//!         body: "Our spring collection is here.",
//!         footer: "Answer STOP to stop"),
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
use crate::policy::{TemplateButtons, TemplateLimits};
use crate::rules::{variables, words::over};

pub(super) const RULE: Rule = Rule {
    code: "T005",
    name: "template-limits",
    severity: Severity::Error,
    file: include_str!("t005_template_limits.rs"),
    part: "name",
    shows: Claim::Reached,
    check,
    fixes: mend::library::renamed,
};

/// The field, what is wrong with it, and what to do.
type Broken = (&'static str, String, String);

/// Every template of the library, in use or not: what is over a limit cannot be submitted.
fn check(facts: &Facts<'_>) -> Vec<Diagnostic> {
    let limits = &facts.policy.limits.template;
    let mut found = Vec::new();
    for (place, template, _) in facts.library() {
        let mut tell = |(part, what, help): Broken, severity| {
            found.push(RULE.at_template(place, template, part, what).severity(severity).help(help));
        };
        name(template, limits).into_iter().for_each(|broken| tell(broken, Severity::Error));
        language(template, limits).into_iter().for_each(|(broken, severity)| tell(broken, severity));
        let broken = texts(template, limits).into_iter().chain(buttons(template, &limits.buttons));
        broken.for_each(|broken| tell(broken, Severity::Error));
    }
    found
}

fn name(template: &Template, limits: &TemplateLimits) -> Vec<Broken> {
    let name = &template.name;
    let mut broken = Vec::new();
    let mut tell = |what: String, help: &str| broken.push(("name", what, help.to_owned()));
    if name.is_empty() {
        tell("A template has no name".to_owned(), "Name it with lower-case letters, digits and underscores");
    } else if let Some(wrong) = name.chars().find(|c| !c.is_ascii_lowercase() && !c.is_ascii_digit() && *c != '_') {
        let what = format!("The name of the template `{name}` holds “{wrong}”, which no name may");
        tell(what, "Meta takes lower-case letters, digits and underscores in a name");
    }
    if let Some(over) = over("The name of a template", name, limits.name) {
        tell(over, "Give it a shorter name");
    }
    broken
}

/// A code that is written like a language's may be one that the list of limits does not have yet, so it only warns.
fn language(template: &Template, limits: &TemplateLimits) -> Option<(Broken, Severity)> {
    let Template { name, language, .. } = template;
    if limits.languages.contains(language) {
        return None;
    }
    let unlisted = is_like_a_language(language) && !limits.no_languages.contains(language);
    let (what, severity) = match language.trim() {
        "" => (format!("The template `{name}` has no language"), Severity::Error),
        _ if unlisted => (
            format!("The template `{name}` is in `{language}`, a language that Transom does not know of"),
            Severity::Warning,
        ),
        _ => (format!("Meta has no language `{language}`, which the template `{name}` is in"), Severity::Error),
    };
    let help = match (mend::library::nearest_language(language, limits), unlisted) {
        (Some(near), false) => format!("Did you mean `{near}`?"),
        (Some(near), true) => format!("Did you mean `{near}`? Else look whether Meta lists it"),
        (None, true) => "Look whether Meta lists it".to_owned(),
        (None, false) => "Give it one of Meta's codes, such as en_US".to_owned(),
    };
    Some((("language", what, help), severity))
}

/// Whether a code has the shape of Meta's: `pt`, `fil`, `pt_BR`.
fn is_like_a_language(code: &str) -> bool {
    let (language, region) = code.split_once('_').unwrap_or((code, "XX"));
    let known_length = matches!(language.len(), 2 | 3) && region.len() == 2;
    known_length && language.chars().all(|c| c.is_ascii_lowercase()) && region.chars().all(|c| c.is_ascii_uppercase())
}

fn texts(template: &Template, limits: &TemplateLimits) -> Vec<Broken> {
    let Template { name, header, body, footer, category, .. } = template;
    let mut broken = Vec::new();
    let mut tell = |part, what: String, help: &str| broken.push((part, what, help.to_owned()));
    match header {
        Some(Header::Text(text)) if text.trim().is_empty() => {
            tell("header", format!("The header of `{name}` is empty"), "Write one, or take the header away");
        }
        Some(Header::Text(text)) => {
            if let Some(over) = over(&format!("The header of `{name}`"), text, limits.header.text) {
                tell("header", over, "Shorten it, or move part of it to the body");
            }
            let variables = Template::variables(text).len();
            if variables > limits.header.variables {
                let most = words::counted(limits.header.variables, "variable");
                let what = format!("The header of `{name}` has {variables} variables, and Meta takes {most} there");
                tell("header", what, "Move the others to the body");
            }
        }
        Some(_) if *category == Category::Authentication => {
            let what = format!("`{name}` is an authentication template, and those have no pictures, films, files or places");
            tell("header", what, "Take the header away, or set another category");
        }
        Some(_) | None => {}
    }
    if body.trim().is_empty() {
        tell("body", format!("The template `{name}` has no body"), "Write one: every template has a body");
    }
    if let Some(over) = over(&format!("The body of `{name}`"), body, limits.body) {
        tell("body", over, "Shorten it, or make two messages of it");
    }
    let breaks = body.replace('\r', "");
    if let Some(most) = limits.line_breaks.filter(|most| breaks.contains(&"\n".repeat(most + 1))) {
        let what = format!("The body of `{name}` has more than {} in a row", words::counted(most, "line break"));
        tell("body", what, "Take out the empty lines");
    }
    let emojis = variables::emojis(body);
    if let Some(most) = limits.emojis.filter(|most| emojis > *most) {
        let what = format!("The body of `{name}` has {}, and Meta takes {most}", words::counted(emojis, "emoji"));
        tell("body", what, "Take out the least needed");
    }
    let heading = if let Some(Header::Text(text)) = header { text.as_str() } else { "" };
    for (part, text) in [("header", heading), ("footer", footer.as_str())] {
        if text.trim().contains('\n') {
            tell(part, format!("The {part} of `{name}` has more than one line"), "Write it in one line");
        }
    }
    if let Some(over) = over(&format!("The footer of `{name}`"), footer, limits.footer) {
        tell("footer", over, "Shorten it, or move part of it to the body");
    }
    if let Some(slot) = variables::slots(footer).first() {
        let what = format!("The footer of `{name}` has the variable {}", variables::braced(slot.name));
        tell("footer", what, "A footer has no variables; move it to the body");
    }
    broken
}

fn buttons(template: &Template, limits: &TemplateButtons) -> Vec<Broken> {
    let Template { name, buttons, .. } = template;
    let mut broken = Vec::new();
    let mut tell = |what: String, help: &str| broken.push(("buttons", what, help.to_owned()));
    let count = |kind: fn(&Button) -> bool| buttons.iter().filter(|button| kind(button)).count();
    let quick = |button: &Button| matches!(button, Button::QuickReply(_));
    let counts = [
        (buttons.len(), limits.most, "buttons", "in all"),
        (count(quick), limits.quick_reply.most, "quick replies", "of them"),
        (count(|button| matches!(button, Button::Url { .. })), limits.url.most, "buttons that open a page", "of them"),
        (count(|button| matches!(button, Button::Phone { .. })), limits.phone.most, "buttons that call", "of them"),
        (
            count(|button| matches!(button, Button::CopyCode(_))),
            limits.copy_code.most,
            "buttons that copy a code",
            "of them",
        ),
    ];
    for (n, most, what, of) in counts.into_iter().filter(|(n, most, ..)| n > most) {
        tell(format!("`{name}` has {n} {what}, and Meta takes {most} {of}"), "Take out the least needed");
    }
    let groups = buttons.chunk_by(|one, other| quick(one) == quick(other)).filter(|group| group.iter().any(quick)).count();
    if groups > 1 {
        let what = format!("The quick replies of `{name}` do not stand together");
        tell(what, "Put all quick replies before or after the other buttons");
    }
    for button in buttons {
        for what in button_limits(name, button, limits) {
            tell(what, "Shorten it");
        }
        if let Button::Url { text, url } = button {
            let slots = variables::slots(url);
            let at_end = slots.last().is_none_or(|slot| slot.end == url.trim_end().len());
            if slots.len() > limits.url.variables || !at_end {
                let what = format!("The address of the button “{text}” of `{name}` may have one variable, at its end");
                tell(what, "Let the address end in the variable, and send what differs in it");
            }
            // Meta's API gives the button that copies the code as one that opens this page of its own.
            let copies = limits.code_page.as_ref().is_some_and(|page| url.starts_with(page.as_str()));
            if template.category == Category::Authentication && !copies {
                let what = format!("`{name}` is an authentication template, and those open no page");
                tell(what, "Take the button out, or set another category");
            }
        }
    }
    broken
}

/// What of a button is empty or too long.
fn button_limits(name: &str, button: &Button, limits: &TemplateButtons) -> Vec<String> {
    let label = |text: &str, most| {
        let empty = text.trim().is_empty().then(|| format!("A button of `{name}` has no label"));
        empty.or_else(|| over(&format!("The button “{text}” of `{name}`"), text, most))
    };
    let value = |what: &str, text: &str, value: &str, most| {
        let empty = value.trim().is_empty().then(|| format!("The button “{text}” of `{name}` has no {what}"));
        empty.or_else(|| over(&format!("The {what} of the button “{text}” of `{name}`"), value, most))
    };
    let found = match button {
        Button::QuickReply(text) => [label(text, limits.quick_reply.label), None],
        Button::Url { text, url } => [label(text, limits.url.label), value("address", text, url, limits.url.url)],
        Button::Phone { text, number } => {
            [label(text, limits.phone.label), value("number", text, number, limits.phone.number)]
        }
        Button::CopyCode(code) => {
            let empty = code.trim().is_empty().then(|| format!("A button of `{name}` copies no code"));
            [empty.or_else(|| over(&format!("The code “{code}” of `{name}`"), code, limits.copy_code.length)), None]
        }
    };
    found.into_iter().flatten().collect()
}
