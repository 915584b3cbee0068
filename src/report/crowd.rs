//! A crowd for people and for programs. The keys of the JSON and their order are a contract (`format.md`, section 2).

use std::fmt::Write;

use serde::Serialize;

use crate::engine::cost::{ByCategory, Cost};
use crate::engine::crowd::{Crowd, Exits, Percentiles, StepCrowd};
use crate::model::{Funnel, Seconds, StepId};
use crate::policy::Money;

use super::cost::{amount, messages};
use super::outlook::{Outlook, WhatIfReport};

/// The crowd as one JSON object, with a line end; with what would help each step, where that was worked out.
pub fn crowd_json(crowd: &Crowd, outlook: Option<&Outlook>) -> String {
    // Plain structs of texts and numbers always have a JSON form.
    serde_json::to_string_pretty(&Report::new(crowd, outlook)).map(|text| text + "\n").unwrap_or_default()
}

/// The crowd as a table, with its exits and its cost; with what would help, where that was worked out.
pub fn crowd_text(funnel: &Funnel, crowd: &Crowd, outlook: Option<&Outlook>) -> String {
    let mut text = format!("{}: {}, seed {}, {}\n\n", funnel.name, people(crowd.users), crowd.seed, crowd.policy);
    text += &table(funnel, crowd);
    let _ = write!(text, "\nExits: {}\n", exits(&crowd.exits));
    text += &cost_text(&crowd.cost, crowd.users);
    text + &outlook.map(|outlook| outlook.what_would_help(funnel)).unwrap_or_default()
}

/// Where journeys ended, the ends that occurred: `662 converted · 1,338 lost`. Empty where nobody entered.
pub fn exits(exits: &Exits) -> String {
    let ends = [
        (exits.converted, "converted"),
        (exits.lost, "lost"),
        (exits.handed_over, "handed over"),
        (exits.waiting, "wait for good at a question without a timeout"),
        (exits.not_connected, "end at an output that is not connected"),
        (exits.endless, "go round without end"),
    ];
    let told = ends.iter().filter(|(count, _)| *count > 0).map(|(count, what)| format!("{} {what}", grouped(*count)));
    told.collect::<Vec<_>>().join(" · ")
}

fn table(funnel: &Funnel, crowd: &Crowd) -> String {
    let head = ["Step", "Reached", "Inside", "95 %", "Refused", "No opt-in", "Since the last message: 10, 50, 90 %"];
    let mut rows = vec![head.map(str::to_owned)];
    for step in &crowd.steps {
        let share = step.p_inside.map_or_else(
            || ["–".to_owned(), "–".to_owned()],
            |share| [percent(share.estimate), format!("{} to {}", percent(share.low), percent(share.high))],
        );
        let [inside, interval] = share;
        let name = funnel.step(&step.id).map_or(step.id.as_str(), |step| step.name()).to_owned();
        let refused = grouped(step.blocked);
        rows.push([
            name,
            grouped(step.reached),
            inside,
            interval,
            refused,
            grouped(step.no_opt_in),
            since(&step.since_inbound),
        ]);
    }
    let widths: [usize; 7] = std::array::from_fn(|at| rows.iter().map(|row| row[at].chars().count()).max().unwrap_or(0));
    let mut text = String::new();
    for row in rows {
        let mut line = String::new();
        for (at, (cell, width)) in row.iter().zip(widths).enumerate() {
            let gap = " ".repeat(width - cell.chars().count());
            // Words begin at the left, numbers end at the right.
            line += &if at == 0 || at == 6 { format!("{cell}{gap}  ") } else { format!("{gap}{cell}  ") };
        }
        text += line.trim_end();
        text += "\n";
    }
    text
}

fn since(percentiles: &Percentiles) -> String {
    match (percentiles.p10, percentiles.p50, percentiles.p90) {
        (Some(low), Some(middle), Some(high)) => [low, middle, high].map(|at| Seconds(at).spoken()).join(", "),
        _ => "nobody had written".to_owned(),
    }
}

/// The cost in a few lines, with what it rests on.
fn cost_text(cost: &Cost, users: u64) -> String {
    let mut text = String::new();
    if let Some(amount) = amount(cost) {
        let by =
            categories(&cost.by_category).map(|(name, money)| (money != Money::ZERO).then(|| format!("{name} {money}")));
        let by = by.into_iter().flatten().collect::<Vec<_>>().join(", ");
        let of = if by.is_empty() { String::new() } else { format!(": {by}") };
        let _ = writeln!(text, "Cost of these {}: {amount}{of}", people(users));
        let _ = writeln!(text, "  - {}", messages(cost));
    }
    for assumption in &cost.assumptions {
        let _ = writeln!(text, "  - {assumption}");
    }
    text
}

fn people(count: u64) -> String {
    if count == 1 { "1 person".to_owned() } else { format!("{} people", grouped(count)) }
}

fn percent(share: f64) -> String {
    match share {
        0.0 => "0 %".to_owned(),
        1.0 => "100 %".to_owned(),
        // Never a whole that it is not.
        _ => format!("{:.2} %", (share * 100.0).clamp(0.01, 99.99)),
    }
}

/// 20000 as 20,000.
pub fn grouped(count: u64) -> String {
    let digits = count.to_string();
    let mut text = String::new();
    for (at, digit) in digits.chars().enumerate() {
        if at > 0 && (digits.len() - at).is_multiple_of(3) {
            text.push(',');
        }
        text.push(digit);
    }
    text
}

