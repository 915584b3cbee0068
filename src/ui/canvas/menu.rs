//! The menus that open on a card, a link, a frame, a note or the ground. Every gesture has an entry here.

use egui::{Pos2, RichText, Ui, UiKind};

use crate::edit::Edit;
use crate::model::{Output, StepId};
use crate::session::Selection;
use crate::ui::command::Command;
use crate::ui::theme;
use crate::ui::words::canvas::{self as words, Sort};
use crate::ui::{Ask, Outbox, Tab, View};

use super::Canvas;

/// A menu that is open.
#[derive(Debug, Clone)]
pub struct Menu {
    on: On,
    screen: Pos2,
    at: Pos2,
    frames: u32,
}

/// What a menu is for.
#[derive(Debug, Clone)]
pub enum On {
    /// A card.
    Card(StepId),
    /// A link, by the output that it leaves.
    Link(StepId, Output),
    /// A frame or a note, which is selected.
    Thing,
    /// Nothing.
    Ground,
}

impl Canvas {
    pub(super) fn open_menu(&mut self, ui: &Ui, screen: Pos2, at: Pos2, on: On) {
        self.menu = Some(Menu { on, screen, at, frames: 0 });
        ui.request_repaint();
    }

    /// Shows the menu while it is open.
    pub(super) fn show_menu(&mut self, ui: &Ui, view: &View<'_>, outbox: &mut Outbox) {
        let Some(mut menu) = self.menu.take() else { return };
        let theme = theme::of(ui);
        let mut chosen = false;
        let area = egui::Area::new(egui::Id::unique("canvas menu"))
            .kind(UiKind::Menu)
            .order(egui::Order::Foreground)
            .fixed_pos(menu.screen)
            .constrain_to(ui.content_rect());
        let shown = area.show(ui, |ui| {
            theme.card().inner_margin(6).shadow(theme.floating_shadow()).show(ui, |ui| {
                ui.set_width(288.0);
                ui.spacing_mut().item_spacing.y = 1.0;
                chosen = self.entries(ui, &menu, view, outbox);
            });
        });
        menu.frames += 1;
        let escape = ui.input_mut(|input| input.consume_key(egui::Modifiers::NONE, egui::Key::Escape));
        let elsewhere = menu.frames > 1 && shown.response.clicked_elsewhere();
        if !(chosen || escape || elsewhere) {
            self.menu = Some(menu);
        }
    }

    fn entries(&mut self, ui: &mut Ui, menu: &Menu, view: &View<'_>, outbox: &mut Outbox) -> bool {
        let mut commands: &[&[Command]] = &[];
        let mut done = false;
        match &menu.on {
            On::Card(step) => {
                let problems = self.scene.place(step).is_some_and(|card| self.scene.faces[card].problems.is_some());
                if problems && entry(ui, words::SHOW_PROBLEMS, "") {
                    outbox.ask(Ask::Show(Tab::Problems));
                    done = true;
                }
                commands = &[
                    &[Command::Rename, Command::QuickAdd],
                    &[Command::Cut, Command::Copy, Command::Duplicate],
                    &[Command::AddFrame, Command::Arrange, Command::FitSelection],
                    &[Command::Delete, Command::DeleteAndHeal],
                ];
            }
            On::Link(from, out) => {
                if entry(ui, words::INSERT_STEP, "") {
                    self.open_insert(menu.screen, menu.at, from.clone(), out.clone());
                    done = true;
                }
                if entry(ui, words::DISCONNECT, &Command::Delete.shortcut_text(ui)) {
                    outbox.edit(Edit::Disconnect { from: from.clone(), out: out.clone() });
                    outbox.ask(Ask::Select(Selection::default()));
                    done = true;
                }
            }
            On::Thing => commands = &[&[Command::Rename], &[Command::Delete]],
            On::Ground => {
                for sort in [Sort::Entry, Sort::Message, Sort::Question, Sort::Wait] {
                    if entry(ui, &words::add(sort), "") {
                        let at = menu.at - egui::vec2(super::face::WIDTH / 2.0, super::face::PORT_Y);
                        self.add_step(sort, at, None, false, view, outbox);
                        done = true;
                    }
                }
                if entry(ui, words::MORE_STEPS, &Command::QuickAdd.shortcut_text(ui)) {
                    self.open_quick_add(menu.screen, menu.at);
                    done = true;
                }
                ui.separator();
                commands = &[
                    &[Command::AddComment, Command::AddFrame],
                    &[Command::Paste, Command::SelectAll],
                    &[Command::Arrange, Command::Fit],
                ];
            }
        }
        for (place, group) in commands.iter().enumerate() {
            if place > 0 {
                ui.separator();
            }
            for command in *group {
                if entry(ui, command.label(), &command.shortcut_text(ui)) {
                    outbox.ask(Ask::Invoke(*command));
                    done = true;
                }
            }
        }
        done
    }
}

fn entry(ui: &mut Ui, label: &str, keys: &str) -> bool {
    let theme = theme::of(ui);
    let width = ui.available_width();
    let button = egui::Button::new(label)
        .frame_when_inactive(false)
        .shortcut_text(RichText::new(keys).color(theme.weak))
        .min_size(egui::vec2(width, 28.0));
    ui.add(button).clicked()
}
