//! What a crowd came to: shares with their uncertainty, percentiles, exits and the cost.

use crate::engine::cost::Cost;
use crate::model::{Funnel, Seconds, StepId};
use crate::policy::{Money, Policy};

use super::spread::Spread;
use super::table::Table;
use super::tally::{Sends, Tally};

/// 95 of 100 intervals hold the share that they are for.
const STANDARD_DEVIATIONS: f64 = 1.959_963_984_540_054;

/// What a crowd came to.
#[derive(Debug, Clone, PartialEq)]
pub struct Crowd {
    /// How many people.
    pub users: u64,
    /// What chance began from.
    pub seed: u64,
    /// The policy's id.
    pub policy: String,
    /// One for each step that sends, in the funnel's order.
    pub steps: Vec<StepCrowd>,
    /// How journeys ended.
    pub exits: Exits,
    /// What all these people cost.
    pub cost: Cost,
}

/// What a step that sends came to. Whoever comes twice is counted twice, but for `people`.
#[derive(Debug, Clone, PartialEq)]
pub struct StepCrowd {
    /// The step.
    pub id: StepId,
    /// How often somebody came.
    pub reached: u64,
    /// How many people came.
    pub people: u64,
    /// How often the window was open.
    pub inside: u64,
    /// How often it was closed.
    pub outside: u64,
    /// How often something went out free-form.
    pub sent_free_form: u64,
    /// How often a template went out.
    pub sent_template: u64,
    /// How often free-form was refused.
    pub blocked: u64,
    /// How often marketing went out to somebody who had not opted in.
    pub no_opt_in: u64,
    /// How often somebody came who had not written at all.
    pub never_wrote: u64,
    /// The share of visits inside the window; `None` where nobody came.
    pub p_inside: Option<Share>,
    /// Since the last inbound, of those who had written.
    pub since_inbound: Percentiles,
    /// Since entry.
    pub since_entry: Percentiles,
    /// How many came how long after their last inbound, of those who had written, the shortest first: exact where many came
    /// after the same time, else put together where times are alike.
    pub spread: Vec<(Seconds, u64)>,
}

/// A share and what it may be, with a confidence of 95 %.
#[derive(Debug, Clone, Copy, PartialEq)]
#[allow(missing_docs)]
pub struct Share {
    pub estimate: f64,
    pub low: f64,
    pub high: f64,
}

/// Seconds that 10, 50 and 90 of 100 do not exceed; `None` where there is none.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
#[allow(missing_docs)]
pub struct Percentiles {
    pub p10: Option<i64>,
    pub p50: Option<i64>,
    pub p90: Option<i64>,
}

/// How journeys ended; together all people who entered.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Exits {
    /// At an exit of that name.
    pub converted: u64,
    /// At an exit of that name.
    pub lost: u64,
    /// At an exit of that name.
    pub handed_over: u64,
    /// At a question that they never answer and that has no timeout.
    pub waiting: u64,
    /// At an output that leads nowhere.
    pub not_connected: u64,
    /// In a cycle without end, given up.
    pub endless: u64,
}

impl Crowd {
    pub(super) fn new(
        funnel: &Funnel,
        policy: &Policy,
        table: &Table,
        seed: u64,
        users: u64,
        tally: &Tally,
        cost: Cost,
    ) -> Self {
        let steps = table.senders.iter().zip(&tally.senders);
        let [converted, lost, handed_over, waiting, not_connected, endless] = tally.ends;
        Self {
            users,
            seed,
            policy: policy.id.clone(),
            steps: steps
                .map(|(sender, sends)| StepCrowd::new(funnel.steps[sender.step].id.clone(), sends, sender.looped))
                .collect(),
            exits: Exits { converted, lost, handed_over, waiting, not_connected, endless },
            cost,
        }
    }

    /// The cost of one of them, rounded to the nearest millionth.
    pub fn cost_per_user(&self) -> Money {
        let users = i64::try_from(self.users).unwrap_or(i64::MAX).max(1);
        Money((self.cost.total.0 + users / 2).div_euclid(users))
    }
}

impl StepCrowd {
    fn new(id: StepId, sends: &Sends, looped: bool) -> Self {
        Self {
            id,
            reached: sends.reached,
            people: if looped { sends.visits.people } else { sends.reached },
            inside: sends.inside,
            outside: sends.reached - sends.inside,
            sent_free_form: sends.free_form,
            sent_template: sends.template,
            blocked: sends.blocked,
            no_opt_in: sends.no_opt_in,
            never_wrote: sends.unheard,
            p_inside: (sends.reached > 0).then(|| Share::of(sends, looped)),
            since_inbound: Percentiles::of(&sends.since_inbound),
            since_entry: Percentiles::of(&sends.since_entry),
            spread: sends.since_inbound.parts().into_iter().map(|(at, count)| (Seconds(at), count)).collect(),
        }
    }
}

impl Share {
    /// Wilson's interval. Where people come more than once it is taken of as many independent visits as would leave the
    /// share as uncertain as these people do.
    fn of(sends: &Sends, looped: bool) -> Self {
        let (inside, all) = (sends.inside as f64, sends.reached as f64);
        let share = inside / all;
        let independent = if looped {
            let visits = &sends.visits;
            let (squares, products) = (visits.all_squared as f64, visits.product as f64);
            let spread = visits.inside_squared as f64 - 2.0 * share * products + share * share * squares;
            let most = visits.people as f64;
            // Where all visits are alike nothing is spread; then each person says one thing.
            if spread > 0.0 { (share * (1.0 - share) * all * all / spread).clamp(1.0, all) } else { most }
        } else {
            all
        };
        Self::wilson(share, independent)
    }

    /// Wilson's interval for a share of so many.
    pub fn wilson(share: f64, of: f64) -> Self {
        let squared = STANDARD_DEVIATIONS * STANDARD_DEVIATIONS;
        let middle = share + squared / (2.0 * of);
        let width = STANDARD_DEVIATIONS * (share * (1.0 - share) / of + squared / (4.0 * of * of)).sqrt();
        let scale = 1.0 + squared / of;
        let bound = |value: f64| rounded(value.clamp(0.0, 1.0));
        let low = if share <= 0.0 { 0.0 } else { bound((middle - width) / scale) };
        let high = if share >= 1.0 { 1.0 } else { bound((middle + width) / scale) };
        Self { estimate: rounded(share), low, high }
    }
}

/// To six decimals: a hundred million people tell no more.
fn rounded(share: f64) -> f64 {
    (share * 1e6).round() / 1e6
}

impl Percentiles {
    fn of(spread: &Spread) -> Self {
        Self { p10: spread.quantile(0.1), p50: spread.quantile(0.5), p90: spread.quantile(0.9) }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn intervals_are_wilsons() {
        // 8 of 10: 0.4902 to 0.9433 (Brown, Cai and DasGupta 2001, the same formula).
        let share = Share::wilson(0.8, 10.0);
        assert!((share.low - 0.490_162).abs() < 1e-6 && (share.high - 0.943_318).abs() < 1e-6, "{share:?}");
        assert_eq!(Share::wilson(1.0, 100.0).high, 1.0);
        assert_eq!(Share::wilson(0.0, 100.0).low, 0.0);
        assert!(Share::wilson(1.0, 100.0).low < 0.97);
    }
}
