//! The sheet of shortcuts, in which keys are changed: what is pressed there counts everywhere, and from one day to the next.

mod support;

use egui::accesskit::Role;
use egui::{Key, Modifiers};
use support::{Memory, Window};
use transom::model::StepId;

const MISTAKE: &str = "day3-mistake.ron";
const OFFER: &str = "Message: Day-3 offer, Outside";

/// Gives a command the keys that are pressed with these held.
fn give(window: &mut Window, row: &str, modifiers: Modifiers, key: Key) {
    window.key(Key::Questionmark);
    window.press(row);
    window.key_with(modifiers, key);
}

/// How many steps there are after these keys were pressed with the offer selected.
fn steps_after(window: &mut Window, modifiers: Modifiers, key: Key) -> usize {
    window.focus(Role::Button, OFFER);
    window.key_with(modifiers, key);
    window.document().funnel.steps.len()
}

#[test]
fn other_keys_do_what_the_old_ones_did_and_are_shown_everywhere() {
    let mut window = Window::open(MISTAKE, &[]);
    let count = window.document().funnel.steps.len();
    give(&mut window, "Duplicate, Ctrl+D", Modifiers::ALT, Key::Num2);
    assert!(window.shows("Duplicate, Alt+2") && window.shows_part("Duplicate is Alt+2 now"), "{:#?}", window.names());
    window.key(Key::Escape);
    assert!(!window.shows("Duplicate, Alt+2"), "the sheet is closed");
    assert_eq!(steps_after(&mut window, Modifiers::COMMAND, Key::D), count, "the old keys do nothing");
    assert_eq!(steps_after(&mut window, Modifiers::ALT, Key::Num2), count + 1);
    assert_eq!(window.session().undo_label(), Some("Duplicate step"));

    // Menus and hints are made of the same keys.
    window.click(Role::MenuItem, "Edit");
    assert_eq!(window.keys_of("Duplicate").as_deref(), Some("Alt+2"));
    assert_eq!(window.keys_of("Select all").as_deref(), Some("Ctrl+A"));
    window.key(Key::Escape);
    give(&mut window, "Arrange automatically, Ctrl+Shift+A", Modifiers::NONE, Key::F7);
    window.key(Key::Escape);
    window.hover(Role::Button, "Arrange automatically");
    assert!(window.shows("Arrange automatically  F7"), "{:#?}", window.names());
}

#[test]
fn keys_of_another_command_are_taken_over_only_if_that_is_wanted() {
    let mut window = Window::open(MISTAKE, &[]);
    give(&mut window, "Add message, no keys", Modifiers::COMMAND, Key::D);
    assert!(window.shows("Ctrl+D is Duplicate"), "{:#?}", window.names());
    assert!(window.shows("Duplicate, Ctrl+D") && window.shows("Add message, no keys"));
    window.press("Leave them");
    assert!(window.shows("Duplicate, Ctrl+D") && window.shows("Add message, no keys"));

    window.press("Add message, no keys");
    window.command(Key::D);
    window.press("Take them over");
    assert!(window.shows("Duplicate, no keys") && window.shows("Add message, Ctrl+D"), "{:#?}", window.names());
    window.key(Key::Escape);
    window.focus(Role::Button, OFFER);
    window.command(Key::D);
    assert_eq!(window.session().undo_label(), Some("Add Message"), "and no duplicate");

    // What lost its keys gets them back by its own reset, which asks likewise.
    window.key(Key::Questionmark);
    window.press("Reset Duplicate");
    assert!(window.shows("Ctrl+D is Add message"), "{:#?}", window.names());
    window.press("Take them over");
    assert!(window.shows("Duplicate, Ctrl+D") && window.shows("Add message, no keys"), "{:#?}", window.names());
}

#[test]
fn a_row_is_changed_with_the_keyboard_alone() {
    let mut window = Window::open(MISTAKE, &[]);
    window.key(Key::Questionmark);
    window.focus(Role::Button, "Select all, Ctrl+A");
    window.key(Key::Enter);
    assert!(window.shows("Select all, press new keys"), "{:#?}", window.names());
    window.key(Key::Escape);
    assert!(window.shows("Select all, Ctrl+A"), "Esc leaves them, and the sheet stays: {:#?}", window.names());
    assert_eq!(window.focused().as_deref(), Some("Select all, Ctrl+A"));

    window.key(Key::Enter);
    window.key(Key::Backspace);
    assert!(window.shows("Select all, no keys"), "{:#?}", window.names());
    window.key(Key::Enter);
    window.command(Key::G);
    assert!(window.shows("Ctrl+G is Add frame"));
    window.key(Key::Enter);
    assert!(window.shows("Select all, Ctrl+G") && window.shows("Add frame, no keys"), "{:#?}", window.names());
    window.press("Reset Select all");
    assert!(window.shows("Select all, Ctrl+A") && window.shows("Add frame, Ctrl+G"), "{:#?}", window.names());
}

