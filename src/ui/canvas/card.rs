//! Painting a step's card. Knows what it says and where it lies, not what it means.

use egui::{Color32, Mesh, Pos2, Rect, Stroke, pos2, vec2};
use egui_material_icons::icons::{ICON_CHECK, ICON_DESCRIPTION, ICON_HOURGLASS_TOP, ICON_PERSON, ICON_PRIORITY_HIGH};

use crate::model::Output;
use crate::rules::Severity;

use super::camera::Detail;
use super::face::{Face, PORT_Y, ROW, WIDTH};
use super::pen::{Pen, Weight, glyph};

/// How a card is to be shown in this frame.
#[derive(Debug, Clone, Copy, Default)]
pub struct State {
    /// It is selected.
    pub selected: bool,
    /// The pointer is over it, here or elsewhere in the window.
    pub hovered: bool,
    /// A search is on, and this is not what it looks for.
    pub dimmed: bool,
    /// It is being moved.
    pub lifted: bool,
    /// A link that is being drawn would end here.
    pub target: bool,
    /// The person of the story is here at the playhead.
    pub here: bool,
    /// The output that the pointer is over.
    pub output: Option<usize>,
    /// The pointer is over its input.
    pub input: bool,
}

/// The corners of a card.
pub const RADIUS: f32 = 10.0;

/// Paints a card with its upper left corner at `rect.min`. `linked` tells which of its outputs lead somewhere.
pub fn card(pen: &Pen<'_>, face: &Face, rect: Rect, state: State, linked: &dyn Fn(usize) -> bool) {
    whole(pen, face, rect, state, linked);
    if state.dimmed {
        veil(pen, rect);
    }
}

/// Lets what lies there step back.
fn veil(pen: &Pen<'_>, rect: Rect) {
    pen.slab(rect.expand(4.0), RADIUS + 4.0, pen.theme.canvas.gamma_multiply(0.7), Stroke::NONE);
}

fn whole(pen: &Pen<'_>, face: &Face, rect: Rect, state: State, linked: &dyn Fn(usize) -> bool) {
    let line = outline(pen, state);
    if state.here {
        let glow = pen.to_screen * rect;
        pen.painter.rect_filled(glow.expand(pen.scaled(6.0)), pen.radius(RADIUS + 6.0), pen.theme.accent_soft);
    }
    if pen.camera.detail() == Detail::Titles {
        titled(pen, face, rect, line);
        ports(pen, face, rect, state, linked);
        if state.here {
            person(pen, rect);
        }
        return;
    }
    pen.shadow(rect, RADIUS, state.lifted);
    pen.slab(rect, RADIUS, pen.theme.raised, line);
    head(pen, face, rect);
    if let Some(chip) = &face.chip {
        let (icon, ink, ground) = match chip.ready {
            Some(true) => (ICON_CHECK, pen.theme.weak, pen.theme.hover),
            None => (ICON_DESCRIPTION, pen.theme.weak, pen.theme.hover),
            Some(false) => (ICON_PRIORITY_HIGH, pen.theme.outside, pen.theme.outside_soft),
        };
        let galley = pen.layout(&chip.text, 11.5, Weight::Regular, ink, WIDTH - 56.0, 1);
        let width = galley.size().x / pen.to_screen.scaling + 32.0;
        let chip = Rect::from_min_size(rect.min + vec2(12.0, 83.0), vec2(width, 21.0));
        pen.slab(chip, 6.0, ground, Stroke::NONE);
        pen.icon(chip.left_center() + vec2(13.0, 0.0), glyph(icon), 13.0, ink);
        let place = pen.at(chip.left_center() + vec2(23.0, 0.0)) - vec2(0.0, galley.size().y / 2.0);
        pen.painter.galley(place, galley, ink);
    }
    if face.has_rows() {
        rows(pen, face, rect);
    }
    ports(pen, face, rect, state, linked);
    if let Some((severity, count)) = face.problems {
        problems(pen, rect, severity, count);
    }
    if state.here {
        person(pen, rect);
    }
}

