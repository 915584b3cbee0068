//! Threads that fixes are woven of: a step put before another, a question, where a journey goes that leaves a step out.

use crate::edit::{self, Edit};
use crate::model::{
    Content, Delay, Effect, Link, Message, Outcome, Output, Purpose, Reply, ReplyOption, Seconds, Send, Step, StepId,
    StepKind,
};
use crate::rules::diagnostic::Diagnostic;
use crate::rules::facts::Facts;

use super::phrases::Asking;

/// The step that a finding is about.
pub(super) fn step_of<'a>(facts: &Facts<'a>, diagnostic: &Diagnostic) -> Option<&'a Step> {
    diagnostic.step().and_then(|id| facts.place(id)).map(|place| facts.at(place).0)
}

/// Several edits under one name.
pub(super) fn together(label: &str, edits: Vec<Edit>) -> Edit {
    Edit::Together { label: label.to_owned(), edits }
}

/// A link.
pub(super) fn link(from: &StepId, out: Output, to: &StepId) -> Edit {
    Edit::Connect(Link { from: from.clone(), out, to: to.clone() })
}

/// A new step with an id of its own.
pub(super) fn fresh(facts: &Facts<'_>, word: &str, title: &str, kind: StepKind) -> Step {
    Step { id: edit::fresh_id(facts.funnel, word), title: title.to_owned(), kind, allow: Vec::new() }
}

/// Puts a new step before another: whatever led there leads to the new one, and that leads on by one of its outputs.
pub(super) fn put_before(facts: &Facts<'_>, new: &Step, out: Output, old: &Step) -> Vec<Edit> {
    let mut edits = vec![Edit::AddStepBeside { step: new.clone(), beside: old.id.clone() }];
    edits.extend(redirected(facts, &old.id, &new.id));
    edits.push(link(&new.id, out, &old.id));
    edits
}

/// Leads whatever led to one step to another.
pub(super) fn redirected(facts: &Facts<'_>, from: &StepId, to: &StepId) -> Vec<Edit> {
    let incoming = facts.funnel.links.iter().filter(|link| link.to == *from);
    incoming.map(|old| link(&old.from, old.out.clone(), to)).collect()
}

/// Where a journey goes on that leaves a step out: as those do who do not answer, else to where people are lost.
pub(super) fn around(facts: &Facts<'_>, step: &Step) -> Option<StepId> {
    let silent = [Output::Next, Output::Timeout].into_iter().find(|out| step.outputs().contains(out));
    let onward = silent.and_then(|out| facts.target(&step.id, &out)).map(|place| facts.at(place).0.id.clone());
    onward.filter(|id| *id != step.id).or_else(|| lost(facts))
}

/// The exit of those who are lost; else the funnel's first exit.
pub(super) fn lost(facts: &Facts<'_>) -> Option<StepId> {
    let exits = || facts.funnel.steps.iter().filter(|step| matches!(step.kind, StepKind::Exit(_)));
    let lost = exits().find(|step| step.kind == StepKind::Exit(Outcome::Lost)).or_else(|| exits().next());
    lost.map(|step| step.id.clone())
}

/// A question with two buttons, of which the first may give opt-in; who says nothing leaves after half a window.
pub(super) fn question(facts: &Facts<'_>, word: &str, title: &str, asking: &Asking, effect: Option<Effect>) -> Step {
    let option = |label: &str, share, effect| ReplyOption { label: label.to_owned(), share, effect };
    let reply = Reply {
        options: vec![option(asking.yes, 0.6, effect), option(asking.no, 0.4, None)],
        chance: 0.7,
        delay: Delay::LogNormal { median: Seconds::minutes(12), p90: Seconds::hours(6) },
        timeout: Some(half_a_window(facts)),
    };
    let buttons = [asking.yes, asking.no].map(str::to_owned).to_vec();
    let send = Send::FreeForm(Content::Buttons { body: asking.text.to_owned(), buttons });
    fresh(facts, word, title, StepKind::Message(Message { purpose: Purpose::Service, send, reply: Some(reply) }))
}

/// Long enough to answer, and soon enough to write again while the window is open.
pub(super) fn half_a_window(facts: &Facts<'_>) -> Seconds {
    Seconds(facts.policy.window.length.0 / 2)
}
