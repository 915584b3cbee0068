//! A free-form message, and on some journey that reaches it the customer service window is closed
//!
//! # Why it matters
//! Some people get the message and some do not: for those whose last message is 24 hours old or older, WhatsApp refuses
//! it with error 131047. The journey shown is one of theirs. It may be a rare one, such as a wait until the morning in
//! the one night of the year that is an hour longer; it is possible all the same. Source: rules.md B1.2, B1.3 and B1.4.
//!
//! # How to mend it
//! - Send free-form *or* template: free-form while the window is open, the template otherwise.
//! - Part the journeys before it with a branch on the window.
//! - Shorten a wait or a timeout on the journey shown.
//! - Ask something earlier whose answer opens the window again.
//!
//! # Example
//! Whoever does not answer comes here 20 + 6 hours after their last message:
//! ```ron
//! steps: [
//!     (id: "ad", title: "Instagram ad", kind: Entry(channel: ClickToWhatsAppAd)),
//!     (id: "ask", title: "Ask size", kind: Message(
//!         purpose: Service, send: FreeForm(Text("Qual é o seu número?")),
//!         reply: (options: [(label: "any reply", share: 1.0)], chance: 0.7,
//!             delay: LogNormal(median: "12m", p90: "6h"), timeout: "20h"))),
//!     (id: "gap", title: "Wait 6 hours", kind: Wait(For("6h"))),
//!     (id: "tip", title: "Size guide", kind: Message(
//!         purpose: Service, send: FreeForm(Text("Aqui está a tabela.")))),
//!     (id: "done", title: "Done", kind: Exit(Converted)),
//! ],
//! links: [
//!     (from: "ad", to: "ask"), (from: "ask", out: Reply("any reply"), to: "gap"),
//!     (from: "ask", out: Timeout, to: "gap"),
//!     (from: "gap", to: "tip"), (from: "tip", to: "done"),
//! ],
//! ```
//! A branch on the window keeps them apart:
//! ```ron
//! steps: [
//!     (id: "ad", title: "Instagram ad", kind: Entry(channel: ClickToWhatsAppAd)),
//!     (id: "ask", title: "Ask size", kind: Message(
//!         purpose: Service, send: FreeForm(Text("Qual é o seu número?")),
//!         reply: (options: [(label: "any reply", share: 1.0)], chance: 0.7,
//!             delay: LogNormal(median: "12m", p90: "6h"), timeout: "20h"))),
//!     (id: "gap", title: "Wait 6 hours", kind: Wait(For("6h"))),
//!     (id: "open", title: "Window open?", kind: Branch(WindowOpen)),
//!     (id: "tip", title: "Size guide", kind: Message(
//!         purpose: Service, send: FreeForm(Text("Aqui está a tabela.")))),
//!     (id: "done", title: "Done", kind: Exit(Converted)),
//! ],
//! links: [
//!     (from: "ad", to: "ask"), (from: "ask", out: Reply("any reply"), to: "gap"),
//!     (from: "ask", out: Timeout, to: "gap"),
//!     (from: "gap", to: "open"), (from: "open", out: Yes, to: "tip"), (from: "open", out: No, to: "done"),
//!     (from: "tip", to: "done"),
//! ],
//! ```

use super::prelude::*;

pub(super) const RULE: Rule = Rule {
    code: "W002",
    name: "free-form-may-fall-outside",
    severity: Severity::Error,
    file: include_str!("w002_free_form_may_fall_outside.rs"),
    part: "send",
    shows: Claim::Outside,
    check,
    fixes: mend::window::sometimes,
};

fn check(facts: &Facts<'_>) -> Vec<Diagnostic> {
    let sometimes = facts.troubles().iter().filter(|trouble| trouble.kind == TroubleKind::Sometimes);
    sometimes
        .map(|trouble| {
            let (step, proof) = facts.at(trouble.step);
            let message = format!(
                "{} is free-form, and on some journeys it goes out after the window has closed{}; the window closes after \
                 {}, and WhatsApp refuses it then (131047)",
                titled(step),
                trouble.shown.as_ref().map(|shown| when(facts, shown, proof)).unwrap_or_default(),
                facts.policy.window.length.spoken(),
            );
            let help = "Send free-form or template here, or put a branch on the open window before it";
            RULE.at_step(&step.id, message).help(help).witness(trouble.witness())
        })
        .collect()
}

/// `: 26 h after the person's last message, by way of *Ask size* (30 h at most)`
fn when(facts: &Facts<'_>, shown: &Evident, proof: &StepProof) -> String {
    let Some(since) = shown.since_inbound else { return String::new() };
    let most = match proof.since_inbound.map(|range| range.max) {
        Some(Some(max)) if max > since => format!(" ({} at most)", max.spoken()),
        Some(None) => " (and later without end)".to_owned(),
        _ => String::new(),
    };
    format!(": {} after the person's last message{}{most}", since.spoken(), words::by_way_of(facts, shown))
}
