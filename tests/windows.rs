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

#[test]
fn a_crowd_lies_over_the_bars_until_the_funnel_changes() {
    let mut window = Window::open("support-follow-up.ron", &[]);
    window.click(Role::Tab, "Windows");
    let plain = window.picture();
    window.click(Role::Tab, "Simulation");
    window.press("Run");
    while !window.session().crowd().expect("a crowd was asked for").is_over() {
        std::thread::sleep(std::time::Duration::from_millis(10));
    }
    window.click(Role::Tab, "Windows");
    let row = window.name("Follow up: Sometimes, ");
    assert!(row.ends_with(" % inside in the crowd"), "{row}");
    assert_ne!(window.picture(), plain, "the people are drawn");
    let crowd = window.session().crowd().and_then(|run| run.crowd()).expect("it is over");
    let step = crowd.steps.iter().find(|step| step.id == StepId::from("follow")).expect("it sends");
    let counted: u64 = step.spread.iter().map(|(_, count)| count).sum();
    assert_eq!(counted + step.never_wrote, step.reached, "everybody who had written lies somewhere");
    window.press(&window.name("Wait: Wait 20 hours"));
    window.fill(Role::TextInput, "Length", "19h");
    assert!(!window.shows_part("inside in the crowd"), "a crowd of another funnel says nothing of this one");
}
