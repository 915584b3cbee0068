//! The menu bar: what stands in it does its work, by pointer and by keyboard, and what cannot be done says why.

mod support;

use egui::accesskit::Role;
use egui::{Key, Modifiers};
use support::Window;
use transom::model::StepId;
use transom::ui::command::{Command, Group};
use transom::ui::words::menus as words;

const MISTAKE: &str = "day3-mistake.ron";
const OFFER: &str = "Message: Day-3 offer, Outside";

#[test]
fn a_command_is_chosen_with_the_pointer() {
    let mut window = Window::open(MISTAKE, &[]);
    let before = window.document().clone();
    window.press(OFFER);
    window.click(Role::MenuItem, "Edit");
    window.click(Role::MenuItem, "Delete");
    assert!(window.document().funnel.step(&StepId::from("day3")).is_none());
    assert!(!window.shows("Select all"), "the menu closes: {:#?}", window.names());
    window.click(Role::MenuItem, "Edit");
    window.click(Role::MenuItem, "Undo");
    assert_eq!(window.document(), &before);
}

#[test]
fn the_bar_is_walked_with_the_keyboard() {
    let mut window = Window::open(MISTAKE, &[]);
    let before = window.document().clone();
    window.focus(Role::Button, OFFER);
    assert_eq!(window.session().selection.steps, [StepId::from("day3")]);
    window.key(Key::F10);
    assert!(window.shows("Save as…"), "{:#?}", window.names());
    window.key(Key::ArrowRight);
    assert!(window.shows("Duplicate") && !window.shows("Save as…"), "{:#?}", window.names());
    window.key(Key::ArrowLeft);
    window.key(Key::ArrowLeft);
    assert!(window.shows("Keyboard shortcuts"), "round to the last: {:#?}", window.names());
    window.key(Key::Escape);
    assert!(!window.find(Role::MenuItem, "Help").is_focused());
    assert_eq!(window.session().selection.steps, [StepId::from("day3")], "Esc closes the menu and nothing else");

    // Nothing but the menu listens meanwhile: F would fit the funnel, Delete would delete.
    window.key_with(Modifiers::ALT, Key::E);
    window.key(Key::Delete);
    assert_eq!(window.document(), &before);
    // Undo, redo, history and paste have nothing to do; what cannot be done is passed over.
    let mut names = Vec::new();
    for _ in 0..4 {
        names.push(window.focused().expect("the keyboard is on an entry"));
        window.key(Key::ArrowDown);
    }
    assert_eq!(names, ["Cut", "Copy", "Paste", "Duplicate"]);
    window.key(Key::ArrowUp);
    window.key(Key::Enter);
    assert_eq!(window.document().funnel.steps.len(), before.funnel.steps.len() + 1);
    assert_eq!(window.session().undo_label(), Some("Duplicate step"));
}

#[test]
fn a_letter_with_alt_opens_its_menu_and_writes_nothing() {
    let mut window = Window::open(MISTAKE, &[]);
    window.press(OFFER);
    let before = window.document().clone();
    window.focus(Role::TextInput, "Title");
    for group in Group::ALL {
        window.key_with(Modifiers::ALT, group.letter());
        let first = group.entries().concat()[0];
        assert!(window.shows(words::entry(first)), "{group:?}: {:#?}", window.names());
    }
    window.key(Key::Escape);
    assert_eq!(window.document(), &before);
    assert_eq!(window.focused().as_deref(), Some("Title"), "the keyboard goes back to where it was");
}

#[test]
fn what_cannot_be_done_is_shown_and_does_nothing() {
    let mut window = Window::open(MISTAKE, &[]);
    let before = window.document().clone();
    window.click(Role::MenuItem, "Edit");
    assert!(window.is_disabled(Role::MenuItem, "Duplicate") && window.is_disabled(Role::MenuItem, "Undo"));
    assert!(!window.is_disabled(Role::MenuItem, "Select all"));
    window.click(Role::MenuItem, "Duplicate");
    assert_eq!(window.document(), &before);
    window.hover(Role::MenuItem, "Redo");
    assert!(window.shows_part("There is nothing to do again"), "it says why: {:#?}", window.names());
}

#[test]
fn every_menu_holds_what_the_table_says_with_its_keys() {
    let mut window = Window::sized(MISTAKE, &[], egui::vec2(1024.0, 700.0));
    for group in Group::ALL {
        window.click(Role::MenuItem, group.label());
        for command in group.entries().concat() {
            let name = words::entry(command);
            let shown = window.item(name).unwrap_or_else(|| panic!("{name:?} is not in {group:?}"));
            let seen = egui::Rect::from_min_size(egui::Pos2::ZERO, egui::vec2(1024.0, 700.0));
            assert!(seen.contains_rect(shown), "{name:?} is cut off: {shown:?}");
        }
        window.key(Key::Escape);
    }
}

#[test]
fn what_is_set_has_a_check_mark() {
    let mut window = Window::open(MISTAKE, &[]);
    window.click(Role::MenuItem, "View");
    assert!(window.is_checked("Inspector"));
    window.click(Role::MenuItemCheckBox, "Inspector");
    assert!(!window.shows("Rules and launch"), "{:#?}", window.names());
    window.click(Role::MenuItem, "View");
    assert!(!window.is_checked("Inspector"));
}

