//! What screen readers are told of that the eye sees anyway: a step was added, a link drawn, steps selected. Shows nothing.

use egui::accesskit::Live;
use egui::{Id, Rect, Role, Sense, Ui, WidgetInfo, vec2};

use crate::edit::Edit;
use crate::model::Funnel;
use crate::ui::words::shell as words;

/// What was said last; screen readers speak it when it changes.
#[derive(Debug, Default)]
pub struct Announcer {
    text: String,
    /// The same words twice are told apart by this, so that they are spoken twice.
    again: bool,
}

impl Announcer {
    /// Tells this.
    pub fn tell(&mut self, text: String) {
        if !text.is_empty() {
            self.again = self.text == text && !self.again;
            self.text = text;
        }
    }

    /// Tells what an edit did, in the names of the funnel as it is now.
    pub fn tell_of(&mut self, edit: &Edit, funnel: &Funnel) {
        self.tell(words::done(edit, funnel));
    }

    /// Keeps it in the accessibility tree.
    pub fn ui(&self, ui: &Ui) {
        let id = Id::unique("announcer");
        let at = ui.max_rect().left_bottom();
        let text = if self.again { format!("{}\u{a0}", self.text) } else { self.text.clone() };
        let response = ui.interact(Rect::from_min_size(at - vec2(0.0, 1.0), vec2(1.0, 1.0)), id, Sense::hover());
        response.widget_info(|| WidgetInfo::labeled(Role::Status, true, &text));
        ui.ctx().accesskit_node_builder(id, |node| node.set_live(Live::Polite));
    }
}
