//! The widgets of a frame: what the pointer and the keyboard are on, and what was clicked. Every card and every port is
//! one, so that a screen reader and a test find them by name.

use std::collections::BTreeSet;

use egui::{CursorIcon, Id, PointerButton, Pos2, Rect, Response, Role, Sense, Ui, WidgetInfo};

use crate::session::Selection;
use crate::ui::words::canvas as words;
use crate::ui::{Ask, Outbox, View};

use super::camera::Detail;
use super::frames::tell_frame;
use super::furniture::{self, Thing};
use super::gestures::Grip;
use super::menu::On;
use super::wires::Tip;
use super::{Canvas, Naming};

/// More cards than this that are seen as blocks are mere spots of colour and not widgets of their own.
pub const MANY: usize = 400;
/// How near to a link the pointer must be, in points of the screen.
pub const NEAR: f32 = 7.0;
/// How near to its end a link is taken by that end, in points of the screen; never more than a third of it.
const TIP: f32 = 44.0;

/// What the pointer and the keyboard are on.
#[derive(Debug, Default)]
pub struct Touch {
    /// The card that the pointer is over.
    pub card: Option<usize>,
    /// The output that the pointer is over.
    pub output: Option<(usize, usize)>,
    /// The card whose input the pointer is over.
    pub input: Option<usize>,
    /// The link that the pointer is over.
    pub link: Option<usize>,
    /// The end of that link that the pointer would take.
    pub tip: Option<Tip>,
    /// What the keyboard is on, on the screen.
    pub ring: Option<Rect>,
    /// The frame or note that the pointer is over.
    pub thing: Option<Thing>,
    /// What was taken hold of in this frame.
    pub grip: Option<Grip>,
    /// The selected cards.
    pub selected: BTreeSet<usize>,
    /// The cards that are seen.
    pub seen: Vec<usize>,
}

impl Touch {
    /// Whether the pointer is on nothing.
    pub fn is_on_ground(&self) -> bool {
        self.card.is_none() && self.output.is_none() && self.input.is_none() && self.thing.is_none()
    }

    /// Notes a widget that the keyboard can be on.
    pub fn note_focus(&mut self, response: &Response) {
        if response.has_focus() {
            self.ring = Some(response.rect);
        }
    }
}

impl Canvas {
    /// Registers the widgets and takes their clicks.
    pub(super) fn touch(&mut self, ui: &Ui, ground: &Response, view: &View<'_>, outbox: &mut Outbox) -> Touch {
        let area = ground.rect;
        let to_screen = self.camera.screen_from_canvas(area);
        let seen_rect = self.camera.seen(area).expand(16.0);
        let pointer = ui.input(|input| input.pointer.latest_pos()).map(|at| to_screen.inverse() * at);
        if ground.contains_pointer() {
            self.pointer = pointer;
        }
        let mut touch = Touch {
            seen: (0..self.scene.shown.len()).filter(|card| seen_rect.intersects(self.scene.shown[*card])).collect(),
            selected: view.session.selection.steps.iter().filter_map(|id| self.scene.place(id)).collect(),
            ..Touch::default()
        };
        self.widgets.clear();
        self.buttons.clear();
        self.focused_output = None;
        self.touch_ground(ui, ground, pointer, &mut touch, view, outbox);
        self.touch_things(ui, ground, &mut touch, view, outbox);
        self.touch_links(ui, ground, &mut touch, view, outbox);
        if self.camera.detail() > Detail::Blocks || touch.seen.len() <= MANY {
            for place in 0..touch.seen.len() {
                let card = touch.seen[place];
                self.touch_card(ui, ground.id, card, &mut touch, view, outbox);
            }
        } else if let Some(card) = pointer.filter(|_| ground.hovered()).and_then(|at| self.scene.card_at(at)) {
            touch.card = Some(card);
            let step = &self.scene.faces[card].id;
            outbox.ask(Ask::Hover(step.clone()));
            if ground.drag_started_by(PointerButton::Primary) {
                touch.grip = Some(Grip::Card(card));
            } else if ground.clicked_by(PointerButton::Primary) {
                select_card(ui, view, outbox, step);
            }
        }
        if touch.card.is_some() || touch.output.is_some() || touch.input.is_some() {
            touch.link = None;
            touch.tip = None;
        }
        if touch.tip.is_some() {
            ui.set_cursor_icon(CursorIcon::Grab);
        }
        touch
    }

