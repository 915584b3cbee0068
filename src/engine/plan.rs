//! What must be known of a funnel before the search begins: what still matters from each step on, how far time is
//! followed, and on which clock.

use std::ops::Range;

use crate::model::{Funnel, Purpose, StepKind, Wait};

use super::calendar::Place;
use super::changes::Changes;
use super::clock::{Clock, DAY, WEEK};
use super::graph::Graph;
use super::machine::{Act, Consent, Machine, StepIndex};
use super::reach::{ARRIVAL_DAYS, Era, Facts};

/// 2100-01-01: beyond it no zone's clock changes are known, and all weeks are ordinary ones.
const LAST_CLOCK_CHANGES: i64 = 4_102_444_800;
/// A Monday at 00:00 in local seconds: ordinary weeks are counted from here.
pub const MONDAY: i64 = 4 * DAY;
/// A mark of [`Plan::ahead`]: a wait that looks at the calendar can still come, so `now` matters.
pub const CALENDAR_AHEAD: u64 = 1 << 63;
/// A mark of [`Plan::ahead`]: consent can still decide something.
pub const CONSENT_AHEAD: u64 = 1 << 62;
/// How far time is followed is told in whole spans of this length, so that few changes of a wait change it.
const MONTH: i64 = 30 * DAY;
/// Attributes that are followed; a funnel that asks more of them twice is told that it cannot be proved.
const MOST_ATTRIBUTES: u32 = 31;

/// How a funnel is to be searched.
#[derive(Debug, Clone)]
pub struct Plan {
    /// The shape of the funnel.
    pub graph: Graph,
    /// For each step the marks of what can still come, itself included: the calendar, consent, and a bit for the slot of
    /// each attribute that is followed.
    pub ahead: Vec<u64>,
    /// For each attribute its slot among those followed.
    pub slots: Vec<Option<u32>>,
    /// Attributes are asked twice that are not followed.
    pub untold: bool,
    /// `since` beyond this is past all telling: no journey comes so far without going round a cycle for ever.
    pub cap: i64,
    /// How time is counted at first.
    pub timing: Timing,
    /// The longest time until a step is passed twice or an answer comes as late as it likes, in seconds.
    pub span: i64,
}

/// How time is counted in the first era.
#[derive(Debug, Clone)]
pub struct Timing {
    /// Where waits are asked.
    pub place: Place,
    /// The span of `now`.
    pub era: Range<i64>,
    /// The length of what repeats, where all weeks (or days) are alike.
    pub repeats: Option<i64>,
    /// The changes of the clocks that may come between alike weeks.
    pub changes: Changes,
}

impl Plan {
    /// Looks at a funnel in which people arrive from the instant `start` on.
    pub fn of(funnel: &Funnel, machine: &Machine, start: i64) -> Self {
        Self::timed(funnel, machine, start, |span| Timing::of(machine, start, span))
    }

    /// The same, where time is counted as `timing` says for the longest time until a step is passed twice.
    pub fn timed(funnel: &Funnel, machine: &Machine, start: i64, timing: impl FnOnce(i64) -> Timing) -> Self {
        let graph = Graph::of(machine);
        let (slots, untold) = followed(machine, &graph);
        let ahead = graph.ahead(machine, |step| match &machine.acts[step] {
            Act::Wait(wait) if !matches!(wait, Wait::For(_)) => CALENDAR_AHEAD,
            Act::IfOptedIn => CONSENT_AHEAD,
            Act::IfAttribute { attribute, .. } => slots[*attribute].map_or(0, |slot| 1 << slot),
            Act::Send | Act::Ask(_) if matters_for_consent(funnel, step) => CONSENT_AHEAD,
            _ => 0,
        });
        // The time that can pass until a step is passed twice: without an answer, and with answers.
        let span = |answered: bool| {
            graph.longest_span(machine, |step| match &machine.acts[step] {
                Act::Wait(Wait::For(length)) => length.0,
                Act::Wait(Wait::Date(date)) => (machine.clock.instant_of(*date) - start).max(0),
                Act::Wait(Wait::Until { .. } | Wait::SendHours { .. }) => WEEK + DAY,
                Act::Ask(question) => question.timeout.or(question.latest.filter(|_| answered)).unwrap_or(0),
                _ => 0,
            })
        };
        let (cap, span) = (machine.window.saturating_add(span(false)), span(true));
        Self { ahead, slots, untold, cap, timing: timing(span), span, graph }
    }

    /// What is known of a person, without what can decide nothing from a step on.
    pub fn still_matters(&self, step: StepIndex, facts: Facts) -> Facts {
        let ahead = self.ahead[step];
        let mut kept = facts;
        if ahead & CONSENT_AHEAD == 0 {
            kept.consent = Consent::Never;
        }
        for slot in self.slots.iter().flatten() {
            if ahead & (1 << slot) == 0 {
                kept.attributes &= !(3 << (2 * slot));
            }
        }
        kept
    }
}

impl Timing {
    /// Ordinary days or weeks where that is enough, else instants one by one.
    fn of(machine: &Machine, start: i64, span: i64) -> Self {
        let instants = Self::by_instants(machine, start, span);
        let waits = || machine.acts.iter().filter_map(|act| if let Act::Wait(wait) = act { Some(wait) } else { None });
        if waits().any(|wait| matches!(wait, Wait::Date(_))) {
            return instants;
        }
        let by_weekday =
            waits().any(|wait| matches!(wait, Wait::Until { days, .. } | Wait::SendHours { days, .. } if !days.is_empty()));
        let period = if by_weekday { WEEK } else { DAY };
        let calendars = waits().any(|wait| !matches!(wait, Wait::For(_)));
        let mut changes = Changes::none();
        if calendars && machine.clock.seasons(instants.era.clone()).len() > 1 {
            match Changes::of(&machine.clock, instants.era.clone(), period, longest_move(machine)) {
                Some(found) => changes = found,
                None => return instants,
            }
        }
        Self { place: Place::OrdinaryWeeks, era: MONDAY..MONDAY + period, repeats: Some(period), changes }
    }

