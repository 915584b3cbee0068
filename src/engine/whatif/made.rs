//! A change made: the steps and links that it takes, and the funnel to try it on.

use std::sync::Arc;

use crate::model::{Content, Funnel, Link, Message, Output, Purpose, Seconds, Send, Step, StepId, StepKind, Wait};

/// The length of a wait or of a timeout.
pub(super) fn length_of(step: &Step) -> Option<Seconds> {
    match &step.kind {
        StepKind::Wait(Wait::For(length)) => Some(*length),
        StepKind::Message(Message { reply: Some(reply), .. }) => reply.timeout,
        _ => None,
    }
}

/// The step with another length of its wait or its timeout; `None` where it has neither.
pub fn step_with_length(step: &Step, length: Seconds) -> Option<Step> {
    length_of(step)?;
    let mut step = step.clone();
    match &mut step.kind {
        StepKind::Wait(Wait::For(old)) => *old = length,
        StepKind::Message(Message { reply: Some(reply), .. }) => reply.timeout = Some(length),
        _ => {}
    }
    Some(step)
}

/// The funnel with another length of the wait or the timeout at this place.
pub(super) fn with_length(funnel: &Funnel, place: usize, length: Seconds) -> Funnel {
    let mut changed = funnel.clone();
    if let Some(step) = step_with_length(&funnel.steps[place], length) {
        changed.steps[place] = Arc::new(step);
    }
    changed
}

/// A second question to those who have been silent for some time at a first.
#[derive(Debug, Clone, PartialEq)]
pub struct SecondQuestion {
    /// The first, which now waits no longer than that.
    pub first: Step,
    /// The second, which waits for the rest. It says nothing yet.
    pub second: Step,
    /// What leads to the second, and where it leads: as the first.
    pub links: Vec<Link>,
}

impl SecondQuestion {
    /// A second question of this id after so long; `None` where the step asks nothing.
    pub fn of(funnel: &Funnel, step: &Step, time: Seconds, again: StepId) -> Option<Self> {
        let mut reply = step.message()?.reply.clone()?;
        reply.timeout = reply.timeout.map(|timeout| timeout - time);
        let send = Send::FreeForm(Content::Text(String::new()));
        let kind = StepKind::Message(Message { purpose: Purpose::Service, send, reply: Some(reply) });
        let own = funnel.links.iter().filter(|link| link.from == step.id);
        let mut links: Vec<Link> = own.map(|link| Link { from: again.clone(), ..Link::clone(link) }).collect();
        links.insert(0, Link { from: step.id.clone(), out: Output::Timeout, to: again.clone() });
        Some(Self {
            first: step_with_length(step, time)?,
            second: Step { id: again, title: step.title.clone(), kind, allow: Vec::new() },
            links,
        })
    }
}

/// The funnel with a second question to those who are silent so long at this place, and the id of that question.
pub(super) fn asked_again(funnel: &Funnel, place: usize, time: Seconds) -> Option<(Funnel, StepId)> {
    let mut id = format!("{}/again", funnel.steps[place].id);
    while funnel.step(&StepId::from(id.as_str())).is_some() {
        id.push('+');
    }
    let again = StepId::from(id);
    let SecondQuestion { first, second, links } = SecondQuestion::of(funnel, &funnel.steps[place], time, again.clone())?;
    let mut changed = funnel.clone();
    changed.links.retain(|link| link.from != first.id || link.out != Output::Timeout);
    changed.links.extend(links.into_iter().map(Arc::new));
    changed.steps[place] = Arc::new(first);
    changed.steps.push(Arc::new(second));
    Some((changed, again))
}
