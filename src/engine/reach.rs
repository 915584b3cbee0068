//! Reachability: all moments at which people can be at each step, exact to the second.
//!
//! A person at a step is known by `now` and by the time since the last inbound, `since`. Between two inbound messages
//! time passes only by fixed lengths and by calendar waits, so the moments that are possible at a step are a union of
//! [`Shape`]s, each a line along one number: *diagonals* (`since` fixed, any of a span of `now`), *levels* (`now` fixed
//! after a calendar wait, any of a span of `since`), and lines without an inbound. A reply sets `since` to 0, which makes
//! a diagonal of everything before it. Each move takes lines to lines without loss (`engine.md` 2.1 to 2.3), and what
//! was reached before is never followed again, so the search ends with exactly the possible moments.

use std::collections::BTreeMap;
use std::rc::Rc;
use std::sync::Arc;

use crate::model::{Funnel, Purpose, StepKind, Wait};

use super::calendar::{Piece, Place};
use super::clock::{DAY, WEEK};
use super::graph::Graph;
use super::machine::{Act, Consent, Machine, StepIndex};
use super::spans::Spans;

/// People may arrive on this many days from the start (`format.md`, "Time").
const ARRIVAL_DAYS: i64 = 366;
/// The search gives up past this many lines: no answer is then given where lines were left over.
const MOST_LINES: usize = 1_500_000;
/// 2100-01-01: beyond it no zone's clock changes are known, and all weeks are ordinary ones.
const LAST_CLOCK_CHANGES: i64 = 4_102_444_800;
/// A Monday at 00:00 in local seconds: ordinary weeks are counted from here.
const MONDAY: i64 = 4 * DAY;

const CALENDAR_AHEAD: u64 = 1 << 63;
const CONSENT_AHEAD: u64 = 1 << 62;
/// Attributes that are followed; a funnel that tests more of them twice is told that it cannot be proved.
const MOST_ATTRIBUTES: usize = 31;

/// Where `now` is counted.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Era {
    /// In instants, or in ordinary weeks where the funnel needs no more.
    First,
    /// In ordinary weeks, after the last instant that is followed one by one.
    Later,
}

/// A line of possible moments; the number that varies along it is named at each.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Shape {
    /// `since` is this; `now` varies.
    Diagonal(Era, i64),
    /// `now` is this; `since` varies.
    Level(Era, i64),
    /// No inbound yet; `now` varies.
    Unheard(Era),
    /// `since` is past all telling; `now` varies.
    Stale(Era),
    /// `now` no longer matters; `since` varies.
    Since,
    /// No inbound yet, and `now` no longer matters; nothing varies.
    UnheardAtAnyTime,
    /// `since` is past all telling, and `now` no longer matters; nothing varies.
    StaleAtAnyTime,
}

/// What is known of a person beside times; only what can still matter.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Default)]
pub struct Facts {
    /// Marketing consent.
    pub consent: Consent,
    /// Two bits for each attribute that is followed: 0 unknown, 1 holds, 2 does not.
    attributes: u64,
}

/// How a number on a line gives the number on the line that it came from.
#[derive(Debug, Clone, Copy)]
pub enum Back {
    /// Less this.
    Shift(i64),
    /// This less the number.
    Flip(i64),
    /// Any of these.
    Any(i64, i64),
    /// An answer: the number less `shift` is the `now` of the answer, on the clock of the line before; that line's
    /// numbers are from `first` to `last`.
    Answer { shift: i64, first: i64, last: i64 },
}

impl Back {
    /// Gives any number from which these came.
    fn before(self, first: i64, last: i64) -> Self {
        match self {
            Self::Shift(shift) => Self::Any(first - shift, last - shift),
            Self::Flip(sum) => Self::Any(sum - last, sum - first),
            Self::Any(..) => self,
            Self::Answer { first, last, .. } => Self::Any(first, last),
        }
    }

    /// Goes back as before from numbers that were shifted.
    fn shifted(self, by: i64) -> Self {
        match self {
            Self::Shift(shift) => Self::Shift(shift + by),
            Self::Flip(sum) => Self::Flip(sum + by),
            Self::Any(..) => self,
            Self::Answer { shift, first, last } => Self::Answer { shift: shift + by, first, last },
        }
    }
}

/// Where a part of a line came from.
#[derive(Debug, Clone, Copy)]
pub struct Source {
    /// The part.
    pub first: i64,
    pub last: i64,
    /// The line before; `None` where people enter.
    pub parent: Option<u32>,
    /// The output by which it left that line's step.
    pub out: u32,
    /// How its numbers go back.
    pub back: Back,
}

