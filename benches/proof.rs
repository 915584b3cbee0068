//! What the proof of a funnel costs, and what it costs again after one edit, in milliseconds of one processor.
//!
//! `cargo bench --bench proof --no-default-features`; `benches/README.md` says what came out.

#[path = "meter/mod.rs"]
// Frames are for the canvas.
#[allow(dead_code)]
mod meter;

use std::sync::Arc;

use rand::{RngExt, SeedableRng};
use rand_chacha::ChaCha8Rng;
use transom::engine::{Claim, Proof, Verdict, prove, prove_again};
use transom::model::{
    Audience, Branch, Channel, Content, Day, Delay, Funnel, Link, LocalTime, Message, Purpose, Reply, ReplyOption, Seconds,
    Send, Step, StepId, StepKind, Wait,
};
use transom::policy::{self, Policy};

const ZONES: [&str; 2] = ["America/Sao_Paulo", "Europe/Berlin"];
/// All journeys meet again after so many steps.
const MODULE: usize = 50;
/// One edit after another, to see whether anything piles up.
const EDITS: usize = 2_000;

fn main() {
    let policy = policy::load(policy::DEFAULT_ID, None).expect("a shipped policy");
    let now: LocalTime = "2026-11-22T12:00:00".parse().expect("a local time");
    let bench = Bench { policy, now };
    bench.pile_up();
    println!("\n{:<18} {:>6} {:>9} {:>11}", "proof", "steps", "lines", "median ms");
    for zone in ZONES {
        for (steps, funnels, runs) in [(100, 20, 5), (1_000, 7, 7), (10_000, 3, 3)] {
            let mut told: Vec<(f64, usize)> =
                (0..funnels).map(|seed| bench.whole(&random(seed, steps, zone), runs)).collect();
            told.sort_by(|one, other| one.0.total_cmp(&other.0));
            let (cost, lines) = told[told.len() / 2];
            println!("{zone:<18} {steps:>6} {lines:>9} {cost:>11.2}");
        }
    }
    println!("\n{:<18} {:>6} {:>9} {:>11} {:>11} {:>11}", "journeys", "steps", "told", "median ms", "95th ms", "first ms");
    for zone in ZONES {
        for steps in [100, 1_000] {
            bench.journeys(zone, steps);
        }
    }
    println!("\n{:<18} {:<20} {:>8} {:>9} {:>9} {:>7}", "1,000 steps", "edit", "searched", "again ms", "whole ms", "ratio");
    for zone in ZONES {
        for edit in ["a text", "the last wait", "the middle wait", "the first wait"] {
            bench.edit(zone, edit);
        }
    }
}

struct Bench {
    policy: Arc<Policy>,
    now: LocalTime,
}

impl Bench {
    fn prove(&self, funnel: &Funnel) -> Proof {
        prove(funnel, &self.policy, self.now)
    }

    fn again(&self, before: &Proof, funnel: &Funnel) -> Proof {
        prove_again(before, funnel, &self.policy, self.now)
    }

    /// What a proof costs, and how many lines it has.
    fn whole(&self, funnel: &Funnel, runs: usize) -> (f64, usize) {
        let lines = self.prove(funnel).lines();
        (meter::median((0..runs).map(|_| cost(|| self.prove(funnel))).collect()), lines)
    }

    /// Tells the journeys that break steps, one after the other. With the first of a proof it is found out which of all
    /// ways are the most plausible.
    fn journeys(&self, zone: &str, steps: usize) {
        let (mut all, mut first) = (Vec::new(), Vec::new());
        for seed in 0..7 {
            let funnel = random(seed, steps, zone);
            let proof = self.prove(&funnel);
            let broken = |step: &&Arc<Step>| {
                step.message().is_some()
                    && proof.step(&step.id).is_some_and(|step| {
                        matches!(step.verdict, Verdict::Sometimes | Verdict::Outside) && !step.before_inbound
                    })
            };
            let mut costs = funnel.steps.iter().filter(broken).map(|step| {
                let began = meter::now();
                let story = proof.witness(&step.id, Claim::Outside);
                let cost = meter::now() - began;
                assert!(story.is_some(), "a step that may fall outside has a journey that shows it");
                cost
            });
            first.extend(costs.next());
            all.extend(costs);
        }
        all.sort_by(f64::total_cmp);
        let (told, late) = (all.len(), all.get(all.len() * 95 / 100).copied().unwrap_or_default() * 1e3);
        let (median, first) = (meter::median(all), meter::median(first));
        println!("{zone:<18} {steps:>6} {told:>9} {median:>11.3} {late:>11.3} {first:>11.3}");
    }

    /// Proves an edited funnel again and from the beginning, in turn.
    fn edit(&self, zone: &str, edit: &str) {
        let (mut again, mut whole, mut ratios, mut searched) = (Vec::new(), Vec::new(), Vec::new(), Vec::new());
        for seed in 0..7 {
            let funnel = random(seed, 1_000, zone);
            let proof = self.prove(&funnel);
            let edited = edited(&funnel, edit);
            for _ in 0..5 {
                let (one, other) = (cost(|| self.again(&proof, &edited)), cost(|| self.prove(&edited)));
                again.push(one);
                whole.push(other);
                ratios.push(one / other / 1e3);
            }
            searched.push(self.again(&proof, &edited).searched() as f64 / 1e3);
        }
        let [again, whole, ratio, searched] = [again, whole, ratios, searched].map(meter::median);
        println!("{zone:<18} {edit:<20} {searched:>8} {again:>9.2} {whole:>9.2} {ratio:>7.3}");
    }

