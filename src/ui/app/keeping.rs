//! Not losing anything: saving, opening, leaving a funnel with unsaved changes, and keeping a copy aside for recovery.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use egui::{Context, ViewportCommand};

use crate::cli::samples::SAMPLES;
use crate::file::{self, Loaded};
use crate::model::Document;
use crate::session::Selection;
use crate::ui::dialogs::Wish;
use crate::ui::words::shell as words;

use super::Planner;
use super::desk::Desk;
use super::fitting::Fitting;
use super::papers::{self, Paper};
use super::questions::{Question, Reply};

/// How long after a change a copy is kept aside, in seconds.
const KEEP_AFTER: f64 = 3.0;

/// Where to go from the open funnel.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Next {
    /// The start screen.
    Start,
    /// An empty funnel.
    New,
    /// Ask which file to open.
    AskOpen,
    /// This file.
    Open(PathBuf),
    /// The sample at this place.
    Sample(usize),
    /// Close the window.
    Close,
}

/// What the person has agreed to lose by saving. The questions come in this order.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Agreed {
    Nothing,
    /// What another program wrote into the file.
    Overwriting,
    /// Comments without a place any more.
    LosingRemarks,
}

/// What is under way.
#[derive(Default)]
pub struct Keeping {
    /// Where to go once the person has said what to do with unsaved changes.
    unsaved: Option<Next>,
    /// Where to go once the funnel is saved.
    after_saving: Option<Next>,
    /// Where to save once the person has said that comments may go.
    remarks: Option<(PathBuf, Vec<(usize, String)>)>,
    /// Where to save once the person has said that what another program wrote there may go.
    overwrite: Option<PathBuf>,
    /// What was kept aside of the file that was just opened.
    recovered: Option<(PathBuf, Box<Loaded>)>,
    /// Whether copies are kept aside, and where those go that have no file.
    untitled: Option<PathBuf>,
    begun: bool,
    has_untitled: bool,
    may_close: bool,
    title: String,
    seen: Option<Document>,
    changed_at: Option<f64>,
    /// Whether a copy of the open funnel lies aside.
    kept: bool,
}

impl Keeping {
    /// Keeps copies aside from now on; those of funnels without a file in this folder.
    pub fn begin(&mut self, folder: Option<PathBuf>) {
        self.begun = true;
        self.untitled =
            folder.filter(|folder| std::fs::create_dir_all(folder).is_ok()).map(|folder| folder.join("untitled.ron"));
        self.has_untitled = self.untitled.as_deref().and_then(papers::recovered).is_some();
    }

    /// Whether this is a person's window, and not a test's.
    pub fn is_begun(&self) -> bool {
        self.begun
    }

    /// Whether a funnel lies aside that no file holds.
    pub fn has_untitled(&self) -> bool {
        self.has_untitled
    }

    /// Throws away the funnel that lies aside.
    pub fn forget_untitled(&mut self) {
        if let Some(path) = &self.untitled {
            file::forget_recovery(path);
        }
        self.has_untitled = false;
    }

    /// Whether a question stands open.
    pub fn asks(&self) -> bool {
        self.unsaved.is_some() || self.remarks.is_some() || self.overwrite.is_some() || self.recovered.is_some()
    }
}

impl Planner {
    /// Leaves the open funnel, asking first where it has unsaved changes.
    pub(super) fn leave(&mut self, ctx: &Context, next: Next) {
        if self.desk.as_ref().is_some_and(|desk| desk.session.is_changed()) {
            self.keeping.unsaved = Some(next);
        } else {
            self.go(ctx, next);
        }
    }

