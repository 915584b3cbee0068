//! How long answers take: the law of each delay, read both ways.
//!
//! A law is continuous, in seconds; a person's answer takes the whole seconds of it, cut off. So an answer that the law puts
//! before the timeout is one before the timeout, and its share is [`share_before`] of the timeout without any rounding. Only
//! [`Delay::Fixed`] and the first point of [`Delay::Empirical`] have a share on one second. What comes out lies within
//! [`Delay::range`], which is all that the proof knows of a delay.
//!
//! All functions of a real number come from `libm`, so that every machine gives the same bits. Knows nothing of `chance` and
//! `timeout`: these are the question's.

use std::f64::consts::SQRT_2;

use crate::model::{Delay, Seconds};

/// The natural logarithm of 2: where half of an exponential law lies.
const LN_2: f64 = std::f64::consts::LN_2;
/// The natural logarithm of 10: where nine tenths of it lie.
const LN_10: f64 = std::f64::consts::LN_10;
/// Where nine tenths of the standard normal law lie.
const NORMAL_P90: f64 = 1.281_551_565_544_600_4;
/// A year is at most this long.
const YEAR: Seconds = Seconds::days(366);
/// A length of 0 s in a law that has no such length is taken for one that is cut off to it.
const HALF_A_SECOND: f64 = 0.5;

/// The share of answers that take at most this many seconds, among people who answer at all (`chance`).
///
/// It ends at 1, but for an [`Delay::Empirical`] whose last point is below: whoever is left over never answers.
pub fn share_by(delay: &Delay, seconds: f64) -> f64 {
    Law::of(delay).share(seconds, |at| seconds >= at)
}

/// The share of answers that take strictly less than this many seconds: with a timeout of so many, those that are in time.
pub fn share_before(delay: &Delay, seconds: f64) -> f64 {
    Law::of(delay).share(seconds, |at| seconds > at)
}

/// The number of seconds below which this share of answers lies, from 0 to 1; infinite where so many never come.
pub fn quantile(delay: &Delay, u: f64) -> f64 {
    Law::of(delay).quantile(u)
}

/// The answer of the person at this share, in whole seconds; `None` where that person never answers.
///
/// A law without bound ends at ten years, and at a hundred where the person speaks of more than one, so that no sum of answers
/// is too large.
pub fn whole_seconds(delay: &Delay, u: f64) -> Option<i64> {
    let (soonest, latest) = delay.range();
    let latest = latest.unwrap_or_else(|| end(delay));
    let at = quantile(delay, u);
    let never = at == f64::INFINITY && never_comes(delay, u);
    // Beyond the whole numbers the cast stays at their end.
    (!never).then(|| (at as i64).clamp(soonest.0, latest.0.max(soonest.0)))
}

/// Where a law without bound ends.
fn end(delay: &Delay) -> Seconds {
    let told = match delay {
        Delay::Exponential { mean } => *mean,
        Delay::LogNormal { p90, .. } | Delay::Weibull { p90, .. } => *p90,
        Delay::Fixed(_) | Delay::Uniform { .. } | Delay::Empirical(_) => Seconds::ZERO,
    };
    if told > YEAR { Seconds::MAX } else { Seconds(10 * YEAR.0) }
}

fn never_comes(delay: &Delay, u: f64) -> bool {
    match delay {
        Delay::Empirical(points) => points.last().is_none_or(|(_, share)| u >= *share),
        _ => false,
    }
}

fn length(of: Seconds) -> f64 {
    of.0 as f64
}

/// A delay with its parameters worked out.
enum Law<'a> {
    At(f64),
    Even {
        from: f64,
        width: f64,
    },
    /// Weibull; with the exponent 1 it is exponential.
    Weibull {
        scale: f64,
        exponent: f64,
    },
    LogNormal {
        median: f64,
        sigma: f64,
    },
    Points(&'a [(Seconds, f64)]),
}

impl<'a> Law<'a> {
    fn of(delay: &'a Delay) -> Self {
        let some = |at: &Seconds| length(*at).max(HALF_A_SECOND);
        match delay {
            Delay::Fixed(at) => Self::At(length(*at)),
            // Each whole second from the first to the last is as likely, so the law ends a second after the last.
            Delay::Uniform { min, max } => Self::Even { from: length(*min), width: length(*max) + 1.0 - length(*min) },
            Delay::Exponential { mean } => Self::Weibull { scale: some(mean), exponent: 1.0 },
            Delay::LogNormal { median, p90 } | Delay::Weibull { median, p90 } if p90 <= median => Self::At(length(*median)),
            Delay::LogNormal { median, p90 } => {
                Self::LogNormal { median: some(median), sigma: libm::log(some(p90) / some(median)) / NORMAL_P90 }
            }
            Delay::Weibull { median, p90 } => {
                let exponent = libm::log(LN_10 / LN_2) / libm::log(some(p90) / some(median));
                Self::Weibull { scale: some(median) / libm::pow(LN_2, 1.0 / exponent), exponent }
            }
            Delay::Empirical(points) => Self::Points(points),
        }
    }

