//! For each message, how long after the person's last message it goes out, over all journeys, against the line at which
//! the window closes: the whole funnel's safety at a glance. Reads the proof and knows nothing of how it came about.

mod crowd;
mod scale;
mod still;

use std::collections::BTreeMap;

use egui::{Align, Label, Layout, Painter, Rect, Response, RichText, Role, ScrollArea, Sense, Stroke, Ui, UiBuilder};
use egui::{WidgetInfo, pos2, vec2};
use egui_material_icons::icons::{ICON_ARROW_FORWARD, ICON_MARK_CHAT_UNREAD, ICON_SCHEDULE};

use crate::engine::crowd::StepCrowd;
use crate::engine::{StepProof, Verdict};
use crate::model::{Seconds, Step, StepId};
use crate::session::CrowdRun;
use crate::ui::theme::{self, Judged, Theme, Type, VerdictLook};
use crate::ui::words::{panels, windows as words};
use crate::ui::{Ask, Outbox, View};

use super::form::{focus_ring, glyph};
use super::{table, verdict};

use self::scale::Scale;

const ROW: f32 = 32.0;
const HEAD: f32 = 36.0;
const BAR: f32 = 14.0;
/// The width of the titles, least and most, and the part of the whole that they take between.
const TITLE: (f32, f32, f32) = (136.0, 280.0, 0.28);
/// The width of the range in words, where there is room for it.
const RANGE: f32 = 156.0;
const ROOMY: f32 = 720.0;
/// A message that always goes out at the same time is a mark of this width.
const LEAST_BAR: f32 = 6.0;
/// The right end of the rows keeps clear of the scroll bar, which floats above them.
const MARGIN: f32 = 16.0;

/// The windows of all messages.
#[derive(Debug, Default)]
pub struct Windows {
    as_drawn: bool,
}

/// What a row shows.
struct Shown<'v> {
    step: &'v Step,
    proof: &'v StepProof,
    look: VerdictLook,
    templated: bool,
    /// What a crowd came to there, where one went through this very funnel.
    crowd: Option<&'v StepCrowd>,
}

/// Where the columns stand.
struct Columns {
    plot: (f32, f32),
    range: Option<f32>,
}

impl Windows {
    /// Paints it.
    pub fn ui(&mut self, ui: &mut Ui, view: &View<'_>, outbox: &mut Outbox) {
        let theme = theme::of(ui);
        let rows = self.rows(theme, view);
        if rows.is_empty() {
            table::empty(ui, ICON_SCHEDULE.codepoint, theme.accent, words::EMPTY, words::EMPTY_HELP);
            return;
        }
        self.head(ui, &rows);
        let columns = Columns::of(ui.available_width());
        let window = view.session.policy().window.length;
        let scale = scale_of(&rows, window, &columns);
        ui.spacing_mut().item_spacing = vec2(0.0, 0.0);
        axis(ui, theme, &columns, &scale, window);
        let body = ui.available_rect_before_wrap();
        ground(ui.painter(), theme, body, &columns, &scale);
        ScrollArea::vertical().id_salt("windows").auto_shrink(false).show_rows(ui, ROW, rows.len(), |ui, range| {
            for row in &rows[range] {
                row_ui(ui, theme, view, outbox, row, (&columns, &scale));
            }
        });
    }

    fn head(&mut self, ui: &mut Ui, rows: &[Shown<'_>]) {
        let theme = theme::of(ui);
        let text = summary(rows);
        ui.horizontal(|ui| {
            ui.spacing_mut().item_spacing.x = 4.0;
            let text = RichText::new(text).font(theme.font(Type::Strong)).color(theme.text);
            let room = (ui.available_width() - 180.0).max(80.0);
            ui.allocate_ui_with_layout(vec2(room, 28.0), Layout::left_to_right(Align::Center), |ui| {
                ui.add(Label::new(text).truncate().selectable(false));
            });
            ui.with_layout(Layout::right_to_left(Align::Center), |ui| {
                let ways = [(true, words::AS_DRAWN, words::AS_DRAWN_HELP), (false, words::BY_RISK, words::BY_RISK_HELP)];
                for (as_drawn, name, help) in ways {
                    let on = self.as_drawn == as_drawn;
                    let button = ui.add(egui::Button::selectable(on, name).frame_when_inactive(true));
                    button.widget_info(|| WidgetInfo::selected(Role::RadioButton, true, on, name));
                    if button.on_hover_text(help).clicked() {
                        self.as_drawn = as_drawn;
                    }
                }
            });
        });
    }

    /// The messages, in the order that is wanted.
    fn rows<'v>(&self, theme: &Theme, view: &View<'v>) -> Vec<Shown<'v>> {
        let run = view.session.crowd().filter(|run| run.is_of(view.session.funnel(), view.session.policy()));
        let crowd = run.and_then(CrowdRun::crowd);
        let met = crowd.into_iter().flat_map(|crowd| crowd.steps.iter().enumerate()).map(|(place, step)| (&step.id, place));
        let met: BTreeMap<&StepId, usize> = met.collect();
        let rows = view.session.funnel().steps.iter().enumerate().filter_map(|(place, step)| {
            let (message, proof) = (step.message()?, view.session.proof_at(place)?);
            let judged = Judged::of(&message.send, proof.verdict);
            let crowd = crowd.and_then(|crowd| crowd.steps.get(*met.get(&step.id)?));
            Some(Shown { step, proof, look: theme.judged(judged), templated: judged.templated, crowd })
        });
        let mut rows: Vec<Shown<'v>> = rows.collect();
        if !self.as_drawn {
            rows.sort_by_key(|row| std::cmp::Reverse(risk(row)));
        }
        rows
    }
}

