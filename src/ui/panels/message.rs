//! The fields of a message: why it is sent, what, and the answer that it waits for.

use egui::Ui;
use egui_material_icons::icons::{ICON_ADD, ICON_ARROW_FORWARD};

use crate::edit::Edit;
use crate::model::{Category, Header, Message, Purpose, Send, Status, Step, StepId, StepKind, Template};
use crate::session::Selection;
use crate::ui::Ask;
use crate::ui::words::panels as words;

use super::form::{Form, Item, head, icon_button, quiet_button, row};
use super::kept::{Kept, Way};
use super::{content, reply};

/// Paints them.
pub fn ui(ui: &mut Ui, form: &mut Form<'_>, kept: &mut Kept, id: &StepId, message: &mut Message) {
    form.choice(ui, words::PURPOSE, &mut message.purpose, &Purpose::ALL.map(|one| (one, one.word())));
    head(ui, words::SENDS, |_| ());
    let mut way = Way::of(&message.send);
    let ways = [Way::FreeForm, Way::Template, Way::Either].map(|way| (way, words::way(way).0, words::way(way).1));
    if form.segments(ui, words::SENDS, &mut way, &ways).is_some() {
        let first = || form.view.session.funnel().templates.first().map_or_else(String::new, |one| one.name.clone());
        message.send = kept.resend(id, &message.send, way, first);
    }
    let told_apart = reply::told_apart(message);
    let taps = reply::taps(form, &message.send);
    match &mut message.send {
        Send::FreeForm(body) => content::ui(ui, form, kept, (id, &told_apart), body),
        Send::Template(_) => template_ui(ui, form, id, message),
        Send::FreeFormOrTemplate(body, _) => {
            content::ui(ui, form, kept, (id, &told_apart), body);
            template_ui(ui, form, id, message);
        }
    }
    reply::follow_taps(form, kept, id, message, &taps);
    reply::ui(ui, form, kept, id, message);
}

fn template_ui(ui: &mut Ui, form: &mut Form<'_>, id: &StepId, message: &mut Message) {
    let funnel = form.view.session.funnel();
    let name = message.send.template().unwrap_or_default().to_owned();
    let place = funnel.templates.iter().position(|one| one.name == name);
    let shown = if name.is_empty() { words::PICK_TEMPLATE } else { &name };
    let picked = row(ui, words::TEMPLATE, |ui, label| {
        let picked = ui
            .horizontal(|ui| {
                ui.spacing_mut().item_spacing.x = 4.0;
                let width = ui.available_width() - 28.0;
                let picked = ui
                    .scope(|ui| {
                        ui.set_max_width(width);
                        let (field, picked) = form.bare_pick(ui, words::TEMPLATE, shown, || {
                            funnel.templates.iter().map(|one| Item::plain(&one.name, words::template_line(one))).collect()
                        });
                        field.labelled_by(label);
                        picked
                    })
                    .inner;
                if icon_button(ui, ICON_ARROW_FORWARD, words::OPEN_TEMPLATE, place.is_some()).clicked() {
                    form.outbox.ask(Ask::Select(Selection { template: place, ..Selection::default() }));
                }
                picked
            })
            .inner;
        if place.is_none() && !name.is_empty() {
            super::form::wrong(ui, words::TEMPLATE_GONE);
        }
        picked
    });
    if let Some(picked) = picked {
        set_template(&mut message.send, picked);
    }
    if quiet_button(ui, ICON_ADD, words::NEW_TEMPLATE).clicked() {
        draft_template(form, id, message);
    }
}

/// Drafts a template for this step, uses it and goes to it: one undo step.
fn draft_template(form: &mut Form<'_>, id: &StepId, message: &Message) {
    let funnel = form.view.session.funnel();
    let Some(step) = funnel.step(id) else { return };
    let draft =
        Template { body: message.send.content().map_or_else(String::new, content::body_of), ..fresh(funnel, id.as_str()) };
    let category = match message.purpose {
        Purpose::Marketing => Category::Marketing,
        Purpose::Authentication => Category::Authentication,
        Purpose::Service | Purpose::Utility => Category::Utility,
    };
    let mut message = message.clone();
    set_template(&mut message.send, draft.name.clone());
    let step = Step { kind: StepKind::Message(message), ..Step::clone(step) };
    let edits = vec![Edit::AddTemplate(Template { category, ..draft }), Edit::ReplaceStep(step)];
    form.outbox.edit(Edit::Together { label: words::NEW_TEMPLATE.to_owned(), edits });
    let place = Some(funnel.templates.len());
    form.outbox.ask(Ask::Select(Selection { template: place, ..Selection::default() }));
}

fn set_template(send: &mut Send, name: String) {
    match send {
        Send::Template(old) | Send::FreeFormOrTemplate(_, old) => *old = name,
        Send::FreeForm(_) => {}
    }
}

/// A new template with a name that is free, in the language of the others.
pub fn fresh(funnel: &crate::model::Funnel, stem: &str) -> Template {
    let stem: String =
        stem.to_lowercase().chars().map(|c| if c.is_ascii_lowercase() || c.is_ascii_digit() { c } else { '_' }).collect();
    let free = |name: &String| funnel.template(name).is_none();
    let name = std::iter::once(stem.clone()).chain((2..).map(|n| format!("{stem}_{n}"))).find(free).unwrap_or(stem);
    let language = funnel.templates.first().map_or_else(|| language_of(&funnel.audience.market), |one| one.language.clone());
    Template {
        name,
        language,
        category: Category::Marketing,
        status: Status::Draft,
        submitted: None,
        header: None::<Header>,
        body: String::new(),
        footer: String::new(),
        buttons: Vec::new(),
        samples: indexmap::IndexMap::new(),
        allow: Vec::new(),
    }
}

/// The language that most people of a market read; a first guess that the person can change.
fn language_of(market: &str) -> String {
    match market {
        "BR" => "pt_BR",
        "PT" => "pt_PT",
        "MX" => "es_MX",
        "AR" => "es_AR",
        "ES" => "es_ES",
        "CO" | "CL" | "PE" => "es",
        "DE" | "AT" | "CH" => "de",
        "FR" => "fr",
        "IT" => "it",
        "GB" => "en_GB",
        "US" => "en_US",
        _ => "en",
    }
    .to_owned()
}
