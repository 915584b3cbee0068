//! Frames and notes: painting them and where they can be taken hold of.

use egui::{Color32, Rect, Stroke, Vec2, pos2, vec2};

use egui_material_icons::icons::{ICON_HOURGLASS_TOP, ICON_UNFOLD_LESS, ICON_UNFOLD_MORE};

use crate::model::{Comment, Frame, Layout};
use crate::ui::theme::{Theme, Tint};
use crate::ui::words::canvas as words;

use super::camera::Detail;
use super::card::{self, RADIUS};
use super::face::{PORT_Y, WIDTH};
use super::fold::Summary;
use super::pen::{Pen, Weight, glyph};
use super::scene::rect_of;

/// How large a note is.
pub const NOTE: Vec2 = vec2(200.0, 100.0);
/// The least that a frame can be made.
pub const LEAST: Vec2 = vec2(160.0, 120.0);
const BAR: f32 = 34.0;
/// How high the block of a collapsed frame is.
const BLOCK: f32 = 86.0;

/// Where a frame lies.
pub fn frame_rect(frame: &Frame) -> Rect {
    rect_of(frame.at, vec2(frame.size.width, frame.size.height))
}

/// Where the block of a collapsed frame lies.
pub fn block_rect(frame: &Frame) -> Rect {
    rect_of(frame.at, vec2(WIDTH, BLOCK))
}

/// Where a frame is seen: all of it, or its block.
pub fn shown_rect(frame: &Frame) -> Rect {
    if frame.collapsed { block_rect(frame) } else { frame_rect(frame) }
}

/// Where a frame is collapsed and opened: before its title.
pub fn fold_rect(frame: &Frame, rect: Rect) -> Rect {
    let aside = if frame.collapsed { vec2(12.0, 11.0) } else { vec2(10.0, 7.0) };
    Rect::from_min_size(rect.min + aside, Vec2::splat(24.0))
}

/// Where a frame is taken hold of to move it.
pub fn bar_rect(rect: Rect) -> Rect {
    Rect::from_min_size(rect.min, vec2(rect.width(), BAR))
}

/// Where a frame is taken hold of to size it.
pub fn corner_rect(rect: Rect) -> Rect {
    Rect::from_min_max(rect.max - Vec2::splat(22.0), rect.max + Vec2::splat(4.0))
}

/// Where a note lies.
pub fn note_rect(comment: &Comment) -> Rect {
    rect_of(comment.at, NOTE)
}

/// The steps whose cards lie wholly in a rectangle.
pub fn held<'a>(rects: &'a [Rect], frame: Rect) -> impl Iterator<Item = usize> + 'a {
    rects.iter().enumerate().filter(move |(_, rect)| frame.contains_rect(**rect)).map(|(place, _)| place)
}

/// The line around a frame or its block, which is `plain` where nothing else is to be said.
fn outline(theme: &Theme, tint: Option<Tint>, plain: Color32, selected: bool, hovered: bool) -> Stroke {
    if selected {
        Stroke::new(2.0, theme.accent)
    } else if hovered {
        Stroke::new(1.0, tint.map_or(theme.border_strong, |tint| tint.ink))
    } else {
        Stroke::new(1.0, tint.map_or(plain, |tint| tint.line))
    }
}

/// Paints a frame.
pub fn frame(pen: &Pen<'_>, frame: &Frame, rect: Rect, selected: bool, hovered: bool) {
    let theme = pen.theme;
    let tint = frame.colour.map(|colour| theme.tint(colour));
    let line = outline(theme, tint, theme.border, selected, hovered);
    let ground = tint.map_or(theme.dots.gamma_multiply(if theme.dark { 0.35 } else { 0.28 }), |tint| tint.ground);
    pen.slab(rect, 14.0, ground, line);
    let size = match pen.camera.detail() {
        Detail::Full => 13.0,
        Detail::Titles => 22.0,
        Detail::Blocks => 10.0 / pen.to_screen.scaling,
    };
    let with_button = pen.camera.detail() == Detail::Full && pen.with_handles;
    let aside = if with_button { 38.0 } else { 16.0 };
    let at = match pen.camera.detail() {
        // From afar the title is larger than the room above the cards, so it stands above the frame.
        Detail::Blocks => pos2(rect.left(), rect.top() - size * 0.8),
        Detail::Full | Detail::Titles => pos2(rect.left() + aside, rect.top() + (BAR / 2.0 + 2.0).max(size * 0.8)),
    };
    let ink = tint.map_or(theme.weak, |tint| tint.ink);
    pen.line(at, &frame.title, size, Weight::Strong, ink, rect.width() - aside - 16.0);
    if with_button {
        pen.icon(fold_rect(frame, rect).center(), glyph(ICON_UNFOLD_LESS), 16.0, ink);
    }
    if hovered || selected {
        let corner = pen.at(rect.max);
        for reach in [8.0, 13.0] {
            let ends = [corner - vec2(reach, 4.0), corner - vec2(4.0, reach)];
            pen.painter.line_segment(ends, Stroke::new(1.5, theme.border_strong));
        }
    }
}

