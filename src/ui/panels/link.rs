//! A link in the inspector: from which output to which step.

use egui::Ui;
use egui_material_icons::icons::{ICON_DELETE, ICON_LINK};

use crate::edit::Edit;
use crate::model::{Output, StepId};
use crate::session::Selection;
use crate::ui::Ask;
use crate::ui::words::panels as words;

use super::form::{Form, ROW, link_button, quiet_button, row};
use super::{inspector, outputs};

/// Paints it.
pub fn ui(ui: &mut Ui, form: &mut Form<'_>, from: &StepId, out: &Output) {
    let funnel = form.view.session.funnel();
    inspector::heading(ui, ICON_LINK, words::LINK, "");
    let Some(step) = funnel.step(from) else { return };
    row(ui, words::FROM_STEP, |ui, _| {
        ui.horizontal(|ui| {
            ui.set_min_height(ROW);
            if link_button(ui, step.name(), &words::go_to(step.name())).clicked() {
                form.outbox.ask(Ask::GoTo(from.clone()));
            }
        });
    });
    row(ui, words::OUTPUT, |ui, _| {
        ui.horizontal(|ui| {
            ui.set_min_height(ROW);
            ui.label(words::output(out));
        });
    });
    row(ui, words::LEADS_TO, |ui, _| outputs::output_ui(ui, form, from, out));
    ui.add_space(8.0);
    if funnel.target(from, out).is_some() && quiet_button(ui, ICON_DELETE, words::DELETE_LINK).clicked() {
        form.outbox.edit(Edit::Disconnect { from: from.clone(), out: out.clone() });
        form.outbox.ask(Ask::Select(Selection::default()));
    }
}
