//! What a menu does with a step, a link or a frame, and a command with the one that is selected. Paints nothing.

use egui::{Pos2, Rect, vec2};

use crate::model::{Output, StepId};
use crate::session::Selection;
use crate::ui::command::Command;
use crate::ui::{Ask, Outbox, View};

use super::Canvas;
use super::face::PORT_Y;
use super::furniture::Thing;
use super::gestures::thing_rect;
use super::quick_add::QuickAdd;

impl Canvas {
    /// The first output of a step that leads nowhere yet.
    pub(super) fn spare_output(&self, step: &StepId) -> Option<usize> {
        let card = self.scene.place(step)?;
        (0..self.scene.faces[card].outputs.len()).find(|out| !self.scene.is_linked(card, *out))
    }

    /// Offers the steps to which an output of a step can lead.
    pub(super) fn connect(&mut self, step: &StepId, out: usize) {
        let Some(card) = self.scene.place(step) else { return };
        let from = (step.clone(), self.scene.faces[card].outputs[out].0.clone());
        let at = self.scene.rects[card].right_top() + vec2(80.0, 0.0);
        let screen = self.camera.screen_from_canvas(self.area.unwrap_or(Rect::ZERO)) * at;
        self.quick_add = Some(QuickAdd::new(screen, at).wired(from.0, from.1));
    }

    /// Offers the steps to which a link can lead instead.
    pub(super) fn lead_elsewhere(&mut self, screen: Pos2, at: Pos2, from: &StepId, out: &Output) {
        self.quick_add = Some(QuickAdd::new(screen, at - vec2(0.0, PORT_Y)).wired(from.clone(), out.clone()));
    }

    /// Goes to the step that a link reaches.
    pub(super) fn go_to_head(&self, from: &StepId, out: &Output, outbox: &mut Outbox) {
        if let Some(line) = self.scene.link_at(from, out) {
            outbox.ask(Ask::GoTo(self.scene.faces[line.to].id.clone()));
        }
    }

    /// The steps that the selected frame holds.
    pub(super) fn held_by_selected(&self, view: &View<'_>) -> Vec<StepId> {
        let frame = view.session.selection.frame.map(Thing::Frame);
        let held = frame.and_then(|frame| Some(self.held_by(frame, thing_rect(frame, view)?, view).steps));
        held.unwrap_or_default()
    }

    /// Selects the steps that the selected frame holds.
    pub(super) fn select_held(&mut self, view: &View<'_>, outbox: &mut Outbox) {
        let held = self.held_by_selected(view);
        if let Some(place) = view.session.selection.frame.filter(|_| !held.is_empty()) {
            // Those that are hidden are seen to be selected only once the frame is open.
            self.fold_away(place, false, view, outbox);
            outbox.ask(Ask::Select(Selection::of_steps(held)));
        }
    }

    /// Does something with the selected link.
    pub(super) fn on_selected_link(&mut self, command: Command, view: &View<'_>, outbox: &mut Outbox) {
        let Some((from, out)) = &view.session.selection.link else { return };
        let (Some(line), Some(area)) = (self.scene.link_at(from, out), self.area) else { return };
        let at = self.scene.output(line.from, line.out).lerp(self.scene.input(line.to), 0.5);
        let screen = area.shrink(8.0).clamp(self.camera.screen_from_canvas(area) * at);
        match command {
            Command::InsertOnLink => self.open_insert(screen, at, from.clone(), out.clone()),
            Command::LeadElsewhere => self.lead_elsewhere(screen, at, from, out),
            Command::GoToTail => outbox.ask(Ask::GoTo(from.clone())),
            _ => self.go_to_head(from, out, outbox),
        }
    }
}