/// Paints the mark that counts what is wrong with a card.
pub fn problems(pen: &Pen<'_>, rect: Rect, severity: Severity, count: usize) {
    let (ink, _, _) = pen.theme.severity(severity);
    let at = problems_at(rect);
    pen.painter.circle(pen.at(at), pen.scaled(9.0), ink, Stroke::new(pen.scaled(2.0), pen.theme.canvas));
    let galley = pen.layout(&count.to_string(), 11.0, Weight::Strong, pen.theme.surface, 20.0, 1);
    pen.painter.galley(pen.at(at) - galley.rect.center().to_vec2(), galley, pen.theme.surface);
}

/// Paints a card that is seen from afar: its verdict by colour and shape, or its kind where it sends nothing.
pub fn plate(pen: &Pen<'_>, face: &Face, rect: Rect, state: State) {
    let theme = pen.theme;
    let (ink, ground, icon) = match face.verdict {
        Some(verdict) => {
            let look = theme.judged(verdict);
            (look.colour, look.soft, look.icon)
        }
        None => (theme.weak, theme.raised, glyph(face.icon)),
    };
    let line = match outline(pen, state) {
        strong if strong.width > 1.0 || state.hovered => strong,
        _ => Stroke::new(1.0, if face.verdict.is_some() { ink } else { theme.border_strong }),
    };
    let plate = pen.to_screen * rect;
    pen.painter.rect(plate, 3.0, ground, line, egui::StrokeKind::Inside);
    let size = (plate.height() * 0.75).floor().min(14.0);
    if size >= 7.0 {
        let font = egui::FontId::new(size, super::pen::icon_family());
        pen.painter.text(plate.center(), egui::Align2::CENTER_CENTER, icon, font, ink);
    }
    if state.dimmed {
        veil(pen, rect);
    }
}

/// Adds a card that is seen from so far that only its place and verdict can be told.
pub fn block(pen: &Pen<'_>, mesh: &mut Mesh, face: &Face, rect: Rect, state: State) {
    let rect = pen.to_screen * rect;
    let colour = if state.dimmed { pen.theme.border } else { block_colour(pen, face) };
    if state.selected || state.hovered {
        mesh.add_colored_rect(rect.expand(2.0), pen.theme.accent);
    }
    mesh.add_colored_rect(rect, colour);
}

fn block_colour(pen: &Pen<'_>, face: &Face) -> Color32 {
    match face.verdict {
        Some(verdict) => pen.theme.judged(verdict).colour,
        None => pen.theme.border_strong,
    }
}

fn outline(pen: &Pen<'_>, state: State) -> Stroke {
    if state.selected || state.target {
        Stroke::new(2.0, pen.theme.accent)
    } else if state.here {
        Stroke::new(1.5, pen.theme.accent)
    } else if state.hovered {
        Stroke::new(1.0, pen.theme.border_strong)
    } else {
        Stroke::new(1.0, pen.theme.border)
    }
}

fn head(pen: &Pen<'_>, face: &Face, rect: Rect) {
    let theme = pen.theme;
    let corner = rect.min;
    let tile = Rect::from_min_size(corner + vec2(12.0, 11.0), vec2(24.0, 24.0));
    let (ink, ground) = if face.sends { (theme.accent, theme.accent_soft) } else { (theme.weak, theme.hover) };
    pen.slab(tile, 7.0, ground, Stroke::NONE);
    pen.icon(tile.center(), glyph(face.icon), 16.0, ink);
    let mut room = WIDTH - 44.0 - 12.0;
    if let Some(verdict) = face.verdict {
        let look = theme.judged(verdict);
        room -= pen.badge(corner + vec2(WIDTH - 11.0, 23.0), look.icon, &face.badge, look.colour, look.soft) + 6.0;
    } else if !face.badge.is_empty() {
        let icon = glyph(ICON_HOURGLASS_TOP);
        room -= pen.badge(corner + vec2(WIDTH - 11.0, 23.0), icon, &face.badge, theme.weak, theme.hover) + 6.0;
    }
    pen.line(corner + vec2(44.0, 23.0), face.kind, 12.0, Weight::Regular, theme.weak, room);
    pen.line(corner + vec2(12.0, PORT_Y), &face.title, 14.0, Weight::Strong, theme.text, WIDTH - 26.0);
    pen.line(corner + vec2(12.0, 70.0), &face.line, 12.0, Weight::Regular, theme.weak, WIDTH - 26.0);
}