/// A line that was reached.
#[derive(Debug, Clone, Copy)]
pub struct Line {
    /// The step at which people are.
    pub step: StepIndex,
    /// What is known of them.
    pub facts: Facts,
    /// The line's shape.
    pub shape: Shape,
    /// The span of the number that varies.
    pub first: i64,
    pub last: i64,
    sources: (u32, u32),
}

/// A time that can pass, over all people.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Taken {
    /// The shortest, in seconds.
    pub min: i64,
    /// The longest; `None` is without bound.
    pub max: Option<i64>,
}

/// Everything that was reached.
#[derive(Debug)]
pub struct Reach {
    /// The table that was followed.
    pub machine: Arc<Machine>,
    /// All lines, in the order in which they were found.
    pub lines: Vec<Line>,
    sources: Vec<Source>,
    /// For each step and output, the time that it can take; `None` where nobody takes it.
    pub taken: Vec<Vec<Option<Taken>>>,
    /// For each step, whether lines that were left over can come to it.
    pub left_over: Vec<bool>,
    /// Where waits are asked in the first era, and its span of instants.
    first_place: Place,
    first_era: std::ops::Range<i64>,
    /// Whether the first era is ordinary weeks: the length of what repeats, else `None`.
    repeats: Option<i64>,
    /// The instant from which people arrive.
    pub start: i64,
}

struct Search {
    reach: Reach,
    graph: Graph,
    /// The step of each turn.
    by_turn: Vec<StepIndex>,
    ahead: Vec<u64>,
    /// For each attribute its place among those followed.
    slots: Vec<Option<u32>>,
    /// `since` beyond this is past all telling.
    cap: i64,
    /// Pieces of each calendar wait in both eras, made when first needed.
    pieces: BTreeMap<(StepIndex, Era), Rc<[Piece]>>,
    pending: BTreeMap<(u32, Facts), BTreeMap<Shape, Vec<Source>>>,
    reached: BTreeMap<(StepIndex, Facts, Shape), Spans>,
}

