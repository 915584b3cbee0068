//! The panels around the canvas: inspector, problems, templates, checklist.

use super::{Outbox, View};

macro_rules! panel {
    ($(#[$doc:meta])* $name:ident) => {
        $(#[$doc])*
        #[derive(Debug, Default)]
        pub struct $name {}

        impl $name {
            /// Paints it.
            pub fn ui(&mut self, ui: &mut egui::Ui, view: &View<'_>, outbox: &mut Outbox) {
                let _ = (ui, view, outbox);
            }
        }
    };
}

panel! {
    /// What is selected, field by field.
    Inspector
}
panel! {
    /// The diagnostics.
    Problems
}
panel! {
    /// The template library.
    Templates
}
panel! {
    /// What must be submitted when.
    Checklist
}
