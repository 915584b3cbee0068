//! Draws what egui has tessellated into a picture, with no GPU and no window: for `transom render` and for tests.
//!
//! It follows what egui's own painters do: triangles with an edge precision of 1/256 pixel, a pixel belongs to the
//! triangle that covers its centre (of two that share an edge, to one), colours are premultiplied and blended as they are
//! stored, textures are sampled bilinearly. It knows nothing of what is drawn. Paint callbacks, which only a GPU can run,
//! are left out.

use std::collections::BTreeMap;

use egui::epaint::{ClippedPrimitive, ImageData, ImageDelta, Mesh, Primitive, TextureId, Vertex};
use egui::{Color32, ColorImage, Pos2, Rect, TextureFilter, TextureOptions, TextureWrapMode, TexturesDelta};

/// A painter with the textures that it was given.
#[derive(Default)]
pub struct Raster {
    textures: BTreeMap<TextureId, Texture>,
    /// Freed by the last frame, and still drawn with by it.
    freed: Vec<TextureId>,
}

impl Raster {
    /// Takes over the textures that a frame brings. It must see every frame's, in order, before that frame is drawn.
    pub fn take(&mut self, delta: &mut TexturesDelta) {
        for id in self.freed.drain(..) {
            self.textures.remove(&id);
        }
        self.freed.extend(delta.free.drain());
        // Textures do not depend on each other, so the order of the map does not show.
        delta.set.drain().for_each(|(id, changes)| changes.iter().for_each(|change| self.change(id, change)));
    }

    /// The picture of a frame, over a background.
    pub fn draw(&self, ctx: &egui::Context, output: &egui::FullOutput, background: Color32) -> ColorImage {
        let scale = ctx.pixels_per_point();
        let size = ctx.content_rect().size() * scale;
        let primitives = ctx.tessellate(output.shapes.clone(), scale);
        self.paint(&primitives, scale, [size.x.round() as usize, size.y.round() as usize], background)
    }

    /// The picture of primitives; `scale` is pixels a point, `size` is in pixels.
    pub fn paint(&self, primitives: &[ClippedPrimitive], scale: f32, size: [usize; 2], background: Color32) -> ColorImage {
        let mut image = ColorImage::filled(size, background);
        for primitive in primitives {
            if let Primitive::Mesh(mesh) = &primitive.primitive
                && let Some(texture) = self.textures.get(&mesh.texture_id)
            {
                let clip = Clip::new(primitive.clip_rect, scale, size);
                Brush { image: &mut image, texture, scale, clip }.mesh(mesh);
            }
        }
        image
    }

    fn change(&mut self, id: TextureId, change: &ImageDelta) {
        let ImageData::Color(image) = &change.image;
        match change.pos {
            None => {
                let texture = Texture { size: image.size, texels: image.pixels.clone(), options: change.options };
                self.textures.insert(id, texture);
            }
            Some([x, y]) => {
                let Some(texture) = self.textures.get_mut(&id) else { return };
                let width = texture.size[0];
                for (row, texels) in image.pixels.chunks_exact(image.width().max(1)).enumerate() {
                    let start = (y + row) * width + x;
                    if let Some(target) = texture.texels.get_mut(start..start + texels.len()) {
                        target.copy_from_slice(texels);
                    }
                }
            }
        }
    }
}

/// An image that meshes are painted with.
struct Texture {
    size: [usize; 2],
    texels: Vec<Color32>,
    options: TextureOptions,
}

impl Texture {
    fn texel(&self, x: i64, y: i64) -> Color32 {
        let [width, height] = self.size;
        self.texels.get(self.wrapped(y, height) * width + self.wrapped(x, width)).copied().unwrap_or_default()
    }

    fn wrapped(&self, at: i64, length: usize) -> usize {
        let length = (length as i64).max(1);
        let at = match self.options.wrap_mode {
            TextureWrapMode::ClampToEdge => at.clamp(0, length - 1),
            TextureWrapMode::Repeat => at.rem_euclid(length),
            TextureWrapMode::MirroredRepeat => {
                let at = at.rem_euclid(2 * length);
                at.min(2 * length - 1 - at)
            }
        };
        at as usize
    }

