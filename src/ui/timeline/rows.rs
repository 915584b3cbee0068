//! The rows, painted: free entry point, window, person, business. Paints what is laid out; changes nothing.

use egui::{Painter, Pos2, Rect, Stroke, pos2, vec2};
use egui_material_icons::icons::{ICON_CHECK_CIRCLE, ICON_LOCK, ICON_MARK_CHAT_UNREAD};

use crate::model::{Seconds, StepId};
use crate::ui::theme::{RADIUS, Theme, Type};
use crate::ui::words::timeline as words;

use super::brush;
use super::geometry::{Geometry, WAITS};
use super::handles::{Held, Stage, settled_at};
use super::layout::{BESIDE, HANDLE, Layout, mark_icon, mark_text, reply_text};
use super::scene::{Came, Mark, Question, Tone};

/// Nearer than this, in points, one handle or dot hides another.
const COVERED: f32 = 0.5;

/// What the rows are painted with.
pub struct Brush<'a> {
    /// Clipped to the chart.
    pub painter: Painter,
    /// The looks.
    pub theme: &'a Theme,
    /// The moment that is looked at.
    pub playhead: Seconds,
    /// The step that the pointer is over anywhere in the window.
    pub lit: Option<&'a StepId>,
    /// The steps that are selected.
    pub selected: &'a [StepId],
}