    /// Goes there, whatever becomes of the open funnel.
    pub(super) fn go(&mut self, ctx: &Context, next: Next) {
        let paper = match next {
            Next::Start => {
                self.forget_copy();
                self.remember_view();
                self.desk = None;
                return;
            }
            Next::AskOpen => {
                self.dialogs.begin(Wish::Open, ctx);
                return;
            }
            Next::Close => {
                self.forget_copy();
                self.keeping.may_close = true;
                ctx.send_viewport_cmd(ViewportCommand::Close);
                return;
            }
            Next::New => papers::blank(),
            Next::Open(ref path) => papers::open(path),
            Next::Sample(place) => match SAMPLES.get(place) {
                Some(sample) => papers::sample(sample),
                None => return,
            },
        };
        match paper {
            Ok(paper) => {
                self.forget_copy();
                if let Next::Open(path) = &next {
                    self.settings.opened(path);
                    if self.keeping.begun
                        && let Some(loaded) = papers::recovered(path)
                    {
                        self.keeping.recovered = Some((path.clone(), Box::new(loaded)));
                    }
                }
                self.lay(ctx, paper);
                if self.desk.as_ref().is_some_and(|desk| desk.session.path().is_some() && desk.claim.is_none()) {
                    // What lies aside is the other window's, which is still at work.
                    self.keeping.recovered = None;
                    self.toasts.say(ctx, words::open_elsewhere(&self.name()));
                }
            }
            Err(why) => self.toasts.say(ctx, why),
        }
        ctx.request_repaint();
    }

    /// Notes where one looks at the open funnel from.
    pub(super) fn remember_view(&mut self) {
        if let Some(desk) = &self.desk
            && let (Some(path), Some(camera)) = (desk.session.path(), desk.parts.canvas.camera())
        {
            self.settings.looked(path, camera, &desk.session.selection.steps);
        }
    }

    fn lay(&mut self, ctx: &Context, paper: Paper) {
        self.remember_view();
        // What is scrolled in one funnel says nothing of the next.
        ctx.data_mut(|data| data.remove_by_type::<egui::scroll_area::State>());
        let mut desk = Desk::new(paper.session);
        if let Some(camera) = desk.session.path().and_then(|path| self.settings.view(path)) {
            desk.parts.canvas.look_from(camera);
        }
        if let Some(path) = desk.session.path() {
            let steps = self.settings.selection(path).iter().filter(|id| desk.session.funnel().step(id).is_some());
            desk.session.selection = Selection::of_steps(steps.cloned().collect());
        }
        desk.remarks = paper.remarks;
        desk.on_disk = desk.session.path().and_then(|path| file::text_of(path).ok());
        self.keeping.seen = Some(desk.session.document().clone());
        self.keeping.changed_at = None;
        self.changed_on_disk = None;
        // What was open before is let go first: it may be the same file.
        self.desk = None;
        desk.claim = desk.session.path().and_then(file::claim);
        self.desk = Some(desk);
    }

    /// Brings back the funnel that lies aside.
    pub(super) fn recover_untitled(&mut self, ctx: &Context) {
        let Some(loaded) = self.keeping.untitled.as_deref().and_then(papers::recovered) else { return };
        match papers::lay_open(loaded, None) {
            Ok(mut paper) => {
                paper.session.mark_unsaved();
                self.lay(ctx, paper);
                self.keeping.has_untitled = false;
                self.keeping.kept = true;
            }
            Err(why) => self.toasts.say(ctx, why),
        }
    }

    /// Saves to the funnel's file, asking for one where it has none or another is wanted.
    pub(super) fn save_document(&mut self, ctx: &Context, elsewhere: bool) {
        let Some(desk) = &self.desk else { return };
        match desk.session.path() {
            Some(path) if !elsewhere => {
                let path = path.to_owned();
                self.save_to(ctx, &path, Agreed::Nothing);
            }
            path => {
                let suggested = path.map_or_else(|| papers::file_name(desk.session.funnel()), Path::to_owned);
                self.dialogs.begin(Wish::Save(suggested), ctx);
            }
        }
    }

    fn save_to(&mut self, ctx: &Context, path: &Path, agreed: Agreed) {
        let Some(desk) = &mut self.desk else { return };
        if agreed < Agreed::Overwriting && desk.session.path() == Some(path) && changed_by_another(desk, path) {
            self.keeping.overwrite = Some(path.to_owned());
            return;
        }
        let lost = desk.remarks.lost(desk.session.document());
        if !lost.is_empty() && agreed < Agreed::LosingRemarks {
            self.keeping.remarks = Some((path.to_owned(), lost));
            return;
        }
        let before = desk.session.path().map(Path::to_owned).or(self.keeping.untitled.clone());
        match papers::save(&mut desk.session, &desk.remarks, path) {
            Ok(()) => {
                desk.remarks.let_go(desk.session.document());
                desk.on_disk = file::text_of(path).ok();
                // Saving put a new file in the place of the old one.
                desk.claim = None;
                desk.claim = file::claim(path);
                if let Some(before) = before.filter(|_| self.keeping.begun) {
                    file::forget_recovery(&before);
                }
                self.keeping.kept = false;
                self.keeping.changed_at = None;
                self.settings.opened(path);
                self.toasts.say(ctx, words::saved_as(&path.display().to_string()));
                if let Some(next) = self.keeping.after_saving.take() {
                    self.go(ctx, next);
                }
            }
            Err(why) => {
                self.keeping.after_saving = None;
                self.toasts.say(ctx, why);
            }
        }
    }

