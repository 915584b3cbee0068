//! One open document: its history, its selection, and what is derived from it. Knows no pixel and no clock: the time is
//! told to it. The policy follows the name that the funnel gives, also through undo.
//!
//! A small funnel is judged with every edit, before the edit is done. A large one is judged on another thread: until that
//! has come to its end the judgement is of the funnel before, and says so.

mod behind;
mod change;
mod crowd;
mod errand;
mod helps;
mod history;
mod judging;
mod known;
mod place;
mod selection;

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use crate::edit::{self, Edit, Fragment, Refusal};
use crate::engine::crowd::Request;
use crate::model::{Document, Funnel, LocalTime, Point};
use crate::policy::Policy;

#[cfg(test)]
pub(crate) mod tests;

pub use behind::Behind;
pub use change::edit_of;
pub use crowd::CrowdRun;
pub use helps::Helps;
pub use history::{Gesture, History};
pub use judging::{JUDGED_AT_ONCE, Standing};
pub use selection::Selection;

use judging::Judging;
use known::{Case, Known};

/// One open document.
pub struct Session {
    history: History,
    /// What is selected.
    pub selection: Selection,
    path: Option<PathBuf>,
    policy: Arc<Policy>,
    /// The policies at hand, by what the funnel calls them, so that undo needs no disk.
    policies: BTreeMap<String, Arc<Policy>>,
    now: LocalTime,
    /// What is known of the newest funnel that was judged.
    known: Arc<Known>,
    judging: Judging,
    /// The crowd that was last asked for.
    crowd: Option<CrowdRun>,
    /// What would help, once that was asked for.
    helps: Option<Helps>,
}

impl Session {
    /// Opens a document, judged. `path` is where it came from, `None` for a new one; `policy` is what stands for the policy
    /// that it names; `now` is the local time in the audience's zone.
    pub fn new(document: Document, path: Option<PathBuf>, policy: Arc<Policy>, now: LocalTime) -> Self {
        let case = Case { funnel: Arc::clone(&document.funnel), policy: Arc::clone(&policy), now };
        Self::with(document, path, policy, now, Known::of(case, None))
    }

    /// The same for people who wait for their window: a large funnel is there before it is judged.
    pub fn open(document: Document, path: Option<PathBuf>, policy: Arc<Policy>, now: LocalTime) -> Self {
        if document.funnel.steps.len() <= JUDGED_AT_ONCE {
            return Self::new(document, path, policy, now);
        }
        let nothing = Known::nothing(&policy, now);
        let mut session = Self::with(document, path, policy, now, nothing);
        session.judge();
        session
    }

