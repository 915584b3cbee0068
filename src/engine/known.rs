//! What a search knows already: which parts of the lines that come to a step are new.

use std::collections::{BTreeMap, HashMap};

use super::machine::StepIndex;
use super::reach::{Era, Facts, Here, Line, Shape};
use super::search::Arrival;
use super::spans::{AgedSpans, Spans};

/// What was reached so far. Most steps are looked at once; what they reached is put in order only when more comes.
#[derive(Default)]
pub struct Known {
    reached: HashMap<(StepIndex, Facts), Option<Reached>>,
    first: First,
}

/// What is needed while a step is looked at for the first time, kept so that it need not be made anew.
#[derive(Default)]
struct First {
    without: Spans,
    lines: Spans,
    past_change: AgedSpans,
}

/// What was reached at one step with the same facts.
#[derive(Default)]
struct Reached {
    lines: BTreeMap<Shape, Spans>,
    /// The same past a change of the clocks, which is only worth knowing where it is not possible without one.
    past_change: BTreeMap<Shape, AgedSpans>,
}

impl Known {
    /// Adds to a step's lines the parts of what arrived, in its order, that are new.
    pub fn settle(&mut self, at: (StepIndex, Facts), here: &mut Here, arrived: &[Arrival], leap: i64) {
        let begin = here.lines.len();
        here.lines.reserve(arrived.len());
        here.sources.reserve(arrived.len());
        let shapes = arrived.chunk_by(|one, other| one.shape == other.shape);
        match self.reached.get_mut(&at) {
            None => {
                self.reached.insert(at, None);
                shapes.for_each(|alike| self.first.add(at, here, begin, alike, leap));
            }
            Some(known) => {
                let known = known.get_or_insert_with(|| Reached::of(here, at.1));
                shapes.for_each(|alike| known.add(at, here, alike, leap));
            }
        }
    }
}

impl First {
    /// Adds what arrived in one shape, where nothing else is known than the lines of this step from `begin` on.
    fn add(&mut self, at: (StepIndex, Facts), here: &mut Here, begin: usize, alike: &[Arrival], leap: i64) {
        let shape = alike[0].shape;
        self.without.clear();
        if let Some(without) = without_change(shape) {
            let lines = &here.lines[begin..];
            let from = lines.partition_point(|line| line.shape < without);
            for line in lines[from..].iter().take_while(|line| line.shape == without) {
                self.without.add(line.first, line.last, |_, _| ());
            }
        }
        let past_change = shape.era().is_some_and(Era::is_past_change);
        // Where all took about as much time, nothing comes twice.
        let once = alike[0].rank == alike[alike.len() - 1].rank;
        if once && self.without.is_empty() {
            return runs(alike, |run, first, last, age| push(at, here, run, (first, last, age)));
        }
        self.lines.clear();
        self.past_change.clear();
        runs(alike, |run, first, last, age| {
            if !past_change {
                return self.lines.add(first, last, |first, last| push(at, here, run, (first, last, age)));
            }
            self.without.missing(first, last, |first, last| {
                if once {
                    push(at, here, run, (first, last, age));
                } else {
                    self.past_change.add(first, last, age, leap, |first, last, age| push(at, here, run, (first, last, age)));
                }
            });
        });
    }
}

/// The same shape without a change of the clocks on the way, where that makes one past a change needless.
fn without_change(shape: Shape) -> Option<Shape> {
    matches!(shape.era(), Some(Era::After(_))).then(|| shape.in_era(Era::First))
}

/// What arrived in one shape, those that touch and took about as much time joined: their span and their age.
fn runs<'a>(alike: &'a [Arrival], mut each: impl FnMut(&'a [Arrival], i64, i64, i64)) {
    let mut from = 0;
    while from < alike.len() {
        let (mut last, mut age) = (alike[from].part.source.last, alike[from].part.age);
        let mut to = from + 1;
        while to < alike.len() && alike[to].rank == alike[from].rank && alike[to].part.source.first <= last.saturating_add(1)
        {
            last = last.max(alike[to].part.source.last);
            age = age.max(alike[to].part.age);
            to += 1;
        }
        each(&alike[from..to], alike[from].part.source.first, last, age);
        from = to;
    }
}

/// Adds a line to those of its step, with those of its sources that meet it.
fn push((step, facts): (StepIndex, Facts), here: &mut Here, run: &[Arrival], (first, last, age): (i64, i64, i64)) {
    let begin = here.sources.len() as u32;
    let sources = run.iter().map(|arrival| arrival.part.source).take_while(|source| source.first <= last);
    here.sources.extend(sources.filter(|source| source.last >= first));
    let sources = (begin, here.sources.len() as u32);
    let (shape, sure) = (run[0].shape, run[0].part.sure);
    here.lines.push(Line { step, facts, shape, first, last, sources, age, sure });
}

impl Reached {
    /// What the lines of a step with these facts come to.
    fn of(here: &Here, facts: Facts) -> Self {
        let mut reached = Self::default();
        for line in here.lines.iter().filter(|line| line.facts == facts) {
            if line.shape.era().is_some_and(Era::is_past_change) {
                reached.past_change.entry(line.shape).or_default().put(line.first, line.last, line.age);
            } else {
                reached.lines.entry(line.shape).or_default().add(line.first, line.last, |_, _| ());
            }
        }
        reached
    }

    /// Adds what arrived in one shape.
    fn add(&mut self, at: (StepIndex, Facts), here: &mut Here, alike: &[Arrival], leap: i64) {
        let shape = alike[0].shape;
        let Self { lines, past_change } = self;
        if !shape.era().is_some_and(Era::is_past_change) {
            let lines = lines.entry(shape).or_default();
            return runs(alike, |run, first, last, age| {
                lines.add(first, last, |first, last| push(at, here, run, (first, last, age)));
            });
        }
        let none = Spans::default();
        let without = without_change(shape).and_then(|without| lines.get(&without)).unwrap_or(&none);
        let past_change = past_change.entry(shape).or_default();
        runs(alike, |run, first, last, age| {
            without.missing(first, last, |first, last| {
                past_change.add(first, last, age, leap, |first, last, age| push(at, here, run, (first, last, age)));
            });
        });
    }
}
