//! Changes that bring a message into the window, or let it go out when the window has closed.

use crate::edit::Edit;
use crate::engine::{Claim, Verdict, What};
use crate::model::{Branch, Message, Output, Seconds, Send, Step, StepId, StepKind, Wait};
use crate::rules::diagnostic::{Diagnostic, Fix};
use crate::rules::facts::{self, Facts, Shown};

use super::phrases::Phrases;
use super::weave::{around, fresh, link, lost, put_before, question, redirected, step_of, together};
use super::{language, length_of, with_length, with_template};

/// At most so many waits are stepped over by a message that is sent earlier.
const MOST_WAITS: usize = 3;

/// For a free-form message that comes too late on every journey.
pub(in crate::rules) fn outside(facts: &Facts<'_>, diagnostic: &Diagnostic) -> Vec<Fix> {
    let mut fixes = thin(facts, diagnostic);
    fixes.extend(with_template(facts, diagnostic, "use-template", |_, name| Send::Template(name)));
    fixes.extend(asked_between(facts, diagnostic));
    fixes
}

/// For one that comes too late on some journeys.
pub(in crate::rules) fn sometimes(facts: &Facts<'_>, diagnostic: &Diagnostic) -> Vec<Fix> {
    let mut fixes = thin(facts, diagnostic);
    fixes.extend(parted(facts, diagnostic));
    fixes.extend(with_template(facts, diagnostic, "free-form-or-template", Send::FreeFormOrTemplate));
    fixes.extend(asked_between(facts, diagnostic));
    fixes
}

/// For one that is always inside, but barely: come sooner.
pub(in crate::rules) fn thin(facts: &Facts<'_>, diagnostic: &Diagnostic) -> Vec<Fix> {
    let mut fixes = shorter(facts, diagnostic);
    fixes.extend(moved_before_waits(facts, diagnostic));
    fixes
}

/// For one that goes to people who have not written: begin with a template.
pub(in crate::rules) fn unheard(facts: &Facts<'_>, diagnostic: &Diagnostic) -> Vec<Fix> {
    let proof = diagnostic.step().and_then(|id| facts.place(id)).map(|place| facts.at(place).1);
    match proof.and_then(|proof| proof.since_inbound) {
        Some(_) => {
            let mut fixes = parted(facts, diagnostic);
            fixes.extend(with_template(facts, diagnostic, "free-form-or-template", Send::FreeFormOrTemplate));
            fixes
        }
        None => with_template(facts, diagnostic, "use-template", |_, name| Send::Template(name)),
    }
}

/// Puts a branch on the open window before the message; once it has closed, the journey goes on without it. Nobody misses
/// anything: those people would not have got it.
pub(in crate::rules) fn parted(facts: &Facts<'_>, diagnostic: &Diagnostic) -> Vec<Fix> {
    let Some(step) = step_of(facts, diagnostic) else { return Vec::new() };
    let branch = fresh(facts, "window", "Window open?", StepKind::Branch(Branch::WindowOpen));
    let mut edits = put_before(facts, &branch, Output::Yes, step);
    let onward = around(facts, step);
    let told = onward.as_ref().and_then(|id| facts.place(id)).map(|place| facts.at(place).0.name());
    let then = told.map(|name| format!(", else go on to “{name}”")).unwrap_or_default();
    edits.extend(onward.map(|to| link(&branch.id, Output::No, &to)));
    let title = format!("Send “{}” only while the window is open{then}", step.name());
    // Where it asks something, those whom it did not reach go on sooner than before.
    let safe = step.outputs() == [Output::Next];
    vec![Fix { id: "branch-on-window", title, edit: together("Branch on the window", edits), safe }]
}

/// Shortens a wait or a timeout on the longest journey, so that the policy's margin is kept; the last one first.
fn shorter(facts: &Facts<'_>, diagnostic: &Diagnostic) -> Vec<Fix> {
    let Some(id) = diagnostic.step() else { return Vec::new() };
    let Some(longest) = facts.shown(id, Claim::Longest) else { return Vec::new() };
    let Some(since) = longest.since_inbound() else { return Vec::new() };
    let over = since - latest_safe(facts);
    let passed = passed_since_inbound(facts, &longest);
    let safe = step_of(facts, diagnostic).is_some_and(|step| is_received(facts, step));
    passed.iter().rev().filter_map(|step| shortened(facts, step, over, safe)).collect()
}

/// Whether everybody who comes to a step gets what it sends, and would whenever they came.
fn is_received(facts: &Facts<'_>, step: &Step) -> bool {
    let always = matches!(step.message(), Some(Message { send: Send::Template(_), .. }));
    always || facts.proof_of(step).is_some_and(|proof| proof.verdict == Verdict::Inside)
}

/// How long after the person's last message a message may go out with the policy's margin.
fn latest_safe(facts: &Facts<'_>) -> Seconds {
    facts.policy.window.length - facts.policy.window.safety_margin
}

