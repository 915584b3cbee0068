//! The sheet of shortcuts: what invokes what, and other keys for whoever wants others. Changes the keymap that it is given; knows
//! not where that is kept.

use egui::text::{LayoutJob, TextWrapping};
use egui::{
    Context, Event, FocusDirection, FontId, Grid, Id, Key, KeyboardShortcut, Modal, Modifiers, RichText, Role, ScrollArea,
    Sense, Stroke, Ui, WidgetInfo, vec2,
};
use egui_material_icons::icons::ICON_RESTART_ALT;

use crate::ui::command::{Command, Given, Group, Keymap, keys_text, pressed_keys, refusal};
use crate::ui::theme::{self, RADIUS, Type};
use crate::ui::words::{keys as words, shell};

use super::questions::{accent_button, plain_button};

const ROW: f32 = 24.0;
/// Room for the button at the right of a row that gives a command its usual keys again.
const SLOT: f32 = 28.0;
/// Several keys for one command are shown where they are no longer than this.
const MOST_SIGNS: usize = 18;

/// The sheet while it is open.
#[derive(Debug, Default)]
pub struct Sheet {
    /// The command whose new keys are awaited.
    waits: Option<Command>,
    conflict: Option<Conflict>,
    /// What came of the last change, and whether it was refused.
    said: Option<(String, bool)>,
}

/// A change for which another command would lose its keys.
#[derive(Debug, Clone, Copy)]
struct Conflict {
    command: Command,
    /// The keys to be given; `None` where the usual ones are to be given back.
    wish: Option<KeyboardShortcut>,
}

/// What came of it in this frame.
#[derive(Debug, Default)]
pub struct Answer {
    /// Whether the person is done.
    pub is_closed: bool,
    /// Something new to say, which stands in the sheet too.
    pub said: Option<String>,
}

impl Sheet {
    /// Paints it.
    pub fn ui(&mut self, ctx: &Context, keymap: &mut Keymap) -> Answer {
        let before = self.said.clone();
        self.take_keys(ctx, keymap);
        let theme = theme::of_ctx(ctx);
        let frame = theme.card().inner_margin(20).shadow(theme.floating_shadow());
        let modal = Modal::new(Id::unique("shortcuts")).frame(frame).show(ctx, |ui| {
            let window = ui.ctx().content_rect();
            ui.set_width(880.0_f32.min(window.width() - 80.0));
            ui.label(RichText::new(Command::Shortcuts.label()).font(theme.font(Type::Title)).color(theme.text));
            ui.label(RichText::new(words::HINT).font(theme.font(Type::Small)).color(theme.weak));
            ui.add_space(8.0);
            let room = (window.height() - 220.0).max(160.0);
            ScrollArea::vertical().max_height(room).min_scrolled_height(room).show(ui, |ui| self.columns(ui, keymap));
            ui.add_space(8.0);
            self.foot(ui, keymap);
        });
        let news = self.said.clone().filter(|_| self.said != before);
        Answer { is_closed: modal.should_close(), said: news.map(|(text, _)| text) }
    }

    /// Takes the keys that were pressed for the command that waits, so that they do nothing else.
    fn take_keys(&mut self, ctx: &Context, keymap: &mut Keymap) {
        let plain = |keys: KeyboardShortcut| (keys.modifiers == Modifiers::NONE).then_some(keys.logical_key);
        let Some(command) = self.waits else {
            // Esc answers a conflict before it closes the sheet.
            if self.conflict.is_some() && ctx.input_mut(|input| input.consume_key(Modifiers::NONE, Key::Escape)) {
                self.leave(ctx);
            }
            return;
        };
        let mut events = Vec::new();
        ctx.input_mut(|input| {
            input.events.retain(|event| {
                let taken = matches!(
                    event,
                    Event::Key { .. } | Event::Text(_) | Event::Copy | Event::Cut | Event::Paste(_) | Event::Ime(_)
                );
                if taken {
                    events.push(event.clone());
                }
                !taken
            });
        });
        ctx.memory_mut(|memory| memory.move_focus(FocusDirection::None));
        for event in events {
            let of_clipboard = |key| Some(KeyboardShortcut::new(Modifiers::COMMAND, key));
            let keys = match event {
                Event::Copy => of_clipboard(Key::C),
                Event::Cut => of_clipboard(Key::X),
                Event::Paste(_) => of_clipboard(Key::V),
                event => pressed_keys(&event),
            };
            let Some(keys) = keys else { continue };
            match plain(keys) {
                Some(Key::Escape) => self.said = None,
                Some(Key::Backspace | Key::Delete) => {
                    keymap.take_away(command);
                    self.said = Some((words::taken_away(command.label()), false));
                }
                _ => match refusal(keys) {
                    // Other keys may follow.
                    Some(why) => {
                        self.said = Some((words::refused(&keys_text(ctx, &keys), &why), true));
                        continue;
                    }
                    None => self.wish(ctx, command, Some(keys), false, keymap),
                },
            }
            self.waits = None;
            ctx.memory_mut(|memory| memory.request_focus(row_id(command)));
            break;
        }
    }

