//! Marketing goes out free-form while the window is open, and the policy asks for a template
//!
//! # Why it matters
//! WhatsApp lets any content pass inside the window, so this is a rule of the house and no error of the platform. Some
//! teams send marketing as a template whatever the window, so that every promotion was reviewed and the opt-in is asked
//! for each time. The policy's `marketing_in_window` decides: `Allow` says nothing, `Warn` makes it a warning, `Forbid` an
//! error. Source: rules.md B8 row 5.
//!
//! # How to mend it
//! - Send an approved marketing template.
//! - Plan the message as a service message, if it answers what the person asked.
//! - Judge by a policy that allows it.
//!
//! # Example
//! An offer in a chat that is open, though a template would be ready:
//! ```ron
//! templates: [
//!     (name: "offer_today", language: "en", category: Marketing, status: Approved,
//!         body: "10 percent off today!", footer: "Answer STOP to stop"),
//! ],
//! steps: [
//!     (id: "chat", title: "Customer writes", kind: Entry(channel: UserMessage, opt_in: true)),
//!     (id: "offer", title: "Offer", kind: Message(purpose: Marketing, send: FreeForm(Text("10 percent off today!")))),
//!     (id: "done", title: "Done", kind: Exit(Converted)),
//! ],
//! links: [(from: "chat", to: "offer"), (from: "offer", to: "done")],
//! ```
//! The same as a template:
//! ```ron
//! templates: [
//!     (name: "offer_today", language: "en", category: Marketing, status: Approved,
//!         body: "10 percent off today!", footer: "Answer STOP to stop"),
//! ],
//! steps: [
//!     (id: "chat", title: "Customer writes", kind: Entry(channel: UserMessage, opt_in: true)),
//!     (id: "offer", title: "Offer", kind: Message(purpose: Marketing, send: Template("offer_today"))),
//!     (id: "done", title: "Done", kind: Exit(Converted)),
//! ],
//! links: [(from: "chat", to: "offer"), (from: "offer", to: "done")],
//! ```

use super::prelude::*;
use crate::model::Purpose;
use crate::policy::Allowance;

pub(super) const RULE: Rule = Rule {
    code: "C003",
    name: "marketing-as-free-form",
    severity: Severity::Warning,
    file: include_str!("c003_marketing_as_free_form.rs"),
    part: "send",
    shows: Claim::Inside,
    check,
    fixes: mend::always_a_template,
};

/// Only where the window is open on some journey: what is refused anyway is for W001.
fn check(facts: &Facts<'_>) -> Vec<Diagnostic> {
    let (severity, says) = match facts.policy.marketing_in_window {
        Allowance::Allow => return Vec::new(),
        Allowance::Warn => (Severity::Warning, "advises against"),
        Allowance::Forbid => (Severity::Error, "forbids"),
    };
    let mut found = Vec::new();
    for (step, message, proof) in facts.sending() {
        let marketing = message.purpose == Purpose::Marketing && message.send.content().is_some();
        if !marketing || proof.verdict == Verdict::Outside {
            continue;
        }
        let shown = facts.evident(&step.id, Claim::Inside);
        // Where the proof had to guess, only a journey that replays is worth saying.
        if proof.unknown.is_some() && shown.is_none() {
            continue;
        }
        let policy = &facts.policy.id;
        let what = format!("{} is marketing and goes out free-form, which the policy `{policy}` {says}", titled(step));
        let help = "Send a marketing template here; WhatsApp itself lets free-form pass while the window is open";
        found.push(RULE.at_step(&step.id, what).severity(severity).help(help).witness(shown.map(|shown| shown.witness)));
    }
    found
}
