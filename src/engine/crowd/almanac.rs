//! A wait that looks at the calendar, with its answers looked up beforehand.

use crate::engine::calendar::Place;
use crate::model::Wait;

/// Seconds of a page, as a power of 2: about four and a half hours.
const PAGE_BITS: u32 = 14;
/// All almanacs of a funnel together hold at most about so many pieces and pages.
const MOST_ENTRIES: i64 = 2_000_000;
/// A day has about so many of them.
const ENTRIES_A_DAY: i64 = 8;

/// A wait and, for a span of instants, when each goes on from it.
#[derive(Debug)]
pub struct Almanac {
    wait: Wait,
    place: Place,
    start: i64,
    /// The first instant that has no page.
    end: i64,
    /// The last instant of each piece.
    lasts: Vec<i64>,
    /// When the instants of a piece go on; `i64::MIN` for at once.
    untils: Vec<i64>,
    /// The first piece that concerns a page.
    pages: Vec<u32>,
    /// The same for who comes at seconds since the start, where no page has more than two pieces; else nothing.
    leaves: Vec<Leaf>,
}

/// A page of at most two pieces, in seconds since the start.
#[derive(Debug, Clone, Copy)]
struct Leaf {
    /// The last instant of the first piece.
    last: i32,
    /// When the instants of each piece go on at the earliest.
    untils: [i32; 2],
}

impl Almanac {
    /// A wait without pages yet; they begin at `start`.
    pub fn new(wait: Wait, place: Place, start: i64) -> Self {
        Self { wait, place, start, end: start, lasts: Vec::new(), untils: Vec::new(), pages: Vec::new(), leaves: Vec::new() }
    }

    /// Works out the pages up to about `end`, of one among `count` almanacs.
    pub fn open(&mut self, end: i64, count: usize) {
        let most =
            MOST_ENTRIES / ENTRIES_A_DAY / i64::try_from(count).unwrap_or(i64::MAX).max(1) * crate::engine::clock::DAY;
        let end = end.min(self.start + most);
        if end <= self.start {
            return;
        }
        let Some(pieces) = self.place.pieces(&self.wait, self.start..end) else { return };
        (self.lasts, self.untils) = pieces.iter().map(|piece| (piece.last, piece.until.unwrap_or(i64::MIN))).unzip();
        let pages = (end - 1 - self.start) >> PAGE_BITS;
        let first = |page: i64| self.lasts.partition_point(|last| *last < self.start + (page << PAGE_BITS)) as u32;
        self.pages = (0..=pages).map(first).collect();
        // Where the pieces end early nothing beyond them is known.
        self.end = self.lasts.last().map_or(self.start, |last| last + 1).min(end);
        self.leaves = (0..=pages).map_while(|page| self.leaf(page)).collect();
        if self.leaves.len() < self.pages.len() {
            self.leaves.clear();
        }
    }

    fn leaf(&self, page: i64) -> Option<Leaf> {
        let piece = *self.pages.get(usize::try_from(page).ok()?)? as usize;
        // The last page may reach beyond the last piece, where nobody asks it.
        let next = (piece + 1).min(self.lasts.len().checked_sub(1)?);
        let end = (self.start + ((page + 1) << PAGE_BITS)).min(self.end) - 1;
        let since = |at: i64| i32::try_from(at.max(self.start - 1) - self.start).ok();
        let of = |piece: usize| self.untils.get(piece).copied();
        (*self.lasts.get(next)? >= end).then_some(())?;
        Some(Leaf { last: since(*self.lasts.get(piece)?)?, untils: [since(of(piece)?)?, since(of(next)?)?] })
    }

    /// When each goes on who comes at these seconds since the start, of which none is negative.
    #[inline(always)]
    pub fn passes_many(&self, comes: &mut [i32]) {
        let latest = comes.iter().copied().max().unwrap_or(0);
        if self.leaves.is_empty() || i64::from(latest) >= self.end - self.start {
            comes.iter_mut().for_each(|now| *now = (self.passes(self.start + i64::from(*now)) - self.start) as i32);
            return;
        }
        for now in comes {
            let Some(leaf) = self.leaves.get((*now >> PAGE_BITS) as usize) else { continue };
            *now = leaf.untils[usize::from(*now > leaf.last)].max(*now);
        }
    }

    /// When an instant goes on.
    #[inline]
    pub fn passes(&self, now: i64) -> i64 {
        if now < self.start || now >= self.end {
            return self.beyond(now);
        }
        let mut piece = self.pages[((now - self.start) >> PAGE_BITS) as usize] as usize;
        while self.lasts[piece] < now {
            piece += 1;
        }
        self.untils[piece].max(now)
    }

    #[cold]
    fn beyond(&self, now: i64) -> i64 {
        self.place.passes(&self.wait, now)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::engine::clock::{Clock, DAY};

    #[test]
    fn pages_say_what_the_calendar_says() {
        let clock = Clock::of("Europe/Berlin").unwrap();
        let place = Place::Zone(clock);
        let start = clock.instant_of("2027-03-20T12:34:56".parse().unwrap());
        for wait in [
            r#"Until(time: "10:00")"#,
            r#"Until(time: "02:30", days: [Sun, Wed])"#,
            r#"SendHours(from: "09:00", to: "20:00")"#,
            r#"SendHours(from: "22:00", to: "06:00", days: [Sat])"#,
            r#"SendHours(from: "11:00", to: "11:20")"#,
            r#"Date("2027-03-28T02:30:00")"#,
        ] {
            let wait: Wait = ron::Options::default().from_str(wait).unwrap();
            let mut almanac = Almanac::new(wait.clone(), place, start);
            almanac.open(start + 20 * DAY, 1);
            for near in [0, 3600, 36_000, 8 * DAY, 20 * DAY, 300 * DAY] {
                for now in (start + near - 7000..start + near + 90_000).step_by(997) {
                    assert_eq!(almanac.passes(now), place.passes(&wait, now), "{wait:?} at {now}");
                    if now >= start {
                        let mut many = [(now - start) as i32; 3];
                        almanac.passes_many(&mut many);
                        assert_eq!(many, [(place.passes(&wait, now) - start) as i32; 3], "{wait:?} at {now}");
                    }
                }
            }
        }
    }
}
