//! At rest the planner costs nothing: once what moves has come to rest, no frame is asked for until the person does
//! something.

use std::path::Path;
use std::time::Duration;

use egui::{Context, Event, Key, Modifiers, PointerButton, Pos2, RawInput, Rect, ViewportId, pos2, vec2};
use transom::session::Session;
use transom::ui::app::Planner;
use transom::ui::dialogs::Prepared;
use transom::{file, policy};

/// The planner with a sample, frame by frame.
struct Window {
    ctx: Context,
    planner: Planner,
    time: f64,
}

impl Window {
    fn new(sample: Option<&str>) -> Self {
        let ctx = Context::default();
        ctx.enable_accesskit();
        let session = sample.map(|sample| {
            let document = file::read(&Path::new("funnels").join(sample)).expect("the sample reads").document;
            let policy = policy::load(&document.funnel.policy, None).expect("the sample's policy is shipped");
            Session::new(document, None, policy, "2026-11-24T10:00:00".parse().expect("a time"))
        });
        let planner = Planner::new(&ctx, session, Box::new(Prepared::default()));
        Self { ctx, planner, time: 0.0 }
    }

    /// A frame; says after how long the next one is asked for.
    fn frame(&mut self, events: Vec<Event>) -> Duration {
        self.time += 0.1;
        let screen_rect = Some(Rect::from_min_size(Pos2::ZERO, vec2(1440.0, 900.0)));
        let input = RawInput { screen_rect, time: Some(self.time), events, ..RawInput::default() };
        let mut output = self.ctx.run_ui(input, |ui| self.planner.show(ui));
        output.textures_delta.clear();
        output.viewport_output.get(&ViewportId::ROOT).map_or(Duration::MAX, |view| view.repaint_delay)
    }

    /// Does this, and waits until it has come to rest: some seconds at most.
    fn rests_after(&mut self, what: &str, events: Vec<Event>) {
        self.frame(events);
        let delays: Vec<Duration> = (0..80).map(|_| self.frame(Vec::new())).collect();
        let late = delays.iter().rposition(|delay| *delay < Duration::MAX).map_or(0, |at| at + 1);
        assert!(late < 70, "after {what} frames are still asked for, {late} frames later");
    }

    fn key(&mut self, key: Key, modifiers: Modifiers) {
        let event = |pressed| Event::Key { key, physical_key: None, pressed, repeat: false, modifiers };
        self.rests_after(&format!("{modifiers:?} {key:?}"), vec![event(true), event(false)]);
    }
}

#[test]
fn no_frame_is_asked_for_at_rest() {
    for sample in ["day3-mistake.ron", "every-step-kind.ron"] {
        let mut window = Window::new(Some(sample));
        window.rests_after("opening", Vec::new());
        window.rests_after("moving the pointer over the canvas", vec![Event::PointerMoved(pos2(420.0, 300.0))]);
        let button = |pressed| Event::PointerButton {
            pos: pos2(420.0, 300.0),
            button: PointerButton::Primary,
            pressed,
            modifiers: Modifiers::NONE,
        };
        window.rests_after("a click", vec![button(true), button(false)]);
        for key in [Key::F, Key::Num1, Key::Plus, Key::Minus] {
            window.key(key, Modifiers::NONE);
        }
        for key in [Key::A, Key::D, Key::Z, Key::J, Key::I] {
            window.key(key, Modifiers::COMMAND);
        }
        window.rests_after("moving the pointer away", vec![Event::PointerGone]);
    }
}

#[test]
fn the_start_screen_rests_too() {
    Window::new(None).rests_after("opening", Vec::new());
}
