//! A judgement as text for people and as JSON for programs. Judges nothing, reads and writes no file.

mod draw;
mod json;
mod story;
mod text;

pub use json::{FileReport, json};
pub use text::{text, unmet, unreadable};
