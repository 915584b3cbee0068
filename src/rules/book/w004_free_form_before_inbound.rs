//! A free-form message on a journey on which the person has not written at all
//!
//! # Why it matters
//! Only a message or a call from the person opens the window. Where the business writes first there is no window, and
//! WhatsApp refuses free-form content with error 131047. A tap on an ad or a link that sends nothing opens nothing.
//! Source: rules.md B1.1, B1.2 and B1.4.
//!
//! # How to mend it
//! - Begin with an approved template and go on free-form once the person has answered.
//!
//! # Example
//! The business writes first, without a template:
//! ```ron
//! steps: [
//!     (id: "list", title: "Lapsed customers", kind: Entry(channel: BusinessInitiated, opt_in: true)),
//!     (id: "hello", title: "We miss you", kind: Message(
//!         purpose: Marketing, send: FreeForm(Text("¡Hola! ¿Cómo estás?")))),
//!     (id: "done", title: "Done", kind: Exit(Lost)),
//! ],
//! links: [(from: "list", to: "hello"), (from: "hello", to: "done")],
//! ```
//! The person writes first:
//! ```ron
//! steps: [
//!     (id: "list", title: "Customer writes", kind: Entry(channel: UserMessage)),
//!     (id: "hello", title: "Greeting", kind: Message(
//!         purpose: Service, send: FreeForm(Text("¡Hola! ¿Cómo estás?")))),
//!     (id: "done", title: "Done", kind: Exit(Converted)),
//! ],
//! links: [(from: "list", to: "hello"), (from: "hello", to: "done")],
//! ```

use super::prelude::*;

pub(super) const RULE: Rule = Rule {
    code: "W004",
    name: "free-form-before-inbound",
    severity: Severity::Error,
    file: include_str!("w004_free_form_before_inbound.rs"),
    part: "send",
    shows: Claim::BeforeInbound,
    check,
    fixes: mend::window::unheard,
};

fn check(facts: &Facts<'_>) -> Vec<Diagnostic> {
    let before = facts.troubles().iter().filter(|trouble| trouble.kind == TroubleKind::BeforeInbound);
    before
        .map(|trouble| {
            let (step, proof) = facts.at(trouble.step);
            // With no inbound message on any journey the words can be shorter.
            let some = if proof.since_inbound.is_some() { "on some journeys " } else { "" };
            let route = trouble.shown.as_ref().map(|shown| words::by_way_of(facts, shown)).unwrap_or_default();
            let message = format!(
                "{} is free-form, and {some}the person has not written yet when it goes out{route}: no window is open, so \
                 WhatsApp refuses it (131047)",
                titled(step),
            );
            let help = "Begin with a template, and go on free-form once the person has answered";
            RULE.at_step(&step.id, message).help(help).witness(trouble.witness())
        })
        .collect()
}
