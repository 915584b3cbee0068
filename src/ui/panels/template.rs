//! A template in the inspector: everything that Meta approves, with counters, samples and a preview.

use egui::Ui;
use egui_material_icons::icons::{ICON_CONTENT_COPY, ICON_DELETE, ICON_DESCRIPTION};

use crate::edit::Edit;
use crate::model::{Button, Category, Header, Status, Template};
use crate::rules::Place;
use crate::session::Selection;
use crate::ui::Ask;
use crate::ui::words::panels as words;

use super::form::{Bounds, Form, Item, Spec, caption, head, hint, link_button, quiet_button};
use super::kept::Kept;
use super::{chat, finding, inspector};

/// Paints it. `place` is a place of the library.
pub fn ui(ui: &mut Ui, form: &mut Form<'_>, kept: &mut Kept, place: usize) {
    let funnel = form.view.session.funnel();
    let template = &funnel.templates[place];
    let limits = form.view.session.policy().limits.template.clone();
    let mut copy = Template::clone(template);
    inspector::heading(ui, ICON_DESCRIPTION, words::TEMPLATE, "");
    name_ui(ui, form, place, &mut copy, limits.name);
    if let Some(picked) = form.pick(ui, words::LANGUAGE, &template.language, || languages(&limits.languages)) {
        copy.language = picked;
    }
    form.choice(ui, words::CATEGORY, &mut copy.category, &Category::ALL.map(|one| (one, one.word())));
    form.choice(ui, words::STATUS, &mut copy.status, &Status::ALL.map(|one| (one, one.word())));
    submitted_ui(ui, form, &mut copy);

    head(ui, words::CONTENT, |_| ());
    header_ui(ui, form, kept, place, &mut copy, limits.header.text);
    form.lines(
        ui,
        words::BODY,
        &mut copy.body,
        Spec { rows: 5, limit: Some(limits.body), hint: words::BODY_HINT, ..Spec::default() },
    );
    form.text(ui, words::FOOTER, &mut copy.footer, Spec { limit: Some(limits.footer), ..Spec::default() });

    head(ui, words::BUTTONS, |_| ());
    buttons_ui(ui, form, &mut copy, &limits.buttons);
    samples_ui(ui, form, &mut copy);
    form.post(|| Edit::ReplaceTemplate(place, copy));

    let judged = form.view.session.template_as_judged(place).map(Place::Template);
    let found = form.view.session.judgement().diagnostics.iter();
    let found: Vec<_> = found.filter(|one| judged.as_ref() == Some(&one.place)).collect();
    if !found.is_empty() {
        head(ui, &words::problems(found.len()), |_| ());
        for one in found {
            finding::card(ui, form.view, form.outbox, one);
        }
    }
    head(ui, words::PREVIEW, |_| ());
    chat::of_template(ui, template);
    used_ui(ui, form, template);
    ui.add_space(8.0);
    ui.horizontal(|ui| {
        if quiet_button(ui, ICON_CONTENT_COPY, words::DUPLICATE).clicked() {
            duplicate(form.view, form.outbox, place);
        }
        if quiet_button(ui, ICON_DELETE, words::DELETE).clicked() {
            form.outbox.edit(Edit::RemoveTemplate(place));
            form.outbox.ask(Ask::Select(Selection::default()));
        }
    });
}

/// A copy of a template at the end of the library, selected.
pub fn duplicate(view: &crate::ui::View<'_>, outbox: &mut crate::ui::Outbox, place: usize) {
    let funnel = view.session.funnel();
    let Some(template) = funnel.templates.get(place) else { return };
    let name = super::message::fresh(funnel, &template.name).name;
    let copy = Template { name, status: Status::Draft, submitted: None, ..Template::clone(template) };
    outbox.edit(Edit::AddTemplate(copy));
    outbox.ask(Ask::Select(Selection { template: Some(funnel.templates.len()), ..Selection::default() }));
}

/// A name that Meta would not take, or that another template of the language has, stays in the field with a word.
fn name_ui(ui: &mut Ui, form: &mut Form<'_>, place: usize, copy: &mut Template, most: usize) {
    let language = copy.language.clone();
    let funnel = form.view.session.funnel();
    let others = funnel.templates.iter().enumerate().filter(|(at, other)| *at != place && other.language == language);
    let taken: Vec<&str> = others.map(|(_, other)| other.name.as_str()).collect();
    form.parsed(ui, words::NAME, &mut copy.name, Spec::default(), String::clone, |text| {
        let fits = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '_';
        if text.is_empty() || !text.chars().all(fits) {
            Err(words::TEMPLATE_NAME_WRONG.to_owned())
        } else if text.len() > most {
            Err(words::too_long(most))
        } else if taken.contains(&text) {
            Err(words::TEMPLATE_NAME_TAKEN.to_owned())
        } else {
            Ok(text.to_owned())
        }
    });
}

fn languages(codes: &[String]) -> Vec<Item> {
    codes.iter().map(|code| Item::plain(code, words::language(code))).collect()
}

fn submitted_ui(ui: &mut Ui, form: &mut Form<'_>, copy: &mut Template) {
    let mut on = copy.submitted.is_some();
    if form.switch(ui, words::SUBMITTED_ON, &mut on) {
        copy.submitted = on.then(|| form.view.session.now());
    }
    if let Some(moment) = &mut copy.submitted {
        form.local_time(ui, words::SUBMITTED, moment);
    }
}

