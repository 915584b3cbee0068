//! The ground of the chart: days, nights, ticks, folds, the hover line, the playhead. Paints; changes nothing.

use egui::{Painter, Pos2, Rect, Stroke, Ui, pos2, vec2};

use crate::model::Seconds;
use crate::ui::theme::{Theme, Type};
use crate::ui::words::timeline as words;

use super::brush;
use super::clock::Clock;
use super::geometry::Geometry;
use super::scene::Scene;
use super::ticks;

/// Labels stand this far right of their line.
const BESIDE: f32 = 8.0;

/// The ground under the rows.
pub fn ground(painter: &Painter, theme: &Theme, geo: &Geometry, clock: &Clock) {
    let painter = painter.with_clip_rect(geo.plot);
    let width = geo.plot.width();
    let left = geo.plot.left();
    let rows = geo.times.bottom()..=geo.plot.bottom();
    for (from, to) in ticks::nights(&geo.axis, width, clock) {
        painter.rect_filled(Rect::from_x_y_ranges(left + from..=left + to, rows.clone()), 0.0, theme.sunken);
    }
    let middle = geo.times.center().y;
    let folded: Vec<f32> =
        geo.axis.pieces(width).iter().filter(|piece| piece.folded).map(|piece| left + piece.x as f32).collect();
    for tick in ticks::ticks(&geo.axis, width) {
        let x = left + tick.x;
        painter.vline(x, geo.times.bottom() - 4.0..=geo.plot.bottom(), Stroke::new(1.0, theme.border));
        // A label ends where a fold begins.
        let most = (x + ticks::APART as f32).min(geo.plot.right());
        let end = folded.iter().copied().filter(|fold| *fold > x).fold(most, f32::min) - 4.0;
        // To the right of the playhead, where it stands at this very moment.
        let row = Rect::from_min_max(pos2(x + BESIDE, middle), pos2(end, geo.times.bottom() - 4.0));
        let since = words::since_entry(tick.at);
        let wide = |text: &str| brush::width_of(&painter, text, theme.font(Type::Small));
        if wide(&since) > row.width() {
            continue;
        }
        let used = brush::line_of_text(&painter, row, &since, theme.font(Type::Small), theme.text) + 6.0;
        let local = if geo.axis.scale() > 1.0 { clock.time_with_seconds(tick.at) } else { clock.time(tick.at) };
        if used + wide(&local) <= row.width() {
            brush::line_of_text(&painter, row.with_min_x(row.left() + used), &local, theme.font(Type::Small), theme.weak);
        }
    }
    for day in ticks::midnights(&geo.axis, width, clock) {
        painter.vline(
            left + day.x,
            geo.times.top()..=geo.plot.bottom(),
            Stroke::new(1.0, theme.border_strong.gamma_multiply(0.5)),
        );
    }
    folds(&painter, theme, geo);
    days(&painter, theme, geo, clock);
}

fn folds(painter: &Painter, theme: &Theme, geo: &Geometry) {
    for piece in geo.axis.pieces(geo.plot.width()).iter().filter(|piece| piece.folded) {
        let (from, to) = (geo.plot.left() + piece.x as f32, geo.plot.left() + (piece.x + piece.width) as f32);
        let rect = Rect::from_x_y_ranges(from..=to, geo.times.bottom()..=geo.plot.bottom());
        painter.rect_filled(rect, 0.0, theme.sunken);
        for x in [from, to] {
            brush::zigzag(painter, x, rect.top(), rect.bottom(), Stroke::new(1.0, theme.border_strong));
        }
        let row = Rect::from_x_y_ranges(from + 4.0..=to, geo.times.center().y..=geo.times.bottom() - 4.0);
        let length = words::folded(Seconds((piece.to_s - piece.from_s).round() as i64));
        let wide = brush::width_of(painter, &length, theme.font(Type::Small));
        if wide < rect.width() {
            let row = row.with_min_x(rect.center().x - wide / 2.0);
            brush::line_of_text(painter, row, &length, theme.font(Type::Small), theme.weak);
        }
    }
}

/// The names of the days: at every midnight and where a piece of the axis begins, each as far as the next lets it.
fn days(painter: &Painter, theme: &Theme, geo: &Geometry, clock: &Clock) {
    let width = geo.plot.width();
    let mut starts: Vec<(f32, String)> = Vec::new();
    for piece in geo.axis.pieces(width).iter().filter(|piece| !piece.folded) {
        let x = (piece.x as f32).max(0.0);
        let at = geo.axis.at(x).max(Seconds::ZERO);
        starts.push((geo.axis.x(at).max(x), clock.day(at)));
    }
    starts.extend(ticks::midnights(&geo.axis, width, clock).iter().map(|day| (day.x, clock.day(day.at))));
    starts.sort_by(|a, b| a.0.total_cmp(&b.0));
    starts.dedup_by(|b, a| a.1 == b.1);
    let row = Rect::from_min_max(geo.times.min, pos2(geo.times.right(), geo.times.center().y));
    let mut free = f32::MIN;
    for (index, (x, day)) in starts.iter().enumerate() {
        let next = starts.get(index + 1).map_or(width, |next| next.0);
        let wide = brush::width_of(painter, day, theme.font(Type::Small)) + BESIDE + 4.0;
        if *x < free || x + wide > width || (next - x < wide && index + 1 < starts.len() && index > 0) {
            continue;
        }
        let place = row.with_min_x(geo.plot.left() + x + BESIDE);
        brush::line_of_text(painter, place, day, theme.font(Type::Small), theme.weak);
        free = x + wide;
    }
}