    fn with(document: Document, path: Option<PathBuf>, policy: Arc<Policy>, now: LocalTime, known: Known) -> Self {
        let policies = BTreeMap::from([(document.funnel.policy.clone(), Arc::clone(&policy))]);
        Self {
            history: History::new(document),
            selection: Selection::default(),
            path,
            policy,
            policies,
            now,
            known: Arc::new(known),
            judging: Judging::default(),
            crowd: None,
            helps: None,
        }
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

    /// Sends a crowd through the funnel as it stands, in the background; one that is still on its way is stopped.
    pub fn run_crowd(&mut self, request: Request) {
        let (funnel, policy) = (Arc::clone(self.funnel()), Arc::clone(&self.policy));
        self.crowd = Some(CrowdRun::begin(funnel, policy, self.now, request));
    }

    /// The crowd that was last asked for.
    pub fn crowd(&self) -> Option<&CrowdRun> {
        self.crowd.as_ref()
    }

    /// Works out what would help the funnel as it stands, in the background. One that is under way is waited for first.
    pub fn work_out_helps(&mut self) {
        if self.helps.as_ref().is_none_or(Helps::is_over) {
            self.helps = Some(Helps::begin(Arc::clone(self.funnel()), Arc::clone(&self.policy), self.now));
        }
    }

    /// What would help, as it was last asked for.
    pub fn helps(&self) -> Option<&Helps> {
        self.helps.as_ref()
    }

    /// What would help the funnel as it stands; `None` where that is not known.
    pub fn present_helps(&self) -> Option<&Helps> {
        self.helps.as_ref().filter(|helps| helps.is_over() && helps.is_of(self.funnel(), &self.policy, self.now))
    }

    /// When it is judged, in the audience's zone.
    pub fn now(&self) -> LocalTime {
        self.now
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
        debug_assert_eq!(Ok(()), after.check_invariants(), "after {edit:?}");
        self.load_policy(&after.funnel.policy)?;
        let before = self.history.document().clone();
        self.history.commit(after, edit.label(), gesture, self.selection.clone());
        self.selection.follow(&before, self.history.document());
        self.refresh();
        Ok(())
    }

    /// Steps back, with the selection of then. Gives the name of what was undone.
    pub fn undo(&mut self) -> Option<String> {
        let (label, selection) = self.history.undo(self.selection.clone())?;
        self.show(selection);
        Some(label)
    }

    /// Steps forward again. Gives the name of what was redone.
    pub fn redo(&mut self) -> Option<String> {
        let (label, selection) = self.history.redo()?;
        self.show(selection);
        Some(label)
    }

    /// What would be undone, for the menu.
    pub fn undo_label(&self) -> Option<&str> {
        self.history.undo_label()
    }

    /// What would be redone, for the menu.
    pub fn redo_label(&self) -> Option<&str> {
        self.history.redo_label()
    }

    /// All that can be undone, the newest first.
    pub fn undo_labels(&self) -> impl Iterator<Item = &str> {
        self.history.undo_labels()
    }

    /// All that can be done again, the next first.
    pub fn redo_labels(&self) -> impl Iterator<Item = &str> {
        self.history.redo_labels()
    }

    /// Copies the selected steps.
    pub fn copy(&self) -> Fragment {
        edit::copy(self.document(), &self.selection.steps)
    }

    /// Copies the selected steps and removes them.
    ///
    /// # Errors
    /// A [`Refusal`] in the person's words; nothing has changed then.
    pub fn cut(&mut self, gesture: Gesture) -> Result<Fragment, Refusal> {
        let fragment = self.copy();
        let remove = Edit::RemoveSteps(fragment.steps.iter().map(|(step, _)| step.id.clone()).collect());
        let label = remove.label().replacen("Delete", "Cut", 1);
        // Notes that are tied to what was cut are on the clipboard with it; the last go first, so that places hold.
        let notes = self.document().layout.comments.iter().enumerate().rev();
        let tied = notes.filter(|(_, note)| note.step.as_ref().is_some_and(|step| self.selection.steps.contains(step)));
        let edits = tied.map(|(place, _)| Edit::RemoveComment(place)).chain([remove]).collect();
        self.perform(gesture, &Edit::Together { label, edits })?;
        Ok(fragment)
    }

    /// Pastes a fragment with its upper left corner at a place, and selects what it added.
    ///
    /// # Errors
    /// A [`Refusal`] in the person's words; nothing has changed then.
    pub fn paste(&mut self, gesture: Gesture, fragment: Fragment, at: Point) -> Result<(), Refusal> {
        let label = Edit::Paste { fragment: fragment.clone(), at }.label();
        self.paste_as(gesture, label, fragment, at)
    }

    /// The same under another name, such as "Duplicate step".
    ///
    /// # Errors
    /// A [`Refusal`] in the person's words; nothing has changed then.
    pub fn paste_as(&mut self, gesture: Gesture, label: String, fragment: Fragment, at: Point) -> Result<(), Refusal> {
        let added = edit::pasted_ids(self.funnel(), &fragment);
        self.perform(gesture, &Edit::Together { label, edits: vec![Edit::Paste { fragment, at }] })?;
        self.selection = Selection::of_steps(added);
        Ok(())
    }

    /// Whether the document differs from what is saved.
    pub fn is_changed(&self) -> bool {
        self.history.is_changed()
    }

    /// The document as it stands was saved here.
    pub fn mark_saved(&mut self, path: &Path) {
        self.path = Some(path.to_owned());
        self.history.mark_saved();
    }

    /// The policy that the funnel calls by one name is called by another from here on, as when the funnel moves and the
    /// policy is named by its path. It is the same policy, before and after each thing that can be undone.
    pub fn rename_policy(&mut self, from: &str, to: &str) {
        let Some(policy) = self.policies.get(from).cloned() else { return };
        self.policies.insert(to.to_owned(), policy);
        self.history.rewrite(|document| {
            if document.funnel.policy == from {
                to.clone_into(&mut Arc::make_mut(&mut document.funnel).policy);
            }
        });
        self.judge();
    }

    /// No file holds the document as it stands, as when it was recovered after a crash.
    pub fn mark_unsaved(&mut self) {
        self.history.mark_unsaved();
    }

    /// Takes the document that its file holds now, as something that can be undone; it counts as saved.
    ///
    /// # Errors
    /// A [`Refusal`] where its policy is not to be had; nothing has changed then.
    pub fn replace_document(&mut self, document: Document) -> Result<(), Refusal> {
        self.load_policy(&document.funnel.policy)?;
        let gesture = self.gesture();
        self.history.commit(document, "Reload from disk".to_owned(), gesture, self.selection.clone());
        self.history.mark_saved();
        self.show(self.selection.clone());
        Ok(())
    }

    /// Judges as of another moment, in the audience's zone.
    pub fn set_now(&mut self, now: LocalTime) {
        if now != self.now {
            self.now = now;
            self.judge();
        }
    }

    /// After the document changed other than by an edit: what is selected, and the judgement.
    fn show(&mut self, selection: Selection) {
        self.selection = selection;
        self.selection.prune(self.history.document());
        self.refresh();
    }

    /// Sees to it that the policy of this name is at hand.
    fn load_policy(&mut self, name: &str) -> Result<(), Refusal> {
        if !self.policies.contains_key(name) {
            let folder = self.path.as_deref().and_then(Path::parent);
            let policy = crate::policy::load(name, folder).map_err(|error| Refusal(error.to_string()))?;
            self.policies.insert(name.to_owned(), policy);
        }
        Ok(())
    }

    /// Judges again where the meaning changed. Moving a card leaves the funnel the very same, and costs nothing here.
    fn refresh(&mut self) {
        if let Some(policy) = self.policies.get(&self.funnel().policy) {
            self.policy = Arc::clone(policy);
        }
        self.judge();
    }
}