    /// Gives keys to a command, or its usual ones where there are none to give.
    fn wish(
        &mut self,
        ctx: &Context,
        command: Command,
        wish: Option<KeyboardShortcut>,
        takes_over: bool,
        keymap: &mut Keymap,
    ) {
        let given = match wish {
            Some(keys) => keymap.give(command, keys, takes_over),
            None => keymap.reset(command, takes_over),
        };
        self.conflict = match given {
            Given::Held(..) => Some(Conflict { command, wish }),
            Given::Done => None,
        };
        let text = match (given, wish) {
            (Given::Held(keys, holder), _) => words::conflict(&keys_text(ctx, &keys), holder.label()),
            (Given::Done, Some(keys)) => words::given(command.label(), &keys_text(ctx, &keys)),
            (Given::Done, None) => words::is_usual(command.label(), &all_keys(ctx, keymap, command)),
        };
        self.said = Some((text, self.conflict.is_some()));
    }

    fn leave(&mut self, ctx: &Context) {
        if let Some(conflict) = self.conflict.take() {
            ctx.memory_mut(|memory| memory.request_focus(row_id(conflict.command)));
        }
        self.said = None;
    }

    fn columns(&mut self, ui: &mut Ui, keymap: &mut Keymap) {
        let theme = theme::of(ui);
        let heading = |ui: &mut Ui, text: &str| {
            ui.label(RichText::new(text).font(theme.font(Type::Strong)).color(theme.accent));
        };
        ui.spacing_mut().item_spacing.x = 24.0;
        ui.columns(2, |columns| {
            for (place, group) in Group::ALL.into_iter().enumerate() {
                let ui = &mut columns[usize::from(place >= 3)];
                heading(ui, group.label());
                ui.spacing_mut().item_spacing.y = 0.0;
                for command in Command::ALL.into_iter().filter(|command| command.group() == group) {
                    self.row(ui, command, keymap);
                }
                ui.spacing_mut().item_spacing.y = 4.0;
                ui.add_space(12.0);
            }
            let ui = &mut columns[1];
            heading(ui, shell::TIMELINE);
            timeline(ui);
            let ui = &mut columns[0];
            heading(ui, shell::POINTER);
            // A column sets its text to both edges, which tears short lines apart.
            ui.with_layout(egui::Layout::top_down(egui::Align::Min), |ui| {
                for line in shell::POINTER_LINES.into_iter().chain([shell::ARROWS]) {
                    ui.label(RichText::new(line).font(theme.font(Type::Small)).color(theme.weak));
                }
            });
        });
    }

