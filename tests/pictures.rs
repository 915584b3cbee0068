//! Pictures out of the planner: on the clipboard and in files, of everything or of what is selected.

mod support;

use egui::accesskit::Role;
use egui::{Color32, ColorImage, Key};
use support::Window;
use transom::ui::theme::DARK;

const SAMPLE: &str = "day3-mistake.ron";

fn count(picture: &ColorImage, colour: Color32) -> usize {
    picture.pixels.iter().filter(|pixel| **pixel == colour).count()
}

#[test]
fn copies_the_funnel_or_the_steps_that_are_selected() {
    let mut window = Window::open(SAMPLE, &[]);
    let all = window.picture_copied_by(Key::C);
    window.settle();
    // The window of a test is dark.
    assert!(count(&all, DARK.canvas) > 10_000 && count(&all, DARK.raised) > 10_000);
    assert!(window.shows_part("Picture of the funnel copied"));
    let (first, last) = (window.name("Message: Day-3 offer"), window.name("Wait: Wait 4 more days"));
    window.press(&first);
    let one = window.picture_copied_by(Key::C);
    window.shift_press(&last);
    let two = window.picture_copied_by(Key::C);
    window.settle();
    assert!(window.shows_part("Picture of 2 steps copied"));
    assert!(one.width() < two.width() && two.width() < all.width() / 2, "{} {} {}", one.width(), two.width(), all.width());
    assert!(count(&one, DARK.outside_soft) > 500 && count(&all, DARK.outside_soft) > count(&one, DARK.outside_soft));
    assert_eq!(count(&one, DARK.inside_soft), 0, "a step that is not selected is not on it");
    assert_eq!(count(&two, DARK.accent), count(&one, DARK.accent), "what is selected is not marked on it");
    assert_eq!(window.session().selection.steps.len(), 2, "it stays selected");
}

#[test]
fn exports_what_the_ending_of_the_name_says() {
    let mut window = Window::open(SAMPLE, &["picture.svg", "picture", SAMPLE]);
    let before = std::fs::read(window.file(SAMPLE)).expect("the funnel is there");
    let choose = |window: &mut Window| {
        window.press("Picture");
        window.click(Role::MenuItem, "Export picture…");
        window.settle();
    };
    choose(&mut window);
    let svg = std::fs::read_to_string(window.file("picture.svg")).expect("it was written");
    assert!(svg.starts_with("<svg") && svg.contains("<title>Day-3 offer</title>"));
    assert!(window.shows_part("Picture exported to"));
    choose(&mut window);
    let png = std::fs::read(window.file("picture.png")).expect("a name without an ending becomes a PNG");
    let png = image::load_from_memory(&png).expect("a PNG").to_rgb8();
    assert!(png.width() > 2000, "twice as sharp as a plain screen");
    window.press("Picture");
    window.click(Role::MenuItem, "Export picture…");
    window.settle();
    assert_eq!(std::fs::read(window.file(SAMPLE)).expect("it is there"), before, "never over the funnel itself");
}

#[test]
fn a_funnel_without_steps_is_drawn_with_what_it_has() {
    let mut window = Window::open(SAMPLE, &[]);
    window.command(Key::A);
    window.key(Key::Delete);
    let layout = &window.document().layout;
    assert_eq!((window.document().funnel.steps.len(), layout.frames.len()), (0, 1));
    assert!(count(&window.picture_copied_by(Key::C), DARK.note) > 1000);
}
