//! One finding: what is wrong, where, the journey that shows it, and what would mend it.

use crate::edit::Edit;
use crate::engine::{Claim, Witness};
use crate::model::{Output, StepId};

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

impl Severity {
    /// The word in reports: `error`, `warning`, `info`.
    pub fn word(self) -> &'static str {
        match self {
            Self::Error => "error",
            Self::Warning => "warning",
            Self::Info => "info",
        }
    }
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

/// What a finding is about within its part.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum About {
    /// The part as a whole.
    Whole,
    /// A way out of the step.
    Output(Output),
    /// An item of a list.
    Item(usize),
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
    /// The field of the place at which it is drawn in the file: `send` of a step, `body` of a template, `policy` of the
    /// funnel. Two findings of one rule at two fields of one place are two.
    pub part: &'static str,
    /// What it is about within that field.
    pub about: About,
    /// The name of the template that it is about, if any.
    pub template: Option<String>,
    /// What is wrong, with the numbers, in the person's terms; one sentence or two. Titles of steps stand between
    /// asterisks, names of templates between backticks.
    pub message: String,
    /// What to do.
    pub help: Option<String>,
    /// What the journey below shows of the step.
    pub shows: Claim,
    /// A journey that shows it; [`crate::engine::Proof::tell`] tells its story.
    pub witness: Option<Witness>,
}

impl Diagnostic {
    /// The step that it points at, if it points at one.
    pub fn step(&self) -> Option<&StepId> {
        match &self.place {
            Place::Step(id) => Some(id),
            Place::Funnel | Place::Template(_) => None,
        }
    }

    pub(super) fn severity(mut self, severity: Severity) -> Self {
        self.severity = severity;
        self
    }

    pub(super) fn part(mut self, part: &'static str) -> Self {
        self.part = part;
        self
    }

    pub(super) fn about(mut self, about: About) -> Self {
        self.about = about;
        self
    }

    pub(super) fn template(mut self, name: &str) -> Self {
        self.template = Some(name.to_owned());
        self
    }

    pub(super) fn help(mut self, help: impl Into<String>) -> Self {
        self.help = Some(help.into());
        self
    }

    pub(super) fn shows(mut self, claim: Claim) -> Self {
        self.shows = claim;
        self
    }

    pub(super) fn witness(mut self, witness: Option<Witness>) -> Self {
        self.witness = witness;
        self
    }
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
    /// It changes no text that a person receives: nobody gets another one, one more or one less. Nor does it take a decision
    /// that only a person can take, such as how a journey counts or when people are invited. It may be made unread.
    pub safe: bool,
}

impl Fix {
    /// One that may be made without reading it first.
    pub(super) fn safe(id: &'static str, title: String, edit: Edit) -> Self {
        Self { id, title, edit, safe: true }
    }

    /// One that a person should read first.
    pub(super) fn to_read(id: &'static str, title: String, edit: Edit) -> Self {
        Self { id, title, edit, safe: false }
    }
}