    /// The share up to so many seconds; `reached` says whether that takes in a second that has a share of its own.
    fn share(&self, seconds: f64, reached: impl Fn(f64) -> bool) -> f64 {
        match self {
            Self::At(at) => f64::from(reached(*at)),
            Self::Even { from, width } => ((seconds - from) / width).clamp(0.0, 1.0),
            Self::Weibull { .. } | Self::LogNormal { .. } if seconds <= 0.0 => 0.0,
            Self::Weibull { scale, exponent } => -libm::expm1(-libm::pow(seconds / scale, *exponent)),
            Self::LogNormal { median, sigma } => 0.5 * libm::erfc(-libm::log(seconds / median) / sigma / SQRT_2),
            Self::Points(points) => {
                let after = points.partition_point(|(at, _)| length(*at) <= seconds);
                match (after.checked_sub(1).map(|before| points[before]), points.get(after)) {
                    (None, _) => 0.0,
                    (Some((at, share)), _) if after == 1 && length(at) == seconds => share * f64::from(reached(seconds)),
                    (Some((_, share)), None) => share,
                    (Some((from, low)), Some((to, high))) => {
                        low + (high - low) * (seconds - length(from)) / (length(*to) - length(from))
                    }
                }
            }
        }
    }

    fn quantile(&self, u: f64) -> f64 {
        match self {
            Self::At(at) => *at,
            Self::Even { from, width } => from + u.clamp(0.0, 1.0) * width,
            Self::Weibull { .. } | Self::LogNormal { .. } if u >= 1.0 => f64::INFINITY,
            Self::Weibull { .. } | Self::LogNormal { .. } if u <= 0.0 => 0.0,
            Self::Weibull { scale, exponent } => scale * libm::pow(-libm::log1p(-u), 1.0 / exponent),
            Self::LogNormal { median, sigma } => median * libm::exp(sigma * normal_quantile(u)),
            Self::Points(points) => {
                let after = points.partition_point(|(_, share)| *share <= u);
                match (after.checked_sub(1).map(|before| points[before]), points.get(after)) {
                    (_, None) => f64::INFINITY,
                    // The share of the first point lies on it.
                    (None, Some((first, _))) => length(*first),
                    (Some((from, low)), Some((to, high))) => {
                        length(from) + (length(*to) - length(from)) * (u - low) / (high - low)
                    }
                }
            }
        }
    }
}

/// The quantile of the standard normal law, by Wichura's algorithm AS 241 (1988), to about 1 part in 10^16.
fn normal_quantile(u: f64) -> f64 {
    let centred = u - 0.5;
    if centred.abs() <= 0.425 {
        let r = 0.180_625 - centred * centred;
        return centred * ratio(&MIDDLE, r);
    }
    let tail = libm::sqrt(-libm::log(if centred < 0.0 { u } else { 1.0 - u }));
    let distance = if tail <= 5.0 { ratio(&SHOULDER, tail - 1.6) } else { ratio(&TAIL, tail - 5.0) };
    if centred < 0.0 { -distance } else { distance }
}

/// Two polynomials of degree 7, the highest power first.
type Ratio = ([f64; 8], [f64; 8]);

fn ratio((above, below): &Ratio, x: f64) -> f64 {
    let at = |coefficients: &[f64; 8]| coefficients.iter().fold(0.0, |sum, coefficient| sum * x + coefficient);
    at(above) / at(below)
}

const MIDDLE: Ratio = (
    [
        2_509.080_928_730_122_7,
        33_430.575_583_588_13,
        67_265.770_927_008_7,
        45_921.953_931_549_87,
        13_731.693_765_509_46,
        1_971.590_950_306_551_3,
        133.141_667_891_784_38,
        3.387_132_872_796_366_5,
    ],
    [
        5_226.495_278_852_854,
        28_729.085_735_721_943,
        39_307.895_800_092_71,
        21_213.794_301_586_597,
        5_394.196_021_424_751,
        687.187_007_492_057_9,
        42.313_330_701_600_91,
        1.0,
    ],
);
const SHOULDER: Ratio = (
    [
        7.745_450_142_783_414e-4,
        0.022_723_844_989_269_184,
        0.241_780_725_177_450_6,
        1.270_458_252_452_368_4,
        3.647_848_324_763_204_5,
        5.769_497_221_460_691,
        4.630_337_846_156_546,
        1.423_437_110_749_683_5,
    ],
    [
        1.050_750_071_644_416_9e-9,
        5.475_938_084_995_345e-4,
        0.015_198_666_563_616_457,
        0.148_103_976_427_480_08,
        0.689_767_334_985_1,
        1.676_384_830_183_803_8,
        2.053_191_626_637_759,
        1.0,
    ],
);
const TAIL: Ratio = (
    [
        2.010_334_399_292_288_1e-7,
        2.711_555_568_743_487_6e-5,
        0.001_242_660_947_388_078_4,
        0.026_532_189_526_576_124,
        0.296_560_571_828_504_87,
        1.784_826_539_917_291_3,
        5.463_784_911_164_114,
        6.657_904_643_501_103,
    ],
    [
        2.044_263_103_389_939_8e-15,
        1.421_511_758_316_446e-7,
        1.846_318_317_510_054_8e-5,
        7.868_691_311_456_133e-4,
        0.014_875_361_290_850_615,
        0.136_929_880_922_735_8,
        0.599_832_206_555_887_9,
        1.0,
    ],
);

