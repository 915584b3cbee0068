//! The search: from the entries along every move, until nothing new is reached.

use std::collections::BTreeMap;
use std::rc::Rc;
use std::sync::Arc;

use crate::model::Funnel;

use super::calendar::Piece;
use super::clock::{DAY, WEEK};
use super::machine::{Act, Consent, Machine, StepIndex};
use super::plan::{CALENDAR_AHEAD, MONDAY, Plan, Timing};
use super::reach::{ARRIVAL_DAYS, Back, Era, Facts, Line, Reach, Shape, Source};
use super::spans::{AgedSpans, Spans};

/// The search gives up past this many parts of lines: no answer is then given where lines were left over. It bounds time
/// to some seconds and memory to some hundred megabytes on any funnel.
const MOST_PARTS: usize = 2_000_000;

/// An age beyond all others.
const FOR_EVER: i64 = i64::MAX / 4;

/// A search under way.
pub struct Search {
    pub reach: Reach,
    pub plan: Plan,
    /// Pieces of each calendar wait in both eras, made when first needed.
    pub pieces: BTreeMap<(StepIndex, Era), Rc<[Piece]>>,
    pending: BTreeMap<(u32, Facts), BTreeMap<Shape, Vec<Source>>>,
    /// For each step what was reached before.
    reached: Vec<BTreeMap<Facts, Known>>,
    /// How many parts of lines were put anywhere.
    parts: usize,
}

/// What was reached at one step with the same facts.
#[derive(Default)]
struct Known {
    lines: BTreeMap<Shape, Spans>,
    /// The same past a change of the clocks, which is only worth knowing where it is not possible without one.
    past_change: BTreeMap<Shape, AgedSpans>,
}

impl Known {
    /// The parts of a line that are new, which from now on are known, each with its age.
    fn add(&mut self, shape: Shape, first: i64, last: i64, age: i64, leap: i64) -> Vec<(i64, i64, i64)> {
        let with = |age: i64, parts: Vec<(i64, i64)>| parts.into_iter().map(move |(first, last)| (first, last, age));
        if !shape.era().is_some_and(Era::is_past_change) {
            return with(age, self.lines.entry(shape).or_default().add(first, last)).collect();
        }
        let without = match shape.era() {
            Some(Era::After(_)) => self.lines.get(&shape.in_era(Era::First)),
            _ => None,
        };
        let new = without.map_or_else(|| vec![(first, last)], |without| without.missing(first, last));
        let mut parts = Vec::new();
        for (first, last) in new {
            let (new, age) = self.past_change.entry(shape).or_default().add(first, last, age, leap);
            parts.extend(with(age, new));
        }
        parts
    }
}

/// Finds everything that is reachable. `start` is the instant from which people arrive.
pub fn reach(funnel: &Funnel, machine: Machine, start: i64) -> Reach {
    let machine = Arc::new(machine);
    let mut search = Search::new(Plan::of(funnel, &machine, start), machine, start);
    search.enter();
    search.run()
}

/// The same instant by instant, where ordinary weeks with their changes of the clocks have left a doubt. `None` where that
/// is more than can be followed.
pub fn reach_by_instants(funnel: &Funnel, weeks: &Reach) -> Option<Reach> {
    if weeks.timing.changes.kinds.is_empty() {
        return None;
    }
    let plan = Plan::of(funnel, &weeks.machine, weeks.start);
    let timing = Timing::by_instants(&weeks.machine, weeks.start, plan.span);
    let laps = (timing.era.end - timing.era.start) / weeks.timing.repeats?;
    // What was too much already may be less this way: a short cycle.
    let given_up = weeks.left_over.contains(&true);
    let levels = weeks.lines.iter().filter(|line| matches!(line.shape, Shape::Level(Era::First, _))).count();
    if !given_up && levels as i64 * laps > MOST_PARTS as i64 {
        return None;
    }
    let mut search = Search::new(Plan { timing, ..plan }, Arc::clone(&weeks.machine), weeks.start);
    search.enter();
    let instants = search.run();
    (!instants.left_over.contains(&true)).then_some(instants)
}