/// How much there is to fear of a message: whether it fails on every journey or on some, then how late it goes out. Where
/// a template goes out instead, nothing fails.
fn risk(row: &Shown<'_>) -> (u8, Seconds) {
    let latest = row.proof.since_inbound.and_then(|range| range.max).filter(|_| !row.proof.before_inbound);
    let rank = match (row.proof.verdict, row.templated) {
        (Verdict::Outside, false) => 3,
        (Verdict::Sometimes, false) => 2,
        (Verdict::Outside | Verdict::Sometimes, true) | (Verdict::Inside, _) => 1,
        (Verdict::Unreachable, _) => 0,
    };
    (rank, latest.unwrap_or(Seconds(i64::MAX)))
}

/// What the rows come to, in words.
fn summary(rows: &[Shown<'_>]) -> String {
    let free = rows.iter().filter(|row| !row.templated);
    let outside = free.clone().filter(|row| matches!(row.proof.verdict, Verdict::Outside | Verdict::Sometimes)).count();
    words::summary(outside, free.count(), rows.len())
}

/// The times that all of these rows need.
fn scale_of(rows: &[Shown<'_>], window: Seconds, columns: &Columns) -> Scale {
    let finite = rows.iter().filter_map(|row| row.proof.since_inbound?.max).max().unwrap_or_default();
    let lowest = rows.iter().filter_map(|row| Some(row.proof.since_inbound?.min)).max().unwrap_or_default();
    let endless = rows.iter().any(|row| row.proof.since_inbound.is_some_and(|range| range.max.is_none()));
    let beyond = endless || rows.iter().any(|row| row.proof.before_inbound);
    Scale::new(window, finite.max(lowest), beyond, columns.plot.1 - columns.plot.0)
}

impl Columns {
    fn of(width: f32) -> Self {
        let title = (width * TITLE.2).clamp(TITLE.0, TITLE.1);
        let right = width - MARGIN;
        let range = (width >= ROOMY).then_some(right - RANGE);
        Self { plot: (title + 12.0, range.map_or(right, |range| range - 12.0)), range }
    }

    /// The plot of a row.
    fn plot(&self, row: Rect) -> Rect {
        Rect::from_x_y_ranges(row.left() + self.plot.0..=row.left() + self.plot.1, row.y_range())
    }
}

/// The line of times above the rows.
fn axis(ui: &mut Ui, theme: &Theme, columns: &Columns, scale: &Scale, window: Seconds) {
    let (rect, _) = ui.allocate_exact_size(vec2(ui.available_width(), HEAD), Sense::hover());
    let (painter, plot) = (ui.painter(), columns.plot(rect));
    let small = theme.font(Type::Small);
    let closes = plot.left() + scale.closes();
    let text = |x: f32, y: f32, align: egui::Align2, text: String, colour: egui::Color32| {
        painter.text(pos2(x, y), align, text, small.clone(), colour);
    };
    let (first, second) = (rect.top() + 9.0, rect.top() + 26.0);
    text(rect.left() + 8.0, second, egui::Align2::LEFT_CENTER, words::AXIS.to_owned(), theme.weak);
    text((plot.left() + closes) / 2.0, first, egui::Align2::CENTER_CENTER, words::OPEN.to_owned(), theme.inside);
    text((closes + plot.right()) / 2.0, first, egui::Align2::CENTER_CENTER, words::CLOSED.to_owned(), theme.weak);
    for (at, x) in scale.marks() {
        let align = if x <= 0.0 { egui::Align2::LEFT_CENTER } else { egui::Align2::CENTER_CENTER };
        text(plot.left() + x, second, align, at.spoken(), theme.weak);
    }
    painter.text(
        pos2(closes, second),
        egui::Align2::CENTER_CENTER,
        words::closes_at(window),
        theme.font(Type::Strong),
        theme.text,
    );
}

/// What lies behind all rows: the closed part, the marks, the line.
fn ground(painter: &Painter, theme: &Theme, body: Rect, columns: &Columns, scale: &Scale) {
    let plot = columns.plot(body);
    let closes = plot.left() + scale.closes();
    painter.rect_filled(Rect::from_x_y_ranges(closes..=plot.right(), body.y_range()), 0.0, theme.sunken);
    for (_, x) in scale.marks() {
        painter.vline(plot.left() + x, body.y_range(), Stroke::new(1.0, theme.border));
    }
    painter.hline(body.x_range(), body.top(), Stroke::new(1.0, theme.border));
    painter.vline(closes, body.y_range(), Stroke::new(2.0, theme.border_strong));
}

fn row_ui(
    ui: &mut Ui,
    theme: &Theme,
    view: &View<'_>,
    outbox: &mut Outbox,
    row: &Shown<'_>,
    (columns, scale): (&Columns, &Scale),
) {
    let id = ui.make_persistent_id(("window of", &row.step.id));
    let (rect, _) = ui.allocate_exact_size(vec2(ui.available_width(), ROW), Sense::hover());
    let response = ui.interact(rect, id, Sense::click());
    let selected = view.session.selection.steps.contains(&row.step.id);
    response.widget_info(|| {
        WidgetInfo::selected(Role::Button, true, selected, words::row(row.step.name(), row.proof, row.crowd))
    });
    let plot = columns.plot(rect);
    let outside = outside_part(plot, row.proof, scale).map(|part| outside_ui(ui, view, outbox, row, part));
    let lit = view.hovered == Some(&row.step.id);
    let beside = outside.as_ref().is_some_and(Response::hovered);
    if response.hovered() || beside {
        outbox.ask(Ask::Hover(row.step.id.clone()));
    }
    let ground = if selected {
        theme.accent_soft
    } else if response.hovered() || beside || lit {
        theme.hover
    } else {
        egui::Color32::TRANSPARENT
    };
    // The plot keeps its ground, so that the line and the closed part stay in sight.
    let name = Rect::from_min_max(rect.min + vec2(0.0, 1.0), pos2(plot.left() - 8.0, rect.bottom() - 1.0));
    ui.painter().rect_filled(name, theme::RADIUS, ground);
    title_ui(ui, theme, row, name);
    bar(ui.painter(), theme, row, plot, scale, outside.as_ref());
    if let Some(step) = row.crowd {
        crowd::paint(ui.painter(), theme, step, plot, scale);
    }
    if let Some(left) = columns.range {
        let place = Rect::from_min_size(pos2(rect.left() + left, rect.top()), vec2(RANGE, ROW));
        let text = RichText::new(words::range_with(row.proof, row.crowd)).font(theme.font(Type::Small)).color(theme.text);
        let mut cell = ui.new_child(UiBuilder::new().max_rect(place).layout(Layout::right_to_left(Align::Center)));
        cell.add(Label::new(text).truncate().selectable(false));
    }
    if response.has_focus() {
        let stroke = Stroke::new(2.0, theme.focus);
        ui.painter().rect_stroke(rect.shrink(1.0), theme::RADIUS, stroke, egui::StrokeKind::Inside);
    }
    if response.clicked() {
        outbox.ask(Ask::GoTo(row.step.id.clone()));
    }
}

fn title_ui(ui: &mut Ui, theme: &Theme, row: &Shown<'_>, place: Rect) {
    let layout = Layout::left_to_right(Align::Center);
    let mut cell = ui.new_child(UiBuilder::new().max_rect(place.shrink2(vec2(8.0, 0.0))).layout(layout));
    cell.spacing_mut().item_spacing.x = 8.0;
    glyph::paint(&mut cell, row.look.icon, Type::Strong, row.look.colour);
    let title = RichText::new(row.step.name()).font(theme.font(Type::Body)).color(theme.text);
    cell.add(Label::new(title).truncate().selectable(false));
}

/// The part of a row's plot in which the message goes out after the window has closed, or before it ever opened.
fn outside_part(plot: Rect, proof: &StepProof, scale: &Scale) -> Option<Rect> {
    if !matches!(proof.verdict, Verdict::Outside | Verdict::Sometimes) {
        return None;
    }
    let closes = plot.left() + scale.closes();
    let range = proof.since_inbound;
    let from = range.map_or(closes, |range| (plot.left() + scale.x(Some(range.min))).max(closes));
    let to = match range {
        Some(range) if !proof.before_inbound => (plot.left() + scale.x(range.max)).max(from + LEAST_BAR),
        _ => plot.right(),
    };
    let least = Rect::from_x_y_ranges(from - 4.0..=to + 4.0, plot.y_range());
    (to > closes).then_some(least.intersect(Rect::from_x_y_ranges(closes..=plot.right() + 4.0, plot.y_range())))
}

/// What leads to a journey on which the window is closed.
fn outside_ui(ui: &mut Ui, view: &View<'_>, outbox: &mut Outbox, row: &Shown<'_>, part: Rect) -> Response {
    let id = ui.make_persistent_id(("outside of", &row.step.id));
    let response = ui.interact(part, id, Sense::click()).on_hover_cursor(egui::CursorIcon::PointingHand);
    response.widget_info(|| {
        let what = if row.templated { panels::SHOW_SUCH } else { panels::SHOW_BREAKING };
        WidgetInfo::labeled(Role::Button, true, panels::shows(what, row.step.name()))
    });
    focus_ring(ui, &response);
    if response.clicked() {
        verdict::show_outside(view, outbox, row.step, row.proof);
    }
    response.on_hover_text(words::SHOW_OUTSIDE)
}

fn bar(painter: &Painter, theme: &Theme, row: &Shown<'_>, plot: Rect, scale: &Scale, outside: Option<&Response>) {
    let middle = plot.center().y;
    let lane = |from: f32, to: f32| Rect::from_x_y_ranges(from..=to, middle - BAR / 2.0..=middle + BAR / 2.0);
    let closes = plot.left() + scale.closes();
    if row.proof.verdict == Verdict::Unreachable {
        let at = pos2(plot.left() + 8.0, middle);
        painter.text(at, egui::Align2::LEFT_CENTER, words::UNREACHED, theme.font(Type::Small), theme.weak);
        return;
    }
    let radius = 4.0;
    if let Some(range) = row.proof.since_inbound {
        let (from, to) = (plot.left() + scale.x(Some(range.min)), plot.left() + scale.x(range.max));
        let to = to.max(from + LEAST_BAR);
        if from < closes {
            painter.rect_filled(lane(from, to.min(closes)), radius, theme.inside);
        }
        if to > closes && outside.is_some() {
            let part = lane(from.max(closes), to);
            painter.rect_filled(part, radius, row.look.colour);
            if outside.is_some_and(Response::hovered) {
                painter.rect_stroke(part.expand(2.0), radius, Stroke::new(2.0, theme.text), egui::StrokeKind::Outside);
            }
        }
        if range.max.is_none() {
            let at = pos2(plot.right() - 10.0, middle);
            glyph_at(painter, theme, at, ICON_ARROW_FORWARD.codepoint, theme.surface);
        }
    }
    if row.proof.before_inbound {
        before(painter, theme, row, plot, closes);
    }
}

/// A message to someone who has not written has no place on the axis: it says so in words.
fn before(painter: &Painter, theme: &Theme, row: &Shown<'_>, plot: Rect, closes: f32) {
    let font = theme.font(Type::Small);
    let words = painter.layout_no_wrap(words::BEFORE.to_owned(), font, row.look.colour);
    let room = plot.right() - closes - 8.0;
    let width = if words.size().x + 32.0 <= room { words.size().x + 32.0 } else { 24.0 };
    let pill = Rect::from_min_max(pos2(plot.right() - width, plot.top() + 6.0), pos2(plot.right(), plot.bottom() - 6.0));
    painter.rect_filled(pill, 4.0, row.look.soft);
    glyph_at(painter, theme, pos2(pill.left() + 12.0, pill.center().y), ICON_MARK_CHAT_UNREAD.codepoint, row.look.colour);
    if width > 24.0 {
        let at = pos2(pill.left() + 24.0, pill.center().y - words.size().y / 2.0);
        painter.galley(at, words, row.look.colour);
    }
}

fn glyph_at(painter: &Painter, theme: &Theme, at: egui::Pos2, icon: &str, colour: egui::Color32) {
    painter.text(at, egui::Align2::CENTER_CENTER, icon, glyph::font(theme, Type::Small), colour);
}
