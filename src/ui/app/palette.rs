//! The command palette: everything that can be done and every step, found by typing. Posts what is chosen.

use egui::{Align2, FontId, Id, Key, Modal, Modifiers, Role, ScrollArea, Sense, Ui, WidgetInfo, vec2};
use egui_material_icons::icons::ICON_CHEVRON_RIGHT;

use crate::model::StepId;
use crate::session::Session;
use crate::ui::canvas::sort_icon;
use crate::ui::command::Command;
use crate::ui::theme::{self, RADIUS, Type};
use crate::ui::words::shell as words;

const ROW: f32 = 32.0;
const MOST: usize = 200;

/// A palette that is open.
#[derive(Debug, Default)]
pub struct Palette {
    search: String,
    chosen: usize,
}

/// What was chosen.
#[derive(Debug, Clone, PartialEq)]
pub enum Chosen {
    /// A command.
    Invoke(Command),
    /// A step to go to.
    GoTo(StepId),
}

/// What came of it in this frame.
#[derive(Debug, Clone, PartialEq)]
pub enum Answer {
    /// The person is still choosing.
    Open,
    /// The person wants nothing.
    Closed,
    /// The person wants this.
    Chosen(Chosen),
}

struct Row {
    icon: &'static str,
    label: String,
    aside: String,
    chosen: Chosen,
}

impl Palette {
    /// Paints it.
    pub fn ui(&mut self, ctx: &egui::Context, session: Option<&Session>) -> Answer {
        let mut answer = Answer::Open;
        let (up, down, enter) = ctx.input_mut(|input| {
            (
                input.consume_key(Modifiers::NONE, Key::ArrowUp),
                input.consume_key(Modifiers::NONE, Key::ArrowDown),
                input.consume_key(Modifiers::NONE, Key::Enter),
            )
        });
        let rows = self.rows(ctx, session);
        self.chosen = match (up, down) {
            (_, true) => self.chosen + 1,
            (true, _) => self.chosen.saturating_sub(1),
            _ => self.chosen,
        }
        .min(rows.len().saturating_sub(1));
        let area = Modal::default_area(Id::unique("palette")).anchor(Align2::CENTER_TOP, vec2(0.0, 80.0));
        let modal = Modal::new(Id::unique("palette")).area(area).frame(frame(ctx)).show(ctx, |ui| {
            ui.set_width(560.0);
            ui.spacing_mut().item_spacing.y = 1.0;
            let hint = words::PALETTE_HINT;
            let field = egui::TextEdit::singleline(&mut self.search).hint_text(hint).margin(vec2(10.0, 9.0));
            let field = ui.add(field.desired_width(f32::INFINITY)).accessible_name(hint);
            field.request_focus();
            if field.changed() {
                self.chosen = 0;
            }
            ui.add_space(6.0);
            let room = (ui.content_rect().height() - 220.0).clamp(160.0, 420.0);
            ScrollArea::vertical().max_height(room).min_scrolled_height(room).auto_shrink([false, true]).show(ui, |ui| {
                for (place, row) in rows.iter().enumerate() {
                    let response = paint(ui, row, place == self.chosen);
                    if place == self.chosen && (up || down) {
                        response.scroll_to_me(None);
                    }
                    if response.hovered() && ui.input(|input| input.pointer.is_moving()) {
                        self.chosen = place;
                    }
                    if response.clicked() {
                        answer = Answer::Chosen(row.chosen.clone());
                    }
                }
                if rows.is_empty() {
                    ui.label(egui::RichText::new(words::NOTHING_FOUND).color(theme::of(ui).weak));
                }
            });
        });
        if enter && let Some(row) = rows.get(self.chosen) {
            answer = Answer::Chosen(row.chosen.clone());
        } else if modal.should_close() {
            answer = Answer::Closed;
        }
        answer
    }

