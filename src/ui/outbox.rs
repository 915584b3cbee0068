//! What the person wants, collected while a frame is painted and carried out at its end.

use crate::edit::{Edit, Fragment};
use crate::engine::Story;
use crate::model::{Point, Seconds, StepId};
use crate::session::Selection;

use super::StorySource;
use super::command::Command;

/// The tabs of the lower panel.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[allow(missing_docs)]
pub enum Tab {
    Timeline,
    Windows,
    Simulation,
    Templates,
    Problems,
    Checklist,
}

/// Something to do that is no change of the document.
#[derive(Debug, Clone, PartialEq)]
pub enum Ask {
    /// Make this the selection.
    Select(Selection),
    /// Select the step and bring it into view.
    GoTo(StepId),
    /// Show this tab of the lower panel.
    Show(Tab),
    /// Show this story on the timeline.
    Tell(StorySource, Story),
    /// Move the playhead, since entry.
    Playhead(Seconds),
    /// The pointer is over this step.
    Hover(StepId),
    /// Say something in passing: a refusal, what was undone, where it was saved.
    Say(String),
    /// Tell screen readers something that the eye sees anyway.
    Announce(String),
    /// Send a crowd of so many people through the funnel.
    RunCrowd {
        /// How many.
        people: u32,
        /// What chance begins from.
        seed: u64,
    },
    /// Stop the crowd that is on its way.
    StopCrowd,
    /// Fit the reply times of this question from a log, asking for one.
    FitLog(StepId),
    /// Work out what would help the messages that are not always inside.
    WorkOutHelps,
    /// Export the checklist, asking where to.
    ExportChecklist,
    /// Put the selected steps on the clipboard.
    Copy,
    /// Put the selected steps on the clipboard and remove them.
    Cut,
    /// Paste this with its upper left corner there, and select it.
    Paste(Fragment, Point),
    /// The same for copies of what is there.
    Duplicate(Fragment, Point),
    /// Do what has a name.
    Invoke(Command),
    /// Undo.
    Undo,
    /// Redo.
    Redo,
}

/// What the person wants of this frame.
#[derive(Debug, Default)]
pub struct Outbox {
    /// Edits, each with the widget whose press or focus it belongs to; `None` is a gesture of its own.
    pub edits: Vec<(Option<egui::Id>, Edit)>,
    /// What else to do, after the edits.
    pub asks: Vec<Ask>,
}

impl Outbox {
    /// An edit that is one undo step by itself.
    pub fn edit(&mut self, edit: Edit) {
        self.edits.push((None, edit));
    }

    /// An edit that is part of what the person does with this widget: all edits of one press, or of one stretch of
    /// keyboard focus, are one undo step.
    pub fn edit_during(&mut self, widget: egui::Id, edit: Edit) {
        self.edits.push((Some(widget), edit));
    }

    /// Something else to do.
    pub fn ask(&mut self, ask: Ask) {
        self.asks.push(ask);
    }
}
