//! How far a template has come, as it is shown; colour never alone.

use egui::Color32;
use egui_material_icons::icons::{
    ICON_BLOCK, ICON_CANCEL, ICON_CHECK_CIRCLE, ICON_EDIT_NOTE, ICON_GAVEL, ICON_HOURGLASS, ICON_PAUSE_CIRCLE, ICON_SCHEDULE,
};

use crate::model::Status;
use crate::ui::theme::Theme;

/// Its icon and its colour.
pub fn look(theme: &Theme, status: Status) -> (&'static str, Color32) {
    let (icon, colour) = match status {
        Status::Draft => (ICON_EDIT_NOTE, theme.weak),
        Status::Pending => (ICON_HOURGLASS, theme.sometimes),
        Status::InAppeal => (ICON_GAVEL, theme.sometimes),
        Status::Approved => (ICON_CHECK_CIRCLE, theme.inside),
        Status::Rejected => (ICON_CANCEL, theme.outside),
        Status::Paused => (ICON_PAUSE_CIRCLE, theme.outside),
        Status::Disabled => (ICON_BLOCK, theme.outside),
    };
    (icon.codepoint, colour)
}

/// What comes too late: its icon, its colour and the soft one behind it.
pub fn late(theme: &Theme) -> (&'static str, Color32, Color32) {
    (ICON_SCHEDULE.codepoint, theme.outside, theme.outside_soft)
}