    /// Takes the answer of a file dialog.
    pub(super) fn answer_dialogs(&mut self, ctx: &Context) {
        let Some((wish, path)) = self.dialogs.poll() else { return };
        let Some(path) = path else {
            self.keeping.after_saving = None;
            return;
        };
        match wish {
            Wish::Open => self.go(ctx, Next::Open(path)),
            Wish::Save(_) => {
                let path = if path.extension().is_none() { path.with_extension("ron") } else { path };
                self.save_to(ctx, &path, Agreed::Nothing);
            }
            Wish::Log => {
                if let (Some(step), Some(desk)) = (self.fit_of.take(), &self.desk) {
                    self.fitting = Some(Fitting::begin(step, &path, &desk.session));
                    ctx.request_repaint();
                }
            }
            Wish::Picture(_) => self.export_picture(ctx, &path),
            Wish::Export(_) => {
                let Some(desk) = &mut self.desk else { return };
                match papers::export(&mut desk.session, &path) {
                    Ok(()) => self.toasts.say(ctx, words::exported_to(&path.display().to_string())),
                    Err(why) => self.toasts.say(ctx, why),
                }
            }
        }
    }

    /// Opens a file that was dropped on the window.
    pub(super) fn take_dropped(&mut self, ctx: &Context) {
        let dropped = ctx.input(|input| input.raw.dropped_files.first().map(|file| file.path().to_owned()));
        if let Some(path) = dropped.filter(|path| !path.as_os_str().is_empty()) {
            self.leave(ctx, Next::Open(path));
        }
    }

    /// Asks what stands open, one question at a time.
    pub(super) fn ask_about_keeping(&mut self, ctx: &Context) {
        let closes = ctx.input(|input| input.viewport().close_requested());
        if closes && !self.keeping.may_close && self.desk.as_ref().is_some_and(|desk| desk.session.is_changed()) {
            ctx.send_viewport_cmd(ViewportCommand::CancelClose);
            self.keeping.unsaved = Some(Next::Close);
        } else if closes {
            self.forget_copy();
        }
        if let Some((path, lost)) = &self.keeping.remarks {
            let question = Question {
                title: words::REMARKS_TITLE,
                text: words::remarks_text(lost),
                yes: words::SAVE_ANYWAY,
                no: None,
                cancel: Some(words::CANCEL),
            };
            let path = path.clone();
            if let Some(reply) = question.ask(ctx) {
                self.keeping.remarks = None;
                if reply == Reply::Yes {
                    self.save_to(ctx, &path, Agreed::LosingRemarks);
                } else {
                    self.keeping.after_saving = None;
                }
            }
        } else if let Some(path) = self.keeping.overwrite.clone() {
            let question = Question {
                title: words::OVERWRITE_TITLE,
                text: words::overwrite_text(&path.display().to_string()),
                yes: words::OVERWRITE,
                no: Some(words::OPEN_THAT),
                cancel: Some(words::CANCEL),
            };
            if let Some(reply) = question.ask(ctx) {
                self.keeping.overwrite = None;
                if reply == Reply::Yes {
                    self.save_to(ctx, &path, Agreed::Overwriting);
                } else {
                    self.keeping.after_saving = None;
                }
                if reply == Reply::No {
                    self.go(ctx, Next::Open(path));
                }
            }
        } else if let Some(next) = self.keeping.unsaved.clone() {
            let question = Question {
                title: words::UNSAVED_TITLE,
                text: words::unsaved_text(&self.name()),
                yes: words::SAVE,
                no: Some(words::DISCARD),
                cancel: Some(words::CANCEL),
            };
            if let Some(reply) = question.ask(ctx) {
                self.keeping.unsaved = None;
                match reply {
                    Reply::Yes => {
                        self.keeping.after_saving = Some(next);
                        self.save_document(ctx, false);
                    }
                    Reply::No => self.go(ctx, next),
                    Reply::Cancel => {}
                }
            }
        } else if let Some((path, _)) = &self.keeping.recovered {
            let question = Question {
                title: words::RECOVER_TITLE,
                text: words::recover_text(&path.display().to_string()),
                yes: words::RECOVER,
                no: Some(words::FORGET),
                cancel: None,
            };
            if let Some(reply) = question.ask(ctx) {
                let Some((path, loaded)) = self.keeping.recovered.take() else { return };
                match (reply, papers::lay_open(*loaded, Some(&path))) {
                    (Reply::Yes, Ok(mut paper)) => {
                        paper.session.mark_unsaved();
                        self.lay(ctx, paper);
                        self.keeping.kept = true;
                    }
                    (Reply::Yes, Err(why)) => self.toasts.say(ctx, why),
                    _ => file::forget_recovery(&path),
                }
            }
        }
    }

