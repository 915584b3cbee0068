//! A suppression: a finding that the person knows of and lives with, and why.

use serde::{Deserialize, Serialize};

/// A finding that is allowed at a step, at a template, or everywhere in the funnel.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Allow {
    /// The code of the diagnostic, such as `W003`.
    pub code: String,
    /// Why it is all right here, in the person's words; never empty.
    pub why: String,
}
