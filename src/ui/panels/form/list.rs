//! Lists that can be added to, taken from and reordered.

use egui::{Layout, Ui};
use egui_material_icons::icons::{ICON_ADD, ICON_CLOSE, ICON_KEYBOARD_ARROW_DOWN, ICON_KEYBOARD_ARROW_UP};

use crate::ui::words::panels as words;

use super::text::Spec;
use super::{Form, ROW, caption, icon_button, quiet_button};

/// What a list may hold.
#[derive(Debug, Clone, Copy, Default)]
pub struct Bounds {
    /// No fewer than this.
    pub fewest: usize,
    /// No more than this.
    pub most: Option<usize>,
    /// The values decide the order, so that nobody can.
    pub sorted: bool,
}

impl Bounds {
    /// From the first to the second.
    pub fn new(fewest: usize, most: Option<usize>) -> Self {
        Self { fewest, most, sorted: false }
    }
}

enum Change {
    Up(usize),
    Down(usize),
    Remove(usize),
}

impl Form<'_> {
    /// A list of things that are edited by `fields`. `fresh` makes a new one; `fewest` and `most` bound it where they say so.
    pub fn list<T>(
        &mut self,
        ui: &mut Ui,
        one: &str,
        items: &mut Vec<T>,
        bounds: Bounds,
        fresh: impl FnOnce(&[T]) -> T,
        mut fields: impl FnMut(&mut Self, &mut Ui, usize, &mut Vec<T>),
    ) {
        let mut change = None;
        for i in 0..items.len() {
            self.within_named(words::numbered(one, i), |form| {
                ui.horizontal(|ui| {
                    ui.set_min_height(24.0);
                    let theme = crate::ui::theme::of(ui);
                    let text = egui::RichText::new(words::numbered(one, i)).font(theme.font(crate::ui::theme::Type::Small));
                    ui.add(egui::Label::new(text.color(theme.weak)).selectable(false));
                    ui.with_layout(Layout::right_to_left(egui::Align::Center), |ui| {
                        change = order_buttons(ui, one, i, items.len(), bounds).or(change.take());
                    });
                });
                fields(form, ui, i, items);
                ui.add_space(4.0);
            });
        }
        self.list_end(ui, one, items, bounds.most, fresh, change);
    }

    /// A list of texts, one line each.
    pub fn texts(
        &mut self,
        ui: &mut Ui,
        one: &str,
        items: &mut Vec<String>,
        bounds: Bounds,
        each: Option<usize>,
        fresh: impl FnOnce(&[String]) -> String,
    ) {
        caption(ui, words::plural(one), bounds.most.map(|most| (format!("{}/{most}", items.len()), items.len() > most)));
        let line = |form: &mut Self, ui: &mut Ui, i: usize, items: &mut Vec<String>| {
            form.bare_text(ui, &words::numbered(one, i), &mut items[i], Spec { limit: each, ..Spec::default() });
        };
        self.lines_of(ui, one, items, bounds, fresh, line, |_, _, _, _| ());
    }

    /// A list whose things begin with one line of fields, beside which stand the buttons that reorder it; `more` has the
    /// full width below.
    #[allow(clippy::too_many_arguments)]
    pub fn lines_of<T>(
        &mut self,
        ui: &mut Ui,
        one: &str,
        items: &mut Vec<T>,
        bounds: Bounds,
        fresh: impl FnOnce(&[T]) -> T,
        mut line: impl FnMut(&mut Self, &mut Ui, usize, &mut Vec<T>),
        mut more: impl FnMut(&mut Self, &mut Ui, usize, &mut Vec<T>),
    ) {
        let mut change = None;
        for i in 0..items.len() {
            self.within((one, i), |form| {
                ui.horizontal_top(|ui| {
                    let buttons = if bounds.sorted { 1.0 } else { 3.0 };
                    let width = ui.available_width() - buttons * 24.0 - 4.0;
                    ui.spacing_mut().item_spacing.x = 4.0;
                    ui.vertical(|ui| {
                        ui.set_width(width.max(80.0));
                        line(form, ui, i, items);
                    });
                    ui.horizontal(|ui| {
                        ui.set_min_height(ROW);
                        ui.with_layout(Layout::right_to_left(egui::Align::Center), |ui| {
                            change = order_buttons(ui, one, i, items.len(), bounds).or(change.take());
                        });
                    });
                });
                more(form, ui, i, items);
            });
        }
        self.list_end(ui, one, items, bounds.most, fresh, change);
    }

    fn list_end<T>(
        &mut self,
        ui: &mut Ui,
        one: &str,
        items: &mut Vec<T>,
        most: Option<usize>,
        fresh: impl FnOnce(&[T]) -> T,
        change: Option<Change>,
    ) {
        match change {
            Some(Change::Up(i)) if i > 0 => items.swap(i, i - 1),
            Some(Change::Down(i)) if i + 1 < items.len() => items.swap(i, i + 1),
            Some(Change::Remove(i)) if i < items.len() => {
                items.remove(i);
            }
            _ => {
                if most.is_none_or(|most| items.len() < most) && quiet_button(ui, ICON_ADD, &words::add(one)).clicked() {
                    items.push(fresh(items));
                    self.pressed();
                }
                return;
            }
        }
        self.pressed();
    }
}

/// From right to left: remove, down, up.
fn order_buttons(ui: &mut Ui, one: &str, i: usize, len: usize, bounds: Bounds) -> Option<Change> {
    ui.spacing_mut().item_spacing.x = 0.0;
    let mut change = None;
    if icon_button(ui, ICON_CLOSE, &words::remove(one, i), len > bounds.fewest).clicked() {
        change = Some(Change::Remove(i));
    }
    if bounds.sorted {
        return change;
    }
    if icon_button(ui, ICON_KEYBOARD_ARROW_DOWN, &words::move_down(one, i), i + 1 < len).clicked() {
        change = Some(Change::Down(i));
    }
    if icon_button(ui, ICON_KEYBOARD_ARROW_UP, &words::move_up(one, i), i > 0).clicked() {
        change = Some(Change::Up(i));
    }
    change
}
