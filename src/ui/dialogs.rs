//! Asking for a file. Behind a trait, so that tests answer instead of a person.

use std::path::PathBuf;
use std::sync::mpsc::{Receiver, TryRecvError, channel};
use std::time::{Duration, Instant};

use egui::{Context, Id, Key, Modal, RichText};

use super::app::{accent_button, plain_button};
use super::theme::{self, Type};
use super::words::shell as words;

/// What a file is wanted for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Wish {
    /// A file that exists.
    Open,
    /// Where to save the funnel, with a name to begin with.
    Save(PathBuf),
    /// Where to put the checklist, with a name to begin with.
    Export(PathBuf),
    /// Where to put a picture, with a name to begin with.
    Picture(PathBuf),
}

/// Asks for files without holding up the window: [`Dialogs::begin`] asks, [`Dialogs::poll`] is called each frame until
/// there is an answer.
pub trait Dialogs {
    /// Begins to ask. One question at a time: a new one replaces the last.
    fn begin(&mut self, wish: Wish, ctx: &Context);

    /// The answer, once; the path is `None` where the person took the question back.
    fn poll(&mut self) -> Option<(Wish, Option<PathBuf>)>;

    /// Shows what asks inside the window, where something does.
    fn ui(&mut self, ctx: &Context) {
        let _ = ctx;
    }

    /// Whether something inside the window asks.
    fn is_open(&self) -> bool {
        false
    }
}

/// Answers prepared beforehand, for tests.
#[derive(Debug, Default)]
pub struct Prepared {
    /// The answers, the next one first.
    pub answers: Vec<Option<PathBuf>>,
    asked: Option<Wish>,
}

impl Dialogs for Prepared {
    fn begin(&mut self, wish: Wish, ctx: &Context) {
        self.asked = Some(wish);
        ctx.request_repaint();
    }

    fn poll(&mut self) -> Option<(Wish, Option<PathBuf>)> {
        let wish = self.asked.take()?;
        let answer = if self.answers.is_empty() { None } else { self.answers.remove(0) };
        Some((wish, answer))
    }
}

/// The desktop's own dialogs, each on a thread of its own. A desktop that has none answers at once, just as if the person
/// had taken the question back; then the planner asks for the path itself.
#[derive(Debug, Default)]
pub struct Native {
    asked: Option<Asked>,
    typed: Option<Typed>,
    answered: Option<(Wish, Option<PathBuf>)>,
}

#[derive(Debug)]
struct Asked {
    wish: Wish,
    answer: Receiver<Option<PathBuf>>,
    since: Instant,
}

#[derive(Debug)]
struct Typed {
    wish: Wish,
    path: String,
    begun: bool,
}

/// Nobody closes a dialog as fast as this.
const TOO_FAST: Duration = Duration::from_millis(400);

impl Dialogs for Native {
    fn begin(&mut self, wish: Wish, ctx: &Context) {
        let (send, answer) = channel();
        let (asked, ctx) = (wish.clone(), ctx.clone());
        std::thread::spawn(move || {
            // Where the planner has asked something else meanwhile, nobody listens any more.
            let _ = send.send(ask(&asked));
            ctx.request_repaint();
        });
        self.typed = None;
        self.asked = Some(Asked { wish, answer, since: Instant::now() });
    }

    fn poll(&mut self) -> Option<(Wish, Option<PathBuf>)> {
        if let Some(asked) = &self.asked {
            let answer = match asked.answer.try_recv() {
                Ok(answer) => answer,
                Err(TryRecvError::Empty) => return self.answered.take(),
                Err(TryRecvError::Disconnected) => None,
            };
            let unavailable = answer.is_none() && asked.since.elapsed() < TOO_FAST;
            let wish = asked.wish.clone();
            self.asked = None;
            if unavailable {
                let path = match &wish {
                    Wish::Open => PathBuf::new(),
                    Wish::Save(name) | Wish::Export(name) | Wish::Picture(name) => {
                        std::path::absolute(name).unwrap_or_else(|_| name.clone())
                    }
                };
                self.typed = Some(Typed { wish, path: path.display().to_string(), begun: false });
            } else {
                self.answered = Some((wish, answer));
            }
        }
        self.answered.take()
    }

