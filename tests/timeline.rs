//! The timeline, driven as a person does: by pointer and keyboard, found by the names of what it shows.

use egui::accesskit::Role;
use egui::{Key, Modifiers, Pos2, Rect};
use egui_kittest::kittest::{NodeT, Queryable};
use egui_kittest::{Harness, Node};
use transom::engine::{Ending, Journey, Story, follow};
use transom::model::{Output, Scenario, Seconds, Sent, StepId};
use transom::session::Session;
use transom::ui::timeline::Timeline;
use transom::ui::{Ask, Outbox, StorySource, Told, View};
use transom::{file, policy};

const MISTAKE: &str = include_str!("../funnels/day3-mistake.ron");
const EVERYTHING: &str = include_str!("../funnels/every-step-kind.ron");

/// A question with a follow-up that arrives after an answer and comes too late after silence.
const FOLLOW_UP: &str = r#"#![enable(implicit_some)]
(
    format: 1, name: "Follow-up", policy: "whatsapp-2026-10", launch: "2026-12-01T09:00:00",
    audience: (market: "BR", timezone: "America/Sao_Paulo", size: 100),
    steps: [
        (id: "in", title: "Advert", at: (0, 0), kind: Entry(channel: ClickToWhatsAppAd)),
        (id: "ask", title: "Question", at: (0, 0), kind: Message(
            purpose: Service,
            send: FreeForm(Text("Which size?")),
            reply: (
                options: [(label: "small", share: 0.6), (label: "large", share: 0.4)],
                chance: 0.7, delay: LogNormal(median: "12m", p90: "6h"), timeout: "20h",
            ),
        )),
        (id: "half", title: "Coin", at: (0, 0), kind: Branch(Split([("A", 60), ("B", 40)]))),
        (id: "gap", title: "Pause", at: (0, 0), kind: Wait(For("6h"))),
        (id: "more", title: "Reminder", at: (0, 0), kind: Message(purpose: Service, send: FreeForm(Text("Still there?")))),
        (id: "end", title: "Over", at: (0, 0), kind: Exit(Lost)),
    ],
    links: [
        (from: "in", to: "ask"),
        (from: "ask", out: Reply("small"), to: "half"),
        (from: "ask", out: Reply("large"), to: "end"),
        (from: "ask", out: Timeout, to: "gap"),
        (from: "half", out: Case("A"), to: "gap"),
        (from: "half", out: Case("B"), to: "end"),
        (from: "gap", to: "more"),
        (from: "more", to: "end"),
    ],
    scenarios: [
        (name: "Answers soon", otherwise: Silent, answers: [(step: "ask", reply: "small", after: "3m")], expect: [(step: "more", sent: FreeForm)]),
    ],
)"#;

/// One funnel with its timeline, carried out as the window does it.
struct Desk {
    session: Session,
    told: Told,
    timeline: Timeline,
    gesture: Option<(egui::Id, transom::session::Gesture)>,
    hovered: Option<StepId>,
}

impl Desk {
    fn new(text: &str) -> Self {
        let document = file::parse(text, "test.ron").unwrap().document;
        let session = Session::new(document, None, policy::standard(), "2026-11-24T10:00:00".parse().unwrap());
        let funnel = session.funnel();
        let (source, scenario) = match funnel.scenarios.first() {
            Some(scenario) => (StorySource::Kept(0), (**scenario).clone()),
            None => (StorySource::ReadyMade("Never answers".to_owned()), Scenario::default()),
        };
        let story = Story::of(&scenario, funnel);
        let journey = follow(funnel, session.policy(), &story);
        let told = Told { source, story, journey, playhead: Seconds::ZERO };
        Self { session, told, timeline: Timeline::default(), gesture: None, hovered: None }
    }

