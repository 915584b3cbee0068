//! A choice among many: a field that opens a list with a search, drawn only where it is in sight.

use egui::{Button, Key, Popup, PopupCloseBehavior, Response, RichText, ScrollArea, Ui, vec2};
use egui_material_icons::icons::ICON_UNFOLD_MORE;

use crate::ui::theme::{self, Type};
use crate::ui::words::panels as words;

use super::{Form, ROW, glyph, hint, row, text};

/// One of the things to pick from.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Item {
    /// What is picked.
    pub key: String,
    /// What is shown, and searched.
    pub text: String,
    /// What is shown weakly beside it, and searched too.
    pub detail: String,
}

impl Item {
    /// A thing that is shown by its own name.
    pub fn plain(key: impl Into<String>, detail: impl Into<String>) -> Self {
        let key = key.into();
        Self { text: key.clone(), key, detail: detail.into() }
    }
}

/// What is typed into the search, and where the keyboard stands in the list.
#[derive(Debug, Clone, Default)]
struct Search {
    text: String,
    at: usize,
}

impl Form<'_> {
    /// One of many. `all` is asked only while the list is open. Gives the key of what was picked.
    pub fn pick(&mut self, ui: &mut Ui, name: &str, shown: &str, all: impl FnOnce() -> Vec<Item>) -> Option<String> {
        row(ui, name, |ui, label| {
            let (response, picked) = self.bare_pick(ui, name, shown, all);
            self.named(response, name, label);
            picked
        })
    }

    /// One of many without a label beside it.
    pub fn bare_pick(
        &mut self,
        ui: &mut Ui,
        name: &str,
        shown: &str,
        all: impl FnOnce() -> Vec<Item>,
    ) -> (Response, Option<String>) {
        let theme = theme::of(ui);
        let width = ui.available_width();
        let button = Button::new(RichText::new(shown).font(theme.font(Type::Body)))
            .right_text(RichText::new(ICON_UNFOLD_MORE.codepoint).font(glyph::font(theme, Type::Body)).color(theme.weak))
            .truncate()
            .min_size(vec2(width, ROW));
        let response = ui.add(button);
        response.widget_info(|| {
            let mut info = egui::WidgetInfo::labeled(egui::Role::ComboBox, true, name);
            info.current_text_value = Some(shown.to_owned());
            info
        });
        let key = self.id(name).with("search");
        let opened = response.clicked();
        let popup = Popup::menu(&response)
            .width(width.max(240.0))
            .gap(4.0)
            .close_behavior(PopupCloseBehavior::CloseOnClickOutside)
            .show(|ui| {
                ui.set_width(width.max(240.0));
                let mut search =
                    if opened { Search::default() } else { ui.data(|data| data.get_temp(key)).unwrap_or_default() };
                let picked = search_ui(ui, key, &mut search, opened, shown, &all());
                ui.data_mut(|data| data.insert_temp(key, search));
                if picked.is_some() {
                    ui.close();
                }
                (picked, ui.input(|input| input.key_pressed(Key::Escape)))
            });
        let (picked, escaped) = popup.map(|popup| popup.inner).unwrap_or_default();
        if picked.is_some() {
            self.pressed();
        }
        if picked.is_some() || escaped {
            response.request_focus();
        }
        (response, picked)
    }
}

fn search_ui(ui: &mut Ui, key: egui::Id, search: &mut Search, opened: bool, shown: &str, all: &[Item]) -> Option<String> {
    let theme = theme::of(ui);
    let field = text::search(ui, key.with("field"), words::SEARCH, &mut search.text);
    if opened {
        field.request_focus();
    }
    if field.changed() {
        search.at = 0;
    }
    let wanted = search.text.trim().to_lowercase();
    let fits = |item: &&Item| {
        let hay = format!("{} {}", item.text, item.detail).to_lowercase().replace('_', " ");
        wanted.replace('_', " ").split_whitespace().all(|word| hay.contains(word))
    };
    let found: Vec<&Item> = all.iter().filter(fits).collect();
    let (up, down, enter) = ui.input_mut(|input| {
        (
            input.consume_key(egui::Modifiers::NONE, Key::ArrowUp),
            input.consume_key(egui::Modifiers::NONE, Key::ArrowDown),
            // The press that opened the list picks nothing from it.
            input.key_pressed(Key::Enter) && !opened,
        )
    });
    let last = found.len().saturating_sub(1);
    search.at = if down { search.at + 1 } else { search.at.saturating_sub(usize::from(up)) }.min(last);
    if found.is_empty() {
        hint(ui, words::NOTHING_FOUND);
        return None;
    }
    let mut picked = enter.then(|| found[search.at].key.clone());
    let row_height = ROW;
    let mut area = ScrollArea::vertical().max_height(row_height * 8.0).auto_shrink([false, true]);
    if up || down {
        area = area.vertical_scroll_offset((search.at as f32 - 4.0).max(0.0) * row_height);
    }
    ui.spacing_mut().item_spacing.y = 0.0;
    ui.spacing_mut().button_padding.x = 8.0;
    area.show_rows(ui, row_height, found.len(), |ui, rows| {
        for i in rows {
            let item = found[i];
            let text = RichText::new(&item.text).font(theme.font(Type::Body)).color(theme.text);
            let detail = RichText::new(&item.detail).font(theme.font(Type::Small)).color(theme.weak);
            let on = item.text == shown || (i == search.at && (!wanted.is_empty() || search.at > 0));
            let button = Button::selectable(on, text).right_text(detail).truncate();
            let response = ui.add_sized(vec2(ui.available_width(), row_height), button);
            if response.clicked() {
                picked = Some(item.key.clone());
            }
        }
    });
    picked
}
