//! Painting the canvas: what is seen of it, in order from the ground up. Changes nothing.

use egui::{Color32, Mesh, Pos2, Rect, Shape, Stroke, StrokeKind, Ui, vec2};

use crate::engine::What;
use crate::model::{Seconds, StepId};
use crate::ui::theme;
use crate::ui::{Told, View};

use super::camera::Detail;
use super::card::{self, State};
use super::furniture::{self, Thing};
use super::gestures::{Drag, sized, thing_rect};
use super::pen::Pen;
use super::scene::SNAP;
use super::touch::{MANY, Touch};
use super::{Canvas, link};

impl Canvas {
    /// Paints everything that lies on the canvas.
    pub(super) fn paint(&self, ui: &Ui, area: Rect, touch: &Touch, view: &View<'_>) {
        let painter = ui.painter_at(area);
        let theme = theme::of(ui);
        let camera = &self.camera;
        let pen = Pen { painter: &painter, theme, to_screen: camera.screen_from_canvas(area), camera };
        painter.rect_filled(area, 0.0, theme.canvas);
        if !self.still {
            dots(&pen, area);
        }
        self.paint_things(&pen, touch, view, false);
        self.paint_links(&pen, area, touch, view);
        self.paint_things(&pen, touch, view, true);
        self.paint_cards(&pen, touch, view);
        self.paint_gesture(ui, &pen, touch);
    }

    /// Frames lie below the links, notes above them.
    fn paint_things(&self, pen: &Pen<'_>, touch: &Touch, view: &View<'_>, notes: bool) {
        let layout = self.scene.layout();
        let selection = &view.session.selection;
        for (thing, rect) in furniture::things(layout).filter(|(thing, _)| notes == matches!(thing, Thing::Note(_))) {
            let mut rect = rect;
            match &self.drag {
                Some(Drag::Thing { thing: moved, by, .. }) if *moved == thing => rect = rect.translate(*by),
                Some(Drag::Corner { place, by, .. }) if Thing::Frame(*place) == thing => {
                    rect.max = rect.min + sized(&layout.frames[*place], *by);
                }
                _ => {}
            }
            let hovered = touch.thing == Some(thing);
            match thing {
                Thing::Frame(place) => {
                    furniture::frame(pen, &layout.frames[place], rect, selection.frame == Some(place), hovered);
                }
                Thing::Note(place) => {
                    furniture::note(pen, &layout.comments[place], rect, selection.comment == Some(place), hovered);
                }
            }
        }
    }

    fn paint_links(&self, pen: &Pen<'_>, area: Rect, touch: &Touch, view: &View<'_>) {
        let seen = self.camera.seen(area);
        let chosen = view.session.selection.link.as_ref().and_then(|(from, out)| self.scene.link_at(from, out));
        let hovered = view.hovered.and_then(|step| self.scene.place(step));
        let redrawn = match &self.drag {
            Some(Drag::Wire { from, out }) => self.scene.link_at(from, out),
            _ => None,
        };
        let receiving = match &self.drag {
            Some(Drag::Cards { steps, by, .. }) if steps.len() == 1 => self.link_under_card(&steps[0], *by),
            _ => None,
        };
        let far = self.camera.detail() == Detail::Blocks && self.scene.links.len() > MANY;
        let mut last = Vec::new();
        for (place, line) in self.scene.links.iter().enumerate() {
            if Some(*line) == redrawn || !seen.intersects(self.scene.reach(place)) {
                continue;
            }
            let strong = Some(*line) == chosen || Some(place) == touch.link || Some(*line) == receiving;
            if strong {
                last.push((place, *line));
                continue;
            }
            let near = hovered.is_some_and(|card| line.from == card || line.to == card);
            let colour = if near { pen.theme.weak } else { pen.theme.border_strong };
            if far {
                let colour = colour.gamma_multiply(0.6);
                let ends = [self.scene.output(line.from, line.out), self.scene.input(line.to)];
                link::paint(pen, &ends, colour, 1.0, false);
            } else {
                link::paint(pen, self.scene.course(place), colour, if near { 2.25 } else { 1.75 }, false);
            }
        }
        for (place, line) in last {
            link::paint(pen, self.scene.course(place), pen.theme.accent, 2.5, Some(line) == receiving);
        }
    }