impl Search {
    /// A search at its beginning.
    pub fn new(plan: Plan, machine: Arc<Machine>, start: i64) -> Self {
        let size = machine.acts.len();
        let reach = Reach {
            taken: machine.targets.iter().map(|outs| vec![None; outs.len()]).collect(),
            machine,
            lines: Vec::new(),
            sources: Vec::new(),
            left_over: vec![plan.untold; size],
            timing: plan.timing.clone(),
            start,
        };
        Self {
            reach,
            plan,
            pieces: BTreeMap::new(),
            pending: BTreeMap::new(),
            reached: (0..size).map(|_| BTreeMap::new()).collect(),
            parts: 0,
        }
    }

    /// Follows what arrived until nothing new is reached.
    pub fn run(mut self) -> Reach {
        while let Some(((turn, facts), lines)) = self.pending.pop_first() {
            let step = self.plan.by_turn[turn as usize];
            for line in self.settle(step, facts, lines) {
                if self.parts > MOST_PARTS {
                    return self.finish(Some(step));
                }
                self.post(line);
            }
        }
        self.finish(None)
    }

    /// People arrive at every entry.
    fn enter(&mut self) {
        let arriving = match self.reach.timing.repeats {
            Some(period) => MONDAY..MONDAY + period,
            None => self.reach.start..self.reach.start + ARRIVAL_DAYS * DAY,
        };
        let (timing, place) = (self.reach.timing.clone(), self.reach.machine.place());
        let last_day = self.reach.start + ARRIVAL_DAYS * DAY;
        for step in 0..self.reach.machine.acts.len() {
            let Act::Enter { inbound, opted_in, arrivals } = self.reach.machine.acts[step] else { continue };
            let shape = if inbound { Shape::Diagonal(Era::First, 0) } else { Shape::Unheard(Era::First) };
            let facts = Facts { consent: Consent::at_entry(opted_in), attributes: 0 };
            let mut enter = |shape, first, last| {
                let came =
                    Source { first, last, parent: None, out: 0, back: Back::Shift(0), changed: None, age: 0, sure: true };
                self.arrive(step, facts, shape, came);
            };
            for span in timing.place.arrivals(arrivals, arriving.clone()) {
                enter(shape, span.start, span.end - 1);
            }
            // Some arrive when the clocks have just changed.
            for (kind, change) in timing.changes.kinds.iter().enumerate() {
                let met = change.instants.iter().filter(|instant| **instant < last_day);
                for met in met {
                    for span in place.arrivals(arrivals, *met..*met + change.near) {
                        enter(shape.in_era(Era::Near(kind as u8)), span.start - met, span.end - 1 - met);
                    }
                }
            }
        }
    }

