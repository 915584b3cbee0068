//! What those hear and reach who use no pointer and see no screen.

use super::*;

fn told(window: &Window) -> String {
    window.get_by_role(Role::Status).accesskit_node().label().unwrap_or_default()
}

#[test]
fn what_was_added_and_connected_is_announced() {
    let mut window = window(MISTAKE);
    let at = place(&window, "Wait: Wait 3 days");
    click(&mut window, at);
    key(&mut window, Modifiers::NONE, Key::X);
    add(&mut window, "exit");
    assert_eq!(told(&window), "Added Done. Connected Next of Wait 3 days to Done");
    key(&mut window, Modifiers::NONE, Key::Delete);
    assert_eq!(told(&window), "Delete step");
}

#[test]
fn links_are_reached_by_key_and_say_what_they_join() {
    let mut window = window(MISTAKE);
    let name = "Link from Ask for opt-in by Sim, pode to Wait 3 days";
    window.get_by_label(name).focus();
    window.run();
    let selection = &window.state().session().unwrap().selection;
    assert_eq!(selection.link, Some((StepId::from("ask"), Output::Reply("Sim, pode".to_owned()))));
    assert_eq!(window.get_by_label(name).accesskit_node().is_selected(), Some(true));
    key(&mut window, Modifiers::NONE, Key::Delete);
    assert!(window.query_by_label(name).is_none());
}

#[test]
fn the_menu_opens_by_key_and_its_entries_are_reached_by_arrows() {
    let mut window = window(MISTAKE);
    window.get_by_label("Wait: Wait 3 days").focus();
    window.run();
    key(&mut window, Modifiers::SHIFT, Key::F10);
    window.get_by_label("Rename F2");
    key(&mut window, Modifiers::NONE, Key::ArrowUp);
    key(&mut window, Modifiers::NONE, Key::Enter);
    assert!(!ids(&window).contains(&"gap3".to_owned()), "the last entry deletes and heals");
    assert!(links(&window).iter().any(|link| link.ends_with("day3")), "{:?}", links(&window));
}

#[test]
fn a_funnel_with_a_loop_is_built_without_a_pointer() {
    let mut window = empty();
    window.get_by_label("QR code").focus();
    window.run();
    key(&mut window, Modifiers::NONE, Key::Space);
    for step in ["question", "wait"] {
        window.get_by_label("Canvas").focus();
        window.run();
        add(&mut window, step);
    }
    // The wait leads back to the question.
    let output = window.get_all_by_label_contains("of Wait 4 h, leads nowhere").next().unwrap();
    output.focus();
    window.run();
    key(&mut window, Modifiers::NONE, Key::Space);
    write(&mut window, "quest");
    key(&mut window, Modifiers::NONE, Key::ArrowDown);
    key(&mut window, Modifiers::NONE, Key::Enter);
    assert!(links(&window).contains(&"wait Next question".to_owned()), "{:?}", links(&window));
    assert_eq!(told(&window), "Connected Next of Wait 4 h to Question");
}
