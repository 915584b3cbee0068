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

const FRAMED: &str = "Frame: Never delivered";
const BLOCK: &str = "Frame: Never delivered, 3 steps, Outside";
const LAST_CALL: &str = "Message: Day-7 last call, Outside";

fn frame(window: &Window) -> transom::model::Frame {
    (*document(window).layout.frames[0]).clone()
}

fn is_expanded(window: &Window, label: &str) -> Option<bool> {
    window.get_by_label(label).accesskit_node().data().is_expanded()
}

/// The sample with its frame selected.
fn framed() -> Window {
    let mut window = window(MISTAKE);
    key(&mut window, Modifiers::NONE, Key::F);
    window.get_by_label(FRAMED).click();
    window.run();
    window
}

#[test]
fn a_collapsed_frame_is_one_block_that_says_what_it_hides() {
    let mut window = framed();
    assert_eq!(is_expanded(&window, FRAMED), Some(true));
    let before = document(&window);
    let links = || |window: &Window| window.query_all_by_label_contains("Link from").count();
    let all = links()(&window);
    key(&mut window, Modifiers::NONE, Key::H);
    assert!(frame(&window).collapsed);
    assert_eq!(is_expanded(&window, BLOCK), Some(false));
    assert!(window.query_by_label(LAST_CALL).is_none(), "its cards are hidden");
    window.get_by_label(ASK);
    assert!(links()(&window) < all, "so are the links among them");
    let into = window.query_all_by_label_contains("Link from").count();
    assert!(into > 0, "those from outside are not");
    assert_eq!(document(&window).funnel, before.funnel, "the funnel means what it meant");
    assert_eq!(undo_label(&window).as_deref(), Some("Collapse frame"));
    window.get_by_label("Open Never delivered").click();
    window.run();
    assert_eq!(document(&window), before);
    window.get_by_label(LAST_CALL);
    key(&mut window, Modifiers::COMMAND, Key::Z);
    key(&mut window, Modifiers::COMMAND, Key::Z);
    assert_eq!(document(&window), before);
}

#[test]
fn a_block_takes_along_what_it_hides() {
    let mut window = framed();
    key(&mut window, Modifiers::NONE, Key::H);
    let before = document(&window);
    let at = place(&window, BLOCK);
    drag(&mut window, at, at + vec2(0.0, 120.0));
    let after = document(&window);
    let by = after.layout.frames[0].at.y - before.layout.frames[0].at.y;
    assert!(by > 0.0 && after.layout.frames[0].collapsed);
    for step in ["day3", "gap7", "day7"] {
        assert_eq!(after.layout.spots[&StepId::from(step)].y - before.layout.spots[&StepId::from(step)].y, by, "{step}");
    }
    key(&mut window, Modifiers::COMMAND, Key::Z);
    assert_eq!(document(&window), before);
}

#[test]
fn what_a_frame_hides_is_not_selected_until_one_goes_to_it() {
    let mut window = window(MISTAKE);
    key(&mut window, Modifiers::NONE, Key::F);
    let card = place(&window, LAST_CALL);
    click(&mut window, card);
    assert_eq!(selected(&window), ["day7"]);
    // Without a frame selected it is the one around the selected step.
    key(&mut window, Modifiers::NONE, Key::H);
    assert!(frame(&window).collapsed);
    assert!(selected(&window).is_empty(), "what is hidden is not selected");
    key(&mut window, Modifiers::COMMAND, Key::A);
    assert!(!selected(&window).contains(&"day7".to_owned()) && selected(&window).contains(&"ask".to_owned()));
    key(&mut window, Modifiers::NONE, Key::Escape);
    key(&mut window, Modifiers::COMMAND, Key::F);
    write(&mut window, "Day-7");
    key(&mut window, Modifiers::NONE, Key::Enter);
    assert!(!frame(&window).collapsed, "finding a step opens the frame that hides it");
    assert_eq!(selected(&window), ["day7"]);
    window.get_by_label(LAST_CALL);
    assert_eq!(undo_label(&window).as_deref(), Some("Open frame"));
    // Undone and redone, the selection keeps to what is seen.
    key(&mut window, Modifiers::NONE, Key::Escape);
    key(&mut window, Modifiers::COMMAND, Key::Z);
    assert!(frame(&window).collapsed && selected(&window).is_empty());
}

#[test]
fn undone_and_redone_a_collapse_keeps_the_selection_to_what_is_seen() {
    let mut window = window(MISTAKE);
    key(&mut window, Modifiers::NONE, Key::F);
    let card = place(&window, LAST_CALL);
    click(&mut window, card);
    key(&mut window, Modifiers::NONE, Key::H);
    key(&mut window, Modifiers::COMMAND, Key::Z);
    assert_eq!(selected(&window), ["day7"]);
    key(&mut window, Modifiers { shift: true, ..Modifiers::COMMAND }, Key::Z);
    assert!(frame(&window).collapsed, "what was done again stays done");
    assert!(selected(&window).is_empty());
    // The palette leads to a hidden step as well, and the view goes there.
    key(&mut window, Modifiers::COMMAND, Key::K);
    write(&mut window, "Day-7 last call");
    key(&mut window, Modifiers::NONE, Key::Enter);
    assert!(!frame(&window).collapsed);
    assert_eq!(selected(&window), ["day7"]);
    window.get_by_label(LAST_CALL);
}

