//! The audience's wall clock: instants to local time and back, and where the clocks change.
//!
//! Instants are seconds since 1970-01-01T00:00:00Z. Local seconds count the same way on the wall clock, as if it were
//! UTC, so that a day is always 86,400 of them and day 0 is Thursday, 1970-01-01.

use std::ops::Range;

use chrono::{DateTime, NaiveDateTime, Offset, TimeZone};
use chrono_tz::Tz;

use crate::model::LocalTime;

/// The length of a day on the wall clock, in seconds.
pub const DAY: i64 = 86_400;
/// The length of a week on the wall clock, in seconds.
pub const WEEK: i64 = 7 * DAY;

/// The wall clock of a time zone.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Clock {
    zone: Tz,
}

/// A span of instants with one offset from UTC.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Season {
    /// Its first instant.
    pub start: i64,
    /// The first instant after it.
    pub end: i64,
    /// Local minus UTC, in seconds.
    pub offset: i64,
}

impl Clock {
    /// The clock of an IANA zone, or `None` where the name is not known.
    pub fn of(zone: &str) -> Option<Self> {
        zone.parse().ok().map(|zone| Self { zone })
    }

    /// A clock that never changes and shows UTC.
    pub const fn utc() -> Self {
        Self { zone: Tz::UTC }
    }

    /// Local minus UTC at an instant, in seconds.
    pub fn offset(&self, instant: i64) -> i64 {
        let utc = DateTime::from_timestamp(instant, 0).unwrap_or_default().naive_utc();
        i64::from(self.zone.offset_from_utc_datetime(&utc).fix().local_minus_utc())
    }

    /// What the wall clock shows at an instant, in local seconds.
    pub fn local(&self, instant: i64) -> i64 {
        instant + self.offset(instant)
    }

    /// The instant at which the wall clock shows this: the first of two, and the first after it where it is skipped
    /// (`format.md`, "Local times").
    pub fn instant(&self, local: i64) -> i64 {
        // Within two days there is at most one change, so one of the offsets around is the one in force.
        let (before, after) = (self.offset(local - DAY), self.offset(local + DAY));
        for offset in [before.max(after), before.min(after)] {
            if self.local(local - offset) == local {
                return local - offset;
            }
        }
        let (mut shows_less, mut shows_more) = (local - DAY, local + DAY);
        while shows_more - shows_less > 1 {
            let middle = shows_less + (shows_more - shows_less) / 2;
            if self.local(middle) < local { shows_less = middle } else { shows_more = middle }
        }
        shows_more
    }

    /// The instant of a local time.
    pub fn instant_of(&self, time: LocalTime) -> i64 {
        self.instant(time.0.and_utc().timestamp())
    }

    /// The local time of an instant.
    pub fn local_time(&self, instant: i64) -> LocalTime {
        LocalTime(DateTime::from_timestamp(self.local(instant), 0).map_or_else(NaiveDateTime::default, |t| t.naive_utc()))
    }

    /// The spans of one offset that make up a range of instants, in order.
    pub fn seasons(&self, range: Range<i64>) -> Vec<Season> {
        let mut seasons = Vec::new();
        let (mut start, mut offset) = (range.start, self.offset(range.start));
        let mut at = range.start;
        while at < range.end {
            let next = (at + DAY).min(range.end);
            if self.offset(next) != offset {
                let (mut same, mut changed) = (at, next);
                while changed - same > 1 {
                    let middle = same + (changed - same) / 2;
                    if self.offset(middle) == offset { same = middle } else { changed = middle }
                }
                if changed < range.end {
                    seasons.push(Season { start, end: changed, offset });
                    (start, offset) = (changed, self.offset(changed));
                }
                at = changed;
            } else {
                at = next;
            }
        }
        seasons.push(Season { start, end: range.end, offset });
        seasons
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(zone: &str, local: &str) -> i64 {
        Clock::of(zone).unwrap().instant_of(local.parse().unwrap())
    }

    #[test]
    fn a_skipped_time_moves_forward_and_a_doubled_one_is_the_first() {
        // Berlin 2027: 28 March 02:00 to 03:00 is skipped, 31 October 02:00 to 03:00 comes twice.
        assert_eq!(at("Europe/Berlin", "2027-03-28T02:30:00"), at("Europe/Berlin", "2027-03-28T03:00:00"));
        assert_eq!(at("Europe/Berlin", "2027-10-31T02:30:00") + 5400, at("Europe/Berlin", "2027-10-31T03:00:00"));
        assert_eq!(at("America/Sao_Paulo", "2026-12-01T09:00:00"), at("UTC", "2026-12-01T12:00:00"));
    }

    #[test]
    fn seasons_tile_the_range_and_agree_with_the_zone() {
        for zone in ["Europe/Berlin", "America/Sao_Paulo", "Australia/Lord_Howe", "Africa/Casablanca", "America/Santiago"] {
            let clock = Clock::of(zone).unwrap();
            let start = at("UTC", "2026-10-01T00:00:00");
            let seasons = clock.seasons(start..start + 800 * DAY);
            assert_eq!((seasons[0].start, seasons[seasons.len() - 1].end), (start, start + 800 * DAY));
            for pair in seasons.windows(2) {
                assert_eq!(pair[0].end, pair[1].start);
                assert_ne!(pair[0].offset, pair[1].offset);
            }
            for season in seasons {
                for instant in [season.start, season.end - 1] {
                    assert_eq!(clock.offset(instant), season.offset, "{zone}");
                }
            }
        }
    }
}
