//! The window, driven through its accessibility tree: what a person does with mouse and keyboard, from a sample to the
//! exported checklist.

mod support;

use egui::Key;
use egui::accesskit::Role;
use rand::SeedableRng;
use rand_chacha::ChaCha8Rng;
use support::Window;
use transom::checklist;
use transom::file::{self, Remarks};
use transom::model::{Content, Output, Send, StepId};

const MISTAKE: &str = "day3-mistake.ron";

#[test]
fn a_sample_shows_every_step_with_its_verdict() {
    let window = Window::open(MISTAKE, &[]);
    for name in [
        "Entry: Instagram ad",
        "Question: Contextual reply, Inside",
        "Question: Ask for opt-in, Inside",
        "Wait: Wait 3 days",
        "Message: Day-3 offer, Outside",
        "Message: Day-7 last call, Outside",
        "Exit: No sale",
    ] {
        assert!(window.shows(name), "{name:?} is not among {:#?}", window.names());
    }
}

#[test]
fn a_text_is_edited_in_the_inspector_and_its_typing_is_one_undo() {
    let mut window = Window::open(MISTAKE, &[]);
    let before = window.document().clone();
    window.press("Message: Day-3 offer, Outside");
    assert_eq!(window.session().selection.steps, [StepId::from("day3")]);
    window.fill(Role::MultilineTextInput, "Text", "Oi! Ainda quer o tênis?");
    let text = Content::Text("Oi! Ainda quer o tênis?".to_owned());
    assert_eq!(window.step("day3").message().unwrap().send, Send::FreeForm(text));
    window.command(Key::Z);
    assert_eq!(window.document(), &before);
    assert_eq!(window.session().undo_label(), None);
}

#[test]
fn a_card_is_moved_by_dragging_and_goes_back_with_one_undo() {
    let mut window = Window::open(MISTAKE, &[]);
    let before = window.document().clone();
    let funnel = std::sync::Arc::clone(window.session().funnel());
    let card = window.place(Role::Button, "Exit: No sale");
    window.drag(card, card + egui::vec2(-60.0, 110.0));
    let moved = window.document().layout.spots[&StepId::from("quiet")];
    assert_ne!(window.document(), &before);
    assert!(moved.y > before.layout.spots[&StepId::from("quiet")].y + 40.0);
    assert!(std::sync::Arc::ptr_eq(window.session().funnel(), &funnel), "it means the same, so it is not judged again");
    window.command(Key::Z);
    assert_eq!(window.document(), &before, "one undo for the whole drag");
    assert_eq!(window.session().undo_label(), None);
}

#[test]
fn a_step_is_added_connected_and_deleted_by_keyboard() {
    let mut window = Window::open(MISTAKE, &[]);
    let before = window.document().clone();
    window.focus(Role::Canvas, "Canvas");
    window.key(Key::A);
    window.write("split");
    window.key(Key::Enter);
    let split = window.document().funnel.steps.last().unwrap().id.clone();
    assert_eq!(window.document().funnel.steps.len(), before.funnel.steps.len() + 1);
    assert_eq!(window.session().selection.steps.as_slice(), std::slice::from_ref(&split));

    // What is added next follows what is selected, by its first free way out.
    window.key(Key::A);
    window.write("exit");
    window.key(Key::Enter);
    let exit = window.session().selection.steps[0].clone();
    let target =
        |window: &Window, case: &str| window.document().funnel.target(&split, &Output::Case(case.to_owned())).cloned();
    assert_eq!(target(&window, "A"), Some(exit.clone()));

    // Any way out can be reached with the keyboard too.
    window.focus(Role::Button, "Output B of Split, leads nowhere");
    window.key(Key::Space);
    window.write("question");
    window.key(Key::Enter);
    let question = window.session().selection.steps[0].clone();
    assert_eq!(target(&window, "B"), Some(question.clone()));
    assert!(window.shows("Question: Question, Unreachable"), "{:#?}", window.names());

    window.key(Key::Delete);
    assert!(window.document().funnel.step(&question).is_none());
    assert_eq!(target(&window, "B"), None, "its links go with it");
    for _ in 0..4 {
        window.command(Key::Z);
    }
    assert_eq!(window.document(), &before, "four things were done and undone");
}

