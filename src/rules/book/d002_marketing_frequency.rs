//! On some journey several marketing templates reach one person within a short time, without an answer between
//!
//! # Why it matters
//! WhatsApp limits how much marketing a person gets who does not answer, from all businesses together; what is too much fails
//! with error 131049, and may be tried again a day later. The platform's own numbers are not published, so the policy's
//! `frequency` says how many are not too many in which time, and in which countries there is no such limit. An answer begins
//! the count anew. Source: rules.md B6 (per-user marketing limit).
//!
//! # How to mend it
//! - Leave more time between the two.
//! - Ask something with the first one, and send the second to those who answer.
//!
//! # Example
//! Two in one afternoon:
//! ```ron
//! audience: (market: "BR", timezone: "America/Sao_Paulo", size: 100),
//! templates: [
//!     (name: "spring_news", language: "en", category: Marketing, status: Approved,
//!         body: "Our spring collection is here.", footer: "Answer STOP to stop"),
//!     (name: "last_days", language: "en", category: Marketing, status: Approved,
//!         body: "Only until Sunday.", footer: "Answer STOP to stop"),
//! ],
//! steps: [
//!     (id: "list", title: "Members", kind: Entry(channel: BusinessInitiated, opt_in: true)),
//!     (id: "news", title: "News", kind: Message(purpose: Marketing, send: Template("spring_news"))),
//!     (id: "wait", title: "Wait 2 hours", kind: Wait(For("2h"))),
//!     (id: "last", title: "Last days", kind: Message(purpose: Marketing, send: Template("last_days"))),
//!     (id: "done", title: "Done", kind: Exit(Converted)),
//! ],
//! links: [
//!     (from: "list", to: "news"), (from: "news", to: "wait"), (from: "wait", to: "last"), (from: "last", to: "done"),
//! ],
//! ```
//! Two in two weeks:
//! ```ron
//! audience: (market: "BR", timezone: "America/Sao_Paulo", size: 100),
//! templates: [
//!     (name: "spring_news", language: "en", category: Marketing, status: Approved,
//!         body: "Our spring collection is here.", footer: "Answer STOP to stop"),
//!     (name: "last_days", language: "en", category: Marketing, status: Approved,
//!         body: "Only until Sunday.", footer: "Answer STOP to stop"),
//! ],
//! steps: [
//!     (id: "list", title: "Members", kind: Entry(channel: BusinessInitiated, opt_in: true)),
//!     (id: "news", title: "News", kind: Message(purpose: Marketing, send: Template("spring_news"))),
//!     (id: "wait", title: "Wait two weeks", kind: Wait(For("14d"))),
//!     (id: "last", title: "Last days", kind: Message(purpose: Marketing, send: Template("last_days"))),
//!     (id: "done", title: "Done", kind: Exit(Converted)),
//! ],
//! links: [
//!     (from: "list", to: "news"), (from: "news", to: "wait"), (from: "wait", to: "last"), (from: "last", to: "done"),
//! ],
//! ```

use super::prelude::*;
use crate::engine::{Journey, What};
use crate::model::{Seconds, Sent, StepId};

pub(super) const RULE: Rule = Rule {
    code: "D002",
    name: "marketing-frequency",
    severity: Severity::Warning,
    file: include_str!("d002_marketing_frequency.rs"),
    part: "send",
    shows: Claim::Reached,
    check,
    fixes: mend::window::apart,
};

/// One finding for each step at which one comes too many, with the journey on which it comes soonest.
fn check(facts: &Facts<'_>) -> Vec<Diagnostic> {
    let frequency = &facts.policy.frequency;
    let market = facts.funnel.audience.market.trim();
    if frequency.not_in.iter().any(|country| country.eq_ignore_ascii_case(market)) {
        return Vec::new();
    }
    let mut counts = vec![false; facts.funnel.steps.len()];
    for (step, template, _) in facts.uses() {
        if let (Category::Marketing, Some(place)) = (template.category, facts.place(&step.id)) {
            counts[place] = true;
        }
    }
    if !counts.contains(&true) {
        return Vec::new();
    }
    facts.proof.soon_after_another(&counts, frequency.period, |place, story| {
        let (step, _) = facts.at(place);
        let crowd = too_many(facts, &counts, &step.id, &facts.proof.replay(&story))?;
        let message = format!(
            "{} sends the {} marketing template within {} to one person, {} after {}, with no answer between; WhatsApp may \
             hold it back (131049)",
            titled(step),
            words::ordinal(crowd.number),
            frequency.period.spoken(),
            crowd.since.spoken(),
            facts.place(&crowd.after).map_or_else(String::new, |place| titled(facts.at(place).0)),
        );
        let help = "Leave more time between them, or ask something before it";
        Some(RULE.at_step(&step.id, message).help(help).witness(Some(Witness::Told(story.into()))))
    })
}

/// One marketing template too many.
struct Crowd {
    /// Which it is, of those within the period.
    number: usize,
    /// The step that sent the one before it.
    after: StepId,
    /// How long before.
    since: Seconds,
}

/// Whether the journey sends more than the policy's number within its period, with no answer between, at this step.
fn too_many(facts: &Facts<'_>, counts: &[bool], step: &StepId, journey: &Journey) -> Option<Crowd> {
    let frequency = &facts.policy.frequency;
    let mut sent: Vec<(Seconds, &StepId)> = Vec::new();
    for moment in &journey.moments {
        if facts.is_inbound(&moment.step, &moment.what) {
            sent.clear();
        }
        let template = moment.what == What::Sent(Sent::Template);
        if !template || !facts.place(&moment.step).is_some_and(|place| counts[place]) {
            continue;
        }
        sent.retain(|(at, _)| moment.at - *at < frequency.period);
        if let Some((at, after)) = sent.last().filter(|_| moment.step == *step && sent.len() >= frequency.most as usize) {
            return Some(Crowd { number: sent.len() + 1, after: StepId::clone(after), since: moment.at - *at });
        }
        sent.push((moment.at, &moment.step));
    }
    None
}
