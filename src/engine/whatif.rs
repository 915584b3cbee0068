//! What would help: for each step that is not always inside, how long a wait or a timeout on the way to it may be at most,
//! and when a second question to those who are silent helps most.
//!
//! Nothing is reasoned out here. Each change is made to a copy of the funnel, and the proof and the likelihood of that copy
//! say what comes of it; so what is told is right for calendars and cycles too, and costs tries, of which there are only so
//! many.

mod made;

use std::collections::BTreeMap;

use self::made::{asked_again, length_of, with_length};
use super::likelihood::{LITTLE_WORK, Likelihood, roughly};
use super::proof::{Proof, Verdict, prove};
use crate::model::{Funnel, LocalTime, Output, Seconds, StepId};
use crate::policy::Policy;

pub use made::{SecondQuestion, step_with_length};

/// Lengths are tried in steps of so much, or of some such steps where there is less to spend.
const STEP: i64 = 900;
/// Times for a second question are tried in steps of so much.
const AGAIN_STEP: i64 = 1800;
/// Fewer tries than this tell too little.
const FEWEST_TRIES: usize = 8;
/// A try costs at least so much work for each step.
const LEAST_WORK: usize = 50;
/// So much work tells nearly all there is to tell; in a release build it takes some tenths of a second.
pub const WORK_TO_HELP: usize = 3_000_000;
/// The shares of visits for which a length is told.
pub const SHARES: [f64; 3] = [0.9, 0.95, 0.99];
/// All times for a second question that are as good as the best but for this.
const AS_GOOD: f64 = 0.002;
/// A change that gains less than this is not worth telling.
const WORTH_TELLING: f64 = 0.005;
/// Shares that differ by less are the same.
const LITTLE: f64 = 1e-9;
/// So much is counted as everyone.
const EVERYONE: f64 = 1.0 - LITTLE;

/// A change to the funnel, and what it does to one step.
#[derive(Debug, Clone, PartialEq)]
pub struct WhatIf {
    /// The change.
    pub change: Change,
    /// The share of visits at which the window is then open.
    pub inside: f64,
    /// By how much that share is larger than it is now.
    pub gains: f64,
}

/// One change.
#[derive(Debug, Clone, PartialEq)]
pub enum Change {
    /// A wait, or a question's timeout, is made shorter.
    Shorten {
        /// The step that waits.
        at: StepId,
        /// It is the timeout of a question.
        timeout: bool,
        /// How long it is now.
        now: Seconds,
        /// The longest that keeps the window open on every journey; proved.
        safe: Option<Seconds>,
        /// The longest found that keeps it open at the shares of visits in [`SHARES`].
        likely: [Option<Seconds>; 3],
        /// The longest found that keeps it open as often as any does.
        best: Seconds,
    },
    /// Those who have not answered a question are asked once more, and answer that as they answer the first.
    AskAgain {
        /// The question.
        after: StepId,
        /// How long after it helps most.
        best: Seconds,
        /// From when to when it helps as much, but for a fifth of a percent.
        range: (Seconds, Seconds),
    },
}

impl Change {
    /// The step that is changed.
    pub fn at(&self) -> &StepId {
        match self {
            Self::Shorten { at, .. } => at,
            Self::AskAgain { after, .. } => after,
        }
    }

    /// How much sooner anybody comes by at most: of two changes that gain as much, the smaller one is told first.
    fn cut(&self) -> Seconds {
        match self {
            Self::Shorten { now, best, .. } => *now - *best,
            Self::AskAgain { .. } => Seconds::ZERO,
        }
    }
}

