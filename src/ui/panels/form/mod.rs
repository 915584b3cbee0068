//! The fields of the inspector: one look, one label column, and drafts for what is half typed.
//!
//! A form works on a copy of a value. Each field changes the copy and notes which widget did it; who owns the form posts
//! the copy as one edit. The form knows nothing of steps or templates.

mod calendar;
mod choose;
pub mod glyph;
mod list;
mod pick;
mod text;
mod value;

use std::fmt::Debug;
use std::hash::Hash;

use egui::{Id, Label, Layout, Response, RichText, Sense, Ui, UiBuilder, vec2};

use crate::edit::Edit;
use crate::ui::theme::{self, Type};
use crate::ui::{Outbox, View};

pub use choose::{focus_ring, icon_button, link_button, long_button, quiet_button, wide_button};
pub use list::Bounds;
pub use pick::Item;
pub use text::{Spec, search};

/// The width of the label column.
pub const LABEL: f32 = 88.0;
/// The height of a field of one line.
pub const ROW: f32 = 28.0;

/// What the person did to the copy in this frame.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Touch {
    /// Nothing.
    Nothing,
    /// A press: an undo step of its own.
    Press,
    /// Typing into this widget: part of its undo step.
    Typing(Id),
}

/// The fields of one thing that is edited.
pub struct Form<'a> {
    /// What may be read.
    pub view: &'a View<'a>,
    /// Where wishes go.
    pub outbox: &'a mut Outbox,
    scope: Id,
    /// What the fields belong to, such as "Answer 2"; part of their names, since the label alone stands in each row.
    part: Option<String>,
    touch: Touch,
}

impl<'a> Form<'a> {
    /// The form of one thing. Drafts belong to its name, so another thing never sees them.
    pub fn new(view: &'a View<'a>, outbox: &'a mut Outbox, of: impl Hash + Debug) -> Self {
        Self { view, outbox, scope: Id::unique(("inspector", of)), part: None, touch: Touch::Nothing }
    }

    /// A part of the form whose fields may have the names of others, such as a row of a list.
    pub fn within<R>(&mut self, part: impl Hash + Debug, fields: impl FnOnce(&mut Self) -> R) -> R {
        let outer = self.scope;
        self.scope = outer.with(part);
        let result = fields(self);
        self.scope = outer;
        result
    }

    /// As [`Self::within`], for a part that people tell apart by a name.
    pub fn within_named<R>(&mut self, name: String, fields: impl FnOnce(&mut Self) -> R) -> R {
        let outer = self.part.replace(name.clone());
        let result = self.within(name, fields);
        self.part = outer;
        result
    }

    /// Names a field by its label, or by its part and its label where it has a part.
    pub fn named(&self, field: Response, name: &str, label: Id) -> Response {
        match &self.part {
            None => field.labelled_by(label),
            Some(part) => field.accessible_name(format!("{part}, {}", name.to_lowercase())),
        }
    }

    /// The id of a field of this part.
    pub fn id(&self, name: &str) -> Id {
        self.scope.with(name)
    }

    /// Notes that a press changed the copy.
    pub fn pressed(&mut self) {
        self.touch = Touch::Press;
    }

    /// Notes that typing into this widget changed the copy.
    pub fn typed(&mut self, widget: Id) {
        self.touch = Touch::Typing(widget);
    }

    /// Posts the copy, if it was changed.
    pub fn post(&mut self, edit: impl FnOnce() -> Edit) {
        match std::mem::replace(&mut self.touch, Touch::Nothing) {
            Touch::Nothing => {}
            Touch::Press => self.outbox.edit(edit()),
            Touch::Typing(widget) => self.outbox.edit_during(widget, edit()),
        }
    }
}

/// A row: the label in its column, the field in the rest of the width. The field gets the label's id, to be named by.
pub fn row<R>(ui: &mut Ui, label: &str, field: impl FnOnce(&mut Ui, Id) -> R) -> R {
    ui.horizontal_top(|ui| {
        let (rect, _) = ui.allocate_exact_size(vec2(LABEL, ROW), Sense::hover());
        let name = {
            let mut cell = ui.new_child(UiBuilder::new().max_rect(rect).layout(Layout::left_to_right(egui::Align::Center)));
            let theme = theme::of(ui);
            let text = RichText::new(label).font(theme.font(Type::Body)).color(theme.weak);
            cell.add(Label::new(text).truncate().selectable(false))
        };
        ui.vertical(|ui| {
            ui.set_width(ui.available_width());
            ui.spacing_mut().item_spacing.y = 4.0;
            field(ui, name.id)
        })
        .inner
    })
    .inner
}

/// A label of its own line, with something weak at its right, above a field of full width. Gives the label's id.
pub fn caption(ui: &mut Ui, label: &str, right: Option<(String, bool)>) -> Id {
    let theme = theme::of(ui);
    ui.horizontal(|ui| {
        ui.set_min_height(20.0);
        let text = RichText::new(label).font(theme.font(Type::Body)).color(theme.weak);
        let name = ui.add(Label::new(text).selectable(false));
        if let Some((right, wrong)) = right {
            ui.with_layout(Layout::right_to_left(egui::Align::Center), |ui| {
                let colour = if wrong { theme.outside } else { theme.weak };
                ui.add(Label::new(RichText::new(right).font(theme.font(Type::Small)).color(colour)).selectable(false));
            });
        }
        name.id
    })
    .inner
}

/// The head of a group of fields, with room for a control at its right.
pub fn head<R>(ui: &mut Ui, title: &str, right: impl FnOnce(&mut Ui) -> R) -> R {
    let theme = theme::of(ui);
    ui.add_space(8.0);
    rule(ui);
    ui.add_space(4.0);
    ui.horizontal(|ui| {
        ui.set_min_height(ROW);
        ui.add(Label::new(RichText::new(title).font(theme.font(Type::Strong)).color(theme.text)).selectable(false));
        ui.with_layout(Layout::right_to_left(egui::Align::Center), right).inner
    })
    .inner
}

/// A thin line across, out to the edges of the panel.
pub fn rule(ui: &mut Ui) {
    let theme = theme::of(ui);
    let (rect, _) = ui.allocate_exact_size(vec2(ui.available_width(), 1.0), Sense::hover());
    ui.painter().hline(rect.x_range().expand(16.0), rect.center().y, egui::Stroke::new(1.0, theme.border));
}

/// A weak text that wraps.
pub fn hint(ui: &mut Ui, text: impl Into<String>) -> Response {
    let theme = theme::of(ui);
    ui.add(Label::new(RichText::new(text).font(theme.font(Type::Small)).color(theme.weak)).wrap().selectable(false))
}

/// A weak text that wraps, in the column of the fields.
pub fn note(ui: &mut Ui, text: impl Into<String>) {
    ui.horizontal_top(|ui| {
        ui.add_space(LABEL + ui.spacing().item_spacing.x);
        ui.vertical(|ui| hint(ui, text));
    });
}

/// What is wrong with a field, in its column.
pub fn wrong(ui: &mut Ui, text: &str) {
    let theme = theme::of(ui);
    let (colour, _, icon) = theme.severity(crate::rules::Severity::Error);
    ui.horizontal_top(|ui| {
        ui.spacing_mut().item_spacing.x = 4.0;
        glyph::paint(ui, icon.codepoint, Type::Small, colour);
        ui.add(Label::new(RichText::new(text).font(theme.font(Type::Small)).color(colour)).wrap().selectable(false));
    });
}
