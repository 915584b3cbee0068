//! What we think of a funnel: one file a diagnostic, the registry, the judgement.
//!
//! To add a rule, write its file beside the others and add its name to the list in `book/mod.rs`; nothing else. The
//! file's own `//!` text is what `transom explain` prints, and its two examples are its test.

mod book;
mod cycles;
mod diagnostic;
mod facts;
mod impact;
mod judgement;
mod mend;
mod plan;
mod proved;
mod rule;
#[cfg(test)]
mod tests;
mod variables;
mod words;

pub use book::{RULES, rule};
pub use diagnostic::{Diagnostic, Fix, Place, Severity};
pub use facts::{Shown, Trouble, TroubleKind, show, shown};
pub use impact::{Impact, WindowImpact, window_impact};
pub use judgement::{Judgement, judge};
pub use plan::TemplatePlan;
pub use proved::Mender;
pub use rule::Rule;
