//! The verbs: every change that can be made to a document, as plain values.
//!
//! An edit is total and pure: it gives a new document that shares what it left alone, or says why it will not.

mod arrange;
mod beside;
mod fragment;
mod furniture;
mod invariants;
mod label;
mod library;
mod links;
mod sound;
mod steps;
mod stories;

use std::sync::Arc;

use crate::model::{
    Allow, Audience, Comment, Document, Frame, Link, LocalTime, Output, Point, Scenario, Step, StepId, Template,
};

pub use arrange::{arrange, arrange_sized, card_size, place};
pub use fragment::{copy, fresh_id, pasted_ids};
pub use sound::LONGEST_TEXT;

/// One change to a document.
#[derive(Debug, Clone, PartialEq)]
pub enum Edit {
    /// Adds a step with its place.
    AddStep {
        /// The step; its id must be new.
        step: Step,
        /// Where its card lies.
        at: Point,
    },
    /// Adds a step beside the card of another, at the nearest place where it lies on no other card.
    AddStepBeside {
        /// The step; its id must be new.
        step: Step,
        /// The step whose card it goes to the left of, if there is room.
        beside: StepId,
    },
    /// Replaces a step of the same id. Links of outputs that are gone go too; a renamed output keeps its link.
    ReplaceStep(Step),
    /// Removes steps, and the links and scenario entries that name them. Notes that were tied to them stay, untied.
    RemoveSteps(Vec<StepId>),
    /// Removes steps and joins what led to each with what followed its first connected output.
    RemoveAndHeal(Vec<StepId>),
    /// Puts cards at places, and the notes that are tied to them along with them. Never changes the funnel's meaning.
    MoveSteps(Vec<(StepId, Point)>),
    /// Each of these cards takes the place of the one before it, and the first that of the last.
    ShiftPlaces(Vec<StepId>),
    /// Connects an output, in place of the link that it had.
    Connect(Link),
    /// Takes the link off an output.
    Disconnect {
        /// The step.
        from: StepId,
        /// Its output.
        out: Output,
    },
    /// Puts a step into a link: the link leads to it, and its first output leads on.
    InsertOnLink {
        /// The step that the link leaves.
        from: StepId,
        /// The output that the link leaves by.
        out: Output,
        /// The step to insert; it is in the funnel already.
        step: StepId,
    },
    /// Adds a copied part of a funnel: ids that are taken are renamed, templates of names that exist are left as they are.
    Paste {
        /// What was copied.
        fragment: Fragment,
        /// Where its upper left corner goes.
        at: Point,
    },
    /// Changes the funnel's name.
    SetName(String),
    /// Changes its notes.
    SetNotes(String),
    /// Changes the policy that it names.
    SetPolicy(String),
    /// Changes or takes away its launch.
    SetLaunch(Option<LocalTime>),
    /// Changes whom it is for.
    SetAudience(Audience),
    /// Changes or takes away the number's messaging limit.
    SetMessagingLimit(Option<u64>),
    /// Changes what is allowed everywhere in the funnel. What is allowed at a step or a template goes with that.
    SetAllow(Vec<Allow>),
    /// Adds a template at the end of the library.
    AddTemplate(Template),
    /// Replaces the template at this place; steps that name it follow a new name.
    ReplaceTemplate(usize, Template),
    /// Removes the template at this place. Steps that name it are left as they are (T001).
    RemoveTemplate(usize),
    /// Adds a scenario at the end.
    AddScenario(Scenario),
    /// Replaces the scenario at this place.
    ReplaceScenario(usize, Scenario),
    /// Removes the scenario at this place.
    RemoveScenario(usize),
    /// Adds a frame on top.
    AddFrame(Frame),
    /// Replaces the frame at this place.
    ReplaceFrame(usize, Frame),
    /// Removes the frame at this place; what lay in it stays.
    RemoveFrame(usize),
    /// Adds a comment on top.
    AddComment(Comment),
    /// Replaces the comment at this place.
    ReplaceComment(usize, Comment),
    /// Removes the comment at this place.
    RemoveComment(usize),
    /// Several edits as one, under one name; all or none.
    Together {
        /// What the person did, for the undo list, such as "Use a template".
        label: String,
        /// The edits, in order.
        edits: Vec<Edit>,
    },
}

/// A copied part of a funnel: the steps, the links among them, the templates that they use and the notes tied to them.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Fragment {
    /// The steps with their places.
    pub steps: Vec<(Step, Point)>,
    /// The links among them.
    pub links: Vec<Link>,
    /// The templates that they name.
    pub templates: Vec<Template>,
    /// The notes that are tied to them.
    pub notes: Vec<Comment>,
}

