//! Asking for a file. Behind a trait, so that tests answer instead of a person.

mod inside;

use std::path::PathBuf;
use std::sync::mpsc::{Receiver, TryRecvError, channel};
use std::time::{Duration, Instant};

use egui::{Context, Id};

pub use inside::Inside;

/// What a file is wanted for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Wish {
    /// A file that exists.
    Open,
    /// Where to save the funnel, with a name to begin with.
    Save(PathBuf),
    /// Where to put the checklist, with a name to begin with.
    Export(PathBuf),
    /// A log of answers that exists.
    Log,
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
/// had taken the question back; then the planner asks inside its window.
#[derive(Debug, Default)]
pub struct Native {
    asked: Option<Asked>,
    inside: Inside,
}

#[derive(Debug)]
struct Asked {
    wish: Wish,
    answer: Receiver<Option<PathBuf>>,
    since: Instant,
    ctx: Context,
}

/// Nobody closes a dialog as fast as this.
const TOO_FAST: Duration = Duration::from_millis(400);

impl Dialogs for Native {
    fn begin(&mut self, wish: Wish, ctx: &Context) {
        let (send, answer) = channel();
        let (asked, ctx, waiting) = (wish.clone(), ctx.clone(), ctx.clone());
        std::thread::spawn(move || {
            // Where the planner has asked something else meanwhile, nobody listens any more.
            let _ = send.send(ask(&asked));
            ctx.request_repaint();
        });
        self.inside = Inside::default();
        self.asked = Some(Asked { wish, answer, since: Instant::now(), ctx: waiting });
    }

    fn poll(&mut self) -> Option<(Wish, Option<PathBuf>)> {
        let Some(asked) = &self.asked else { return self.inside.poll() };
        let answer = match asked.answer.try_recv() {
            Ok(answer) => answer,
            Err(TryRecvError::Empty) => return None,
            Err(TryRecvError::Disconnected) => None,
        };
        let unavailable = answer.is_none() && asked.since.elapsed() < TOO_FAST;
        let Asked { wish, ctx, .. } = self.asked.take()?;
        if unavailable {
            self.inside.begin(wish, &ctx);
            return None;
        }
        Some((wish, answer))
    }

    fn ui(&mut self, ctx: &Context) {
        self.inside.ui(ctx);
    }

    fn is_open(&self) -> bool {
        self.inside.is_open()
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
        Wish::Log => dialog.add_filter("CSV", &["csv"]).pick_file(),
        Wish::Save(name) => begun_with(dialog.add_filter("Funnel", &["ron"]), name).save_file(),
        Wish::Export(name) => {
            begun_with(dialog.add_filter("CSV", &["csv"]).add_filter("Markdown", &["md"]), name).save_file()
        }
        Wish::Picture(name) => begun_with(dialog.add_filter("PNG", &["png"]).add_filter("SVG", &["svg"]), name).save_file(),
    }
}
