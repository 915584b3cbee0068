//! Nothing is lost: what another program wrote into the open file, and what a funnel that moves takes along.

mod support;

use egui::Key;
use egui::accesskit::Role;
use support::Window;
use transom::file;

const MISTAKE: &str = "day3-mistake.ron";

/// What another program makes of the file.
fn write_elsewhere(window: &Window, from: &str, to: &str) {
    let path = window.file(MISTAKE);
    let text = file::text_of(&path).unwrap();
    assert!(text.contains(from));
    std::fs::write(&path, text.replace(from, to)).unwrap();
}

#[test]
fn what_another_program_wrote_is_offered_and_taking_it_over_can_be_undone() {
    let mut window = Window::from_file(MISTAKE, &[]);
    window.come_to_front();
    assert!(!window.shows("Another program changed this file"), "nothing has changed");
    let before = window.document().clone();
    write_elsewhere(&window, "Day-3 offer", "Day-3 surprise");
    window.come_to_front();
    assert!(window.shows("Another program changed this file"), "{:#?}", window.names());
    window.press("Take over its changes");
    assert_eq!(window.step("day3").title, "Day-3 surprise");
    assert!(!window.session().is_changed(), "it is what the file holds");
    window.focus(Role::Canvas, "Canvas");
    window.command(Key::Z);
    assert_eq!(*window.document(), before);
}

#[test]
fn what_is_kept_here_replaces_the_file_at_the_next_saving_without_another_question() {
    let mut window = Window::from_file(MISTAKE, &[]);
    write_elsewhere(&window, "Day-3 offer", "Day-3 surprise");
    window.come_to_front();
    window.press("Keep what is here");
    assert!(window.session().is_changed(), "no file holds what stands here");
    window.come_to_front();
    assert!(!window.shows("Another program changed this file"), "it was answered");
    window.command(Key::S);
    assert!(!window.session().is_changed());
    let saved = file::read(&window.file(MISTAKE)).unwrap().document;
    assert_eq!(saved.funnel.step(&"day3".into()).unwrap().title, "Day-3 offer");
}

#[test]
fn a_file_that_can_no_longer_be_read_leaves_what_is_here() {
    let mut window = Window::from_file(MISTAKE, &[]);
    let before = window.document().clone();
    write_elsewhere(&window, "format: 1", "format: one");
    window.come_to_front();
    window.press("Take over its changes");
    assert_eq!(*window.document(), before);
    assert!(!window.shows("Another program changed this file"));
    assert!(window.shows_part("found `one`"), "it says what is wrong: {:#?}", window.names());
}

#[test]
fn a_policy_of_ones_own_is_found_from_where_the_funnel_is_saved_to() {
    let mut window = Window::start(&["plan.ron", "new/plan.ron"]);
    let policy = include_str!("../assets/policies/strict-cdp.ron").replace("\"strict-cdp\"", "\"ours\"");
    std::fs::write(window.file("ours.ron"), policy).unwrap();
    let sample = std::fs::read_to_string(format!("funnels/{MISTAKE}")).unwrap();
    std::fs::write(window.file("plan.ron"), sample.replace("\"whatsapp-2026-10\"", "\"ours.ron\"")).unwrap();
    std::fs::create_dir(window.file("new")).unwrap();

    window.press("Open a file…");
    assert_eq!(window.session().policy().id, "ours");
    window.press(&window.name("Wait: Wait 3 days"));
    window.fill(Role::TextInput, "Length", "2d");
    window.command_shift(Key::S);
    let moved = file::read(&window.file("new/plan.ron")).expect("it was saved there");
    assert_eq!(moved.document.funnel.policy, "../ours.ron");
    assert!(file::policy_of(&moved, Some(&window.file("new/plan.ron"))).is_ok(), "and it opens from there");
    assert!(!window.session().is_changed());
    window.focus(Role::Canvas, "Canvas");
    window.command(Key::Z);
    assert_eq!(window.session().policy().id, "ours", "also before what was done");
    assert_eq!(window.session().funnel().policy, "../ours.ron");
}

#[test]
fn without_a_file_dialog_files_are_picked_inside_the_window() {
    let mut window = Window::without_dialogs();
    std::fs::create_dir(window.file("plans")).unwrap();
    std::fs::copy(format!("funnels/{MISTAKE}"), window.file("plans/mine.ron")).unwrap();
    std::fs::write(window.file("plans/notes.txt"), "").unwrap();
    let within = |window: &Window, name: &str| window.file(name).display().to_string();

    window.press("Open a file…");
    let missing = within(&window, "plans/other.ron");
    window.fill(Role::TextInput, "Path", &missing);
    assert!(window.shows("There is no such file"), "{:#?}", window.names());
    let folder = within(&window, "");
    window.fill(Role::TextInput, "Path", &folder);
    window.click(Role::ListBoxOption, "plans");
    assert!(!window.shows("notes.txt"), "it is no funnel");
    window.click(Role::ListBoxOption, "mine.ron");
    window.press("Open");
    assert!(file::is_same(window.session().path().unwrap(), &window.file("plans/mine.ron")));

    window.command_shift(Key::S);
    std::fs::write(window.file("plans/taken.ron"), "not mine").unwrap();
    let taken = within(&window, "plans/taken.ron");
    window.fill(Role::TextInput, "Path", &taken);
    assert!(window.shows_part("would be replaced"));
    let new = within(&window, "plans/new");
    window.fill(Role::TextInput, "Path", &new);
    assert!(!window.shows_part("would be replaced"));
    window.key(Key::Enter);
    assert!(file::read(&window.file("plans/new.ron")).is_ok(), "it is saved with its ending");
    assert_eq!(file::text_of(&window.file("plans/taken.ron")).unwrap(), "not mine");
}

#[cfg(unix)]
#[test]
fn the_second_window_on_a_file_says_so() {
    let first = Window::from_file(MISTAKE, &[]);
    assert!(!first.shows_part("open in another window too"));
    let path = first.file(MISTAKE).display().to_string();
    let mut second = Window::start(&[&path]);
    second.press("Open a file…");
    assert!(second.shows_part("open in another window too"), "{:#?}", second.names());
    drop(first);
}
