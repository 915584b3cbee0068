//! A marketing message is reached after the person withdrew consent
//!
//! # Why it matters
//! Who says stop must not be sent marketing again: Meta's policy asks that every such wish be honoured, and a person who
//! is written to all the same blocks and reports. Where the wish was set in WhatsApp itself, the template fails (131050).
//! Source: rules.md B6 (opt-out, in-app controls).
//!
//! # How to mend it
//! - Lead those who say stop to an exit, after a short confirmation.
//! - Put a branch on opt-in before the message.
//!
//! # Example
//! "Stop" leads on to the next offer:
//! ```ron
//! templates: [
//!     (name: "spring_news", language: "en", category: Marketing, status: Approved,
//!         body: "Our spring collection is here.", buttons: [QuickReply("Show me"), QuickReply("Stop")]),
//!     (name: "last_days", language: "en", category: Marketing, status: Approved,
//!         body: "Only until Sunday.", footer: "Answer STOP to stop"),
//! ],
//! steps: [
//!     (id: "list", title: "Members", kind: Entry(channel: BusinessInitiated, opt_in: true)),
//!     (id: "news", title: "News", kind: Message(purpose: Marketing, send: Template("spring_news"), reply: (
//!         options: [(label: "Show me"), (label: "Stop", effect: OptOut)],
//!         chance: 0.3, delay: LogNormal(median: "15m", p90: "5h"), timeout: "23h"))),
//!     (id: "wait", title: "Wait 3 days", kind: Wait(For("3d"))),
//!     (id: "last", title: "Last days", kind: Message(purpose: Marketing, send: Template("last_days"))),
//!     (id: "done", title: "Done", kind: Exit(Converted)),
//! ],
//! links: [
//!     (from: "list", to: "news"), (from: "news", out: Reply("Show me"), to: "done"),
//!     (from: "news", out: Reply("Stop"), to: "wait"), (from: "news", out: Timeout, to: "wait"),
//!     (from: "wait", to: "last"), (from: "last", to: "done"),
//! ],
//! ```
//! "Stop" ends it:
//! ```ron
//! templates: [
//!     (name: "spring_news", language: "en", category: Marketing, status: Approved,
//!         body: "Our spring collection is here.", buttons: [QuickReply("Show me"), QuickReply("Stop")]),
//!     (name: "last_days", language: "en", category: Marketing, status: Approved,
//!         body: "Only until Sunday.", footer: "Answer STOP to stop"),
//! ],
//! steps: [
//!     (id: "list", title: "Members", kind: Entry(channel: BusinessInitiated, opt_in: true)),
//!     (id: "news", title: "News", kind: Message(purpose: Marketing, send: Template("spring_news"), reply: (
//!         options: [(label: "Show me"), (label: "Stop", effect: OptOut)],
//!         chance: 0.3, delay: LogNormal(median: "15m", p90: "5h"), timeout: "23h"))),
//!     (id: "wait", title: "Wait 3 days", kind: Wait(For("3d"))),
//!     (id: "last", title: "Last days", kind: Message(purpose: Marketing, send: Template("last_days"))),
//!     (id: "done", title: "Done", kind: Exit(Converted)),
//!     (id: "stopped", title: "Stopped", kind: Exit(Lost)),
//! ],
//! links: [
//!     (from: "list", to: "news"), (from: "news", out: Reply("Show me"), to: "done"),
//!     (from: "news", out: Reply("Stop"), to: "stopped"), (from: "news", out: Timeout, to: "wait"),
//!     (from: "wait", to: "last"), (from: "last", to: "done"),
//! ],
//! ```

use super::prelude::*;
use crate::model::{Message, Purpose};

pub(super) const RULE: Rule = Rule {
    code: "C002",
    name: "message-after-opt-out",
    severity: Severity::Error,
    file: include_str!("c002_message_after_opt_out.rs"),
    part: "send",
    shows: Claim::OptedOut,
    check,
    fixes: mend::consent::only_opted_in,
};

fn check(facts: &Facts<'_>) -> Vec<Diagnostic> {
    let mut found = Vec::new();
    for (step, message, proof) in facts.sending() {
        let Some((withdrawn, claim)) = withdrawn(facts, message, proof) else { continue };
        if withdrawn {
            let what = format!("{} is marketing, and on some journeys the person withdrew consent before it", titled(step));
            let help = "Lead those who say stop to an exit, or put a branch on opt-in before it";
            let witness = facts.evident(&step.id, claim).map(|shown| shown.witness);
            found.push(RULE.at_step(&step.id, what).help(help).shows(claim).witness(witness));
        }
    }
    found
}

/// Whether somebody comes after an opt-out when marketing goes out, and the claim that shows it; `None` where no marketing
/// does. What is planned as marketing is marketing in every form; else the template's category decides.
fn withdrawn(facts: &Facts<'_>, message: &Message, proof: &StepProof) -> Option<(bool, Claim)> {
    if message.purpose == Purpose::Marketing {
        return Some((proof.consents.withdrawn, Claim::OptedOut));
    }
    let name = message.send.template()?;
    let mut named = facts.funnel.templates.iter().filter(|template| template.name == name);
    let marketing = named.any(|template| template.category == Category::Marketing);
    let (consents, _, claim) = Facts::consents_for_template(message, proof);
    marketing.then_some((consents.withdrawn, claim))
}
