//! Fields that are typed into. What is not valid yet stays in the widget and goes back when the focus leaves.

use egui::{
    EventFilter, Id, Key, KeyboardShortcut, Margin, Modifiers, Response, RichText, Stroke, StrokeKind, TextEdit, Ui, vec2,
};

use crate::ui::theme::{self, Type};
use crate::ui::{Ask, Outbox};

use super::{Form, ROW, caption, row, wrong};

/// How a field looks beyond its text.
#[derive(Debug, Clone, Copy, Default)]
pub struct Spec<'s> {
    /// What stands in it while it is empty.
    pub hint: &'s str,
    /// What stands at its right end, such as a unit.
    pub unit: &'s str,
    /// How many letters it may have, shown as a counter.
    pub limit: Option<usize>,
    /// Its height in lines; more than one is a field of many lines.
    pub rows: usize,
}

/// What is typed and not what the document says.
#[derive(Debug, Clone)]
struct Draft {
    text: String,
    /// How the value in the document reads while this draft counts; when it reads otherwise, someone else changed it.
    seen: String,
}

impl Form<'_> {
    /// A field of one line for a text of any form.
    pub fn text(&mut self, ui: &mut Ui, name: &str, value: &mut String, spec: Spec<'_>) -> Response {
        row(ui, name, |ui, label| {
            let field = self.bare_text(ui, name, value, spec);
            self.named(field, name, label)
        })
    }

    /// A field of one line for a text, without a label beside it.
    pub fn bare_text(&mut self, ui: &mut Ui, name: &str, value: &mut String, spec: Spec<'_>) -> Response {
        let counter = spec.limit.map(|limit| (value.chars().count(), limit));
        let over = counter.is_some_and(|(count, limit)| count > limit);
        let unit = counter.map(|(count, limit)| format!("{count}/{limit}"));
        let spec = Spec { unit: unit.as_deref().unwrap_or(spec.unit), ..spec };
        self.bare_parsed(ui, name, value, spec, over, String::clone, |text| Ok(text.to_owned()))
    }

    /// A field of many lines under its label, with a counter where it has a limit.
    pub fn lines(&mut self, ui: &mut Ui, name: &str, value: &mut String, spec: Spec<'_>) -> Response {
        let count = value.chars().count();
        let over = spec.limit.is_some_and(|limit| count > limit);
        let counter = spec.limit.map(|limit| (format!("{count}/{limit}"), over));
        ui.scope(|ui| {
            ui.spacing_mut().item_spacing.y = 2.0;
            let label = caption(ui, name, counter);
            let spec = Spec { unit: "", ..spec };
            let field = self.bare_parsed(ui, name, value, spec, over, String::clone, |text| Ok(text.to_owned()));
            self.named(field, name, label)
        })
        .inner
    }

    /// A field of many lines without a label above it.
    pub fn bare_lines(&mut self, ui: &mut Ui, name: &str, value: &mut String, spec: Spec<'_>) -> Response {
        let count = value.chars().count();
        let over = spec.limit.is_some_and(|limit| count > limit);
        let unit = spec.limit.map(|limit| format!("{count}/{limit}"));
        let spec = Spec { unit: unit.as_deref().unwrap_or_default(), ..spec };
        self.bare_parsed(ui, name, value, spec, over, String::clone, |text| Ok(text.to_owned()))
    }

    /// A field for a value that is written as text: `show` writes it, `read` reads it or says what would be right.
    pub fn parsed<T: PartialEq>(
        &mut self,
        ui: &mut Ui,
        name: &str,
        value: &mut T,
        spec: Spec<'_>,
        show: impl Fn(&T) -> String,
        read: impl Fn(&str) -> Result<T, String>,
    ) -> Response {
        row(ui, name, |ui, label| {
            let field = self.bare_parsed(ui, name, value, spec, false, show, read);
            self.named(field, name, label)
        })
    }

    /// As [`Self::parsed`], without a label beside it.
    #[allow(clippy::too_many_arguments)]
    pub fn bare_parsed<T: PartialEq>(
        &mut self,
        ui: &mut Ui,
        name: &str,
        value: &mut T,
        spec: Spec<'_>,
        over: bool,
        show: impl Fn(&T) -> String,
        read: impl Fn(&str) -> Result<T, String>,
    ) -> Response {
        let id = self.id(name);
        let key = id.with("draft");
        let seen = show(value);
        let focused = ui.memory(|memory| memory.has_focus(id));
        if focused {
            undo_keys(ui, self.outbox);
            // Leaves the field and nothing else: what is selected stays selected.
            if ui.input_mut(|input| input.consume_key(Modifiers::NONE, Key::Escape)) {
                ui.memory_mut(|memory| memory.surrender_focus(id));
            }
        }
        let draft = ui.data(|data| data.get_temp::<Draft>(key)).filter(|draft| focused && draft.seen == seen);
        if draft.is_none() {
            ui.data_mut(|data| data.remove::<Draft>(key));
        }
        let mut text = draft.map_or_else(|| seen.clone(), |draft| draft.text);
        let refused = read(&text).is_err() && focused;

        let response = edit(ui, id, &mut text, spec, refused || over);
        let response = response.accessible_name(name);
        if response.changed() {
            let read = read(&text);
            let seen = read.as_ref().map_or(seen, &show);
            ui.data_mut(|data| data.insert_temp(key, Draft { text: text.clone(), seen }));
            if let Ok(read) = read
                && read != *value
            {
                *value = read;
                self.typed(id);
            }
        }
        if !response.has_focus() {
            ui.data_mut(|data| data.remove::<Draft>(key));
        } else if let Err(why) = read(&text) {
            wrong(ui, &why);
        }
        response
    }
}

