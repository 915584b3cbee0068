//! Changes to the template library that may mend what rules find there.

use std::collections::BTreeSet;

use crate::edit::Edit;
use crate::model::{Button, Category, Header, Purpose, Send, Status, Step, StepKind, Template};
use crate::policy::TemplateLimits;
use crate::rules::diagnostic::{Diagnostic, Fix, Place, Severity};
use crate::rules::facts::Facts;
use crate::rules::variables::{self, Style, braced};

use super::MOST_OFFERED;
use super::phrases::Phrases;
use super::weave::step_of;

/// What a template's language is likest to be a slip of.
const LIKE: f64 = 0.85;

/// The template that a finding is about, with its place.
pub(super) fn found<'a>(facts: &Facts<'a>, diagnostic: &Diagnostic) -> Option<(usize, &'a Template)> {
    let Place::Template(place) = diagnostic.place else { return None };
    facts.funnel.templates.get(place).map(|template| (place, template.as_ref()))
}

/// Takes a template out of the library, where no step sends it or another of its name and content stays.
pub(in crate::rules) fn removed(facts: &Facts<'_>, diagnostic: &Diagnostic) -> Vec<Fix> {
    let Some((place, template)) = found(facts, diagnostic) else { return Vec::new() };
    let used = facts.library().any(|(at, _, plan)| at == place && !plan.used_by.is_empty());
    let mut others = facts.library().filter(|(at, ..)| *at != place);
    if used && !others.any(|(_, other, _)| other == template) {
        return Vec::new();
    }
    let title = format!("Take the template {} out of the library", template.name);
    vec![Fix::safe("remove-template", title, Edit::RemoveTemplate(place))]
}

/// Takes the later of two away that are the same, else gives it a name of its own, which no step sends yet.
pub(in crate::rules) fn told_apart(facts: &Facts<'_>, diagnostic: &Diagnostic) -> Vec<Fix> {
    let fixes = removed(facts, diagnostic);
    let Some((place, template)) = found(facts, diagnostic).filter(|_| diagnostic.part == "name" && fixes.is_empty()) else {
        return fixes;
    };
    let mut names = (2..).map(|number| format!("{}_{number}", template.name));
    let Some(name) = names.find(|name| facts.funnel.template(name).is_none()) else { return fixes };
    let title = format!("Name the second one {name}; no step sends it then");
    let edit = Edit::ReplaceTemplate(place, Template { name, ..template.clone() });
    vec![Fix::to_read("rename-template", title, edit)]
}

/// Writes a name or a language as Meta writes it.
pub(in crate::rules) fn renamed(facts: &Facts<'_>, diagnostic: &Diagnostic) -> Vec<Fix> {
    let Some((place, template)) = found(facts, diagnostic) else { return Vec::new() };
    let fix = match diagnostic.part {
        "name" => {
            let simple = |c: char| if c.is_ascii_lowercase() || c.is_ascii_digit() { c } else { '_' };
            let name: String = template.name.trim().to_lowercase().chars().map(simple).collect();
            let taken = name.is_empty() || facts.funnel.template(&name).is_some();
            let title = format!("Name it {name}, also in the steps that send it");
            (!taken).then(|| ("rename-template", title, Template { name, ..template.clone() }))
        }
        "language" => nearest_language(&template.language, &facts.policy.limits.template).map(|language| {
            let title = format!("Set its language to {language}");
            ("set-language", title, Template { language: language.to_owned(), ..template.clone() })
        }),
        _ => None,
    };
    let fix = fix.map(|(id, title, template)| Fix::safe(id, title, Edit::ReplaceTemplate(place, template)));
    fix.into_iter().collect()
}

