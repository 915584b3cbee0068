//! The template library as a table; a row opens its template in the inspector.

use egui::{Layout, Ui};
use egui_material_icons::icons::{ICON_ADD, ICON_CONTENT_COPY, ICON_DELETE, ICON_DESCRIPTION};

use crate::edit::Edit;
use crate::model::{Category, Template};
use crate::rules::TemplatePlan;
use crate::session::Selection;
use crate::ui::theme;
use crate::ui::words::{judging, panels as words};
use crate::ui::{Ask, Outbox, View};

use super::form::{icon_button, search, wide_button};
use super::table::{self, Cell, Column, Row};
use super::{message, status, template};

/// The template library.
#[derive(Debug, Default)]
pub struct Templates {
    search: String,
}

const COLUMNS: [Column; 7] = [
    (words::NAME, 92.0, 3.0),
    (words::LANGUAGE, 56.0, 0.4),
    (words::CATEGORY, 72.0, 0.5),
    (words::STATUS, 84.0, 0.6),
    (words::USED_BY, 96.0, 4.0),
    (words::SUBMIT_BY, 112.0, 0.4),
    (words::OPT_IN, 40.0, 0.4),
];

impl Templates {
    /// Paints it.
    pub fn ui(&mut self, ui: &mut Ui, view: &View<'_>, outbox: &mut Outbox) {
        let funnel = view.session.funnel();
        let mut add = false;
        if funnel.templates.is_empty() {
            let theme = theme::of(ui);
            table::empty(ui, ICON_DESCRIPTION.codepoint, theme.accent, words::NO_TEMPLATES, words::NO_TEMPLATES_HELP);
            ui.add_space(12.0);
            ui.vertical_centered(|ui| add = wide_button(ui, ICON_ADD, words::NEW_TEMPLATE).clicked());
        } else {
            ui.horizontal(|ui| {
                ui.scope(|ui| {
                    ui.set_max_width(220.0);
                    search(ui, egui::Id::unique("templates search"), words::SEARCH_TEMPLATES, &mut self.search);
                });
                ui.with_layout(Layout::right_to_left(egui::Align::Center), |ui| {
                    add = wide_button(ui, ICON_ADD, words::NEW_TEMPLATE).clicked();
                });
            });
            self.table_ui(ui, view, outbox);
        }
        if add {
            outbox.edit(Edit::AddTemplate(message::fresh(funnel, words::NEW_TEMPLATE_NAME)));
            select(outbox, funnel.templates.len());
        }
    }

    fn table_ui(&self, ui: &mut Ui, view: &View<'_>, outbox: &mut Outbox) {
        let funnel = view.session.funnel();
        let wanted = self.search.to_lowercase();
        let fits = |template: &Template| {
            let hay = format!("{} {} {}", template.name, template.language, template.body).to_lowercase();
            wanted.split_whitespace().all(|word| hay.contains(word))
        };
        let places: Vec<usize> = (0..funnel.templates.len()).filter(|place| fits(&funnel.templates[*place])).collect();
        let mut pressed_tool = false;
        let row = |ui: &Ui, i: usize| row(ui, view, places[i]);
        let pressed = table::show(ui, &COLUMNS, places.len(), 56.0, row, |ui, i| {
            ui.spacing_mut().item_spacing.x = 0.0;
            let place = places[i];
            let name = &funnel.templates[place].name;
            if icon_button(ui, ICON_DELETE, &words::delete_named(name), true).clicked() {
                outbox.edit(Edit::RemoveTemplate(place));
                outbox.ask(Ask::Select(Selection::default()));
                pressed_tool = true;
            }
            if icon_button(ui, ICON_CONTENT_COPY, &words::duplicate_named(name), true).clicked() {
                template::duplicate(view, outbox, place);
                pressed_tool = true;
            }
        });
        if let Some(i) = pressed.filter(|_| !pressed_tool) {
            select(outbox, places[i]);
        }
    }
}

fn select(outbox: &mut Outbox, place: usize) {
    outbox.ask(Ask::Select(Selection { template: Some(place), ..Selection::default() }));
}

fn row(ui: &Ui, view: &View<'_>, place: usize) -> Row {
    let theme = theme::of(ui);
    let funnel = view.session.funnel();
    let template = &funnel.templates[place];
    let judged = view.session.template_as_judged(place);
    let plan = view.session.judgement().templates.iter().find(|plan| plan.place.is_some() && plan.place == judged);
    let used = plan.map(|plan| words::used_by(funnel, &plan.used_by)).unwrap_or_default();
    let (icon, colour) = status::look(theme, template.status);
    let submit = match judging::standing(view.session.standing()).filter(|_| judged.is_none()) {
        Some(not_judged) => Cell::weak(not_judged),
        None => submit_cell(theme, plan),
    };
    let opt_in = template.category == Category::Marketing;
    Row {
        name: words::template_row(template, &used, &submit.text),
        selected: view.session.selection.template == Some(place),
        cells: vec![
            Cell::text(&template.name),
            Cell::weak(&template.language),
            Cell::text(template.category.word()),
            Cell { icon: Some((icon, colour)), ..Cell::text(template.status.word()) },
            if used.is_empty() { Cell::weak(words::UNUSED) } else { Cell { help: used.clone(), ..Cell::text(used) } },
            submit,
            if opt_in {
                Cell { help: words::OPT_IN_HELP.to_owned(), ..Cell::text(words::YES) }
            } else {
                Cell::weak(words::NO)
            },
        ],
    }
}

fn submit_cell(theme: &theme::Theme, plan: Option<&TemplatePlan>) -> Cell {
    let (icon, _, _) = status::late(theme);
    match plan {
        Some(plan) if plan.late => {
            let text = plan.submit_by.map_or_else(|| words::LATE.to_owned(), words::moment);
            let help = plan.approved_by.map_or_else(String::new, words::approved_only_by);
            Cell { icon: Some((icon, theme.outside)), colour: Some(theme.outside), help, ..Cell::text(text) }
        }
        Some(plan) => plan.submit_by.map_or_else(|| Cell::weak(words::NOTHING_DUE), |by| Cell::text(words::moment(by))),
        None => Cell::weak(words::NOTHING_DUE),
    }
}
