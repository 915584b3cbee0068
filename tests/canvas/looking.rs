//! Navigating: zoom, places, the small map, and what is painted.

use super::*;

#[test]
fn every_step_is_found_by_its_kind_title_and_verdict() {
    let window = window(MISTAKE);
    window.get_by_label("Entry: Instagram ad");
    window.get_by_label(ASK);
    window.get_by_label("Message: Day-3 offer, Outside");
    window.get_by_label("Output Sim, pode of Ask for opt-in, leads to Wait 3 days");
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
fn at_rest_nothing_is_painted_again() {
    let mut window = window(MISTAKE);
    window.run();
    let output = window.output();
    let delay = output.viewport_output.values().map(|viewport| viewport.repaint_delay).min().unwrap();
    assert!(delay > std::time::Duration::from_secs(1), "{delay:?}");
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
fn a_notch_of_the_wheel_zooms_by_no_more_than_a_fifth() {
    let mut window = window(MISTAKE);
    let at = place(&window, ASK);
    let far = place(&window, "Entry: Instagram ad");
    window.event(Event::PointerMoved(at));
    window.step();
    window.event(Event::ModifiersChanged(Modifiers::COMMAND));
    window.event(Event::MouseWheel {
        unit: egui::MouseWheelUnit::Line,
        delta: vec2(0.0, 1.0),
        phase: egui::TouchPhase::Move,
        source: egui::MouseWheelSource::Unknown,
        modifiers: Modifiers::COMMAND,
    });
    window.run_steps(8);
    window.event(Event::ModifiersChanged(Modifiers::NONE));
    window.run();
    let zoomed = (place(&window, "Entry: Instagram ad").x - at.x) / (far.x - at.x);
    assert!((1.08..=1.2).contains(&zoomed), "{zoomed}");
}

#[test]
fn one_goes_back_to_where_one_looked_before_a_jump() {
    let mut window = window(MISTAKE);
    let before = place(&window, ASK);
    key(&mut window, Modifiers::NONE, Key::F);
    let fitted = place(&window, ASK);
    assert_ne!(before, fitted);
    key(&mut window, Modifiers::NONE, Key::B);
    assert!((place(&window, ASK) - before).length() < 0.5);
    key(&mut window, Modifiers::SHIFT, Key::B);
    assert!((place(&window, ASK) - fitted).length() < 0.5, "and forward again");
    window.event(Event::PointerMoved(fitted));
    for pressed in [true, false] {
        let (button, modifiers) = (PointerButton::Extra1, Modifiers::NONE);
        window.event(Event::PointerButton { pos: fitted, button, pressed, modifiers });
        window.step();
    }
    window.run();
    assert!((place(&window, ASK) - before).length() < 0.5, "the mouse has a button for it");
}

#[test]
fn the_wheel_and_the_drag_do_what_the_person_is_used_to() {
    let mut window = window(MISTAKE);
    for habit in ["wheel: move", "drag on the ground"] {
        key(&mut window, Modifiers::COMMAND, Key::K);
        write(&mut window, habit);
        key(&mut window, Modifiers::NONE, Key::Enter);
    }
    let (ask, entry) = (place(&window, ASK), place(&window, "Entry: Instagram ad"));
    window.event(Event::PointerMoved(ask));
    window.step();
    window.event(Event::MouseWheel {
        unit: egui::MouseWheelUnit::Point,
        delta: vec2(0.0, -60.0),
        phase: egui::TouchPhase::Move,
        source: egui::MouseWheelSource::Unknown,
        modifiers: Modifiers::NONE,
    });
    window.run_steps(8);
    let after = place(&window, "Entry: Instagram ad");
    assert!((place(&window, ASK) - ask).length() < 2.0, "the wheel zooms about the pointer");
    assert!(after.x > entry.x + 20.0, "{entry:?} {after:?}");

    let ground = place(&window, "Exit: No sale") + vec2(-200.0, 60.0);
    drag(&mut window, ground, ground + vec2(30.0, -40.0));
    assert!(selected(&window).is_empty());
    let moved = place(&window, "Entry: Instagram ad") - after;
    assert!((moved - vec2(30.0, -40.0)).length() < 1.0, "a drag of the ground moves the view: {moved:?}");
}

#[test]
fn a_drag_that_begins_at_the_edge_of_the_view_does_not_move_it() {
    let mut window = window(MISTAKE);
    let before = place(&window, ASK);
    let edge = Pos2::new(6.0, place(&window, "Exit: No sale").y);
    button(&mut window, edge, true);
    for part in 1..=3 {
        window.event(Event::PointerMoved(edge + vec2(0.0, 8.0 * part as f32)));
        window.step();
    }
    button(&mut window, edge + vec2(0.0, 24.0), false);
    window.run();
    assert_eq!(place(&window, ASK), before);
}

#[test]
fn a_click_on_the_small_map_shows_that_part_and_can_be_taken_back() {
    let mut window = window(MISTAKE);
    let before = place(&window, ASK);
    let map = window.get_by_label("Map of the funnel").rect();
    assert!(window.query_by_label("Exit: Hoped for a sale").is_none(), "it is out of sight");
    click(&mut window, map.right_center() - vec2(14.0, 0.0));
    let card = window.get_by_label("Exit: Hoped for a sale").rect();
    assert!(card.left() > 0.0 && card.right() < 1280.0, "{card:?}");
    // The pointer is on the map, so the canvas takes its keys as well.
    key(&mut window, Modifiers::NONE, Key::B);
    assert!((place(&window, ASK) - before).length() < 0.5);
}
