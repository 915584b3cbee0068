//! What we think of a funnel: one file a diagnostic, the registry, the judgement.

use std::sync::Arc;

use crate::edit::Edit;
use crate::engine::{Proof, Story};
use crate::model::{Funnel, LocalTime, StepId};
use crate::policy::Policy;

/// How bad a diagnostic is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Severity {
    /// It will fail, or breaks the platform's rules.
    Error,
    /// It may fail, or costs avoidably.
    Warning,
    /// Worth knowing.
    Info,
}

/// What a diagnostic points at.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub enum Place {
    /// The funnel as a whole.
    Funnel,
    /// A step.
    Step(StepId),
    /// The template at this place of the library.
    Template(usize),
}

/// One finding.
#[derive(Debug, Clone, PartialEq)]
pub struct Diagnostic {
    /// The stable code, such as `W001`.
    pub code: &'static str,
    /// The stable name, such as `free-form-outside-window`.
    pub name: &'static str,
    /// How bad it is.
    pub severity: Severity,
    /// What it points at first.
    pub place: Place,
    /// The name of the template that it is about, if any.
    pub template: Option<String>,
    /// What is wrong, with the numbers, in the person's terms; one sentence or two.
    pub message: String,
    /// What to do.
    pub help: Option<String>,
    /// A journey that shows it.
    pub witness: Option<Story>,
    /// Changes that mend it.
    pub fixes: Vec<Fix>,
}

/// A change that mends a diagnostic.
#[derive(Debug, Clone, PartialEq)]
pub struct Fix {
    /// Stable name, such as `use-template`.
    pub id: &'static str,
    /// What it will change, beforehand.
    pub title: String,
    /// The change.
    pub edit: Edit,
}

/// All that is known of a funnel under a policy.
#[derive(Debug, Clone)]
pub struct Judgement {
    /// The proof over all journeys.
    pub proof: Proof,
    /// The findings: by severity, then the funnel's order, then code.
    pub diagnostics: Vec<Diagnostic>,
    /// The policy that it was judged by.
    pub policy: Arc<Policy>,
}

/// Judges a funnel. `now` is the local time of judging: it decides what can still be approved, and when people may begin
/// to arrive where the funnel has no launch.
pub fn judge(funnel: &Funnel, policy: &Arc<Policy>, now: LocalTime) -> Judgement {
    let proof = crate::engine::prove(funnel, policy, now);
    Judgement { proof, diagnostics: Vec::new(), policy: Arc::clone(policy) }
}
