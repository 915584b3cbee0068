//! Phrases that several rules share, in the person's terms.

use super::book;
use super::diagnostic::Place;
use super::evidence::Evident;
use super::facts::Facts;
use crate::model::{Branch, Category, Funnel, LocalTime, Output, Status, Step, StepKind, Template};

/// A step's title, marked as such.
pub(super) fn titled(step: &Step) -> String {
    format!("*{}*", step.name())
}

/// Where something stands, at the beginning of a sentence: *Tip*, The template `news`, The funnel.
pub(super) fn place(facts: &Facts<'_>, place: &Place) -> String {
    match place {
        Place::Funnel => "The funnel".to_owned(),
        Place::Step(id) => facts.place(id).map_or_else(|| id.to_string(), |place| titled(facts.at(place).0)),
        Place::Template(at) => {
            let name = facts.funnel.templates.get(*at).map_or("", |template| template.name.as_str());
            format!("The template `{name}`")
        }
    }
}

/// The code that was most likely meant: of a rule called so, else of one that is written much like it.
pub(super) fn nearest_code(written: &str) -> Option<&'static str> {
    if let Some(rule) = book::rule(written) {
        return Some(rule.code);
    }
    // Only letters for digits and the like: a code of four letters has many that are somewhat like it.
    let plain = written.trim().to_uppercase().replace(['O', '-', ' '], "0");
    let near = book::RULES.iter().map(|rule| (strsim::osa_distance(&plain, rule.code), rule.code));
    near.filter(|(distance, _)| *distance <= 1).min().map(|(_, code)| code)
}

/// For which people a way out is, after a comma or a verb: `where nobody answers in time`.
pub(super) fn way(step: &Step, out: &Output) -> String {
    let branch = if let StepKind::Branch(branch) = &step.kind { Some(branch) } else { None };
    match (out, branch) {
        (Output::Next, _) => "after it".to_owned(),
        (Output::Reply(label), _) => format!("after the answer “{label}”"),
        (Output::Timeout, _) => "where nobody answers in time".to_owned(),
        (Output::Case(label), _) => format!("in the case “{label}”"),
        (Output::Yes, Some(Branch::WindowOpen)) => "while the window is open".to_owned(),
        (Output::No, Some(Branch::WindowOpen)) => "once the window has closed".to_owned(),
        (Output::Yes, Some(Branch::OptedIn)) => "for those who opted in".to_owned(),
        (Output::No, Some(Branch::OptedIn)) => "for those who did not opt in".to_owned(),
        (Output::Yes, Some(Branch::Attribute { name, .. })) => format!("where “{name}” holds"),
        (Output::No, Some(Branch::Attribute { name, .. })) => format!("where “{name}” does not hold"),
        (Output::Yes, _) => "where the branch holds".to_owned(),
        (Output::No, _) => "where the branch does not hold".to_owned(),
    }
}

/// `1 message`, `2 messages`.
pub(super) fn counted(n: usize, one: &str) -> String {
    if n == 1 { format!("{n} {one}") } else { format!("{n} {one}s") }
}

/// `2nd`, `3rd`, `11th`.
pub(super) fn ordinal(n: usize) -> String {
    let ending = match (n % 10, n % 100) {
        (1, rest) if rest != 11 => "st",
        (2, rest) if rest != 12 => "nd",
        (3, rest) if rest != 13 => "rd",
        _ => "th",
    };
    format!("{n}{ending}")
}

/// A share in whole percent, without rounding something to nothing: `30 %`, `under 1 %`.
pub(super) fn percent(share: f64) -> String {
    let percent = (share * 100.0).round();
    if percent < 1.0 { "under 1 %".to_owned() } else { format!("{percent} %") }
}

/// A template as it is called; with its language where the funnel has it in several.
pub(super) fn template(facts: &Facts<'_>, template: &Template) -> String {
    let Template { name, language, .. } = template;
    let several = facts.funnel.templates_named(name).nth(1).is_some();
    if several { format!("the template `{name}` in {language}") } else { format!("the template `{name}`") }
}

/// A phrase at the beginning of a sentence.
pub(super) fn capital(phrase: &str) -> String {
    let mut rest = phrase.chars();
    rest.next().map(|first| first.to_uppercase().chain(rest).collect()).unwrap_or_default()
}

/// A date with its time of day: `2026-12-01 09:00`.
pub(super) fn date(time: LocalTime) -> String {
    time.spoken()
}

/// A category in the middle of a sentence.
pub(super) fn category(category: Category) -> String {
    category.word().to_lowercase()
}

/// Whether a template of this status may still be approved as it is.
pub(super) fn awaits_approval(status: Status) -> bool {
    matches!(status, Status::Draft | Status::Pending | Status::InAppeal)
}

/// The name in the library that looks most like this one, if any looks much like it.
pub(super) fn nearest_template<'a>(name: &str, funnel: &'a Funnel) -> Option<&'a str> {
    let near = funnel.templates.iter().map(|template| (strsim::jaro_winkler(name, &template.name), template.name.as_str()));
    near.filter(|(likeness, _)| *likeness > 0.8).max_by(|a, b| a.0.total_cmp(&b.0)).map(|(_, name)| name)
}

/// How the journey came from the last inbound message to the moment shown: `, by way of *Ask size* → *Wait 1 day*`.
/// Names the step of the last inbound message and those at which time passed since; empty where there are none.
pub(super) fn by_way_of(facts: &Facts<'_>, shown: &Evident) -> String {
    let (places, left_out) = shown.route.places();
    let mut names: Vec<String> = places.iter().map(|place| titled(facts.at(*place).0)).collect();
    if left_out {
        names[2] = "…".to_owned();
    }
    if names.is_empty() { String::new() } else { format!(", by way of {}", names.join(" → ")) }
}

/// `The body of `x` has 1,030 characters, and may have 1,024`; `None` where it is no longer than that.
pub(super) fn over(whose: &str, text: &str, most: usize) -> Option<String> {
    let length = text.chars().count();
    (length > most).then(|| format!("{whose} has {} characters, and may have {}", grouped(length), grouped(most)))
}

/// A number with its thousands apart: `4,096`.
pub(super) fn grouped(number: usize) -> String {
    let digits = number.to_string();
    let from_end = |at: usize| digits.len() - at;
    let parts = digits.char_indices().map(|(at, digit)| match at {
        0 => digit.to_string(),
        _ if from_end(at).is_multiple_of(3) => format!(",{digit}"),
        _ => digit.to_string(),
    });
    parts.collect()
}
