//! The words for how likely something is.

use super::verdict_word;
use crate::engine::Verdict;

/// A verdict as a card shows it; where it is only sometimes inside, with the share of visits at which it is, and whether
/// that is only about right.
pub fn badge(verdict: Verdict, inside: Option<(f64, bool)>) -> String {
    let word = verdict_word(verdict);
    match inside {
        Some((share, rough)) if verdict == Verdict::Sometimes => format!("{word} {}", about(share, rough)),
        _ => word.to_owned(),
    }
}

/// How likely the window is open at a step.
pub fn open_for((share, rough): (f64, bool)) -> String {
    format!("Open for {} of the people who come here, by the reply times that the funnel gives", about(share, rough))
}

/// Said where that is not known.
pub fn not_worked_out(why: &str) -> String {
    format!("How likely is not worked out: {why}")
}

fn about(share: f64, rough: bool) -> String {
    if rough { format!("≈{}", percent(share)) } else { percent(share) }
}

/// A share in whole percents that is neither none nor all.
pub fn percent(share: f64) -> String {
    match (share * 100.0).round() {
        ..1.0 => "<1 %".to_owned(),
        100.0.. => ">99 %".to_owned(),
        whole => format!("{whole} %"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_what_is_sometimes_inside_has_a_share() {
        assert_eq!(badge(Verdict::Sometimes, Some((0.6249, false))), "Sometimes 62 %");
        assert_eq!(badge(Verdict::Sometimes, Some((0.6249, true))), "Sometimes ≈62 %");
        assert_eq!(badge(Verdict::Sometimes, None), "Sometimes");
        assert_eq!(badge(Verdict::Inside, Some((1.0, false))), "Inside");
    }

    #[test]
    fn what_may_happen_is_never_called_nothing_or_all() {
        assert_eq!((percent(0.0001), percent(0.9999)), ("<1 %".to_owned(), ">99 %".to_owned()));
    }
}