    /// What the open funnel is called.
    fn name(&self) -> String {
        let Some(desk) = &self.desk else { return String::new() };
        match desk.session.path().and_then(Path::file_name) {
            Some(name) => name.to_string_lossy().into_owned(),
            None if desk.session.funnel().name.is_empty() => words::UNTITLED.to_owned(),
            None => desk.session.funnel().name.clone(),
        }
    }

    /// At the end of a frame: the window's title, and a copy aside some seconds after a change.
    pub(super) fn keep(&mut self, ctx: &Context) {
        let mark = if self.desk.as_ref().is_some_and(|desk| desk.session.is_changed()) { "• " } else { "" };
        let title = match self.desk {
            Some(_) => format!("{mark}{} – {}", self.name(), words::PRODUCT),
            None => words::PRODUCT.to_owned(),
        };
        if title != self.keeping.title {
            self.keeping.title.clone_from(&title);
            ctx.send_viewport_cmd(ViewportCommand::Title(title));
        }
        if !self.keeping.begun {
            return;
        }
        let Some(desk) = &self.desk else { return };
        let now = ctx.input(|input| input.time);
        let document = desk.session.document();
        let same =
            self.keeping.seen.as_ref().is_some_and(|seen| {
                Arc::ptr_eq(&seen.funnel, &document.funnel) && Arc::ptr_eq(&seen.layout, &document.layout)
            });
        if !same {
            self.keeping.seen = Some(document.clone());
            self.keeping.changed_at = desk.session.is_changed().then_some(now);
        }
        let Some(changed_at) = self.keeping.changed_at else { return };
        // Who turns to another window may not come back.
        let turned_away = !ctx.input(|input| input.focused);
        let due = changed_at + if turned_away { 0.0 } else { KEEP_AFTER };
        if now < due {
            ctx.request_repaint_after_secs((due - now) as f32 + 0.05);
            return;
        }
        self.keeping.changed_at = None;
        let path = desk.session.path().map(Path::to_owned).or(self.keeping.untitled.clone());
        if let Some(path) = path {
            // A copy that cannot be kept is no reason to disturb; saving itself says what is wrong.
            self.keeping.kept = file::save(&file::recovery_path(&path), &papers::text(&desk.session, &desk.remarks)).is_ok();
        }
    }

    /// Throws away the copy of the open funnel, which the person has saved or given up.
    pub(super) fn forget_copy(&mut self) {
        if std::mem::take(&mut self.keeping.kept)
            && let Some(desk) = &self.desk
            && let Some(path) = desk.session.path().map(Path::to_owned).or(self.keeping.untitled.clone())
        {
            file::forget_recovery(&path);
        }
    }
}

/// Whether another program has written into the funnel's file since it was read or written here.
fn changed_by_another(desk: &Desk, path: &Path) -> bool {
    match (&desk.on_disk, file::text_of(path)) {
        (Some(before), Ok(now)) => *before != now,
        _ => false,
    }
}