/// What would help each step that sends and is not always inside, what gains most first, as far as that much work tells.
/// A step that nothing was found to help has an empty list; one of which nothing can be told has none.
pub fn what_ifs(
    funnel: &Funnel,
    policy: &Policy,
    now: LocalTime,
    proof: &Proof,
    most_work: usize,
) -> BTreeMap<StepId, Vec<WhatIf>> {
    let wanted = funnel.steps.iter().zip(&proof.steps).filter(|(step, proved)| {
        let may_help = matches!(proved.verdict, Verdict::Sometimes | Verdict::Outside) && proved.unknown.is_none();
        step.message().is_some() && may_help && proved.since_inbound.is_some()
    });
    let wanted: Vec<StepId> = wanted.map(|(step, _)| step.id.clone()).collect();
    let mut found = BTreeMap::new();
    if wanted.is_empty() {
        return found;
    }
    let mut trial = Trial { funnel, policy, now, left: most_work, cost: LEAST_WORK * funnel.steps.len(), tries: 0 };
    let Some(before) = trial.likely(funnel) else { return found };
    trial.cost = trial.cost.max(before.work);
    let known = |id: &&StepId| before.step(id).is_some_and(|step| step.doubt.is_none() && step.inside.is_some());
    found.extend(wanted.iter().filter(known).map(|id| (id.clone(), Vec::new())));
    // A step is looked at for all that come after it at once.
    let places = (0..funnel.steps.len()).filter(|place| proof.steps[*place].reachable);
    let places = places.filter_map(|place| {
        let length = length_of(&funnel.steps[place])?;
        let after = downstream(funnel, &funnel.steps[place].id);
        let helped: Vec<&StepId> = wanted.iter().filter(|id| after.contains(id)).collect();
        (!helped.is_empty()).then_some((place, length, helped))
    });
    let places: Vec<(usize, Seconds, Vec<&StepId>)> = places.take(most_work / trial.cost).collect();
    for (done, (place, length, helped)) in places.iter().enumerate() {
        trial.tries = trial.left / trial.cost / (places.len() - done) / 2;
        let shorter = trial.shorten(*place, *length, helped);
        let again = trial.ask_again(*place, helped);
        for (id, change, inside) in shorter.into_iter().chain(again) {
            let (Some(what_ifs), Some(share)) = (found.get_mut(&id), before.step(&id).and_then(|step| step.inside)) else {
                continue;
            };
            let gains = inside - share;
            if gains > WORTH_TELLING {
                what_ifs.push(WhatIf { change, inside, gains });
            }
        }
    }
    for what_ifs in found.values_mut() {
        let most_first = |one: &WhatIf, other: &WhatIf| other.inside.total_cmp(&one.inside);
        what_ifs.sort_by(|one, other| most_first(one, other).then_with(|| one.change.cut().cmp(&other.change.cut())));
    }
    found
}

/// A funnel on which changes are tried.
struct Trial<'a> {
    funnel: &'a Funnel,
    policy: &'a Policy,
    now: LocalTime,
    /// How much more work may be done.
    left: usize,
    /// How much of it a try takes.
    cost: usize,
    /// How many tries one question about one step may take.
    tries: usize,
}

