//! The funnel: the plan that is judged.

use std::borrow::Borrow;
use std::fmt;
use std::sync::Arc;

use serde::{Deserialize, Serialize};

use super::{Allow, LocalTime, Output, Scenario, Step, Template};

/// The name of a step, unique in its funnel; cheap to clone.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct StepId(Arc<str>);

impl StepId {
    /// The name as text.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl From<&str> for StepId {
    fn from(text: &str) -> Self {
        Self(text.into())
    }
}

impl From<String> for StepId {
    fn from(text: String) -> Self {
        Self(text.into())
    }
}

impl Borrow<str> for StepId {
    fn borrow(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for StepId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// Who the funnel is for.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Audience {
    /// ISO country code; the rate card maps it to its market.
    pub market: String,
    /// IANA time zone name; every local time of the funnel is in it.
    pub timezone: String,
    /// How many people enter.
    pub size: u64,
}

impl Default for Audience {
    fn default() -> Self {
        Self { market: "BR".to_owned(), timezone: "America/Sao_Paulo".to_owned(), size: 1000 }
    }
}

/// Where an output leads.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Link {
    /// The step that it leaves.
    pub from: StepId,
    /// The output that it leaves by; at most one link an output.
    #[serde(default, skip_serializing_if = "is_next")]
    pub out: Output,
    /// The step that it reaches.
    pub to: StepId,
}

fn is_next(out: &Output) -> bool {
    *out == Output::Next
}

/// The plan that is judged: everything of a document but where its cards lie.
///
/// Its parts are shared between revisions, so a changed copy costs what was changed.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Funnel {
    /// What the person calls it.
    pub name: String,
    /// Why it exists, in the person's words.
    pub notes: String,
    /// The policy that it is judged by: an id of a shipped one or a path beside the file.
    pub policy: String,
    /// When the first person may enter, in the audience's zone.
    pub launch: Option<LocalTime>,
    /// Who it is for.
    pub audience: Audience,
    /// To how many people the business number may write outside their window in a moving day; `None` is not told.
    pub messaging_limit: Option<u64>,
    /// Findings that are allowed wherever they are in the funnel.
    pub allow: Vec<Allow>,
    /// The template library.
    pub templates: Vec<Arc<Template>>,
    /// The steps, in the order in which the person made them; ids are unique.
    pub steps: Vec<Arc<Step>>,
    /// The links; both ends exist, and an output has at most one.
    pub links: Vec<Arc<Link>>,
    /// Kept journeys, with what they expect.
    pub scenarios: Vec<Arc<Scenario>>,
}

impl Funnel {
    /// The step of this name.
    pub fn step(&self, id: &StepId) -> Option<&Arc<Step>> {
        self.steps.iter().find(|step| step.id == *id)
    }

    /// The first template of this name, in whatever language.
    pub fn template(&self, name: &str) -> Option<&Arc<Template>> {
        self.templates.iter().find(|template| template.name == name)
    }

    /// Every template of this name, one a language, in the library's order.
    pub fn templates_named<'a>(&'a self, name: &'a str) -> impl Iterator<Item = &'a Arc<Template>> {
        self.templates.iter().filter(move |template| template.name == name)
    }

    /// The step to which this output leads.
    pub fn target(&self, from: &StepId, out: &Output) -> Option<&StepId> {
        self.links.iter().find(|link| link.from == *from && link.out == *out).map(|link| &link.to)
    }
}
