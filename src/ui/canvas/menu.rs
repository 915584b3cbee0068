//! The menus that open on a card, an output, a link, a frame, a note or the ground, by pointer or by key. Every gesture
//! has an entry here.

use egui::{Key, Modifiers, Pos2, Rect, RichText, Ui, UiKind, vec2};
use egui_material_icons::MaterialIcon;
use egui_material_icons::icons::{
    ICON_ALIGN_HORIZONTAL_CENTER, ICON_ALIGN_HORIZONTAL_LEFT, ICON_ALIGN_HORIZONTAL_RIGHT, ICON_ALIGN_VERTICAL_BOTTOM,
    ICON_ALIGN_VERTICAL_CENTER, ICON_ALIGN_VERTICAL_TOP, ICON_HORIZONTAL_DISTRIBUTE, ICON_VERTICAL_DISTRIBUTE,
};

use crate::edit::Edit;
use crate::model::{Output, StepId};
use crate::session::Selection;
use crate::ui::command::Command;
use crate::ui::theme;
use crate::ui::words::canvas::{self as words, Sort};
use crate::ui::{Ask, Outbox, Tab, View};

use super::align::Align;
use super::furniture::Thing;
use super::gestures::thing_rect;
use super::overlay::named;
use super::quick_add::QuickAdd;
use super::{Canvas, habits::Habit};

const WIDTH: f32 = 288.0;

/// A menu that is open.
#[derive(Debug, Clone)]
pub struct Menu {
    on: On,
    screen: Pos2,
    at: Pos2,
    frames: u32,
    /// The entry that the keyboard is on.
    chosen: Option<usize>,
    /// How many entries there were in the last frame.
    count: usize,
}

impl Menu {
    /// A menu that opens there, on the screen and on the canvas.
    pub fn new(on: On, screen: Pos2, at: Pos2) -> Self {
        Self { on, screen, at, frames: 0, chosen: None, count: 0 }
    }
}

/// What a menu is for.
#[derive(Debug, Clone)]
pub enum On {
    /// A card.
    Card(StepId),
    /// An output, by card and place.
    Output(usize, usize),
    /// A link, by the output that it leaves.
    Link(StepId, Output),
    /// A frame or a note, which is selected.
    Thing,
    /// Nothing.
    Ground,
}

/// The entries of a menu as they are shown.
pub(super) struct List<'a> {
    pub(super) ui: &'a mut Ui,
    chosen: &'a mut Option<usize>,
    enter: bool,
    next: usize,
}

impl Canvas {
    pub(super) fn open_menu(&mut self, ui: &Ui, screen: Pos2, at: Pos2, on: On) {
        self.menu = Some(Menu::new(on, screen, at));
        ui.request_repaint();
    }

    /// Opens the menu of what is selected, where it is seen, with the keyboard on the first entry.
    pub(super) fn open_menu_of_selection(&mut self, ui: &Ui, area: Rect, view: &View<'_>) {
        let selection = &view.session.selection;
        let to_screen = self.camera.screen_from_canvas(area);
        let thing = selection.frame.map(Thing::Frame).or(selection.comment.map(Thing::Note));
        let link = selection.link.as_ref().and_then(|(from, out)| self.scene.link_at(from, out));
        let (at, on) = if let Some((card, place)) = self.focused_output {
            (Some(self.scene.output(card, place)), On::Output(card, place))
        } else if let Some(step) = selection.steps.last() {
            (self.scene.rect(step).map(|rect| rect.center()), On::Card(step.clone()))
        } else if let (Some((from, out)), Some(line)) = (&selection.link, link) {
            let middle = self.scene.output(line.from, line.out).lerp(self.scene.input(line.to), 0.5);
            (Some(middle), On::Link(from.clone(), out.clone()))
        } else if let Some(thing) = thing {
            (thing_rect(thing, view).map(|rect| rect.min), On::Thing)
        } else {
            (None, On::Ground)
        };
        let screen = at.map_or(area.center(), |at| area.shrink(8.0).clamp(to_screen * at));
        self.open_menu(ui, screen, to_screen.inverse() * screen, on);
        if let Some(menu) = &mut self.menu {
            menu.chosen = Some(0);
        }
    }

