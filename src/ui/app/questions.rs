//! The questions that stop everything else: what to do with unsaved changes, with comments that would be lost, with what
//! was recovered; and the sheet of shortcuts.

use egui::{Context, Grid, Id, Key, Modal, RichText, ScrollArea, Ui, vec2};

use crate::ui::command::{Command, Group, keys_text};
use crate::ui::theme::{self, Type};
use crate::ui::words::shell as words;

/// A question with up to three answers.
pub struct Question<'a> {
    /// What is asked.
    pub title: &'a str,
    /// What it means.
    pub text: String,
    /// The answer that Enter gives.
    pub yes: &'a str,
    /// The other answer; `None` where there is none.
    pub no: Option<&'a str>,
    /// Going back; `None` where that cannot be.
    pub cancel: Option<&'a str>,
}

/// What was answered.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[allow(missing_docs)]
pub enum Reply {
    Yes,
    No,
    Cancel,
}

impl Question<'_> {
    /// Asks, until there is an answer.
    pub fn ask(&self, ctx: &Context) -> Option<Reply> {
        let mut reply = None;
        let theme = theme::of_ctx(ctx);
        let frame = theme.card().inner_margin(20).shadow(theme.floating_shadow());
        let modal = Modal::new(Id::unique("question")).frame(frame).show(ctx, |ui| {
            ui.set_width(420.0);
            ui.label(RichText::new(self.title).font(theme.font(Type::Title)).color(theme.text));
            ui.add_space(4.0);
            ScrollArea::vertical().max_height(240.0).show(ui, |ui| {
                ui.label(RichText::new(&self.text).color(theme.weak));
            });
            ui.add_space(12.0);
            ui.with_layout(egui::Layout::right_to_left(egui::Align::Center), |ui| {
                if accent_button(ui, self.yes).clicked() {
                    reply = Some(Reply::Yes);
                }
                if let Some(no) = self.no
                    && plain_button(ui, no).clicked()
                {
                    reply = Some(Reply::No);
                }
                if let Some(cancel) = self.cancel
                    && plain_button(ui, cancel).clicked()
                {
                    reply = Some(Reply::Cancel);
                }
            });
        });
        let enter = ctx.input(|input| input.key_pressed(Key::Enter)) && ctx.memory(|memory| memory.focused().is_none());
        if reply.is_none() && enter {
            reply = Some(Reply::Yes);
        }
        if reply.is_none() && self.cancel.is_some() && modal.should_close() {
            reply = Some(Reply::Cancel);
        }
        reply
    }
}

/// A button that carries the accent.
pub fn accent_button(ui: &mut Ui, text: &str) -> egui::Response {
    let theme = theme::of(ui);
    let text = RichText::new(text).font(theme.font(Type::Strong)).color(theme.on_accent);
    ui.add(egui::Button::new(text).fill(theme.accent).stroke(egui::Stroke::NONE).min_size(vec2(72.0, 32.0)))
}

/// Any other button of a dialog.
pub fn plain_button(ui: &mut Ui, text: &str) -> egui::Response {
    ui.add(egui::Button::new(text).min_size(vec2(72.0, 32.0)))
}

/// The sheet of shortcuts. Gives whether it stays open.
pub fn shortcuts(ctx: &Context) -> bool {
    let theme = theme::of_ctx(ctx);
    let frame = theme.card().inner_margin(20).shadow(theme.floating_shadow());
    let room = ctx.content_rect().height() - 160.0;
    let modal = Modal::new(Id::unique("shortcuts")).frame(frame).show(ctx, |ui| {
        ui.set_width(720.0_f32.min(ui.ctx().content_rect().width() - 80.0));
        ui.label(RichText::new(Command::Shortcuts.label()).font(theme.font(Type::Title)).color(theme.text));
        ui.add_space(8.0);
        ScrollArea::vertical().max_height(room.max(200.0)).min_scrolled_height(room.max(200.0)).show(ui, |ui| {
            ui.columns(2, |columns| {
                for (place, group) in Group::ALL.into_iter().enumerate() {
                    let ui = &mut columns[usize::from(place >= 2)];
                    ui.label(RichText::new(group.label()).font(theme.font(Type::Strong)).color(theme.accent));
                    sheet_of(ui, group);
                    ui.add_space(12.0);
                }
                let ui = &mut columns[1];
                ui.label(RichText::new(words::TIMELINE).font(theme.font(Type::Strong)).color(theme.accent));
                lines(ui, "timeline", words::TIMELINE_LINES.iter().map(|(keys, name)| ((*keys).to_owned(), *name)));
                let ui = &mut columns[0];
                ui.label(RichText::new(words::POINTER).font(theme.font(Type::Strong)).color(theme.accent));
                // A column sets its text to both edges, which tears short lines apart.
                ui.with_layout(egui::Layout::top_down(egui::Align::Min), |ui| {
                    for line in words::POINTER_LINES.into_iter().chain([words::ARROWS]) {
                        ui.label(RichText::new(line).font(theme.font(Type::Small)).color(theme.weak));
                    }
                });
            });
        });
    });
    !modal.should_close()
}

fn sheet_of(ui: &mut Ui, group: Group) {
    let commands = Command::ALL.into_iter().filter(|command| command.group() == group && !command.usual_keys().is_empty());
    let all: Vec<(String, &str)> = commands
        .map(|command| {
            let keys: Vec<String> = command.usual_keys().iter().map(|keys| keys_text(ui, keys)).collect();
            let all = keys.join(" · ");
            // A second way that is long to write would push the names apart; the first one says enough.
            let shown = if all.chars().count() <= 14 { all } else { command.shortcut_text(ui) };
            (shown, command.label())
        })
        .collect();
    lines(ui, group.label(), all.into_iter());
}

/// Keys, and beside them what they do.
fn lines<'a>(ui: &mut Ui, salt: &str, all: impl Iterator<Item = (String, &'a str)>) {
    let theme = theme::of(ui);
    let grid = Grid::new(("sheet", salt)).num_columns(2).min_col_width(104.0).min_row_height(16.0).spacing(vec2(12.0, 6.0));
    grid.show(ui, |ui| {
        for (keys, name) in all {
            ui.label(RichText::new(keys).font(theme.font(Type::Small)).color(theme.text));
            ui.label(RichText::new(name).font(theme.font(Type::Small)).color(theme.weak));
            ui.end_row();
        }
    });
}
