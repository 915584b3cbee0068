//! The words of the window in which a log of answers stands beside the law that was fitted to it.

use crate::engine::calibrate::{FEWEST_ANSWERS, Kind};

/// The button that asks for a log.
pub const FIT: &str = "Fit from a log\u{2026}";
/// What that takes.
pub const FIT_HELP: &str = "A CSV file with the columns sent_at and replied_at, the second empty where nobody answered";
/// Shown while the log is read.
pub const UNDER_WAY: &str = "Reading the log\u{2026}";
/// Above what is wrong with a log.
pub const UNREADABLE: &str = "This log cannot be read, so nothing was changed";
/// Takes the law into the step.
pub const USE: &str = "Use this";
/// Leaves the step as it is.
pub const CANCEL: &str = "Cancel";
/// The same where there is nothing to use.
pub const CLOSE: &str = "Close";
/// The plot for those who do not see it.
pub const PLOT: &str = "The share that has answered by each time: the log in steps, and the fitted law";
/// The line of the log.
pub const LOG: &str = "The log (Kaplan\u{2013}Meier)";
/// The marks of those who are silent.
pub const SILENT: &str = "Silent so far";

/// The head of the window.
pub fn title(name: &str) -> String {
    format!("Reply times of \u{201c}{name}\u{201d}")
}

/// What using it is called in the undo list.
pub fn label(name: &str) -> String {
    format!("Fit {name} from a log")
}

/// How much there is to go by.
pub fn counted(answered: usize, silent: usize) -> String {
    format!("{} messages: {answered} answered, {silent} silent when the log ends", answered + silent)
}

/// The curve of the law.
pub fn fitted(kind: Kind) -> String {
    match kind {
        Kind::LogNormal => "Log-normal, fitted".to_owned(),
        Kind::Weibull => "Weibull, fitted".to_owned(),
    }
}

/// Said where nothing is fitted.
pub fn too_few(answers: usize) -> String {
    format!(
        "There are {answers} answers, and {FEWEST_ANSWERS} are needed to tell how long people take: nothing is fitted, and the \
         question keeps what it has"
    )
}

/// How many problems are not shown.
pub fn more(problems: usize) -> String {
    format!("and {problems} more")
}

/// With a capital letter to begin with.
pub fn sentence(text: &str) -> String {
    let mut letters = text.chars();
    letters.next().map_or_else(String::new, |first| first.to_uppercase().chain(letters).collect())
}
