//! Selecting by pointer, by key and along the links.

use super::*;

#[test]
fn a_marquee_selects_and_arrows_move_what_is_selected() {
    let mut window = window(MISTAKE);
    let (first, last) = (place(&window, "Entry: Instagram ad"), place(&window, ASK));
    drag(&mut window, first - vec2(110.0, 150.0), last + vec2(20.0, 160.0));
    assert_eq!(selected(&window).len(), 3, "{:?}", selected(&window));
    let before = spot(&window, "ask");
    key(&mut window, Modifiers::NONE, Key::ArrowDown);
    assert_eq!(spot(&window, "ask").y, before.y + 20.0);
}

#[test]
fn the_palette_finds_commands_and_steps() {
    let mut window = window(MISTAKE);
    key(&mut window, Modifiers::COMMAND, Key::K);
    write(&mut window, "day-3 offer");
    key(&mut window, Modifiers::NONE, Key::Enter);
    assert_eq!(selected(&window), ["day3"]);
    key(&mut window, Modifiers::COMMAND, Key::K);
    write(&mut window, "select all");
    key(&mut window, Modifiers::NONE, Key::Enter);
    assert_eq!(selected(&window).len(), ids(&window).len());
}

#[test]
fn keys_select_what_follows_what_leads_here_and_the_path() {
    const ALT_SHIFT: Modifiers = Modifiers { shift: true, ..Modifiers::ALT };
    let mut window = window(MISTAKE);
    let at = place(&window, "Wait: Wait 3 days");
    click(&mut window, at);
    key(&mut window, ALT_SHIFT, Key::ArrowRight);
    assert_eq!(selected(&window), ["gap3", "day3", "gap7", "day7", "done"]);
    assert!(says(&window, "5 steps selected"), "those who cannot see it are told");
    click(&mut window, at);
    key(&mut window, ALT_SHIFT, Key::ArrowLeft);
    assert_eq!(selected(&window), ["gap3", "ask", "welcome", "ad"]);
    let at = place(&window, "Exit: No sale");
    click(&mut window, at);
    key(&mut window, Modifiers::NONE, Key::P);
    assert_eq!(selected(&window), ["ad", "welcome", "quiet"], "the shortest way here");
}

#[test]
fn alt_and_an_arrow_walk_along_the_links() {
    let mut window = window(MISTAKE);
    let at = place(&window, "Entry: Instagram ad");
    click(&mut window, at);
    for id in ["welcome", "ask", "gap3"] {
        key(&mut window, Modifiers::ALT, Key::ArrowRight);
        assert_eq!(selected(&window), [id]);
    }
    key(&mut window, Modifiers::ALT, Key::ArrowDown);
    assert_eq!(selected(&window), ["quiet"], "down goes to the nearest");
}

#[test]
fn a_marquee_with_ctrl_takes_out_and_with_alt_asks_for_whole_cards() {
    let mut window = window(MISTAKE);
    let card = window.get_by_label(ASK).rect();
    let (from, to) = (card.left_bottom() + vec2(-20.0, 120.0), card.center());
    drag(&mut window, from, to);
    assert_eq!(selected(&window), ["ask"], "a part of a card is enough");
    drag_with(&mut window, Modifiers::COMMAND, PointerButton::Primary, from, to);
    assert!(selected(&window).is_empty(), "{:?}", selected(&window));

    // Alt at the beginning would cut; during the drag it asks for whole cards.
    button(&mut window, from, true);
    window.event(Event::PointerMoved(from - vec2(0.0, 20.0)));
    window.step();
    window.event(Event::ModifiersChanged(Modifiers::ALT));
    window.event(Event::PointerMoved(to));
    window.step();
    window.step();
    assert!(selected(&window).is_empty(), "{:?}", selected(&window));
    window.event(Event::PointerMoved(card.right_top() + vec2(20.0, -20.0)));
    window.step();
    button(&mut window, card.right_top() + vec2(20.0, -20.0), false);
    window.event(Event::ModifiersChanged(Modifiers::NONE));
    window.run();
    assert_eq!(selected(&window), ["ask"]);
}
