//! Carrying out at the end of a frame what was posted in it, and what keys, toolbar and palette asked for.

use egui::Context;

use crate::edit::Fragment;
use crate::file;
use crate::model::{Point, StepId};
use crate::ui::command::{Command, Keymap, pressed};
use crate::ui::dialogs::Wish;
use crate::ui::start;
use crate::ui::words::{canvas as canvas_words, shell as words};
use crate::ui::{Ask, Outbox, Tab};

use super::keeping::Next;
use super::palette::{Answer, Chosen};
use super::{Planner, fitting, papers, past};

impl Planner {
    /// Takes the keys of commands, and what was pasted.
    pub(super) fn take_keys(&mut self, ctx: &Context) {
        if self.is_covered() {
            return;
        }
        let canvas = self.desk.as_ref().map(|desk| &desk.parts.canvas);
        let listens = canvas.is_some_and(|canvas| canvas.listens(ctx));
        let tab_adds = canvas.is_some_and(|canvas| canvas.has_focus(ctx));
        let enter_names = canvas.is_some_and(|canvas| !canvas.has_focus_on_button(ctx));
        self.bar.take_letters(ctx);
        for command in pressed(ctx, listens, tab_adds, enter_names) {
            self.invoke(ctx, command);
        }
        if listens && !ctx.text_edit_focused() {
            let pasted = ctx.input_mut(|input| {
                let place = input.events.iter().position(|event| matches!(event, egui::Event::Paste(_)))?;
                match input.events.remove(place) {
                    egui::Event::Paste(text) => Some(text),
                    _ => None,
                }
            });
            if let Some(text) = pasted {
                self.paste(ctx, &text);
            }
        }
    }

    fn paste(&mut self, ctx: &Context, text: &str) {
        let Some(desk) = &mut self.desk else { return };
        match file::fragment_from_text(text) {
            Ok(fragment) if !fragment.steps.is_empty() => {
                let at = desk.parts.canvas.paste_spot();
                self.put(ctx, fragment, at);
            }
            _ => self.toasts.say(ctx, canvas_words::NOTHING_TO_PASTE.to_owned()),
        }
    }

    fn put(&mut self, ctx: &Context, fragment: Fragment, at: Point) {
        let Some(desk) = &mut self.desk else { return };
        let gesture = desk.session.gesture();
        if let Err(refusal) = desk.session.paste(gesture, fragment, at) {
            self.toasts.say(ctx, refusal.to_string());
        }
    }

    fn duplicate(&mut self, ctx: &Context, fragment: Fragment, at: Point) {
        let Some(desk) = &mut self.desk else { return };
        let gesture = desk.session.gesture();
        let label = words::duplicating(fragment.steps.len());
        if let Err(refusal) = desk.session.paste_as(gesture, label, fragment, at) {
            self.toasts.say(ctx, refusal.to_string());
        }
    }

    /// Carries out what was posted in this frame.
    pub(super) fn carry_out(&mut self, ctx: &Context, outbox: Outbox) {
        let mut refused = false;
        for (widget, edit) in &outbox.edits {
            let Some(desk) = &mut self.desk else { return };
            match desk.perform(*widget, edit) {
                // What is typed or nudged is heard where it is done.
                Ok(()) if widget.is_none() => self.announcer.tell_of(edit, desk.session.funnel()),
                Ok(()) => {}
                Err(refusal) => {
                    refused = true;
                    self.toasts.say(ctx, refusal.to_string());
                }
            }
        }
        for ask in outbox.asks {
            let Some(desk) = &mut self.desk else { return };
            match ask {
                // What a refused edit would have made cannot be selected.
                Ask::Select(_) if refused => {}
                Ask::Say(text) => self.toasts.say(ctx, text),
                Ask::Announce(text) => self.announcer.tell(text),
                Ask::Invoke(command) => self.invoke(ctx, command),
                Ask::Undo => self.invoke(ctx, Command::Undo),
                Ask::Redo => self.invoke(ctx, Command::Redo),
                Ask::FitLog(step) => {
                    self.ask_for_log(ctx, step);
                }
                Ask::ExportChecklist => self.invoke(ctx, Command::ExportChecklist),
                Ask::Copy => self.copy(ctx),
                Ask::Cut => {
                    self.copy(ctx);
                    let Some(desk) = &mut self.desk else { return };
                    let gesture = desk.session.gesture();
                    if let Err(refusal) = desk.session.cut(gesture) {
                        self.toasts.say(ctx, refusal.to_string());
                    }
                }
                Ask::Paste(fragment, at) => self.put(ctx, fragment, at),
                Ask::Duplicate(fragment, at) => self.duplicate(ctx, fragment, at),
                other => desk.take(other),
            }
        }
        if let Some(desk) = &mut self.desk {
            desk.settle(ctx);
        }
    }

    fn copy(&mut self, ctx: &Context) {
        let Some(desk) = &self.desk else { return };
        let fragment = desk.session.copy();
        if !fragment.steps.is_empty() {
            self.toasts.say(ctx, words::copied(fragment.steps.len()));
            ctx.copy_text(file::fragment_to_text(&fragment));
        }
    }

