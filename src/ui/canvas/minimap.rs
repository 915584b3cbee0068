//! The small map in the corner: where the cards lie and what part of them is seen.

use egui::{Mesh, Pos2, Rect, Role, Sense, Shape, Stroke, StrokeKind, Ui, WidgetInfo, vec2};

use crate::ui::theme::{self, RADIUS};
use crate::ui::words::canvas as words;

use super::Canvas;

/// Its size in a large window, and in a small one.
const LARGEST: egui::Vec2 = vec2(168.0, 108.0);
const SMALLEST: egui::Vec2 = vec2(112.0, 72.0);

impl Canvas {
    /// Shows the map where there is more than can be seen, and moves the view where it is pressed.
    pub(super) fn minimap(&mut self, ui: &Ui, area: Rect) {
        let Some(bounds) = self.scene.bounds() else { return };
        let seen = self.camera.seen(area);
        if area.width() < 480.0 || area.height() < 280.0 || seen.contains_rect(bounds) {
            return;
        }
        let theme = theme::of(ui);
        let size = (area.size() * 0.16).clamp(SMALLEST, LARGEST);
        let map = Rect::from_min_size(area.max - size - vec2(12.0, 12.0), size);
        let response = ui.interact(map, super::ground_id().with("map"), Sense::click_and_drag());
        response.widget_info(|| WidgetInfo::labeled(Role::Button, true, words::MINIMAP));
        let world = bounds.union(seen).expand(40.0);
        let inner = map.shrink(6.0);
        let scale = (inner.size() / world.size()).min_elem();
        let corner = inner.center() - world.size() * scale / 2.0;
        let place = |at: Pos2| corner + (at - world.min) * scale;
        let put = |rect: Rect| Rect::from_min_max(place(rect.min), place(rect.max));
        if let Some(pointer) = response.interact_pointer_pos().filter(|_| response.is_pointer_button_down_on()) {
            let at = world.min + (pointer - corner) / scale;
            self.camera.centre(area, at.clamp(world.min, world.max));
        }
        let painter = ui.painter_at(map.expand(2.0));
        painter.rect(map, RADIUS, theme.surface, Stroke::new(1.0, theme.border), StrokeKind::Outside);
        let mut mesh = Mesh::default();
        for (face, rect) in self.scene.faces.iter().zip(&self.scene.shown) {
            let colour = face.verdict.map_or(theme.border_strong, |verdict| theme.judged(verdict).colour);
            let spot = put(*rect);
            mesh.add_colored_rect(Rect::from_min_size(spot.min, spot.size().max(vec2(2.0, 2.0))), colour);
        }
        painter.add(Shape::mesh(mesh));
        let window = put(self.camera.seen(area)).intersect(map);
        painter.rect(window, 2.0, theme.accent.gamma_multiply(0.10), Stroke::new(1.5, theme.accent), StrokeKind::Inside);
    }
}
