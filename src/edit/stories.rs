//! Kept scenarios: adding, replacing and removing them.

use std::sync::Arc;

use crate::model::{Document, Scenario};

use super::links::check_output;
use super::sound::{check_scenario, knows_answer};
use super::steps::{check_known, find};
use super::{Refusal, refuse};

/// Adds a scenario at the end.
pub(super) fn add(document: &mut Document, scenario: &Scenario) -> Result<(), Refusal> {
    check_names(document, scenario)?;
    Arc::make_mut(&mut document.funnel).scenarios.push(Arc::new(scenario.clone()));
    Ok(())
}

/// Replaces the scenario at this place.
pub(super) fn replace(document: &mut Document, place: usize, scenario: &Scenario) -> Result<(), Refusal> {
    check_names(document, scenario)?;
    match Arc::make_mut(&mut document.funnel).scenarios.get_mut(place) {
        Some(old) => *old = Arc::new(scenario.clone()),
        None => return gone(),
    }
    Ok(())
}

/// Removes the scenario at this place.
pub(super) fn remove(document: &mut Document, place: usize) -> Result<(), Refusal> {
    if place >= document.funnel.scenarios.len() {
        return gone();
    }
    Arc::make_mut(&mut document.funnel).scenarios.remove(place);
    Ok(())
}

fn gone<T>() -> Result<T, Refusal> {
    refuse("That scenario is not there any more")
}

/// Refuses a story of steps, answers or outputs that the funnel lacks.
fn check_names(document: &Document, scenario: &Scenario) -> Result<(), Refusal> {
    check_scenario(scenario)?;
    let expect = scenario.expect.iter().map(|expect| &expect.step);
    scenario.entry.iter().chain(expect).try_for_each(|id| check_known(document, id))?;
    for answer in &scenario.answers {
        let step = find(&document.funnel, &answer.step)?;
        if !knows_answer(step, &answer.reply) {
            return refuse(format!("“{}” does not ask for the answer “{}”", step.name(), answer.reply));
        }
    }
    for choice in &scenario.choices {
        let step = find(&document.funnel, &choice.step)?;
        check_output(step, &choice.out)?;
    }
    Ok(())
}
