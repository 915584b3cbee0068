//! Something is allowed that has no such code
//!
//! # Why it matters
//! A suppression of a code that no rule has suppresses nothing: what it was meant for is still told, and whoever reads the
//! funnel believes otherwise. Source: rules.md part A; `transom explain` lists the codes.
//!
//! # How to mend it
//! - Write the code that was meant, such as `W003`.
//!
//! # Example
//! A letter O for a zero:
//! ```ron
//! launch: "2026-12-01T09:00:00",
//! steps: [
//!     (id: "chat", title: "Customer writes", kind: Entry(channel: UserMessage)),
//!     (id: "gap", title: "Wait almost a day", kind: Wait(For("23h 59m 59s"))),
//!     (id: "tip", title: "Tip", allow: [(code: "WO03", why: "Sent at once by our own server")],
//!         kind: Message(purpose: Service, send: FreeForm(Text("One more thing")))),
//!     (id: "done", title: "Done", kind: Exit(Converted)),
//! ],
//! links: [(from: "chat", to: "gap"), (from: "gap", to: "tip"), (from: "tip", to: "done")],
//! ```
//! As it is called:
//! ```ron
//! launch: "2026-12-01T09:00:00",
//! steps: [
//!     (id: "chat", title: "Customer writes", kind: Entry(channel: UserMessage)),
//!     (id: "gap", title: "Wait almost a day", kind: Wait(For("23h 59m 59s"))),
//!     (id: "tip", title: "Tip", allow: [(code: "W003", why: "Sent at once by our own server")],
//!         kind: Message(purpose: Service, send: FreeForm(Text("One more thing")))),
//!     (id: "done", title: "Done", kind: Exit(Converted)),
//! ],
//! links: [(from: "chat", to: "gap"), (from: "gap", to: "tip"), (from: "tip", to: "done")],
//! ```

use super::prelude::*;

pub(super) const RULE: Rule = Rule {
    code: "A002",
    name: "unknown-code",
    severity: Severity::Error,
    file: include_str!("a002_unknown_code.rs"),
    part: "allow",
    shows: Claim::Reached,
    check,
    fixes: mend::allowed::corrected,
};

fn check(facts: &Facts<'_>) -> Vec<Diagnostic> {
    let mut found = Vec::new();
    for (place, allow) in bearers(facts.funnel) {
        for (item, allow) in allow.iter().enumerate() {
            if super::rule(&allow.code).is_some_and(|rule| rule.code == allow.code) {
                continue;
            }
            let message =
                format!("{} allows {:?}, and no diagnostic has this code", words::place(facts, &place), allow.code);
            let help = match words::nearest_code(&allow.code) {
                Some(near) => format!("Did you mean {near}?"),
                None => "A code is a letter and three digits, such as W003".to_owned(),
            };
            found.push(RULE.at(place.clone(), message).about(About::Item(item)).help(help));
        }
    }
    found
}
