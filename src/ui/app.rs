//! The window: places the parts, carries out what they post, and knows nothing of what they paint.

mod desk;
mod toasts;

use crate::session::Session;

use super::dialogs::Dialogs;
use super::{Ask, Outbox, Tab, theme, words};

pub use desk::Desk;
use toasts::Toasts;

/// The planner: one window with one funnel, or the start screen.
pub struct Planner {
    desk: Option<Desk>,
    dialogs: Box<dyn Dialogs>,
    toasts: Toasts,
}

impl Planner {
    /// A planner in this context, with the session open in it.
    pub fn new(ctx: &egui::Context, session: Option<Session>, dialogs: Box<dyn Dialogs>) -> Self {
        theme::install(ctx);
        Self { desk: session.map(Desk::new), dialogs, toasts: Toasts::default() }
    }

    /// The open session.
    pub fn session(&self) -> Option<&Session> {
        self.desk.as_ref().map(|desk| &desk.session)
    }

    fn carry_out(&mut self, ctx: &egui::Context, outbox: Outbox) {
        let Some(desk) = &mut self.desk else { return };
        for (widget, edit) in &outbox.edits {
            if let Err(refusal) = desk.perform(*widget, edit) {
                self.toasts.say(ctx, refusal.to_string());
            }
        }
        for ask in outbox.asks {
            match ask {
                Ask::Say(text) => self.toasts.say(ctx, text),
                Ask::Undo => {
                    if let Some(label) = desk.session.undo() {
                        self.toasts.say(ctx, words::shell::undone(&label));
                    }
                }
                Ask::Redo => {
                    if let Some(label) = desk.session.redo() {
                        self.toasts.say(ctx, words::shell::redone(&label));
                    }
                }
                Ask::ExportChecklist => {
                    let wish = super::dialogs::Wish::Export(desk.checklist_name());
                    self.dialogs.begin(wish, ctx);
                }
                other => desk.take(other),
            }
        }
        desk.settle(ctx);
    }

    /// Paints the whole window.
    pub fn show(&mut self, ui: &mut egui::Ui) {
        let mut outbox = Outbox::default();
        let _ = self.dialogs.poll();
        if let Some(desk) = &mut self.desk {
            lay_out(ui, desk, &mut outbox);
        } else {
            egui::CentralPanel::default().show(ui, |_| {});
        }
        let ctx = ui.ctx().clone();
        self.carry_out(&ctx, outbox);
        self.toasts.ui(&ctx);
    }
}

impl eframe::App for Planner {
    fn ui(&mut self, ui: &mut egui::Ui, _frame: &mut eframe::Frame) {
        self.show(ui);
    }
}

fn lay_out(ui: &mut egui::Ui, desk: &mut Desk, outbox: &mut Outbox) {
    let theme = theme::of(ui);
    egui::Panel::top("toolbar").frame(theme.panel()).show(ui, |ui| {
        ui.horizontal(|ui| ui.label(&desk.session.funnel().name));
    });
    egui::Panel::right("inspector").default_size(320.0).size_range(280.0..=480.0).frame(theme.panel()).show(ui, |ui| {
        let (parts, view) = desk.split();
        parts.inspector.ui(ui, &view, outbox);
    });
    egui::Panel::bottom("lower").resizable(true).default_size(260.0).min_size(120.0).frame(theme.panel()).show(ui, |ui| {
        ui.horizontal(|ui| {
            let problems = desk.session.judgement().diagnostics.len();
            for tab in [Tab::Timeline, Tab::Templates, Tab::Problems, Tab::Checklist] {
                if ui.selectable_label(desk.tab == tab, words::shell::tab(tab, problems)).clicked() {
                    outbox.ask(Ask::Show(tab));
                }
            }
        });
        let tab = desk.tab;
        let (parts, view) = desk.split();
        match tab {
            Tab::Timeline => parts.timeline.ui(ui, &view, outbox),
            Tab::Templates => parts.templates.ui(ui, &view, outbox),
            Tab::Problems => parts.problems.ui(ui, &view, outbox),
            Tab::Checklist => parts.checklist.ui(ui, &view, outbox),
        }
        ui.take_available_space();
    });
    egui::CentralPanel::default().frame(egui::Frame::new().fill(theme.canvas)).show(ui, |ui| {
        let (parts, view) = desk.split();
        parts.canvas.ui(ui, &view, outbox);
    });
}
