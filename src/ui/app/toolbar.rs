//! The bar under the menus: what is done most; and what is open and whether it is saved. Posts commands, does nothing itself.

use egui::{FontId, Layout, RichText, Ui, vec2};
use egui_material_icons::MaterialIcon;
use egui_material_icons::icons::{
    ICON_ACCOUNT_TREE, ICON_ADD, ICON_CONTRAST, ICON_DOWNLOAD, ICON_HELP, ICON_HISTORY, ICON_HOME, ICON_IMAGE, ICON_REDO,
    ICON_SAVE, ICON_SEARCH, ICON_UNDO,
};

use crate::ui::canvas::{Sort, sort_icon};
use crate::ui::command::Command;
use crate::ui::theme::{self, Type};
use crate::ui::words::{picture, shell as words};

use super::desk::Desk;

/// Paints the bar; gives what was wanted.
pub fn toolbar(ui: &mut Ui, desk: &Desk) -> Option<Command> {
    let theme = theme::of(ui);
    let mut wanted = None;
    let mut invoke = |command: Command, clicked: bool| {
        if clicked {
            wanted = Some(command);
        }
    };
    ui.horizontal(|ui| {
        ui.set_min_height(32.0);
        ui.spacing_mut().item_spacing.x = 4.0;
        let narrow = ui.available_width() < 1180.0;
        invoke(Command::StartScreen, icon_button(ui, ICON_HOME, Command::StartScreen, true));
        let changed = desk.session.is_changed() || desk.session.path().is_none();
        invoke(Command::Save, icon_button(ui, ICON_SAVE, Command::Save, changed));
        divider(ui);
        invoke(Command::Undo, icon_button(ui, ICON_UNDO, Command::Undo, desk.session.undo_label().is_some()));
        invoke(Command::Redo, icon_button(ui, ICON_REDO, Command::Redo, desk.session.redo_label().is_some()));
        if !narrow {
            let some = desk.session.undo_label().or(desk.session.redo_label()).is_some();
            invoke(Command::History, icon_button(ui, ICON_HISTORY, Command::History, some));
        }
        divider(ui);
        let text = with_icon(theme, ICON_ADD, words::ADD_STEP, theme.on_accent);
        let button = egui::Button::new(text).fill(theme.accent).stroke(egui::Stroke::NONE).min_size(vec2(0.0, 30.0));
        let button = ui.add(button);
        button.widget_info(|| egui::WidgetInfo::labeled(egui::Role::Button, true, words::ADD_STEP));
        let mut added = None;
        egui::Popup::menu(&button).gap(4.0).width(200.0).show(|ui| {
            ui.spacing_mut().item_spacing.y = 1.0;
            for sort in Sort::ALL {
                let text = with_icon(theme, sort_icon(sort), sort.label(), theme.text);
                let entry = egui::Button::new(text).frame_when_inactive(false).min_size(vec2(200.0, 30.0));
                let entry = ui.add(entry);
                entry.widget_info(|| egui::WidgetInfo::labeled(egui::Role::MenuItem, true, sort.label()));
                if entry.on_hover_text(sort.about()).clicked() {
                    added = Some(sort);
                }
            }
        });
        if let Some(sort) = added {
            invoke(Command::Add(sort), true);
        }
        ui.add_space(2.0);
        invoke(Command::Arrange, icon_button(ui, ICON_ACCOUNT_TREE, Command::Arrange, true));
        ui.with_layout(Layout::right_to_left(egui::Align::Center), |ui| {
            invoke(Command::Shortcuts, icon_button(ui, ICON_HELP, Command::Shortcuts, true));
            let next = if theme.dark { Command::ThemeLight } else { Command::ThemeDark };
            invoke(next, icon_button(ui, ICON_CONTRAST, next, true));
            invoke(Command::Palette, search_button(ui, if narrow { 0.0 } else { 200.0 }));
            ui.add_space(4.0);
            let export =
                egui::Button::new(with_icon(theme, ICON_DOWNLOAD, words::EXPORT, theme.text)).min_size(vec2(0.0, 30.0));
            let export = ui.add(export);
            export.widget_info(|| egui::WidgetInfo::labeled(egui::Role::Button, true, Command::ExportChecklist.label()));
            invoke(Command::ExportChecklist, export.on_hover_text(words::EXPORT_HINT).clicked());
            if let Some(command) = pictures(ui) {
                invoke(command, true);
            }
        });
    });
    wanted
}

