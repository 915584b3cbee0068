//! Where one looks at the canvas from. Knows rectangles, not steps.

use egui::emath::TSTransform;
use egui::{Pos2, Rect, Vec2, vec2};
use serde::{Deserialize, Serialize};

/// How far one can zoom out and in.
pub const ZOOM: std::ops::RangeInclusive<f32> = 0.1..=4.0;

/// How much of a card can be seen.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Detail {
    /// Coloured blocks.
    Blocks,
    /// Title and verdict.
    Titles,
    /// Everything.
    Full,
}

/// The place and the zoom of the view.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
pub struct Camera {
    /// Where the canvas's origin lies, from the upper left corner of the view, in points of the screen.
    offset: Vec2,
    zoom: f32,
}

impl Default for Camera {
    fn default() -> Self {
        Self { offset: Vec2::ZERO, zoom: 1.0 }
    }
}

impl Camera {
    /// Shows this part of the canvas, from the view's upper left corner on, however far away that is.
    pub fn of_part(part: Rect, zoom: f32) -> Self {
        Self { offset: -zoom * part.min.to_vec2(), zoom }
    }

    /// Points of the screen a point of the canvas.
    pub fn zoom(&self) -> f32 {
        self.zoom
    }

    /// How much of a card can be seen.
    pub fn detail(&self) -> Detail {
        if self.zoom >= 0.55 {
            Detail::Full
        } else if self.zoom >= 0.28 {
            Detail::Titles
        } else {
            Detail::Blocks
        }
    }

    /// From the canvas to the screen, for a view that lies there.
    pub fn screen_from_canvas(&self, view: Rect) -> TSTransform {
        TSTransform::new(view.min.to_vec2() + self.offset, self.zoom)
    }

    /// The part of the canvas that is seen.
    pub fn seen(&self, view: Rect) -> Rect {
        self.screen_from_canvas(view).inverse() * view
    }

    /// Moves what is seen by a distance on the screen.
    pub fn pan(&mut self, by: Vec2) {
        self.offset += by;
    }

    /// Zooms by a factor, leaving what lies under `about` where it is.
    pub fn zoom_about(&mut self, view: Rect, about: Pos2, factor: f32) {
        self.zoom_to(view, about, self.zoom * factor);
    }

    /// Zooms to this, leaving what lies under `about` where it is.
    pub fn zoom_to(&mut self, view: Rect, about: Pos2, zoom: f32) {
        let under = self.screen_from_canvas(view).inverse() * about;
        self.zoom = zoom.clamp(*ZOOM.start(), *ZOOM.end());
        self.offset = about - view.min - self.zoom * under.to_vec2();
    }

    /// Shows all of `content`, never larger than life.
    pub fn fit(&mut self, view: Rect, content: Rect) {
        let room = view.shrink(MARGIN.min(view.size().min_elem() / 4.0)).size();
        let zoom = (room / content.size().max(Vec2::splat(1.0))).min_elem();
        self.zoom = zoom.clamp(*ZOOM.start(), 1.0);
        self.centre(view, content.center());
    }

    /// Shows a funnel for the first time: all of it where that can be read, else its beginning.
    pub fn begin(&mut self, view: Rect, content: Rect, first: Rect) {
        self.fit(view, content);
        if self.zoom < READABLE {
            self.zoom = READABLE;
            self.show_beginning(view, content, first);
        }
    }

    /// Shows all of a funnel, or its beginning as small as it can be seen where it is larger than that.
    pub fn fit_funnel(&mut self, view: Rect, content: Rect, first: Rect) {
        self.fit(view, content);
        if !self.seen(view).contains_rect(content) {
            self.show_beginning(view, content, first);
        }
    }

    fn show_beginning(&mut self, view: Rect, content: Rect, first: Rect) {
        let margin = MARGIN / self.zoom;
        let half = view.size() / 2.0 / self.zoom;
        let (top, bottom) = (content.top() + half.y - margin, content.bottom() - half.y + margin);
        let y = if top < bottom { first.center().y.clamp(top, bottom) } else { content.center().y };
        self.centre(view, Pos2::new(content.left() - margin + half.x, y));
    }

    /// Brings this place of the canvas to the middle.
    pub fn centre(&mut self, view: Rect, at: Pos2) {
        self.offset = view.size() / 2.0 - self.zoom * at.to_vec2();
    }

