//! Waits that look at the calendar, as step functions on instants.
//!
//! Until a time of day, send hours and dates all do the same: an instant either passes at once or waits for a later
//! one, and all instants between two firings wait for the same. So a wait is a list of [`Piece`]s, and clock changes
//! exist only here.

use std::ops::Range;

use crate::model::{Arrivals, Day, TimeOfDay, Wait};

use super::clock::{Clock, DAY, Season, WEEK};

/// A span of instants that a wait treats alike.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Piece {
    /// Its first instant.
    pub first: i64,
    /// Its last instant.
    pub last: i64,
    /// When instants of it go on: at once, or all at this instant.
    pub until: Option<i64>,
}

/// Where a wait is asked: in a real time zone, or in an ordinary week that repeats without clock changes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Place {
    /// Instants are seconds since 1970.
    Zone(Clock),
    /// Instants are local seconds since 1970 without any clock change, and dates have gone by.
    OrdinaryWeeks,
}

impl Place {
    fn seasons(self, range: Range<i64>) -> Vec<Season> {
        match self {
            Self::Zone(clock) => clock.seasons(range),
            Self::OrdinaryWeeks => vec![Season { start: range.start, end: range.end, offset: 0 }],
        }
    }

    fn instant(self, local: i64) -> i64 {
        match self {
            Self::Zone(clock) => clock.instant(local),
            Self::OrdinaryWeeks => local,
        }
    }

    /// The pieces of a wait that cover a range of instants, in order. `None` where the wait is a length of time.
    pub fn pieces(self, wait: &Wait, range: Range<i64>) -> Option<Vec<Piece>> {
        // A firing may lie up to a week after the range; a change of clocks can push it by some hours more.
        let ahead = range.start - DAY..range.end + WEEK + 2 * DAY;
        match wait {
            Wait::For(_) => None,
            Wait::Date(date) => {
                let date = match self {
                    Self::Zone(clock) => clock.instant_of(*date),
                    Self::OrdinaryWeeks => i64::MIN,
                };
                let waits = Piece { first: range.start, last: date.saturating_sub(1).min(range.end - 1), until: Some(date) };
                let passes = Piece { first: date.max(range.start), last: range.end - 1, until: None };
                Some([waits, passes].into_iter().filter(|piece| piece.first <= piece.last).collect())
            }
            Wait::Until { time, days } => {
                let on = |day: Day| days.is_empty() || days.contains(&day);
                let mut firings: Vec<i64> = local_days(&self.seasons(ahead.clone()))
                    .filter(|day| on(weekday(*day)))
                    .map(|day| self.instant(day * DAY + i64::from(time.seconds())))
                    .collect();
                firings.sort_unstable();
                firings.dedup();
                let mut first = range.start;
                let mut pieces = Vec::new();
                for firing in firings.into_iter().filter(|firing| *firing >= range.start) {
                    if first >= range.end {
                        break;
                    }
                    pieces.push(Piece { first, last: firing.min(range.end - 1), until: Some(firing) });
                    first = firing + 1;
                }
                Some(pieces)
            }
            Wait::SendHours { from, to, days } => {
                let on = |day: Day| days.is_empty() || days.contains(&day);
                let mut first = range.start;
                let mut pieces = Vec::new();
                for open in self.hours(*from, *to, on, ahead) {
                    if open.end <= first {
                        continue;
                    }
                    if first >= range.end {
                        break;
                    }
                    if open.start > first {
                        pieces.push(Piece { first, last: (open.start - 1).min(range.end - 1), until: Some(open.start) });
                    }
                    let start = open.start.max(first);
                    if start < range.end {
                        pieces.push(Piece { first: start, last: (open.end - 1).min(range.end - 1), until: None });
                    }
                    first = open.end;
                }
                Some(pieces)
            }
        }
    }

    /// When an instant goes on from a wait.
    pub fn passes(self, wait: &Wait, now: i64) -> i64 {
        match wait {
            Wait::For(length) => now + length.0,
            _ => {
                let pieces = self.pieces(wait, now..now + 1).unwrap_or_default();
                pieces.first().and_then(|piece| piece.until).unwrap_or(now)
            }
        }
    }

    /// The spans of instants in a range at which people may arrive.
    pub fn arrivals(self, arrivals: Arrivals, range: Range<i64>) -> Vec<Range<i64>> {
        match arrivals {
            Arrivals::AnyTime => vec![range],
            Arrivals::Between(from, to) => self
                .hours(from, to, |_| true, range.clone())
                .into_iter()
                .map(|open| open.start.max(range.start)..open.end.min(range.end))
                .filter(|open| !open.is_empty())
                .collect(),
        }
    }

    /// The spans of instants, in order and apart, at which the wall clock is inside the hours; the hours of a day count
    /// where `on` accepts the day on which they open.
    fn hours(self, from: TimeOfDay, to: TimeOfDay, on: impl Fn(Day) -> bool, range: Range<i64>) -> Vec<Range<i64>> {
        // An opening at 24:00 is one at 00:00, so that the hours of a day are never none.
        let (from, to) = (i64::from(from.seconds()) % DAY, i64::from(to.seconds()));
        let to = if to <= from { to + DAY } else { to };
        let mut spans: Vec<Range<i64>> = Vec::new();
        for season in self.seasons(range) {
            for day in local_days(&[season]).filter(|day| on(weekday(*day))) {
                let start = (day * DAY + from - season.offset).max(season.start);
                let end = (day * DAY + to - season.offset).min(season.end);
                match spans.last_mut() {
                    _ if start >= end => {}
                    Some(last) if start <= last.end => last.end = last.end.max(end),
                    _ => spans.push(start..end),
                }
            }
        }
        spans
    }
}