/// Paints the block of a collapsed frame.
pub fn block(pen: &Pen<'_>, frame: &Frame, rect: Rect, summary: &Summary, selected: bool, hovered: bool) {
    let theme = pen.theme;
    let tint = frame.colour.map(|colour| theme.tint(colour));
    let line = outline(theme, tint, theme.border_strong, selected, hovered);
    let look = summary.worst.map(|judged| theme.judged(judged));
    let (ink, ground) = tint.map_or((theme.weak, theme.hover), |tint| (tint.ink, tint.ground));
    if pen.camera.detail() == Detail::Blocks {
        let (icon, ink, soft) = look.map_or((glyph(ICON_UNFOLD_MORE), ink, theme.raised), |l| (l.icon, l.colour, l.soft));
        pen.slab(rect, RADIUS, soft, line);
        pen.icon(rect.center(), icon, 44.0, ink);
        return;
    }
    // Two sheets below it say that there is more than one card.
    let sheet = Stroke { width: 1.0, ..line };
    for (aside, width) in [(8.0, 20.0), (4.0, 8.0)] {
        pen.slab(rect.translate(vec2(0.0, aside)).shrink2(vec2(width / 2.0, 0.0)), RADIUS, theme.raised, sheet);
    }
    pen.slab(rect, RADIUS, theme.raised, line);
    let tile = fold_rect(frame, rect);
    pen.slab(tile, 7.0, ground, Stroke::NONE);
    pen.icon(tile.center(), glyph(ICON_UNFOLD_MORE), 16.0, ink);
    let corner = rect.min;
    if pen.camera.detail() == Detail::Titles {
        let mut room = WIDTH - 56.0;
        if let Some(look) = look {
            pen.icon(rect.right_top() + vec2(-28.0, 30.0), look.icon, 28.0, look.colour);
            room -= 36.0;
        }
        let galley = pen.layout(&frame.title, 22.0, Weight::Strong, theme.text, room, 2);
        pen.painter.galley(pen.at(corner + vec2(44.0, 16.0)), galley, theme.text);
        return;
    }
    let mut room = WIDTH - 44.0 - 12.0;
    let badge = corner + vec2(WIDTH - 11.0, 23.0);
    if let Some(look) = look {
        room -= pen.badge(badge, look.icon, look.word, look.colour, look.soft) + 6.0;
    } else if !summary.pending.is_empty() {
        room -= pen.badge(badge, glyph(ICON_HOURGLASS_TOP), &summary.pending, theme.weak, theme.hover) + 6.0;
    }
    pen.line(corner + vec2(44.0, 23.0), &words::steps(summary.steps), 12.0, Weight::Regular, theme.weak, room);
    pen.line(corner + vec2(12.0, PORT_Y), &frame.title, 14.0, Weight::Strong, theme.text, WIDTH - 26.0);
    pen.line(corner + vec2(12.0, 70.0), &summary.titles, 12.0, Weight::Regular, theme.weak, WIDTH - 26.0);
    if let Some((severity, count)) = summary.problems {
        card::problems(pen, rect, severity, count);
    }
}

/// Paints what ties a note to its step's card.
pub fn tether(pen: &Pen<'_>, note: Rect, card: Rect, fresh: bool) {
    let end = card.clamp(note.center());
    let start = note.clamp(end);
    let colour = if fresh { pen.theme.accent } else { pen.theme.border_strong };
    let ends = [pen.at(start), pen.at(end)];
    if fresh {
        pen.painter.extend(egui::Shape::dashed_line(&ends, Stroke::new(1.5, colour), 5.0, 4.0));
    } else {
        pen.painter.line_segment(ends, Stroke::new(1.0, colour));
    }
    pen.painter.circle_filled(pen.at(end), pen.scaled(3.0).max(1.5), colour);
}

/// Paints a note.
pub fn note(pen: &Pen<'_>, comment: &Comment, rect: Rect, selected: bool, hovered: bool) {
    let theme = pen.theme;
    let line = if selected {
        Stroke::new(2.0, theme.accent)
    } else {
        Stroke::new(1.0, if hovered { theme.border_strong } else { theme.note_line })
    };
    pen.slab(rect, 8.0, theme.note, line);
    if pen.camera.detail() != Detail::Blocks {
        let galley = pen.layout(&comment.text, 12.5, Weight::Regular, theme.text, NOTE.x - 24.0, 5);
        pen.painter.galley(pen.at(rect.min + vec2(12.0, 10.0)), galley, theme.text);
    }
}

/// The frames and notes under the pointer's reach, topmost last.
pub fn things(layout: &Layout) -> impl Iterator<Item = (Thing, Rect)> + '_ {
    let frames = layout.frames.iter().enumerate().map(|(place, frame)| (Thing::Frame(place), frame_rect(frame)));
    let notes = layout.comments.iter().enumerate().map(|(place, note)| (Thing::Note(place), note_rect(note)));
    frames.chain(notes)
}

/// A frame or a note, by its place.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Thing {
    /// A frame.
    Frame(usize),
    /// A note.
    Note(usize),
}
