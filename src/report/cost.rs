//! What something costs, in words. The two windows stand apart: the open window lets a message go out, the free entry point
//! makes it free.

use super::crowd::grouped;
use crate::engine::cost::{Cost, cost};
use crate::engine::{Story, follow};
use crate::model::Funnel;
use crate::policy::Policy;

/// `0.0625 USD (0.0000 to 0.0693)`; `None` where no prices are known.
pub fn amount(cost: &Cost) -> Option<String> {
    let currency = cost.currency.as_ref()?;
    let range = if cost.low < cost.high { format!(" ({} to {})", cost.low, cost.high) } else { String::new() };
    Some(format!("{} {currency}{range}", cost.total))
}

/// `4 messages, 3 in the open window, 2 free by the free entry point`
pub fn messages(cost: &Cost) -> String {
    let counted = &cost.counted;
    let word = if counted.messages == 1 { "message" } else { "messages" };
    format!(
        "{} {word}, {} in the open window, {} free by the free entry point",
        grouped(counted.messages),
        grouped(counted.in_window),
        grouped(counted.free_entry),
    )
}

/// What each scenario of a funnel costs, one line each, and below them what the figures rest on; nothing where there is none.
pub fn scenario_costs(funnel: &Funnel, policy: &Policy) -> String {
    let costs = funnel.scenarios.iter().map(|scenario| {
        let journey = follow(funnel, policy, &Story::of(scenario, funnel));
        (scenario.name.as_str(), cost(funnel, policy, &journey))
    });
    let (mut text, mut assumptions) = (String::new(), Vec::<String>::new());
    for (name, cost) in costs {
        if let Some(amount) = amount(&cost) {
            text += &format!("  \"{name}\" costs {amount}: {}\n", messages(&cost));
        }
        for assumption in cost.assumptions {
            if !assumptions.contains(&assumption) {
                assumptions.push(assumption);
            }
        }
    }
    text.extend(assumptions.iter().map(|assumption| format!("  - {assumption}\n")));
    text
}
