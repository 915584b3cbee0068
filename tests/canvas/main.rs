//! The planner as a person uses it: the canvas by pointer and keyboard, files, and what is asked before anything is lost.

mod changing;
mod connecting;
mod files;
mod finding;
mod frames;
mod history;
mod looking;
mod moving;
mod selecting;
mod speaking;

use std::path::PathBuf;

use egui::accesskit::Role;
use egui::{Event, Key, Modifiers, PointerButton, Pos2, Vec2, vec2};
use egui_kittest::Harness;
use egui_kittest::kittest::{NodeT, Queryable};
use transom::engine::Verdict;
use transom::model::{Document, Funnel, Output, Point, StepId, StepKind};
use transom::session::Session;
use transom::ui::app::Planner;
use transom::ui::dialogs::Prepared;
use transom::{file, policy};

const MISTAKE: &str = include_str!("../../funnels/day3-mistake.ron");

type Window = Harness<'static, Planner>;

fn session(document: Document) -> Session {
    Session::new(document, None, policy::standard(), "2026-11-24T10:00:00".parse().unwrap())
}

fn window_of(session: Option<Session>, answers: Vec<Option<PathBuf>>) -> Window {
    let mut dialogs = Prepared::default();
    dialogs.answers = answers;
    let mut window = Harness::builder()
        .with_size(vec2(1600.0, 1000.0))
        .build_eframe(|cc| Planner::new(&cc.egui_ctx, session, Box::new(dialogs)));
    window.run();
    window
}

fn window(text: &str) -> Window {
    window_of(Some(session(file::parse(text, "test.ron").unwrap().document)), Vec::new())
}

fn empty() -> Window {
    let funnel = Funnel { name: "Test".to_owned(), policy: policy::standard().id.clone(), ..Funnel::default() };
    window_of(Some(session(Document { funnel: funnel.into(), ..Document::default() })), Vec::new())
}

fn document(window: &Window) -> Document {
    window.state().session().unwrap().document().clone()
}

fn spot(window: &Window, id: &str) -> Point {
    document(window).layout.spots[&StepId::from(id)]
}

fn ids(window: &Window) -> Vec<String> {
    document(window).funnel.steps.iter().map(|step| step.id.to_string()).collect()
}

fn selected(window: &Window) -> Vec<String> {
    window.state().session().unwrap().selection.steps.iter().map(ToString::to_string).collect()
}

fn place(window: &Window, label: &str) -> Pos2 {
    window.get_by_label(label).rect().center()
}

fn button(window: &mut Window, at: Pos2, pressed: bool) {
    let modifiers = Modifiers::NONE;
    window.event(Event::PointerMoved(at));
    window.event(Event::PointerButton { pos: at, button: PointerButton::Primary, pressed, modifiers });
    window.step();
}

fn drag(window: &mut Window, from: Pos2, to: Pos2) {
    button(window, from, true);
    for part in 1..=4 {
        window.event(Event::PointerMoved(from + (to - from) * part as f32 / 4.0));
        window.step();
    }
    button(window, to, false);
    window.run();
}

/// The same with keys held, and with this button.
fn drag_with(window: &mut Window, modifiers: Modifiers, button: PointerButton, from: Pos2, to: Pos2) {
    window.event(Event::ModifiersChanged(modifiers));
    window.event(Event::PointerMoved(from));
    window.event(Event::PointerButton { pos: from, button, pressed: true, modifiers });
    window.step();
    for part in 1..=8 {
        window.event(Event::PointerMoved(from + (to - from) * part as f32 / 8.0));
        window.step();
    }
    window.event(Event::PointerButton { pos: to, button, pressed: false, modifiers });
    window.step();
    window.event(Event::ModifiersChanged(Modifiers::NONE));
    window.run();
}

fn says(window: &Window, part: &str) -> bool {
    window.query_all_by_label_contains(part).next().is_some()
}

fn undo_label(window: &Window) -> Option<String> {
    window.state().session().unwrap().undo_label().map(str::to_owned)
}

fn links(window: &Window) -> Vec<String> {
    document(window).funnel.links.iter().map(|link| format!("{} {} {}", link.from, link.out, link.to)).collect()
}

fn click(window: &mut Window, at: Pos2) {
    button(window, at, true);
    button(window, at, false);
    window.run();
}

fn key(window: &mut Window, modifiers: Modifiers, key: Key) {
    window.key_press_modifiers(modifiers, key);
    window.run();
}

fn write(window: &mut Window, text: &str) {
    window.event(Event::Text(text.to_owned()));
    window.run();
}

/// Adds a step through the quick-add list.
fn add(window: &mut Window, name: &str) {
    key(window, Modifiers::NONE, Key::A);
    write(window, name);
    key(window, Modifiers::NONE, Key::Enter);
}

const ASK: &str = "Question: Ask for opt-in, Inside";
