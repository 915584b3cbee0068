//! The proof against plain enumeration where clocks change: funnels of half hours in zones that change by a whole and by half
//! an hour, and people who come on any day from which a journey may meet a change, and in a week that is like all others.
//!
//! The enumeration shares no code with the engine. All that decides lies on half hours, give or take a second for each
//! question on the way, so people are followed who come at such seconds, and answers are tried at such seconds. What the
//! clocks show is asked of the time zone each half hour anew; a calendar is never computed, but waited for.
//!
//! `TRANSOM_BRUTE_FORCE=3000 cargo test --release --test brute_force_clocks -- --nocapture` looks at more funnels.

use std::collections::BTreeSet;
use std::sync::Arc;

use chrono::{DateTime, NaiveDateTime, Offset, TimeZone};
use chrono_tz::Tz;
use rand::rngs::StdRng;
use rand::{RngExt, SeedableRng};

use transom::engine::{Verdict, prove};
use transom::model::{
    Arrivals, Audience, Branch, Channel, Content, Day, Delay, Funnel, Link, Message, Output, Purpose, Reply, ReplyOption,
    Seconds, Send, Step, StepId, StepKind, TimeOfDay, Wait,
};
use transom::policy;

const HALF: i64 = 1800;
const DAY: i64 = 86_400;
const WINDOW: i64 = DAY;
/// Seconds beside a half hour at which people come and answer: a timeout and the end of hours each take one away.
const BESIDE: std::ops::RangeInclusive<i64> = -5..=2;
const LAUNCH: &str = "2026-12-10T12:00:00";
/// No more questions than the seconds beside a half hour allow for.
const QUESTIONS: usize = 3;

/// When somebody is at a step, and when they last wrote.
type State = (i64, Option<i64>);

/// What the clocks of a zone show, each half hour.
struct Clocks {
    first: i64,
    shown: Vec<i64>,
}

impl Clocks {
    fn new(zone: Tz, from: i64, to: i64) -> Self {
        let first = from.div_euclid(HALF) * HALF;
        let shows = |at: i64| {
            let offset = zone.offset_from_utc_datetime(&DateTime::from_timestamp(at, 0).unwrap().naive_utc()).fix();
            at + i64::from(offset.local_minus_utc())
        };
        Self { first, shown: (first..to).step_by(HALF as usize).map(shows).collect() }
    }

    fn at(&self, place: usize) -> i64 {
        self.first + place as i64 * HALF
    }

    fn place(&self, at: i64) -> usize {
        ((at - self.first) / HALF) as usize
    }

    /// The half hours at which the clocks begin to show another distance from the world's.
    fn changes(&self) -> Vec<i64> {
        (1..self.shown.len()).filter(|n| self.shown[*n] - self.shown[n - 1] != HALF).map(|n| self.at(n)).collect()
    }

    fn inside(&self, at: i64, hours: (TimeOfDay, TimeOfDay), days: &BTreeSet<Day>) -> bool {
        let shown = self.shown[self.place(at)] + at.rem_euclid(HALF);
        let (from, to) = (i64::from(hours.0.seconds()), i64::from(hours.1.seconds()));
        let opened = |day: i64| days.is_empty() || days.contains(&Day::ALL[(day + 3).rem_euclid(7) as usize]);
        let (day, time) = (shown.div_euclid(DAY), shown.rem_euclid(DAY));
        if from < to {
            from <= time && time < to && opened(day)
        } else {
            time >= from && opened(day) || time < to && opened(day - 1)
        }
    }

    /// For each half hour the first from it on at which a wait lets go; seconds between wait for the next half hour.
    fn lets_go(&self, wait: &Wait) -> Vec<i64> {
        let mut latest = i64::MIN;
        let goes = |place: usize| match wait {
            Wait::SendHours { from, to, days } => self.inside(self.at(place), (*from, *to), &days.iter().copied().collect()),
            Wait::Until { time, days } => {
                // The clocks have come to the time of such a day, or gone past it, for the first time.
                let shown = self.shown[place];
                let before = latest;
                latest = before.max(shown);
                (shown.div_euclid(DAY) - 1..=shown.div_euclid(DAY))
                    .filter(|day| days.is_empty() || days.contains(&Day::ALL[(day + 3).rem_euclid(7) as usize]))
                    .map(|day| day * DAY + i64::from(time.seconds()))
                    .any(|wanted| before > i64::MIN && before < wanted && wanted <= shown)
            }
            Wait::For(_) | Wait::Date(_) => true,
        };
        let goes: Vec<bool> = (0..self.shown.len()).map(goes).collect();
        let mut next = i64::MAX;
        let mut answer = vec![next; goes.len()];
        for place in (0..goes.len()).rev() {
            next = if goes[place] { self.at(place) } else { next };
            answer[place] = next;
        }
        answer
    }
}

