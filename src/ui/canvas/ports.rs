//! The widgets of a card's ports and of its mark of problems, and those of links: what the pointer and the keyboard find
//! beside the cards themselves.

use egui::{CursorIcon, Id, PointerButton, Rect, Response, Role, Sense, Ui, Vec2, WidgetInfo};

use crate::model::{Output, StepId};
use crate::rules::Place;
use crate::session::Selection;
use crate::ui::panels::explain;
use crate::ui::theme;
use crate::ui::words::canvas as words;
use crate::ui::{Ask, Outbox, Tab, View};

use super::Canvas;
use super::camera::Detail;
use super::card;
use super::gestures::Grip;
use super::menu::On;
use super::quick_add::QuickAdd;
use super::touch::{MANY, Touch, tell_selected};

/// The least that a port is for the pointer, in points of the screen.
const LEAST: f32 = 14.0;

/// The widget of a card.
pub fn card_id(step: &StepId) -> Id {
    super::ground_id().with(("card", step.as_str()))
}

/// The widget of an output.
pub fn output_id(step: &StepId, place: usize) -> Id {
    card_id(step).with(("out", place))
}

impl Canvas {
    /// Every link that is seen, for the keyboard and for screen readers; the pointer finds them by their course.
    pub(super) fn touch_links(
        &mut self,
        ui: &Ui,
        ground: &Response,
        touch: &mut Touch,
        view: &View<'_>,
        outbox: &mut Outbox,
    ) {
        if self.camera.detail() == Detail::Blocks || self.scene.links.len() > MANY {
            return;
        }
        let to_screen = self.camera.screen_from_canvas(ground.rect);
        let seen = self.camera.seen(ground.rect);
        for (place, line) in self.scene.links.iter().enumerate() {
            let course = self.scene.course(place);
            let Some(middle) = course.get(course.len() / 2).filter(|_| seen.intersects(self.scene.reach(place))) else {
                continue;
            };
            let (from, to) = (&self.scene.faces[line.from], &self.scene.faces[line.to]);
            let (out, label) = &from.outputs[line.out];
            let selection = Selection { link: Some((from.id.clone(), out.clone())), ..Selection::default() };
            let is_selected = view.session.selection.link == selection.link;
            // By what it joins, not by its place: others come and go before it.
            let id = ground.id.with(("link", from.id.as_str(), out.to_string()));
            let rect = Rect::from_center_size(to_screen * *middle, Vec2::splat(16.0));
            let response = ui.interact(rect, id, Sense::focusable_noninteractive());
            response.widget_info(|| {
                let by = (*out != Output::Next).then_some(label.as_str());
                WidgetInfo::selected(Role::Button, true, is_selected, words::spoken_link(&from.title, by, &to.title))
            });
            tell_selected(ui, &response, is_selected);
            self.widgets.push(id);
            touch.note_focus(&response);
            if response.gained_focus() && !is_selected {
                outbox.ask(Ask::Select(selection));
            }
        }
    }

    /// The mark of a card's problems: it says them when hovered and leads to their list.
    pub(super) fn touch_problems(
        &mut self,
        ui: &Ui,
        id: Id,
        card: usize,
        touch: &mut Touch,
        view: &View<'_>,
        outbox: &mut Outbox,
    ) {
        let face = &self.scene.faces[card];
        let Some((_, count)) = face.problems else { return };
        let to_screen = self.camera.screen_from_canvas(self.area.unwrap_or(Rect::ZERO));
        let at = card::problems_at(self.scene.shown[card]);
        let mark =
            ui.interact(to_screen * Rect::from_center_size(at, Vec2::splat(22.0)), id.with("problems"), Sense::click());
        mark.widget_info(|| WidgetInfo::labeled(Role::Button, true, words::spoken_problems(count, &face.title)));
        self.widgets.push(mark.id);
        self.buttons.push(mark.id);
        touch.note_focus(&mark);
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

    /// The outputs and the input of a card.
    pub(super) fn touch_ports(&mut self, ui: &Ui, id: Id, card: usize, touch: &mut Touch, outbox: &mut Outbox) {
        let area = self.area.unwrap_or(Rect::ZERO);
        let to_screen = self.camera.screen_from_canvas(area);
        let least = |rect: Rect| Rect::from_center_size(rect.center(), rect.size().max(Vec2::splat(LEAST)));
        let rect = self.scene.shown[card];
        let names_ports = self.camera.detail() < Detail::Full;
        let face = &self.scene.faces[card];
        for (place, (out, label)) in face.outputs.iter().enumerate() {
            let mut port = ui.interact(
                least(to_screen * card::output_rect(face, rect, place)),
                output_id(&face.id, place),
                Sense::click_and_drag(),
            );
            port.widget_info(|| {
                let link = self.scene.link_from(card, place);
                let target = link.map(|link| self.scene.faces[link.to].title.as_str());
                WidgetInfo::labeled(Role::Button, true, words::spoken_output(&face.title, label, target))
            });
            self.widgets.push(port.id);
            self.buttons.push(port.id);
            touch.note_focus(&port);
            if port.has_focus() {
                self.focused_output = Some((card, place));
            }
            if port.hovered() {
                touch.output = Some((card, place));
                ui.set_cursor_icon(CursorIcon::Crosshair);
            }
            if names_ports {
                port = port.on_hover_text(label);
            }
            if port.drag_started_by(PointerButton::Primary) {
                touch.grip = Some(Grip::Output(card, place));
            }
            let link = Selection { link: Some((face.id.clone(), out.clone())), ..Selection::default() };
            if port.secondary_clicked() {
                let screen = port.rect.center();
                if self.scene.is_linked(card, place) {
                    outbox.ask(Ask::Select(link));
                }
                self.menu = Some(super::menu::Menu::new(On::Output(card, place), screen, to_screen.inverse() * screen));
            } else if port.clicked() {
                if self.scene.is_linked(card, place) {
                    outbox.ask(Ask::Select(link));
                } else {
                    let at = rect.right_top() + egui::vec2(80.0, 0.0);
                    self.quick_add = Some(QuickAdd::new(port.rect.center(), at).wired(face.id.clone(), out.clone()));
                }
            }
        }
        if card::has_input(face) {
            let at = Rect::from_center_size(self.scene.input(card), Vec2::splat(20.0));
            let port = ui.interact(least(to_screen * at), id.with("in"), Sense::drag());
            port.widget_info(|| WidgetInfo::labeled(Role::Button, true, words::spoken_input(&face.title)));
            self.widgets.push(port.id);
            touch.note_focus(&port);
            if port.hovered() {
                touch.input = Some(card);
                ui.set_cursor_icon(CursorIcon::Crosshair);
            }
            if port.drag_started_by(PointerButton::Primary) {
                touch.grip = Some(Grip::Input(card));
            }
        }
    }
}
