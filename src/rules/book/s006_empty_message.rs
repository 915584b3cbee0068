//! A message has no content
//!
//! # Why it matters
//! WhatsApp refuses a message without text, so the person gets nothing, and a question is never asked. Pictures, films,
//! sounds, files, stickers and places need no words. Source: rules.md part A and B4.
//!
//! # How to mend it
//! - Write what the person is to read.
//! - Take the step out, if it only marks a place in the plan.
//!
//! # Example
//! The text is still to come:
//! ```ron
//! steps: [
//!     (id: "chat", title: "Customer writes", kind: Entry(channel: UserMessage)),
//!     (id: "hello", title: "Greeting", kind: Message(purpose: Service, send: FreeForm(Text("")))),
//!     (id: "done", title: "Done", kind: Exit(HandedOver)),
//! ],
//! links: [(from: "chat", to: "hello"), (from: "hello", to: "done")],
//! ```
//! A picture says it without words:
//! ```ron
//! steps: [
//!     (id: "chat", title: "Customer writes", kind: Entry(channel: UserMessage)),
//!     (id: "hello", title: "Greeting", kind: Message(purpose: Service, send: FreeForm(Media(kind: Image)))),
//!     (id: "done", title: "Done", kind: Exit(HandedOver)),
//! ],
//! links: [(from: "chat", to: "hello"), (from: "hello", to: "done")],
//! ```

use super::prelude::*;
use crate::model::Content;

pub(super) const RULE: Rule = Rule {
    code: "S006",
    name: "empty-message",
    severity: Severity::Error,
    file: include_str!("s006_empty_message.rs"),
    part: "send",
    shows: Claim::Reached,
    check,
    fixes: mend::structure::taken_out,
};

/// Only where some journey comes: a step that is still being drafted fails nobody.
fn check(facts: &Facts<'_>) -> Vec<Diagnostic> {
    let with_content = facts.sending().filter_map(|(step, message, _)| Some((step, message.send.content()?)));
    with_content
        .filter(|(_, content)| !matches!(content, Content::Media { .. } | Content::Location))
        .filter(|(_, content)| content.text().trim().is_empty())
        .map(|(step, _)| {
            let message = format!("{} has no text, so WhatsApp refuses it", titled(step));
            RULE.at_step(&step.id, message).help("Write what the person is to read")
        })
        .collect()
}
