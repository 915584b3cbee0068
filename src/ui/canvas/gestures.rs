//! What the pointer is doing: panning, zooming, moving cards, drawing links, selecting with a frame. Nothing is edited
//! before the button is let go, so a gesture is one undo step and Esc leaves no trace.

use egui::{Key, Pos2, Rect, Response, Ui, Vec2, vec2};

use crate::edit::{self, Edit};
use crate::model::{Comment, Frame, Output, Point, Size, StepId};
use crate::session::Selection;
use crate::ui::words::canvas::label;
use crate::ui::{Ask, Outbox, View};

use super::Canvas;
use super::furniture::{self, Thing};
use super::scene::rect_of;
use super::snap::{Keep, guides, settled};
use super::touch::Touch;
use super::wires::{Slice, Tip};

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
    /// An end of a link.
    Tip(usize, Tip),
    /// The knife.
    Slice,
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
    /// Cards are selected with a frame; those of before stay selected, or leave the selection where `toggles`.
    Marquee { from: Pos2, before: Vec<StepId>, toggles: bool },
    /// Cards are moved, or copies of them. `lead` is the one under the pointer.
    Cards { steps: Vec<StepId>, lead: StepId, from: Pos2, by: Vec2, copies: bool },
    /// The heads of links from these outputs follow the pointer; a fresh one was no link before.
    Wire { links: Vec<(StepId, Output)>, fresh: bool },
    /// The tail of a link to a step follows the pointer; the link was at `old` before.
    Tail { old: Option<(StepId, Output)>, to: StepId },
    /// Links are cut through.
    Slice(Slice),
    /// A frame or a note is moved, the frame with the cards and notes that it held.
    Thing { thing: Thing, held: Held, from: Pos2, by: Vec2 },
    /// A frame is sized.
    Corner { place: usize, from: Pos2, by: Vec2 },
}

/// What a frame holds.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Held {
    /// Cards.
    pub steps: Vec<StepId>,
    /// Frames and notes.
    pub things: Vec<Thing>,
}

/// How near to the edge of the view a drag begins to move it, and how fast at the edge, in points of the screen. Farther
/// out it is faster.
const EDGE: f32 = 24.0;
const EDGE_SPEED: f32 = 240.0;
/// How much faster it can become.
const EDGE_MOST: f32 = 2.0;
/// How near neighbours draw what is being moved, in points of the screen.
const DRAW: f32 = 6.0;
/// How far one notch of the wheel zooms, where the wheel zooms, a point of its scrolling.
const WHEEL_ZOOM: f32 = 1.0 / 300.0;

