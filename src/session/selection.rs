//! What is selected, and how it keeps to the things that are still there.

use std::sync::Arc;

use crate::model::{Document, Output, StepId};

/// What is selected on the canvas.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Selection {
    /// Selected steps, in the order in which they were selected.
    pub steps: Vec<StepId>,
    /// A selected link, by the output that it leaves.
    pub link: Option<(StepId, Output)>,
    /// A selected frame, by its place.
    pub frame: Option<usize>,
    /// A selected comment, by its place.
    pub comment: Option<usize>,
    /// A template opened in the inspector, by its place.
    pub template: Option<usize>,
}

impl Selection {
    /// These steps and nothing else.
    pub fn of_steps(steps: Vec<StepId>) -> Self {
        Self { steps, ..Self::default() }
    }

    /// Whether nothing is selected.
    pub fn is_empty(&self) -> bool {
        *self == Self::default()
    }

    /// Drops what the document does not have.
    pub(super) fn prune(&mut self, document: &Document) {
        self.steps.retain(|id| document.layout.spots.contains_key(id));
        self.link.take_if(|(from, out)| document.funnel.target(from, out).is_none());
        self.frame.take_if(|place| *place >= document.layout.frames.len());
        self.comment.take_if(|place| *place >= document.layout.comments.len());
        self.template.take_if(|place| *place >= document.funnel.templates.len());
    }

    /// Follows what is selected by its place through an edit, and drops what is gone.
    pub(super) fn follow(&mut self, before: &Document, after: &Document) {
        self.frame = self.frame.and_then(|place| place_after(&before.layout.frames, &after.layout.frames, place));
        self.comment = self.comment.and_then(|place| place_after(&before.layout.comments, &after.layout.comments, place));
        self.template =
            self.template.and_then(|place| place_after(&before.funnel.templates, &after.funnel.templates, place));
        self.prune(after);
    }
}

/// Where the thing at this place is now: the very same thing, else what replaced it in a list as long.
fn place_after<T>(before: &[Arc<T>], after: &[Arc<T>], place: usize) -> Option<usize> {
    let thing = before.get(place)?;
    let here = after.get(place).is_some_and(|other| Arc::ptr_eq(thing, other));
    if here {
        return Some(place);
    }
    let elsewhere = after.iter().position(|other| Arc::ptr_eq(thing, other));
    elsewhere.or((before.len() == after.len()).then_some(place))
}