#[test]
fn the_whole_job() {
    let mut window = Window::open(MISTAKE, &["checklist.csv"]);
    let before = window.document().clone();

    // The first story answers at once, and both offers are refused.
    assert!(window.shows_part("Day-3 offer, blocked, 72 h after the last message"), "{:#?}", window.names());
    let reply = window.place(Role::Slider, "Reply to Contextual reply at 3 m");
    window.drag(reply, reply + egui::vec2(1500.0, 0.0));
    assert!(window.shows("No reply to Contextual reply for 20 h"), "{:#?}", window.names());
    assert!(!window.shows_part("Day-3 offer, blocked"), "who never answers is not sent the offer");
    assert_ne!(window.document(), &before, "the story in the file follows");
    window.command(Key::Z);
    assert_eq!(window.document(), &before);
    assert!(window.shows_part("Day-3 offer, blocked"));

    // A shorter wait brings the offer into the window; a fix turns the later one into a template.
    window.press("Wait: Wait 3 days");
    window.fill(Role::TextInput, "Length", "20h");
    assert!(window.shows("Message: Day-3 offer, Inside"), "{:#?}", window.names());
    let wrong = window.session().judgement().diagnostics[0].clone();
    assert_eq!((wrong.code, wrong.step()), ("W001", Some(&StepId::from("day7"))));
    let problems = window.name("Problems (");
    window.click(Role::Tab, &problems);
    let row = window.name("Error W001, ");
    window.press(&row);
    assert_eq!(window.session().selection.steps, [StepId::from("day7")], "a problem leads to its step");
    let fix =
        window.session().fixes(0).iter().find(|fix| fix.id == "use-template").expect("a template can be drafted").clone();
    window.press(&format!("Fix: {}", fix.title));
    let template = window.step("day7").message().unwrap().send.template().expect("it sends a template now").to_owned();
    assert!(window.shows("Template: Day-7 last call, Outside"), "{:#?}", window.names());

    window.command(Key::E);
    let exported = std::fs::read_to_string(window.file("checklist.csv")).expect("the checklist was exported");
    let lines: Vec<&str> = exported.lines().collect();
    assert!(lines[0].starts_with("name,language,category,status,required"), "{exported}");
    assert_eq!(lines.len(), 2, "one template to submit: {exported}");
    assert!(lines[1].starts_with(&format!("{template},pt_BR,Marketing,Draft,yes")), "{exported}");
    assert!(lines[1].contains(",day7,") && lines[1].contains("Última chance!"), "{exported}");
    let session = window.session();
    let checklist = checklist::build(session.funnel(), session.judgement(), session.now());
    assert_eq!(exported, checklist::csv(&checklist), "the very file that the command line writes");

    // What was done is what is saved, and what is saved opens again.
    assert!(window.session().is_changed());
    window.command(Key::S);
    assert!(!window.session().is_changed());
    let path = window.file(MISTAKE);
    let saved = file::read(&path).expect("what was saved can be opened");
    assert_eq!(&saved.document, window.document());
    assert_eq!(std::fs::read_to_string(&path).unwrap(), file::write(window.document(), &Remarks::default()));
}

#[test]
fn a_fix_is_one_click_and_one_undo() {
    let mut window = Window::open(MISTAKE, &[]);
    let before = window.document().clone();
    let wrong = window.session().judgement().diagnostics[0].clone();
    assert_eq!(wrong.step(), Some(&StepId::from("day3")));
    window.press("Message: Day-3 offer, Outside");
    window.press(&format!("Fix: {}", window.session().fixes(0)[0].title));
    assert_ne!(window.document(), &before);
    let left = &window.session().judgement().diagnostics;
    assert!(!left.iter().any(|other| (other.code, &other.place) == (wrong.code, &wrong.place)), "{left:#?}");
    window.command(Key::Z);
    assert_eq!(window.document(), &before);
}

#[test]
fn a_link_is_drawn_and_drawn_anew_by_dragging() {
    let mut window = Window::open(MISTAKE, &[]);
    let before = window.document().clone();
    let yes = Output::Reply("Sim, pode".to_owned());
    let from = window.place(Role::Button, "Output Sim, pode of Ask for opt-in, leads to Wait 3 days");
    let to = window.place(Role::Button, "Exit: No sale");
    window.drag(from, to);
    let target = |window: &Window| window.document().funnel.target(&StepId::from("ask"), &yes).cloned();
    assert_eq!(target(&window), Some(StepId::from("quiet")));
    assert!(window.shows("Message: Day-3 offer, Unreachable"), "the verdicts follow: {:#?}", window.names());
    window.command(Key::Z);
    assert_eq!(window.document(), &before);

    // People cannot be sent back to where they came in; the window says so and nothing changes.
    let to = window.place(Role::Button, "Entry: Instagram ad");
    window.drag(from, to);
    assert_eq!(window.document(), &before);
    assert!(window.shows_part("cannot be sent back"), "{:#?}", window.names());
}

