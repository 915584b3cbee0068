//! How likely the window is open: cases that can be worked out by hand, and random funnels against people drawn one by one
//! and followed by the stepper.
//!
//! `TRANSOM_LIKELIHOOD=2000 cargo test --release --test likelihood -- --nocapture` looks at more funnels.

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

// Random funnels against people drawn one by one.

struct Maker(StdRng);

impl Maker {
    fn chance(&mut self, share: f64) -> bool {
        self.0.random_bool(share)
    }

    fn pick<T: Clone>(&mut self, of: &[T]) -> T {
        of[self.0.random_range(0..of.len())].clone()
    }

    fn length(&mut self) -> Seconds {
        let quarters: i64 = self.pick(&[0, 1, 2, 4, 8, 20, 40, 48, 52, 80, 92, 96, 100, 288]);
        let off: i64 = self.pick(&[0, 0, 0, 0, 0, 0, -1, 1, 17]);
        Seconds((quarters * 900 + off).max(0))
    }

    fn time(&mut self) -> TimeOfDay {
        let off = self.pick(&[0, 0, 0, 0, 1800, 7]);
        TimeOfDay::from_seconds(self.pick(&[0, 2, 3, 9, 10, 12, 20]) * 3600 + off).unwrap()
    }

    fn reply(&mut self) -> Reply {
        let (a, b) = (self.length(), self.length());
        let delay = match self.0.random_range(0..6) {
            0 => Delay::Fixed(a),
            1 => Delay::Uniform { min: a.min(b), max: a.max(b) },
            2 => Delay::Empirical(vec![(a.min(b), 0.4), (Seconds(a.max(b).0 + 1), self.pick(&[0.9, 1.0]))]),
            3 => Delay::Exponential { mean: Seconds(a.0.max(60)) },
            4 => Delay::Weibull { median: Seconds::minutes(40), p90: Seconds::hours(9) },
            _ => Delay::LogNormal { median: Seconds::minutes(12), p90: Seconds::hours(6) },
        };
        let options = (0..self.0.random_range(1..=2))
            .map(|n| ReplyOption {
                label: format!("option {n}"),
                share: self.pick(&[1.0, 2.0, 0.0]),
                effect: self.pick(&[None, None, Some(Effect::OptIn), Some(Effect::OptOut)]),
            })
            .collect();
        let timeout = self.chance(0.85).then(|| self.length().max(Seconds(1)));
        Reply { options, chance: self.pick(&[0.0, 0.7, 0.7, 0.7, 1.0]), delay, timeout }
    }

    fn kind(&mut self) -> StepKind {
        match self.0.random_range(0..12) {
            0..2 => message(),
            2..6 => asking(Some(self.reply())),
            6 | 7 => StepKind::Wait(Wait::For(self.length())),
            8 | 9 => {
                let few = [self.pick(&Day::ALL), self.pick(&Day::ALL)];
                let days = if self.chance(0.3) { few.into_iter().collect() } else { [].into() };
                StepKind::Wait(match self.0.random_range(0..7) {
                    0..3 => Wait::Until { time: self.time(), days },
                    3..6 => Wait::SendHours { from: self.time(), to: self.time(), days },
                    _ => Wait::Date(self.pick(&["2026-12-03T12:00:00", "2027-03-30T09:00:00"]).parse().unwrap()),
                })
            }
            _ => StepKind::Branch(match self.0.random_range(0..5) {
                0 | 1 => Branch::WindowOpen,
                2 => Branch::OptedIn,
                3 => Branch::Split(vec![("A".to_owned(), 50.0), ("B".to_owned(), self.pick(&[25.0, 0.0]))]),
                _ => {
                    let (name, share) = self.pick(&[("VIP", 0.2), ("new", 0.6), ("all", 1.0)]);
                    Branch::Attribute { name: name.to_owned(), share }
                }
            }),
        }
    }

