//! Controls that are pressed: choices, segments, switches, buttons.

use egui::{
    Align2, Button, ComboBox, CursorIcon, Label, Response, RichText, Role, Sense, Stroke, StrokeKind, Ui, WidgetInfo, vec2,
};
use egui_material_icons::MaterialIcon;
use egui_material_icons::icons::ICON_UNFOLD_MORE;

use crate::ui::theme::{self, Type};

use super::{Form, ROW, glyph, row};

impl Form<'_> {
    /// One of a few, in a list that opens. Gives the former value where it changed.
    pub fn choice<T: PartialEq + Copy>(&mut self, ui: &mut Ui, name: &str, value: &mut T, all: &[(T, &str)]) -> Option<T> {
        row(ui, name, |ui, label| self.bare_choice(ui, name, value, all, Some(label)))
    }

    /// One of a few without a label beside it.
    pub fn bare_choice<T: PartialEq + Copy>(
        &mut self,
        ui: &mut Ui,
        name: &str,
        value: &mut T,
        all: &[(T, &str)],
        label: Option<egui::Id>,
    ) -> Option<T> {
        let shown = all.iter().find(|(one, _)| one == value).map_or("", |(_, text)| *text);
        let before = *value;
        let width = ui.available_width();
        let open = ComboBox::from_id_salt(self.id(name))
            .width(width)
            .truncate()
            .icon(arrows)
            .height(ROW * 11.0)
            .selected_text(shown)
            .show_ui(ui, |ui| {
                for (one, text) in all {
                    if ui.selectable_label(*one == before, *text).clicked() {
                        *value = *one;
                    }
                }
            });
        match label {
            Some(label) => self.named(open.response, name, label),
            None => open.response.accessible_name(name),
        };
        (*value != before).then(|| {
            self.pressed();
            before
        })
    }

    /// One of two or three, all of them in sight.
    pub fn segments<T: PartialEq + Copy>(
        &mut self,
        ui: &mut Ui,
        name: &str,
        value: &mut T,
        all: &[(T, &str, &str)],
    ) -> Option<T> {
        let before = *value;
        let theme = theme::of(ui);
        let (rect, group) = ui.allocate_exact_size(vec2(ui.available_width(), ROW), Sense::hover());
        group.widget_info(|| WidgetInfo::labeled(Role::RadioGroup, true, name));
        ui.painter().rect(rect, theme::RADIUS, theme.sunken, Stroke::new(1.0, theme.border), StrokeKind::Inside);
        let width = rect.width() / all.len().max(1) as f32;
        for (i, (one, text, help)) in all.iter().enumerate() {
            let on = *one == before;
            let cell = egui::Rect::from_min_size(rect.min + vec2(width * i as f32, 0.0), vec2(width, ROW)).shrink(2.0);
            let response = ui.interact(cell, self.id(name).with(i), Sense::click());
            response.widget_info(|| WidgetInfo::selected(Role::RadioButton, true, on, *text));
            let painter = ui.painter().with_clip_rect(cell.intersect(ui.clip_rect()));
            if on {
                painter.rect(cell, theme::RADIUS - 2, theme.raised, Stroke::new(1.0, theme.border), StrokeKind::Inside);
            } else if response.hovered() {
                painter.rect_filled(cell, theme::RADIUS - 2, theme.hover);
            }
            let (font, ink) = if on { (Type::Strong, theme.text) } else { (Type::Body, theme.weak) };
            painter.text(cell.center(), Align2::CENTER_CENTER, text, theme.font(font), ink);
            focus_ring(ui, &response);
            let response = response.on_hover_cursor(CursorIcon::PointingHand);
            let response = if help.is_empty() { response } else { response.on_hover_text(*help) };
            if response.clicked() && !on {
                *value = *one;
                self.pressed();
            }
        }
        (*value != before).then_some(before)
    }

    /// On or off, with its words beside it.
    pub fn switch(&mut self, ui: &mut Ui, name: &str, value: &mut bool) -> bool {
        ui.horizontal(|ui| {
            let changed = self.bare_switch(ui, name, value);
            let theme = theme::of(ui);
            let text = RichText::new(name).font(theme.font(Type::Body)).color(theme.text);
            let label = ui.add(Label::new(text).wrap().selectable(false).sense(Sense::CLICK));
            if label.clicked() && !changed {
                *value = !*value;
                self.pressed();
            }
            changed || label.clicked()
        })
        .inner
    }

    /// On or off, named for the accessibility tree only.
    pub fn bare_switch(&mut self, ui: &mut Ui, name: &str, value: &mut bool) -> bool {
        let theme = theme::of(ui);
        let (rect, response) = ui.allocate_exact_size(vec2(32.0, 20.0), Sense::click());
        let clicked = response.clicked();
        if clicked {
            *value = !*value;
            self.pressed();
        }
        let on = *value;
        response.widget_info(|| WidgetInfo::selected(Role::Switch, true, on, name));
        let at = ui.ctx().animate_bool(response.id, on);
        let track = egui::Rect::from_center_size(rect.center(), vec2(32.0, 18.0));
        let (fill, line) = if on { (theme.accent, theme.accent) } else { (theme.sunken, theme.border_strong) };
        ui.painter().rect(track, 9, fill, Stroke::new(1.0, line), StrokeKind::Inside);
        let knob = egui::pos2(egui::lerp(track.left() + 9.0..=track.right() - 9.0, at), track.center().y);
        ui.painter().circle_filled(knob, 6.0, if on { theme.on_accent } else { theme.border_strong });
        focus_ring(ui, &response);
        response.on_hover_cursor(CursorIcon::PointingHand);
        clicked
    }
}

