//! The proof: every journey that the funnel allows, exact to the second.

use std::collections::BTreeMap;
use std::sync::Arc;

use crate::model::{Funnel, LocalTime, Seconds, StepId};
use crate::policy::Policy;

use super::again::{Before, places_before};
use super::journey::{Journey, Story, walk};
use super::machine::Machine;
use super::reach::{LineId, Reach, Taken};
use super::search::{reach, reach_again, reach_by_instants};
use super::seen::Seen;
use super::since_entry::since_entry;
use super::witness::story;

/// Whether the customer service window is open when a step sends, over all journeys.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Verdict {
    /// Open on every journey that reaches the step.
    Inside,
    /// Open on some journeys and closed on others.
    Sometimes,
    /// Closed on every journey that reaches the step.
    Outside,
    /// No journey reaches the step.
    Unreachable,
}

/// The shortest and longest of a time over all journeys.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Range {
    /// The shortest.
    pub min: Seconds,
    /// The longest; `None` is without bound.
    pub max: Option<Seconds>,
}

/// What is said of a time that is not known.
const ANY_TIME: Range = Range { min: Seconds::ZERO, max: None };

/// With which marketing consents people reach a step.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Consents {
    /// On some journey consent was never given.
    pub never: bool,
    /// On some journey it was given and stands.
    pub given: bool,
    /// On some journey it was withdrawn and not given again.
    pub withdrawn: bool,
}

/// What is proved of one step.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StepProof {
    /// The step.
    pub id: StepId,
    /// Some journey reaches it.
    pub reachable: bool,
    /// Whether the window is open there. Given for every kind of step; people care for it at those that send.
    pub verdict: Verdict,
    /// Since the last inbound message or call; `None` where no journey has one before the step.
    pub since_inbound: Option<Range>,
    /// Since entry; `None` where the step is unreachable.
    pub since_entry: Option<Range>,
    /// On some journey the person has not written at all before the step.
    pub before_inbound: bool,
    /// With which consents people arrive; told only where consent can still decide something.
    pub consents: Consents,
    /// The same, of the people who arrive while the window is closed.
    pub consents_outside: Consents,
    /// Why the verdict rests on something unknown (W006); `None` where it is proved.
    pub unknown: Option<Unknown>,
}

impl StepProof {
    /// By how much the latest journey could be later and still be inside; `None` where some journey is not inside.
    pub fn slack(&self, window: Seconds) -> Option<Seconds> {
        let inside = self.verdict == Verdict::Inside && self.unknown.is_none();
        let longest = self.since_inbound.filter(|_| inside)?.max?;
        Some(Seconds(window.0 - 1 - longest.0))
    }
}

/// Why a verdict is not proved.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Unknown {
    /// The audience's time zone has no clock.
    Zone(String),
    /// There are too many possible journeys.
    Journeys,
    /// It rests on journeys that are so long that clocks change on the way more than once.
    ClockChanges,
}

impl std::fmt::Display for Unknown {
    fn fmt(&self, out: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::Zone(zone) => write!(out, "the time zone `{zone}` is not known"),
            Self::Journeys => out.write_str("there are more possible journeys than can be followed"),
            Self::ClockChanges => {
                out.write_str("it rests on journeys that are so long that clocks change on the way more than once")
            }
        }
    }
}

/// What a witness is to show of a step.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Claim {
    /// A journey on which the window is closed there, after an inbound message.
    Outside,
    /// A journey on which the person has not written before the step.
    BeforeInbound,
    /// A journey on which the window is open there.
    Inside,
    /// The journey with the shortest time since inbound.
    Shortest,
    /// The journey with the longest finite time since inbound.
    Longest,
    /// A journey that arrives without marketing opt-in ever given.
    NeverOptedIn,
    /// A journey that arrives after consent was withdrawn.
    OptedOut,
    /// A journey that arrives without marketing opt-in ever given, while the window is closed.
    NeverOptedInOutside,
    /// A journey that arrives after consent was withdrawn, while the window is closed.
    OptedOutOutside,
    /// Any journey.
    Reached,
}

