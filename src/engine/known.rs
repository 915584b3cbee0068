//! What a search knows already: which parts of the lines that come to a step are new.

use std::collections::{BTreeMap, HashMap};

use super::machine::StepIndex;
use super::reach::{Era, Facts, Here, Line, Shape};
use super::search::Arrival;
use super::spans::{AgedSpans, Spans};

/// What was reached so far. Most steps are looked at once; what they reached is put in order only when more comes.
#[derive(Default)]
pub struct Known(HashMap<(StepIndex, Facts), Option<Reached>>);

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
        let known = match self.0.get_mut(&at) {
            None => {
                self.0.insert(at, None);
                None
            }
            Some(known) => Some(known.get_or_insert_with(|| Reached::of(here, at.1))),
        };
        match known {
            Some(known) => {
                for alike in arrived.chunk_by(|one, other| one.shape == other.shape) {
                    known.add(at, here, alike, leap);
                }
            }
            None => {
                for alike in arrived.chunk_by(|one, other| one.shape == other.shape) {
                    add_first(at, here, begin, alike, leap);
                }
            }
        }
    }
}

/// The same where nothing else is known than the lines of this step from `begin` on.
fn add_first(at: (StepIndex, Facts), here: &mut Here, begin: usize, alike: &[Arrival], leap: i64) {
    let shape = alike[0].shape;
    let without = without_change(shape).map(|without| {
        let lines = &here.lines[begin..];
        let from = lines.partition_point(|line| line.shape < without);
        lines[from..].iter().take_while(move |line| line.shape == without).map(|line| (line.first, line.last)).collect()
    });
    let mut reached = Reached::default();
    if let (Some(without), Some(spans)) = (without_change(shape), without) {
        let spans: Vec<(i64, i64)> = spans;
        if !spans.is_empty() {
            let known = reached.lines.entry(without).or_default();
            spans.into_iter().for_each(|(first, last)| drop(known.add(first, last)));
        }
    }
    // Where all took about as much time, nothing comes twice.
    if alike[0].rank == alike[alike.len() - 1].rank && reached.lines.is_empty() {
        return runs(alike, |run, first, last, age| push(at, here, run, (first, last, age)));
    }
    reached.add(at, here, alike, leap);
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
                reached.lines.entry(line.shape).or_default().add(line.first, line.last);
            }
        }
        reached
    }

    /// Adds what arrived in one shape.
    fn add(&mut self, at: (StepIndex, Facts), here: &mut Here, alike: &[Arrival], leap: i64) {
        runs(alike, |run, first, last, age| {
            for part in self.new_parts(run[0].shape, first, last, age, leap) {
                push(at, here, run, part);
            }
        });
    }

    /// The parts of a line that are new, which from now on are known, each with its age.
    fn new_parts(&mut self, shape: Shape, first: i64, last: i64, age: i64, leap: i64) -> Vec<(i64, i64, i64)> {
        let with = |age: i64, parts: Vec<(i64, i64)>| parts.into_iter().map(move |(first, last)| (first, last, age));
        if !shape.era().is_some_and(Era::is_past_change) {
            return with(age, self.lines.entry(shape).or_default().add(first, last)).collect();
        }
        let without = without_change(shape).and_then(|without| self.lines.get(&without));
        let new = without.map_or_else(|| vec![(first, last)], |without| without.missing(first, last));
        let mut parts = Vec::new();
        for (first, last) in new {
            let (new, age) = self.past_change.entry(shape).or_default().add(first, last, age, leap);
            parts.extend(with(age, new));
        }
        parts
    }
}
