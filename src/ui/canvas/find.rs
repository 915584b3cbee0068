//! Finding steps on the canvas: a field over it, the steps that it finds lit and the others dimmed, and a way from one to
//! the next. Changes the selection alone.

use std::sync::Arc;

use egui::{Id, Key, Modifiers, Rect, RichText, Ui, UiBuilder, vec2};
use egui_material_icons::MaterialIcon;
use egui_material_icons::icons::{ICON_CLOSE, ICON_FILTER_LIST, ICON_KEYBOARD_ARROW_DOWN, ICON_KEYBOARD_ARROW_UP};

use crate::engine::Verdict;
use crate::model::{Content, Funnel, Step, StepId};
use crate::rules::{Judgement, Severity};
use crate::session::Selection;
use crate::ui::command::Command;
use crate::ui::theme::{self, Type};
use crate::ui::words::canvas::{self as words, filter};
use crate::ui::{Ask, Outbox, View};

use super::Canvas;
use super::face::Face;
use super::overlay::named;

/// A search that is open.
#[derive(Debug, Default)]
pub struct Find {
    text: String,
    /// The steps that it finds, in the funnel's order.
    found: Vec<StepId>,
    /// Whether each step is found, by its place in the funnel.
    lit: Vec<bool>,
    /// Which of them was gone to last.
    at: Option<usize>,
    /// For what it was last worked out.
    of: Option<(String, Arc<Funnel>, Arc<Judgement>)>,
    begun: bool,
}

impl Find {
    /// Whether the step at this place is not what is searched for.
    pub fn dims(&self, place: usize) -> bool {
        !self.text.trim().is_empty() && self.lit.get(place) == Some(&false)
    }
}

impl Canvas {
    /// Opens the field, or takes the keyboard back to it.
    pub(super) fn begin_find(&mut self) {
        self.find.get_or_insert_default().begun = false;
    }

    /// Goes to the next step found, or with -1 to the one before.
    pub(super) fn find_next(&mut self, by: isize, outbox: &mut Outbox) {
        let Some(find) = &mut self.find else {
            self.begin_find();
            return;
        };
        let count = find.found.len() as isize;
        if count == 0 {
            return;
        }
        let next = match find.at {
            Some(at) => (at as isize + by).rem_euclid(count),
            None if by > 0 => 0,
            None => count - 1,
        };
        find.at = Some(next as usize);
        let step = find.found[next as usize].clone();
        // The keyboard stays where it is, for the next press.
        self.wanted = Some(step.clone());
        outbox.ask(Ask::Select(Selection::of_steps(vec![step])));
    }

    /// Shows the field while it is open.
    pub(super) fn find_bar(&mut self, ui: &mut Ui, area: Rect, view: &View<'_>, outbox: &mut Outbox) {
        let faces = &self.scene.faces;
        let Some(find) = &mut self.find else { return };
        find.renew(faces, view);
        let theme = theme::of(ui);
        let id = Id::unique("canvas find");
        let has_keyboard = ui.memory(|memory| memory.has_focus(id));
        // Escape has taken the keyboard away by now; the command of that key then closes the search.
        let (enter, back) = ui.input_mut(|input| {
            let back = has_keyboard && input.consume_key(Modifiers::SHIFT, Key::Enter);
            (has_keyboard && input.consume_key(Modifiers::NONE, Key::Enter), back)
        });
        let width = 440.0_f32.min(area.width() - 24.0);
        let rect = Rect::from_min_size(area.center_top() + vec2(-width / 2.0, 12.0), vec2(width, 44.0));
        let layout = egui::Layout::left_to_right(egui::Align::Center);
        let mut bar = ui.new_child(UiBuilder::new().max_rect(rect).layout(layout));
        let (mut by, mut close, mut put) = (0, false, None);
        theme.card().inner_margin(6).shadow(theme.floating_shadow()).show(&mut bar, |ui| {
            ui.spacing_mut().item_spacing.x = 4.0;
            let field = egui::TextEdit::singleline(&mut find.text)
                .id(id)
                .hint_text(words::FIND_HINT)
                .margin(vec2(8.0, 6.0))
                .desired_width(width - 220.0);
            let field = ui.add(field).accessible_name(words::FIND_HINT);
            if !std::mem::replace(&mut find.begun, true) {
                field.request_focus();
                crate::ui::dialogs::select_all(ui, id, &find.text);
            }
            let told = words::found(find.at, find.found.len(), !find.text.trim().is_empty());
            let count = RichText::new(&told).font(theme.font(Type::Small)).color(theme.weak);
            ui.add_sized(vec2(64.0, 28.0), egui::Label::new(count));
            if named(small(ui, ICON_KEYBOARD_ARROW_UP), Command::FindPrevious, ui).clicked() {
                by = -1;
            }
            if named(small(ui, ICON_KEYBOARD_ARROW_DOWN), Command::FindNext, ui).clicked() {
                by = 1;
            }
            put = filters(ui);
            let shut = small(ui, ICON_CLOSE);
            shut.widget_info(|| egui::WidgetInfo::labeled(egui::Role::Button, true, words::CLOSE_FIND));
            close |= shut.on_hover_text(words::CLOSE_FIND).clicked();
        });
        if let Some(word) = put {
            let kept = find.text.split_whitespace().filter(|other| !other.starts_with("is:"));
            find.text = kept.chain([word]).collect::<Vec<_>>().join(" ");
            find.begun = false;
        }
        if enter || back {
            by = if back { -1 } else { 1 };
            ui.memory_mut(|memory| memory.request_focus(id));
        }
        if close {
            self.find = None;
            self.focus = true;
        } else if by != 0 {
            self.find_next(by, outbox);
        }
    }
}

