//! The canvas: the funnel as cards and links, with its own camera and painter. It reads the session and posts edits;
//! what it keeps for itself is where one looks and what the pointer is doing.

mod adding;
mod align;
mod camera;
mod card;
mod commands;
mod dots;
mod face;
mod find;
mod fold;
mod frames;
mod furniture;
mod gestures;
mod habits;
mod link;
mod menu;
mod minimap;
mod naming;
mod new_step;
mod notes;
mod overlay;
mod paint;
mod pen;
mod ports;
mod quick_add;
mod routes;
mod scene;
mod snap;
mod still;
mod touch;
mod travel;
mod walk;
mod wired;
mod wires;

use egui::{Id, Pos2, Rect, Response, Role, Sense, Ui, WidgetInfo};

use crate::model::StepId;

use super::command::Command;
use super::theme;
use super::words::canvas as words;
use super::{Outbox, View};

use dots::Dots;
use find::Find;
use fold::Fold;
use gestures::Drag;
use menu::Menu;
use minimap::Map;
use naming::Naming;
use quick_add::QuickAdd;
use scene::Scene;
use travel::Travel;
use wires::WireEnd;

pub use align::Align;
pub use camera::Camera;
pub use face::{card_size, kind_icon};
pub use habits::{Habit, Habits};
pub use menu::align_button;
pub use quick_add::sort_icon;
pub use still::Still;
pub use words::Sort;

/// The canvas's own state.
#[derive(Debug, Default)]
pub struct Canvas {
    camera: Camera,
    /// Whether the camera has been put before the funnel.
    begun: bool,
    /// What the person has set about the canvas.
    pub habits: Habits,
    /// Whether something lies over the window that has the keyboard for itself.
    pub covered: bool,
    scene: Scene,
    dots: Dots,
    travel: Travel,
    drag: Option<Drag>,
    /// Where the link that is being drawn would end.
    wire_end: Option<WireEnd>,
    /// Lines to what is flush with what is being moved.
    guides: Vec<[Pos2; 2]>,
    /// Whether a drag has been away from the edge of the view, so that the edge may move the view.
    edge_armed: bool,
    /// How often an arrow key was pressed to move something.
    nudges: u64,
    find: Option<Find>,
    quick_add: Option<QuickAdd>,
    naming: Option<Naming>,
    map: Map,
    menu: Option<Menu>,
    /// What is to be done at the beginning of the next frame.
    commands: Vec<Command>,
    adding: Option<Sort>,
    /// Whether everything is to be shown once the cards lie where they were arranged.
    fit_soon: bool,
    /// Whether cards glide to where the edits of this frame put them.
    glide_soon: bool,
    /// A step to bring into view.
    wanted: Option<StepId>,
    /// What was folded away in the last frame.
    folded: Fold,
    /// The step that was selected last, which a note may be tied to.
    last_step: Option<StepId>,
    /// The card that a note would be tied to, were it let go.
    tie: Option<usize>,
    /// A place to bring into view, once what is there has been added.
    reveal_soon: Option<Rect>,
    /// Where the pointer last was, on the canvas.
    pointer: Option<Pos2>,
    /// Where the canvas lies in the window.
    area: Option<Rect>,
    /// The widgets of the last frame, for telling whether the keyboard is with the canvas.
    widgets: Vec<Id>,
    /// Those of them that Enter presses: outputs and marks of problems.
    buttons: Vec<Id>,
    /// The output that the keyboard is on, by card and place.
    focused_output: Option<(usize, usize)>,
    /// Whether the keyboard is to be with the canvas from now on.
    focus: bool,
    /// Whether it is a picture, without what helps only those who work on it.
    still: bool,
}

/// The canvas's own widget.
fn ground_id() -> Id {
    Id::unique("canvas")
}

