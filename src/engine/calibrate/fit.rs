//! Fits a law to a log, with those who may never answer (`engine.md` 6).
//!
//! Those who are silent at the end of their time weigh in as answering later by the chance that they do, given the law so
//! far; then the law is the likeliest one for all of these, and so on until nothing changes.

use std::collections::BTreeMap;
use std::f64::consts::{LN_2, LN_10, PI, SQRT_2};

use super::{Fit, Kind, Observation};

/// Where nine tenths of the standard normal law lie.
const NORMAL_P90: f64 = 1.281_551_565_544_600_4;
/// Times are put together where their logarithms are closer than one part in so many.
const BINS: f64 = 256.0;
/// So often the law is made likelier, at most.
const MOST_ROUNDS: usize = 3000;

/// Times, as logarithms: those of the same bin as one, with how many there are.
struct Times(Vec<(f64, f64)>);

/// A log, made ready.
struct Log {
    answered: Times,
    silent: Times,
    all: f64,
}

/// A law by its place and width on the scale of logarithms; for Weibull the logarithm of its scale, and one over its
/// exponent.
#[derive(Clone, Copy)]
struct Law {
    kind: Kind,
    chance: f64,
    place: f64,
    width: f64,
}

/// The likeliest law of this kind; its distance is not known here.
pub fn fit(log: &[Observation], kind: Kind) -> Fit {
    let log = Log::of(log);
    let law = likeliest(&log, kind);
    let [chance_error, median_error] = errors(&log, law);
    let parameters = 3.0;
    Fit {
        kind,
        chance: law.chance,
        median: law.quantile([0.0, LN_2.ln()]).exp(),
        p90: law.quantile([NORMAL_P90, LN_10.ln()]).exp(),
        aic: 2.0 * parameters - 2.0 * log.likelihood(law),
        chance_error,
        median_error,
        distance: 0.0,
    }
}

/// The share of those who ever answer that has done so after so many seconds.
pub fn share(fit: &Fit, seconds: f64) -> f64 {
    if seconds <= 0.0 {
        return 0.0;
    }
    let width = (fit.p90 / fit.median).ln();
    let law = match fit.kind {
        Kind::LogNormal => Law { kind: fit.kind, chance: 1.0, place: fit.median.ln(), width: width / NORMAL_P90 },
        Kind::Weibull => {
            let width = width / (LN_10 / LN_2).ln();
            Law { kind: fit.kind, chance: 1.0, place: fit.median.ln() - width * LN_2.ln(), width }
        }
    };
    1.0 - law.silent_at(seconds.ln())
}

impl Times {
    fn of(times: impl Iterator<Item = f64>) -> Self {
        let mut bins: BTreeMap<i64, (f64, f64)> = BTreeMap::new();
        for time in times {
            let bin = bins.entry((time * BINS).floor() as i64).or_default();
            bin.0 += time;
            bin.1 += 1.0;
        }
        Self(bins.into_values().map(|(sum, count)| (sum / count, count)).collect())
    }

    fn sum(&self, of: impl Fn(f64) -> f64) -> f64 {
        self.0.iter().map(|(time, count)| count * of(*time)).sum()
    }
}

impl Log {
    fn of(log: &[Observation]) -> Self {
        // Whole seconds are cut off: an answer of no second came within the first.
        let time = |one: &Observation| (one.length.0 as f64 + 0.5).ln();
        Self {
            answered: Times::of(log.iter().filter(|one| one.answered).map(time)),
            silent: Times::of(log.iter().filter(|one| !one.answered).map(time)),
            all: log.len() as f64,
        }
    }

    /// The logarithm of how likely the log is.
    fn likelihood(&self, law: Law) -> f64 {
        self.answered.sum(|time| law.chance.ln() + law.density(time).ln())
            + self.silent.sum(|time| (1.0 - law.chance + law.chance * law.silent_at(time)).ln())
    }
}

impl Law {
    /// Given its place and width, by where a share lies in each of the two standard laws.
    fn quantile(self, [normal, weibull]: [f64; 2]) -> f64 {
        self.place + self.width * if self.kind == Kind::LogNormal { normal } else { weibull }
    }

    /// The density of answers at a time, in seconds.
    fn density(self, time: f64) -> f64 {
        let z = (time - self.place) / self.width;
        let standard = match self.kind {
            Kind::LogNormal => (-0.5 * z * z).exp() / (2.0 * PI).sqrt(),
            Kind::Weibull => (z - z.exp()).exp(),
        };
        (standard / self.width / time.exp()).max(f64::MIN_POSITIVE)
    }

    /// The share of those who ever answer that has not done so.
    fn silent_at(self, time: f64) -> f64 {
        let z = (time - self.place) / self.width;
        match self.kind {
            Kind::LogNormal => 0.5 * libm::erfc(z / SQRT_2),
            Kind::Weibull => (-z.exp()).exp(),
        }
    }

    /// Of those silent at a time, the share that will answer.
    fn still_to_come(self, time: f64) -> f64 {
        let later = self.chance * self.silent_at(time);
        later / (1.0 - self.chance + later)
    }
}

