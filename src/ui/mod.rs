//! Pixels: the only place that names egui. Painting reads the session and posts what the person wants to the outbox.

pub mod app;
pub mod canvas;
pub mod command;
pub mod dialogs;
pub mod fonts;
mod outbox;
pub mod panels;
pub mod picture;
pub mod raster;
mod start;
pub mod theme;
pub mod timeline;
pub mod words;

use crate::engine::{Journey, Story, follow};
use crate::model::{Otherwise, Scenario, Seconds, StepId};
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

impl Told {
    /// This story, followed through the session's funnel, from its beginning.
    pub fn of(source: StorySource, story: Story, session: &Session) -> Self {
        let journey = follow(session.funnel(), session.policy(), &story);
        Self { source, story, journey, playhead: Seconds::ZERO }
    }

    /// The file's first scenario, else the story of one who answers at once.
    pub fn first(session: &Session) -> Self {
        let funnel = session.funnel();
        match funnel.scenarios.first() {
            Some(scenario) => Self::of(StorySource::Kept(0), Story::of(scenario, funnel), session),
            None => {
                let name = words::shell::PROMPT_STORY.to_owned();
                let scenario = Scenario { name: name.clone(), otherwise: Otherwise::Prompt, ..Scenario::default() };
                Self::of(StorySource::ReadyMade(name), Story::of(&scenario, funnel), session)
            }
        }
    }
}

/// Where the timeline's story comes from.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum StorySource {
    /// A scenario of the file, by its place. Dragging a reply edits it.
    Kept(usize),
    /// A ready-made one or a witness, by its name. Dragging a reply changes it here only, until it is kept.
    ReadyMade(String),
}