/// Steps at which time passed between the last inbound message and the moment shown, in order.
fn passed_since_inbound(facts: &Facts<'_>, shown: &Shown) -> Vec<StepId> {
    let before = &shown.journey.moments[..shown.at];
    let last = before.iter().rposition(|moment| facts.is_inbound(&moment.step, &moment.what)).unwrap_or(0);
    let passed = before[last..].iter().filter(|moment| matches!(moment.what, What::Waited { .. } | What::Timeout { .. }));
    passed.map(|moment| moment.step.clone()).collect()
}

/// `safe` says that what comes sooner then was received before as well.
fn shortened(facts: &Facts<'_>, id: &StepId, over: Seconds, safe: bool) -> Option<Fix> {
    let step = facts.at(facts.place(id)?).0;
    let (what, before) = length_of(step)?;
    let after = before - over;
    let title = format!("Shorten {what}“{}” from {} to {}", step.name(), before.spoken(), after.spoken());
    let edit = Edit::ReplaceStep(with_length(step, after));
    (Seconds::ZERO < after).then_some(Fix { id: "shorten-wait", title, edit, safe })
}

/// Sends the message before the waits that lead to it: one, two, or as many as there are. A message that waits for answers
/// parts the journey, so it stays where it is.
fn moved_before_waits(facts: &Facts<'_>, diagnostic: &Diagnostic) -> Vec<Fix> {
    let Some(step) = step_of(facts, diagnostic).filter(|step| step.outputs() == [Output::Next]) else { return Vec::new() };
    let mut waits: Vec<&Step> = Vec::new();
    let mut fixes = Vec::new();
    let mut at = step;
    while let Some(wait) = only_wait_before(facts, at).filter(|wait| wait.id != step.id && waits.len() < MOST_WAITS) {
        waits.push(wait);
        at = wait;
        fixes.push(moved(facts, step, &waits));
    }
    fixes
}

/// The wait that alone leads to a step.
fn only_wait_before<'a>(facts: &Facts<'a>, step: &Step) -> Option<&'a Step> {
    let mut incoming = facts.funnel.links.iter().filter(|link| link.to == step.id);
    let only = incoming.next().filter(|_| incoming.next().is_none())?;
    let before = facts.at(facts.place(&only.from)?).0;
    matches!(before.kind, StepKind::Wait(_)).then_some(before)
}

/// `waits` from the last to the first.
fn moved(facts: &Facts<'_>, step: &Step, waits: &[&Step]) -> Fix {
    let (last, first) = (waits[0], waits[waits.len() - 1]);
    let mut edits = redirected(facts, &first.id, &step.id);
    match facts.target(&step.id, &Output::Next).map(|place| facts.at(place).0) {
        Some(onward) => edits.push(link(&last.id, Output::Next, &onward.id)),
        None => edits.push(Edit::Disconnect { from: last.id.clone(), out: Output::Next }),
    }
    edits.push(link(&step.id, Output::Next, &first.id));
    let cards = std::iter::once(step).chain(waits.iter().copied());
    edits.push(Edit::ShiftPlaces(cards.map(|card| card.id.clone()).collect()));
    let names: Vec<String> = waits.iter().rev().map(|wait| format!("“{}”", wait.name())).collect();
    let title = format!("Send “{}” before {}", step.name(), names.join(" and "));
    Fix { id: "move-before-wait", title, edit: together("Send it earlier", edits), safe: is_received(facts, step) }
}

/// Asks something between, while the window is open, whose answer opens it again: after a wait, before it, or in its midst.
pub(in crate::rules) fn asked_between(facts: &Facts<'_>, diagnostic: &Diagnostic) -> Vec<Fix> {
    let Some(id) = diagnostic.step() else { return Vec::new() };
    let Some(longest) = facts.shown(id, Claim::Longest) else { return Vec::new() };
    let before = &longest.journey.moments[..longest.at];
    let Some(last) = before.iter().rposition(|moment| facts.is_inbound(&moment.step, &moment.what)) else {
        return Vec::new();
    };
    let end = longest.journey.moments[longest.at].at;
    let asked = before[last..].iter().rev().find_map(|moment| {
        let What::Waited { from } = moment.what else { return None };
        let earlier = from - before[last].at;
        asked_in(facts, &moment.step, earlier, end - moment.at)
    });
    asked.into_iter().collect()
}

