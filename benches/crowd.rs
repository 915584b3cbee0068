//! How many people a second go through a funnel, in seconds of one processor: followed together, by each set of instructions
//! that the processor has, and one by one.
//!
//! `cargo bench --bench crowd --no-default-features [-- FILE PEOPLE]`

use std::path::PathBuf;
use std::time::Instant;

use transom::engine::crowd::{Progress, Request, Vectors, simulate_with};
use transom::model::LocalTime;
use transom::policy;
use transom::report::crowd_json;

const RUNS: usize = 5;
const FUNNELS: [&str; 6] = [
    "benches/six-steps.ron",
    "benches/twenty-four-steps.ron",
    "funnels/day3-reengagement.ron",
    "funnels/abandoned-cart.ron",
    "funnels/support-follow-up.ron",
    "funnels/every-step-kind.ron",
];

fn main() {
    let root = PathBuf::from(env!("CARGO_MANIFEST_DIR"));
    let mut arguments = std::env::args().skip(1).filter(|argument| !argument.starts_with("--"));
    let files = arguments.next().map_or(FUNNELS.map(|name| root.join(name)).to_vec(), |file| vec![PathBuf::from(file)]);
    let people = arguments.next().and_then(|people| people.parse().ok()).unwrap_or(8_000_000);
    let now: LocalTime = "2026-11-22T12:00:00".parse().expect("a local time");
    let together = Vectors::all().into_iter().rev().map(|vectors| (vectors, false));
    let ways: Vec<(Vectors, bool)> = together.chain([(Vectors::widest(), true)]).collect();
    for file in files {
        let read = transom::file::read(&file).unwrap_or_else(|error| panic!("{}: {error:?}", file.display()));
        let funnel = &read.document.funnel;
        let policy = policy::load(&funnel.policy, None).expect("a shipped policy");
        println!("{}", file.display());
        let mut reports = Vec::new();
        for (vectors, one_by_one) in ways.iter().copied() {
            let request = Request { people, seed: 1, threads: 1, one_by_one };
            let mut best = f64::INFINITY;
            for _ in 0..RUNS {
                let begun = processor_seconds();
                let progress = Progress::default();
                let crowd = simulate_with(vectors, funnel, &policy, now, request, &progress).expect("nobody cancels");
                best = best.min(processor_seconds() - begun);
                reports.push(crowd_json(&crowd, None));
            }
            let how = if one_by_one { "one by one".to_owned() } else { format!("together, {}", vectors.name()) };
            let (each, rate) = (best / f64::from(people) * 1e9, f64::from(people) / best / 1e6);
            println!("  {how:18} {each:7.1} ns a person  {rate:6.1} million people a second");
        }
        assert!(reports.windows(2).all(|pair| pair[0] == pair[1]), "every run gives the same bytes");
    }
}

/// What this thread has had of a processor, where Linux tells; else the time that has passed.
fn processor_seconds() -> f64 {
    thread_local!(static BEGUN: Instant = Instant::now());
    let told = std::fs::read_to_string("/proc/thread-self/schedstat").ok();
    let nanoseconds = told.and_then(|told| told.split(' ').next()?.parse::<f64>().ok());
    nanoseconds.map_or_else(|| BEGUN.with(|begun| begun.elapsed().as_secs_f64()), |nanoseconds| nanoseconds * 1e-9)
}
