//! The launch, or today, is past the day up to which the policy's facts may be relied on
//!
//! # Why it matters
//! Meta changes prices each quarter and rules on short notice. A policy says when its facts were last checked and for how
//! long that holds (100 days, if the policy does not say otherwise), and on which day its rules ended, if they did. What
//! is judged after that day may be judged by rules that are no longer in force. Source: rules.md B5.2 and B8.1, and the
//! policy's `reviewed`, `valid_days` and `effective_to`.
//!
//! # How to mend it
//! - Judge by the policy in force: `policy: "whatsapp-2026-10"`.
//! - Check the facts of your own policy anew, and set its `reviewed`.
//!
//! # Example
//! Nobody can know the rules of that day:
//! ```ron
//! launch: "2099-01-01T09:00:00",
//! steps: [
//!     (id: "chat", title: "Customer writes", kind: Entry(channel: UserMessage)),
//!     (id: "hello", title: "Greeting", kind: Message(purpose: Service, send: FreeForm(Text("Hi!")))),
//!     (id: "done", title: "Done", kind: Exit(HandedOver)),
//! ],
//! links: [(from: "chat", to: "hello"), (from: "hello", to: "done")],
//! ```
//! The launch is near:
//! ```ron
//! launch: "2026-12-01T09:00:00",
//! steps: [
//!     (id: "chat", title: "Customer writes", kind: Entry(channel: UserMessage)),
//!     (id: "hello", title: "Greeting", kind: Message(purpose: Service, send: FreeForm(Text("Hi!")))),
//!     (id: "done", title: "Done", kind: Exit(HandedOver)),
//! ],
//! links: [(from: "chat", to: "hello"), (from: "hello", to: "done")],
//! ```

use super::prelude::*;

pub(super) const RULE: Rule = Rule {
    code: "P002",
    name: "policy-out-of-date",
    severity: Severity::Warning,
    file: include_str!("p002_policy_out_of_date.rs"),
    part: "policy",
    shows: Claim::Reached,
    check,
    fixes: mend::none,
};

fn check(facts: &Facts<'_>) -> Vec<Diagnostic> {
    let policy = facts.policy;
    let until = policy.valid_until();
    let late = [("Today", Some(facts.now)), ("The launch", facts.funnel.launch)];
    let late = late.into_iter().find_map(|(what, at)| at.filter(|at| until < at.0.date()).map(|at| (what, at.0.date())));
    let Some((what, day)) = late else { return Vec::new() };
    let (why, help) = match policy.effective_to.filter(|end| *end == until) {
        Some(end) => (format!("whose rules ended on {end}"), "Judge by the policy in force"),
        None => {
            let (reviewed, days) = (policy.reviewed, policy.valid_days);
            (
                format!("which was last checked on {reviewed}, for {days} days, up to {until}"),
                "Judge by a policy that was checked since, or check the facts of this one anew",
            )
        }
    };
    let message = format!("{what} ({day}) is past the policy `{}`, {why}", policy.id);
    vec![RULE.at(Place::Funnel, message).help(help)]
}
