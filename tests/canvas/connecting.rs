//! Connecting, reconnecting, inserting into a link and cutting.

use super::*;

#[test]
fn a_link_is_drawn_from_an_output_to_a_step_and_deleted_again() {
    let mut window = empty();
    window.get_by_label("They call").click();
    window.run();
    key(&mut window, Modifiers::NONE, Key::Escape);
    add(&mut window, "exit");
    let exit = place(&window, "Exit: Done");
    drag(&mut window, exit, exit + vec2(320.0, 100.0));
    let port = place(&window, "Output Next of Call, leads nowhere");
    let exit = place(&window, "Exit: Done");
    drag(&mut window, port, exit);
    window.get_by_label("Output Next of Call, leads to Done");
    key(&mut window, Modifiers::NONE, Key::Delete);
    window.get_by_label("Output Next of Call, leads nowhere");
}

#[test]
fn a_wire_dropped_on_the_ground_brings_a_connected_step() {
    let mut window = empty();
    window.get_by_label("QR code").click();
    window.run();
    let port = place(&window, "Output Next of QR scan, leads nowhere");
    drag(&mut window, port, port + vec2(150.0, 60.0));
    assert!(window.query_by_role_and_label(Role::MenuItem, "Entry").is_none(), "nothing can lead to an entry");
    window.get_by_role_and_label(Role::MenuItem, "Wait").click();
    window.run();
    window.get_by_label("Output Next of QR scan, leads to Wait 4 h");
}

#[test]
fn a_step_dropped_on_a_link_goes_into_it() {
    let mut window = window(MISTAKE);
    key(&mut window, Modifiers::NONE, Key::Escape);
    add(&mut window, "send hours");
    let (wait, offer) = (place(&window, "Wait: Wait 3 days"), place(&window, "Message: Day-3 offer, Outside"));
    let own = place(&window, "Send hours: Send hours");
    drag(&mut window, own, Pos2::new((wait.x + offer.x) / 2.0, wait.y));
    window.get_by_label("Output Next of Wait 3 days, leads to Send hours");
    window.get_by_label("Output Next of Send hours, leads to Day-3 offer");
    key(&mut window, Modifiers::COMMAND, Key::Z);
    window.get_by_label("Output Next of Wait 3 days, leads to Day-3 offer");
}

#[test]
fn enter_acts_on_the_output_that_the_keyboard_is_on() {
    let mut window = window(MISTAKE);
    window.get_by_label_contains("Output Next of Wait 3 days, leads to").focus();
    window.run();
    key(&mut window, Modifiers::NONE, Key::Enter);
    let selection = &window.state().session().unwrap().selection;
    assert_eq!(selection.link, Some((StepId::from("gap3"), Output::Next)), "it selects the link and renames nothing");
}

#[test]
fn a_refused_link_says_why_while_it_is_held() {
    let mut window = window(MISTAKE);
    let before = document(&window);
    let from = place(&window, "Output Sim, pode of Ask for opt-in, leads to Wait 3 days");
    let to = place(&window, "Entry: Instagram ad");
    button(&mut window, from, true);
    window.event(Event::PointerMoved(from - vec2(40.0, 0.0)));
    window.step();
    window.event(Event::PointerMoved(to));
    window.step();
    window.step();
    assert!(says(&window, "people cannot be sent back to it"), "the reason stands beside the pointer");
    assert!(window.query_by_role(Role::Alert).is_none(), "nothing was refused yet");
    button(&mut window, to, false);
    window.run();
    assert_eq!(document(&window), before);
    window.get_by_role(Role::Alert);
}

#[test]
fn either_end_of_a_link_is_dragged_elsewhere_as_one_undo() {
    let mut window = window(MISTAKE);
    let before = document(&window);
    let head = place(&window, "Input of Contextual reply") - vec2(15.0, 0.0);
    let to = place(&window, ASK);
    drag(&mut window, head, to);
    assert!(links(&window).contains(&"ad Next ask".to_owned()), "{:?}", links(&window));
    key(&mut window, Modifiers::COMMAND, Key::Z);
    assert_eq!(document(&window), before);

    let tail = place(&window, "Output Next of Instagram ad, leads to Contextual reply") + vec2(15.0, 0.0);
    let to = place(&window, "Output Next of Wait 3 days, leads to Day-3 offer");
    drag(&mut window, tail, to);
    assert!(links(&window).contains(&"gap3 Next welcome".to_owned()), "{:?}", links(&window));
    assert!(!links(&window).iter().any(|link| link.starts_with("ad ")), "it begins here no more");
    assert_eq!(undo_label(&window).as_deref(), Some("Reconnect"));
    key(&mut window, Modifiers::COMMAND, Key::Z);
    assert_eq!(document(&window), before);
}

#[test]
fn an_end_that_is_dropped_on_the_ground_removes_its_link() {
    let mut window = window(MISTAKE);
    let input = place(&window, "Input of Contextual reply");
    drag(&mut window, input, input + vec2(0.0, 200.0));
    window.get_by_label("Output Next of Instagram ad, leads nowhere");
    assert_eq!(undo_label(&window).as_deref(), Some("Remove link"));
    key(&mut window, Modifiers::COMMAND, Key::Z);
    window.get_by_label("Output Next of Instagram ad, leads to Contextual reply");
}