    /// Shows the menu while it is open.
    pub(super) fn show_menu(&mut self, ui: &Ui, view: &View<'_>, outbox: &mut Outbox) {
        let Some(mut menu) = self.menu.take() else { return };
        let theme = theme::of(ui);
        let (up, down, enter, escape) = ui.input_mut(|input| {
            let mut pressed = |key| input.consume_key(Modifiers::NONE, key);
            let (up, down) = (pressed(Key::ArrowUp), pressed(Key::ArrowDown));
            (up, down, pressed(Key::Enter), pressed(Key::Escape))
        });
        let last = menu.count.saturating_sub(1);
        if down {
            menu.chosen = Some(menu.chosen.map_or(0, |at| if at >= last { 0 } else { at + 1 }));
        }
        if up {
            menu.chosen = Some(menu.chosen.map_or(last, |at| if at == 0 { last } else { at - 1 }));
        }
        let mut done = false;
        let area = egui::Area::new(egui::Id::unique("canvas menu"))
            .kind(UiKind::Menu)
            .order(egui::Order::Foreground)
            .fixed_pos(menu.screen)
            .constrain_to(ui.content_rect());
        let shown = area.show(ui, |ui| {
            theme.card().inner_margin(6).shadow(theme.floating_shadow()).show(ui, |ui| {
                ui.set_width(WIDTH);
                ui.spacing_mut().item_spacing.y = 1.0;
                let Menu { on, screen, at, .. } = menu.clone();
                let mut list = List { ui, chosen: &mut menu.chosen, enter: enter && menu.frames > 0, next: 0 };
                done = self.entries(&mut list, &on, screen, at, view, outbox);
                menu.count = list.next;
            });
        });
        menu.frames += 1;
        let elsewhere = menu.frames > 1 && shown.response.clicked_elsewhere();
        if done || escape || elsewhere {
            self.focus = true;
        } else {
            self.menu = Some(menu);
        }
    }

    fn entries(
        &mut self,
        list: &mut List<'_>,
        on: &On,
        screen: Pos2,
        at: Pos2,
        view: &View<'_>,
        outbox: &mut Outbox,
    ) -> bool {
        match on {
            On::Card(step) => self.card_entries(list, step, view, outbox),
            On::Output(card, place) => {
                let Some(face) = self.scene.faces.get(*card) else { return true };
                let Some((out, _)) = face.outputs.get(*place) else { return true };
                let (from, out) = (face.id.clone(), out.clone());
                let mut done = false;
                if list.entry(words::menu::CONNECT, "") {
                    let at = self.scene.rects[*card].right_top() + vec2(80.0, 0.0);
                    self.quick_add = Some(QuickAdd::new(screen, at).wired(from.clone(), out.clone()));
                    done = true;
                }
                self.scene.link_at(&from, &out).is_some() && self.link_entries(list, &from, &out, screen, at, outbox) || done
            }
            On::Link(from, out) => self.link_entries(list, from, out, screen, at, outbox),
            On::Thing => self.thing_entries(list, view, outbox),
            On::Ground => self.ground_entries(list, screen, at, view, outbox),
        }
    }

    fn card_entries(&mut self, list: &mut List<'_>, step: &StepId, view: &View<'_>, outbox: &mut Outbox) -> bool {
        let Some(card) = self.scene.place(step) else { return true };
        let face = &self.scene.faces[card];
        let several = view.session.selection.steps.len() > 1;
        let mut done = false;
        if face.problems.is_some() && list.entry(words::SHOW_PROBLEMS, "") {
            outbox.ask(Ask::Show(Tab::Problems));
            done = true;
        }
        if let Some(out) = self.spare_output(step).filter(|_| !several)
            && list.entry(words::menu::CONNECT, "")
        {
            self.connect(step, out);
            done = true;
        }
        if several {
            done |= list.align(outbox);
            list.ui.separator();
        }
        let first: &[Command] = if several { &[] } else { &[Command::Rename, Command::QuickAdd, Command::Outputs] };
        done | list.commands(
            &[
                first,
                &[Command::Cut, Command::Copy, Command::Duplicate],
                &[Command::SelectFollowing, Command::SelectLeading, Command::SelectPath],
                &[Command::AddFrame, Command::Arrange, Command::FitSelection],
                &[Command::CopyPicture, Command::ExportPicture],
                &[Command::Disconnect, Command::Delete, Command::DeleteAndHeal],
            ],
            outbox,
        )
    }

    fn link_entries(
        &mut self,
        list: &mut List<'_>,
        from: &StepId,
        out: &Output,
        screen: Pos2,
        at: Pos2,
        outbox: &mut Outbox,
    ) -> bool {
        let mut done = false;
        if list.entry(words::INSERT_STEP, "") {
            self.open_insert(screen, at, from.clone(), out.clone());
            done = true;
        }
        if list.entry(words::menu::LEAD_ELSEWHERE, "") {
            self.lead_elsewhere(screen, at, from, out);
            done = true;
        }
        list.ui.separator();
        if list.entry(words::menu::GO_TAIL, "") {
            outbox.ask(Ask::GoTo(from.clone()));
            done = true;
        }
        if list.entry(words::menu::GO_HEAD, "") {
            self.go_to_head(from, out, outbox);
            done = true;
        }
        list.ui.separator();
        if list.entry(words::DISCONNECT, &Command::Delete.shortcut_text(list.ui)) {
            outbox.edit(Edit::Disconnect { from: from.clone(), out: out.clone() });
            outbox.ask(Ask::Select(Selection::default()));
            done = true;
        }
        done
    }

