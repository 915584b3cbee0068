//! Drawing on the canvas at any zoom: sizes and places in points of the canvas, text laid out at the size it is seen.

use std::sync::Arc;

use egui::emath::TSTransform;
use egui::text::{LayoutJob, TextFormat, TextWrapping};
use egui::{Color32, CornerRadius, FontFamily, FontId, Galley, Painter, Pos2, Rect, Stroke, StrokeKind, vec2};
use egui_material_icons::MaterialIcon;

use crate::ui::fonts;
use crate::ui::theme::Theme;

use super::camera::Camera;

/// What a painter of the canvas needs.
pub struct Pen<'a> {
    /// Where it goes.
    pub painter: &'a Painter,
    /// The colours.
    pub theme: &'static Theme,
    /// From the canvas to the screen.
    pub to_screen: TSTransform,
    /// Where one looks from.
    pub camera: &'a Camera,
    /// Whether what can be pressed is shown to be so; a picture has nothing to press.
    pub with_handles: bool,
}

/// A weight of text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Weight {
    /// Running text.
    Regular,
    /// Emphasis.
    Strong,
}

impl Pen<'_> {
    /// Points of the screen for a length on the canvas.
    pub fn scaled(&self, length: f32) -> f32 {
        length * self.to_screen.scaling
    }

    /// Where a place of the canvas is on the screen.
    pub fn at(&self, place: Pos2) -> Pos2 {
        self.to_screen * place
    }

    /// Corners of this radius on the canvas.
    pub fn radius(&self, radius: f32) -> CornerRadius {
        CornerRadius::same(self.scaled(radius).clamp(0.0, 60.0) as u8)
    }

    /// A filled box with a line of a width on the screen.
    pub fn slab(&self, rect: Rect, radius: f32, fill: Color32, stroke: Stroke) {
        self.painter.rect(self.to_screen * rect, self.radius(radius), fill, stroke, StrokeKind::Inside);
    }

    /// Lays out text of a size on the canvas in a width on the canvas, cut off after so many rows.
    pub fn layout(&self, text: &str, size: f32, weight: Weight, colour: Color32, width: f32, rows: usize) -> Arc<Galley> {
        let family = match weight {
            Weight::Regular => FontFamily::Proportional,
            Weight::Strong => fonts::strong(),
        };
        let format = TextFormat::simple(FontId::new(self.camera.font_size(size), family), colour);
        let mut job = LayoutJob::single_section(text.to_owned(), format);
        job.wrap = TextWrapping {
            max_width: self.scaled(width).max(1.0),
            max_rows: rows,
            break_anywhere: rows == 1,
            overflow_character: Some('…'),
        };
        job.break_on_newline = rows > 1;
        self.painter.layout_job(job)
    }

    /// Text whose left middle lies at a place of the canvas. Gives its width on the canvas.
    pub fn line(&self, at: Pos2, text: &str, size: f32, weight: Weight, colour: Color32, width: f32) -> f32 {
        let galley = self.layout(text, size, weight, colour, width, 1);
        let extent = galley.size();
        let place = self.at(at) - vec2(0.0, extent.y / 2.0);
        self.painter.galley(place, galley, colour);
        extent.x / self.to_screen.scaling
    }

    /// Text whose right middle lies at a place of the canvas. Gives its width on the canvas.
    pub fn line_to(&self, at: Pos2, text: &str, size: f32, weight: Weight, colour: Color32, width: f32) -> f32 {
        let galley = self.layout(text, size, weight, colour, width, 1);
        let extent = galley.size();
        self.painter.galley(self.at(at) - vec2(extent.x, extent.y / 2.0), galley, colour);
        extent.x / self.to_screen.scaling
    }

    /// An icon around a place of the canvas.
    pub fn icon(&self, at: Pos2, icon: &str, size: f32, colour: Color32) {
        let font = FontId::new(self.camera.font_size(size), icon_family());
        let galley = self.painter.layout_no_wrap(icon.to_owned(), font, colour);
        let place = self.at(at) - galley.rect.center().to_vec2();
        self.painter.galley(place, galley, colour);
    }

    /// A round port.
    pub fn port(&self, at: Pos2, radius: f32, fill: Color32, line: Color32) {
        let width = self.scaled(1.5).clamp(1.0, 2.0);
        self.painter.circle(self.at(at), self.scaled(radius), fill, Stroke::new(width, line));
    }

    /// A small pill with an icon and a word whose right edge lies at `right`. Gives its width on the canvas.
    pub fn badge(&self, right: Pos2, icon: &str, word: &str, ink: Color32, ground: Color32) -> f32 {
        let galley = self.layout(word, 11.5, Weight::Strong, ink, 120.0, 1);
        let text = galley.size().x / self.to_screen.scaling;
        let width = text + 29.0;
        let rect = Rect::from_min_size(right - vec2(width, 10.0), vec2(width, 20.0));
        self.slab(rect, 10.0, ground, Stroke::NONE);
        self.icon(rect.left_center() + vec2(12.0, 0.0), icon, 13.0, ink);
        let place = self.at(rect.left_center() + vec2(21.0, 0.0)) - vec2(0.0, galley.size().y / 2.0);
        self.painter.galley(place, galley, ink);
        width
    }

    /// A soft shadow under a box.
    pub fn shadow(&self, rect: Rect, radius: f32, lifted: bool) {
        let reach = if lifted { 18.0 } else { 6.0 };
        let shadow = egui::epaint::Shadow {
            offset: [0, (self.scaled(reach) * 0.3).round() as i8],
            blur: self.scaled(reach).clamp(1.0, 60.0) as u8,
            spread: 0,
            color: self.theme.shadow,
        };
        self.painter.add(shadow.as_shape(self.to_screen * rect, self.radius(radius)));
    }
}

/// The family of the icons.
pub fn icon_family() -> FontFamily {
    FontFamily::Name(egui_material_icons::FONT_FAMILY_OUTLINED.into())
}

/// The code point of an icon, as text.
pub fn glyph(icon: MaterialIcon) -> &'static str {
    icon.codepoint
}
