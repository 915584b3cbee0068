//! The canvas as a picture: painted with nobody there, without the dots, the map and the buttons of those who work on it.

use std::collections::BTreeSet;

use egui::{Rect, Ui};

use crate::model::{Layout, StepId};
use crate::session::Session;
use crate::ui::View;

use super::furniture::{frame_rect, held, note_rect};
use super::scene::Scene;
use super::touch::Touch;
use super::{Camera, Canvas};

/// What a picture shows of the canvas.
pub struct Still {
    canvas: Canvas,
    touch: Touch,
    shown: Rect,
}

impl Still {
    /// Everything, or where steps are named those, with the links among them, the frames that hold none but them and the
    /// notes between them. `None` where that is nothing.
    pub fn of(session: &Session, only: &[StepId]) -> Option<Self> {
        let mut canvas = Canvas { still: true, ..Canvas::default() };
        let scene = &mut canvas.scene;
        scene.renew(session);
        let mut cards: BTreeSet<usize> = (0..scene.rects.len()).filter(|card| !scene.fold.hides(*card)).collect();
        if !only.is_empty() {
            cards = only.iter().filter_map(|step| scene.place(step)).collect();
            scene.keep(&cards, layout_among(scene, &cards));
            cards.retain(|card| !scene.fold.hides(*card));
        }
        let shown = around(scene, &cards)?;
        let touch = Touch { seen: cards.into_iter().collect(), ..Touch::default() };
        Some(Self { canvas, touch, shown })
    }

    /// Where it lies on the canvas.
    pub fn shown(&self) -> Rect {
        self.shown
    }

    /// Paints it over all of the window, as it is seen from there.
    pub fn paint(&mut self, ui: &Ui, view: &View<'_>, camera: Camera) {
        self.canvas.camera = camera;
        self.canvas.paint(ui, ui.content_rect(), &self.touch, view);
    }
}

fn layout_among(scene: &Scene, cards: &BTreeSet<usize>) -> Layout {
    let mut layout = scene.layout().clone();
    layout.frames.retain(|frame| {
        let mut held = held(&scene.rects, frame_rect(frame)).peekable();
        held.peek().is_some() && held.all(|card| cards.contains(&card))
    });
    let among = cards.iter().fold(Rect::NOTHING, |all, card| all.union(scene.rects[*card]));
    // A note goes with its step, or with what lies around it.
    layout.comments.retain(|note| match note.step.as_ref().and_then(|step| scene.place(step)) {
        Some(card) => cards.contains(&card),
        None => among.contains_rect(note_rect(note)),
    });
    layout
}

/// Around all that is painted, links that go round included.
fn around(scene: &Scene, cards: &BTreeSet<usize>) -> Option<Rect> {
    let cards = cards.iter().map(|card| scene.rects[*card]);
    let links = (0..scene.links.len()).map(|link| scene.reach(link));
    let things = scene.things().map(|(_, rect)| rect);
    cards.chain(links).chain(things).reduce(|all, rect| all.union(rect))
}