    fn sample(&self, uv: Pos2, filter: TextureFilter) -> Color32 {
        let (x, y) = (uv.x * self.size[0] as f32, uv.y * self.size[1] as f32);
        if filter == TextureFilter::Nearest {
            return self.texel(x.floor() as i64, y.floor() as i64);
        }
        let (x, y) = (x - 0.5, y - 0.5);
        let (left, top) = (x.floor() as i64, y.floor() as i64);
        let (right_part, lower_part) = (((x - x.floor()) * 256.0).round() as u32, ((y - y.floor()) * 256.0).round() as u32);
        let upper_left = self.texel(left, top);
        if right_part == 0 && lower_part == 0 {
            return upper_left;
        }
        let corners = [upper_left, self.texel(left + 1, top), self.texel(left, top + 1), self.texel(left + 1, top + 1)];
        if corners.iter().all(|corner| *corner == upper_left) {
            return upper_left;
        }
        let corners = corners.map(|corner| corner.to_array().map(u32::from));
        colour(std::array::from_fn(|channel| {
            let [a, b, c, d] = corners.map(|corner| corner[channel]);
            let upper = a * (256 - right_part) + b * right_part;
            let lower = c * (256 - right_part) + d * right_part;
            ((upper * (256 - lower_part) + lower * lower_part + (1 << 15)) >> 16) as u8
        }))
    }
}

/// The pixels that may be touched: from the first, included, to the last, excluded.
#[derive(Clone, Copy)]
struct Clip {
    x: (i64, i64),
    y: (i64, i64),
}

impl Clip {
    fn new(rect: Rect, scale: f32, [width, height]: [usize; 2]) -> Self {
        let pixel = |at: f32, last: usize| ((at * scale).round() as i64).clamp(0, last as i64);
        Self {
            x: (pixel(rect.min.x, width), pixel(rect.max.x, width)),
            y: (pixel(rect.min.y, height), pixel(rect.max.y, height)),
        }
    }
}

/// Paints the meshes of one texture inside one clip.
struct Brush<'a> {
    image: &'a mut ColorImage,
    texture: &'a Texture,
    scale: f32,
    clip: Clip,
}

impl Brush<'_> {
    fn mesh(&mut self, mesh: &Mesh) {
        let vertex = |index: &u32| &mesh.vertices[*index as usize];
        let mut rest = mesh.indices.as_slice();
        while let [a, b, c, ..] = rest {
            // Glyphs, images and plain fills are two triangles that make an upright rectangle: much the quickest way.
            if let Some((least, most)) = rest.first_chunk().and_then(|six| upright(six.each_ref().map(vertex))) {
                self.rectangle(least, most);
                rest = &rest[6..];
            } else {
                self.triangle([vertex(a), vertex(b), vertex(c)]);
                rest = &rest[3..];
            }
        }
    }

    /// The pixels of one row, from the first, included, to the last, excluded; empty where there are none.
    fn row(&mut self, y: i64, from: i64, to: i64) -> &mut [Color32] {
        let start = y as usize * self.image.size[0];
        &mut self.image.pixels[start + from as usize..start + to.max(from) as usize]
    }

    fn rectangle(&mut self, least: &Vertex, most: &Vertex) {
        // The first pixel whose centre is not before this place.
        let first = |at: f32| (fixed(at * self.scale) - HALF + ONE - 1).div_euclid(ONE);
        let (left, right) = (first(least.pos.x).max(self.clip.x.0), first(most.pos.x).min(self.clip.x.1));
        let (top, bottom) = (first(least.pos.y).max(self.clip.y.0), first(most.pos.y).min(self.clip.y.1));
        if left >= right || top >= bottom {
            return;
        }
        let (texture, scale) = (self.texture, self.scale);
        let options = texture.options;
        if least.uv == most.uv {
            let colour = tinted(texture.sample(least.uv, options.magnification), least.color);
            (top..bottom).for_each(|y| fill(self.row(y, left, right), colour));
            return;
        }
        let across = (most.uv - least.uv) / ((most.pos - least.pos) * scale);
        let shrunk = across.x * texture.size[0] as f32 > 1.001;
        let filter = if shrunk { options.minification } else { options.magnification };
        for y in top..bottom {
            let v = least.uv.y + (y as f32 + 0.5 - least.pos.y * scale) * across.y;
            for (x, pixel) in (left..right).zip(self.row(y, left, right)) {
                let u = least.uv.x + (x as f32 + 0.5 - least.pos.x * scale) * across.x;
                blend(pixel, tinted(texture.sample(Pos2::new(u, v), filter), least.color));
            }
        }
    }

    fn triangle(&mut self, mut corners: [&Vertex; 3]) {
        let mut at = corners.map(|corner| [fixed(corner.pos.x * self.scale), fixed(corner.pos.y * self.scale)]);
        let mut area = (at[1][0] - at[0][0]) * (at[2][1] - at[0][1]) - (at[1][1] - at[0][1]) * (at[2][0] - at[0][0]);
        if area == 0 {
            return;
        }
        if area < 0 {
            at.swap(1, 2);
            corners.swap(1, 2);
            area = -area;
        }
        let edges: [Edge; 3] = std::array::from_fn(|k| Edge::new(at[(k + 1) % 3], at[(k + 2) % 3]));
        let heights = at.map(|[_, y]| y);
        let top = (heights[0].min(heights[1]).min(heights[2]) - HALF).div_euclid(ONE).max(self.clip.y.0);
        let bottom = ((heights[0].max(heights[1]).max(heights[2]) + HALF).div_euclid(ONE) + 1).min(self.clip.y.1);
        let shade = Shade::new(corners, self.texture);
        for y in top..bottom {
            let (mut left, mut right) = self.clip.x;
            for edge in &edges {
                edge.narrow(y, &mut left, &mut right);
            }
            if left < right {
                let weight = |edge: &Edge, x: i64| (edge.value(x, y) as f64 / area as f64) as f32;
                let start = edges.each_ref().map(|edge| weight(edge, left));
                let step = edges.each_ref().map(|edge| ((edge.across * ONE) as f64 / area as f64) as f32);
                shade.paint(self.row(y, left, right), start, step);
            }
        }
    }
}

