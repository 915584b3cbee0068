//! Asking for a file inside the window, where the desktop offers no dialog: a path to type, and the folder that it leads
//! to, to pick from.

use std::path::{MAIN_SEPARATOR, Path, PathBuf};

use egui::{Context, Id, Key, Modal, Modifiers, RichText, Role, ScrollArea, Sense, Ui, WidgetInfo, vec2};
use egui_material_icons::icons::{ICON_ARROW_UPWARD, ICON_DESCRIPTION, ICON_FOLDER};

use crate::file::{self, Entry};
use crate::ui::app::{accent_button, plain_button};
use crate::ui::theme::{self, Type};
use crate::ui::words::shell as words;

use super::{Dialogs, Wish, select_all};

const ROW: f32 = 28.0;
const WIDTH: f32 = 520.0;

/// Asks inside the window.
#[derive(Debug, Default)]
pub struct Inside {
    asking: Option<Asking>,
    answered: Option<(Wish, Option<PathBuf>)>,
}

/// What is being asked.
#[derive(Debug)]
struct Asking {
    wish: Wish,
    path: String,
    /// The folder that is shown, with what lies in it.
    shown: Option<(PathBuf, Vec<Entry>)>,
    /// What the arrow keys have come to, among what is listed.
    chosen: Option<usize>,
    begun: bool,
}

impl Dialogs for Inside {
    fn begin(&mut self, wish: Wish, ctx: &Context) {
        let here = std::env::current_dir().unwrap_or_default();
        let path = match &wish {
            Wish::Open | Wish::Log => here.join("").display().to_string(),
            Wish::Save(name) | Wish::Export(name) | Wish::Picture(name) => here.join(name).display().to_string(),
        };
        self.asking = Some(Asking { wish, path, shown: None, chosen: None, begun: false });
        ctx.request_repaint();
    }

    fn poll(&mut self) -> Option<(Wish, Option<PathBuf>)> {
        self.answered.take()
    }

    fn ui(&mut self, ctx: &Context) {
        let Some(asking) = &mut self.asking else { return };
        if let Some(answer) = asking.ui(ctx) {
            self.answered = Some((asking.wish.clone(), answer));
            self.asking = None;
            ctx.request_repaint();
        }
    }

    fn is_open(&self) -> bool {
        self.asking.is_some()
    }
}

impl Asking {
    /// Paints it; gives the answer, which holds no path where the question is taken back.
    fn ui(&mut self, ctx: &Context) -> Option<Option<PathBuf>> {
        let theme = theme::of_ctx(ctx);
        let (title, yes) = match self.wish {
            Wish::Open => (words::PATH_OPEN, words::OPEN),
            Wish::Log => (words::PATH_LOG, words::OPEN),
            Wish::Save(_) => (words::PATH_SAVE, words::SAVE),
            Wish::Export(_) => (words::PATH_EXPORT, words::EXPORT_DO),
            Wish::Picture(_) => (words::PATH_PICTURE, words::EXPORT_DO),
        };
        let frame = theme.card().inner_margin(20).shadow(theme.floating_shadow());
        let room = (ctx.content_rect().height() - 320.0).clamp(84.0, 280.0);
        let (mut accepted, mut refused, mut picked) = (false, false, None);
        let keys = ctx.input_mut(|input| [Key::ArrowUp, Key::ArrowDown].map(|key| input.consume_key(Modifiers::NONE, key)));
        let modal = Modal::new(Id::unique("path dialog")).frame(frame).show(ctx, |ui| {
            ui.set_width(WIDTH.min(ui.ctx().content_rect().width() - 80.0));
            ui.label(RichText::new(title).font(theme.font(Type::Title)).color(theme.text));
            ui.label(RichText::new(words::PATH_HINT).font(theme.font(Type::Small)).color(theme.weak));
            ui.add_space(4.0);
            accepted = self.field(ui);
            picked = self.list(ui, room, keys);
            let wrong = self.wrong(&self.target());
            // The line is kept free, so that nothing jumps while one types.
            let (text, colour) = match &wrong {
                Some(why) => (why.as_str(), theme.outside),
                None if self.replaces() => (words::REPLACES, theme.sometimes),
                None => ("", theme.weak),
            };
            ui.add_sized(
                vec2(ui.available_width(), 20.0),
                egui::Label::new(RichText::new(text).font(theme.font(Type::Small)).color(colour)).truncate(),
            );
            ui.with_layout(egui::Layout::right_to_left(egui::Align::Center), |ui| {
                let yes = if self.replaces() { words::REPLACE } else { yes };
                accepted |= accent_button(ui, yes).clicked();
                refused = plain_button(ui, words::CANCEL).clicked();
            });
        });
        if let Some((entry, sure)) = picked {
            self.pick(&entry, ctx);
            accepted |= sure && !entry.is_folder;
        } else if accepted && self.target().is_dir() {
            // A folder is gone into, not answered with.
            self.path = self.target().join("").display().to_string();
            self.begun = false;
            accepted = false;
        }
        let target = self.target();
        if accepted && self.wrong(&target).is_none() && target.file_name().is_some() {
            return Some(Some(target));
        }
        (refused || modal.should_close()).then_some(None)
    }

