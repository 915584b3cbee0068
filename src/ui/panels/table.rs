//! A table whose rows are pressed as a whole, drawn only where it is in sight. Knows nothing of what stands in it.

use egui::{
    Align, Label, Layout, Rect, Response, RichText, Role, ScrollArea, Sense, Stroke, Ui, UiBuilder, WidgetInfo, pos2, vec2,
};

use crate::ui::theme::{self, Type};

use super::form::glyph;

/// A column: its title, its least width, and its share of the width that is left.
pub type Column = (&'static str, f32, f32);

/// The height of a row.
pub const HEIGHT: f32 = 32.0;
const GAP: f32 = 8.0;
const PAD: f32 = 8.0;

/// One cell: its text, and an icon before it in a colour.
#[derive(Debug, Clone, Default)]
pub struct Cell {
    /// The icon.
    pub icon: Option<(&'static str, egui::Color32)>,
    /// The text.
    pub text: String,
    /// Whether the text matters less.
    pub weak: bool,
    /// The colour of the text, where it means something.
    pub colour: Option<egui::Color32>,
    /// What is said of it while the pointer is over it.
    pub help: String,
}

impl Cell {
    /// A plain text.
    pub fn text(text: impl Into<String>) -> Self {
        Self { text: text.into(), ..Self::default() }
    }

    /// A text that matters less.
    pub fn weak(text: impl Into<String>) -> Self {
        Self { weak: true, ..Self::text(text) }
    }
}

/// What a table says of one row.
pub struct Row {
    /// Its name in the accessibility tree.
    pub name: String,
    /// Whether it is selected.
    pub selected: bool,
    /// Its cells, one for each column.
    pub cells: Vec<Cell>,
}

/// Paints a table. `tools` paints what stands at a row's right end, in `tools_width`. Gives the row that was pressed.
pub fn show(
    ui: &mut Ui,
    columns: &[Column],
    rows: usize,
    tools_width: f32,
    row: impl Fn(&Ui, usize) -> Row,
    mut tools: impl FnMut(&mut Ui, usize),
) -> Option<usize> {
    let theme = theme::of(ui);
    let least: f32 = columns.iter().map(|column| column.1 + GAP).sum::<f32>() + PAD + tools_width;
    let width = ui.available_width().max(least);
    let places = places(columns, width - tools_width);
    let mut pressed = None;
    ScrollArea::horizontal().id_salt("table").auto_shrink(false).show(ui, |ui| {
        ui.set_min_width(width);
        ui.spacing_mut().item_spacing = vec2(0.0, 0.0);
        let (head, _) = ui.allocate_exact_size(vec2(width, 24.0), Sense::hover());
        for (column, (x, w)) in columns.iter().zip(&places) {
            let text = RichText::new(column.0).font(theme.font(Type::Small)).color(theme.weak);
            cell_at(ui, head, *x, *w, |ui| ui.add(Label::new(text).truncate().selectable(false)));
        }
        ui.painter().hline(head.x_range(), head.bottom(), Stroke::new(1.0, theme.border));
        ScrollArea::vertical().id_salt("rows").auto_shrink(false).show_rows(ui, HEIGHT, rows, |ui, range| {
            for i in range {
                let one = row(ui, i);
                let (rect, response) = ui.allocate_exact_size(vec2(width, HEIGHT), Sense::click());
                response.widget_info(|| WidgetInfo::selected(Role::Row, true, one.selected, &one.name));
                paint_row(ui, rect, &response, one.selected);
                for (cell, (x, w)) in one.cells.iter().zip(&places) {
                    paint_cell(ui, rect, *x, *w, cell);
                }
                let tools_rect = Rect::from_min_max(pos2(rect.right() - tools_width, rect.top()), rect.max);
                let right =
                    UiBuilder::new().id_salt(("tools", i)).max_rect(tools_rect).layout(Layout::right_to_left(Align::Center));
                tools(&mut ui.new_child(right), i);
                if response.clicked() {
                    pressed = Some(i);
                }
            }
        });
    });
    pressed
}

fn places(columns: &[Column], width: f32) -> Vec<(f32, f32)> {
    let fixed: f32 = columns.iter().map(|column| column.1 + GAP).sum();
    let shares: f32 = columns.iter().map(|column| column.2).sum::<f32>().max(1e-3);
    let spare = (width - PAD - fixed).max(0.0);
    let mut x = PAD;
    let mut place = |column: &Column| {
        let w = column.1 + spare * column.2 / shares;
        let at = x;
        x += w + GAP;
        (at, w)
    };
    columns.iter().map(&mut place).collect()
}

fn paint_row(ui: &Ui, rect: Rect, response: &Response, selected: bool) {
    let theme = theme::of(ui);
    let painter = ui.painter();
    if selected {
        painter.rect_filled(rect.shrink2(vec2(0.0, 1.0)), theme::RADIUS, theme.accent_soft);
    } else if response.hovered() {
        painter.rect_filled(rect.shrink2(vec2(0.0, 1.0)), theme::RADIUS, theme.hover);
    }
    if response.has_focus() {
        let stroke = Stroke::new(2.0, theme.focus);
        painter.rect_stroke(rect.shrink(1.0), theme::RADIUS, stroke, egui::StrokeKind::Inside);
    }
}

fn paint_cell(ui: &mut Ui, row: Rect, x: f32, w: f32, cell: &Cell) {
    let theme = theme::of(ui);
    let colour = cell.colour.unwrap_or(if cell.weak { theme.weak } else { theme.text });
    cell_at(ui, row, x, w, |ui| {
        ui.spacing_mut().item_spacing.x = 6.0;
        if let Some((icon, colour)) = cell.icon {
            glyph::paint(ui, icon, Type::Strong, colour);
        }
        let text = RichText::new(&cell.text).font(theme.font(Type::Body)).color(colour);
        let response = ui.add(Label::new(text).truncate().selectable(false));
        if !cell.help.is_empty() {
            response.on_hover_text(&cell.help);
        }
    });
}

fn cell_at<R>(ui: &mut Ui, row: Rect, x: f32, w: f32, add: impl FnOnce(&mut Ui) -> R) -> R {
    let rect = Rect::from_min_size(pos2(row.left() + x, row.top()), vec2(w, row.height()));
    let mut child = ui.new_child(UiBuilder::new().max_rect(rect).layout(Layout::left_to_right(Align::Center)));
    add(&mut child)
}

/// What stands in a panel that has nothing to show: an icon, a title, a sentence.
pub fn empty(ui: &mut Ui, icon: &str, colour: egui::Color32, title: &str, text: &str) {
    let theme = theme::of(ui);
    let room = (ui.available_height() - 110.0).max(16.0);
    ui.vertical_centered(|ui| {
        ui.add_space((room / 2.0).min(72.0));
        ui.spacing_mut().item_spacing.y = 8.0;
        glyph::paint(ui, icon, Type::Display, colour);
        ui.add(Label::new(RichText::new(title).font(theme.font(Type::Title)).color(theme.text)).selectable(false));
        let width = ui.available_width().min(440.0);
        ui.allocate_ui_with_layout(vec2(width, 0.0), Layout::top_down(Align::Center), |ui| {
            ui.set_width(width);
            ui.add(Label::new(RichText::new(text).font(theme.font(Type::Body)).color(theme.weak)).wrap().selectable(false));
        });
    });
}