/// The language of Meta's that was most likely meant: the same in another spelling, else the language without its
/// country, else one that looks much like it.
pub(in crate::rules) fn nearest_language<'a>(written: &str, limits: &'a TemplateLimits) -> Option<&'a str> {
    let plain = |code: &str| code.trim().replace('-', "_").to_lowercase();
    let same = limits.languages.iter().find(|known| plain(known) == plain(written));
    let own = plain(written);
    let without_country =
        || limits.languages.iter().find(|known| own.split_once('_').is_some_and(|(own, _)| own == **known));
    let near = || {
        let likeness = |known: &&String| strsim::jaro_winkler(&plain(known), &plain(written));
        limits.languages.iter().filter(|known| likeness(known) > LIKE).max_by(|a, b| likeness(a).total_cmp(&likeness(b)))
    };
    same.or_else(without_country).or_else(near).map(String::as_str)
}

/// Numbers the variables of the body from 1 without a gap, with their samples. Header and addresses count for themselves
/// but share the samples, so where they have numbers too nothing is offered.
pub(in crate::rules) fn renumbered(facts: &Facts<'_>, diagnostic: &Diagnostic) -> Vec<Fix> {
    let Some((place, template)) = found(facts, diagnostic).filter(|_| diagnostic.part == "body") else { return Vec::new() };
    let header = if let Some(Header::Text(text)) = &template.header { text.as_str() } else { "" };
    let address = |button: &Button| matches!(button, Button::Url { url, .. } if !variables::slots(url).is_empty());
    if !variables::slots(header).is_empty() || template.buttons.iter().any(address) {
        return Vec::new();
    }
    let slots = variables::slots(&template.body);
    let numbers =
        slots.iter().filter_map(|slot| if let Style::Numbered(number) = slot.style() { Some(number) } else { None });
    let numbers: BTreeSet<u32> = numbers.collect();
    let renumbered = |old: u32| numbers.range(..=old).count() as u32;
    let Some(first) = numbers.iter().copied().find(|number| renumbered(*number) != *number) else { return Vec::new() };
    let mut after = template.clone();
    after.body = variables::renumbered(&template.body, renumbered);
    let number = |name: &str| name.parse().ok().filter(|number| numbers.contains(number));
    // A sample of a number that the body does not have would take the place of one that it has.
    let kept = template.samples.iter().filter_map(|(name, sample)| match (number(name), name.parse::<u32>()) {
        (Some(old), _) => Some((renumbered(old).to_string(), sample.clone())),
        (None, Ok(_)) => None,
        (None, Err(_)) => Some((name.clone(), sample.clone())),
    });
    after.samples = kept.collect();
    let (old, new) = (braced(&first.to_string()), braced(&renumbered(first).to_string()));
    let title = format!("Number the variables without a gap, so that {old} becomes {new}");
    vec![Fix::safe("renumber-variables", title, Edit::ReplaceTemplate(place, after))]
}

/// Sets the category that fits what a template is used for, where Meta has not fixed it yet; else, where the template is
/// marketing, plans the step as that.
pub(in crate::rules) fn categorised(facts: &Facts<'_>, diagnostic: &Diagnostic) -> Vec<Fix> {
    let step = diagnostic.step().and_then(|id| facts.place(id)).map(|place| facts.at(place).0);
    let Some((step, message)) = step.and_then(|step| Some((step, step.message()?))) else { return Vec::new() };
    let named = facts.library().find(|(_, template, _)| Some(&template.name) == diagnostic.template.as_ref());
    let Some((place, template, _)) = named else { return Vec::new() };
    let category = super::category(message.purpose);
    if matches!(template.status, Status::Draft | Status::Rejected) {
        let title = format!("Set the category of {} to {category:?}", template.name);
        let edit = Edit::ReplaceTemplate(place, Template { category, ..template.clone() });
        return vec![Fix::safe("set-category", title, edit)];
    }
    if template.category != Category::Marketing {
        return Vec::new();
    }
    let mut step = step.clone();
    if let StepKind::Message(message) = &mut step.kind {
        message.purpose = Purpose::Marketing;
    }
    let title = format!("Plan “{}” as marketing", step.name());
    vec![Fix::safe("set-purpose", title, Edit::ReplaceStep(step))]
}

