//! How the judgement stands to the funnel, wherever something is shown that rests on it.

use egui::text::{LayoutJob, TextFormat};
use egui::{Align, Label, Role, Ui, WidgetInfo};
use egui_material_icons::icons::{ICON_HOURGLASS_TOP, ICON_WARNING};

use crate::session::Standing;
use crate::ui::theme::{self, Theme, Type};
use crate::ui::words::judging as words;

use super::form::glyph;

/// A quiet word where the judgement is not of the funnel as it stands; else nothing.
pub fn ui(ui: &mut Ui, standing: Standing) {
    let Some(said) = words::standing(standing) else { return };
    let theme = theme::of(ui);
    let (icon, colour) = look(theme, standing);
    // In one piece, so that the icon stands before the word in whatever direction the row runs.
    let mut text = LayoutJob::default();
    for (part, font) in [(icon, glyph::font(theme, Type::Small)), (said, theme.font(Type::Small))] {
        let space = if part == said { 6.0 } else { 0.0 };
        text.append(part, space, TextFormat { valign: Align::Center, ..TextFormat::simple(font, colour) });
    }
    let word = ui.add(Label::new(text).selectable(false));
    word.widget_info(|| WidgetInfo::labeled(Role::Label, true, said));
    if let Some(more) = words::explained(standing) {
        word.on_hover_text(more);
    }
}

/// Its icon and colour.
pub fn look(theme: &Theme, standing: Standing) -> (&'static str, egui::Color32) {
    match standing {
        Standing::Failed => (ICON_WARNING.codepoint, theme.sometimes),
        Standing::Judging | Standing::Current => (ICON_HOURGLASS_TOP.codepoint, theme.weak),
    }
}