    /// Does what speaks to the open funnel.
    pub(super) fn invoke_on_desk(&mut self, ctx: &Context, command: Command) {
        let Some(desk) = &mut self.desk else { return };
        match command {
            Command::Undo => self.step_through(ctx, 1),
            Command::Redo => self.step_through(ctx, -1),
            Command::ExportChecklist => {
                let name = desk.checklist_name();
                self.dialogs.begin(Wish::Export(name), ctx);
            }
            Command::FixAllSafe => self.fix_all_safe(ctx),
            Command::CopyPicture => self.copy_picture(ctx),
            Command::ExportPicture => self.ask_for_picture(ctx),
            Command::ShowTimeline => self.show_tab(Tab::Timeline),
            Command::ShowWindows => self.show_tab(Tab::Windows),
            Command::ShowSimulation => self.show_tab(Tab::Simulation),
            Command::ShowTemplates => self.show_tab(Tab::Templates),
            Command::ShowProblems => self.show_tab(Tab::Problems),
            Command::ShowChecklist => self.show_tab(Tab::Checklist),
            // The system gives what is on the clipboard only with its own keys; elsewhere it is asked for.
            Command::Paste => ctx.send_viewport_cmd(egui::ViewportCommand::RequestPaste),
            Command::Add(sort) => desk.parts.canvas.add(sort),
            Command::WhatHelps => {
                desk.parts.simulation.unfold_helps();
                self.show_tab(Tab::Simulation);
            }
            Command::FitLog => {
                if let [step] = desk.session.selection.steps.as_slice() {
                    let step = step.clone();
                    self.ask_for_log(ctx, step);
                }
            }
            Command::Find | Command::FindNext | Command::FindPrevious => desk.parts.canvas.invoke(command),
            other if other.is_of_canvas() => desk.parts.canvas.invoke(other),
            _ => {}
        }
    }

    /// Undoes so many steps, or does them again where it is less than nothing.
    fn step_through(&mut self, ctx: &Context, steps: isize) {
        let Some(desk) = &mut self.desk else { return };
        desk.parts.canvas.glide(ctx);
        let mut said = None;
        for _ in 0..steps.unsigned_abs() {
            let label = if steps > 0 { desk.session.undo() } else { desk.session.redo() };
            let Some(label) = label else { break };
            said = Some(if steps > 0 { words::undone(&label) } else { words::redone(&label) });
        }
        if let Some(said) = said {
            self.toasts.say_of_history(ctx, said);
        }
        ctx.request_repaint();
    }

    /// Makes all safe fixes as one edit.
    fn fix_all_safe(&mut self, ctx: &Context) {
        let Some(desk) = &mut self.desk else { return };
        if let Err(why) = papers::judged(&mut desk.session) {
            return self.toasts.say(ctx, why);
        }
        let mended = desk.session.mended();
        if let Some(edit) = mended.edit() {
            desk.parts.canvas.glide(ctx);
            let gesture = desk.session.gesture();
            if let Err(refusal) = desk.session.perform(gesture, &edit) {
                return self.toasts.say(ctx, refusal.to_string());
            }
        }
        self.toasts.say(ctx, words::fixed(mended.made.len()));
    }

    /// Asks for the log from which the reply times of a question are fitted.
    fn ask_for_log(&mut self, ctx: &Context, step: StepId) {
        self.fit_of = Some(step);
        self.dialogs.begin(Wish::Log, ctx);
    }

    fn show_tab(&mut self, tab: Tab) {
        self.settings.lower = true;
        if let Some(desk) = &mut self.desk {
            desk.tab = tab;
        }
    }

    pub(super) fn take_start(&mut self, ctx: &Context, wanted: start::Wanted) {
        match wanted {
            start::Wanted::New => self.go(ctx, Next::New),
            start::Wanted::Open => self.go(ctx, Next::AskOpen),
            start::Wanted::Recent(path) => self.go(ctx, Next::Open(path)),
            start::Wanted::Sample(place) => self.go(ctx, Next::Sample(place)),
            start::Wanted::Recover => self.recover_untitled(ctx),
            start::Wanted::Forget => self.keeping.forget_untitled(),
        }
    }

    /// Shows what lies over the window, and takes what is answered.
    pub(super) fn ask_questions(&mut self, ctx: &Context) {
        if let Some(palette) = &mut self.palette {
            let answer = palette.ui(ctx, self.desk.as_ref().map(|desk| &desk.session));
            if answer != Answer::Open {
                self.palette = None;
                ctx.request_repaint();
            }
            if let Answer::Chosen(chosen) = answer {
                match chosen {
                    Chosen::Invoke(command) => {
                        let session = self.desk.as_ref().map(|desk| &desk.session);
                        match command.needs().unmet(session) {
                            Some(why) => self.toasts.say(ctx, why.to_owned()),
                            None => self.invoke(ctx, command),
                        }
                    }
                    Chosen::GoTo(step) => {
                        if let Some(desk) = &mut self.desk {
                            desk.take(Ask::GoTo(step));
                        }
                    }
                }
            }
        }
        if let (Some(past), Some(desk)) = (&mut self.past, &self.desk) {
            let answer = past.ui(ctx, &desk.session);
            if answer != past::Answer::Open {
                self.past = None;
                ctx.request_repaint();
            }
            if let past::Answer::Undo(steps) = answer {
                self.step_through(ctx, steps);
            }
        }
        if let (Some(fitting), Some(desk)) = (&self.fitting, &mut self.desk) {
            let answer = fitting.ui(ctx, &desk.session);
            if answer != fitting::Answer::Open {
                self.fitting = None;
                ctx.request_repaint();
            }
            if let fitting::Answer::Use(edit) = answer
                && let Err(refusal) = desk.perform(None, &edit)
            {
                self.toasts.say(ctx, refusal.to_string());
            }
        }
        if let Some(sheet) = &mut self.sheet {
            let answer = sheet.ui(ctx, &mut self.settings.keys);
            self.announcer.tell(answer.said.unwrap_or_default());
            if *Keymap::of(ctx) != self.settings.keys {
                self.settings.keys.install(ctx);
            }
            if answer.is_closed {
                self.sheet = None;
                ctx.request_repaint();
            }
        }
        self.ask_about_keeping(ctx);
        if !self.keeping.asks() {
            self.ask_about_disk(ctx);
        }
    }
}
