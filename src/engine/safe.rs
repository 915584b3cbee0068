//! On a journey that comes too late: how long each wait, each silence and the last answer may be at most for the step to be
//! inside the window, all else on the journey being as it is.

use crate::model::{Seconds, StepId, Wait};

use super::journey::{Journey, Story, What, walk};
use super::machine::{Act, Machine};
use super::proof::Proof;

/// A time on a journey, and the longest that it may be.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Safe {
    /// The step at which it passes.
    pub step: StepId,
    /// What passes it.
    pub kind: SafeKind,
    /// How long it is on the journey.
    pub now: Seconds,
    /// How long it may be at most, below that; `None` where no length is short enough.
    pub latest: Option<Seconds>,
}

/// What passes time on a journey.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum SafeKind {
    /// A wait of a fixed length.
    Wait,
    /// A question's timeout.
    Timeout,
    /// The person, until they answer.
    Answer,
}

/// So many earlier answers are tried, each at another firing of a calendar wait.
const MOST_FIRINGS: usize = 14;

impl Proof {
    /// The latest safe lengths on the journey of this story, for the step that sends at the moment of this place among the
    /// journey's moments: of the waits and timeouts since the last inbound message, and of the answer that this was.
    /// Empty where the window is open there, or nobody has written before.
    pub fn latest_safe(&self, story: &Story, at: usize) -> Vec<Safe> {
        let machine = &*self.reach().machine;
        let journey = walk(self.funnel(), machine, story);
        let Some(shown) = journey.moments.get(at) else { return Vec::new() };
        let Some(since) = shown.since_inbound.filter(|since| !machine.is_open(Some(since.0))) else { return Vec::new() };
        let spoke = shown.at.0 - since.0;
        let visit = visits(&journey, &shown.step, at);
        let mut safe: Vec<Safe> = Vec::new();
        for (place, moment) in journey.moments[..at].iter().enumerate().filter(|(_, moment)| moment.at.0 >= spoke) {
            let Some(index) = self.funnel().steps.iter().position(|step| step.id == moment.step) else { continue };
            // A step that is passed twice changes twice.
            if safe.iter().any(|known| known.step == moment.step) {
                continue;
            }
            let (kind, now) = match (&moment.what, &machine.acts[index]) {
                (What::Waited { .. }, Act::Wait(Wait::For(length))) => (SafeKind::Wait, *length),
                (What::Timeout { .. }, Act::Ask(question)) => (SafeKind::Timeout, Seconds(question.timeout.unwrap_or(0))),
                (What::Reply { asked, .. }, Act::Ask(_)) if moment.at.0 == spoke => {
                    (SafeKind::Answer, Seconds(moment.at.0 - asked.0))
                }
                _ => continue,
            };
            // When the step sends if this takes so long instead, and how long after the last inbound message.
            let with = |length: i64| -> Option<(i64, i64)> {
                let tried = match kind {
                    SafeKind::Answer => walk(self.funnel(), machine, &answering(&journey, story, place, length)?),
                    _ => walk(self.funnel(), &lasting(machine, index, length), story),
                };
                let mut sending = tried.moments.iter().filter(|moment| moment.step == shown.step && is_sent(&moment.what));
                let sending = sending.nth(visit)?;
                Some((sending.at.0, sending.since_inbound?.0))
            };
            safe.push(Safe {
                step: moment.step.clone(),
                kind,
                now,
                latest: latest(now.0, machine.window, kind, with).map(Seconds),
            });
        }
        safe
    }
}

/// The longest length below `now` that is safe. Whatever takes longer never makes anybody send sooner.
fn latest(now: i64, window: i64, kind: SafeKind, with: impl Fn(i64) -> Option<(i64, i64)>) -> Option<i64> {
    let is_safe = |length: i64| with(length).is_some_and(|(_, since)| since < window);
    let last_below = |end: i64, holds: &dyn Fn(i64) -> bool| {
        let (mut yes, mut no) = (0, end);
        if !holds(0) {
            return None;
        }
        while no - yes > 1 {
            let middle = yes + (no - yes) / 2;
            if holds(middle) { yes = middle } else { no = middle }
        }
        Some(yes)
    };
    if kind != SafeKind::Answer {
        return last_below(now, &is_safe);
    }
    // An earlier answer is safe only if the calendar lets the step send sooner for it.
    let mut end = now;
    for _ in 0..MOST_FIRINGS {
        let (sends, _) = with(end)?;
        let earlier = last_below(end, &|length| with(length).is_some_and(|(at, _)| at < sends))?;
        if is_safe(earlier) {
            return Some(earlier);
        }
        end = earlier;
    }
    None
}

fn is_sent(what: &What) -> bool {
    matches!(what, What::Sent(_))
}

/// How often the step sent before the moment of this place.
fn visits(journey: &Journey, step: &StepId, at: usize) -> usize {
    journey.moments[..at].iter().filter(|moment| moment.step == *step && is_sent(&moment.what)).count()
}

/// The story with the answer of this moment given after another time.
fn answering(journey: &Journey, story: &Story, place: usize, after: i64) -> Option<Story> {
    let step = &journey.moments[place].step;
    let answered = |what: &What| matches!(what, What::Reply { .. } | What::Timeout { .. });
    let before = journey.moments[..place].iter().filter(|moment| moment.step == *step && answered(&moment.what)).count();
    let mut story = story.clone();
    let mut told = story.scenario.answers.iter_mut().filter(|answer| answer.step == *step);
    told.nth(before)?.after = Seconds(after);
    Some(story)
}

/// The machine with another length of the wait, or timeout, at a step.
fn lasting(machine: &Machine, index: usize, length: i64) -> Machine {
    let mut acts = machine.acts.clone();
    match &mut acts[index] {
        Act::Wait(wait) => *wait = Wait::For(Seconds(length)),
        Act::Ask(question) => question.timeout = Some(length),
        _ => {}
    }
    Machine { acts, targets: machine.targets.clone(), ..*machine }
}
