//! On a journey that comes too late: how long each wait, each silence and the last answer may be at most.

use transom::engine::{Claim, Safe, SafeKind, What, prove};
use transom::file;
use transom::model::{Seconds, StepId};
use transom::policy;

/// A funnel in this zone with these steps in a row between an entry by message and a last message.
fn safe(zone: &str, steps: &str, links: &str) -> Vec<Safe> {
    let text = format!(
        r#"(format: 1, name: "t", policy: "whatsapp-2026-10", launch: "2026-12-01T09:00:00",
        audience: (market: "BR", timezone: "{zone}", size: 10),
        steps: [(id: "in", kind: Entry(channel: UserMessage)), {steps},
            (id: "end", kind: Message(purpose: Service, send: FreeForm(Text("End"))))],
        links: [{links}])"#
    );
    let loaded = file::parse(&text, "t.ron").unwrap_or_else(|error| panic!("{error:?}"));
    let policy = policy::load(policy::DEFAULT_ID, None).unwrap();
    let proof = prove(&loaded.document.funnel, &policy, "2026-12-01T09:00:00".parse().unwrap());
    let end = StepId::from("end");
    let story = proof.witness(&end, Claim::Outside).expect("the end is outside on some journey");
    let journey = proof.replay(&story);
    let late = |since: Option<Seconds>| since.is_some_and(|since| since >= policy.window.length);
    let at = journey
        .moments
        .iter()
        .position(|moment| moment.step == end && matches!(moment.what, What::Sent(_)) && late(moment.since_inbound));
    proof.latest_safe(&story, at.expect("the journey shows it"))
}

fn of(step: &str, kind: SafeKind, now: i64, latest: Option<i64>) -> Safe {
    Safe { step: StepId::from(step), kind, now: Seconds(now), latest: latest.map(Seconds) }
}

const HOUR: i64 = 3600;

#[test]
fn each_wait_may_be_as_long_as_the_others_leave_it() {
    let found = safe(
        "America/Sao_Paulo",
        r#"(id: "a", kind: Wait(For("12h"))), (id: "b", kind: Wait(For("13h"))), (id: "c", kind: Wait(For("1h")))"#,
        r#"(from: "in", to: "a"), (from: "a", to: "b"), (from: "b", to: "c"), (from: "c", to: "end")"#,
    );
    let wait = |step, now, latest| of(step, SafeKind::Wait, now * HOUR, latest);
    // 26 h in all: two hours and a second too long, which the last wait alone cannot make up for.
    assert_eq!(found, [wait("a", 12, Some(10 * HOUR - 1)), wait("b", 13, Some(11 * HOUR - 1)), wait("c", 1, None)]);
}

#[test]
fn silence_may_last_until_the_wait_behind_it_takes_the_rest() {
    let question = r#"(id: "ask", kind: Message(purpose: Service, send: FreeForm(Text("?")),
        reply: (options: [(label: "yes", share: 1.0)], chance: 0.5, delay: Fixed("1h"), timeout: "20h")))"#;
    let found = safe(
        "America/Sao_Paulo",
        &format!(r#"{question}, (id: "wait", kind: Wait(For("5h")))"#),
        r#"(from: "in", to: "ask"), (from: "ask", out: Timeout, to: "wait"), (from: "wait", to: "end")"#,
    );
    assert_eq!(
        found,
        [
            of("ask", SafeKind::Timeout, 20 * HOUR, Some(19 * HOUR - 1)),
            of("wait", SafeKind::Wait, 5 * HOUR, Some(4 * HOUR - 1))
        ]
    );
}

/// In the night that is an hour longer, an answer just after ten waits 25 hours for the next ten o'clock; one at ten does
/// not wait at all.
#[test]
fn an_answer_before_the_calendar_fires_is_in_time() {
    let question = r#"(id: "ask", kind: Message(purpose: Service, send: FreeForm(Text("?")),
        reply: (options: [(label: "yes", share: 1.0)], chance: 1.0, delay: Uniform(min: "0s", max: "20h"), timeout: "21h")))"#;
    let found = safe(
        "Europe/Berlin",
        &format!(r#"{question}, (id: "ten", kind: Wait(Until(time: "10:00")))"#),
        r#"(from: "in", to: "ask"), (from: "ask", out: Reply("yes"), to: "ten"), (from: "ten", to: "end")"#,
    );
    let [answer] = found.as_slice() else { panic!("{found:?}") };
    assert_eq!((answer.step.as_str(), answer.kind), ("ask", SafeKind::Answer));
    let earlier = answer.now.0 - answer.latest.expect("an answer by ten is in time").0;
    assert!((1..=HOUR).contains(&earlier), "{answer:?}");
}
