//! Nothing enters the funnel
//!
//! # Why it matters
//! Without an entry there is no journey, so nothing is ever sent and nothing can be proved. Source: rules.md part A.
//!
//! # How to mend it
//! - Add an entry and say how people arrive: an ad, a link, a QR code, a message, a call, or by the business.
//!
//! # Example
//! Nobody arrives:
//! ```ron
//! steps: [
//!     (id: "hello", title: "Greeting", kind: Message(purpose: Service, send: FreeForm(Text("Hi!")))),
//!     (id: "done", title: "Done", kind: Exit(Converted)),
//! ],
//! links: [(from: "hello", to: "done")],
//! ```
//! People scan a code:
//! ```ron
//! steps: [
//!     (id: "code", title: "QR code", kind: Entry(channel: QrCode)),
//!     (id: "hello", title: "Greeting", kind: Message(purpose: Service, send: FreeForm(Text("Hi!")))),
//!     (id: "done", title: "Done", kind: Exit(Converted)),
//! ],
//! links: [(from: "code", to: "hello"), (from: "hello", to: "done")],
//! ```

use super::prelude::*;

pub(super) const RULE: Rule = Rule {
    code: "S005",
    name: "no-entry",
    severity: Severity::Error,
    file: include_str!("s005_no_entry.rs"),
    part: "steps",
    shows: Claim::Reached,
    check,
    fixes: mend::structure::entered,
};

fn check(facts: &Facts<'_>) -> Vec<Diagnostic> {
    if facts.steps().any(|(step, _)| matches!(step.kind, StepKind::Entry { .. })) {
        return Vec::new();
    }
    let message = "Nothing enters the funnel: it has no entry".to_owned();
    vec![RULE.at(Place::Funnel, message).help("Add an entry and say how people arrive")]
}
