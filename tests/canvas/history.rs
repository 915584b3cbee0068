//! The history as a list.

use super::*;

#[test]
fn any_point_of_the_history_is_gone_to_by_its_name() {
    let mut window = window(MISTAKE);
    let opened = document(&window);
    let at = place(&window, "Wait: Wait 3 days");
    click(&mut window, at);
    key(&mut window, Modifiers::NONE, Key::ArrowDown);
    let nudged = document(&window);
    key(&mut window, Modifiers::NONE, Key::X);
    key(&mut window, Modifiers::NONE, Key::Delete);
    let last = document(&window);

    key(&mut window, Modifiers::COMMAND, Key::H);
    window.get_by_label("Now: Delete step");
    window.get_by_label("Back to: Move step").click();
    window.run();
    assert_eq!(document(&window), nudged);
    assert_eq!(selected(&window), ["gap3"], "what was selected then is selected again");

    key(&mut window, Modifiers::COMMAND, Key::H);
    window.get_by_label("Forward to: Delete step").click();
    window.run();
    assert_eq!(document(&window), last);

    // The keyboard does the same: down to the very beginning.
    key(&mut window, Modifiers::COMMAND, Key::H);
    for _ in 0..3 {
        key(&mut window, Modifiers::NONE, Key::ArrowDown);
    }
    key(&mut window, Modifiers::NONE, Key::Enter);
    assert_eq!(document(&window), opened);
    assert_eq!(undo_label(&window), None);
}

#[test]
fn undoing_many_times_says_only_what_was_undone_last() {
    let mut window = window(MISTAKE);
    let at = place(&window, "Wait: Wait 3 days");
    click(&mut window, at);
    key(&mut window, Modifiers::NONE, Key::ArrowDown);
    key(&mut window, Modifiers::NONE, Key::X);
    for said in ["Undone: Cut 2 links", "Undone: Move step"] {
        key(&mut window, Modifiers::COMMAND, Key::Z);
        let alerts: Vec<_> =
            window.query_all_by_role(Role::Alert).filter_map(|alert| alert.accesskit_node().label()).collect();
        assert_eq!(alerts.len(), 1, "{alerts:?}");
        assert!(alerts[0].starts_with(said), "{alerts:?}");
    }
}