/// Finds everything that is reachable. `start` is the instant from which people arrive.
pub fn reach(funnel: &Funnel, machine: Machine, start: i64) -> Reach {
    let mut search = Search::new(funnel, machine, start);
    search.enter();
    while let Some(((turn, facts), lines)) = search.pending.pop_first() {
        if search.reach.lines.len() > MOST_LINES {
            search.pending.insert((turn, facts), lines);
            break;
        }
        let step = search.by_turn[turn as usize];
        for (shape, sources) in lines {
            for line in search.settle(step, facts, shape, sources) {
                search.post(line);
            }
        }
    }
    search.finish()
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
            reached: BTreeMap::new(),
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
    fn arrive(&mut self, step: StepIndex, facts: Facts, shape: Shape, part: Source) {
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
    }

    /// Joins what arrived on one line and keeps the parts that are new.
    fn settle(&mut self, step: StepIndex, facts: Facts, shape: Shape, mut sources: Vec<Source>) -> Vec<u32> {
        sources.sort_by_key(|source| source.first);
        let known = self.reached.entry((step, facts, shape)).or_default();
        let mut lines = Vec::new();
        let mut from = 0;
        while from < sources.len() {
            let first = sources[from].first;
            let (mut last, mut to) = (sources[from].last, from + 1);
            while to < sources.len() && sources[to].first <= last.saturating_add(1) {
                last = last.max(sources[to].last);
                to += 1;
            }
            for (first, last) in known.add(first, last) {
                let begin = self.reach.sources.len() as u32;
                let meeting = sources[from..to].iter().filter(|source| source.first <= last && source.last >= first);
                self.reach.sources.extend(meeting);
                let end = self.reach.sources.len() as u32;
                lines.push(self.reach.lines.len() as u32);
                self.reach.lines.push(Line { step, facts, shape, first, last, sources: (begin, end) });
            }
            from = to;
        }
        lines
    }

    /// Follows a line along every move that its step allows.
    fn post(&mut self, id: u32) {
        let line = self.reach.lines[id as usize];
        let (facts, all) = (line.facts, (line.first, line.last));
        let machine = Arc::clone(&self.reach.machine);
        match &machine.acts[line.step] {
            Act::Enter { .. } | Act::Send => self.pass(id, 0, 0, facts, all),
            Act::Wait(Wait::For(length)) => self.pass(id, 0, length.0, facts, all),
            Act::Wait(wait) => self.wait(id, wait),
            Act::Ask(question) => {
                if question.can_be_answered() {
                    for (option, (possible, effect)) in question.options.iter().enumerate() {
                        if *possible {
                            let facts = Facts { consent: facts.consent.after(*effect), ..facts };
                            self.answer(id, option, question.soonest, question.latest, facts);
                        }
                    }
                }
                if let (Some(timeout), true) = (question.timeout, question.may_be_silent) {
                    self.pass(id, question.options.len(), timeout, facts, all);
                }
            }
            Act::IfWindowOpen => {
                let open = self.reach.machine.window - 1;
                match line.shape {
                    Shape::Diagonal(_, since) => self.pass(id, usize::from(since > open), 0, facts, all),
                    Shape::Level(..) | Shape::Since => {
                        self.pass(id, 0, 0, facts, (line.first, line.last.min(open)));
                        self.pass(id, 1, 0, facts, (line.first.max(open + 1), line.last));
                    }
                    _ => self.pass(id, 1, 0, facts, all),
                }
            }
            Act::IfOptedIn => self.pass(id, usize::from(facts.consent != Consent::Given), 0, facts, all),
            Act::Split(weights) => {
                let weighted = weights.iter().any(|weight| *weight > 0.0);
                for (out, weight) in weights.iter().enumerate() {
                    if *weight > 0.0 || !weighted {
                        self.pass(id, out, 0, facts, all);
                    }
                }
            }
            Act::IfAttribute { attribute, some, others, .. } => {
                let slot = self.slots[*attribute];
                let known = slot.map_or(0, |slot| facts.attributes >> (2 * slot) & 3);
                for (out, possible) in [*some, *others].into_iter().enumerate() {
                    let value = out as u64 + 1;
                    if (known == 0 && possible) || known == value {
                        let attributes = facts.attributes | slot.map_or(0, |slot| value << (2 * slot));
                        self.pass(id, out, 0, Facts { attributes, ..facts }, all);
                    }
                }
            }
            Act::Exit(_) => {}
        }
    }

    /// A part of a line goes on after a fixed time.
    fn pass(&mut self, id: u32, out: usize, length: i64, facts: Facts, (first, last): (i64, i64)) {
        use Shape::{Diagonal, Level, Since, Stale, StaleAtAnyTime, Unheard, UnheardAtAnyTime};
        if first > last {
            return;
        }
        let shift = match self.reach.lines[id as usize].shape {
            UnheardAtAnyTime | StaleAtAnyTime => 0,
            _ => length,
        };
        let shape = match self.reach.lines[id as usize].shape {
            Diagonal(era, since) => Diagonal(era, since + length),
            Level(era, now) => Level(era, now + length),
            shape @ (Unheard(_) | Stale(_) | Since | UnheardAtAnyTime | StaleAtAnyTime) => shape,
        };
        self.go(
            id,
            out,
            facts,
            shape,
            (first + shift, last + shift, Back::Shift(shift)),
            Taken { min: length, max: Some(length) },
        );
    }

    /// Answers come from `soonest` to `latest` after a line.
    fn answer(&mut self, id: u32, out: usize, soonest: i64, latest: Option<i64>, facts: Facts) {
        let line = self.reach.lines[id as usize];
        let taken = Taken { min: soonest, max: latest };
        let (era, now) = match line.shape {
            Shape::Level(era, now) => (era, (now, now)),
            Shape::Diagonal(era, _) | Shape::Unheard(era) | Shape::Stale(era) => (era, (line.first, line.last)),
            Shape::Since | Shape::UnheardAtAnyTime | Shape::StaleAtAnyTime => {
                return self.go(id, out, facts, Shape::Since, (0, 0, Back::Any(line.first, line.last)), taken);
            }
        };
        let first = now.0 + soonest;
        let last = match (latest, era, self.reach.repeats) {
            (Some(latest), ..) => now.1 + latest,
            // Without bound: every later moment of the first era, and every moment of a week after it.
            (None, Era::First, None) => first.max(self.reach.first_era.end) + WEEK,
            (None, ..) => first + WEEK,
        };
        let back = Back::Answer { shift: 0, first: line.first, last: line.last };
        self.go(id, out, facts, Shape::Diagonal(era, 0), (first, last, back), taken);
    }

    /// A line meets a calendar wait.
    fn wait(&mut self, id: u32, wait: &Wait) {
        let line = self.reach.lines[id as usize];
        let (era, now) = match line.shape {
            Shape::Level(era, now) => (era, (now, now)),
            Shape::Diagonal(era, _) | Shape::Unheard(era) | Shape::Stale(era) => (era, (line.first, line.last)),
            // A calendar wait is ahead of itself, so `now` is known here.
            Shape::Since | Shape::UnheardAtAnyTime | Shape::StaleAtAnyTime => return,
        };
        let (place, range) = match (era, self.reach.repeats) {
            (Era::First, _) => (self.reach.first_place, self.reach.first_era.clone()),
            (Era::Later, _) => (Place::OrdinaryWeeks, MONDAY..MONDAY + WEEK),
        };
        let pieces =
            self.pieces.entry((line.step, era)).or_insert_with(|| place.pieces(wait, range).unwrap_or_default().into());
        let pieces = Rc::clone(pieces);
        let begin = pieces.partition_point(|piece| piece.last < now.0);
        for piece in pieces[begin..].iter().take_while(|piece| piece.first <= now.1) {
            let (early, late) = (now.0.max(piece.first), now.1.min(piece.last));
            let Some(until) = piece.until else {
                let part = if let Shape::Level(..) = line.shape { (line.first, line.last) } else { (early, late) };
                self.pass(id, 0, 0, line.facts, part);
                continue;
            };
            let taken = Taken { min: until - late, max: Some(until - early) };
            let (shape, part) = match line.shape {
                Shape::Diagonal(_, since) => {
                    let sum = since + until;
                    (Shape::Level(era, until), (sum - late, sum - early, Back::Flip(sum)))
                }
                Shape::Level(_, now) => {
                    let waited = until - now;
                    (Shape::Level(era, until), (line.first + waited, line.last + waited, Back::Shift(waited)))
                }
                shape => (shape, (until, until, Back::Any(early, late))),
            };
            self.go(id, 0, line.facts, shape, part, taken);
        }
    }

    fn go(&mut self, id: u32, out: usize, facts: Facts, shape: Shape, (first, last, back): (i64, i64, Back), taken: Taken) {
        let step = self.reach.lines[id as usize].step;
        let known = &mut self.reach.taken[step][out];
        *known = Some(known.map_or(taken, |known| Taken {
            min: known.min.min(taken.min),
            max: known.max.zip(taken.max).map(|(known, taken)| known.max(taken)),
        }));
        if let Some(next) = self.reach.machine.targets[step][out] {
            let part = Source { first, last, parent: Some(id), out: out as u32, back };
            self.arrive(next, facts, shape, part);
        }
    }

    /// Marks what is left over and gives what was found.
    fn finish(mut self) -> Reach {
        let mut open: Vec<StepIndex> = self.pending.keys().map(|(turn, _)| self.by_turn[*turn as usize]).collect();
        while let Some(step) = open.pop() {
            if !std::mem::replace(&mut self.reach.left_over[step], true) {
                open.extend(self.reach.machine.targets[step].iter().flatten());
            }
        }
        self.reach
    }
}

