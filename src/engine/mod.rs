//! What can happen: the proof over all journeys, and the stepper that follows one.
//!
//! One machine gives a step its meaning; the proof and the stepper are its readers. Nothing here reads a clock: the
//! moment at which the funnel may begin is an argument.

mod clock;
mod calendar;
mod machine;
mod spans;
pub mod delays;
mod graph;
mod reach;
mod plan;
mod search;
mod moves;
mod since_entry;
mod witness;
mod journey;
mod proof;

pub use clock::Clock;
pub use journey::{Ending, Journey, Moment, Story, What, follow};
pub use proof::{Claim, Consents, Proof, Range, StepProof, Verdict, prove};
