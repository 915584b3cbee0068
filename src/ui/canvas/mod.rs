//! The canvas: the funnel as cards and links.

use super::{Outbox, View};

/// The canvas's own state.
#[derive(Debug, Default)]
pub struct Canvas {}

impl Canvas {
    /// Paints it.
    pub fn ui(&mut self, ui: &mut egui::Ui, view: &View<'_>, outbox: &mut Outbox) {
        let _ = (ui, view, outbox);
    }
}
