//! What is done by name or by key: deleting, copying, nudging, zooming, adding.

use egui::{Key, Modifiers, Pos2, Rect, Ui, Vec2, vec2};

use crate::edit::{self, Edit};
use crate::model::{Comment, Frame, Link, Output, Point, Size, StepId};
use crate::session::Selection;
use crate::ui::command::Command;
use crate::ui::words::canvas::{Sort, fresh, label};
use crate::ui::{Ask, Outbox, View};

use super::face::{PORT_Y, WIDTH};
use super::furniture::{self, NOTE};
use super::gestures::NUDGE;
use super::new_step::new_step;
use super::quick_add::{Answer, QuickAdd};
use super::scene::{SNAP, snapped};
use super::{Canvas, Naming};

/// How far to the right of a step the one that follows it is put.
const STRIDE: f32 = 320.0;
const ZOOM_STEP: f32 = 1.25;

impl Canvas {
    /// Does what was asked since the last frame.
    pub(super) fn carry_out_commands(&mut self, ui: &Ui, view: &View<'_>, outbox: &mut Outbox) {
        if std::mem::take(&mut self.fit_soon) {
            self.commands.push(Command::Fit);
        }
        for command in std::mem::take(&mut self.commands) {
            self.carry_out(ui, command, view, outbox);
        }
        if let Some(sort) = self.adding.take() {
            let (at, wire) = self.next_spot(view);
            self.add_step(sort, at, wire, false, view, outbox);
        }
        if self.listens(ui) && !ui.text_edit_focused() && (self.has_focus(ui) || ui.memory(|m| m.focused()).is_none()) {
            self.arrows(ui, view, outbox);
        }
    }

    fn carry_out(&mut self, ui: &Ui, command: Command, view: &View<'_>, outbox: &mut Outbox) {
        let Some(area) = self.area else { return };
        let selection = &view.session.selection;
        match command {
            Command::Copy if !selection.steps.is_empty() => outbox.ask(Ask::Copy),
            Command::Cut if !selection.steps.is_empty() => outbox.ask(Ask::Cut),
            Command::Duplicate if !selection.steps.is_empty() => {
                let fragment = view.session.copy();
                let corner = corner(fragment.steps.iter().map(|(_, at)| *at));
                let at = Point { x: corner.x + 2.0 * NUDGE, y: corner.y + 2.0 * NUDGE };
                outbox.ask(Ask::Paste(fragment, at));
            }
            Command::Delete => delete(view, outbox),
            Command::DeleteAndHeal if !selection.steps.is_empty() => {
                outbox.edit(Edit::RemoveAndHeal(selection.steps.clone()));
            }
            Command::DeleteAndHeal => delete(view, outbox),
            Command::SelectAll => {
                let steps = self.scene.faces.iter().map(|face| face.id.clone()).collect();
                outbox.ask(Ask::Select(Selection::of_steps(steps)));
            }
            Command::Cancel => {
                let called_off = self.call_off(outbox);
                if !called_off && !selection.is_empty() {
                    outbox.ask(Ask::Select(Selection::default()));
                }
            }
            Command::Rename => {
                self.naming = match selection.steps.as_slice() {
                    [step] => Naming::of_step(step, view),
                    _ => Naming::of_selection(view),
                };
            }
            Command::QuickAdd => {
                let (at, wire) = self.next_spot(view);
                let pointer = ui.input(|input| input.pointer.hover_pos()).filter(|at| area.contains(*at));
                match (wire, pointer) {
                    (Some((from, out)), _) => {
                        let screen = self.camera.screen_from_canvas(area) * (at + vec2(0.0, PORT_Y));
                        self.quick_add = Some(QuickAdd::new(screen, at).wired(from, out));
                    }
                    (None, Some(screen)) => {
                        let at = self.camera.screen_from_canvas(area).inverse() * screen;
                        self.open_quick_add(screen, at);
                    }
                    (None, None) => self.quick_add = Some(QuickAdd::new(area.center(), at)),
                }
            }
            Command::AddFrame => self.add_frame(view, outbox),
            Command::AddComment => {
                let spot = self.paste_spot();
                let at = Point { x: spot.x - NOTE.x / 2.0, y: spot.y - NOTE.y / 2.0 };
                outbox.edit(Edit::AddComment(Comment { at, text: fresh::COMMENT.to_owned() }));
                let place = view.session.document().layout.comments.len();
                outbox.ask(Ask::Select(Selection { comment: Some(place), ..Selection::default() }));
            }
            Command::Arrange => {
                let only = (selection.steps.len() > 1).then_some(selection.steps.as_slice());
                let funnel = view.session.funnel();
                let size = |step: &crate::model::Step| {
                    let size = super::face::card_size(funnel, step);
                    Size { width: size.x, height: size.y }
                };
                outbox.edit(edit::arrange_sized(view.session.document(), only, &size));
                self.fit_soon = only.is_none();
            }
            Command::ZoomIn => self.camera.zoom_about(area, area.center(), ZOOM_STEP),
            Command::ZoomOut => self.camera.zoom_about(area, area.center(), 1.0 / ZOOM_STEP),
            Command::ZoomReset => {
                let middle = self.selected_rect(view).map(|rect| rect.center());
                self.camera.zoom_to(area, area.center(), 1.0);
                if let Some(middle) = middle {
                    self.camera.centre(area, middle);
                }
            }
            Command::Fit => {
                if let Some(bounds) = self.scene.bounds() {
                    self.camera.fit(area, bounds);
                }
            }
            Command::FitSelection => {
                if let Some(rect) = self.selected_rect(view).or(self.scene.bounds()) {
                    self.camera.fit(area, rect);
                }
            }
            _ => {}
        }
    }

