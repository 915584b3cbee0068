//! Files, and what is asked before anything is lost.

use super::*;

#[test]
fn unsaved_changes_are_asked_about_and_saved() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("kept.ron");
    let mut window = window_of(Some(session(file::parse(MISTAKE, "test.ron").unwrap().document)), vec![Some(path.clone())]);
    let at = place(&window, ASK);
    drag(&mut window, at, at + vec2(0.0, 100.0));
    let changed = document(&window);
    key(&mut window, Modifiers::COMMAND, Key::N);
    assert_eq!(ids(&window).len(), changed.funnel.steps.len(), "the funnel is still there while the question stands");
    window.get_by_label("Cancel").click();
    window.run();
    key(&mut window, Modifiers::COMMAND, Key::N);
    let answers: Vec<_> = window.get_all_by_role_and_label(Role::Button, "Save").collect();
    answers.last().expect("the question and the toolbar have one each").click();
    drop(answers);
    window.run();
    assert!(ids(&window).is_empty(), "the new funnel is open");
    assert_eq!(file::read(&path).unwrap().document, changed);
}

#[test]
fn a_broken_file_says_what_is_wrong_and_opens_nothing() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("broken.ron");
    std::fs::write(&path, "(format: 1, name: 7)").unwrap();
    let mut window = window_of(None, vec![Some(path)]);
    window.get_by_label("Open a file…").click();
    window.run_ok();
    window.run_ok();
    let said = window.get_by_role(Role::Alert);
    assert!(said.accesskit_node().label().unwrap_or_default().contains("broken.ron"));
    assert!(window.state().session().is_none());
}

#[test]
fn the_start_screen_opens_samples() {
    let mut window = window_of(None, Vec::new());
    window.get_by_label_contains("Day-3 offer, the classic mistake").click();
    window.run();
    window.get_by_label("Message: Day-3 offer, Outside");
}

#[test]
fn what_another_program_wrote_is_not_overwritten_unasked() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("shared.ron");
    std::fs::write(&path, MISTAKE).unwrap();
    let mut window = window_of(None, vec![Some(path.clone())]);
    window.get_by_label("Open a file…").click();
    window.run_ok();
    window.run_ok();
    add(&mut window, "exit");
    let theirs = MISTAKE.replace("Instagram ad", "Facebook ad");
    std::fs::write(&path, &theirs).unwrap();
    key(&mut window, Modifiers::COMMAND, Key::S);
    window.get_by_label("Cancel").click();
    window.run();
    assert_eq!(std::fs::read_to_string(&path).unwrap(), theirs);
    key(&mut window, Modifiers::COMMAND, Key::S);
    window.get_by_label("Overwrite").click();
    window.run_ok();
    assert_eq!(file::read(&path).unwrap().document, document(&window));
    add(&mut window, "exit");
    key(&mut window, Modifiers::COMMAND, Key::S);
    assert!(window.query_by_label("Overwrite").is_none(), "what was written here is no one else's");
}

#[test]
fn what_was_selected_in_a_file_is_selected_again() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("again.ron");
    std::fs::write(&path, MISTAKE).unwrap();
    let mut window = window_of(None, vec![Some(path.clone()), Some(path)]);
    for expected in [None, Some("ask")] {
        window.get_by_label("Open a file…").click();
        window.run_ok();
        window.run_ok();
        assert_eq!(selected(&window).first().map(String::as_str), expected);
        if expected.is_none() {
            let at = place(&window, ASK);
            click(&mut window, at);
            window.get_by_label("Back to the start screen").click();
            window.run_ok();
        }
    }
}
