//! What can happen: the proof over all journeys, the stepper that follows one, and the crowd.
//!
//! One machine gives a step its meaning; the proof, the stepper and the crowd are its readers. Nothing here reads a clock: the
//! moment at which the funnel may begin is an argument.

mod clock;
mod calendar;
mod machine;
mod spans;
pub mod delays;
mod sending;
mod graph;
mod reach;
mod changes;
mod plan;
mod search;
mod known;
mod again;
mod moves;
mod since_entry;
mod seen;
mod plausible;
mod witness;
mod dates;
mod trails;
mod stepper;
mod journey;
mod proof;
pub mod cost;
pub mod crowd;
mod likelihood;
mod whatif;
pub mod calibrate;
mod asked;
mod safe;
mod visits;
#[cfg(test)]
mod tests;

pub use clock::Clock;
pub use journey::{Ending, Journey, Moment, Story, What, follow, made_up};
pub use likelihood::{LITTLE_WORK, Likelihood, MUCH_WORK, Part, Since, StepLikelihood, likelihood};
pub use proof::{Claim, Consents, Proof, Range, StepProof, Unknown, Verdict, prove, prove_again};
pub use safe::{Safe, SafeKind};
pub use stepper::{Did, Tick};
pub use trails::{Sight, Trails};
pub use whatif::{Change, SHARES, SecondQuestion, WORK_TO_HELP, WhatIf, step_with_length, what_ifs};
pub use witness::Witness;
