//! A judgement, or a crowd, as text for people and as JSON, SARIF and annotations for programs. Judges nothing, reads and
//! writes no file.

mod crowd;
mod compare;
mod cost;
mod draw;
mod finding;
mod github;
mod json;
mod outlook;
mod sarif;
mod story;
mod text;
mod totals;

pub use compare::{Compared, ComparisonReport};
pub use cost::{amount, messages, scenario_costs};
pub use crowd::{crowd_json, crowd_text, exits, grouped};
pub use finding::{Checked, Finding};
pub use github::{github, github_unreadable};
pub use json::{FileReport, json};
pub use outlook::{Outlook, titled};
pub use sarif::{Sarif, sarif};
pub use story::name;
pub use text::{text, totals, unmet, unreadable};
pub use totals::{Counts, Statistics, Totals};
