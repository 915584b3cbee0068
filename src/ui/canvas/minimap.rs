//! The small map in the corner: where the cards lie and what part of them is seen.

use std::sync::Arc;

use egui::{Mesh, Pos2, Rect, Role, Sense, Shape, Stroke, StrokeKind, Ui, WidgetInfo, vec2};

use crate::ui::theme::{self, RADIUS};
use crate::ui::words::canvas as words;

use super::{Camera, Canvas};

/// Its size in a large window, and in a small one.
const LARGEST: egui::Vec2 = vec2(168.0, 108.0);
const SMALLEST: egui::Vec2 = vec2(112.0, 72.0);
/// How long after the last move the map stays over cards that it hides, in seconds.
const STAYS: f64 = 1.5;

/// When the map may lie over cards.
#[derive(Debug, Default)]
pub struct Map {
    /// Where one looked from when the view last moved.
    camera: Camera,
    /// Until when it may hide cards.
    until: f64,
    /// Whether it was shown in the last frame.
    shown: bool,
    /// What it shows while it is pressed: were it to follow the view that it moves, the view would run away from it.
    held: Option<Rect>,
    /// The cards on it, and for what they were drawn: they may be thousands.
    cards: Arc<Mesh>,
    drawn: Option<Drawn>,
}

/// What the cards on the map look like depends on this.
#[derive(Debug, Clone, Copy, PartialEq)]
struct Drawn {
    revision: u64,
    world: Rect,
    map: Rect,
    dark: bool,
}

impl Canvas {
    /// Shows the map where there is more than can be seen, and moves the view where it is pressed. Where cards lie under
    /// it, it comes only while the view moves, and stays a little or as long as the pointer is on it.
    pub(super) fn minimap(&mut self, ui: &Ui, area: Rect) {
        let Some(bounds) = self.scene.bounds() else { return };
        let seen = self.camera.seen(area);
        if area.width() < 480.0 || area.height() < 280.0 || seen.contains_rect(bounds) {
            return;
        }
        let theme = theme::of(ui);
        let size = (area.size() * 0.16).clamp(SMALLEST, LARGEST);
        let map = Rect::from_min_size(area.max - size - vec2(12.0, 12.0), size);
        if !self.map_may_show(ui, area, map) {
            return;
        }
        let response = ui.interact(map, super::ground_id().with("map"), Sense::click_and_drag());
        response.widget_info(|| WidgetInfo::labeled(Role::Button, true, words::MINIMAP));
        let is_held = response.is_pointer_button_down_on();
        let world = self.map.held.filter(|_| is_held).unwrap_or_else(|| bounds.union(seen).expand(40.0));
        self.map.held = is_held.then_some(world);
        let inner = map.shrink(6.0);
        let scale = (inner.size() / world.size()).min_elem();
        let corner = inner.center() - world.size() * scale / 2.0;
        let place = |at: Pos2| corner + (at - world.min) * scale;
        let put = |rect: Rect| Rect::from_min_max(place(rect.min), place(rect.max));
        if let Some(pointer) = response.interact_pointer_pos().filter(|_| is_held) {
            let at = world.min + (pointer - corner) / scale;
            if ui.input(|input| input.pointer.any_pressed()) {
                self.leave_place();
            }
            self.land();
            self.camera.centre(area, at.clamp(world.min, world.max));
        }
        let painter = ui.painter_at(map.expand(2.0));
        painter.rect(map, RADIUS, theme.surface, Stroke::new(1.0, theme.border), StrokeKind::Outside);
        let of = Drawn { revision: self.scene.revision(), world, map, dark: theme.dark };
        if self.map.drawn != Some(of) {
            let mut mesh = Mesh::default();
            let cards = self.scene.faces.iter().zip(&self.scene.shown).filter(|(_, rect)| rect.is_finite());
            let cards = cards.map(|(face, rect)| (face.verdict, *rect));
            let blocks = self.scene.fold.blocks().map(|block| (block.summary(&self.scene.faces).worst, block.rect()));
            for (verdict, rect) in cards.chain(blocks) {
                let colour = verdict.map_or(theme.border_strong, |verdict| theme.judged(verdict).colour);
                let spot = put(rect);
                mesh.add_colored_rect(Rect::from_min_size(spot.min, spot.size().max(vec2(2.0, 2.0))), colour);
            }
            self.map.drawn = Some(of);
            self.map.cards = Arc::new(mesh);
        }
        painter.add(Shape::Mesh(Arc::clone(&self.map.cards)));
        let window = put(self.camera.seen(area)).intersect(map);
        painter.rect(window, 2.0, theme.accent.gamma_multiply(0.10), Stroke::new(1.5, theme.accent), StrokeKind::Inside);
    }

    fn map_may_show(&mut self, ui: &Ui, area: Rect, map: Rect) -> bool {
        let now = ui.input(|input| input.time);
        if self.map.camera != self.camera {
            self.map.camera = self.camera;
            self.map.until = now + STAYS;
        }
        let under = self.camera.screen_from_canvas(area).inverse() * map;
        let mut blocks = self.scene.fold.blocks().map(super::fold::Block::rect);
        let hides =
            self.scene.shown.iter().any(|card| card.intersects(under)) || blocks.any(|block| block.intersects(under));
        let is_held = self.map.shown && ui.rect_contains_pointer(map);
        self.map.shown = !hides || is_held || now < self.map.until;
        if self.map.shown && hides && !is_held {
            ui.request_repaint_after_secs((self.map.until - now) as f32 + 0.05);
        }
        self.map.shown
    }
}
