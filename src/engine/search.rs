//! The search: from the entries along every move, until nothing new is reached.

use std::collections::BTreeMap;
use std::rc::Rc;
use std::sync::Arc;

use crate::model::Funnel;

use super::calendar::Piece;
use super::clock::{DAY, WEEK};
use super::machine::{Act, Consent, Machine, StepIndex};
use super::plan::{CALENDAR_AHEAD, CONSENT_AHEAD, MONDAY, Plan, Timing};
use super::reach::{ARRIVAL_DAYS, Back, Era, Facts, Line, Reach, Shape, Source};
use super::spans::Spans;

/// The search gives up past this many parts of lines: no answer is then given where lines were left over. It bounds time
/// to some seconds and memory to some hundred megabytes on any funnel.
const MOST_PARTS: usize = 2_000_000;

/// A search under way.
pub struct Search {
    pub reach: Reach,
    pub plan: Plan,
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
    let mut search = Search::new(funnel, machine, start, None);
    search.enter();
    search.run()
}

impl Search {
    /// A search at its beginning; `timing` is how another search counts time, where this one goes on from its lines.
    pub fn new(funnel: &Funnel, machine: Machine, start: i64, timing: Option<&Timing>) -> Self {
        let mut plan = Plan::of(funnel, &machine, start);
        if let Some(timing) = timing {
            plan.timing.clone_from(timing);
        }
        let size = machine.acts.len();
        let reach = Reach {
            taken: machine.targets.iter().map(|outs| vec![None; outs.len()]).collect(),
            machine: Arc::new(machine),
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
            reached: vec![BTreeMap::new(); size],
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
        for step in 0..self.reach.machine.acts.len() {
            let Act::Enter { inbound, opted_in, arrivals } = self.reach.machine.acts[step] else { continue };
            let shape = if inbound { Shape::Diagonal(Era::First, 0) } else { Shape::Unheard(Era::First) };
            let facts = Facts { consent: Consent::at_entry(opted_in), attributes: 0 };
            for span in self.reach.timing.place.arrivals(arrivals, arriving.clone()) {
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

    /// Cuts a span of `now` where the weeks repeat: for each part its era, what to add to bring it there, and its ends.
    fn laps(&self, era: Era, first: i64, last: i64) -> Vec<(Era, i64, i64, i64)> {
        let mut laps = Vec::new();
        let (period, from, later, to_local) = match (era, self.reach.timing.repeats) {
            (Era::First, Some(period)) => (period, first, Era::First, 0),
            (Era::Later, _) => (WEEK, first, Era::Later, 0),
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
        let ahead = self.plan.ahead[step];
        let mut kept = facts;
        if ahead & CONSENT_AHEAD == 0 {
            kept.consent = Consent::Never;
        }
        for slot in self.plan.slots.iter().flatten() {
            if ahead & (1 << slot) == 0 {
                kept.attributes &= !(3 << (2 * slot));
            }
        }
        let turn = self.plan.turn[step];
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
