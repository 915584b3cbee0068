//! The outlines of letters, for pictures made of shapes: shaped as egui shapes them, and drawn once each. Knows fonts and
//! text, not where the text stands.

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::sync::Arc;

use egui::FontId;
use egui::text::{FontData, FontDefinitions};
use harfrust::{FontRef, ShaperData, UnicodeBuffer};
use skrifa::outline::{DrawSettings, OutlinePen};
use skrifa::prelude::{LocationRef, Size};
use skrifa::{GlyphId, MetadataProvider as _};

use crate::ui::fonts;

/// The fonts, and the letters that were needed of them so far.
pub struct Letters {
    definitions: FontDefinitions,
    shapers: BTreeMap<String, ShaperData>,
    /// The place of each outline among `outlines`.
    known: BTreeMap<(String, u32), usize>,
    outlines: Vec<String>,
}

/// Some letters of one font in a row.
pub enum Run {
    /// Outlines, each with where it stands, in units of the font.
    Drawn {
        /// Their size on the page for one unit of the font.
        unit: f32,
        /// How much lower than the line they stand, on the page.
        lower: f32,
        /// The number of each outline, and how far right of and above the run's begin it stands.
        letters: Vec<(usize, i32, i32)>,
    },
    /// Text that no font of ours has.
    Foreign,
}

impl Letters {
    /// The fonts of the planner.
    pub fn new() -> Self {
        let definitions = fonts::definitions();
        Self { definitions, shapers: BTreeMap::new(), known: BTreeMap::new(), outlines: Vec::new() }
    }

    /// The outlines that were needed, each as the data of a path in units of its font, by number.
    pub fn outlines(&self) -> &[String] {
        &self.outlines
    }

    /// The font that has a letter; `None` where none has. What has no shape of its own stays with what it follows.
    pub fn font_of(&self, letter: char, font: &FontId) -> Option<String> {
        let chain = self.definitions.families.get(&font.family)?;
        let has = |name: &&String| {
            let data = self.definitions.font_data.get(*name);
            data.and_then(|data| face(data)).is_some_and(|face| face.charmap().map(letter).is_some())
        };
        chain.iter().find(has).cloned()
    }

    /// Shapes some letters that one font has, or nobody.
    pub fn run(&mut self, text: &str, font: Option<&str>, size: f32) -> Run {
        self.drawn(text, font, size).unwrap_or(Run::Foreign)
    }

    fn drawn(&mut self, text: &str, font: Option<&str>, size: f32) -> Option<Run> {
        let name = font?;
        let data = Arc::clone(self.definitions.font_data.get(name)?);
        let face = face(&data)?;
        let shaper = self.shapers.entry(name.to_owned()).or_insert_with(|| ShaperData::new(&face));
        let mut buffer = UnicodeBuffer::new();
        buffer.push_str(text);
        buffer.guess_segment_properties();
        let shaped = shaper.shaper(&face).build().shape(buffer, harfrust::ShapeOptions::new());
        let mut letters = Vec::new();
        let mut right = 0;
        for (info, place) in shaped.glyph_infos().iter().zip(shaped.glyph_positions()) {
            if let Some(number) = self.outline(name, &face, info.glyph_id) {
                letters.push((number, right + place.x_offset, place.y_offset));
            }
            right += place.x_advance;
        }
        let size = size * data.tweak.scale;
        let em = face.metrics(Size::unscaled(), LocationRef::default()).units_per_em;
        let lower = size * data.tweak.y_offset_factor + data.tweak.y_offset;
        Some(Run::Drawn { unit: size / f32::from(em), lower, letters })
    }

    /// The number of a letter's outline; `None` where it has none, such as a space.
    fn outline(&mut self, name: &str, face: &FontRef<'_>, glyph: u32) -> Option<usize> {
        let key = (name.to_owned(), glyph);
        if let Some(number) = self.known.get(&key) {
            return Some(*number);
        }
        let mut path = Path::default();
        let settings = DrawSettings::unhinted(Size::unscaled(), LocationRef::default());
        face.outline_glyphs().get(GlyphId::new(glyph))?.draw(settings, &mut path).ok()?;
        if path.0.is_empty() {
            return None;
        }
        self.outlines.push(path.0);
        self.known.insert(key, self.outlines.len() - 1);
        Some(self.outlines.len() - 1)
    }
}

fn face(data: &FontData) -> Option<FontRef<'_>> {
    FontRef::from_index(data.bytes(), data.index).ok()
}

/// The data of a path, in whole units, which is finer than eyes are.
#[derive(Default)]
struct Path(String);

impl Path {
    fn add(&mut self, letter: char, places: &[f32]) {
        self.0.push(letter);
        for (at, place) in places.iter().enumerate() {
            let place = place.round() as i32;
            if at > 0 && place >= 0 {
                self.0.push(' ');
            }
            // Writing to a string cannot fail.
            let _ = write!(self.0, "{place}");
        }
    }
}

impl OutlinePen for Path {
    fn move_to(&mut self, x: f32, y: f32) {
        self.add('M', &[x, y]);
    }

    fn line_to(&mut self, x: f32, y: f32) {
        self.add('L', &[x, y]);
    }

    fn quad_to(&mut self, cx: f32, cy: f32, x: f32, y: f32) {
        self.add('Q', &[cx, cy, x, y]);
    }

    fn curve_to(&mut self, ax: f32, ay: f32, bx: f32, by: f32, x: f32, y: f32) {
        self.add('C', &[ax, ay, bx, by, x, y]);
    }

    fn close(&mut self) {
        self.0.push('Z');
    }
}
