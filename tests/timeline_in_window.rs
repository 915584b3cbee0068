//! The timeline in the whole window: what is done there reaches the canvas, the file and undo.

use egui::accesskit::Role;
use egui::{Key, Modifiers, Pos2};
use egui_kittest::Harness;
use egui_kittest::kittest::{NodeT, Queryable};
use transom::model::Seconds;
use transom::session::Session;
use transom::ui::app::Planner;
use transom::ui::dialogs::Prepared;
use transom::{file, policy};

const MISTAKE: &str = include_str!("../funnels/day3-mistake.ron");

fn window(width: f32, height: f32) -> Harness<'static, Planner> {
    let document = file::parse(MISTAKE, "test.ron").unwrap().document;
    let session = Session::new(document, None, policy::standard(), "2026-11-24T10:00:00".parse().unwrap());
    let mut window = Harness::builder()
        .with_size(egui::vec2(width, height))
        .with_max_steps(60)
        .allow_missing_glyphs()
        .build_eframe(|cc| Planner::new(&cc.egui_ctx, Some(session), Box::new(Prepared::default())));
    window.run();
    window
}

fn after(window: &Harness<'static, Planner>, answer: usize) -> Seconds {
    window.state().session().unwrap().funnel().scenarios[0].answers[answer].after
}

#[test]
fn two_drags_of_one_reply_are_two_undos_and_the_second_reaches_past_the_timeout() {
    let mut window = window(1600.0, 1000.0);
    let untouched = window.state().session().unwrap().document().clone();
    let mut times = vec![after(&window, 1)];
    for by in [12.0, 400.0] {
        let handle = window
            .get_by(|node| node.role() == Role::Slider && node.label().is_some_and(|name| name.contains("Ask for opt-in")));
        let from = Pos2::new(handle.rect().left() + 10.0, handle.rect().top() + 10.0);
        window.drag_at(from);
        window.run();
        for part in 1..=4 {
            window.hover_at(from + egui::vec2(by * part as f32 / 4.0, 0.0));
            window.run();
        }
        window.drop_at(from + egui::vec2(by, 0.0));
        window.run();
        times.push(after(&window, 1));
    }
    assert!(times[0] < times[1] && times[1] < Seconds::hours(12) && times[2] >= Seconds::hours(12), "{times:?}");
    window.get_by_label_contains("No reply to Ask for opt-in for 12 h");
    assert!(window.query_by_label_contains("Day-3 offer, blocked").is_none(), "the journey no longer comes there");

    for expected in [times[1], times[0]] {
        window.key_press_modifiers(Modifiers::COMMAND, Key::Z);
        window.run();
        assert_eq!(after(&window, 1), expected);
    }
    assert_eq!(*window.state().session().unwrap().document(), untouched);
    window.get_by_label_contains("Day-3 offer, blocked");
}

#[test]
fn a_click_on_a_message_selects_its_step_and_everything_fits_a_small_window() {
    let mut window = window(1024.0, 700.0);
    window.get_by_label_contains("Day-3 offer, blocked").click();
    window.run();
    assert_eq!(window.state().session().unwrap().selection.steps, ["day3".into()]);
    let chart = window.get_by_label("Journey chart").rect();
    for name in ["Play", "Arrives", "Fit", "Fold empty stretches", "Conversation"] {
        let places: Vec<egui::Rect> = window.get_all_by_label(name).map(|node| node.rect()).collect();
        assert!(
            places.iter().any(|place| place.right() <= chart.right() + 1.0 && place.left() >= 0.0),
            "{name}: {places:?}"
        );
    }
}

#[test]
fn another_answer_can_be_chosen_with_the_keyboard_alone() {
    let mut window = window(1600.0, 1000.0);
    let reply = |window: &Harness<'static, Planner>| {
        window.state().session().unwrap().funnel().scenarios[0].answers[1].reply.clone()
    };
    assert_eq!(reply(&window), "Sim, pode");
    let handle = window
        .get_by(|node| node.role() == Role::Slider && node.label().is_some_and(|name| name.contains("Ask for opt-in")));
    handle.focus();
    window.run();
    window.key_press(Key::Enter);
    window.run();
    let option =
        |window: &Harness<'static, Planner>| window.get_by_role_and_label(Role::RadioButton, "Não, obrigado").is_focused();
    for _ in 0..2 {
        window.key_press(Key::ArrowDown);
        window.run();
    }
    assert!(option(&window), "into the menu, and from the first option to the second");
    window.key_press(Key::Space);
    window.run();
    assert_eq!(reply(&window), "Não, obrigado");
    window.key_press(Key::Escape);
    window.run();
    // The menu is gone in the frame after the key.
    window.step();
    assert!(window.query_by_role_and_label(Role::RadioButton, "Não, obrigado").is_none());
}

