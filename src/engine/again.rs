//! What of an earlier search still holds once the funnel has changed. Knows no times: only which steps a change can touch.
//!
//! A change touches the steps that can be reached from it, before or after it. No way leads from those to the others, so
//! what was reached at the others is the same, found in the same order; and what leads from them to the steps that are
//! touched is followed again.

use std::collections::HashMap;
use std::sync::Arc;

use crate::model::{Funnel, StepId};

use super::machine::{Act, Machine, StepIndex};
use super::plan::{Plan, Timing};
use super::reach::Reach;

/// An earlier search, and for each step of the funnel as it is now the place that it had then.
pub struct Before<'a> {
    pub reach: &'a Arc<Reach>,
    pub was: &'a [Option<StepIndex>],
}

/// The steps at which an earlier search holds.
pub struct Kept {
    /// For each step the place that it had, where what was reached there is the same.
    pub same: Vec<Option<StepIndex>>,
    /// For each of them whether people also move on alike from there.
    pub alike: Vec<bool>,
    /// None of them has another place now.
    pub all_stay: bool,
}

/// For each step of a funnel the place that it had before.
pub fn places_before(before: &Funnel, funnel: &Funnel) -> Vec<Option<StepIndex>> {
    let (old, new) = (&before.steps, &funnel.steps);
    let head = old.iter().zip(new).take_while(|(old, new)| old.id == new.id).count();
    let tail = old[head..].iter().rev().zip(new[head..].iter().rev()).take_while(|(old, new)| old.id == new.id).count();
    let between: HashMap<&StepId, StepIndex> = (head..old.len() - tail).map(|place| (&old[place].id, place)).collect();
    let place = |(step, place): (&StepId, usize)| match place {
        _ if place < head => Some(place),
        _ if place >= new.len() - tail => Some(place + old.len() - new.len()),
        _ => between.get(step).copied(),
    };
    new.iter().enumerate().map(|(at, step)| place((&step.id, at))).collect()
}

impl Before<'_> {
    /// Where the search holds for a funnel as it is now; `None` where it holds nowhere.
    pub fn kept(&self, machine: &Machine, plan: &Plan, start: i64) -> Option<Kept> {
        let before = self.reach;
        let (old, known) = (&*before.machine, &*before.plan);
        let same_people = (machine.clock, machine.window, &plan.slots) == (old.clock, old.window, &known.slots);
        let given_up = known.untold || plan.untold || before.left_over.contains(&true);
        if !same_people || given_up || !counts_alike(&known.timing, &plan.timing, before.start == start) {
            return None;
        }
        let now = places_after(self.was, old.acts.len());
        let longest = known.cap.min(plan.cap);
        let renewed = known.timing.changes.renewed.min(plan.timing.changes.renewed);
        let comes_alike = |step: StepIndex, place: StepIndex| {
            let (act, other) = (&machine.acts[step], &old.acts[place]);
            let enters = matches!(act, Act::Enter { .. }) || matches!(other, Act::Enter { .. });
            let extent = before.here[place].extent;
            // What is past all telling and what meets the next change of the clocks may be told in another way now.
            let goes_too_far = known.cap != plan.cap && extent.since > longest
                || known.timing.changes.renewed != plan.timing.changes.renewed && extent.age >= renewed;
            plan.ahead[step] == known.ahead[place] && !goes_too_far && (!enters || act == other)
        };
        // What can be reached from a change, in the funnel as it was and as it is.
        let (mut touched_then, mut touched) = (Touched::none(old), Touched::none(machine));
        let mut moves_alike = vec![false; self.was.len()];
        for (step, place) in self.was.iter().enumerate() {
            let Some(place) = *place else {
                touched.add(step);
                continue;
            };
            moves_alike[step] = machine.acts[step].moves_like(&old.acts[place]);
            if !comes_alike(step, place) {
                touched.add(step);
                touched_then.add(place);
            } else if !moves_alike[step] {
                touched.add_next(step);
                touched_then.add_next(place);
            } else {
                for (to, then) in machine.targets[step].iter().zip(&old.targets[place]) {
                    if *to != then.and_then(|then| now[then]) {
                        to.iter().for_each(|to| touched.add(*to));
                        then.iter().for_each(|then| touched_then.add(*then));
                    }
                }
            }
        }
        now.iter().enumerate().filter(|(_, now)| now.is_none()).for_each(|(place, _)| touched_then.add(place));
        let (touched_then, touched) = (touched_then.all(), touched.all());
        let keeps =
            |(step, place): (StepIndex, &Option<StepIndex>)| place.filter(|place| !touched[step] && !touched_then[*place]);
        let same: Vec<Option<StepIndex>> = self.was.iter().enumerate().map(keeps).collect();
        // They must have their turns in the same order; they do, unless steps changed places among each other.
        let turns = plan.graph.by_turn.iter().filter_map(|step| same[*step]).map(|place| known.graph.turn[place]);
        let all_stay = same.iter().enumerate().all(|(step, place)| place.is_none_or(|place| place == step));
        turns.is_sorted().then_some(Kept { same, alike: moves_alike, all_stay })
    }
}

impl Kept {
    /// Whether it holds at all steps, as they were.
    pub fn is_all(&self, before: &Reach) -> bool {
        let all = self.same.iter().enumerate().all(|(step, place)| *place == Some(step));
        all && self.same.len() == before.here.len() && self.alike.iter().all(|alike| *alike)
    }

    /// For each step of then the place of now, where it is kept.
    pub fn moved_to(&self, then: usize) -> Vec<Option<StepIndex>> {
        places_after(&self.same, then)
    }
}

/// Turns places of then by step of now into places of now by step of then.
fn places_after(was: &[Option<StepIndex>], then: usize) -> Vec<Option<StepIndex>> {
    let mut now = vec![None; then];
    for (step, place) in was.iter().enumerate() {
        if let Some(place) = place {
            now[*place] = Some(step);
        }
    }
    now
}

/// Whether time is counted alike; how long a move may take is looked at step by step.
fn counts_alike(one: &Timing, other: &Timing, same_start: bool) -> bool {
    let changes = |timing: &Timing| (timing.changes.sure, timing.changes.alike_age, timing.changes.leap);
    let weeks_alike = one.repeats.is_some() && one.changes.kinds.is_empty();
    (one.place, &one.era, one.repeats) == (other.place, &other.era, other.repeats)
        && one.changes.kinds == other.changes.kinds
        && changes(one) == changes(other)
        && (same_start || weeks_alike)
}

/// Steps, and all that can be reached from them.
struct Touched<'a> {
    machine: &'a Machine,
    marked: Vec<bool>,
    open: Vec<StepIndex>,
}

impl<'a> Touched<'a> {
    fn none(machine: &'a Machine) -> Self {
        Self { machine, marked: vec![false; machine.acts.len()], open: Vec::new() }
    }

    fn add(&mut self, step: StepIndex) {
        if !std::mem::replace(&mut self.marked[step], true) {
            self.open.push(step);
        }
    }

    fn add_next(&mut self, step: StepIndex) {
        let machine = self.machine;
        machine.targets[step].iter().flatten().for_each(|next| self.add(*next));
    }

    fn all(mut self) -> Vec<bool> {
        while let Some(step) = self.open.pop() {
            self.add_next(step);
        }
        self.marked
    }
}
