//! Noticing that another program has written into the open funnel's file, and offering what is there. While nothing
//! changes, no frame is painted for it: a thread of its own looks every other second.

use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::thread;
use std::time::Duration;

use egui::Context;

use crate::file;
use crate::ui::words::shell as words;

use super::questions::{Question, Reply};
use super::{Planner, papers};

/// How often a look is taken at the file.
const EVERY: Duration = Duration::from_secs(2);

/// What watches one file, until it is dropped.
#[derive(Debug)]
pub struct Watch {
    path: PathBuf,
    /// The file is not what it was when last looked at.
    changed: Arc<AtomicBool>,
}

/// What another program wrote into the open funnel's file, until the person has said what to do.
#[derive(Debug)]
pub struct Elsewhere {
    text: String,
    /// The person has been asked; until then nobody's drag is cut short by the question.
    asked: bool,
}

impl Watch {
    /// Watches this file. Where no thread is to be had it is looked at only when the window comes to the front.
    pub fn on(path: &Path, ctx: &Context) -> Self {
        let watch = Self { path: path.to_owned(), changed: Arc::default() };
        let (changed, path, ctx) = (Arc::downgrade(&watch.changed), watch.path.clone(), ctx.clone());
        let mut last = file::stamp_of(&path);
        let look = move || {
            loop {
                thread::sleep(EVERY);
                let Some(changed) = changed.upgrade() else { return };
                let now = file::stamp_of(&path);
                if now != last {
                    last = now;
                    changed.store(true, Ordering::Relaxed);
                    ctx.request_repaint();
                }
            }
        };
        // Without a thread the window still looks whenever it comes to the front.
        let _ = thread::Builder::new().name("watch".to_owned()).spawn(look);
        watch
    }
}

impl Planner {
    /// Looks whether the open funnel's file is still what it was, where there is reason to.
    pub(super) fn look_at_disk(&mut self, ctx: &Context) {
        let Some(desk) = &self.desk else {
            self.watch = None;
            return;
        };
        let Some(path) = desk.session.path() else { return };
        if self.keeping.is_begun() && self.watch.as_ref().is_none_or(|watch| watch.path != path) {
            self.watch = Some(Watch::on(path, ctx));
        }
        let told = self.watch.as_ref().is_some_and(|watch| watch.changed.swap(false, Ordering::Relaxed));
        let to_front = ctx.input(|input| input.events.iter().any(|event| matches!(event, egui::Event::WindowFocused(true))));
        if !told && !to_front {
            return;
        }
        let there = file::text_of(path).ok();
        match (there, &desk.on_disk) {
            (Some(there), Some(before)) if there != *before => {
                self.changed_on_disk = Some(Elsewhere { text: there, asked: false });
            }
            // A program that replaces a file may take it away for a moment, so only what is gone for good is said.
            (None, Some(_)) if told && !path.exists() => {
                let gone = words::gone_from_disk(&path.display().to_string());
                if let Some(desk) = &mut self.desk {
                    desk.on_disk = None;
                    desk.session.mark_unsaved();
                }
                self.toasts.say(ctx, gone);
            }
            _ => {}
        }
    }

    /// Asks which of the two is to stay: what stands here, or what another program wrote.
    pub(super) fn ask_about_disk(&mut self, ctx: &Context) {
        let pressed = ctx.input(|input| input.pointer.any_down());
        let Some(desk) = &self.desk else {
            self.changed_on_disk = None;
            return;
        };
        let (Some(path), Some(elsewhere)) = (desk.session.path(), &mut self.changed_on_disk) else { return };
        if pressed && !elsewhere.asked {
            return;
        }
        elsewhere.asked = true;
        let question = Question {
            title: words::CHANGED_TITLE,
            text: words::changed_text(&path.display().to_string(), desk.session.is_changed()),
            yes: words::TAKE_OVER,
            no: Some(words::KEEP_MINE),
            cancel: None,
        };
        let Some(reply) = question.ask(ctx) else { return };
        let Some(Elsewhere { text: there, .. }) = self.changed_on_disk.take() else { return };
        if reply == Reply::Yes {
            self.take_over(ctx, &there);
        } else if let Some(desk) = &mut self.desk {
            desk.on_disk = Some(there);
            desk.session.mark_unsaved();
        }
    }

    /// Takes what the file holds now; that can be undone.
    fn take_over(&mut self, ctx: &Context, there: &str) {
        let Some(desk) = &mut self.desk else { return };
        let Some(path) = desk.session.path().map(Path::to_owned) else { return };
        match papers::changed(there, &path) {
            Ok((document, remarks)) => match desk.session.replace_document(document) {
                Ok(()) => {
                    desk.remarks = remarks;
                    desk.on_disk = Some(there.to_owned());
                    self.forget_copy();
                }
                Err(refusal) => self.toasts.say(ctx, refusal.to_string()),
            },
            // What stands here stays, and saving asks before it replaces the other.
            Err(why) => self.toasts.say(ctx, why),
        }
        ctx.request_repaint();
    }
}
