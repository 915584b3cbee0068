//! Pictures of the window without a GPU: the planner's own rasteriser as egui_kittest's renderer.

use egui::{Color32, TexturesDelta};
use egui_kittest::TestRenderer;
use transom::ui::raster::Raster;

/// Draws what a harness shows.
#[derive(Default)]
pub struct Pictures(Raster);

impl TestRenderer for Pictures {
    fn handle_delta(&mut self, delta: &mut TexturesDelta) {
        self.0.take(delta);
    }

    fn render(&mut self, ctx: &egui::Context, output: &egui::FullOutput) -> Result<image::RgbaImage, String> {
        let drawn = self.0.draw(ctx, output, Color32::TRANSPARENT);
        let [width, height] = drawn.size.map(|side| side as u32);
        let bytes = drawn.pixels.iter().flat_map(|pixel| pixel.to_array()).collect();
        image::RgbaImage::from_raw(width, height, bytes).ok_or_else(|| "the picture has no size".to_owned())
    }
}
