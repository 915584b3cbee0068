//! A month to pick a day from, under the field of a date.

use chrono::{Datelike, Days, Months, NaiveDate};
use egui::{
    Align, Align2, Label, Layout, Popup, PopupCloseBehavior, RichText, Role, Sense, Stroke, StrokeKind, Ui, WidgetInfo, vec2,
};
use egui_material_icons::icons::{ICON_CALENDAR_MONTH, ICON_CHEVRON_LEFT, ICON_CHEVRON_RIGHT};

use crate::model::{Day, LocalTime};
use crate::ui::theme::{self, Type};
use crate::ui::words::panels as words;

use super::{Form, choose, glyph, icon_button};

const CELL: egui::Vec2 = vec2(32.0, 28.0);

impl Form<'_> {
    /// The day of the week, which opens the calendar.
    pub fn calendar(&mut self, ui: &mut Ui, name: &str, value: &mut LocalTime) {
        let theme = theme::of(ui);
        let atoms = glyph::atoms(theme, ICON_CALENDAR_MONTH.codepoint, words::weekday(*value), Type::Small, theme.weak);
        let button = ui
            .scope(|ui| {
                ui.spacing_mut().button_padding = vec2(4.0, 2.0);
                ui.spacing_mut().interact_size.y = 20.0;
                ui.add(egui::Button::new(atoms).gap(4.0).frame_when_inactive(false))
            })
            .inner
            .accessible_name(words::calendar_of(name));
        let key = self.id(name).with("month");
        let date = value.0.date();
        let first = |date: NaiveDate| date.with_day(1).unwrap_or(date);
        let opened = button.clicked();
        let popup = Popup::from_toggle_button_response(&button)
            .close_behavior(PopupCloseBehavior::CloseOnClickOutside)
            .gap(4.0)
            .show(|ui| {
                let kept = ui.data(|data| data.get_temp(key)).filter(|_| !opened);
                let mut month: NaiveDate = kept.unwrap_or(first(date));
                let picked = month_ui(ui, &mut month, date);
                ui.data_mut(|data| data.insert_temp(key, first(month)));
                if picked.is_some() {
                    ui.close();
                }
                picked
            });
        if let Some(picked) = popup.and_then(|popup| popup.inner).filter(|picked| *picked != date) {
            value.0 = picked.and_time(value.0.time());
            self.pressed();
        }
    }
}

/// One month; gives the day that was pressed.
fn month_ui(ui: &mut Ui, month: &mut NaiveDate, chosen: NaiveDate) -> Option<NaiveDate> {
    let theme = theme::of(ui);
    ui.set_width(CELL.x * 7.0);
    ui.spacing_mut().item_spacing = vec2(0.0, 2.0);
    ui.horizontal(|ui| {
        let title = RichText::new(words::month(*month)).font(theme.font(Type::Strong)).color(theme.text);
        ui.add_space(6.0);
        ui.add(Label::new(title).selectable(false));
        ui.with_layout(Layout::right_to_left(Align::Center), |ui| {
            if icon_button(ui, ICON_CHEVRON_RIGHT, words::NEXT_MONTH, true).clicked() {
                *month = month.checked_add_months(Months::new(1)).unwrap_or(*month);
            }
            if icon_button(ui, ICON_CHEVRON_LEFT, words::PREVIOUS_MONTH, true).clicked() {
                *month = month.checked_sub_months(Months::new(1)).unwrap_or(*month);
            }
        });
    });
    ui.horizontal(|ui| {
        for day in Day::ALL {
            let (rect, _) = ui.allocate_exact_size(vec2(CELL.x, 20.0), Sense::hover());
            let font = theme.font(Type::Small);
            ui.painter().text(rect.center(), Align2::CENTER_CENTER, words::day_letter(day), font, theme.weak);
        }
    });
    let before = u64::from(month.weekday().num_days_from_monday());
    let monday = month.checked_sub_days(Days::new(before)).unwrap_or(*month);
    let mut picked = None;
    // Six weeks, so that the calendar is of one height whatever the month.
    for week in 0..6 {
        ui.horizontal(|ui| {
            for day in 0..7 {
                let Some(date) = monday.checked_add_days(Days::new(week * 7 + day)) else { continue };
                if day_ui(ui, date, date == chosen, date.month() == month.month()) {
                    picked = Some(date);
                }
            }
        });
    }
    picked
}

fn day_ui(ui: &mut Ui, date: NaiveDate, chosen: bool, within: bool) -> bool {
    let theme = theme::of(ui);
    let (rect, response) = ui.allocate_exact_size(CELL, Sense::click());
    response.widget_info(|| WidgetInfo::selected(Role::Button, true, chosen, date.to_string()));
    let face = rect.shrink(1.0);
    let ink = match (chosen, within) {
        (true, _) => theme.on_accent,
        (false, true) => theme.text,
        (false, false) => theme.weak,
    };
    if chosen {
        ui.painter().rect_filled(face, theme::RADIUS, theme.accent);
    } else if response.hovered() {
        ui.painter().rect(face, theme::RADIUS, theme.hover, Stroke::new(1.0, theme.border), StrokeKind::Inside);
    }
    let font = theme.font(if within { Type::Body } else { Type::Small });
    ui.painter().text(rect.center(), Align2::CENTER_CENTER, date.day().to_string(), font, ink);
    choose::focus_ring(ui, &response);
    response.clicked()
}
