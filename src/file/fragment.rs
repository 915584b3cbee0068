//! A copied part of a funnel as text for the clipboard, in the very form that its lines have in a file.

use crate::edit::Fragment;
use crate::model::{Funnel, Layout};

use super::problem::ReadError;
use super::tree::Tree;
use super::{Document, check, open, shape, write};

/// What errors call the clipboard.
const CLIPBOARD: &str = "clipboard";

/// A copied part of a funnel as text.
pub fn fragment_to_text(fragment: &Fragment) -> String {
    let tree = Tree::fields("")
        .broken()
        .maybe("templates", write::some_lines(fragment.templates.iter().map(write::template_tree)))
        .maybe("steps", Some(write::lines(fragment.steps.iter().map(|(step, at)| write::step_tree(step, *at)))))
        .maybe("links", write::some_lines(fragment.links.iter().map(write::link_tree)))
        .maybe("comments", write::some_lines(fragment.notes.iter().map(write::comment_tree)));
    let mut out = String::new();
    tree.print(&mut out, 0);
    out.push('\n');
    out
}

/// The part of a funnel that a text holds.
///
/// # Errors
/// A [`ReadError`] where the text is something else, or names steps that it does not bring.
pub fn fragment_from_text(text: &str) -> Result<Fragment, ReadError> {
    let opened = open::open::<shape::FragmentShape>(text, CLIPBOARD, |_, _, _| None)?;
    let fragment = Fragment::from(opened.value);
    let document = document_of(&fragment);
    let mut source = opened.source;
    source.index(&document.funnel);
    let problems = check::check(&document, &source);
    if problems.is_empty() { Ok(fragment) } else { Err(ReadError { file: source.name, problems, text: source.text }) }
}

/// A document of these parts alone, to be checked like any other.
fn document_of(fragment: &Fragment) -> Document {
    let funnel = Funnel {
        templates: fragment.templates.iter().cloned().map(Into::into).collect(),
        steps: fragment.steps.iter().map(|(step, _)| step.clone().into()).collect(),
        links: fragment.links.iter().cloned().map(Into::into).collect(),
        ..Funnel::default()
    };
    let spots = fragment.steps.iter().map(|(step, at)| (step.id.clone(), *at)).collect();
    let comments = fragment.notes.iter().cloned().map(Into::into).collect();
    Document { funnel: funnel.into(), layout: Layout { spots, comments, ..Layout::default() }.into() }
}