    fn funnel(&mut self) -> Funnel {
        let size = self.0.random_range(4..=10);
        let mut steps = Vec::new();
        for n in 0..size {
            let channel = self.pick(&[Channel::UserMessage, Channel::QrCode, Channel::BusinessInitiated]);
            let arrives = if self.chance(0.3) { Arrivals::Between(self.time(), self.time()) } else { Arrivals::AnyTime };
            let kind = match n {
                0 => entry(channel, arrives),
                1 if self.chance(0.2) => entry(channel, arrives),
                _ if n + 1 == size => message(),
                _ => self.kind(),
            };
            steps.push(Arc::new(Step {
                id: StepId::from(format!("s{n:02}")),
                title: String::new(),
                kind,
                allow: Vec::new(),
            }));
        }
        let mut links = Vec::new();
        for (n, step) in steps.iter().enumerate() {
            for out in step.outputs() {
                let back = n > 2 && self.chance(0.07);
                let to = if back { self.0.random_range(1..n) } else { self.0.random_range(n + 1..n + 3) };
                if to < size && !matches!(steps[to].kind, StepKind::Entry { .. }) {
                    links.push(Arc::new(Link { from: step.id.clone(), out, to: steps[to].id.clone() }));
                }
            }
        }
        let timezone = self.pick(&["America/Sao_Paulo", "Europe/Berlin", "Asia/Kolkata"]).to_owned();
        let launch = self.pick(&["2026-12-01T09:00:00", "2027-03-24T00:00:00", "2026-10-20T10:00:07"]).parse().ok();
        let audience = Audience { timezone, ..Audience::default() };
        Funnel { name: "random".to_owned(), launch, audience, steps, links, ..Funnel::default() }
    }

    fn weighted(&mut self, weights: &[f64]) -> usize {
        let whole: f64 = weights.iter().sum();
        if whole <= 0.0 {
            return self.0.random_range(0..weights.len());
        }
        let mut left = self.0.random_range(0.0..whole);
        weights
            .iter()
            .position(|weight| {
                left -= weight;
                left < 0.0
            })
            .unwrap_or(0)
    }

    /// A person of the crowd, with an answer and a choice in hand for each visit to each step.
    fn person(&mut self, funnel: &Funnel) -> Story {
        let entries: Vec<&Arc<Step>> =
            funnel.steps.iter().filter(|step| matches!(step.kind, StepKind::Entry { .. })).collect();
        let step = Arc::clone(self.pick(&entries));
        let StepKind::Entry { arrives, .. } = step.kind else { unreachable!("only entries are picked") };
        let clock = Clock::of(&funnel.audience.timezone).unwrap();
        let start = clock.instant_of(funnel.launch.unwrap());
        let arrives_unix = loop {
            let instant = start + self.0.random_range(0..7 * DAY);
            let Arrivals::Between(from, to) = arrives else { break instant };
            let time = clock.local(instant).rem_euclid(DAY);
            let (from, to) = (i64::from(from.seconds()), i64::from(to.seconds()));
            if if from < to { from <= time && time < to } else { time >= from || time < to } {
                break instant;
            }
        };
        let mut scenario = Scenario { entry: Some(step.id.clone()), ..Scenario::default() };
        let mut attributes: BTreeMap<&str, bool> = BTreeMap::new();
        // Ids rise, so a link to a lower one may lead back; nobody comes back more often than some dozens of times.
        let visits = if funnel.links.iter().any(|link| link.to <= link.from) { 80 } else { 1 };
        for step in &funnel.steps {
            match &step.kind {
                StepKind::Message(Message { reply: Some(reply), .. }) => {
                    let weights: Vec<f64> = reply.options.iter().map(|option| option.share).collect();
                    for _ in 0..visits {
                        let label = reply.options[self.weighted(&weights)].label.clone();
                        let answers = self.chance(reply.chance);
                        let after = whole_seconds(&reply.delay, self.0.random_range(0.0..1.0)).filter(|_| answers);
                        // At the timeout it is too late; without one an answer of no option stays out for good.
                        let (reply, after) = match (after, reply.timeout) {
                            (Some(after), _) => (label, Seconds(after)),
                            (None, Some(timeout)) => (label, timeout),
                            (None, None) => ("no answer".to_owned(), Seconds(0)),
                        };
                        scenario.answers.push(Answer { step: step.id.clone(), reply, after });
                    }
                }
                StepKind::Branch(Branch::Split(cases)) => {
                    let weights: Vec<f64> = cases.iter().map(|(_, weight)| *weight).collect();
                    for _ in 0..visits {
                        let out = Output::Case(cases[self.weighted(&weights)].0.clone());
                        scenario.choices.push(Choice { step: step.id.clone(), out });
                    }
                }
                StepKind::Branch(Branch::Attribute { name, share }) => {
                    let holds = *attributes.entry(name).or_insert_with(|| self.0.random_bool(*share));
                    let out = if holds { Output::Yes } else { Output::No };
                    scenario.choices.push(Choice { step: step.id.clone(), out });
                }
                _ => {}
            }
        }
        Story { arrives_unix, scenario, moves: 0 }
    }
}