impl Trial<'_> {
    fn likely(&mut self, funnel: &Funnel) -> Option<Likelihood> {
        let likely = roughly(funnel, self.policy, self.now, LITTLE_WORK);
        self.left = self.left.checked_sub(self.cost.max(likely.work))?;
        (likely.doubt.is_none()).then_some(likely)
    }

    fn is_safe(&mut self, funnel: &Funnel, step: &StepId) -> bool {
        let Some(left) = self.left.checked_sub(LEAST_WORK * funnel.steps.len()) else { return false };
        self.left = left;
        prove(funnel, self.policy, self.now).step(step).is_some_and(|proved| proved.verdict == Verdict::Inside)
    }

    /// How long the wait or the timeout at this place may be for each of these steps.
    fn shorten(&mut self, place: usize, length: Seconds, helped: &[&StepId]) -> Vec<(StepId, Change, f64)> {
        let longest = (length.0 - 1).min(self.policy.window.length.0);
        let Some(step) = self.step_for(longest / STEP + 1, STEP) else { return Vec::new() };
        // A question that nobody has the time to answer is none.
        let least = if self.funnel.steps[place].message().is_some() { STEP.min(longest) } else { 0 };
        let lengths = (0..=longest / step).map(|n| (n * step).max(least));
        let tried: Vec<(i64, Likelihood)> = lengths
            .filter_map(|length| Some((length, self.likely(&with_length(self.funnel, place, Seconds(length)))?)))
            .collect();
        let of = |id: &StepId| -> Vec<(i64, f64)> {
            tried
                .iter()
                .map(|(length, likely)| (*length, likely.step(id).and_then(|step| step.inside).unwrap_or(0.0)))
                .collect()
        };
        let mut found = Vec::new();
        for id in helped {
            let shares = of(id);
            let longest_at =
                |share: f64| shares.iter().rev().find(|(_, inside)| *inside >= share).map(|(length, _)| *length);
            let safe = longest_at(EVERYONE).and_then(|good| self.longest_safe(place, good, (good + step).min(length.0), id));
            let most = shares.iter().map(|(_, inside)| *inside).fold(0.0, f64::max);
            let Some(best) = safe.or_else(|| longest_at(most - LITTLE)) else { continue };
            let change = Change::Shorten {
                at: self.funnel.steps[place].id.clone(),
                timeout: self.funnel.steps[place].message().is_some(),
                now: length,
                safe: safe.map(Seconds),
                likely: SHARES.map(|share| longest_at(share).max(safe).map(Seconds)),
                best: Seconds(best),
            };
            found.push(((*id).clone(), change, if safe.is_some() { 1.0 } else { most }));
        }
        found
    }

    /// In which steps to try so many values of one step each; `None` where too few would be left.
    fn step_for(&self, values: i64, step: i64) -> Option<i64> {
        let most = i64::try_from(self.tries.max(1)).unwrap_or(i64::MAX);
        let joined = values.div_euclid(most) + i64::from(values % most > 0);
        (self.tries >= FEWEST_TRIES || joined <= 1).then_some(joined.max(1) * step)
    }

    /// The longest that is proved to be safe, to the second, from one that seems so up to the next that does not.
    fn longest_safe(&mut self, place: usize, good: i64, bad: i64, step: &StepId) -> Option<i64> {
        if !self.is_safe(&with_length(self.funnel, place, Seconds(good)), step) {
            return None;
        }
        let (mut safe, mut doubtful) = (good, bad);
        while doubtful - safe > 1 {
            let middle = safe + (doubtful - safe) / 2;
            if self.is_safe(&with_length(self.funnel, place, Seconds(middle)), step) {
                safe = middle
            } else {
                doubtful = middle
            }
        }
        Some(safe)
    }

    /// When to ask those once more who are silent at the question of this place.
    fn ask_again(&mut self, place: usize, helped: &[&StepId]) -> Vec<(StepId, Change, f64)> {
        let step = &self.funnel.steps[place];
        let Some(reply) = step.message().and_then(|message| message.reply.as_ref()) else { return Vec::new() };
        let Some(timeout) = reply.timeout else { return Vec::new() };
        let latest = timeout.0.min(self.policy.window.length.0) - AGAIN_STEP;
        let Some(by) = self.step_for(latest / AGAIN_STEP, AGAIN_STEP) else { return Vec::new() };
        if self.funnel.target(&step.id, &Output::Timeout).is_none() {
            return Vec::new();
        }
        let mut tried = Vec::new();
        for time in (1..=latest / by).map(|n| n * by) {
            let Some((asked, again)) = asked_again(self.funnel, place, Seconds(time)) else { continue };
            let Some(likely) = self.likely(&asked) else { continue };
            // A second question that is refused helps nobody.
            if likely.step(&again).and_then(|step| step.inside).is_some_and(|inside| inside >= EVERYONE) {
                tried.push((time, likely));
            }
        }
        let mut found = Vec::new();
        for id in helped {
            let shares: Vec<(i64, f64)> =
                tried.iter().filter_map(|(time, likely)| Some((*time, likely.step(id)?.inside?))).collect();
            let Some((best, inside)) = shares.iter().copied().reduce(|best, one| if one.1 > best.1 { one } else { best })
            else {
                continue;
            };
            let at = shares.iter().position(|(time, _)| *time == best).unwrap_or(0);
            let good = |(_, share): &&(i64, f64)| *share >= inside - AS_GOOD;
            let from = shares[..=at].iter().rev().take_while(good).last().map_or(best, |(time, _)| *time);
            let to = shares[at..].iter().take_while(good).last().map_or(best, |(time, _)| *time);
            let range = (Seconds(from), Seconds(to));
            let change = Change::AskAgain { after: step.id.clone(), best: Seconds(best), range };
            found.push(((*id).clone(), change, inside));
        }
        found
    }
}

/// The steps that can come after this one.
fn downstream(funnel: &Funnel, from: &StepId) -> Vec<StepId> {
    let mut after: Vec<StepId> = Vec::new();
    let mut open = vec![from.clone()];
    while let Some(step) = open.pop() {
        for link in funnel.links.iter().filter(|link| link.from == step) {
            if !after.contains(&link.to) {
                after.push(link.to.clone());
                open.push(link.to.clone());
            }
        }
    }
    after
}