#[test]
fn arranging_is_one_undo_and_leaves_no_card_on_another() {
    let mut window = Window::open("every-step-kind.ron", &[]);
    let before = window.document().clone();
    window.press("Arrange automatically");
    assert_ne!(window.document(), &before);
    assert_eq!(window.document().funnel, before.funnel);
    window.focus(Role::Canvas, "Canvas");
    window.key(Key::F);
    let kinds =
        ["Entry", "Question", "Message", "Template", "Wait", "Wait until", "Wait for a date", "Send hours", "Branch"];
    let kinds: Vec<String> = kinds.iter().chain(&["Split", "Exit"]).map(|kind| format!("{kind}: ")).collect();
    let cards: Vec<(String, egui::Rect)> = window.cards(&kinds);
    assert_eq!(cards.len(), before.funnel.steps.len(), "every step has its card: {cards:#?}");
    for (n, (name, card)) in cards.iter().enumerate() {
        for (other, rect) in &cards[..n] {
            assert!(!card.shrink(1.0).intersects(*rect), "{name} lies on {other}");
        }
    }
    window.command(Key::Z);
    assert_eq!(window.document(), &before);
}

#[test]
fn copied_steps_paste_into_another_window_with_their_links() {
    let mut window = Window::open(MISTAKE, &[]);
    window.press("Wait: Wait 3 days");
    window.shift_press("Message: Day-3 offer, Outside");
    assert_eq!(window.session().selection.steps.len(), 2);
    let text = window.copy();
    assert!(text.contains("gap3") && text.contains("day3"), "{text}");

    let mut other = Window::open("loyalty-qr.ron", &[]);
    let before = other.document().clone();
    other.focus(Role::Canvas, "Canvas");
    other.paste(&text);
    let funnel = &other.document().funnel;
    assert_eq!(funnel.steps.len(), before.funnel.steps.len() + 2);
    assert_eq!(funnel.links.len(), before.funnel.links.len() + 1);
    assert_eq!(other.session().selection.steps.len(), 2);
    other.command(Key::Z);
    assert_eq!(other.document(), &before);
}

#[test]
fn unsaved_changes_are_asked_about_and_kept() {
    let mut window = Window::open(MISTAKE, &[]);
    window.press("Wait: Wait 3 days");
    window.fill(Role::TextInput, "Length", "20h");
    let changed = window.document().clone();
    window.press("Back to the start screen");
    assert!(window.shows("Save the changes first?"), "{:#?}", window.names());
    window.press("Cancel");
    assert_eq!(window.document(), &changed);
    window.press("Back to the start screen");
    window.click_last(Role::Button, "Save");
    let saved = file::read(&window.file(MISTAKE)).expect("it was saved");
    assert_eq!(saved.document, changed);
    assert!(window.shows("New funnel"), "the start screen follows: {:#?}", window.names());
}

#[test]
fn the_start_screen_opens_a_sample_that_is_judged() {
    let mut window = Window::start(&[]);
    assert!(window.shows("New funnel"));
    let name = window.name("Day-3 offer, the classic mistake");
    assert!(name.ends_with("Window impact: High"), "{name}");
    window.press(&name);
    assert!(window.shows("Message: Day-3 offer, Outside"), "{:#?}", window.names());
    assert!(!window.session().is_changed());
    assert_eq!(window.session().path(), None, "a sample is not saved over");
}

#[test]
fn the_window_is_drawn_without_a_gpu() {
    let mut window = Window::open(MISTAKE, &[]);
    let first = window.picture();
    assert_eq!(first, window.picture(), "the same frame is the same picture");
    window.press("Message: Day-3 offer, Outside");
    let selected = window.picture();
    let changed = first.pixels().zip(selected.pixels()).filter(|(a, b)| a != b).count();
    assert!(changed > 1_000, "a selection shows: {changed} pixels");
    assert!(selected.pixels().all(|pixel| pixel.0[3] == 255), "the window covers all of its area");
}

#[test]
fn icons_beside_words_are_those_of_the_icon_font() {
    use egui::{FontFamily, FontId};
    use egui_material_icons::icons::{ICON_ADD, ICON_CHAT_BUBBLE, ICON_CHECK_CIRCLE, ICON_DELETE, ICON_FLAG};
    use transom::ui::fonts;

    let ctx = egui::Context::default();
    ctx.set_fonts(fonts::definitions());
    let mut output = ctx.run_ui(egui::RawInput::default(), |_| {});
    output.textures_delta.clear();
    let width = |family: FontFamily, icon: &str| {
        let icon = icon.chars().next().unwrap();
        ctx.fonts_mut(|fonts| fonts.glyph_width(&FontId::new(16.0, family), icon))
    };
    for icon in [ICON_ADD, ICON_CHAT_BUBBLE, ICON_CHECK_CIRCLE, ICON_DELETE, ICON_FLAG] {
        let alone = width(FontFamily::Name(egui_material_icons::FONT_FAMILY.into()), icon.codepoint);
        for family in [FontFamily::Proportional, fonts::strong(), FontFamily::Monospace] {
            assert_eq!(width(family.clone(), icon.codepoint), alone, "{family:?} has a letter of its own for {icon:?}");
        }
    }
}