impl Brush<'_> {
    /// Paints all rows.
    pub fn rows(&self, stage: &Stage<'_>, layout: &Layout, held: &Held) {
        self.names(stage.geo);
        self.free_entry(stage);
        self.window(stage);
        self.person(stage, layout, held);
        self.waits(stage);
        self.business(stage, layout, held);
    }

    fn names(&self, geo: &Geometry) {
        if geo.gutter.width() <= 0.0 {
            return;
        }
        let rows = [(geo.window, words::WINDOW_ROW), (geo.person, words::PERSON_ROW), (geo.business, words::BUSINESS_ROW)];
        for (row, name) in rows {
            let height = row.height().min(26.0);
            let rect = Rect::from_min_size(pos2(geo.gutter.left(), row.top()), vec2(geo.gutter.width() - 6.0, height));
            let painter = self.painter.with_clip_rect(geo.gutter);
            brush::line_of_text(&painter, rect, name, self.theme.font(Type::Small), self.theme.weak);
        }
    }

    fn free_entry(&self, stage: &Stage<'_>) {
        let (Some(row), Some((from, to))) = (stage.geo.free, stage.scene.free_entry) else { return };
        let rect = Rect::from_x_y_ranges(stage.geo.x(from)..=stage.geo.x(to), row.y_range());
        let painter = self.plot(stage.geo);
        painter.rect_filled(rect, 4.0, self.theme.accent_soft);
        let text = self.sticky(stage.geo, rect, 6.0);
        let words = format!("{} · {}", words::FREE_ENTRY, (to - from).spoken());
        brush::line_of_text(&painter, text, &words, self.theme.font(Type::Small), self.theme.accent);
    }

    fn window(&self, stage: &Stage<'_>) {
        let (theme, geo) = (self.theme, stage.geo);
        let painter = self.plot(geo);
        let row = geo.window;
        let mut closed_from = Seconds::ZERO;
        let mut closed: Vec<(f32, f32)> = Vec::new();
        for (from, to) in &stage.scene.windows {
            if closed_from < *from {
                closed.push((geo.x(closed_from), geo.x(*from)));
            }
            closed_from = *to;
        }
        closed.push((geo.x(closed_from), geo.plot.right().max(geo.x(closed_from))));
        for (from, to) in closed {
            let rect = Rect::from_x_y_ranges(from..=to, row.y_range()).shrink2(vec2(0.0, 1.0));
            if rect.width() < 1.0 {
                continue;
            }
            painter.rect_filled(rect, 0.0, theme.sunken);
            brush::hatch(&painter, rect, Stroke::new(1.0, theme.border));
            self.worded(stage, rect, ICON_LOCK.codepoint, words::CLOSED, theme.weak, Some(theme.sunken));
        }
        for (from, to) in &stage.scene.windows {
            let rect = Rect::from_x_y_ranges(geo.x(*from)..=geo.x(*to), row.y_range()).shrink2(vec2(0.0, 1.0));
            painter.rect(rect, 4.0, theme.inside_soft, Stroke::new(1.0, theme.inside), egui::StrokeKind::Inside);
            let words =
                match stage.scene.window_left(self.playhead).filter(|_| *from <= self.playhead && self.playhead < *to) {
                    Some(left) => words::open_closes_in(left),
                    None => words::OPEN.to_owned(),
                };
            self.worded(stage, rect, ICON_CHECK_CIRCLE.codepoint, &words, theme.inside, None);
        }
    }

    /// An icon and words at the visible left end of a bar.
    fn worded(
        &self,
        stage: &Stage<'_>,
        bar: Rect,
        icon: &str,
        words: &str,
        colour: egui::Color32,
        ground: Option<egui::Color32>,
    ) {
        let painter = self.plot(stage.geo);
        let text = self.sticky(stage.geo, bar, 6.0);
        if text.width() < 18.0 {
            return;
        }
        let galley = brush::elided(&painter, words, self.theme.font(Type::Small), colour, text.width() - 20.0);
        if let Some(ground) = ground {
            let width = 20.0 + galley.size().x + 6.0;
            painter.rect_filled(
                Rect::from_min_size(text.left_top() - vec2(2.0, -3.0), vec2(width, text.height() - 6.0)),
                4.0,
                ground,
            );
        }
        brush::icon(&painter, pos2(text.left() + 8.0, text.center().y), icon, 13.0, colour);
        painter.galley(pos2(text.left() + 20.0, text.center().y - galley.size().y / 2.0), galley, colour);
    }

    fn person(&self, stage: &Stage<'_>, layout: &Layout, held: &Held) {
        let (theme, geo) = (self.theme, stage.geo);
        let painter = self.plot(geo);
        let y = layout.line;
        let (start, end) = (geo.x(Seconds::ZERO), geo.x(stage.scene.last));
        painter.hline(start..=end.max(start), y, Stroke::new(1.0, theme.border));
        for (index, question) in stage.scene.questions.iter().enumerate() {
            let (from, to) = (geo.x(question.asked), geo.x(settled_at(question, stage.window_length)));
            match question.came {
                Came::Answered => {
                    painter.hline(from..=to, y, Stroke::new(2.0, theme.accent));
                }
                Came::TimedOut => brush::dashed(&painter, from, to, y, Stroke::new(1.5, theme.weak)),
                Came::Never => brush::dashed(&painter, from, geo.plot.right(), y, Stroke::new(1.5, theme.weak)),
            }
            let active = held.replies.get(index).is_some_and(|r| r.hovered() || r.dragged() || r.has_focus());
            self.timeout(stage, question, y, active);
        }
        let lit = |step: &StepId| self.lit == Some(step) || self.selected.contains(step);
        let entry = pos2(start, y);
        painter.circle(entry, HANDLE - 1.0, theme.surface, Stroke::new(2.0, theme.text));
        painter.circle_filled(entry, 2.5, theme.text);
        if let Some((_, title)) = &stage.scene.entry {
            self.below(&painter, layout.entry, start, title, theme.weak);
        }
        let questions = &stage.scene.questions;
        let settled: Vec<f32> = questions.iter().map(|question| geo.x(settled_at(question, stage.window_length))).collect();
        for (question, (index, rect)) in questions.iter().zip(layout.replies.iter().enumerate()) {
            let centre = pos2(settled[index], y);
            let response = held.replies.get(index);
            let active = response.is_some_and(|r| r.hovered() || r.dragged()) || lit(&question.step);
            if response.is_some_and(|r| r.has_focus()) {
                painter.circle_stroke(centre, HANDLE + 3.0, Stroke::new(2.0, theme.focus));
            }
            let radius = if active { HANDLE + 1.0 } else { HANDLE };
            let answered = question.came == Came::Answered;
            let covered = !active && is_covered(&settled, index) && questions[index + 1].came == question.came;
            if covered {
                // The next handle lies upon it.
            } else if answered {
                painter.circle(centre, radius, theme.accent, Stroke::new(2.0, theme.surface));
            } else {
                painter.circle(centre, radius - 1.0, theme.surface, Stroke::new(2.0, theme.sometimes));
                brush::icon(&painter, centre, egui_material_icons::icons::ICON_CLOSE.codepoint, 9.0, theme.sometimes);
            }
            let colour = if answered { theme.text } else { theme.sometimes };
            self.below(&painter, *rect, centre.x, &reply_text(question), colour);
        }
        for (index, (at, rect)) in stage.scene.unprompted.iter().zip(&layout.unprompted).enumerate() {
            let centre = pos2(geo.x(*at), y);
            if held.unprompted.get(index).is_some_and(|r| r.has_focus()) {
                painter.circle_stroke(centre, HANDLE + 3.0, Stroke::new(2.0, theme.focus));
            }
            painter.circle(centre, HANDLE, theme.accent_soft, Stroke::new(1.5, theme.accent));
            brush::icon(&painter, centre, ICON_MARK_CHAT_UNREAD.codepoint, 9.0, theme.accent);
            self.below(&painter, *rect, centre.x, words::UNPROMPTED, theme.text);
        }
    }

    /// The last moment at which an answer counts.
    fn timeout(&self, stage: &Stage<'_>, question: &Question, y: f32, active: bool) {
        let (Some(timeout), Came::Answered) = (question.timeout, question.came) else { return };
        let x = stage.geo.x(question.asked + timeout);
        let painter = self.plot(stage.geo);
        let colour = if active { self.theme.sometimes } else { self.theme.border_strong };
        painter.vline(x, y - 6.0..=y + 6.0, Stroke::new(if active { 2.0 } else { 1.0 }, colour));
        if active {
            brush::dashed(
                &painter,
                stage.geo.x(question.asked + question.after.unwrap_or_default()),
                x,
                y,
                Stroke::new(1.0, colour),
            );
            let text = words::timeout_hint(timeout);
            let galley = brush::elided(&painter, &text, self.theme.font(Type::Small), colour, 200.0);
            let size = galley.size() + vec2(8.0, 2.0);
            let left = (x + 6.0).min(stage.geo.plot.right() - size.x);
            let rect = Rect::from_min_size(pos2(left, y - size.y / 2.0), size);
            painter.rect_filled(rect, 4.0, self.theme.sometimes_soft);
            painter.galley(rect.min + vec2(4.0, 1.0), galley, colour);
        }
    }

    fn waits(&self, stage: &Stage<'_>) {
        let (theme, geo) = (self.theme, stage.geo);
        let painter = self.plot(geo);
        let y = geo.business.top() + WAITS / 2.0 - 2.0;
        for wait in &stage.scene.waits {
            let (from, to) = (geo.x(wait.from), geo.x(wait.to));
            let lit = self.lit == Some(&wait.step) || self.selected.contains(&wait.step);
            let stroke = Stroke::new(if lit { 2.0 } else { 1.0 }, if lit { theme.accent } else { theme.border_strong });
            painter.hline(from..=to, y, stroke);
            for x in [from, to] {
                painter.vline(x, y - 4.0..=y + 4.0, stroke);
            }
            let visible = Rect::from_x_y_ranges(from.max(geo.plot.left())..=to.min(geo.plot.right()), y - 7.0..=y + 7.0);
            let galley = brush::elided(&painter, &wait.title, theme.font(Type::Small), theme.weak, visible.width() - 16.0);
            if visible.width() > 48.0 {
                let rect = Rect::from_center_size(visible.center(), galley.size() + vec2(8.0, 0.0));
                painter.rect_filled(rect, 0.0, theme.surface);
                painter.galley(rect.min + vec2(4.0, 0.0), galley, theme.weak);
            }
        }
    }

    fn business(&self, stage: &Stage<'_>, layout: &Layout, held: &Held) {
        let painter = self.plot(stage.geo);
        let at: Vec<f32> = stage.scene.marks.iter().map(|mark| stage.geo.x(mark.at)).collect();
        let like_next = |index: usize| {
            is_covered(&at, index)
                && stage.scene.marks[index].tone == stage.scene.marks[index + 1].tone
                && !layout.roomy[index]
                && !layout.roomy[index + 1]
        };
        for (index, (mark, rect)) in stage.scene.marks.iter().zip(&layout.marks).enumerate() {
            if like_next(index) {
                continue;
            }
            let stem = Stroke::new(1.0, self.tone(mark.tone).0);
            painter.vline(at[index], stage.geo.business.top() + WAITS - 6.0..=rect.center().y, stem);
        }
        for (index, (mark, rect)) in stage.scene.marks.iter().zip(&layout.marks).enumerate() {
            let response = held.marks.get(index);
            let hovered = response.is_some_and(|r| r.hovered());
            let focused = response.is_some_and(|r| r.has_focus());
            if !hovered && !focused && like_next(index) {
                continue;
            }
            self.mark(&painter, mark, *rect, layout.roomy[index], hovered, focused);
        }
    }

    fn mark(&self, painter: &Painter, mark: &Mark, rect: Rect, roomy: bool, hovered: bool, focused: bool) {
        let theme = self.theme;
        let (colour, soft) = self.tone(mark.tone);
        let radius = f32::from(RADIUS) - 2.0;
        if focused {
            brush::focus_ring(painter, rect, radius, theme.focus);
        }
        if !roomy {
            painter.circle_filled(rect.center(), 4.0, colour);
            return;
        }
        let lit = hovered || self.lit == Some(&mark.step) || self.selected.contains(&mark.step);
        let stroke = if lit { Stroke::new(1.5, colour) } else { Stroke::new(1.0, soft) };
        painter.rect(rect, radius, soft, stroke, egui::StrokeKind::Inside);
        painter.rect_filled(Rect::from_min_size(rect.min, vec2(3.0, rect.height())), 1.0, colour);
        brush::icon(painter, pos2(rect.left() + 14.0, rect.center().y), mark_icon(mark), 13.0, colour);
        let text = Rect::from_min_max(pos2(rect.left() + 24.0, rect.top()), rect.max - vec2(6.0, 0.0));
        if text.width() > 16.0 {
            brush::line_of_text(painter, text, &mark_text(mark), theme.font(Type::Small), colour);
        }
    }

    fn tone(&self, tone: Tone) -> (egui::Color32, egui::Color32) {
        let theme = self.theme;
        match tone {
            Tone::FreeForm => (theme.inside, theme.inside_soft),
            Tone::Template => (theme.accent, theme.accent_soft),
            Tone::Doubtful => (theme.sometimes, theme.sometimes_soft),
            Tone::Blocked => (theme.outside, theme.outside_soft),
            Tone::Quiet => (theme.unreachable, theme.unreachable_soft),
        }
    }

    /// Text in the lower part of a handle's place, if it has room for any. `x` is the handle's own place.
    fn below(&self, painter: &Painter, place: Rect, x: f32, text: &str, colour: egui::Color32) {
        let room = Rect::from_min_max(pos2(x + BESIDE, place.bottom() - 18.0), place.max);
        if place.height() > 2.0 * HANDLE + 8.0 {
            // What is left out of the axis is drawn jagged, and a jag through letters cannot be read.
            let galley = brush::elided(painter, text, self.theme.font(Type::Small), colour, room.width());
            let at = pos2(room.left(), room.center().y - galley.size().y / 2.0);
            let ground = Rect::from_min_size(at, galley.size()).expand2(vec2(2.0, 0.0));
            painter.rect_filled(ground, 2.0, self.theme.surface);
            painter.galley(at, galley, colour);
        }
    }

    /// The part of a bar in which its words are seen: they stay while the bar's beginning is panned away.
    fn sticky(&self, geo: &Geometry, bar: Rect, margin: f32) -> Rect {
        let left = bar.left().max(geo.plot.left()) + margin;
        let right = bar.right().min(geo.plot.right()) - margin;
        Rect::from_min_max(Pos2::new(left, bar.top()), pos2(right.max(left), bar.bottom()))
    }

    fn plot(&self, geo: &Geometry) -> Painter {
        self.painter.with_clip_rect(geo.plot.intersect(self.painter.clip_rect()))
    }
}

/// Whether the next of these lies so near that it hides this one: a long journey has thousands within a few points.
fn is_covered(at: &[f32], index: usize) -> bool {
    at.get(index + 1).is_some_and(|next| (next - at[index]).abs() < COVERED)
}
