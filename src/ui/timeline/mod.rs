//! The timeline: one journey against the clock.

use super::{Outbox, View};

/// The timeline's own state.
#[derive(Debug, Default)]
pub struct Timeline {}

impl Timeline {
    /// Paints it.
    pub fn ui(&mut self, ui: &mut egui::Ui, view: &View<'_>, outbox: &mut Outbox) {
        let _ = (ui, view, outbox);
    }
}