/// The button with what can be done with pictures; gives what was chosen.
fn pictures(ui: &mut Ui) -> Option<Command> {
    let theme = theme::of(ui);
    let mut chosen = None;
    let font = FontId::new(18.0, egui::FontFamily::Name(egui_material_icons::FONT_FAMILY_OUTLINED.into()));
    let icon = RichText::new(ICON_IMAGE.codepoint).font(font);
    let button = ui.add(egui::Button::new(icon).frame_when_inactive(false).min_size(vec2(30.0, 30.0)));
    button.widget_info(|| egui::WidgetInfo::labeled(egui::Role::Button, true, picture::PICTURE));
    egui::Popup::menu(&button).gap(4.0).width(240.0).show(|ui| {
        ui.spacing_mut().item_spacing.y = 1.0;
        for command in [Command::CopyPicture, Command::ExportPicture] {
            let entry = egui::Button::new(command.label())
                .frame_when_inactive(false)
                .shortcut_text(RichText::new(command.shortcut_text(ui)).color(theme.weak))
                .min_size(vec2(240.0, 30.0));
            let entry = ui.add(entry);
            entry.widget_info(|| egui::WidgetInfo::labeled(egui::Role::MenuItem, true, command.label()));
            if entry.clicked() {
                chosen = Some(command);
            }
        }
    });
    button.on_hover_text(picture::PICTURE);
    chosen
}

/// An icon and words, at one height.
pub fn with_icon(theme: &theme::Theme, icon: MaterialIcon, text: &str, ink: egui::Color32) -> egui::text::LayoutJob {
    let mut job = egui::text::LayoutJob::default();
    let format =
        |font: FontId| egui::TextFormat { font_id: font, color: ink, valign: egui::Align::Center, ..Default::default() };
    job.append(
        icon.codepoint,
        0.0,
        format(FontId::new(16.0, egui::FontFamily::Name(egui_material_icons::FONT_FAMILY_OUTLINED.into()))),
    );
    job.append(text, 6.0, format(theme.font(Type::Strong)));
    job
}

/// What is open and whether it is saved, at the right of the menus.
pub fn title(ui: &mut Ui, desk: &Desk) {
    let theme = theme::of(ui);
    let session = &desk.session;
    let name = match session.path().and_then(|path| path.file_name()) {
        Some(name) => name.to_string_lossy().into_owned(),
        None if session.funnel().name.is_empty() => words::UNTITLED.to_owned(),
        None => session.funnel().name.clone(),
    };
    let state = match (session.path(), session.is_changed()) {
        (None, _) => words::NOT_SAVED,
        (Some(_), true) => words::UNSAVED,
        (Some(_), false) => words::SAVED,
    };
    ui.with_layout(Layout::right_to_left(egui::Align::Center), |ui| {
        ui.spacing_mut().item_spacing.x = 8.0;
        ui.add_space(6.0);
        let colour = if session.is_changed() { theme.sometimes } else { theme.weak };
        ui.label(RichText::new(state).font(theme.font(Type::Small)).color(colour));
        let name = egui::Label::new(RichText::new(name).font(theme.font(Type::Strong)).color(theme.text)).truncate();
        let shown = ui.add(name);
        if let Some(path) = session.path() {
            shown.on_hover_text(path.display().to_string());
        }
    });
}

fn divider(ui: &mut Ui) {
    let theme = theme::of(ui);
    let (rect, _) = ui.allocate_exact_size(vec2(13.0, 20.0), egui::Sense::hover());
    ui.painter().vline(rect.center().x, rect.y_range(), egui::Stroke::new(1.0, theme.border));
}

fn icon_button(ui: &mut Ui, icon: MaterialIcon, command: Command, enabled: bool) -> bool {
    let font = FontId::new(18.0, egui::FontFamily::Name(egui_material_icons::FONT_FAMILY_OUTLINED.into()));
    let button =
        egui::Button::new(RichText::new(icon.codepoint).font(font)).frame_when_inactive(false).min_size(vec2(30.0, 30.0));
    let button = ui.add_enabled(enabled, button);
    button.widget_info(|| egui::WidgetInfo::labeled(egui::Role::Button, enabled, command.label()));
    let keys = command.shortcut_text(ui);
    let hint = if keys.is_empty() { command.label().to_owned() } else { format!("{}  {keys}", command.label()) };
    button.on_hover_text(hint).clicked()
}

fn search_button(ui: &mut Ui, width: f32) -> bool {
    let theme = theme::of(ui);
    let keys = Command::Palette.shortcut_text(ui);
    let button = if width > 0.0 {
        egui::Button::new(with_icon(theme, ICON_SEARCH, words::SEARCH, theme.weak))
            .shortcut_text(RichText::new(keys).font(theme.font(Type::Small)))
            .min_size(vec2(width, 30.0))
    } else {
        let font = FontId::new(18.0, egui::FontFamily::Name(egui_material_icons::FONT_FAMILY_OUTLINED.into()));
        egui::Button::new(RichText::new(ICON_SEARCH.codepoint).font(font))
            .frame_when_inactive(false)
            .min_size(vec2(30.0, 30.0))
    };
    let button = ui.add(button);
    button.widget_info(|| egui::WidgetInfo::labeled(egui::Role::Button, true, Command::Palette.label()));
    button.clicked()
}
