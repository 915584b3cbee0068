//! The search: from the entries along every move, until nothing new is reached.

use std::collections::BTreeMap;
use std::iter::Peekable;
use std::rc::Rc;
use std::sync::{Arc, OnceLock};

use crate::model::Funnel;

use super::again::{Before, Kept};
use super::calendar::Piece;
use super::clock::DAY;
use super::known::Known;
use super::machine::{Act, Consent, Machine, StepIndex};
use super::moves::From;
use super::plan::{CALENDAR_AHEAD, MONDAY, Plan, Timing};
use super::reach::{ARRIVAL_DAYS, Back, Era, Extent, Facts, Here, LineId, Part, Reach, Shape, Source};

/// The search gives up past this many parts of lines: no answer is then given where lines were left over. It bounds time
/// to some seconds and memory to some hundred megabytes on any funnel.
const MOST_PARTS: usize = 2_000_000;

/// An age beyond all others.
const FOR_EVER: i64 = i64::MAX / 4;

/// A search under way.
pub struct Search {
    pub reach: Reach,
    /// Pieces of each calendar wait in both eras, made when first needed.
    pub pieces: BTreeMap<(StepIndex, Era), Rc<[Piece]>>,
    /// What came to steps and was not looked at yet, by the turn of the step.
    pending: BTreeMap<(u32, Facts), usize>,
    /// The same by the numbers that `pending` gives; those that are free; and the one that was last put into.
    arrived: Vec<Vec<Arrival>>,
    free: Vec<usize>,
    last: Option<((u32, Facts), usize)>,
    /// What was reached before, of those that are looked at more than once.
    known: Known,
    /// For each step how far what came there goes.
    extents: Vec<Extent>,
    /// How many parts of lines were put anywhere.
    parts: usize,
    /// For each step whether its lines are known from an earlier search.
    kept: Vec<bool>,
    /// For each of these whether it leads to one that is not.
    leads_on: Vec<bool>,
    /// In which order the kept lines were found.
    kept_order: Peekable<std::vec::IntoIter<(u32, u32)>>,
}

/// A part of a line that came to a step.
#[derive(Debug, Clone, Copy)]
pub struct Arrival {
    pub shape: Shape,
    /// Those of a lower rank took less time: the more surely somebody is here.
    pub rank: u64,
    pub part: Part,
}

/// Finds everything that is reachable. `start` is the instant from which people arrive.
pub fn reach(funnel: &Funnel, machine: Machine, start: i64) -> Reach {
    let mut search = Search::new(Plan::of(funnel, &machine, start), Arc::new(machine), start);
    search.enter();
    search.run()
}

/// The same, and what was reached before is taken over where nothing that leads there has changed.
pub fn reach_again(before: &Before<'_>, funnel: &Funnel, machine: Machine, start: i64) -> Arc<Reach> {
    again(Some(before), Plan::of(funnel, &machine, start), Arc::new(machine), start)
}

/// The same instant by instant, where ordinary weeks with their changes of the clocks have left a doubt. `None` where that
/// is more than can be followed.
pub fn reach_by_instants(funnel: &Funnel, weeks: &Reach, before: Option<&Before<'_>>) -> Option<Arc<Reach>> {
    if weeks.timing.changes.kinds.is_empty() {
        return None;
    }
    let plan = Plan::of(funnel, &weeks.machine, weeks.start);
    let timing = Timing::by_instants(&weeks.machine, weeks.start, plan.span);
    let laps = (timing.era.end - timing.era.start) / weeks.timing.repeats?;
    // What was too much already may be less this way: a short cycle.
    let given_up = weeks.left_over.contains(&true);
    let levels = weeks.lines().filter(|(_, line)| matches!(line.shape, Shape::Level(Era::First, _))).count();
    if !given_up && levels as i64 * laps > MOST_PARTS as i64 {
        return None;
    }
    let instants = again(before, Plan { timing, ..plan }, Arc::clone(&weeks.machine), weeks.start);
    (!instants.left_over.contains(&true)).then_some(instants)
}

fn again(before: Option<&Before<'_>>, plan: Plan, machine: Arc<Machine>, start: i64) -> Arc<Reach> {
    let kept = before.and_then(|before| Some((before, before.kept(&machine, &plan, start)?)));
    if let Some((before, kept)) = &kept {
        if kept.is_all(before.reach) && machine == before.reach.machine {
            return Arc::clone(before.reach);
        }
        let mut search = Search::new(plan.clone(), Arc::clone(&machine), start);
        search.take_over(before.reach, kept);
        search.enter();
        let reach = search.run();
        // Where it is too much, the lines that are left over must be those that are left over at first.
        if !reach.left_over.contains(&true) {
            return Arc::new(reach);
        }
    }
    let mut search = Search::new(plan, machine, start);
    search.enter();
    Arc::new(search.run())
}