/// The local days on which something may open or fire that concerns the seasons, one day of slack on either side.
fn local_days(seasons: &[Season]) -> impl Iterator<Item = i64> + use<> {
    let first = seasons.first().map_or(0, |season| (season.start + season.offset).div_euclid(DAY) - 1);
    let last = seasons.last().map_or(-1, |season| (season.end + season.offset).div_euclid(DAY) + 1);
    first..=last
}

fn weekday(local_day: i64) -> Day {
    Day::ALL[(local_day + 3).rem_euclid(7) as usize]
}

#[cfg(test)]
mod tests {
    use super::*;
    use indexmap::IndexSet;

    fn wait(text: &str) -> Wait {
        ron::Options::default().from_str(text).unwrap()
    }

    fn passes(zone: &str, wait: &Wait, local: &str) -> String {
        let clock = Clock::of(zone).unwrap();
        clock.local_time(Place::Zone(clock).passes(wait, clock.instant_of(local.parse().unwrap()))).to_string()
    }

    #[test]
    fn a_time_of_day_fires_at_once_when_it_is_now() {
        let ten = wait(r#"Until(time: "10:00")"#);
        assert_eq!(passes("UTC", &ten, "2026-12-01T10:00:00"), "2026-12-01T10:00:00");
        assert_eq!(passes("UTC", &ten, "2026-12-01T10:00:01"), "2026-12-02T10:00:00");
        let monday = wait(r#"Until(time: "10:00", days: [Mon])"#);
        assert_eq!(passes("UTC", &monday, "2026-12-01T09:00:00"), "2026-12-07T10:00:00");
    }

    #[test]
    fn send_hours_are_half_open_and_may_cross_midnight() {
        let day = wait(r#"SendHours(from: "09:00", to: "20:00")"#);
        assert_eq!(passes("UTC", &day, "2026-12-01T19:59:59"), "2026-12-01T19:59:59");
        assert_eq!(passes("UTC", &day, "2026-12-01T20:00:00"), "2026-12-02T09:00:00");
        let night = wait(r#"SendHours(from: "22:00", to: "06:00", days: [Fri])"#);
        assert_eq!(passes("UTC", &night, "2026-12-05T05:59:59"), "2026-12-05T05:59:59");
        assert_eq!(passes("UTC", &night, "2026-12-05T06:00:00"), "2026-12-11T22:00:00");
    }

    #[test]
    fn the_25_hour_day_is_25_hours_long() {
        let clock = Clock::of("Europe/Berlin").unwrap();
        let ten = wait(r#"Until(time: "10:00")"#);
        let start = clock.instant_of("2027-10-30T10:00:01".parse().unwrap());
        assert_eq!(Place::Zone(clock).passes(&ten, start) - start, 25 * 3600 - 1);
    }

    #[test]
    fn pieces_tile_the_range_move_only_forward_and_fire_once() {
        let waits = [
            wait(r#"Until(time: "02:30")"#),
            wait(r#"Until(time: "24:00", days: [Sun, Wed])"#),
            wait(r#"SendHours(from: "02:15", to: "02:45")"#),
            wait(r#"SendHours(from: "20:00", to: "09:00", days: [Sat])"#),
            wait(r#"SendHours(from: "09:00", to: "09:00")"#),
            wait(r#"SendHours(from: "24:00", to: "00:00")"#),
            wait(r#"Date("2027-03-28T02:30:00")"#),
        ];
        assert_eq!(waits[0], Wait::Until { time: "02:30".parse().unwrap(), days: IndexSet::new() });
        for zone in ["Europe/Berlin", "America/Sao_Paulo", "Australia/Lord_Howe", "America/Santiago"] {
            let clock = Clock::of(zone).unwrap();
            let start = clock.instant_of("2027-03-01T12:34:56".parse().unwrap());
            for wait in &waits {
                for range in [start..start + 400 * DAY, start..start + 1, start + 27 * DAY..start + 28 * DAY] {
                    let pieces = Place::Zone(clock).pieces(wait, range.clone()).unwrap();
                    assert_eq!(pieces.first().map(|piece| piece.first), Some(range.start), "{zone} {wait:?}");
                    assert_eq!(pieces.last().map(|piece| piece.last), Some(range.end - 1), "{zone} {wait:?}");
                    for pair in pieces.windows(2) {
                        assert_eq!(pair[0].last + 1, pair[1].first, "{zone} {wait:?}");
                    }
                    for piece in pieces {
                        if let Some(until) = piece.until {
                            assert!(until >= piece.last, "{zone} {wait:?} {piece:?}");
                            assert_eq!(Place::Zone(clock).passes(wait, until), until, "{zone} {wait:?} {piece:?}");
                        }
                        for instant in [piece.first, piece.last] {
                            assert_eq!(Place::Zone(clock).passes(wait, instant), piece.until.unwrap_or(instant));
                        }
                    }
                }
            }
        }
    }
}