/// Puts the keyboard on the axis with the playhead at the entry.
fn on_the_axis(window: &mut Harness<'static, Planner>) {
    window.get_by_role_and_label(Role::Slider, "Playhead").focus();
    window.run();
    press(window, Key::Home);
}

fn press(window: &mut Harness<'static, Planner>, key: Key) {
    window.key_press(key);
    window.run();
    // A name that changed with the key is told in the frame after it.
    window.step();
}

#[test]
fn time_is_measured_from_the_playhead_and_by_dragging_with_ctrl() {
    let mut window = window(1600.0, 1000.0);
    on_the_axis(&mut window);
    press(&mut window, Key::M);
    press(&mut window, Key::ArrowRight);
    window.get_by_label("Measured: 3 m from 0 to +3 m");
    press(&mut window, Key::M);
    assert!(window.query_by_label_contains("Measured").is_none());

    let untouched = window.state().session().unwrap().document().clone();
    let left = window.get_by_label_contains("Contextual reply, sent").rect().left();
    let right = window.get_by_label_contains("Day-3 offer, blocked").rect().left();
    let y = window.get_by_label("Journey chart").rect().bottom() - 4.0;
    window.event(egui::Event::ModifiersChanged(Modifiers::COMMAND));
    window.drag_at(Pos2::new(left, y));
    window.run();
    for x in [(left + right) / 2.0, right + 1.0] {
        window.hover_at(Pos2::new(x, y));
        window.run();
    }
    window.drop_at(Pos2::new(right + 1.0, y));
    window.event(egui::Event::ModifiersChanged(Modifiers::NONE));
    window.run();
    window.get_by_label("Measured: 3 d 3 m 40 s from 0 to +3 d 3 m 40 s");
    assert_eq!(*window.state().session().unwrap().document(), untouched);
}

#[test]
fn fitting_shows_the_selected_step_and_again_the_whole_story() {
    let mut window = window(1600.0, 1000.0);
    let apart = |window: &Harness<'static, Planner>| {
        let left = |name| window.get_by_label_contains(name).rect().left();
        left("Ask for opt-in, sent") - left("Contextual reply, sent")
    };
    let whole = apart(&window);
    window.get_by_label_contains("Contextual reply, sent").click();
    window.run();
    on_the_axis(&mut window);
    press(&mut window, Key::F);
    let near = apart(&window);
    assert!(near > 2.0 * whole, "three minutes take most of the chart: {whole} and {near}");
    press(&mut window, Key::F);
    assert!((apart(&window) - whole).abs() < 1.0);
}

#[test]
fn snapping_can_be_switched_off_by_key_and_by_button() {
    let mut window = window(1600.0, 1000.0);
    let drag = |window: &mut Harness<'static, Planner>| {
        let handle = window
            .get_by(|node| node.role() == Role::Slider && node.label().is_some_and(|name| name.contains("Ask for opt-in")));
        let from = Pos2::new(handle.rect().left() + 10.0, handle.rect().top() + 10.0);
        window.drag_at(from);
        window.run();
        window.hover_at(from + egui::vec2(10.0, 0.0));
        window.run();
        window.drop_at(from + egui::vec2(17.0, 0.0));
        window.run();
        after(window, 1)
    };
    let snapped = drag(&mut window);
    assert_eq!(snapped.0 % 5, 0, "{snapped} is a round time");
    on_the_axis(&mut window);
    press(&mut window, Key::N);
    let free: Vec<Seconds> = (0..3).map(|_| drag(&mut window)).collect();
    assert!(free.iter().any(|after| after.0 % 5 != 0), "{free:?}");
    window.get_by_label("Snap to round times and edges").click();
    window.run();
    let snapped = drag(&mut window);
    assert_eq!(snapped.0 % 5, 0, "{snapped} is a round time again");
}

#[test]
fn what_the_told_story_costs_stands_below_its_name() {
    let mut window = window(1600.0, 1000.0);
    let told = |window: &Harness<'static, Planner>| {
        let line = window.get_by_label_contains("free by the free entry point");
        let node = line.accesskit_node();
        node.label().or(node.value()).unwrap()
    };
    let all = told(&window);
    assert!(all.contains(" USD"), "{all}");
    window.get_all_by_label_contains("Never answers").next().unwrap().click();
    window.run();
    let silent = told(&window);
    assert_ne!(silent, all, "who never answers gets fewer messages");
}
