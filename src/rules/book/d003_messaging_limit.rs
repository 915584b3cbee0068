//! The audience is larger than the number of people to whom the business may write in a day
//!
//! # Why it matters
//! An account may write to so many different people outside their window in a moving day: 250 at first, then 2,000, 10,000,
//! 100,000, and at last as many as it likes. Whoever comes after that gets nothing until the day has moved on. Only templates
//! that go out while the window is closed count; answers in an open window do not. The funnel says the limit in
//! `messaging_limit`; where it does not, nothing is said. Source: rules.md B6 (messaging limit).
//!
//! # How to mend it
//! - Let people enter over more days.
//! - Raise the limit first: verify the business, and send templates of high quality.
//! - Set `messaging_limit` to what Meta's Business Manager shows now.
//!
//! # Example
//! Ten days for one message:
//! ```ron
//! audience: (market: "BR", timezone: "America/Sao_Paulo", size: 20000),
//! messaging_limit: 2000,
//! templates: [
//!     (name: "spring_news", language: "en", category: Marketing, status: Approved,
//!         body: "Our spring collection is here.", footer: "Answer STOP to stop"),
//! ],
//! steps: [
//!     (id: "list", title: "Members", kind: Entry(channel: BusinessInitiated, opt_in: true)),
//!     (id: "news", title: "News", kind: Message(purpose: Marketing, send: Template("spring_news"))),
//!     (id: "done", title: "Done", kind: Exit(Converted)),
//! ],
//! links: [(from: "list", to: "news"), (from: "news", to: "done")],
//! ```
//! Meta has raised the limit:
//! ```ron
//! audience: (market: "BR", timezone: "America/Sao_Paulo", size: 20000),
//! messaging_limit: 100000,
//! templates: [
//!     (name: "spring_news", language: "en", category: Marketing, status: Approved,
//!         body: "Our spring collection is here.", footer: "Answer STOP to stop"),
//! ],
//! steps: [
//!     (id: "list", title: "Members", kind: Entry(channel: BusinessInitiated, opt_in: true)),
//!     (id: "news", title: "News", kind: Message(purpose: Marketing, send: Template("spring_news"))),
//!     (id: "done", title: "Done", kind: Exit(Converted)),
//! ],
//! links: [(from: "list", to: "news"), (from: "news", to: "done")],
//! ```

use super::prelude::*;
use crate::rules::facts::may_send_template;

pub(super) const RULE: Rule = Rule {
    code: "D003",
    name: "messaging-limit",
    severity: Severity::Warning,
    file: include_str!("d003_messaging_limit.rs"),
    part: "messaging_limit",
    shows: Claim::Reached,
    check,
    fixes: mend::none,
};

fn check(facts: &Facts<'_>) -> Vec<Diagnostic> {
    let (size, Some(limit)) = (facts.funnel.audience.size, facts.funnel.messaging_limit) else { return Vec::new() };
    let mut closed = facts
        .sending()
        .filter(|(_, message, proof)| may_send_template(&message.send, proof) && proof.verdict != Verdict::Inside);
    let Some((step, ..)) = closed.next().filter(|_| limit < size) else { return Vec::new() };
    let takes = match size.div_ceil(limit.max(1)) {
        _ if limit == 0 => "reaches nobody".to_owned(),
        days => format!("takes {} to reach all of them", words::counted(days as usize, "day")),
    };
    let message = format!(
        "{} people enter, and the number may write to {} a day outside their window: {} {takes}",
        words::grouped(size as usize),
        words::grouped(limit as usize),
        titled(step),
    );
    vec![RULE.at(Place::Funnel, message).help("Let people enter over more days, or raise the limit first")]
}
