//! The menu bar: every command by its menu, with its keys, and why it cannot be done where it cannot. Is made from the table of
//! commands; posts what is chosen, does nothing itself.

use egui::text::{LayoutJob, TextFormat};
use egui::{
    Align2, Context, Event, FontId, Id, Key, Modifiers, Popup, PopupCloseBehavior, Role, ScrollArea, Sense, Stroke, Ui,
    UiBuilder, WidgetInfo, pos2, vec2,
};
use egui_material_icons::icons::ICON_CHECK;

use crate::session::Session;
use crate::ui::canvas::Habit;
use crate::ui::command::{Command, Group, Keymap, keys_text};
use crate::ui::theme::{self, RADIUS, Type};
use crate::ui::words::menus as words;

use super::settings::Settings;

const HEIGHT: f32 = 26.0;
const ROW: f32 = 26.0;
/// Room for the check mark at the left of an entry.
const GUTTER: f32 = 28.0;
/// The least between what a command is called and its keys.
const APART: f32 = 32.0;
const SIDE: f32 = 12.0;

/// The bar's own state.
#[derive(Debug, Default)]
pub struct MenuBar {
    /// The menu that is open.
    open: Option<Group>,
    /// Whether the keyboard goes to its first entry.
    enters: bool,
    /// What had the keyboard before it was opened by key.
    before: Option<Id>,
}

/// An entry as it is shown.
struct Entry {
    command: Command,
    keys: String,
    /// Why it cannot be done.
    unmet: Option<&'static str>,
    /// Whether it is so already; `None` where that cannot be asked.
    checked: Option<bool>,
}

impl MenuBar {
    /// Whether a menu is open, which has the keyboard for itself.
    pub fn is_open(&self) -> bool {
        self.open.is_some()
    }

    /// Opens a menu for the keyboard.
    pub fn open(&mut self, ctx: &Context, group: Group) {
        self.begin(ctx);
        self.open = Some(group);
        self.enters = true;
        ctx.request_repaint();
    }

    fn begin(&mut self, ctx: &Context) {
        if !self.is_open() {
            self.before = ctx.memory(|memory| memory.focused());
        }
    }

    /// Opens the menu whose letter was pressed with Alt. On a Mac letters with Option are letters of their own.
    pub fn take_letters(&mut self, ctx: &Context) {
        if ctx.os().is_mac() {
            return;
        }
        let pressed = |input: &mut egui::InputState| {
            let is_pressed = |group: &Group| {
                input.events.iter().any(|event| {
                    let Event::Key { key, pressed: true, modifiers, .. } = event else { return false };
                    *key == group.letter() && modifiers.matches_exact(Modifiers::ALT)
                })
            };
            let group = Group::ALL.into_iter().find(is_pressed)?;
            // The letter is no text.
            input.events.retain(|event| !matches!(event, Event::Text(_) | Event::Key { pressed: true, .. }));
            Some(group)
        };
        if let Some(group) = ctx.input_mut(pressed) {
            self.open(ctx, group);
        }
    }

    /// Paints it, as wide as its menus are; gives what was chosen.
    pub fn ui(&mut self, ui: &mut Ui, session: Option<&Session>, settings: &Settings) -> Option<Command> {
        let was_open = self.is_open();
        self.walk(ui);
        let mut chosen = None;
        // Its entries are its children in the accessibility tree too.
        let bar = UiBuilder::new().accessibility_role(Role::MenuBar);
        let bar = ui.scope_builder(bar, |ui| {
            ui.horizontal(|ui| {
                ui.spacing_mut().item_spacing.x = 2.0;
                for group in Group::ALL {
                    chosen = self.menu(ui, group, session, settings).or(chosen);
                }
            });
        });
        bar.response.widget_info(|| WidgetInfo::labeled(Role::MenuBar, true, words::MENU_BAR));
        // A command may take the keyboard to where it does something; else it goes back to where it was.
        if was_open && !self.is_open() {
            // The key that closed it is not meant for what has the keyboard then.
            ui.input_mut(|input| input.consume_key(Modifiers::NONE, Key::Escape));
            let before = self.before.take();
            ui.memory_mut(|memory| match (before, memory.focused()) {
                (Some(before), _) => memory.request_focus(before),
                (None, Some(now)) => memory.surrender_focus(now),
                (None, None) => {}
            });
            ui.request_repaint();
        }
        chosen
    }