    fn touch_ground(
        &mut self,
        ui: &Ui,
        ground: &Response,
        pointer: Option<Pos2>,
        touch: &mut Touch,
        view: &View<'_>,
        outbox: &mut Outbox,
    ) {
        let near = NEAR / self.camera.zoom();
        if ground.contains_pointer()
            && self.drag.is_none()
            && let Some(at) = pointer
        {
            touch.link = self.scene.link_near(at, near);
            touch.tip = touch.link.and_then(|link| self.tip_near(link, at));
        }
        let link = touch.link.map(|place| self.scene.output_of(self.scene.links[place]));
        if ground.clicked_by(PointerButton::Primary) {
            ground.request_focus();
            let kept = ui.input(|input| input.modifiers.shift);
            match &link {
                Some(link) => outbox.ask(Ask::Select(Selection { link: Some(link.clone()), ..Selection::default() })),
                None if !kept && !view.session.selection.is_empty() => outbox.ask(Ask::Select(Selection::default())),
                None => {}
            }
        }
        if ground.double_clicked_by(PointerButton::Primary)
            && let (Some(screen), Some(at)) = (ground.interact_pointer_pos(), pointer)
        {
            match link.clone() {
                Some((from, out)) => self.open_insert(screen, at, from, out),
                None => self.open_quick_add(screen, at),
            }
        }
        if ground.secondary_clicked()
            && let (Some(screen), Some(at)) = (ground.interact_pointer_pos(), pointer)
        {
            let on = match link {
                Some((from, out)) => {
                    let selection = Selection { link: Some((from.clone(), out.clone())), ..Selection::default() };
                    outbox.ask(Ask::Select(selection));
                    On::Link(from, out)
                }
                None => On::Ground,
            };
            self.open_menu(ui, screen, at, on);
        }
        let (alt, command) = ui.input(|input| (input.modifiers.alt, input.modifiers.command));
        if ground.drag_started_by(PointerButton::Primary) {
            ground.request_focus();
            // By now the pointer has moved a little; what counts is where it was pressed.
            let pressed = ui.input(|input| input.pointer.press_origin());
            let pressed = pressed.map(|at| self.camera.screen_from_canvas(ground.rect).inverse() * at);
            let taken = pressed.and_then(|at| {
                let link = self.scene.link_near(at, near)?;
                Some((link, self.tip_near(link, at)?))
            });
            touch.grip = Some(match taken {
                Some((link, tip)) if !alt => Grip::Tip(link, tip),
                _ if alt => Grip::Slice,
                _ => Grip::Ground,
            });
        } else if command && ground.drag_started_by(PointerButton::Secondary) {
            touch.grip = Some(Grip::Slice);
        } else if ground.drag_started_by(PointerButton::Middle) {
            touch.grip = Some(Grip::Pan);
        }
    }

    /// The end of a link that lies this near.
    fn tip_near(&self, link: usize, at: Pos2) -> Option<Tip> {
        let course = self.scene.course(link);
        let (first, last) = (course.first()?, course.last()?);
        let reach = (TIP / self.camera.zoom()).min((*last - *first).length() / 3.0);
        let (from_tail, from_head) = ((at - *first).length(), (at - *last).length());
        if from_tail.min(from_head) > reach {
            return None;
        }
        Some(if from_tail < from_head { Tip::Tail } else { Tip::Head })
    }

    fn touch_things(&mut self, ui: &Ui, ground: &Response, touch: &mut Touch, view: &View<'_>, outbox: &mut Outbox) {
        let to_screen = self.camera.screen_from_canvas(ground.rect);
        let seen = self.camera.seen(ground.rect);
        let layout = &view.session.document().layout;
        let things: Vec<(Thing, Rect)> = self.scene.things().collect();
        for (thing, rect) in things {
            if !seen.intersects(rect) {
                continue;
            }
            let (handle, name, selection, salt) = match thing {
                Thing::Frame(place) => (
                    if layout.frames[place].collapsed { rect } else { furniture::bar_rect(rect) },
                    self.spoken_frame(ui, place),
                    Selection { frame: Some(place), ..Selection::default() },
                    ("frame", place),
                ),
                Thing::Note(place) => (
                    rect,
                    self.spoken_note(place),
                    Selection { comment: Some(place), ..Selection::default() },
                    ("note", place),
                ),
            };
            let is_selected = view.session.selection == selection;
            let response = ui.interact(to_screen * handle, ground.id.with(salt), Sense::click_and_drag());
            response.widget_info(|| WidgetInfo::selected(Role::Button, true, is_selected, &name));
            tell_selected(ui, &response, is_selected);
            self.widgets.push(response.id);
            touch.note_focus(&response);
            if response.hovered() {
                touch.thing = Some(thing);
            }
            let pressed = response.clicked() || response.drag_started() || response.secondary_clicked();
            if pressed || (response.gained_focus() && !is_selected) {
                outbox.ask(Ask::Select(selection));
            }
            if response.clicked_by(PointerButton::Primary) {
                ground.request_focus();
            }
            if response.double_clicked() {
                match thing {
                    // As with a folder, twice is into it.
                    Thing::Frame(place) if layout.frames[place].collapsed => self.fold_away(place, false, view, outbox),
                    _ => self.naming = Naming::of_thing(thing, view),
                }
            }
            if response.secondary_clicked()
                && let Some(screen) = response.interact_pointer_pos()
            {
                self.open_menu(ui, screen, to_screen.inverse() * screen, On::Thing);
            }
            if response.drag_started_by(PointerButton::Primary) {
                touch.grip = Some(Grip::Thing(thing));
            } else if response.drag_started_by(PointerButton::Middle) {
                touch.grip = Some(Grip::Pan);
            }
            if let Thing::Frame(place) = thing {
                tell_frame(ui, &response, &layout.frames[place]);
                self.touch_fold(ui, place, rect, touch, view, outbox);
            }
            if let Thing::Frame(place) = thing
                && !layout.frames[place].collapsed
            {
                let corner = to_screen * furniture::corner_rect(rect);
                let corner = ui.interact(corner, ground.id.with(("corner", place)), Sense::drag());
                corner.widget_info(|| WidgetInfo::labeled(Role::Button, true, words::spoken_corner(&name)));
                if corner.hovered() || corner.dragged() {
                    touch.thing = Some(thing);
                    ui.set_cursor_icon(CursorIcon::ResizeNwSe);
                }
                if corner.drag_started_by(PointerButton::Primary) {
                    touch.grip = Some(Grip::Corner(place));
                }
            }
        }
    }

