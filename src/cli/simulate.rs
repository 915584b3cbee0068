//! `transom simulate`: a crowd goes through a funnel.

use std::io::{IsTerminal, Write};
use std::path::PathBuf;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::thread;
use std::time::{Duration, Instant};

use super::judging::{Options, clock_at, read};
use super::{Status, complain, console};
use crate::engine::crowd::{Crowd, MOST_PEOPLE, Progress, Request, simulate};
use crate::engine::prove;
use crate::model::{Funnel, LocalTime};
use crate::policy::Policy;
use crate::report::{self, Outlook};

/// What `simulate` takes.
#[derive(Debug, clap::Args)]
pub struct Arguments {
    /// The funnel.
    #[arg(value_name = "FILE")]
    file: PathBuf,
    /// How many people, up to 100,000,000; else as many as the funnel's audience.
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u32).range(1..=i64::from(MOST_PEOPLE)))]
    users: Option<u32>,
    /// What chance begins from: the same seed gives the same crowd.
    #[arg(long, value_name = "S", default_value_t = 1)]
    seed: u64,
    /// For people or for programs.
    #[arg(long, value_enum, default_value_t = Format::Text)]
    format: Format,
    #[command(flatten)]
    judge: Options,
    /// On how many threads; else one for each processor. It changes nothing but the time.
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u16).range(1..=1024))]
    threads: Option<u16>,
}

#[derive(Debug, Clone, Copy, clap::ValueEnum)]
enum Format {
    /// A table.
    Text,
    /// One object.
    Json,
}

/// How often the bar moves.
const FRAME: Duration = Duration::from_millis(20);
/// Before this there is no bar.
const PATIENCE: Duration = Duration::from_millis(200);
/// The bar's length in characters.
const BAR: usize = 30;
/// What shells expect of a program that was interrupted.
const INTERRUPTED: i32 = 130;

/// Simulates, unless interrupted.
pub fn run(arguments: &Arguments) -> Status {
    let Ok(asked) = arguments.judge.asked() else { return Status::Failed };
    let (loaded, policy) = match read(&arguments.file, asked.as_ref()) {
        Ok(read) => read,
        Err(error) => {
            complain(&report::unreadable(&error));
            return Status::Failed;
        }
    };
    let funnel = &loaded.document.funnel;
    let audience = u32::try_from(funnel.audience.size).unwrap_or(MOST_PEOPLE).clamp(1, MOST_PEOPLE);
    let processors = thread::available_parallelism().map_or(1, usize::from);
    let request = Request {
        people: arguments.users.unwrap_or(audience),
        seed: arguments.seed,
        threads: arguments.threads.map_or(processors, usize::from),
        one_by_one: false,
    };
    let now = arguments.judge.now.unwrap_or_else(|| clock_at(funnel));
    let Some(crowd) = watched(funnel, &policy, now, request) else {
        complain("interrupted: the crowd was not followed to the end, so there is no result\n");
        return Status::Failed;
    };
    if crowd.exits == Default::default() {
        complain(&format!("{}: the funnel has no entry, so nobody comes\n", loaded.source.name));
    }
    let outlook = arguments.judge.what_if.then(|| Outlook::of(funnel, &policy, now, &prove(funnel, &policy, now), true));
    console::print(&match arguments.format {
        Format::Text => report::crowd_text(funnel, &crowd, outlook.as_ref()),
        Format::Json => report::crowd_json(&crowd, outlook.as_ref()),
    })
}

/// Simulates with a bar where somebody can see it; `None` where the person interrupts.
fn watched(funnel: &Funnel, policy: &Policy, now: LocalTime, request: Request) -> Option<Crowd> {
    let progress = Progress::default();
    // The first interruption stops the crowd, the second the program. Where neither can be heard the first does.
    let (signal, cancel) = (signal_hook::consts::SIGINT, &progress.cancel);
    let _ = signal_hook::flag::register_conditional_shutdown(signal, INTERRUPTED, Arc::clone(cancel));
    let _ = signal_hook::flag::register(signal, Arc::clone(cancel));
    if !std::io::stderr().is_terminal() {
        return simulate(funnel, policy, now, request, &progress);
    }
    let over = AtomicBool::new(false);
    thread::scope(|scope| {
        let bar = || bar(&progress, &over, u64::from(request.people));
        // Where the system has no more threads to give there is no bar.
        let _ = thread::Builder::new().spawn_scoped(scope, bar);
        let crowd = simulate(funnel, policy, now, request, &progress);
        over.store(true, Ordering::Relaxed);
        crowd
    })
}

/// Draws the bar until all is over, and wipes it away.
fn bar(progress: &Progress, over: &AtomicBool, people: u64) {
    let begun = Instant::now();
    let mut drawn = false;
    while !over.load(Ordering::Relaxed) {
        thread::sleep(FRAME);
        if begun.elapsed() > PATIENCE {
            draw(progress.done.load(Ordering::Relaxed), people, begun.elapsed());
            drawn = true;
        }
    }
    if drawn {
        let _ = write!(std::io::stderr(), "\r\x1b[K");
    }
}

/// `████████──────  43 % of 10000000 people, 2 s left`
fn draw(done: u64, people: u64, elapsed: Duration) {
    let share = done as f64 / people.max(1) as f64;
    let full = ((share * BAR as f64) as usize).min(BAR);
    let left =
        if done == 0 { String::new() } else { format!(", {:.0} s left", elapsed.as_secs_f64() * (1.0 / share - 1.0)) };
    let (full, empty) = ("█".repeat(full), "─".repeat(BAR - full));
    let _ = write!(std::io::stderr(), "\r{full}{empty} {:3.0} % of {people} people{left}\x1b[K", share * 100.0);
}
