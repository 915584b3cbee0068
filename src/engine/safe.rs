//! On a journey that comes too late: how long each wait, each silence and the last answer may be at most for the step to be
//! inside the window, all else on the journey being as it is.

use std::cell::RefCell;

use crate::model::{Seconds, StepId, Wait};

use super::journey::{Story, ticks};
use super::machine::{Act, Machine, StepIndex};
use super::proof::Proof;
use super::stepper::{Did, Tick};

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
        let (funnel, machine) = (self.funnel(), &*self.reach().machine);
        let journey = ticks(funnel, machine, story);
        let Some(shown) = journey.get(at) else { return Vec::new() };
        let Some(since) = shown.since_inbound.filter(|since| !machine.is_open(Some(*since))) else { return Vec::new() };
        let spoke = shown.at - since;
        let visit = journey[..at].iter().filter(|tick| sends(tick, shown.step)).count();
        // What is tried is changed in place: to copy it for each length would take longer than to follow it.
        let (other, otherwise) = (RefCell::new(copied(machine)), RefCell::new(story.clone()));
        // With no calendar after it, and nothing said unasked, an answer moves all that follows as one, and the window with it.
        let calendar = |tick: &Tick| matches!(machine.acts[tick.step], Act::Wait(ref wait) if !matches!(wait, Wait::For(_)));
        let alone = story.scenario.unprompted.is_empty();
        let mut safe: Vec<Safe> = Vec::new();
        for (place, tick) in journey[..at].iter().enumerate().filter(|(_, tick)| tick.at >= spoke) {
            let step = &funnel.steps[tick.step].id;
            // A step that is passed twice changes twice.
            if safe.iter().any(|known| known.step == *step) {
                continue;
            }
            let (kind, now) = match (tick.what, &machine.acts[tick.step]) {
                (Did::Waited { .. }, Act::Wait(Wait::For(length))) => (SafeKind::Wait, length.0),
                (Did::Timeout { .. }, Act::Ask(question)) => (SafeKind::Timeout, question.timeout.unwrap_or(0)),
                (Did::Reply { asked, .. }, Act::Ask(_)) if tick.at == spoke => (SafeKind::Answer, tick.at - asked),
                _ => continue,
            };
            if kind == SafeKind::Answer && alone && !journey[place..at].iter().any(calendar) {
                safe.push(Safe { step: step.clone(), kind, now: Seconds(now), latest: None });
                continue;
            }
            // When the step sends if this takes so long instead, and how long after the last inbound message.
            let with = |length: i64| -> Option<(i64, i64)> {
                match kind {
                    SafeKind::Answer => answer_after(&journey[..=place], &mut otherwise.borrow_mut(), step, length)?,
                    _ => last(&mut other.borrow_mut().acts[tick.step], length),
                }
                let tried = ticks(funnel, &other.borrow(), &otherwise.borrow());
                let sending = tried.iter().filter(|tick| sends(tick, shown.step)).nth(visit)?;
                Some((sending.at, sending.since_inbound?))
            };
            let latest = latest(now, since, machine.window, kind, with).map(Seconds);
            safe.push(Safe { step: step.clone(), kind, now: Seconds(now), latest });
            match kind {
                SafeKind::Answer => otherwise.borrow_mut().clone_from(story),
                _ => other.borrow_mut().acts[tick.step].clone_from(&machine.acts[tick.step]),
            }
        }
        safe
    }
}

/// The longest length below `now` that is safe. Whatever takes longer never makes anybody send sooner.
fn latest(now: i64, since: i64, window: i64, kind: SafeKind, with: impl Fn(i64) -> Option<(i64, i64)>) -> Option<i64> {
    let is_safe = |length: i64| with(length).is_some_and(|(_, since)| since < window);
    let last_below = |end: i64, guess: i64, holds: &dyn Fn(i64) -> bool| {
        let (mut yes, mut no) = (0, end);
        if !holds(0) {
            return None;
        }
        for guess in [guess, guess + 1].into_iter().filter(|guess| (1..end).contains(guess)) {
            if holds(guess) { yes = yes.max(guess) } else { no = no.min(guess) }
        }
        while no - yes > 1 {
            let middle = yes + (no - yes) / 2;
            if holds(middle) { yes = middle } else { no = middle }
        }
        Some(yes)
    };
    if kind != SafeKind::Answer {
        // Where no calendar stands between, what is taken off here comes off the whole.
        return last_below(now, now - (since - window + 1), &is_safe);
    }
    // An earlier answer is safe only if the calendar lets the step send sooner for it.
    let mut end = now;
    for _ in 0..MOST_FIRINGS {
        let (sends, _) = with(end)?;
        let earlier = last_below(end, end - 1, &|length| with(length).is_some_and(|(at, _)| at < sends))?;
        if is_safe(earlier) {
            return Some(earlier);
        }
        end = earlier;
    }
    None
}

fn sends(tick: &Tick, step: StepIndex) -> bool {
    tick.step == step && matches!(tick.what, Did::Sent(_))
}

/// Lets the answer that a journey ends with come after another time in its story.
fn answer_after(journey: &[Tick], story: &mut Story, step: &StepId, after: i64) -> Option<()> {
    let (answer, earlier) = journey.split_last()?;
    let answered = |what: &Did| matches!(what, Did::Reply { .. } | Did::Timeout { .. });
    let before = earlier.iter().filter(|tick| tick.step == answer.step && answered(&tick.what)).count();
    let mut told = story.scenario.answers.iter_mut().filter(|answer| answer.step == *step);
    told.nth(before)?.after = Seconds(after);
    Some(())
}

/// Gives a wait, or a timeout, another length.
fn last(act: &mut Act, length: i64) {
    match act {
        Act::Wait(wait) => *wait = Wait::For(Seconds(length)),
        Act::Ask(question) => question.timeout = Some(length),
        _ => {}
    }
}

fn copied(machine: &Machine) -> Machine {
    let (acts, targets, unlikely) = (machine.acts.clone(), machine.targets.clone(), machine.unlikely.clone());
    Machine { acts, targets, unlikely, ..*machine }
}