/// Asks at a wait before which `earlier` has passed since the last inbound message, and after which `later` passes.
fn asked_in(facts: &Facts<'_>, id: &StepId, earlier: Seconds, later: Seconds) -> Option<Fix> {
    let wait = facts.at(facts.place(id)?).0;
    let StepKind::Wait(Wait::For(length)) = wait.kind else { return None };
    let onward = facts.at(facts.target(&wait.id, &Output::Next)?).0;
    let limit = latest_safe(facts);
    let soonest = Seconds::ZERO.max(length + later - limit);
    let latest = length.min(limit - earlier);
    if latest < soonest {
        return None;
    }
    // A whole hour in the middle reads best; where either end of the wait will do, it stays whole.
    let middle = Seconds((soonest.0 + latest.0) / 2 / 3600 * 3600).max(soonest);
    let asked_after = if latest == length {
        length
    } else if soonest == Seconds::ZERO {
        Seconds::ZERO
    } else {
        middle
    };
    let asking = &Phrases::or_english(&language(facts)).interest;
    let ask = question(facts, "ask", "Still interested?", asking, None);
    let mut edits = Vec::new();
    let yes = Output::Reply(asking.yes.to_owned());
    let when = if asked_after == Seconds::ZERO {
        edits.extend(put_before(facts, &ask, yes, wait));
        format!("before “{}”", wait.name())
    } else if asked_after == length {
        edits.push(Edit::AddStepBeside { step: ask.clone(), beside: onward.id.clone() });
        edits.push(link(&wait.id, Output::Next, &ask.id));
        edits.push(link(&ask.id, yes, &onward.id));
        format!("after “{}”", wait.name())
    } else {
        let rest = length - asked_after;
        let second = fresh(facts, "wait", &format!("Wait {}", rest.spoken()), StepKind::Wait(Wait::For(rest)));
        edits.push(Edit::ReplaceStep(with_length(wait, asked_after)));
        edits.push(Edit::AddStepBeside { step: second.clone(), beside: onward.id.clone() });
        edits.push(Edit::AddStepBeside { step: ask.clone(), beside: second.id.clone() });
        edits.push(link(&wait.id, Output::Next, &ask.id));
        edits.push(link(&ask.id, yes, &second.id));
        edits.push(link(&second.id, Output::Next, &onward.id));
        format!("after {} of “{}”", asked_after.spoken(), wait.name())
    };
    if let Some(lost) = lost(facts) {
        edits.push(link(&ask.id, Output::Reply(asking.no.to_owned()), &lost));
        edits.push(link(&ask.id, Output::Timeout, &lost));
    }
    let title = format!("Ask “{}” {when}; who says yes goes on with an open window", asking.text);
    Some(Fix::to_read("ask-between", title, together("Ask between", edits)))
}

/// Answers people who came by an ad in time for the free entry point.
pub(in crate::rules) fn answered_in_time(facts: &Facts<'_>, diagnostic: &Diagnostic) -> Vec<Fix> {
    let Some(story) = facts.told(diagnostic) else { return Vec::new() };
    let journey = facts.proof.replay(&story);
    let Some(first) = journey.moments.iter().position(|moment| matches!(moment.what, What::Sent(_))) else {
        return Vec::new();
    };
    let over = journey.moments[first].at - (facts.policy.free_entry_point.reply_within - facts.policy.window.safety_margin);
    let waits = journey.moments[..first].iter().rev().filter(|moment| matches!(moment.what, What::Waited { .. }));
    let step = facts.place(&journey.moments[first].step).map(|place| facts.at(place).0);
    let safe = step.is_some_and(|step| is_received(facts, step));
    let mut fixes: Vec<Fix> = waits.filter_map(|moment| shortened(facts, &moment.step, over, safe)).collect();
    if let Some(step) = step.filter(|step| step.outputs() == [Output::Next]) {
        fixes.extend(only_wait_before(facts, step).map(|wait| moved(facts, step, &[wait])));
    }
    fixes
}

/// Leaves more time before a template that comes too soon after another.
pub(in crate::rules) fn apart(facts: &Facts<'_>, diagnostic: &Diagnostic) -> Vec<Fix> {
    let (Some(step), Some(story)) = (step_of(facts, diagnostic), facts.told(diagnostic)) else { return Vec::new() };
    let Some(Shown { journey, at, .. }) = facts::show(facts.policy, facts.proof, story, &step.id, Claim::Reached) else {
        return Vec::new();
    };
    let template = |what: &What| *what == What::Sent(crate::model::Sent::Template);
    let before = &journey.moments[..at];
    let Some(last) = before.iter().rposition(|moment| template(&moment.what)) else { return Vec::new() };
    let missing = facts.policy.frequency.period - (journey.moments[at].at - before[last].at);
    if missing <= Seconds::ZERO {
        return Vec::new();
    }
    let waits = before[last..].iter().rev().filter_map(|moment| match moment.what {
        What::Waited { .. } => facts.place(&moment.step).map(|place| facts.at(place).0),
        _ => None,
    });
    let longer = waits.filter_map(|wait| {
        let (_, length) = length_of(wait)?;
        let after = length + missing;
        let title = format!("Lengthen “{}” from {} to {}", wait.name(), length.spoken(), after.spoken());
        Some(Fix::safe("lengthen-wait", title, Edit::ReplaceStep(with_length(wait, after))))
    });
    let mut fixes: Vec<Fix> = longer.take(1).collect();
    if fixes.is_empty() {
        let wait = fresh(facts, "wait", &format!("Wait {}", missing.spoken()), StepKind::Wait(Wait::For(missing)));
        let title = format!("Wait {} before “{}”", missing.spoken(), step.name());
        fixes.push(Fix::safe("add-wait", title, together("Add a wait", put_before(facts, &wait, Output::Next, step))));
    }
    fixes
}
