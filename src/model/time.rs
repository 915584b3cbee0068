//! Durations, local times and times of day, as a person writes them in a funnel file.

use std::fmt;
use std::ops::{Add, Sub};
use std::str::FromStr;

use chrono::{Datelike, NaiveDateTime, NaiveTime, Timelike, Weekday};
use serde::de::Error as _;
use serde::{Deserialize, Deserializer, Serialize, Serializer};

const MINUTE: i64 = 60;
const HOUR: i64 = 60 * MINUTE;
const DAY: i64 = 24 * HOUR;
const WEEK: i64 = 7 * DAY;

/// Why a text is not a duration or a time; its display says what would be right.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{0}")]
pub struct ParseTimeError(String);

/// A length of time in whole seconds, never negative when read from a file.
///
/// Written with units: `"45s"`, `"12m"`, `"20h"`, `"3d"`, `"1w"`, `"1d 6h"`. Printed in one unit where that reads
/// well (`90m`, `30h`), else in several (`23h 59m 59s`).
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
pub struct Seconds(pub i64);

impl Seconds {
    /// No time at all.
    pub const ZERO: Self = Self(0);
    /// The longest length that a file may hold: a hundred years. It keeps sums of thousands of waits far from overflow.
    pub const MAX: Self = Self(100 * 366 * DAY);

    /// This many whole minutes.
    pub const fn minutes(n: i64) -> Self {
        Self(n * MINUTE)
    }

    /// This many whole hours.
    pub const fn hours(n: i64) -> Self {
        Self(n * HOUR)
    }

    /// This many days of 24 hours.
    pub const fn days(n: i64) -> Self {
        Self(n * DAY)
    }

    /// For sentences: every unit that is not zero, spaced as on screen (`30 h 12 m`, `23 h 59 m 59 s`). Days are told from
    /// three on (`3 d 4 h`): below that hours are easier to hold against the window.
    pub fn spoken(self) -> String {
        let (sign, total) = if self.0 < 0 { ("-", -self.0) } else { ("", self.0) };
        let (d, h, m, s) = (total / DAY, total % DAY / HOUR, total % HOUR / MINUTE, total % MINUTE);
        let parts: Vec<(i64, &str)> = if total >= 3 * DAY {
            vec![(d, "d"), (h, "h"), (m, "m"), (s, "s")]
        } else {
            vec![(total / HOUR, "h"), (m, "m"), (s, "s")]
        };
        let words: Vec<String> = parts.iter().filter(|(n, _)| *n > 0).map(|(n, u)| format!("{n} {u}")).collect();
        if words.is_empty() { "0 s".to_owned() } else { format!("{sign}{}", words.join(" ")) }
    }
}

impl Add for Seconds {
    type Output = Self;
    fn add(self, other: Self) -> Self {
        Self(self.0 + other.0)
    }
}

impl Sub for Seconds {
    type Output = Self;
    fn sub(self, other: Self) -> Self {
        Self(self.0 - other.0)
    }
}

impl fmt::Display for Seconds {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let total = self.0;
        for (unit, name) in [(DAY, "d"), (HOUR, "h"), (MINUTE, "m"), (1, "s")] {
            if total != 0 && total % unit == 0 && (total / unit < 100 || unit == DAY) {
                return write!(f, "{}{name}", total / unit);
            }
        }
        if total == 0 {
            return f.write_str("0s");
        }
        let mut rest = total;
        let mut first = true;
        for (unit, name) in [(DAY, "d"), (HOUR, "h"), (MINUTE, "m"), (1, "s")] {
            let n = rest / unit;
            rest %= unit;
            if n != 0 {
                write!(f, "{}{n}{name}", if first { "" } else { " " })?;
                first = false;
            }
        }
        Ok(())
    }
}

impl FromStr for Seconds {
    type Err = ParseTimeError;

    fn from_str(text: &str) -> Result<Self, ParseTimeError> {
        let wrong = || {
            ParseTimeError(format!(
                "`{text}` is not a duration; write whole units like \"45s\", \"12m\", \"20h\", \"3d\", \"1w\" or \"1d 6h\""
            ))
        };
        let mut total: i64 = 0;
        let mut rest = text.trim();
        if rest.is_empty() {
            return Err(wrong());
        }
        while !rest.is_empty() {
            let digits = rest.find(|c: char| !c.is_ascii_digit()).ok_or_else(wrong)?;
            let n: i64 = rest[..digits].parse().map_err(|_| wrong())?;
            rest = rest[digits..].trim_start();
            let unit = match rest.chars().next() {
                Some('s') => 1,
                Some('m') => MINUTE,
                Some('h') => HOUR,
                Some('d') => DAY,
                Some('w') => WEEK,
                _ => return Err(wrong()),
            };
            rest = rest[1..].trim_start();
            total = n.checked_mul(unit).and_then(|n| total.checked_add(n)).unwrap_or(i64::MAX);
            if total > Self::MAX.0 {
                return Err(ParseTimeError(format!("`{text}` is too long; at most 100 years")));
            }
        }
        Ok(Self(total))
    }
}

/// A local date and time without an offset, in the audience's time zone, to the second.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct LocalTime(pub NaiveDateTime);

impl LocalTime {
    /// For sentences: to the minute, spaced as on screen (`2026-12-01 09:00`).
    pub fn spoken(self) -> String {
        self.0.format("%Y-%m-%d %H:%M").to_string()
    }