#[test]
fn keys_that_mean_something_to_the_system_are_refused_with_the_reason() {
    let mut window = Window::open(MISTAKE, &[]);
    let before = window.document().clone();
    window.key(Key::Questionmark);
    window.press("Duplicate, Ctrl+D");
    for (modifiers, key, why) in [
        (Modifiers::NONE, Key::Tab, "leads the keyboard"),
        (Modifiers::NONE, Key::Enter, "presses"),
        (Modifiers::NONE, Key::ArrowLeft, "arrow keys"),
        (Modifiers::COMMAND, Key::Q, "closes the window"),
        (Modifiers::COMMAND, Key::Plus, "larger or smaller"),
        (Modifiers::ALT, Key::F, "opens the File menu"),
    ] {
        window.key_with(modifiers, key);
        assert!(window.shows_part(why), "{key:?}: {:#?}", window.names());
        assert!(window.shows("Duplicate, press new keys"), "other keys may follow {key:?}");
    }
    window.paste("a text");
    assert!(window.shows_part("the system keeps it for the clipboard"), "{:#?}", window.names());
    window.key(Key::Escape);
    assert!(window.shows("Duplicate, Ctrl+D"));
    window.press("Copy, Ctrl+C");
    assert!(window.shows_part("The system has its own keys"), "{:#?}", window.names());
    assert!(window.shows("Copy, Ctrl+C"));
    assert_eq!(window.document(), &before);
}

#[test]
fn a_letter_given_to_a_command_is_still_a_letter_in_a_text() {
    let mut window = Window::open(MISTAKE, &["x.csv"]);
    give(&mut window, "Export checklist…, Ctrl+E", Modifiers::NONE, Key::E);
    window.key(Key::Escape);
    window.press(OFFER);
    window.focus(Role::TextInput, "Title");
    window.key(Key::E);
    assert!(!window.file("x.csv").exists());
    window.focus(Role::Button, OFFER);
    window.key(Key::E);
    assert!(window.file("x.csv").exists());
}

#[test]
fn what_was_changed_is_remembered_until_it_is_reset() {
    let mut window = Window::open(MISTAKE, &[]);
    let count = window.document().funnel.steps.len();
    give(&mut window, "Duplicate, Ctrl+D", Modifiers::COMMAND | Modifiers::SHIFT, Key::Y);
    window.press("Fit all, F");
    window.key(Key::Delete);
    let mut window = window.again(MISTAKE);
    assert_eq!(steps_after(&mut window, Modifiers::COMMAND, Key::D), count);
    assert_eq!(steps_after(&mut window, Modifiers::COMMAND | Modifiers::SHIFT, Key::Y), count + 1);
    window.key(Key::Questionmark);
    assert!(window.shows("Duplicate, Ctrl+Shift+Y") && window.shows("Fit all, no keys"), "{:#?}", window.names());
    window.press("Reset Fit all");
    assert!(window.shows("Duplicate, Ctrl+Shift+Y") && window.shows("Fit all, F"), "{:#?}", window.names());
    window.press("Reset all");
    assert!(window.shows("Duplicate, Ctrl+D") && !window.shows("Reset all"), "{:#?}", window.names());

    let mut window = window.again(MISTAKE);
    assert_eq!(steps_after(&mut window, Modifiers::COMMAND, Key::D), count + 1);
}

#[test]
fn what_cannot_be_understood_of_the_memory_does_no_harm() {
    const KEYS: &str = "transom shortcuts";
    let memory = |text: &str| Memory([(KEYS.to_owned(), text.to_owned())].into_iter().collect());
    let broken = r#"{"duplicate": ["Command+Shift+Y", "no key"], "juggle": ["F7"], "fit": ["Hyper+F", "++"], "undo": ["Tab"],
        "copy": ["F8"], "find": ["Command+Shift+Y"], "select-all": []}"#;
    let mut window = Window::recalling(MISTAKE, memory(broken));
    window.key(Key::Questionmark);
    for row in [
        "Duplicate, Ctrl+Shift+Y",
        "Fit all, F",
        "Undo, Ctrl+Z",
        "Copy, Ctrl+C",
        "Find steps…, Ctrl+F",
        "Select all, no keys",
    ] {
        assert!(window.shows(row), "{row}: {:#?}", window.names());
    }
    for text in ["", "7", "{", r#"{"duplicate": 7}"#, r#"["duplicate"]"#] {
        let mut window = Window::recalling(MISTAKE, memory(text));
        window.focus(Role::Button, OFFER);
        assert_eq!(window.session().selection.steps, [StepId::from("day3")]);
        window.key(Key::Questionmark);
        assert!(window.shows("Duplicate, Ctrl+D") && !window.shows("Reset all"), "{text:?}");
    }
}