    fn frame(&mut self, ui: &mut egui::Ui) {
        let mut outbox = Outbox::default();
        let view = View { session: &self.session, story: &self.told, hovered: self.hovered.as_ref() };
        self.timeline.ui(ui, &view, &mut outbox);
        for (widget, edit) in &outbox.edits {
            let held = self.gesture.filter(|(held, _)| Some(*held) == *widget).map(|(_, gesture)| gesture);
            let gesture = held.unwrap_or_else(|| self.session.gesture());
            self.gesture = widget.map(|widget| (widget, gesture));
            self.session.perform(gesture, edit).unwrap();
        }
        self.hovered = None;
        for ask in outbox.asks {
            match ask {
                Ask::Tell(source, story) => {
                    let journey = follow(self.session.funnel(), self.session.policy(), &story);
                    self.told = Told { source, story, journey, playhead: Seconds::ZERO };
                }
                Ask::Playhead(at) => self.told.playhead = at,
                Ask::Hover(step) => self.hovered = Some(step),
                Ask::Select(selection) => self.session.selection = selection,
                other => panic!("{other:?} is not the timeline's to ask"),
            }
        }
        self.follow();
    }

    fn follow(&mut self) {
        let funnel = self.session.funnel();
        if let StorySource::Kept(place) = self.told.source {
            self.told.story = Story::of(&funnel.scenarios[place], funnel);
        }
        self.told.journey = follow(funnel, self.session.policy(), &self.told.story);
    }

    fn undo(&mut self) {
        self.gesture = None;
        self.session.undo().expect("something was done");
        self.follow();
    }
}

type Window = Harness<'static, Desk>;

fn window_of(text: &str, size: egui::Vec2) -> Window {
    let mut window = Harness::builder()
        .with_size(size)
        .with_step_dt(1.0 / 60.0)
        .with_max_steps(120)
        .allow_missing_glyphs()
        .with_context_setup(transom::ui::theme::install)
        .build_ui_state(|ui, desk: &mut Desk| desk.frame(ui), Desk::new(text));
    window.run();
    window
}

fn window(text: &str) -> Window {
    window_of(text, egui::vec2(1400.0, 360.0))
}

fn journey(window: &Window) -> &Journey {
    &window.state().told.journey
}

fn node<'w>(window: &'w Window, part: &'w str) -> Node<'w> {
    window.get_by_label_contains(part)
}

fn drag(window: &mut Window, from: Pos2, to: Pos2) {
    window.drag_at(from);
    window.run();
    for part in 1..=8 {
        window.hover_at(from + (to - from) * (part as f32 / 8.0));
        window.run();
    }
    window.drop_at(to);
    window.run();
}

/// The place of a reply's handle and one well past its timeout.
fn handle_and_beyond(window: &Window) -> (Pos2, Pos2) {
    let handle = node(window, "Reply to Question").rect();
    let row = window.get_by_label("Journey chart").rect();
    let from = Pos2::new(handle.left() + 10.0, handle.top() + 10.0);
    (from, Pos2::new(row.right() - 20.0, from.y))
}

#[test]
fn a_reply_dragged_past_its_timeout_is_no_reply_and_one_undo_brings_it_back() {
    let mut window = window(FOLLOW_UP);
    node(&window, "Reminder, sent free-form");
    let before = window.state().session.document().clone();
    let (from, to) = handle_and_beyond(&window);
    drag(&mut window, from, to);

    node(&window, "No reply to Question for 20 h");
    node(&window, "Reminder, blocked, 26 h after the last message");
    assert_eq!(journey(&window).sent_by(&"more".into()), Sent::Blocked);
    let kept = window.state().session.funnel().scenarios[0].clone();
    assert_eq!(kept.answers[0].reply, "small", "what would have been answered is kept");
    assert!(kept.answers[0].after >= Seconds::hours(20));
    assert_eq!(kept.arrives, None, "the file says no arrival, and a drag does not write one");

    window.state_mut().undo();
    window.run();
    node(&window, "Reply to Question at 3 m");
    node(&window, "Reminder, sent free-form");
    assert_eq!(*window.state().session.document(), before, "the whole drag was one step");
}

#[test]
fn what_comes_of_a_drag_shows_before_the_button_is_let_go() {
    let mut window = window(FOLLOW_UP);
    let (from, to) = handle_and_beyond(&window);
    window.drag_at(from);
    window.run();
    window.hover_at(from + egui::vec2(30.0, 0.0));
    window.run();
    window.hover_at(to);
    window.run();
    node(&window, "Reminder, blocked");
    window.hover_at(from);
    window.run();
    node(&window, "Reply to Question at");
    node(&window, "Reminder, sent free-form");
    window.drop_at(from);
    window.run();
}

