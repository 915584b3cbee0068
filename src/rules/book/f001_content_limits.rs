//! The content of a free-form message is over WhatsApp's limits
//!
//! # Why it matters
//! WhatsApp refuses a message that is too long, has too many buttons or rows, or two buttons of one label, so the person
//! gets nothing. Lengths are in characters. Source: rules.md B4; the numbers are the policy's `limits`.
//!
//! # How to mend it
//! - Shorten the text or the labels, or make two messages of one.
//! - Ask with a list where there are more choices than buttons.
//!
//! # Example
//! Four buttons, and only three are shown:
//! ```ron
//! steps: [
//!     (id: "chat", title: "Customer writes", kind: Entry(channel: UserMessage)),
//!     (id: "ask", title: "Ask size", kind: Message(
//!         purpose: Service,
//!         send: FreeForm(Buttons(body: "Which size?", buttons: ["S", "M", "L", "XL"])),
//!     )),
//!     (id: "done", title: "Done", kind: Exit(HandedOver)),
//! ],
//! links: [(from: "chat", to: "ask"), (from: "ask", to: "done")],
//! ```
//! A list has room for them:
//! ```ron
//! steps: [
//!     (id: "chat", title: "Customer writes", kind: Entry(channel: UserMessage)),
//!     (id: "ask", title: "Ask size", kind: Message(
//!         purpose: Service,
//!         send: FreeForm(List(body: "Which size?", button: "Sizes", rows: ["S", "M", "L", "XL"])),
//!     )),
//!     (id: "done", title: "Done", kind: Exit(HandedOver)),
//! ],
//! links: [(from: "chat", to: "ask"), (from: "ask", to: "done")],
//! ```

use super::prelude::*;
use crate::model::{Content, Media};
use crate::policy::FreeFormLimits;
use crate::rules::words::over;

pub(super) const RULE: Rule = Rule {
    code: "F001",
    name: "content-limits",
    severity: Severity::Error,
    file: include_str!("f001_content_limits.rs"),
    part: "send",
    shows: Claim::Reached,
    check,
    fixes: mend::structure::listed,
};

/// Only where some journey comes. That the text is missing is S006.
fn check(facts: &Facts<'_>) -> Vec<Diagnostic> {
    let limits = &facts.policy.limits.free_form;
    let with_content = facts.sending().filter_map(|(step, message, _)| Some((step, message.send.content()?)));
    let broken = with_content.flat_map(|(step, content)| {
        broken(&titled(step), content, limits).into_iter().map(move |(what, help)| (step, what, help))
    });
    broken.map(|(step, what, help)| RULE.at_step(&step.id, what).help(help)).collect()
}

/// What is wrong with the content, and what to do.
fn broken(name: &str, content: &Content, limits: &FreeFormLimits) -> Vec<(String, &'static str)> {
    let mut broken = Vec::new();
    let mut tell = |what: Option<String>, help| broken.extend(what.map(|what| (what, help)));
    const SHORTER: &str = "Shorten it";
    const SPLIT: &str = "Shorten it, or make two messages of it";
    match content {
        Content::Text(text) => tell(over(&format!("The text of {name}"), text, limits.text), SPLIT),
        Content::Buttons { body, buttons } => {
            let limits = &limits.buttons;
            tell(over(&format!("The text of {name}"), body, limits.body), SPLIT);
            let (least, most) = (limits.buttons.least, limits.buttons.most);
            let few = buttons.len() < least;
            let help = if few { "Add one, or send a plain text" } else { "Take some out, or ask with a list" };
            tell(number(name, "button", buttons.len(), least, most), help);
            for (at, label) in buttons.iter().enumerate() {
                tell(labelled(name, "button", label, limits.buttons.label), SHORTER);
                if !label.trim().is_empty() && buttons[..at].contains(label) {
                    tell(Some(format!("Two buttons of {name} are called “{label}”")), "Give each a label of its own");
                }
            }
        }
        Content::List { body, button, rows } => {
            tell(over(&format!("The text of {name}"), body, limits.list.body), SPLIT);
            tell(labelled(name, "button", button, limits.list.button), SHORTER);
            let help = if rows.is_empty() { "Add one, or send a plain text" } else { "Take some out, or ask in two steps" };
            tell(number(name, "row", rows.len(), 1, limits.list.rows), help);
            for row in rows {
                tell(labelled(name, "row", row, limits.list.title), SHORTER);
            }
        }
        Content::Media { kind: Media::Audio | Media::Sticker, caption } if !caption.is_empty() => {
            let what = format!("{name} is a sound or a sticker with a caption, and those have none");
            tell(Some(what), "Say it in a message of its own");
        }
        Content::Media { caption, .. } => {
            tell(over(&format!("The caption of {name}"), caption, limits.media.caption), SPLIT);
        }
        Content::Carousel { body, cards } => {
            let limits = &limits.carousel;
            tell(over(&format!("The text of {name}"), body, limits.body), SPLIT);
            let few = cards.len() < limits.least;
            let help = if few { "Add a card, or send a single picture" } else { "Take some out, or send two messages" };
            tell(number(name, "card", cards.len(), limits.least, limits.most), help);
            for (at, card) in cards.iter().enumerate() {
                tell(over(&format!("Card {} of {name}", at + 1), card, limits.card), SHORTER);
            }
        }
        Content::CtaUrl { body, text, url } => {
            tell(over(&format!("The text of {name}"), body, limits.cta_url.body), SPLIT);
            tell(labelled(name, "button", text, limits.cta_url.button), SHORTER);
            let nowhere = url.trim().is_empty().then(|| format!("The button of {name} has no address"));
            tell(nowhere, "Say which page it opens");
        }
        Content::Flow { body, button } => {
            tell(over(&format!("The text of {name}"), body, limits.flow.body), SPLIT);
            tell(labelled(name, "button", button, limits.flow.button), SHORTER);
        }
        Content::Location => {}
    }
    broken
}

/// Too few or too many of something.
fn number(name: &str, what: &str, n: usize, least: usize, most: usize) -> Option<String> {
    let counted = words::counted(n, what);
    if n < least {
        Some(format!("{name} has {counted}, and WhatsApp asks for {least} at least"))
    } else {
        (n > most).then(|| format!("{name} has {counted}, and WhatsApp takes {most}"))
    }
}

/// A label that is empty or too long.
fn labelled(name: &str, what: &str, label: &str, most: usize) -> Option<String> {
    let empty = label.trim().is_empty().then(|| format!("A {what} of {name} has no label"));
    empty.or_else(|| over(&format!("The {what} “{label}” of {name}"), label, most))
}