fn header_ui(ui: &mut Ui, form: &mut Form<'_>, kept: &mut Kept, place: usize, copy: &mut Template, most: usize) {
    let mut kind = match &copy.header {
        None => 0,
        Some(Header::Text(_)) => 1,
        Some(Header::Image) => 2,
        Some(Header::Video) => 3,
        Some(Header::Document) => 4,
        Some(Header::Location) => 5,
    };
    let kinds: Vec<(usize, &str)> = words::HEADERS.iter().copied().enumerate().collect();
    if form.choice(ui, words::HEADER, &mut kind, &kinds).is_some() {
        if let Some(header @ Header::Text(_)) = &copy.header {
            kept.headers.insert(place, header.clone());
        }
        copy.header = match kind {
            1 => Some(kept.headers.get(&place).cloned().unwrap_or_else(|| Header::Text(String::new()))),
            2 => Some(Header::Image),
            3 => Some(Header::Video),
            4 => Some(Header::Document),
            5 => Some(Header::Location),
            _ => None,
        };
    }
    if let Some(Header::Text(text)) = &mut copy.header {
        form.text(ui, words::HEADER_TEXT, text, Spec { limit: Some(most), ..Spec::default() });
    }
}

fn buttons_ui(ui: &mut Ui, form: &mut Form<'_>, copy: &mut Template, limits: &crate::policy::TemplateButtons) {
    let fresh = |all: &[Button]| Button::QuickReply(words::numbered(words::BUTTON, all.len()));
    form.list(ui, words::BUTTON, &mut copy.buttons, Bounds::new(0, Some(limits.most)), fresh, |form, ui, i, buttons| {
        let button = &mut buttons[i];
        let mut kind = match button {
            Button::QuickReply(_) => 0,
            Button::Url { .. } => 1,
            Button::Phone { .. } => 2,
            Button::CopyCode(_) => 3,
        };
        let kinds: Vec<(usize, &str)> = words::TEMPLATE_BUTTONS.iter().copied().enumerate().collect();
        if form.choice(ui, words::BUTTON_KIND, &mut kind, &kinds).is_some() {
            let text = match button {
                Button::QuickReply(text) | Button::Url { text, .. } | Button::Phone { text, .. } => text.clone(),
                Button::CopyCode(_) => words::OPEN.to_owned(),
            };
            *button = match kind {
                1 => Button::Url { text, url: "https://".to_owned() },
                2 => Button::Phone { text, number: "+".to_owned() },
                3 => Button::CopyCode(String::new()),
                _ => Button::QuickReply(text),
            };
        }
        let line = |limit| Spec { limit: Some(limit), ..Spec::default() };
        match button {
            Button::QuickReply(text) => {
                form.text(ui, words::LABEL, text, line(limits.quick_reply.label));
            }
            Button::Url { text, url } => {
                form.text(ui, words::LABEL, text, line(limits.url.label));
                form.text(ui, words::ADDRESS, url, line(limits.url.url));
            }
            Button::Phone { text, number } => {
                form.text(ui, words::LABEL, text, line(limits.phone.label));
                form.text(ui, words::NUMBER, number, line(limits.phone.number));
            }
            Button::CopyCode(code) => {
                form.text(ui, words::CODE, code, line(limits.copy_code.length));
            }
        }
    });
}

fn samples_ui(ui: &mut Ui, form: &mut Form<'_>, copy: &mut Template) {
    let mut names: Vec<String> = Vec::new();
    let header = match &copy.header {
        Some(Header::Text(text)) => text.as_str(),
        _ => "",
    };
    let addresses = copy.buttons.iter().filter_map(|button| match button {
        Button::Url { url, .. } => Some(url.as_str()),
        _ => None,
    });
    for text in [header, copy.body.as_str()].into_iter().chain(addresses) {
        for name in Template::variables(text) {
            if !names.iter().any(|known| known == name) {
                names.push(name.to_owned());
            }
        }
    }
    if names.is_empty() && copy.samples.is_empty() {
        return;
    }
    head(ui, words::SAMPLES, |_| ());
    for name in &names {
        let mut sample = copy.samples.get(name).cloned().unwrap_or_default();
        let before = sample.clone();
        form.within(("sample", name), |form| {
            form.text(ui, &words::variable(name), &mut sample, Spec { hint: words::SAMPLE_HINT, ..Spec::default() });
        });
        if sample != before {
            if sample.is_empty() {
                copy.samples.shift_remove(name);
            } else {
                copy.samples.insert(name.clone(), sample);
            }
        }
    }
    let left: Vec<String> = copy.samples.keys().filter(|name| !names.contains(name)).cloned().collect();
    if !left.is_empty() {
        hint(ui, words::samples_left(&left));
        if quiet_button(ui, ICON_DELETE, words::REMOVE_SAMPLES).clicked() {
            copy.samples.retain(|name, _| names.contains(name));
            form.pressed();
        }
    }
}

fn used_ui(ui: &mut Ui, form: &mut Form<'_>, template: &Template) {
    let funnel = form.view.session.funnel();
    caption(ui, words::USED_BY, None);
    let mut used = false;
    for step in &funnel.steps {
        if step.message().and_then(|message| message.send.template()) == Some(template.name.as_str()) {
            used = true;
            if link_button(ui, step.name(), &words::go_to(step.name())).clicked() {
                form.outbox.ask(Ask::GoTo(step.id.clone()));
            }
        }
    }
    if !used {
        hint(ui, words::USED_NOWHERE);
    }
}
