//! A message template as Meta knows it (`rules.md` B3).

use indexmap::IndexMap;
use serde::{Deserialize, Serialize};

use super::{Allow, LocalTime};

/// A message that Meta approves beforehand, in one language.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Template {
    /// Lower-case letters, digits and underscores.
    pub name: String,
    /// A language code such as `pt_BR`.
    pub language: String,
    /// What it is, or is to be, approved as.
    pub category: Category,
    /// How far its approval has come.
    #[serde(default)]
    pub status: Status,
    /// When it was submitted, in the audience's zone.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub submitted: Option<LocalTime>,
    /// What stands above the body.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub header: Option<Header>,
    /// The text, with variables such as `{{1}}` or `{{first_name}}`.
    pub body: String,
    /// The small text below; empty where there is none.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub footer: String,
    /// The buttons, in order.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub buttons: Vec<Button>,
    /// A sample value for each variable, by its name.
    #[serde(default, skip_serializing_if = "IndexMap::is_empty")]
    pub samples: IndexMap<String, String>,
    /// Findings that are allowed here.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub allow: Vec<Allow>,
}

/// What Meta approves a template as.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[allow(missing_docs)]
pub enum Category {
    Marketing,
    Utility,
    Authentication,
}

impl Category {
    /// All categories.
    pub const ALL: [Self; 3] = [Self::Marketing, Self::Utility, Self::Authentication];

    /// What people call it.
    pub fn word(self) -> &'static str {
        match self {
            Self::Marketing => "Marketing",
            Self::Utility => "Utility",
            Self::Authentication => "Authentication",
        }
    }
}

/// How far a template's approval has come; only an approved one can be sent.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default, Serialize, Deserialize)]
#[allow(missing_docs)]
pub enum Status {
    #[default]
    Draft,
    Pending,
    Approved,
    Rejected,
    Paused,
    Disabled,
    InAppeal,
}

impl Status {
    /// All states.
    pub const ALL: [Self; 7] =
        [Self::Draft, Self::Pending, Self::Approved, Self::Rejected, Self::Paused, Self::Disabled, Self::InAppeal];

    /// What people call it.
    pub fn word(self) -> &'static str {
        match self {
            Self::Draft => "Draft",
            Self::Pending => "Pending",
            Self::Approved => "Approved",
            Self::Rejected => "Rejected",
            Self::Paused => "Paused",
            Self::Disabled => "Disabled",
            Self::InAppeal => "In appeal",
        }
    }
}

/// What stands above a template's body.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[allow(missing_docs)]
pub enum Header {
    Text(String),
    Image,
    Video,
    Document,
    Location,
}

/// A button of a template.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[allow(missing_docs)]
pub enum Button {
    /// Sends its label back: an inbound message.
    QuickReply(String),
    /// Opens a page: no inbound message.
    Url { text: String, url: String },
    /// Calls: no inbound message.
    Phone { text: String, number: String },
    /// Copies a code: no inbound message.
    CopyCode(String),
}

impl Template {
    /// The names of the variables of a text, in order of first use, without repeats.
    pub fn variables(text: &str) -> Vec<&str> {
        let mut names = Vec::new();
        let mut rest = text;
        while let Some(start) = rest.find("{{") {
            let Some(end) = rest[start..].find("}}") else { break };
            let name = rest[start + 2..start + end].trim();
            if !names.contains(&name) {
                names.push(name);
            }
            rest = &rest[start + end + 2..];
        }
        names
    }

    /// A text with each variable replaced by its sample, where it has one.
    pub fn filled(&self, text: &str) -> String {
        let mut filled = text.to_owned();
        for (name, sample) in &self.samples {
            filled = filled.replace(&format!("{{{{{name}}}}}"), sample);
        }
        filled
    }
}
