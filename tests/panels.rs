//! The panels, driven as a person does: by the names of their fields, with the keyboard, in the whole window.

use egui::accesskit::Role;
use egui::{Key, Modifiers};
use egui_kittest::kittest::{NodeT, Queryable};
use egui_kittest::{Harness, Node};
use transom::model::{Content, Output, Seconds, Send, StepId, StepKind, Wait};
use transom::session::{Selection, Session};
use transom::ui::app::Planner;
use transom::ui::dialogs::Prepared;
use transom::{file, policy};

const MISTAKE: &str = include_str!("../funnels/day3-mistake.ron");
const EVERYTHING: &str = include_str!("../funnels/every-step-kind.ron");

type Window = Harness<'static, Planner>;

fn window(funnel: &str, selection: Selection) -> Window {
    let document = file::parse(funnel, "test.ron").unwrap().document;
    let mut session = Session::new(document, None, policy::standard(), "2026-11-24T10:00:00".parse().unwrap());
    session.selection = selection;
    let mut window = Harness::builder()
        .with_size(egui::vec2(1600.0, 2400.0))
        .allow_missing_glyphs()
        .build_eframe(|cc| Planner::new(&cc.egui_ctx, Some(session), Box::new(Prepared::default())));
    window.run();
    window
}

fn step(id: &str) -> Selection {
    Selection { steps: vec![StepId::from(id)], ..Selection::default() }
}

fn kind(window: &Window, id: &str) -> StepKind {
    window.state().session().unwrap().funnel().step(&StepId::from(id)).unwrap().kind.clone()
}

fn length(window: &Window, id: &str) -> Seconds {
    match kind(window, id) {
        StepKind::Wait(Wait::For(length)) => length,
        other => panic!("{other:?} is no wait for a length of time"),
    }
}

fn field<'w>(window: &'w Window, name: &'w str) -> Node<'w> {
    window.get_by_label(name)
}

/// Puts the keyboard on a field and replaces all of its text.
fn begin(window: &mut Window, name: &str, text: &str) {
    field(window, name).focus();
    window.run();
    window.key_press_modifiers(Modifiers::COMMAND, Key::A);
    window.run();
    write(window, text);
}

/// Goes on typing where the keyboard is.
fn write(window: &mut Window, text: &str) {
    window.event(egui::Event::Text(text.to_owned()));
    window.run();
}

fn press(window: &mut Window, name: &str) {
    window.get_by_label(name).click();
    window.run();
}

#[test]
fn a_half_typed_duration_changes_nothing_and_a_whole_one_does_at_once() {
    let mut window = window(MISTAKE, step("gap3"));
    assert_eq!(length(&window, "gap3"), Seconds::days(3));
    begin(&mut window, "Length", "20");
    assert_eq!(length(&window, "gap3"), Seconds::days(3), "20 of what?");
    window.get_by_label_contains("Say the unit");
    write(&mut window, "h");
    assert_eq!(length(&window, "gap3"), Seconds::hours(20), "without leaving the field");
    assert!(window.query_by_label_contains("Say the unit").is_none());

    write(&mut window, " 3");
    assert_eq!(length(&window, "gap3"), Seconds::hours(20));
    window.key_press(Key::Escape);
    window.run();
    assert_eq!(field(&window, "Length").value().as_deref(), Some("20h"), "the half of it goes back");
}

#[test]
fn what_is_typed_stays_with_its_step() {
    let mut window = window(MISTAKE, step("gap3"));
    let before = kind(&window, "gap7");
    begin(&mut window, "Length", "9");
    assert_eq!(window.state().session().unwrap().funnel().target(&"gap3".into(), &Output::Next), Some(&"day3".into()));
    let next = window.state().session().unwrap().funnel().step(&"day3".into()).unwrap().name().to_owned();
    press(&mut window, &format!("Go to {next}"));
    assert_eq!(window.state().session().unwrap().selection.steps, [StepId::from("day3")]);
    write(&mut window, "h");
    assert_eq!(length(&window, "gap3"), Seconds::days(3));
    assert_eq!(kind(&window, "gap7"), before);
    assert_eq!(field(&window, "Title").value().as_deref(), Some(next.as_str()));
}