fn categories(by: &ByCategory) -> [(&'static str, Money); 4] {
    [("marketing", by.marketing), ("utility", by.utility), ("authentication", by.authentication), ("service", by.service)]
}

#[derive(Serialize)]
struct Report<'a> {
    users: u64,
    seed: u64,
    policy: &'a str,
    steps: Vec<StepReport<'a>>,
    exits: ExitReport,
    cost: CostReport<'a>,
}

#[derive(Serialize)]
struct StepReport<'a> {
    id: &'a StepId,
    reached: u64,
    inside: u64,
    outside: u64,
    sent_free_form: u64,
    sent_template: u64,
    blocked: u64,
    no_opt_in: u64,
    p_inside: ShareReport,
    since_inbound_s: PercentileReport,
    since_entry_s: PercentileReport,
    people: u64,
    never_wrote: u64,
    /// Of a step that is not inside on every journey, where it was asked for: what would help, what gains most first.
    #[serde(skip_serializing_if = "Option::is_none")]
    what_if: Option<Vec<WhatIfReport>>,
}

#[derive(Serialize)]
struct ShareReport {
    estimate: Option<f64>,
    low: Option<f64>,
    high: Option<f64>,
}

#[derive(Serialize)]
struct PercentileReport {
    p10: Option<i64>,
    p50: Option<i64>,
    p90: Option<i64>,
}

#[derive(Serialize)]
struct ExitReport {
    converted: u64,
    lost: u64,
    handed_over: u64,
    waiting: u64,
    not_connected: u64,
    endless: u64,
}

#[derive(Serialize)]
struct CostReport<'a> {
    currency: Option<&'a str>,
    total: Option<f64>,
    per_user: Option<f64>,
    by_category: Option<CategoryReport>,
    low: Option<f64>,
    high: Option<f64>,
    messages: u64,
    in_window: u64,
    free_entry: u64,
    assumptions: &'a [String],
}

#[derive(Serialize)]
struct CategoryReport {
    marketing: f64,
    utility: f64,
    authentication: f64,
    service: f64,
}

impl<'a> Report<'a> {
    fn new(crowd: &'a Crowd, outlook: Option<&Outlook>) -> Self {
        let exits = crowd.exits;
        Self {
            users: crowd.users,
            seed: crowd.seed,
            policy: &crowd.policy,
            steps: crowd.steps.iter().map(|step| StepReport::new(step, outlook)).collect(),
            exits: ExitReport {
                converted: exits.converted,
                lost: exits.lost,
                handed_over: exits.handed_over,
                waiting: exits.waiting,
                not_connected: exits.not_connected,
                endless: exits.endless,
            },
            cost: CostReport::new(&crowd.cost, crowd.cost_per_user()),
        }
    }
}

impl<'a> StepReport<'a> {
    fn new(step: &'a StepCrowd, outlook: Option<&Outlook>) -> Self {
        let share = step.p_inside;
        Self {
            id: &step.id,
            reached: step.reached,
            inside: step.inside,
            outside: step.outside,
            sent_free_form: step.sent_free_form,
            sent_template: step.sent_template,
            blocked: step.blocked,
            no_opt_in: step.no_opt_in,
            p_inside: ShareReport {
                estimate: share.map(|share| share.estimate),
                low: share.map(|share| share.low),
                high: share.map(|share| share.high),
            },
            since_inbound_s: PercentileReport::new(&step.since_inbound),
            since_entry_s: PercentileReport::new(&step.since_entry),
            people: step.people,
            never_wrote: step.never_wrote,
            what_if: outlook.and_then(|outlook| outlook.what_ifs(&step.id)),
        }
    }
}

impl PercentileReport {
    fn new(of: &Percentiles) -> Self {
        Self { p10: of.p10, p50: of.p50, p90: of.p90 }
    }
}

impl<'a> CostReport<'a> {
    fn new(cost: &'a Cost, per_user: Money) -> Self {
        let known = cost.currency.is_some();
        let some = |money: Money| known.then(|| decimal(money));
        Self {
            currency: cost.currency.as_deref(),
            total: some(cost.total),
            per_user: some(per_user),
            by_category: known.then(|| CategoryReport {
                marketing: decimal(cost.by_category.marketing),
                utility: decimal(cost.by_category.utility),
                authentication: decimal(cost.by_category.authentication),
                service: decimal(cost.by_category.service),
            }),
            low: some(cost.low),
            high: some(cost.high),
            messages: cost.counted.messages,
            in_window: cost.counted.in_window,
            free_entry: cost.counted.free_entry,
            assumptions: &cost.assumptions,
        }
    }
}

/// An amount as a JSON number. Up to fifteen digits, a thousand million units, it prints the very decimals of the amount:
/// the nearest number of 64 bits to a decimal is printed as that decimal. Nothing is reckoned with it.
fn decimal(money: Money) -> f64 {
    money.0 as f64 / 1e6
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn amounts_print_their_own_decimals() {
        for (micros, text) in
            [(62_500, "0.0625"), (1_250_000_000, "1250.0"), (123_456_789_012_345, "123456789.012345"), (0, "0.0")]
        {
            assert_eq!(serde_json::to_string(&decimal(Money(micros))).unwrap(), text);
        }
    }

    #[test]
    fn a_share_is_never_called_whole_where_it_is_not() {
        assert_eq!([0.0, 1e-6, 0.768_909, 0.999_999, 1.0].map(percent), ["0 %", "0.01 %", "76.89 %", "99.99 %", "100 %"]);
        assert_eq!([1, 999, 1000, 100_000_000].map(grouped), ["1", "999", "1,000", "100,000,000"]);
    }
}
