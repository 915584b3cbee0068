//! The axis of the windows: places for the time since the last message. Pure geometry; knows no painter.
//!
//! Up to the window's length it is linear, since there minutes count. What comes later may be days or years, and shares
//! the rest by its logarithm.

use crate::model::Seconds;

/// The part of the width that the open window has, where something lies beyond it and where nothing does.
const OPEN: (f32, f32) = (0.52, 0.84);
/// The part of what lies beyond the window at which the longest time ends, and where something has no end at all.
const ENDS: (f64, f64) = (0.94, 0.86);
/// Marks stand at least this far apart, in points.
const APART: f32 = 52.0;
/// Marks beyond the window, in days.
const DAYS: [i64; 12] = [2, 3, 4, 7, 14, 30, 60, 90, 180, 365, 1825, 3650];

/// The way from times to places.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Scale {
    window_s: f64,
    most_s: f64,
    width: f32,
    open: f32,
    /// The part of what lies beyond the window that finite times have.
    finite: f64,
}

impl Scale {
    /// The axis of this width on which the longest time still has its place; `endless` where some have no end.
    pub fn new(window: Seconds, longest: Seconds, endless: bool, width: f32) -> Self {
        let window_s = window.0.max(1) as f64;
        let beyond = endless || longest > window;
        let open = width * if beyond { OPEN.0 } else { OPEN.1 };
        let most_s = (longest.0 as f64).max(2.0 * window_s);
        Self { window_s, most_s, width, open, finite: if endless { ENDS.1 } else { ENDS.0 } }
    }

    /// Where a time lies, in points from the left edge; `None` is without end, at the right edge.
    pub fn x(&self, since: Option<Seconds>) -> f32 {
        let Some(since) = since else { return self.width };
        let since_s = since.0.max(0) as f64;
        if since_s <= self.window_s {
            return (since_s / self.window_s) as f32 * self.open;
        }
        let part = (since_s / self.window_s).ln() / (self.most_s / self.window_s).ln() * self.finite;
        self.open + (self.width - self.open) * (part as f32).min(1.0)
    }

    /// Where the window closes.
    pub fn closes(&self) -> f32 {
        self.open
    }

    /// Times to mark, none near another: the beginning, parts of the window, and days beyond it. The closing of the window
    /// itself is marked by its line.
    pub fn marks(&self) -> Vec<(Seconds, f32)> {
        let mut marks = vec![(Seconds::ZERO, 0.0)];
        let parts = if self.open >= 5.0 * APART { 4 } else { 2 };
        for part in 1..parts {
            let at = Seconds((self.window_s as i64) * part / parts);
            marks.push((at, self.x(Some(at))));
        }
        let mut last = self.open;
        for at in DAYS.map(Seconds::days).into_iter().filter(|at| (at.0 as f64) <= self.most_s) {
            let x = self.x(Some(at));
            if at.0 as f64 > self.window_s && x - last >= APART && x <= self.width - 8.0 {
                marks.push((at, x));
                last = x;
            }
        }
        marks
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn order_in_time_is_order_on_the_axis_and_the_window_has_its_line() {
        let day = Seconds::days(1);
        for (longest, endless) in [(Seconds(3600), false), (Seconds::days(3), false), (Seconds::days(900), true)] {
            let scale = Scale::new(day, longest, endless, 600.0);
            let times = [0, 3_600, 86_399, 86_400, 90_000, 259_200, 77_760_000].map(Seconds);
            let places: Vec<f32> = times.iter().map(|at| scale.x(Some(*at))).collect();
            assert!(places.is_sorted(), "{places:?}");
            assert!(scale.x(Some(Seconds(86_399))) < scale.closes());
            assert_eq!(scale.x(Some(day)), scale.closes());
            assert!(places.iter().all(|x| *x <= scale.x(None)), "nothing lies beyond what has no end");
            assert!(scale.x(Some(longest)) < 600.0 || !endless, "an end can be told from none");
        }
    }

    #[test]
    fn marks_never_crowd() {
        for width in [180.0, 420.0, 900.0] {
            let marks = Scale::new(Seconds::days(1), Seconds::days(400), true, width).marks();
            assert!(marks.windows(2).all(|pair| pair[1].1 - pair[0].1 >= 40.0), "{marks:?}");
        }
    }
}