#[test]
fn with_shift_all_links_of_an_input_move_together() {
    let mut window = window(MISTAKE);
    let before = document(&window);
    let (from, to) = (place(&window, "Input of No sale"), place(&window, "Wait: Wait 3 days"));
    drag_with(&mut window, Modifiers::SHIFT, PointerButton::Primary, from, to);
    let into = |id: &str| links(&window).iter().filter(|link| link.ends_with(&format!(" {id}"))).count();
    assert_eq!((into("quiet"), into("gap3")), (0, 4), "{:?}", links(&window));
    assert_eq!(undo_label(&window).as_deref(), Some("Move 3 links"));
    key(&mut window, Modifiers::COMMAND, Key::Z);
    assert_eq!(document(&window), before);
}

#[test]
fn a_slice_cuts_the_links_that_it_crosses() {
    let mut window = window(MISTAKE);
    let before = document(&window);
    let input = place(&window, "Input of No sale");
    for (modifiers, button) in [(Modifiers::ALT, PointerButton::Primary), (Modifiers::COMMAND, PointerButton::Secondary)] {
        drag_with(&mut window, modifiers, button, input - vec2(14.0, 50.0), input + vec2(-14.0, 50.0));
        assert!(!links(&window).iter().any(|link| link.ends_with(" quiet")), "{:?}", links(&window));
        assert_eq!(links(&window).len(), before.funnel.links.len() - 3);
        assert_eq!(undo_label(&window).as_deref(), Some("Cut 3 links"));
        key(&mut window, Modifiers::COMMAND, Key::Z);
        assert_eq!(document(&window), before);
    }
}

#[test]
fn a_key_cuts_all_links_of_what_is_selected() {
    let mut window = window(MISTAKE);
    let at = place(&window, "Wait: Wait 3 days");
    click(&mut window, at);
    key(&mut window, Modifiers::NONE, Key::X);
    assert!(!links(&window).iter().any(|link| link.contains("gap3")), "{:?}", links(&window));
    assert_eq!(undo_label(&window).as_deref(), Some("Cut 2 links"));
}

#[test]
fn what_follows_makes_room_for_a_step_that_is_dropped_on_a_link() {
    let mut window = window(MISTAKE);
    key(&mut window, Modifiers::NONE, Key::Escape);
    add(&mut window, "send hours");
    let before = document(&window);
    let (wait, offer) = (place(&window, "Wait: Wait 3 days"), place(&window, "Message: Day-3 offer, Outside"));
    let own = place(&window, "Send hours: Send hours");
    drag(&mut window, own, Pos2::new((wait.x + offer.x) / 2.0, wait.y));
    let (new, next) = (spot(&window, "send-hours"), spot(&window, "day3"));
    assert!(new.x >= spot(&window, "gap3").x + 240.0, "it stands clear of the one before");
    assert!(next.x >= new.x + 240.0, "and of the one after: {new:?} {next:?}");
    key(&mut window, Modifiers::COMMAND, Key::Z);
    assert_eq!(document(&window), before);
}

#[test]
fn links_are_drawn_from_cards_that_show_no_more_than_titles() {
    let mut window = window(MISTAKE);
    key(&mut window, Modifiers::NONE, Key::F);
    let from = place(&window, "Output Next of Wait 3 days, leads to Day-3 offer");
    let to = place(&window, "Exit: No sale");
    drag(&mut window, from, to);
    assert!(links(&window).contains(&"gap3 Next quiet".to_owned()), "{:?}", links(&window));
}

#[test]
fn an_output_is_led_to_a_step_that_is_there_by_typing_its_name() {
    let mut window = window(MISTAKE);
    window.get_by_label("Link from Wait 3 days to Day-3 offer").focus();
    window.run();
    key(&mut window, Modifiers::NONE, Key::Delete);
    window.get_by_label("Output Next of Wait 3 days, leads nowhere").focus();
    window.run();
    let before = document(&window);
    for opens in [Key::Space, Key::Enter] {
        key(&mut window, Modifiers::NONE, opens);
        assert_eq!(document(&window), before, "the key that opens the list chooses nothing in it");
        write(&mut window, "no sale");
        window.get_by_role_and_label(Role::MenuItem, "Connect to No sale");
        key(&mut window, Modifiers::NONE, Key::Enter);
        assert!(links(&window).contains(&"gap3 Next quiet".to_owned()), "{:?}", links(&window));
        key(&mut window, Modifiers::COMMAND, Key::Z);
        window.get_by_label("Output Next of Wait 3 days, leads nowhere").focus();
        window.run();
    }
}

#[test]
fn a_key_leads_from_a_card_to_its_outputs_and_tab_from_one_to_the_next() {
    let mut window = window(MISTAKE);
    let at = place(&window, ASK);
    click(&mut window, at);
    key(&mut window, Modifiers::NONE, Key::O);
    key(&mut window, Modifiers::NONE, Key::Tab);
    let output = window.get_by_label("Output Não, obrigado of Ask for opt-in, leads to No sale");
    assert!(output.accesskit_node().is_focused());
    key(&mut window, Modifiers::SHIFT, Key::F10);
    window.get_by_label_contains("Connect to…").click();
    window.run();
    write(&mut window, "wait 4");
    key(&mut window, Modifiers::NONE, Key::Enter);
    assert!(links(&window).contains(&"ask Reply(\"Não, obrigado\") gap7".to_owned()), "{:?}", links(&window));
}
