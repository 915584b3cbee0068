//! Reply times from a log, in the planner: picked from a question, shown with how well the law fits, used as one edit.

mod support;

use std::fmt::Write as _;
use std::time::{Duration, Instant};

use egui::Key;
use egui::accesskit::Role;
use support::Window;
use transom::model::Delay;

const MISTAKE: &str = "day3-mistake.ron";

/// A log of so many messages, of which every fourth stays without an answer; the others come after 1, 2, 3 … minutes.
fn log(messages: usize) -> String {
    let mut text = "sent_at,replied_at\n".to_owned();
    for n in 0..messages {
        let (minute, hour) = (n % 45, 10 + n % 3);
        let replied = if n % 4 == 0 { String::new() } else { format!("2026-11-01T{hour}:{:02}:30", minute + 1 + n % 14) };
        writeln!(text, "2026-11-01T{hour}:{minute:02}:00,{replied}").expect("a text grows");
    }
    text
}

/// The planner with the log of this text picked for its second question.
fn picked(text: &str) -> Window {
    let mut window = Window::open(MISTAKE, &["log.csv"]);
    std::fs::write(window.file("log.csv"), text).expect("the log is written");
    window.press(&window.name("Question: Ask for opt-in"));
    window.press("Fit from a log\u{2026}");
    let begun = Instant::now();
    while window.shows("Reading the log\u{2026}") {
        assert!(begun.elapsed() < Duration::from_secs(60), "the log is read");
        std::thread::sleep(Duration::from_millis(10));
        window.settle();
    }
    // What was read makes the window larger, and it comes to rest in the middle again.
    window.settle();
    window
}

#[test]
fn a_log_is_shown_with_its_fit_and_used_in_one_undo() {
    let mut window = picked(&log(400));
    assert!(window.shows("400 messages: 300 answered, 100 silent when the log ends"), "{:#?}", window.names());
    assert!(window.shows_part("ever answer (\u{b1} ") && window.shows_part("% off the log; AIC"), "{:#?}", window.names());
    window.find(Role::Image, "The share that has answered by each time: the log in steps, and the fitted law");
    let before = window.document().clone();
    window.press("Use this");
    assert!(!window.shows("Use this"), "the window closes");
    let reply = window.step("ask").message().and_then(|message| message.reply.clone()).expect("it asks");
    assert!((reply.chance - 0.75).abs() < 0.02, "{reply:?}");
    let (Delay::LogNormal { median, .. } | Delay::Weibull { median, .. }) = reply.delay else { panic!("{reply:?}") };
    assert!((300..600).contains(&median.0), "half answer within some seven minutes: {median:?}");
    window.command(Key::Z);
    assert_eq!(*window.document(), before, "one step undoes it");
}

#[test]
fn too_few_answers_are_shown_and_nothing_is_fitted() {
    let mut window = picked(&log(40));
    assert!(window.shows_part("There are 30 answers, and 50 are needed"), "{:#?}", window.names());
    assert!(!window.shows("Use this"));
    let before = window.document().clone();
    window.press("Close");
    assert!(!window.shows("Close"));
    assert_eq!(*window.document(), before);
}

#[test]
fn a_log_that_cannot_be_read_says_where_and_what_was_expected() {
    let window = picked("sent_at,replied_at\n2026-11-01T10:00:00,\n2026-11-01T10:00:00,soon\n");
    assert!(window.shows("This log cannot be read, so nothing was changed"), "{:#?}", window.names());
    let said = "log.csv:3:21: `soon` is not a local time; write it like 2026-12-01T09:00:00, without an offset";
    assert!(window.shows_part(said), "{:#?}", window.names());
}