    /// Instants one by one: through the arrivals, the span that no journey outlasts but in a cycle or by a late answer, and
    /// one more year, so that whoever is still there meets every clock change of a year before all weeks become ordinary
    /// ones.
    pub fn by_instants(machine: &Machine, start: i64, span: i64) -> Self {
        let year = ARRIVAL_DAYS * DAY;
        let known = LAST_CLOCK_CHANGES.max(start + 2 * year);
        let span = span.saturating_add(MONTH - 1) / MONTH * MONTH;
        let era = start..start.saturating_add(2 * year).saturating_add(span).min(known);
        Self { place: machine.place(), era, repeats: None, changes: Changes::none() }
    }
}

/// A span of `now`, cut where the weeks repeat: for each part its era, what to add to bring it there, and its ends.
#[derive(Debug, Clone, Copy)]
pub struct Laps {
    /// What still lies in the era itself.
    head: Option<(i64, i64)>,
    own: Era,
    /// The era of the rest, and the rest.
    later: Era,
    first: i64,
    last: i64,
    /// The length of a lap, and what leads to the local time by which laps are counted.
    period: i64,
    to_local: i64,
}

impl Timing {
    /// The length of what repeats after the changes of the clocks.
    fn period(&self) -> i64 {
        self.repeats.unwrap_or(WEEK)
    }

    /// Cuts a span of `now` of this era.
    pub fn laps(&self, clock: &Clock, era: Era, first: i64, last: i64) -> Laps {
        let repeating = |period| Laps { head: None, own: era, later: era, first, last, period, to_local: 0 };
        let laps = match (era, self.repeats) {
            (Era::First, Some(period)) => repeating(period),
            (Era::Later, _) => repeating(WEEK),
            (Era::After(_), _) => repeating(self.period()),
            (Era::Near(kind), _) => {
                let change = &self.changes.kinds[usize::from(kind)];
                let (later, to_local) = (Era::After(kind), change.at + change.shift);
                repeating(self.period()).ending(change.near, later, || to_local)
            }
            // Past the first era the clock shows local time for good.
            (Era::First, None) => repeating(WEEK).ending(self.era.end, Era::Later, || clock.offset(self.era.end)),
        };
        // A span of a whole period is every moment of it.
        Laps { last: laps.last.min(laps.first.saturating_add(laps.period - 1)), ..laps }
    }
}

impl Laps {
    /// The same where the era ends, and another begins that is counted in laps.
    fn ending(self, end: i64, later: Era, to_local: impl Fn() -> i64) -> Self {
        let head = (self.first < end).then_some((self.first, self.last.min(end - 1)));
        let to_local = if self.last < end { 0 } else { to_local() };
        Self { head, later, first: self.first.max(end), to_local, ..self }
    }
}

impl Iterator for Laps {
    type Item = (Era, i64, i64, i64);

    fn next(&mut self) -> Option<Self::Item> {
        if let Some((first, last)) = self.head.take() {
            return Some((self.own, 0, first, last));
        }
        if self.first > self.last {
            return None;
        }
        let lap = (self.first + self.to_local - MONDAY).div_euclid(self.period);
        let shift = self.to_local - lap * self.period;
        let (first, last) = (self.first, self.last.min(MONDAY - shift + self.period - 1));
        self.first = last + 1;
        Some((self.later, shift, first, last))
    }
}

/// The longest time that one move can take, waits for the calendar and answers that come as late as they like left out.
fn longest_move(machine: &Machine) -> i64 {
    let longest = machine.acts.iter().map(|act| match act {
        Act::Wait(Wait::For(length)) => length.0,
        Act::Ask(question) => question.timeout.max(question.latest).unwrap_or(0),
        _ => 0,
    });
    longest.max().unwrap_or(0)
}

/// For each attribute its slot among those followed, and whether one that is asked twice has none.
fn followed(machine: &Machine, graph: &Graph) -> (Vec<Option<u32>>, bool) {
    let in_cycle = graph.in_cycle(machine);
    let mut asked = vec![0; machine.attributes];
    for (step, act) in machine.acts.iter().enumerate() {
        if let Act::IfAttribute { attribute, .. } = act {
            // What is asked again must be answered alike.
            asked[*attribute] += if in_cycle[step] { 2 } else { 1 };
        }
    }
    let mut free = 0..MOST_ATTRIBUTES;
    let slots: Vec<Option<u32>> = asked.iter().map(|asked| if *asked > 1 { free.next() } else { None }).collect();
    let untold = asked.iter().zip(&slots).any(|(asked, slot)| *asked > 1 && slot.is_none());
    (slots, untold)
}

/// Whether consent decides anything at a step: a marketing message, or any template.
fn matters_for_consent(funnel: &Funnel, step: StepIndex) -> bool {
    match funnel.steps.get(step).map(|step| &step.kind) {
        Some(StepKind::Message(message)) => message.purpose == Purpose::Marketing || message.send.template().is_some(),
        _ => false,
    }
}