    /// A command with its keys, and a button for the usual ones where it has others.
    fn row(&mut self, ui: &mut Ui, command: Command, keymap: &mut Keymap) {
        let theme = theme::of(ui);
        let waits = self.waits == Some(command);
        let (_, whole) = ui.allocate_space(vec2(ui.available_width(), ROW));
        let rect = whole.with_max_x(whole.right() - SLOT);
        let row = ui.interact(rect, row_id(command), Sense::click());
        let keys = all_keys(ui, keymap, command);
        let name = if waits { words::row_waits(command.label()) } else { words::row(command.label(), &keys) };
        row.widget_info(|| WidgetInfo::selected(Role::Button, true, waits, &name));
        if row.gained_focus() {
            row.scroll_to_me(None);
        }
        let changed = keymap.is_changed(command);
        let chosen = waits || self.conflict.is_some_and(|conflict| conflict.command == command);
        if chosen || row.hovered() {
            ui.painter().rect_filled(rect, RADIUS, if chosen { theme.accent_soft } else { theme.hover });
        }
        if row.has_focus() && !waits {
            ui.painter().rect_stroke(rect, RADIUS, Stroke::new(2.0, theme.focus), egui::StrokeKind::Inside);
        }
        let (text, ink) = match (waits, keys.is_empty()) {
            (true, _) => (words::PRESS, theme.accent),
            (false, true) => (words::NONE, theme.weak),
            (false, false) => (keys.as_str(), if changed { theme.accent } else { theme.text }),
        };
        let keys = ui.painter().layout_no_wrap(text.to_owned(), theme.font(Type::Small), ink);
        let room = rect.width() - keys.size().x - 28.0;
        let mut job = LayoutJob::simple_singleline(command.label().to_owned(), theme.font(Type::Small), theme.text);
        job.wrap = TextWrapping::truncate_at_width(room.max(40.0));
        let label = ui.painter().layout_job(job);
        ui.painter().galley(rect.left_center() + vec2(8.0, -label.size().y / 2.0), label, theme.text);
        ui.painter().galley(rect.right_center() - vec2(8.0 + keys.size().x, keys.size().y / 2.0), keys, ink);
        if row.clicked() {
            self.conflict = None;
            self.waits = (!command.has_keys_of_system()).then_some(command);
            self.said = Some(match self.waits {
                Some(command) => (words::waits(command.label()), false),
                None => (words::OF_SYSTEM.to_owned(), true),
            });
        }
        if changed {
            let slot = whole.with_min_x(rect.right());
            let reset = ui.interact(slot, row_id(command).with("reset"), Sense::click());
            reset.widget_info(|| WidgetInfo::labeled(Role::Button, true, words::reset(command.label())));
            let icons = FontId::new(16.0, egui::FontFamily::Name(egui_material_icons::FONT_FAMILY_OUTLINED.into()));
            let ink = if reset.hovered() || reset.has_focus() { theme.accent } else { theme.weak };
            let icon = ICON_RESTART_ALT.codepoint;
            ui.painter().text(slot.center(), egui::Align2::CENTER_CENTER, icon, icons, ink);
            if reset.has_focus() {
                ui.painter().rect_stroke(slot, RADIUS, Stroke::new(2.0, theme.focus), egui::StrokeKind::Inside);
            }
            if reset.on_hover_text(words::reset(command.label())).clicked() {
                self.waits = None;
                self.wish(ui, command, None, false, keymap);
            }
        }
    }

    /// What was said last, with the answers to it; and the way back to all that is usual.
    fn foot(&mut self, ui: &mut Ui, keymap: &mut Keymap) {
        let theme = theme::of(ui);
        ui.horizontal(|ui| {
            ui.set_min_height(32.0);
            ui.with_layout(egui::Layout::right_to_left(egui::Align::Center), |ui| {
                if let Some(Conflict { command, wish }) = self.conflict {
                    let take = accent_button(ui, words::TAKE_OVER);
                    if ui.memory(|memory| memory.focused()).is_none_or(|focused| focused == row_id(command)) {
                        take.request_focus();
                    }
                    if take.clicked() {
                        self.wish(ui, command, wish, true, keymap);
                        ui.memory_mut(|memory| memory.request_focus(row_id(command)));
                    } else if plain_button(ui, words::LEAVE).clicked() {
                        self.leave(ui);
                    }
                } else if keymap.is_any_changed() && plain_button(ui, words::RESET_ALL).clicked() {
                    keymap.reset_all();
                    self.waits = None;
                    self.said = Some((words::ALL_USUAL.to_owned(), false));
                }
                if let Some((text, refused)) = &self.said {
                    ui.with_layout(egui::Layout::left_to_right(egui::Align::Center), |ui| {
                        let ink = if *refused { theme.sometimes } else { theme.text };
                        ui.add(egui::Label::new(RichText::new(text).font(theme.font(Type::Body)).color(ink)).wrap());
                    });
                }
            });
        });
    }
}

fn row_id(command: Command) -> Id {
    Id::unique(("keys of", command.name()))
}

/// All keys of a command as text, or the first where they are long.
fn all_keys(ctx: &Context, keymap: &Keymap, command: Command) -> String {
    let keys: Vec<String> = keymap.keys(command).iter().map(|keys| keys_text(ctx, keys)).collect();
    let all = keys.join(" · ");
    if all.chars().count() <= MOST_SIGNS { all } else { keys.into_iter().next().unwrap_or_default() }
}

/// The keys of the timeline, which are its own.
fn timeline(ui: &mut Ui) {
    let theme = theme::of(ui);
    let grid = Grid::new(("sheet", "timeline")).num_columns(2).min_col_width(104.0).min_row_height(16.0);
    grid.spacing(vec2(12.0, 6.0)).show(ui, |ui| {
        for (keys, name) in shell::TIMELINE_LINES {
            ui.label(RichText::new(keys).font(theme.font(Type::Small)).color(theme.text));
            ui.label(RichText::new(name).font(theme.font(Type::Small)).color(theme.weak));
            ui.end_row();
        }
    });
}