#[test]
fn a_step_of_any_kind_is_added_from_the_bar() {
    let mut window = Window::start(&[]);
    window.press("New funnel");
    for (n, kind) in ["Add entry", "Add question", "Add wait", "Add exit"].into_iter().enumerate() {
        window.click(Role::MenuItem, "Step");
        window.click(Role::MenuItem, kind);
        assert_eq!(window.document().funnel.steps.len(), n + 1, "{kind}");
    }
}

#[test]
fn what_a_link_or_a_step_can_do_is_done_from_the_bar() {
    let mut window = Window::open(MISTAKE, &[]);
    let to = |window: &Window, from: &str| {
        let links = &window.document().funnel.links;
        links.iter().filter(|link| link.from.as_str() == from).map(|link| link.to.to_string()).collect::<Vec<_>>()
    };
    window.click(Role::MenuItem, "Step");
    for command in ["Insert a step on the link…", "Connect the step to…", "Select what the frame holds"] {
        assert!(window.is_disabled(Role::MenuItem, command), "{command}: nothing is selected");
    }
    window.key(Key::Escape);

    let steps = window.document().funnel.steps.len();
    let before = to(&window, "gap3");
    window.press("Link from Wait 3 days to Day-3 offer");
    window.click(Role::MenuItem, "Step");
    window.click(Role::MenuItem, "Insert a step on the link…");
    window.write("send hours");
    window.key(Key::Enter);
    assert_eq!(window.document().funnel.steps.len(), steps + 1);
    assert_ne!(to(&window, "gap3"), before, "the new step is on the link");
    window.command(Key::Z);
    assert_eq!(to(&window, "gap3"), before, "one undo");

    window.press("Link from Wait 3 days to Day-3 offer");
    window.click(Role::MenuItem, "Step");
    window.click(Role::MenuItem, "Lead the link elsewhere…");
    window.write("Hoped");
    window.key(Key::Enter);
    assert_ne!(to(&window, "gap3"), before, "it leads to another step");
    window.command(Key::Z);

    for (command, step) in [("Go to where the link begins", "gap3"), ("Go to where the link leads", "day3")] {
        window.press("Link from Wait 3 days to Day-3 offer");
        window.click(Role::MenuItem, "Step");
        window.click(Role::MenuItem, command);
        assert_eq!(window.session().selection.steps, [StepId::from(step)], "{command}");
    }

    window.press("Link from Wait 3 days to Day-3 offer");
    window.key(Key::Delete);
    window.press("Wait: Wait 3 days");
    window.click(Role::MenuItem, "Step");
    window.click(Role::MenuItem, "Connect the step to…");
    window.write("Day-3 offer");
    window.key(Key::Enter);
    assert_eq!(to(&window, "gap3"), before, "connected again");

    let frame = window.name("Frame: Never delivered");
    window.press(&frame);
    window.click(Role::MenuItem, "Step");
    window.click(Role::MenuItem, "Select what the frame holds");
    let held = ["day3", "gap7", "day7"].map(StepId::from);
    assert_eq!(window.session().selection.steps, held);
}

#[test]
fn what_would_help_is_shown_without_a_crowd() {
    let mut window = Window::open(MISTAKE, &[]);
    window.click(Role::MenuItem, "Check");
    window.click(Role::MenuItem, "What would help");
    assert!(window.shows("Working it out…") || window.shows("Day-3 offer"), "{:#?}", window.names());
}

#[test]
fn a_log_is_asked_for_once_a_question_is_selected() {
    let mut window = Window::open(MISTAKE, &["log.csv"]);
    std::fs::write(window.file("log.csv"), "sent_at,replied_at\n").expect("the log is written");
    window.click(Role::MenuItem, "Check");
    assert!(window.is_disabled(Role::MenuItem, "Fit from a log…"));
    window.key(Key::Escape);
    window.focus(Role::Button, "Question: Ask for opt-in, Inside");
    window.click(Role::MenuItem, "Check");
    window.click(Role::MenuItem, "Fit from a log…");
    assert!(window.shows("Reply times of “Ask for opt-in”"), "{:#?}", window.names());
}

#[test]
fn the_palette_says_why_a_command_does_nothing() {
    let mut window = Window::open(MISTAKE, &[]);
    window.command(Key::K);
    window.write("align left");
    window.key(Key::Enter);
    assert!(window.shows_part("Select two steps or more first"), "{:#?}", window.names());
    assert_eq!(window.session().undo_label(), None);
}

#[test]
fn the_start_screen_has_the_bar_and_says_that_no_funnel_is_open() {
    let mut window = Window::start(&[]);
    window.click(Role::MenuItem, "File");
    assert!(window.is_disabled(Role::MenuItem, "Save as…"));
    window.click(Role::MenuItem, "New funnel");
    assert!(window.document().funnel.steps.is_empty());
    assert!(Command::New.works_without_funnel());
}
