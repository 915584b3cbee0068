//! What the pointer is doing: panning, zooming, moving cards, drawing links, selecting with a frame. Nothing is edited
//! before the button is let go, so a gesture is one undo step and Esc leaves no trace.

use egui::{Key, Pos2, Rect, Response, Ui, Vec2, vec2};

use crate::edit::Edit;
use crate::model::{Comment, Frame, Link, Output, Point, Size, StepId};
use crate::session::Selection;
use crate::ui::words::canvas::label;
use crate::ui::{Ask, Outbox, View};

use super::furniture::{self, Thing};
use super::quick_add::QuickAdd;
use super::scene::{rect_of, snapped};
use super::touch::Touch;
use super::{Canvas, card, face};

/// What was taken hold of.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Grip {
    /// Nothing: the ground.
    Ground,
    /// The view itself.
    Pan,
    /// A card.
    Card(usize),
    /// An output of a card.
    Output(usize, usize),
    /// The input of a card.
    Input(usize),
    /// A frame or a note.
    Thing(Thing),
    /// A frame's corner.
    Corner(usize),
}

/// A gesture under way.
#[derive(Debug, Clone, PartialEq)]
pub enum Drag {
    /// The view is moved.
    Pan,
    /// Cards are selected with a frame; those of before stay selected.
    Marquee { from: Pos2, before: Vec<StepId> },
    /// Cards are moved. `lead` is the one under the pointer.
    Cards { steps: Vec<StepId>, lead: StepId, from: Pos2, by: Vec2 },
    /// A link is drawn from an output.
    Wire { from: StepId, out: Output },
    /// A frame or a note is moved, the frame with the cards that it held.
    Thing { thing: Thing, held: Vec<StepId>, from: Pos2, by: Vec2 },
    /// A frame is sized.
    Corner { place: usize, from: Pos2, by: Vec2 },
}

/// How far one presses of an arrow key moves, in points of the canvas; Shift makes it more.
pub const NUDGE: f32 = 20.0;
/// How near to the edge of the view a drag begins to move it, and how fast.
const EDGE: f32 = 28.0;
const EDGE_SPEED: f32 = 700.0;

impl Canvas {
    /// Moves the camera as the pointer, the wheel or a wanted step ask for.
    pub(super) fn look(&mut self, ui: &Ui, ground: &Response, view: &View<'_>) {
        let area = ground.rect;
        if !self.begun && area.is_positive() {
            self.begun = true;
            if let Some(bounds) = self.scene.bounds() {
                let first = self.scene.rects.first().copied().unwrap_or(bounds);
                self.camera.begin(area, bounds, first);
            } else {
                self.camera.centre(area, Pos2::ZERO);
            }
        }
        if let Some(rect) = self.wanted.take().and_then(|step| self.scene.rect(&step)) {
            if self.camera.detail() < super::camera::Detail::Full {
                self.camera.zoom_to(area, area.center(), 0.8);
            }
            self.camera.reveal(area, rect);
        }
        let over = ui.ctx().rect_contains_pointer(ui.layer_id(), area) && ui.rect_contains_pointer(area);
        if over {
            let (zoom, scroll, at) =
                ui.input(|input| (input.zoom_delta(), input.smooth_scroll_delta(), input.pointer.hover_pos()));
            if zoom != 1.0
                && let Some(at) = at
            {
                self.camera.zoom_about(area, at, zoom);
            } else if scroll != Vec2::ZERO {
                self.camera.pan(scroll);
            }
        }
        let _ = view;
    }

    /// Begins, continues and ends gestures.
    pub(super) fn gestures(&mut self, ui: &Ui, ground: &Response, touch: &Touch, view: &View<'_>, outbox: &mut Outbox) {
        let area = ground.rect;
        let to_canvas = self.camera.screen_from_canvas(area).inverse();
        let (origin, now, down, space, alt) = ui.input(|input| {
            let pointer = &input.pointer;
            let space = input.key_down(Key::Space);
            (pointer.press_origin(), pointer.latest_pos(), pointer.any_down(), space, input.modifiers.alt)
        });
        if let (Some(grip), Some(origin)) = (touch.grip, origin) {
            let from = to_canvas * origin;
            self.drag = if space { Some(Drag::Pan) } else { self.begin(ui, grip, from, touch, view, outbox) };
        }
        if space && ground.contains_pointer() && self.drag.is_none() {
            ui.set_cursor_icon(egui::CursorIcon::Grab);
        }
        let Some(now) = now else { return };
        if self.drag.is_some() && !down {
            let drag = self.drag.take();
            self.scene.set_down();
            if let Some(drag) = drag {
                self.end(ui, drag, now, touch, view, outbox);
            }
            return;
        }
        let Some(drag) = &mut self.drag else { return };
        let at = to_canvas * now;
        match drag {
            Drag::Pan => {
                ui.set_cursor_icon(egui::CursorIcon::Grabbing);
                self.camera.pan(ui.input(|input| input.pointer.delta()));
                return;
            }
            Drag::Cards { steps, lead, from, by } => {
                let Some(corner) = self.scene.rect(lead).map(|rect| rect.min) else { return };
                *by = settled(corner, at - *from, alt) - corner;
                let places: Vec<usize> = steps.iter().filter_map(|step| self.scene.place(step)).collect();
                self.scene.lift(&places, *by);
            }
            Drag::Thing { thing, held, from, by } => {
                let corner = thing_rect(*thing, view).map_or(Pos2::ZERO, |rect| rect.min);
                *by = settled(corner, at - *from, alt) - corner;
                let places: Vec<usize> = held.iter().filter_map(|step| self.scene.place(step)).collect();
                self.scene.lift(&places, *by);
            }
            Drag::Corner { place, from, by } => {
                let corner = thing_rect(Thing::Frame(*place), view).map_or(Pos2::ZERO, |rect| rect.max);
                *by = settled(corner, at - *from, alt) - corner;
            }
            Drag::Marquee { from, before } => {
                let marquee = Rect::from_two_pos(*from, at);
                let mut steps = before.clone();
                for (card, rect) in self.scene.rects.iter().enumerate() {
                    let id = &self.scene.faces[card].id;
                    if marquee.intersects(*rect) && !steps.contains(id) {
                        steps.push(id.clone());
                    }
                }
                if view.session.selection.steps != steps {
                    outbox.ask(Ask::Select(Selection::of_steps(steps)));
                }
            }
            Drag::Wire { .. } => {}
        }
        self.pan_at_edge(ui, area, now);
    }

