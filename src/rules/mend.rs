//! Changes that may mend what rules find. Whether one does is not decided here but by judging the changed funnel.

pub(super) mod allowed;
pub(super) mod consent;
pub(super) mod library;
mod phrases;
pub(super) mod samples;
pub(super) mod structure;
mod weave;
pub(super) mod window;

use super::diagnostic::{Diagnostic, Fix};
use super::facts::Facts;
use super::words;
use crate::edit::Edit;
use crate::model::{
    Button, Category, Content, Header, Media, Message, Purpose, Seconds, Send, Status, Step, StepKind, Template, Wait,
};

/// The most templates of the library that are offered in place of one text.
const MOST_OFFERED: usize = 2;

/// No change is known.
pub(super) fn none(_: &Facts<'_>, _: &Diagnostic) -> Vec<Fix> {
    Vec::new()
}

/// For marketing that is to go out as a template whatever the window.
pub(super) fn always_a_template(facts: &Facts<'_>, diagnostic: &Diagnostic) -> Vec<Fix> {
    let Some(mut step) = weave::step_of(facts, diagnostic).cloned() else { return Vec::new() };
    let StepKind::Message(message) = &mut step.kind else { return Vec::new() };
    let Send::FreeFormOrTemplate(_, name) = &message.send else {
        return with_template(facts, diagnostic, "use-template", |_, name| Send::Template(name));
    };
    let title = format!("Always send the template {name}");
    message.send = Send::Template(name.clone());
    vec![Fix::to_read("use-template", title, Edit::ReplaceStep(step))]
}

/// How long a wait or the timeout of a question is, and what that is called before its title.
fn length_of(step: &Step) -> Option<(&'static str, Seconds)> {
    match &step.kind {
        StepKind::Wait(Wait::For(length)) => Some(("", *length)),
        StepKind::Message(Message { reply: Some(reply), .. }) => Some(("the timeout of ", reply.timeout?)),
        _ => None,
    }
}

/// The step with another length.
fn with_length(step: &Step, after: Seconds) -> Step {
    let mut step = step.clone();
    match &mut step.kind {
        StepKind::Wait(Wait::For(length)) => *length = after,
        StepKind::Message(Message { reply: Some(reply), .. }) => reply.timeout = Some(after),
        _ => {}
    }
    step
}

/// Sends an approved template of the right category, or one drafted from the text.
fn with_template(
    facts: &Facts<'_>,
    diagnostic: &Diagnostic,
    id: &'static str,
    send: impl Fn(Content, String) -> Send,
) -> Vec<Fix> {
    let Some(step) = weave::step_of(facts, diagnostic) else { return Vec::new() };
    let Some(Message { purpose, send: Send::FreeForm(content), .. }) = step.message() else { return Vec::new() };
    let sending = |name: &str| {
        let mut step = step.clone();
        if let StepKind::Message(message) = &mut step.kind {
            message.send = send(content.clone(), name.to_owned());
        }
        Edit::ReplaceStep(step)
    };
    let closed = if id == "use-template" { "" } else { " while the window is closed" };
    let mut fixes = Vec::new();
    if let Some(draft) = draft(facts, step, *purpose, content) {
        let title = format!("Draft the template {} from this text and send it{closed}", draft.name);
        let edits = vec![Edit::AddTemplate(draft.clone()), sending(&draft.name)];
        fixes.push(Fix::to_read(id, title, Edit::Together { label: "Use a template".to_owned(), edits }));
    }
    let approved = facts.funnel.templates.iter().filter(|template| template.status == Status::Approved);
    let fitting = approved.filter(|template| template.category == category(*purpose));
    fixes.extend(fitting.take(MOST_OFFERED).map(|template| {
        Fix::to_read(id, format!("Send the approved template {}{closed}", template.name), sending(&template.name))
    }));
    fixes
}

