//! Changes of the clocks, as something that may come on the way through ordinary weeks.
//!
//! Weeks without a change are all alike, and people arrive in any of them; so whoever is at a step at some moment of an
//! ordinary week may be so just before a change, as long as journeys are shorter than the time between two changes. What
//! is possible near a change then follows from what is possible in ordinary weeks by one more move: time passes beyond
//! the change. After it weeks are ordinary again, with the local time shifted.

use super::clock::{Clock, DAY, WEEK};
use super::plan::MONDAY;
use super::reach::ARRIVAL_DAYS;

/// So many leaps lead from one change to the next.
const LEAPS: i64 = 16;
/// More kinds than any zone has.
const MOST_KINDS: usize = 16;

/// The changes of the clocks that a funnel can meet.
#[derive(Debug, Clone)]
pub struct Changes {
    /// Their kinds.
    pub kinds: Vec<Change>,
    /// Whatever is possible within this much time, before a change or without one, is possible for somebody who arrives
    /// in time: there are weeks enough on either side.
    pub sure: i64,
    /// Ages that differ by less than this are not told apart.
    pub alike_age: i64,
    /// Whoever passed a change so long ago may meet the next one in a single move.
    pub renewed: i64,
    /// Where the time since a change grows on the way round a cycle, it grows by so much, so that it does not grow often.
    pub leap: i64,
}

/// Changes that come at the same moment of the week and move the clock alike.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Change {
    /// When in the period it comes, in local seconds on the clock before it; the period begins at [`MONDAY`].
    pub at: i64,
    /// By how much it moves the clock.
    pub shift: i64,
    /// So long after it, the wall clock shows a time that comes twice or may have skipped something.
    pub near: i64,
    /// When it comes: instants in order.
    pub instants: Vec<i64>,
}

impl Changes {
    /// No change at all.
    pub fn none() -> Self {
        Self { kinds: Vec::new(), sure: i64::MAX, alike_age: i64::MAX, renewed: i64::MAX, leap: i64::MAX }
    }

    /// The changes in a span of instants, of which people arrive at the first [`ARRIVAL_DAYS`]; weeks, or days, are alike
    /// with this period. `None` where a single move, at most so long, may meet two of them.
    pub fn of(clock: &Clock, instants: std::ops::Range<i64>, period: i64, longest_move: i64) -> Option<Self> {
        let (start, last_arrival) = (instants.start, instants.start + ARRIVAL_DAYS * DAY - 1);
        let seasons = clock.seasons(start - 2 * ARRIVAL_DAYS * DAY..instants.end);
        let whole = seasons.get(1..seasons.len() - 1).unwrap_or_default();
        let apart = whole.iter().map(|season| season.end - season.start).min().unwrap_or(i64::MAX);
        let longest_move = longest_move.saturating_add(2 * period);
        if longest_move >= apart {
            return None;
        }
        // Told in whole weeks, so that few changes of a wait change it.
        let longest_move = longest_move.saturating_add(WEEK - 1) / WEEK * WEEK;
        let mut kinds: Vec<Change> = Vec::new();
        // For each kind the spans of time that somebody may have been under way when it comes.
        let mut under_way: Vec<Vec<(i64, i64)>> = Vec::new();
        let mut without = -1;
        for pair in seasons.windows(2) {
            let (season, next) = (pair[0], pair[1]);
            if next.start <= start {
                continue;
            }
            let begins = season.start.max(start);
            if begins + period <= last_arrival {
                without = without.max(next.start - begins - period - DAY);
            }
            let (at, shift) =
                (MONDAY + (next.start + season.offset - MONDAY).rem_euclid(period), next.offset - season.offset);
            let kind = kinds.iter().position(|kind| (kind.at, kind.shift) == (at, shift)).unwrap_or_else(|| {
                kinds.push(Change { at, shift, near: shift.abs(), instants: Vec::new() });
                under_way.push(Vec::new());
                kinds.len() - 1
            });
            kinds[kind].instants.push(next.start);
            let span =
                ((next.start - last_arrival).max(0), next.start - begins - if season.start > start { DAY } else { 0 });
            under_way[kind].push(span);
        }
        if kinds.len() > MOST_KINDS {
            return None;
        }
        let covered = under_way.iter_mut().map(|spans| {
            spans.sort_unstable();
            spans.iter().fold(-1, |covered, (from, to)| if *from <= covered + 1 { covered.max(*to) } else { covered })
        });
        let sure = covered.chain([without]).min().unwrap_or(-1);
        Some(Self { kinds, sure, alike_age: sure.max(8) / 8, renewed: apart - longest_move, leap: (apart / LEAPS).max(1) })
    }
}

impl Change {
    /// A span of `now` in one period, in parts by which of these changes comes next: each part with that change's place.
    pub fn before(&self, first: i64, last: i64, period: i64) -> impl Iterator<Item = (i64, i64, i64)> + use<> {
        let (this, next) = (self.at, self.at + period);
        [(first, last.min(this - 1), this), (first.max(this), last, next)].into_iter().filter(|part| part.0 <= part.1)
    }
}