impl Search {
    /// A search at its beginning.
    pub fn new(plan: Plan, machine: Arc<Machine>, start: i64) -> Self {
        let size = machine.acts.len();
        let reach = Reach {
            taken: machine.targets.iter().map(|outs| vec![None; outs.len()]).collect(),
            machine,
            here: (0..size).map(|_| Arc::new(Here::default())).collect(),
            order: Vec::new(),
            left_over: vec![plan.untold; size],
            timing: plan.timing.clone(),
            plan: Arc::new(plan),
            start,
            searched: size,
            costs: OnceLock::new(),
        };
        Self {
            reach,
            pieces: BTreeMap::new(),
            pending: BTreeMap::new(),
            arrived: Vec::new(),
            free: Vec::new(),
            last: None,
            known: Known::default(),
            extents: vec![Extent::default(); size],
            parts: 0,
            kept: vec![false; size],
            leads_on: vec![false; size],
            kept_order: Vec::new().into_iter().peekable(),
        }
    }

    /// Takes over what an earlier search reached.
    fn take_over(&mut self, before: &Reach, kept: &Kept) {
        let moved = kept.moved_to(before.here.len());
        for (step, place) in kept.same.iter().enumerate() {
            let Some(place) = *place else { continue };
            let here = &before.here[place];
            self.reach.here[step] = if kept.all_stay { Arc::clone(here) } else { Arc::new(here.moved(&moved)) };
            if kept.alike[step] {
                self.reach.taken[step].clone_from(&before.taken[place]);
            }
            self.parts += here.extent.parts;
            self.kept[step] = true;
            self.reach.searched -= 1;
        }
        let leads_on = |step: StepIndex| {
            self.kept[step] && {
                !kept.alike[step] || self.reach.machine.targets[step].iter().flatten().any(|to| !self.kept[*to])
            }
        };
        self.leads_on = (0..self.kept.len()).map(leads_on).collect();
        let order: Vec<(u32, u32)> =
            before.order.iter().filter_map(|(step, batch)| Some((moved[*step as usize]? as u32, *batch))).collect();
        self.kept_order = order.into_iter().peekable();
    }

    /// Follows what arrived until nothing new is reached.
    pub fn run(mut self) -> Reach {
        let (machine, plan) = (Arc::clone(&self.reach.machine), Arc::clone(&self.reach.plan));
        loop {
            // What an earlier search found comes in its turn, so that all is found in the order of a whole search.
            let kept = self.kept_order.peek().map(|(step, batch)| {
                let (step, batch) = (*step as usize, *batch as usize);
                (plan.graph.turn[step], self.reach.here[step].batches[batch].0)
            });
            let pending = self.pending.first_key_value().map(|(key, _)| *key);
            let (step, batch) = match (kept, pending) {
                (None, None) => return self.finish(None),
                (Some(kept), pending) if pending.is_none_or(|pending| kept < pending) => {
                    let Some((step, batch)) = self.kept_order.next() else { continue };
                    self.reach.order.push((step, batch));
                    if !self.leads_on[step as usize] {
                        continue;
                    }
                    (step as usize, batch as usize)
                }
                _ => {
                    let Some(((turn, facts), number)) = self.pending.pop_first() else { continue };
                    let step = plan.graph.by_turn[turn as usize];
                    let Some(batch) = self.settle(step, facts, number) else { continue };
                    (step, batch)
                }
            };
            for place in self.reach.here[step].batch(batch) {
                if self.parts > MOST_PARTS {
                    return self.finish(Some(step));
                }
                let id = LineId::new(step, place);
                let line = self.reach.here[step].lines[place];
                self.post(&From { id, line, machine: &machine, plan: &plan });
            }
        }
    }

    /// Whether what goes to this step is known already.
    pub fn is_kept(&self, step: StepIndex) -> bool {
        self.kept[step]
    }

