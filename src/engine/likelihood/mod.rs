//! How likely: for each step that sends, how often the window is open there, and how long the person has then been
//! silent, over the crowd of `format.md` and without drawing a single person.
//!
//! Everybody is followed at once, as shares on the lines along which the proof follows what is possible (`walk.rs`). That
//! is exact but for answers where the clock still decides something later: they are put into cells of time. So it is done
//! twice, with cells of half the width the second time, and what the two differ by is told as the error.

mod spread;
mod timing;
mod answers;
mod walk;
mod post;

use std::collections::BTreeMap;

use super::machine::Machine;
use super::plan::Plan;
use super::proof::Proof;
use crate::model::{Funnel, LocalTime, Seconds, StepId};
use crate::policy::Policy;

pub use spread::Part;
use timing::Frame;
use walk::{Found, Walk};

/// Cells are halved until halving changes no share by more than this.
const FINE_ENOUGH: f64 = 1e-4;
/// ... or until they are this narrow, in seconds.
const NARROWEST: i64 = 15;
/// People lost on the way beyond this make what is told an estimate.
const MOST_LOST: f64 = 1e-6;
/// How much may be done where nobody says: in a release build some tenths of a second.
pub const MUCH_WORK: usize = 5_000_000;
/// How much may be done between two keystrokes.
pub const LITTLE_WORK: usize = 300_000;

/// What is likely at one step that sends.
#[derive(Debug, Clone, PartialEq)]
pub struct StepLikelihood {
    /// The step.
    pub id: StepId,
    /// How often it is reached, for each person who enters: a share of them, unless people come back to it.
    pub visits: f64,
    /// The share of those visits at which the window is open; `None` where nobody comes.
    pub inside: Option<f64>,
    /// By how much `inside` may be wrong.
    pub error: f64,
    /// Why this is an estimate only; `None` where `error` says it all.
    pub doubt: Option<&'static str>,
    /// How long since the last inbound.
    pub since: Since,
}

/// Beyond this, what may be wrong shows in whole percents.
const ROUGH: f64 = 0.005;

/// How long since the last inbound, over all visits of a step.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Since {
    /// Those with a time that is told, in order.
    parts: Vec<Part>,
    told: f64,
    /// How often so long ago that it is past telling.
    stale: f64,
    /// How often there was none yet.
    unheard: f64,
}

/// How likely everything is.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Likelihood {
    /// One for each step that sends, in the funnel's order; none where it cannot be had at all.
    pub steps: Vec<StepLikelihood>,
    /// Why it cannot be had.
    pub doubt: Option<&'static str>,
    index: BTreeMap<StepId, usize>,
    /// How much there was to do.
    pub(super) work: usize,
}

impl Likelihood {
    /// What is likely at this step.
    pub fn step(&self, id: &StepId) -> Option<&StepLikelihood> {
        self.index.get(id).map(|index| &self.steps[*index])
    }

    /// The share of the visits to this step at which the window is open, and whether that is only about right.
    pub fn inside(&self, id: &StepId) -> Option<(f64, bool)> {
        let step = self.step(id)?;
        step.inside.map(|inside| (inside, step.doubt.is_some() || step.error > ROUGH))
    }

    fn unknown(why: &'static str) -> Self {
        Self { doubt: Some(why), ..Self::default() }
    }
}

impl Since {
    fn of(found: Found) -> Self {
        let parts = spread::joined(found.since);
        Self { told: spread::total(&parts), parts, stale: found.stale, unheard: found.unheard }
    }

    /// The parts of those with a time that is told, in order.
    pub fn parts(&self) -> &[Part] {
        &self.parts
    }

    /// The share of visits with an inbound strictly less than this ago.
    pub fn within(&self, length: Seconds) -> f64 {
        let all = self.told + self.stale + self.unheard;
        let within = self.parts.iter().filter_map(|part| part.between(i64::MIN, length.0 - 1));
        if all > 0.0 { within.map(|part| part.share).sum::<f64>() / all } else { 0.0 }
    }

    /// The share of visits with an inbound before them.
    pub fn heard(&self) -> f64 {
        let heard = self.told + self.stale;
        if heard > 0.0 { heard / (heard + self.unheard) } else { 0.0 }
    }

    /// The time that is reached by this share of those visits that have an inbound before them; `None` where it is past
    /// telling, or nobody has one.
    pub fn quantile(&self, share: f64) -> Option<Seconds> {
        let wanted = share * (self.told + self.stale);
        if self.told <= 0.0 || wanted > self.told * (1.0 + 1e-12) {
            return None;
        }
        let by = |at: i64| -> f64 {
            self.parts.iter().filter_map(|part| part.between(i64::MIN, at)).map(|part| part.share).sum()
        };
        let mut low = self.parts.first()?.first;
        let mut high = self.parts.iter().map(|part| part.last).max()?;
        while low < high {
            let middle = low + (high - low) / 2;
            if by(middle) >= wanted * (1.0 - 1e-12) { high = middle } else { low = middle + 1 }
        }
        Some(Seconds(low))
    }
}

