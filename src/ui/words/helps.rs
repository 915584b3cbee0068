//! The words for what would help a message that is not always inside.

use crate::engine::{Change, SHARES, WhatIf};
use crate::model::Seconds;

use super::likely::percent;

/// Unfolds it.
pub const TITLE: &str = "What would help";
/// Shown while it is worked out.
pub const UNDER_WAY: &str = "Working it out\u{2026}";
/// Said where each change alone was tried in vain.
pub const NOTHING: &str = "No shorter wait and no second question alone would help";
/// Said where too much would have to be tried, or nothing can be told.
pub const UNKNOWN: &str = "This cannot be worked out for this funnel";
/// Said where nothing needs help.
pub const NOT_NEEDED: &str = "Every free-form message stays inside the window";
/// Said of the first of several.
pub const GAINS_MOST: &str = "Gains most";

/// What is changed, without by how much.
pub fn change(change: &Change, name: &str) -> String {
    match change {
        Change::Shorten { timeout: false, now, .. } => format!("Shorten \u{201c}{name}\u{201d}, now {}", now.spoken()),
        Change::Shorten { timeout: true, now, .. } => {
            format!("Shorten the timeout of \u{201c}{name}\u{201d}, now {}", now.spoken())
        }
        Change::AskAgain { .. } => format!("Ask those again who are silent at \u{201c}{name}\u{201d}"),
    }
}

/// The lengths that are worth choosing, the safest first, each with what it comes to.
pub fn choices(what_if: &WhatIf) -> Vec<(Seconds, String)> {
    match &what_if.change {
        Change::Shorten { safe, likely, best, .. } => {
            let sure = safe.map(|length| (length, "inside for all".to_owned()));
            let shares = likely.iter().zip(SHARES).rev();
            let likely = shares.filter_map(|(length, share)| Some(((*length)?, format!("inside for {}", percent(share)))));
            let mut all: Vec<(Seconds, String)> = sure.into_iter().chain(likely).collect();
            // Where one length does for two shares the larger one is told.
            all.dedup_by_key(|(length, _)| *length);
            if all.is_empty() {
                all.push((*best, format!("inside for {} at best", percent(what_if.inside))));
            }
            all.into_iter().map(|(length, what)| (length, format!("{}: {what}", length.spoken()))).collect()
        }
        Change::AskAgain { best, .. } => {
            vec![(*best, format!("After {}: inside for {}", best.spoken(), percent(what_if.inside)))]
        }
    }
}

/// From when to when a second question helps as much.
pub fn as_good(change: &Change) -> Option<String> {
    match change {
        Change::AskAgain { range: (from, to), .. } if from < to => {
            Some(format!("{} to {} is as good", from.spoken(), to.spoken()))
        }
        _ => None,
    }
}

/// What shortening is called in the undo list.
pub fn shortening(name: &str, length: Seconds) -> String {
    format!("Shorten {name} to {}", length.spoken())
}

/// A choice for those who do not see what it stands below.
pub fn choice(change: &str, choice: &str) -> String {
    format!("{change}: {choice}")
}
