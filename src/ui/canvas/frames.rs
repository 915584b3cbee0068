//! Collapsing, opening and colouring frames, and what keeps the selection sane while they hide cards. What is hidden is
//! worked out elsewhere.

use egui::{Rect, RichText, Role, Sense, Ui, WidgetInfo, vec2};

use crate::edit::Edit;
use crate::model::{Colour, Frame, StepId};
use crate::session::Selection;
use crate::ui::theme;
use crate::ui::words::canvas::{self as words, label, menu};
use crate::ui::{Ask, Outbox, View};

use super::Canvas;
use super::camera::Detail;
use super::furniture::{self, Thing};
use super::menu::List;
use super::touch::Touch;

impl Canvas {
    /// Opens frames that hide the one step that was selected elsewhere, and gives the step to bring into view where it has
    /// to wait for that. Drops from the selection what a frame has come to hide.
    pub(super) fn open_what_is_wanted(&mut self, ui: &Ui, view: &View<'_>, outbox: &mut Outbox) -> Option<StepId> {
        let selection = &view.session.selection;
        if let Some(step) = selection.steps.last()
            && self.last_step.as_ref() != Some(step)
        {
            self.last_step = Some(step.clone());
        }
        if self.scene.fold.is_empty() {
            self.folded = super::Fold::default();
            return None;
        }
        let has_changed = self.folded != self.scene.fold;
        if has_changed {
            self.folded = self.scene.fold.clone();
        }
        let hides = |step: &StepId| self.scene.place(step).is_some_and(|card| self.scene.fold.hides(card));
        let behind = self.wanted.clone().filter(hides);
        let to_open = match selection.steps.as_slice() {
            [step] if !has_changed && hides(step) => Some(step),
            _ => behind.as_ref(),
        };
        let seen = self.seen_of(selection);
        if let Some(step) = to_open {
            self.open_for(step, view, outbox);
            ui.request_repaint();
        } else if seen != *selection {
            outbox.ask(Ask::Select(seen));
            ui.request_repaint();
        }
        if behind.is_some() {
            self.wanted = None;
        }
        behind
    }

    /// What is selected, without what frames hide.
    fn seen_of(&self, selection: &Selection) -> Selection {
        let scene = &self.scene;
        let is_seen = |step: &StepId| scene.place(step).is_none_or(|card| !scene.fold.hides(card));
        let mut seen = selection.clone();
        seen.steps.retain(|step| is_seen(step));
        seen.frame.take_if(|place| scene.fold.hides_thing(Thing::Frame(*place)));
        seen.comment.take_if(|place| scene.fold.hides_thing(Thing::Note(*place)));
        // A link that begins in a frame is seen where it leads out of it, and so is one that leads in.
        seen.link.take_if(|(from, out)| scene.link_at(from, out).is_some_and(|line| !scene.shows(line)));
        seen
    }

    /// Opens all frames that hide a step.
    fn open_for(&self, step: &StepId, view: &View<'_>, outbox: &mut Outbox) {
        let Some(rect) = self.scene.rect(step) else { return };
        let frames = view.session.document().layout.frames.iter().enumerate();
        let around = frames.filter(|(_, frame)| frame.collapsed && furniture::frame_rect(frame).contains_rect(rect));
        let edits: Vec<Edit> = around.map(|(place, frame)| set_collapsed(place, frame, false)).collect();
        if !edits.is_empty() {
            outbox.edit(Edit::Together { label: label::OPEN.to_owned(), edits });
        }
    }

    /// Collapses or opens the frame that is meant.
    pub(super) fn fold_frame(&mut self, view: &View<'_>, outbox: &mut Outbox) {
        match self.frame_meant(view) {
            Some(place) => self.fold_away(place, !view.session.document().layout.frames[place].collapsed, view, outbox),
            None => outbox.ask(Ask::Say(words::NO_FRAME.to_owned())),
        }
    }

    /// Collapses or opens a frame, and selects it.
    pub(super) fn fold_away(&mut self, place: usize, collapsed: bool, view: &View<'_>, outbox: &mut Outbox) {
        let Some(frame) = view.session.document().layout.frames.get(place) else { return };
        if frame.collapsed != collapsed {
            let label = if collapsed { label::COLLAPSE } else { label::OPEN }.to_owned();
            outbox.edit(Edit::Together { label, edits: vec![set_collapsed(place, frame, collapsed)] });
            outbox.ask(Ask::Select(Selection { frame: Some(place), ..Selection::default() }));
        }
    }

    /// Gives the frame that is meant the next colour; after the last it has none.
    pub(super) fn next_colour(&self, view: &View<'_>, outbox: &mut Outbox) {
        let Some(place) = self.frame_meant(view) else {
            outbox.ask(Ask::Say(words::NO_FRAME.to_owned()));
            return;
        };
        let now = view.session.document().layout.frames[place].colour;
        let next = now.map_or(0, |now| now as usize + 1);
        let colour = Colour::ALL.get(next).copied();
        paint(place, colour, view, outbox);
        outbox.ask(Ask::Announce(colour.map_or(menu::NO_COLOUR, words::colour).to_owned()));
    }

