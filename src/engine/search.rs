//! The search: from the entries along every move, until nothing new is reached.

use std::collections::BTreeMap;
use std::rc::Rc;
use std::sync::Arc;

use crate::model::{Funnel, Purpose, StepKind, Wait};

use super::calendar::{Piece, Place};
use super::clock::{DAY, WEEK};
use super::graph::Graph;
use super::machine::{Act, Consent, Machine, StepIndex};
use super::reach::{ARRIVAL_DAYS, Back, Era, Facts, Line, Reach, Shape, Source};
use super::spans::Spans;

/// The search gives up past this many parts of lines: no answer is then given where lines were left over. It bounds time
/// to some seconds and memory to some hundred megabytes on any funnel.
const MOST_PARTS: usize = 2_000_000;
/// 2100-01-01: beyond it no zone's clock changes are known, and all weeks are ordinary ones.
const LAST_CLOCK_CHANGES: i64 = 4_102_444_800;
/// A Monday at 00:00 in local seconds: ordinary weeks are counted from here.
pub const MONDAY: i64 = 4 * DAY;

const CALENDAR_AHEAD: u64 = 1 << 63;
const CONSENT_AHEAD: u64 = 1 << 62;
/// Attributes that are followed; a funnel that asks more of them twice is told that it cannot be proved.
const MOST_ATTRIBUTES: usize = 31;

/// A search under way.
pub struct Search {
    pub reach: Reach,
    graph: Graph,
    /// The step of each turn.
    by_turn: Vec<StepIndex>,
    ahead: Vec<u64>,
    /// For each attribute its place among those followed.
    pub slots: Vec<Option<u32>>,
    /// `since` beyond this is past all telling.
    cap: i64,
    /// Pieces of each calendar wait in both eras, made when first needed.
    pub pieces: BTreeMap<(StepIndex, Era), Rc<[Piece]>>,
    pending: BTreeMap<(u32, Facts), BTreeMap<Shape, Vec<Source>>>,
    /// For each step what was reached before.
    reached: Vec<BTreeMap<Facts, BTreeMap<Shape, Spans>>>,
    /// How many parts of lines were put anywhere.
    parts: usize,
}

/// Finds everything that is reachable. `start` is the instant from which people arrive.
pub fn reach(funnel: &Funnel, machine: Machine, start: i64) -> Reach {
    let mut search = Search::new(funnel, machine, start);
    search.enter();
    while let Some(((turn, facts), lines)) = search.pending.pop_first() {
        let step = search.by_turn[turn as usize];
        for line in search.settle(step, facts, lines) {
            if search.parts > MOST_PARTS {
                return search.finish(Some(step));
            }
            search.post(line);
        }
    }
    search.finish(None)
}

