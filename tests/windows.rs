//! The tab that shows each message against the customer service window, over all journeys.

mod support;

use egui::Key;
use egui::accesskit::Role;
use support::Window;
use transom::model::StepId;

const MISTAKE: &str = "day3-mistake.ron";

/// The names of the rows, from the top.
fn rows(window: &Window) -> Vec<String> {
    let names = window.names().into_iter();
    names.filter(|name| name.ends_with("after the last message") && name.contains(": ")).collect()
}

#[test]
fn what_may_fail_stands_first_with_its_exact_range() {
    let mut window = Window::open(MISTAKE, &[]);
    window.click(Role::Tab, "Windows");
    assert!(window.shows("2 of 4 free-form messages can fall outside the window"), "{:#?}", window.names());
    let by_risk = rows(&window);
    assert_eq!(by_risk[0], "Day-7 last call: Outside, 7 d after the last message");
    assert_eq!(by_risk[1], "Day-3 offer: Outside, 3 d after the last message");
    window.click(Role::RadioButton, "In order");
    let in_order = rows(&window);
    assert_eq!(in_order.len(), by_risk.len());
    assert_eq!(in_order[0], "Contextual reply: Inside, 0 s after the last message");
}

#[test]
fn a_row_leads_to_its_step_and_its_closed_part_to_the_journey_that_breaks_it() {
    let mut window = Window::open(MISTAKE, &[]);
    window.click(Role::Tab, "Windows");
    window.press("Ask for opt-in: Inside, 0 s after the last message");
    assert_eq!(window.session().selection.steps, [StepId::from("ask")]);

    window.focus(Role::Button, "Day-3 offer: Outside, 3 d after the last message");
    window.key(Key::Enter);
    assert_eq!(window.session().selection.steps, [StepId::from("day3")]);

    let before = window.document().clone();
    window.click_last(Role::Button, "Show a journey that breaks it: Day-3 offer");
    assert!(window.shows("The journey that breaks Day-3 offer"), "{:#?}", window.names());
    assert!(window.shows_part("Day-3 offer, blocked"));
    assert_eq!(*window.document(), before, "looking changes nothing");
}

#[test]
fn a_range_follows_the_wait_that_makes_it() {
    let mut window = Window::open(MISTAKE, &[]);
    window.click(Role::Tab, "Windows");
    window.press(&window.name("Wait: Wait 3 days"));
    window.fill(Role::TextInput, "Length", "20h");
    assert!(window.shows("Day-3 offer: Inside, 20 h after the last message"), "{:#?}", window.names());
    assert!(window.shows("1 of 4 free-form messages can fall outside the window"));
}

#[test]
fn without_a_message_it_says_what_to_do() {
    let mut window = Window::start(&[]);
    window.press("New funnel");
    window.click(Role::Tab, "Windows");
    assert!(window.shows("Nothing is sent yet"));
}
