//! The planner as a person uses it: the canvas by pointer and keyboard, files, and what is asked before anything is lost.

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

const MISTAKE: &str = include_str!("../funnels/day3-mistake.ron");

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

#[test]
fn every_step_is_found_by_its_kind_title_and_verdict() {
    let window = window(MISTAKE);
    window.get_by_label("Entry: Instagram ad");
    window.get_by_label(ASK);
    window.get_by_label("Message: Day-3 offer, Outside");
    window.get_by_label("Output Sim, pode of Ask for opt-in, leads to Wait 3 days");
}

#[test]
fn a_drag_moves_a_card_to_the_grid_and_is_one_undo() {
    let mut window = window(MISTAKE);
    let before = document(&window);
    let at = place(&window, ASK);
    drag(&mut window, at, at + vec2(0.0, 97.0));
    let after = spot(&window, "ask");
    assert_ne!(Some(&after), before.layout.spots.get(&StepId::from("ask")));
    assert_eq!((after.x % 20.0, after.y % 20.0), (0.0, 0.0));
    assert!(std::sync::Arc::ptr_eq(&before.funnel, &document(&window).funnel), "a moved card is not judged again");
    key(&mut window, Modifiers::COMMAND, Key::Z);
    assert_eq!(document(&window).layout.spots, before.layout.spots);
}

#[test]
fn escape_calls_a_drag_off() {
    let mut window = window(MISTAKE);
    let before = document(&window);
    let at = place(&window, ASK);
    button(&mut window, at, true);
    window.event(Event::PointerMoved(at + vec2(0.0, 60.0)));
    window.step();
    window.event(Event::PointerMoved(at + vec2(0.0, 120.0)));
    window.step();
    window.key_press(Key::Escape);
    window.step();
    button(&mut window, at + vec2(0.0, 120.0), false);
    window.run();
    assert_eq!(document(&window), before);
}

#[test]
fn a_marquee_selects_and_arrows_move_what_is_selected() {
    let mut window = window(MISTAKE);
    let (first, last) = (place(&window, "Entry: Instagram ad"), place(&window, ASK));
    drag(&mut window, first - vec2(110.0, 150.0), last + vec2(20.0, 160.0));
    assert_eq!(selected(&window).len(), 3, "{:?}", selected(&window));
    let before = spot(&window, "ask");
    key(&mut window, Modifiers::NONE, Key::ArrowDown);
    assert_eq!(spot(&window, "ask").y, before.y + 20.0);
}

#[test]
fn a_funnel_is_built_from_an_empty_canvas_with_the_keyboard() {
    let mut window = empty();
    window.get_by_label("They write first").click();
    window.run();
    add(&mut window, "question");
    add(&mut window, "wait");
    add(&mut window, "message");
    add(&mut window, "exit");
    let document = document(&window);
    let kinds: Vec<bool> = document.funnel.steps.iter().map(|step| matches!(step.kind, StepKind::Message(_))).collect();
    assert_eq!(kinds, [false, true, false, true, false]);
    assert_eq!(document.funnel.links.len(), 4);
    let proof = &window.state().session().unwrap().judgement().proof;
    assert_eq!(proof.step(&StepId::from("message")).unwrap().verdict, Verdict::Inside);
    for _ in 0..5 {
        key(&mut window, Modifiers::COMMAND, Key::Z);
    }
    assert!(ids(&window).is_empty());
}

#[test]
fn a_link_is_drawn_from_an_output_to_a_step_and_deleted_again() {
    let mut window = empty();
    window.get_by_label("They call").click();
    window.run();
    key(&mut window, Modifiers::NONE, Key::Escape);
    add(&mut window, "exit");
    let exit = place(&window, "Exit: Done");
    drag(&mut window, exit, exit + vec2(320.0, 100.0));
    let port = place(&window, "Output Next of Call, leads nowhere");
    let exit = place(&window, "Exit: Done");
    drag(&mut window, port, exit);
    window.get_by_label("Output Next of Call, leads to Done");
    key(&mut window, Modifiers::NONE, Key::Delete);
    window.get_by_label("Output Next of Call, leads nowhere");
}

