//! What the template table and the checklist say with names and dates in it.

use crate::model::{Button, Funnel, Header, LocalTime, Seconds, StepId, Template};

use super::{many, moment, variable};

pub fn used_by(funnel: &Funnel, steps: &[StepId]) -> String {
    let names = steps.iter().filter_map(|id| funnel.step(id)).map(|step| step.name());
    names.collect::<Vec<_>>().join(", ")
}

pub fn template_row(template: &Template, used: &str, submit: &str) -> String {
    let used = if used.is_empty() { super::UNUSED } else { used };
    let Template { name, language, .. } = template;
    format!("{name}, {language}, {}, {}, {used}, {submit}", template.category.word(), template.status.word())
}

pub fn delete_named(name: &str) -> String {
    format!("Delete {name}")
}

pub fn duplicate_named(name: &str) -> String {
    format!("Duplicate {name}")
}

pub fn open_template(name: &str) -> String {
    format!("Open {name}")
}

pub fn approved_only_by(by: LocalTime) -> String {
    format!("Approved only by {}", moment(by))
}

pub fn submit_by(by: LocalTime) -> String {
    format!("Submit by {}", moment(by))
}

pub fn late_reason(submit_by: Option<LocalTime>, approved_by: Option<LocalTime>, launch: Option<LocalTime>) -> String {
    let due = submit_by.map_or_else(String::new, |by| format!(": it was due on {}", moment(by)));
    let approved = approved_by.map_or_else(String::new, |by| format!(". It may be approved only by {}", moment(by)));
    let after = launch.map_or_else(String::new, |launch| format!(", after the launch on {}", moment(launch)));
    format!("Too late{due}{approved}{after}")
}

pub fn checklist_head(all: usize, open: usize) -> String {
    match open {
        0 => format!("{}, all approved", many(all, "template")),
        _ => format!("{}, {open} still to be approved", many(all, "template")),
    }
}

pub fn plan_line(launch: &str, timezone: &str, longest: Seconds) -> String {
    format!("{launch} \u{b7} {timezone} \u{b7} approval takes up to {}", longest.spoken())
}

pub fn header(header: &Header) -> String {
    match header {
        Header::Text(text) => text.clone(),
        Header::Image => "Header: image".to_owned(),
        Header::Video => "Header: video".to_owned(),
        Header::Document => "Header: document".to_owned(),
        Header::Location => "Header: location".to_owned(),
    }
}

pub fn buttons_line(buttons: &[Button]) -> String {
    let said = buttons.iter().map(|button| match button {
        Button::QuickReply(text) => text.clone(),
        Button::Url { text, url } => format!("{text} ({url})"),
        Button::Phone { text, number } => format!("{text} ({number})"),
        Button::CopyCode(code) => format!("{} {code}", super::COPY_CODE),
    });
    format!("Buttons: {}", said.collect::<Vec<_>>().join(" \u{b7} "))
}

pub fn samples_line(samples: &indexmap::IndexMap<String, String>) -> String {
    let said = samples.iter().map(|(name, sample)| format!("{} = {sample}", variable(name)));
    format!("Samples: {}", said.collect::<Vec<_>>().join(" \u{b7} "))
}
