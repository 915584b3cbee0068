//! A field that shows a value and takes another when it is typed: a local copy while the person writes.

use egui::text::CCursorRange;
use egui::{Key, TextEdit, Ui};

use crate::ui::theme::{self, Type};

/// What is being typed, if anything.
#[derive(Debug, Default)]
pub struct Typed {
    text: Option<String>,
}

impl Typed {
    /// Paints the field with the value as it stands; gives the new value once a right one is entered.
    pub fn ui<T>(
        &mut self,
        ui: &mut Ui,
        (name, hint): (&str, &str),
        shown: &str,
        width: f32,
        read: impl Fn(&str) -> Option<T>,
    ) -> (Option<T>, egui::Response) {
        let theme = theme::of(ui);
        let wrong = self.text.as_deref().is_some_and(|text| read(text).is_none());
        let mut text = self.text.clone().unwrap_or_else(|| shown.to_owned());
        let mut edit = TextEdit::singleline(&mut text)
            .id(ui.make_persistent_id(("typed", name)))
            .desired_width(width)
            .font(theme.font(Type::Small))
            .align(egui::Align2::LEFT_CENTER)
            .min_size(egui::vec2(0.0, 26.0));
        if wrong {
            edit = edit.text_color(theme.outside);
        }
        let response = ui.add(edit).accessible_name(name);
        if response.gained_focus() {
            let mut state = TextEdit::load_state(ui.ctx(), response.id).unwrap_or_default();
            state.cursor.set_char_range(Some(CCursorRange::select_all_str(&text)));
            TextEdit::store_state(ui.ctx(), response.id, state);
        }
        let mut taken = None;
        if response.has_focus() {
            if text != shown || self.text.is_some() {
                self.text = Some(text);
            }
        } else if response.lost_focus() {
            let written = self.text.take().filter(|_| !ui.input(|input| input.key_pressed(Key::Escape)));
            taken = written.and_then(|text| read(&text));
        }
        (taken, response.on_hover_text(hint))
    }
}
