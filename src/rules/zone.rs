//! Local times of the audience moved by real time, across clock changes.

use chrono::{DateTime, LocalResult, NaiveDateTime, TimeDelta, TimeZone};
use chrono_tz::Tz;

use crate::model::{Funnel, LocalTime, Seconds};

/// This local time moved by so many seconds of real time, forward or back.
pub(super) fn moved(funnel: &Funnel, from: LocalTime, by: Seconds) -> LocalTime {
    // A funnel whose zone is unknown is refused on reading; one that is being typed is judged as if it had no changes.
    let zone: Tz = funnel.audience.timezone.parse().unwrap_or(Tz::UTC);
    let there = instant(zone, from.0) + TimeDelta::seconds(by.0);
    LocalTime(there.naive_local())
}

/// The moment that a local time means: the first of two where the clock shows it twice, the first after it where the
/// clock skips it.
fn instant(zone: Tz, local: NaiveDateTime) -> DateTime<Tz> {
    let mut shown = local;
    loop {
        match zone.from_local_datetime(&shown) {
            LocalResult::Single(one) | LocalResult::Ambiguous(one, _) => return one,
            // Clocks skip a day at most, and whole minutes, so this ends soon.
            LocalResult::None => shown = shown + TimeDelta::minutes(1) - TimeDelta::seconds(shown.and_utc().timestamp() % 60),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::Audience;

    fn at(zone: &str, from: &str, by: Seconds) -> String {
        let audience = Audience { timezone: zone.to_owned(), ..Audience::default() };
        let funnel = Funnel { audience, ..Funnel::default() };
        moved(&funnel, from.parse().unwrap(), by).to_string()
    }

    #[test]
    fn real_time_passes_across_clock_changes() {
        assert_eq!(at("America/Sao_Paulo", "2026-12-01T09:00:00", Seconds(-259_200)), "2026-11-28T09:00:00");
        assert_eq!(at("Europe/Berlin", "2026-10-26T09:00:00", Seconds(-86_400)), "2026-10-25T09:00:00");
        assert_eq!(at("Europe/Berlin", "2026-10-25T09:00:00", Seconds(-86_400)), "2026-10-24T10:00:00");
        assert_eq!(at("Europe/Berlin", "2026-03-29T02:30:30", Seconds(0)), "2026-03-29T03:00:00", "a skipped time");
    }
}
