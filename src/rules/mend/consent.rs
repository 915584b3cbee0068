//! Changes that let marketing reach only those who agreed to it, and ask the others.

use crate::edit::Edit;
use crate::engine::What;
use crate::model::{Branch, Effect, Output, Step, StepId, StepKind};
use crate::rules::diagnostic::{Diagnostic, Fix};
use crate::rules::facts::{self, Facts};

use super::language;
use super::phrases::Phrases;
use super::weave::{around, fresh, link, put_before, question, step_of, together};

/// For marketing that reaches people who never agreed: ask them for it, or leave them out.
pub(in crate::rules) fn without_opt_in(facts: &Facts<'_>, diagnostic: &Diagnostic) -> Vec<Fix> {
    let mut fixes = asked(facts, diagnostic);
    fixes.extend(only_opted_in(facts, diagnostic));
    fixes
}

/// Puts a branch on opt-in before the message; the others go on without it. Only where somebody opted in.
pub(in crate::rules) fn only_opted_in(facts: &Facts<'_>, diagnostic: &Diagnostic) -> Vec<Fix> {
    let Some(step) = step_of(facts, diagnostic) else { return Vec::new() };
    if !facts.proof_of(step).is_some_and(|proof| proof.consents.given) {
        return Vec::new();
    }
    let title = format!("Send “{}” only to those who opted in", step.name());
    vec![Fix::to_read("branch-on-opt-in", title, together("Branch on opt-in", guarded(facts, step)))]
}

/// The edits that put a branch on opt-in before a step.
fn guarded(facts: &Facts<'_>, step: &Step) -> Vec<Edit> {
    let branch = fresh(facts, "opted-in", "Opted in?", StepKind::Branch(Branch::OptedIn));
    let mut edits = put_before(facts, &branch, Output::Yes, step);
    edits.extend(around(facts, step).map(|to| link(&branch.id, Output::No, &to)));
    edits
}

/// Asks for opt-in right after the person's last message on the journey that lacks it, while the window is open. Where only
/// waits lie between, the others leave the question for what follows the message; else they go on as before, and a branch
/// before the message leaves them out.
fn asked(facts: &Facts<'_>, diagnostic: &Diagnostic) -> Vec<Fix> {
    let (Some(step), Some(story)) = (step_of(facts, diagnostic), facts.told(diagnostic)) else { return Vec::new() };
    let Some(shown) = facts::show(facts.policy, facts.proof, story, &step.id, diagnostic.shows) else {
        return Vec::new();
    };
    let before = &shown.journey.moments[..shown.at];
    let Some(last) = before.iter().rfind(|moment| facts.is_inbound(&moment.step, &moment.what)) else { return Vec::new() };
    let out = match &last.what {
        What::Reply { label, .. } => Output::Reply(label.clone()),
        _ => Output::Next,
    };
    let Some(next) = facts.target(&last.step, &out).map(|place| facts.at(place).0) else { return Vec::new() };
    let asking = &Phrases::or_english(&language(facts)).offers;
    let ask = question(facts, "opt-in", "Ask for opt-in", asking, Some(Effect::OptIn));
    let title = format!("Ask “{}” before “{}”, and send “{}” to those who agree", asking.text, next.name(), step.name());
    let direct = only_waits_between(facts, next, &step.id);
    let mut edits = vec![
        Edit::AddStepBeside { step: ask.clone(), beside: next.id.clone() },
        link(&last.step, out, &ask.id),
        link(&ask.id, Output::Reply(asking.yes.to_owned()), &next.id),
    ];
    let others = if direct { around(facts, step) } else { Some(next.id.clone()) };
    if let Some(others) = others {
        edits.push(link(&ask.id, Output::Reply(asking.no.to_owned()), &others));
        edits.push(link(&ask.id, Output::Timeout, &others));
    }
    if !direct {
        edits.extend(guarded(facts, step));
    }
    vec![Fix::to_read("ask-for-opt-in", title, together("Ask for opt-in", edits))]
}

/// Whether from one step on only waits lead to another.
fn only_waits_between(facts: &Facts<'_>, from: &Step, to: &StepId) -> bool {
    let mut at = from;
    for _ in 0..=facts.funnel.steps.len() {
        if at.id == *to {
            return true;
        }
        let alone = facts.funnel.links.iter().filter(|link| link.to == at.id).nth(1).is_none();
        match facts.target(&at.id, &Output::Next).filter(|_| alone && matches!(at.kind, StepKind::Wait(_))) {
            Some(next) => at = facts.at(next).0,
            None => return false,
        }
    }
    false
}
