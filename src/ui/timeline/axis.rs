//! The axis: where a moment lies on the screen, with long empty stretches folded. Pure geometry; knows no funnel and no
//! painter.

use crate::model::Seconds;

/// A stretch of time that is drawn narrow because nothing happens in it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Fold {
    /// Its beginning, since entry.
    pub from: Seconds,
    /// Its end, since entry.
    pub to: Seconds,
}

/// How the axis is looked at: what a person changes by zooming and panning.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Look {
    /// Points a second, outside folds.
    pub scale: f64,
    /// The moment at the left edge, in seconds since entry.
    pub from_s: f64,
    /// How wide folds are drawn: 1 where there is room, less where they would push out what matters.
    pub fold: f64,
}

/// A piece of the axis with one scale.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Piece {
    /// Its beginning, in seconds since entry.
    pub from_s: f64,
    /// Its end, in seconds since entry.
    pub to_s: f64,
    /// Where it begins, in points from the left edge.
    pub x: f64,
    /// How wide it is, in points.
    pub width: f64,
    /// It is drawn narrower than its time asks for.
    pub folded: bool,
}

/// The way from moments to places and back: continuous and rising, so that order on the screen is order in time.
#[derive(Debug, Clone, PartialEq)]
pub struct Axis {
    pieces: Vec<Piece>,
    scale: f64,
}

/// The shortest stretch that is worth folding.
const SHORTEST_FOLD_S: i64 = 1800;
/// Stretches are alike as long as their arithmetic mean is at most this many times their geometric one.
const ALIKE: f64 = 3.0;
/// Folds take at most this part of what is shown when everything is shown.
const FOLDED_PART: f64 = 0.35;
/// The furthest in and out that the axis goes, in points a second.
const SCALES: (f64, f64) = (1e-6, 40.0);

/// The stretches between these moments that are long beside the others, each with a little room left at both ends.
///
/// Nothing is folded where all stretches are alike: folds serve "day 3" beside "14 minutes".
pub fn folds(moments: &[Seconds]) -> Vec<Fold> {
    let mut times: Vec<i64> = moments.iter().map(|at| at.0).collect();
    times.sort_unstable();
    times.dedup();
    let gaps: Vec<(i64, i64)> = times.windows(2).map(|pair| (pair[0], pair[1])).collect();
    let mut lengths: Vec<i64> = gaps.iter().map(|(a, b)| b - a).collect();
    lengths.sort_unstable();
    // The longest goes first, until those that are left are of one size.
    let mut shortest = i64::MAX;
    while let Some(longest) = lengths.last().copied().filter(|longest| *longest >= SHORTEST_FOLD_S) {
        if unlike(&lengths) <= ALIKE {
            break;
        }
        shortest = longest;
        lengths.pop();
    }
    // Stretches as long as the shortest fold are folded too.
    lengths.retain(|length| *length < shortest);
    let kept: i64 = lengths.iter().sum();
    gaps.into_iter()
        .filter(|(a, b)| b - a >= shortest)
        .map(|(a, b)| {
            let room = (kept / 8).clamp(60, (b - a) / 4);
            Fold { from: Seconds(a + room), to: Seconds(b - room) }
        })
        .collect()
}

/// How unlike lengths are: their arithmetic mean over their geometric one, 1 where all are equal.
fn unlike(lengths: &[i64]) -> f64 {
    let count = lengths.len() as f64;
    let mean = lengths.iter().sum::<i64>() as f64 / count;
    let logarithms: f64 = lengths.iter().map(|length| (*length.max(&1) as f64).ln()).sum();
    mean / (logarithms / count).exp()
}

/// How wide a fold is drawn when the axis is far out: longer folds a little wider.
fn fold_width(fold: &Fold) -> f64 {
    let hours = (fold.to.0 - fold.from.0) as f64 / 3600.0;
    (64.0 + 20.0 * (hours / 2.0).max(1.0).log2()).min(200.0)
}

impl Look {
    /// The look that shows everything from entry to `end` in `width` points, with these margins at both sides.
    pub fn fitting(end: Seconds, folds: &[Fold], width: f32, margins: (f32, f32)) -> Self {
        let room = f64::from(width - margins.0 - margins.1).max(40.0);
        let end_s = end.0.max(60) as f64;
        let all: f64 = folds.iter().map(fold_width).sum();
        let fold = if all > 0.0 { (FOLDED_PART * room / all).min(1.0) } else { 1.0 };
        // A fold is never wider than its time would be, so the fitting scale is found by halving.
        let wide = |scale: f64| -> f64 {
            let folded: f64 = folds.iter().map(|fold| (fold.to.0 - fold.from.0) as f64).sum();
            let narrow: f64 = folds.iter().map(|f| (fold_width(f) * fold).min((f.to.0 - f.from.0) as f64 * scale)).sum();
            (end_s - folded) * scale + narrow
        };
        let (mut low, mut high) = SCALES;
        for _ in 0..80 {
            let middle = (low * high).sqrt();
            if wide(middle) > room { high = middle } else { low = middle }
        }
        Self { scale: low, from_s: -f64::from(margins.0) / low, fold }
    }