impl Reach {
    /// Where the part of a line that holds this number came from.
    pub fn source(&self, line: &Line, number: i64) -> Option<&Source> {
        let (begin, end) = line.sources;
        self.sources[begin as usize..end as usize].iter().find(|source| source.first <= number && number <= source.last)
    }

    /// The instant at which a person arrives whose `now` at the entry is this.
    pub fn arrival(&self, now: i64) -> i64 {
        let Some(period) = self.repeats else { return now };
        let local = self.machine.clock.local(self.start);
        let ahead = (now - local).rem_euclid(period);
        self.machine.clock.instant(local + ahead)
    }

    /// The first instant at which anybody may arrive at an entry.
    pub fn first_arrival(&self, entry: StepIndex) -> i64 {
        let Act::Enter { arrivals, .. } = self.machine.acts[entry] else { return self.start };
        let days = self.start..self.start + ARRIVAL_DAYS * DAY;
        self.machine.place().arrivals(arrivals, days).first().map_or(self.start, |span| span.start)
    }
}

/// Whether consent decides anything at a step: a marketing message, or any template.
fn matters_for_consent(funnel: &Funnel, step: StepIndex) -> bool {
    match &funnel.steps[step].kind {
        StepKind::Message(message) => message.purpose == Purpose::Marketing || message.send.template().is_some(),
        _ => false,
    }
}
