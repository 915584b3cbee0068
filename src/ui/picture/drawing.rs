//! A part that has painted itself with nobody looking, and the files that become of it. Knows no part.

use egui::{Color32, ColorImage, Context, FullOutput, RawInput, Rect, Theme, Ui, Vec2, ViewportId};

use crate::cli::render::Form;
use crate::ui::raster::Raster;
use crate::ui::theme;
use crate::ui::words::picture as words;

use super::svg;

/// How a picture looks.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Look {
    /// Light on dark.
    pub dark: bool,
    /// Pixels a point.
    pub scale: f32,
}

/// A part that has painted itself.
pub struct Drawing {
    ctx: Context,
    raster: Raster,
    output: FullOutput,
    title: String,
    look: Look,
    /// In points.
    size: Vec2,
    background: Color32,
}

/// Parts that measure themselves stand where they belong from the second pass on; a third is for those in them.
const PASSES: usize = 3;
/// More pixels than this take gigabytes to draw, and few programs open them.
const MOST_PIXELS: f32 = 120e6;
/// Longer sides than this few programs open.
const LONGEST_SIDE: f32 = 32_000.0;
/// The side of the texture with the letters; there is no GPU to limit it.
const LETTERS: usize = 16_384;

impl Drawing {
    /// Lets a part paint itself in so many points, and then in as many as it says that it needs.
    pub fn new(title: &str, mut size: Vec2, look: Look, mut paint: impl FnMut(&mut Ui) -> Vec2) -> Self {
        let ctx = Context::default();
        theme::install(&ctx);
        // As in the window: letters that no font of ours has come from the system.
        ctx.add_font_provider(std::sync::Arc::new(egui_system_font_provider::SystemFontProvider::new()));
        ctx.set_theme(if look.dark { Theme::Dark } else { Theme::Light });
        let mut raster = Raster::default();
        let mut output = FullOutput::default();
        for pass in 0..PASSES {
            let mut needed = size;
            output = ctx.run_ui(input(size, look, pass), |ui| needed = paint(ui));
            raster.take(&mut output.textures_delta);
            if pass + 1 < PASSES {
                size = needed;
            }
        }
        let background = theme::of_ctx(&ctx).canvas;
        Self { ctx, raster, output, title: title.to_owned(), look, size, background }
    }

    /// Its pixels.
    ///
    /// # Errors
    /// In words, that there are too many of them.
    pub fn image(&self) -> Result<ColorImage, String> {
        let pixels = (self.size * self.look.scale).ceil();
        if pixels.x * pixels.y > MOST_PIXELS || pixels.max_elem() > LONGEST_SIDE {
            return Err(words::too_large(pixels.x, pixels.y, MOST_PIXELS, LONGEST_SIDE));
        }
        let primitives = self.ctx.tessellate(self.output.shapes.clone(), self.output.pixels_per_point);
        let size = [pixels.x as usize, pixels.y as usize];
        Ok(self.raster.paint(&primitives, self.output.pixels_per_point, size, self.background))
    }

    /// The bytes of a file of it.
    ///
    /// # Errors
    /// In words, why there is none.
    pub fn bytes(&self, form: Form) -> Result<Vec<u8>, String> {
        match form {
            Form::Png => png(&self.image()?, self.look.scale).map_err(|error| error.to_string()),
            Form::Svg => Ok(self.svg().into_bytes()),
        }
    }

    /// The same as shapes.
    pub fn svg(&self) -> String {
        let page = svg::Page { title: &self.title, size: self.size, scale: self.look.scale, background: self.background };
        svg::svg(&page, &self.output.shapes)
    }
}

fn input(size: Vec2, look: Look, pass: usize) -> RawInput {
    let mut input = RawInput {
        screen_rect: Some(Rect::from_min_size(egui::Pos2::ZERO, size)),
        max_texture_side: Some(LETTERS),
        // Long enough apart for what moves to have come to rest.
        time: Some(pass as f64 * 10.0),
        focused: false,
        ..RawInput::default()
    };
    input.viewports.entry(ViewportId::ROOT).or_default().native_pixels_per_point = Some(look.scale);
    input
}

/// A point of the screen is this long, for programs that print pictures in their own size.
const POINTS_A_METRE: f32 = 96.0 / 0.0254;

fn png(image: &ColorImage, scale: f32) -> Result<Vec<u8>, png::EncodingError> {
    let mut bytes = Vec::new();
    let [width, height] = image.size;
    let mut encoder = png::Encoder::new(&mut bytes, width as u32, height as u32);
    encoder.set_color(png::ColorType::Rgb);
    encoder.set_depth(png::BitDepth::Eight);
    encoder.set_compression(png::Compression::Balanced);
    let dense = (POINTS_A_METRE * scale).round() as u32;
    encoder.set_pixel_dims(Some(png::PixelDimensions { xppu: dense, yppu: dense, unit: png::Unit::Meter }));
    let mut writer = encoder.write_header()?;
    // The background is opaque, so every pixel is.
    let pixels: Vec<u8> = image.pixels.iter().flat_map(|pixel| [pixel.r(), pixel.g(), pixel.b()]).collect();
    writer.write_image_data(&pixels)?;
    writer.finish()?;
    Ok(bytes)
}
