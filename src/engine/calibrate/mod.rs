//! From a log of questions and answers to a reply time: how many ever answer, and how long they take.
//!
//! Whoever had not answered when the log ends may still do so, or never will: both are weighed (a mixture cure model, by
//! expectation and maximisation), so the impatient end of a log does not make people look silent. Knows no file and no
//! funnel.

mod fit;
mod survival;

use crate::model::{Delay, Seconds};

pub use survival::Survival;

/// Fewer answers than this tell too little of their law.
pub const FEWEST_ANSWERS: usize = 50;
/// A fit that is further off the log than this is a poor one.
pub const POOR: f64 = 0.1;

/// One message of a log.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Observation {
    /// How long it was followed: to the answer, or to the end of the log.
    pub length: Seconds,
    /// Whether it was answered.
    pub answered: bool,
}

/// The laws that are tried.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[allow(missing_docs)]
pub enum Kind {
    LogNormal,
    Weibull,
}

/// A law with what is known of it.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Fit {
    /// Which law.
    pub kind: Kind,
    /// The share of people who ever answer.
    pub chance: f64,
    /// How long half of those who answer take, in seconds.
    pub median: f64,
    /// How long nine in ten of them take, in seconds.
    pub p90: f64,
    /// Akaike's criterion; the lower, the better.
    pub aic: f64,
    /// The standard error of `chance`.
    pub chance_error: f64,
    /// The standard error of `median`, as a share of it.
    pub median_error: f64,
    /// How far it is off the log at most, as a share of all people.
    pub distance: f64,
}

/// What a log says.
#[derive(Debug, Clone)]
pub struct Calibration {
    /// How many messages were answered.
    pub answered: usize,
    /// How many were not, or not yet.
    pub silent: usize,
    /// The better law.
    pub fit: Fit,
    /// The other law.
    pub other: Fit,
    /// The share that has answered by each time, as the log has it.
    pub survival: Survival,
}

/// The log has too few answers; so many.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct TooFew(pub usize);

impl Fit {
    /// The share of all people who have answered after so many seconds.
    pub fn answered_by(&self, seconds: f64) -> f64 {
        self.chance * fit::share(self, seconds)
    }

    /// The delay that a funnel holds.
    pub fn delay(&self) -> Delay {
        let whole = |seconds: f64| Seconds((seconds.round() as i64).clamp(1, Seconds::MAX.0 - 1));
        let median = whole(self.median);
        // A law of no width would be another one.
        let p90 = whole(self.p90).max(median + Seconds(1));
        match self.kind {
            Kind::LogNormal => Delay::LogNormal { median, p90 },
            Kind::Weibull => Delay::Weibull { median, p90 },
        }
    }
}

/// Fits both laws and takes the better.
///
/// # Errors
/// [`TooFew`] answers.
pub fn calibrate(log: &[Observation]) -> Result<Calibration, TooFew> {
    let answered = log.iter().filter(|one| one.answered).count();
    if answered < FEWEST_ANSWERS {
        return Err(TooFew(answered));
    }
    let survival = Survival::of(log);
    let [one, other] = [Kind::LogNormal, Kind::Weibull].map(|kind| {
        let mut fit = fit::fit(log, kind);
        fit.distance = survival.distance(|seconds| fit.answered_by(seconds));
        fit
    });
    let (fit, other) = if one.aic <= other.aic { (one, other) } else { (other, one) };
    Ok(Calibration { answered, silent: log.len() - answered, fit, other, survival })
}
