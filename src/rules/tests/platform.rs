//! What a person relies on about the policy itself: its dates.

use super::*;
use crate::policy;

fn talk(launch: &str) -> Arc<Funnel> {
    funnel(&format!(
        r#"{launch} steps: [
            (id: "in", kind: Entry(channel: UserMessage)),
            (id: "hello", kind: Message(purpose: Service, send: FreeForm(Text("Oi")))),
            (id: "out", kind: Exit(Lost)),
        ], links: [(from: "in", to: "hello"), (from: "hello", to: "out")]"#
    ))
}

#[test]
fn a_policy_holds_on_its_last_day_and_not_on_the_next() {
    let last = policy::standard().valid_until();
    let next = last.succ_opt().unwrap();
    let at_launch = |day| codes(&judged(&talk(&format!("launch: \"{day}T00:00:00\","))));
    assert_eq!((at_launch(last), at_launch(next)), (vec![], vec!["P002"]));
    let today = |time: String| codes(&judge(&talk(""), &policy::standard(), at(&time)));
    assert_eq!((today(format!("{last}T23:59:59")), today(format!("{next}T00:00:00"))), (vec![], vec!["P002"]));
}

#[test]
fn rules_that_ended_are_named_with_their_end() {
    let old = policy::load("whatsapp-2025-07", None).unwrap();
    let judgement = judge(&talk(""), &old, at("2026-11-22T12:00:00"));
    let end = "Today (2026-11-22) is past the policy `whatsapp-2025-07`, whose rules ended on 2026-09-30";
    assert_eq!(judgement.diagnostics.iter().map(|found| found.message.as_str()).collect::<Vec<_>>(), [end]);
    assert_eq!(codes(&judge(&talk(""), &old, at("2026-09-30T12:00:00"))), Vec::<&str>::new());
}
