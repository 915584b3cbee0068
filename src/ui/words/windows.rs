//! The words of the tab that shows, for each message, how long after the person's last message it goes out.

use crate::engine::crowd::StepCrowd;
use crate::engine::{StepProof, Verdict};
use crate::model::Seconds;

use super::simulation::percent;
use super::verdict_word;

/// Shown where nothing is sent.
pub const EMPTY: &str = "Nothing is sent yet";
/// What to do about it.
pub const EMPTY_HELP: &str =
    "Add a message, and here you see how long after the person's last message it goes out, over all journeys";
/// The order of the rows: what may fail first.
pub const BY_RISK: &str = "By risk";
/// What that means.
pub const BY_RISK_HELP: &str = "What may fail stands first";
/// The order of the rows: as the steps stand in the file.
pub const AS_DRAWN: &str = "In order";
/// What that means.
pub const AS_DRAWN_HELP: &str = "As the steps stand in the file";
/// Above the part of the axis in which the window is open.
pub const OPEN: &str = "Open";
/// Above the part in which it is closed.
pub const CLOSED: &str = "Closed";
/// What the axis measures.
pub const AXIS: &str = "Since the last message";
/// Said of a message that goes out before the person has written.
pub const BEFORE: &str = "Before the person has written";
/// Said of a step to which no journey leads.
pub const UNREACHED: &str = "No journey comes here";
/// Said of a time without bound.
pub const ENDLESS: &str = "no limit";
/// What a click on the part outside the window does.
pub const SHOW_OUTSIDE: &str = "Show a journey that comes here after the window has closed";

/// How many of the free-form messages can fall outside, and how many there are.
pub fn summary(outside: usize, free_form: usize, sending: usize) -> String {
    match (outside, free_form, sending) {
        (_, 0, 1) => "The one message is a template".to_owned(),
        (_, 0, _) => format!("All {sending} messages may go out as templates"),
        (0, 1, _) => "The one free-form message stays inside the window".to_owned(),
        (0, _, _) => format!("All {free_form} free-form messages stay inside the window"),
        (_, 1, _) => "The one free-form message can fall outside the window".to_owned(),
        (_, _, _) => format!("{outside} of {free_form} free-form messages can fall outside the window"),
    }
}

/// The exact range in a few words.
pub fn range(proof: &StepProof) -> String {
    match proof.since_inbound {
        _ if proof.verdict == Verdict::Unreachable => "\u{2013}".to_owned(),
        None => "\u{2013}".to_owned(),
        Some(range) => match range.max {
            Some(max) if max == range.min => max.spoken(),
            Some(max) => format!("{} \u{2013} {}", range.min.spoken(), max.spoken()),
            None => format!("{} \u{2013} {ENDLESS}", range.min.spoken()),
        },
    }
}

/// The same with the share of a crowd that is inside.
pub fn range_with(proof: &StepProof, crowd: Option<&StepCrowd>) -> String {
    match share_inside(crowd) {
        Some(share) => format!("{} · {share}", range(proof)),
        None => range(proof),
    }
}

fn share_inside(crowd: Option<&StepCrowd>) -> Option<String> {
    crowd.and_then(|step| step.p_inside).map(|share| format!("{} inside", percent(share.estimate)))
}

/// A row for those who do not see it.
pub fn row(title: &str, proof: &StepProof, crowd: Option<&StepCrowd>) -> String {
    let word = verdict_word(proof.verdict);
    let when = match proof.since_inbound {
        _ if proof.verdict == Verdict::Unreachable => UNREACHED.to_lowercase(),
        None => BEFORE.to_lowercase(),
        Some(_) if proof.before_inbound => {
            format!("{} after the last message, or {}", range(proof), BEFORE.to_lowercase())
        }
        Some(_) => format!("{} after the last message", range(proof)),
    };
    let share = share_inside(crowd).map(|share| format!(", {share} in the crowd")).unwrap_or_default();
    format!("{title}: {word}, {when}{share}")
}

/// Above the line at which the window closes.
pub fn closes_at(window: Seconds) -> String {
    window.spoken()
}
