//! Painting the canvas: what is seen of it, in order from the ground up. Changes nothing.

use egui::{Color32, Mesh, Pos2, Rect, Shape, Stroke, StrokeKind, Ui, vec2};

use crate::engine::What;
use crate::model::{Output, Seconds, StepId};
use crate::ui::theme;
use crate::ui::{Told, View};

use super::camera::Detail;
use super::card::{self, State};
use super::furniture::{self, Thing};
use super::gestures::{Drag, sized};
use super::pen::Pen;
use super::scene::Line;
use super::touch::{MANY, Touch};
use super::wires::{Tip, WireEnd};
use super::{Canvas, link};

/// How far from its end a link shows that it can be taken there.
const TIP_AT: f32 = 18.0;

impl Canvas {
    /// Paints everything that lies on the canvas.
    pub(super) fn paint(&self, ui: &Ui, area: Rect, touch: &Touch, view: &View<'_>) {
        let painter = ui.painter_at(area);
        let theme = theme::of(ui);
        let camera = &self.camera;
        let pen =
            Pen { painter: &painter, theme, to_screen: camera.screen_from_canvas(area), camera, with_handles: !self.still };
        painter.rect_filled(area, 0.0, theme.canvas);
        if !self.still {
            painter.extend(self.dots.shape());
        }
        self.paint_things(&pen, touch, view, false);
        self.paint_links(&pen, area, touch, view);
        self.paint_things(&pen, touch, view, true);
        self.paint_blocks(&pen, touch, view);
        self.paint_cards(&pen, touch, view);
        self.paint_tips(&pen, touch);
        self.paint_gesture(ui, &pen);
        if let Some(ring) = touch.ring {
            let stroke = Stroke::new(2.0, theme.focus);
            painter.rect_stroke(ring.expand(4.0), theme::RADIUS_LARGE + 2, stroke, StrokeKind::Middle);
        }
    }

    /// Frames lie below the links, notes above them.
    fn paint_things(&self, pen: &Pen<'_>, touch: &Touch, view: &View<'_>, notes: bool) {
        let layout = self.scene.layout();
        let selection = &view.session.selection;
        for (thing, rect) in self.scene.things().filter(|(thing, _)| notes == matches!(thing, Thing::Note(_))) {
            let mut rect = rect.translate(self.carried(thing));
            match &self.drag {
                Some(Drag::Corner { place, by, .. }) if Thing::Frame(*place) == thing => {
                    rect.max = rect.min + sized(&layout.frames[*place], *by);
                }
                _ => {}
            }
            let hovered = touch.thing == Some(thing);
            match thing {
                Thing::Frame(place) if layout.frames[place].collapsed => {}
                Thing::Frame(place) => {
                    furniture::frame(pen, &layout.frames[place], rect, selection.frame == Some(place), hovered);
                }
                Thing::Note(place) => {
                    let note = &layout.comments[place];
                    let dragged = matches!(&self.drag, Some(Drag::Thing { thing: moved, .. }) if *moved == thing);
                    let fresh = self.tie.filter(|_| dragged);
                    let tied = note.step.as_ref().and_then(|step| self.scene.place(step));
                    if let Some(card) = fresh {
                        // Where it would be put, were it let go.
                        rect = self.beside(place, self.scene.rects[card]);
                    }
                    if let Some(card) = fresh.or(tied) {
                        furniture::tether(pen, rect, self.scene.solid(card), fresh.is_some());
                    }
                    furniture::note(pen, &layout.comments[place], rect, selection.comment == Some(place), hovered);
                }
            }
        }
    }

    /// How far a frame or a note is from where it lies, while the pointer moves it.
    fn carried(&self, thing: Thing) -> egui::Vec2 {
        match &self.drag {
            Some(Drag::Thing { thing: moved, held, by, .. }) if *moved == thing || held.things.contains(&thing) => *by,
            _ => egui::Vec2::ZERO,
        }
    }

