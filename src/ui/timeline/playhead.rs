//! The playhead: the moment that is looked at, moved by hand, by keys, or by time itself.

use egui::{CursorIcon, EventFilter, Key, Modifiers, PointerButton, Response, Sense, Ui, WidgetInfo};

use crate::model::Seconds;
use crate::ui::words::timeline as words;

use super::chart::Touched;
use super::geometry::Geometry;
use super::scene::Scene;

/// How near the playhead must come to an event to jump to it, in points.
const MAGNET: f32 = 5.0;
/// How many events Shift steps over.
const FAST: usize = 5;
/// Hours of the story in one second.
pub const SPEEDS: [u32; 4] = [1, 4, 24, 72];

/// Whether the time runs, and how fast.
#[derive(Debug)]
pub struct Player {
    /// The time runs.
    pub running: bool,
    /// Hours of the story in one second.
    pub speed: u32,
    /// The part of a second that was not shown yet.
    rest: f64,
}

impl Default for Player {
    fn default() -> Self {
        Self { running: false, speed: SPEEDS[0], rest: 0.0 }
    }
}

impl Player {
    /// Starts or stops; at the end it starts over. Gives where the playhead then stands.
    pub fn toggle(&mut self, at: Seconds, scene: &Scene) -> Seconds {
        self.running = !self.running;
        self.rest = 0.0;
        if self.running && at >= scene.last { Seconds::ZERO } else { at }
    }

    /// Lets the time run for a frame; gives where the playhead then stands.
    pub fn advance(&mut self, ui: &Ui, at: Seconds, scene: &Scene) -> Option<Seconds> {
        if !self.running {
            return None;
        }
        ui.request_repaint();
        let passed = f64::from(ui.input(|input| input.stable_dt).min(0.1)) * f64::from(self.speed) * 3600.0 + self.rest;
        self.rest = passed.fract();
        let next = at + Seconds(passed as i64);
        if next >= scene.last {
            self.running = false;
            return Some(scene.last);
        }
        Some(next)
    }

    /// The axis: a press puts the playhead there, a drag takes it along, keys step from event to event.
    pub fn axis(&mut self, ui: &Ui, geo: &Geometry, scene: &Scene, at: Seconds, touched: &mut Touched) -> Response {
        let id = ui.make_persistent_id("playhead");
        let response = ui.interact(geo.times, id, Sense::click_and_drag()).on_hover_cursor(CursorIcon::ResizeHorizontal);
        response.widget_info(|| WidgetInfo::slider(true, at.0 as f64, words::PLAYHEAD));
        ui.ctx().accesskit_node_builder(id, |node| {
            node.set_value(words::since_entry(at));
            node.set_min_numeric_value(0.0);
            node.set_max_numeric_value(scene.end().0 as f64);
        });
        // A quick click is pressed and let go within one frame.
        if (response.is_pointer_button_down_on() || response.clicked_by(PointerButton::Primary))
            && let Some(pointer) = response.interact_pointer_pos()
        {
            response.request_focus();
            self.running = false;
            touched.playhead = Some(near_event(geo, scene, pointer.x));
        }
        if response.has_focus() {
            let filter = EventFilter { horizontal_arrows: true, ..EventFilter::default() };
            ui.memory_mut(|memory| memory.set_focus_lock_filter(id, filter));
            if let Some(to) = self.keys(ui, scene, at) {
                touched.playhead = Some(to);
            }
        }
        response
    }

    fn keys(&mut self, ui: &Ui, scene: &Scene, at: Seconds) -> Option<Seconds> {
        let pressed = |modifiers, key| ui.input_mut(|input| input.consume_key(modifiers, key));
        let steps = [(Modifiers::SHIFT, FAST), (Modifiers::NONE, 1)];
        let events = scene.events();
        for (modifiers, count) in steps {
            if pressed(modifiers, Key::ArrowRight) {
                let next = events.iter().filter(|event| **event > at).take(count).last();
                return Some(next.copied().unwrap_or(at));
            }
            if pressed(modifiers, Key::ArrowLeft) {
                let before = events.iter().rev().filter(|event| **event < at).take(count).last();
                return Some(before.copied().unwrap_or(at));
            }
        }
        if pressed(Modifiers::NONE, Key::Home) {
            return Some(Seconds::ZERO);
        }
        if pressed(Modifiers::NONE, Key::End) {
            return Some(scene.last);
        }
        pressed(Modifiers::NONE, Key::Space).then(|| self.toggle(at, scene))
    }
}

/// The moment at a place, or the event beside it.
pub fn near_event(geo: &Geometry, scene: &Scene, x: f32) -> Seconds {
    let events = scene.events();
    let away = |event: &Seconds| (geo.x(*event) - x).abs();
    let nearest = events.iter().min_by(|a, b| away(a).total_cmp(&away(b)));
    match nearest.filter(|event| away(event) < MAGNET) {
        Some(event) => *event,
        None => geo.at(x).clamp(Seconds::ZERO, scene.end()),
    }
}