/// One edge of a triangle: a value that is not negative on the inner side, linear in the place.
struct Edge {
    across: i64,
    down: i64,
    offset: i64,
    /// A centre right on an edge belongs to the triangle whose left or upper edge it is.
    bias: i64,
}

impl Edge {
    fn new([from_x, from_y]: [i64; 2], [to_x, to_y]: [i64; 2]) -> Self {
        let (across, down) = (from_y - to_y, to_x - from_x);
        let owns = across > 0 || (across == 0 && down > 0);
        Self { across, down, offset: -across * from_x - down * from_y, bias: if owns { 0 } else { -1 } }
    }

    /// The value at the centre of a pixel.
    fn value(&self, x: i64, y: i64) -> i64 {
        self.across * (x * ONE + HALF) + self.down * (y * ONE + HALF) + self.offset
    }

    /// Narrows the pixels of a row to those on the inner side.
    fn narrow(&self, y: i64, left: &mut i64, right: &mut i64) {
        let (at_zero, step) = (self.value(0, y) + self.bias, self.across * ONE);
        match step.signum() {
            1 => *left = (*left).max((step - 1 - at_zero).div_euclid(step)),
            -1 => *right = (*right).min(at_zero.div_euclid(-step) + 1),
            _ if at_zero < 0 => *right = *left,
            _ => {}
        }
    }
}

/// How a triangle's pixels get their colours from its corners.
struct Shade<'a> {
    texture: &'a Texture,
    uvs: [Pos2; 3],
    colours: [[f32; 4]; 3],
    /// The one colour of all corners.
    flat: Option<Color32>,
    /// The one texel of all corners: such a triangle has no picture on it.
    texel: Option<Color32>,
}

impl<'a> Shade<'a> {
    fn new(corners: [&Vertex; 3], texture: &'a Texture) -> Self {
        let [a, b, c] = corners;
        Self {
            texture,
            uvs: corners.map(|corner| corner.uv),
            colours: corners.map(|corner| corner.color.to_array().map(f32::from)),
            flat: (a.color == b.color && b.color == c.color).then_some(a.color),
            texel: (a.uv == b.uv && b.uv == c.uv).then(|| texture.sample(a.uv, texture.options.magnification)),
        }
    }