impl Search {
    fn new(funnel: &Funnel, machine: Machine, start: i64) -> Self {
        let graph = Graph::of(&machine);
        let mut by_turn = vec![0; machine.acts.len()];
        graph.turn.iter().enumerate().for_each(|(step, turn)| by_turn[*turn as usize] = step);
        let in_cycle = graph.in_cycle(&machine);
        let mut tests = vec![0; machine.attributes];
        for (step, act) in machine.acts.iter().enumerate() {
            if let Act::IfAttribute { attribute, .. } = act {
                // What is asked again must be answered alike.
                tests[*attribute] += if in_cycle[step] { 2 } else { 1 };
            }
        }
        let mut next_slot = 0;
        let slots: Vec<Option<u32>> = tests
            .iter()
            .map(|tests| {
                let followed = *tests > 1 && next_slot < MOST_ATTRIBUTES as u32;
                next_slot += u32::from(followed);
                followed.then(|| next_slot - 1)
            })
            .collect();
        let untold = tests.iter().zip(&slots).any(|(tests, slot)| *tests > 1 && slot.is_none());

        let ahead = graph.ahead(&machine, |step| match &machine.acts[step] {
            Act::Wait(wait) if !matches!(wait, Wait::For(_)) => CALENDAR_AHEAD,
            Act::IfOptedIn => CONSENT_AHEAD,
            Act::IfAttribute { attribute, .. } => slots[*attribute].map_or(0, |slot| 1 << slot),
            Act::Send | Act::Ask(_) if matters_for_consent(funnel, step) => CONSENT_AHEAD,
            _ => 0,
        });

        // Time that can pass without an inbound, and with one, until a step is passed twice.
        let calendar = |wait: &Wait| match wait {
            Wait::For(length) => length.0,
            Wait::Date(date) => (machine.clock.instant_of(*date) - start).max(0),
            Wait::Until { .. } | Wait::SendHours { .. } => WEEK + DAY,
        };
        let silent = graph.longest_span(&machine, |step| match &machine.acts[step] {
            Act::Wait(wait) => calendar(wait),
            Act::Ask(question) => question.timeout.unwrap_or(0),
            _ => 0,
        });
        let in_all = graph.longest_span(&machine, |step| match &machine.acts[step] {
            Act::Wait(wait) => calendar(wait),
            Act::Ask(question) => question.timeout.or(question.latest).unwrap_or(0),
            _ => 0,
        });
        // After the span that no acyclic journey outlasts comes another year, so that whoever is still there (a late
        // answer, a cycle) meets every clock change of a year before the weeks become ordinary ones.
        let year = ARRIVAL_DAYS * DAY;
        let end = start.saturating_add(2 * year).saturating_add(in_all).min(LAST_CLOCK_CHANGES.max(start + 2 * year));
        let first_era = start..end;
        let waits = || machine.acts.iter().filter_map(|act| if let Act::Wait(wait) = act { Some(wait) } else { None });
        let dated = waits().any(|wait| matches!(wait, Wait::Date(_)));
        let calendars = waits().any(|wait| !matches!(wait, Wait::For(_)));
        let weekly = |days: &indexmap::IndexSet<crate::model::Day>| !days.is_empty();
        let by_weekday =
            waits().any(|wait| matches!(wait, Wait::Until { days, .. } | Wait::SendHours { days, .. } if weekly(days)));
        let steady = !dated && (!calendars || machine.clock.seasons(first_era.clone()).len() == 1);
        let repeats = steady.then_some(if by_weekday { WEEK } else { DAY });
        let first_place = if steady { Place::OrdinaryWeeks } else { machine.place() };
        let first_era = repeats.map_or(first_era, |period| MONDAY..MONDAY + period);

        let cap = machine.window.saturating_add(silent);
        let size = machine.acts.len();
        let reach = Reach {
            taken: machine.targets.iter().map(|outs| vec![None; outs.len()]).collect(),
            machine: Arc::new(machine),
            lines: Vec::new(),
            sources: Vec::new(),
            left_over: vec![untold; size],
            first_place,
            first_era,
            repeats,
            start,
        };
        Self {
            reach,
            graph,
            by_turn,
            ahead,
            slots,
            cap,
            pieces: BTreeMap::new(),
            pending: BTreeMap::new(),
            reached: vec![BTreeMap::new(); size],
            parts: 0,
        }
    }

    /// People arrive at every entry.
    fn enter(&mut self) {
        let arriving = match self.reach.repeats {
            Some(period) => MONDAY..MONDAY + period,
            None => self.reach.start..self.reach.start + ARRIVAL_DAYS * DAY,
        };
        for step in 0..self.reach.machine.acts.len() {
            let Act::Enter { inbound, opted_in, arrivals } = self.reach.machine.acts[step] else { continue };
            let shape = if inbound { Shape::Diagonal(Era::First, 0) } else { Shape::Unheard(Era::First) };
            let facts = Facts { consent: Consent::at_entry(opted_in), attributes: 0 };
            for span in self.reach.first_place.arrivals(arrivals, arriving.clone()) {
                let source = Source { first: span.start, last: span.end - 1, parent: None, out: 0, back: Back::Shift(0) };
                self.arrive(step, facts, shape, source);
            }
        }
    }

    /// Puts a part of a line where it belongs: past telling, off the clock, or into the era and period that it falls in.
    pub fn arrive(&mut self, step: StepIndex, facts: Facts, shape: Shape, part: Source) {
        use Shape::{Diagonal, Level, Since, Stale, StaleAtAnyTime, Unheard, UnheardAtAnyTime};
        if part.first > part.last {
            return;
        }
        match shape {
            Diagonal(era, since) if since > self.cap => return self.arrive(step, facts, Stale(era), part),
            Level(..) | Since if part.last > self.cap => {
                let back = part.back.before(part.first.max(self.cap + 1), part.last);
                let (stale, now) = if let Level(era, now) = shape { (Stale(era), now) } else { (StaleAtAnyTime, 0) };
                self.arrive(step, facts, stale, Source { first: now, last: now, back, ..part });
                return self.arrive(step, facts, shape, Source { last: self.cap, ..part });
            }
            _ => {}
        }
        if self.ahead[step] & CALENDAR_AHEAD == 0 {
            let back = part.back.before(part.first, part.last);
            let (shape, part) = match shape {
                Diagonal(_, since) => (Since, Source { first: since, last: since, back, ..part }),
                Level(..) | Since => (Since, part),
                Unheard(_) | UnheardAtAnyTime => (UnheardAtAnyTime, Source { first: 0, last: 0, back, ..part }),
                Stale(_) | StaleAtAnyTime => (StaleAtAnyTime, Source { first: 0, last: 0, back, ..part }),
            };
            return self.enqueue(step, facts, shape, part);
        }
        let (now, era) = match shape {
            Level(era, now) => ((now, now), era),
            Diagonal(era, _) | Unheard(era) | Stale(era) => ((part.first, part.last), era),
            // Where the calendar still matters, `now` was never dropped.
            Since | UnheardAtAnyTime | StaleAtAnyTime => return,
        };
        for (era, shift, first, last) in self.laps(era, now.0, now.1) {
            let moved = Source { first: first + shift, last: last + shift, back: part.back.shifted(shift), ..part };
            match shape {
                Level(_, now) => self.enqueue(step, facts, Level(era, now + shift), part),
                Diagonal(_, since) => self.enqueue(step, facts, Diagonal(era, since), moved),
                Unheard(_) => self.enqueue(step, facts, Unheard(era), moved),
                _ => self.enqueue(step, facts, Stale(era), moved),
            }
        }
    }