impl Find {
    /// Searches again where the text or the funnel changed.
    fn renew(&mut self, faces: &[Face], view: &View<'_>) {
        let funnel = view.session.funnel();
        let judgement = view.session.judgement();
        let same = self
            .of
            .as_ref()
            .is_some_and(|(text, of, by)| *text == self.text && Arc::ptr_eq(of, funnel) && Arc::ptr_eq(by, judgement));
        if same {
            return;
        }
        let was = self.of.replace((self.text.clone(), Arc::clone(funnel), Arc::clone(judgement)));
        if was.is_none_or(|(text, ..)| text != self.text) {
            self.at = None;
        }
        let text = self.text.to_lowercase();
        let wanted: Vec<&str> = text.split_whitespace().collect();
        let hit = |(face, step): (&Face, &Arc<Step>)| {
            let said = said(face, step);
            wanted.iter().all(|word| if word.starts_with("is:") { is(face, word) } else { said.contains(word) })
        };
        self.lit = faces.iter().zip(&funnel.steps).map(|pair| !wanted.is_empty() && hit(pair)).collect();
        let lit = funnel.steps.iter().zip(&self.lit).filter(|(_, lit)| **lit);
        self.found = lit.map(|(step, _)| step.id.clone()).collect();
        self.at.take_if(|at| *at >= self.found.len());
    }
}

/// All that stands on a card and in its step, in small letters.
fn said(face: &Face, step: &Step) -> String {
    let mut said = format!("{} {} {} {}", step.id, face.kind, face.title, face.line);
    if let Some(message) = step.message() {
        let content = message.send.content();
        let rows = match content {
            Some(
                Content::Buttons { buttons: rows, .. } | Content::List { rows, .. } | Content::Carousel { cards: rows, .. },
            ) => rows.join(" "),
            _ => String::new(),
        };
        let parts = [content.map_or("", Content::text), message.send.template().unwrap_or_default(), &rows];
        for part in parts {
            said.push(' ');
            said.push_str(part);
        }
    }
    for (_, label) in &face.outputs {
        said.push(' ');
        said.push_str(label);
    }
    said.to_lowercase()
}

/// Whether a step is what a filter says. A word half typed filters nothing out yet that it may come to mean.
fn is(face: &Face, state: &str) -> bool {
    let verdict = face.verdict.map(|judged| judged.verdict);
    let holds = |name: &str| match name {
        filter::INSIDE => verdict == Some(Verdict::Inside),
        filter::SOMETIMES => verdict == Some(Verdict::Sometimes),
        filter::OUTSIDE => verdict == Some(Verdict::Outside),
        filter::UNREACHABLE => verdict == Some(Verdict::Unreachable),
        filter::INVALID => face.problems.is_some_and(|(worst, _)| worst == Severity::Error),
        filter::PROBLEM => face.problems.is_some(),
        filter::SENDING => face.sends,
        _ => false,
    };
    let of_kind = state.strip_prefix("is:").is_some_and(|kind| face.kind.to_lowercase().starts_with(kind));
    of_kind || filter::ALL.iter().filter(|(word, _)| word.starts_with(state)).any(|(word, _)| holds(word))
}

fn small(ui: &mut Ui, icon: MaterialIcon) -> egui::Response {
    let text = RichText::new(icon.codepoint).font(egui::FontId::new(17.0, super::pen::icon_family()));
    ui.add(egui::Button::new(text).frame_when_inactive(false).min_size(vec2(28.0, 28.0)))
}

/// The list of filters; gives the one that was chosen.
fn filters(ui: &mut Ui) -> Option<&'static str> {
    let button = small(ui, ICON_FILTER_LIST);
    button.widget_info(|| egui::WidgetInfo::labeled(egui::Role::Button, true, words::FILTERS));
    let button = button.on_hover_text(words::FILTERS);
    let mut chosen = None;
    egui::Popup::menu(&button).gap(4.0).width(220.0).show(|ui| {
        ui.spacing_mut().item_spacing.y = 1.0;
        for (word, about) in filter::ALL {
            let theme = theme::of(ui);
            let keys = RichText::new(word).font(theme.font(Type::Mono)).color(theme.weak);
            let entry = egui::Button::new(about).shortcut_text(keys).frame_when_inactive(false);
            if ui.add(entry.min_size(vec2(220.0, 28.0))).clicked() {
                chosen = Some(word);
            }
        }
    });
    chosen
}