    /// Collapsed frames lie among the cards.
    fn paint_blocks(&self, pen: &Pen<'_>, touch: &Touch, view: &View<'_>) {
        let layout = self.scene.layout();
        for (thing, rect) in self.scene.things() {
            if let Thing::Frame(place) = thing
                && let Some(block) = self.scene.fold.block(place)
            {
                let summary = block.summary(&self.scene.faces);
                let selected = view.session.selection.frame == Some(place);
                let rect = rect.translate(self.carried(thing));
                furniture::block(pen, &layout.frames[place], rect, &summary, selected, touch.thing == Some(thing));
                if pen.camera.detail() > Detail::Blocks {
                    let (into, out) = self.scene.links_of_block(place);
                    for at in into.then(|| block.input()).into_iter().chain(out.then(|| block.output())) {
                        pen.port(at, 4.5, pen.theme.border_strong, pen.theme.raised);
                    }
                }
            }
        }
    }

    fn paint_links(&self, pen: &Pen<'_>, area: Rect, touch: &Touch, view: &View<'_>) {
        let seen = self.camera.seen(area);
        let chosen = view.session.selection.link.as_ref().and_then(|(from, out)| self.scene.link_at(from, out));
        let hovered = view.hovered.and_then(|step| self.scene.place(step));
        let redrawn = self.redrawn();
        let receiving = match &self.drag {
            Some(Drag::Cards { steps, by, .. }) if steps.len() == 1 => self.link_under_card(&steps[0], *by),
            _ => None,
        };
        let far = self.camera.detail() == Detail::Blocks && self.scene.links.len() > MANY;
        let mut last = Vec::new();
        for (place, line) in self.scene.links.iter().enumerate() {
            if redrawn.contains(line) || !seen.intersects(self.scene.reach(place)) {
                continue;
            }
            let cut = matches!(&self.drag, Some(Drag::Slice(slice)) if slice.cut.contains(&place));
            let strong = Some(*line) == chosen || Some(place) == touch.link || Some(*line) == receiving;
            if strong || cut {
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
            let cut = matches!(&self.drag, Some(Drag::Slice(slice)) if slice.cut.contains(&place));
            let colour = if cut { pen.theme.outside } else { pen.theme.accent };
            link::paint(pen, self.scene.course(place), colour, 2.5, cut || Some(line) == receiving);
        }
    }

    /// Where the link under the pointer is taken to lead an end of it elsewhere; over the cards, which hide the ends.
    fn paint_tips(&self, pen: &Pen<'_>, touch: &Touch) {
        let Some(link) = touch.link.filter(|_| self.drag.is_none()) else { return };
        for (tip, at) in [(Tip::Tail, self.scene.along(link, TIP_AT)), (Tip::Head, self.scene.along(link, -TIP_AT))] {
            let taken = touch.tip == Some(tip);
            let (size, fill) = if taken { (6.5, pen.theme.accent) } else { (4.5, pen.theme.raised) };
            pen.painter.circle(pen.at(at), size, fill, Stroke::new(2.0, pen.theme.accent));
        }
    }

    /// The links whose ends are under way elsewhere.
    fn redrawn(&self) -> Vec<Line> {
        let at = |(from, out): &(StepId, Output)| self.scene.link_at(from, out);
        match &self.drag {
            Some(Drag::Wire { links, .. }) => links.iter().filter_map(at).collect(),
            Some(Drag::Tail { old, .. }) => old.iter().filter_map(at).collect(),
            _ => Vec::new(),
        }
    }

    fn paint_cards(&self, pen: &Pen<'_>, touch: &Touch, view: &View<'_>) {
        let hovered = view.hovered.and_then(|step| self.scene.place(step));
        let here = at_playhead(view.story).and_then(|step| self.scene.place(step));
        let (moving, copies): (Vec<usize>, _) = match &self.drag {
            Some(Drag::Cards { steps, by, copies, .. }) => {
                let cards = steps.iter().filter_map(|step| self.scene.place(step)).collect();
                (cards, copies.then_some(*by))
            }
            _ => (Vec::new(), None),
        };
        let (target, output) = match self.wire_end {
            Some(WireEnd::Input(card)) => (Some(card), None),
            Some(WireEnd::Output(card, out)) => (None, Some((card, out))),
            _ => (None, touch.output),
        };
        let state = |place: usize| State {
            selected: touch.selected.contains(&place) || self.tie == Some(place),
            hovered: hovered == Some(place) || touch.card == Some(place),
            lifted: copies.is_none() && moving.contains(&place),
            target: target == Some(place),
            here: here == Some(place),
            dimmed: self.find.as_ref().is_some_and(|find| find.dims(place)),
            output: output.filter(|(card, _)| *card == place).map(|(_, out)| out),
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
        if let Some(by) = copies {
            for place in moving {
                let state = State { lifted: true, selected: true, ..State::default() };
                card::card(pen, &self.scene.faces[place], self.scene.rects[place].translate(by), state, &|_| true);
            }
        }
    }

    fn paint_gesture(&self, ui: &Ui, pen: &Pen<'_>) {
        let Some(pointer) = ui.input(|input| input.pointer.latest_pos()) else { return };
        let at = pen.to_screen.inverse() * pointer;
        let accent = pen.theme.accent;
        for line in &self.guides {
            pen.painter.line_segment(line.map(|end| pen.at(end)), Stroke::new(1.0, accent));
        }
        match &self.drag {
            Some(Drag::Marquee { from, .. }) => {
                let rect = Rect::from_two_pos(pen.at(*from), pointer);
                pen.painter.rect(rect, 2.0, accent.gamma_multiply(0.10), Stroke::new(1.0, accent), StrokeKind::Middle);
            }
            Some(Drag::Wire { links, .. }) => {
                let target = if let Some(WireEnd::Input(card)) = self.wire_end { Some(card) } else { None };
                for (from, out) in links {
                    self.loose_link(pen, from, out, at, target);
                }
            }
            Some(Drag::Tail { to, .. }) => {
                let Some(card) = self.scene.place(to) else { return };
                let leaves = match self.wire_end {
                    Some(WireEnd::Output(card, out)) => (self.scene.output(card, out), self.scene.solid(card)),
                    _ => (at, Rect::from_min_size(at, vec2(1.0, 1.0))),
                };
                let sure = matches!(self.wire_end, Some(WireEnd::Output(..)));
                let course = link::course(leaves.0, self.scene.input(card), leaves.1, self.scene.solid(card));
                link::paint(pen, &course, self.loose_colour(pen), 2.0, !sure);
            }
            Some(Drag::Slice(slice)) => {
                let way: Vec<Pos2> = slice.way.iter().map(|place| pen.at(*place)).collect();
                pen.painter.add(Shape::line(way, Stroke::new(2.0, pen.theme.outside)));
            }
            _ => {}
        }
        if let Some(list) = &self.quick_add
            && let Some((from, out)) = list.wire.as_ref().filter(|_| !list.insert)
            && let Some(card) = self.scene.place(from)
            && let Some(place) = self.scene.faces[card].place_of(out)
        {
            let end = list.at + vec2(0.0, super::face::PORT_Y);
            let reaches = Rect::from_min_size(list.at, vec2(1.0, 1.0));
            let course = link::course(self.scene.output(card, place), end, self.scene.solid(card), reaches);
            link::paint(pen, &course, pen.theme.accent, 2.0, true);
        }
    }

    /// A link whose head follows the pointer, or holds on to a card.
    fn loose_link(&self, pen: &Pen<'_>, from: &StepId, out: &Output, at: Pos2, target: Option<usize>) {
        let Some(card) = self.scene.place(from) else { return };
        let Some(place) = self.scene.faces[card].place_of(out) else { return };
        let end = target.map_or(at, |card| self.scene.input(card));
        let reaches = target.map_or(Rect::from_min_size(at, vec2(1.0, 1.0)), |card| self.scene.solid(card));
        let course = link::course(self.scene.output(card, place), end, self.scene.solid(card), reaches);
        link::paint(pen, &course, self.loose_colour(pen), 2.0, target.is_none());
    }

    fn loose_colour(&self, pen: &Pen<'_>) -> Color32 {
        if matches!(self.wire_end, Some(WireEnd::Refused(_))) { pen.theme.outside } else { pen.theme.accent }
    }

    /// Where a frame or note is shown, for those who paint over it.
    pub(super) fn shown_thing(&self, thing: Thing) -> Option<Rect> {
        self.scene.things().find(|(other, _)| *other == thing).map(|(_, rect)| rect)
    }
}

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