    /// Arrow keys move the selection, or the view where nothing is selected; with Alt they walk to the neighbour.
    fn arrows(&mut self, ui: &Ui, view: &View<'_>, outbox: &mut Outbox) {
        let keys = [
            (Key::ArrowLeft, vec2(-1.0, 0.0)),
            (Key::ArrowRight, vec2(1.0, 0.0)),
            (Key::ArrowUp, vec2(0.0, -1.0)),
            (Key::ArrowDown, vec2(0.0, 1.0)),
        ];
        for (key, towards) in keys {
            let (plain, far, walk) = ui.input_mut(|input| {
                let walk = input.consume_key(Modifiers::ALT, key);
                let far = input.consume_key(Modifiers::SHIFT, key);
                (input.consume_key(Modifiers::NONE, key), far, walk)
            });
            if walk {
                self.walk(towards, view, outbox);
            } else if plain || far {
                let by = towards * NUDGE * if far { 5.0 } else { 1.0 };
                let steps = &view.session.selection.steps;
                if steps.is_empty() {
                    self.camera.pan(-by * 2.0);
                } else {
                    let place = |step: &StepId| self.scene.rect(step).map(|rect| rect.min + by);
                    let to = |at: Pos2| Point { x: at.x, y: at.y };
                    let places = steps.iter().filter_map(|step| place(step).map(|at| (step.clone(), to(at)))).collect();
                    outbox.edit(Edit::MoveSteps(places));
                }
            }
        }
    }

    /// Selects the nearest step in a direction.
    fn walk(&mut self, towards: Vec2, view: &View<'_>, outbox: &mut Outbox) {
        let from = view.session.selection.steps.last().and_then(|step| self.scene.rect(step));
        let Some(from) = from.map(|rect| rect.center()) else {
            if let Some(face) = self.scene.faces.first() {
                outbox.ask(Ask::GoTo(face.id.clone()));
            }
            return;
        };
        let cost = |rect: &Rect| {
            let way = rect.center() - from;
            let (along, across) = (way.dot(towards), way.dot(towards.rot90()).abs());
            (along > 1.0).then_some(along + 2.0 * across)
        };
        let near = self.scene.rects.iter().enumerate().filter_map(|(card, rect)| Some((card, cost(rect)?)));
        if let Some((card, _)) = near.min_by(|a, b| a.1.total_cmp(&b.1)) {
            outbox.ask(Ask::GoTo(self.scene.faces[card].id.clone()));
        }
    }