/// What is likely at each step that sends. `now` is when people begin to arrive where the funnel has no launch.
pub fn likelihood(funnel: &Funnel, policy: &Policy, now: LocalTime, most_work: usize) -> Likelihood {
    compiled(funnel, policy, now, most_work, NARROWEST)
}

impl Proof {
    /// The same for the funnel that was proved.
    pub fn likelihood(&self, most_work: usize) -> Likelihood {
        let reach = self.reach();
        worked_out(self.funnel(), &reach.machine, (*reach.plan).clone(), reach.start, most_work, NARROWEST)
    }
}

/// The same on the widest cells alone, whose error is not known: for trying many changes of one funnel.
pub(super) fn roughly(funnel: &Funnel, policy: &Policy, now: LocalTime, most_work: usize) -> Likelihood {
    compiled(funnel, policy, now, most_work, i64::MAX)
}

fn compiled(funnel: &Funnel, policy: &Policy, now: LocalTime, most_work: usize, narrowest: i64) -> Likelihood {
    let machine = Machine::new(funnel, policy);
    let start = machine.clock.instant_of(funnel.launch.unwrap_or(now));
    worked_out(funnel, &machine, Plan::of(funnel, &machine, start), start, most_work, narrowest)
}

fn worked_out(funnel: &Funnel, machine: &Machine, plan: Plan, start: i64, most_work: usize, narrowest: i64) -> Likelihood {
    if !machine.zone_known {
        return Likelihood::unknown("the time zone is not known");
    }
    let plan = walk::plan(plan, machine);
    let frame = Frame::of(funnel, machine, &plan.graph, start);
    let mut cell = frame.cell;
    let mut left = most_work;
    let mut best: Option<(Vec<f64>, Walk<'_>)> = None;
    while let Ok(walk) = Walk::new(funnel, machine, &plan, &frame, cell, left).run() {
        left = left.saturating_sub(walk.work);
        let errors: Vec<f64> = match &best {
            None => vec![if walk.cut { 1.0 } else { 0.0 }; walk.found.len()],
            Some((_, coarser)) => {
                let both = coarser.found.iter().zip(&walk.found);
                both.map(|(one, other)| (inside(one) - inside(other)).abs()).collect()
            }
        };
        let settled = errors.iter().all(|error| *error <= FINE_ENOUGH);
        best = Some((errors, walk));
        if settled || cell / 2 < narrowest {
            break;
        }
        cell /= 2;
    }
    let Some((errors, walk)) = best else { return Likelihood::unknown("there are too many ways through this funnel") };
    let missing = missing(machine, &walk.lost);
    let doubt = |missing: f64, error: f64| {
        if plan.untold {
            Some("more attributes are asked for than can be followed")
        } else if missing > MOST_LOST {
            Some("people can go round in a cycle for ever")
        } else if error >= 1.0 && narrowest == NARROWEST {
            Some("there are too many ways through this funnel to work it out more finely")
        } else {
            None
        }
    };
    let late = walk.late;
    let found = funnel.steps.iter().zip(walk.found.into_iter().zip(errors).zip(missing));
    let steps: Vec<StepLikelihood> = found
        .filter(|(step, _)| step.message().is_some())
        .map(|(step, ((found, error), missing))| {
            let unsure = missing + late;
            StepLikelihood {
                id: step.id.clone(),
                visits: found.visits,
                inside: (found.visits > 0.0).then(|| inside(&found)),
                error: (error + unsure / found.visits.max(unsure).max(f64::MIN_POSITIVE)).min(1.0),
                doubt: doubt(missing, error),
                since: Since::of(found),
            }
        })
        .collect();
    let index = steps.iter().enumerate().map(|(index, step)| (step.id.clone(), index)).collect();
    Likelihood { steps, doubt: None, index, work: most_work - left }
}

/// How many may be missing at each step, because they were lost at a step that comes before it.
fn missing(machine: &Machine, lost: &[f64]) -> Vec<f64> {
    let mut missing = vec![0.0; lost.len()];
    for (step, lost) in lost.iter().enumerate().filter(|(_, lost)| **lost > 0.0) {
        let mut seen = vec![false; missing.len()];
        let mut open = vec![step];
        while let Some(step) = open.pop() {
            if !std::mem::replace(&mut seen[step], true) {
                missing[step] += lost;
                open.extend(machine.targets[step].iter().flatten());
            }
        }
    }
    missing
}

/// The share of visits at which the window is open.
fn inside(found: &Found) -> f64 {
    if found.visits > 0.0 { (found.inside / found.visits).min(1.0) } else { 0.0 }
}
