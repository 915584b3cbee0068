//! The questions that stop everything else: what to do with unsaved changes, with comments that would be lost, with what
//! was recovered.

use egui::{Context, Id, Key, Modal, RichText, ScrollArea, Ui, vec2};

use crate::ui::theme::{self, Type};

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