    /// The field with the path; gives whether Enter was pressed in it.
    fn field(&mut self, ui: &mut Ui) -> bool {
        let edit = egui::TextEdit::singleline(&mut self.path).desired_width(f32::INFINITY).margin(vec2(10.0, 8.0));
        let field = ui.add(edit).accessible_name(words::PATH);
        if !self.begun {
            self.begun = true;
            field.request_focus();
            self.select_name(ui, field.id);
        }
        if field.changed() {
            self.chosen = None;
        }
        let enter = field.lost_focus() && ui.input(|input| input.key_pressed(Key::Enter));
        if enter {
            field.request_focus();
        }
        enter && self.chosen.is_none()
    }

    /// Selects the name that is to be typed over, and leaves its folder.
    fn select_name(&self, ctx: &Context, field: Id) {
        let start = self.path.rfind(['/', MAIN_SEPARATOR]).map_or(0, |at| at + 1);
        select_all(ctx, field, &self.path);
        use egui::text::{CCursor, CCursorRange};
        let mut state = egui::text_edit::TextEditState::load(ctx, field).unwrap_or_default();
        let (from, to) = (self.path[..start].chars().count(), self.path.chars().count());
        state.cursor.set_char_range(Some(CCursorRange::two(CCursor::new(from), CCursor::new(to))));
        state.store(ctx, field);
    }

    /// What lies in the folder; gives what was picked, and whether that is an answer at once.
    fn list(&mut self, ui: &mut Ui, room: f32, [up, down]: [bool; 2]) -> Option<(Entry, bool)> {
        let folder = self.folder();
        if self.shown.as_ref().is_none_or(|(shown, _)| *shown != folder) {
            let endings: &[&str] = match self.wish {
                Wish::Open | Wish::Save(_) => &["ron"],
                Wish::Export(_) => &["csv", "md"],
                Wish::Log => &["csv"],
                Wish::Picture(_) => &["png", "svg"],
            };
            let mut entries = file::list(&folder, endings);
            if folder.parent().is_some() {
                entries.insert(0, Entry { name: words::UP.to_owned(), is_folder: true });
            }
            self.shown = Some((folder, entries));
            self.chosen = None;
        }
        let (_, entries) = self.shown.as_ref()?;
        let last = entries.len().checked_sub(1);
        if down {
            self.chosen = last.map(|last| self.chosen.map_or(0, |chosen| (chosen + 1).min(last)));
        } else if up {
            self.chosen = self.chosen.and_then(|chosen| chosen.checked_sub(1));
        }
        let enter = self.chosen.is_some() && ui.input(|input| input.key_pressed(Key::Enter));
        let mut picked = enter.then(|| self.chosen.and_then(|chosen| entries.get(chosen)).cloned()).flatten();
        let mut sure = picked.is_some();
        ui.spacing_mut().item_spacing.y = 0.0;
        ScrollArea::vertical().max_height(room).min_scrolled_height(room).auto_shrink(false).show_rows(
            ui,
            ROW,
            entries.len(),
            |ui, range| {
                for (place, entry) in entries.iter().enumerate().take(range.end).skip(range.start) {
                    let row = row_ui(ui, entry, self.chosen == Some(place));
                    if row.clicked() {
                        picked = Some(entry.clone());
                        sure = row.double_clicked();
                    }
                    if self.chosen == Some(place) && (up || down) {
                        row.scroll_to_me(None);
                    }
                }
            },
        );
        ui.spacing_mut().item_spacing.y = 8.0;
        picked.map(|entry| (entry, sure))
    }

