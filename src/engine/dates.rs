//! The dates of a witness. Where all weeks are alike, its story says only at which moments of a week things happen; here
//! it gets weeks in which the clocks change when they are to change, and do not otherwise.

use crate::model::Wait;

use super::calendar::Place;
use super::changes::Change;
use super::clock::WEEK;
use super::machine::Act;
use super::reach::{Era, Reach};
use super::witness::Move;

/// So many days or weeks are tried for one without a change of the clocks.
const TRIES: i64 = 400;

/// Gives the instant at which the person of these moves arrives, and sets how long those answers take that may take as long
/// as the person likes. `arrival` is when the person may arrive where the moves do not tell.
pub fn date(reach: &Reach, arrival: i64, moves: &mut [Move]) -> i64 {
    let arrives = begin(reach, moves, 0, reach.start).unwrap_or(arrival);
    let (mut from, mut begins) = (0, arrives);
    while let Some(leisure) = (from..moves.len()).find(|at| moves[*at].at_leisure) {
        let asked = begins + moves[from..leisure].iter().map(|made| length(reach, made)).sum::<i64>();
        let answered = asked + moves[leisure].after.unwrap_or_default();
        begins = begin(reach, moves, leisure + 1, answered).unwrap_or(answered);
        moves[leisure].after = Some(begins - asked);
        from = leisure + 1;
    }
    arrives
}

/// When a stretch of moves begins: not before `earliest`, up to the next answer that takes as long as it likes.
fn begin(reach: &Reach, moves: &[Move], from: usize, earliest: i64) -> Option<i64> {
    let period = reach.timing.repeats.unwrap_or(WEEK);
    let clock = reach.machine.clock;
    let (era, now) = moves.get(from)?.here?;
    if let Era::Near(kind) = era {
        return kind_of(reach, kind).instants.iter().map(|change| change + now).find(|begins| *begins >= earliest);
    }
    let mut passed = 0;
    for made in &moves[from..] {
        let Some((_, here)) = made.here else { break };
        if let Some(kind) = made.changed {
            let change = kind_of(reach, kind);
            let under_way = passed + next(change, here, period) - here;
            let mut begins = change.instants.iter().map(|change| change - under_way).filter(|begins| *begins >= earliest);
            // Another change may be too near before this one, which the clock at the beginning tells.
            let fits = |begins: &i64| (clock.local(*begins) - now).rem_euclid(period) == 0;
            return begins.clone().find(fits).or_else(|| begins.next());
        }
        if made.at_leisure {
            break;
        }
        passed += length(reach, made);
    }
    let first = |from: i64| clock.instant(clock.local(from) + (now - clock.local(from)).rem_euclid(period));
    let undisturbed = |begins: &i64| {
        let changes =
            reach.timing.changes.kinds.iter().flat_map(|kind| kind.instants.iter().map(move |at| (*at, kind.near)));
        changes.clone().all(|(at, near)| at > *begins + passed || at + near <= *begins)
    };
    let mut tries = (0..TRIES).map(|lap| first(earliest + lap * period));
    tries.clone().find(undisturbed).or_else(|| tries.next())
}

/// How long a move takes, in seconds.
fn length(reach: &Reach, made: &Move) -> i64 {
    let wait = match &reach.machine.acts[made.step] {
        Act::Wait(Wait::For(length)) => return length.0,
        Act::Wait(wait) => wait,
        Act::Ask(question) => return made.after.or(question.timeout).unwrap_or_default(),
        _ => return 0,
    };
    let Some((era, now)) = made.here else { return 0 };
    let (place, from) = match (made.changed, era) {
        (Some(kind), _) => {
            let change = kind_of(reach, kind);
            let ahead = next(change, now, reach.timing.repeats.unwrap_or(WEEK)) - now;
            (reach.machine.place(), change.instants[0] - ahead)
        }
        (None, Era::Near(kind)) => (reach.machine.place(), kind_of(reach, kind).instants[0] + now),
        _ => (Place::OrdinaryWeeks, now),
    };
    place.passes(wait, from) - from
}

fn kind_of(reach: &Reach, kind: u8) -> &Change {
    &reach.timing.changes.kinds[usize::from(kind)]
}

/// Where the next change of a kind is on the clock of this moment.
fn next(change: &Change, now: i64, period: i64) -> i64 {
    if now < change.at { change.at } else { change.at + period }
}
