//! The inspector: what is selected, field by field, with what is known of it.

use std::collections::BTreeSet;
use std::sync::Arc;

use egui::{Label, RichText, ScrollArea, Ui};
use egui_material_icons::MaterialIcon;
use egui_material_icons::icons::{ICON_DASHBOARD, ICON_DELETE, ICON_STICKY_NOTE_2};

use crate::edit::Edit;
use crate::model::{Colour, Step, StepId};
use crate::session::Selection;
use crate::ui::theme::{self, Type};
use crate::ui::words::{canvas as canvas_words, panels as words};
use crate::ui::{Ask, Outbox, View};

use super::form::{Form, Spec, glyph, quiet_button};
use super::kept::Kept;
use super::{funnel, link, several, step, template};

/// What is selected, field by field.
#[derive(Debug, Default)]
pub struct Inspector {
    kept: Kept,
}

impl Inspector {
    /// Paints it.
    pub fn ui(&mut self, ui: &mut Ui, view: &View<'_>, outbox: &mut Outbox) {
        let selection = &view.session.selection;
        let funnel = view.session.funnel();
        // A set, because all ten thousand steps of a funnel may be selected.
        let wanted: BTreeSet<&StepId> = selection.steps.iter().collect();
        let is_wanted = |step: &&Arc<Step>| !wanted.is_empty() && wanted.contains(&step.id);
        let steps: Vec<&Arc<Step>> = funnel.steps.iter().filter(is_wanted).collect();
        let layout = &view.session.document().layout;

        let Selection { link, template, frame, comment, .. } = selection;
        let subject = (selection.steps.first(), selection.steps.len(), link, template, frame, comment);
        let scroll = ScrollArea::vertical().id_salt(("inspector", subject)).auto_shrink(false);
        scroll.show(ui, |ui| {
            ui.spacing_mut().item_spacing = egui::vec2(8.0, 6.0);
            // The bar floats above the content; the fields keep clear of it.
            ui.set_max_width(ui.available_width() - 4.0);
            if let [step] = steps[..] {
                step::ui(ui, &mut Form::new(view, outbox, ("step", &step.id)), &mut self.kept, step);
            } else if !steps.is_empty() {
                several::ui(ui, &mut Form::new(view, outbox, "several"), &steps);
            } else if let Some((from, out)) = &selection.link {
                link::ui(ui, &mut Form::new(view, outbox, "link"), from, out);
            } else if let Some(place) = selection.template.filter(|place| *place < funnel.templates.len()) {
                template::ui(ui, &mut Form::new(view, outbox, ("template", place)), &mut self.kept, place);
            } else if let Some((place, frame)) = selection.frame.and_then(|at| Some((at, layout.frames.get(at)?))) {
                let form = &mut Form::new(view, outbox, ("frame", place));
                let mut copy = crate::model::Frame::clone(frame);
                heading(ui, ICON_DASHBOARD, words::FRAME, "");
                form.text(ui, words::TITLE, &mut copy.title, Spec::default());
                let colours = std::iter::once((None, canvas_words::menu::NO_COLOUR));
                let named = Colour::ALL.map(|colour| (Some(colour), canvas_words::colour(colour)));
                form.choice(ui, words::COLOUR, &mut copy.colour, &colours.chain(named).collect::<Vec<_>>());
                form.switch(ui, words::COLLAPSED, &mut copy.collapsed);
                form.post(|| Edit::ReplaceFrame(place, copy));
                if quiet_button(ui, ICON_DELETE, words::DELETE_FRAME).clicked() {
                    form.outbox.edit(Edit::RemoveFrame(place));
                    form.outbox.ask(Ask::Select(Selection::default()));
                }
            } else if let Some((place, comment)) = selection.comment.and_then(|at| Some((at, layout.comments.get(at)?))) {
                let form = &mut Form::new(view, outbox, ("comment", place));
                let mut copy = crate::model::Comment::clone(comment);
                heading(ui, ICON_STICKY_NOTE_2, words::COMMENT, "");
                form.lines(ui, words::TEXT, &mut copy.text, Spec { rows: 4, ..Spec::default() });
                form.post(|| Edit::ReplaceComment(place, copy));
                if quiet_button(ui, ICON_DELETE, words::DELETE_COMMENT).clicked() {
                    form.outbox.edit(Edit::RemoveComment(place));
                    form.outbox.ask(Ask::Select(Selection::default()));
                }
            } else {
                funnel::ui(ui, &mut Form::new(view, outbox, "funnel"));
            }
            ui.add_space(16.0);
        });
    }
}

/// The head of the inspector: what sort of thing this is, and its id.
pub fn heading(ui: &mut Ui, icon: MaterialIcon, kind: &str, id: &str) {
    let theme = theme::of(ui);
    ui.add_space(4.0);
    ui.horizontal(|ui| {
        ui.set_min_height(24.0);
        ui.spacing_mut().item_spacing.x = 8.0;
        glyph::paint(ui, icon.codepoint, Type::Title, theme.accent);
        let kind = RichText::new(kind).font(theme.font(Type::Title)).color(theme.text);
        ui.add(Label::new(kind).selectable(false));
        if !id.is_empty() {
            ui.with_layout(egui::Layout::right_to_left(egui::Align::Center), |ui| {
                let text = RichText::new(id).font(theme.font(Type::Mono)).color(theme.weak);
                ui.add(Label::new(text).truncate()).on_hover_text(words::ID_HELP);
            });
        }
    });
    ui.add_space(4.0);
}
