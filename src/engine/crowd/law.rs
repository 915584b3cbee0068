//! How long an answer takes, drawn fast: a delay made ready for a number of 32 bits.
//!
//! Laws with a formula become a table of equally likely cells, straight inside; in the outermost cells, where the law is far
//! from straight, the formula itself is asked. The rest is exact.

use crate::engine::delays;
use crate::model::Delay;

/// All numbers of 32 bits.
const ALL: f64 = 4_294_967_296.0;
/// The answer of somebody who never answers.
pub const NEVER: i64 = i64::MAX;

/// The same among short lengths.
pub const NEVER_SOON: i32 = i32::MAX;

/// Cells of a table, as a power of 2.
const CELLS_BITS: u32 = 12;
const CELLS: u32 = 1 << CELLS_BITS;
/// So many answers are looked up together.
const AT_ONCE: usize = 16;
/// So many cells at each end ask the formula.
const OUTER: u32 = 16;

/// The ends of the cells.
type Ends = [f32; CELLS as usize + 1];

/// A delay, ready to be drawn from.
#[derive(Debug, Clone)]
pub enum Drawn {
    /// Always this long.
    At(i64),
    /// Each of so many whole seconds from the first on.
    Even {
        /// The shortest.
        from: i64,
        /// How many.
        count: u64,
    },
    /// A law with a formula.
    Cells {
        /// The ends of the cells.
        ends: Box<Ends>,
        /// The formula.
        law: Delay,
    },
    /// Points, asked as they are.
    Points(Delay),
}

impl Drawn {
    /// Makes a delay ready.
    pub fn new(delay: &Delay) -> Self {
        match delay {
            Delay::Fixed(at) => Self::At(at.0),
            Delay::Uniform { min, max } => Self::Even { from: min.0, count: (max.0 - min.0 + 1).max(1).unsigned_abs() },
            Delay::Exponential { .. } | Delay::LogNormal { .. } | Delay::Weibull { .. } => {
                let end = |cell: usize| delays::quantile(delay, cell as f64 / f64::from(CELLS)) as f32;
                Self::Cells { ends: Box::new(std::array::from_fn(end)), law: delay.clone() }
            }
            Delay::Empirical(_) => Self::Points(delay.clone()),
        }
    }

    /// The whole seconds of the answer at a number; [`NEVER`] where none comes.
    #[inline]
    pub fn at(&self, number: u32) -> i64 {
        match self {
            Self::At(at) => *at,
            Self::Even { from, count } => from + ((u64::from(number) * count) >> 32) as i64,
            Self::Cells { ends, law } => {
                let cell = number >> (32 - CELLS_BITS);
                if Self::is_outer(cell) { exact(law, number) } else { Self::line(ends, number) as i64 }
            }
            Self::Points(law) => exact(law, number),
        }
    }

    /// The answers at as many numbers; [`NEVER_SOON`] where none comes. For laws whose answers are short enough.
    #[inline(always)]
    pub fn fill(&self, numbers: &[u32], answers: &mut [i32]) {
        match self {
            Self::At(at) => answers.fill(soon(*at)),
            Self::Cells { ends, law } => {
                for (answers, numbers) in answers.chunks_mut(AT_ONCE).zip(numbers.chunks(AT_ONCE)) {
                    let mut outer = false;
                    for (answer, number) in answers.iter_mut().zip(numbers) {
                        outer |= Self::is_outer(number >> (32 - CELLS_BITS));
                        *answer = Self::line(ends, *number) as i32;
                    }
                    if outer {
                        outermost(law, numbers, answers);
                    }
                }
            }
            Self::Even { .. } | Self::Points(_) => {
                answers.iter_mut().zip(numbers).for_each(|(answer, number)| *answer = soon(self.at(*number)));
            }
        }
    }

    /// The longest answer that any number gives.
    pub fn longest(&self) -> i64 {
        match self {
            Self::Points(law) => law.range().1.map_or(0, |latest| latest.0),
            law => law.at(u32::MAX),
        }
    }

    #[inline(always)]
    fn is_outer(cell: u32) -> bool {
        cell.wrapping_sub(OUTER) >= CELLS - 2 * OUTER
    }

    /// On the straight line across the number's cell. Means nothing in the outermost cells.
    #[inline(always)]
    fn line(ends: &Ends, number: u32) -> f32 {
        let cell = (number >> (32 - CELLS_BITS)) as usize;
        let across = ((number << CELLS_BITS) >> 8) as f32 * (1.0 / 16_777_216.0);
        let (from, to) = (ends[cell], ends[cell + 1]);
        from + (to - from) * across
    }
}