impl Canvas {
    /// Paints it.
    pub fn ui(&mut self, ui: &mut Ui, view: &View<'_>, outbox: &mut Outbox) {
        let area = ui.available_rect_before_wrap();
        ui.set_clip_rect(area.intersect(ui.clip_rect()));
        let ground = ui.interact(area, ground_id(), Sense::click_and_drag());
        ground.widget_info(|| WidgetInfo::labeled(Role::Canvas, true, words::CANVAS));
        ui.advance_cursor_after_rect(area);
        self.area = Some(area);
        self.scene.renew(view.session);
        self.travel_on(ui);
        let behind = self.open_what_is_wanted(ui, view, outbox);
        self.look(ui, &ground);
        self.wanted = behind.or(self.wanted.take());
        self.carry_out_commands(ui, view, outbox);
        let touch = self.touch(ui, &ground, view, outbox);
        self.gestures(ui, &ground, &touch, view, outbox);
        self.dots.renew(area, self.camera, theme::of(ui));
        self.paint(ui, area, &touch, view);
        self.overlays(ui, area, view, outbox);
        self.find_bar(ui, area, view, outbox);
        self.show_menu(ui, view, outbox);
        self.name_things(ui, area, view, outbox);
        self.choose_step(ui, area, view, outbox);
        self.hold_focus(ui, &ground);
        if std::mem::take(&mut self.glide_soon) {
            self.glide(ui);
        }
    }

    /// Where one looks from, to be remembered; `None` before the funnel was first shown.
    pub fn camera(&self) -> Option<Camera> {
        self.begun.then_some(self.camera)
    }

    /// Looks from there, as when the funnel was last open.
    pub fn look_from(&mut self, camera: Camera) {
        self.camera = camera;
        self.begun = true;
    }

    /// Does this at the next frame.
    pub fn invoke(&mut self, command: Command) {
        self.commands.push(command);
    }

    /// Adds a step of this sort: after the selected one where it has an output to spare, else in the middle of the view.
    pub fn add(&mut self, sort: Sort) {
        self.adding = Some(sort);
    }

    /// Brings a step into view and takes the keyboard.
    pub fn go_to(&mut self, step: StepId) {
        self.wanted = Some(step);
        self.focus = true;
    }

    /// Where something pasted goes: at the pointer, else in the middle of the view.
    pub fn paste_spot(&self) -> crate::model::Point {
        let area = self.area.unwrap_or(Rect::ZERO);
        let at = scene::snapped(self.pointer.unwrap_or_else(|| self.camera.seen(area).center()));
        crate::model::Point { x: at.x, y: at.y }
    }

    /// Whether keys that nothing else claims are for the canvas.
    pub fn listens(&self, ctx: &egui::Context) -> bool {
        if self.covered || self.naming.is_some() || self.quick_add.is_some() || self.menu.is_some() {
            return false;
        }
        match ctx.memory(|memory| memory.focused()) {
            Some(id) => id == ground_id() || self.widgets.contains(&id),
            None => {
                let pointer = ctx.input(|input| input.pointer.hover_pos());
                // Escape in the field of the search has just taken the keyboard from it.
                self.find.is_some() || self.area.is_none_or(|area| pointer.is_none_or(|at| area.contains(at)))
            }
        }
    }

    /// Whether the canvas itself has the keyboard, so that Tab is its own.
    pub fn has_focus(&self, ctx: &egui::Context) -> bool {
        ctx.memory(|memory| memory.focused()) == Some(ground_id())
    }

    /// Whether the keyboard is on something of the canvas that Enter presses.
    pub fn has_focus_on_button(&self, ctx: &egui::Context) -> bool {
        ctx.memory(|memory| memory.focused()).is_some_and(|id| self.buttons.contains(&id))
    }

    fn hold_focus(&mut self, ui: &Ui, ground: &Response) {
        if std::mem::take(&mut self.focus) {
            ground.request_focus();
        }
        if ground.has_focus() {
            let keys = egui::EventFilter { tab: true, horizontal_arrows: true, vertical_arrows: true, escape: true };
            ui.memory_mut(|memory| memory.set_focus_lock_filter(ground.id, keys));
        }
    }
}
