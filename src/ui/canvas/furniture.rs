//! Frames and notes: painting them and where they can be taken hold of.

use egui::{Rect, Stroke, Vec2, pos2, vec2};

use crate::model::{Comment, Frame, Layout};

use super::camera::Detail;
use super::pen::{Pen, Weight};
use super::scene::rect_of;

/// How large a note is.
pub const NOTE: Vec2 = vec2(200.0, 100.0);
/// The least that a frame can be made.
pub const LEAST: Vec2 = vec2(160.0, 120.0);
const BAR: f32 = 34.0;

/// Where a frame lies.
pub fn frame_rect(frame: &Frame) -> Rect {
    rect_of(frame.at, vec2(frame.size.width, frame.size.height))
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

/// Paints a frame.
pub fn frame(pen: &Pen<'_>, frame: &Frame, rect: Rect, selected: bool, hovered: bool) {
    let theme = pen.theme;
    let line = if selected {
        Stroke::new(2.0, theme.accent)
    } else {
        Stroke::new(1.0, if hovered { theme.border_strong } else { theme.border })
    };
    pen.slab(rect, 14.0, theme.dots.gamma_multiply(if theme.dark { 0.35 } else { 0.28 }), line);
    let size = match pen.camera.detail() {
        Detail::Full => 13.0,
        Detail::Titles => 22.0,
        Detail::Blocks => 10.0 / pen.to_screen.scaling,
    };
    let at = match pen.camera.detail() {
        // From afar the title is larger than the room above the cards, so it stands above the frame.
        Detail::Blocks => pos2(rect.left(), rect.top() - size * 0.8),
        Detail::Full | Detail::Titles => pos2(rect.left() + 16.0, rect.top() + (BAR / 2.0 + 2.0).max(size * 0.8)),
    };
    pen.line(at, &frame.title, size, Weight::Strong, theme.weak, rect.width() - 32.0);
    if hovered || selected {
        let corner = pen.at(rect.max);
        for reach in [8.0, 13.0] {
            let ends = [corner - vec2(reach, 4.0), corner - vec2(4.0, reach)];
            pen.painter.line_segment(ends, Stroke::new(1.5, theme.border_strong));
        }
    }
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
