//! The proof against plain enumeration: funnels of a few seconds, without a calendar, under a policy whose window is 24
//! seconds long, so that every state that a person can be in is tried one by one. The enumeration shares no code with the
//! engine: it reads the format's own words anew.

use std::collections::{BTreeMap, BTreeSet, VecDeque};
use std::sync::Arc;

use rand::rngs::StdRng;
use rand::{RngExt, SeedableRng};

use transom::engine::{Verdict, prove};
use transom::model::{
    Branch, Channel, Content, Delay, Effect, Funnel, Link, Message, Output, Purpose, Reply, ReplyOption, Seconds, Send,
    Step, StepId, StepKind, Wait,
};
use transom::policy::{self, Policy};

/// Since inbound is counted to here; whoever is beyond stays beyond until the next answer.
const BEYOND: i64 = 400;

#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
struct State {
    step: StepId,
    since: Option<i64>,
    opted_in: bool,
    attributes: BTreeMap<String, bool>,
}

/// Every state in which a person can come to a step.
fn enumerate(funnel: &Funnel, window: i64) -> BTreeSet<State> {
    let mut seen = BTreeSet::new();
    let mut queue = VecDeque::new();
    for step in &funnel.steps {
        if let StepKind::Entry { channel, opt_in, .. } = &step.kind {
            let since = (*channel != Channel::BusinessInitiated).then_some(0);
            queue.push_back(State { step: step.id.clone(), since, opted_in: *opt_in, attributes: BTreeMap::new() });
        }
    }
    while let Some(state) = queue.pop_front() {
        if !seen.insert(state.clone()) {
            continue;
        }
        let step = funnel.step(&state.step).unwrap();
        for (out, after) in moves(&state, step, window) {
            if let Some(to) = funnel.target(&step.id, &out) {
                queue.push_back(State { step: to.clone(), ..after });
            }
        }
    }
    seen
}

fn moves(state: &State, step: &Step, window: i64) -> Vec<(Output, State)> {
    let later = |seconds: i64| State { since: state.since.map(|since| (since + seconds).min(BEYOND)), ..state.clone() };
    let mut moves = Vec::new();
    match &step.kind {
        StepKind::Entry { .. } | StepKind::Message(Message { reply: None, .. }) => moves.push((Output::Next, state.clone())),
        StepKind::Wait(Wait::For(length)) => moves.push((Output::Next, later(length.0))),
        StepKind::Message(Message { reply: Some(reply), .. }) => {
            // Nothing decides after 60 seconds that did not before, so longer answers need not be tried.
            let (allowed, share_left): (Vec<i64>, bool) = match &reply.delay {
                Delay::Fixed(d) => (vec![d.0], false),
                Delay::Uniform { min, max } => ((min.0..=max.0).collect(), false),
                Delay::Empirical(points) => {
                    ((points[0].0.0..=points[points.len() - 1].0.0).collect(), points[points.len() - 1].1 < 1.0)
                }
                _ => ((0..=60).collect(), false),
            };
            let endless = !matches!(reply.delay, Delay::Fixed(_) | Delay::Uniform { .. } | Delay::Empirical(_));
            let timeout = reply.timeout.map_or(i64::MAX, |timeout| timeout.0);
            let all_zero = reply.options.iter().all(|option| option.share == 0.0);
            for delay in allowed.iter().filter(|delay| **delay < timeout) {
                let _ = delay;
                for option in &reply.options {
                    if reply.chance > 0.0 && (option.share > 0.0 || all_zero) {
                        let opted_in = match option.effect {
                            Some(Effect::OptIn) => true,
                            Some(Effect::OptOut) => false,
                            None => state.opted_in,
                        };
                        let out = Output::Reply(option.label.clone());
                        moves.push((out, State { since: Some(0), opted_in, ..state.clone() }));
                    }
                }
            }
            let too_slow = endless || allowed.iter().any(|delay| *delay >= timeout);
            if reply.timeout.is_some() && (reply.chance < 1.0 || too_slow || share_left) {
                moves.push((Output::Timeout, later(timeout)));
            }
        }
        StepKind::Branch(Branch::WindowOpen) => {
            let open = state.since.is_some_and(|since| since < window);
            moves.push((if open { Output::Yes } else { Output::No }, state.clone()));
        }
        StepKind::Branch(Branch::OptedIn) => {
            moves.push((if state.opted_in { Output::Yes } else { Output::No }, state.clone()));
        }
        StepKind::Branch(Branch::Split(cases)) => {
            moves.extend(cases.iter().filter(|case| case.1 > 0.0).map(|case| (Output::Case(case.0.clone()), state.clone())));
        }
        StepKind::Branch(Branch::Attribute { name, share }) => {
            for holds in [true, false] {
                let possible = if holds { *share > 0.0 } else { *share < 1.0 };
                if state.attributes.get(name).map_or(possible, |known| *known == holds) {
                    let mut after = state.clone();
                    after.attributes.insert(name.clone(), holds);
                    moves.push((if holds { Output::Yes } else { Output::No }, after));
                }
            }
        }
        StepKind::Wait(_) | StepKind::Exit(_) => {}
    }
    moves
}

fn pick<T: Clone>(random: &mut StdRng, of: &[T]) -> T {
    of[random.random_range(0..of.len())].clone()
}

