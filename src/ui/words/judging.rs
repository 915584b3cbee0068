//! The words for a judgement that is still on its way.

use crate::session::Standing;

/// Said while a changed funnel is judged.
pub const JUDGING: &str = "Judging…";
/// Said where it could not be.
pub const FAILED: &str = "Could not be judged";

/// What is said of a judgement in short; nothing where it is of the funnel as it stands.
pub fn standing(standing: Standing) -> Option<&'static str> {
    match standing {
        Standing::Current => None,
        Standing::Judging => Some(JUDGING),
        Standing::Failed => Some(FAILED),
    }
}

/// The same with what it means for what is shown.
pub fn explained(standing: Standing) -> Option<&'static str> {
    match standing {
        Standing::Current => None,
        Standing::Judging => Some("What is shown is of the funnel before the last change, for a moment"),
        Standing::Failed => Some("What is shown is of the funnel before the last change; the next one is tried again"),
    }
}

/// A word on what was judged before, and how it stands.
pub fn still(word: &str, standing: &str) -> String {
    format!("{word} · {}", standing.to_lowercase())
}

/// Said of a breaking journey that is asked for while the funnel is judged.
pub const NO_JOURNEY_YET: &str = "The funnel is still being judged; this journey is of the one before";
/// Said where something cannot be done before the funnel is judged, and it is not.
pub const NEEDS_JUDGEMENT: &str = "The funnel could not be judged, so this cannot be done. Change it and try again";
