//! The diagnostics: grouped by severity, searched, each leading to its place and to what mends it.

use std::collections::BTreeMap;

use egui::{Align, Label, Layout, RichText, Role, ScrollArea, Sense, Ui, WidgetInfo, vec2};
use egui_material_icons::icons::{
    ICON_AUTO_FIX_HIGH, ICON_CHECK_CIRCLE, ICON_CHEVRON_RIGHT, ICON_EXPAND_MORE, ICON_SEARCH_OFF,
};

use crate::model::StepId;
use crate::rules::{Diagnostic, Place, Severity};
use crate::session::{Selection, Standing};
use crate::ui::command::Command;
use crate::ui::theme::{self, Type};
use crate::ui::words::panels as words;
use crate::ui::{Ask, Outbox, View};

use super::allowed::{self, Allowing};
use super::form::{focus_ring, glyph, icon_button, search, wide_button};
use super::helps::Helping;
use super::{explain, finding, standing, table};

const ROW: f32 = 28.0;
/// Rows this far out of sight can still be reached.
const BEYOND: f32 = 8.0 * ROW;

/// The diagnostics.
#[derive(Debug, Default)]
pub struct Problems {
    search: String,
    /// The severities that are left out.
    without: Vec<Severity>,
    /// What is unfolded: code and place.
    open: Vec<(&'static str, Place)>,
    /// What is to be allowed.
    allowing: Allowing,
    /// What would help, while that is unfolded.
    helping: Helping,
}

/// For so many problems times steps the safe fixes are counted with every change.
const MOST_COUNTED_AT_ONCE: usize = 300;

impl Problems {
    /// Paints it.
    pub fn ui(&mut self, ui: &mut Ui, view: &View<'_>, outbox: &mut Outbox) {
        let judgement = view.session.judgement();
        let theme = theme::of(ui);
        let standing = view.session.standing();
        if judgement.diagnostics.is_empty() && judgement.suppressed.is_empty() && standing != Standing::Current {
            standing::ui(ui, standing);
            return;
        }
        if judgement.diagnostics.is_empty() && judgement.suppressed.is_empty() {
            let sending = view.session.funnel().steps.iter().filter(|step| step.message().is_some()).count();
            let icon = ICON_CHECK_CIRCLE.codepoint;
            table::empty(ui, icon, theme.inside, words::NO_PROBLEMS, &words::proved(sending, &judgement.policy.title));
            return;
        }
        self.filters_ui(ui, view, outbox);
        let found = self.found(view);
        if found.is_empty() && judgement.suppressed.is_empty() {
            table::empty(ui, ICON_SEARCH_OFF.codepoint, theme.weak, words::NOTHING_FOUND, words::NO_PROBLEM_FITS);
            return;
        }
        ScrollArea::vertical().id_salt("problems").auto_shrink(false).show(ui, |ui| {
            ui.spacing_mut().item_spacing.y = 2.0;
            // The bar floats above the rows; their ends keep clear of it.
            ui.set_max_width(ui.available_width() - 12.0);
            for severity in [Severity::Error, Severity::Warning, Severity::Info] {
                let group = found.iter().filter(|one| one.severity == severity);
                let count = group.clone().count();
                if count == 0 {
                    continue;
                }
                let (colour, _, icon) = theme.severity(severity);
                ui.add_space(6.0);
                glyph::beside(ui, icon.codepoint, words::counted(count, severity), Type::Strong, colour);
                for (i, one) in group.enumerate() {
                    ui.push_id((severity as usize, i), |ui| self.row_ui(ui, view, outbox, one));
                }
            }
            allowed::list_ui(ui, view, outbox);
            ui.add_space(12.0);
        });
    }

    fn filters_ui(&mut self, ui: &mut Ui, view: &View<'_>, outbox: &mut Outbox) {
        let all = &view.session.judgement().diagnostics;
        ui.horizontal(|ui| {
            ui.scope(|ui| {
                ui.set_max_width(220.0);
                search(ui, egui::Id::unique("problems search"), words::SEARCH_PROBLEMS, &mut self.search);
            });
            for severity in [Severity::Error, Severity::Warning, Severity::Info] {
                let count = all.iter().filter(|one| one.severity == severity).count();
                if count == 0 {
                    continue;
                }
                let theme = theme::of(ui);
                let (colour, _, icon) = theme.severity(severity);
                let on = !self.without.contains(&severity);
                let colour = if on { colour } else { theme.weak };
                let text = glyph::atoms(theme, icon.codepoint, &count.to_string(), Type::Body, colour);
                let button = ui.add(egui::Button::selectable(on, text).frame_when_inactive(true));
                let name = words::counted(count, severity);
                button.widget_info(|| WidgetInfo::selected(Role::CheckBox, true, on, &name));
                if button.on_hover_text(words::SEVERITY_HELP).clicked() {
                    if on { self.without.push(severity) } else { self.without.retain(|one| *one != severity) }
                }
            }
            // Each fix is proved by judging anew: where that is much, they are only counted once they are wanted.
            let much = view.session.is_large() || all.len() * view.session.judged().steps.len() > MOST_COUNTED_AT_ONCE;
            let safe = (!much).then(|| view.session.mended().made.len());
            if safe != Some(0) && !all.is_empty() {
                let button = wide_button(ui, ICON_AUTO_FIX_HIGH, &words::fix_all(safe));
                if button.on_hover_text(words::FIX_ALL_HELP).clicked() {
                    outbox.ask(Ask::Invoke(Command::FixAllSafe));
                }
            }
            standing::ui(ui, view.session.standing());
        });
    }

