//! Connecting, disconnecting, inserting into a link, and joining the ends that a removed step leaves.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use crate::model::{Document, Link, Output, Step, StepId};

use super::steps::{check_known, find, is_entry};
use super::{Refusal, refuse};

/// Connects an output, in place of the link that it had.
pub(super) fn connect(document: &mut Document, link: &Link) -> Result<(), Refusal> {
    let funnel = &document.funnel;
    check(find(funnel, &link.from)?, &link.out, find(funnel, &link.to)?)?;
    let links = &mut Arc::make_mut(&mut document.funnel).links;
    match links.iter_mut().find(|old| old.from == link.from && old.out == link.out) {
        Some(old) => *old = Arc::new(link.clone()),
        None => links.push(Arc::new(link.clone())),
    }
    Ok(())
}

/// Takes the link off an output; an output without one is left as it is.
pub(super) fn disconnect(document: &mut Document, from: &StepId, out: &Output) -> Result<(), Refusal> {
    check_output(find(&document.funnel, from)?, out)?;
    Arc::make_mut(&mut document.funnel).links.retain(|link| link.from != *from || link.out != *out);
    Ok(())
}

/// Puts a step into a link: the link leads to it, and its first free output leads on.
pub(super) fn insert_on(document: &mut Document, from: &StepId, out: &Output, id: &StepId) -> Result<(), Refusal> {
    let funnel = &document.funnel;
    let step = find(funnel, id)?;
    check(find(funnel, from)?, out, step)?;
    let Some(place) = funnel.links.iter().position(|link| link.from == *from && link.out == *out) else {
        return refuse("That link is not there any more");
    };
    let to = funnel.links[place].to.clone();
    if id == from || *id == to {
        return refuse(format!("“{}” is at an end of that link already", step.name()));
    }
    let outputs = step.outputs();
    if outputs.is_empty() {
        return refuse(format!("“{}” is an exit: nothing can follow it", step.name()));
    }
    let taken: BTreeSet<&Output> = funnel.links.iter().filter(|link| link.from == *id).map(|link| &link.out).collect();
    let Some(free) = outputs.into_iter().find(|out| !taken.contains(out)) else {
        return refuse(format!("Each way out of “{}” leads somewhere already", step.name()));
    };
    let links = &mut Arc::make_mut(&mut document.funnel).links;
    links[place] = Arc::new(Link { from: from.clone(), out: out.clone(), to: id.clone() });
    links.insert(place + 1, Arc::new(Link { from: id.clone(), out: free, to }));
    Ok(())
}

/// Before steps are removed: leads each link that reaches one on to what followed its first connected output.
pub(super) fn heal_around(document: &mut Document, ids: &[StepId]) -> Result<(), Refusal> {
    for id in ids {
        check_known(document, id)?;
    }
    let gone: BTreeSet<&StepId> = ids.iter().collect();
    let onward = onward(document, &gone);
    // Follows removed steps until one that stays; a ring of removed steps leads nowhere.
    let kept_after = |first: &StepId| -> Option<StepId> {
        let mut seen = BTreeSet::new();
        let mut at = first;
        while gone.contains(at) {
            if !seen.insert(at) {
                return None;
            }
            at = onward.get(at)?;
        }
        Some(at.clone())
    };
    let mut links = document.funnel.links.clone();
    for link in &mut links {
        if !gone.contains(&link.from)
            && gone.contains(&link.to)
            && let Some(to) = kept_after(&link.to)
        {
            Arc::make_mut(link).to = to;
        }
    }
    Arc::make_mut(&mut document.funnel).links = links;
    Ok(())
}

/// An output as a person calls it.
pub(super) fn spoken(out: &Output) -> String {
    match out {
        Output::Next => "“Next”".to_owned(),
        Output::Reply(label) | Output::Case(label) => format!("“{label}”"),
        Output::Timeout => "“No reply”".to_owned(),
        Output::Yes => "“Yes”".to_owned(),
        Output::No => "“No”".to_owned(),
    }
}

/// Refuses a link that the funnel cannot have.
pub(super) fn check(from: &Step, out: &Output, to: &Step) -> Result<(), Refusal> {
    check_output(from, out)?;
    if is_entry(to) {
        return refuse(format!("“{}” is an entry: people cannot be sent back to it", to.name()));
    }
    Ok(())
}

/// Refuses an output that the step lacks.
pub(super) fn check_output(step: &Step, out: &Output) -> Result<(), Refusal> {
    let outputs = step.outputs();
    if outputs.is_empty() {
        return refuse(format!("“{}” is an exit: nothing can follow it", step.name()));
    }
    if !outputs.contains(out) {
        return refuse(format!("“{}” has no way out called {}", step.name(), spoken(out)));
    }
    Ok(())
}

/// Where the first connected output of each of these steps leads.
fn onward<'a>(document: &'a Document, ids: &BTreeSet<&StepId>) -> BTreeMap<&'a StepId, &'a StepId> {
    let funnel = &document.funnel;
    let links: BTreeMap<(&StepId, &Output), &StepId> = funnel
        .links
        .iter()
        .filter(|link| ids.contains(&link.from))
        .map(|link| ((&link.from, &link.out), &link.to))
        .collect();
    let steps = funnel.steps.iter().filter(|step| ids.contains(&step.id));
    steps.filter_map(|step| Some((&step.id, *step.outputs().iter().find_map(|out| links.get(&(&step.id, out)))?))).collect()
}