#[test]
fn a_funnel_is_built_from_nothing_with_the_keyboard() {
    let mut window = Window::start(&["mine.ron"]);
    window.press("New funnel");
    assert!(window.document().funnel.steps.is_empty());
    window.focus(Role::Button, "Click-to-WhatsApp ad");
    window.key(Key::Space);
    for step in ["question", "wait", "message", "exit"] {
        window.focus(Role::Canvas, "Canvas");
        window.key(Key::A);
        window.write(step);
        window.key(Key::Enter);
    }
    let funnel = &window.document().funnel;
    assert_eq!((funnel.steps.len(), funnel.links.len()), (5, 4), "{:#?}", window.names());
    assert!(window.shows("Message: Message, Inside"));

    let wait = window.name("Wait: ");
    window.focus(Role::Button, &wait);
    window.fill(Role::TextInput, "Length", "3d");
    assert!(window.shows("Message: Message, Outside"), "{:#?}", window.names());
    window.focus(Role::Button, "Message: Message, Outside");
    window.fill(Role::TextInput, "Title", "Day-3 offer");
    assert!(window.shows("Message: Day-3 offer, Outside"), "{:#?}", window.names());

    window.command(Key::S);
    let saved = file::read(&window.file("mine.ron")).expect("it was saved where the dialog said");
    assert_eq!(&saved.document, window.document());
    assert!(!window.session().is_changed());
    for _ in 0..7 {
        window.focus(Role::Canvas, "Canvas");
        window.command(Key::Z);
    }
    assert!(window.document().funnel.steps.is_empty(), "five steps, a length and a title: seven things were done");
    assert_eq!(window.session().undo_label(), None);
}

#[test]
fn nothing_that_is_needed_is_cut_off_in_a_small_window() {
    for size in [egui::vec2(1024.0, 700.0), egui::vec2(1280.0, 800.0), egui::vec2(1600.0, 1000.0)] {
        let window = Window::sized(MISTAKE, &[], size);
        let seen = egui::Rect::from_min_size(egui::Pos2::ZERO, size);
        let toolbar = ["Save", "Undo", "Redo", "Add step", "Arrange automatically", "Export checklist…", "Command palette"];
        let tabs = ["Timeline", "Templates", "Problems (3)", "Checklist"];
        let story = [
            "Reply to ",
            "Contextual reply, sent",
            "Ask for opt-in, sent",
            "Day-3 offer, blocked",
            "Day-7 last call, blocked",
        ];
        for names in [&toolbar[..], &tabs[..]] {
            let shown: Vec<egui::Rect> = names.iter().map(|name| window.whole(name)).collect();
            for (n, rect) in shown.iter().enumerate() {
                assert!(seen.contains_rect(*rect), "{} is cut off at {size}: {rect:?}", names[n]);
                let over = shown[..n].iter().position(|other| other.shrink(0.5).intersects(*rect));
                assert_eq!(over, None, "{} lies on another at {size}", names[n]);
            }
        }
        for (name, rect) in window.cards(&story.map(str::to_owned)) {
            assert!(seen.contains_rect(rect), "{name} is cut off at {size}: {rect:?}");
        }
    }
}

#[test]
fn whatever_is_tried_the_funnel_stays_whole_and_can_be_saved() {
    for (seed, sample) in [(1, MISTAKE), (2, "every-step-kind.ron"), (3, "abandoned-cart.ron")] {
        let mut rng = ChaCha8Rng::seed_from_u64(seed);
        let mut window = Window::sized(sample, &[], egui::vec2(1280.0, 800.0));
        let mut done = Vec::new();
        for _ in 0..80 {
            done.push(window.try_something(&mut rng));
            let Some(session) = window.maybe_session() else { continue };
            assert_eq!(session.document().check_invariants(), Ok(()), "{sample}: {done:#?}");
            let written = file::write(session.document(), &Remarks::default());
            let read = file::parse(&written, sample).unwrap_or_else(|error| panic!("{error}: {done:#?}"));
            assert_eq!(&read.document, session.document(), "{sample}: {done:#?}");
        }
    }
}
