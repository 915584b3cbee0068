//! Pixels: the only place that names egui. Painting reads the session and posts what the person wants to the outbox.

pub mod app;
pub mod canvas;
pub mod command;
pub mod dialogs;
pub mod fonts;
mod outbox;
pub mod panels;
pub mod raster;
mod start;
pub mod theme;
pub mod timeline;
pub mod words;

use crate::engine::{Journey, Story};
use crate::model::{Seconds, StepId};
use crate::session::Session;

pub use outbox::{Ask, Outbox, Tab};

/// What every part of the planner may read while it paints.
pub struct View<'a> {
    /// The open document with all that is derived from it.
    pub session: &'a Session,
    /// The story that the timeline shows, and what comes of it.
    pub story: &'a Told,
    /// The step that the pointer is over, in whatever part of the window, so that the others can light it.
    pub hovered: Option<&'a StepId>,
}

/// The story that the timeline shows.
#[derive(Debug, Clone, PartialEq)]
pub struct Told {
    /// Which story it is.
    pub source: StorySource,
    /// The story as it is told now.
    pub story: Story,
    /// What comes of it.
    pub journey: Journey,
    /// Where the playhead stands, since entry.
    pub playhead: Seconds,
}

/// Where the timeline's story comes from.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum StorySource {
    /// A scenario of the file, by its place. Dragging a reply edits it.
    Kept(usize),
    /// A ready-made one or a witness, by its name. Dragging a reply changes it here only, until it is kept.
    ReadyMade(String),
}