#[test]
fn undo_takes_back_the_whole_typing_and_refreshes_the_field_that_has_the_keyboard() {
    let mut window = window(MISTAKE, step("gap3"));
    begin(&mut window, "Length", "5h");
    write(&mut window, " 30m");
    assert_eq!(length(&window, "gap3"), Seconds::minutes(330));
    window.key_press_modifiers(Modifiers::COMMAND, Key::Z);
    window.run();
    assert_eq!(length(&window, "gap3"), Seconds::days(3), "one undo for one stretch of typing");
    assert_eq!(field(&window, "Length").value().as_deref(), Some("3d"));
    window.key_press_modifiers(Modifiers::COMMAND.plus(Modifiers::SHIFT), Key::Z);
    window.run();
    assert_eq!(length(&window, "gap3"), Seconds::minutes(330));
    assert_eq!(field(&window, "Length").value().as_deref(), Some("5h 30m"));
}

#[test]
fn a_template_is_drafted_from_a_message_and_opened_in_one_undo_step() {
    let mut window = window(MISTAKE, step("day3"));
    let StepKind::Message(before) = kind(&window, "day3") else { panic!("day3 sends") };
    let Send::FreeForm(Content::Text(text)) = before.send.clone() else { panic!("day3 is free-form") };
    press(&mut window, "Template");
    assert!(matches!(kind(&window, "day3"), StepKind::Message(message) if matches!(message.send, Send::Template(_))));
    press(&mut window, "Free-form");
    assert_eq!(kind(&window, "day3"), StepKind::Message(before), "what was typed is still there");
    press(&mut window, "Either");
    press(&mut window, "New template");
    let session = window.state().session().unwrap();
    let place = session.selection.template.expect("the new template is open");
    assert_eq!(session.funnel().templates[place].body, text);
    let named = session.funnel().step(&"day3".into()).unwrap().message().unwrap().send.template().map(str::to_owned);
    assert_eq!(named.as_deref(), Some(session.funnel().templates[place].name.as_str()));

    begin(&mut window, "Body", "Oi {{1}}, tudo bem?");
    begin(&mut window, "{{1}}", "Ana");
    let template = &window.state().session().unwrap().funnel().templates[place];
    assert_eq!(template.filled(&template.body), "Oi Ana, tudo bem?");
    begin(&mut window, "Name", "Day 3");
    let template = &window.state().session().unwrap().funnel().templates[place];
    assert_eq!(Some(&template.name), named.as_ref(), "Meta takes no such name, so the document does not either");
}

#[test]
fn a_label_names_one_answer() {
    let mut window = window(MISTAKE, step("ask"));
    let options = |window: &Window| match kind(window, "ask") {
        StepKind::Message(message) => message.reply.unwrap().options,
        other => panic!("{other:?} does not ask"),
    };
    let before = options(&window);
    let target = |window: &Window, label: &str| {
        window.state().session().unwrap().funnel().target(&"ask".into(), &Output::Reply(label.to_owned())).cloned()
    };
    let led_to = target(&window, &before[0].label);
    begin(&mut window, "Answer 1, label", &before[1].label);
    assert_eq!(options(&window), before);
    window.get_by_label("Another one has this label");
    write(&mut window, "!");
    let label = options(&window)[0].label.clone();
    assert_eq!(label, format!("{}!", before[1].label));
    assert_eq!(target(&window, &label), led_to, "a renamed answer leads where it led");
}