    /// Moves as little as needed for `content` to be seen with some room around it.
    pub fn reveal(&mut self, view: Rect, content: Rect) {
        let seen = view.shrink(MARGIN / 2.0);
        let wanted = self.screen_from_canvas(view) * content;
        let shift = |low: f32, high: f32, from: f32, to: f32| {
            if low < from {
                from - low
            } else if high > to {
                (to - high).max(from - low)
            } else {
                0.0
            }
        };
        let x = shift(wanted.left(), wanted.right(), seen.left(), seen.right());
        let y = shift(wanted.top(), wanted.bottom(), seen.top(), seen.bottom());
        self.offset += vec2(x, y);
    }

    /// Part of the way to another place, 0 to 1. Where the way is a zoom about some place, that place stays where it is.
    pub fn towards(&self, to: Self, part: f32) -> Self {
        let zoom = self.zoom * (to.zoom / self.zoom).powf(part);
        let whole = to.zoom - self.zoom;
        let share = if whole.abs() < 1e-3 { part } else { (zoom - self.zoom) / whole };
        Self { offset: self.offset + (to.offset - self.offset) * share, zoom }
    }

    /// A font size for the screen. Sizes come in coarse steps, so that zooming makes few new glyphs and text stays sharp.
    pub fn font_size(&self, on_canvas: f32) -> f32 {
        let size = on_canvas * self.zoom;
        let step = if size < 12.0 {
            0.5
        } else if size < 24.0 {
            1.0
        } else {
            4.0
        };
        ((size / step).floor() * step).max(4.0)
    }
}

const MARGIN: f32 = 48.0;
const READABLE: f32 = 0.75;

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn zooming_leaves_what_is_under_the_pointer_where_it_is() {
        let view = Rect::from_min_size(Pos2::new(40.0, 60.0), vec2(800.0, 500.0));
        let mut camera = Camera::default();
        camera.pan(vec2(33.0, -12.0));
        let pointer = Pos2::new(300.0, 200.0);
        let before = camera.screen_from_canvas(view).inverse() * pointer;
        for factor in [1.3, 0.4, 10.0, 0.001] {
            camera.zoom_about(view, pointer, factor);
            let after = camera.screen_from_canvas(view).inverse() * pointer;
            assert!((after - before).length() < 0.01, "{before:?} {after:?}");
            assert!(ZOOM.contains(&camera.zoom()));
        }
    }

    #[test]
    fn on_its_way_through_a_zoom_what_is_under_the_pointer_stays() {
        let view = Rect::from_min_size(Pos2::new(40.0, 60.0), vec2(800.0, 500.0));
        let pointer = Pos2::new(300.0, 200.0);
        let from = Camera::default();
        let mut to = from;
        to.zoom_about(view, pointer, 3.0);
        let under = from.screen_from_canvas(view).inverse() * pointer;
        for part in [0.0, 0.3, 0.7, 1.0] {
            let seen = from.towards(to, part).screen_from_canvas(view) * under;
            assert!((seen - pointer).length() < 0.01, "{part}: {seen:?}");
        }
        assert_eq!(from.towards(to, 1.0).zoom(), to.zoom());
    }

    #[test]
    fn fit_shows_everything() {
        let view = Rect::from_min_size(Pos2::new(0.0, 50.0), vec2(700.0, 400.0));
        let content = Rect::from_min_size(Pos2::new(-300.0, 20.0), vec2(3000.0, 900.0));
        let mut camera = Camera::default();
        camera.fit(view, content);
        assert!(view.contains_rect(camera.screen_from_canvas(view) * content));
    }

    #[test]
    fn a_funnel_that_is_too_large_to_be_seen_whole_is_shown_from_its_beginning() {
        let view = Rect::from_min_size(Pos2::new(0.0, 50.0), vec2(700.0, 400.0));
        let content = Rect::from_min_size(Pos2::new(-300.0, 20.0), vec2(300_000.0, 9000.0));
        let first = Rect::from_min_size(Pos2::new(-300.0, 8000.0), vec2(240.0, 84.0));
        let mut camera = Camera::default();
        camera.fit_funnel(view, content, first);
        assert!(view.contains_rect(camera.screen_from_canvas(view) * first));
        let small = Rect::from_min_size(content.min, vec2(3000.0, 900.0));
        camera.fit_funnel(view, small, first);
        assert!(view.contains_rect(camera.screen_from_canvas(view) * small));
    }
}
