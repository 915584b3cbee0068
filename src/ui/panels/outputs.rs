//! Where each output of a step leads, to see, to change and to go there.

use egui::Ui;
use egui_material_icons::icons::ICON_ARROW_FORWARD;

use crate::edit::Edit;
use crate::model::{Link, Output, Step, StepId};
use crate::ui::Ask;
use crate::ui::words::canvas::kind;
use crate::ui::words::panels as words;

use super::form::{Form, Item, head, icon_button, row};

/// Paints them.
pub fn ui(ui: &mut Ui, form: &mut Form<'_>, step: &Step) {
    let outputs = step.outputs();
    if outputs.is_empty() {
        return;
    }
    head(ui, words::LEADS_TO, |_| ());
    for out in outputs {
        let name = words::output(&out);
        let name = if out == Output::Next { words::NEXT } else { &name };
        row(ui, name, |ui, _| output_ui(ui, form, &step.id, &out));
    }
}

/// The field of one output: the step that it leads to, and the way there.
pub fn output_ui(ui: &mut Ui, form: &mut Form<'_>, from: &StepId, out: &Output) {
    let funnel = form.view.session.funnel();
    let target = funnel.target(from, out).cloned();
    let shown = target.as_ref().and_then(|id| funnel.step(id)).map_or(words::NOWHERE, |step| step.name());
    ui.horizontal(|ui| {
        ui.spacing_mut().item_spacing.x = 4.0;
        let width = ui.available_width() - 28.0;
        let picked = ui
            .scope(|ui| {
                ui.set_max_width(width);
                let name = words::target_of(&words::output(out));
                form.bare_pick(ui, &name, shown, || {
                    let nowhere = Item { key: String::new(), text: words::NOWHERE.to_owned(), detail: String::new() };
                    let steps = funnel.steps.iter().map(|step| Item {
                        key: step.id.to_string(),
                        text: step.name().to_owned(),
                        detail: kind(step).to_owned(),
                    });
                    std::iter::once(nowhere).chain(steps).collect()
                })
                .1
            })
            .inner;
        match picked.as_deref() {
            Some("") => form.post(|| Edit::Disconnect { from: from.clone(), out: out.clone() }),
            Some(to) => form.post(|| Edit::Connect(Link { from: from.clone(), out: out.clone(), to: to.into() })),
            None => {}
        }
        let go = words::go_to(shown);
        if icon_button(ui, ICON_ARROW_FORWARD, &go, target.is_some()).clicked()
            && let Some(target) = target
        {
            form.outbox.ask(Ask::GoTo(target));
        }
    });
}
