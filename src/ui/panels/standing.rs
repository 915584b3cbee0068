//! How the judgement stands to the funnel, wherever something is shown that rests on it.

use egui::Ui;
use egui_material_icons::icons::{ICON_HOURGLASS_TOP, ICON_WARNING};

use crate::session::Standing;
use crate::ui::theme::{self, Theme, Type};
use crate::ui::words::judging as words;

use super::form::glyph;

/// A quiet word where the judgement is not of the funnel as it stands; else nothing.
pub fn ui(ui: &mut Ui, standing: Standing) {
    let Some(said) = words::standing(standing) else { return };
    let (icon, colour) = look(theme::of(ui), standing);
    let word = glyph::beside(ui, icon, said, Type::Small, colour);
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
