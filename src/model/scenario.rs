//! A scenario: one person's story, kept in the file with what it expects.

use serde::{Deserialize, Serialize};

use super::{LocalTime, Output, Seconds, StepId};

/// One person's story.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Scenario {
    /// What the person calls it.
    pub name: String,
    /// When the person enters; else the launch, else a Monday at 10:00.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub arrives: Option<LocalTime>,
    /// The entry that the person takes; else the first.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub entry: Option<StepId>,
    /// What the person does where nothing is said.
    #[serde(default)]
    pub otherwise: Otherwise,
    /// What the person answers. The n-th answer for a step is for the n-th visit to it.
    #[serde(default)]
    pub answers: Vec<Answer>,
    /// The way taken at a split or an attribute; else the likeliest, the first of equals.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub choices: Vec<Choice>,
    /// Messages that the person sends unasked, since entry.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub unprompted: Vec<Seconds>,
    /// What must come of it.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub expect: Vec<Expect>,
}

/// What a person does where the scenario is silent.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default, Serialize, Deserialize)]
pub enum Otherwise {
    /// Does not answer.
    #[default]
    Silent,
    /// Gives the first answer after five minutes.
    Prompt,
}

/// An answer to one visit of a step.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Answer {
    /// The step that asked.
    pub step: StepId,
    /// The label of the option.
    pub reply: String,
    /// How long the person took; at or past the timeout it counts as no answer.
    pub after: Seconds,
}

/// The way taken at a branch that chance or an attribute decides.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Choice {
    /// The branch.
    pub step: StepId,
    /// The output: `Case("B")`, `Yes` or `No`.
    pub out: Output,
}

/// What a scenario expects of a step.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Expect {
    /// The sending step.
    pub step: StepId,
    /// What it sends on its first visit.
    pub sent: Sent,
}

/// What came of a sending step.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum Sent {
    /// Free-form, inside the window.
    FreeForm,
    /// A template.
    Template,
    /// Nothing: free-form with the window closed.
    Blocked,
    /// The journey never came there.
    NotReached,
}