#[test]
fn a_reply_can_be_dragged_in_where_there_was_none() {
    let mut window = window(FOLLOW_UP);
    let (from, to) = handle_and_beyond(&window);
    drag(&mut window, from, to);
    let handle = node(&window, "No reply to Question").rect();
    let start = Pos2::new(handle.left() + 10.0, handle.top() + 10.0);
    let axis = window.get_by_label("Journey chart").rect();
    drag(&mut window, start, Pos2::new(axis.left() + 60.0, start.y));
    node(&window, "Reply to Question at");
    assert_eq!(journey(&window).sent_by(&"more".into()), Sent::FreeForm);
}

#[test]
fn the_keyboard_moves_a_reply_over_its_timeout_and_back() {
    let mut window = window(FOLLOW_UP);
    let reply = window.get_by_role_and_label(Role::Slider, "Reply to Question at 3 m");
    assert_eq!(reply.accesskit_node().numeric_value(), Some(180.0));
    assert_eq!(reply.accesskit_node().max_numeric_value(), Some(72_000.0));
    reply.focus();
    window.run();
    window.key_press(Key::ArrowRight);
    window.run();
    let after = window.state().session.funnel().scenarios[0].answers[0].after;
    assert!(after > Seconds::minutes(3) && after < Seconds::hours(2), "one step, not {after}");
    for _ in 0..600 {
        window.key_press(Key::ArrowRight);
        window.step();
    }
    window.run();
    node(&window, "No reply to Question for 20 h");
    node(&window, "Reminder, blocked");
    window.key_press(Key::ArrowLeft);
    window.run();
    node(&window, "Reply to Question at 19 h");
    node(&window, "Reminder, sent free-form");
}

#[test]
fn a_screen_reader_can_set_a_reply() {
    let mut window = window(FOLLOW_UP);
    window.get_by_label("Reply to Question at 3 m").set_value_accesskit(7200.0);
    window.run();
    node(&window, "Reply to Question at 2 h");
}

#[test]
fn another_answer_silence_and_a_typed_time_are_chosen_in_a_menu() {
    let mut window = window(FOLLOW_UP);
    node(&window, "Reply to Question").click();
    window.run();
    window.get_by_role_and_label(Role::RadioButton, "large").click();
    window.run();
    assert_eq!(journey(&window).sent_by(&"more".into()), Sent::NotReached);
    let answer = window.state().session.funnel().scenarios[0].answers[0].clone();
    assert_eq!((answer.reply.as_str(), answer.after), ("large", Seconds::minutes(3)));

    window.get_by_role_and_label(Role::RadioButton, "No reply").click();
    window.run();
    node(&window, "No reply to Question");
    window.get_by_role_and_label(Role::RadioButton, "small").click();
    window.run();
    let field = window.get_by_role_and_label(Role::TextInput, "After");
    field.focus();
    window.run();
    window.key_press_modifiers(Modifiers::COMMAND, Key::A);
    window.event(egui::Event::Text("2h 30m".to_owned()));
    window.key_press(Key::Enter);
    window.run();
    assert_eq!(window.state().session.funnel().scenarios[0].answers[0].after, Seconds::minutes(150));
}

#[test]
fn the_way_at_a_split_is_chosen_in_a_menu() {
    let mut window = window(FOLLOW_UP);
    node(&window, "Coin, goes by A").click();
    window.run();
    window.get_by_role_and_label(Role::RadioButton, "B").click();
    window.run();
    node(&window, "Coin, goes by B");
    assert_eq!(window.state().session.funnel().scenarios[0].choices[0].out, Output::Case("B".to_owned()));
    assert_eq!(journey(&window).sent_by(&"more".into()), Sent::NotReached);
    assert_eq!(window.state().session.selection.steps, [StepId::from("half")], "a click selects the step");
}