/// A template with the text of a free-form message, where it has one that a template can hold.
fn draft(facts: &Facts<'_>, step: &Step, purpose: Purpose, content: &Content) -> Option<Template> {
    let header = match content {
        Content::Media { kind: Media::Image, .. } => Some(Header::Image),
        Content::Media { kind: Media::Video, .. } => Some(Header::Video),
        Content::Media { kind: Media::Document, .. } => Some(Header::Document),
        Content::Text(_) | Content::Buttons { .. } | Content::CtaUrl { .. } => None,
        _ => return None,
    };
    let buttons = match content {
        Content::Buttons { buttons, .. } => buttons.iter().cloned().map(Button::QuickReply).collect(),
        Content::CtaUrl { text, url, .. } => vec![Button::Url { text: text.clone(), url: url.clone() }],
        _ => Vec::new(),
    };
    let body = content.text().to_owned();
    let template = blank(facts, &free_name(facts, step), category(purpose));
    (!body.trim().is_empty()).then_some(Template { header, body, buttons, ..template })
}

/// An empty draft.
fn blank(facts: &Facts<'_>, name: &str, category: Category) -> Template {
    Template {
        name: name.to_owned(),
        language: language(facts),
        category,
        status: Status::Draft,
        submitted: None,
        header: None,
        body: String::new(),
        footer: String::new(),
        buttons: Vec::new(),
        samples: Default::default(),
        allow: Vec::new(),
    }
}

/// What Meta would call a message of this purpose.
pub(super) fn category(purpose: Purpose) -> Category {
    match purpose {
        Purpose::Marketing => Category::Marketing,
        Purpose::Service | Purpose::Utility => Category::Utility,
        Purpose::Authentication => Category::Authentication,
    }
}

/// The language of the library's first template, else the one that Meta lists for the audience's country.
fn language(facts: &Facts<'_>) -> String {
    if let Some(first) = facts.funnel.templates.first() {
        return first.language.clone();
    }
    let market = facts.funnel.audience.market.to_uppercase();
    let known = &facts.policy.limits.template.languages;
    let regional = known.iter().find(|code| code.ends_with(&format!("_{market}")));
    let plain = known.iter().find(|code| code.to_uppercase() == market);
    regional.or(plain).or(known.iter().find(|code| *code == "en")).cloned().unwrap_or_default()
}

/// A name has at most so many words: one has to find it in a list.
const MOST_WORDS: usize = 6;

/// A name for a template, not taken yet: made of the step's title, which a person chose, else of its id.
fn free_name(facts: &Facts<'_>, step: &Step) -> String {
    let words = |text: &str| {
        let plain: String = text.to_lowercase().chars().map(without_accent).collect();
        let words = plain.split(|c: char| !c.is_ascii_lowercase() && !c.is_ascii_digit()).filter(|word| !word.is_empty());
        words.take(MOST_WORDS).collect::<Vec<_>>().join("_")
    };
    let of_title = words(&step.title);
    let name = if of_title.is_empty() { words(step.id.as_str()) } else { of_title };
    let taken = |name: &str| facts.funnel.template(name).is_some();
    if !taken(&name) {
        return name;
    }
    (2..).map(|number| format!("{name}_{number}")).find(|name| !taken(name)).unwrap_or(name)
}

fn without_accent(c: char) -> char {
    match c {
        'á' | 'à' | 'â' | 'ã' | 'ä' => 'a',
        'é' | 'è' | 'ê' | 'ë' => 'e',
        'í' | 'ì' | 'î' | 'ï' => 'i',
        'ó' | 'ò' | 'ô' | 'õ' | 'ö' => 'o',
        'ú' | 'ù' | 'û' | 'ü' => 'u',
        'ç' => 'c',
        'ñ' => 'n',
        other => other,
    }
}

/// Corrects the name of a template, where the library has one that looks like it; else drafts it, where its text is known.
pub(super) fn renamed(facts: &Facts<'_>, diagnostic: &Diagnostic) -> Vec<Fix> {
    let (Some(step), Some(wrong)) = (weave::step_of(facts, diagnostic), &diagnostic.template) else { return Vec::new() };
    let right = words::nearest_template(wrong, facts.funnel);
    let correct = right.and_then(|right| {
        let edit = library::sending(step, right)?;
        Some(Fix::to_read("correct-name", format!("Send {right} instead"), edit))
    });
    let drafted = step.message().and_then(|message| {
        let Send::FreeFormOrTemplate(content, _) = &message.send else { return None };
        let draft = Template { name: wrong.clone(), ..draft(facts, step, message.purpose, content)? };
        let title = format!("Draft the template {wrong} from the text of “{}”", step.name());
        Some(Fix::to_read("draft-template", title, Edit::AddTemplate(draft)))
    });
    correct.into_iter().chain(drafted).collect()
}