#[test]
fn a_wire_dropped_on_the_ground_brings_a_connected_step() {
    let mut window = empty();
    window.get_by_label("QR code").click();
    window.run();
    let port = place(&window, "Output Next of QR scan, leads nowhere");
    drag(&mut window, port, port + vec2(150.0, 60.0));
    assert!(window.query_by_role_and_label(Role::MenuItem, "Entry").is_none(), "nothing can lead to an entry");
    window.get_by_role_and_label(Role::MenuItem, "Wait").click();
    window.run();
    window.get_by_label("Output Next of QR scan, leads to Wait 4 h");
}

#[test]
fn deleting_with_healing_joins_the_neighbours() {
    let mut window = window(MISTAKE);
    let at = place(&window, "Wait: Wait 3 days");
    click(&mut window, at);
    key(&mut window, Modifiers::COMMAND, Key::Delete);
    window.get_by_label("Output Sim, pode of Ask for opt-in, leads to Day-3 offer");
    let funnel = document(&window).funnel;
    assert_eq!(funnel.target(&"ask".into(), &Output::Reply("Sim, pode".into())).unwrap().as_str(), "day3");
}

#[test]
fn steps_travel_over_the_clipboard_as_text() {
    let mut window = window(MISTAKE);
    let at = place(&window, ASK);
    click(&mut window, at);
    window.event(Event::Copy);
    window.step();
    let copied = window.output().platform_output.commands.iter().find_map(|command| match command {
        egui::OutputCommand::CopyText(text) => Some(text.clone()),
        _ => None,
    });
    let text = copied.expect("the steps are on the clipboard");
    assert!(text.contains("Ask for opt-in"), "{text}");
    let before = ids(&window).len();
    window.run();
    window.event(Event::Paste(text));
    window.run();
    assert_eq!(ids(&window).len(), before + 1);
    assert_eq!(selected(&window), ["ask-2"]);
    window.event(Event::Paste("nothing of the kind".to_owned()));
    window.run();
    window.get_by_role_and_label(Role::Alert, "There are no steps on the clipboard");
}

#[test]
fn a_title_is_typed_on_the_card_and_is_one_undo() {
    let mut window = window(MISTAKE);
    let at = place(&window, ASK);
    click(&mut window, at);
    key(&mut window, Modifiers::NONE, Key::F2);
    for letter in ["O", "i", "?"] {
        write(&mut window, letter);
    }
    key(&mut window, Modifiers::NONE, Key::Enter);
    window.get_by_label("Question: Oi?, Inside");
    key(&mut window, Modifiers::COMMAND, Key::Z);
    window.get_by_label(ASK);
}

#[test]
fn the_wheel_with_control_zooms_about_the_pointer() {
    let mut window = window(MISTAKE);
    let at = place(&window, ASK);
    let far = place(&window, "Entry: Instagram ad");
    window.event(Event::PointerMoved(at));
    window.step();
    window.event(Event::Zoom(1.2));
    window.run();
    let distance = |a: Pos2, b: Pos2| -> f32 { Vec2::length(a - b) };
    let after = place(&window, ASK);
    assert!(distance(after, at) < 1.5, "{at:?} {after:?}");
    assert!(distance(place(&window, "Entry: Instagram ad"), at) > distance(far, at) * 1.15);
}

#[test]
fn unsaved_changes_are_asked_about_and_saved() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("kept.ron");
    let mut window = window_of(Some(session(file::parse(MISTAKE, "test.ron").unwrap().document)), vec![Some(path.clone())]);
    let at = place(&window, ASK);
    drag(&mut window, at, at + vec2(0.0, 100.0));
    let changed = document(&window);
    key(&mut window, Modifiers::COMMAND, Key::N);
    assert_eq!(ids(&window).len(), changed.funnel.steps.len(), "the funnel is still there while the question stands");
    window.get_by_label("Cancel").click();
    window.run();
    key(&mut window, Modifiers::COMMAND, Key::N);
    let answers: Vec<_> = window.get_all_by_role_and_label(Role::Button, "Save").collect();
    answers.last().expect("the question and the toolbar have one each").click();
    drop(answers);
    window.run();
    assert!(ids(&window).is_empty(), "the new funnel is open");
    assert_eq!(file::read(&path).unwrap().document, changed);
}

