//! Finding steps on the canvas.

use super::*;

fn find(window: &mut Window, text: &str) {
    key(window, Modifiers::COMMAND, Key::F);
    key(window, Modifiers::COMMAND, Key::A);
    write(window, text);
}

#[test]
fn a_search_goes_from_one_step_to_the_next_and_round() {
    let mut window = window(MISTAKE);
    find(&mut window, "is:outside");
    window.get_by_label("2 found");
    for id in ["day3", "day7", "day3"] {
        key(&mut window, Modifiers::NONE, Key::Enter);
        assert_eq!(selected(&window), [id]);
        let card = window
            .get_by_label(if id == "day3" { "Message: Day-3 offer, Outside" } else { "Message: Day-7 last call, Outside" })
            .rect();
        assert!(card.right() < 1270.0 && card.left() > 0.0, "it is brought into view: {card:?}");
    }
    key(&mut window, Modifiers::SHIFT, Key::F3);
    assert_eq!(selected(&window), ["day7"], "and back, from anywhere");
    window.get_by_label("2 of 2");
    key(&mut window, Modifiers::NONE, Key::Escape);
    assert!(window.query_by_label("2 of 2").is_none(), "Escape closes the search");
    assert_eq!(selected(&window), ["day7"], "and leaves what it found");
}

#[test]
fn texts_templates_kinds_and_problems_are_found() {
    let mut window = window(MISTAKE);
    for (text, told) in [
        ("volta10", "2 found"),
        ("frete", "1 found"),
        ("is:wait", "2 found"),
        ("is:invalid", "2 found"),
        ("is:exit no sale", "1 found"),
        ("is:inside opt-in", "1 found"),
        ("nowhere", "None"),
    ] {
        find(&mut window, text);
        assert!(window.query_by_label(told).is_some(), "{text} should say {told}");
    }
}

#[test]
fn a_filter_is_chosen_from_a_list() {
    let mut window = window(MISTAKE);
    key(&mut window, Modifiers::COMMAND, Key::F);
    window.get_by_label("Filters").click();
    window.run();
    window.get_by_label_contains("With an error").click();
    window.run();
    window.get_by_label("2 found");
}
