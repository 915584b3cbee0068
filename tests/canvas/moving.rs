//! Moving, nudging and bringing into line.

use super::*;

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
fn arrow_keys_nudge_by_the_grid_or_finely_and_ten_times_as_far_with_shift() {
    let mut window = window(MISTAKE);
    let at = place(&window, ASK);
    click(&mut window, at);
    let mut x = spot(&window, "ask").x;
    for (modifiers, by) in [(Modifiers::NONE, 20.0), (Modifiers::SHIFT, 200.0)] {
        key(&mut window, modifiers, Key::ArrowRight);
        x += by;
        assert_eq!(spot(&window, "ask").x, x);
    }
    key(&mut window, Modifiers::NONE, Key::G);
    assert!(says(&window, "Cards go anywhere"), "the change of habit is said");
    for (modifiers, by) in [(Modifiers::NONE, 1.0), (Modifiers::SHIFT, 10.0)] {
        key(&mut window, modifiers, Key::ArrowRight);
        x += by;
        assert_eq!(spot(&window, "ask").x, x);
    }
}

#[test]
fn an_arrow_key_that_is_held_is_one_undo() {
    let mut window = window(MISTAKE);
    let at = place(&window, ASK);
    click(&mut window, at);
    let before = document(&window);
    let arrow = |pressed, repeat| Event::Key {
        key: Key::ArrowDown,
        physical_key: None,
        pressed,
        repeat,
        modifiers: Modifiers::NONE,
    };
    for (pressed, repeat) in [(true, false), (true, true), (true, true), (false, false)] {
        window.event(arrow(pressed, repeat));
        window.step();
    }
    assert_eq!(spot(&window, "ask").y, before.layout.spots[&StepId::from("ask")].y + 60.0);
    key(&mut window, Modifiers::NONE, Key::ArrowDown);
    key(&mut window, Modifiers::COMMAND, Key::Z);
    assert_eq!(spot(&window, "ask").y, before.layout.spots[&StepId::from("ask")].y + 60.0, "the next press is its own");
    key(&mut window, Modifiers::COMMAND, Key::Z);
    assert_eq!(document(&window), before);
}

#[test]
fn selected_cards_are_aligned_and_spread_by_key_and_from_the_menu() {
    let mut window = window(MISTAKE);
    let before = document(&window);
    key(&mut window, Modifiers::COMMAND, Key::A);
    key(&mut window, Modifiers::ALT, Key::W);
    let tops: Vec<f32> = document(&window).layout.spots.values().map(|spot| spot.y).collect();
    assert!(tops.iter().all(|top| *top == tops[0]), "{tops:?}");
    assert_eq!(undo_label(&window).as_deref(), Some("Align top edges"));
    key(&mut window, Modifiers::COMMAND, Key::Z);
    assert_eq!(document(&window), before, "one undo");

    window.get_by_label(ASK).click_secondary();
    window.run();
    // The inspector of several steps has the same button; the menu lies over everything.
    let buttons: Vec<_> = window.get_all_by_label("Spread across with equal gaps").collect();
    assert_eq!(buttons.len(), 2);
    buttons[1].click();
    drop(buttons);
    window.run();
    let mut left: Vec<f32> = document(&window).layout.spots.values().map(|spot| spot.x).collect();
    left.sort_by(f32::total_cmp);
    let gaps: Vec<f32> = left.windows(2).map(|pair| pair[1] - pair[0]).collect();
    assert!(gaps.iter().all(|gap| (gap - gaps[0]).abs() <= 1.0), "{gaps:?}");
}

#[test]
fn one_card_alone_cannot_be_aligned_and_the_planner_says_so() {
    let mut window = window(MISTAKE);
    let before = document(&window);
    let at = place(&window, ASK);
    click(&mut window, at);
    key(&mut window, Modifiers::ALT, Key::A);
    assert_eq!(document(&window), before);
    assert!(says(&window, "Select at least 2 steps first"));
}

#[test]
fn without_the_grid_a_card_meets_the_edge_of_its_neighbour() {
    let mut window = window(MISTAKE);
    key(&mut window, Modifiers::NONE, Key::G);
    let at = place(&window, "Exit: No sale");
    drag(&mut window, at, at + vec2(4.0, 50.0));
    let moved = spot(&window, "quiet");
    assert_eq!(moved.x, spot(&window, "gap3").x, "left edges meet");
    assert_ne!(moved.y % 20.0, 0.0, "and nothing else holds it");
}

#[test]
fn dragging_with_ctrl_or_alt_leaves_the_card_and_moves_a_copy() {
    let mut window = window(MISTAKE);
    let before = document(&window);
    let at = place(&window, "Wait: Wait 3 days");
    for held in [Modifiers::ALT, Modifiers::COMMAND] {
        drag_with(&mut window, held, PointerButton::Primary, at, at + vec2(15.0, -90.0));
        assert_eq!(selected(&window), ["gap3-2"]);
        assert_eq!(spot(&window, "gap3"), before.layout.spots[&StepId::from("gap3")]);
        assert_eq!(spot(&window, "gap3-2").y, -120.0);
        assert_eq!(undo_label(&window).as_deref(), Some("Duplicate step"));
        key(&mut window, Modifiers::COMMAND, Key::Z);
        assert_eq!(document(&window), before);
    }
}

#[test]
fn arranging_again_and_undo_glide_and_end_where_they_should() {
    let mut window = window(MISTAKE);
    let before = document(&window);
    let at = place(&window, ASK);
    drag(&mut window, at, at + vec2(0.0, 150.0));
    key(&mut window, Modifiers { shift: true, ..Modifiers::COMMAND }, Key::A);
    assert_eq!(undo_label(&window).as_deref(), Some("Arrange all steps"));
    key(&mut window, Modifiers::COMMAND, Key::Z);
    key(&mut window, Modifiers::COMMAND, Key::Z);
    assert_eq!(document(&window), before);
    key(&mut window, Modifiers::NONE, Key::Num1);
    let (ask, wait) = (place(&window, ASK), place(&window, "Wait: Wait 3 days"));
    let (own, next) = (spot(&window, "ask"), spot(&window, "gap3"));
    assert!((wait.x - ask.x - (next.x - own.x)).abs() < 0.5, "cards are shown where they lie");
}
