//! Frames and notes.

use super::*;

#[test]
fn a_frame_takes_along_what_it_holds() {
    let mut window = window(MISTAKE);
    window.key_press(Key::F);
    window.run();
    let before = document(&window);
    let at = window.get_by_label("Frame: Never delivered").rect().left_center() + vec2(30.0, 0.0);
    drag(&mut window, at, at + vec2(0.0, 90.0));
    let by = spot(&window, "day3").y - before.layout.spots[&StepId::from("day3")].y;
    assert!(by > 0.0, "the card moves with the frame");
    let after = document(&window);
    assert_eq!(after.layout.frames[0].at.y - before.layout.frames[0].at.y, by);
    assert_eq!(after.layout.spots[&StepId::from("ask")], before.layout.spots[&StepId::from("ask")]);
    key(&mut window, Modifiers::COMMAND, Key::Z);
    assert_eq!(document(&window), before);
}

#[test]
fn a_frame_that_is_nudged_takes_along_cards_and_notes() {
    let mut window = window(MISTAKE);
    key(&mut window, Modifiers::NONE, Key::F);
    window.get_by_label("Frame: Never delivered").click();
    window.run();
    window.event(Event::PointerMoved(place(&window, "Message: Day-7 last call, Outside") + vec2(0.0, 60.0)));
    window.run();
    key(&mut window, Modifiers::NONE, Key::C);
    let frame = document(&window).layout.frames[0].clone();
    let note = document(&window).layout.comments.last().unwrap().clone();
    let is_within = note.at.x > frame.at.x && note.at.y + 100.0 < frame.at.y + frame.size.height;
    assert!(is_within, "{note:?} lies in {frame:?}");
    window.get_by_label("Frame: Never delivered").click();
    window.run();
    let before = document(&window);
    key(&mut window, Modifiers::NONE, Key::ArrowDown);
    let after = document(&window);
    assert_eq!(after.layout.frames[0].at.y, frame.at.y + 20.0);
    assert_eq!(after.layout.comments.last().unwrap().at.y, note.at.y + 20.0);
    assert_eq!(spot(&window, "day3").y, before.layout.spots[&StepId::from("day3")].y + 20.0);
    assert_eq!(spot(&window, "ask"), before.layout.spots[&StepId::from("ask")]);
    key(&mut window, Modifiers::COMMAND, Key::Z);
    assert_eq!(document(&window), before);
}

#[test]
fn the_menu_of_a_frame_selects_what_it_holds() {
    let mut window = window(MISTAKE);
    key(&mut window, Modifiers::NONE, Key::F);
    window.get_by_label("Frame: Never delivered").click_secondary();
    window.run();
    window.get_by_label_contains("Select what it holds").click();
    window.run();
    assert_eq!(selected(&window), ["day3", "gap7", "day7"]);
}

#[test]
fn selected_steps_are_framed_and_the_frame_is_named_and_deleted() {
    let mut window = window(MISTAKE);
    let at = place(&window, ASK);
    click(&mut window, at);
    key(&mut window, Modifiers::COMMAND, Key::G);
    let frame = document(&window).layout.frames.last().unwrap().clone();
    let card = spot(&window, "ask");
    assert!(frame.at.x < card.x && frame.at.y < card.y && frame.at.x + frame.size.width > card.x + 240.0);
    key(&mut window, Modifiers::NONE, Key::F2);
    write(&mut window, "Consent");
    key(&mut window, Modifiers::NONE, Key::Enter);
    window.get_by_label("Frame: Consent");
    key(&mut window, Modifiers::NONE, Key::Delete);
    assert!(window.query_by_label("Frame: Consent").is_none());
    assert!(ids(&window).contains(&"ask".to_owned()), "what it held stays");
}