/// The hover line with its words.
pub fn hover(painter: &Painter, theme: &Theme, geo: &Geometry, clock: &Clock, scene: &Scene, pointer: Pos2) {
    let step = ticks::precision(&geo.axis, pointer.x - geo.plot.left());
    let at = geo.at(pointer.x);
    if at < Seconds::ZERO {
        return;
    }
    let at = ticks::snapped(at, step);
    painter.vline(pointer.x, geo.times.bottom()..=geo.plot.bottom(), Stroke::new(1.0, theme.border_strong));
    let time = if step < Seconds::minutes(1) { clock.time_with_seconds(at) } else { clock.time(at) };
    let local = format!("{} {time}", clock.day(at));
    let text = words::hover(at, &local, scene.window_left(at));
    tag(painter, theme, geo, pointer.x, &text, (theme.text, theme.surface));
}

/// The playhead with its handle.
pub fn playhead(painter: &Painter, theme: &Theme, geo: &Geometry, at: Seconds, focused: bool) {
    let painter = painter.with_clip_rect(geo.plot.expand2(vec2(6.0, 0.0)));
    let x = geo.x(at);
    painter.vline(x, geo.times.bottom() - 4.0..=geo.plot.bottom(), Stroke::new(2.0, theme.accent));
    let head = playhead_rect(geo, at);
    let tip = vec![
        head.left_top(),
        head.right_top(),
        pos2(head.right(), head.bottom() - 5.0),
        head.center_bottom(),
        pos2(head.left(), head.bottom() - 5.0),
    ];
    painter.add(egui::Shape::convex_polygon(tip, theme.accent, Stroke::new(1.0, theme.surface)));
    if focused {
        brush::focus_ring(&painter, head, 2.0, theme.focus);
    }
}

/// The time between two moments, told between two lines.
pub fn measure(ui: &Ui, painter: &Painter, theme: &Theme, geo: &Geometry, (one, other): (Seconds, Seconds)) {
    let (from, to) = (one.min(other), one.max(other));
    let painter = painter.with_clip_rect(geo.plot.intersect(painter.clip_rect()));
    let (left, right) = (geo.x(from), geo.x(to));
    let rows = geo.times.bottom()..=geo.plot.bottom();
    let stroke = Stroke::new(1.5, theme.accent);
    for x in [left, right] {
        painter.vline(x, rows.clone(), stroke);
    }
    let text = words::measured(to - from);
    let galley = brush::elided(&painter, &text, theme.font(Type::Strong), theme.on_accent, geo.plot.width() - 16.0);
    let size = galley.size() + vec2(16.0, 6.0);
    let y = geo.plot.bottom() - size.y / 2.0 - 4.0;
    painter.hline(left..=right, y, stroke);
    let middle = ((left.max(geo.plot.left()) + right.min(geo.plot.right())) / 2.0)
        .clamp(geo.plot.left() + size.x / 2.0, geo.plot.right() - size.x / 2.0);
    let tag = Rect::from_center_size(pos2(middle, y), size);
    painter.rect_filled(tag, 4.0, theme.accent);
    painter.galley(tag.min + vec2(8.0, 3.0), galley, theme.on_accent);
    let response = ui.interact(tag, ui.make_persistent_id("measured"), egui::Sense::hover());
    response.widget_info(|| egui::WidgetInfo::labeled(egui::Role::Label, true, words::measured_name(from, to)));
}

/// The place of the playhead's handle.
pub fn playhead_rect(geo: &Geometry, at: Seconds) -> Rect {
    Rect::from_min_max(pos2(geo.x(at) - 5.0, geo.times.bottom() - 12.0), pos2(geo.x(at) + 5.0, geo.times.bottom() + 2.0))
}

/// Words in a box on the axis, kept inside the plot.
fn tag(painter: &Painter, theme: &Theme, geo: &Geometry, x: f32, text: &str, (ground, ink): (egui::Color32, egui::Color32)) {
    let galley = brush::elided(painter, text, theme.font(Type::Small), ink, geo.plot.width() - 12.0);
    let size = galley.size() + vec2(12.0, 4.0);
    let left = (x - size.x / 2.0).clamp(geo.plot.left(), (geo.plot.right() - size.x).max(geo.plot.left()));
    let rect = Rect::from_min_size(pos2(left, geo.times.top()), size);
    painter.rect_filled(rect, 4.0, ground);
    painter.galley(rect.min + vec2(6.0, 2.0), galley, ink);
}
