//! The proof: every journey that the funnel allows, exact to the second.

use std::collections::BTreeMap;
use std::sync::Arc;

use crate::model::{Funnel, LocalTime, Seconds, StepId};
use crate::policy::Policy;

use super::journey::{Journey, Story, walk};
use super::machine::{Consent, Machine};
use super::reach::{Line, Reach, Shape, Taken};
use super::search::{reach, reach_by_instants};
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

/// The proof of a funnel.
#[derive(Debug, Clone)]
pub struct Proof {
    /// One for each step, in the funnel's order.
    pub steps: Vec<StepProof>,
    index: BTreeMap<StepId, usize>,
    shown: Vec<BTreeMap<Claim, (u32, i64)>>,
    /// Something rests on journeys that may not exist, since clocks change on the way.
    pub(super) doubtful: bool,
    reach: Arc<Reach>,
    funnel: Funnel,
}

impl Proof {
    /// What is proved of this step.
    pub fn step(&self, id: &StepId) -> Option<&StepProof> {
        self.index.get(id).map(|index| &self.steps[*index])
    }

    /// A journey that shows the claim, if there is one. It replays with [`super::follow`].
    pub fn witness(&self, step: &StepId, claim: Claim) -> Option<Story> {
        let (line, number) = self.shown[*self.index.get(step)?].get(&claim)?;
        story(&self.reach, &self.funnel, *line, *number)
    }

    pub(super) fn reach(&self) -> &Reach {
        &self.reach
    }

    pub(super) fn funnel(&self) -> &Funnel {
        &self.funnel
    }

    /// How many lines of possible moments the proof rests on: a measure of its cost.
    pub fn lines(&self) -> usize {
        self.reach.lines.len()
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
    let weeks = conclude(funnel, reach(funnel, machine, start));
    if !weeks.doubtful {
        return weeks;
    }
    match reach_by_instants(funnel, &weeks.reach) {
        Some(instants) => conclude(funnel, instants),
        None => weeks,
    }
}

/// What follows from all that is reachable.
pub(super) fn conclude(funnel: &Funnel, reach: Reach) -> Proof {
    let (zone_known, window) = (reach.machine.zone_known, reach.machine.window);
    let mut seen: Vec<Seen> = vec![Seen::default(); funnel.steps.len()];
    let lines = || reach.lines.iter().enumerate();
    lines().filter(|(_, line)| line.sure).for_each(|(id, line)| seen[line.step].add(id as u32, line, window));
    let sure = seen.clone();
    lines().filter(|(_, line)| !line.sure).for_each(|(id, line)| seen[line.step].add(id as u32, line, window));
    let doubtful = sure.iter().zip(&seen).any(|(sure, all)| sure.what() != all.what());
    let doubtful = doubtful || reach.left_over.contains(&true);
    let since_inbound: Vec<Option<Taken>> = seen
        .iter()
        .map(|seen| {
            let (min, max) = seen.since.filter(|_| !seen.unheard)?;
            Some(Taken { min, max: (!seen.stale).then_some(max) })
        })
        .collect();
    let times = since_entry(&reach, &since_inbound);
    let mut steps = Vec::with_capacity(seen.len());
    for (index, (step, seen)) in funnel.steps.iter().zip(&mut seen).enumerate() {
        let unknown = if !zone_known {
            Some(Unknown::Zone(funnel.audience.timezone.clone()))
        } else if reach.left_over[index] {
            Some(Unknown::Journeys)
        } else if seen.sides() == (true, true) && sure[index].sides() != (true, true) {
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
        index: steps.iter().enumerate().map(|(index, step)| (step.id.clone(), index)).collect(),
        steps,
        shown: seen.into_iter().map(|seen| seen.shown).collect(),
        doubtful,
        reach: Arc::new(reach),
        funnel: funnel.clone(),
    }
}

impl Consents {
    fn add(&mut self, consent: Consent) {
        match consent {
            Consent::Never => self.never = true,
            Consent::Given => self.given = true,
            Consent::Withdrawn => self.withdrawn = true,
        }
    }
}

/// What the lines at one step come to.
#[derive(Debug, Clone, Default)]
struct Seen {
    open: bool,
    closed: bool,
    unheard: bool,
    stale: bool,
    since: Option<(i64, i64)>,
    consents: Consents,
    consents_outside: Consents,
    shown: BTreeMap<Claim, (u32, i64)>,
}

impl Seen {
    /// Whether anybody comes while the window is open, and while it is not.
    fn sides(&self) -> (bool, bool) {
        (self.open, self.closed || self.unheard)
    }

    /// What was seen, without the lines that show it.
    fn what(&self) -> impl PartialEq + use<> {
        (self.sides(), self.unheard, self.stale, self.since, self.consents, self.consents_outside)
    }

    fn add(&mut self, id: u32, line: &Line, window: i64) {
        let consent = line.facts.consent;
        self.consents.add(consent);
        match consent {
            Consent::Never => self.show(Claim::NeverOptedIn, id, line.first),
            Consent::Given => {}
            Consent::Withdrawn => self.show(Claim::OptedOut, id, line.first),
        }
        self.show(Claim::Reached, id, line.first);
        // The shortest and longest time since inbound, and the numbers on the line that stand for them.
        let (shortest, longest) = match line.shape {
            Shape::Diagonal(_, since) => ((since, line.first), (since, line.first)),
            Shape::Level(..) | Shape::Since => ((line.first, line.first), (line.last, line.last)),
            Shape::Unheard(_) | Shape::UnheardAtAnyTime => {
                self.unheard = true;
                self.close(consent, id, line.first);
                return self.show(Claim::BeforeInbound, id, line.first);
            }
            Shape::Stale(_) | Shape::StaleAtAnyTime => {
                self.closed = true;
                self.stale = true;
                self.close(consent, id, line.first);
                // A journey of finite time that is closed convinces more; this one stands in where there is none.
                return self.show(Claim::Outside, id, line.first);
            }
        };
        if shortest.0 < window {
            self.open = true;
            self.show(Claim::Inside, id, shortest.1);
        }
        if longest.0 >= window {
            self.closed = true;
            self.close(consent, id, longest.1);
            self.show(Claim::Outside, id, longest.1);
        }
        if self.since.is_none_or(|(_, max)| longest.0 > max) {
            self.shown.insert(Claim::Longest, (id, longest.1));
        }
        if self.since.is_none_or(|(min, _)| shortest.0 < min) {
            self.shown.insert(Claim::Shortest, (id, shortest.1));
        }
        let (min, max) = self.since.unwrap_or((shortest.0, longest.0));
        self.since = Some((min.min(shortest.0), max.max(longest.0)));
    }

    /// Notes with which consent somebody arrives while the window is closed.
    fn close(&mut self, consent: Consent, id: u32, number: i64) {
        self.consents_outside.add(consent);
        match consent {
            Consent::Never => self.show(Claim::NeverOptedInOutside, id, number),
            Consent::Given => {}
            Consent::Withdrawn => self.show(Claim::OptedOutOutside, id, number),
        }
    }

    /// Keeps the first line that shows a claim: it was found by the fewest detours.
    fn show(&mut self, claim: Claim, id: u32, number: i64) {
        self.shown.entry(claim).or_insert((id, number));
    }
}
