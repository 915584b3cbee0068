//! The checklist as Markdown, to paste into an issue: a list to tick, then each template's content to copy.

use std::fmt::Write;

use super::{Checklist, Item};
use crate::model::{Button, Header, Template};

/// The checklist as Markdown.
pub fn markdown(checklist: &Checklist) -> String {
    let mut page = format!("# Templates to submit: {}\n\n", plain(&checklist.funnel));
    page += &introduction(checklist);
    for item in &checklist.items {
        page += &line(item);
    }
    for item in &checklist.items {
        page += &section(item);
    }
    page
}

fn introduction(checklist: &Checklist) -> String {
    if checklist.items.is_empty() {
        return "No step that people reach sends a template, so there is nothing to submit.\n".to_owned();
    }
    let longest = checklist.longest_approval.spoken();
    let made = format!("As of {}, policy `{}`.", checklist.now.spoken(), checklist.policy);
    match checklist.launch {
        Some(launch) => format!(
            "Launch on {} ({}). Approval may take up to {longest}. {made}\n\n",
            launch.spoken(),
            plain(&checklist.timezone)
        ),
        None => format!("No launch is set, so no dates can be given. Approval may take up to {longest}. {made}\n\n"),
    }
}

/// One line of the list to tick: `- [ ] day3_offer (pt_BR, Marketing): Draft, submit by 2026-11-28 09:00`.
fn line(item: &Item) -> String {
    let tick = if item.is_done() { "x" } else { " " };
    let kind =
        item.template.as_ref().map(|template| format!(" (`{}`, {})", code(&template.language), template.category.word()));
    let mut line = format!("- [{tick}] `{}`{}: {}", code(&item.name), kind.unwrap_or_default(), item.state());
    match (item.submit_by, item.approved_by) {
        (_, Some(approved)) if item.late => {
            let _ = write!(line, ", **late**: may be approved as late as {}", approved.spoken());
        }
        (Some(by), _) => {
            let _ = write!(line, ", submit by **{}**", by.spoken());
        }
        _ => {}
    }
    if !item.required {
        line += ", a fall-back that no journey needs";
    }
    line + "\n"
}

fn section(item: &Item) -> String {
    let mut text = format!("\n## `{}`\n\n", code(&item.name));
    let _ = writeln!(text, "- Status: {}", item.state());
    if let Some(by) = item.submit_by {
        let late = if item.late { ", **late**" } else { "" };
        let _ = writeln!(text, "- Submit by: {}{late}", by.spoken());
    }
    if let Some(template) = &item.template {
        let _ = writeln!(text, "- Language: `{}`", code(&template.language));
        let _ = writeln!(text, "- Category: {}", template.category.word());
    }
    let consent = if item.needs_opt_in { "needed from everyone who gets it" } else { "not needed" };
    let _ = writeln!(text, "- Marketing opt-in: {consent}");
    let used = item.used_by.iter().map(|(id, title)| format!("{} (`{}`)", plain(title), code(id.as_str())));
    let _ = writeln!(text, "- Used by: {}", used.collect::<Vec<_>>().join(", "));
    match &item.template {
        Some(template) => text += &content(template),
        None => text += "\nThe library does not have it yet: write it first.\n",
    }
    text
}

fn content(template: &Template) -> String {
    let mut text = String::new();
    match &template.header {
        None => {}
        Some(Header::Text(header)) => text += &block("Header", header),
        Some(Header::Image) => text += "\nHeader: an image\n",
        Some(Header::Video) => text += "\nHeader: a video\n",
        Some(Header::Document) => text += "\nHeader: a document\n",
        Some(Header::Location) => text += "\nHeader: a location\n",
    }
    text += &block("Body", &template.body);
    if !template.footer.is_empty() {
        text += &block("Footer", &template.footer);
    }
    if !template.buttons.is_empty() {
        text += "\nButtons:\n\n";
        for (place, button) in template.buttons.iter().enumerate() {
            let _ = writeln!(text, "{}. {}", place + 1, plain(&button_words(button)));
        }
    }
    if !template.samples.is_empty() {
        text += "\nSamples:\n\n";
        for (name, sample) in &template.samples {
            let _ = writeln!(text, "- `{{{{{}}}}}`: {}", code(name), plain(sample));
        }
    }
    text
}

/// What a button does, in one line.
pub(super) fn button_words(button: &Button) -> String {
    match button {
        Button::QuickReply(label) => format!("Quick reply: {label}"),
        Button::Url { text, url } => format!("Opens a page: {text} ({url})"),
        Button::Phone { text, number } => format!("Calls: {text} ({number})"),
        Button::CopyCode(sample) => format!("Copies a code: {sample}"),
    }
}

/// A text to copy as it stands, in a fence longer than any run of backticks in it.
fn block(name: &str, text: &str) -> String {
    let longest = text.split(|c| c != '`').map(str::len).max().unwrap_or(0);
    let fence = "`".repeat(longest.max(2) + 1);
    format!("\n{name}:\n\n{fence}text\n{text}\n{fence}\n")
}

/// A text in a line of Markdown: nothing in it formats or breaks the line.
fn plain(text: &str) -> String {
    let mut safe = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '\n' | '\r' => safe.push(' '),
            '\\' | '`' | '*' | '_' | '[' | ']' | '<' | '>' | '#' | '|' | '~' => {
                safe.push('\\');
                safe.push(c);
            }
            _ => safe.push(c),
        }
    }
    safe
}

/// A name between backticks, which cannot itself hold one.
fn code(text: &str) -> String {
    text.replace('`', "'").replace(['\n', '\r'], " ")
}