#[test]
fn a_collapsed_frame_in_a_collapsed_frame_opens_with_it() {
    let outer = MISTAKE
        .replace("    frames: [\n", "    frames: [\n        (title: \"Outer\", at: (1200, -160), size: (1100, 500)),\n");
    let mut window = window(&outer);
    key(&mut window, Modifiers::NONE, Key::F);
    window.get_by_label(FRAMED).click();
    window.run();
    key(&mut window, Modifiers::NONE, Key::H);
    window.get_by_label("Frame: Outer").click();
    window.run();
    key(&mut window, Modifiers::NONE, Key::H);
    window.get_by_label("Frame: Outer, 3 steps, Outside");
    assert!(window.query_by_label_contains("Frame: Never").is_none());
    key(&mut window, Modifiers::COMMAND, Key::F);
    write(&mut window, "Day-7");
    key(&mut window, Modifiers::NONE, Key::Enter);
    assert!(document(&window).layout.frames.iter().all(|frame| !frame.collapsed), "both open for what is in both");
    window.get_by_label(LAST_CALL);
}

#[test]
fn a_link_is_not_drawn_to_a_block() {
    let mut window = framed();
    key(&mut window, Modifiers::NONE, Key::H);
    let before = document(&window);
    let (from, block) = (place(&window, "Input of No sale"), place(&window, BLOCK));
    button(&mut window, from, true);
    for at in [from + (block - from) * 0.5, block] {
        window.event(Event::PointerMoved(at));
        window.step();
    }
    window.step();
    assert!(says(&window, "Open the frame to connect"), "it says why");
    button(&mut window, block, false);
    window.run();
    assert_eq!(document(&window), before);
}

#[test]
fn a_frame_gets_a_colour_from_its_menu_and_by_key() {
    let mut window = framed();
    let before = document(&window);
    window.get_by_label(FRAMED).click_secondary();
    window.run();
    window.get_by_label("Purple").click();
    window.run();
    assert_eq!(frame(&window).colour, Some(transom::model::Colour::Purple));
    assert_eq!(window.get_by_label(FRAMED).accesskit_node().data().description(), Some("Purple"));
    key(&mut window, Modifiers::SHIFT, Key::C);
    assert_eq!(frame(&window).colour, Some(transom::model::Colour::Pink));
    assert_eq!(document(&window).layout.comments, before.layout.comments, "the same letter adds no comment");
    key(&mut window, Modifiers::COMMAND, Key::Z);
    key(&mut window, Modifiers::COMMAND, Key::Z);
    assert_eq!(document(&window), before);
}

/// The sample with a note, which is selected.
fn noted() -> (Window, usize) {
    let mut window = window(MISTAKE);
    key(&mut window, Modifiers::NONE, Key::F);
    let under = place(&window, ASK) + vec2(0.0, 160.0);
    window.event(Event::PointerMoved(under));
    window.run();
    key(&mut window, Modifiers::NONE, Key::C);
    let place = document(&window).layout.comments.len() - 1;
    (window, place)
}

#[test]
fn a_note_that_is_dropped_on_a_card_is_tied_to_it_and_goes_with_it() {
    let (mut window, at) = noted();
    let before = document(&window);
    let (note, card) = (place(&window, "Note: Write a note"), place(&window, ASK));
    drag(&mut window, note, card);
    let tied = (*document(&window).layout.comments[at]).clone();
    assert_eq!(tied.step, Some(StepId::from("ask")));
    let spot_of_card = spot(&window, "ask");
    let is_beside = tied.at.y + 100.0 <= spot_of_card.y || tied.at.y > spot_of_card.y + 80.0;
    assert!(is_beside, "it does not hide the card: {tied:?}");
    window.get_by_label("Note: Write a note, tied to Ask for opt-in");
    let from = place(&window, ASK);
    drag(&mut window, from, from + vec2(0.0, 60.0));
    let by = spot(&window, "ask").y - spot_of_card.y;
    assert!(by > 0.0);
    assert_eq!(document(&window).layout.comments[at].at.y, tied.at.y + by);
    key(&mut window, Modifiers::COMMAND, Key::Z);
    key(&mut window, Modifiers::COMMAND, Key::Z);
    assert_eq!(document(&window), before);
}

#[test]
fn a_note_is_tied_and_untied_from_its_menu_and_by_key() {
    let (mut window, at) = noted();
    let card = place(&window, ASK);
    click(&mut window, card);
    window.get_by_label("Note: Write a note").click_secondary();
    window.run();
    window.get_by_label_contains("Tie to Ask for opt-in").click();
    window.run();
    assert_eq!(document(&window).layout.comments[at].step, Some(StepId::from("ask")));
    key(&mut window, Modifiers::NONE, Key::T);
    assert_eq!(document(&window).layout.comments[at].step, None);
    assert_eq!(undo_label(&window).as_deref(), Some("Untie comment"));
    key(&mut window, Modifiers::NONE, Key::T);
    let card = place(&window, ASK);
    click(&mut window, card);
    key(&mut window, Modifiers::NONE, Key::Delete);
    assert!(!ids(&window).contains(&"ask".to_owned()));
    assert_eq!(document(&window).layout.comments[at].step, None, "the note outlives its step");
    window.get_by_label("Note: Write a note");
}
