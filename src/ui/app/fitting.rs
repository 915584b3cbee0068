//! A log of answers beside the law that was fitted to it, in a window of its own: how good the fit is, and whether to use it.
//! The log is read and the law is fitted in the background.

use std::path::{Path, PathBuf};
use std::time::Duration;

use egui::{Align2, Context, Id, Modal, Rect, RichText, Role, Sense, Stroke, Ui, WidgetInfo, pos2, vec2};

use crate::cli::calibrate::{self, Heard};
use crate::edit::Edit;
use crate::file::ReadError;
use crate::model::{Seconds, StepId};
use crate::session::{Behind, Session};
use crate::ui::theme::{self, Type};
use crate::ui::words::fitting as words;

use super::questions::{accent_button, plain_button};

const WIDTH: f32 = 560.0;
const HEIGHT: f32 = 220.0;
/// Room for the shares at the left and for the times below.
const AXES: (f32, f32) = (44.0, 22.0);
/// The curve is drawn through so many points.
const POINTS: u16 = 160;
/// So many marks tell where messages were no longer followed; more would hide the line that they stand on.
const MOST_MARKS: usize = 40;
/// So many problems of a log are told.
const MOST_PROBLEMS: usize = 6;
/// How often it is looked whether the log is read.
const FRAME: Duration = Duration::from_millis(50);
/// Times that are marked on the axis.
const MARKS: [Seconds; 9] = [
    Seconds(10),
    Seconds::minutes(1),
    Seconds::minutes(10),
    Seconds::hours(1),
    Seconds::hours(4),
    Seconds::hours(12),
    Seconds::days(1),
    Seconds::days(3),
    Seconds::days(10),
];

/// A log that was picked for a question.
pub struct Fitting {
    step: StepId,
    log: PathBuf,
    heard: Behind<Result<Heard, ReadError>>,
}

/// What came of it in this frame.
#[derive(Debug, Clone, PartialEq)]
pub enum Answer {
    /// The person is still looking.
    Open,
    /// The person wants nothing.
    Closed,
    /// The person wants the law in the step.
    Use(Box<Edit>),
}

impl Fitting {
    /// Reads the log for a question of this session.
    pub fn begin(step: StepId, log: &Path, session: &Session) -> Self {
        let (path, zone) = (log.to_owned(), session.funnel().audience.timezone.clone());
        let heard = Behind::begin(move || calibrate::heard(&path, &zone, None));
        Self { step, log: log.to_owned(), heard }
    }

    /// Paints it.
    pub fn ui(&self, ctx: &Context, session: &Session) -> Answer {
        let theme = theme::of_ctx(ctx);
        let Some(step) = session.funnel().step(&self.step) else { return Answer::Closed };
        let frame = theme.card().inner_margin(20).shadow(theme.floating_shadow());
        let mut answer = Answer::Open;
        let modal = Modal::new(Id::unique("fit from a log")).frame(frame).show(ctx, |ui| {
            ui.set_width(WIDTH.min(ui.ctx().content_rect().width() - 80.0));
            let title = words::title(step.name());
            ui.label(RichText::new(title).font(theme.font(Type::Title)).color(theme.text));
            let log = self.log.file_name().unwrap_or_default().to_string_lossy().into_owned();
            ui.label(RichText::new(log).font(theme.font(Type::Small)).color(theme.weak));
            ui.add_space(8.0);
            let law = match self.heard.outcome() {
                None => {
                    ui.label(RichText::new(words::UNDER_WAY).color(theme.weak));
                    ui.ctx().request_repaint_after(FRAME);
                    None
                }
                Some(Err(error)) => {
                    refused(ui, error);
                    None
                }
                Some(Ok(heard)) => {
                    shown(ui, heard);
                    heard.calibration.as_ref().ok()
                }
            };
            ui.add_space(12.0);
            ui.with_layout(egui::Layout::right_to_left(egui::Align::Center), |ui| {
                if let Some(law) = law
                    && accent_button(ui, words::USE).clicked()
                {
                    let edits = vec![Edit::ReplaceStep(calibrate::with(step, &law.fit))];
                    answer = Answer::Use(Box::new(Edit::Together { label: words::label(step.name()), edits }));
                }
                let back = if law.is_some() { words::CANCEL } else { words::CLOSE };
                if plain_button(ui, back).clicked() {
                    answer = Answer::Closed;
                }
            });
        });
        if answer == Answer::Open && modal.should_close() { Answer::Closed } else { answer }
    }
}

/// Why the log cannot be read: each problem at its line and column, with what was expected.
fn refused(ui: &mut Ui, error: &ReadError) {
    let theme = theme::of(ui);
    ui.label(RichText::new(words::UNREADABLE).font(theme.font(Type::Strong)).color(theme.outside));
    let text = error.to_string();
    for line in text.lines().take(MOST_PROBLEMS) {
        ui.add(egui::Label::new(RichText::new(line).font(theme.font(Type::Body)).color(theme.text)).wrap());
    }
    let more = text.lines().count().saturating_sub(MOST_PROBLEMS);
    if more > 0 {
        ui.label(RichText::new(words::more(more)).color(theme.weak));
    }
}

