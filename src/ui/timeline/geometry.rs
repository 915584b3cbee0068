//! Where the rows of the chart lie. Places only; paints nothing.

use egui::{Rect, pos2};

use crate::model::Seconds;

use super::axis::{Axis, Fold, Look};

/// The height of the axis: a line of days, a line of times.
const AXIS: f32 = 34.0;
/// The height of the free entry point's bar.
const FREE: f32 = 15.0;
const WINDOW: f32 = 22.0;
const PERSON: f32 = 38.0;
/// A second line of labels in the person's row, where the chart is tall enough.
const SECOND: f32 = 17.0;
const TALL: f32 = 240.0;
const GAP: f32 = 2.0;
/// How wide the names of the rows are.
const GUTTER: f32 = 64.0;
/// Below this width the rows have no names.
const NARROW: f32 = 420.0;
/// The height of a label of the business row, with the gap below it.
pub const LANE: f32 = 23.0;
/// The height of a line of labels in the person's row.
pub const LINE: f32 = SECOND;
/// The height of the strip of waits above them.
pub const WAITS: f32 = 15.0;
/// What is kept free left of the entry when everything is shown.
const BEFORE: f32 = 20.0;
/// What is kept free right of the last moment, for its label; up to the second where a label says a reason.
const AFTER: (f32, f32) = (140.0, 380.0);
/// These are the parts of the width that they may take.
const AFTER_PART: (f32, f32) = (0.22, 0.34);

/// The places of the chart's rows.
#[derive(Debug, Clone)]
pub struct Geometry {
    /// Everything right of the rows' names.
    pub plot: Rect,
    /// The rows' names; of no width where there is no room.
    pub gutter: Rect,
    /// Days and times.
    pub times: Rect,
    /// The free entry point, where there is one.
    pub free: Option<Rect>,
    /// The window.
    pub window: Rect,
    /// The person.
    pub person: Rect,
    /// The business.
    pub business: Rect,
    /// The way from moments to places, from the plot's left edge.
    pub axis: Axis,
}

impl Geometry {
    /// The rows in this rectangle.
    pub fn new(rect: Rect, has_free: bool, look: Look, folds: &[Fold]) -> Self {
        let plot = plot(rect);
        let mut top = rect.top();
        let mut row = |height: f32, gap: f32| {
            let row = Rect::from_min_max(pos2(plot.left(), top), pos2(plot.right(), top + height));
            top += height + gap;
            row
        };
        let times = row(AXIS, GAP);
        let free = has_free.then(|| row(FREE, GAP));
        let window = row(WINDOW, GAP);
        let tall = if rect.height() > TALL { PERSON + SECOND } else { PERSON };
        let person = row(tall, GAP);
        let business = row((rect.bottom() - window.bottom() - tall - 2.0 * GAP).max(WAITS + LANE), 0.0);
        let gutter = Rect::from_min_max(rect.left_top(), pos2(plot.left(), rect.bottom()));
        Self { plot, gutter, times, free, window, person, business, axis: Axis::new(look, folds) }
    }

    /// Where a moment lies on the screen.
    pub fn x(&self, at: Seconds) -> f32 {
        self.plot.left() + self.axis.x(at)
    }

    /// The moment at a place on the screen, in whole seconds.
    pub fn at(&self, x: f32) -> Seconds {
        self.axis.at(x - self.plot.left())
    }

    /// How many lines of labels the person's row has.
    pub fn person_lanes(&self) -> usize {
        if self.person.height() > PERSON { 2 } else { 1 }
    }

    /// How many labels of the business row fit above each other.
    pub fn lanes(&self) -> usize {
        (((self.business.height() - WAITS) / LANE).floor() as usize).max(1)
    }
}

/// The look that shows everything, with room for long labels at the end or not.
pub fn fitting(rect: Rect, end: Seconds, folds: &[Fold], long_labels: bool) -> Look {
    let width = plot(rect).width();
    let after = if long_labels { (width * AFTER_PART.1).min(AFTER.1) } else { (width * AFTER_PART.0).min(AFTER.0) };
    Look::fitting(end, folds, width, (BEFORE, after))
}

/// Everything right of the rows' names.
pub fn plot(rect: Rect) -> Rect {
    let gutter = if rect.width() < NARROW { 0.0 } else { GUTTER };
    Rect::from_min_max(pos2(rect.left() + gutter, rect.top()), rect.max)
}
