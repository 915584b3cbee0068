//! Undo: a list of documents, not of inverses.

use crate::model::Document;

use super::Selection;

/// Edits of one gesture are one entry of the history.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Gesture(u64);

/// The revisions of a document.
#[derive(Debug)]
pub struct History {
    present: Document,
    gestures: u64,
}

impl History {
    /// A history that begins here.
    pub fn new(document: Document) -> Self {
        Self { present: document, gestures: 0 }
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

    /// Makes `after` the present, as part of the gesture.
    pub fn commit(&mut self, after: Document, label: String, gesture: Gesture, selection: Selection) {
        let _ = (label, gesture, selection);
        self.present = after;
    }
}
