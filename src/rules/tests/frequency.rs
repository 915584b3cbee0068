//! What a person relies on about how much marketing comes when, to how many, and how soon after an ad.

use super::*;
use crate::engine::What;
use crate::model::{Sent, StepKind};

/// Two marketing templates with these steps between, for people of this country.
fn two(market: &str, between: &str, links: &str) -> Arc<Funnel> {
    let mut funnel = Funnel::clone(&funnel(&format!(
        r#"launch: "2026-12-01T09:00:00", templates: [
            (name: "one", language: "pt_BR", category: Marketing, status: Approved, body: "Um", footer: "SAIR"),
            (name: "two", language: "pt_BR", category: Marketing, status: Approved, body: "Dois", footer: "SAIR"),
        ], steps: [
            (id: "in", kind: Entry(channel: BusinessInitiated, opt_in: true)),
            (id: "one", title: "One", kind: Message(purpose: Marketing, send: Template("one"))),
            {between}
            (id: "two", title: "Two", kind: Message(purpose: Marketing, send: Template("two"))),
            (id: "out", kind: Exit(Lost)),
        ], links: [(from: "in", to: "one"), (from: "two", to: "out"), {links}]"#
    )));
    funnel.audience.market = market.to_owned();
    Arc::new(funnel)
}

fn waiting(wait: &str) -> Arc<Funnel> {
    two("BR", &format!("(id: \"w\", kind: Wait({wait})),"), r#"(from: "one", to: "w"), (from: "w", to: "two")"#)
}

fn of(funnel: &Funnel) -> Option<String> {
    judged(funnel).diagnostics.into_iter().find(|found| found.code == "D002").map(|found| found.message)
}

#[test]
fn the_period_ends_to_the_second() {
    let told = of(&waiting("For(\"23h 59m 59s\")")).expect("within a day");
    assert!(told.contains("2nd marketing template within 24 h") && told.contains("after *One*"), "{told}");
    assert!(told.contains("23 h 59 m 59 s"), "{told}");
    assert_eq!(of(&waiting("For(\"24h\")")), None);
    assert_eq!(of(&two("DE", "", r#"(from: "one", to: "two")"#)), None, "no such limit in the European Economic Area");
    assert!(of(&two("BR", "", r#"(from: "one", to: "two")"#)).is_some(), "at once is soonest of all");
}

#[test]
fn calendars_are_followed_to_the_second() {
    let mut funnel = Funnel::clone(&waiting("Until(time: \"11:00\")"));
    let StepKind::Entry { arrives, .. } = &mut Arc::make_mut(&mut funnel.steps[0]).kind else { panic!("an entry") };
    *arrives = crate::model::Arrivals::Between("11:00:01".parse().unwrap(), "11:01".parse().unwrap());
    // Who comes in the last of those seconds gets the second one soonest.
    assert!(of(&funnel).is_some_and(|told| told.contains("23 h 59 m 1 s after *One*")));
    let hours = |wait: &str| {
        two(
            "BR",
            &format!(r#"(id: "hours", kind: Wait(SendHours(from: "09:00", to: "10:00"))), (id: "w", kind: Wait({wait})),"#),
            r#"(from: "one", to: "hours"), (from: "hours", to: "w"), (from: "w", to: "two")"#,
        )
    };
    assert_eq!(of(&hours("For(\"24h\")")), None);
    assert!(of(&hours("For(\"23h\")")).is_some());
}

#[test]
fn an_answer_between_begins_anew_and_silence_does_not() {
    let ask = |timeout: &str, silence: &str| {
        two(
            "BR",
            &format!(
                r#"(id: "ask", kind: Message(purpose: Utility, send: FreeForm(Text("Gostou?")), reply: (
                    options: [(label: "Sim")], chance: 0.5, delay: Fixed("1m"), timeout: "{timeout}"))),"#
            ),
            &format!(r#"(from: "one", to: "ask"), (from: "ask", out: Reply("Sim"), to: "two"){silence}"#),
        )
    };
    assert_eq!(of(&ask("2h", "")), None);
    let silent = r#", (from: "ask", out: Timeout, to: "two")"#;
    assert!(of(&ask("2h", silent)).is_some_and(|told| told.contains("2 h after *One*")));
    assert_eq!(of(&ask("30h", silent)), None);
}

#[test]
fn a_template_that_is_never_sent_there_is_not_counted() {
    // Within the window the second goes out free-form.
    let either = |wait: &str| {
        let mut funnel = Funnel::clone(&waiting(&format!("For(\"{wait}\")")));
        let StepKind::Entry { channel, .. } = &mut Arc::make_mut(&mut funnel.steps[0]).kind else { panic!("an entry") };
        *channel = crate::model::Channel::UserMessage;
        let step = funnel.steps.iter_mut().find(|step| step.id.as_str() == "two").unwrap();
        let StepKind::Message(message) = &mut Arc::make_mut(step).kind else { panic!("a message") };
        message.send =
            crate::model::Send::FreeFormOrTemplate(crate::model::Content::Text("Oi".to_owned()), "two".to_owned());
        of(&funnel)
    };
    assert_eq!(either("3h"), None);
    assert_eq!(either("25h"), None);
    let branch = two(
        "BR",
        r#"(id: "w", kind: Wait(For("2h"))), (id: "b", kind: Branch(WindowOpen)),"#,
        r#"(from: "one", to: "w"), (from: "w", to: "b"), (from: "b", out: Yes, to: "two"), (from: "b", out: No, to: "out")"#,
    );
    assert_eq!(of(&branch), None, "the window is never open there");
}

#[test]
fn the_journey_that_is_shown_sends_both() {
    let split = two(
        "BR",
        r#"(id: "part", kind: Branch(Split([("A", 90), ("B", 10)]))), (id: "day", kind: Wait(For("2d"))),
            (id: "hour", kind: Wait(For("1h"))),"#,
        r#"(from: "one", to: "part"), (from: "part", out: Case("A"), to: "day"), (from: "part", out: Case("B"), to: "hour"),
            (from: "day", to: "two"), (from: "hour", to: "two")"#,
    );
    let judgement = judged(&split);
    let found = judgement.diagnostics.iter().find(|found| found.code == "D002").expect("by way of the hour");
    assert!(found.message.contains("1 h after *One*"), "{}", found.message);
    let journey = judgement.proof.replay(&judgement.proof.tell(found.witness.as_ref().unwrap()).unwrap());
    assert_eq!(journey.moments.iter().filter(|moment| moment.what == What::Sent(Sent::Template)).count(), 2);
}

#[test]
fn the_messaging_limit_counts_those_who_are_written_to_outside_their_window() {
    let of = |size: u64, limit: Option<u64>, wait: &str| {
        let mut funnel = Funnel::clone(&funnel(&format!(
            r#"templates: [(name: "news", language: "pt_BR", category: Utility, status: Approved, body: "Oi")],
            steps: [
                (id: "in", kind: Entry(channel: UserMessage)),
                (id: "w", kind: Wait(For("{wait}"))),
                (id: "news", title: "News", kind: Message(purpose: Utility, send: Template("news"))),
                (id: "out", kind: Exit(Lost)),
            ], links: [(from: "in", to: "w"), (from: "w", to: "news"), (from: "news", to: "out")]"#
        )));
        (funnel.audience.size, funnel.messaging_limit) = (size, limit);
        judged(&funnel).diagnostics.first().map(|found| (found.code, found.message.clone()))
    };
    let told = of(20_000, Some(2_000), "2d").expect("more than the limit");
    let said = "20,000 people enter, and the number may write to 2,000 a day outside their window: *News* takes 10 days to \
                reach all of them";
    assert_eq!(told, ("D003", said.to_owned()));
    assert_eq!(of(2_000, Some(2_000), "2d"), None);
    assert_eq!(of(20_000, None, "2d"), None, "nobody told the limit");
    assert_eq!(of(20_000, Some(2_000), "2h"), None, "in an open window nobody counts");
}

#[test]
fn who_comes_by_an_ad_is_answered_within_the_day_or_pays() {
    let of = |channel: &str, between: &str, wait: &str| {
        let funnel = funnel(&format!(
            r#"templates: [(name: "news", language: "pt_BR", category: Utility, status: Approved, body: "Oi")],
            steps: [
                (id: "ad", title: "Ad", kind: Entry(channel: {channel})),
                {between}
                (id: "w", kind: Wait({wait})),
                (id: "news", title: "News", kind: Message(purpose: Utility, send: Template("news"))),
                (id: "out", kind: Exit(Lost)),
            ], links: [(from: "ad", to: "{}"), (from: "w", to: "news"), (from: "news", to: "out")
                {}]"#,
            if between.is_empty() { "w" } else { "hello" },
            if between.is_empty() { "" } else { r#", (from: "hello", to: "w")"# },
        ));
        judged(&funnel).diagnostics.into_iter().find(|found| found.code == "P001")
    };
    let ad = "ClickToWhatsAppAd";
    let late = of(ad, "", "For(\"24h\")").expect("a day is too late");
    assert_eq!((late.step().unwrap().as_str(), late.severity), ("ad", Severity::Info));
    assert!(
        late.message.contains("only after 24 h, from *News*") && late.message.contains("free for 3 d"),
        "{}",
        late.message
    );
    assert!(of(ad, "", "For(\"23h 59m 59s\")").is_none());
    assert!(of("QrCode", "", "For(\"3d\")").is_none(), "no ad, no free entry point");
    assert!(of("PageCallToAction", "", "For(\"3d\")").is_some(), "where it is not settled it may be");
    let hello = r#"(id: "hello", kind: Message(purpose: Service, send: FreeForm(Text("Oi")))),"#;
    assert!(of(ad, hello, "For(\"3d\")").is_none(), "answered at once");
    assert!(of(ad, "", "SendHours(from: \"09:00\", to: \"20:00\")").is_none(), "at night at most 13 hours");
    let weekend = of(ad, "", "SendHours(from: \"09:00\", to: \"20:00\", days: [Mon, Tue, Wed, Thu, Fri])");
    assert!(weekend.expect("over the weekend").message.contains("61 h"), "from Friday 20:00 to Monday 09:00");
}