    fn paint_cards(&self, pen: &Pen<'_>, touch: &Touch, view: &View<'_>) {
        let hovered = view.hovered.and_then(|step| self.scene.place(step));
        let here = at_playhead(view.story).and_then(|step| self.scene.place(step));
        let (moving, target) = match &self.drag {
            Some(Drag::Cards { steps, .. }) => (steps.iter().filter_map(|step| self.scene.place(step)).collect(), None),
            Some(Drag::Wire { .. }) => {
                let at = pen.painter.ctx().input(|input| input.pointer.latest_pos());
                let at = at.map(|at| pen.to_screen.inverse() * at);
                (Vec::new(), at.and_then(|at| self.wire_target(at, touch)))
            }
            _ => (Vec::new(), None),
        };
        let state = |place: usize| State {
            selected: touch.selected.contains(&place),
            hovered: hovered == Some(place) || touch.card == Some(place),
            focused: touch.focused == Some(place),
            lifted: moving.contains(&place),
            target: target == Some(place),
            here: here == Some(place),
            output: touch.output.filter(|(card, _)| *card == place).map(|(_, out)| out),
            input: touch.input == Some(place),
        };
        if pen.camera.detail() == Detail::Blocks && touch.seen.len() <= MANY {
            for place in touch.seen.iter().copied() {
                card::plate(pen, &self.scene.faces[place], self.scene.shown[place], state(place));
            }
            return;
        }
        if pen.camera.detail() == Detail::Blocks {
            let mut mesh = Mesh::default();
            for place in touch.seen.iter().copied() {
                card::block(pen, &mut mesh, &self.scene.faces[place], self.scene.shown[place], state(place));
            }
            pen.painter.add(Shape::mesh(mesh));
            return;
        }
        for place in touch.seen.iter().copied().filter(|place| !moving.contains(place)).chain(moving.iter().copied()) {
            let linked = |out: usize| self.scene.is_linked(place, out);
            card::card(pen, &self.scene.faces[place], self.scene.shown[place], state(place), &linked);
        }
    }

    fn paint_gesture(&self, ui: &Ui, pen: &Pen<'_>, touch: &Touch) {
        let Some(pointer) = ui.input(|input| input.pointer.latest_pos()) else { return };
        let at = pen.to_screen.inverse() * pointer;
        match &self.drag {
            Some(Drag::Marquee { from, .. }) => {
                let rect = Rect::from_two_pos(pen.at(*from), pointer);
                let fill = pen.theme.accent.gamma_multiply(0.10);
                pen.painter.rect(rect, 2.0, fill, Stroke::new(1.0, pen.theme.accent), StrokeKind::Middle);
            }
            Some(Drag::Wire { from, out }) => {
                let Some(card) = self.scene.place(from) else { return };
                let Some(place) = self.scene.faces[card].place_of(out) else { return };
                let target = self.wire_target(at, touch);
                let end = target.map_or(at, |card| self.scene.input(card));
                let leaves = self.scene.shown[card];
                let reaches = target.map_or(Rect::from_min_size(at, vec2(1.0, 1.0)), |card| self.scene.shown[card]);
                let course = link::course(self.scene.output(card, place), end, leaves, reaches);
                link::paint(pen, &course, pen.theme.accent, 2.0, target.is_none());
            }
            Some(Drag::Cards { steps, lead, .. }) => self.guides(pen, steps, lead),
            Some(Drag::Thing { .. } | Drag::Corner { .. } | Drag::Pan) | None => {}
        }
        if let Some(list) = &self.quick_add
            && let Some((from, out)) = list.wire.as_ref().filter(|_| !list.insert)
            && let Some(card) = self.scene.place(from)
            && let Some(place) = self.scene.faces[card].place_of(out)
        {
            let end = list.at + vec2(0.0, super::face::PORT_Y);
            let reaches = Rect::from_min_size(list.at, vec2(1.0, 1.0));
            let course = link::course(self.scene.output(card, place), end, self.scene.shown[card], reaches);
            link::paint(pen, &course, pen.theme.accent, 2.0, true);
        }
    }

