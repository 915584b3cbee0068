//! What we think of a funnel: one file a diagnostic, the registry, the judgement.
//!
//! To add a rule, write its file beside the others and add its name to the list in `book/mod.rs`; nothing else. The
//! file's own `//!` text is what `transom explain` prints, and its two examples are its test.

mod allowed;
mod book;
mod compare;
mod cycles;
mod diagnostic;
mod evidence;
mod facts;
mod impact;
mod judgement;
mod mend;
mod mended;
mod plan;
mod proved;
mod rule;
mod stories;
#[cfg(test)]
mod tests;
mod variables;
mod words;

pub use allowed::{Suppressed, allowed_at};
pub use book::{RULES, rule};
pub use compare::{Comparison, Side, StepChange, Trend, compare};
pub use diagnostic::{About, Diagnostic, Fix, Place, Severity};
pub use facts::{Shown, Trouble, TroubleKind, show, shown};
pub use impact::{Impact, WindowImpact, window_impact};
pub use judgement::{Judgement, judge, judge_again};
pub use mend::allowed::{allow, disallow};
pub use mended::{Mended, mend};
pub use plan::TemplatePlan;
pub use proved::Mender;
pub use rule::Rule;
pub use stories::{Stories, Telling, Which};