/// A search field; it belongs to no document.
pub fn search(ui: &mut Ui, id: Id, name: &str, text: &mut String) -> Response {
    let response = edit(ui, id, text, Spec { hint: name, ..Spec::default() }, false).accessible_name(name);
    if response.has_focus() && ui.input(|input| input.key_pressed(Key::Escape)) {
        response.surrender_focus();
    }
    response
}

/// The keys that a field has to itself. Escape is among them, or it would also mean what it means elsewhere.
const KEYS: EventFilter = EventFilter { tab: false, horizontal_arrows: true, vertical_arrows: true, escape: true };

fn edit(ui: &mut Ui, id: Id, text: &mut String, spec: Spec<'_>, wrong: bool) -> Response {
    let theme = theme::of(ui);
    let many = spec.rows > 1;
    let mut field = if many { TextEdit::multiline(text).desired_rows(spec.rows) } else { TextEdit::singleline(text) };
    field = field
        .id(id)
        .font(theme.font(Type::Body))
        .desired_width(f32::INFINITY)
        .hint_text(RichText::new(spec.hint).color(theme.weak))
        .margin(if many { Margin::symmetric(8, 6) } else { Margin::symmetric(8, 4) })
        .event_filter(KEYS)
        .min_size(vec2(24.0, ROW));
    if !many {
        field = field.align(egui::Align2::LEFT_CENTER);
    }
    if !spec.unit.is_empty() {
        let colour = if wrong { theme.outside } else { theme.weak };
        field = field.suffix(RichText::new(spec.unit).font(theme.font(Type::Small)).color(colour));
    }
    let mut output = field.show(ui);
    // The document has the one history; a second one in the field would undo letters that it does not know of.
    output.state.clear_undoer();
    output.state.store(ui.ctx(), id);
    let response = output.response.response;
    if wrong {
        ui.painter().rect_stroke(response.rect, theme::RADIUS, Stroke::new(1.0, theme.outside), StrokeKind::Inside);
    }
    response
}

/// Undo and redo mean the document's, even while a field has the keyboard.
fn undo_keys(ui: &Ui, outbox: &mut Outbox) {
    let redo = [
        KeyboardShortcut::new(Modifiers::COMMAND.plus(Modifiers::SHIFT), Key::Z),
        KeyboardShortcut::new(Modifiers::COMMAND, Key::Y),
    ];
    let undo = KeyboardShortcut::new(Modifiers::COMMAND, Key::Z);
    ui.input_mut(|input| {
        if redo.iter().any(|keys| input.consume_shortcut(keys)) {
            outbox.ask(Ask::Redo);
        } else if input.consume_shortcut(&undo) {
            outbox.ask(Ask::Undo);
        }
    });
}