    /// Paints a row of pixels; `start` is how much each corner weighs at the first, `step` how that changes with each.
    fn paint(&self, row: &mut [Color32], start: [f32; 3], step: [f32; 3]) {
        if let (Some(texel), Some(flat)) = (self.texel, self.flat) {
            return fill(row, tinted(texel, flat));
        }
        let mixed = |weights: [f32; 3], channel: usize| -> f32 {
            (0..3).map(|corner| weights[corner] * self.colours[corner][channel]).sum()
        };
        // Half is added, since the conversion to whole numbers cuts off.
        let mut channels: [f32; 4] = std::array::from_fn(|channel| mixed(start, channel) + 0.5);
        let change: [f32; 4] = std::array::from_fn(|channel| mixed(step, channel));
        for (n, pixel) in row.iter_mut().enumerate() {
            let texel = self.texel.unwrap_or_else(|| {
                let weights: [f32; 3] = std::array::from_fn(|corner| start[corner] + step[corner] * n as f32);
                let uv = |get: fn(Pos2) -> f32| (0..3).map(|corner| weights[corner] * get(self.uvs[corner])).sum();
                self.texture.sample(Pos2::new(uv(|uv| uv.x), uv(|uv| uv.y)), self.texture.options.magnification)
            });
            let tint = self.flat.unwrap_or_else(|| colour(channels.map(|channel| channel as u8)));
            blend(pixel, tinted(texel, tint));
            for (channel, change) in channels.iter_mut().zip(change) {
                *channel += change;
            }
        }
    }
}

/// The opposite corners of six vertices that make an upright rectangle of one colour, its picture upright too.
fn upright([a, b, c, c_again, b_again, d]: [&Vertex; 6]) -> Option<(&Vertex, &Vertex)> {
    let one_colour = [b, c, d].iter().all(|other| other.color == a.color);
    if !one_colour || !std::ptr::eq(c, c_again) || !std::ptr::eq(b, b_again) {
        return None;
    }
    let (right, lower) = if b.pos.y == a.pos.y { (b, c) } else { (c, b) };
    let level = |a: &Vertex, b: &Vertex| a.pos.y == b.pos.y && a.uv.y == b.uv.y;
    let above = |a: &Vertex, b: &Vertex| a.pos.x == b.pos.x && a.uv.x == b.uv.x;
    let is_upright = level(a, right) && level(lower, d) && above(a, lower) && above(right, d);
    (is_upright && a.pos.x <= d.pos.x && a.pos.y <= d.pos.y).then_some((a, d))
}

/// Places are held in 256ths of a pixel, as GPUs do.
const ONE: i64 = 256;
const HALF: i64 = ONE / 2;

/// A place in 256ths of a pixel, kept where products of two of them cannot overflow.
fn fixed(pixels: f32) -> i64 {
    (pixels.clamp(-1e6, 1e6) * ONE as f32).round() as i64
}

fn colour([r, g, b, a]: [u8; 4]) -> Color32 {
    Color32::from_rgba_premultiplied(r, g, b, a)
}

/// The product of two shares of 255, rounded.
fn product(a: u8, b: u8) -> u8 {
    let whole = u32::from(a) * u32::from(b) + 128;
    ((whole + (whole >> 8)) >> 8) as u8
}

fn tinted(texel: Color32, tint: Color32) -> Color32 {
    if texel == Color32::WHITE {
        return tint;
    }
    let (texel, tint) = (texel.to_array(), tint.to_array());
    colour(std::array::from_fn(|channel| product(texel[channel], tint[channel])))
}

fn blend(pixel: &mut Color32, over: Color32) {
    let rest = 255 - over.a();
    if rest == 0 {
        *pixel = over;
    } else if over != Color32::TRANSPARENT {
        let (under, over) = (pixel.to_array(), over.to_array());
        *pixel = colour(std::array::from_fn(|channel| over[channel].saturating_add(product(under[channel], rest))));
    }
}

fn fill(row: &mut [Color32], colour: Color32) {
    if colour.a() == 255 { row.fill(colour) } else { row.iter_mut().for_each(|pixel| blend(pixel, colour)) }
}