    fn touch_card(&mut self, ui: &Ui, ground: Id, card: usize, touch: &mut Touch, view: &View<'_>, outbox: &mut Outbox) {
        let area = self.area.unwrap_or(Rect::ZERO);
        let to_screen = self.camera.screen_from_canvas(area);
        let rect = self.scene.shown[card];
        let face = &self.scene.faces[card];
        let step = face.id.clone();
        let is_selected = touch.selected.contains(&card);
        let id = super::ports::card_id(&step);
        let response = ui.interact(to_screen * rect, id, Sense::click_and_drag());
        response.widget_info(|| WidgetInfo::selected(Role::Button, true, is_selected, face.spoken()));
        tell_selected(ui, &response, is_selected);
        self.widgets.push(id);
        if response.hovered() {
            touch.card = Some(card);
            outbox.ask(Ask::Hover(step.clone()));
        }
        touch.note_focus(&response);
        if response.gained_focus() && !is_selected {
            outbox.ask(Ask::Select(Selection::of_steps(vec![step.clone()])));
            self.wanted = Some(step.clone());
        }
        if response.clicked() {
            select_card(ui, view, outbox, &step);
            if response.clicked_by(PointerButton::Primary) {
                ui.memory_mut(|memory| memory.request_focus(ground));
            }
        }
        if response.double_clicked() {
            self.naming = Naming::of_step(&step, view);
        }
        if response.secondary_clicked()
            && let Some(screen) = response.interact_pointer_pos()
        {
            if !is_selected {
                outbox.ask(Ask::Select(Selection::of_steps(vec![step.clone()])));
            }
            self.open_menu(ui, screen, to_screen.inverse() * screen, On::Card(step));
        }
        if response.drag_started_by(PointerButton::Primary) {
            touch.grip = Some(Grip::Card(card));
        } else if response.drag_started_by(PointerButton::Middle) {
            touch.grip = Some(Grip::Pan);
        }
        if self.camera.detail() >= Detail::Titles {
            self.touch_ports(ui, id, card, touch, outbox);
        }
        if self.camera.detail() == Detail::Full {
            self.touch_problems(ui, id, card, touch, view, outbox);
        }
    }
}

/// Says in the accessibility tree whether something on the canvas is selected; a mere button would be said to be pressed.
pub fn tell_selected(ui: &Ui, response: &Response, is_selected: bool) {
    ui.ctx().accesskit_node_builder(response.id, |node| {
        node.clear_toggled();
        node.set_selected(is_selected);
    });
}

/// Selects a card; with Shift or Ctrl it joins or leaves what is selected.
fn select_card(ui: &Ui, view: &View<'_>, outbox: &mut Outbox, step: &crate::model::StepId) {
    let toggles = ui.input(|input| input.modifiers.shift || input.modifiers.command);
    let mut steps = if toggles { view.session.selection.steps.clone() } else { Vec::new() };
    if toggles && let Some(place) = steps.iter().position(|other| other == step) {
        steps.remove(place);
    } else {
        steps.push(step.clone());
    }
    outbox.ask(Ask::Select(Selection::of_steps(steps)));
}