    /// Left and right lead from one open menu to the next; Alt and a letter to any.
    fn walk(&mut self, ui: &Ui) {
        let Some(open) = self.open else { return };
        self.take_letters(ui);
        let (left, right) = ui.input_mut(|input| {
            let mut pressed = |key| input.consume_key(Modifiers::NONE, key);
            (pressed(Key::ArrowLeft), pressed(Key::ArrowRight))
        });
        if left || right {
            let all = Group::ALL;
            let place = all.iter().position(|group| *group == open).unwrap_or_default();
            let by = if right { 1 } else { all.len() - 1 };
            ui.memory_mut(|memory| memory.move_focus(egui::FocusDirection::None));
            self.open(ui, all[(place + by) % all.len()]);
        }
    }

    /// One menu with its title; gives what was chosen.
    fn menu(&mut self, ui: &mut Ui, group: Group, session: Option<&Session>, settings: &Settings) -> Option<Command> {
        let is_open = self.open == Some(group);
        let title = title(ui, group, is_open);
        let down = title.has_focus() && ui.input_mut(|input| input.consume_key(Modifiers::NONE, Key::ArrowDown));
        if title.clicked() {
            self.begin(ui);
            title.request_focus();
            self.open = (!is_open).then_some(group);
            self.enters = false;
        } else if down && !self.is_open() {
            self.open(ui, group);
        } else if self.is_open() && !is_open && title.hovered() && ui.input(|input| input.pointer.is_moving()) {
            title.request_focus();
            self.open = Some(group);
            self.enters = false;
        }
        if self.open != Some(group) {
            return None;
        }
        let mut chosen = None;
        let mut stays = true;
        let theme = theme::of(ui);
        let frame = theme.card().inner_margin(6).shadow(theme.floating_shadow());
        let parts = entries(ui, group, session, settings);
        let width = width(ui, &parts);
        Popup::menu(&title)
            .open_bool(&mut stays)
            .close_behavior(PopupCloseBehavior::CloseOnClickOutside)
            .frame(frame)
            .gap(2.0)
            .show(|ui| {
                ui.set_width(width);
                ui.spacing_mut().item_spacing.y = 0.0;
                let room = (ui.content_rect().bottom() - title.rect.bottom() - 32.0).max(120.0);
                ScrollArea::vertical().max_height(room).min_scrolled_height(room).show(ui, |ui| {
                    for (place, part) in parts.iter().enumerate() {
                        if place > 0 {
                            line(ui);
                        }
                        for entry in part {
                            let shown = entry_ui(ui, entry);
                            if !ui.is_sizing_pass() && entry.unmet.is_none() && std::mem::take(&mut self.enters) {
                                shown.request_focus();
                            }
                            if shown.clicked() && entry.unmet.is_none() {
                                chosen = Some(entry.command);
                                ui.close();
                            }
                        }
                    }
                });
            });
        if !stays || chosen.is_some() {
            self.open = None;
        }
        chosen
    }
}

/// The title of a menu. While Alt is held its letter is underlined.
fn title(ui: &mut Ui, group: Group, is_open: bool) -> egui::Response {
    let theme = theme::of(ui);
    let font = theme.font(Type::Body);
    let alt = ui.input(|input| input.modifiers.alt) && !ui.ctx().os().is_mac();
    let name = group.label();
    let letter = name.to_lowercase().find(&group.letter().name().to_lowercase()).filter(|_| alt);
    let mut job = LayoutJob::default();
    for (place, sign) in name.char_indices() {
        let underline = if letter == Some(place) { Stroke::new(1.0, theme.text) } else { Stroke::NONE };
        let format = TextFormat { font_id: font.clone(), color: theme.text, underline, ..Default::default() };
        job.append(sign.encode_utf8(&mut [0; 4]), 0.0, format);
    }
    let text = ui.painter().layout_job(job);
    let (_, rect) = ui.allocate_space(vec2(text.size().x + 16.0, HEIGHT));
    let response = ui.interact(rect, Id::unique(("menu", group.label())), Sense::click());
    response.widget_info(|| WidgetInfo::labeled(Role::MenuItem, true, name));
    ui.ctx().accesskit_node_builder(response.id, |node| {
        node.set_has_popup(egui::accesskit::HasPopup::Menu);
        node.set_expanded(is_open);
    });
    if is_open || response.hovered() {
        ui.painter().rect_filled(rect, RADIUS, if is_open { theme.accent_soft } else { theme.hover });
    }
    if response.has_focus() && !is_open {
        ui.painter().rect_stroke(rect.shrink(1.0), RADIUS, Stroke::new(2.0, theme.focus), egui::StrokeKind::Inside);
    }
    ui.painter().galley(rect.center() - text.size() / 2.0, text, theme.text);
    response
}