/// Sends another template of the same category that is approved.
pub(in crate::rules) fn another(facts: &Facts<'_>, diagnostic: &Diagnostic) -> Vec<Fix> {
    let mut fixes = in_time(facts, diagnostic);
    let Some(step) = step_of(facts, diagnostic) else { return fixes };
    let named = |name: &String| facts.funnel.template(name);
    let Some(category) = diagnostic.template.as_ref().and_then(named).map(|template| template.category) else {
        return fixes;
    };
    let approved = facts.funnel.templates.iter().filter(|other| {
        let all = || facts.funnel.templates_named(&other.name).all(|template| template.status == Status::Approved);
        other.category == category && Some(&other.name) != diagnostic.template.as_ref() && all()
    });
    let mut told: Vec<&str> = approved.map(|template| template.name.as_str()).collect();
    told.dedup();
    for name in told.into_iter().take(MOST_OFFERED) {
        let title = format!("Send the approved template {name} instead");
        fixes.extend(sending(step, name).map(|edit| Fix::to_read("use-template", title, edit)));
    }
    fixes
}

/// The edit that makes a step send another template.
pub(super) fn sending(step: &Step, template: &str) -> Option<Edit> {
    let mut step = step.clone();
    let StepKind::Message(message) = &mut step.kind else { return None };
    match &mut message.send {
        Send::Template(name) | Send::FreeFormOrTemplate(_, name) => template.clone_into(name),
        Send::FreeForm(_) => return None,
    }
    Some(Edit::ReplaceStep(step))
}

/// Launches when the template is approved at the latest. Others may rely on the day, so this is never done unasked.
pub(in crate::rules) fn in_time(facts: &Facts<'_>, diagnostic: &Diagnostic) -> Vec<Fix> {
    let late = facts.plans.iter().filter(|plan| plan.late).filter_map(|plan| plan.approved_by).max();
    let Some(latest) = late.filter(|_| diagnostic.severity == Severity::Error) else { return Vec::new() };
    let title = format!("Launch on {}, when it is approved at the latest", latest.spoken());
    vec![Fix::to_read("set-launch", title, Edit::SetLaunch(Some(latest)))]
}

/// Says in the footer how to stop. The text of an approved template is fixed until it is reviewed again.
pub(in crate::rules) fn stoppable(facts: &Facts<'_>, diagnostic: &Diagnostic) -> Vec<Fix> {
    let Some((place, template)) = found(facts, diagnostic) else { return Vec::new() };
    let editable = matches!(template.status, Status::Draft | Status::Rejected) && template.footer.trim().is_empty();
    let Some(phrases) = Phrases::of(&template.language).filter(|_| editable) else { return Vec::new() };
    let title = format!("Put “{}” into the footer of {}", phrases.stop, template.name);
    let after = Template { footer: phrases.stop.to_owned(), ..template.clone() };
    vec![Fix::to_read("say-how-to-stop", title, Edit::ReplaceTemplate(place, after))]
}

/// Takes what Meta refuses out of the samples.
pub(in crate::rules) fn cleaned_samples(facts: &Facts<'_>, diagnostic: &Diagnostic) -> Vec<Fix> {
    let Some((place, template)) = found(facts, diagnostic) else { return Vec::new() };
    let refused = &facts.policy.limits.template.sample_refuses;
    let mut after = template.clone();
    let mut told = Vec::new();
    for (name, sample) in &mut after.samples {
        if sample.contains(|c: char| refused.contains(c)) {
            *sample = sample.replace(|c: char| refused.contains(c), "").trim().to_owned();
            told.push(format!("{} “{sample}”", braced(name)));
        }
    }
    if told.is_empty() {
        return Vec::new();
    }
    let title = format!("Make the sample of {}", told.join(" and that of "));
    vec![Fix::safe("clean-samples", title, Edit::ReplaceTemplate(place, after))]
}