#[cfg(test)]
mod tests {
    use super::*;

    fn delay(text: &str) -> Delay {
        ron::Options::default().from_str(text).unwrap()
    }

    const LAWS: [&str; 12] = [
        r#"Fixed("30m")"#,
        r#"Uniform(min: "1m", max: "3h")"#,
        r#"Uniform(min: "0s", max: "0s")"#,
        r#"Exponential(mean: "20m")"#,
        r#"LogNormal(median: "12m", p90: "6h")"#,
        r#"LogNormal(median: "1s", p90: "36500d")"#,
        r#"LogNormal(median: "0s", p90: "6h")"#,
        r#"Weibull(median: "4m", p90: "1h")"#,
        r#"Weibull(median: "4m", p90: "4m")"#,
        r#"Empirical([("1m", 0.2), ("10m", 0.6), ("2h", 0.9)])"#,
        r#"Empirical([("1m", 1.0)])"#,
        r#"Empirical([("0s", 0.0), ("10m", 0.6), ("20m", 0.6), ("2h", 1.0)])"#,
    ];

    #[test]
    fn the_law_meets_what_the_person_wrote() {
        for (text, seconds, share) in [
            (r#"Fixed("30m")"#, 1799.0, 0.0),
            (r#"Fixed("30m")"#, 1800.0, 1.0),
            (r#"Uniform(min: "10s", max: "19s")"#, 15.0, 0.5),
            (r#"Exponential(mean: "20m")"#, 1200.0, 0.632_120_558_828_557_7),
            (r#"LogNormal(median: "12m", p90: "6h")"#, 720.0, 0.5),
            (r#"LogNormal(median: "12m", p90: "6h")"#, 21_600.0, 0.9),
            (r#"Weibull(median: "4m", p90: "1h")"#, 240.0, 0.5),
            (r#"Weibull(median: "4m", p90: "1h")"#, 3600.0, 0.9),
            (r#"Empirical([("1m", 0.2), ("10m", 0.6), ("2h", 0.9)])"#, 59.0, 0.0),
            (r#"Empirical([("1m", 0.2), ("10m", 0.6), ("2h", 0.9)])"#, 60.0, 0.2),
            (r#"Empirical([("1m", 0.2), ("10m", 0.6), ("2h", 0.9)])"#, 330.0, 0.4),
            (r#"Empirical([("1m", 0.2), ("10m", 0.6), ("2h", 0.9)])"#, 1e9, 0.9),
        ] {
            let told = share_by(&delay(text), seconds);
            assert!((told - share).abs() < 1e-12, "{text} at {seconds}: {told}");
        }
    }

    #[test]
    fn quantiles_undo_shares() {
        for text in LAWS {
            let delay = delay(text);
            for step in 1..1000 {
                let u = f64::from(step) / 1000.0;
                let at = quantile(&delay, u);
                if at.is_finite() {
                    let off = share_by(&delay, at) - u;
                    assert!(share_before(&delay, at) <= u + 1e-9 && off > -1e-9, "{text} at {u}: {at} is off by {off}");
                }
            }
        }
        for exponent in 2..60 {
            let u = libm::pow(0.5, f64::from(exponent));
            let back = 0.5 * libm::erfc(-normal_quantile(u) / SQRT_2);
            assert!((back / u - 1.0).abs() < 1e-12, "2^-{exponent} comes back as {back}");
        }
    }

    #[test]
    fn answers_stay_in_the_range_that_the_proof_takes() {
        for text in LAWS {
            let delay = delay(text);
            let (soonest, latest) = delay.range();
            let mut before = 0;
            for u in [0.0, 1e-12, 1e-6, 0.2, 0.5, 0.899, 0.9, 0.999_999, 1.0 - f64::EPSILON] {
                let Some(whole) = whole_seconds(&delay, u) else {
                    assert!(text.starts_with("Empirical") && u >= 0.9, "{text} at {u} never answers");
                    continue;
                };
                assert!(soonest.0 <= whole && latest.is_none_or(|latest| whole <= latest.0), "{text} at {u}: {whole}");
                assert!(before <= whole && whole <= Seconds::MAX.0, "{text} at {u}: {whole} after {before}");
                before = whole;
            }
        }
    }

    #[test]
    fn an_answer_on_the_second_of_the_timeout_is_not_before_it() {
        assert_eq!(share_before(&delay(r#"Fixed("20h")"#), 72_000.0), 0.0);
        assert_eq!(share_before(&delay(r#"Weibull(median: "20h", p90: "20h")"#), 72_000.0), 0.0);
        assert_eq!(share_before(&delay(r#"Empirical([("20h", 0.5), ("30h", 1.0)])"#), 72_000.0), 0.0);
        // Of the ten whole seconds from 10 to 19, five are less than 15.
        assert_eq!(share_before(&delay(r#"Uniform(min: "10s", max: "19s")"#), 15.0), 0.5);
    }
}
