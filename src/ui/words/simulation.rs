//! The words of the tab that sends a crowd through the funnel.

use crate::engine::cost::Cost;
use crate::engine::crowd::{Exits, StepCrowd};
use crate::model::Seconds;
use crate::policy::Money;
use crate::report;

/// How many people are sent.
pub const PEOPLE: &str = "People";
/// What chance begins from.
pub const SEED: &str = "Seed";
/// What that is for.
pub const SEED_HELP: &str = "The same seed gives the same crowd again";
/// Sends them.
pub const RUN: &str = "Run";
/// Stops them.
pub const CANCEL: &str = "Cancel";
/// Said of a number that cannot be.
pub const PEOPLE_WRONG: &str = "From 1 to 100,000,000 people";
/// Said of a number that cannot be.
pub const SEED_WRONG: &str = "A whole number of 0 or more";
/// Shown where nobody was sent yet.
pub const EMPTY: &str = "No crowd yet";
/// What to do about it.
pub const EMPTY_HELP: &str =
    "Run a crowd to see how many are inside the window at each message, where they end and what they cost";
/// Shown where it was stopped.
pub const CANCELLED: &str = "The crowd was stopped";
/// Shown where it is on its way.
pub const UNDER_WAY: &str = "The crowd is on its way";
/// Shown where nothing is sent.
pub const NOTHING_SENT: &str = "Nothing is sent yet";
/// What to do about that.
pub const NOTHING_SENT_HELP: &str = "Add a message, and here you see how many are inside the window when it goes out";
/// Shown beside a crowd of another funnel than the present one.
pub const STALE: &str = "The funnel has changed since";
/// Shown where no prices are known.
pub const NO_PRICES: &str = "No prices are known";

/// The heads of the columns.
pub const MESSAGE: &str = "Message";
/// How often somebody came.
pub const REACHED: &str = "Reached";
/// The share inside the window.
pub const INSIDE: &str = "Inside";
/// What that share may be.
pub const INTERVAL: &str = "95 %";
/// How often free-form was refused.
pub const REFUSED: &str = "Refused";
/// Marketing without opt-in.
pub const NO_OPT_IN: &str = "No opt-in";
/// The median since the last message.
pub const SINCE: &str = "Since last message";

/// A count as people read it: 20,000.
pub use report::grouped as count;

/// A share in per cent; never a whole that it is not.
pub fn percent(share: f64) -> String {
    match share {
        0.0 => "0 %".to_owned(),
        1.0 => "100 %".to_owned(),
        _ => format!("{:.1} %", (share * 100.0).clamp(0.1, 99.9)),
    }
}

/// The share inside, and what it may be.
pub fn inside(step: &StepCrowd) -> [String; 2] {
    step.p_inside.map_or(["\u{2013}".to_owned(), "\u{2013}".to_owned()], |share| {
        [percent(share.estimate), format!("{} to {}", percent(share.low), percent(share.high))]
    })
}

/// The median since the last message.
pub fn since(step: &StepCrowd) -> String {
    step.since_inbound.p50.map_or("\u{2013}".to_owned(), |middle| Seconds(middle).spoken())
}

/// The same with its tails.
pub fn since_help(step: &StepCrowd) -> String {
    match (step.since_inbound.p10, step.since_inbound.p90) {
        (Some(low), Some(high)) => {
            format!("The middle of all; 10 % at most {}, 90 % at most {}", Seconds(low).spoken(), Seconds(high).spoken())
        }
        _ => "Nobody had written".to_owned(),
    }
}

/// A row for those who do not see it.
pub fn row(title: &str, step: &StepCrowd) -> String {
    let [share, interval] = inside(step);
    format!("{title}: reached {}, inside {share} ({interval}), refused {}", count(step.reached), count(step.blocked))
}

/// Where journeys ended, the ends that occurred.
pub fn exits(exits: &Exits) -> String {
    let told = report::exits(exits);
    if told.is_empty() { "Nobody enters".to_owned() } else { told }
}

/// What they cost, with the parts of it.
pub fn cost(cost: &Cost) -> String {
    let Some(currency) = &cost.currency else { return NO_PRICES.to_owned() };
    let parts = [
        ("marketing", cost.by_category.marketing),
        ("utility", cost.by_category.utility),
        ("authentication", cost.by_category.authentication),
        ("service", cost.by_category.service),
    ];
    let parts =
        parts.iter().filter(|(_, money)| *money != Money::ZERO).map(|(name, money)| format!("{name} {}", whole(*money)));
    let parts = parts.collect::<Vec<_>>().join(" · ");
    let range = if cost.low < cost.high { format!(" ({} to {})", whole(cost.low), whole(cost.high)) } else { String::new() };
    let parts = if parts.is_empty() { String::new() } else { format!(": {parts}") };
    format!("{currency} {}{range}{parts}", whole(cost.total))
}

/// Two decimals, halves up: nobody plans by less than a cent.
fn whole(money: Money) -> String {
    let cents = (money.0 + 5_000).div_euclid(10_000);
    format!("{}.{:02}", count(cents.div_euclid(100).unsigned_abs()), cents.rem_euclid(100))
}

/// Which crowd this is.
pub fn which(people: u64, seed: u64) -> String {
    format!("{} people, seed {seed}", count(people))
}

/// How far it has come.
pub fn done(share: f32) -> String {
    format!("{:.0} %", share * 100.0)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn amounts_are_shown_to_the_cent() {
        let shown = [0, 62_500, 435_751_900, 1_250_000_000].map(|micros| whole(Money(micros)));
        assert_eq!(shown, ["0.00", "0.06", "435.75", "1,250.00"]);
    }
}
