//! When the answers to a question come, for people who are asked at many moments at once.
//!
//! Time is cut into cells. Whoever is asked somewhere in a cell, or at one second, answers in each later cell with a share
//! that is worked out from the delay's own law, to the second; within a cell the answers are then taken to be spread
//! evenly, which is all that is inexact here. Answers that come after one fixed time only move, without any cell.

use std::collections::BTreeMap;

use super::spread::{Part, total};
use crate::engine::delays::{share_before, share_by};
use crate::model::{Delay, Reply};

/// Shares below this are left out of a law.
const FAINT: f64 = 1e-13;
/// Where a law rises by less than this it is looked at as a curve.
const SLIGHT: f64 = 0.1;
/// So many seconds are summed one by one before the law is taken to be smooth.
const ONE_BY_ONE: i64 = 64;

/// The law of the answers to a question, cut into cells.
pub struct Answers {
    delay: Delay,
    timeout: Option<i64>,
    cell: i64,
    /// Answers after exactly this many seconds, with their share.
    fixed: Vec<(i64, f64)>,
    /// For people asked anywhere in a cell: the share that answers so many cells later.
    even: Vec<f64>,
    /// The same for people asked so many seconds into a cell.
    from: BTreeMap<i64, Vec<f64>>,
    /// How many cells the law is followed for.
    most: i64,
    /// After how many cells it all repeats.
    folds: Option<i64>,
    /// The share that answers later than the law is followed for.
    tail: f64,
}

/// When people answer, and how many moments that took to work out.
pub struct Answered {
    /// When those answer whom the law is followed for.
    pub parts: Vec<Part>,
    /// How many answer after that.
    pub later: f64,
    /// How many products were summed.
    pub work: usize,
}

impl Answers {
    /// The law of a reply on cells of this width, followed for `longest` seconds, where all repeats after `period`.
    pub fn new(reply: &Reply, cell: i64, longest: i64, period: Option<i64>) -> Self {
        let timeout = reply.timeout.map(|timeout| timeout.0);
        let mut answers = Self {
            delay: reply.delay.clone(),
            timeout,
            cell,
            fixed: Vec::new(),
            even: Vec::new(),
            from: BTreeMap::new(),
            most: longest / cell + 1,
            folds: period.map(|period| period / cell),
            tail: 0.0,
        };
        answers.fixed = jumps(&reply.delay).into_iter().filter(|(at, _)| timeout.is_none_or(|end| *at < end)).collect();
        let even = answers.law(|answers, m| answers.mean(m * cell, m * cell + cell - 1));
        answers.tail = (answers.whole() - even.iter().sum::<f64>()).max(0.0);
        if answers.tail < FAINT {
            answers.tail = 0.0;
        }
        answers.even = answers.folded(even);
        answers
    }

    /// Whether this is the law of that reply.
    pub fn is_of(&self, reply: &Reply) -> bool {
        self.delay == reply.delay && self.timeout == reply.timeout.map(|timeout| timeout.0)
    }

    /// When people answer who are asked at these moments, of those who would ever answer.
    pub fn to(&mut self, asked: &[Part]) -> Answered {
        let moved = self.fixed.iter().flat_map(|(after, share)| {
            asked.iter().map(move |part| Part { share: part.share * share, ..part.shifted(*after) })
        });
        let mut answered = Answered { parts: moved.collect(), later: self.tail * total(asked), work: 0 };
        let ends = asked.iter().map(|part| (part.first, part.last));
        let Some((first, last)) = ends.reduce(|all, one| (all.0.min(one.0), all.1.max(one.1))) else { return answered };
        if self.even.is_empty() {
            return answered;
        }
        let cell = self.cell;
        let begin = first.div_euclid(cell);
        let cells = (last.div_euclid(cell) - begin + 1) as usize;
        let mut even = vec![0.0; cells];
        let mut at: BTreeMap<i64, Vec<(usize, f64)>> = BTreeMap::new();
        for part in asked {
            let (from, to) = (part.first.div_euclid(cell), part.last.div_euclid(cell));
            if part.first == part.last {
                at.entry(part.first.rem_euclid(cell)).or_default().push(((from - begin) as usize, part.share));
                continue;
            }
            for place in from..=to {
                let inside = part.between(place * cell, place * cell + cell - 1);
                even[(place - begin) as usize] += inside.map_or(0.0, |inside| inside.share);
            }
        }
        let mut sums = vec![0.0; cells + self.even.len() + 1];
        for (place, share) in even.iter().enumerate().filter(|(_, share)| **share > 0.0) {
            answered.work += add(&mut sums[place..], &self.even, *share);
        }
        for (offset, people) in at {
            let law = self.law_from(offset);
            for (place, share) in people {
                answered.work += add(&mut sums[place..], &law, share);
            }
            self.from.insert(offset, law);
        }
        // No answer comes before the first may or after the last may, whatever the cells say.
        let (soonest, latest) = self.delay.range();
        let latest = [latest.map(|latest| latest.0), self.timeout.map(|timeout| timeout - 1)].into_iter().flatten().min();
        let latest = latest.filter(|_| self.folds.is_none_or(|folds| self.even.len() < folds as usize));
        let (earliest, latest) = (first + soonest.0, latest.map_or(i64::MAX, |latest| last.saturating_add(latest)));
        for (place, share) in sums.into_iter().enumerate().filter(|(_, share)| *share > 0.0) {
            let from = (begin + place as i64) * cell;
            let part = Part { first: from.max(earliest), last: (from + cell - 1).min(latest), share };
            if part.first <= part.last {
                answered.parts.push(part);
            }
        }
        answered
    }

