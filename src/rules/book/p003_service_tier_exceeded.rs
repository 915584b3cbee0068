//! More free-form messages are expected than are free in a month
//!
//! # Why it matters
//! Since October 2026 free-form messages are charged like utility templates once a number has used its free ones of the
//! calendar month: the first 1,000 that were delivered. What is expected is the audience times what one person gets on
//! average, by the shares of answers, splits and attributes. Messages in the free entry point are counted too, since it is
//! not settled whether they use up the free ones, and so are all people, though some may enter in another month. Source:
//! rules.md B5.1 and B9 row 3; the number is the policy's `charges`.
//!
//! # How to mend it
//! - Plan the price of the others: it is that of a utility template.
//! - Say in one message what two say now.
//! - Let people enter over several months, or through several numbers.
//!
//! # Example
//! Each of them is greeted:
//! ```ron
//! audience: (market: "DE", timezone: "Europe/Berlin", size: 20000),
//! steps: [
//!     (id: "ad", title: "Instagram ad", kind: Entry(channel: ClickToWhatsAppAd)),
//!     (id: "hello", title: "Greeting", kind: Message(purpose: Service, send: FreeForm(Text("Hallo!")))),
//!     (id: "done", title: "Done", kind: Exit(HandedOver)),
//! ],
//! links: [(from: "ad", to: "hello"), (from: "hello", to: "done")],
//! ```
//! A few are:
//! ```ron
//! audience: (market: "DE", timezone: "Europe/Berlin", size: 100),
//! steps: [
//!     (id: "ad", title: "Instagram ad", kind: Entry(channel: ClickToWhatsAppAd)),
//!     (id: "hello", title: "Greeting", kind: Message(purpose: Service, send: FreeForm(Text("Hallo!")))),
//!     (id: "done", title: "Done", kind: Exit(HandedOver)),
//! ],
//! links: [(from: "ad", to: "hello"), (from: "hello", to: "done")],
//! ```

use super::prelude::*;
use crate::policy::Charge;

pub(super) const RULE: Rule = Rule {
    code: "P003",
    name: "service-tier-exceeded",
    severity: Severity::Info,
    file: include_str!("p003_service_tier_exceeded.rs"),
    part: "size",
    shows: Claim::Reached,
    check,
    fixes: mend::none,
};

/// So much work on the times is worth a note; a person may be typing.
const LITTLE: usize = 100_000;
/// Bounds nearer to each other than this are one number to a person.
const SAME: f64 = 0.01;

fn check(facts: &Facts<'_>) -> Vec<Diagnostic> {
    let (service, people) = (facts.policy.charges.service, facts.funnel.audience.size as f64);
    let free = service.free_per_number_month as f64;
    let by_shares = facts.proof.free_form_a_person();
    let (least, most) = (*by_shares.start(), *by_shares.end());
    if service.charge == Charge::Free || most * people <= free {
        return Vec::new();
    }
    let (about, each) = match worked_out(facts, least, most) {
        Some(each) => ("About", each),
        None => ("At least", least),
    };
    if each * people <= free {
        return Vec::new();
    }
    let message = format!(
        "{about} {} free-form messages are expected, {} a person; {} a month are free for one number, and the others are \
         charged as service messages",
        words::grouped(rounded(each * people)),
        (each * 100.0).round() / 100.0,
        words::grouped(service.free_per_number_month as usize),
    );
    vec![RULE.at(Place::Funnel, message).help("Plan their price, or say in one message what two say now")]
}

/// How many one person gets, where shares alone say so, or where the times of all people can be worked out.
fn worked_out(facts: &Facts<'_>, least: f64, most: f64) -> Option<f64> {
    // Where people may go round for ever there is no number to work out.
    if !most.is_finite() {
        return None;
    }
    if most - least <= most * SAME {
        return Some(least);
    }
    if facts.hurried {
        return None;
    }
    let likely = facts.proof.likelihood(LITTLE);
    let with_content = facts.sending().filter(|(_, message, _)| message.send.content().is_some());
    let each = with_content.map(|(step, ..)| Some(likely.step(&step.id)?.visits * likely.step(&step.id)?.inside?));
    let each: Option<f64> = each.sum();
    each.filter(|_| likely.doubt.is_none())
}

/// To three figures: more of them would be made up.
fn rounded(number: f64) -> usize {
    let unit = 10_f64.powi((number.log10().floor() as i32 - 2).max(0));
    ((number / unit).round() * unit) as usize
}