/// What stands in a menu now, part by part.
fn entries(ctx: &Context, group: Group, session: Option<&Session>, settings: &Settings) -> Vec<Vec<Entry>> {
    let keymap = Keymap::of(ctx);
    let entry = |command: Command| {
        let keys = keymap.keys(command).first().map(|keys| keys_text(ctx, keys)).unwrap_or_default();
        Entry { command, keys, unmet: command.needs().unmet(session), checked: checked(command, settings) }
    };
    group.entries().into_iter().map(|part| part.into_iter().map(entry).collect()).collect()
}

/// Whether what a command sets is so already.
fn checked(command: Command, settings: &Settings) -> Option<bool> {
    use egui::ThemePreference::{Dark, Light, System};
    match command {
        Command::Habit(Habit::Grid) => Some(settings.habits.grid),
        Command::Habit(Habit::DragPans) => Some(settings.habits.drag_pans),
        Command::Habit(Habit::WheelZooms) => Some(settings.habits.wheel_zooms),
        Command::ToggleInspector => Some(settings.inspector),
        Command::ToggleLower => Some(settings.lower),
        Command::ThemeSystem => Some(settings.theme == System),
        Command::ThemeLight => Some(settings.theme == Light),
        Command::ThemeDark => Some(settings.theme == Dark),
        _ => None,
    }
}

/// How wide a menu is, so that no name touches keys.
fn width(ui: &Ui, parts: &[Vec<Entry>]) -> f32 {
    let theme = theme::of(ui);
    let measure = |text: &str, font: FontId| ui.painter().layout_no_wrap(text.to_owned(), font, theme.text).size().x;
    let one = |entry: &Entry| {
        let keys = if entry.keys.is_empty() { 0.0 } else { APART + measure(&entry.keys, theme.font(Type::Small)) };
        measure(words::entry(entry.command), theme.font(Type::Body)) + keys
    };
    let widest = parts.iter().flatten().map(one).fold(150.0, f32::max);
    (widest + GUTTER + SIDE).ceil()
}

fn entry_ui(ui: &mut Ui, entry: &Entry) -> egui::Response {
    let theme = theme::of(ui);
    let enabled = entry.unmet.is_none();
    // What cannot be done is passed over by the keyboard.
    let sense = if enabled { Sense::click() } else { Sense::hover() };
    let (rect, response) = ui.allocate_exact_size(vec2(ui.available_width(), ROW), sense);
    let name = words::entry(entry.command);
    response.widget_info(|| match entry.checked {
        Some(checked) => WidgetInfo::selected(Role::MenuItemCheckBox, enabled, checked, name),
        None => WidgetInfo::labeled(Role::MenuItem, enabled, name),
    });
    if !entry.keys.is_empty() {
        ui.ctx().accesskit_node_builder(response.id, |node| node.set_keyboard_shortcut(entry.keys.as_str()));
    }
    if response.gained_focus() {
        response.scroll_to_me(None);
    }
    // The pointer takes the keyboard along, so that one entry is marked and no more.
    if enabled && response.hovered() && ui.input(|input| input.pointer.is_moving()) && !response.has_focus() {
        response.request_focus();
    }
    if response.has_focus() {
        ui.painter().rect_filled(rect, RADIUS, theme.accent_soft);
    }
    let ink = if enabled { theme.text } else { theme.weak.gamma_multiply(0.6) };
    let painter = ui.painter();
    if entry.checked == Some(true) {
        let icons = FontId::new(16.0, egui::FontFamily::Name(egui_material_icons::FONT_FAMILY_OUTLINED.into()));
        let at = pos2(rect.left() + GUTTER / 2.0, rect.center().y);
        painter.text(at, Align2::CENTER_CENTER, ICON_CHECK.codepoint, icons, theme.accent);
    }
    painter.text(rect.left_center() + vec2(GUTTER, 0.0), Align2::LEFT_CENTER, name, theme.font(Type::Body), ink);
    let keys = if enabled { theme.weak } else { ink };
    let at = rect.right_center() - vec2(SIDE, 0.0);
    painter.text(at, Align2::RIGHT_CENTER, &entry.keys, theme.font(Type::Small), keys);
    match entry.unmet {
        Some(why) => response.on_hover_text_at_pointer(why),
        None => response,
    }
}

/// What parts the parts of a menu.
fn line(ui: &mut Ui) {
    let theme = theme::of(ui);
    let (rect, _) = ui.allocate_exact_size(vec2(ui.available_width(), 9.0), Sense::hover());
    ui.painter().hline(rect.x_range().shrink(4.0), rect.center().y, Stroke::new(1.0, theme.border));
}
