//! A funnel of a thousand steps follows every keystroke: frames go on while it is judged, what is shown meanwhile says that
//! it is of the funnel before, and the window wakes up by itself when the verdicts are there.

use std::sync::mpsc::channel;
use std::time::{Duration, Instant};

use egui::{Event, Key, Modifiers, vec2};
use egui_kittest::Harness;
use egui_kittest::kittest::{NodeT, Queryable};

use super::Planner;
use crate::model::StepId;
use crate::session::tests::gate::{Gate, document, gated};
use crate::session::{Selection, Session, Standing};
use crate::ui::dialogs::Prepared;

const STEPS: usize = 1_000;
/// No machine is so slow.
const PATIENCE: Duration = Duration::from_secs(120);

type Window = Harness<'static, Planner>;

/// The planner with this step selected, at rest.
fn window(selected: &str) -> Window {
    let mut session = Session::new(document(STEPS), None, crate::policy::standard(), "2026-11-24T10:00:00".parse().unwrap());
    session.selection = Selection::of_steps(vec![StepId::from(selected)]);
    let mut window = Harness::builder()
        .with_size(vec2(1600.0, 1000.0))
        .allow_missing_glyphs()
        .build_eframe(|cc| Planner::new(&cc.egui_ctx, Some(session), Box::new(Prepared::default())));
    window.run_steps(10);
    window
}

fn gate(window: &mut Window) -> Gate {
    gated(&mut window.state_mut().desk.as_mut().unwrap().session)
}

fn standing(window: &Window) -> Standing {
    window.state().session().unwrap().standing()
}

fn says(window: &Window, label: &str) -> bool {
    window.query_all_by_label(label).next().is_some()
}

fn is_enabled(window: &Window, label: &str) -> bool {
    !window.get_by_label(label).accesskit_node().is_disabled()
}

/// Types a length where the keyboard is, instead of what is there.
fn write(window: &mut Window, length: &str) {
    window.key_press_modifiers(Modifiers::COMMAND, Key::A);
    window.event(Event::Text(length.to_owned()));
    // The edit is made at the end of a frame, and seen in the next.
    window.run_steps(3);
}

/// Paints frames until the judgement is of the funnel as it stands.
fn until_judged(window: &mut Window) {
    let began = Instant::now();
    while standing(window) == Standing::Judging {
        assert!(began.elapsed() < PATIENCE, "it is never judged");
        std::thread::sleep(Duration::from_millis(5));
        window.step();
    }
    window.run_steps(3);
}

#[test]
fn who_types_sees_frames_that_say_it_is_judged_and_then_the_verdict() {
    let mut window = window("wait");
    assert!(says(&window, "Message: m0, Inside") && !says(&window, "Judging…"));
    let gate = gate(&mut window);
    window.get_by_label("Length").focus();
    window.step();
    for length in ["30h", "31h", "32h"] {
        write(&mut window, length);
        assert_eq!(standing(&window), Standing::Judging);
        assert!(says(&window, "Judging…") && says(&window, "Message: m0, Inside"), "after {length}");
    }
    drop(gate.go);
    until_judged(&mut window);
    assert!(says(&window, "Message: m0, Outside") && !says(&window, "Judging…"));
    assert_eq!(gate.begun.try_iter().count(), 2, "the first, and of the others the last");
    assert_eq!(window.state().session().unwrap().undo_labels().count(), 1, "all of the typing is one undo");
}

#[test]
fn a_new_step_has_no_verdict_until_it_is_judged() {
    let mut window = window("m0");
    let gate = gate(&mut window);
    window.key_press_modifiers(Modifiers::COMMAND, Key::D);
    window.run_steps(4);
    assert!(says(&window, "Message: m0-2, Judging…") && says(&window, "Message: m0, Inside"));
    drop(gate.go);
    until_judged(&mut window);
    assert!(says(&window, "Message: m0-2, Unreachable"));
}

#[test]
fn a_journey_of_the_funnel_before_cannot_be_shown_on_this_one() {
    let mut window = window("m0");
    let show = "Show the longest journey: m0";
    assert!(is_enabled(&window, show));
    let gate = gate(&mut window);
    window.key_press_modifiers(Modifiers::COMMAND, Key::D);
    window.run_steps(4);
    window.state_mut().desk.as_mut().unwrap().session.selection = Selection::of_steps(vec![StepId::from("m0")]);
    window.run_steps(2);
    assert!(says(&window, "Inside · judging…"));
    assert!(!is_enabled(&window, show));
    drop(gate.go);
    until_judged(&mut window);
    assert!(is_enabled(&window, show));
}

#[test]
fn the_window_wakes_up_when_the_verdicts_are_there() {
    let mut window = window("wait");
    let gate = gate(&mut window);
    window.get_by_label("Length").focus();
    window.step();
    write(&mut window, "30h");
    let (ring, rung) = channel();
    let painter = std::thread::current().id();
    window.ctx.set_request_repaint_callback(move |info| {
        if std::thread::current().id() != painter && info.delay.is_zero() {
            // The test may have heard enough.
            let _ = ring.send(());
        }
    });
    window.run_steps(3);
    assert_eq!(standing(&window), Standing::Judging);
    drop(gate.go);
    rung.recv_timeout(PATIENCE).expect("the window is asked to paint, though nobody touches it");
    window.step();
    assert_eq!(standing(&window), Standing::Current);
}