    /// Near the edge of the view a drag takes the view along.
    fn pan_at_edge(&mut self, ui: &Ui, area: Rect, pointer: Pos2) {
        let inner = area.shrink(EDGE);
        let beyond = pointer - inner.clamp(pointer);
        if beyond != Vec2::ZERO {
            let seconds = ui.input(|input| input.stable_dt).min(0.05);
            let push = (beyond / EDGE).clamp(Vec2::splat(-1.0), Vec2::splat(1.0));
            self.camera.pan(-push * EDGE_SPEED * seconds);
            ui.request_repaint();
        }
    }

    fn begin(
        &mut self,
        ui: &Ui,
        grip: Grip,
        from: Pos2,
        touch: &Touch,
        view: &View<'_>,
        outbox: &mut Outbox,
    ) -> Option<Drag> {
        let adds = ui.input(|input| input.modifiers.shift || input.modifiers.command);
        match grip {
            Grip::Pan => Some(Drag::Pan),
            Grip::Ground => {
                let before = if adds { view.session.selection.steps.clone() } else { Vec::new() };
                Some(Drag::Marquee { from, before })
            }
            Grip::Card(card) => {
                let lead = self.scene.faces[card].id.clone();
                let mut steps = view.session.selection.steps.clone();
                if !touch.selected.contains(&card) {
                    if !adds {
                        steps.clear();
                    }
                    steps.push(lead.clone());
                    outbox.ask(Ask::Select(Selection::of_steps(steps.clone())));
                }
                Some(Drag::Cards { steps, lead, from, by: Vec2::ZERO })
            }
            Grip::Output(card, place) => {
                let face = &self.scene.faces[card];
                Some(Drag::Wire { from: face.id.clone(), out: face.outputs[place].0.clone() })
            }
            Grip::Input(card) => {
                // The end of the selected link, else of the one that was drawn last.
                let into = self.scene.links.iter().filter(|link| link.to == card);
                let chosen = view.session.selection.link.as_ref();
                let ends: Vec<(StepId, Output)> = into.map(|link| self.scene.output_of(*link)).collect();
                let end = ends.iter().find(|end| Some(*end) == chosen).or(ends.last())?;
                Some(Drag::Wire { from: end.0.clone(), out: end.1.clone() })
            }
            Grip::Thing(thing) => {
                let held = match thing {
                    Thing::Frame(_) => {
                        let rect = thing_rect(thing, view)?;
                        furniture::held(&self.scene.rects, rect).map(|card| self.scene.faces[card].id.clone()).collect()
                    }
                    Thing::Note(_) => Vec::new(),
                };
                Some(Drag::Thing { thing, held, from, by: Vec2::ZERO })
            }
            Grip::Corner(place) => Some(Drag::Corner { place, from, by: Vec2::ZERO }),
        }
    }

