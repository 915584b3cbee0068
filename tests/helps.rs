//! What would help a late message, in the planner: worked out when it is looked at, made with one press, undone as one.

mod support;

use std::time::{Duration, Instant};

use egui::Key;
use egui::accesskit::Role;
use support::Window;
use transom::model::{Seconds, StepId, StepKind, Wait};

const MISTAKE: &str = "day3-mistake.ron";
const FOLLOW_UP: &str = "support-follow-up.ron";

/// Waits until what would help is worked out for the funnel as it stands.
fn wait(window: &mut Window) {
    let begun = Instant::now();
    while window.session().present_helps().is_none() {
        assert!(begun.elapsed() < Duration::from_secs(60), "it comes to an end");
        std::thread::sleep(Duration::from_millis(10));
        window.settle();
    }
    window.settle();
}

fn wait_of(window: &Window, id: &str) -> (String, Seconds) {
    let step = window.step(id);
    match step.kind {
        StepKind::Wait(Wait::For(length)) => (step.title.clone(), length),
        _ => panic!("{id} waits for a length"),
    }
}

#[test]
fn the_inspector_shortens_a_wait_to_the_longest_that_is_safe_in_one_undo() {
    let mut window = Window::open(MISTAKE, &[]);
    window.press(&window.name("Message: Day-3 offer"));
    assert!(window.session().helps().is_none(), "nothing is worked out that nobody looks at");
    window.press("What would help");
    wait(&mut window);
    let choice = "Shorten \u{201c}Wait 3 days\u{201d}, now 3 d: 23 h 59 m 59 s: inside for all";
    assert!(window.shows(choice), "{:#?}", window.names());
    // What is proved of the wait stands at the fix as well.
    let fix = window.name("Fix: Shorten \u{201c}Wait 3 days\u{201d}");
    assert!(fix.ends_with(": inside for all up to 23 h 59 m 59 s"), "{fix}");
    let before = window.document().clone();
    window.press(choice);
    assert_eq!(wait_of(&window, "gap3").1, Seconds(86_399));
    assert!(window.name("Message: Day-3 offer").contains("Inside"));
    assert!(!window.shows("What would help"), "what is inside needs no help");
    window.command(Key::Z);
    assert_eq!(*window.document(), before, "one step undoes it");
}

#[test]
fn a_second_question_is_added_where_it_helps_and_selected_to_be_written() {
    let mut window = Window::open(FOLLOW_UP, &[]);
    window.press(&window.name("Question: Follow up"));
    window.press("What would help");
    wait(&mut window);
    assert!(window.shows("Gains most"), "{:#?}", window.names());
    let before = window.document().clone();
    window.press(&window.name("Ask those again who are silent at \u{201c}Give the status\u{201d}: After "));
    let [added] = &window.session().selection.steps[..] else { panic!("the new question is selected") };
    let (added, funnel) = (window.step(added.as_str()), &window.document().funnel);
    assert_eq!(funnel.steps.len(), before.funnel.steps.len() + 1);
    let reply = added.message().and_then(|message| message.reply.as_ref()).expect("it waits for an answer");
    let first = window.step("status").message().and_then(|message| message.reply.as_ref()).expect("so does the first");
    assert_eq!(reply.options, first.options);
    assert_eq!(reply.timeout.unwrap() + first.timeout.unwrap(), Seconds::hours(12), "together they wait as long as before");
    window.command(Key::Z);
    assert_eq!(*window.document(), before, "one step undoes it");
}

#[test]
fn nothing_is_worked_out_while_somebody_types() {
    let mut window = Window::open(MISTAKE, &[]);
    window.press(&window.name("Message: Day-3 offer"));
    window.press("What would help");
    wait(&mut window);
    window.fill(Role::TextInput, "Title", "Offer of day 3");
    assert!(window.session().present_helps().is_none(), "the funnel is another one now, and the field has the keyboard");
    assert!(window.shows("Working it out\u{2026}"), "{:#?}", window.names());
    window.key(Key::Escape);
    wait(&mut window);
    assert!(window.shows_part("inside for all"), "{:#?}", window.names());
}

#[test]
fn the_simulation_lists_what_would_help_beside_the_crowd() {
    let mut window = Window::open(MISTAKE, &[]);
    window.click(Role::Tab, "Simulation");
    window.fill(Role::TextInput, "People", "500");
    window.press("Run");
    while !window.session().crowd().expect("a crowd was asked for").is_over() {
        std::thread::sleep(Duration::from_millis(10));
    }
    window.settle();
    window.press("What would help");
    wait(&mut window);
    assert!(window.shows("No shorter wait and no second question alone would help"), "{:#?}", window.names());
    window.click(Role::Link, "Day-7 last call");
    assert_eq!(window.session().selection.steps, [StepId::from("day7")]);
}