/// Every moment at which somebody comes to each step.
fn enumerate(funnel: &Funnel, clocks: &Clocks, days: &[(i64, i64)]) -> Vec<BTreeSet<State>> {
    let mut at: Vec<BTreeSet<State>> = vec![BTreeSet::new(); funnel.steps.len()];
    for (n, step) in funnel.steps.iter().enumerate() {
        let here = std::mem::take(&mut at[n]);
        let mut go = |out: Output, states: &mut dyn Iterator<Item = State>| {
            if let Some(to) = funnel.target(&step.id, &out) {
                let to = funnel.steps.iter().position(|step| step.id == *to).unwrap();
                assert!(to > n, "links lead on");
                at[to].extend(states);
            }
        };
        match &step.kind {
            StepKind::Entry { channel, arrives, .. } => {
                let wrote = *channel != Channel::BusinessInitiated;
                let come = |moment: &i64| match arrives {
                    Arrivals::AnyTime => true,
                    Arrivals::Between(from, to) => clocks.inside(*moment, (*from, *to), &BTreeSet::new()),
                };
                for (from, to) in days {
                    let moments = beside(*from, *to).filter(come);
                    go(Output::Next, &mut moments.map(|moment| (moment, wrote.then_some(moment))));
                }
            }
            StepKind::Message(Message { reply: None, .. }) => go(Output::Next, &mut here.iter().copied()),
            StepKind::Message(Message { reply: Some(reply), .. }) => {
                let timeout = reply.timeout.unwrap().0;
                let (soonest, latest) = match reply.delay {
                    Delay::Fixed(length) => (length.0, length.0),
                    Delay::Uniform { min, max } => (min.0, max.0),
                    _ => (0, i64::MAX),
                };
                if reply.chance > 0.0 && soonest < timeout {
                    let mut spans: Vec<(i64, i64)> = Vec::new();
                    for (now, _) in &here {
                        let span = (now + soonest, now + latest.min(timeout - 1));
                        match spans.last_mut() {
                            Some(last) if span.0 <= last.1 + 1 => last.1 = span.1,
                            _ => spans.push(span),
                        }
                    }
                    let moments: Vec<i64> = spans.iter().flat_map(|(from, to)| beside(*from, to + 1)).collect();
                    for option in &reply.options {
                        let answers = &mut moments.iter().map(|moment| (*moment, Some(*moment)));
                        go(Output::Reply(option.label.clone()), answers);
                    }
                }
                if reply.chance < 1.0 || latest >= timeout {
                    go(Output::Timeout, &mut here.iter().map(|(now, heard)| (now + timeout, *heard)));
                }
            }
            StepKind::Wait(Wait::For(length)) => {
                go(Output::Next, &mut here.iter().map(|(now, heard)| (now + length.0, *heard)));
            }
            StepKind::Wait(wait) => {
                let lets_go = clocks.lets_go(wait);
                let passes = |now: i64| match wait {
                    Wait::SendHours { from, to, days }
                        if clocks.inside(now, (*from, *to), &days.iter().copied().collect()) =>
                    {
                        now
                    }
                    _ => lets_go[clocks.place(now + HALF - 1)],
                };
                go(Output::Next, &mut here.iter().map(|(now, heard)| (passes(*now), *heard)));
            }
            StepKind::Branch(Branch::WindowOpen) => {
                let open = |state: &&State| state.1.is_some_and(|heard| state.0 - heard < WINDOW);
                go(Output::Yes, &mut here.iter().filter(open).copied());
                go(Output::No, &mut here.iter().filter(|state| !open(state)).copied());
            }
            StepKind::Branch(_) => {
                for out in step.outputs() {
                    go(out, &mut here.iter().copied());
                }
            }
            StepKind::Exit(_) => {}
        }
        at[n] = here;
    }
    at
}

