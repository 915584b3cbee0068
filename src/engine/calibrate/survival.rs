//! The share that has answered by each time as a log has it, whatever law lies behind it (Kaplan and Meier, 1958).

use super::Observation;
use crate::model::Seconds;

/// The share that has answered, at each time at which anybody did.
#[derive(Debug, Clone, PartialEq)]
pub struct Survival(Vec<(Seconds, f64)>);

impl Survival {
    /// What a log says.
    pub fn of(log: &[Observation]) -> Self {
        let mut log: Vec<(Seconds, bool)> = log.iter().map(|one| (one.length, one.answered)).collect();
        log.sort_unstable();
        let mut at_risk = log.len();
        let mut silent = 1.0;
        let mut points = Vec::new();
        for together in log.chunk_by(|one, next| one.0 == next.0) {
            let answered = together.iter().filter(|(_, answered)| *answered).count();
            if answered > 0 {
                silent *= 1.0 - answered as f64 / at_risk as f64;
                points.push((together[0].0, 1.0 - silent));
            }
            at_risk -= together.len();
        }
        Self(points)
    }

    /// The times at which anybody answered, with the share that had answered by then.
    pub fn points(&self) -> &[(Seconds, f64)] {
        &self.0
    }

    /// The share that has answered within a time.
    pub fn answered_by(&self, time: Seconds) -> f64 {
        self.0.partition_point(|(at, _)| *at <= time).checked_sub(1).map_or(0.0, |place| self.0[place].1)
    }

    /// How far a law is off, at most.
    pub fn distance(&self, law: impl Fn(f64) -> f64) -> f64 {
        let before = std::iter::once(0.0).chain(self.0.iter().map(|(_, share)| *share));
        let offs = self.0.iter().zip(before).map(|((at, share), before)| {
            // Whole seconds are cut off, so that a second holds all answers up to the next.
            let (begin, end) = (law(at.0 as f64), law((at.0 + 1) as f64));
            (begin - before).abs().max((end - share).abs())
        });
        offs.fold(0.0, f64::max)
    }
}
