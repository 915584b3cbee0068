//! Words in passing: shown for some seconds and announced to screen readers.

use egui::accesskit::Live;
use egui::{Align2, Area, Id, Order, Role, WidgetInfo, vec2};

use crate::ui::theme::{self, Type};

/// How long a toast stays, in seconds; long ones stay longer.
const STAY: f64 = 4.0;

/// What is being said.
#[derive(Debug, Default)]
pub struct Toasts {
    said: Vec<Toast>,
}

#[derive(Debug)]
struct Toast {
    text: String,
    until: f64,
    /// It tells what was undone or done again.
    of_history: bool,
}

impl Toasts {
    /// Says it.
    pub fn say(&mut self, ctx: &egui::Context, text: String) {
        self.add(ctx, text, false);
    }

    /// Says what was undone or done again, in place of what was last said of that: people undo many steps in a row.
    pub fn say_of_history(&mut self, ctx: &egui::Context, text: String) {
        self.said.retain(|toast| !toast.of_history);
        self.add(ctx, text, true);
    }

    fn add(&mut self, ctx: &egui::Context, text: String, of_history: bool) {
        let now = ctx.input(|input| input.time);
        self.said.retain(|toast| toast.text != text);
        let until = now + STAY + text.chars().count() as f64 / 30.0;
        self.said.push(Toast { text, until, of_history });
        let surplus = self.said.len().saturating_sub(3);
        self.said.drain(..surplus);
        ctx.request_repaint();
    }

    /// Paints what is still being said.
    pub fn ui(&mut self, ctx: &egui::Context) {
        let now = ctx.input(|input| input.time);
        self.said.retain(|toast| toast.until > now);
        let Some(next) = self.said.iter().map(|toast| toast.until).reduce(f64::min) else { return };
        ctx.request_repaint_after_secs((next - now).max(0.05) as f32);
        Area::new(Id::unique("toasts"))
            .order(Order::Tooltip)
            .anchor(Align2::CENTER_BOTTOM, vec2(0.0, -24.0))
            .interactable(false)
            .show(ctx, |ui| {
                let theme = theme::of(ui);
                for toast in &self.said {
                    let frame = theme.card().fill(theme.text).stroke(egui::Stroke::NONE).shadow(theme.floating_shadow());
                    frame.show(ui, |ui| {
                        ui.set_max_width(520.0);
                        let text = egui::RichText::new(&toast.text).color(theme.surface).font(theme.font(Type::Body));
                        let said = ui.label(text);
                        said.widget_info(|| WidgetInfo::labeled(Role::Alert, true, &toast.text));
                        ctx.accesskit_node_builder(said.id, |node| node.set_live(Live::Assertive));
                    });
                }
            });
    }
}