/// What people did at one step: visits and visits inside, summed, and their squares and products.
#[derive(Default, Clone)]
struct Tally {
    sums: [f64; 2],
    squares: [f64; 3],
    since: Vec<i64>,
}

fn tally(funnel: &Funnel, proof: &Proof, window: Seconds, maker: &mut Maker, people: usize) -> BTreeMap<StepId, Tally> {
    let mut tallies: BTreeMap<StepId, Tally> = BTreeMap::new();
    for _ in 0..people {
        let journey = proof.replay(&maker.person(funnel));
        let mut own: BTreeMap<&StepId, [f64; 2]> = BTreeMap::new();
        for moment in journey.moments.iter().filter(|moment| matches!(moment.what, What::Sent(_))) {
            let inside = moment.since_inbound.is_some_and(|since| since < window);
            let [visits, open] = own.entry(&moment.step).or_default();
            *visits += 1.0;
            *open += f64::from(u8::from(inside));
            tallies.entry(moment.step.clone()).or_default().since.extend(moment.since_inbound.map(|since| since.0));
        }
        for (step, [visits, open]) in own {
            let tally = tallies.entry(step.clone()).or_default();
            tally.sums[0] += visits;
            tally.sums[1] += open;
            tally.squares[0] += visits * visits;
            tally.squares[1] += visits * open;
            tally.squares[2] += open * open;
        }
    }
    tallies
}

#[test]
fn people_drawn_one_by_one_are_as_often_inside() {
    let policy = policy();
    let funnels: u64 = std::env::var("TRANSOM_LIKELIHOOD").ok().and_then(|n| n.parse().ok()).unwrap_or(60);
    let people = 1500;
    let (mut compared, mut between, mut estimates, mut worst) = (0, 0, 0, 0.0_f64);
    for seed in 0..funnels {
        let mut maker = Maker(StdRng::seed_from_u64(seed));
        let funnel = maker.funnel();
        let likely = likelihood(&funnel, &policy, now(), MUCH_WORK);
        let proof = prove(&funnel, &policy, now());
        for told in &likely.steps {
            let proved = proof.step(&told.id).unwrap();
            let Some(inside) = told.inside else { continue };
            let why = || format!("seed {seed}: {told:?}\n{proved:?}\n{funnel:?}");
            match proved.verdict {
                _ if proved.unknown.is_some() => {}
                Verdict::Inside => assert!(inside > 1.0 - 1e-9, "{}", why()),
                Verdict::Outside => assert!(inside < 1e-9, "{}", why()),
                Verdict::Unreachable => panic!("{}", why()),
                Verdict::Sometimes => {}
            }
            if inside > 1e-9 && inside < 1.0 - 1e-9 {
                assert_eq!(proved.verdict, Verdict::Sometimes, "{}", why());
                between += 1;
            }
        }
        // A story holds 80 answers a step, too few where people go round dozens of times.
        if is_doubtful(&likely) || likely.steps.iter().any(|step| step.visits > 6.0) {
            estimates += 1;
            continue;
        }
        let tallies = tally(&funnel, &proof, policy.window.length, &mut maker, people);
        for told in &likely.steps {
            let tally = tallies.get(&told.id).cloned().unwrap_or_default();
            let why = |z: f64| format!("seed {seed}: z = {z}, drawn {:?}: {told:?}\n{funnel:?}", tally.sums);
            let people = people as f64;
            // Visits of one person hang together, so people are what is counted.
            let spread = (tally.squares[0] / people - (tally.sums[0] / people).powi(2)).max(told.visits.min(1.0) / people);
            let z = (tally.sums[0] / people - told.visits) / (spread / people).sqrt().max(1e-9);
            assert!(z.abs() < 5.0, "visits, {}", why(z));
            let Some(inside) = told.inside.filter(|_| tally.sums[0] >= 30.0) else { continue };
            let [visits, open] = tally.sums;
            let spread = tally.squares[2] - 2.0 * inside * tally.squares[1] + inside * inside * tally.squares[0];
            let spread = spread.max(visits * inside * (1.0 - inside)).max(0.5) / (visits * visits);
            let off = ((open / visits - inside).abs() - told.error).max(0.0);
            let z = off / spread.sqrt();
            worst = worst.max(z);
            assert!(z < 4.5, "inside, {}", why(z));
            compared += 1;
            agree_on_the_median(told, &tally, &why(0.0));
        }
    }
    println!(
        "{funnels} funnels, {compared} steps compared, {between} between 0 and 1, {estimates} estimates, worst z {worst:.2}"
    );
    assert!(compared as u64 > funnels && between as u64 * 4 > funnels, "the test looked at too little");
    // Cycles without an end are made now and then, and cannot be told exactly.
    assert!(estimates * 5 < funnels as usize, "{estimates} estimates are too many");
}

