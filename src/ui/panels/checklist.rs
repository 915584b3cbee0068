//! What must be submitted to Meta, and by when: the checklist that is exported, to look at beforehand.

use egui::{Frame, Label, Layout, Margin, RichText, ScrollArea, Stroke, Ui};
use egui_material_icons::icons::{ICON_CHECKLIST, ICON_DOWNLOAD};

use crate::checklist::{self, Item};
use crate::model::Template;
use crate::session::Selection;
use crate::ui::theme::{self, Theme, Type};
use crate::ui::words::panels as words;
use crate::ui::{Ask, Outbox, View};

use super::form::{glyph, hint, link_button};
use super::{standing, status, table};

/// What must be submitted when.
#[derive(Debug, Default)]
pub struct Checklist {}

impl Checklist {
    /// Paints it.
    pub fn ui(&mut self, ui: &mut Ui, view: &View<'_>, outbox: &mut Outbox) {
        let session = view.session;
        let list = checklist::build(session.judged(), session.judgement(), session.now());
        let theme = theme::of(ui);
        if list.items.is_empty() && !session.is_judged() {
            standing::ui(ui, session.standing());
            return;
        }
        if list.items.is_empty() {
            table::empty(ui, ICON_CHECKLIST.codepoint, theme.inside, words::CHECKLIST_EMPTY, words::CHECKLIST_EMPTY_HELP);
            return;
        }
        ui.horizontal(|ui| {
            let text = words::checklist_head(list.items.len(), list.items.iter().filter(|item| !item.is_done()).count());
            ui.add(Label::new(RichText::new(text).font(theme.font(Type::Strong)).color(theme.text)).selectable(false));
            standing::ui(ui, session.standing());
            ui.with_layout(Layout::right_to_left(egui::Align::Center), |ui| {
                let text = glyph::atoms(theme, ICON_DOWNLOAD.codepoint, words::EXPORT, Type::Strong, theme.on_accent);
                let button = ui.add(egui::Button::new(text).fill(theme.accent).stroke(Stroke::NONE));
                let button = button.accessible_name(words::EXPORT_CHECKLIST);
                if button.clicked() {
                    outbox.ask(Ask::ExportChecklist);
                }
                let launch = list.launch.map_or_else(|| words::NO_LAUNCH.to_owned(), words::launch_at);
                let text = words::plan_line(&launch, &list.timezone, list.longest_approval);
                ui.add(
                    Label::new(RichText::new(text).font(theme.font(Type::Small)).color(theme.weak))
                        .truncate()
                        .selectable(false),
                );
            });
        });
        ui.add_space(4.0);
        ScrollArea::vertical().id_salt("checklist").auto_shrink(false).show(ui, |ui| {
            ui.spacing_mut().item_spacing.y = 8.0;
            ui.set_max_width(ui.available_width() - 12.0);
            for (i, item) in list.items.iter().enumerate() {
                ui.push_id(i, |ui| item_ui(ui, theme, view, outbox, item));
            }
            ui.add_space(12.0);
        });
    }
}

fn item_ui(ui: &mut Ui, theme: &Theme, view: &View<'_>, outbox: &mut Outbox, item: &Item) {
    let stroke = Stroke::new(1.0, if item.late { theme.outside } else { theme.border });
    let frame = Frame::new().fill(theme.raised).stroke(stroke).corner_radius(theme::RADIUS).inner_margin(Margin::same(12));
    frame.show(ui, |ui| {
        ui.set_width(ui.available_width());
        ui.spacing_mut().item_spacing.y = 6.0;
        head_ui(ui, theme, view, outbox, item);
        if item.late {
            let (icon, colour, _) = status::late(theme);
            let launch = view.session.judged().launch;
            let text = words::late_reason(item.submit_by, item.approved_by, launch);
            glyph::beside(ui, icon, text, Type::Body, colour);
        }
        match &item.template {
            Some(template) => content_ui(ui, theme, template),
            None => {
                hint(ui, words::TO_WRITE_HELP);
            }
        }
        ui.horizontal_wrapped(|ui| {
            ui.spacing_mut().item_spacing.x = 6.0;
            ui.add(
                Label::new(RichText::new(words::USED_BY).font(theme.font(Type::Small)).color(theme.weak)).selectable(false),
            );
            for (id, title) in &item.used_by {
                if link_button(ui, title, &words::go_to(title)).clicked() {
                    outbox.ask(Ask::GoTo(id.clone()));
                }
            }
            if !item.required {
                hint(ui, words::NOT_REQUIRED);
            }
        });
    });
}

fn head_ui(ui: &mut Ui, theme: &Theme, view: &View<'_>, outbox: &mut Outbox, item: &Item) {
    ui.horizontal_wrapped(|ui| {
        ui.spacing_mut().item_spacing.x = 12.0;
        let place = view.session.funnel().templates.iter().position(|one| one.name == item.name);
        let name = RichText::new(&item.name).font(theme.font(Type::Strong)).color(theme.text);
        let name = ui.add(Label::new(name).sense(egui::Sense::click()).selectable(false));
        name.widget_info(|| egui::WidgetInfo::labeled(egui::Role::Link, true, words::open_template(&item.name)));
        super::form::focus_ring(ui, &name);
        if name.on_hover_cursor(egui::CursorIcon::PointingHand).clicked()
            && let Some(place) = place
        {
            outbox.ask(Ask::Select(Selection { template: Some(place), ..Selection::default() }));
        }
        if let Some(template) = &item.template {
            let (icon, colour) = status::look(theme, template.status);
            glyph::beside(ui, icon, item.state(), Type::Small, colour);
        }
        let mut chip = |text: String, colour| {
            ui.add(Label::new(RichText::new(text).font(theme.font(Type::Small)).color(colour)).selectable(false));
        };
        if let Some(template) = &item.template {
            chip(template.language.clone(), theme.weak);
            chip(template.category.word().to_owned(), theme.weak);
        } else {
            chip(item.state().to_owned(), theme.outside);
        }
        if item.needs_opt_in {
            chip(words::NEEDS_OPT_IN.to_owned(), theme.weak);
        }
        if let Some(by) = item.submit_by {
            chip(words::submit_by(by), if item.late { theme.outside } else { theme.text });
        }
    });
}

fn content_ui(ui: &mut Ui, theme: &Theme, template: &Template) {
    let mut text = |text: String, colour, font| {
        ui.add(Label::new(RichText::new(text).font(theme.font(font)).color(colour)).wrap());
    };
    if let Some(header) = &template.header {
        text(words::header(header), theme.text, Type::Strong);
    }
    if template.body.trim().is_empty() {
        text(words::NO_TEXT.to_owned(), theme.weak, Type::Body);
    } else {
        text(template.body.clone(), theme.text, Type::Body);
    }
    if !template.footer.is_empty() {
        text(template.footer.clone(), theme.weak, Type::Small);
    }
    if !template.buttons.is_empty() {
        text(words::buttons_line(&template.buttons), theme.weak, Type::Small);
    }
    if !template.samples.is_empty() {
        text(words::samples_line(&template.samples), theme.weak, Type::Small);
    }
}