    /// What the filters leave, in the judgement's order.
    fn found<'v>(&self, view: &View<'v>) -> Vec<&'v Diagnostic> {
        let funnel = view.session.judged();
        let search = self.search.to_lowercase();
        let names: BTreeMap<&StepId, &str> = match search.trim() {
            "" => BTreeMap::new(),
            _ => funnel.steps.iter().map(|step| (&step.id, step.name())).collect(),
        };
        let fits = |one: &&Diagnostic| {
            let place = one.step().and_then(|id| names.get(id)).copied().unwrap_or_default();
            let template = one.template.as_deref().unwrap_or_default();
            let says = || format!("{} {} {} {place} {template}", one.code, one.name, one.message).to_lowercase();
            !self.without.contains(&one.severity)
                && (search.trim().is_empty() || search.split_whitespace().all(|word| says().contains(word)))
        };
        view.session.judgement().diagnostics.iter().filter(fits).collect()
    }

    fn row_ui(&mut self, ui: &mut Ui, view: &View<'_>, outbox: &mut Outbox, one: &Diagnostic) {
        let theme = theme::of(ui);
        let (colour, _, icon) = theme.severity(one.severity);
        let key = (one.code, one.place.clone());
        let open = self.open.contains(&key);
        let selected = match &one.place {
            Place::Step(id) => view.session.selection.steps.contains(id),
            Place::Template(_) => {
                let now = view.session.selection.template.map(Place::Template);
                now.is_some() && view.session.place_now(&one.place) == now
            }
            Place::Funnel => false,
        };
        let size = vec2(ui.available_width(), ROW);
        // A large funnel may have thousands of rows; only those in sight, and the next that the keyboard goes on to, are
        // more than their room.
        let place = egui::Rect::from_min_size(ui.cursor().min, size);
        if !open && !ui.clip_rect().expand(BEYOND).intersects(place) {
            ui.advance_cursor_after_rect(place);
            return;
        }
        let (rect, response) = ui.allocate_exact_size(size, Sense::click());
        let place = || words::place(view.session.judged(), &one.place);
        response.widget_info(|| {
            let name = words::problem_row(one.code, one.severity, &explain::plain(&one.message), &place());
            WidgetInfo::selected(Role::Button, true, selected, name)
        });
        if !open && !ui.is_rect_visible(rect) {
            return;
        }
        let place = place();
        if selected || response.hovered() {
            ui.painter().rect_filled(rect, theme::RADIUS, if selected { theme.accent_soft } else { theme.hover });
        }
        focus_ring(ui, &response);
        let line =
            egui::UiBuilder::new().max_rect(rect.shrink2(vec2(4.0, 0.0))).layout(Layout::left_to_right(Align::Center));
        let mut line = ui.new_child(line);
        line.spacing_mut().item_spacing.x = 8.0;
        let (arrow, name) =
            if open { (ICON_EXPAND_MORE, words::fold(one.code)) } else { (ICON_CHEVRON_RIGHT, words::unfold(one.code)) };
        if icon_button(&mut line, arrow, &name, true).clicked() {
            if open { self.open.retain(|other| *other != key) } else { self.open.push(key.clone()) }
        }
        glyph::paint(&mut line, icon.codepoint, Type::Strong, colour);
        let code = RichText::new(one.code).font(theme.font(Type::Mono)).color(theme.weak);
        line.add(Label::new(code).selectable(false));
        line.with_layout(Layout::right_to_left(Align::Center), |line| {
            let room = (rect.width() * 0.3).clamp(80.0, 220.0);
            let text = RichText::new(&place).font(theme.font(Type::Body)).color(theme.weak);
            line.allocate_ui_with_layout(vec2(room, 28.0), Layout::right_to_left(Align::Center), |line| {
                line.add(Label::new(text).truncate().selectable(false));
            });
            line.with_layout(Layout::left_to_right(Align::Center), |line| {
                let job = explain::job(theme, &plain_line(&one.message), theme.text);
                line.add(Label::new(job).truncate().selectable(false));
            });
        });
        if let (true, Place::Step(id)) = (response.hovered(), &one.place) {
            outbox.ask(Ask::Hover(id.clone()));
        }
        if response.clicked() {
            go(view, outbox, &one.place);
        }
        if self.allowing.menu(&response, one) && !open {
            self.open.push(key);
        }
        if open {
            ui.horizontal_top(|ui| {
                ui.add_space(36.0);
                ui.vertical(|ui| {
                    ui.set_max_width(ui.available_width().min(760.0));
                    ui.spacing_mut().item_spacing.y = 6.0;
                    ui.add(Label::new(explain::job(theme, &one.message, theme.text)).wrap());
                    finding::help(ui, one);
                    finding::remedies(ui, view, outbox, one);
                    if let Some(step) = finding::late_step(view, one) {
                        self.helping.ui(ui, view, outbox, step);
                    }
                    self.allowing.ui(ui, view, outbox, one);
                    explain::ui(ui, one.code);
                    ui.add_space(8.0);
                });
            });
        }
    }
}

/// Only the first line; the rest is for the unfolded row.
fn plain_line(message: &str) -> String {
    message.lines().next().unwrap_or_default().to_owned()
}

fn go(view: &View<'_>, outbox: &mut Outbox, place: &Place) {
    match view.session.place_now(place) {
        Some(Place::Step(id)) => outbox.ask(Ask::GoTo(id)),
        Some(Place::Template(at)) => outbox.ask(Ask::Select(Selection { template: Some(at), ..Selection::default() })),
        Some(Place::Funnel) => outbox.ask(Ask::Select(Selection::default())),
        None => {}
    }
}