fn likeliest(log: &Log, kind: Kind) -> Law {
    let answered = log.answered.sum(|_| 1.0);
    let mean = log.answered.sum(|time| time) / answered;
    let variance = log.answered.sum(|time| (time - mean).powi(2)) / answered;
    let width = variance.sqrt().max(1e-3);
    let (place, width) = match kind {
        Kind::LogNormal => (mean, width),
        // The mean and variance of a Weibull's logarithm: Euler's constant below its place, and π²/6 of its width.
        Kind::Weibull => (mean + 0.577_2 * width * 6f64.sqrt() / PI, width * 6f64.sqrt() / PI),
    };
    let mut law = Law { kind, chance: (answered / log.all).clamp(1e-3, 1.0 - 1e-6), place, width };
    for _ in 0..MOST_ROUNDS {
        let next = match kind {
            Kind::LogNormal => likelier_normal(log, law),
            Kind::Weibull => likelier_weibull(log, law),
        };
        let moved = (next.chance - law.chance).abs() + (next.place - law.place).abs() + (next.width - law.width).abs();
        law = next;
        if moved < 1e-9 {
            break;
        }
    }
    law
}

fn likelier_normal(log: &Log, law: Law) -> Law {
    let mut sums = [log.answered.sum(|_| 1.0), log.answered.sum(|time| time), log.answered.sum(|time| time * time)];
    for &(time, count) in &log.silent.0 {
        let z = (time - law.place) / law.width;
        let density = (-0.5 * z * z).exp() / (2.0 * PI).sqrt();
        // How much later than the mean those answer who are silent so long.
        let hazard = density / law.silent_at(time).max(f64::MIN_POSITIVE);
        let weight = count * law.still_to_come(time);
        let square = law.place * law.place + law.width * law.width + law.width * (time + law.place) * hazard;
        sums[0] += weight;
        sums[1] += weight * (law.place + law.width * hazard);
        sums[2] += weight * square;
    }
    let place = sums[1] / sums[0];
    let width = (sums[2] / sums[0] - place * place).max(1e-6).sqrt();
    Law { chance: (sums[0] / log.all).min(1.0 - 1e-9), place, width, ..law }
}

fn likelier_weibull(log: &Log, law: Law) -> Law {
    let answered = log.answered.sum(|_| 1.0);
    let mean = log.answered.sum(|time| time) / answered;
    let weighted: Vec<(f64, f64)> = log
        .answered
        .0
        .iter()
        .copied()
        .chain(log.silent.0.iter().map(|(time, count)| (*time, count * law.still_to_come(*time))))
        .collect();
    let chance = weighted.iter().map(|(_, weight)| weight).sum::<f64>() / log.all;
    // The sums of t^k, and of it times the first and second power of ln t, relative to the place so far.
    let sums = |exponent: f64| {
        weighted.iter().fold([0.0; 3], |[none, one, two], (time, weight)| {
            let off = time - law.place;
            let power = weight * (exponent * off).exp();
            [none + power, one + power * off, two + power * off * off]
        })
    };
    let mut exponent = 1.0 / law.width;
    for _ in 0..8 {
        let [none, one, two] = sums(exponent);
        let slope = 1.0 / exponent + mean - law.place - one / none;
        let bend = -1.0 / (exponent * exponent) - (two / none - (one / none).powi(2));
        // Never further than half way to nothing, nor more than twice as far.
        exponent = (exponent - slope / bend).clamp(exponent / 2.0, exponent * 2.0);
    }
    let [none, ..] = sums(exponent);
    let place = law.place + (none / answered).ln() / exponent;
    Law { chance: chance.min(1.0 - 1e-9), place, width: 1.0 / exponent, ..law }
}

/// The standard errors of the chance and of the logarithm of the median, from how sharply the likelihood falls off.
fn errors(log: &Log, law: Law) -> [f64; 2] {
    let logit = (law.chance / (1.0 - law.chance)).ln();
    let at = |[logit, place, width]: [f64; 3]| {
        let chance = 1.0 / (1.0 + (-logit).exp());
        log.likelihood(Law { chance, place, width: width.exp(), ..law })
    };
    let middle = [logit, law.place, law.width.ln()];
    let step = 1e-3;
    let bend = |i: usize, j: usize| {
        let moved = |a: f64, b: f64| {
            let mut to = middle;
            to[i] += a * step;
            to[j] += b * step;
            at(to)
        };
        -(moved(1.0, 1.0) - moved(1.0, -1.0) - moved(-1.0, 1.0) + moved(-1.0, -1.0)) / (4.0 * step * step)
    };
    let h: [[f64; 3]; 3] = std::array::from_fn(|i| std::array::from_fn(|j| bend(i, j)));
    let minor = |i: usize, j: usize| {
        let [a, b] = [(i + 1) % 3, (i + 2) % 3];
        let [c, d] = [(j + 1) % 3, (j + 2) % 3];
        h[a][c] * h[b][d] - h[a][d] * h[b][c]
    };
    let whole: f64 = (0..3).map(|j| h[0][j] * minor(0, j)).sum();
    let covariance = |i: usize, j: usize| minor(i, j) / whole;
    // The median lies a fixed number of widths from the place.
    let widths = law.quantile([0.0, LN_2.ln()]) - law.place;
    let median = covariance(1, 1) + 2.0 * widths * covariance(1, 2) + widths * widths * covariance(2, 2);
    [covariance(0, 0).max(0.0).sqrt() * law.chance * (1.0 - law.chance), median.max(0.0).sqrt()]
}