    /// Cuts a span of `now` where the weeks repeat: for each part its era, what to add to bring it there, and its ends.
    fn laps(&self, era: Era, first: i64, last: i64) -> Vec<(Era, i64, i64, i64)> {
        let mut laps = Vec::new();
        let (period, from, later, to_local) = match (era, self.reach.repeats) {
            (Era::First, Some(period)) => (period, first, Era::First, 0),
            (Era::Later, _) => (WEEK, first, Era::Later, 0),
            (Era::First, None) => {
                let end = self.reach.first_era.end;
                if first < end {
                    laps.push((Era::First, 0, first, last.min(end - 1)));
                }
                // Past the first era the clock shows local time for good.
                (WEEK, first.max(end), Era::Later, self.reach.machine.clock.offset(end))
            }
        };
        // A span of a whole period is every moment of it.
        let last = last.min(from.saturating_add(period - 1));
        let lap_of = |now: i64| (now + to_local - MONDAY).div_euclid(period);
        if from <= last {
            for lap in lap_of(from)..=lap_of(last) {
                let shift = to_local - lap * period;
                let begins = MONDAY - shift;
                laps.push((later, shift, from.max(begins), last.min(begins + period - 1)));
            }
        }
        laps
    }

    fn enqueue(&mut self, step: StepIndex, facts: Facts, shape: Shape, part: Source) {
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
        let turn = self.graph.turn[step];
        self.pending.entry((turn, kept)).or_default().entry(shape).or_default().push(part);
        self.parts += 1;
    }

    /// Joins what arrived at a step and keeps the parts that are new.
    fn settle(&mut self, step: StepIndex, facts: Facts, arrived: BTreeMap<Shape, Vec<Source>>) -> std::ops::Range<u32> {
        let begin = self.reach.lines.len() as u32;
        let known = self.reached[step].entry(facts).or_default();
        for (shape, mut sources) in arrived {
            sources.sort_by_key(|source| source.first);
            let known = known.entry(shape).or_default();
            let mut from = 0;
            while from < sources.len() {
                let first = sources[from].first;
                let (mut last, mut to) = (sources[from].last, from + 1);
                while to < sources.len() && sources[to].first <= last.saturating_add(1) {
                    last = last.max(sources[to].last);
                    to += 1;
                }
                for (first, last) in known.add(first, last) {
                    let meeting = sources[from..to].iter().filter(|source| source.first <= last && source.last >= first);
                    let begin = self.reach.sources.len() as u32;
                    self.reach.sources.extend(meeting);
                    let sources = (begin, self.reach.sources.len() as u32);
                    self.reach.lines.push(Line { step, facts, shape, first, last, sources });
                }
                from = to;
            }
        }
        begin..self.reach.lines.len() as u32
    }

    /// Marks what is left over, from the step at which the search gave up, and gives what was found.
    fn finish(mut self, gave_up_at: Option<StepIndex>) -> Reach {
        let pending = self.pending.keys().map(|(turn, _)| self.by_turn[*turn as usize]);
        let mut open: Vec<StepIndex> = pending.chain(gave_up_at).collect();
        while let Some(step) = open.pop() {
            if !std::mem::replace(&mut self.reach.left_over[step], true) {
                open.extend(self.reach.machine.targets[step].iter().flatten());
            }
        }
        self.reach
    }
}

/// Whether consent decides anything at a step: a marketing message, or any template.
fn matters_for_consent(funnel: &Funnel, step: StepIndex) -> bool {
    match &funnel.steps[step].kind {
        StepKind::Message(message) => message.purpose == Purpose::Marketing || message.send.template().is_some(),
        _ => false,
    }
}
