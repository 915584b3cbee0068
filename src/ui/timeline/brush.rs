//! Small things that several rows paint: elided text, hatching, zig-zags, dashes.

use std::sync::Arc;

use egui::text::{LayoutJob, TextWrapping};
use egui::{Color32, FontFamily, FontId, Galley, Painter, Pos2, Rect, Shape, Stroke, pos2, vec2};

/// Text on one line, cut with an ellipsis where it is wider than `width`.
pub fn elided(painter: &Painter, text: &str, font: FontId, colour: Color32, width: f32) -> Arc<Galley> {
    let mut job = LayoutJob::simple_singleline(text.replace('\n', " "), font, colour);
    job.wrap = TextWrapping { max_width: width.max(0.0), max_rows: 1, break_anywhere: true, ..TextWrapping::default() };
    painter.layout_job(job)
}

/// Paints such text, centred on the height of `rect`, and gives how wide it is.
pub fn line_of_text(painter: &Painter, rect: Rect, text: &str, font: FontId, colour: Color32) -> f32 {
    let galley = elided(painter, text, font, colour, rect.width());
    let size = galley.size();
    painter.galley(pos2(rect.left(), rect.center().y - size.y / 2.0), galley, colour);
    size.x
}

/// How wide text is on one line.
pub fn width_of(painter: &Painter, text: &str, font: FontId) -> f32 {
    painter.layout_no_wrap(text.to_owned(), font, Color32::PLACEHOLDER).size().x
}

/// An icon centred at a place.
pub fn icon(painter: &Painter, at: Pos2, icon: &str, size: f32, colour: Color32) {
    painter.text(at - vec2(0.0, 1.0), egui::Align2::CENTER_CENTER, icon, icon_font(size), colour);
}

/// The font of icons.
pub fn icon_font(size: f32) -> FontId {
    FontId::new(size, FontFamily::Name(egui_material_icons::FONT_FAMILY_OUTLINED.into()))
}

/// Slanted lines over a rectangle: something is shut here.
pub fn hatch(painter: &Painter, rect: Rect, stroke: Stroke) {
    let shown = rect.intersect(painter.clip_rect());
    if !shown.is_positive() {
        return;
    }
    let painter = painter.with_clip_rect(shown);
    let apart = 8.0;
    // Lines are counted from the rectangle's own edge, so that they move with it.
    let first = ((shown.left() - rect.left() - rect.height()) / apart).floor() as i32;
    let last = ((shown.right() - rect.left()) / apart).ceil() as i32;
    for n in first..=last {
        let x = rect.left() + n as f32 * apart;
        painter.line_segment([pos2(x, rect.bottom()), pos2(x + rect.height(), rect.top())], stroke);
    }
}

/// A vertical zig-zag: time is left out here.
pub fn zigzag(painter: &Painter, x: f32, top: f32, bottom: f32, stroke: Stroke) {
    let (tooth, height) = (3.0, 6.0);
    let count = ((bottom - top) / height).ceil().max(1.0) as usize;
    let points = (0..=count).map(|n| {
        let side = if n % 2 == 0 { -tooth / 2.0 } else { tooth / 2.0 };
        pos2(x + side, (top + n as f32 * height).min(bottom))
    });
    painter.line(points.collect(), stroke);
}

/// A dashed level line, drawn only where it can be seen.
pub fn dashed(painter: &Painter, from: f32, to: f32, y: f32, stroke: Stroke) {
    let clip = painter.clip_rect();
    // Whole dashes are skipped, so that the pattern does not crawl while the chart is panned.
    let skipped = ((clip.left() - from).max(0.0) / 8.0).floor() * 8.0;
    let end = to.min(clip.right() + 8.0);
    if from + skipped < end {
        painter.extend(Shape::dashed_line(&[pos2(from + skipped, y), pos2(end, y)], stroke, 4.0, 4.0));
    }
}

/// The ring around what the keyboard is on.
pub fn focus_ring(painter: &Painter, rect: Rect, radius: f32, colour: Color32) {
    painter.rect_stroke(rect.expand2(vec2(2.0, 2.0)), radius + 2.0, Stroke::new(2.0, colour), egui::StrokeKind::Outside);
}
