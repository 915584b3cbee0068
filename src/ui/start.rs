//! The start screen: what was open before, and the samples with what each teaches. Opens nothing itself.

use std::path::PathBuf;

use egui::{
    Align, Align2, CentralPanel, CornerRadius, FontId, Frame, Layout, Rect, RichText, Role, ScrollArea, Sense, Stroke,
    StrokeKind, Ui, WidgetInfo, pos2, vec2,
};
use egui_material_icons::icons::{ICON_ADD, ICON_DESCRIPTION, ICON_FOLDER_OPEN};

use crate::cli::clock_at;
use crate::cli::samples::SAMPLES;
use crate::file;
use crate::policy;
use crate::rules::{judge, window_impact};

use super::app::{accent_button, plain_button};
use super::theme::{self, Judged, RADIUS_LARGE, Theme, Type};
use super::words::shell as words;

/// What the person wants.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Wanted {
    /// An empty funnel.
    New,
    /// A file.
    Open,
    /// A file that was open before.
    Recent(PathBuf),
    /// The sample at this place.
    Sample(usize),
    /// The funnel that was kept aside.
    Recover,
    /// Not the funnel that was kept aside.
    Forget,
}

/// The start screen's own state: the samples as they look, worked out when it is first shown.
#[derive(Default)]
pub struct StartScreen {
    cards: Vec<Card>,
}

#[derive(Default)]
struct Card {
    name: String,
    teaches: String,
    /// How much the window weighs on it, in words; empty where it could not be judged.
    impact: String,
    /// Where the steps lie, with their verdicts, and the links between them.
    steps: Vec<(Rect, Option<Judged>)>,
    links: Vec<(usize, usize)>,
}

const WIDTH: f32 = 960.0;
const CARD: egui::Vec2 = vec2(300.0, 216.0);
const GAP: f32 = 16.0;
const PICTURE: f32 = 104.0;

impl StartScreen {
    /// Paints it.
    pub fn ui(&mut self, ui: &mut Ui, recent: &[PathBuf], kept: bool) -> Option<Wanted> {
        if self.cards.is_empty() {
            self.cards = cards();
        }
        let theme = theme::of(ui);
        let mut wanted = None;
        CentralPanel::default().frame(Frame::new().fill(theme.canvas)).show(ui, |ui| {
            ScrollArea::vertical().auto_shrink(false).show(ui, |ui| {
                let room = ui.available_width();
                let columns = (((room - 64.0 + GAP) / (CARD.x + GAP)) as usize).clamp(1, 3);
                let width = (columns as f32 * (CARD.x + GAP) - GAP).min(WIDTH);
                let side = ((room - width) / 2.0).max(16.0);
                ui.horizontal_top(|ui| {
                    ui.add_space(side);
                    ui.allocate_ui_with_layout(vec2(width, 0.0), Layout::top_down(Align::Min), |ui| {
                        ui.set_width(width);
                        ui.add_space(56.0);
                        wanted = head(ui, kept).or(wanted.take());
                        if !recent.is_empty() {
                            heading(ui, words::RECENT);
                            for path in recent {
                                if recent_row(ui, path) {
                                    wanted = Some(Wanted::Recent(path.clone()));
                                }
                            }
                        }
                        heading(ui, words::SAMPLES);
                        wanted = self.samples(ui, columns).or(wanted.take());
                        ui.add_space(48.0);
                    });
                });
            });
        });
        wanted
    }

    fn samples(&self, ui: &mut Ui, columns: usize) -> Option<Wanted> {
        let mut wanted = None;
        let rows = self.cards.len().div_ceil(columns);
        let height = rows as f32 * (CARD.y + GAP);
        let (area, _) = ui.allocate_exact_size(vec2(ui.available_width(), height), Sense::hover());
        for (place, card) in self.cards.iter().enumerate() {
            let at = area.min + vec2((place % columns) as f32, (place / columns) as f32) * (CARD + vec2(GAP, GAP));
            if sample_card(ui, Rect::from_min_size(at, CARD), place, card) {
                wanted = Some(Wanted::Sample(place));
            }
        }
        wanted
    }
}