    /// Whether a file can hold it: a whole second of a year that calendars are sure of.
    pub fn is_writable(self) -> bool {
        (1970..=2400).contains(&self.0.year()) && self.0.nanosecond() == 0
    }
}

impl fmt::Display for LocalTime {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}", self.0.format("%Y-%m-%dT%H:%M:%S"))
    }
}

impl FromStr for LocalTime {
    type Err = ParseTimeError;

    fn from_str(text: &str) -> Result<Self, ParseTimeError> {
        ["%Y-%m-%dT%H:%M:%S", "%Y-%m-%dT%H:%M", "%Y-%m-%d %H:%M:%S", "%Y-%m-%d %H:%M"]
            .iter()
            .find_map(|form| NaiveDateTime::parse_from_str(text.trim(), form).ok())
            .map(Self)
            .filter(|time| time.is_writable())
            .ok_or_else(|| {
                ParseTimeError(format!(
                    "`{text}` is not a local time; write it like \"2026-12-01T09:00:00\", without an offset"
                ))
            })
    }
}

/// A time of day on the audience's wall clock, in seconds since midnight, 0 to 86,400 (`"24:00"`, the end of the day).
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct TimeOfDay(u32);

impl TimeOfDay {
    /// The moment this many seconds after midnight, or `None` past the end of the day.
    pub fn from_seconds(seconds: u32) -> Option<Self> {
        (i64::from(seconds) <= DAY).then_some(Self(seconds))
    }

    /// Seconds since midnight, 0 to 86,400.
    pub fn seconds(self) -> u32 {
        self.0
    }
}

impl fmt::Display for TimeOfDay {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (h, m, s) = (self.0 / 3600, self.0 / 60 % 60, self.0 % 60);
        if s == 0 { write!(f, "{h:02}:{m:02}") } else { write!(f, "{h:02}:{m:02}:{s:02}") }
    }
}

impl FromStr for TimeOfDay {
    type Err = ParseTimeError;

    fn from_str(text: &str) -> Result<Self, ParseTimeError> {
        let text = text.trim();
        if matches!(text, "24:00" | "24:00:00") {
            return Ok(Self(DAY as u32));
        }
        ["%H:%M:%S", "%H:%M"]
            .iter()
            .find_map(|form| NaiveTime::parse_from_str(text, form).ok())
            .map(|time| Self(time.num_seconds_from_midnight()))
            .ok_or_else(|| {
                ParseTimeError(format!("`{text}` is not a time of day; write it like \"09:00\" (00:00 to 24:00)"))
            })
    }
}

/// A day of the week.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[allow(missing_docs)]
pub enum Day {
    Mon,
    Tue,
    Wed,
    Thu,
    Fri,
    Sat,
    Sun,
}

impl Day {
    /// Monday to Sunday.
    pub const ALL: [Self; 7] = [Self::Mon, Self::Tue, Self::Wed, Self::Thu, Self::Fri, Self::Sat, Self::Sun];
}

impl From<Weekday> for Day {
    fn from(day: Weekday) -> Self {
        Self::ALL[day.num_days_from_monday() as usize]
    }
}

macro_rules! written_as_text {
    ($($type:ty),*) => {$(
        impl Serialize for $type {
            fn serialize<S: Serializer>(&self, to: S) -> Result<S::Ok, S::Error> {
                to.collect_str(self)
            }
        }

        impl<'de> Deserialize<'de> for $type {
            fn deserialize<D: Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
                String::deserialize(from)?.parse().map_err(D::Error::custom)
            }
        }
    )*};
}
written_as_text!(Seconds, LocalTime, TimeOfDay);

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn durations_read_as_people_write_them() {
        for (text, seconds) in [
            ("45s", 45),
            ("12m", 720),
            ("20h", 72_000),
            ("3d", 259_200),
            ("1w", 604_800),
            ("1d 6h", 108_000),
            ("1d6h", 108_000),
        ] {
            assert_eq!(text.parse(), Ok(Seconds(seconds)), "{text}");
        }
        for text in ["", "12", "-3d", "1.5h", "h", "3 days", "9999999999999999999d", "101w 100000d"] {
            assert!(text.parse::<Seconds>().is_err(), "{text:?} is not a duration");
        }
    }

    #[test]
    fn durations_print_shortly_and_read_back() {
        for (seconds, text) in [
            (0, "0s"),
            (90, "90s"),
            (5_400, "90m"),
            (108_000, "30h"),
            (86_400, "1d"),
            (86_399, "23h 59m 59s"),
            (7 * DAY, "7d"),
        ] {
            assert_eq!(Seconds(seconds).to_string(), text);
        }
        for seconds in (0..2_000_000).step_by(997) {
            assert_eq!(Seconds(seconds).to_string().parse(), Ok(Seconds(seconds)));
        }
        assert_eq!(Seconds(108_720).spoken(), "30 h 12 m");
    }

    #[test]
    fn times_refuse_what_no_clock_shows() {
        assert!("2026-02-30T09:00:00".parse::<LocalTime>().is_err());
        assert!("2026-12-01T09:00:00Z".parse::<LocalTime>().is_err());
        assert_eq!("24:00".parse::<TimeOfDay>().unwrap().to_string(), "24:00");
        assert!("24:01".parse::<TimeOfDay>().is_err());
    }
}