    fn end(&mut self, ui: &Ui, drag: Drag, now: Pos2, touch: &Touch, view: &View<'_>, outbox: &mut Outbox) {
        let area = self.area.unwrap_or(Rect::ZERO);
        let at = self.camera.screen_from_canvas(area).inverse() * now;
        match drag {
            Drag::Pan | Drag::Marquee { .. } => {}
            Drag::Cards { steps, by, .. } if by != Vec2::ZERO => {
                let places = moved(&self.scene, &steps, by);
                let edit = Edit::MoveSteps(places);
                let alone = if let [step] = steps.as_slice() { Some(step.clone()) } else { None };
                let into = alone.filter(|_| !ui.input(|input| input.modifiers.alt)).and_then(|step| {
                    let link = self.link_under_card(&step, by)?;
                    Some((step, self.scene.output_of(link)))
                });
                outbox.edit(match into {
                    Some((step, (from, out))) => Edit::Together {
                        label: label::INSERT.to_owned(),
                        edits: vec![edit, Edit::InsertOnLink { from, out, step }],
                    },
                    None => edit,
                });
            }
            Drag::Cards { .. } => {}
            Drag::Wire { from, out } => match self.wire_target(at, touch) {
                Some(card) => {
                    let to = self.scene.faces[card].id.clone();
                    let same = self.scene.link_at(&from, &out).is_some_and(|link| link.to == card);
                    if !same {
                        outbox.edit(Edit::Connect(Link { from: from.clone(), out: out.clone(), to }));
                    }
                    outbox.ask(Ask::Select(Selection { link: Some((from, out)), ..Selection::default() }));
                }
                None if !area.contains(now) => {}
                None => {
                    if let Some(card) = self.scene.card_at(at) {
                        // An edit that is refused says why: nothing leads to an entry.
                        let to = self.scene.faces[card].id.clone();
                        outbox.edit(Edit::Connect(Link { from, out, to }));
                        return;
                    }
                    let card = at - vec2(0.0, face::PORT_Y);
                    self.quick_add = Some(QuickAdd::new(now, card).wired(from, out));
                }
            },
            Drag::Thing { thing, held, by, .. } if by != Vec2::ZERO => {
                let layout = &view.session.document().layout;
                let shift = |at: Point| Point { x: at.x + by.x, y: at.y + by.y };
                let mut edits = Vec::new();
                match thing {
                    Thing::Frame(place) => {
                        let frame = &layout.frames[place];
                        edits.push(Edit::ReplaceFrame(place, Frame { at: shift(frame.at), ..Frame::clone(frame) }));
                        if !held.is_empty() {
                            edits.push(Edit::MoveSteps(moved(&self.scene, &held, by)));
                        }
                    }
                    Thing::Note(place) => {
                        let note = &layout.comments[place];
                        edits.push(Edit::ReplaceComment(place, Comment { at: shift(note.at), ..Comment::clone(note) }));
                    }
                }
                outbox.edit(Edit::Together { label: label::MOVE.to_owned(), edits });
            }
            Drag::Thing { .. } => {}
            Drag::Corner { place, by, .. } => {
                if let Some(frame) = view.session.document().layout.frames.get(place) {
                    let size = sized(frame, by);
                    let size = Size { width: size.x, height: size.y };
                    outbox.edit(Edit::ReplaceFrame(place, Frame { size, ..Frame::clone(frame) }));
                }
            }
        }
    }

    /// The card on which a link that is being drawn would end.
    pub(super) fn wire_target(&self, at: Pos2, touch: &Touch) -> Option<usize> {
        let card = touch.card.or(touch.input).or_else(|| self.scene.card_at(at))?;
        card::has_input(&self.scene.faces[card]).then_some(card)
    }

    /// The link into which a step that is being moved alone would be put: one that its card lies on, while it is
    /// connected to nothing yet.
    pub(super) fn link_under_card(&self, step: &StepId, by: Vec2) -> Option<super::scene::Line> {
        let card = self.scene.place(step)?;
        let face = &self.scene.faces[card];
        let connected = self.scene.links.iter().any(|link| link.from == card || link.to == card);
        if connected || face.is_entry || face.outputs.is_empty() {
            return None;
        }
        let middle = self.scene.rects[card].translate(by).center();
        let link = self.scene.link_near(middle, 40.0)?;
        Some(self.scene.links[link])
    }

    /// Calls off what the pointer is doing. Whether there was anything to call off.
    pub(super) fn call_off(&mut self, outbox: &mut Outbox) -> bool {
        if self.drag.is_some() {
            self.scene.set_down();
        }
        match self.drag.take() {
            Some(Drag::Marquee { before, .. }) => {
                outbox.ask(Ask::Select(Selection::of_steps(before)));
                true
            }
            drag => drag.is_some(),
        }
    }
}

/// Where a corner comes to lie: on the grid, unless Alt is held.
fn settled(corner: Pos2, by: Vec2, freely: bool) -> Pos2 {
    let place = corner + by;
    if freely { place.round() } else { snapped(place) }
}

fn moved(scene: &super::scene::Scene, steps: &[StepId], by: Vec2) -> Vec<(StepId, Point)> {
    let place = |step: &StepId| scene.rect(step).map(|rect| rect.min + by);
    steps.iter().filter_map(|step| place(step).map(|at| (step.clone(), Point { x: at.x, y: at.y }))).collect()
}

/// Where a frame or a note lies.
pub fn thing_rect(thing: Thing, view: &View<'_>) -> Option<Rect> {
    let layout = &view.session.document().layout;
    match thing {
        Thing::Frame(place) => layout.frames.get(place).map(|frame| furniture::frame_rect(frame)),
        Thing::Note(place) => layout.comments.get(place).map(|note| rect_of(note.at, furniture::NOTE)),
    }
}

/// The size of a frame whose corner was moved.
pub fn sized(frame: &Frame, by: Vec2) -> Vec2 {
    (vec2(frame.size.width, frame.size.height) + by).max(furniture::LEAST)
}
