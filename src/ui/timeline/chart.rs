//! The chart's own state: how it is looked at and what is held, and the gestures on its empty parts.

use egui::{Id, Key, Modifiers, Rect, Response, Role, Sense, Ui, WidgetInfo};

use crate::model::{Seconds, StepId};
use crate::ui::words::timeline as words;

use super::axis::{self, Fold, Look};
use super::changes::Change;
use super::geometry::{self, Geometry};
use super::playhead::near_event;
use super::scene::Scene;

/// This near to its ends the axis moves along with what is dragged, in points.
const EDGE: f32 = 16.0;
/// How far in a frame, for each point past that.
const EDGE_SPEED: f32 = 0.4;

/// How the chart is looked at, and what is held.
#[derive(Debug, Default)]
pub struct Chart {
    /// Zoom and place; `None` shows everything.
    pub look: Option<Look>,
    /// Long empty stretches are drawn at full length.
    pub unfolded: bool,
    /// What is dragged goes where the pointer is, and jumps to nothing.
    pub free: bool,
    /// What is being measured.
    pub measure: Option<Measure>,
    /// The reply or message that is dragged.
    pub grip: Option<Grip>,
    /// A measuring drag is under way.
    measuring: bool,
    /// While something is dragged the axis stands still, though what it shows moves.
    held: Option<(Look, Vec<Fold>)>,
    /// Presses so far: each drag is a gesture of its own.
    presses: u64,
}

/// Two moments, the time between which is told.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Measure {
    /// Where it begins.
    pub from: Seconds,
    /// Where it ends; `None` is where the playhead stands.
    pub to: Option<Seconds>,
}

/// What is dragged.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Grip {
    /// Its widget.
    pub id: Id,
    /// Where it was taken, from its own place.
    pub offset: f32,
    /// Where it is now, since entry.
    pub at: Seconds,
    /// The gesture that its edits belong to.
    pub gesture: Id,
}

/// What the person did on the chart in one frame.
#[derive(Debug, Default)]
pub struct Touched {
    /// A change of the story, with the widget that it belongs to.
    pub change: Option<(Id, Change)>,
    /// The playhead was moved.
    pub playhead: Option<Seconds>,
    /// A step was clicked.
    pub selected: Option<StepId>,
    /// The pointer is over a step.
    pub hovered: Option<StepId>,
}

impl Chart {
    /// The places of this scene's rows in this rectangle.
    pub fn geometry(&self, rect: Rect, scene: &Scene) -> Geometry {
        let (look, folds) = self.held.clone().unwrap_or_else(|| self.looked_at(rect, scene));
        Geometry::new(rect, scene.free_entry.is_some(), look, &folds)
    }

    /// The gestures on the empty parts: zoom, pan, measure, fit, a message unasked.
    pub fn background(&mut self, ui: &Ui, rect: Rect, geo: &Geometry, scene: &Scene, touched: &mut Touched) -> Response {
        let id = ui.make_persistent_id("timeline chart");
        let response = ui.interact(geo.plot, id, Sense::CLICK | Sense::DRAG);
        response.widget_info(|| WidgetInfo::labeled(Role::Canvas, true, words::CHART));
        let (mut look, folds) = self.looked_at(rect, scene);
        let before = look;
        let measures = self.measure_by_drag(ui, &response, geo, scene);
        if response.dragged() && self.grip.is_none() && !measures {
            look = look.panned(response.drag_delta().x, &folds);
        }
        let pointer = ui.input(|input| input.pointer.hover_pos()).filter(|pointer| rect.contains(*pointer));
        if let Some(pointer) = pointer.filter(|_| response.contains_pointer() || self.grip.is_none()) {
            let (zoom, wheel) = ui.input(|input| (input.zoom_delta(), input.smooth_scroll_delta()));
            let x = pointer.x - geo.plot.left();
            if zoom != 1.0 {
                look = look.zoomed(zoom, x, &folds);
            } else if wheel != egui::Vec2::ZERO {
                look = look.panned(wheel.x + wheel.y, &folds);
            }
        }
        if response.double_clicked()
            && let Some(pointer) = response.interact_pointer_pos()
        {
            if geo.person.contains(pointer) && scene.entry.is_some() {
                let step = super::ticks::snap_step(&geo.axis, pointer.x - geo.plot.left());
                let at = super::ticks::snapped(geo.at(pointer.x), step);
                touched.change = Some((self.next_gesture(id), Change::Write(at)));
            } else {
                self.look = None;
                return response;
            }
        }
        if look != before {
            self.look = Some(look);
        }
        response
    }

    /// With Ctrl held a drag measures the time between its ends; a click ends the measuring. Gives whether it measures.
    fn measure_by_drag(&mut self, ui: &Ui, response: &Response, geo: &Geometry, scene: &Scene) -> bool {
        let (ctrl, origin) = ui.input(|input| (input.modifiers.command, input.pointer.press_origin()));
        if response.clicked() {
            self.measure = None;
        }
        let at = |x: f32| if self.free { geo.at(x).max(Seconds::ZERO) } else { near_event(geo, scene, x) };
        if response.drag_started() && ctrl {
            let from = origin.or(response.interact_pointer_pos()).map(|pointer| at(pointer.x));
            self.measuring = from.is_some();
            self.measure = from.map(|from| Measure { from, to: Some(from) });
        }
        if self.measuring
            && let (Some(pointer), Some(from)) = (response.interact_pointer_pos(), self.measure.map(|measure| measure.from))
        {
            self.measure = Some(Measure { from, to: Some(at(pointer.x)) });
        }
        self.measuring &= response.dragged();
        self.measuring
    }