/// The median that is told parts the drawn times in halves, as far as chance allows.
fn agree_on_the_median(told: &StepLikelihood, tally: &Tally, why: &str) {
    let (Some(median), count) = (told.since.quantile(0.5), tally.since.len() as f64) else { return };
    if count < 30.0 {
        return;
    }
    let slack = 60;
    let below = tally.since.iter().filter(|since| **since < median.0 - slack).count() as f64 / count;
    let above = tally.since.iter().filter(|since| **since > median.0 + slack).count() as f64 / count;
    let most = 0.5 + 5.0 * (2.0 / count).sqrt();
    assert!(below < most && above < most, "{median:?} has {below} below and {above} above it, {why}");
}

#[test]
fn half_the_cell_changes_no_more_than_the_error_that_is_told() {
    let policy = policy();
    for seed in 1000..1030 {
        let funnel = Maker(StdRng::seed_from_u64(seed)).funnel();
        let (coarse, fine) = (likelihood(&funnel, &policy, now(), LITTLE_WORK / 4), worked_out(&funnel));
        for (one, other) in coarse.steps.iter().zip(&fine.steps) {
            let off = (one.inside.unwrap_or(0.0) - other.inside.unwrap_or(0.0)).abs();
            assert!(off <= 2.0 * (one.error + other.error) + 1e-9, "seed {seed}: {one:?}\n{other:?}\n{funnel:?}");
        }
    }
}

#[test]
fn a_crowd_is_as_often_inside() {
    let funnels: u64 = std::env::var("TRANSOM_LIKELIHOOD").ok().and_then(|n| n.parse().ok()).unwrap_or(30);
    let people = 20_000_u32;
    let (mut compared, mut times, mut worst) = (0, 0, 0.0_f64);
    for seed in 5000..5000 + funnels {
        let funnel = Maker(StdRng::seed_from_u64(seed)).funnel();
        let likely = likelihood(&funnel, &policy(), now(), MUCH_WORK);
        if is_doubtful(&likely) {
            continue;
        }
        let request = Request { people, seed, threads: 2, one_by_one: false };
        let crowd = simulate(&funnel, &policy(), now(), request, &Progress::default()).unwrap();
        for (told, counted) in likely.steps.iter().zip(&crowd.steps) {
            // Visits of one person hang together, so steps to which people come back are left to the test above.
            if counted.reached != counted.people || told.visits > 1.0 + 1e-9 {
                continue;
            }
            let visits = counted.reached as f64;
            let z = off(visits / f64::from(people), told.visits, 0.0, f64::from(people));
            let inside = told.inside.filter(|_| counted.reached > 0);
            let z_inside = inside.map_or(0.0, |inside| off(counted.inside as f64 / visits, inside, told.error, visits));
            worst = worst.max(z).max(z_inside);
            assert!(z < 4.8 && z_inside < 4.8, "seed {seed}: z {z} {z_inside}\n{told:?}\n{counted:?}\n{funnel:?}");
            compared += 1;
            // The crowd keeps its times in bins, the widest an eighth of an hour and the finest a second.
            let since = counted.since_inbound;
            for (share, at) in [(0.1, since.p10), (0.5, since.p50), (0.9, since.p90)] {
                let Some(at) = at.filter(|_| visits > 200.0 && told.since.quantile(share).is_some()) else { continue };
                let told_by = |at: i64| told.since.within(Seconds(at)) / told.since.heard();
                let slack = 5.0 * (share * (1.0 - share) / visits).sqrt() + told.error + 1e-3;
                let (low, high) = (told_by(at - at / 100 - 60), told_by(at + at / 100 + 61));
                let why = format!("seed {seed}: {share} by {at}: {low} to {high}\n{told:?}\n{counted:?}\n{funnel:?}");
                assert!(low <= share + slack && high >= share - slack, "{why}");
                times += 1;
            }
        }
    }
    println!("{funnels} funnels, {compared} steps and {times} percentiles compared, worst z {worst:.2}");
    assert!(compared as u64 > funnels && times as u64 > funnels, "the test looked at too little");
}

