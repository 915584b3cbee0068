//! Changes that may mend what rules find. Whether one does is not decided here but by judging the changed funnel.

pub(super) mod allowed;
pub(super) mod library;

use super::diagnostic::{Diagnostic, Fix};
use super::facts::{Facts, Shown};
use super::words;
use crate::edit::Edit;
use crate::engine::{Claim, What};
use crate::model::{
    Button, Category, Content, Header, Link, Media, Message, Outcome, Output, Purpose, Seconds, Send, Status, Step, StepId,
    StepKind, Template, Wait,
};

/// The most templates of the library that are offered in place of one text.
const MOST_OFFERED: usize = 2;

/// No change is known.
pub(super) fn none(_: &Facts<'_>, _: &Diagnostic) -> Vec<Fix> {
    Vec::new()
}

/// For a free-form message that comes too late on every journey: come sooner, or send a template.
pub(super) fn outside(facts: &Facts<'_>, diagnostic: &Diagnostic) -> Vec<Fix> {
    let mut fixes = shorter(facts, diagnostic);
    fixes.extend(with_template(facts, diagnostic, "use-template", |_, name| Send::Template(name)));
    fixes
}

/// For one that comes too late on some journeys: come sooner, or send a template then.
pub(super) fn sometimes(facts: &Facts<'_>, diagnostic: &Diagnostic) -> Vec<Fix> {
    let mut fixes = shorter(facts, diagnostic);
    fixes.extend(with_template(facts, diagnostic, "free-form-or-template", Send::FreeFormOrTemplate));
    fixes
}

/// For marketing that is to go out as a template whatever the window.
pub(super) fn always_a_template(facts: &Facts<'_>, diagnostic: &Diagnostic) -> Vec<Fix> {
    let step = diagnostic.step().and_then(|id| facts.place(id)).map(|place| facts.at(place).0.clone());
    let Some(mut step) = step else { return Vec::new() };
    let StepKind::Message(message) = &mut step.kind else { return Vec::new() };
    let Send::FreeFormOrTemplate(_, name) = &message.send else {
        return with_template(facts, diagnostic, "use-template", |_, name| Send::Template(name));
    };
    let title = format!("Always send the template {name}");
    message.send = Send::Template(name.clone());
    vec![Fix::of_text("use-template", title, Edit::ReplaceStep(step))]
}

/// For one that goes to people who have not written: begin with a template.
pub(super) fn unheard(facts: &Facts<'_>, diagnostic: &Diagnostic) -> Vec<Fix> {
    let proof = diagnostic.step().and_then(|id| facts.place(id)).map(|place| facts.at(place).1);
    match proof.and_then(|proof| proof.since_inbound) {
        Some(_) => with_template(facts, diagnostic, "free-form-or-template", Send::FreeFormOrTemplate),
        None => with_template(facts, diagnostic, "use-template", |_, name| Send::Template(name)),
    }
}

/// Shortens a wait or a timeout on the longest journey, so that the policy's margin is kept; the last one first.
pub(super) fn shorter(facts: &Facts<'_>, diagnostic: &Diagnostic) -> Vec<Fix> {
    let Some(id) = diagnostic.step() else { return Vec::new() };
    let Some(longest) = facts.shown(id, Claim::Longest) else { return Vec::new() };
    let Some(since) = longest.since_inbound() else { return Vec::new() };
    let window = &facts.policy.window;
    let over = since - (window.length - window.safety_margin);
    let passed = since_inbound(facts, &longest);
    passed.iter().rev().filter_map(|step| shortened(facts, step, over)).collect()
}

/// Steps at which time passed between the last inbound message and the moment shown, in order.
fn since_inbound(facts: &Facts<'_>, shown: &Shown) -> Vec<StepId> {
    let before = &shown.journey.moments[..shown.at];
    let last = before.iter().rposition(|moment| facts.is_inbound(&moment.step, &moment.what)).unwrap_or(0);
    let passed = before[last..].iter().filter(|moment| matches!(moment.what, What::Waited { .. } | What::Timeout { .. }));
    passed.map(|moment| moment.step.clone()).collect()
}

