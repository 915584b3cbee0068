//! What a frame of the canvas costs, without a window and without a GPU: the pass of egui, with accessibility on, and its
//! tessellation. `benches/README.md` says how to run it and what came out.

#[path = "graph/mod.rs"]
mod graph;
#[path = "meter/mod.rs"]
mod meter;

use std::sync::Arc;
use std::time::Duration;

use egui::{Context, Event, FullOutput, Modifiers, PointerButton, Pos2, RawInput, Rect, Vec2, ViewportId, pos2, vec2};
use graph::{Graph, Kind};
use meter::{COUNTS, NEAR, WINDOW};
use transom::edit::Edit;
use transom::file;
use transom::model::{Document, Step, StepKind, Wait};
use transom::policy;
use transom::session::Session;
use transom::ui::app::Planner;
use transom::ui::canvas::{Camera, Canvas};
use transom::ui::dialogs::Prepared;
use transom::ui::{Outbox, Told, View, theme};

fn main() {
    meter::heading();
    for count in COUNTS {
        let graph = Graph::new(count);
        let mut stage = Stage::new(&graph);
        let [width, height] = graph.extent([240.0, 170.0]);
        let zoom = (WINDOW[0] / width).min(WINDOW[1] / height) * 0.95;
        meter::row("transom", count, "fitted", stage.cost(zoom, vec2(width, height) / 2.0));
        meter::row("transom", count, "near", stage.cost(NEAR, vec2(width, height) / 2.0));
    }
    println!();
    let graph = Graph::new(1_000);
    let window = Window::new(&graph);
    println!("the whole window, a step of 1,000 dragged: {:.3} ms a frame", window.dragged());
    let mut stage = Stage::new(&graph);
    let [judging, painting] = stage.judged();
    println!("1,000 steps, a wait changed each frame: judging {judging:.3} ms, painting {painting:.3} ms");
    println!("frames asked for at rest, 1,000 steps: {}", Window::new(&graph).at_rest());
}

/// The canvas alone.
struct Stage {
    ctx: Context,
    session: Session,
    told: Told,
    canvas: Canvas,
    time: f64,
}

impl Stage {
    fn new(graph: &Graph) -> Self {
        let ctx = Context::default();
        theme::install(&ctx);
        ctx.enable_accesskit();
        let session = session(graph);
        let told = Told::first(&session);
        Self { ctx, session, told, canvas: Canvas::default(), time: 0.0 }
    }

    fn cost(&mut self, zoom: f32, middle: Vec2) -> [f64; 2] {
        let seen = Rect::from_center_size(middle.to_pos2(), Vec2::from(WINDOW) / zoom);
        self.canvas.look_from(Camera::of_part(seen, zoom));
        meter::measured(|| self.frame())
    }

    fn frame(&mut self) -> [f64; 2] {
        self.time += 1.0;
        let input = input(WINDOW, self.time, Vec::new());
        let view = View { session: &self.session, story: &self.told, hovered: None };
        let began = meter::now();
        let output = self.ctx.run_ui(input, |ui| self.canvas.ui(ui, &view, &mut Outbox::default()));
        let passed = meter::now();
        tessellate(&self.ctx, output);
        [passed - began, meter::now() - passed]
    }

    /// A wait is changed in each frame, which changes what is proved: the cost of judging, and of painting, tessellated.
    fn judged(&mut self) -> [f64; 2] {
        let is_wait = |step: &&Arc<Step>| matches!(step.kind, StepKind::Wait(_));
        let wait = self.session.funnel().steps.iter().rfind(is_wait).cloned().expect("there are waits");
        let mut minutes = 0;
        meter::measured(|| {
            minutes = minutes % 50 + 1;
            let length = format!("{minutes}m").parse().expect("a length");
            let began = meter::now();
            let gesture = self.session.gesture();
            let step = Step { kind: StepKind::Wait(Wait::For(length)), ..Step::clone(&wait) };
            self.session.perform(gesture, &Edit::ReplaceStep(step)).expect("a step can be replaced");
            let judged = meter::now();
            let [pass, tessellation] = self.frame();
            [judged - began, pass + tessellation]
        })
    }
}

/// The whole planner.
struct Window {
    ctx: Context,
    planner: Planner,
    time: f64,
}

const DESK: [f32; 2] = [1440.0, 900.0];

