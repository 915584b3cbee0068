//! Adding, naming, deleting and healing, and the clipboard.

use super::*;

#[test]
fn a_funnel_is_built_from_an_empty_canvas_with_the_keyboard() {
    let mut window = empty();
    window.get_by_label("They write first").click();
    window.run();
    add(&mut window, "question");
    add(&mut window, "wait");
    add(&mut window, "message");
    add(&mut window, "exit");
    let document = document(&window);
    let kinds: Vec<bool> = document.funnel.steps.iter().map(|step| matches!(step.kind, StepKind::Message(_))).collect();
    assert_eq!(kinds, [false, true, false, true, false]);
    assert_eq!(document.funnel.links.len(), 4);
    let proof = &window.state().session().unwrap().judgement().proof;
    assert_eq!(proof.step(&StepId::from("message")).unwrap().verdict, Verdict::Inside);
    for _ in 0..5 {
        key(&mut window, Modifiers::COMMAND, Key::Z);
    }
    assert!(ids(&window).is_empty());
}

#[test]
fn deleting_with_healing_joins_the_neighbours() {
    let mut window = window(MISTAKE);
    let at = place(&window, "Wait: Wait 3 days");
    click(&mut window, at);
    key(&mut window, Modifiers::COMMAND, Key::Delete);
    window.get_by_label("Output Sim, pode of Ask for opt-in, leads to Day-3 offer");
    let funnel = document(&window).funnel;
    assert_eq!(funnel.target(&"ask".into(), &Output::Reply("Sim, pode".into())).unwrap().as_str(), "day3");
}

#[test]
fn steps_travel_over_the_clipboard_as_text() {
    let mut window = window(MISTAKE);
    let at = place(&window, ASK);
    click(&mut window, at);
    window.event(Event::Copy);
    window.step();
    let copied = window.output().platform_output.commands.iter().find_map(|command| match command {
        egui::OutputCommand::CopyText(text) => Some(text.clone()),
        _ => None,
    });
    let text = copied.expect("the steps are on the clipboard");
    assert!(text.contains("Ask for opt-in"), "{text}");
    let before = ids(&window).len();
    window.run();
    window.event(Event::Paste(text));
    window.run();
    assert_eq!(ids(&window).len(), before + 1);
    assert_eq!(selected(&window), ["ask-2"]);
    window.event(Event::Paste("nothing of the kind".to_owned()));
    window.run();
    window.get_by_role_and_label(Role::Alert, "There are no steps on the clipboard");
}

#[test]
fn a_title_is_typed_on_the_card_and_is_one_undo() {
    let mut window = window(MISTAKE);
    let at = place(&window, ASK);
    click(&mut window, at);
    key(&mut window, Modifiers::NONE, Key::F2);
    for letter in ["O", "i", "?"] {
        write(&mut window, letter);
    }
    key(&mut window, Modifiers::NONE, Key::Enter);
    window.get_by_label("Question: Oi?, Inside");
    key(&mut window, Modifiers::COMMAND, Key::Z);
    window.get_by_label(ASK);
}

#[test]
fn every_gesture_is_in_the_menu_of_its_thing() {
    let mut window = window(MISTAKE);
    window.get_by_label(ASK).click_secondary();
    window.run();
    window.get_by_label("Rename F2");
    window.get_by_label("Delete Delete").click();
    window.run();
    assert!(!ids(&window).contains(&"ask".to_owned()));
}

#[test]
fn the_mark_of_problems_leads_to_their_list() {
    let mut window = window(MISTAKE);
    window.get_by_label("1 problem of Day-3 offer").click();
    window.run();
    assert_eq!(selected(&window), ["day3"]);
    assert!(window.query_all_by_label_contains("W001").next().is_some(), "the diagnostic is shown");
}

#[test]
fn a_new_wait_is_titled_by_its_length_until_a_person_names_it() {
    let mut window = empty();
    add(&mut window, "wait");
    let title = |window: &Window| document(window).funnel.steps[0].title.clone();
    let lasts = |window: &mut Window, text: &str| {
        window.get_by_label("Length").focus();
        window.run();
        key(window, Modifiers::COMMAND, Key::A);
        write(window, text);
    };
    assert_eq!(title(&window), "Wait 4 h");
    lasts(&mut window, "3 days");
    assert_eq!(title(&window), "Wait 3 d");
    window.get_by_label("Title").focus();
    window.run();
    write(&mut window, " more");
    lasts(&mut window, "2d");
    assert_eq!(title(&window), "Wait 3 d more");
}