    /// Edits one funnel many times, each proved from the proof before it.
    fn pile_up(&self) {
        let mut funnel = random(1, 1_000, ZONES[0]);
        let mut proof = self.prove(&funnel);
        let waits = waits(&funnel);
        for n in 0..EDITS {
            let at = waits[(n * 7919) % waits.len()];
            let length = Seconds::minutes(1 + (n % 600) as i64);
            Arc::make_mut(&mut funnel.steps[at]).kind = StepKind::Wait(Wait::For(length));
            proof = self.again(&proof, &funnel);
            if n + 1 == EDITS / 10 || n + 1 == EDITS {
                println!("after {} edits: {} MB of memory, {} lines", n + 1, memory_mb(), proof.lines());
            }
        }
        assert_eq!(proof.steps, self.prove(&funnel).steps, "the last says what a whole proof says");
    }
}

/// In seconds. What is given back when the proof is let go counts too.
fn cost(prove: impl Fn() -> Proof) -> f64 {
    let began = meter::now();
    drop(prove());
    meter::now() - began
}

/// How much memory this program holds, where Linux tells.
fn memory_mb() -> usize {
    let told = std::fs::read_to_string("/proc/self/status").unwrap_or_default();
    let line = told.lines().find_map(|line| line.strip_prefix("VmRSS:")).unwrap_or_default();
    line.split_whitespace().next().and_then(|kb| kb.parse::<usize>().ok()).unwrap_or(0) / 1024
}

fn waits(funnel: &Funnel) -> Vec<usize> {
    let is_wait = |step: &Step| matches!(step.kind, StepKind::Wait(Wait::For(_)));
    (0..funnel.steps.len()).filter(|place| is_wait(&funnel.steps[*place])).collect()
}

fn edited(funnel: &Funnel, edit: &str) -> Funnel {
    let (mut funnel, waits) = (funnel.clone(), waits(funnel));
    let wait = match edit {
        "the last wait" => waits[waits.len() - 1],
        "the middle wait" => waits[waits.len() / 2],
        "the first wait" => waits[0],
        _ => {
            Arc::make_mut(&mut funnel.steps[waits[0]]).title.push('x');
            return funnel;
        }
    };
    if let StepKind::Wait(Wait::For(length)) = &mut Arc::make_mut(&mut funnel.steps[wait]).kind {
        *length = *length + Seconds::minutes(1);
    }
    funnel
}

/// A random funnel of modules, each step leading to one of the next three.
fn random(seed: u64, size: usize, zone: &str) -> Funnel {
    let mut rng = ChaCha8Rng::seed_from_u64(seed);
    let id = |n: usize| StepId::from(format!("s{n}"));
    let entry = StepKind::Entry { channel: Channel::UserMessage, opt_in: false, arrives: Default::default() };
    let mut funnel = Funnel { audience: Audience { timezone: zone.to_owned(), ..Audience::default() }, ..Funnel::default() };
    for n in 0..=size {
        let kind = if n == 0 { entry.clone() } else { any_kind(&mut rng) };
        let step = Step { id: id(n), title: String::new(), kind, allow: Vec::new() };
        let module_ends = (n / MODULE + 1) * MODULE;
        for out in step.outputs() {
            let to = (n + rng.random_range(1..4)).min(module_ends.max(n + 1));
            if to <= size {
                funnel.links.push(Arc::new(Link { from: id(n), out, to: id(to) }));
            }
        }
        funnel.steps.push(Arc::new(step));
    }
    funnel
}

fn any_kind(rng: &mut ChaCha8Rng) -> StepKind {
    let message = |reply| {
        let send = Send::FreeForm(Content::Text("x".to_owned()));
        StepKind::Message(Message { purpose: Purpose::Service, send, reply })
    };
    match rng.random_range(0..20) {
        0..6 => message(None),
        6..11 => {
            let option = |label: &str| ReplyOption { label: label.to_owned(), share: 1.0, effect: None };
            let options = ["a", "b"][..rng.random_range(1..3)].iter().map(|label| option(label)).collect();
            let delay = Delay::LogNormal { median: Seconds::minutes(12), p90: Seconds::hours(6) };
            message(Some(Reply { options, chance: 0.7, delay, timeout: Some(Seconds::hours(10 * rng.random_range(1..3))) }))
        }
        11..14 => StepKind::Wait(Wait::For(Seconds::hours([1, 2, 6, 24][rng.random_range(0..4)]))),
        14 => StepKind::Wait(Wait::Until { time: "10:00".parse().expect("a time"), days: [].into() }),
        15 => {
            let days = [Day::Mon, Day::Wed].into_iter().collect();
            StepKind::Wait(Wait::Until { time: "18:00".parse().expect("a time"), days })
        }
        16 | 17 => StepKind::Branch(Branch::WindowOpen),
        _ => StepKind::Branch(Branch::Split(vec![("A".to_owned(), 50.0), ("B".to_owned(), 50.0)])),
    }
}