fn shortened(facts: &Facts<'_>, id: &StepId, over: Seconds) -> Option<Fix> {
    let old = facts.at(facts.place(id)?).0;
    let mut step = old.clone();
    let (what, length) = match &mut step.kind {
        StepKind::Wait(Wait::For(length)) => ("", length),
        StepKind::Message(Message { reply: Some(reply), .. }) => ("the timeout of ", reply.timeout.as_mut()?),
        _ => return None,
    };
    let before = *length;
    let after = before - over;
    *length = after;
    let title = format!("Shorten {what}“{}” from {} to {}", old.name(), before.spoken(), after.spoken());
    (Seconds::ZERO < after).then(|| Fix::safe("shorten-wait", title, Edit::ReplaceStep(step)))
}

/// Sends an approved template of the right category, or one drafted from the text.
fn with_template(
    facts: &Facts<'_>,
    diagnostic: &Diagnostic,
    id: &'static str,
    send: impl Fn(Content, String) -> Send,
) -> Vec<Fix> {
    let Some(step) = diagnostic.step().and_then(|id| facts.place(id)).map(|place| facts.at(place).0) else {
        return Vec::new();
    };
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
        fixes.push(Fix::of_text(id, title, Edit::Together { label: "Use a template".to_owned(), edits }));
    }
    let approved = facts.funnel.templates.iter().filter(|template| template.status == Status::Approved);
    let fitting = approved.filter(|template| template.category == category(*purpose));
    fixes.extend(fitting.take(MOST_OFFERED).map(|template| {
        Fix::of_text(id, format!("Send the approved template {}{closed}", template.name), sending(&template.name))
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

/// Removes a step that nobody reaches.
pub(super) fn removed(facts: &Facts<'_>, diagnostic: &Diagnostic) -> Vec<Fix> {
    let step = diagnostic.step().and_then(|id| facts.place(id)).map(|place| facts.at(place).0);
    let fix = step.map(|step| {
        let edit = Edit::RemoveSteps(vec![step.id.clone()]);
        Fix::safe("remove-unreachable", format!("Remove “{}”", step.name()), edit)
    });
    fix.into_iter().collect()
}

/// Gives a question a timeout of half a window, and leads it to the exit of those who are lost, if there is one.
pub(super) fn given_a_timeout(facts: &Facts<'_>, diagnostic: &Diagnostic) -> Vec<Fix> {
    let Some(mut step) = diagnostic.step().and_then(|id| facts.place(id)).map(|place| facts.at(place).0.clone()) else {
        return Vec::new();
    };
    let timeout = Seconds(facts.policy.window.length.0 / 2);
    let StepKind::Message(Message { reply: Some(reply), .. }) = &mut step.kind else { return Vec::new() };
    reply.timeout = Some(timeout);
    let lost = facts.funnel.steps.iter().find(|step| step.kind == StepKind::Exit(Outcome::Lost));
    let then = lost.map(|exit| format!(", then go to “{}”", exit.name())).unwrap_or_default();
    let title = format!("Wait at most {} for an answer{then}", timeout.spoken());
    let id = step.id.clone();
    let mut edits = vec![Edit::ReplaceStep(step)];
    edits.extend(lost.map(|exit| Edit::Connect(Link { from: id, out: Output::Timeout, to: exit.id.clone() })));
    vec![Fix::safe("add-timeout", title, Edit::Together { label: "Add a timeout".to_owned(), edits })]
}

/// Corrects the name of a template, where the library has one that looks like it.
pub(super) fn renamed(facts: &Facts<'_>, diagnostic: &Diagnostic) -> Vec<Fix> {
    let step = diagnostic.step().and_then(|id| facts.place(id)).map(|place| facts.at(place).0.clone());
    let (Some(mut step), Some(wrong)) = (step, &diagnostic.template) else { return Vec::new() };
    let Some(right) = words::nearest_template(wrong, facts.funnel) else { return Vec::new() };
    let StepKind::Message(message) = &mut step.kind else { return Vec::new() };
    match &mut message.send {
        Send::Template(name) | Send::FreeFormOrTemplate(_, name) => *name = right.to_owned(),
        Send::FreeForm(_) => return Vec::new(),
    }
    vec![Fix::of_text("correct-name", format!("Send {right} instead"), Edit::ReplaceStep(step))]
}
