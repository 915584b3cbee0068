//! Of the journeys that break a step the one is shown that takes the fewest unlikely choices, and of those the shortest.

use std::sync::Arc;

use transom::engine::{Claim, Proof, What, follow, prove};
use transom::model::{
    Branch, Channel, Content, Delay, Funnel, Link, LocalTime, Message, Output, Purpose, Reply, ReplyOption, Seconds, Send,
    Step, StepId, StepKind, Wait,
};
use transom::policy::{self, Policy};

fn policy() -> Arc<Policy> {
    policy::load(policy::DEFAULT_ID, None).expect("the shipped policy is sound")
}

fn now() -> LocalTime {
    "2026-11-22T12:00:00".parse().unwrap()
}

fn message(reply: Option<Reply>) -> StepKind {
    StepKind::Message(Message { purpose: Purpose::Service, send: Send::FreeForm(Content::Text("Oi".to_owned())), reply })
}

fn split(ways: &[(&str, f64)]) -> StepKind {
    StepKind::Branch(Branch::Split(ways.iter().map(|(name, weight)| ((*name).to_owned(), *weight)).collect()))
}

fn hours(hours: i64) -> StepKind {
    StepKind::Wait(Wait::For(Seconds::hours(hours)))
}

fn case(name: &str) -> Output {
    Output::Case(name.to_owned())
}

/// People who write enter by `in`.
fn funnel(steps: Vec<(&str, StepKind)>, links: Vec<(&str, Output, &str)>) -> Funnel {
    let entry = StepKind::Entry { channel: Channel::QrCode, opt_in: false, arrives: Default::default() };
    let step =
        |(id, kind): (&str, StepKind)| Arc::new(Step { id: id.into(), title: String::new(), kind, allow: Vec::new() });
    let link = |(from, out, to): (&str, Output, &str)| Arc::new(Link { from: from.into(), out, to: to.into() });
    Funnel {
        steps: [("in", entry)].into_iter().chain(steps).map(step).collect(),
        links: links.into_iter().map(link).collect(),
        ..Funnel::default()
    }
}

/// The steps by which the witness of a claim comes to `last`, which shows the claim there.
fn way(funnel: &Funnel, proof: &Proof, claim: Claim) -> Vec<String> {
    let story = proof.witness(&StepId::from("last"), claim).expect("there is a witness");
    let journey = follow(funnel, &policy(), &story);
    let last = journey.moments.iter().position(|moment| moment.step.as_str() == "last").expect("it comes there");
    let shows = &journey.moments[last];
    assert!(matches!(shows.what, What::Sent(_)));
    let open = shows.since_inbound.is_some_and(|since| since < policy().window.length);
    assert_eq!(open, claim == Claim::Inside, "{shows:?}");
    journey.moments[..last].iter().map(|moment| moment.step.to_string()).collect()
}

#[test]
fn of_a_rare_way_that_is_found_first_and_a_common_one_the_common_one_is_shown() {
    // As long, shorter and longer; the rare one is the first in every list.
    for common in [30, 26, 47] {
        let funnel = funnel(
            vec![
                ("ways", split(&[("rare", 1.0), ("common", 90.0), ("inside", 9.0)])),
                ("a", hours(30)),
                ("b", hours(common)),
                ("last", message(None)),
            ],
            vec![
                ("in", Output::Next, "ways"),
                ("ways", case("rare"), "a"),
                ("ways", case("common"), "b"),
                ("ways", case("inside"), "last"),
                ("a", Output::Next, "last"),
                ("b", Output::Next, "last"),
            ],
        );
        let proof = prove(&funnel, &policy(), now());
        let outside = way(&funnel, &proof, Claim::Outside);
        assert!(outside.contains(&"b".to_owned()) && !outside.contains(&"a".to_owned()), "{common} h: {outside:?}");
        assert!(!way(&funnel, &proof, Claim::Inside).contains(&"a".to_owned()));
    }
}

#[test]
fn many_ordinary_choices_are_shown_rather_than_one_that_hardly_anybody_makes() {
    // One in a thousand goes straight there; all others answer three questions first, nearly all of them in time.
    let reply = || Reply {
        options: vec![ReplyOption { label: "any".to_owned(), share: 1.0, effect: None }],
        chance: 0.95,
        delay: Delay::LogNormal { median: Seconds::minutes(12), p90: Seconds::hours(2) },
        timeout: Some(Seconds::hours(20)),
    };
    let any = || Output::Reply("any".to_owned());
    let funnel = funnel(
        vec![
            ("ways", split(&[("straight", 1.0), ("asked", 999.0)])),
            ("one", message(Some(reply()))),
            ("two", message(Some(reply()))),
            ("three", message(Some(reply()))),
            ("gap", hours(25)),
            ("last", message(None)),
        ],
        vec![
            ("in", Output::Next, "ways"),
            ("ways", case("straight"), "gap"),
            ("ways", case("asked"), "one"),
            ("one", any(), "two"),
            ("one", Output::Timeout, "gap"),
            ("two", any(), "three"),
            ("three", any(), "gap"),
            ("gap", Output::Next, "last"),
        ],
    );
    let proof = prove(&funnel, &policy(), now());
    let way = way(&funnel, &proof, Claim::Outside);
    assert!(way.contains(&"three".to_owned()), "{way:?}");
}

#[test]
fn of_ways_that_are_as_likely_the_shortest_is_shown() {
    let funnel = funnel(
        vec![
            ("ways", split(&[("long", 1.0), ("short", 1.0)])),
            ("a", hours(10)),
            ("b", hours(20)),
            ("c", hours(30)),
            ("last", message(None)),
        ],
        vec![
            ("in", Output::Next, "ways"),
            ("ways", case("long"), "a"),
            ("a", Output::Next, "b"),
            ("b", Output::Next, "last"),
            ("ways", case("short"), "c"),
            ("c", Output::Next, "last"),
        ],
    );
    let proof = prove(&funnel, &policy(), now());
    let way = way(&funnel, &proof, Claim::Outside);
    assert!(way.contains(&"c".to_owned()) && !way.contains(&"a".to_owned()), "{way:?}");
}