/// Why an edit was not made, in the person's words.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{0}")]
pub struct Refusal(pub String);

/// The document after the edit, or why it was refused.
///
/// # Errors
/// A [`Refusal`] that names what is wrong; the document is then as it was.
pub fn apply(document: &Document, edit: &Edit) -> Result<Document, Refusal> {
    let mut after = document.clone();
    carry_out(&mut after, edit)?;
    furniture::open_what_gained(document, &mut after);
    // What came out equal stays the very same, so that "did the meaning change" remains a comparison of pointers.
    if !Arc::ptr_eq(&after.funnel, &document.funnel) && after.funnel == document.funnel {
        after.funnel = Arc::clone(&document.funnel);
    }
    if !Arc::ptr_eq(&after.layout, &document.layout) && after.layout == document.layout {
        after.layout = Arc::clone(&document.layout);
    }
    Ok(after)
}

/// Makes the edit in place. After a refusal the document may be half edited: [`apply`] throws it away.
fn carry_out(document: &mut Document, edit: &Edit) -> Result<(), Refusal> {
    match edit {
        Edit::AddStep { step, at } => steps::add(document, step, *at),
        Edit::AddStepBeside { step, beside } => beside::add(document, step, beside),
        Edit::ReplaceStep(step) => steps::replace(document, step),
        Edit::RemoveSteps(ids) => steps::remove(document, ids),
        Edit::RemoveAndHeal(ids) => links::heal_around(document, ids).and_then(|()| steps::remove(document, ids)),
        Edit::MoveSteps(places) => steps::move_to(document, places),
        Edit::ShiftPlaces(ids) => beside::shift(document, ids),
        Edit::Connect(link) => links::connect(document, link),
        Edit::Disconnect { from, out } => links::disconnect(document, from, out),
        Edit::InsertOnLink { from, out, step } => links::insert_on(document, from, out, step),
        Edit::Paste { fragment, at } => fragment::paste(document, fragment, *at),
        Edit::SetName(name) => {
            sound::check_length(name).map(|()| name.clone_into(&mut Arc::make_mut(&mut document.funnel).name))
        }
        Edit::SetNotes(notes) => {
            sound::check_length(notes).map(|()| notes.clone_into(&mut Arc::make_mut(&mut document.funnel).notes))
        }
        Edit::SetPolicy(policy) => {
            sound::check_length(policy).map(|()| policy.clone_into(&mut Arc::make_mut(&mut document.funnel).policy))
        }
        Edit::SetLaunch(launch) => {
            launch.map_or(Ok(()), sound::check_time).map(|()| Arc::make_mut(&mut document.funnel).launch = *launch)
        }
        Edit::SetAudience(audience) => {
            sound::check_audience(audience).map(|()| Arc::make_mut(&mut document.funnel).audience = audience.clone())
        }
        Edit::SetMessagingLimit(limit) => {
            Arc::make_mut(&mut document.funnel).messaging_limit = *limit;
            Ok(())
        }
        Edit::SetAllow(allow) => {
            sound::check_allow(allow).map(|()| Arc::make_mut(&mut document.funnel).allow = allow.clone())
        }
        Edit::AddTemplate(template) => library::add(document, template),
        Edit::ReplaceTemplate(place, template) => library::replace(document, *place, template),
        Edit::RemoveTemplate(place) => library::remove(document, *place),
        Edit::AddScenario(scenario) => stories::add(document, scenario),
        Edit::ReplaceScenario(place, scenario) => stories::replace(document, *place, scenario),
        Edit::RemoveScenario(place) => stories::remove(document, *place),
        Edit::AddFrame(frame) => furniture::add_frame(document, frame),
        Edit::ReplaceFrame(place, frame) => furniture::replace_frame(document, *place, frame),
        Edit::RemoveFrame(place) => furniture::remove_frame(document, *place),
        Edit::AddComment(comment) => furniture::add_comment(document, comment),
        Edit::ReplaceComment(place, comment) => furniture::replace_comment(document, *place, comment),
        Edit::RemoveComment(place) => furniture::remove_comment(document, *place),
        Edit::Together { edits, .. } => edits.iter().try_for_each(|edit| carry_out(document, edit)),
    }
}

/// A refusal in these words.
fn refuse<T>(words: impl Into<String>) -> Result<T, Refusal> {
    Err(Refusal(words.into()))
}
