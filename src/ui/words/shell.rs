//! The words of the window around the parts: toolbar, tabs, dialogs, start screen.

use crate::engine::Verdict;
use crate::ui::Tab;

/// A verdict in one word.
pub fn verdict_word(verdict: Verdict) -> &'static str {
    match verdict {
        Verdict::Inside => "Inside",
        Verdict::Sometimes => "Sometimes",
        Verdict::Outside => "Outside",
        Verdict::Unreachable => "Unreachable",
    }
}

/// The tabs of the lower panel; `problems` is how many diagnostics there are.
pub fn tab(tab: Tab, problems: usize) -> String {
    match tab {
        Tab::Timeline => "Timeline".to_owned(),
        Tab::Templates => "Templates".to_owned(),
        Tab::Problems if problems > 0 => format!("Problems ({problems})"),
        Tab::Problems => "Problems".to_owned(),
        Tab::Checklist => "Checklist".to_owned(),
    }
}

/// What a funnel without a name is called.
pub const UNTITLED: &str = "Untitled funnel";
/// Said of a document that is as it is on disk.
pub const SAVED: &str = "Saved";
/// Said of a document that differs from what is on disk.
pub const UNSAVED: &str = "Unsaved changes";
/// The story that is told where the file keeps none.
pub const PROMPT_STORY: &str = "Answers at once";

/// Said when something was undone.
pub fn undone(label: &str) -> String {
    format!("Undone: {label}")
}

/// Said when something was done again.
pub fn redone(label: &str) -> String {
    format!("Redone: {label}")
}
