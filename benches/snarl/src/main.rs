//! What a frame of egui-snarl costs on the graph and in the window of `benches/canvas.rs`, measured the same way.

#[path = "../../graph/mod.rs"]
mod graph;
#[path = "../../meter/mod.rs"]
mod meter;

use egui::emath::TSTransform;
use egui::{Context, Pos2, RawInput, Rect, Ui, Vec2, pos2};
use egui_snarl::ui::{PinInfo, SnarlPin, SnarlStyle, SnarlViewer, SnarlWidget};
use egui_snarl::{InPin, InPinId, OutPin, OutPinId, Snarl};
use graph::{Card, Graph, Kind};
use meter::{COUNTS, NEAR, WINDOW};

fn main() {
    meter::heading();
    for count in COUNTS {
        let graph = Graph::new(count);
        let [width, height] = graph.extent([240.0, 170.0]);
        let zoom = (WINDOW[0] / width).min(WINDOW[1] / height) * 0.95;
        let mut stage = Stage::new(graph);
        let middle = pos2(width / 2.0, height / 2.0);
        meter::row("snarl", count, "fitted", stage.cost(zoom, middle));
        meter::row("snarl", count, "near", stage.cost(NEAR, middle));
    }
}

struct Stage {
    ctx: Context,
    snarl: Snarl<Card>,
    time: f64,
}

impl Stage {
    fn new(graph: Graph) -> Self {
        let ctx = Context::default();
        ctx.enable_accesskit();
        let mut snarl = Snarl::new();
        let place = |card: &Card| pos2(card.at[0], card.at[1]);
        let nodes: Vec<_> = graph.cards.into_iter().map(|card| snarl.insert_node(place(&card), card)).collect();
        for link in &graph.links {
            let from = OutPinId { node: nodes[link.from], output: link.out };
            snarl.connect(from, InPinId { node: nodes[link.to], input: 0 });
        }
        Self { ctx, snarl, time: 0.0 }
    }

    fn cost(&mut self, zoom: f32, middle: Pos2) -> [f64; 2] {
        let window = Vec2::from(WINDOW) / 2.0;
        let look = TSTransform::new(window - zoom * middle.to_vec2(), zoom);
        let style = SnarlStyle { min_scale: Some(0.01), max_scale: Some(2.0), ..SnarlStyle::default() };
        meter::measured(|| {
            self.time += 1.0;
            let screen_rect = Some(Rect::from_min_size(Pos2::ZERO, WINDOW.into()));
            let (time, max_texture_side) = (Some(self.time), Some(8192));
            let input = RawInput { screen_rect, max_texture_side, time, ..RawInput::default() };
            let began = meter::now();
            let mut output = self.ctx.run_ui(input, |ui| {
                SnarlWidget::new().style(style).show(&mut self.snarl, &mut Viewer { look }, ui);
            });
            let passed = meter::now();
            output.textures_delta.clear();
            std::hint::black_box(self.ctx.tessellate(output.shapes, output.pixels_per_point));
            [passed - began, meter::now() - passed]
        })
    }
}

/// What stands on a card of the canvas: its kind, its title, its text, and a line for each way on.
struct Viewer {
    look: TSTransform,
}

impl SnarlViewer<Card> for Viewer {
    fn title(&mut self, card: &Card) -> String {
        card.title.clone()
    }

    fn inputs(&mut self, card: &Card) -> usize {
        usize::from(card.kind != Kind::Entry)
    }

    fn show_input(&mut self, _pin: &InPin, _ui: &mut Ui, _snarl: &mut Snarl<Card>) -> impl SnarlPin + 'static {
        PinInfo::circle()
    }

    fn outputs(&mut self, card: &Card) -> usize {
        card.kind.outputs().len()
    }

    fn show_output(&mut self, pin: &OutPin, ui: &mut Ui, snarl: &mut Snarl<Card>) -> impl SnarlPin + 'static {
        ui.label(snarl[pin.id.node].kind.outputs()[pin.id.output]);
        PinInfo::circle()
    }

    fn has_body(&mut self, _card: &Card) -> bool {
        true
    }

    fn show_body(&mut self, node: egui_snarl::NodeId, _: &[InPin], _: &[OutPin], ui: &mut Ui, snarl: &mut Snarl<Card>) {
        ui.set_max_width(160.0);
        ui.add(egui::Label::new(&snarl[node].text).truncate());
    }

    fn current_transform(&mut self, to_global: &mut TSTransform, _snarl: &mut Snarl<Card>) {
        *to_global = self.look;
    }
}