#[test]
fn a_double_click_on_the_person_writes_unasked_and_delete_takes_it_back() {
    let mut window = window(MISTAKE);
    node(&window, "Day-3 offer, blocked, 72 h after the last message");
    let handle = node(&window, "Reply to Ask for opt-in").rect();
    let wait = node(&window, "Wait 3 days, 3 d").rect();
    let at = Pos2::new(wait.right() - 10.0, handle.top() + 10.0);
    for _ in 0..2 {
        window.drag_at(at);
        window.drop_at(at);
    }
    window.run();
    assert_eq!(window.state().session.funnel().scenarios[0].unprompted.len(), 1);
    node(&window, "Day-3 offer, sent free-form");
    let message = node(&window, "Message unasked at");
    let before = message.accesskit_node().numeric_value().unwrap();
    message.focus();
    window.run();
    window.key_press(Key::ArrowLeft);
    window.run();
    let message = node(&window, "Message unasked at");
    assert!(message.accesskit_node().numeric_value().unwrap() < before, "arrow keys move it");
    window.key_press(Key::Delete);
    window.run();
    assert!(window.query_by_label_contains("Message unasked").is_none());
    node(&window, "Day-3 offer, blocked");
}

/// The names of the marks with the left edge of each, in the order of the story.
fn marks(window: &Window) -> Vec<(String, Rect)> {
    let titles = ["Contextual reply,", "Ask for opt-in,", "Day-3 offer,", "Day-7 last call,"];
    titles.map(|title| (title.to_owned(), node(window, title).rect())).to_vec()
}

#[test]
fn folding_keeps_the_order_and_can_be_switched_off() {
    let mut window = window(MISTAKE);
    let in_order = |window: &Window| {
        let handles = ["Reply to Contextual reply", "Reply to Ask for opt-in"].map(|name| node(window, name).rect().left());
        assert!(handles[0] < handles[1], "{handles:?}");
        handles[1] - handles[0]
    };
    let folded = in_order(&window);
    let first = marks(&window);
    window.get_by_label("Fold empty stretches").click();
    window.run();
    let plain = in_order(&window);
    assert!(folded > 10.0 && plain < 2.0, "40 seconds beside a week: {folded} points folded, {plain} not");
    assert_eq!(first.len(), marks(&window).len(), "every message is still there");
}

#[test]
fn labels_of_the_business_do_not_overlap_at_any_size() {
    for (width, height) in [(1024.0, 200.0), (1400.0, 360.0), (2000.0, 600.0), (620.0, 190.0)] {
        for text in [MISTAKE, EVERYTHING] {
            let window = window_of(text, egui::vec2(width, height));
            let chart = window.get_by_label("Journey chart").rect();
            let found = window.query_all_by(|node| {
                let name = node.label().unwrap_or_default();
                node.role() == Role::Button && name.contains("the last message")
            });
            let places: Vec<Rect> = found.map(|node| node.rect().intersect(chart)).collect();
            for (index, one) in places.iter().enumerate() {
                for other in &places[index + 1..] {
                    let shared = one.intersect(*other);
                    let dots = one.width() < 12.0 || other.width() < 12.0;
                    assert!(dots || !shared.is_positive(), "{one:?} and {other:?} at {width} x {height}");
                }
            }
        }
    }
}

#[test]
fn the_playhead_steps_from_event_to_event_and_shows_the_conversation_so_far() {
    let mut window = window(MISTAKE);
    assert!(window.query_by_label("Not sent").is_none());
    window.get_by_label("Playhead").focus();
    window.run();
    let mut seen = vec![Seconds::ZERO];
    for _ in 0..3 {
        window.key_press(Key::ArrowRight);
        window.run();
        seen.push(window.state().told.playhead);
    }
    assert_eq!(&seen[..3], &[0, 180, 220].map(Seconds), "entry, first answer, second");
    window.key_press(Key::End);
    window.run();
    assert_eq!(window.state().told.playhead, Seconds::days(7) + Seconds(220));
    assert_eq!(window.get_all_by_label("Not sent").count(), 2, "both offers are ghosts");
    window.key_press(Key::Home);
    window.run();
    assert_eq!(window.state().told.playhead, Seconds::ZERO);
    window.key_press(Key::Space);
    for _ in 0..8 {
        window.step();
    }
    assert!(window.state().told.playhead > Seconds::ZERO, "space lets the time run");
    window.key_press(Key::Space);
    window.run();
}

#[test]
fn a_press_on_the_axis_puts_the_playhead_there_and_a_drag_takes_it_along() {
    let mut window = window(MISTAKE);
    let axis = window.get_by_label("Playhead");
    let (left, middle) = (axis.rect().left_center(), axis.rect().center());
    axis.click();
    window.run();
    let clicked = window.state().told.playhead;
    assert!(clicked > Seconds::ZERO);
    drag(&mut window, middle, left + egui::vec2(2.0, 0.0));
    assert_eq!(window.state().told.playhead, Seconds::ZERO, "nothing lies before the entry");
}

