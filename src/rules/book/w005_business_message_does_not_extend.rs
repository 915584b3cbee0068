//! Messages that the business sent meanwhile do not keep the window open
//!
//! # Why it matters
//! It is easy to think that a chat with recent messages is an open chat. Only the person's messages and calls count:
//! the window closes 24 hours after the last of them, however much the business sends, template or not. This stands
//! beside an error about the window where, on the journey shown there, the business had sent something since the
//! person's last message. Source: rules.md B1.1, last row.
//!
//! # How to mend it
//! - Mend the error beside it.
//! - Make one of the messages between a question, and wait for its answer.
//!
//! # Example
//! The greeting at hour 20 does not help the tip at hour 30:
//! ```ron
//! steps: [
//!     (id: "chat", title: "Customer writes", kind: Entry(channel: UserMessage)),
//!     (id: "wait", title: "Wait 20 hours", kind: Wait(For("20h"))),
//!     (id: "hello", title: "Greeting", kind: Message(
//!         purpose: Service, send: FreeForm(Text("Good morning!")))),
//!     (id: "gap", title: "Wait 10 hours", kind: Wait(For("10h"))),
//!     (id: "tip", title: "Tip", kind: Message(purpose: Service, send: FreeForm(Text("One more thing")))),
//!     (id: "done", title: "Done", kind: Exit(Converted)),
//! ],
//! links: [
//!     (from: "chat", to: "wait"), (from: "wait", to: "hello"), (from: "hello", to: "gap"),
//!     (from: "gap", to: "tip"), (from: "tip", to: "done"),
//! ],
//! ```
//! An answer to it does:
//! ```ron
//! steps: [
//!     (id: "chat", title: "Customer writes", kind: Entry(channel: UserMessage)),
//!     (id: "wait", title: "Wait 20 hours", kind: Wait(For("20h"))),
//!     (id: "hello", title: "Question", kind: Message(purpose: Service, send: FreeForm(Text("Did it arrive?")),
//!         reply: (options: [(label: "any reply", share: 1.0)], chance: 0.7,
//!             delay: LogNormal(median: "12m", p90: "2h"), timeout: "3h"))),
//!     (id: "gap", title: "Wait 10 hours", kind: Wait(For("10h"))),
//!     (id: "tip", title: "Tip", kind: Message(purpose: Service, send: FreeForm(Text("One more thing")))),
//!     (id: "done", title: "Done", kind: Exit(Converted)),
//! ],
//! links: [
//!     (from: "chat", to: "wait"), (from: "wait", to: "hello"),
//!     (from: "hello", out: Reply("any reply"), to: "gap"),
//!     (from: "hello", out: Timeout, to: "done"), (from: "gap", to: "tip"), (from: "tip", to: "done"),
//! ],
//! ```

use super::prelude::*;

pub(super) const RULE: Rule = Rule {
    code: "W005",
    name: "business-message-does-not-extend",
    severity: Severity::Info,
    file: include_str!("w005_business_message_does_not_extend.rs"),
    part: "send",
    shows: Claim::Reached,
    check,
    fixes: mend::window::asked_between,
};

fn check(facts: &Facts<'_>) -> Vec<Diagnostic> {
    let shown = facts.troubles().iter().filter_map(|trouble| Some((trouble.step, trouble.shown.as_ref()?)));
    shown
        .filter_map(|(place, shown)| {
            let sent = shown.sent;
            let (step, _) = facts.at(place);
            let after = match shown.since_inbound {
                Some(_) => "after the person's last message",
                None => "although the person had never written",
            };
            let message = format!(
                "The business had sent {} {after} when {} goes out: that keeps no window open, only the person's own \
                 messages and calls do",
                words::counted(sent, "message"),
                titled(step),
            );
            let found = RULE.at_step(&step.id, message).help("Ask something earlier whose answer opens the window again");
            (sent > 0).then(|| found.witness(Some(shown.witness.clone())))
        })
        .collect()
}