impl Claim {
    /// All claims.
    pub const ALL: [Self; 10] = [
        Self::Outside,
        Self::BeforeInbound,
        Self::Inside,
        Self::Shortest,
        Self::Longest,
        Self::NeverOptedIn,
        Self::OptedOut,
        Self::NeverOptedInOutside,
        Self::OptedOutOutside,
        Self::Reached,
    ];
}

/// The proof of a funnel.
#[derive(Debug, Clone)]
pub struct Proof {
    /// One for each step, in the funnel's order.
    pub steps: Vec<StepProof>,
    index: Arc<BTreeMap<StepId, usize>>,
    /// Something rests on journeys that may not exist, since clocks change on the way.
    pub(super) doubtful: bool,
    reach: Arc<Reach>,
    /// What was reached in ordinary weeks, where that left a doubt and `reach` goes instant by instant.
    weeks: Option<Arc<Reach>>,
    funnel: Funnel,
    searched: usize,
}

impl Proof {
    /// The place of a step in the funnel.
    pub fn place(&self, id: &StepId) -> Option<usize> {
        self.index.get(id).copied()
    }

    /// What is proved of this step.
    pub fn step(&self, id: &StepId) -> Option<&StepProof> {
        self.index.get(id).map(|index| &self.steps[*index])
    }

    /// A journey that shows the claim, if there is one. It replays with [`super::follow`].
    pub fn witness(&self, step: &StepId, claim: Claim) -> Option<Story> {
        let (line, number) = self.line_of(step, claim)?;
        story(&self.reach, &self.funnel, line, number)
    }

    /// The line, and the number on it, that stand for the witness of a claim.
    pub(super) fn line_of(&self, step: &StepId, claim: Claim) -> Option<(LineId, i64)> {
        let index = *self.index.get(step)?;
        self.reach.most_plausible(index, claim)
    }

    pub(super) fn reach(&self) -> &Reach {
        &self.reach
    }

    pub(super) fn funnel(&self) -> &Funnel {
        &self.funnel
    }

    /// How many lines of possible moments the proof rests on: a measure of its cost.
    pub fn lines(&self) -> usize {
        self.reach.here.iter().map(|here| here.lines.len()).sum()
    }

    /// For how many steps it was found out anew what can happen there; for the others a proof of before knew it. Steps
    /// that were also followed instant by instant count twice.
    pub fn searched(&self) -> usize {
        self.searched
    }

    /// Follows a story through the funnel that was proved; the same as [`super::follow`], without compiling it again.
    pub fn replay(&self, story: &Story) -> Journey {
        walk(&self.funnel, &self.reach.machine, story)
    }
}

/// Proves the funnel under the policy. `now` is when people may begin to arrive where the funnel has no launch.
pub fn prove(funnel: &Funnel, policy: &Policy, now: LocalTime) -> Proof {
    let machine = Machine::new(funnel, policy);
    let start = machine.clock.instant_of(funnel.launch.unwrap_or(now));
    let weeks = conclude(funnel, Arc::new(reach(funnel, machine, start)));
    if !weeks.doubtful {
        return weeks;
    }
    match reach_by_instants(funnel, &weeks.reach, None) {
        Some(instants) => by_instants(funnel, weeks, instants),
        None => weeks,
    }
}

