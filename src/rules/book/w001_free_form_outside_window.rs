//! A free-form message, and on every journey that reaches it the customer service window is closed
//!
//! # Why it matters
//! WhatsApp takes free-form content only while the window is open: less than 24 hours since the person's last message
//! or call. After that it refuses the message with error 131047, and nobody receives it. The window closes at 24 hours
//! to the second; a message at exactly that moment is too late. Source: rules.md B1.2, B1.3 and B1.4.
//!
//! # How to mend it
//! - Send an approved template instead; templates may go out at any time.
//! - Send free-form *or* template, where some journeys may come sooner one day.
//! - Shorten the waits before it, or move the message before them.
//! - Ask something earlier whose answer opens the window again.
//!
//! # Example
//! Three days after the person wrote, the window is long closed:
//! ```ron
//! steps: [
//!     (id: "ad", title: "Instagram ad", kind: Entry(channel: ClickToWhatsAppAd)),
//!     (id: "gap", title: "Wait 3 days", kind: Wait(For("3d"))),
//!     (id: "offer", title: "Day-3 offer", kind: Message(
//!         purpose: Marketing, send: FreeForm(Text("Ainda quer o tênis?")))),
//!     (id: "done", title: "Done", kind: Exit(Lost)),
//! ],
//! links: [(from: "ad", to: "gap"), (from: "gap", to: "offer"), (from: "offer", to: "done")],
//! ```
//! Within the window it may go out:
//! ```ron
//! steps: [
//!     (id: "ad", title: "Instagram ad", kind: Entry(channel: ClickToWhatsAppAd)),
//!     (id: "gap", title: "Wait 3 hours", kind: Wait(For("3h"))),
//!     (id: "offer", title: "Same-day offer", kind: Message(
//!         purpose: Marketing, send: FreeForm(Text("Ainda quer o tênis?")))),
//!     (id: "done", title: "Done", kind: Exit(Lost)),
//! ],
//! links: [(from: "ad", to: "gap"), (from: "gap", to: "offer"), (from: "offer", to: "done")],
//! ```

use super::prelude::*;

pub(super) const RULE: Rule = Rule {
    code: "W001",
    name: "free-form-outside-window",
    severity: Severity::Error,
    file: include_str!("w001_free_form_outside_window.rs"),
    part: "send",
    shows: Claim::Outside,
    check,
    fixes: mend::window::outside,
};

fn check(facts: &Facts<'_>) -> Vec<Diagnostic> {
    let outside = facts.troubles().iter().filter(|trouble| trouble.kind == TroubleKind::Outside);
    outside
        .map(|trouble| {
            let (step, proof) = facts.at(trouble.step);
            let range = proof.since_inbound;
            let earliest = range.map_or(facts.policy.window.length, |range| range.min).spoken();
            let when = match range.and_then(|range| range.max) {
                Some(latest) if Some(latest) == range.map(|range| range.min) => earliest,
                _ => format!("at least {earliest}"),
            };
            let route = trouble.shown.as_ref().map(|shown| words::by_way_of(facts, shown)).unwrap_or_default();
            let message = format!(
                "{} is free-form and goes out {when} after the person's last message{route}; the window closes after {}, \
                 so WhatsApp refuses it (131047)",
                titled(step),
                facts.policy.window.length.spoken(),
            );
            let help = "Send a template here, or come here sooner after the person's last message";
            RULE.at_step(&step.id, message).help(help).witness(trouble.witness())
        })
        .collect()
}