    fn selected_rect(&self, view: &View<'_>) -> Option<Rect> {
        let rects = view.session.selection.steps.iter().filter_map(|step| self.scene.rect(step));
        rects.reduce(|all, rect| all.union(rect))
    }

    fn add_frame(&mut self, view: &View<'_>, outbox: &mut Outbox) {
        let around = self.selected_rect(view).map(|rect| {
            let rect = rect.expand(40.0);
            rect.with_min_y(rect.top() - 20.0)
        });
        let rect = around.unwrap_or_else(|| {
            let spot = self.paste_spot();
            Rect::from_center_size(Pos2::new(spot.x, spot.y), vec2(640.0, 320.0))
        });
        let (at, size) = (snapped(rect.min), rect.size().max(furniture::LEAST));
        outbox.edit(Edit::AddFrame(Frame {
            title: fresh::FRAME.to_owned(),
            at: Point { x: at.x, y: at.y },
            size: Size { width: size.x, height: size.y },
        }));
        let place = view.session.document().layout.frames.len();
        outbox.ask(Ask::Select(Selection { frame: Some(place), ..Selection::default() }));
    }

    /// Where the next step goes, and the output that leads to it: after the only selected step while it has an output to
    /// spare, else in the middle of the view.
    fn next_spot(&self, view: &View<'_>) -> (Pos2, Option<(StepId, Output)>) {
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
        let answer = list.ui(ui, area);
        if answer == Answer::Open {
            return;
        }
        let Some(list) = self.quick_add.take() else { return };
        self.focus = true;
        if let Answer::Chosen(sort) = answer {
            self.add_step(sort, list.at, list.wire, list.insert, view, outbox);
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
        let height = card_height(view, &step);
        let (at, moved) = match wire.as_ref().filter(|_| insert) {
            Some((from, out)) => self.room_on_link(from, out, at),
            None => (self.scene.free_spot(at, height), Vec::new()),
        };
        let id = step.id.clone();
        edits.push(Edit::AddStep { step, at });
        if !moved.is_empty() {
            edits.push(Edit::MoveSteps(moved));
        }
        if let Some((from, out)) = wire.filter(|_| sort != Sort::Entry) {
            edits.push(if insert {
                Edit::InsertOnLink { from, out, step: id.clone() }
            } else {
                Edit::Connect(Link { from, out, to: id.clone() })
            });
        }
        let words = if insert { label::INSERT } else { label::ADD };
        outbox.edit(Edit::Together { label: words.to_owned(), edits });
        outbox.ask(Ask::Select(Selection::of_steps(vec![id.clone()])));
        self.wanted_softly(&id, at, height);
    }

    /// Where a step goes that is put into a link, and whither those move that must make room for it: what follows the
    /// link and lies to its right.
    fn room_on_link(&self, from: &StepId, out: &Output, wanted: Pos2) -> (Point, Vec<(StepId, Point)>) {
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
    fn wanted_softly(&mut self, _step: &StepId, at: Point, height: f32) {
        if let Some(area) = self.area {
            self.camera.reveal(area, Rect::from_min_size(Pos2::new(at.x, at.y), vec2(WIDTH, height)));
        }
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

fn corner(places: impl Iterator<Item = Point>) -> Point {
    let least = places.fold((f32::INFINITY, f32::INFINITY), |least, at| (least.0.min(at.x), least.1.min(at.y)));
    if least.0.is_finite() { Point { x: least.0, y: least.1 } } else { Point::default() }
}

fn delete(view: &View<'_>, outbox: &mut Outbox) {
    let selection = &view.session.selection;
    if !selection.steps.is_empty() {
        outbox.edit(Edit::RemoveSteps(selection.steps.clone()));
    } else if let Some((from, out)) = selection.link.clone() {
        outbox.edit(Edit::Disconnect { from, out });
    } else if let Some(place) = selection.frame {
        outbox.edit(Edit::RemoveFrame(place));
    } else if let Some(place) = selection.comment {
        outbox.edit(Edit::RemoveComment(place));
    }
}
