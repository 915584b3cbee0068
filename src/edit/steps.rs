//! Adding, replacing, removing and moving steps, and what follows a step's outputs when they change.

use std::collections::BTreeSet;
use std::sync::Arc;

use crate::model::{Document, Funnel, Output, Point, Scenario, Step, StepId, StepKind};

use super::sound::check_step;
use super::{Refusal, furniture, refuse};

/// Adds a step with its place.
pub(super) fn add(document: &mut Document, step: &Step, at: Point) -> Result<(), Refusal> {
    if step.id.as_str().is_empty() {
        return refuse("A step needs an id");
    }
    if document.layout.spots.contains_key(&step.id) {
        return refuse(format!("There is a step with the id “{}” already", step.id));
    }
    check_place(at)?;
    check_step(step)?;
    Arc::make_mut(&mut document.funnel).steps.push(Arc::new(step.clone()));
    Arc::make_mut(&mut document.layout).spots.insert(step.id.clone(), at);
    Ok(())
}

/// Replaces the step of the same id; its links and the scenarios' answers follow its outputs.
pub(super) fn replace(document: &mut Document, step: &Step) -> Result<(), Refusal> {
    let index = index_of(&document.funnel, &step.id)?;
    check_step(step)?;
    let old = Arc::clone(&document.funnel.steps[index]);
    let (before, after) = (old.outputs(), step.outputs());
    if is_entry(step) && !is_entry(&old) && document.funnel.links.iter().any(|link| link.to == step.id) {
        return refuse(format!("Links lead to “{}”, and people cannot be sent back to an entry", old.name()));
    }
    let funnel = Arc::make_mut(&mut document.funnel);
    funnel.steps[index] = Arc::new(step.clone());
    if before != after {
        let connected = |out: &Output| funnel.links.iter().any(|link| link.from == step.id && link.out == *out);
        let heirs = heirs(&before, &after, connected);
        follow_outputs(funnel, &step.id, &heirs);
    }
    Ok(())
}

/// Removes steps with the links and the scenario entries that name them; notes that were tied to them are free.
pub(super) fn remove(document: &mut Document, ids: &[StepId]) -> Result<(), Refusal> {
    for id in ids {
        check_known(document, id)?;
    }
    let gone: BTreeSet<&StepId> = ids.iter().collect();
    let funnel = Arc::make_mut(&mut document.funnel);
    funnel.steps.retain(|step| !gone.contains(&step.id));
    funnel.links.retain(|link| !gone.contains(&link.from) && !gone.contains(&link.to));
    for scenario in &mut funnel.scenarios {
        if names_any(scenario, &gone) {
            let scenario = Arc::make_mut(scenario);
            scenario.entry.take_if(|id| gone.contains(id));
            scenario.answers.retain(|answer| !gone.contains(&answer.step));
            scenario.choices.retain(|choice| !gone.contains(&choice.step));
            scenario.expect.retain(|expect| !gone.contains(&expect.step));
        }
    }
    let layout = Arc::make_mut(&mut document.layout);
    layout.spots.retain(|id, _| !gone.contains(id));
    for note in &mut layout.comments {
        // What a person wrote outlives what it was about.
        if note.step.as_ref().is_some_and(|step| gone.contains(step)) {
            Arc::make_mut(note).step = None;
        }
    }
    Ok(())
}

/// Puts cards at places; the notes that are tied to them keep beside them.
pub(super) fn move_to(document: &mut Document, places: &[(StepId, Point)]) -> Result<(), Refusal> {
    for (id, at) in places {
        check_known(document, id)?;
        check_place(*at)?;
    }
    furniture::carry_notes(document, |spots| {
        for (id, at) in places {
            spots.insert(id.clone(), *at);
        }
    });
    Ok(())
}

/// Refuses a step that the document lacks.
pub(super) fn check_known(document: &Document, id: &StepId) -> Result<(), Refusal> {
    if document.layout.spots.contains_key(id) { Ok(()) } else { unknown(id) }
}