impl Window {
    fn new(graph: &Graph) -> Self {
        let ctx = Context::default();
        ctx.enable_accesskit();
        let planner = Planner::new(&ctx, Some(session(graph)), Box::new(Prepared::default()));
        let mut window = Self { ctx, planner, time: 0.0 };
        for _ in 0..30 {
            window.frame(Vec::new(), 0.1);
        }
        window
    }

    fn frame(&mut self, events: Vec<Event>, after: f64) -> (f64, bool) {
        self.time += after;
        let began = meter::now();
        let output = self.ctx.run_ui(input(DESK, self.time, events), |ui| self.planner.show(ui));
        let rests = output.viewport_output.get(&ViewportId::ROOT).is_none_or(|view| view.repaint_delay == Duration::MAX);
        tessellate(&self.ctx, output);
        (meter::now() - began, rests)
    }

    /// The middle one of the costs of frames while the card in the middle is dragged about.
    fn dragged(mut self) -> f64 {
        let start = pos2(420.0, 300.0);
        let button = |pos: Pos2, pressed: bool| Event::PointerButton {
            pos,
            button: PointerButton::Primary,
            pressed,
            modifiers: Modifiers::NONE,
        };
        self.frame(vec![Event::PointerMoved(start)], 0.1);
        self.frame(vec![button(start, true)], 0.1);
        let mut costs = Vec::new();
        for n in 0..200_u8 {
            let turn = f32::from(n) / 10.0;
            let at = start + vec2(turn.sin(), turn.cos() - 1.0) * 80.0;
            costs.push(self.frame(vec![Event::PointerMoved(at)], 1.0 / 60.0).0);
        }
        self.frame(vec![button(start, false)], 0.1);
        meter::median(costs)
    }

    /// How many frames it asks for once it has come to rest.
    fn at_rest(mut self) -> usize {
        for _ in 0..30 {
            self.frame(Vec::new(), 0.1);
        }
        (0..100).filter(|_| !self.frame(Vec::new(), 0.1).1).count()
    }
}

fn input(size: [f32; 2], time: f64, events: Vec<Event>) -> RawInput {
    let screen_rect = Some(Rect::from_min_size(Pos2::ZERO, size.into()));
    RawInput { screen_rect, max_texture_side: Some(8192), time: Some(time), events, ..RawInput::default() }
}

fn tessellate(ctx: &Context, mut output: FullOutput) {
    output.textures_delta.clear();
    std::hint::black_box(ctx.tessellate(output.shapes, output.pixels_per_point));
}

fn session(graph: &Graph) -> Session {
    let document = document(graph);
    let policy = policy::load(&document.funnel.policy, None).expect("the policy is shipped");
    Session::new(document, None, policy, "2026-11-24T10:00:00".parse().expect("a time"))
}

/// The graph as a funnel.
fn document(graph: &Graph) -> Document {
    let mut text = "(format: 1, name: \"Benchmark\", policy: \"whatsapp-2026-10\", steps: [\n".to_owned();
    for (n, card) in graph.cards.iter().enumerate() {
        let content = format!("purpose: Service, send: FreeForm(Text({:?}))", card.text);
        let reply = "reply: (options: [(label: \"Yes\", share: 0.6), (label: \"No\", share: 0.4)], chance: 0.8, delay: \
                     LogNormal(median: \"5m\", p90: \"2h\"), timeout: \"12h\")";
        let kind = match card.kind {
            Kind::Entry => "Entry(channel: ClickToWhatsAppAd)".to_owned(),
            Kind::Question => format!("Message({content}, {reply})"),
            Kind::Wait => "Wait(For(\"2h\"))".to_owned(),
            Kind::Message => format!("Message({content})"),
            Kind::Exit => "Exit(Converted)".to_owned(),
        };
        let [x, y] = card.at;
        text += &format!("(id: \"s{n}\", title: {:?}, at: ({x}, {y}), kind: {kind}),\n", card.title);
    }
    text += "], links: [\n";
    for link in &graph.links {
        let out = match (graph.cards[link.from].kind, link.out) {
            (Kind::Question, 0) => "Reply(\"Yes\")",
            (Kind::Question, 1) => "Reply(\"No\")",
            (Kind::Question, _) => "Timeout",
            _ => "Next",
        };
        text += &format!("(from: \"s{}\", out: {out}, to: \"s{}\"),\n", link.from, link.to);
    }
    text += "])";
    file::parse(&text, "benchmark.ron").unwrap_or_else(|error| panic!("{error}")).document
}
