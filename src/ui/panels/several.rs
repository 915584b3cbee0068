//! Several selected steps in the inspector: what can be done to all of them at once.

use std::sync::Arc;

use egui::Ui;
use egui_material_icons::icons::{ICON_ACCOUNT_TREE, ICON_DELETE, ICON_SELECT_ALL};

use crate::edit::Edit;
use crate::model::{Purpose, Step, StepId, StepKind};
use crate::session::Selection;
use crate::ui::Ask;
use crate::ui::canvas::{Align, align_button};
use crate::ui::command::Command;
use crate::ui::words::panels as words;

use super::form::{Form, head, hint, quiet_button};
use super::inspector;

/// Paints it.
pub fn ui(ui: &mut Ui, form: &mut Form<'_>, steps: &[&Arc<Step>]) {
    inspector::heading(ui, ICON_SELECT_ALL, &words::selected(steps.len()), "");
    let purposes: Vec<Purpose> = steps.iter().filter_map(|step| step.message()).map(|message| message.purpose).collect();
    if let Some(first) = purposes.first() {
        let mut purpose = purposes.iter().all(|one| one == first).then_some(*first);
        let all = Purpose::ALL.map(|one| (Some(one), one.word()));
        let mixed = [(None, words::MIXED)].into_iter().filter(|_| purpose.is_none());
        let all: Vec<_> = mixed.chain(all).collect();
        form.choice(ui, words::PURPOSE, &mut purpose, &all);
        form.post(|| purpose_edit(steps, purpose.unwrap_or(*first)));
        hint(ui, words::messages_selected(purposes.len()));
    }
    head(ui, words::ARRANGE, |_| ());
    let ids: Vec<StepId> = steps.iter().map(|step| step.id.clone()).collect();
    if quiet_button(ui, ICON_ACCOUNT_TREE, words::ARRANGE_ALL).clicked() {
        form.outbox.ask(Ask::Invoke(Command::Arrange));
    }
    ui.horizontal_wrapped(|ui| {
        ui.spacing_mut().item_spacing.x = 2.0;
        for how in Align::ALL {
            let enabled = steps.len() >= how.least();
            let clicked = ui.add_enabled_ui(enabled, |ui| align_button(ui, how).clicked()).inner;
            if clicked {
                form.outbox.ask(Ask::Invoke(Command::Align(how)));
            }
        }
    });
    head(ui, words::ALL_OF_THEM, |_| ());
    if quiet_button(ui, ICON_DELETE, &words::delete_steps(steps.len())).clicked() {
        form.outbox.edit(Edit::RemoveSteps(ids));
        form.outbox.ask(Ask::Select(Selection::default()));
    }
}

fn purpose_edit(steps: &[&Arc<Step>], purpose: Purpose) -> Edit {
    let edits = steps.iter().filter_map(|step| match &step.kind {
        StepKind::Message(message) if message.purpose != purpose => {
            let kind = StepKind::Message(crate::model::Message { purpose, ..message.clone() });
            Some(Edit::ReplaceStep(Step { kind, ..Step::clone(step) }))
        }
        _ => None,
    });
    Edit::Together { label: words::SET_PURPOSE.to_owned(), edits: edits.collect() }
}