    /// The look in which the span from one moment to another takes the middle of `width` points.
    pub fn spanning(from: Seconds, to: Seconds, folds: &[Fold], width: f32) -> Self {
        const PART: f32 = 0.7;
        let room = width * PART;
        let wide = |scale: f64| {
            let axis = Axis::new(Self { scale, from_s: 0.0, fold: 1.0 }, folds);
            axis.x(to) - axis.x(from)
        };
        let (mut low, mut high) = SCALES;
        for _ in 0..80 {
            let middle = (low * high).sqrt();
            if wide(middle) > room { high = middle } else { low = middle }
        }
        Self { scale: low, from_s: 0.0, fold: 1.0 }.holding(from.0 as f64, (width - room) / 2.0, folds)
    }

    /// The look after zooming by `factor` about the place `x`, so that the moment there stays there.
    pub fn zoomed(self, factor: f32, x: f32, folds: &[Fold]) -> Self {
        let at = Axis::new(self, folds).seconds_at(x);
        let scale = (self.scale * f64::from(factor)).clamp(SCALES.0, SCALES.1);
        Self { scale, ..self }.holding(at, x, folds)
    }

    /// The look after moving what is shown by `dx` points to the right.
    pub fn panned(self, dx: f32, folds: &[Fold]) -> Self {
        Self { from_s: Axis::new(self, folds).seconds_at(-dx), ..self }
    }

    /// The look of this scale that has the moment `at_s` at the place `x`.
    fn holding(self, at_s: f64, x: f32, folds: &[Fold]) -> Self {
        let there = Axis::new(Self { from_s: at_s, ..self }, folds);
        Self { from_s: there.seconds_at(-x), ..self }
    }
}

impl Axis {
    /// The axis of a look. Folds are in order and apart from each other.
    pub fn new(look: Look, folds: &[Fold]) -> Self {
        let scale = look.scale;
        let mut pieces = Vec::with_capacity(folds.len() * 2);
        let (mut at, mut x) = (0.0_f64, 0.0_f64);
        for fold in folds {
            let (from_s, to_s) = (fold.from.0 as f64, fold.to.0 as f64);
            let before = (from_s - at) * scale;
            pieces.push(Piece { from_s: at, to_s: from_s, x, width: before, folded: false });
            x += before;
            let plain = (to_s - from_s) * scale;
            let width = (fold_width(fold) * look.fold).min(plain);
            pieces.push(Piece { from_s, to_s, x, width, folded: width < plain });
            x += width;
            at = to_s;
        }
        // The last piece goes on without end; its nominal length only has to be positive.
        pieces.push(Piece { from_s: at, to_s: at + 1.0, x, width: scale, folded: false });
        let mut axis = Self { pieces, scale };
        let shift = axis.place(look.from_s);
        for piece in &mut axis.pieces {
            piece.x -= shift;
        }
        axis
    }

    /// Where a moment lies, in points from the left edge.
    pub fn x(&self, at: Seconds) -> f32 {
        self.place(at.0 as f64) as f32
    }

    /// The moment at a place, in seconds since entry.
    pub fn seconds_at(&self, x: f32) -> f64 {
        let x = f64::from(x);
        let index = self.pieces.partition_point(|piece| piece.x <= x).max(1) - 1;
        let piece = &self.pieces[index];
        if x < piece.x || index + 1 == self.pieces.len() {
            return piece.from_s + (x - piece.x) / self.scale;
        }
        if piece.width <= 0.0 {
            return piece.from_s;
        }
        piece.from_s + (x - piece.x) * (piece.to_s - piece.from_s) / piece.width
    }

    /// The whole second at a place.
    pub fn at(&self, x: f32) -> Seconds {
        Seconds(self.seconds_at(x).round() as i64)
    }

    /// Points a second, outside folds.
    pub fn scale(&self) -> f64 {
        self.scale
    }

    /// Points a second at a place: smaller in a fold.
    pub fn scale_at(&self, x: f32) -> f64 {
        let index = self.pieces.partition_point(|piece| piece.x <= f64::from(x)).max(1) - 1;
        let piece = &self.pieces[index];
        if piece.folded { piece.width / (piece.to_s - piece.from_s) } else { self.scale }
    }

    /// The pieces that are drawn between the left edge and `width`, the open ends cut there.
    pub fn pieces(&self, width: f32) -> Vec<Piece> {
        let (left, right) = (self.seconds_at(0.0), self.seconds_at(width));
        let last = self.pieces.len() - 1;
        self.pieces
            .iter()
            .enumerate()
            .map(|(index, piece)| {
                let from_s = if index == 0 { piece.from_s.min(left) } else { piece.from_s };
                let to_s = if index == last { right.max(piece.from_s) } else { piece.to_s };
                let (x, end) = (self.place(from_s), self.place(to_s));
                Piece { from_s, to_s, x, width: end - x, ..*piece }
            })
            .filter(|piece| piece.x + piece.width >= 0.0 && piece.x <= f64::from(width))
            .collect()
    }