fn head(ui: &mut Ui, kept: bool) -> Option<Wanted> {
    let theme = theme::of(ui);
    let mut wanted = None;
    ui.label(RichText::new(words::PRODUCT).font(theme.font(Type::Display)).color(theme.text));
    ui.label(RichText::new(words::TAGLINE).font(theme.font(Type::Body)).color(theme.weak));
    ui.add_space(12.0);
    ui.horizontal(|ui| {
        let text = super::app::with_icon(theme, ICON_ADD, words::NEW, theme.on_accent);
        let new = ui.add(egui::Button::new(text).fill(theme.accent).stroke(Stroke::NONE).min_size(vec2(140.0, 36.0)));
        new.widget_info(|| WidgetInfo::labeled(Role::Button, true, words::NEW));
        if new.clicked() {
            wanted = Some(Wanted::New);
        }
        let text = super::app::with_icon(theme, ICON_FOLDER_OPEN, words::OPEN_FILE, theme.text);
        let open = ui.add(egui::Button::new(text).fill(theme.raised).min_size(vec2(140.0, 36.0)));
        open.widget_info(|| WidgetInfo::labeled(Role::Button, true, words::OPEN_FILE));
        if open.clicked() {
            wanted = Some(Wanted::Open);
        }
    });
    if kept {
        ui.add_space(8.0);
        theme.card().show(ui, |ui| {
            ui.horizontal(|ui| {
                ui.label(RichText::new(words::RECOVER_UNTITLED).color(theme.text));
                ui.with_layout(Layout::right_to_left(Align::Center), |ui| {
                    if accent_button(ui, words::RECOVER).clicked() {
                        wanted = Some(Wanted::Recover);
                    }
                    if plain_button(ui, words::FORGET).clicked() {
                        wanted = Some(Wanted::Forget);
                    }
                });
            });
        });
    }
    wanted
}

fn heading(ui: &mut Ui, text: &str) {
    let theme = theme::of(ui);
    ui.add_space(24.0);
    ui.label(RichText::new(text).font(theme.font(Type::Title)).color(theme.text));
    ui.add_space(4.0);
}

fn recent_row(ui: &mut Ui, path: &std::path::Path) -> bool {
    let theme = theme::of(ui);
    let (rect, response) = ui.allocate_exact_size(vec2(ui.available_width(), 36.0), Sense::click());
    let name = path.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
    response.widget_info(|| WidgetInfo::labeled(Role::Button, true, &name));
    let lit = response.hovered() || response.has_focus();
    let painter = ui.painter_at(rect);
    painter.rect_filled(rect, theme::RADIUS, if lit { theme.hover } else { theme.canvas });
    let icons = FontId::new(18.0, icons());
    let at = rect.left_center() + vec2(18.0, 0.0);
    painter.text(at, Align2::CENTER_CENTER, ICON_DESCRIPTION.codepoint, icons, theme.weak);
    let at = rect.left_center() + vec2(36.0, 0.0);
    let named = painter.text(at, Align2::LEFT_CENTER, &name, theme.font(Type::Strong), theme.text);
    let folder = path.parent().map(|folder| folder.display().to_string()).unwrap_or_default();
    let at = pos2(named.right() + 12.0, rect.center().y);
    painter.text(at, Align2::LEFT_CENTER, folder, theme.font(Type::Small), theme.weak);
    response.clicked()
}

