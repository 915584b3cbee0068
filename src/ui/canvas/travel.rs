//! Moving the view without losing the person: it glides where it jumps, and the places that were left by a jump can be
//! gone back to. Cards that were put elsewhere by a command glide as well.

use std::collections::BTreeMap;

use egui::{Pos2, Rect, Ui};

use crate::model::StepId;

use super::{Camera, Canvas};

/// How long a jump takes, in seconds.
const FLIGHT: f64 = 0.2;
/// More cards than this do not glide: finding the ways of their links anew in every frame takes too long.
const MOST_GLIDING: usize = 300;
/// How many places are kept.
const PLACES: usize = 50;

/// What moves by itself, and where one was.
#[derive(Debug, Default)]
pub struct Travel {
    flight: Option<Flight>,
    glide: Option<Glide>,
    before: Vec<Camera>,
    after: Vec<Camera>,
}

#[derive(Debug)]
struct Flight {
    from: Camera,
    to: Camera,
    began: f64,
}

#[derive(Debug)]
struct Glide {
    from: BTreeMap<StepId, Pos2>,
    began: f64,
}

/// Fast at first, then settling.
fn eased(part: f64) -> f32 {
    let left = 1.0 - part.clamp(0.0, 1.0);
    (1.0 - left * left * left) as f32
}

impl Canvas {
    /// Moves the camera to where `how` puts it, gliding where the person lets things move.
    pub(super) fn fly(&mut self, ui: &Ui, how: impl FnOnce(&mut Camera)) {
        let mut to = self.travel.flight.as_ref().map_or(self.camera, |flight| flight.to);
        how(&mut to);
        if to == self.camera || ui.style().animation_time <= 0.0 {
            self.camera = to;
            self.travel.flight = None;
            return;
        }
        let began = ui.input(|input| input.time);
        self.travel.flight = Some(Flight { from: self.camera, to, began });
        ui.request_repaint();
    }

    /// The same for a jump to somewhere else, which can be taken back.
    pub(super) fn jump(&mut self, ui: &Ui, how: impl FnOnce(&mut Camera)) {
        self.leave_place();
        self.fly(ui, how);
    }

    /// Keeps the place that is about to be left.
    pub(super) fn leave_place(&mut self) {
        if self.travel.before.last() != Some(&self.camera) {
            self.travel.before.push(self.camera);
            let surplus = self.travel.before.len().saturating_sub(PLACES);
            self.travel.before.drain(..surplus);
        }
        self.travel.after.clear();
    }

    /// Goes back to the place that was left last, or forward again. Whether there is one.
    pub(super) fn revisit(&mut self, ui: &Ui, back: bool) -> bool {
        let here = self.camera;
        let (from, into) = match back {
            true => (&mut self.travel.before, &mut self.travel.after),
            false => (&mut self.travel.after, &mut self.travel.before),
        };
        // Where one is already is no place to go to.
        while from.last() == Some(&here) {
            from.pop();
        }
        let Some(place) = from.pop() else { return false };
        into.push(here);
        self.fly(ui, |camera| *camera = place);
        true
    }

    /// The person moves the view: what it does by itself ends.
    pub(super) fn land(&mut self) {
        self.travel.flight = None;
    }

    /// From the next frame on, cards glide from where they are to where they will be.
    pub fn glide(&mut self, ctx: &egui::Context) {
        if self.scene.faces.len() > MOST_GLIDING || ctx.global_style().animation_time <= 0.0 {
            return;
        }
        let shown = self.scene.shown.iter().zip(&self.scene.rects);
        // What a frame hides is where it lies.
        let corner = |(shown, rect): (&Rect, &Rect)| if shown.is_finite() { shown.min } else { rect.min };
        let from = self.scene.faces.iter().map(|face| face.id.clone()).zip(shown.map(corner)).collect();
        self.travel.glide = Some(Glide { from, began: ctx.input(|input| input.time) });
    }

    /// Moves what moves by itself.
    pub(super) fn travel_on(&mut self, ui: &Ui) {
        let now = ui.input(|input| input.time);
        if let Some(Flight { from, to, began }) = &self.travel.flight {
            let part = (now - began) / FLIGHT;
            self.camera = from.towards(*to, eased(part));
            if part >= 1.0 {
                self.camera = *to;
                self.travel.flight = None;
            } else {
                ui.request_repaint();
            }
        }
        if let Some(glide) = &self.travel.glide {
            let part = (now - glide.began) / FLIGHT;
            if part >= 1.0 || self.drag.is_some() {
                self.travel.glide = None;
                if self.drag.is_none() {
                    self.scene.set_down();
                }
            } else {
                self.scene.slide(&glide.from, eased(part));
                ui.request_repaint();
            }
        }
    }
}