impl Canvas {
    /// Moves the camera as the pointer, the wheel or a wanted step ask for.
    pub(super) fn look(&mut self, ui: &Ui, ground: &Response) {
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
            let all_seen = self.camera.seen(area).contains_rect(rect) && self.camera.detail() == super::camera::Detail::Full;
            if !all_seen {
                self.jump(ui, |camera| {
                    if camera.detail() < super::camera::Detail::Full {
                        camera.zoom_to(area, area.center(), 0.8);
                    }
                    camera.reveal(area, rect);
                });
            }
        }
        if let Some(rect) = self.reveal_soon.take() {
            self.fly(ui, |camera| camera.reveal(area, rect));
        }
        let over = ui.ctx().rect_contains_pointer(ui.layer_id(), area) && ui.rect_contains_pointer(area);
        if !over {
            return;
        }
        let (zoom, scroll, at) =
            ui.input(|input| (input.zoom_delta(), input.smooth_scroll_delta(), input.pointer.hover_pos()));
        let Some(at) = at else { return };
        if zoom != 1.0 {
            self.land();
            self.camera.zoom_about(area, at, zoom);
        } else if scroll != Vec2::ZERO {
            self.land();
            if self.habits.wheel_zooms && scroll.y != 0.0 {
                self.camera.zoom_about(area, at, (scroll.y * WHEEL_ZOOM).exp());
            } else {
                self.camera.pan(scroll);
            }
        }
        let (back, forward) = ui.input(|input| {
            let pressed = |button| input.pointer.button_pressed(button);
            (pressed(egui::PointerButton::Extra1), pressed(egui::PointerButton::Extra2))
        });
        if back || forward {
            self.revisit(ui, back);
        }
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
            // Space turns the habit round: it moves the view, or selects where a drag moves the view.
            let pans = match grip {
                Grip::Ground => space != self.habits.drag_pans,
                Grip::Slice => false,
                _ => space,
            };
            self.land();
            self.edge_armed = false;
            self.drag = if pans { Some(Drag::Pan) } else { self.begin(ui, grip, from, touch, view, outbox) };
        }
        if space != self.habits.drag_pans && ground.contains_pointer() && self.drag.is_none() && touch.is_on_ground() {
            ui.set_cursor_icon(egui::CursorIcon::Grab);
        }
        self.wire_end = None;
        let tie = self.tie.take();
        self.guides.clear();
        let Some(now) = now else { return };
        let at = to_canvas * now;
        if matches!(self.drag, Some(Drag::Wire { .. } | Drag::Tail { .. })) {
            self.wire_end = Some(self.wire_end(at, view));
        }
        if self.drag.is_some() && !down {
            let drag = self.drag.take();
            self.scene.set_down();
            if let Some(drag) = drag {
                match (&drag, tie) {
                    (Drag::Thing { thing: Thing::Note(place), .. }, Some(card)) => self.tie_to(*place, card, view, outbox),
                    _ => self.end(ui, drag, now, view, outbox),
                }
            }
            return;
        }
        let grid = self.habits.grid;
        let keep = Keep::of(grid, alt);
        let reach = DRAW / self.camera.zoom();
        let Some(drag) = &mut self.drag else { return };
        match drag {
            Drag::Pan => {
                ui.set_cursor_icon(egui::CursorIcon::Grabbing);
                self.camera.pan(ui.input(|input| input.pointer.delta()));
                return;
            }
            Drag::Cards { steps, lead, from, by, copies } => {
                let Some(own) = self.scene.rect(lead) else { return };
                let places: Vec<usize> = steps.iter().filter_map(|step| self.scene.place(step)).collect();
                // Copies leave those where they are that they are copied from, which then are neighbours too.
                let still = |card: &usize| *copies || !places.contains(card);
                let others: Vec<Rect> =
                    touch.seen.iter().filter(|card| still(card)).map(|card| self.scene.rects[*card]).collect();
                let keep = if *copies { Keep::of(grid, false) } else { keep };
                *by = settled(own.translate(at - *from), &others, keep, reach) - own.min;
                self.guides = guides(own.translate(*by), &others);
                if *copies {
                    ui.set_cursor_icon(egui::CursorIcon::Copy);
                } else {
                    self.scene.lift(&places, *by);
                }
            }
            Drag::Thing { thing, held, from, by, .. } => {
                let Some(own) = self.scene.things().find(|(other, _)| other == thing).map(|(_, rect)| rect) else { return };
                let others = other_things(&self.scene, *thing, held);
                *by = settled(own.translate(at - *from), &others, keep, reach) - own.min;
                self.guides = guides(own.translate(*by), &others);
                let is_note = matches!(thing, Thing::Note(_));
                self.tie = self.scene.card_at(at).filter(|_| is_note && !alt && *by != Vec2::ZERO);
                let places: Vec<usize> = held.steps.iter().filter_map(|step| self.scene.place(step)).collect();
                self.scene.lift(&places, *by);
            }
            Drag::Corner { place, from, by } => {
                let Some(own) = thing_rect(Thing::Frame(*place), view) else { return };
                let corner = Rect::from_min_size(own.max + (at - *from), Vec2::ZERO);
                *by = settled(corner, &[], keep, 0.0) - own.max;
            }
            Drag::Marquee { from, before, toggles } => {
                let marquee = Rect::from_two_pos(*from, at);
                let is_hit = |rect: &Rect| if alt { marquee.contains_rect(*rect) } else { marquee.intersects(*rect) };
                let mut steps = before.clone();
                // What a frame hides is shown nowhere, so no marquee meets it.
                for (card, _) in self.scene.shown.iter().enumerate().filter(|(_, rect)| is_hit(rect)) {
                    let id = &self.scene.faces[card].id;
                    match steps.iter().position(|step| step == id) {
                        Some(place) if *toggles => drop(steps.remove(place)),
                        Some(_) => {}
                        None => steps.push(id.clone()),
                    }
                }
                if view.session.selection.steps != steps {
                    outbox.ask(Ask::Select(Selection::of_steps(steps)));
                }
            }
            Drag::Slice(_) => {
                ui.set_cursor_icon(egui::CursorIcon::Crosshair);
                self.slice_on(at);
                return;
            }
            Drag::Wire { .. } | Drag::Tail { .. } => {
                if matches!(self.wire_end, Some(super::wires::WireEnd::Refused(_))) {
                    ui.set_cursor_icon(egui::CursorIcon::NotAllowed);
                }
            }
        }
        self.pan_at_edge(ui, area, now);
    }

    /// Near the edge of the view a drag takes the view along.
    fn pan_at_edge(&mut self, ui: &Ui, area: Rect, pointer: Pos2) {
        let inner = area.shrink(EDGE);
        let beyond = pointer - inner.clamp(pointer);
        if beyond == Vec2::ZERO {
            self.edge_armed = true;
        } else if self.edge_armed {
            // A drag that begins near the edge moves nothing before it has been away from there.
            let seconds = ui.input(|input| input.stable_dt).min(0.05);
            let push = (beyond / EDGE).clamp(Vec2::splat(-EDGE_MOST), Vec2::splat(EDGE_MOST));
            self.camera.pan(-push * push.abs() * EDGE_SPEED * seconds);
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
        let (shift, command, alt) = ui.input(|input| (input.modifiers.shift, input.modifiers.command, input.modifiers.alt));
        let adds = shift || command;
        match grip {
            Grip::Pan => Some(Drag::Pan),
            Grip::Slice => Some(Drag::Slice(Slice { way: vec![from], ..Slice::default() })),
            Grip::Ground => {
                let before = if adds { view.session.selection.steps.clone() } else { Vec::new() };
                Some(Drag::Marquee { from, before, toggles: command })
            }
            Grip::Card(card) => {
                let lead = self.scene.faces[card].id.clone();
                let mut steps = view.session.selection.steps.clone();
                // Both keys are used for this elsewhere, and some desktops keep Alt for moving windows.
                let copies = alt || command;
                if !touch.selected.contains(&card) {
                    if !shift {
                        steps.clear();
                    }
                    steps.push(lead.clone());
                    outbox.ask(Ask::Select(Selection::of_steps(steps.clone())));
                }
                Some(Drag::Cards { steps, lead, from, by: Vec2::ZERO, copies })
            }
            Grip::Output(card, place) => {
                let face = &self.scene.faces[card];
                Some(Drag::Wire { links: vec![(face.id.clone(), face.outputs[place].0.clone())], fresh: true })
            }
            Grip::Input(card) => Some(self.take_input(card, adds, view)),
            Grip::Tip(link, tip) => Some(self.take_tip(*self.scene.links.get(link)?, tip)),
            Grip::Thing(thing) => {
                let held = self.held_by(thing, thing_rect(thing, view)?, view);
                Some(Drag::Thing { thing, held, from, by: Vec2::ZERO })
            }
            Grip::Corner(place) => Some(Drag::Corner { place, from, by: Vec2::ZERO }),
        }
    }

    fn end(&mut self, ui: &Ui, drag: Drag, now: Pos2, view: &View<'_>, outbox: &mut Outbox) {
        match drag {
            Drag::Pan | Drag::Marquee { .. } => {}
            Drag::Slice(slice) => self.cut(&slice, outbox),
            Drag::Cards { steps, by, copies: true, .. } if by != Vec2::ZERO => {
                let fragment = edit::copy(view.session.document(), &steps);
                let corner = super::commands::corner(fragment.steps.iter().map(|(_, at)| *at));
                outbox.ask(Ask::Duplicate(fragment, Point { x: corner.x + by.x, y: corner.y + by.y }));
            }
            Drag::Cards { steps, by, .. } if by != Vec2::ZERO => {
                let places = moved(&self.scene, &steps, by);
                let alone = if let [step] = steps.as_slice() { Some(step.clone()) } else { None };
                let into = alone.filter(|_| !ui.input(|input| input.modifiers.alt)).and_then(|step| {
                    let link = self.link_under_card(&step, by)?;
                    Some((step, self.scene.output_of(link)))
                });
                outbox.edit(match into {
                    Some((step, (from, out))) => {
                        let wanted = self.scene.rect(&step).map_or(Pos2::ZERO, |rect| rect.min + by);
                        let (at, aside) = self.room_on_link(&from, &out, wanted);
                        self.glide_soon = true;
                        let mut places = aside;
                        places.push((step.clone(), at));
                        Edit::Together {
                            label: label::INSERT.to_owned(),
                            edits: vec![Edit::MoveSteps(places), Edit::InsertOnLink { from, out, step }],
                        }
                    }
                    None => Edit::MoveSteps(places),
                });
            }
            Drag::Cards { .. } => {}
            Drag::Wire { links, fresh } => self.drop_heads(links, fresh, now, outbox),
            Drag::Tail { old, to } => self.drop_tail(old, to, now, outbox),
            Drag::Thing { thing, held, by, .. } if by != Vec2::ZERO => {
                outbox.edit(moved_thing(&self.scene, thing, &held, by, view));
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

    /// What lies wholly in a frame and moves with it; a note holds nothing.
    pub(super) fn held_by(&self, thing: Thing, rect: Rect, view: &View<'_>) -> Held {
        if let Thing::Note(_) = thing {
            return Held::default();
        }
        let cards = furniture::held(&self.scene.rects, rect);
        let steps: Vec<StepId> = cards.map(|card| self.scene.faces[card].id.clone()).collect();
        let layout = &view.session.document().layout;
        let within = furniture::things(layout)
            .filter(|(other, inner)| *other != thing && *inner != rect && rect.contains_rect(*inner));
        // A note that is tied to one of the steps goes with that.
        let goes_along = |other: &Thing| match other {
            Thing::Note(place) => layout.comments[*place].step.as_ref().is_some_and(|step| steps.contains(step)),
            Thing::Frame(_) => false,
        };
        let things = within.map(|(other, _)| other).filter(|other| !goes_along(other)).collect();
        Held { steps, things }
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

/// The frames and notes beside one that is being moved with what it holds.
fn other_things(scene: &super::scene::Scene, thing: Thing, held: &Held) -> Vec<Rect> {
    scene.things().filter(|(other, _)| *other != thing && !held.things.contains(other)).map(|(_, rect)| rect).collect()
}

/// The edit that moves a frame or a note, and what it holds.
pub fn moved_thing(scene: &super::scene::Scene, thing: Thing, held: &Held, by: Vec2, view: &View<'_>) -> Edit {
    let layout = &view.session.document().layout;
    let shift = |at: Point| Point { x: at.x + by.x, y: at.y + by.y };
    let mut edits: Vec<Edit> = std::iter::once(&thing)
        .chain(&held.things)
        .filter_map(|thing| match *thing {
            Thing::Frame(place) => {
                let frame = layout.frames.get(place)?;
                Some(Edit::ReplaceFrame(place, Frame { at: shift(frame.at), ..Frame::clone(frame) }))
            }
            Thing::Note(place) => {
                let note = layout.comments.get(place)?;
                Some(Edit::ReplaceComment(place, Comment { at: shift(note.at), ..Comment::clone(note) }))
            }
        })
        .collect();
    if !held.steps.is_empty() {
        edits.push(Edit::MoveSteps(moved(scene, &held.steps, by)));
    }
    Edit::Together { label: label::MOVE.to_owned(), edits }
}

/// The size of a frame whose corner was moved.
pub fn sized(frame: &Frame, by: Vec2) -> Vec2 {
    (vec2(frame.size.width, frame.size.height) + by).max(furniture::LEAST)
}
