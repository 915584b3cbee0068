//! The audience's wall clock along one story. Knows the time zone, nothing of the funnel.

use chrono::{DateTime, Days, NaiveDateTime, NaiveTime, TimeDelta, TimeZone, Timelike, Utc};
use chrono_tz::Tz;

use crate::model::{LocalTime, Seconds};

/// Local times of one story.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Clock {
    zone: Tz,
    arrives_unix: i64,
}

impl Clock {
    /// The clock of a story that begins at this moment. A zone that is not known is shown as UTC.
    pub fn of(timezone: &str, arrives_unix: i64) -> Self {
        Self { zone: timezone.parse().unwrap_or(Tz::UTC), arrives_unix }
    }

    /// The wall clock at a moment since entry.
    pub fn local(&self, at: Seconds) -> NaiveDateTime {
        let moment = DateTime::<Utc>::from_timestamp(self.arrives_unix.saturating_add(at.0), 0).unwrap_or_default();
        moment.with_timezone(&self.zone).naive_local()
    }

    /// Hours and minutes, such as `10:18`.
    pub fn time(&self, at: Seconds) -> String {
        self.local(at).format("%H:%M").to_string()
    }

    /// Hours, minutes and seconds.
    pub fn time_with_seconds(&self, at: Seconds) -> String {
        self.local(at).format("%H:%M:%S").to_string()
    }

    /// The day, such as `Tue 1 Dec`.
    pub fn day(&self, at: Seconds) -> String {
        self.local(at).format("%a %-d %b").to_string()
    }

    /// Every moment, since entry, in `from..to` at which the wall clock shows this full hour.
    pub fn daily(&self, hour: u32, from: i64, to: i64) -> Vec<Seconds> {
        let time = NaiveTime::from_hms_opt(hour, 0, 0).unwrap_or_default();
        let mut day = self.local(Seconds(from)).date();
        let mut moments = Vec::new();
        // A bound on the days keeps a century in view from taking a second.
        for _ in 0..400 {
            let at = self.since_entry(LocalTime(day.and_time(time)));
            if at.0 >= to {
                break;
            }
            if at.0 >= from {
                moments.push(at);
            }
            let Some(next) = day.checked_add_days(Days::new(1)) else { break };
            day = next;
        }
        moments
    }

    /// When, since entry, the wall clock shows this: the first time if twice, the next that exists if never.
    pub fn since_entry(&self, local: LocalTime) -> Seconds {
        Seconds(self.unix(local) - self.arrives_unix)
    }

    /// The same in seconds since 1970-01-01T00:00:00Z.
    pub fn unix(&self, local: LocalTime) -> i64 {
        let mut wall = local.0;
        // No clock change skips more than a day, and each ends at a full minute.
        for _ in 0..=1440 {
            if let Some(moment) = self.zone.from_local_datetime(&wall).earliest() {
                return moment.timestamp();
            }
            wall += TimeDelta::seconds(60 - i64::from(wall.second()));
        }
        local.0.and_utc().timestamp()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_skipped_hour_moves_on_and_a_double_one_is_the_first() {
        let clock = Clock::of("Europe/Berlin", 0);
        let unix = |text: &str| clock.unix(text.parse().unwrap());
        assert_eq!(unix("2026-03-29T02:20:10"), unix("2026-03-29T03:00:00"), "moved forward to the first that exists");
        assert_eq!(unix("2026-10-25T03:30:00") - unix("2026-10-25T02:30:00"), 7200, "the first of two");
    }

    #[test]
    fn it_shows_the_audiences_time() {
        let clock = Clock::of("America/Sao_Paulo", 1_796_130_900);
        assert_eq!(clock.time(Seconds::ZERO), "10:15");
        assert_eq!(clock.day(Seconds::days(2)), "Thu 3 Dec");
    }
}