/// What tells that a list opens; the same as on the lists with a search.
fn arrows(ui: &Ui, rect: egui::Rect, _: &egui::style::WidgetVisuals, _: bool) {
    let theme = theme::of(ui);
    let font = glyph::font(theme, Type::Body);
    glyph::at(ui, rect.center(), ICON_UNFOLD_MORE.codepoint, font, theme.weak);
}

/// The ring around what the keyboard is on, for what is painted by hand.
pub fn focus_ring(ui: &Ui, response: &Response) {
    if response.has_focus() {
        let theme = theme::of(ui);
        let stroke = Stroke::new(2.0, theme.focus);
        ui.painter().rect_stroke(response.rect.expand(1.0), theme::RADIUS, stroke, StrokeKind::Outside);
    }
}

/// A small button that is an icon, named by words.
pub fn icon_button(ui: &mut Ui, icon: MaterialIcon, name: &str, enabled: bool) -> Response {
    let theme = theme::of(ui);
    let sense = if enabled { Sense::click() } else { Sense::hover() };
    let (rect, response) = ui.allocate_exact_size(vec2(24.0, 24.0), sense);
    response.widget_info(|| WidgetInfo::labeled(Role::Button, enabled, name));
    let ink = match (enabled, response.hovered()) {
        (false, _) => theme.border,
        (true, true) => theme.text,
        (true, false) => theme.weak,
    };
    if enabled && response.hovered() {
        ui.painter().rect_filled(rect, theme::RADIUS, theme.hover);
    }
    glyph::at(ui, rect.center(), icon.codepoint, glyph::font(theme, Type::Strong), ink);
    focus_ring(ui, &response);
    if enabled { response.on_hover_text(name).on_hover_cursor(CursorIcon::PointingHand) } else { response }
}

/// A button with an icon and words, without a frame until the pointer is over it.
pub fn quiet_button(ui: &mut Ui, icon: MaterialIcon, text: &str) -> Response {
    let theme = theme::of(ui);
    let words = glyph::atoms(theme, icon.codepoint, text, Type::Body, theme.accent);
    ui.scope(|ui| {
        // Narrow, so that the words stand nearly where those of the fields do.
        ui.spacing_mut().button_padding.x = 4.0;
        ui.add(Button::new(words).gap(6.0).frame_when_inactive(false).truncate()).accessible_name(text)
    })
    .inner
}

/// As [`quiet_button`], with words that go on in a second line where they are long.
pub fn long_button(ui: &mut Ui, icon: MaterialIcon, text: &str) -> Response {
    let theme = theme::of(ui);
    let words = glyph::atoms(theme, icon.codepoint, text, Type::Body, theme.accent);
    ui.scope(|ui| {
        ui.spacing_mut().button_padding.x = 4.0;
        ui.add(Button::new(words).gap(6.0).frame_when_inactive(false).wrap()).accessible_name(text)
    })
    .inner
}

/// A button with an icon and words, framed.
pub fn wide_button(ui: &mut Ui, icon: MaterialIcon, text: &str) -> Response {
    let theme = theme::of(ui);
    let words = glyph::atoms(theme, icon.codepoint, text, Type::Body, theme.text);
    ui.add(Button::new(words).gap(6.0).truncate()).accessible_name(text)
}

/// Words that lead somewhere.
pub fn link_button(ui: &mut Ui, text: &str, name: &str) -> Response {
    let theme = theme::of(ui);
    let text = RichText::new(text).font(theme.font(Type::Body)).color(theme.accent);
    let label = Label::new(text).truncate().selectable(false).sense(Sense::click());
    let response = ui.add(label).on_hover_cursor(CursorIcon::PointingHand);
    response.widget_info(|| WidgetInfo::labeled(Role::Link, true, name));
    focus_ring(ui, &response);
    response
}
