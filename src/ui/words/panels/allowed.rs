//! What the panel of problems says of fixing all of them, and of those that are allowed.

pub const ALLOW: &str = "Allow…";
pub const ALLOW_WHY: &str = "Why is it all right here?";
pub const ALLOW_CANCEL: &str = "Do not allow it";
pub const FIX_ALL_HELP: &str = "Everybody receives the same texts as before";

pub fn fix_all(count: Option<usize>) -> String {
    count.map_or_else(|| "Fix all safe".to_owned(), |count| format!("Fix all safe ({count})"))
}

pub fn allow(code: &str) -> String {
    format!("Allow {code} for this reason")
}

pub fn disallow(code: &str, place: &str) -> String {
    format!("No longer allow {code} at {place}")
}

pub fn allowed(count: usize) -> String {
    format!("Allowed ({count})")
}

pub fn allowed_row(place: &str, why: &str) -> String {
    format!("{place}: {why}")
}