#[test]
fn a_broken_file_says_what_is_wrong_and_opens_nothing() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("broken.ron");
    std::fs::write(&path, "(format: 1, name: 7)").unwrap();
    let mut window = window_of(None, vec![Some(path)]);
    window.get_by_label("Open a file…").click();
    window.run_ok();
    window.run_ok();
    let said = window.get_by_role(Role::Alert);
    assert!(said.accesskit_node().label().unwrap_or_default().contains("broken.ron"));
    assert!(window.state().session().is_none());
}

#[test]
fn the_start_screen_opens_samples() {
    let mut window = window_of(None, Vec::new());
    window.get_by_label_contains("Day-3 offer, the classic mistake").click();
    window.run();
    window.get_by_label("Message: Day-3 offer, Outside");
}

#[test]
fn the_palette_finds_commands_and_steps() {
    let mut window = window(MISTAKE);
    key(&mut window, Modifiers::COMMAND, Key::K);
    write(&mut window, "day-3 offer");
    key(&mut window, Modifiers::NONE, Key::Enter);
    assert_eq!(selected(&window), ["day3"]);
    key(&mut window, Modifiers::COMMAND, Key::K);
    write(&mut window, "select all");
    key(&mut window, Modifiers::NONE, Key::Enter);
    assert_eq!(selected(&window).len(), ids(&window).len());
}

#[test]
fn at_rest_nothing_is_painted_again() {
    let mut window = window(MISTAKE);
    window.run();
    let output = window.output();
    let delay = output.viewport_output.values().map(|viewport| viewport.repaint_delay).min().unwrap();
    assert!(delay > std::time::Duration::from_secs(1), "{delay:?}");
}

#[test]
fn a_frame_takes_along_what_it_holds() {
    let mut window = window(MISTAKE);
    window.key_press(Key::F);
    window.run();
    let before = document(&window);
    let at = window.get_by_label("Frame: Never delivered").rect().left_center() + vec2(30.0, 0.0);
    drag(&mut window, at, at + vec2(0.0, 90.0));
    let by = spot(&window, "day3").y - before.layout.spots[&StepId::from("day3")].y;
    assert!(by > 0.0, "the card moves with the frame");
    let after = document(&window);
    assert_eq!(after.layout.frames[0].at.y - before.layout.frames[0].at.y, by);
    assert_eq!(after.layout.spots[&StepId::from("ask")], before.layout.spots[&StepId::from("ask")]);
    key(&mut window, Modifiers::COMMAND, Key::Z);
    assert_eq!(document(&window), before);
}

#[test]
fn every_gesture_is_in_the_menu_of_its_thing() {
    let mut window = window(MISTAKE);
    window.get_by_label(ASK).click_secondary();
    window.run();
    window.get_by_label("Rename F2");
    window.get_by_label("Delete Delete").click();
    window.run();
    assert!(!ids(&window).contains(&"ask".to_owned()));
}

#[test]
fn the_mark_of_problems_leads_to_their_list() {
    let mut window = window(MISTAKE);
    window.get_by_label("1 problem of Day-3 offer").click();
    window.run();
    assert_eq!(selected(&window), ["day3"]);
    assert!(window.query_all_by_label_contains("W001").next().is_some(), "the diagnostic is shown");
}

#[test]
fn a_step_dropped_on_a_link_goes_into_it() {
    let mut window = window(MISTAKE);
    key(&mut window, Modifiers::NONE, Key::Escape);
    add(&mut window, "send hours");
    let (wait, offer) = (place(&window, "Wait: Wait 3 days"), place(&window, "Message: Day-3 offer, Outside"));
    let own = place(&window, "Send hours: Send hours");
    drag(&mut window, own, Pos2::new((wait.x + offer.x) / 2.0, wait.y));
    window.get_by_label("Output Next of Wait 3 days, leads to Send hours");
    window.get_by_label("Output Next of Send hours, leads to Day-3 offer");
    key(&mut window, Modifiers::COMMAND, Key::Z);
    window.get_by_label("Output Next of Wait 3 days, leads to Day-3 offer");
}