    fn rows(&self, ctx: &egui::Context, session: Option<&Session>) -> Vec<Row> {
        let mut rows = Vec::new();
        for command in Command::ALL {
            let works_here = session.is_some() || command.works_without_funnel();
            if works_here && !matches!(command, Command::Palette | Command::Cancel) {
                let keys = command.shortcut_text(ctx);
                let (icon, aside) = match command {
                    Command::Add(sort) if keys.is_empty() => (sort_icon(sort).codepoint, sort.about().to_owned()),
                    Command::Add(sort) => (sort_icon(sort).codepoint, keys),
                    _ => (ICON_CHEVRON_RIGHT.codepoint, keys),
                };
                let label = command.label().to_owned();
                rows.push(Row { icon, label, aside, chosen: Chosen::Invoke(command) });
            }
        }
        if let Some(session) = session {
            for step in &session.funnel().steps {
                let text = step.message().and_then(|message| message.send.content()).map(|content| content.text());
                let template = step.message().and_then(|message| message.send.template());
                let aside = text.or(template).unwrap_or_default().lines().next().unwrap_or_default().to_owned();
                let chosen = Chosen::GoTo(step.id.clone());
                let icon = egui_material_icons::icons::ICON_MY_LOCATION.codepoint;
                let label = words::go_to(crate::ui::words::canvas::kind(step), step.name());
                rows.push(Row { icon, label, aside, chosen });
            }
        }
        let wanted: Vec<String> = self.search.to_lowercase().split_whitespace().map(str::to_owned).collect();
        rows.retain(|row| {
            let text = format!("{} {}", row.label, row.aside).to_lowercase();
            wanted.iter().all(|word| text.contains(word.as_str()))
        });
        if let Some(first) = wanted.first() {
            let in_name = |row: &Row| {
                let name = row.label.to_lowercase();
                wanted.iter().all(|word| name.contains(word.as_str()))
            };
            rows.sort_by_cached_key(|row| (!row.label.to_lowercase().starts_with(first.as_str()), !in_name(row)));
        }
        rows.truncate(MOST);
        rows
    }
}

fn frame(ctx: &egui::Context) -> egui::Frame {
    let theme = theme::of_ctx(ctx);
    theme.card().inner_margin(10).shadow(theme.floating_shadow())
}

fn paint(ui: &mut Ui, row: &Row, chosen: bool) -> egui::Response {
    let theme = theme::of(ui);
    let (rect, response) = ui.allocate_exact_size(vec2(ui.available_width(), ROW), Sense::click());
    response.widget_info(|| WidgetInfo::selected(Role::MenuItem, true, chosen, &row.label));
    if !ui.is_rect_visible(rect) {
        return response;
    }
    if chosen {
        ui.painter().rect_filled(rect, RADIUS, theme.accent_soft);
    }
    let icons = FontId::new(16.0, egui::FontFamily::Name(egui_material_icons::FONT_FAMILY_OUTLINED.into()));
    let ink = if chosen { theme.accent } else { theme.weak };
    ui.painter().text(rect.left_center() + vec2(18.0, 0.0), Align2::CENTER_CENTER, row.icon, icons, ink);
    let mut job = egui::text::LayoutJob::simple_singleline(row.label.clone(), theme.font(Type::Body), theme.text);
    job.wrap = egui::text::TextWrapping::truncate_at_width(360.0);
    let label = ui.painter().layout_job(job);
    let width = label.size().x;
    let words = rect.left_center() + vec2(36.0, -label.size().y / 2.0);
    ui.painter().galley(words, label, theme.text);
    let mut job = egui::text::LayoutJob::simple_singleline(row.aside.clone(), theme.font(Type::Small), theme.weak);
    job.wrap = egui::text::TextWrapping::truncate_at_width((rect.width() - width - 64.0).max(10.0));
    let aside = ui.painter().layout_job(job);
    let at = rect.right_center() - vec2(aside.size().x + 10.0, aside.size().y / 2.0);
    ui.painter().galley(at, aside, theme.weak);
    response
}
