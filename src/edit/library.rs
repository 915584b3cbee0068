//! The template library: adding, replacing and removing templates; steps follow a template's new name.

use std::sync::Arc;

use crate::model::{Document, Send, Step, StepKind, Template};

use super::sound::check_template;
use super::{Refusal, refuse};

/// Adds a template at the end.
pub(super) fn add(document: &mut Document, template: &Template) -> Result<(), Refusal> {
    check_template(template)?;
    check_alone(document, None, template)?;
    Arc::make_mut(&mut document.funnel).templates.push(Arc::new(template.clone()));
    Ok(())
}

/// Replaces the template at this place. Steps that name it follow, unless another language keeps the old name.
pub(super) fn replace(document: &mut Document, place: usize, template: &Template) -> Result<(), Refusal> {
    let Some(old) = document.funnel.templates.get(place).cloned() else { return gone() };
    check_template(template)?;
    if (&old.name, &old.language) != (&template.name, &template.language) {
        check_alone(document, Some(place), template)?;
    }
    let funnel = Arc::make_mut(&mut document.funnel);
    funnel.templates[place] = Arc::new(template.clone());
    if old.name != template.name && funnel.template(&old.name).is_none() {
        for step in &mut funnel.steps {
            if sends(step, &old.name) {
                rename(Arc::make_mut(step), &template.name);
            }
        }
    }
    Ok(())
}

/// Removes the template at this place; the steps that name it are told of by a diagnostic.
pub(super) fn remove(document: &mut Document, place: usize) -> Result<(), Refusal> {
    if place >= document.funnel.templates.len() {
        return gone();
    }
    Arc::make_mut(&mut document.funnel).templates.remove(place);
    Ok(())
}

fn gone<T>() -> Result<T, Refusal> {
    refuse("That template is not there any more")
}

/// Refuses a second template of one name and language: Meta has one, and a step could not say which it means.
fn check_alone(document: &Document, place: Option<usize>, template: &Template) -> Result<(), Refusal> {
    let same = |other: &Template| (&other.name, &other.language) == (&template.name, &template.language);
    let mut others = document.funnel.templates.iter().enumerate().filter(|(at, _)| Some(*at) != place);
    if others.any(|(_, other)| same(other)) {
        return refuse(format!("There is a template “{}” in {} already", template.name, template.language));
    }
    Ok(())
}

fn sends(step: &Step, template: &str) -> bool {
    step.message().and_then(|message| message.send.template()) == Some(template)
}

fn rename(step: &mut Step, name: &str) {
    if let StepKind::Message(message) = &mut step.kind
        && let Send::Template(old) | Send::FreeFormOrTemplate(_, old) = &mut message.send
    {
        name.clone_into(old);
    }
}