fn sample_card(ui: &mut Ui, rect: Rect, place: usize, card: &Card) -> bool {
    let theme = theme::of(ui);
    let response = ui.interact(rect, ui.scope_id().with(("sample", place)), Sense::click());
    response.widget_info(|| {
        WidgetInfo::labeled(Role::Button, true, format!("{}: {}. {}", card.name, card.teaches, card.impact))
    });
    let lit = response.hovered() || response.has_focus();
    let painter = ui.painter_at(rect.expand(8.0));
    if lit {
        painter.add(theme.floating_shadow().as_shape(rect, CornerRadius::same(RADIUS_LARGE)));
    }
    let line = Stroke::new(if response.has_focus() { 2.0 } else { 1.0 }, if lit { theme.accent } else { theme.border });
    painter.rect(rect, RADIUS_LARGE, theme.raised, line, StrokeKind::Inside);
    let picture = Rect::from_min_size(rect.min + vec2(1.0, 1.0), vec2(rect.width() - 2.0, PICTURE));
    let top = CornerRadius { nw: RADIUS_LARGE - 1, ne: RADIUS_LARGE - 1, sw: 0, se: 0 };
    painter.rect_filled(picture, top, theme.sunken);
    draw(&painter, theme, picture.shrink2(vec2(18.0, 16.0)), card);
    let width = rect.width() - 28.0;
    let name = painter.layout(card.name.clone(), theme.font(Type::Strong), theme.text, width);
    let mut job = egui::text::LayoutJob::simple(card.teaches.clone(), theme.font(Type::Small), theme.weak, width);
    job.wrap.max_rows = 4;
    let teaches = painter.layout_job(job);
    let at = picture.left_bottom() + vec2(14.0, 12.0);
    let below = at + vec2(0.0, name.size().y + 5.0);
    painter.galley(at, name, theme.text);
    painter.galley(below, teaches, theme.weak);
    let foot = rect.left_bottom() + vec2(15.0, -14.0);
    painter.text(foot, Align2::LEFT_BOTTOM, &card.impact, theme.font(Type::Small), theme.text);
    response.clicked()
}

/// A funnel in small: its cards in the colours of their verdicts, and its links.
fn draw(painter: &egui::Painter, theme: &Theme, room: Rect, card: &Card) {
    let all = card.steps.iter().fold(Rect::NOTHING, |all, (rect, _)| all.union(*rect));
    if !all.is_positive() {
        return;
    }
    let scale = (room.size() / all.size()).min_elem().min(0.22);
    let corner = room.center() - all.size() * scale / 2.0;
    let put = |rect: Rect| Rect::from_min_size(corner + (rect.min - all.min) * scale, rect.size() * scale);
    for (from, to) in &card.links {
        let (from, to) = (put(card.steps[*from].0), put(card.steps[*to].0));
        painter.line_segment([from.right_center(), to.left_center()], Stroke::new(1.0, theme.border_strong));
    }
    for (rect, verdict) in &card.steps {
        let (fill, line) = match verdict {
            Some(verdict) => {
                let look = theme.judged(*verdict);
                (look.soft, look.colour)
            }
            None => (theme.raised, theme.border_strong),
        };
        painter.rect(put(*rect), 2.0, fill, Stroke::new(1.0, line), StrokeKind::Inside);
    }
}

fn icons() -> egui::FontFamily {
    egui::FontFamily::Name(egui_material_icons::FONT_FAMILY_OUTLINED.into())
}

fn cards() -> Vec<Card> {
    SAMPLES
        .iter()
        .map(|sample| {
            let loaded = file::parse(sample.text, sample.name).ok();
            let Some(document) = loaded.map(|loaded| loaded.document) else {
                return Card { name: sample.name.to_owned(), ..Card::default() };
            };
            let funnel = &document.funnel;
            let judgement = policy::load(&funnel.policy, None).ok().map(|policy| judge(funnel, &policy, clock_at(funnel)));
            let place = |id: &crate::model::StepId| funnel.steps.iter().position(|step| step.id == *id);
            let steps = funnel.steps.iter().map(|step| {
                let at = document.layout.spots.get(&step.id).copied().unwrap_or_default();
                let proof = judgement.as_ref().and_then(|judgement| judgement.proof.step(&step.id));
                let verdict = step.message().zip(proof).map(|(message, proof)| Judged::of(&message.send, proof.verdict));
                (Rect::from_min_size(pos2(at.x, at.y), vec2(240.0, 110.0)), verdict)
            });
            Card {
                name: funnel.name.clone(),
                teaches: sample.teaches(),
                impact: judgement
                    .as_ref()
                    .map(|judged| words::window_impact(window_impact(funnel, judged).level))
                    .unwrap_or_default(),
                steps: steps.collect(),
                links: funnel.links.iter().filter_map(|link| Some((place(&link.from)?, place(&link.to)?))).collect(),
            }
        })
        .collect()
}
