//! Where the people of a crowd lie on the axis of the windows: a silhouette over the bar of what is possible. Knows the counts
//! and the axis, and nothing of how the crowd came about.

use egui::{Painter, Rect, pos2};

use crate::engine::crowd::StepCrowd;
use crate::model::Seconds;
use crate::ui::theme::Theme;

use super::scale::Scale;

/// The width of a column of people, in points.
const COLUMN: f32 = 3.0;
/// The room that the highest column leaves free above itself.
const FREE: f32 = 4.0;
/// Columns with somebody are at least this high, so that a few can be seen beside many.
const LEAST: f32 = 2.0;

/// Paints how many came how long after their last message. Heights go by the root of the number: what few do is seen too.
pub fn paint(painter: &Painter, theme: &Theme, step: &StepCrowd, plot: Rect, scale: &Scale) {
    let columns = columns(step, plot.width(), |since| scale.x(Some(since)));
    let Some(most) = columns.iter().max().copied().filter(|most| *most > 0) else { return };
    let room = plot.height() - FREE;
    for (place, count) in columns.iter().enumerate().filter(|(_, count)| **count > 0) {
        let height = LEAST + (room - LEAST) * (*count as f64 / most as f64).sqrt() as f32;
        let left = plot.left() + place as f32 * COLUMN;
        let column = Rect::from_min_max(pos2(left, plot.bottom() - height), pos2(left + COLUMN - 1.0, plot.bottom()));
        painter.rect_filled(column, 0.0, theme.text.gamma_multiply(0.6));
    }
}

/// How many people lie in each column of a plot.
fn columns(step: &StepCrowd, width: f32, x: impl Fn(Seconds) -> f32) -> Vec<u64> {
    let mut columns = vec![0; (width / COLUMN).max(1.0) as usize];
    for (since, count) in &step.spread {
        let place = ((x(*since) / COLUMN).max(0.0) as usize).min(columns.len() - 1);
        columns[place] += count;
    }
    columns
}
