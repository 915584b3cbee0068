//! The tab that sends a crowd through the funnel.

mod support;

use std::time::{Duration, Instant};

use egui::accesskit::Role;
use support::Window;
use transom::model::StepId;

const MISTAKE: &str = "day3-mistake.ron";

/// Waits until the crowd that was asked for has come to its end.
fn wait(window: &mut Window) {
    let begun = Instant::now();
    while !window.session().crowd().expect("a crowd was asked for").is_over() {
        assert!(begun.elapsed() < Duration::from_secs(60), "the crowd comes to an end");
        std::thread::sleep(Duration::from_millis(10));
    }
    window.settle();
}

#[test]
fn a_crowd_shows_who_is_inside_where_they_end_and_what_they_cost() {
    let mut window = Window::open(MISTAKE, &[]);
    window.click(Role::Tab, "Simulation");
    assert!(window.shows("No crowd yet"), "{:#?}", window.names());
    window.fill(Role::TextInput, "People", "2,000");
    window.click(Role::Button, "Run");
    wait(&mut window);
    let row = window.name("Day-3 offer: reached ");
    assert!(row.contains("inside 0 %") && !row.ends_with("refused 0"), "{row}");
    assert!(window.shows("2,000 people, seed 1"), "{:#?}", window.names());
    assert!(window.shows_part("662 converted") && window.shows_part("USD 0.00 (0.00 to "), "{:#?}", window.names());
    window.click(Role::Row, &row);
    assert_eq!(window.session().selection.steps, [StepId::from("day3")]);
}

#[test]
fn a_crowd_of_an_older_funnel_says_so() {
    let mut window = Window::open(MISTAKE, &[]);
    window.click(Role::Tab, "Simulation");
    window.fill(Role::TextInput, "People", "500");
    window.click(Role::Button, "Run");
    wait(&mut window);
    window.press(&window.name("Wait: Wait 3 days"));
    window.fill(Role::TextInput, "Length", "20h");
    assert!(window.shows("The funnel has changed since"), "{:#?}", window.names());
    window.click(Role::Button, "Run");
    wait(&mut window);
    assert!(!window.shows("The funnel has changed since"));
    assert!(window.name("Day-3 offer: reached ").contains("inside 100 %"));
}

#[test]
fn a_crowd_can_be_stopped_and_impossible_ones_are_not_sent() {
    let mut window = Window::open(MISTAKE, &[]);
    window.click(Role::Tab, "Simulation");
    window.fill(Role::TextInput, "People", "0");
    assert!(window.shows("From 1 to 100,000,000 people"));
    window.fill(Role::TextInput, "People", "100000000");
    window.click(Role::Button, "Run");
    window.click(Role::Button, "Cancel");
    wait(&mut window);
    assert!(window.shows("The crowd was stopped"), "{:#?}", window.names());
    assert!(window.session().crowd().unwrap().crowd().is_none());
}
