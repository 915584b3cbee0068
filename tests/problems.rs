//! The panel of problems, driven as a person does: all safe fixes at once, and findings that are allowed.

use egui::{Key, Modifiers};
use egui_kittest::Harness;
use egui_kittest::kittest::Queryable;
use transom::session::{Selection, Session};
use transom::ui::app::Planner;
use transom::ui::dialogs::Prepared;
use transom::{file, policy};

/// A margin that is too thin, and a step that nobody reaches.
const FUNNEL: &str = r#"(
    format: 1,
    name: "Two problems",
    audience: (market: "DE", timezone: "Europe/Berlin", size: 100),
    steps: [
        (id: "in", title: "In", at: (0, 0), kind: Entry(channel: UserMessage)),
        (id: "night", title: "Night", at: (320, 0), kind: Wait(For("23h 50m"))),
        (id: "tip", title: "Tip", at: (640, 0), kind: Message(purpose: Service, send: FreeForm(Text("Hi")))),
        (id: "out", title: "Out", at: (960, 0), kind: Exit(Lost)),
        (id: "lone", title: "Lone", at: (960, 300), kind: Exit(Converted)),
    ],
    links: [(from: "in", to: "night"), (from: "night", to: "tip"), (from: "tip", to: "out")],
)"#;

type Window = Harness<'static, Planner>;

fn window() -> Window {
    let document = file::parse(FUNNEL, "test.ron").unwrap().document;
    let mut session = Session::new(document, None, policy::standard(), "2026-11-24T10:00:00".parse().unwrap());
    session.selection = Selection::default();
    let mut window = Harness::builder()
        .with_size(egui::vec2(1600.0, 1400.0))
        .allow_missing_glyphs()
        .build_eframe(|cc| Planner::new(&cc.egui_ctx, Some(session), Box::new(Prepared::default())));
    window.run();
    press(&mut window, "Problems (2)");
    window
}

fn press(window: &mut Window, name: &str) {
    window.get_by_label(name).click();
    window.run();
}

fn session(window: &Window) -> &Session {
    window.state().session().unwrap()
}

fn codes(window: &Window) -> Vec<&'static str> {
    session(window).judgement().diagnostics.iter().map(|found| found.code).collect()
}

#[test]
fn all_safe_fixes_are_one_press_and_one_undo() {
    let mut window = window();
    assert_eq!(codes(&window), ["W003", "S001"]);
    press(&mut window, "Fix all safe (2)");
    assert_eq!(codes(&window), Vec::<&str>::new());
    window.get_by_label_contains("Fixed 2 problems");
    assert!(window.query_by_label_contains("Fix all safe").is_none());
    window.key_press_modifiers(Modifiers::COMMAND, Key::Z);
    window.run();
    assert_eq!(codes(&window), ["W003", "S001"], "one undo brings both back");
    window.key_press_modifiers(Modifiers::COMMAND, Key::Period);
    window.run();
    assert_eq!(codes(&window), Vec::<&str>::new(), "by its keys as well");
}

#[test]
fn a_finding_is_allowed_for_a_reason_and_allowed_no_longer() {
    let mut window = window();
    press(&mut window, "Show the details of W003");
    press(&mut window, "Allow…");
    window.event(egui::Event::Text("Sent at once by our own server".to_owned()));
    window.run();
    window.key_press(Key::Enter);
    window.run();
    assert_eq!(codes(&window), ["S001"]);
    assert_eq!(session(&window).judgement().suppressed[0].why, "Sent at once by our own server");
    window.get_by_label("Allowed (1)");
    window.get_by_label("Tip: Sent at once by our own server");
    press(&mut window, "No longer allow W003 at Tip");
    assert_eq!(codes(&window), ["W003", "S001"]);
    window.key_press_modifiers(Modifiers::COMMAND, Key::Z);
    window.run();
    assert_eq!(codes(&window), ["S001"]);
    window.key_press_modifiers(Modifiers::COMMAND, Key::Z);
    window.run();
    assert_eq!(codes(&window), ["W003", "S001"], "allowing was one step");
}

#[test]
fn without_a_reason_nothing_is_allowed() {
    let mut window = window();
    press(&mut window, "Show the details of W003");
    press(&mut window, "Allow…");
    window.key_press(Key::Enter);
    window.run();
    assert_eq!(codes(&window), ["W003", "S001"]);
    press(&mut window, "Do not allow it");
    window.get_by_label("Allow…");
}
