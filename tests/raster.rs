//! What pictures rely on: each pixel is covered once, to the edge and no further, with the colour that it should have.

use egui::epaint::{ClippedPrimitive, ImageDelta, Mesh, Primitive, Vertex, WHITE_UV};
use egui::{Color32, ColorImage, Pos2, Rect, TextureId, TextureOptions, TexturesDelta, pos2, vec2};
use rand::{RngExt, SeedableRng};
use rand_chacha::ChaCha8Rng;
use transom::ui::raster::Raster;

const SIZE: [usize; 2] = [32, 24];

#[test]
fn a_rectangle_covers_the_pixels_whose_centres_it_holds() {
    let mut mesh = Mesh::default();
    mesh.add_colored_rect(Rect::from_min_max(pos2(2.4, 3.6), pos2(9.5, 8.51)), Color32::RED);
    let image = draw(mesh, 1.0, Rect::EVERYTHING);
    for (at, colour) in pixels(&image) {
        let inside = (2..9).contains(&at[0]) && (4..9).contains(&at[1]);
        assert_eq!(colour == Color32::RED, inside, "{at:?}");
    }
}

#[test]
fn triangles_that_share_edges_cover_each_pixel_exactly_once() {
    for seed in 0..200 {
        let mut rng = ChaCha8Rng::seed_from_u64(seed);
        // A fan of triangles over the whole picture, around a point at random, with edges that pass through centres too.
        let middle = pos2(rng.random_range(2..60) as f32 / 2.0, rng.random_range(2..44) as f32 / 2.0);
        let [w, h] = SIZE.map(|side| side as f32);
        let rim = [pos2(0.0, 0.0), pos2(w / 2.0, 0.0), pos2(w, 0.0), pos2(w, h), pos2(w / 2.0, h), pos2(0.0, h)];
        let mut mesh = Mesh::default();
        for (n, corner) in rim.iter().enumerate() {
            let next = rim[(n + 1) % rim.len()];
            let turned = rng.random_bool(0.5);
            triangle(&mut mesh, if turned { [middle, *corner, next] } else { [next, *corner, middle] }, [half_white(); 3]);
        }
        let image = draw(mesh, 1.0, Rect::EVERYTHING);
        for (at, colour) in pixels(&image) {
            assert_eq!(colour.r(), 128, "seed {seed}: {at:?} is painted once, over black");
        }
    }
}

#[test]
fn colours_run_evenly_between_corners() {
    let mut mesh = Mesh::default();
    let (left, right) = (Color32::BLACK, Color32::WHITE);
    triangle(&mut mesh, [pos2(0.0, 0.0), pos2(32.0, 0.0), pos2(0.0, 24.0)], [left, right, left]);
    triangle(&mut mesh, [pos2(32.0, 0.0), pos2(32.0, 24.0), pos2(0.0, 24.0)], [right, right, left]);
    let image = draw(mesh, 1.0, Rect::EVERYTHING);
    for (at, colour) in pixels(&image) {
        let due = (at[0] as f32 + 0.5) / 32.0 * 255.0;
        assert!((f32::from(colour.g()) - due).abs() <= 1.0, "{at:?}: {colour:?} should be {due}");
    }
}

#[test]
fn nothing_is_painted_outside_the_clip_and_the_scale_counts() {
    let mut mesh = Mesh::default();
    mesh.add_colored_rect(Rect::from_min_size(Pos2::ZERO, vec2(100.0, 100.0)), Color32::RED);
    triangle(&mut mesh, [pos2(-1e9, -1e9), pos2(1e9, -1e9), pos2(0.0, f32::MAX)], [Color32::RED; 3]);
    let image = draw(mesh, 2.0, Rect::from_min_max(pos2(1.0, 2.0), pos2(5.0, 6.0)));
    for (at, colour) in pixels(&image) {
        let inside = (2..10).contains(&at[0]) && (4..12).contains(&at[1]);
        assert_eq!(colour == Color32::RED, inside, "{at:?}");
    }
}

#[test]
fn textures_are_painted_texel_for_texel_and_change_in_part() {
    let id = TextureId::User(7);
    let mut picture = ColorImage::filled([4, 4], Color32::RED);
    picture.pixels[4 + 2] = Color32::GREEN;
    let mut raster = Raster::default();
    take(&mut raster, |delta| delta.push(id, ImageDelta::full(picture, TextureOptions::LINEAR)));
    take(&mut raster, |delta| {
        let patch = ColorImage::filled([1, 2], Color32::BLUE);
        delta.push(id, ImageDelta::partial([0, 2], patch, TextureOptions::LINEAR));
    });
    let mut mesh = Mesh::with_texture(id);
    let whole = Rect::from_min_max(Pos2::ZERO, pos2(1.0, 1.0));
    mesh.add_rect_with_uv(Rect::from_min_size(pos2(3.0, 5.0), vec2(4.0, 4.0)), whole, Color32::WHITE);
    let image = raster.paint(&[clipped(mesh.clone(), Rect::EVERYTHING)], 1.0, SIZE, Color32::BLACK);
    let at = |x: usize, y: usize| image.pixels[y * SIZE[0] + x];
    assert_eq!(
        [at(3, 5), at(5, 6), at(3, 7), at(3, 8), at(4, 8)],
        [Color32::RED, Color32::GREEN, Color32::BLUE, Color32::BLUE, Color32::RED,]
    );
    assert_eq!(at(7, 5), Color32::BLACK);

    // A texture that a frame frees is still there for that frame, and gone for the next.
    take(&mut raster, |delta| delta.free(id));
    let drawn = |raster: &Raster| {
        let image = raster.paint(&[clipped(mesh.clone(), Rect::EVERYTHING)], 1.0, SIZE, Color32::BLACK);
        image.pixels.contains(&Color32::RED)
    };
    assert!(drawn(&raster));
    take(&mut raster, |_| {});
    assert!(!drawn(&raster));
}

fn half_white() -> Color32 {
    Color32::from_rgba_premultiplied(128, 128, 128, 128)
}

fn triangle(mesh: &mut Mesh, corners: [Pos2; 3], colours: [Color32; 3]) {
    let first = mesh.vertices.len() as u32;
    mesh.indices.extend([first, first + 1, first + 2]);
    mesh.vertices.extend(corners.into_iter().zip(colours).map(|(pos, color)| Vertex { pos, uv: WHITE_UV, color }));
}

fn clipped(mesh: Mesh, clip_rect: Rect) -> ClippedPrimitive {
    ClippedPrimitive { clip_rect, primitive: Primitive::Mesh(mesh) }
}

/// Takes a delta, which must not be dropped while something is in it.
fn take(raster: &mut Raster, fill: impl FnOnce(&mut TexturesDelta)) {
    let mut delta = TexturesDelta::default();
    fill(&mut delta);
    raster.take(&mut delta);
    assert!(delta.is_empty());
}

fn draw(mesh: Mesh, scale: f32, clip: Rect) -> ColorImage {
    let mut raster = Raster::default();
    let white = ColorImage::filled([1, 1], Color32::WHITE);
    take(&mut raster, |delta| delta.push(TextureId::default(), ImageDelta::full(white, TextureOptions::LINEAR)));
    raster.paint(&[clipped(mesh, clip)], scale, SIZE, Color32::BLACK)
}

fn pixels(image: &ColorImage) -> impl Iterator<Item = ([usize; 2], Color32)> {
    image.pixels.iter().enumerate().map(|(n, colour)| ([n % SIZE[0], n / SIZE[0]], *colour))
}