/// How many standard deviations a counted share is off the one that was told, beyond its error.
fn off(counted: f64, told: f64, error: f64, count: f64) -> f64 {
    let spread = (told * (1.0 - told) / count).max(0.25 / (count * count)).sqrt();
    ((counted - told).abs() - error).max(0.0) / spread
}

fn helped(funnel: &Funnel, step: &str) -> Vec<WhatIf> {
    let proof = prove(funnel, &policy(), now());
    what_ifs(funnel, &policy(), now(), &proof, 3_000_000).remove(&StepId::from(step)).unwrap_or_default()
}

#[test]
fn the_longest_safe_wait_is_told_to_the_second() {
    let funnel = funnel(
        "UTC",
        "2026-12-01T00:00:00",
        &[
            ("in", anyone(), &[(Output::Next, "ask")]),
            ("ask", question(0.7, r#"Fixed("1h")"#, "20h"), &[(yes(), "wait"), (Output::Timeout, "wait")]),
            ("wait", waits("30h"), &[(Output::Next, "last")]),
            ("last", message(), &[]),
        ],
    );
    // Those who answer wait from their answer on, the others after 20 h of silence: safe is a second less than 4 h, and for
    // seven in ten it is a second less than a day.
    let found = helped(&funnel, "last");
    let Some(Change::Shorten { at, timeout, now, safe, likely }) =
        found.iter().map(|what_if| &what_if.change).find(|change| matches!(change, Change::Shorten { .. }))
    else {
        panic!("{found:?}")
    };
    assert_eq!((at.as_str(), *timeout, *now), ("wait", false, Seconds::hours(30)));
    assert_eq!((*safe, likely[0]), (Some(Seconds(4 * 3600 - 1)), Some(Seconds(4 * 3600 - 1))));
    assert_eq!(found[0].inside, 1.0);
    let mut shortened = funnel;
    shortened.steps[2] = Arc::new(Step { kind: waits("3h 59m 59s"), ..(*shortened.steps[2]).clone() });
    assert_eq!(prove(&shortened, &policy(), self::now()).steps[3].verdict, Verdict::Inside);
}

#[test]
fn asking_again_helps_at_the_time_that_a_crowd_finds_best() {
    let delay = r#"LogNormal(median:"12m",p90:"2h")"#;
    let funnel = funnel(
        "UTC",
        "2026-12-01T00:00:00",
        &[
            ("in", anyone(), &[(Output::Next, "ask")]),
            ("ask", question(0.7, delay, "20h"), &[(yes(), "morning"), (Output::Timeout, "morning")]),
            ("morning", until("10:00", &[]), &[(Output::Next, "last")]),
            ("last", message(), &[]),
        ],
    );
    let before = of(&worked_out(&funnel), "last").inside.unwrap();
    let found = helped(&funnel, "last");
    let again = found.iter().find(|what_if| matches!(what_if.change, Change::AskAgain { .. })).unwrap();
    let Change::AskAgain { after, best, range } = &again.change else { unreachable!("it was looked for") };
    assert_eq!(after.as_str(), "ask");
    assert!(range.0 <= *best && *best <= range.1 && again.inside > before + 0.1, "{before} {again:?}");
    // Of those asked again at the best time, seven in ten answer; the rest are as before.
    let share = |hours: f64| transom::engine::delays::share_before(&law(delay), hours * 3600.0);
    let best = best.0 as f64 / 3600.0;
    let silent = 1.0 - 0.7 * share(best);
    let right = 1.0 - silent * (1.0 - 0.7 * share(20.0 - best)) * 20.0 / 24.0;
    assert_near(again.inside, right, 2e-3);
}

#[test]
fn nothing_helps_where_nothing_is_wrong_and_the_best_comes_first() {
    let sample = |name: &str| transom::cli::samples::sample(name).unwrap().funnel().unwrap();
    let follow_up = sample("support-follow-up");
    assert!(helped(&follow_up, "glad").is_empty());
    let found = helped(&follow_up, "follow");
    assert!(found.len() > 1 && found.is_sorted_by(|one, other| one.inside >= other.inside), "{found:?}");
}
