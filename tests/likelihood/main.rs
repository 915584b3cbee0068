//! How likely the window is open: cases that can be worked out by hand, and random funnels against people drawn one by one
//! and followed by the stepper.
//!
//! `TRANSOM_LIKELIHOOD=2000 cargo test --release --test likelihood -- --nocapture` looks at more funnels.

mod helps;
mod people;

use std::collections::BTreeMap;
use std::sync::Arc;

use rand::rngs::StdRng;
use rand::{RngExt, SeedableRng};

use transom::engine::crowd::{Progress, Request, simulate};
use transom::engine::delays::whole_seconds;
use transom::engine::{
    Change, Clock, LITTLE_WORK, Likelihood, MUCH_WORK, Proof, StepLikelihood, Story, Verdict, What, WhatIf, likelihood,
    prove, what_ifs,
};
use transom::model::{
    Answer, Arrivals, Audience, Branch, Channel, Choice, Content, Day, Delay, Effect, Funnel, Link, LocalTime, Message,
    Output, Purpose, Reply, ReplyOption, Scenario, Seconds, Send, Step, StepId, StepKind, TimeOfDay, Wait,
};
use transom::policy::{self, Policy};

const DAY: i64 = 86_400;

fn policy() -> Arc<Policy> {
    policy::load(policy::DEFAULT_ID, None).expect("the shipped policy is sound")
}

fn now() -> LocalTime {
    "2026-11-22T12:00:00".parse().unwrap()
}

/// A step with its links.
type Planned<'a> = (&'a str, StepKind, &'a [(Output, &'a str)]);

/// A funnel of these steps, each with its links as `output text -> step`.
fn funnel(zone: &str, launch: &str, steps: &[Planned<'_>]) -> Funnel {
    let step = |(id, kind, _): &Planned<'_>| {
        Arc::new(Step { id: StepId::from(*id), title: String::new(), kind: kind.clone(), allow: Vec::new() })
    };
    let links = steps.iter().flat_map(|(from, _, outs)| {
        outs.iter().map(|(out, to)| Arc::new(Link { from: (*from).into(), out: out.clone(), to: (*to).into() }))
    });
    Funnel {
        audience: Audience { timezone: zone.to_owned(), ..Audience::default() },
        launch: Some(launch.parse().unwrap()),
        steps: steps.iter().map(step).collect(),
        links: links.collect(),
        ..Funnel::default()
    }
}

fn entry(channel: Channel, arrives: Arrivals) -> StepKind {
    StepKind::Entry { channel, opt_in: false, arrives }
}

fn anyone() -> StepKind {
    entry(Channel::QrCode, Arrivals::AnyTime)
}

fn message() -> StepKind {
    asking(None)
}

fn asking(reply: Option<Reply>) -> StepKind {
    StepKind::Message(Message { purpose: Purpose::Service, send: Send::FreeForm(Content::Text("Oi".to_owned())), reply })
}

fn question(chance: f64, delay: &str, timeout: &str) -> StepKind {
    asking(Some(Reply {
        options: vec![ReplyOption { label: "yes".to_owned(), share: 1.0, effect: None }],
        chance,
        delay: law(delay),
        timeout: Some(timeout.parse().unwrap()),
    }))
}

fn law(text: &str) -> Delay {
    ron::from_str(text).unwrap()
}

fn waits(length: &str) -> StepKind {
    StepKind::Wait(Wait::For(length.parse().unwrap()))
}

fn until(time: &str, days: &[Day]) -> StepKind {
    StepKind::Wait(Wait::Until { time: time.parse().unwrap(), days: days.iter().copied().collect() })
}

fn yes() -> Output {
    Output::Reply("yes".to_owned())
}

fn worked_out(funnel: &Funnel) -> Likelihood {
    likelihood(funnel, &policy(), now(), MUCH_WORK)
}

fn is_doubtful(likely: &Likelihood) -> bool {
    likely.doubt.is_some() || likely.steps.iter().any(|step| step.doubt.is_some())
}

fn of<'a>(likely: &'a Likelihood, id: &str) -> &'a StepLikelihood {
    likely.step(&StepId::from(id)).unwrap_or_else(|| panic!("{id} is told of"))
}

#[track_caller]
fn assert_near(told: f64, right: f64, by: f64) {
    assert!((told - right).abs() <= by, "{told} should be {right} within {by}");
}

