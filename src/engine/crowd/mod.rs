//! The crowd: any number of people by chance, in constant memory, the same for one seed on any number of threads.
//!
//! People never meet, so each is followed to the end alone, and only whole numbers are kept of them. Where several entries
//! lead into a funnel each is as likely. People arrive on any allowed second of the first seven days, each as likely.
//!
//! Reads no clock and asks nobody for threads: the moment, the seed and the number of threads are arguments.

mod almanac;
mod block;
mod draw;
mod law;
mod person;
mod result;
mod spread;
mod story;
mod table;
mod tally;
mod vectors;

use std::sync::atomic::{AtomicBool, AtomicU32, AtomicU64, Ordering};
use std::sync::{Arc, Mutex, PoisonError};

use crate::model::{Funnel, LocalTime, StepKind};
use crate::policy::Policy;

use super::cost::{Till, price};
use block::Block;
use person::Walker;
use table::Table;
use tally::{Counter, Rules, Tally};

pub use result::{Crowd, Exits, Percentiles, Share, StepCrowd};
pub use story::People;
pub use vectors::Vectors;

/// The largest crowd.
pub const MOST_PEOPLE: u32 = 100_000_000;
/// A thread takes so many people at a time.
const AT_A_TIME: u32 = 1 << 14;
/// A funnel with more steps that send than this has its times told apart less finely, so that memory stays small.
const FINENESS: [(usize, u32); 3] = [(64, 8), (1000, 6), (usize::MAX, 4)];

/// Which crowd.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Request {
    /// How many people, at most [`MOST_PEOPLE`].
    pub people: u32,
    /// What chance begins from.
    pub seed: u64,
    /// On how many threads. It changes nothing but the time.
    pub threads: usize,
    /// Follow each person alone, even where many could be followed together. It changes nothing but the time.
    pub one_by_one: bool,
}

/// How far a crowd has come, and a way to stop it. May be looked at from any thread.
#[derive(Debug, Default)]
pub struct Progress {
    /// People who have been followed.
    pub done: AtomicU64,
    /// Set it, and the crowd stops within milliseconds.
    pub cancel: Arc<AtomicBool>,
}

/// Follows a crowd; `None` where it was cancelled. `now` is when people may begin to arrive where the funnel has no launch.
pub fn simulate(funnel: &Funnel, policy: &Policy, now: LocalTime, request: Request, progress: &Progress) -> Option<Crowd> {
    simulate_with(Vectors::widest(), funnel, policy, now, request, progress)
}

/// The same by certain instructions of the processor. They change nothing but the time.
pub fn simulate_with(
    vectors: Vectors,
    funnel: &Funnel,
    policy: &Policy,
    now: LocalTime,
    request: Request,
    progress: &Progress,
) -> Option<Crowd> {
    let table = Table::new(funnel, policy, now, request.seed);
    let rules = Rules::new(funnel, policy, &table);
    let people = request.people.min(MOST_PEOPLE);
    let next = AtomicU32::new(0);
    let total = Mutex::new(Tally::new(&table, &rules));
    let work = || {
        let mut walker = Walker::new(&table);
        let mut counter = Counter::new(&table, &rules);
        let mut block = if request.one_by_one { None } else { Block::new(&table, &rules, vectors) };
        while !progress.cancel.load(Ordering::Relaxed) {
            let first = next.fetch_add(AT_A_TIME, Ordering::Relaxed);
            if first >= people {
                break;
            }
            let end = people.min(first + AT_A_TIME);
            let mut number = first;
            if let Some(block) = &mut block {
                while end - number >= block::PEOPLE as u32 {
                    block.walk(number, &mut walker, &mut counter);
                    number += block::PEOPLE as u32;
                }
            }
            (number..end).for_each(|number| walker.walk(number, &mut counter));
            progress.done.fetch_add(u64::from(end - first), Ordering::Relaxed);
        }
        total.lock().unwrap_or_else(PoisonError::into_inner).merge(&counter.tally);
    };
    std::thread::scope(|scope| {
        // Where the system has no more threads to give, those that there are do all of it.
        for _ in 1..request.threads {
            let _ = std::thread::Builder::new().spawn_scoped(scope, work);
        }
        work();
    });
    if progress.cancel.load(Ordering::Relaxed) {
        return None;
    }
    let tally = total.into_inner().unwrap_or_else(PoisonError::into_inner);
    let cost = price(funnel, policy, &rules.till, &tally.ledger);
    Some(Crowd::new(funnel, policy, &table, request.seed, u64::from(people), &tally, cost))
}

impl Rules {
    fn new(funnel: &Funnel, policy: &Policy, table: &Table) -> Self {
        let trigger = |step: usize| match &funnel.steps[step].kind {
            StepKind::Entry { channel, .. } => policy.free_entry_point.triggers.of(*channel),
            _ => crate::policy::Ternary::No,
        };
        let senders = table.senders.len();
        Self {
            till: Till::new(funnel, policy, table.start),
            triggers: table.doors.iter().map(|door| trigger(door.step)).collect(),
            fineness: FINENESS.iter().find(|(most, _)| senders <= *most).map_or(4, |(_, fineness)| *fineness),
        }
    }
}
