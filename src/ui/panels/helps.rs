//! What would help a message that is not always inside: shorter waits, and asking again, each a press away. Asks for it to be
//! worked out where it is looked at, and never while somebody types.

use std::time::Duration;

use egui::{Label, RichText, Ui};
use egui_material_icons::icons::{ICON_AUTO_FIX_HIGH, ICON_EXPAND_LESS, ICON_LIGHTBULB};

use crate::edit::Edit;
use crate::engine::{Verdict, WhatIf};
use crate::model::{Seconds, Send, Step, StepKind};
use crate::session::{Helps, Selection, edit_of};
use crate::ui::theme::{self, Type};
use crate::ui::words::{canvas::fresh, helps as words};
use crate::ui::{Ask, Outbox, View};

use super::form::{hint, link_button, long_button, quiet_button};

/// How often it is looked whether it is worked out.
const FRAME: Duration = Duration::from_millis(50);

/// Whether it is unfolded.
#[derive(Debug, Default)]
pub struct Helping {
    open: bool,
}

impl Helping {
    /// Paints what would help one step; nothing where it needs no help.
    pub fn ui(&mut self, ui: &mut Ui, view: &View<'_>, outbox: &mut Outbox, step: &Step) {
        if needs_help(view, step) && self.fold(ui) {
            match present(ui, view, outbox) {
                Some(helps) => of_step(ui, view, outbox, helps, step),
                None => drop(hint(ui, words::UNDER_WAY)),
            }
        }
    }

    /// Whether it is unfolded.
    pub fn is_open(&self) -> bool {
        self.open
    }

    /// Unfolds it.
    pub fn unfold(&mut self) {
        self.open = true;
    }

    /// Paints what unfolds it and folds it again; gives whether it is unfolded.
    pub fn fold(&mut self, ui: &mut Ui) -> bool {
        let icon = if self.open { ICON_EXPAND_LESS } else { ICON_LIGHTBULB };
        self.open ^= quiet_button(ui, icon, words::TITLE).clicked();
        self.open
    }
}

/// Paints what would help each step that needs it.
pub fn all(ui: &mut Ui, view: &View<'_>, outbox: &mut Outbox) {
    let wanted = || view.session.funnel().steps.iter().filter(|step| needs_help(view, step));
    if wanted().next().is_none() {
        hint(ui, words::NOT_NEEDED);
        return;
    }
    let Some(helps) = present(ui, view, outbox) else { return drop(hint(ui, words::UNDER_WAY)) };
    for step in wanted() {
        ui.add_space(4.0);
        if link_button(ui, step.name(), step.name()).clicked() {
            outbox.ask(Ask::GoTo(step.id.clone()));
        }
        of_step(ui, view, outbox, helps, step);
    }
}

/// Whether a step may send something that the window refuses, and whether a change may be tried against that.
fn needs_help(view: &View<'_>, step: &Step) -> bool {
    let sends = step.message().is_some_and(|message| !matches!(message.send, Send::Template(_)));
    let proof = sends.then(|| view.session.proof_of(&step.id)).flatten();
    proof.is_some_and(|proof| {
        matches!(proof.verdict, Verdict::Sometimes | Verdict::Outside)
            && proof.unknown.is_none()
            && proof.since_inbound.is_some()
    })
}

/// What is known of the funnel as it stands. Where that is nothing yet it is asked for, once nobody types or drags.
fn present<'v>(ui: &Ui, view: &View<'v>, outbox: &mut Outbox) -> Option<&'v Helps> {
    let session = view.session;
    let present = session.present_helps();
    if present.is_none() {
        let busy = ui.ctx().text_edit_focused() || ui.input(|input| input.pointer.any_down());
        if !busy && session.helps().is_none_or(Helps::is_over) {
            outbox.ask(Ask::WorkOutHelps);
        }
        ui.ctx().request_repaint_after(FRAME);
    }
    present
}

fn of_step(ui: &mut Ui, view: &View<'_>, outbox: &mut Outbox, helps: &Helps, step: &Step) {
    match helps.step(&step.id) {
        None => drop(hint(ui, words::UNKNOWN)),
        Some([]) => drop(hint(ui, words::NOTHING)),
        Some(what_ifs) => {
            for (place, what_if) in what_ifs.iter().enumerate() {
                one(ui, view, outbox, what_if, place == 0 && what_ifs.len() > 1);
            }
        }
    }
}

/// One change, with the lengths to choose from.
fn one(ui: &mut Ui, view: &View<'_>, outbox: &mut Outbox, what_if: &WhatIf, gains_most: bool) {
    let theme = theme::of(ui);
    let funnel = view.session.funnel();
    let Some(changed) = funnel.step(what_if.change.at()) else { return };
    let title = words::change(&what_if.change, changed.name());
    ui.add_space(2.0);
    ui.add(Label::new(RichText::new(&title).font(theme.font(Type::Body)).color(theme.text)).wrap());
    if gains_most {
        let most = RichText::new(words::GAINS_MOST).font(theme.font(Type::Small)).color(theme.inside);
        ui.add(Label::new(most).selectable(false));
    }
    for (length, what) in words::choices(what_if) {
        let button = long_button(ui, ICON_AUTO_FIX_HIGH, &what).accessible_name(words::choice(&title, &what));
        if button.clicked()
            && let Some(edit) = edit_of(&what_if.change, funnel, length)
        {
            apply(outbox, changed, edit, length);
        }
    }
    if let Some(as_good) = words::as_good(&what_if.change) {
        hint(ui, as_good);
    }
}

/// Makes a change, one undo step. A wait that is called after its length stays so; a new question is selected, since somebody
/// has to write it.
fn apply(outbox: &mut Outbox, changed: &Step, edit: Edit, length: Seconds) {
    match edit {
        Edit::ReplaceStep(step) => {
            let title = match (&changed.kind, &step.kind) {
                (StepKind::Wait(before), StepKind::Wait(after)) if changed.title == fresh::wait(before) => {
                    fresh::wait(after)
                }
                _ => step.title.clone(),
            };
            let label = words::shortening(changed.name(), length);
            outbox.edit(Edit::Together { label, edits: vec![Edit::ReplaceStep(Step { title, ..step })] });
        }
        Edit::Together { label, edits } => {
            let added = edits.iter().find_map(|edit| match edit {
                Edit::AddStepBeside { step, .. } => Some(step.id.clone()),
                _ => None,
            });
            outbox.edit(Edit::Together { label, edits });
            if let Some(added) = added {
                outbox.ask(Ask::Select(Selection::of_steps(vec![added.clone()])));
                outbox.ask(Ask::GoTo(added));
            }
        }
        other => outbox.edit(other),
    }
}