    /// The law for people who are asked so many seconds into a cell.
    fn law_from(&mut self, offset: i64) -> Vec<f64> {
        let cell = self.cell;
        self.from.remove(&offset).unwrap_or_else(|| {
            let law = self.law(|answers, m| answers.share_within(m * cell + cell - 1 - offset));
            self.folded(law)
        })
    }

    /// What is gained from cell to cell of a growing share, up to where it grows no more.
    fn law(&self, share: impl Fn(&Self, i64) -> f64) -> Vec<f64> {
        let whole = self.whole();
        let mut law = Vec::new();
        let mut before = 0.0;
        for m in 0..self.most {
            if before >= whole - FAINT {
                break;
            }
            let now = share(self, m).max(before);
            law.push(now - before);
            before = now;
        }
        law
    }

    fn folded(&self, law: Vec<f64>) -> Vec<f64> {
        let Some(folds) = self.folds.map(|folds| folds as usize).filter(|folds| law.len() > *folds) else { return law };
        let mut folded = vec![0.0; folds];
        law.iter().enumerate().for_each(|(place, share)| folded[place % folds] += share);
        folded
    }

    /// The share of answers in time that come after no fixed time.
    fn whole(&self) -> f64 {
        self.share_within(self.timeout.unwrap_or(i64::MAX / 4))
    }

    /// The share of answers that take at most so many whole seconds and are in time, but for those after fixed times.
    fn share_within(&self, seconds: i64) -> f64 {
        if seconds < 0 { 0.0 } else { self.smooth(seconds as f64) }
    }

    /// The same between whole seconds.
    fn smooth(&self, seconds: f64) -> f64 {
        let seconds = self.timeout.map_or(seconds, |timeout| seconds.min((timeout - 1) as f64));
        let fixed: f64 = self.fixed.iter().filter(|(at, _)| *at as f64 <= seconds).map(|(_, share)| share).sum();
        (share_before(&self.delay, seconds + 1.0) - fixed).max(0.0)
    }

    /// The mean of [`Self::share_within`] over these whole seconds.
    fn mean(&self, first: i64, last: i64) -> f64 {
        let mut sum = 0.0;
        let mut at = first;
        while at <= last && at < ONE_BY_ONE {
            sum += self.share_within(at);
            at += 1;
        }
        if at <= last {
            let (low, high) = (at as f64, last as f64);
            let (from, to) = (self.smooth(low), self.smooth(high));
            sum += (from + to) / 2.0 + self.area((low, from), (high, to));
        }
        sum / (last - first + 1) as f64
    }

    /// The area below the law between two points of it, by Simpson's rule where that settles.
    fn area(&self, (low, from): (f64, f64), (high, to): (f64, f64)) -> f64 {
        let width = high - low;
        let middle = f64::midpoint(low, high);
        let half = self.smooth(middle);
        let simpson = width / 6.0 * (from + 4.0 * half + to);
        // The law only rises, so that no rule is further off than this.
        if (to - from) * width < 1e-9 || width < 2.0 {
            return simpson;
        }
        let (one, two) = (self.smooth(f64::midpoint(low, middle)), self.smooth(f64::midpoint(middle, high)));
        let finer = width / 12.0 * (from + 4.0 * one + 2.0 * half + 4.0 * two + to);
        // Agreement alone can be chance where the law jumps between the points that were looked at.
        if to - from < SLIGHT && (finer - simpson).abs() < 1e-9 * width {
            return finer;
        }
        self.area((low, from), (middle, half)) + self.area((middle, half), (high, to))
    }
}

/// The share of those who would ever answer whose answer comes before the timeout.
pub fn in_time(reply: &Reply) -> f64 {
    match reply.timeout {
        Some(timeout) => share_before(&reply.delay, timeout.0 as f64),
        None => share_before(&reply.delay, f64::INFINITY),
    }
}

/// The fixed times after which a share of answers comes.
fn jumps(delay: &Delay) -> Vec<(i64, f64)> {
    let points: Vec<i64> = match delay {
        Delay::Fixed(at) => vec![at.0],
        Delay::Uniform { min, max } if min == max => return vec![(min.0, 1.0)],
        Delay::LogNormal { median, .. } | Delay::Weibull { median, .. } => vec![median.0],
        Delay::Empirical(points) => points.iter().map(|(at, _)| at.0).collect(),
        Delay::Uniform { .. } | Delay::Exponential { .. } => Vec::new(),
    };
    let jump = |at: i64| (at, share_by(delay, at as f64) - share_before(delay, at as f64));
    points.into_iter().map(jump).filter(|(_, share)| *share > 0.0).collect()
}

/// Adds the law, times a share; gives how many products that took.
fn add(sums: &mut [f64], law: &[f64], share: f64) -> usize {
    sums.iter_mut().zip(law).for_each(|(sum, gained)| *sum += share * gained);
    law.len()
}
