//! The dots of the ground. They are thousands, so they are kept while the view stands still.

use std::sync::Arc;

use egui::{Mesh, Pos2, Rect, Shape, pos2, vec2};

use crate::ui::theme::Theme;

use super::Camera;
use super::scene::SNAP;

/// Nearer than this to each other dots would be a haze, and every other one is left out, in points of the screen.
const NEAREST: f32 = 16.0;
/// From here on none are left out any more, and there are none.
const NONE: f32 = 5.0;

/// The dots as they were last seen.
#[derive(Debug, Default)]
pub struct Dots {
    seen: Option<(Rect, Camera, bool)>,
    mesh: Arc<Mesh>,
}

impl Dots {
    /// Brings them up to date with the view.
    pub fn renew(&mut self, area: Rect, camera: Camera, theme: &Theme) {
        let seen = Some((area, camera, theme.dark));
        if self.seen != seen {
            self.seen = seen;
            self.mesh = Arc::new(mesh(area, camera, theme));
        }
    }

    /// What is to be painted.
    pub fn shape(&self) -> Option<Shape> {
        (!self.mesh.is_empty()).then(|| Shape::Mesh(Arc::clone(&self.mesh)))
    }
}

fn mesh(area: Rect, camera: Camera, theme: &Theme) -> Mesh {
    let mut mesh = Mesh::default();
    let mut spacing = SNAP * camera.zoom();
    if spacing < NONE {
        return mesh;
    }
    while spacing < NEAREST {
        spacing *= 2.0;
    }
    let origin = camera.screen_from_canvas(area) * Pos2::ZERO;
    let first = |low: f32, from: f32| from + ((low - from) / spacing).ceil() * spacing;
    let size = if theme.dark { 1.5 } else { 1.8 };
    let mut y = first(area.top(), origin.y);
    while y < area.bottom() {
        let mut x = first(area.left(), origin.x);
        while x < area.right() {
            mesh.add_colored_rect(Rect::from_center_size(pos2(x.round(), y.round()), vec2(size, size)), theme.dots);
            x += spacing;
        }
        y += spacing;
    }
    mesh
}
