//! What there has to be for a command to do something, and why it does nothing where that is missing. Knows the session, not
//! the window.

use crate::session::Session;
use crate::ui::words::{canvas, menus as words};

/// What a command needs.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Need {
    /// Nothing: it works on the start screen too.
    Nothing,
    /// An open funnel.
    Funnel,
    /// A funnel with a step in it.
    AnyStep,
    /// A funnel with a problem in it.
    AnyProblem,
    /// Something that no file holds yet.
    Unsaved,
    /// Something to undo.
    Past,
    /// Something to do again.
    Future,
    /// Something that was done or undone.
    History,
    /// Selected steps.
    Steps,
    /// So many selected steps.
    Several(usize),
    /// One selected step and no more.
    OneStep,
    /// One selected step to which people answer.
    OneQuestion,
    /// One selected step, a frame or a note.
    Nameable,
    /// A selected frame, or steps that one may hold.
    Frame,
    /// A selected frame.
    Held,
    /// A selected link.
    Link,
    /// One selected step with an output that leads nowhere yet.
    SpareOutput,
    /// A selected note.
    Note,
    /// Anything selected on the canvas.
    Something,
}

impl Need {
    /// Why it is not met; `None` where it is.
    pub fn unmet(self, session: Option<&Session>) -> Option<&'static str> {
        if self == Self::Nothing {
            return None;
        }
        let Some(session) = session else { return Some(words::NO_FUNNEL) };
        let selection = &session.selection;
        let steps = selection.steps.len();
        let (undo, redo) = (session.undo_label().is_some(), session.redo_label().is_some());
        let met = |met: bool, why: &'static str| (!met).then_some(why);
        match self {
            Self::Nothing | Self::Funnel => None,
            Self::AnyStep => met(!session.funnel().steps.is_empty(), words::NO_STEP),
            Self::AnyProblem => met(!session.judgement().diagnostics.is_empty(), words::NO_PROBLEM),
            Self::Unsaved => met(session.is_changed() || session.path().is_none(), words::NO_CHANGE),
            Self::Past => met(undo, words::NO_PAST),
            Self::Future => met(redo, words::NO_FUTURE),
            Self::History => met(undo || redo, words::NO_HISTORY),
            Self::Steps => met(steps > 0, words::SELECT_STEPS),
            Self::Several(least) => met(steps >= least, words::select_several(least)),
            Self::OneStep => met(steps == 1, words::SELECT_ONE),
            Self::OneQuestion => met(question(session), words::SELECT_QUESTION),
            Self::Nameable => {
                let thing = selection.frame.is_some() || selection.comment.is_some();
                met(steps == 1 || thing, words::SELECT_NAMEABLE)
            }
            Self::Frame => met(steps > 0 || selection.frame.is_some(), canvas::NO_FRAME),
            Self::Held => met(selection.frame.is_some(), canvas::NO_FRAME),
            Self::Link => met(selection.link.is_some(), words::SELECT_LINK),
            Self::SpareOutput => met(spare(session), words::SELECT_SPARE),
            Self::Note => met(selection.comment.is_some(), canvas::NO_NOTE),
            Self::Something => {
                let other = selection.link.is_some() || selection.frame.is_some() || selection.comment.is_some();
                met(steps > 0 || other, words::SELECT_SOMETHING)
            }
        }
    }
}

/// Whether one step is selected that has an output without a link.
fn spare(session: &Session) -> bool {
    let [id] = session.selection.steps.as_slice() else { return false };
    let funnel = session.funnel();
    let links = funnel.links.iter().filter(|link| link.from == *id).count();
    funnel.step(id).is_some_and(|step| links < step.ways())
}

/// Whether one step is selected that waits for an answer.
fn question(session: &Session) -> bool {
    let [step] = session.selection.steps.as_slice() else { return false };
    let step = session.funnel().step(step);
    step.and_then(|step| step.message()).is_some_and(|message| message.reply.is_some())
}
