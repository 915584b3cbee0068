//! What is done by name or by key: deleting, copying, nudging, zooming, adding.

use egui::{Event, Key, Modifiers, Pos2, Rect, Ui, Vec2, vec2};

use crate::edit::{self, Edit};
use crate::model::{Comment, Frame, Point, Size, Step, StepId};
use crate::session::Selection;
use crate::ui::command::Command;
use crate::ui::words::canvas::{self as words, fresh};
use crate::ui::words::shell::command_label;
use crate::ui::{Ask, Outbox, View};

use super::align::{Align, aligned};
use super::face::PORT_Y;
use super::furniture::{self, NOTE, Thing};
use super::gestures::{moved_thing, thing_rect};
use super::quick_add::QuickAdd;
use super::scene::{SNAP, snapped};
use super::{Canvas, Naming};

const ZOOM_STEP: f32 = 1.25;
/// How far an arrow key moves the view where nothing is selected, in points of the screen.
const PAN_STEP: f32 = 40.0;
/// How many steps an arrow key goes with Shift.
const FAR: f32 = 10.0;
/// How far from what it was copied a duplicate is put.
const ASIDE: f32 = 2.0 * SNAP;

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
                let at = Point { x: corner.x + ASIDE, y: corner.y + ASIDE };
                outbox.ask(Ask::Duplicate(fragment, at));
            }
            Command::Delete => delete(view, outbox),
            Command::DeleteAndHeal if !selection.steps.is_empty() => {
                outbox.edit(Edit::RemoveAndHeal(selection.steps.clone()));
            }
            Command::DeleteAndHeal => delete(view, outbox),
            Command::SelectAll => {
                let seen = self.scene.faces.iter().enumerate().filter(|(card, _)| !self.scene.fold.hides(*card));
                let steps = seen.map(|(_, face)| face.id.clone()).collect();
                outbox.ask(Ask::Select(Selection::of_steps(steps)));
            }
            Command::Cancel => {
                // One thing at a time: what is under way, the search, the selection.
                let called_off = self.call_off(outbox) || self.find.take().is_some();
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
                outbox.edit(Edit::AddComment(Comment { at, text: fresh::COMMENT.to_owned(), step: None }));
                let place = view.session.document().layout.comments.len();
                outbox.ask(Ask::Select(Selection { comment: Some(place), ..Selection::default() }));
            }
            Command::Connect => {
                if let [step] = selection.steps.as_slice()
                    && let Some(out) = self.spare_output(step)
                {
                    self.connect(step, out);
                }
            }
            Command::InsertOnLink | Command::LeadElsewhere | Command::GoToTail | Command::GoToHead => {
                self.on_selected_link(command, view, outbox);
            }
            Command::SelectHeld => self.select_held(view, outbox),
            Command::CollapseFrame => self.fold_frame(view, outbox),
            Command::ColourFrame => self.next_colour(view, outbox),
            Command::TieComment => self.tie_or_untie(view, outbox),
            Command::Arrange => {
                let only = (selection.steps.len() > 1).then_some(selection.steps.as_slice());
                let funnel = view.session.funnel();
                let size = |step: &Step| {
                    let size = super::face::card_size(funnel, step);
                    Size { width: size.x, height: size.y }
                };
                self.glide_soon = true;
                let edits = vec![edit::arrange_sized(view.session.document(), only, &size)];
                outbox.edit(Edit::Together { label: words::arranging(only.map(<[_]>::len)), edits });
                self.fit_soon = only.is_none();
            }
            Command::Align(how) => self.align(how, view, outbox),
            Command::Disconnect => self.cut_selected(view, outbox),
            Command::SelectFollowing => self.select_along(true, view, outbox),
            Command::SelectLeading => self.select_along(false, view, outbox),
            Command::SelectPath => self.select_path(view, outbox),
            Command::Outputs => {
                // From there on, Tab goes from one to the next.
                if let [step] = selection.steps.as_slice()
                    && self.scene.place(step).is_some_and(|card| !self.scene.faces[card].outputs.is_empty())
                {
                    ui.memory_mut(|memory| memory.request_focus(super::ports::output_id(step, 0)));
                }
            }
            Command::OpenMenu => self.open_menu_of_selection(ui, area, view),
            Command::Find => self.begin_find(),
            Command::FindNext => self.find_next(1, outbox),
            Command::FindPrevious => self.find_next(-1, outbox),
            Command::ZoomIn => self.fly(ui, |camera| camera.zoom_about(area, area.center(), ZOOM_STEP)),
            Command::ZoomOut => self.fly(ui, |camera| camera.zoom_about(area, area.center(), 1.0 / ZOOM_STEP)),
            Command::ZoomReset => {
                let middle = self.selected_rect(view).map(|rect| rect.center());
                self.jump(ui, |camera| {
                    camera.zoom_to(area, area.center(), 1.0);
                    if let Some(middle) = middle {
                        camera.centre(area, middle);
                    }
                });
            }
            Command::Fit => {
                if let Some(bounds) = self.scene.bounds() {
                    let first = self.scene.rects.first().copied().unwrap_or(bounds);
                    self.jump(ui, |camera| camera.fit_funnel(area, bounds, first));
                }
            }
            Command::FitSelection => {
                if let Some(rect) = self.selected_rect(view).or(self.scene.bounds()) {
                    self.jump(ui, |camera| camera.fit(area, rect));
                }
            }
            Command::PlaceBack | Command::PlaceForward => {
                self.revisit(ui, command == Command::PlaceBack);
            }
            _ => {}
        }
    }

    /// Arrow keys move the selection, or the view where nothing is selected; with Alt they walk to the neighbour. A key
    /// that is held is one undo.
    fn arrows(&mut self, ui: &Ui, view: &View<'_>, outbox: &mut Outbox) {
        let keys = [
            (Key::ArrowLeft, vec2(-1.0, 0.0)),
            (Key::ArrowRight, vec2(1.0, 0.0)),
            (Key::ArrowUp, vec2(0.0, -1.0)),
            (Key::ArrowDown, vec2(0.0, 1.0)),
        ];
        for (key, towards) in keys {
            let (plain, far, walk, held) = ui.input_mut(|input| {
                let is_held = |event: &Event| matches!(event, Event::Key { key: k, repeat: true, .. } if *k == key);
                let held = input.events.iter().any(is_held);
                let walk = input.consume_key(Modifiers::ALT, key);
                let far = input.consume_key(Modifiers::SHIFT, key);
                (input.consume_key(Modifiers::NONE, key), far, walk, held)
            });
            if walk {
                self.walk(towards, view, outbox);
            } else if plain || far {
                if !held {
                    self.nudges += 1;
                }
                let step = if self.habits.grid { SNAP } else { 1.0 };
                self.nudge(ui, towards, step * if far { FAR } else { 1.0 }, view, outbox);
            }
        }
    }

    fn nudge(&mut self, ui: &Ui, towards: Vec2, step: f32, view: &View<'_>, outbox: &mut Outbox) {
        let by = towards * step;
        let selection = &view.session.selection;
        let thing = selection.frame.map(Thing::Frame).or(selection.comment.map(Thing::Note));
        let edit = if let Some(thing) = thing {
            let Some(rect) = thing_rect(thing, view) else { return };
            let held = self.held_by(thing, rect, view);
            moved_thing(&self.scene, thing, &held, by, view)
        } else if selection.steps.is_empty() {
            let far = if step > SNAP { FAR / 2.0 } else { 1.0 };
            self.fly(ui, |camera| camera.pan(-towards * PAN_STEP * far));
            return;
        } else {
            let place = |step: &StepId| self.scene.rect(step).map(|rect| rect.min + by);
            let to = |at: Pos2| Point { x: at.x, y: at.y };
            let places = selection.steps.iter().filter_map(|step| place(step).map(|at| (step.clone(), to(at))));
            Edit::MoveSteps(places.collect())
        };
        outbox.edit_during(super::ground_id().with(("nudge", self.nudges)), edit);
    }

    /// Brings the selected cards into line.
    fn align(&mut self, how: Align, view: &View<'_>, outbox: &mut Outbox) {
        let steps: Vec<&StepId> =
            view.session.selection.steps.iter().filter(|step| self.scene.place(step).is_some()).collect();
        if steps.len() < how.least() {
            outbox.ask(Ask::Say(words::too_few(how.least())));
            return;
        }
        let rects: Vec<Rect> = steps.iter().filter_map(|step| self.scene.rect(step)).collect();
        let corners = aligned(&rects, how);
        let places = steps.into_iter().cloned().zip(corners.into_iter().map(|at| Point { x: at.x, y: at.y }));
        self.glide_soon = true;
        let label = command_label(Command::Align(how)).to_owned();
        outbox.edit(Edit::Together { label, edits: vec![Edit::MoveSteps(places.collect())] });
    }

    pub(super) fn selected_rect(&self, view: &View<'_>) -> Option<Rect> {
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
            ..Frame::default()
        }));
        let place = view.session.document().layout.frames.len();
        outbox.ask(Ask::Select(Selection { frame: Some(place), ..Selection::default() }));
    }
}

/// The least of each coordinate.
pub(super) fn corner(places: impl Iterator<Item = Point>) -> Point {
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
