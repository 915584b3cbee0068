//! Where the parts lie in the window. Knows their names and sizes, not what they paint.

use egui::{CentralPanel, CornerRadius, Frame, Margin, Panel, RichText, Role, Sense, Ui, WidgetInfo, vec2};

use crate::rules::Severity;
use crate::ui::command::Command;
use crate::ui::panels::standing;
use crate::ui::theme::{self, Type};
use crate::ui::words::shell as words;
use crate::ui::{Ask, Outbox, Tab};

use super::desk::Desk;
use super::menubar::MenuBar;
use super::settings::Settings;
use super::toolbar::{title, toolbar};

/// The menus at the very top, with what is open beside them; gives what was chosen.
pub fn menus(ui: &mut Ui, bar: &mut MenuBar, desk: Option<&Desk>, settings: &Settings) -> Option<Command> {
    let theme = theme::of(ui);
    let margin = Margin { left: 8, right: 8, top: 4, bottom: if desk.is_some() { 0 } else { 4 } };
    let frame = Frame::new().fill(theme.surface).inner_margin(margin);
    let row = |ui: &mut Ui| {
        ui.horizontal(|ui| {
            let chosen = bar.ui(ui, desk.map(|desk| &desk.session), settings);
            if let Some(desk) = desk {
                title(ui, desk);
            }
            chosen
        })
    };
    Panel::top("menus").frame(frame).show_separator_line(desk.is_none()).show(ui, row).inner.inner
}

/// Lays out the window around an open funnel.
pub fn lay_out(ui: &mut Ui, desk: &mut Desk, settings: &Settings, outbox: &mut Outbox) -> Option<Command> {
    let theme = theme::of(ui);
    let bar = Frame::new().fill(theme.surface).inner_margin(Margin { left: 12, right: 12, top: 4, bottom: 8 });
    let wanted = Panel::top("toolbar").frame(bar).show(ui, |ui| toolbar(ui, desk)).inner;
    let room = ui.available_size();
    if settings.inspector {
        let side = Frame::new().fill(theme.surface).inner_margin(Margin::ZERO);
        let most = (room.x * 0.45).max(280.0);
        Panel::right("inspector").default_size(320.0).size_range(280.0..=most).frame(side).show(ui, |ui| {
            let (parts, view) = desk.split();
            Frame::new().inner_margin(Margin::symmetric(12, 8)).show(ui, |ui| {
                parts.inspector.ui(ui, &view, outbox);
                ui.take_available_space();
            });
        });
    }
    if settings.lower {
        let side = Frame::new().fill(theme.surface).inner_margin(Margin::ZERO);
        let (usual, most) = ((room.y * 0.4).clamp(256.0, 360.0), (room.y * 0.7).max(160.0));
        let lower = Panel::bottom("lower").resizable(true).default_size(usual).size_range(120.0..=most).frame(side);
        lower.show(ui, |ui| {
            tabs(ui, desk, outbox);
            let tab = desk.tab;
            let (parts, view) = desk.split();
            Frame::new().inner_margin(Margin { left: 12, right: 12, top: 8, bottom: 8 }).show(ui, |ui| {
                match tab {
                    Tab::Timeline => parts.timeline.ui(ui, &view, outbox),
                    Tab::Windows => parts.windows.ui(ui, &view, outbox),
                    Tab::Simulation => parts.simulation.ui(ui, &view, outbox),
                    Tab::Templates => parts.templates.ui(ui, &view, outbox),
                    Tab::Problems => parts.problems.ui(ui, &view, outbox),
                    Tab::Checklist => parts.checklist.ui(ui, &view, outbox),
                }
                ui.take_available_space();
            });
        });
    }
    CentralPanel::default().frame(Frame::new().fill(theme.canvas)).show(ui, |ui| {
        let (parts, view) = desk.split();
        parts.canvas.ui(ui, &view, outbox);
    });
    wanted
}

fn tabs(ui: &mut Ui, desk: &Desk, outbox: &mut Outbox) {
    let theme = theme::of(ui);
    let diagnostics = &desk.session.judgement().diagnostics;
    let worst = diagnostics.iter().map(|diagnostic| diagnostic.severity).min();
    let strip = ui.horizontal(|ui| {
        ui.set_min_height(36.0);
        ui.spacing_mut().item_spacing.x = 0.0;
        ui.add_space(4.0);
        for tab in [Tab::Timeline, Tab::Windows, Tab::Simulation, Tab::Templates, Tab::Problems, Tab::Checklist] {
            let count = (tab == Tab::Problems).then_some(diagnostics.len()).filter(|count| *count > 0);
            if tab_button(ui, tab, desk.tab == tab, count, worst).clicked() {
                outbox.ask(Ask::Show(tab));
            }
        }
        ui.with_layout(egui::Layout::right_to_left(egui::Align::Center), |ui| {
            ui.add_space(12.0);
            standing::ui(ui, desk.session.standing());
        });
    });
    let rect = strip.response.rect;
    ui.painter().hline(ui.max_rect().x_range(), rect.bottom(), egui::Stroke::new(1.0, theme.border));
    ui.spacing_mut().item_spacing.y = 0.0;
}

fn tab_button(ui: &mut Ui, tab: Tab, chosen: bool, count: Option<usize>, worst: Option<Severity>) -> egui::Response {
    let theme = theme::of(ui);
    let ink = if chosen { theme.text } else { theme.weak };
    let label = ui.painter().layout_no_wrap(words::tab_name(tab).to_owned(), theme.font(Type::Strong), ink);
    let (colour, soft, _) = theme.severity(worst.unwrap_or(Severity::Info));
    let number = count.map(|count| {
        let text = RichText::new(count.to_string()).font(theme.font(Type::Small)).text().to_owned();
        ui.painter().layout_no_wrap(text, theme.font(Type::Small), colour)
    });
    let badge = number.as_ref().map_or(0.0, |number| number.size().x + 18.0);
    let (rect, response) = ui.allocate_exact_size(vec2(label.size().x + badge + 24.0, 36.0), Sense::click());
    let name = words::tab(tab, count.unwrap_or(0));
    response.widget_info(|| WidgetInfo::selected(Role::Tab, true, chosen, &name));
    let painter = ui.painter();
    let ink = if response.hovered() { theme.text } else { ink };
    let at = rect.left_center() + vec2(12.0, -label.size().y / 2.0);
    let after = at.x + label.size().x + 6.0;
    painter.galley_with_override_text_color(at, label, ink);
    if let Some(number) = number {
        let pill = egui::Rect::from_min_size(egui::pos2(after, rect.center().y - 9.0), vec2(number.size().x + 12.0, 18.0));
        painter.rect_filled(pill, CornerRadius::same(9), soft);
        painter.galley(pill.center() - number.size() / 2.0, number, colour);
    }
    if chosen {
        let line = egui::Rect::from_min_max(rect.left_bottom() + vec2(12.0, -2.0), rect.right_bottom() - vec2(12.0, 0.0));
        painter.rect_filled(line, CornerRadius::same(1), theme.accent);
    }
    if response.has_focus() {
        painter.rect_stroke(rect.shrink(3.0), theme::RADIUS, egui::Stroke::new(2.0, theme.focus), egui::StrokeKind::Inside);
    }
    response
}
