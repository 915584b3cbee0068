//! The list of steps that opens where one is wanted, with a search field.

use egui::{Area, Id, Key, Modifiers, Order, Pos2, Rect, Role, Sense, Stroke, Ui, WidgetInfo, vec2};
use egui_material_icons::MaterialIcon;
use egui_material_icons::icons::{
    ICON_ALARM, ICON_ALT_ROUTE, ICON_CALL_SPLIT, ICON_CHAT_BUBBLE, ICON_CONTACT_SUPPORT, ICON_FLAG, ICON_HOURGLASS_EMPTY,
    ICON_LOGIN, ICON_MARK_CHAT_READ, ICON_SCHEDULE,
};

use crate::model::{Output, StepId};
use crate::ui::theme::{self, RADIUS, Type};
use crate::ui::words::canvas::{self as words, Sort};

const WIDTH: f32 = 330.0;
const ROW: f32 = 42.0;

/// A list that is open.
#[derive(Debug)]
pub struct QuickAdd {
    /// Where on the canvas the new step's card goes.
    pub at: Pos2,
    /// The output that the new step is connected to.
    pub wire: Option<(StepId, Output)>,
    /// Whether the new step goes into the link that leaves that output.
    pub insert: bool,
    screen: Pos2,
    search: String,
    chosen: usize,
    frames: u32,
}

/// What came of it in this frame.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Answer {
    /// The person is still choosing.
    Open,
    /// The person wants nothing.
    Closed,
    /// The person wants this.
    Chosen(Sort),
}

impl QuickAdd {
    /// A list at this place of the screen for a card at that place of the canvas.
    pub fn new(screen: Pos2, at: Pos2) -> Self {
        Self { at, wire: None, insert: false, screen, search: String::new(), chosen: 0, frames: 0 }
    }

    /// Connects the new step to this output.
    pub fn wired(mut self, from: StepId, out: Output) -> Self {
        self.wire = Some((from, out));
        self
    }

    /// Puts the new step into the link that leaves this output.
    pub fn inserted(mut self, from: StepId, out: Output) -> Self {
        self.insert = true;
        self.wired(from, out)
    }

    /// Paints the list.
    pub fn ui(&mut self, ui: &Ui, within: Rect) -> Answer {
        let theme = theme::of(ui);
        let mut answer = Answer::Open;
        let found = self.found();
        let (up, down, enter, escape) = ui.input_mut(|input| {
            (
                input.consume_key(Modifiers::NONE, Key::ArrowUp),
                input.consume_key(Modifiers::NONE, Key::ArrowDown),
                input.consume_key(Modifiers::NONE, Key::Enter),
                input.consume_key(Modifiers::NONE, Key::Escape),
            )
        });
        if down {
            self.chosen += 1;
        }
        if up {
            self.chosen = self.chosen.saturating_sub(1);
        }
        self.chosen = self.chosen.min(found.len().saturating_sub(1));
        let height = 60.0 + ROW * self.sorts().count() as f32;
        let place = self.screen.min(within.max - vec2(WIDTH + 30.0, height)).max(within.min + vec2(8.0, 8.0));
        let area =
            Area::new(Id::unique("quick-add")).order(Order::Foreground).fixed_pos(place).constrain_to(ui.content_rect());
        let shown = area.show(ui, |ui| {
            theme.card().inner_margin(8).shadow(theme.floating_shadow()).show(ui, |ui| {
                ui.set_width(WIDTH);
                ui.spacing_mut().item_spacing.y = 2.0;
                let field = egui::TextEdit::singleline(&mut self.search)
                    .hint_text(words::QUICK_ADD)
                    .margin(vec2(8.0, 7.0))
                    .desired_width(f32::INFINITY);
                let field = ui.add(field).accessible_name(words::QUICK_ADD);
                field.request_focus();
                ui.add_space(4.0);
                for (place, sort) in found.iter().enumerate() {
                    let row = row(ui, *sort, place == self.chosen);
                    if row.hovered() && ui.input(|input| input.pointer.is_moving()) {
                        self.chosen = place;
                    }
                    if row.clicked() {
                        answer = Answer::Chosen(*sort);
                    }
                }
                if found.is_empty() {
                    ui.label(egui::RichText::new(words::NOTHING_FOUND).color(theme.weak));
                }
            });
        });
        self.frames += 1;
        if enter && let Some(sort) = found.get(self.chosen) {
            answer = Answer::Chosen(*sort);
        } else if escape || (self.frames > 1 && shown.response.clicked_elsewhere()) {
            answer = Answer::Closed;
        }
        answer
    }

    /// What can be added here: no link leads to an entry.
    fn sorts(&self) -> impl Iterator<Item = Sort> {
        let wired = self.wire.is_some();
        let inserted = self.insert;
        Sort::ALL.into_iter().filter(move |sort| !(wired && *sort == Sort::Entry || inserted && *sort == Sort::Exit))
    }

    fn found(&self) -> Vec<Sort> {
        let search = self.search.trim().to_lowercase();
        let hit =
            |sort: &Sort| sort.label().to_lowercase().contains(&search) || sort.about().to_lowercase().contains(&search);
        let mut found: Vec<Sort> = self.sorts().filter(hit).collect();
        found.sort_by_key(|sort| !sort.label().to_lowercase().starts_with(&search));
        found
    }
}

fn row(ui: &mut Ui, sort: Sort, chosen: bool) -> egui::Response {
    let theme = theme::of(ui);
    let (rect, response) = ui.allocate_exact_size(vec2(ui.available_width(), ROW), Sense::click());
    response.widget_info(|| WidgetInfo::selected(Role::MenuItem, true, chosen, sort.label()));
    let painter = ui.painter();
    if chosen || response.hovered() {
        painter.rect(rect, RADIUS, theme.accent_soft, Stroke::NONE, egui::StrokeKind::Inside);
    }
    let tile = Rect::from_center_size(rect.left_center() + vec2(20.0, 0.0), vec2(28.0, 28.0));
    painter.rect_filled(tile, RADIUS, if chosen { theme.raised } else { theme.hover });
    let icon = sort_icon(sort);
    let font = egui::FontId::new(17.0, super::pen::icon_family());
    painter.text(tile.center(), egui::Align2::CENTER_CENTER, icon.codepoint, font, theme.accent);
    let words = rect.with_min_x(rect.left() + 44.0);
    painter.text(
        words.left_top() + vec2(0.0, 5.0),
        egui::Align2::LEFT_TOP,
        sort.label(),
        theme.font(Type::Strong),
        theme.text,
    );
    painter.text(
        words.left_top() + vec2(0.0, 22.0),
        egui::Align2::LEFT_TOP,
        sort.about(),
        theme.font(Type::Small),
        theme.weak,
    );
    response
}

/// The picture of a sort of step.
pub fn sort_icon(sort: Sort) -> MaterialIcon {
    match sort {
        Sort::Entry => ICON_LOGIN,
        Sort::Message => ICON_CHAT_BUBBLE,
        Sort::Question => ICON_CONTACT_SUPPORT,
        Sort::Template => ICON_MARK_CHAT_READ,
        Sort::Wait => ICON_HOURGLASS_EMPTY,
        Sort::WaitUntil => ICON_ALARM,
        Sort::SendHours => ICON_SCHEDULE,
        Sort::Branch => ICON_CALL_SPLIT,
        Sort::Split => ICON_ALT_ROUTE,
        Sort::Exit => ICON_FLAG,
    }
}
