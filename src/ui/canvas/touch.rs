//! The widgets of a frame: what the pointer and the keyboard are on, and what was clicked. Every card and every port is
//! one, so that a screen reader and a test find them by name.

use std::collections::BTreeSet;

use egui::{CursorIcon, Id, PointerButton, Pos2, Rect, Response, Role, Sense, Ui, WidgetInfo};

use crate::rules::Place;
use crate::session::Selection;
use crate::ui::panels::explain;
use crate::ui::theme;
use crate::ui::words::canvas as words;
use crate::ui::{Ask, Outbox, Tab, View};

use super::camera::Detail;
use super::card;
use super::furniture::{self, Thing};
use super::gestures::Grip;
use super::menu::On;
use super::{Canvas, Naming};

/// More cards than this that are seen as blocks are mere spots of colour and not widgets of their own.
pub const MANY: usize = 400;
/// How near to a link the pointer must be, in points of the screen.
pub const NEAR: f32 = 7.0;

/// What the pointer and the keyboard are on.
#[derive(Debug, Default)]
pub struct Touch {
    /// The card that the pointer is over.
    pub card: Option<usize>,
    /// The card that the keyboard is on.
    pub focused: Option<usize>,
    /// The output that the pointer is over.
    pub output: Option<(usize, usize)>,
    /// The card whose input the pointer is over.
    pub input: Option<usize>,
    /// The link that the pointer is over.
    pub link: Option<usize>,
    /// The frame or note that the pointer is over.
    pub thing: Option<Thing>,
    /// What was taken hold of in this frame.
    pub grip: Option<Grip>,
    /// The selected cards.
    pub selected: BTreeSet<usize>,
    /// The cards that are seen.
    pub seen: Vec<usize>,
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
        self.touch_ground(ui, ground, pointer, &mut touch, view, outbox);
        self.touch_things(ui, ground, &mut touch, view, outbox);
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
        if ground.drag_started_by(PointerButton::Primary) {
            ground.request_focus();
            touch.grip = Some(Grip::Ground);
        } else if ground.drag_started_by(PointerButton::Middle) {
            touch.grip = Some(Grip::Pan);
        }
    }

    fn touch_things(&mut self, ui: &Ui, ground: &Response, touch: &mut Touch, view: &View<'_>, outbox: &mut Outbox) {
        let to_screen = self.camera.screen_from_canvas(ground.rect);
        let seen = self.camera.seen(ground.rect);
        let layout = &view.session.document().layout;
        for (thing, rect) in furniture::things(layout) {
            if !seen.intersects(rect) {
                continue;
            }
            let (handle, name, selection, salt) = match thing {
                Thing::Frame(place) => (
                    furniture::bar_rect(rect),
                    words::spoken_frame(&layout.frames[place].title),
                    Selection { frame: Some(place), ..Selection::default() },
                    ("frame", place),
                ),
                Thing::Note(place) => (
                    rect,
                    words::spoken_note(&layout.comments[place].text),
                    Selection { comment: Some(place), ..Selection::default() },
                    ("note", place),
                ),
            };
            let is_selected = view.session.selection == selection;
            let response = ui.interact(to_screen * handle, ground.id.with(salt), Sense::click_and_drag());
            response.widget_info(|| WidgetInfo::selected(Role::Button, true, is_selected, &name));
            self.widgets.push(response.id);
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
                self.naming = Naming::of_thing(thing, view);
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
        let id = ground.with(("card", step.as_str()));
        let response = ui.interact(to_screen * rect, id, Sense::click_and_drag());
        response.widget_info(|| WidgetInfo::selected(Role::Button, true, is_selected, face.spoken()));
        self.widgets.push(id);
        if response.hovered() {
            touch.card = Some(card);
            outbox.ask(Ask::Hover(step.clone()));
        }
        if response.has_focus() {
            touch.focused = Some(card);
        }
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
        if self.camera.detail() == Detail::Full {
            self.touch_ports(ui, id, card, touch, outbox);
            self.touch_problems(ui, id, card, view, outbox);
        }
    }

    /// The mark of a card's problems: it says them when hovered and leads to their list.
    fn touch_problems(&mut self, ui: &Ui, id: Id, card: usize, view: &View<'_>, outbox: &mut Outbox) {
        let face = &self.scene.faces[card];
        let Some((_, count)) = face.problems else { return };
        let to_screen = self.camera.screen_from_canvas(self.area.unwrap_or(Rect::ZERO));
        let at = card::problems_at(self.scene.shown[card]);
        let mark = ui.interact(
            to_screen * Rect::from_center_size(at, egui::Vec2::splat(22.0)),
            id.with("problems"),
            Sense::click(),
        );
        mark.widget_info(|| WidgetInfo::labeled(Role::Button, true, words::spoken_problems(count, &face.title)));
        self.widgets.push(mark.id);
        self.buttons.push(mark.id);
        if mark.clicked() {
            outbox.ask(Ask::Select(Selection::of_steps(vec![face.id.clone()])));
            outbox.ask(Ask::Show(Tab::Problems));
        }
        mark.on_hover_ui(|ui| {
            let diagnostics = &view.session.judgement().diagnostics;
            let own = |place: &Place| matches!(place, Place::Step(step) if *step == face.id);
            for diagnostic in diagnostics.iter().filter(|diagnostic| own(&diagnostic.place)) {
                let theme = theme::of(ui);
                ui.label(explain::job(theme, &format!("{}  {}", diagnostic.code, diagnostic.message), theme.text));
            }
        });
    }

    fn touch_ports(&mut self, ui: &Ui, id: Id, card: usize, touch: &mut Touch, outbox: &mut Outbox) {
        let area = self.area.unwrap_or(Rect::ZERO);
        let to_screen = self.camera.screen_from_canvas(area);
        let rect = self.scene.shown[card];
        let face = &self.scene.faces[card];
        for (place, (out, label)) in face.outputs.iter().enumerate() {
            let port = ui.interact(
                to_screen * card::output_rect(face, rect, place),
                id.with(("out", place)),
                Sense::click_and_drag(),
            );
            port.widget_info(|| {
                let link = self.scene.links.iter().find(|link| (link.from, link.out) == (card, place));
                let target = link.map(|link| self.scene.faces[link.to].title.as_str());
                WidgetInfo::labeled(Role::Button, true, words::spoken_output(&face.title, label, target))
            });
            self.widgets.push(port.id);
            self.buttons.push(port.id);
            if port.hovered() {
                touch.output = Some((card, place));
                ui.set_cursor_icon(CursorIcon::Crosshair);
            }
            if port.drag_started_by(PointerButton::Primary) {
                touch.grip = Some(Grip::Output(card, place));
            }
            if port.clicked() {
                let at = rect.right_top() + egui::vec2(80.0, 0.0);
                let screen = port.rect.center();
                let (from, out) = (face.id.clone(), out.clone());
                if self.scene.is_linked(card, place) {
                    outbox.ask(Ask::Select(Selection { link: Some((from, out)), ..Selection::default() }));
                } else {
                    self.quick_add = Some(super::QuickAdd::new(screen, at).wired(from, out));
                }
            }
        }
        if card::has_input(face) {
            let at = Rect::from_center_size(self.scene.input(card), egui::Vec2::splat(20.0));
            let port = ui.interact(to_screen * at, id.with("in"), Sense::drag());
            port.widget_info(|| WidgetInfo::labeled(Role::Button, true, words::spoken_input(&face.title)));
            if port.hovered() {
                touch.input = Some(card);
            }
            if port.drag_started_by(PointerButton::Primary) {
                touch.grip = Some(Grip::Input(card));
            }
        }
    }
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
