//! What a plan costs: of one journey, or of a crowd.
//!
//! Two windows are kept apart. The customer service window decides what may be sent and, under some rules, what it costs;
//! the free entry point decides only what it costs. Prices are not a sum over people, since the first service messages of a
//! month are free and others become cheaper with their number: so messages are counted first, by everything that decides
//! their price, and priced together afterwards.
//!
//! Where a fact is not settled the cost is a range, and what it rests on is named.

mod ledger;
mod price;

use std::collections::HashMap;

use crate::model::{Funnel, Seconds, Sent, StepKind};
use crate::policy::{Money, Policy, Ternary};

use super::journey::{Journey, What};
use super::sending::Sending;

pub use ledger::{Customer, Free, Ledger, Till};
pub use price::price;

/// What something costs.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Cost {
    /// ISO code of the currency; `None` where no prices are known.
    pub currency: Option<String>,
    /// By what is settled, and the likelier of what is not.
    pub total: Money,
    /// Where everything unsettled turns out well.
    pub low: Money,
    /// Where nothing of it does.
    pub high: Money,
    /// The parts of `total`.
    pub by_category: ByCategory,
    /// How many messages were counted.
    pub counted: Counted,
    /// What the figures rest on, in sentences without a full stop.
    pub assumptions: Vec<String>,
}

/// Messages that are paid for or free, by the two windows, which are not each other's. Where a policy sells conversations a
/// conversation counts once.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Counted {
    /// All that arrive.
    pub messages: u64,
    /// Those that went out while the customer service window was open.
    pub in_window: u64,
    /// Those that the free entry point makes free, as it ordinarily lasts.
    pub free_entry: u64,
}

/// An amount for each category of the price list.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
#[allow(missing_docs)]
pub struct ByCategory {
    pub marketing: Money,
    pub utility: Money,
    pub authentication: Money,
    pub service: Money,
}

/// What one journey costs.
pub fn cost(funnel: &Funnel, policy: &Policy, journey: &Journey) -> Cost {
    let till = Till::new(funnel, policy, journey.arrives_unix);
    let mut ledger = Ledger::default();
    let mut customer = Customer::new(Ternary::No, 0);
    let steps: HashMap<_, _> = funnel.steps.iter().map(|step| (&step.id, step)).collect();
    for moment in &journey.moments {
        let Some(step) = steps.get(&moment.step) else { continue };
        let now = journey.arrives_unix + moment.at.0;
        match (&moment.what, &step.kind) {
            (What::Entry, StepKind::Entry { channel, .. }) => {
                customer = Customer::new(policy.free_entry_point.triggers.of(*channel), now);
            }
            (What::Sent(sent), StepKind::Message(message)) if *sent != Sent::Blocked => {
                let open = moment.since_inbound.is_some_and(|since: Seconds| since < policy.window.length);
                ledger.add(&till, &mut customer, now, Sending::new(funnel, message, open).priced, open);
            }
            _ => {}
        }
    }
    price(funnel, policy, &till, &ledger)
}
