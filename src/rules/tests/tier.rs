//! What a person relies on about the free service messages of a month: the number that is expected, and when it is said.

use super::*;
use crate::engine::{LITTLE_WORK, likelihood};
use crate::policy;

/// People who write, are greeted, and are asked something; those who answer get a tip after this wait.
fn talk(size: u64, chance: f64, wait: &str, way: &str) -> Arc<Funnel> {
    let mut funnel = Funnel::clone(&funnel(&format!(
        r#"steps: [
            (id: "in", kind: Entry(channel: UserMessage)),
            (id: "ask", kind: Message(purpose: Service, send: FreeForm(Text("Gostou?")), reply: (
                options: [(label: "Sim", share: 3.0), (label: "Não", share: 1.0)], chance: {chance}, delay: Fixed("5m"),
                timeout: "2h"))),
            (id: "wait", kind: Wait(For("{wait}"))),
            (id: "tip", kind: Message(purpose: Service, send: FreeForm(Text("Dica")))),
            (id: "out", kind: Exit(Lost)),
        ], links: [
            (from: "in", to: "ask"), (from: "ask", out: Reply("Sim"), to: "wait"), (from: "ask", out: Reply("Não"), to: "out"),
            (from: "ask", out: Timeout, to: "{way}"), (from: "wait", to: "tip"), (from: "tip", to: "out"),
        ]"#
    )));
    funnel.audience.size = size;
    Arc::new(funnel)
}

fn of(funnel: &Funnel) -> Option<String> {
    judged(funnel).diagnostics.into_iter().find(|found| found.code == "P003").map(|found| found.message)
}

#[test]
fn the_expected_number_is_that_of_the_shares() {
    // Everybody is asked, and three in four of the half that answer get the tip: 1.375 a person.
    let told = of(&talk(2_000, 0.5, "1h", "out")).expect("more than a thousand");
    assert_eq!(
        told,
        "About 2,750 free-form messages are expected, 1.38 a person; 1,000 a month are free for one number, and the others \
         are charged as service messages"
    );
    assert_eq!(of(&talk(727, 0.5, "1h", "out")), None, "999.6 are free");
    assert!(of(&talk(728, 0.5, "1h", "out")).is_some());
    assert!(of(&talk(2_000, 0.5, "30h", "out")).unwrap().contains("2,000 free-form"), "what is refused is not charged");
    let free =
        judge(&talk(20_000, 0.5, "1h", "out"), &policy::load("whatsapp-2025-07", None).unwrap(), at("2026-09-01T12:00:00"));
    assert!(!codes(&free).contains(&"P003"), "service messages were free then");
}

#[test]
fn where_shares_do_not_settle_it_the_times_are_worked_out() {
    // Who says nothing comes to the tip 25 hours after their message, the others one after their answer.
    let funnel = talk(2_000, 0.5, "23h", "wait");
    let bounds = judged(&funnel).proof.free_form_a_person();
    assert!(*bounds.start() < 1.01 && *bounds.end() > 1.8, "{bounds:?}");
    assert!(of(&funnel).unwrap().starts_with("About 2,750 "), "{:?}", of(&funnel));
}

#[test]
fn the_bounds_hold_what_the_times_come_to() {
    let mut compared = 0;
    for name in ["abandoned-cart", "day3-mistake", "day3-reengagement", "loyalty-qr", "support-follow-up", "win-back"] {
        let path = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join(format!("funnels/{name}.ron"));
        let funnel = file::read(&path).unwrap().document.funnel;
        let bounds = judged(&funnel).proof.free_form_a_person();
        let likely = likelihood(&funnel, &policy::standard(), at("2026-11-22T12:00:00"), LITTLE_WORK);
        let sent = funnel.steps.iter().filter(|step| step.message().is_some_and(|message| message.send.content().is_some()));
        let each: f64 = sent.filter_map(|step| Some(likely.step(&step.id)?.visits * likely.step(&step.id)?.inside?)).sum();
        assert!(*bounds.start() - 1e-4 <= each && each <= *bounds.end() + 1e-4, "{name}: {each} in {bounds:?}");
        compared += 1;
    }
    assert_eq!(compared, 6);
}

#[test]
fn a_cycle_without_end_has_no_most() {
    let ring = funnel(
        r#"steps: [
            (id: "in", kind: Entry(channel: UserMessage)),
            (id: "ask", kind: Message(purpose: Service, send: FreeForm(Text("Gostou?")), reply: (
                options: [(label: "Sim")], chance: 1.0, delay: Fixed("5m")))),
        ], links: [(from: "in", to: "ask"), (from: "ask", out: Reply("Sim"), to: "ask")]"#,
    );
    assert!(judged(&ring).proof.free_form_a_person().end().is_infinite());
    assert!(of(&ring).is_some_and(|told| told.starts_with("At least ")), "{:?}", of(&ring));
}