    /// Lines to the nearest cards with which the one under the pointer is flush.
    fn guides(&self, pen: &Pen<'_>, steps: &[StepId], lead: &StepId) {
        let Some(own) = self.scene.place(lead).map(|place| self.scene.shown[place]) else { return };
        let moving: Vec<usize> = steps.iter().filter_map(|step| self.scene.place(step)).collect();
        let others =
            || self.scene.shown.iter().enumerate().filter(|(place, _)| !moving.contains(place)).map(|(_, rect)| *rect);
        let near = |rect: &Rect| (rect.center() - own.center()).length();
        let nearest = |flush: &dyn Fn(&Rect) -> bool| others().filter(flush).min_by(|a, b| near(a).total_cmp(&near(b)));
        let stroke = Stroke::new(1.0, pen.theme.accent);
        if let Some(other) = nearest(&|rect| (rect.left() - own.left()).abs() < FLUSH) {
            let both = own.union(other);
            let ends = [Pos2::new(own.left(), both.top() - 12.0), Pos2::new(own.left(), both.bottom() + 12.0)];
            pen.painter.line_segment(ends.map(|end| pen.at(end)), stroke);
        }
        if let Some(other) = nearest(&|rect| (rect.top() - own.top()).abs() < FLUSH) {
            let both = own.union(other);
            let ends = [Pos2::new(both.left() - 12.0, own.top()), Pos2::new(both.right() + 12.0, own.top())];
            pen.painter.line_segment(ends.map(|end| pen.at(end)), stroke);
        }
    }

    /// Where a frame or note is shown, for those who paint over it.
    pub(super) fn shown_thing(&self, thing: Thing, view: &View<'_>) -> Option<Rect> {
        thing_rect(thing, view)
    }
}

/// Cards this near to one line count as flush, in points of the canvas.
const FLUSH: f32 = 0.5;

/// The step at which the person of the story is at the playhead; none at its very beginning, so that nothing is lit
/// unasked.
fn at_playhead(told: &Told) -> Option<&StepId> {
    let now = told.playhead;
    if now <= Seconds::ZERO {
        return None;
    }
    let moments = &told.journey.moments;
    let next = moments.partition_point(|moment| moment.at <= now);
    // A wait and a question are moments when they end; until then the person is there.
    let stays = moments.get(next).filter(|moment| match &moment.what {
        What::Waited { from } => *from <= now,
        What::Reply { asked, .. } | What::Timeout { asked } => *asked <= now,
        _ => false,
    });
    stays.or(moments[..next].last()).map(|moment| &moment.step)
}

fn dots(pen: &Pen<'_>, area: Rect) {
    let mut spacing = pen.scaled(SNAP);
    if spacing < 5.0 {
        return;
    }
    while spacing < 16.0 {
        spacing *= 2.0;
    }
    let origin = pen.at(Pos2::ZERO);
    let first = |low: f32, from: f32| from + ((low - from) / spacing).ceil() * spacing;
    let size = if pen.theme.dark { 1.0 } else { 1.2 };
    let mut mesh = Mesh::default();
    let mut y = first(area.top(), origin.y);
    while y < area.bottom() {
        let mut x = first(area.left(), origin.x);
        while x < area.right() {
            let dot = Rect::from_center_size(egui::pos2(x.round(), y.round()), vec2(size, size) * 1.5);
            mesh.add_colored_rect(dot, dot_colour(pen));
            x += spacing;
        }
        y += spacing;
    }
    pen.painter.add(Shape::mesh(mesh));
}

fn dot_colour(pen: &Pen<'_>) -> Color32 {
    pen.theme.dots
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::engine::{Story, follow};
    use crate::ui::StorySource;
    use crate::{file, policy};

    const FUNNEL: &str = r#"(
        format: 1, name: "t",
        steps: [
            (id: "ask", title: "", at: (0, 0), kind: Entry(channel: UserMessage)),
            (id: "gap", title: "", at: (0, 0), kind: Wait(For("1h"))),
            (id: "done", title: "", at: (0, 0), kind: Exit(Converted)),
        ],
        links: [(from: "ask", to: "gap"), (from: "gap", to: "done")],
        scenarios: [(name: "one")],
    )"#;

    #[test]
    fn the_person_is_at_a_wait_until_it_ends() {
        let funnel = file::parse(FUNNEL, "test.ron").unwrap().document.funnel;
        let story = Story::of(&funnel.scenarios[0], &funnel);
        let journey = follow(&funnel, &policy::standard(), &story);
        let mut told = Told { source: StorySource::Kept(0), story, journey, playhead: Seconds::ZERO };
        for (playhead, step) in [(0, None), (1, Some("gap")), (3599, Some("gap")), (3600, Some("done"))] {
            told.playhead = Seconds(playhead);
            assert_eq!(at_playhead(&told).map(StepId::as_str), step, "at {playhead} s");
        }
    }
}
