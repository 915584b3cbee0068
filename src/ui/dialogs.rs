//! Asking for a file. Behind a trait, so that tests answer instead of a person.

use std::path::PathBuf;

/// What a file is wanted for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Wish {
    /// A file that exists.
    Open,
    /// Where to save the funnel, with a name to begin with.
    Save(PathBuf),
    /// Where to put the checklist, with a name to begin with.
    Export(PathBuf),
}

/// Asks for files without holding up the window: [`Dialogs::begin`] asks, [`Dialogs::poll`] is called each frame until
/// there is an answer.
pub trait Dialogs {
    /// Begins to ask. One question at a time: a new one replaces the last.
    fn begin(&mut self, wish: Wish, ctx: &egui::Context);

    /// The answer, once; the path is `None` where the person took the question back.
    fn poll(&mut self) -> Option<(Wish, Option<PathBuf>)>;
}

/// Answers prepared beforehand, for tests.
#[derive(Debug, Default)]
pub struct Prepared {
    /// The answers, the next one first.
    pub answers: Vec<Option<PathBuf>>,
    asked: Option<Wish>,
}

impl Dialogs for Prepared {
    fn begin(&mut self, wish: Wish, ctx: &egui::Context) {
        self.asked = Some(wish);
        ctx.request_repaint();
    }

    fn poll(&mut self) -> Option<(Wish, Option<PathBuf>)> {
        let wish = self.asked.take()?;
        let answer = if self.answers.is_empty() { None } else { self.answers.remove(0) };
        Some((wish, answer))
    }
}