    /// Puts what was picked into the field: a folder to look into, or a file.
    fn pick(&mut self, entry: &Entry, ctx: &Context) {
        let folder = self.folder();
        self.path = match entry.name.as_str() {
            name if name == words::UP => folder.parent().unwrap_or(&folder).join(""),
            name if entry.is_folder => folder.join(name).join(""),
            name => folder.join(name),
        }
        .display()
        .to_string();
        self.begun = false;
        self.chosen = None;
        ctx.request_repaint();
    }

    /// The path as it stands, whole.
    fn target(&self) -> PathBuf {
        let typed = self.path.trim();
        let home = std::env::home_dir().filter(|_| typed.starts_with("~/"));
        let mut path = home.map_or_else(|| PathBuf::from(typed), |home| home.join(&typed[2..]));
        if matches!(self.wish, Wish::Save(_)) && path.extension().is_none() && !typed.is_empty() && !path.is_dir() {
            path.set_extension("ron");
        }
        std::path::absolute(&path).unwrap_or(path)
    }

    /// The folder that the path leads to.
    fn folder(&self) -> PathBuf {
        let target = self.target();
        let ends = self.path.trim().ends_with(['/', MAIN_SEPARATOR]) || self.path.trim().is_empty();
        match target.parent().filter(|_| !ends) {
            Some(folder) => folder.to_owned(),
            None => target.components().collect(),
        }
    }

    /// Why this path is no answer.
    fn wrong(&self, target: &Path) -> Option<String> {
        let typed = self.path.trim();
        if typed.is_empty() || target.is_dir() {
            return None;
        }
        match &self.wish {
            Wish::Open | Wish::Log => (!target.exists()).then(|| words::NO_SUCH_FILE.to_owned()),
            Wish::Save(_) | Wish::Export(_) | Wish::Picture(_) => {
                let folder = target.parent().filter(|folder| !folder.is_dir());
                folder.map(|folder| words::no_such_folder(&folder.display().to_string()))
            }
        }
    }

    /// The answer would put something in the place of another file.
    fn replaces(&self) -> bool {
        match &self.wish {
            Wish::Open | Wish::Log => false,
            Wish::Save(name) => self.target().is_file() && !file::is_same(&self.target(), name),
            Wish::Export(_) | Wish::Picture(_) => self.target().is_file(),
        }
    }
}

fn row_ui(ui: &mut Ui, entry: &Entry, chosen: bool) -> egui::Response {
    let theme = theme::of(ui);
    let (rect, response) = ui.allocate_exact_size(vec2(ui.available_width(), ROW), Sense::click());
    response.widget_info(|| WidgetInfo::selected(Role::ListBoxOption, true, chosen, &entry.name));
    if chosen || response.hovered() || response.has_focus() {
        let ground = if chosen { theme.accent_soft } else { theme.hover };
        ui.painter().rect_filled(rect, theme::RADIUS, ground);
    }
    let icon = match (entry.name == words::UP, entry.is_folder) {
        (true, _) => ICON_ARROW_UPWARD,
        (_, true) => ICON_FOLDER,
        _ => ICON_DESCRIPTION,
    };
    let font = egui::FontId::new(16.0, egui::FontFamily::Name(egui_material_icons::FONT_FAMILY_OUTLINED.into()));
    let at = rect.left_center() + vec2(16.0, 0.0);
    ui.painter().text(at, egui::Align2::CENTER_CENTER, icon.codepoint, font, theme.weak);
    let mut job = egui::text::LayoutJob::simple_singleline(entry.name.clone(), theme.font(Type::Body), theme.text);
    job.wrap = egui::text::TextWrapping::truncate_at_width(rect.width() - 44.0);
    let galley = ui.painter().layout_job(job);
    let at = rect.left_center() + vec2(32.0, -galley.size().y / 2.0);
    ui.painter().galley(at, galley, theme.text);
    response
}
