//! What a frame costs: the time that this thread has had on a processor, so that what else the machine does counts little.

use std::time::{Duration, Instant};

use mimalloc::MiMalloc;

/// Transom's own, for whatever is measured beside it too.
#[global_allocator]
static ALLOCATOR: MiMalloc = MiMalloc;

/// The sizes that are measured.
pub const COUNTS: [usize; 3] = [100, 1_000, 10_000];
/// The window, in points.
pub const WINDOW: [f32; 2] = [1600.0, 1000.0];
/// So near that some thirty cards are in sight.
pub const NEAR: f32 = 0.8;

/// A moment of this thread's own time, in seconds.
pub fn now() -> f64 {
    thread_local!(static START: Instant = Instant::now());
    // Linux says how long this thread has run, in nanoseconds, as of when it last gave way: so it does for a moment.
    std::thread::sleep(Duration::from_micros(1));
    let on_processor = std::fs::read_to_string("/proc/thread-self/schedstat").ok();
    let nanoseconds = on_processor.and_then(|text| text.split_whitespace().next()?.parse::<f64>().ok());
    // Elsewhere the wall clock must do.
    nanoseconds.map_or_else(|| START.with(Instant::elapsed).as_secs_f64(), |nanoseconds| nanoseconds / 1e9)
}

/// What measuring itself costs, in milliseconds.
pub fn own_cost() -> f64 {
    let cost = |_| {
        let began = now();
        now() - began
    };
    median((0..200).map(cost).collect())
}

/// The middle one of several costs, in milliseconds.
pub fn median(mut costs: Vec<f64>) -> f64 {
    costs.sort_by(f64::total_cmp);
    costs.get(costs.len() / 2).copied().unwrap_or_default() * 1e3
}

/// Measures frames: `frame` gives what its two parts cost. Some frames go before, for what is only done once.
pub fn measured(mut frame: impl FnMut() -> [f64; 2]) -> [f64; 2] {
    let began = now();
    for _ in 0..8 {
        frame();
    }
    let each = (now() - began) / 8.0;
    let frames = ((2.0 / each.max(1e-4)) as usize).clamp(15, 400);
    let costs: Vec<[f64; 2]> = (0..frames).map(|_| frame()).collect();
    let own = own_cost();
    [0, 1].map(|part| (median(costs.iter().map(|cost| cost[part]).collect()) - own).max(0.0))
}

/// Prints a row, for people and for `benches/compare`.
pub fn row(who: &str, count: usize, view: &str, [first, second]: [f64; 2]) {
    println!("{who:<8} {count:>6}  {view:<7} {first:>9.3} {second:>11.3} {:>9.3}", first + second);
}

/// Prints what the columns are.
pub fn heading() {
    println!("{:<8} {:>6}  {:<7} {:>9} {:>11} {:>9}", "canvas", "steps", "view", "pass ms", "tessell. ms", "total ms");
}
