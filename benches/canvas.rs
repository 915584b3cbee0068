//! What a frame of the canvas costs, without a window and without a GPU: the pass of egui, with accessibility on, and its
//! tessellation. `benches/README.md` says how to run it and what came out.

#[path = "graph/mod.rs"]
mod graph;
#[path = "meter/mod.rs"]
mod meter;

use std::sync::Arc;
use std::time::Duration;

use egui::accesskit::{Action, ActionRequest, NodeId, Role, TreeId, TreeUpdate};
use egui::{Context, Event, FullOutput, Key, Modifiers, PointerButton, Pos2, RawInput, Rect, Vec2, ViewportId, pos2, vec2};
use graph::{Graph, Kind};
use meter::{COUNTS, NEAR, WINDOW};
use transom::file;
use transom::model::{Document, Step, StepKind};
use transom::policy;
use transom::session::{Selection, Session};
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
    println!("{:<28} {:>6} {:>9} {:>9} {:>9}", "the whole window, ms a frame", "steps", "middle", "the next", "verdicts");
    for count in COUNTS {
        let graph = Graph::new(count);
        let [typed, shown, verdicts] = Window::new(&graph).typed();
        println!("{:<28} {count:>6} {typed:>9.3} {shown:>9.3} {verdicts:>9.3}", "a keystroke in a wait");
        println!("{:<28} {count:>6} {:>9.3}", "a step dragged", Window::new(&graph).dragged());
    }
    println!("frames asked for at rest, 1,000 steps: {}", Window::new(&Graph::new(1_000)).at_rest());
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
}

/// The whole planner.
struct Window {
    ctx: Context,
    planner: Planner,
    time: f64,
    /// The field with the length of the selected wait.
    length: Option<NodeId>,
}

const DESK: [f32; 2] = [1440.0, 900.0];

impl Window {
    /// With a wait selected, in the middle of the funnel.
    fn new(graph: &Graph) -> Self {
        let ctx = Context::default();
        ctx.enable_accesskit();
        let mut session = session(graph);
        let is_wait = |step: &&Arc<Step>| matches!(step.kind, StepKind::Wait(_));
        let waits: Vec<_> = session.funnel().steps.iter().filter(is_wait).map(|step| step.id.clone()).collect();
        session.selection = Selection::of_steps(vec![waits[waits.len() / 2].clone()]);
        let planner = Planner::new(&ctx, Some(session), Box::new(Prepared::default()));
        let mut window = Self { ctx, planner, time: 0.0, length: None };
        for _ in 0..30 {
            window.frame(Vec::new(), 0.1);
        }
        window
    }

    fn frame(&mut self, events: Vec<Event>, after: f64) -> (f64, bool) {
        self.time += after;
        let began = meter::now();
        let mut output = self.ctx.run_ui(input(DESK, self.time, events), |ui| self.planner.show(ui));
        let rests = output.viewport_output.get(&ViewportId::ROOT).is_none_or(|view| view.repaint_delay == Duration::MAX);
        let tree = output.platform_output.accesskit_update.take();
        tessellate(&self.ctx, output);
        let cost = meter::now() - began;
        self.length = tree.and_then(|tree| length_field(&tree)).or(self.length);
        (cost, rests)
    }

    /// Another length is typed for the wait, again and again: the cost of the frame that takes it, of the next, which shows
    /// it, and of the one that shows the verdicts when they are there.
    fn typed(mut self) -> [f64; 3] {
        let target_node = self.length.expect("the length of the selected wait has a field");
        let request = ActionRequest { action: Action::Focus, target_tree: TreeId::ROOT, target_node, data: None };
        self.frame(vec![Event::AccessKitActionRequest(request)], 0.1);
        let key = |pressed| {
            let modifiers = Modifiers::COMMAND;
            Event::Key { key: Key::A, physical_key: None, pressed, repeat: false, modifiers }
        };
        let mut costs = [Vec::new(), Vec::new(), Vec::new()];
        for minutes in (1..=50).cycle().take(60) {
            let before = Arc::clone(self.session().funnel());
            self.frame(vec![key(true), key(false)], 1.0 / 60.0);
            costs[0].push(self.frame(vec![Event::Text(format!("{minutes}m"))], 1.0 / 60.0).0);
            assert!(!Arc::ptr_eq(&before, self.session().funnel()), "a keystroke changes the funnel");
            costs[1].push(self.frame(Vec::new(), 1.0 / 60.0).0);
            loop {
                let (cost, _) = self.frame(Vec::new(), 1.0 / 60.0);
                if self.session().is_judged() {
                    costs[2].push(cost);
                    break;
                }
                std::thread::sleep(Duration::from_millis(20));
            }
            for _ in 0..3 {
                self.frame(Vec::new(), 1.0 / 60.0);
            }
        }
        costs.map(meter::median)
    }

    fn session(&self) -> &Session {
        self.planner.session().expect("a funnel is open")
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

/// The field that is labelled "Length".
fn length_field(tree: &TreeUpdate) -> Option<NodeId> {
    let is_label = |id: &NodeId| tree.nodes.iter().any(|(node, label)| node == id && label.value() == Some("Length"));
    let mut fields = tree.nodes.iter().filter(|(_, node)| node.role() == Role::TextInput);
    fields.find(|(_, node)| node.labelled_by().iter().any(is_label)).map(|(id, _)| *id)
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