fn shown(ui: &mut Ui, heard: &Heard) {
    let theme = theme::of(ui);
    let line = |ui: &mut Ui, text: String, colour| {
        ui.add(egui::Label::new(RichText::new(text).font(theme.font(Type::Body)).color(colour)).wrap());
    };
    line(ui, words::counted(heard.answered, heard.silent), theme.text);
    if heard.answered > 0 {
        plot(ui, heard);
    }
    match &heard.calibration {
        Ok(calibration) => {
            line(ui, words::sentence(&calibrate::law_in_words(calibration)), theme.text);
            line(ui, words::sentence(&calibrate::quality_in_words(calibration)), theme.weak);
            if calibration.fit.distance > crate::engine::calibrate::POOR {
                line(ui, calibrate::POOR_FIT.to_owned(), theme.sometimes);
            }
        }
        Err(few) => line(ui, words::too_few(few.0), theme.sometimes),
    }
}

/// The share that has answered by each time: the log in steps, the law as a curve, and where messages stopped being followed.
/// Times go by their logarithm.
fn plot(ui: &mut Ui, heard: &Heard) {
    let theme = theme::of(ui);
    let (rect, response) = ui.allocate_exact_size(vec2(ui.available_width(), HEIGHT), Sense::hover());
    response.widget_info(|| WidgetInfo::labeled(Role::Image, true, words::PLOT));
    let chart = Rect::from_min_max(pos2(rect.left() + AXES.0, rect.top() + 8.0), rect.max - vec2(8.0, AXES.1));
    let painter = ui.painter();
    let points = heard.survival.points();
    let longest = heard.longest().max(Seconds::minutes(1)).0 as f64;
    let first = points.first().map_or(1, |point| point.0.0.max(1)).min(60) as f64;
    let x = |seconds: f64| {
        let part = (seconds.max(first) / first).ln() / (longest / first).ln().max(f64::MIN_POSITIVE);
        chart.left() + chart.width() * part.clamp(0.0, 1.0) as f32
    };
    let y = |share: f64| chart.bottom() - chart.height() * share as f32;
    let small = theme.font(Type::Small);
    for percent in [0, 25, 50, 75, 100] {
        let at = y(f64::from(percent) / 100.0);
        painter.hline(chart.x_range(), at, Stroke::new(1.0, theme.border));
        painter.text(pos2(chart.left() - 6.0, at), Align2::RIGHT_CENTER, format!("{percent} %"), small.clone(), theme.weak);
    }
    let mut last = f32::NEG_INFINITY;
    for at in MARKS.into_iter().filter(|at| first <= at.0 as f64 && at.0 as f64 <= longest) {
        let across = x(at.0 as f64);
        if across - last < 44.0 || across > chart.right() - 8.0 {
            continue;
        }
        last = across;
        painter.vline(across, chart.y_range(), Stroke::new(1.0, theme.border));
        painter.text(pos2(across, rect.bottom() - 8.0), Align2::CENTER_CENTER, at.spoken(), small.clone(), theme.weak);
    }
    let mut steps = vec![pos2(chart.left(), y(0.0))];
    for (at, share) in points {
        let (across, below) = (x(at.0 as f64), steps.last().map_or(chart.bottom(), |point| point.y));
        steps.extend([pos2(across, below), pos2(across, y(*share))]);
    }
    steps.push(pos2(chart.right(), steps.last().map_or(chart.bottom(), |point| point.y)));
    painter.line(steps, Stroke::new(1.5, theme.text));
    let stride = heard.silent_for.len().div_ceil(MOST_MARKS).max(1);
    for at in heard.silent_for.iter().step_by(stride) {
        let middle = pos2(x(at.0 as f64), y(heard.survival.answered_by(*at)));
        painter.vline(middle.x, middle.y - 4.0..=middle.y + 4.0, Stroke::new(1.0, theme.text));
    }
    if let Ok(calibration) = &heard.calibration {
        let at = |point: u16| first * (longest / first).powf(f64::from(point) / f64::from(POINTS));
        let curve = (0..=POINTS).map(|point| pos2(x(at(point)), y(calibration.fit.answered_by(at(point)))));
        painter.line(curve.collect(), Stroke::new(2.0, theme.accent));
    }
    legend(ui, heard);
}

fn legend(ui: &mut Ui, heard: &Heard) {
    let theme = theme::of(ui);
    ui.horizontal(|ui| {
        ui.spacing_mut().item_spacing.x = 6.0;
        ui.add_space(AXES.0);
        let fitted = heard.calibration.as_ref().ok().map(|calibration| (words::fitted(calibration.fit.kind), theme.accent));
        for (text, colour) in std::iter::once((words::LOG.to_owned(), theme.text)).chain(fitted) {
            let (line, _) = ui.allocate_exact_size(vec2(18.0, 14.0), Sense::hover());
            ui.painter().hline(line.x_range(), line.center().y, Stroke::new(2.0, colour));
            ui.label(RichText::new(text).font(theme.font(Type::Small)).color(theme.weak));
            ui.add_space(8.0);
        }
        if heard.silent > 0 {
            let (line, _) = ui.allocate_exact_size(vec2(8.0, 14.0), Sense::hover());
            ui.painter().vline(line.center().x, line.center().y - 4.0..=line.center().y + 4.0, Stroke::new(1.0, theme.text));
            ui.label(RichText::new(words::SILENT).font(theme.font(Type::Small)).color(theme.weak));
        }
    });
}