    /// Puts a part of a line where it belongs: past telling, off the clock, or into the era and period that it falls in.
    pub fn arrive(&mut self, step: StepIndex, facts: Facts, shape: Shape, part: Source) {
        use Shape::{Diagonal, Level, Since, Stale, StaleAtAnyTime, Unheard, UnheardAtAnyTime};
        if part.first > part.last {
            return;
        }
        if matches!(shape.era(), Some(Era::After(_))) && part.age >= self.reach.timing.changes.renewed {
            // By now the next change may be as near as it may be to anybody.
            return self.arrive(step, facts, shape.in_era(Era::First), Source { age: FOR_EVER, sure: false, ..part });
        }
        match shape {
            Diagonal(era, since) if since > self.plan.cap => return self.arrive(step, facts, Stale(era), part),
            Level(..) | Since if part.last > self.plan.cap => {
                let back = part.back.before(part.first.max(self.plan.cap + 1), part.last);
                let (stale, now) = if let Level(era, now) = shape { (Stale(era), now) } else { (StaleAtAnyTime, 0) };
                self.arrive(step, facts, stale, Source { first: now, last: now, back, ..part });
                return self.arrive(step, facts, shape, Source { last: self.plan.cap, ..part });
            }
            _ => {}
        }
        if self.plan.ahead[step] & CALENDAR_AHEAD == 0 {
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

    /// The length of what repeats after the changes of the clocks.
    fn period(&self) -> i64 {
        self.reach.timing.repeats.unwrap_or(WEEK)
    }

    /// Cuts a span of `now` where the weeks repeat: for each part its era, what to add to bring it there, and its ends.
    fn laps(&self, era: Era, first: i64, last: i64) -> Vec<(Era, i64, i64, i64)> {
        let mut laps = Vec::new();
        let (period, from, later, to_local) = match (era, self.reach.timing.repeats) {
            (Era::First, Some(period)) => (period, first, Era::First, 0),
            (Era::Later, _) => (WEEK, first, Era::Later, 0),
            (Era::After(_), _) => (self.period(), first, era, 0),
            (Era::Near(kind), _) => {
                let change = &self.reach.timing.changes.kinds[usize::from(kind)];
                if first < change.near {
                    laps.push((era, 0, first, last.min(change.near - 1)));
                }
                (self.period(), first.max(change.near), Era::After(kind), change.at + change.shift)
            }
            (Era::First, None) => {
                let end = self.reach.timing.era.end;
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
        let kept = self.plan.still_matters(step, facts);
        let turn = self.plan.turn[step];
        self.pending.entry((turn, kept)).or_default().entry(shape).or_default().push(part);
        self.parts += 1;
    }

    /// Joins what arrived at a step and keeps the parts that are new.
    fn settle(&mut self, step: StepIndex, facts: Facts, arrived: BTreeMap<Shape, Vec<Source>>) -> std::ops::Range<u32> {
        let begin = self.reach.lines.len() as u32;
        let known = self.reached[step].entry(facts).or_default();
        let leap = (self.reach.timing.changes.renewed / 8).max(1);
        for (shape, sources) in arrived {
            // Those who took little time first: the more surely somebody is here.
            let mut by_age: BTreeMap<(bool, i64), Vec<Source>> = BTreeMap::new();
            for source in sources {
                by_age.entry((!source.sure, source.age / self.reach.timing.changes.alike_age)).or_default().push(source);
            }
            for ((unsure, _), mut sources) in by_age {
                let sure = !unsure;
                sources.sort_by_key(|source| source.first);
                let mut from = 0;
                while from < sources.len() {
                    let Source { first, mut last, mut age, .. } = sources[from];
                    let mut to = from + 1;
                    while to < sources.len() && sources[to].first <= last.saturating_add(1) {
                        last = last.max(sources[to].last);
                        age = age.max(sources[to].age);
                        to += 1;
                    }
                    for (first, last, age) in known.add(shape, first, last, age, leap) {
                        let meeting = sources[from..to].iter().filter(|source| source.first <= last && source.last >= first);
                        let begin = self.reach.sources.len() as u32;
                        self.reach.sources.extend(meeting);
                        let sources = (begin, self.reach.sources.len() as u32);
                        self.reach.lines.push(Line { step, facts, shape, first, last, sources, age, sure });
                    }
                    from = to;
                }
            }
        }
        begin..self.reach.lines.len() as u32
    }

    /// Marks what is left over, from the step at which the search gave up, and gives what was found.
    fn finish(mut self, gave_up_at: Option<StepIndex>) -> Reach {
        let pending = self.pending.keys().map(|(turn, _)| self.plan.by_turn[*turn as usize]);
        let mut open: Vec<StepIndex> = pending.chain(gave_up_at).collect();
        while let Some(step) = open.pop() {
            if !std::mem::replace(&mut self.reach.left_over[step], true) {
                open.extend(self.reach.machine.targets[step].iter().flatten());
            }
        }
        self.reach
    }
}