    fn thing_entries(&mut self, list: &mut List<'_>, view: &View<'_>, outbox: &mut Outbox) -> bool {
        let mut done = list.commands(&[&[Command::Rename]], outbox);
        if let Some(place) = view.session.selection.comment {
            done |= self.tie_entry(list, place, view, outbox);
        }
        if let Some(place) = view.session.selection.frame {
            if !self.held_by_selected(view).is_empty() && list.entry(words::menu::SELECT_HELD, "") {
                self.select_held(view, outbox);
                done = true;
            }
            done |= self.frame_entries(list, place, view, outbox);
        }
        list.ui.separator();
        done | list.commands(&[&[Command::Delete]], outbox)
    }

    fn ground_entries(&mut self, list: &mut List<'_>, screen: Pos2, at: Pos2, view: &View<'_>, outbox: &mut Outbox) -> bool {
        let mut done = false;
        for sort in [Sort::Entry, Sort::Message, Sort::Question, Sort::Wait] {
            if list.entry(&words::add(sort), "") {
                let at = at - vec2(super::face::WIDTH / 2.0, super::face::PORT_Y);
                self.add_step(sort, at, None, false, view, outbox);
                done = true;
            }
        }
        if list.entry(words::MORE_STEPS, &Command::QuickAdd.shortcut_text(list.ui)) {
            self.open_quick_add(screen, at);
            done = true;
        }
        list.ui.separator();
        done | list.commands(
            &[
                &[Command::AddComment, Command::AddFrame],
                &[Command::Paste, Command::SelectAll, Command::Find],
                &[Command::Arrange, Command::Fit, Command::PlaceBack, Command::PlaceForward],
                &[Command::CopyPicture, Command::ExportPicture, Command::Habit(Habit::Grid)],
            ],
            outbox,
        )
    }
}

impl List<'_> {
    /// One entry with its keys; whether it was chosen.
    pub(super) fn entry(&mut self, label: &str, keys: &str) -> bool {
        let theme = theme::of(self.ui);
        let (here, enters) = self.take_place();
        let width = self.ui.available_width();
        let button = egui::Button::new(label)
            .selected(here)
            .frame_when_inactive(here)
            .shortcut_text(RichText::new(keys).color(theme.weak))
            .min_size(vec2(width, 28.0));
        let button = self.ui.add(button);
        button.clicked() || enters
    }

    /// The ways of bringing cards into line, side by side.
    fn align(&mut self, outbox: &mut Outbox) -> bool {
        let mut done = false;
        let List { ui, chosen, enter, next } = self;
        ui.horizontal(|ui| {
            ui.spacing_mut().item_spacing.x = 2.0;
            let mut row = List { ui, chosen, enter: *enter, next: *next };
            for how in Align::ALL {
                let (here, enters) = row.take_place();
                if align(row.ui, how, here).clicked() || enters {
                    outbox.ask(Ask::Invoke(Command::Align(how)));
                    done = true;
                }
            }
            *next = row.next;
        });
        done
    }

    /// Commands in groups.
    fn commands(&mut self, groups: &[&[Command]], outbox: &mut Outbox) -> bool {
        let mut done = false;
        for (place, group) in groups.iter().filter(|group| !group.is_empty()).enumerate() {
            if place > 0 {
                self.ui.separator();
            }
            for command in *group {
                if self.entry(command.label(), &command.shortcut_text(self.ui)) {
                    outbox.ask(Ask::Invoke(*command));
                    done = true;
                }
            }
        }
        done
    }

    /// Whether the keyboard is on the entry that comes next, and whether it is pressed by it.
    pub(super) fn take_place(&mut self) -> (bool, bool) {
        let here = *self.chosen == Some(self.next);
        self.next += 1;
        (here, here && self.enter)
    }
}

/// A button that brings the selected cards into line.
pub fn align_button(ui: &mut Ui, how: Align) -> egui::Response {
    align(ui, how, false)
}

fn align(ui: &mut Ui, how: Align, here: bool) -> egui::Response {
    let text = RichText::new(align_icon(how).codepoint).font(egui::FontId::new(18.0, super::pen::icon_family()));
    let button = egui::Button::new(text).selected(here).frame_when_inactive(here).min_size(vec2(34.0, 30.0));
    let button = ui.add(button);
    named(button, Command::Align(how), ui)
}

fn align_icon(how: Align) -> MaterialIcon {
    match how {
        Align::Left => ICON_ALIGN_HORIZONTAL_LEFT,
        Align::Centre => ICON_ALIGN_HORIZONTAL_CENTER,
        Align::Right => ICON_ALIGN_HORIZONTAL_RIGHT,
        Align::Top => ICON_ALIGN_VERTICAL_TOP,
        Align::Middle => ICON_ALIGN_VERTICAL_CENTER,
        Align::Bottom => ICON_ALIGN_VERTICAL_BOTTOM,
        Align::Across => ICON_HORIZONTAL_DISTRIBUTE,
        Align::Down => ICON_VERTICAL_DISTRIBUTE,
    }
}