    fn place(&self, at_s: f64) -> f64 {
        let index = self.pieces.partition_point(|piece| piece.from_s <= at_s).max(1) - 1;
        let piece = &self.pieces[index];
        if at_s < piece.from_s || index + 1 == self.pieces.len() {
            return piece.x + (at_s - piece.from_s) * self.scale;
        }
        let length = piece.to_s - piece.from_s;
        if length <= 0.0 { piece.x } else { piece.x + (at_s - piece.from_s) * piece.width / length }
    }
}

#[cfg(test)]
mod tests {
    use rand::{RngExt, SeedableRng};
    use rand_chacha::ChaCha8Rng;

    use super::*;

    fn stories() -> impl Iterator<Item = (Vec<Seconds>, ChaCha8Rng)> {
        (0..200).map(|seed| {
            let mut rng = ChaCha8Rng::seed_from_u64(seed);
            let count = rng.random_range(1..12);
            let moments = (0..count).map(|_| Seconds(2_f64.powf(rng.random_range(0.0..22.0)) as i64)).collect();
            (moments, rng)
        })
    }

    #[test]
    fn day_three_beside_fourteen_minutes_is_folded() {
        let moments = [0, 180, 840, 87_240, 260_040].map(Seconds);
        let folds = folds(&moments);
        assert_eq!(folds.len(), 2, "from 14 minutes to the closing, and from there to day 3: {folds:?}");
        let axis = Axis::new(Look::fitting(moments[4], &folds, 900.0, (24.0, 80.0)), &folds);
        assert!(axis.x(Seconds(840)) - axis.x(Seconds(180)) > 60.0, "minutes can be told apart");
        assert!(axis.x(moments[4]) <= 900.0 - 80.0 + 1.0);
    }

    #[test]
    fn like_stretches_are_not_folded() {
        assert_eq!(folds(&[0, 21_600, 43_200, 108_000, 172_800].map(Seconds)), []);
        assert_eq!(folds(&[0, 30, 300, 1800].map(Seconds)), [], "a few minutes are no long stretch");
    }

    #[test]
    fn order_on_the_screen_is_order_in_time() {
        for (moments, mut rng) in stories() {
            let folds = folds(&moments);
            let end = moments.iter().copied().max().unwrap();
            let look = Look::fitting(end, &folds, 900.0, (24.0, 80.0));
            let axis = Axis::new(look, &folds);
            let mut times: Vec<i64> = (0..50).map(|_| rng.random_range(-1000..end.0 * 2 + 1000)).collect();
            times.sort_unstable();
            for pair in times.windows(2) {
                assert!(axis.x(Seconds(pair[0])) <= axis.x(Seconds(pair[1])), "{pair:?} in {folds:?}");
            }
        }
    }

    #[test]
    fn a_place_and_its_moment_are_inverse() {
        for (moments, mut rng) in stories() {
            for folds in [folds(&moments), Vec::new()] {
                let end = moments.iter().copied().max().unwrap();
                let axis = Axis::new(Look::fitting(end, &folds, 900.0, (24.0, 80.0)), &folds);
                for _ in 0..50 {
                    let x: f32 = rng.random_range(-50.0..950.0);
                    let back = axis.place(axis.seconds_at(x)) as f32;
                    assert!((back - x).abs() < 0.05, "{x} came back as {back}");
                }
            }
        }
    }

    #[test]
    fn zooming_holds_what_is_under_the_pointer() {
        for (moments, mut rng) in stories() {
            let folds = folds(&moments);
            let end = moments.iter().copied().max().unwrap();
            let look = Look::fitting(end, &folds, 900.0, (24.0, 80.0));
            let x: f32 = rng.random_range(0.0..900.0);
            let at = Axis::new(look, &folds).seconds_at(x);
            let zoomed = look.zoomed(rng.random_range(0.3..3.0), x, &folds);
            let now = Axis::new(zoomed, &folds).place(at) as f32;
            assert!((now - x).abs() < 0.1, "the moment at {x} went to {now}");
        }
    }

    #[test]
    fn a_span_is_brought_to_the_middle() {
        let folds = folds(&[0, 180, 840, 87_240, 260_040].map(Seconds));
        for (from, to) in [(0, 180), (180, 840), (840, 260_040)] {
            let axis = Axis::new(Look::spanning(Seconds(from), Seconds(to), &folds, 900.0), &folds);
            let (left, right) = (axis.x(Seconds(from)), axis.x(Seconds(to)));
            assert!((left - 135.0).abs() < 1.0 && (right - 765.0).abs() < 2.0, "{from}..{to} lies at {left}..{right}");
        }
    }

    #[test]
    fn panning_there_and_back_changes_nothing() {
        let folds = folds(&[0, 180, 840, 87_240, 260_040].map(Seconds));
        let look = Look::fitting(Seconds(260_040), &folds, 900.0, (24.0, 80.0));
        let back = look.panned(130.0, &folds).panned(-130.0, &folds);
        assert!((back.from_s - look.from_s).abs() < 1.0, "{look:?} came back as {back:?}");
    }
}