#[test]
fn a_moment_can_be_typed() {
    let mut window = window(MISTAKE);
    for (text, at) in [("+2d 3h", Seconds::hours(51)), ("2026-12-01 11:15", Seconds::hours(1))] {
        window.get_by_label("Go to").focus();
        window.run();
        window.key_press_modifiers(Modifiers::COMMAND, Key::A);
        window.event(egui::Event::Text(text.to_owned()));
        window.key_press(Key::Enter);
        window.run();
        assert_eq!(window.state().told.playhead, at, "{text}");
    }
}

#[test]
fn the_arrival_can_be_typed_and_is_kept_in_the_file() {
    let mut window = window(MISTAKE);
    window.get_by_role_and_label(Role::TextInput, "Arrives").focus();
    window.run();
    window.key_press_modifiers(Modifiers::COMMAND, Key::A);
    window.event(egui::Event::Text("2026-12-02 23:30".to_owned()));
    window.key_press(Key::Enter);
    window.run();
    let arrives = window.state().session.funnel().scenarios[0].arrives;
    assert_eq!(arrives, Some("2026-12-02T23:30:00".parse().unwrap()));
}

#[test]
fn ready_made_stories_are_told_changed_and_kept() {
    let mut window = window(FOLLOW_UP);
    window.get_by_label("At the last minute").click();
    window.run();
    node(&window, "Reply to Question at 19 h 59 m 59 s");
    let edits = window.state().session.document().clone();
    window.get_by_label("Reply to Question at 19 h 59 m 59 s").set_value_accesskit(60.0);
    window.run();
    node(&window, "Reply to Question at 1 m");
    assert_eq!(*window.state().session.document(), edits, "a ready-made story changes here only");
    window.get_by_label("Keep").click();
    window.run();
    let kept = window.state().session.funnel().scenarios.last().unwrap().clone();
    assert_eq!((kept.name.as_str(), kept.answers[0].after), ("At the last minute", Seconds(60)));
    assert_eq!(window.state().told.source, StorySource::Kept(1));
}

#[test]
fn a_breaking_story_shows_the_step_outside_with_its_reason() {
    let mut window = window(MISTAKE);
    window.get_by_label("Breaks: Day-3 offer").click();
    window.run();
    node(&window, "Day-3 offer, blocked");
    assert_eq!(journey(&window).sent_by(&"day3".into()), Sent::Blocked);
}

#[test]
fn stories_of_the_file_are_renamed_copied_and_deleted() {
    let mut window = window(FOLLOW_UP);
    let names = |window: &Window| -> Vec<String> {
        window.state().session.funnel().scenarios.iter().map(|scenario| scenario.name.clone()).collect()
    };
    for (command, expected) in [("Duplicate", vec!["Answers soon", "Answers soon 2"]), ("Delete", vec!["Answers soon"])] {
        window.get_by_label("More").click();
        window.run();
        window.get_by_label(command).click();
        window.run();
        assert_eq!(names(&window), expected);
    }
    window.get_by_label("Answers soon, ends as expected").focus();
    window.run();
    window.key_press(Key::F2);
    window.run();
    window.key_press_modifiers(Modifiers::COMMAND, Key::A);
    window.event(egui::Event::Text("Quick one".to_owned()));
    window.run();
    window.key_press(Key::Enter);
    window.run();
    assert_eq!(names(&window), ["Quick one"]);
    window.get_by_label("New story").click();
    window.run();
    assert_eq!(names(&window), ["Quick one", "New story"]);
    assert_eq!(journey(&window).ending, Ending::Exit(transom::model::Outcome::Lost));
}

#[test]
fn empty_funnels_say_what_to_do() {
    let empty = "(format: 1, name: \"Empty\", policy: \"whatsapp-2026-10\", \
        audience: (market: \"BR\", timezone: \"America/Sao_Paulo\", size: 1), steps: [], links: [])";
    node(&window(empty), "No one arrives yet");
    let silent =
        empty.replace("steps: []", "steps: [(id: \"in\", title: \"In\", at: (0, 0), kind: Entry(channel: QrCode))]");
    node(&window(&silent), "This story sends nothing yet");
}
