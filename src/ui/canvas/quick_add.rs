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

use super::face::Face;

const WIDTH: f32 = 330.0;
const ROW: f32 = 42.0;
/// How many steps that are there already are shown at a time.
const MOST_TARGETS: usize = 8;

/// A list that is open.
#[derive(Debug)]
pub struct QuickAdd {
    /// Where on the canvas the new step's card goes.
    pub at: Pos2,
    /// The output that the new step is connected to.
    pub wire: Option<(StepId, Output)>,
    /// Whether the new step goes into the link that leaves that output.
    pub insert: bool,
    /// Steps that are there already and that the output may lead to: their names, kinds and pictures.
    targets: Vec<Target>,
    screen: Pos2,
    search: String,
    chosen: usize,
    frames: u32,
}

/// A step that is there already.
#[derive(Debug, Clone)]
struct Target {
    step: StepId,
    icon: MaterialIcon,
    title: String,
    kind: &'static str,
}

/// A row of the list.
#[derive(Debug, Clone)]
enum Row {
    New(Sort),
    There(Target),
}

/// What came of it in this frame.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Answer {
    /// The person is still choosing.
    Open,
    /// The person wants nothing.
    Closed,
    /// The person wants a new one of this sort.
    Chosen(Sort),
    /// The person wants the output to lead to this step.
    Connect(StepId),
}

impl QuickAdd {
    /// A list at this place of the screen for a card at that place of the canvas.
    pub fn new(screen: Pos2, at: Pos2) -> Self {
        Self { at, wire: None, insert: false, targets: Vec::new(), screen, search: String::new(), chosen: 0, frames: 0 }
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

    /// Whether the steps that are there already are yet to be offered.
    pub fn wants_targets(&self) -> bool {
        self.wire.is_some() && !self.insert && self.frames == 0
    }

    /// Offers steps that are there already, once something is typed.
    pub fn offer<'a>(&mut self, faces: impl Iterator<Item = &'a Face>) {
        let target =
            |face: &Face| Target { step: face.id.clone(), icon: face.icon, title: face.title.clone(), kind: face.kind };
        self.targets = faces.filter(|face| !face.is_entry).map(target).collect();
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
                let hint = if self.targets.is_empty() { words::QUICK_ADD } else { words::QUICK_ADD_OR_CONNECT };
                let field = egui::TextEdit::singleline(&mut self.search)
                    .hint_text(hint)
                    .margin(vec2(8.0, 7.0))
                    .desired_width(f32::INFINITY);
                let field = ui.add(field).accessible_name(words::QUICK_ADD);
                field.request_focus();
                ui.add_space(4.0);
                for (place, choice) in found.iter().enumerate() {
                    let row = row(ui, choice, place == self.chosen);
                    if row.hovered() && ui.input(|input| input.pointer.is_moving()) {
                        self.chosen = place;
                    }
                    if row.clicked() {
                        answer = choice.answer();
                    }
                }
                if found.is_empty() {
                    ui.label(egui::RichText::new(words::NOTHING_FOUND).color(theme.weak));
                }
            });
        });
        self.frames += 1;
        // The Enter that opened the list chooses nothing in it.
        if enter
            && self.frames > 1
            && let Some(choice) = found.get(self.chosen)
        {
            answer = choice.answer();
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

    fn found(&self) -> Vec<Row> {
        let search = self.search.trim().to_lowercase();
        let hit =
            |sort: &Sort| sort.label().to_lowercase().contains(&search) || sort.about().to_lowercase().contains(&search);
        let mut found: Vec<Sort> = self.sorts().filter(hit).collect();
        found.sort_by_key(|sort| !sort.label().to_lowercase().starts_with(&search));
        let new = found.into_iter().map(Row::New);
        let named = self.targets.iter().filter(|target| !search.is_empty() && target.title.to_lowercase().contains(&search));
        new.chain(named.take(MOST_TARGETS).cloned().map(Row::There)).collect()
    }
}

impl Row {
    fn answer(&self) -> Answer {
        match self {
            Self::New(sort) => Answer::Chosen(*sort),
            Self::There(target) => Answer::Connect(target.step.clone()),
        }
    }
}

fn row(ui: &mut Ui, choice: &Row, chosen: bool) -> egui::Response {
    let theme = theme::of(ui);
    let (icon, label, about) = match choice {
        Row::New(sort) => (sort_icon(*sort), sort.label().to_owned(), sort.about()),
        Row::There(target) => (target.icon, words::connect_to(&target.title), target.kind),
    };
    let (rect, response) = ui.allocate_exact_size(vec2(ui.available_width(), ROW), Sense::click());
    response.widget_info(|| WidgetInfo::selected(Role::MenuItem, true, chosen, &label));
    let painter = ui.painter();
    if chosen || response.hovered() {
        painter.rect(rect, RADIUS, theme.accent_soft, Stroke::NONE, egui::StrokeKind::Inside);
    }
    let tile = Rect::from_center_size(rect.left_center() + vec2(20.0, 0.0), vec2(28.0, 28.0));
    painter.rect_filled(tile, RADIUS, if chosen { theme.raised } else { theme.hover });
    let font = egui::FontId::new(17.0, super::pen::icon_family());
    painter.text(tile.center(), egui::Align2::CENTER_CENTER, icon.codepoint, font, theme.accent);
    let words = rect.with_min_x(rect.left() + 44.0);
    let mut job = egui::text::LayoutJob::simple_singleline(label, theme.font(Type::Strong), theme.text);
    job.wrap = egui::text::TextWrapping::truncate_at_width(words.width() - 8.0);
    painter.galley(words.left_top() + vec2(0.0, 5.0), painter.layout_job(job), theme.text);
    let below = words.left_top() + vec2(0.0, 22.0);
    painter.text(below, egui::Align2::LEFT_TOP, about, theme.font(Type::Small), theme.weak);
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