fn small_funnel(random: &mut StdRng) -> Funnel {
    let size = random.random_range(4..=12);
    let length = |random: &mut StdRng| Seconds(random.random_range(0..=13));
    let steps: Vec<Arc<Step>> = (0..size)
        .map(|n| {
            let message = |reply| {
                let send = Send::FreeForm(Content::Text("Oi".to_owned()));
                StepKind::Message(Message { purpose: Purpose::Marketing, send, reply })
            };
            let kind = match random.random_range(0..12) {
                _ if n == 0 => StepKind::Entry {
                    channel: pick(random, &[Channel::QrCode, Channel::QrCode, Channel::BusinessInitiated]),
                    opt_in: random.random_bool(0.3),
                    arrives: Default::default(),
                },
                0..3 => message(None),
                3..5 => {
                    let (a, b) = (length(random), length(random));
                    let delay = match random.random_range(0..4) {
                        0 => Delay::Fixed(a),
                        1 => Delay::Uniform { min: a.min(b), max: a.max(b) },
                        2 => Delay::Empirical(vec![(a.min(b), 0.5), (Seconds(a.max(b).0 + 1), pick(random, &[0.8, 1.0]))]),
                        _ => Delay::LogNormal { median: Seconds(2), p90: Seconds(9) },
                    };
                    let options = (0..2)
                        .map(|n| ReplyOption {
                            label: format!("{n}"),
                            share: pick(random, &[1.0, 0.0]),
                            effect: pick(random, &[None, Some(Effect::OptIn), Some(Effect::OptOut)]),
                        })
                        .collect();
                    let timeout = random.random_bool(0.8).then(|| length(random).max(Seconds(1)));
                    message(Some(Reply { options, chance: pick(random, &[0.0, 0.5, 0.5, 1.0]), delay, timeout }))
                }
                5..9 => StepKind::Wait(Wait::For(length(random))),
                9 | 10 => StepKind::Branch(Branch::WindowOpen),
                _ => StepKind::Branch(match random.random_range(0..3) {
                    0 => Branch::OptedIn,
                    1 => Branch::Split(vec![("A".to_owned(), 1.0), ("B".to_owned(), pick(random, &[1.0, 0.0]))]),
                    _ => Branch::Attribute {
                        name: pick(random, &["VIP", "new"]).to_owned(),
                        share: pick(random, &[0.2, 0.2, 0.0, 1.0]),
                    },
                }),
            };
            Arc::new(Step { id: StepId::from(format!("s{n}")), title: String::new(), kind, allow: Vec::new() })
        })
        .collect();
    let mut links = Vec::new();
    for (n, step) in steps.iter().enumerate() {
        for out in step.outputs() {
            let back = n > 1 && random.random_bool(0.15);
            let to = if back { random.random_range(1..=n) } else { random.random_range(n + 1..n + 3) };
            if (1..size).contains(&to) {
                links.push(Arc::new(Link { from: step.id.clone(), out, to: steps[to].id.clone() }));
            }
        }
    }
    Funnel { name: "small".to_owned(), steps, links, ..Funnel::default() }
}

#[test]
fn the_proof_is_what_plain_enumeration_finds() {
    let mut policy = Policy::clone(&policy::load(policy::DEFAULT_ID, None).expect("the shipped policy is sound"));
    policy.window.length = Seconds(24);
    let funnels: u64 = std::env::var("TRANSOM_BRUTE_FORCE").ok().and_then(|n| n.parse().ok()).unwrap_or(1_500);
    let mut compared = [0usize; 4];
    for seed in 0..funnels {
        let mut random = StdRng::seed_from_u64(seed);
        let funnel = small_funnel(&mut random);
        let proof = prove(&funnel, &policy, "2026-11-22T12:00:00".parse().unwrap());
        let states = enumerate(&funnel, 24);
        for (step, proved) in funnel.steps.iter().zip(&proof.steps) {
            let here: Vec<&State> = states.iter().filter(|state| state.step == step.id).collect();
            let told = || format!("{proved:?}\n{here:?}\n{funnel:?}");
            let open = here.iter().any(|state| state.since.is_some_and(|since| since < 24));
            let closed = here.iter().any(|state| state.since.is_none_or(|since| since >= 24));
            let verdict = match (open, closed) {
                (true, true) => Verdict::Sometimes,
                (true, false) => Verdict::Inside,
                (false, true) => Verdict::Outside,
                (false, false) => Verdict::Unreachable,
            };
            assert_eq!(proved.verdict, verdict, "{}", told());
            compared[verdict as usize] += 1;
            assert_eq!(proved.before_inbound, here.iter().any(|state| state.since.is_none()), "{}", told());
            let since: Vec<i64> = here.iter().filter_map(|state| state.since).collect();
            let range = proved.since_inbound.map(|range| (range.min.0, range.max.map(|max| max.0)));
            let least = since.iter().min().copied();
            // What grows beyond all counting grows for ever.
            let most = since.iter().max().copied().filter(|max| *max < BEYOND);
            assert_eq!(range, least.map(|least| (least, most)), "{}", told());
            if step.message().is_some() {
                assert_eq!(proved.consents.given, here.iter().any(|state| state.opted_in), "{}", told());
                let without = proved.consents.never || proved.consents.withdrawn;
                assert_eq!(without, here.iter().any(|state| !state.opted_in), "{}", told());
            }
        }
    }
    println!("{funnels} funnels; inside, sometimes, outside, unreachable steps: {compared:?}");
    assert!(compared.iter().all(|count| *count as u64 > funnels / 10), "some verdict was hardly met: {compared:?}");
}