#[test]
fn every_field_of_every_step_has_a_name() {
    let document = file::parse(EVERYTHING, "test.ron").unwrap().document;
    for one in &document.funnel.steps {
        // The harness panics on an input without a name.
        let window = window(EVERYTHING, step(one.id.as_str()));
        assert_eq!(field(&window, "Title").value().as_deref(), Some(one.title.as_str()));
    }
    for place in 0..document.funnel.templates.len() {
        let window = window(EVERYTHING, Selection { template: Some(place), ..Selection::default() });
        assert_eq!(field(&window, "Name").value().as_deref(), Some(document.funnel.templates[place].name.as_str()));
    }
}

#[test]
fn a_problem_leads_to_its_step_and_its_fix_takes_it_away() {
    let mut window = window(MISTAKE, Selection::default());
    let found = window.state().session().unwrap().judgement().diagnostics.clone();
    let one = found.iter().find(|one| one.code == "W001").expect("day 3 is outside the window");
    press(&mut window, &format!("Problems ({})", found.len()));
    let rows: Vec<_> = window.get_all_by_label_contains("W001, ").collect();
    let row = rows.iter().find(|row| row.accesskit_node().role() == Role::Button).expect("a row that can be pressed");
    row.click();
    window.run();
    assert_eq!(window.state().session().unwrap().selection.steps.first(), one.step());
    let at = found.iter().position(|other| other == one).unwrap();
    let fixes = window.state().session().unwrap().fixes(at);
    if let Some(fix) = fixes.first() {
        window.get_all_by_label(&format!("Fix: {}", fix.title)).next().expect("the fix is in the inspector").click();
        window.run();
        let left = &window.state().session().unwrap().judgement().diagnostics;
        assert!(!left.iter().any(|other| other.code == one.code && other.place == one.place));
    }
}

#[test]
fn delays_that_would_cross_stay_in_their_field() {
    let mut window = window(MISTAKE, step("ask"));
    let before = kind(&window, "ask");
    begin(&mut window, "Median", "30h");
    assert_eq!(kind(&window, "ask"), before, "half cannot take longer than nine in ten");
    window.get_by_label_contains("No longer than");
    begin(&mut window, "90 % within", "40h");
    assert_ne!(kind(&window, "ask"), before);
}

#[test]
fn the_keyboard_walks_through_the_fields_and_presses_them() {
    let mut window = window(MISTAKE, step("gap3"));
    field(&window, "Title").focus();
    window.run();
    for next in ["Waits", "Length", "Next leads to"] {
        window.key_press(Key::Tab);
        window.run();
        assert!(window.get_by_label(next).is_focused(), "Tab leads to {next}");
    }
    window.key_press(Key::Enter);
    window.run();
    write(&mut window, "no sale");
    window.key_press(Key::Enter);
    window.run();
    let session = window.state().session().unwrap();
    let target = session.funnel().target(&"gap3".into(), &Output::Next).expect("it still leads somewhere");
    assert_eq!(session.funnel().step(target).unwrap().name(), "No sale");
}

#[test]
fn problems_are_filtered_by_code_and_text() {
    let mut window = window(MISTAKE, Selection::default());
    let count = window.state().session().unwrap().judgement().diagnostics.len();
    window.get_by_label_contains("Problems").click();
    window.run();
    let rows = |window: &Window| window.query_all_by_label_contains("Show the details of").count();
    assert_eq!(rows(&window), count);
    begin(&mut window, "Filter by code or text", "w001 day-7");
    assert_eq!(rows(&window), 1);
    begin(&mut window, "Filter by code or text", "nothing says this");
    window.get_by_label("No problem fits this filter");
}

#[test]
fn the_journey_that_breaks_a_step_is_told_on_the_timeline() {
    let mut window = window(MISTAKE, step("day3"));
    press(&mut window, "Problems (3)");
    let name = window.state().session().unwrap().funnel().step(&"day3".into()).unwrap().name().to_owned();
    press(&mut window, &format!("Show a journey that breaks it: {name}"));
    assert!(window.query_all_by_label_contains(&format!("The journey that breaks {name}")).next().is_some());
}

