//! A crowd sent through the funnel: how many, from which seed, how far it has come, and what came of it. Knows nothing of
//! chance, and follows nobody itself.

use std::time::Duration;

use egui::{Align, Key, Label, Layout, ProgressBar, RichText, Role, ScrollArea, TextEdit, Ui, UiBuilder, WidgetInfo, vec2};
use egui_material_icons::icons::ICON_GROUPS;

use crate::engine::crowd::{Crowd, MOST_PEOPLE};
use crate::model::StepId;
use crate::session::CrowdRun;
use crate::ui::app::accent_button;
use crate::ui::theme::{self, Judged, Type};
use crate::ui::words::simulation as words;
use crate::ui::{Ask, Outbox, View};

use super::helps::{self, Helping};
use super::table::{self, Cell, Column, Row};

/// How often a bar moves.
const FRAME: Duration = Duration::from_millis(50);
/// The height of what stands above the table.
const ROW: f32 = 32.0;
/// What would help stands beside the table where there is room for both, else in its place.
const TWO_COLUMNS: f32 = 960.0;
/// The width of what would help.
const HELPS: f32 = 264.0;
const COLUMNS: [Column; 7] = [
    (words::MESSAGE, 128.0, 1.0),
    (words::REACHED, 64.0, 0.0),
    (words::INSIDE, 60.0, 0.0),
    (words::INTERVAL, 116.0, 0.0),
    (words::REFUSED, 60.0, 0.0),
    (words::NO_OPT_IN, 64.0, 0.0),
    (words::SINCE, 108.0, 0.2),
];

/// The crowd.
#[derive(Debug, Default)]
pub struct Simulation {
    /// What was typed for people and seed; `None` before anything was.
    people: Option<String>,
    seed: Option<String>,
    /// What would help, while that is unfolded.
    helping: Helping,
}

impl Simulation {
    /// Paints it.
    pub fn ui(&mut self, ui: &mut Ui, view: &View<'_>, outbox: &mut Outbox) {
        let theme = theme::of(ui);
        if !view.session.funnel().steps.iter().any(|step| step.message().is_some()) {
            table::empty(ui, ICON_GROUPS.codepoint, theme.accent, words::NOTHING_SENT, words::NOTHING_SENT_HELP);
            return;
        }
        let run = view.session.crowd();
        self.head(ui, view, outbox, run);
        ui.add_space(8.0);
        match run {
            // What would help asks for no crowd.
            _ if self.helping.is_open() && run.and_then(CrowdRun::crowd).is_none() => {
                self.helps(ui, view, outbox);
            }
            None => table::empty(ui, ICON_GROUPS.codepoint, theme.accent, words::EMPTY, words::EMPTY_HELP),
            Some(run) => match run.crowd() {
                Some(crowd) => self.beside(ui, view, outbox, crowd),
                None if run.is_over() => {
                    table::empty(ui, ICON_GROUPS.codepoint, theme.weak, words::CANCELLED, words::EMPTY_HELP);
                }
                None => table::empty(ui, ICON_GROUPS.codepoint, theme.weak, words::UNDER_WAY, words::EMPTY_HELP),
            },
        }
    }

    /// Shows what would help.
    pub fn unfold_helps(&mut self) {
        self.helping.unfold();
    }

    /// What the crowd came to, and beside it what would help those whom the window shuts out.
    fn beside(&mut self, ui: &mut Ui, view: &View<'_>, outbox: &mut Outbox, crowd: &Crowd) {
        let whole = ui.available_rect_before_wrap();
        if whole.width() < TWO_COLUMNS {
            totals(ui, crowd);
            if !self.helps(ui, view, outbox) {
                rows(ui, view, outbox, crowd);
            }
            return;
        }
        let parts = whole.split_left_right_at_x(whole.right() - HELPS);
        ui.painter().vline(parts.1.left(), whole.y_range(), egui::Stroke::new(1.0, theme::of(ui).border));
        ui.scope_builder(UiBuilder::new().max_rect(parts.0.with_max_x(parts.0.right() - 12.0)), |ui| {
            totals(ui, crowd);
            ui.add_space(4.0);
            rows(ui, view, outbox, crowd);
        });
        ui.scope_builder(UiBuilder::new().max_rect(parts.1.with_min_x(parts.1.left() + 12.0)), |ui| {
            self.helps(ui, view, outbox);
        });
    }

    /// What would help; gives whether that is unfolded.
    fn helps(&mut self, ui: &mut Ui, view: &View<'_>, outbox: &mut Outbox) -> bool {
        ui.spacing_mut().item_spacing.y = 4.0;
        let open = self.helping.fold(ui);
        if open {
            ScrollArea::vertical().id_salt("what would help").auto_shrink(false).show(ui, |ui| {
                ui.set_max_width(ui.available_width() - 8.0);
                helps::all(ui, view, outbox);
            });
        }
        open
    }

