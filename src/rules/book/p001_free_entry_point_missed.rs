//! People come by an ad, and on some journey the first answer of the business is too late for the free entry point
//!
//! # Why it matters
//! Whoever comes by such an ad and is answered within 24 hours opens the free entry point: for three days and perhaps longer
//! no message to them costs anything. Answered later, or by nothing, every message has its price. It changes prices alone, and
//! never what may be sent. Source: rules.md B2; the numbers are the policy's `free_entry_point`.
//!
//! # How to mend it
//! - Send a short answer first, and wait after it.
//! - Shorten the wait before the first message.
//!
//! # Example
//! They hear nothing for two days:
//! ```ron
//! steps: [
//!     (id: "ad", title: "Instagram ad", kind: Entry(channel: ClickToWhatsAppAd, opt_in: true)),
//!     (id: "gap", title: "Wait 2 days", kind: Wait(For("2d"))),
//!     (id: "offer", title: "Offer", kind: Message(purpose: Marketing, send: Template("offer"))),
//!     (id: "done", title: "Done", kind: Exit(Lost)),
//! ],
//! templates: [
//!     (name: "offer", language: "en", category: Marketing, status: Approved,
//!         body: "Still interested?", footer: "Answer STOP to stop"),
//! ],
//! links: [(from: "ad", to: "gap"), (from: "gap", to: "offer"), (from: "offer", to: "done")],
//! ```
//! They hear something within the hour:
//! ```ron
//! steps: [
//!     (id: "ad", title: "Instagram ad", kind: Entry(channel: ClickToWhatsAppAd, opt_in: true)),
//!     (id: "gap", title: "Wait an hour", kind: Wait(For("1h"))),
//!     (id: "offer", title: "Offer", kind: Message(purpose: Marketing, send: Template("offer"))),
//!     (id: "done", title: "Done", kind: Exit(Lost)),
//! ],
//! templates: [
//!     (name: "offer", language: "en", category: Marketing, status: Approved,
//!         body: "Still interested?", footer: "Answer STOP to stop"),
//! ],
//! links: [(from: "ad", to: "gap"), (from: "gap", to: "offer"), (from: "offer", to: "done")],
//! ```

use super::prelude::*;
use crate::policy::{Charge, Ternary};

pub(super) const RULE: Rule = Rule {
    code: "P001",
    name: "free-entry-point-missed",
    severity: Severity::Info,
    file: include_str!("p001_free_entry_point_missed.rs"),
    part: "id",
    shows: Claim::Reached,
    check,
    fixes: mend::window::answered_in_time,
};

/// One finding for each entry that may give it, at the entry: it is the first message that is late, whichever that is.
fn check(facts: &Facts<'_>) -> Vec<Diagnostic> {
    let free = &facts.policy.free_entry_point;
    if facts.policy.charges.free_entry_point == Charge::Charged {
        return Vec::new();
    }
    let mut found = Vec::new();
    for (step, _) in facts.reachable() {
        let StepKind::Entry { channel, .. } = step.kind else { continue };
        let (Some(place), true) = (facts.place(&step.id), free.triggers.of(channel) != Ternary::No) else { continue };
        let late = facts.proof.first_message_after(place, free.reply_within).into_iter();
        let told = late.filter_map(|(message, stories)| {
            let story = stories.into_iter().next()?;
            Some((facts.proof.replay(&story).reached(&facts.at(message).0.id)?, message, story))
        });
        // Of equally late ones the first in the funnel.
        let Some((at, message, story)) = told.rev().max_by_key(|(at, ..)| *at) else { continue };
        let what = format!(
            "People who come by {} may hear from the business only after {}, from {}; an answer within {} would make all \
             messages free for {}",
            titled(step),
            at.spoken(),
            titled(facts.at(message).0),
            free.reply_within.spoken(),
            free.guaranteed.spoken(),
        );
        let help = "Send a short answer first, and wait after it";
        found.push(RULE.at_step(&step.id, what).help(help).witness(Some(Witness::Told(story.into()))));
    }
    found
}