/// The seconds beside half hours from one to before another.
fn beside(from: i64, to: i64) -> impl Iterator<Item = i64> {
    let halves = (from - HALF).div_euclid(HALF)..=(to + HALF).div_euclid(HALF);
    let seconds = halves.flat_map(|half| BESIDE.map(move |more| half * HALF + more));
    seconds.filter(move |second| from <= *second && *second < to)
}

fn pick<T: Clone>(random: &mut StdRng, of: &[T]) -> T {
    of[random.random_range(0..of.len())].clone()
}

fn length(random: &mut StdRng) -> Seconds {
    Seconds(pick(random, &[1, 2, 3, 4, 6, 12, 20, 22, 23, 24, 25, 40, 44, 45, 46, 47, 48, 49, 50, 60]) * HALF)
}

/// Times about the changes, and others.
fn time(random: &mut StdRng) -> TimeOfDay {
    let halves = pick(random, &[0, 1, 2, 3, 4, 5, 6, 7, 18, 20, 40, 46, 47]);
    TimeOfDay::from_seconds(halves * HALF as u32).unwrap()
}

fn small_funnel(random: &mut StdRng, zone: Tz) -> Funnel {
    let size = random.random_range(4..=8);
    let mut questions = 0;
    let steps: Vec<Arc<Step>> = (0..size)
        .map(|n| {
            let message = |reply| {
                let send = Send::FreeForm(Content::Text("Oi".to_owned()));
                StepKind::Message(Message { purpose: Purpose::Service, send, reply })
            };
            let kind = match random.random_range(0..10) {
                _ if n == 0 => StepKind::Entry {
                    channel: pick(random, &[Channel::QrCode, Channel::QrCode, Channel::QrCode, Channel::BusinessInitiated]),
                    opt_in: false,
                    arrives: match random.random_range(0..3) {
                        0 => Arrivals::AnyTime,
                        _ => Arrivals::Between(time(random), time(random)),
                    },
                },
                _ if n + 1 == size => message(None),
                0 | 1 => message(None),
                2..4 if questions < QUESTIONS => {
                    questions += 1;
                    let (a, b) = (length(random), length(random));
                    let delay = match random.random_range(0..4) {
                        0 => Delay::Fixed(a),
                        1 => Delay::Uniform { min: a.min(b), max: a.max(b) },
                        _ => Delay::LogNormal { median: Seconds(600), p90: Seconds(7200) },
                    };
                    let option = |n: usize| ReplyOption { label: format!("{n}"), share: 1.0, effect: None };
                    let options = (0..random.random_range(1..=2)).map(option).collect();
                    let chance = pick(random, &[0.5, 0.5, 1.0]);
                    message(Some(Reply { options, chance, delay, timeout: Some(length(random)) }))
                }
                2..5 => StepKind::Wait(Wait::For(length(random))),
                5..9 => {
                    let days = match random.random_range(0..4) {
                        0 => [pick(random, &Day::ALL), Day::Sun].into_iter().collect(),
                        _ => [].into(),
                    };
                    StepKind::Wait(match random.random_range(0..2) {
                        0 => Wait::Until { time: time(random), days },
                        _ => Wait::SendHours { from: time(random), to: time(random), days },
                    })
                }
                _ => StepKind::Branch(match random.random_range(0..2) {
                    0 => Branch::WindowOpen,
                    _ => Branch::Split(vec![("A".to_owned(), 1.0), ("B".to_owned(), 1.0)]),
                }),
            };
            Arc::new(Step { id: StepId::from(format!("s{n}")), title: String::new(), kind, allow: Vec::new() })
        })
        .collect();
    let mut links = Vec::new();
    for (n, step) in steps.iter().enumerate() {
        for out in step.outputs() {
            let to = random.random_range(n + 1..n + 3);
            if to < size {
                links.push(Arc::new(Link { from: step.id.clone(), out, to: steps[to].id.clone() }));
            }
        }
    }
    let audience = Audience { timezone: zone.name().to_owned(), ..Audience::default() };
    Funnel { launch: LAUNCH.parse().ok(), audience, steps, links, ..Funnel::default() }
}