/// Refuses a place that no canvas can show.
pub(super) fn check_place(at: Point) -> Result<(), Refusal> {
    if at.x.is_finite() && at.y.is_finite() { Ok(()) } else { refuse("That place is beyond the canvas") }
}

/// Whether people arrive here.
pub(super) fn is_entry(step: &Step) -> bool {
    matches!(step.kind, StepKind::Entry { .. })
}

/// The step of this id, or a refusal.
pub(super) fn find<'a>(funnel: &'a Funnel, id: &StepId) -> Result<&'a Arc<Step>, Refusal> {
    funnel.step(id).map_or_else(|| unknown(id), Ok)
}

fn unknown<T>(id: &StepId) -> Result<T, Refusal> {
    refuse(format!("There is no step “{id}” any more"))
}

fn index_of(funnel: &Funnel, id: &StepId) -> Result<usize, Refusal> {
    funnel.steps.iter().position(|step| step.id == *id).map_or_else(|| unknown(id), Ok)
}

/// What becomes of each output that a step had: its name now, or `None` where it is gone.
///
/// An output of the same name stays. A step that had one way on and now parts, or the other way round, keeps its first
/// way. Otherwise, where as many outputs are told apart as before, a new name at the place of one that is gone is that
/// output renamed; the timeout is no name that a person gives, so it never takes part.
fn heirs(before: &[Output], after: &[Output], connected: impl Fn(&Output) -> bool) -> Vec<(Output, Option<Output>)> {
    let named =
        |outputs: &[Output]| -> Vec<Output> { outputs.iter().filter(|out| **out != Output::Timeout).cloned().collect() };
    let (named_before, named_after) = (named(before), named(after));
    let sole = |outputs: &[Output]| *outputs == [Output::Next];
    let joined = before.iter().find(|out| connected(out)).or(before.first());
    let heir = |out: &Output| -> Option<Output> {
        if after.contains(out) {
            return Some(out.clone());
        }
        if sole(before) {
            return after.first().cloned();
        }
        if sole(after) {
            return (joined == Some(out)).then_some(Output::Next);
        }
        let place = named_before.iter().position(|name| name == out)?;
        let renamed = named_after.get(place).filter(|name| !before.contains(name));
        renamed.filter(|_| named_before.len() == named_after.len()).cloned()
    };
    before.iter().map(|out| (out.clone(), heir(out))).collect()
}

/// Lets the links and the scenarios' answers and choices follow the outputs of a step.
fn follow_outputs(funnel: &mut Funnel, id: &StepId, heirs: &[(Output, Option<Output>)]) {
    let heir = |out: &Output| heirs.iter().find(|(old, _)| old == out).and_then(|(_, new)| new.clone());
    funnel.links.retain_mut(|link| {
        if link.from != *id {
            return true;
        }
        let Some(out) = heir(&link.out) else { return false };
        if link.out != out {
            Arc::make_mut(link).out = out;
        }
        true
    });
    let this = BTreeSet::from([id]);
    for scenario in funnel.scenarios.iter_mut().filter(|scenario| names_any(scenario, &this)) {
        let scenario = Arc::make_mut(scenario);
        scenario.answers.retain_mut(|answer| match heir(&Output::Reply(answer.reply.clone())) {
            _ if answer.step != *id => true,
            Some(Output::Reply(label)) => {
                answer.reply = label;
                true
            }
            _ => false,
        });
        scenario.choices.retain_mut(|choice| match heir(&choice.out) {
            _ if choice.step != *id => true,
            Some(out) => {
                choice.out = out;
                true
            }
            None => false,
        });
    }
}

fn names_any(scenario: &Scenario, ids: &BTreeSet<&StepId>) -> bool {
    scenario.entry.iter().any(|id| ids.contains(id))
        || scenario.answers.iter().any(|answer| ids.contains(&answer.step))
        || scenario.choices.iter().any(|choice| ids.contains(&choice.step))
        || scenario.expect.iter().any(|expect| ids.contains(&expect.step))
}
