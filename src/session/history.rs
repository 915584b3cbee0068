//! Undo: a list of documents, not of inverses. Documents share what they have in common, so each costs what was changed.

use crate::model::Document;

use super::Selection;

/// Edits of one gesture are one entry of the history.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Gesture(u64);

/// The revisions of a document: all that was done, how much of it stands, and what is saved.
#[derive(Debug)]
pub struct History {
    present: Document,
    past: Vec<Revision>,
    future: Vec<Revision>,
    saved: Option<Document>,
    gestures: u64,
    /// The newest entry takes no more edits, not even of its own gesture: the person has stepped through the history since.
    closed: bool,
}

/// One thing that the person did.
#[derive(Debug)]
struct Revision {
    label: String,
    gesture: Gesture,
    /// The side that is not the present: the document before it while it stands, after it while it is undone.
    other: Document,
    /// What was selected when it began.
    before: Selection,
    /// What was selected when it was last left.
    after: Selection,
}

impl History {
    /// A history that begins here, with this as what is saved.
    pub fn new(document: Document) -> Self {
        let saved = Some(document.clone());
        Self { present: document, past: Vec::new(), future: Vec::new(), saved, gestures: 0, closed: false }
    }

    /// The document as it stands.
    pub fn document(&self) -> &Document {
        &self.present
    }

    /// A gesture that no edit has had yet.
    pub fn gesture(&mut self) -> Gesture {
        self.gestures += 1;
        Gesture(self.gestures)
    }

    /// Makes `after` the present, as part of the gesture. `selection` is what is selected before it.
    ///
    /// What changes nothing makes no entry, and a gesture that comes back to where it began leaves none.
    pub fn commit(&mut self, after: Document, label: String, gesture: Gesture, selection: Selection) {
        if same(&after, &self.present) {
            return;
        }
        self.future.clear();
        let before = std::mem::replace(&mut self.present, after);
        match self.past.last_mut() {
            Some(top) if top.gesture == gesture && !self.closed => {
                // Typing renames as it goes, so the same verb takes the newest words; another verb is part of what began.
                if verb(&top.label) == verb(&label) {
                    top.label = label;
                }
                if same(&top.other, &self.present) {
                    self.past.pop();
                }
            }
            top => {
                if let Some(top) = top {
                    top.after = selection.clone();
                }
                let after = selection.clone();
                self.past.push(Revision { label, gesture, other: before, before: selection, after });
            }
        }
        self.closed = false;
    }

    /// Steps back. `selection` is what is selected now; gives the name of what was undone and what was selected then.
    pub fn undo(&mut self, selection: Selection) -> Option<(String, Selection)> {
        let mut revision = self.past.pop()?;
        std::mem::swap(&mut self.present, &mut revision.other);
        revision.after = selection;
        let told = (revision.label.clone(), revision.before.clone());
        self.future.push(revision);
        self.closed = true;
        Some(told)
    }

    /// Steps forward again. Gives the name of what was redone and what was selected after it.
    pub fn redo(&mut self) -> Option<(String, Selection)> {
        let mut revision = self.future.pop()?;
        std::mem::swap(&mut self.present, &mut revision.other);
        let told = (revision.label.clone(), revision.after.clone());
        self.past.push(revision);
        self.closed = true;
        Some(told)
    }

    /// Changes every revision alike, in what is no part of what the person did: nothing becomes undoable, and what was
    /// saved stays so.
    pub fn rewrite(&mut self, change: impl Fn(&mut Document)) {
        let others = self.past.iter_mut().chain(&mut self.future).map(|revision| &mut revision.other);
        for document in others.chain([&mut self.present]).chain(&mut self.saved) {
            change(document);
        }
    }

    /// What would be undone.
    pub fn undo_label(&self) -> Option<&str> {
        self.past.last().map(|revision| revision.label.as_str())
    }

    /// What would be redone.
    pub fn redo_label(&self) -> Option<&str> {
        self.future.last().map(|revision| revision.label.as_str())
    }

    /// What can be undone, the newest first.
    pub fn undo_labels(&self) -> impl Iterator<Item = &str> {
        self.past.iter().rev().map(|revision| revision.label.as_str())
    }

    /// What can be done again, the next first.
    pub fn redo_labels(&self) -> impl Iterator<Item = &str> {
        self.future.iter().rev().map(|revision| revision.label.as_str())
    }

    /// The document as it stands is what is saved.
    pub fn mark_saved(&mut self) {
        self.saved = Some(self.present.clone());
        // What is typed from here on can be undone back to what was saved.
        self.closed = true;
    }

    /// No file holds the document as it stands.
    pub fn mark_unsaved(&mut self) {
        self.saved = None;
    }

    /// Whether the document differs from what is saved; undoing back to that is no difference.
    pub fn is_changed(&self) -> bool {
        self.saved.as_ref().is_none_or(|saved| !same(saved, &self.present))
    }
}

/// Equality that looks into the documents only where they are not the very same.
fn same(a: &Document, b: &Document) -> bool {
    use std::sync::Arc;
    (Arc::ptr_eq(&a.funnel, &b.funnel) || a.funnel == b.funnel)
        && (Arc::ptr_eq(&a.layout, &b.layout) || a.layout == b.layout)
}

fn verb(label: &str) -> Option<&str> {
    label.split(' ').next()
}