    fn head(&mut self, ui: &mut Ui, view: &View<'_>, outbox: &mut Outbox, run: Option<&CrowdRun>) {
        let theme = theme::of(ui);
        ui.horizontal(|ui| {
            ui.spacing_mut().item_spacing.x = 8.0;
            let audience = view.session.funnel().audience.size.clamp(1, u64::from(MOST_PEOPLE));
            let people = self.people.get_or_insert_with(|| audience.to_string());
            let (typed_people, enter) = field(ui, words::PEOPLE, "", people, 96.0);
            let people: Option<u32> =
                typed_people.filter(|people| (1..=u64::from(MOST_PEOPLE)).contains(people)).map(|p| p as u32);
            let seed = self.seed.get_or_insert_with(|| "1".to_owned());
            let (seed, enter_seed) = field(ui, words::SEED, words::SEED_HELP, seed, 72.0);
            match run.filter(|run| !run.is_over()) {
                Some(run) => {
                    if ui.add(egui::Button::new(words::CANCEL).min_size(vec2(72.0, ROW))).clicked() {
                        outbox.ask(Ask::StopCrowd);
                    }
                    let share = run.share();
                    let bar = ui.add(ProgressBar::new(share).desired_width(180.0).text(words::done(share)));
                    bar.widget_info(|| WidgetInfo::labeled(Role::ProgressIndicator, true, words::UNDER_WAY));
                    ui.ctx().request_repaint_after(FRAME);
                }
                None => {
                    let wrong = match (people, seed) {
                        (None, _) => Some(words::PEOPLE_WRONG),
                        (_, None) => Some(words::SEED_WRONG),
                        _ => None,
                    };
                    let pressed = ui.add_enabled_ui(wrong.is_none(), |ui| accent_button(ui, words::RUN).clicked()).inner;
                    if let (Some(people), Some(seed), true) = (people, seed, pressed || enter || enter_seed) {
                        outbox.ask(Ask::RunCrowd { people, seed });
                    }
                    if let Some(wrong) = wrong {
                        ui.label(RichText::new(wrong).font(theme.font(Type::Body)).color(theme.outside));
                    }
                }
            }
            if let Some(crowd) = run.and_then(CrowdRun::crowd) {
                ui.with_layout(Layout::right_to_left(Align::Center), |ui| {
                    let stale = run.is_some_and(|run| !run.is_of(view.session.funnel(), view.session.policy()));
                    let (text, colour) = match stale {
                        true => (words::STALE.to_owned(), theme.sometimes),
                        false => (words::which(crowd.users, crowd.seed), theme.weak),
                    };
                    ui.add(Label::new(RichText::new(text).font(theme.font(Type::Body)).color(colour)).truncate());
                });
            }
        });
    }
}

/// A labelled number; what it is, where it is one, and whether the person is done with it by Enter.
fn field(ui: &mut Ui, name: &str, help: &str, text: &mut String, width: f32) -> (Option<u64>, bool) {
    let theme = theme::of(ui);
    let label = ui.label(RichText::new(name).font(theme.font(Type::Body)).color(theme.weak));
    let edit = TextEdit::singleline(text).desired_width(width).font(theme.font(Type::Body)).align(egui::Align2::LEFT_CENTER);
    let field = ui.add(edit.min_size(vec2(width, ROW)));
    let field = field.labelled_by(label.id);
    let field = if help.is_empty() { field } else { field.on_hover_text(help) };
    let enter = field.lost_focus() && ui.input(|input| input.key_pressed(Key::Enter));
    (text.trim().replace([',', ' ', '.'], "").parse().ok(), enter)
}

/// Where a crowd ended, and what it cost.
fn totals(ui: &mut Ui, crowd: &Crowd) {
    let theme = theme::of(ui);
    ui.spacing_mut().item_spacing.y = 4.0;
    let line = |ui: &mut Ui, text: String, help: String| {
        let label = ui.add(Label::new(RichText::new(text).font(theme.font(Type::Body)).color(theme.text)).truncate());
        if !help.is_empty() {
            label.on_hover_text(help);
        }
    };
    line(ui, words::exits(&crowd.exits), String::new());
    line(ui, words::cost(&crowd.cost), crowd.cost.assumptions.join("\n"));
}

/// What each message came to.
fn rows(ui: &mut Ui, view: &View<'_>, outbox: &mut Outbox, crowd: &Crowd) {
    let funnel = view.session.funnel();
    let proof = &view.session.judgement().proof;
    let title = |id: &StepId| funnel.step(id).map_or(id.as_str(), |step| step.name()).to_owned();
    let row = |ui: &Ui, at: usize| {
        let theme = theme::of(ui);
        let step = &crowd.steps[at];
        let title = title(&step.id);
        let send = funnel.step(&step.id).and_then(|step| step.message());
        let look =
            send.zip(proof.step(&step.id)).map(|(message, proof)| theme.judged(Judged::of(&message.send, proof.verdict)));
        let [share, interval] = words::inside(step);
        let warns = |count: u64| Cell {
            colour: (count > 0).then_some(theme.outside),
            weak: count == 0,
            ..Cell::text(words::count(count))
        };
        Row {
            name: words::row(&title, step),
            selected: view.session.selection.steps.contains(&step.id),
            cells: vec![
                Cell { icon: look.as_ref().map(|look| (look.icon, look.colour)), ..Cell::text(title) },
                Cell::text(words::count(step.reached)),
                Cell::text(share),
                Cell::weak(interval),
                warns(step.blocked),
                warns(step.no_opt_in),
                Cell { help: words::since_help(step), ..Cell::text(words::since(step)) },
            ],
        }
    };
    let pressed = table::show(ui, &COLUMNS, crowd.steps.len(), 0.0, row, |_, _| {});
    if let Some(step) = pressed.and_then(|at| crowd.steps.get(at)) {
        outbox.ask(Ask::GoTo(step.id.clone()));
    }
}
