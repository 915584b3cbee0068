//! Tying notes to steps: by letting one go on a card, from its menu, and by key. How a tied note follows its step is the
//! edits' business.

use egui::{Rect, vec2};

use crate::edit::Edit;
use crate::model::{Comment, Point, StepId};
use crate::ui::command::Command;
use crate::ui::words::canvas::{self as words, label};
use crate::ui::{Ask, Outbox, View};

use super::Canvas;
use super::furniture::{NOTE, Thing, note_rect};
use super::menu::List;

/// How far from its card a note is put that was let go on it.
const GAP: f32 = 20.0;

impl Canvas {
    /// Ties a note that was let go on a card, and puts it beside that, where it hides nothing.
    pub(super) fn tie_to(&self, place: usize, card: usize, view: &View<'_>, outbox: &mut Outbox) {
        let at = self.beside(place, self.scene.rects[card]).min;
        let step = self.scene.faces[card].id.clone();
        replace(place, label::TIE, view, outbox, |note| Comment {
            at: Point { x: at.x, y: at.y },
            step: Some(step),
            ..note
        });
    }

    /// Where a note that is tied to a card is put: above it, below it where that is taken, or above nevertheless.
    pub(super) fn beside(&self, place: usize, card: Rect) -> Rect {
        let above = card.min - vec2(0.0, NOTE.y + GAP);
        let below = card.left_bottom() + vec2(0.0, GAP);
        let others = || self.scene.things().filter(|(thing, _)| matches!(thing, Thing::Note(other) if *other != place));
        let free = |rect: &Rect| {
            !self.scene.shown.iter().copied().chain(others().map(|(_, rect)| rect)).any(|other| other.intersects(*rect))
        };
        let [above, below] = [above, below].map(|at| Rect::from_min_size(at, NOTE));
        if !free(&above) && free(&below) { below } else { above }
    }

    /// Unties the selected note, or ties it to the step that was selected last, else to the nearest.
    pub(super) fn tie_or_untie(&self, view: &View<'_>, outbox: &mut Outbox) {
        let Some(place) = view.session.selection.comment else {
            outbox.ask(Ask::Say(words::NO_NOTE.to_owned()));
            return;
        };
        let Some(note) = view.session.document().layout.comments.get(place) else { return };
        if note.step.is_some() {
            replace(place, label::UNTIE, view, outbox, |note| Comment { step: None, ..note });
        } else if let Some(step) = self.step_for(note) {
            replace(place, label::TIE, view, outbox, |note| Comment { step: Some(step), ..note });
        } else {
            outbox.ask(Ask::Say(words::NO_STEP.to_owned()));
        }
    }

    /// The step that a note would be tied to by key.
    fn step_for(&self, note: &Comment) -> Option<StepId> {
        let is_seen = |card: &usize| !self.scene.fold.hides(*card);
        let last = self.last_step.as_ref().and_then(|step| self.scene.place(step)).filter(is_seen);
        let from = note_rect(note).center();
        let far = |card: &usize| self.scene.rects[*card].distance_to_pos(from);
        let nearest = || (0..self.scene.faces.len()).filter(is_seen).min_by(|a, b| far(a).total_cmp(&far(b)));
        last.or_else(nearest).map(|card| self.scene.faces[card].id.clone())
    }

    /// The entry of a note's menu that ties or unties it.
    pub(super) fn tie_entry(&self, list: &mut List<'_>, place: usize, view: &View<'_>, outbox: &mut Outbox) -> bool {
        let Some(note) = view.session.document().layout.comments.get(place) else { return true };
        let title = |step: &StepId| self.scene.place(step).map_or("", |card| self.scene.faces[card].title.as_str());
        let words = match (&note.step, self.step_for(note)) {
            (Some(step), _) => words::untie(title(step)),
            (None, Some(step)) => words::tie_to(title(&step)),
            (None, None) => return false,
        };
        let chosen = list.entry(&words, &Command::TieComment.shortcut_text(list.ui));
        if chosen {
            self.tie_or_untie(view, outbox);
        }
        chosen
    }

    /// A note's name in the accessibility tree.
    pub(super) fn spoken_note(&self, place: usize) -> String {
        let note = &self.scene.layout().comments[place];
        let card = note.step.as_ref().and_then(|step| self.scene.place(step));
        words::spoken_note(&note.text, card.map(|card| self.scene.faces[card].title.as_str()))
    }
}

fn replace(place: usize, label: &str, view: &View<'_>, outbox: &mut Outbox, change: impl FnOnce(Comment) -> Comment) {
    let Some(note) = view.session.document().layout.comments.get(place) else { return };
    let edits = vec![Edit::ReplaceComment(place, change(Comment::clone(note)))];
    outbox.edit(Edit::Together { label: label.to_owned(), edits });
}