#[test]
fn a_launch_is_picked_from_the_calendar() {
    let mut window = window(MISTAKE, Selection::default());
    let launch = |window: &Window| window.state().session().unwrap().funnel().launch.unwrap().to_string();
    assert_eq!(launch(&window), "2026-12-01T09:00:00");
    press(&mut window, "Launch calendar");
    press(&mut window, "Next month");
    press(&mut window, "2027-01-18");
    assert_eq!(launch(&window), "2027-01-18T09:00:00");
    assert!(window.query_by_label("Next month").is_none(), "the calendar closes");
}

#[test]
fn the_funnel_says_how_much_the_window_weighs_on_it() {
    let window = window(MISTAKE, Selection::default());
    assert!(window.query_by_label("Window impact: High").is_some());
    assert!(window.query_by_label("At 2 of 4 messages the window is closed on some journey").is_some());
}

/// The labels of the answers of a step, and where each leads.
fn answers(window: &Window, id: &str) -> Vec<(String, Option<String>)> {
    let StepKind::Message(message) = kind(window, id) else { panic!("{id} sends") };
    let funnel = window.state().session().unwrap().funnel();
    let leads = |label: &str| funnel.target(&id.into(), &Output::Reply(label.to_owned())).map(ToString::to_string);
    message.reply.unwrap().options.iter().map(|option| (option.label.clone(), leads(&option.label))).collect()
}

fn choose(window: &mut Window, field: &str, option: &str) {
    press(window, field);
    {
        let mut options = window.get_all_by_label(option).filter(|node| node.accesskit_node().role() == Role::Button);
        options.next_back().expect("it is among the options").click();
    }
    window.run();
}

fn undo(window: &mut Window) {
    window.key_press_modifiers(Modifiers::COMMAND, Key::Z);
    window.run();
}

#[test]
fn answers_that_are_the_buttons_follow_them_with_their_links() {
    let mut window = window(MISTAKE, step("ask"));
    let before = answers(&window, "ask");
    let document = window.state().session().unwrap().document().clone();
    begin(&mut window, "Button 1", "Claro que sim");
    let after = answers(&window, "ask");
    assert_eq!(after[0], ("Claro que sim".to_owned(), before[0].1.clone()), "{after:?}");
    assert_eq!(after[1..], before[1..]);
    undo(&mut window);
    assert_eq!(*window.state().session().unwrap().document(), document, "typing was one undo step");
}

#[test]
fn buttons_that_become_text_leave_their_answers_told_apart_until_one_will_do() {
    let mut window = window(MISTAKE, step("ask"));
    let before = answers(&window, "ask");
    choose(&mut window, "Content", "Text");
    assert_eq!(answers(&window, "ask"), before, "links hang on the answers");
    window.get_by_label_contains("People write what they like");
    press(&mut window, "Take any reply as one answer");
    assert_eq!(answers(&window, "ask"), [("any reply".to_owned(), before[0].1.clone())]);
    undo(&mut window);
    assert_eq!(answers(&window, "ask"), before);
    choose(&mut window, "Content", "List");
    let StepKind::Message(message) = kind(&window, "ask") else { panic!("it sends") };
    let Send::FreeForm(Content::List { rows, .. }) = message.send else { panic!("it is a list") };
    let labels: Vec<String> = before.iter().map(|answer| answer.0.clone()).collect();
    assert_eq!(rows, labels, "a list begins with the answers that there are");
}

#[test]
fn the_one_answer_gives_its_link_to_the_first_button() {
    let mut window = window(MISTAKE, step("welcome"));
    let before = answers(&window, "welcome");
    assert_eq!(before.len(), 1);
    choose(&mut window, "Content", "Reply buttons");
    press(&mut window, "Use the buttons as answers");
    let after = answers(&window, "welcome");
    assert_eq!(after.len(), 2);
    assert_eq!(after[0].1, before[0].1);
    undo(&mut window);
    assert_eq!(answers(&window, "welcome"), before);
}