    fn ui(&mut self, ctx: &Context) {
        let Some(typed) = &mut self.typed else { return };
        let theme = theme::of_ctx(ctx);
        let (title, yes) = match typed.wish {
            Wish::Open => (words::PATH_OPEN, words::OPEN),
            Wish::Save(_) => (words::PATH_SAVE, words::SAVE),
            Wish::Export(_) => (words::PATH_EXPORT, words::EXPORT_DO),
            Wish::Picture(_) => (words::PATH_PICTURE, words::EXPORT_DO),
        };
        let frame = theme.card().inner_margin(20).shadow(theme.floating_shadow());
        let (mut accepted, mut refused) = (false, false);
        let modal = Modal::new(Id::unique("path dialog")).frame(frame).show(ctx, |ui| {
            ui.set_width(460.0);
            ui.label(RichText::new(title).font(theme.font(Type::Title)).color(theme.text));
            ui.label(RichText::new(words::PATH_HINT).font(theme.font(Type::Small)).color(theme.weak));
            ui.add_space(8.0);
            let field =
                egui::TextEdit::singleline(&mut typed.path).desired_width(f32::INFINITY).margin(egui::vec2(10.0, 8.0));
            let field = ui.add(field).accessible_name(words::PATH);
            if !typed.begun {
                typed.begun = true;
                field.request_focus();
                select_all(ui, field.id, &typed.path);
            }
            accepted = field.lost_focus() && ui.input(|input| input.key_pressed(Key::Enter));
            ui.add_space(12.0);
            ui.with_layout(egui::Layout::right_to_left(egui::Align::Center), |ui| {
                accepted |= accent_button(ui, yes).clicked();
                refused = plain_button(ui, words::CANCEL).clicked();
            });
        });
        let path = typed.path.trim();
        let path = (accepted && !path.is_empty()).then(|| PathBuf::from(path));
        if path.is_some() || refused || modal.should_close() {
            let wish = typed.wish.clone();
            self.typed = None;
            self.answered = Some((wish, path));
            ctx.request_repaint();
        }
    }

    fn is_open(&self) -> bool {
        self.typed.is_some()
    }
}

/// Selects what stands in a field, so that typing replaces it.
pub fn select_all(ctx: &Context, field: Id, text: &str) {
    use egui::text::{CCursor, CCursorRange};
    let mut state = egui::text_edit::TextEditState::load(ctx, field).unwrap_or_default();
    let end = CCursor::new(text.chars().count());
    state.cursor.set_char_range(Some(CCursorRange::two(CCursor::new(0), end)));
    state.store(ctx, field);
}

fn ask(wish: &Wish) -> Option<PathBuf> {
    let dialog = rfd::FileDialog::new();
    let begun_with = |dialog: rfd::FileDialog, name: &PathBuf| {
        let dialog = match name.parent() {
            Some(folder) if !folder.as_os_str().is_empty() => dialog.set_directory(folder),
            _ => dialog,
        };
        dialog.set_file_name(name.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default())
    };
    match wish {
        Wish::Open => dialog.add_filter("Funnel", &["ron"]).pick_file(),
        Wish::Save(name) => begun_with(dialog.add_filter("Funnel", &["ron"]), name).save_file(),
        Wish::Export(name) => {
            begun_with(dialog.add_filter("CSV", &["csv"]).add_filter("Markdown", &["md"]), name).save_file()
        }
        Wish::Picture(name) => begun_with(dialog.add_filter("PNG", &["png"]).add_filter("SVG", &["svg"]), name).save_file(),
    }
}