    /// The selected frame, or the smallest that holds all selected steps.
    fn frame_meant(&self, view: &View<'_>) -> Option<usize> {
        let selection = &view.session.selection;
        if selection.frame.is_some() {
            return selection.frame;
        }
        let rect = self.selected_rect(view)?;
        let frames = self.scene.layout().frames.iter().map(|frame| furniture::frame_rect(frame)).enumerate();
        let around = frames.filter(|(_, frame)| frame.contains_rect(rect));
        around.min_by(|a, b| a.1.area().total_cmp(&b.1.area())).map(|(place, _)| place)
    }

    /// The entries of a frame's menu.
    pub(super) fn frame_entries(&mut self, list: &mut List<'_>, place: usize, view: &View<'_>, outbox: &mut Outbox) -> bool {
        let Some(frame) = view.session.document().layout.frames.get(place) else { return true };
        let mut done = false;
        let fold = super::Command::CollapseFrame.shortcut_text(list.ui);
        if list.entry(if frame.collapsed { menu::OPEN } else { menu::COLLAPSE }, &fold) {
            self.fold_away(place, !frame.collapsed, view, outbox);
            done = true;
        }
        list.ui.separator();
        for colour in std::iter::once(None).chain(Colour::ALL.map(Some)) {
            if list.swatch(colour, frame.colour == colour) {
                paint(place, colour, view, outbox);
                done = true;
            }
        }
        done
    }

    /// The button of a frame that collapses or opens it.
    pub(super) fn touch_fold(
        &mut self,
        ui: &Ui,
        place: usize,
        rect: Rect,
        touch: &mut Touch,
        view: &View<'_>,
        outbox: &mut Outbox,
    ) {
        let frame = &view.session.document().layout.frames[place];
        let detail = self.camera.detail();
        if detail == Detail::Blocks || (detail == Detail::Titles && !frame.collapsed) {
            return;
        }
        let to_screen = self.camera.screen_from_canvas(self.area.unwrap_or(Rect::ZERO));
        let at = to_screen * furniture::fold_rect(frame, rect);
        let button = ui.interact(at, super::ground_id().with(("fold", place)), Sense::click());
        let name = words::spoken_fold(&frame.title, frame.collapsed);
        button.widget_info(|| WidgetInfo::labeled(Role::Button, true, &name));
        self.widgets.push(button.id);
        self.buttons.push(button.id);
        touch.note_focus(&button);
        if button.hovered() {
            touch.thing = Some(Thing::Frame(place));
            ui.set_cursor_icon(egui::CursorIcon::PointingHand);
        }
        if button.clicked() {
            self.fold_away(place, !frame.collapsed, view, outbox);
        }
        button.on_hover_text(name);
    }

    /// A frame's name in the accessibility tree.
    pub(super) fn spoken_frame(&self, ui: &Ui, place: usize) -> String {
        let title = &self.scene.layout().frames[place].title;
        let Some(block) = self.scene.fold.block(place) else { return words::spoken_frame(title) };
        let summary = block.summary(&self.scene.faces);
        let worst = summary.worst.map(|judged| theme::of(ui).judged(judged).word);
        let pending = Some(summary.pending.as_str()).filter(|pending| !pending.is_empty());
        words::spoken_block(title, summary.steps, worst.or(pending))
    }
}

impl List<'_> {
    /// An entry with a colour; whether it was chosen.
    fn swatch(&mut self, colour: Option<Colour>, is_on: bool) -> bool {
        let (here, enters) = self.take_place();
        let theme = theme::of(self.ui);
        let word = colour.map_or(menu::NO_COLOUR, words::colour);
        let width = self.ui.available_width();
        // Room for the spot of colour before the word, and a mark behind the one that is chosen.
        let mark = if is_on { egui_material_icons::icons::ICON_CHECK.codepoint } else { "" };
        let mark = RichText::new(mark).font(egui::FontId::new(15.0, super::pen::icon_family())).color(theme.text);
        let button = egui::Button::new(format!("        {word}"))
            .selected(here)
            .frame_when_inactive(here)
            .right_text(mark)
            .min_size(vec2(width, 26.0));
        let button = self.ui.add(button);
        button.widget_info(|| WidgetInfo::selected(Role::Button, true, is_on, word));
        let (fill, line) = colour.map_or((theme.raised, theme.border_strong), |colour| {
            let tint = theme.tint(colour);
            (tint.ground, tint.ink)
        });
        let at = button.rect.left_center() + vec2(20.0, 0.0);
        self.ui.painter().circle(at, 7.0, fill, egui::Stroke::new(2.0, line));
        button.clicked() || enters
    }
}

fn set_collapsed(place: usize, frame: &Frame, collapsed: bool) -> Edit {
    Edit::ReplaceFrame(place, Frame { collapsed, ..frame.clone() })
}

/// Gives a frame a colour.
fn paint(place: usize, colour: Option<Colour>, view: &View<'_>, outbox: &mut Outbox) {
    let Some(frame) = view.session.document().layout.frames.get(place) else { return };
    if frame.colour != colour {
        let edits = vec![Edit::ReplaceFrame(place, Frame { colour, ..Frame::clone(frame) })];
        outbox.edit(Edit::Together { label: label::COLOUR.to_owned(), edits });
    }
}

/// Says in the accessibility tree whether a frame is open, and its colour.
pub fn tell_frame(ui: &Ui, response: &egui::Response, frame: &Frame) {
    ui.ctx().accesskit_node_builder(response.id, |node| {
        node.set_expanded(!frame.collapsed);
        if let Some(colour) = frame.colour {
            node.set_description(words::colour(colour));
        }
    });
}
