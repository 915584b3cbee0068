//! A free-form message that is always inside the window, but on some journey with hardly any of it left
//!
//! # Why it matters
//! The window counts when WhatsApp takes the message. A queue, a retry or a slow network can push a message over the
//! edge, and it is then refused with error 131047. The policy says how much time should be left. Source: rules.md B1.3
//! (24 hours, end excluded; no grace period is published) and the policy's `safety_margin`.
//!
//! # How to mend it
//! - Shorten a wait or a timeout on the journey shown.
//! - Send free-form *or* template, so that a late message goes out as a template.
//!
//! # Example
//! One second is left:
//! ```ron
//! steps: [
//!     (id: "chat", title: "Customer writes", kind: Entry(channel: UserMessage)),
//!     (id: "gap", title: "Wait almost a day", kind: Wait(For("23h 59m 59s"))),
//!     (id: "tip", title: "Tip", kind: Message(purpose: Service, send: FreeForm(Text("One more thing")))),
//!     (id: "done", title: "Done", kind: Exit(Converted)),
//! ],
//! links: [(from: "chat", to: "gap"), (from: "gap", to: "tip"), (from: "tip", to: "done")],
//! ```
//! Four hours are left:
//! ```ron
//! steps: [
//!     (id: "chat", title: "Customer writes", kind: Entry(channel: UserMessage)),
//!     (id: "gap", title: "Wait 20 hours", kind: Wait(For("20h"))),
//!     (id: "tip", title: "Tip", kind: Message(purpose: Service, send: FreeForm(Text("One more thing")))),
//!     (id: "done", title: "Done", kind: Exit(Converted)),
//! ],
//! links: [(from: "chat", to: "gap"), (from: "gap", to: "tip"), (from: "tip", to: "done")],
//! ```

use super::prelude::*;

pub(super) const RULE: Rule = Rule {
    code: "W003",
    name: "window-margin-thin",
    severity: Severity::Warning,
    file: include_str!("w003_window_margin_thin.rs"),
    part: "send",
    shows: Claim::Longest,
    check,
    fixes: mend::window::thin,
};

fn check(facts: &Facts<'_>) -> Vec<Diagnostic> {
    let window = &facts.policy.window;
    let thin = facts.sending().filter_map(|(step, message, proof)| {
        let free_form = matches!(message.send, Send::FreeForm(_));
        let certain = proof.verdict == Verdict::Inside && !proof.before_inbound && proof.unknown.is_none();
        let longest = proof.since_inbound?.max?;
        (free_form && certain && longest > window.length - window.safety_margin).then_some((step, longest))
    });
    thin.map(|(step, longest)| {
        let shown = facts.evident(&step.id, Claim::Longest);
        let message = format!(
            "{} goes out as late as {} after the person's last message{}; {} of the window is left then, and a slow send \
             may miss it",
            titled(step),
            longest.spoken(),
            shown.as_ref().map(|shown| words::by_way_of(facts, shown)).unwrap_or_default(),
            (window.length - longest).spoken(),
        );
        let help = format!("Leave at least {}", window.safety_margin.spoken());
        RULE.at_step(&step.id, message).help(help).witness(shown.map(|shown| shown.witness))
    })
    .collect()
}