#[test]
fn enter_acts_on_the_output_that_the_keyboard_is_on() {
    let mut window = window(MISTAKE);
    window.get_by_label_contains("Output Next of Wait 3 days, leads to").focus();
    window.run();
    key(&mut window, Modifiers::NONE, Key::Enter);
    let selection = &window.state().session().unwrap().selection;
    assert_eq!(selection.link, Some((StepId::from("gap3"), Output::Next)), "it selects the link and renames nothing");
}

#[test]
fn a_new_wait_is_titled_by_its_length_until_a_person_names_it() {
    let mut window = empty();
    add(&mut window, "wait");
    let title = |window: &Window| document(window).funnel.steps[0].title.clone();
    let lasts = |window: &mut Window, text: &str| {
        window.get_by_label("Length").focus();
        window.run();
        key(window, Modifiers::COMMAND, Key::A);
        write(window, text);
    };
    assert_eq!(title(&window), "Wait 4 h");
    lasts(&mut window, "3 days");
    assert_eq!(title(&window), "Wait 3 d");
    window.get_by_label("Title").focus();
    window.run();
    write(&mut window, " more");
    lasts(&mut window, "2d");
    assert_eq!(title(&window), "Wait 3 d more");
}

#[test]
fn the_small_map_leaves_cards_alone_once_the_view_is_still() {
    let mut window = window(MISTAKE);
    key(&mut window, Modifiers::NONE, Key::Num1);
    let map = |window: &Window| window.query_by_label("Map of the funnel").map(|map| map.rect());
    let pan = |window: &mut Window, by: Vec2| {
        window.event(Event::MouseWheel {
            unit: egui::MouseWheelUnit::Point,
            delta: by,
            phase: egui::TouchPhase::Move,
            source: egui::MouseWheelSource::Unknown,
            modifiers: Modifiers::NONE,
        });
        window.step();
    };
    window.event(Event::PointerMoved(place(&window, "Wait: Wait 3 days")));
    window.step();
    let mut covered = false;
    for _ in 0..40 {
        pan(&mut window, vec2(-12.0, 12.0));
        let card = |name: &str| window.query_by_label_contains(name).map(|card| card.rect());
        let cards = [": Day-3 offer,", "Wait: Wait 3 days", ": Ask for opt-in,"].map(card);
        let under = |map: egui::Rect| cards.iter().flatten().any(|card| card.intersects(map));
        if map(&window).is_some_and(under) {
            covered = true;
            break;
        }
    }
    assert!(covered, "while the view moves it lies over cards");
    window.run_steps(20);
    assert_eq!(map(&window), None);
}

#[test]
fn what_another_program_wrote_is_not_overwritten_unasked() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("shared.ron");
    std::fs::write(&path, MISTAKE).unwrap();
    let mut window = window_of(None, vec![Some(path.clone())]);
    window.get_by_label("Open a file…").click();
    window.run_ok();
    window.run_ok();
    add(&mut window, "exit");
    let theirs = MISTAKE.replace("Instagram ad", "Facebook ad");
    std::fs::write(&path, &theirs).unwrap();
    key(&mut window, Modifiers::COMMAND, Key::S);
    window.get_by_label("Cancel").click();
    window.run();
    assert_eq!(std::fs::read_to_string(&path).unwrap(), theirs);
    key(&mut window, Modifiers::COMMAND, Key::S);
    window.get_by_label("Overwrite").click();
    window.run_ok();
    assert_eq!(file::read(&path).unwrap().document, document(&window));
    add(&mut window, "exit");
    key(&mut window, Modifiers::COMMAND, Key::S);
    assert!(window.query_by_label("Overwrite").is_none(), "what was written here is no one else's");
}
