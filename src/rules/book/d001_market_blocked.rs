//! Marketing is sent to a country where it is not delivered
//!
//! # Why it matters
//! Meta does not deliver marketing templates to numbers of the United States since 2025-04-01; the message fails
//! (131049). What is not delivered where is data of the policy. Free-form inside the window and templates of the other
//! categories do arrive. Source: rules.md B6 (United States), and the policy's `blocks`.
//!
//! # How to mend it
//! - Reach these people while their window is open, or in another channel.
//! - Set the audience's country, if it is another.
//!
//! # Example
//! Nobody gets this one:
//! ```ron
//! audience: (market: "US", timezone: "America/New_York", size: 100),
//! templates: [
//!     (name: "spring_news", language: "en_US", category: Marketing, status: Approved,
//!         body: "Our spring collection is here.", footer: "Answer STOP to stop"),
//! ],
//! steps: [
//!     (id: "list", title: "Members", kind: Entry(channel: BusinessInitiated, opt_in: true)),
//!     (id: "news", title: "News", kind: Message(purpose: Marketing, send: Template("spring_news"))),
//!     (id: "done", title: "Done", kind: Exit(Converted)),
//! ],
//! links: [(from: "list", to: "news"), (from: "news", to: "done")],
//! ```
//! Canada has the same calling code, and there it is delivered:
//! ```ron
//! audience: (market: "CA", timezone: "America/Toronto", size: 100),
//! templates: [
//!     (name: "spring_news", language: "en_US", category: Marketing, status: Approved,
//!         body: "Our spring collection is here.", footer: "Answer STOP to stop"),
//! ],
//! steps: [
//!     (id: "list", title: "Members", kind: Entry(channel: BusinessInitiated, opt_in: true)),
//!     (id: "news", title: "News", kind: Message(purpose: Marketing, send: Template("spring_news"))),
//!     (id: "done", title: "Done", kind: Exit(Converted)),
//! ],
//! links: [(from: "list", to: "news"), (from: "news", to: "done")],
//! ```

use super::prelude::*;

pub(super) const RULE: Rule = Rule {
    code: "D001",
    name: "market-blocked",
    severity: Severity::Error,
    file: include_str!("d001_market_blocked.rs"),
    part: "send",
    shows: Claim::Reached,
    check,
    fixes: mend::none,
};

fn check(facts: &Facts<'_>) -> Vec<Diagnostic> {
    let market = &facts.funnel.audience.market;
    let mut found: Vec<Diagnostic> = Vec::new();
    for (step, template, _) in facts.uses() {
        let Some(block) = facts.policy.block(market, template.category) else { continue };
        // One name in two languages is one message to each person.
        if found.last().is_some_and(|last| last.step() == Some(&step.id)) {
            continue;
        }
        let (name, category) = (&template.name, words::category(template.category));
        let what = format!(
            "{} sends the {category} template `{name}` to people in {}: {}, since {} ({})",
            titled(step),
            block.market,
            block.reason,
            block.since,
            block.code,
        );
        let help = "Reach these people while their window is open, or in another channel";
        found.push(RULE.at_step(&step.id, what).template(name).help(help));
    }
    found
}
