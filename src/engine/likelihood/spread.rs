//! People spread over whole numbers. Knows neither what the numbers are nor who the people are.

use std::collections::BTreeMap;

/// A share of people, spread evenly over the whole numbers from the first to the last, both included.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Part {
    /// The first number.
    pub first: i64,
    /// The last number.
    pub last: i64,
    /// How many they are.
    pub share: f64,
}

impl Part {
    /// All at one number.
    pub fn at(number: i64, share: f64) -> Self {
        Self { first: number, last: number, share }
    }

    /// The same, so much later.
    pub fn shifted(self, by: i64) -> Self {
        Self { first: self.first + by, last: self.last + by, ..self }
    }

    /// Those of them between two numbers, both included.
    pub fn between(self, first: i64, last: i64) -> Option<Self> {
        let cut = Self { first: self.first.max(first), last: self.last.min(last), share: self.share };
        (cut.first <= cut.last).then(|| Self { share: self.share * cut.width() / self.width(), ..cut })
    }

    /// On how many numbers they are.
    pub fn width(self) -> f64 {
        (self.last - self.first + 1) as f64
    }
}

/// How many there are in all.
pub fn total(parts: &[Part]) -> f64 {
    parts.iter().map(|part| part.share).sum()
}

/// The same in order, with those on the same numbers as one.
pub fn joined(mut parts: Vec<Part>) -> Vec<Part> {
    let place = |part: &Part| (part.first, part.last);
    if !parts.is_sorted_by_key(place) {
        parts.sort_by_key(place);
    }
    parts.dedup_by(|next, kept| {
        let same = place(next) == place(kept);
        if same {
            kept.share += next.share;
        }
        same
    });
    parts
}

/// Each share times this.
pub fn scaled(parts: &[Part], by: f64) -> Vec<Part> {
    parts.iter().map(|part| Part { share: part.share * by, ..*part }).collect()
}

/// The same in cells of this width, one of which begins at `offset`: within a cell all are then spread evenly.
pub fn in_cells(parts: &[Part], width: i64, offset: i64) -> Vec<Part> {
    let cell_of = |number: i64| (number - offset).div_euclid(width);
    let mut cells: BTreeMap<i64, Part> = BTreeMap::new();
    for part in parts {
        for cell in cell_of(part.first)..=cell_of(part.last) {
            let begin = cell * width + offset;
            let Some(inside) = part.between(begin, begin + width - 1) else { continue };
            let known = cells.entry(cell).or_insert(Part { share: 0.0, ..inside });
            // No further than anybody really is.
            known.first = known.first.min(inside.first);
            known.last = known.last.max(inside.last);
            known.share += inside.share;
        }
    }
    cells.into_values().collect()
}