/// Proves a funnel that was proved before and has been changed since: the same as [`prove`] says, but only what the change
/// touches is searched again. It may be any funnel under any policy; the more it has in common with that of before, the
/// sooner it is done.
pub fn prove_again(before: &Proof, funnel: &Funnel, policy: &Policy, now: LocalTime) -> Proof {
    let machine = Machine::new(funnel, policy);
    let start = machine.clock.instant_of(funnel.launch.unwrap_or(now));
    let was = places_before(&before.funnel, funnel);
    let earlier = |reach| Before { reach, was: &was };
    let weeks_before = before.weeks.as_ref().unwrap_or(&before.reach);
    let weeks = reach_again(&earlier(weeks_before), funnel, machine, start);
    let zone = |funnel: &Funnel| funnel.audience.timezone.clone();
    if Arc::ptr_eq(&weeks, weeks_before) && zone(funnel) == zone(&before.funnel) {
        return Proof { funnel: funnel.clone(), searched: 0, ..before.clone() };
    }
    let weeks = conclude(funnel, weeks);
    if !weeks.doubtful {
        return weeks;
    }
    let instants_before = before.weeks.as_ref().map(|_| earlier(&before.reach));
    match reach_by_instants(funnel, &weeks.reach, instants_before.as_ref()) {
        Some(instants) => by_instants(funnel, weeks, instants),
        None => weeks,
    }
}

/// The proof that rests on instants, where ordinary weeks left a doubt.
fn by_instants(funnel: &Funnel, weeks: Proof, instants: Arc<Reach>) -> Proof {
    let instants = conclude(funnel, instants);
    Proof { searched: weeks.searched + instants.searched, weeks: Some(weeks.reach), ..instants }
}

/// What follows from all that is reachable.
pub(super) fn conclude(funnel: &Funnel, reach: Arc<Reach>) -> Proof {
    let (zone_known, window) = (reach.machine.zone_known, reach.machine.window);
    let seen: Vec<&Seen> = reach.here.iter().enumerate().map(|(step, here)| here.seen(step, window)).collect();
    let doubtful = seen.iter().any(|seen| seen.doubtful) || reach.left_over.contains(&true);
    let since_inbound: Vec<Option<Taken>> = seen
        .iter()
        .map(|seen| {
            let (min, max) = seen.since.filter(|_| !seen.unheard)?;
            Some(Taken { min, max: (!seen.stale).then_some(max) })
        })
        .collect();
    let times = since_entry(&reach, &since_inbound);
    let mut steps = Vec::with_capacity(seen.len());
    for (index, (step, seen)) in funnel.steps.iter().zip(&seen).enumerate() {
        let unknown = if !zone_known {
            Some(Unknown::Zone(funnel.audience.timezone.clone()))
        } else if reach.left_over[index] {
            Some(Unknown::Journeys)
        } else if seen.sides() == (true, true) && seen.sure_sides != (true, true) {
            Some(Unknown::ClockChanges)
        } else {
            None
        };
        let (open, closed) = seen.sides();
        let verdict = match (open, closed, &unknown) {
            // What was not followed to the end may still turn out either way.
            (_, _, Some(_)) => Verdict::Sometimes,
            (true, true, None) => Verdict::Sometimes,
            (true, false, None) => Verdict::Inside,
            (false, true, None) => Verdict::Outside,
            (false, false, None) => Verdict::Unreachable,
        };
        steps.push(StepProof {
            id: step.id.clone(),
            reachable: verdict != Verdict::Unreachable,
            verdict,
            since_inbound: seen.since.map(|(min, max)| match unknown {
                None | Some(Unknown::ClockChanges) => {
                    Range { min: Seconds(min), max: (!seen.stale).then_some(Seconds(max)) }
                }
                Some(_) => ANY_TIME,
            }),
            since_entry: times[index].map(|taken| match unknown {
                None | Some(Unknown::ClockChanges) => Range { min: Seconds(taken.min), max: taken.max.map(Seconds) },
                Some(_) => ANY_TIME,
            }),
            before_inbound: seen.unheard,
            consents: seen.consents,
            consents_outside: seen.consents_outside,
            unknown,
        });
    }
    Proof {
        index: Arc::new(steps.iter().enumerate().map(|(index, step)| (step.id.clone(), index)).collect()),
        steps,
        doubtful,
        searched: reach.searched,
        reach,
        weeks: None,
        funnel: funnel.clone(),
    }
}