fn rows(pen: &Pen<'_>, face: &Face, rect: Rect) {
    let top = rect.top() + face.rows_top() - 2.0;
    let ends = [pen.at(pos2(rect.left() + 1.0, top)), pen.at(pos2(rect.right() - 1.0, top))];
    pen.painter.line_segment(ends, Stroke::new(1.0, pen.theme.border));
    for (place, (out, label)) in face.outputs.iter().enumerate() {
        let ink = if *out == Output::Timeout { pen.theme.weak } else { pen.theme.text };
        let at = rect.min + face.output_at(place) - vec2(14.0, 0.0);
        pen.line_to(at, label, 12.0, Weight::Regular, ink, WIDTH - 28.0);
    }
}

fn ports(pen: &Pen<'_>, face: &Face, rect: Rect, state: State, linked: &dyn Fn(usize) -> bool) {
    let theme = pen.theme;
    for place in 0..face.outputs.len() {
        let at = rect.min + face.output_at(place);
        if state.output == Some(place) {
            pen.port(at, 7.0, theme.accent, theme.raised);
        } else if linked(place) {
            pen.port(at, 4.5, theme.border_strong, theme.raised);
        } else {
            pen.port(at, 5.0, theme.raised, theme.accent);
        }
    }
    if has_input(face) {
        let at = rect.min + vec2(0.0, PORT_Y);
        if state.input || state.target {
            pen.port(at, 6.0, theme.accent, theme.raised);
        } else {
            pen.port(at, 4.5, theme.raised, theme.border_strong);
        }
    }
}

/// Where the mark of a card's problems lies.
pub fn problems_at(rect: Rect) -> Pos2 {
    rect.right_top() + vec2(-2.0, 2.0)
}

/// Whether a link can lead to it.
pub fn has_input(face: &Face) -> bool {
    !face.is_entry
}

/// Around the row of an output, for the pointer.
pub fn output_rect(face: &Face, rect: Rect, place: usize) -> Rect {
    Rect::from_center_size(rect.min + face.output_at(place), vec2(ROW, ROW))
}

fn titled(pen: &Pen<'_>, face: &Face, rect: Rect, line: Stroke) {
    let theme = pen.theme;
    pen.slab(rect, RADIUS, theme.raised, line);
    let strip = Rect::from_min_size(rect.min + vec2(8.0, 12.0), vec2(6.0, rect.height() - 24.0));
    let mut width = WIDTH - 36.0;
    if let Some(verdict) = face.verdict {
        let look = theme.judged(verdict);
        pen.slab(strip, 3.0, look.colour, Stroke::NONE);
        pen.icon(rect.right_top() + vec2(-28.0, 30.0), look.icon, 28.0, look.colour);
        width -= 36.0;
    } else {
        pen.slab(strip, 3.0, theme.border, Stroke::NONE);
    }
    let galley = pen.layout(&face.title, 22.0, Weight::Strong, theme.text, width, 2);
    pen.painter.galley(pen.at(rect.min + vec2(24.0, 16.0)), galley, theme.text);
}

fn person(pen: &Pen<'_>, rect: Rect) {
    let at = rect.left_top() + vec2(2.0, 0.0);
    pen.painter.circle(pen.at(at), pen.scaled(13.0), pen.theme.accent, Stroke::new(2.0, pen.theme.canvas));
    pen.icon(at, glyph(ICON_PERSON), 16.0, pen.theme.on_accent);
}