/// No journey takes longer than this.
fn longest(funnel: &Funnel) -> i64 {
    let of = |step: &Arc<Step>| match &step.kind {
        StepKind::Message(Message { reply: Some(reply), .. }) => reply.timeout.unwrap().0,
        StepKind::Wait(Wait::For(length)) => length.0,
        StepKind::Wait(Wait::Until { days, .. } | Wait::SendHours { days, .. }) => {
            if days.is_empty() {
                2 * DAY
            } else {
                8 * DAY
            }
        }
        _ => 0,
    };
    funnel.steps.iter().map(of).sum()
}

#[test]
fn the_proof_is_what_plain_enumeration_finds_where_clocks_change() {
    let policy = policy::load(policy::DEFAULT_ID, None).expect("the shipped policy is sound");
    assert_eq!(policy.window.length, Seconds(WINDOW));
    let funnels: u64 = std::env::var("TRANSOM_BRUTE_FORCE").ok().and_then(|n| n.parse().ok()).unwrap_or(90);
    let zones = [Tz::Europe__Berlin, Tz::America__Santiago, Tz::Australia__Lord_Howe];
    let (mut compared, mut by_changes) = ([0usize; 4], 0);
    for seed in 0..funnels {
        let mut random = StdRng::seed_from_u64(seed);
        let zone = zones[seed as usize % zones.len()];
        let funnel = small_funnel(&mut random, zone);
        let proof = prove(&funnel, &policy, LAUNCH.parse().unwrap());
        let launch: NaiveDateTime = LAUNCH.parse().unwrap();
        let launch = zone.from_local_datetime(&launch).earliest().unwrap().timestamp();
        let span = longest(&funnel);
        let end = launch + 366 * DAY;
        let clocks = Clocks::new(zone, launch - 2 * DAY, end + span + 10 * DAY);
        // Whatever meets no change is like what happens in any other week that meets none.
        let ordinary = (launch, launch + 7 * DAY);
        let changes: Vec<(i64, i64)> =
            clocks.changes().iter().map(|change| (change - span - DAY, change + 2 * DAY)).collect();
        assert!(
            changes.len() == 2 && changes.iter().all(|(from, to)| ordinary.1 + span < *from && *to < end),
            "{changes:?}"
        );
        let usual = enumerate(&funnel, &clocks, &[ordinary]);
        let days: Vec<(i64, i64)> = [ordinary].into_iter().chain(changes).collect();
        let states = enumerate(&funnel, &clocks, &days);
        for (proved, (here, usual)) in proof.steps.iter().zip(states.iter().zip(&usual)).skip(1) {
            let since = |state: &State| state.1.map(|heard| state.0 - heard);
            let range = |states: &BTreeSet<State>| {
                let all: BTreeSet<i64> = states.iter().filter_map(since).collect();
                all.first().copied().zip(all.last().copied())
            };
            let told =
                || format!("funnel {seed}, {proved:?}, but {:?}, usually {:?}\n{funnel:?}", range(here), range(usual));
            assert!(proved.unknown.is_none(), "{}", told());
            let open = here.iter().any(|state| since(state).is_some_and(|since| since < WINDOW));
            let closed = here.iter().any(|state| since(state).is_none_or(|since| since >= WINDOW));
            let verdict = match (open, closed) {
                (true, true) => Verdict::Sometimes,
                (true, false) => Verdict::Inside,
                (false, true) => Verdict::Outside,
                (false, false) => Verdict::Unreachable,
            };
            assert_eq!(proved.verdict, verdict, "{}", told());
            assert_eq!(proved.before_inbound, here.iter().any(|state| state.1.is_none()), "{}", told());
            let claimed = proved.since_inbound.map(|range| (range.min.0, range.max.map_or(i64::MAX, |max| max.0)));
            assert_eq!(claimed, range(here), "{}", told());
            compared[verdict as usize] += 1;
            by_changes += usize::from(range(here) != range(usual));
        }
    }
    println!(
        "{funnels} funnels; inside, sometimes, outside, unreachable steps: {compared:?}; {by_changes} ranges by changes"
    );
    assert!(compared.iter().all(|count| *count as u64 > funnels / 20), "some verdict was hardly met: {compared:?}");
    assert!(by_changes as u64 > funnels / 5, "clock changes hardly mattered: {by_changes}");
}