#[test]
fn without_a_calendar_shares_are_products_to_the_last_digit() {
    let funnel = funnel(
        "UTC",
        "2026-12-01T09:00:00",
        &[
            ("in", anyone(), &[(Output::Next, "ask")]),
            (
                "ask",
                question(0.7, r#"LogNormal(median:"12m",p90:"6h")"#, "20h"),
                &[(yes(), "wait"), (Output::Timeout, "late")],
            ),
            ("late", waits("4h"), &[(Output::Next, "last")]),
            ("wait", waits("23h 59m 59s"), &[(Output::Next, "last")]),
            ("last", message(), &[]),
        ],
    );
    let likely = worked_out(&funnel);
    let last = of(&likely, "last");
    // 20 h is 4.60 times the median's logarithm away: by hand, with Φ.
    let sigma = (360f64 / 12.0).ln() / 1.281_551_565_544_600_4;
    let in_time = 0.7 * 0.5 * libm::erfc(-(1200f64 / 12.0).ln() / sigma / std::f64::consts::SQRT_2);
    assert_near(last.visits, 1.0, 1e-12);
    // Whoever answers is asked again a second before the window closes; who does not, on the second at which it has.
    assert_near(last.inside.unwrap(), in_time, 1e-12);
    assert_eq!((last.error, last.doubt), (0.0, None));
    assert_eq!(last.since.quantile(0.5), Some(Seconds(86_399)));
    assert_eq!(last.since.quantile(0.99), Some(Seconds(86_400)));
}

#[test]
fn a_wait_for_the_morning_is_exact_to_the_second() {
    // Of all seconds of a day, only those after 10:00:00 wait for less than a day; 14 h more leave the first 14 h outside.
    let steps: [Planned<'_>; 4] = [
        ("in", anyone(), &[(Output::Next, "morning")]),
        ("morning", until("10:00", &[]), &[(Output::Next, "later")]),
        ("later", waits("14h"), &[(Output::Next, "last")]),
        ("last", message(), &[]),
    ];
    for (zone, launch) in [("UTC", "2026-12-01T09:13:07"), ("America/Sao_Paulo", "2026-12-01T09:00:00")] {
        let likely = worked_out(&funnel(zone, launch, &steps));
        let last = of(&likely, "last");
        assert_near(last.inside.unwrap(), 36_000.0 / 86_400.0, 1e-12);
        assert_eq!((last.error, last.visits > 1.0 - 1e-12), (0.0, true));
        assert_eq!(last.since.quantile(1.0), Some(Seconds(14 * 3600 + 86_399)));
        assert_near(last.since.within(Seconds(14 * 3600 + 1)), 1.0 / 86_400.0, 1e-15);
    }
}

#[test]
fn weekdays_and_opening_hours_weigh_as_many_seconds_as_they_have() {
    let open = Arrivals::Between("08:00".parse().unwrap(), "20:00".parse().unwrap());
    let funnel = funnel(
        "Asia/Kolkata",
        "2026-12-03T15:00:00",
        &[
            ("in", entry(Channel::QrCode, open), &[(Output::Next, "monday")]),
            ("monday", until("08:00", &[Day::Mon]), &[(Output::Next, "last")]),
            ("last", message(), &[]),
        ],
    );
    // Sunday's arrivals but for those at 08:00:00, and Monday's at 08:00:00, come less than a day before Monday 08:00.
    let likely = worked_out(&funnel);
    assert_near(of(&likely, "last").inside.unwrap(), 1.0 / 7.0, 1e-12);
}

#[test]
fn a_change_of_the_clock_makes_one_night_longer() {
    // Berlin, the night to 25 October 2026 has 25 hours; with 7 arrival days from the 20th it is one of seven.
    let steps: [Planned<'_>; 3] = [
        ("in", anyone(), &[(Output::Next, "morning")]),
        ("morning", until("10:00", &[]), &[(Output::Next, "last")]),
        ("last", message(), &[]),
    ];
    let with = worked_out(&funnel("Europe/Berlin", "2026-10-20T00:00:00", &steps));
    let without = worked_out(&funnel("Europe/Berlin", "2026-12-01T00:00:00", &steps));
    assert_eq!(of(&without, "last").inside, Some(1.0));
    // From 10:00:01 to 11:00:00 on Saturday it is more than 24 hours, exactly 24 at the last.
    assert_near(of(&with, "last").inside.unwrap(), 1.0 - 3600.0 / (7.0 * 86_400.0), 1e-12);
}

#[test]
fn a_date_is_waited_for_by_those_who_come_before_it() {
    let date = StepKind::Wait(Wait::Date("2026-12-03T12:00:00".parse().unwrap()));
    let funnel = funnel(
        "UTC",
        "2026-12-01T00:00:00",
        &[("in", anyone(), &[(Output::Next, "date")]), ("date", date, &[(Output::Next, "last")]), ("last", message(), &[])],
    );
    // Two and a half days wait, of which the last but one second is inside.
    let likely = worked_out(&funnel);
    let outside = (1.5 * 86_400.0 + 1.0) / (7.0 * 86_400.0);
    assert_near(of(&likely, "last").inside.unwrap(), 1.0 - outside, 1e-12);
}

#[test]
fn the_funnel_of_the_papers_gives_their_number() {
    // `engine.md` 3.3, with evenly spread arrivals in place of its profile, and so the number of an integral by hand.
    let funnel = funnel(
        "UTC",
        "2026-12-01T00:00:00",
        &[
            ("in", anyone(), &[(Output::Next, "welcome")]),
            (
                "welcome",
                question(0.7, r#"LogNormal(median:"12m",p90:"6h")"#, "20h"),
                &[(yes(), "morning"), (Output::Timeout, "morning")],
            ),
            ("morning", until("10:00", &[]), &[(Output::Next, "preview")]),
            ("preview", message(), &[]),
        ],
    );
    let likely = worked_out(&funnel);
    let preview = of(&likely, "preview");
    // The answers of an even crowd are even over the day, and always within a day of the morning. Of the silent, those are
    // inside whose timeout ends less than four hours before it.
    let answered = 0.7 * transom::engine::delays::share_before(&law(r#"LogNormal(median:"12m",p90:"6h")"#), 72_000.0);
    assert_near(preview.inside.unwrap(), answered + (1.0 - answered) * 14_400.0 / 86_400.0, 1e-9);
    assert!(preview.error < 1e-9, "{}", preview.error);
}

#[test]
fn answers_from_one_moment_keep_the_shape_of_their_law() {
    // Asked at 10:00 sharp, the next message goes at 18:00, and a day later; who answers in the first 8 hours is outside.
    let delay = r#"Weibull(median:"4h",p90:"15h")"#;
    let funnel = funnel(
        "UTC",
        "2026-12-01T00:00:00",
        &[
            ("in", anyone(), &[(Output::Next, "morning")]),
            ("morning", until("10:00", &[]), &[(Output::Next, "ask")]),
            ("ask", question(1.0, delay, "3d"), &[(yes(), "evening")]),
            ("evening", until("18:00", &[]), &[(Output::Next, "more")]),
            ("more", waits("20h"), &[(Output::Next, "last")]),
            ("last", message(), &[]),
        ],
    );
    let before = |hours: f64| transom::engine::delays::share_before(&law(delay), hours * 3600.0 + 1.0);
    let asked = before(72.0 - 1.0 / 3600.0);
    // Inside are answers in the four hours up to each 18:00.
    let inside = before(8.0) - before(4.0) + before(32.0) - before(28.0) + before(56.0) - before(52.0);
    let likely = worked_out(&funnel);
    let last = of(&likely, "last");
    assert_near(last.visits, asked, 1e-9);
    assert_near(last.inside.unwrap(), inside / asked, 1e-4);
    assert!(
        (last.inside.unwrap() - inside / asked).abs() <= last.error + 2e-5,
        "{} {}",
        last.inside.unwrap(),
        inside / asked
    );
}

#[test]
fn an_answer_at_a_fixed_time_stays_on_its_second() {
    // Asked at 10:00, answered at 12:00:00, "until 12:00" passes at once; a cell of time would make it wait a day.
    let funnel = funnel(
        "UTC",
        "2026-12-01T00:00:00",
        &[
            ("in", anyone(), &[(Output::Next, "morning")]),
            ("morning", until("10:00", &[]), &[(Output::Next, "ask")]),
            ("ask", question(1.0, r#"Fixed("2h")"#, "3h"), &[(yes(), "noon")]),
            ("noon", until("12:00", &[]), &[(Output::Next, "last")]),
            ("last", message(), &[]),
        ],
    );
    let likely = worked_out(&funnel);
    let last = of(&likely, "last");
    assert_eq!((last.since.quantile(1.0), last.inside), (Some(Seconds(0)), Some(1.0)));
}

#[test]
fn an_attribute_asked_twice_answers_alike_and_consent_is_remembered() {
    let vip = || StepKind::Branch(Branch::Attribute { name: "VIP".to_owned(), share: 0.2 });
    let mut consent = question(0.5, r#"Fixed("1m")"#, "1h");
    if let StepKind::Message(Message { reply: Some(reply), .. }) = &mut consent {
        reply.options[0].effect = Some(Effect::OptIn);
    }
    let funnel = funnel(
        "UTC",
        "2026-12-01T00:00:00",
        &[
            ("in", anyone(), &[(Output::Next, "one")]),
            ("one", vip(), &[(Output::Yes, "ask"), (Output::No, "ask")]),
            ("ask", consent, &[(yes(), "two"), (Output::Timeout, "two")]),
            ("two", vip(), &[(Output::Yes, "opted"), (Output::No, "opted")]),
            ("opted", StepKind::Branch(Branch::OptedIn), &[(Output::Yes, "three")]),
            ("three", vip(), &[(Output::Yes, "vip"), (Output::No, "other")]),
            ("vip", message(), &[]),
            ("other", message(), &[]),
        ],
    );
    let likely = worked_out(&funnel);
    assert_near(of(&likely, "vip").visits, 0.1, 1e-12);
    assert_near(of(&likely, "other").visits, 0.4, 1e-12);
}

#[test]
fn a_cycle_is_followed_until_everyone_has_left_it() {
    let funnel = funnel(
        "UTC",
        "2026-12-01T00:00:00",
        &[
            ("in", anyone(), &[(Output::Next, "ask")]),
            ("ask", question(0.75, r#"Exponential(mean:"1h")"#, "10h"), &[(yes(), "ask"), (Output::Timeout, "last")]),
            ("last", message(), &[]),
        ],
    );
    let likely = worked_out(&funnel);
    let again = 0.75 * (1.0 - (-10f64).exp());
    assert_near(of(&likely, "ask").visits, 1.0 / (1.0 - again), 1e-9);
    assert_near(of(&likely, "last").visits, 1.0, 1e-9);
    assert_eq!(of(&likely, "last").doubt, None);
}

#[test]
fn a_cycle_without_end_is_called_an_estimate() {
    let funnel = funnel(
        "UTC",
        "2026-12-01T00:00:00",
        &[
            ("in", anyone(), &[(Output::Next, "again")]),
            ("again", message(), &[(Output::Next, "day")]),
            ("day", waits("1d"), &[(Output::Next, "again")]),
        ],
    );
    assert!(of(&worked_out(&funnel), "again").doubt.is_some_and(|why| why.contains("cycle")));
}

#[test]
fn too_much_work_ends_with_a_word_and_not_with_a_number() {
    let mut steps: Vec<(String, StepKind)> = vec![("in".to_owned(), anyone())];
    let mut links = vec![("in".to_owned(), Output::Next, "split0".to_owned())];
    for n in 0..24 {
        let next = if n < 23 { format!("split{}", n + 1) } else { "morning".to_owned() };
        steps.push((format!("split{n}"), StepKind::Branch(Branch::Split(vec![("A".into(), 1.0), ("B".into(), 1.0)]))));
        steps.push((format!("wait{n}"), StepKind::Wait(Wait::For(Seconds(1 << n)))));
        links.push((format!("split{n}"), Output::Case("A".to_owned()), format!("wait{n}")));
        links.push((format!("split{n}"), Output::Case("B".to_owned()), next.clone()));
        links.push((format!("wait{n}"), Output::Next, next));
    }
    steps.push(("morning".to_owned(), until("10:00", &[])));
    steps.push(("last".to_owned(), message()));
    links.push(("morning".to_owned(), Output::Next, "last".to_owned()));
    let funnel = Funnel {
        steps: steps
            .into_iter()
            .map(|(id, kind)| Arc::new(Step { id: id.into(), title: String::new(), kind, allow: Vec::new() }))
            .collect(),
        links: links.into_iter().map(|(from, out, to)| Arc::new(Link { from: from.into(), out, to: to.into() })).collect(),
        ..Funnel::default()
    };
    let likely = likelihood(&funnel, &policy(), now(), LITTLE_WORK);
    assert!(likely.steps.is_empty() && likely.doubt.is_some(), "{:?}", likely.doubt);
}

#[test]
fn a_branch_on_the_window_parts_people_at_its_last_second() {
    let branch = || StepKind::Branch(Branch::WindowOpen);
    for (length, open) in [("23h 59m 59s", 1.0), ("24h", 0.0)] {
        let funnel = funnel(
            "UTC",
            "2026-12-01T00:00:00",
            &[
                ("in", anyone(), &[(Output::Next, "wait")]),
                ("wait", waits(length), &[(Output::Next, "open?")]),
                ("open?", branch(), &[(Output::Yes, "yes"), (Output::No, "no")]),
                ("yes", message(), &[]),
                ("no", message(), &[]),
            ],
        );
        let likely = worked_out(&funnel);
        assert_eq!((of(&likely, "yes").visits, of(&likely, "no").visits), (open, 1.0 - open));
    }
    // Of those who wait for the morning and ten hours more, the window is open for who waited less than fourteen.
    let funnel = funnel(
        "UTC",
        "2026-12-01T00:00:00",
        &[
            ("in", anyone(), &[(Output::Next, "morning")]),
            ("morning", until("10:00", &[]), &[(Output::Next, "wait")]),
            ("wait", waits("10h"), &[(Output::Next, "open?")]),
            ("open?", branch(), &[(Output::Yes, "yes"), (Output::No, "no")]),
            ("yes", message(), &[]),
            ("no", message(), &[]),
        ],
    );
    let likely = worked_out(&funnel);
    assert_near(of(&likely, "yes").visits, 14.0 / 24.0, 1e-12);
    assert_eq!((of(&likely, "yes").inside, of(&likely, "no").inside), (Some(1.0), Some(0.0)));
}
