//! Adding a step: where it goes, what it is connected to, and what makes room for it.

use egui::{Pos2, Rect, Ui, vec2};

use crate::edit::Edit;
use crate::model::{Link, Output, Point, StepId};
use crate::session::Selection;
use crate::ui::words::canvas::{self as words, Sort, label};
use crate::ui::{Ask, Outbox, View};

use super::Canvas;
use super::face::{PORT_Y, WIDTH};
use super::new_step::new_step;
use super::quick_add::{Answer, QuickAdd};
use super::scene::{SNAP, snapped};

/// How far to the right of a step the one that follows it is put.
const STRIDE: f32 = 320.0;

impl Canvas {
    /// Where the next step goes, and the output that leads to it: after the only selected step while it has an output to
    /// spare, else in the middle of the view.
    pub(super) fn next_spot(&self, view: &View<'_>) -> (Pos2, Option<(StepId, Output)>) {
        if let [step] = view.session.selection.steps.as_slice()
            && let Some(card) = self.scene.place(step)
        {
            let face = &self.scene.faces[card];
            let spare = (0..face.outputs.len()).find(|out| !self.scene.is_linked(card, *out));
            if let Some(out) = spare {
                let at = self.scene.rects[card].min + vec2(STRIDE, 0.0);
                return (at, Some((step.clone(), face.outputs[out].0.clone())));
            }
        }
        let middle = self.area.map_or(Pos2::ZERO, |area| self.camera.seen(area).center());
        (middle - vec2(WIDTH / 2.0, PORT_Y), None)
    }

    pub(super) fn open_quick_add(&mut self, screen: Pos2, at: Pos2) {
        self.quick_add = Some(QuickAdd::new(screen, at - vec2(WIDTH / 2.0, PORT_Y)));
    }

    pub(super) fn open_insert(&mut self, screen: Pos2, at: Pos2, from: StepId, out: Output) {
        self.quick_add = Some(QuickAdd::new(screen, at - vec2(WIDTH / 2.0, PORT_Y)).inserted(from, out));
    }

    /// Shows the list of steps while it is open, and adds what is chosen.
    pub(super) fn choose_step(&mut self, ui: &Ui, area: Rect, view: &View<'_>, outbox: &mut Outbox) {
        let Some(list) = &mut self.quick_add else { return };
        if list.wants_targets() {
            list.offer(self.scene.faces.iter());
        }
        let answer = list.ui(ui, area);
        if answer == Answer::Open {
            return;
        }
        let Some(list) = self.quick_add.take() else { return };
        self.focus = true;
        match (answer, list.wire) {
            (Answer::Chosen(sort), wire) => self.add_step(sort, list.at, wire, list.insert, view, outbox),
            (Answer::Connect(to), Some((from, out))) => {
                outbox.edit(Edit::Connect(Link { from: from.clone(), out: out.clone(), to }));
                outbox.ask(Ask::Select(Selection { link: Some((from, out)), ..Selection::default() }));
            }
            _ => {}
        }
    }

    /// Adds a step, connected to an output or put into the link that leaves it.
    pub(super) fn add_step(
        &mut self,
        sort: Sort,
        at: Pos2,
        wire: Option<(StepId, Output)>,
        insert: bool,
        view: &View<'_>,
        outbox: &mut Outbox,
    ) {
        let (step, mut edits) = new_step(sort, view.session.funnel());
        let (height, name) = (card_height(view, &step), step.name().to_owned());
        let (at, moved) = match wire.as_ref().filter(|_| insert) {
            Some((from, out)) => self.room_on_link(from, out, at),
            None => (self.scene.free_spot(at, height), Vec::new()),
        };
        let id = step.id.clone();
        edits.push(Edit::AddStep { step, at });
        if !moved.is_empty() {
            self.glide_soon = true;
            edits.push(Edit::MoveSteps(moved));
        }
        if let Some((from, out)) = wire.filter(|_| sort != Sort::Entry) {
            edits.push(if insert {
                Edit::InsertOnLink { from, out, step: id.clone() }
            } else {
                Edit::Connect(Link { from, out, to: id.clone() })
            });
        }
        let label = if insert { label::INSERT.to_owned() } else { words::adding(&name) };
        outbox.edit(Edit::Together { label, edits });
        outbox.ask(Ask::Select(Selection::of_steps(vec![id.clone()])));
        self.show_new(at, height);
    }

    /// Where a step goes that is put into a link, and whither those move that must make room for it: what follows the
    /// link and lies to its right.
    pub(super) fn room_on_link(&self, from: &StepId, out: &Output, wanted: Pos2) -> (Point, Vec<(StepId, Point)>) {
        let Some(link) = self.scene.link_at(from, out) else { return (snapped_point(wanted), Vec::new()) };
        let (leaves, reaches) = (self.scene.rects[link.from], self.scene.rects[link.to]);
        let gap = STRIDE - WIDTH;
        if reaches.left() < leaves.right() {
            return (self.scene.free_spot(wanted, reaches.height()), Vec::new());
        }
        let room = reaches.left() - leaves.right();
        let at = if room >= WIDTH + 2.0 * gap {
            snapped(wanted)
        } else {
            snapped(Pos2::new(leaves.right() + gap, reaches.top()))
        };
        let short = at.x + WIDTH + gap - reaches.left();
        if short <= 0.0 {
            return (Point { x: at.x, y: at.y }, Vec::new());
        }
        let mut after = vec![link.to];
        let mut next = 0;
        while let Some(card) = after.get(next).copied() {
            next += 1;
            for link in self.scene.links.iter().filter(|link| link.from == card) {
                if self.scene.rects[link.to].left() >= reaches.left() && !after.contains(&link.to) {
                    after.push(link.to);
                }
            }
        }
        let by = (short / SNAP).ceil() * SNAP;
        let moved = after.into_iter().map(|card| {
            let corner = self.scene.rects[card].min;
            (self.scene.faces[card].id.clone(), Point { x: corner.x + by, y: corner.y })
        });
        (Point { x: at.x, y: at.y }, moved.collect())
    }

    /// Brings a new card into view without changing the zoom.
    fn show_new(&mut self, at: Point, height: f32) {
        self.reveal_soon = Some(Rect::from_min_size(Pos2::new(at.x, at.y), vec2(WIDTH, height)));
        self.focus = true;
    }
}

fn card_height(view: &View<'_>, step: &crate::model::Step) -> f32 {
    super::face::card_size(view.session.funnel(), step).y
}

fn snapped_point(at: Pos2) -> Point {
    let at = snapped(at);
    Point { x: at.x, y: at.y }
}