/// Asks the formula for those in the outermost cells.
#[inline(never)]
fn outermost(law: &Delay, numbers: &[u32], answers: &mut [i32]) {
    for (answer, number) in answers.iter_mut().zip(numbers) {
        if Drawn::is_outer(number >> (32 - CELLS_BITS)) {
            *answer = soon(exact(law, *number));
        }
    }
}

/// [`NEVER`] becomes [`NEVER_SOON`].
fn soon(answer: i64) -> i32 {
    i32::try_from(answer).unwrap_or(NEVER_SOON)
}

#[cold]
fn exact(law: &Delay, number: u32) -> i64 {
    delays::whole_seconds(law, (f64::from(number) + 0.5) / ALL).unwrap_or(NEVER)
}

/// A share as a bound for numbers: this share of them lies below.
pub fn bound(share: f64) -> u64 {
    (share.clamp(0.0, 1.0) * ALL).round() as u64
}

/// For each weight the bound below which numbers choose it, if none before did; where all weights are 0, all are alike.
pub fn bounds(weights: &[f64]) -> Vec<u64> {
    let largest = weights.iter().copied().fold(0.0, f64::max);
    let alike = largest <= 0.0;
    let weight = |of: f64| if alike { 1.0 } else { of.max(0.0) / largest };
    let sum: f64 = weights.iter().map(|of| weight(*of)).sum();
    let last = weights.iter().rposition(|of| weight(*of) > 0.0);
    let mut reached = 0.0;
    let mut bounds = Vec::with_capacity(weights.len());
    for (place, of) in weights.iter().enumerate() {
        reached += weight(*of);
        // What rounding leaves over belongs to the last that is possible.
        bounds.push(if last.is_some_and(|last| place >= last) { 1 << 32 } else { bound(reached / sum) });
    }
    bounds
}

/// What a number chooses.
#[inline(always)]
pub fn chosen(bounds: &[u64], number: u32) -> usize {
    bounds.iter().position(|bound| u64::from(number) < *bound).unwrap_or(0)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::engine::delays::share_before;

    fn delay(text: &str) -> Delay {
        ron::Options::default().from_str(text).unwrap()
    }

    #[test]
    fn drawn_answers_have_the_shares_of_the_law() {
        for text in [
            r#"Fixed("30m")"#,
            r#"Uniform(min: "10s", max: "59s")"#,
            r#"Exponential(mean: "20m")"#,
            r#"LogNormal(median: "12m", p90: "6h")"#,
            r#"Weibull(median: "4m", p90: "1h")"#,
            r#"Empirical([("1m", 0.2), ("10m", 0.6), ("2h", 0.9)])"#,
        ] {
            let delay = delay(text);
            let drawn = Drawn::new(&delay);
            const NUMBERS: usize = 1 << 16;
            let numbers: Box<[u32; NUMBERS]> = Box::new(std::array::from_fn(|n| (n as u32) << 16));
            let mut answers = Box::new([0; NUMBERS]);
            drawn.fill(&numbers[..], &mut answers[..]);
            assert!(numbers.iter().zip(answers.iter()).all(|(number, answer)| soon(drawn.at(*number)) == *answer), "{text}");
            for seconds in [1, 12, 61, 300, 720, 3600, 7200, 21_600, 86_400] {
                let before = answers.iter().filter(|answer| **answer < seconds).count() as f64 / numbers.len() as f64;
                let share = share_before(&delay, seconds as f64);
                assert!((before - share).abs() < 3e-5, "{text} before {seconds} s: {before}, not {share}");
            }
        }
    }

    #[test]
    fn weights_of_nothing_are_never_chosen() {
        assert_eq!(bounds(&[1.0, 0.0, 3.0, 0.0]), [1 << 30, 1 << 30, 1 << 32, 1 << 32]);
        assert_eq!(bounds(&[0.0, 0.0]), [1 << 31, 1 << 32]);
        assert_eq!(bounds(&[1e300, 1e300, f64::MAX]).last(), Some(&(1 << 32)));
        for number in [0, 1 << 30, u32::MAX] {
            assert!([0, 2].contains(&chosen(&bounds(&[1.0, 0.0, 3.0, 0.0]), number)));
        }
    }
}