    /// People arrive at every entry.
    fn enter(&mut self) {
        let arriving = match self.reach.timing.repeats {
            Some(period) => MONDAY..MONDAY + period,
            None => self.reach.start..self.reach.start + ARRIVAL_DAYS * DAY,
        };
        let (timing, place) = (self.reach.timing.clone(), self.reach.machine.place());
        let last_day = self.reach.start + ARRIVAL_DAYS * DAY;
        for step in (0..self.reach.machine.acts.len()).filter(|step| !self.kept[*step]).collect::<Vec<_>>() {
            let Act::Enter { inbound, opted_in, arrivals } = self.reach.machine.acts[step] else { continue };
            let shape = if inbound { Shape::Diagonal(Era::First, 0) } else { Shape::Unheard(Era::First) };
            let facts = Facts { consent: Consent::at_entry(opted_in), attributes: 0 };
            let mut enter = |shape, first, last| {
                let source = Source { first, last, parent: None, out: 0, back: Back::Shift(0), changed: None };
                self.arrive(step, facts, shape, Part { source, age: 0, sure: true });
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
    pub fn arrive(&mut self, step: StepIndex, facts: Facts, shape: Shape, part: Part) {
        use Shape::{Diagonal, Level, Since, Stale, StaleAtAnyTime, Unheard, UnheardAtAnyTime};
        let Part { source, age, sure } = part;
        if source.first > source.last {
            return;
        }
        let extent = &mut self.extents[step];
        if matches!(shape.era(), Some(Era::After(_))) {
            extent.age = extent.age.max(age);
            if age >= self.reach.timing.changes.renewed {
                // By now the next change may be as near as it may be to anybody.
                return self.arrive(step, facts, shape.in_era(Era::First), Part { age: FOR_EVER, sure: false, ..part });
            }
        }
        let cap = self.reach.plan.cap;
        match shape {
            Diagonal(era, since) => {
                extent.since = extent.since.max(since);
                if since > cap {
                    return self.arrive(step, facts, Stale(era), part);
                }
            }
            Level(..) | Since => {
                extent.since = extent.since.max(source.last);
                if source.last > cap {
                    let back = source.back.before(source.first.max(cap + 1), source.last);
                    let (stale, now) = if let Level(era, now) = shape { (Stale(era), now) } else { (StaleAtAnyTime, 0) };
                    let beyond = Source { first: now, last: now, back, ..source };
                    self.arrive(step, facts, stale, Part { source: beyond, ..part });
                    return self.arrive(step, facts, shape, Part { source: Source { last: cap, ..source }, ..part });
                }
            }
            _ => {}
        }
        if self.reach.plan.ahead[step] & CALENDAR_AHEAD == 0 {
            let back = source.back.before(source.first, source.last);
            let (shape, source) = match shape {
                Diagonal(_, since) => (Since, Source { first: since, last: since, back, ..source }),
                Level(..) | Since => (Since, source),
                Unheard(_) | UnheardAtAnyTime => (UnheardAtAnyTime, Source { first: 0, last: 0, back, ..source }),
                Stale(_) | StaleAtAnyTime => (StaleAtAnyTime, Source { first: 0, last: 0, back, ..source }),
            };
            return self.enqueue(step, facts, shape, Part { source, age, sure });
        }
        let (now, era) = match shape {
            Level(era, now) => ((now, now), era),
            Diagonal(era, _) | Unheard(era) | Stale(era) => ((source.first, source.last), era),
            // Where the calendar still matters, `now` was never dropped.
            Since | UnheardAtAnyTime | StaleAtAnyTime => return,
        };
        for (era, shift, first, last) in self.reach.timing.laps(&self.reach.machine.clock, era, now.0, now.1) {
            let back = source.back.shifted(shift);
            let moved = Part { source: Source { first: first + shift, last: last + shift, back, ..source }, age, sure };
            match shape {
                Level(_, now) => self.enqueue(step, facts, Level(era, now + shift), part),
                Diagonal(_, since) => self.enqueue(step, facts, Diagonal(era, since), moved),
                Unheard(_) => self.enqueue(step, facts, Unheard(era), moved),
                _ => self.enqueue(step, facts, Stale(era), moved),
            }
        }
    }

    fn enqueue(&mut self, step: StepIndex, facts: Facts, shape: Shape, part: Part) {
        let plan = &self.reach.plan;
        let kept = plan.still_matters(step, facts);
        let unsure = if part.sure { 0 } else { 1 << 63 };
        let rank = unsure | (part.age / plan.timing.changes.alike_age) as u64;
        let key = (plan.graph.turn[step], kept);
        let number = match self.last {
            Some((last, number)) if last == key => number,
            _ => *self.pending.entry(key).or_insert_with(|| {
                self.free.pop().unwrap_or_else(|| {
                    self.arrived.push(Vec::new());
                    self.arrived.len() - 1
                })
            }),
        };
        self.last = Some((key, number));
        self.arrived[number].push(Arrival { shape, rank, part });
        self.extents[step].parts += 1;
        self.parts += 1;
    }

    /// Joins what arrived at a step and keeps the parts that are new; gives the place of their batch.
    fn settle(&mut self, step: StepIndex, facts: Facts, number: usize) -> Option<usize> {
        self.free.push(number);
        self.last = None;
        let arrived = &mut self.arrived[number];
        arrived.sort_by(|one, other| {
            let key = |arrival: &Arrival| (arrival.shape, arrival.rank, arrival.part.source.first);
            key(one).cmp(&key(other))
        });
        let here = Arc::make_mut(&mut self.reach.here[step]);
        let begin = here.lines.len();
        self.known.settle((step, facts), here, arrived, self.reach.timing.changes.leap);
        arrived.clear();
        if here.lines.len() == begin {
            return None;
        }
        here.batches.push((facts, here.lines.len() as u32));
        let batch = here.batches.len() - 1;
        self.reach.order.push((step as u32, batch as u32));
        Some(batch)
    }

    /// Marks what is left over, from the step at which the search gave up, and gives what was found.
    fn finish(mut self, gave_up_at: Option<StepIndex>) -> Reach {
        let pending = self.pending.keys().map(|(turn, _)| self.reach.plan.graph.by_turn[*turn as usize]);
        let mut open: Vec<StepIndex> = pending.chain(gave_up_at).collect();
        while let Some(step) = open.pop() {
            if !std::mem::replace(&mut self.reach.left_over[step], true) {
                open.extend(self.reach.machine.targets[step].iter().flatten());
            }
        }
        for (step, extent) in self.extents.into_iter().enumerate().filter(|(step, _)| !self.kept[*step]) {
            Arc::make_mut(&mut self.reach.here[step]).extent = extent;
        }
        self.reach
    }
}