    /// Zooms about the middle or pans by a part of what is shown, by the keys of film editors; fits, measures, and lets
    /// what is dragged go free. `selected` are the steps that fitting shows first.
    pub fn keys(&mut self, ui: &Ui, rect: Rect, scene: &Scene, (at, selected): (Seconds, &[StepId])) {
        let pressed = |key| ui.input_mut(|input| input.consume_key(Modifiers::NONE, key));
        let width = geometry::plot(rect).width();
        let (look, folds) = self.looked_at(rect, scene);
        if pressed(Key::W) || pressed(Key::Plus) || pressed(Key::Equals) {
            self.look = Some(look.zoomed(1.25, width / 2.0, &folds));
        } else if pressed(Key::S) || pressed(Key::Minus) {
            self.look = Some(look.zoomed(0.8, width / 2.0, &folds));
        } else if pressed(Key::A) {
            self.look = Some(look.panned(width / 8.0, &folds));
        } else if pressed(Key::D) {
            self.look = Some(look.panned(-width / 8.0, &folds));
        } else if pressed(Key::F) {
            let span = scene.span(selected).map(|(from, to)| Look::spanning(from, to, &folds, width));
            self.look = span.filter(|span| self.look != Some(*span));
        } else if pressed(Key::N) {
            self.free = !self.free;
        } else if pressed(Key::M) {
            self.measure = if self.measure.is_some() { None } else { Some(Measure { from: at, to: None }) };
        } else if self.measure.is_some() && pressed(Key::Escape) {
            self.measure = None;
        }
    }

    /// Whether something dragged goes where the pointer is: Shift turns round what is switched on.
    pub fn goes_free(&self, ctx: &egui::Context) -> bool {
        self.free != ctx.input(|input| input.modifiers.shift)
    }

    /// Brings a moment into view, if the chart is not fitted.
    pub fn reveal(&mut self, at: Seconds, rect: Rect, scene: &Scene) {
        let (look, folds) = self.looked_at(rect, scene);
        let width = geometry::plot(rect).width();
        let x = axis::Axis::new(look, &folds).x(at);
        if self.look.is_some() && !(0.0..=width).contains(&x) {
            self.look = Some(look.panned(width * 0.3 - x, &folds));
        }
    }

    /// Takes hold of something whose place is `x`, and stops the axis.
    pub fn take_hold(&mut self, response: &Response, x: f32, at: Seconds, rect: Rect, scene: &Scene) {
        let pressed = response.ctx.input(|input| input.pointer.press_origin()).or(response.interact_pointer_pos());
        let offset = pressed.map_or(0.0, |pointer| x - pointer.x);
        self.held = Some(self.looked_at(rect, scene));
        let gesture = self.next_gesture(response.id);
        self.grip = Some(Grip { id: response.id, offset, at, gesture });
    }

    /// Moves the held axis along while something is dragged at its edge.
    pub fn follow_to_the_edge(&mut self, ui: &Ui, rect: Rect) {
        let Some((look, folds)) = self.held.as_mut().filter(|_| self.grip.is_some()) else { return };
        let Some(pointer) = ui.input(|input| input.pointer.latest_pos()) else { return };
        let plot = geometry::plot(rect);
        let over = (pointer.x - (plot.right() - EDGE)).max(0.0) - (plot.left() + EDGE - pointer.x).max(0.0);
        // Nothing lies before the entry.
        if over > 0.0 || (over < 0.0 && look.from_s > 0.0) {
            *look = look.panned(-over.clamp(-EDGE, EDGE) * EDGE_SPEED, folds);
            ui.request_repaint();
        }
    }

    /// Lets go once no button is down.
    pub fn let_go(&mut self, ui: &Ui) {
        if self.grip.is_some() && !ui.input(|input| input.pointer.any_down()) {
            self.grip = None;
            self.held = None;
        }
    }

    /// The widget under whose name the edits of one press are undone together.
    pub fn next_gesture(&mut self, id: Id) -> Id {
        self.presses += 1;
        id.with(("press", self.presses))
    }

    /// The axis is held still.
    pub fn is_held(&self) -> bool {
        self.held.is_some()
    }

    fn looked_at(&self, rect: Rect, scene: &Scene) -> (Look, Vec<Fold>) {
        let folds = if self.unfolded { Vec::new() } else { axis::folds(&scene.moments()) };
        let has_reasons = scene.marks.iter().any(|mark| mark.reason.is_some());
        let look = self.look.unwrap_or_else(|| geometry::fitting(rect, scene.end(), &folds, has_reasons));
        (look, folds)
    }
}
