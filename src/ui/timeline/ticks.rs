//! Ticks, days, nights and snapping: which moments of the axis carry a mark. Pure geometry; knows no funnel and no
//! painter.

use crate::model::Seconds;

use super::axis::{Axis, Piece};
use super::clock::Clock;

/// Steps between ticks, in seconds.
const STEPS: [i64; 26] = [
    1,
    5,
    15,
    30,
    60,
    120,
    300,
    600,
    900,
    1800,
    3600,
    7200,
    10_800,
    21_600,
    43_200,
    86_400,
    172_800,
    259_200,
    604_800,
    1_209_600,
    2_419_200,
    7_257_600,
    14_515_200,
    31_536_000,
    63_072_000,
    315_360_000,
];
/// Steps to which a drag snaps, in seconds.
const SNAPS: [i64; 11] = [1, 5, 15, 60, 300, 900, 1800, 3600, 7200, 21_600, 86_400];
/// Labels stand at least this far apart, in points.
pub const APART: f64 = 100.0;
/// One snap step is at least this wide, in points.
const SNAP_WIDTH: f64 = 3.0;
/// What can be pointed at, in points.
const POINT: f64 = 0.5;
/// From this hour to the other the axis is shaded as night.
const NIGHT: (u32, u32) = (22, 7);

/// A labelled mark on the axis.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Tick {
    /// When, since entry.
    pub at: Seconds,
    /// Where, in points from the left edge.
    pub x: f32,
}

/// The ticks between the left edge and `width`: round times since entry, far enough apart to be labelled, none in a
/// fold.
pub fn ticks(axis: &Axis, width: f32) -> Vec<Tick> {
    let step = step_of(&STEPS, APART, axis.scale());
    let mut ticks: Vec<Tick> = Vec::new();
    for piece in axis.pieces(width).iter().filter(|piece| !piece.folded) {
        for at in multiples(piece, step) {
            let tick = Tick { at, x: axis.x(at) };
            if ticks.last().is_none_or(|last| f64::from(tick.x - last.x) >= APART) {
                ticks.push(tick);
            }
        }
    }
    ticks
}

/// The step to which a time at this place snaps.
pub fn snap_step(axis: &Axis, x: f32) -> Seconds {
    Seconds(step_of(&SNAPS, SNAP_WIDTH, axis.scale_at(x)))
}

/// How finely a time can be pointed at here.
pub fn precision(axis: &Axis, x: f32) -> Seconds {
    Seconds(step_of(&SNAPS, POINT, axis.scale_at(x)))
}

/// The nearest whole number of steps, never below zero.
pub fn snapped(length: Seconds, step: Seconds) -> Seconds {
    let step = step.0.max(1);
    Seconds(((length.0.max(0) + step / 2) / step) * step)
}

/// The next whole number of steps up or down from a length, never below zero.
pub fn stepped(length: Seconds, step: Seconds, up: bool) -> Seconds {
    let step = step.0.max(1);
    let next = if up { (length.0 / step + 1) * step } else { (length.0 - 1).div_euclid(step) * step };
    Seconds(next.max(0))
}

/// Local midnights between the left edge and `width`, outside folds.
pub fn midnights(axis: &Axis, width: f32, clock: &Clock) -> Vec<Tick> {
    let mut marks: Vec<Tick> = Vec::new();
    for piece in visible(axis, width) {
        for at in clock.daily(0, piece.from_s as i64, piece.to_s as i64) {
            marks.push(Tick { at, x: axis.x(at) });
        }
    }
    marks
}

/// Nights between the left edge and `width`, outside folds, as spans of places.
pub fn nights(axis: &Axis, width: f32, clock: &Clock) -> Vec<(f32, f32)> {
    let mut spans = Vec::new();
    for piece in visible(axis, width) {
        let (from, to) = (piece.from_s as i64, piece.to_s as i64);
        // A night that began before the piece reaches into it.
        for dusk in clock.daily(NIGHT.0, from - 86_400, to) {
            let Some(dawn) = clock.daily(NIGHT.1, dusk.0, dusk.0 + 90_000).first().copied() else { continue };
            let (a, b) = (dusk.0.max(from), dawn.0.min(to));
            if a < b {
                spans.push((axis.x(Seconds(a)), axis.x(Seconds(b))));
            }
        }
    }
    spans
}

/// Pieces in which days are worth marking: so far out that a day is a few points wide, its marks would be a smear.
fn visible(axis: &Axis, width: f32) -> impl Iterator<Item = Piece> {
    let legible = axis.scale() * 86_400.0 > 12.0;
    // The story begins with the entry; days and nights before it would only be wondered at.
    let (left, right) = (axis.seconds_at(0.0).max(0.0), axis.seconds_at(width));
    axis.pieces(width).into_iter().filter(move |piece| legible && !piece.folded).map(move |piece| Piece {
        from_s: piece.from_s.max(left),
        to_s: piece.to_s.min(right),
        ..piece
    })
}

fn multiples(piece: &Piece, step: i64) -> impl Iterator<Item = Seconds> + use<> {
    let from = (piece.from_s.max(0.0) / step as f64).ceil() as i64;
    let to = (piece.to_s / step as f64).floor() as i64;
    (from..=to.min(from + 500)).map(move |n| Seconds(n * step))
}

fn step_of(steps: &[i64], apart: f64, scale: f64) -> i64 {
    let last = steps.last().copied().unwrap_or(1);
    steps.iter().copied().find(|step| *step as f64 * scale >= apart).unwrap_or(last)
}

#[cfg(test)]
mod tests {
    use rand::{RngExt, SeedableRng};
    use rand_chacha::ChaCha8Rng;

    use super::super::axis::{Look, folds};
    use super::*;

    #[test]
    fn ticks_never_crowd_and_lie_outside_folds() {
        let mut rng = ChaCha8Rng::seed_from_u64(7);
        for _ in 0..300 {
            let moments: Vec<Seconds> =
                (0..rng.random_range(2..10)).map(|_| Seconds(2_f64.powf(rng.random_range(0.0..23.0)) as i64)).collect();
            let folds = folds(&moments);
            let end = moments.iter().copied().max().unwrap();
            let look = Look::fitting(end, &folds, 900.0, (24.0, 80.0)).zoomed(rng.random_range(0.2..30.0), 300.0, &folds);
            let axis = Axis::new(look, &folds);
            let ticks = ticks(&axis, 900.0);
            for pair in ticks.windows(2) {
                assert!(f64::from(pair[1].x - pair[0].x) >= APART, "{pair:?}");
            }
            for tick in &ticks {
                let folded = axis
                    .pieces(900.0)
                    .into_iter()
                    .find(|piece| piece.folded && piece.from_s < tick.at.0 as f64 && (tick.at.0 as f64) < piece.to_s);
                assert_eq!(folded, None, "{tick:?} lies in a fold");
            }
        }
    }

    #[test]
    fn zoomed_in_a_drag_snaps_to_seconds_and_far_out_to_hours() {
        let at = |scale| snap_step(&Axis::new(Look { scale, from_s: 0.0, fold: 1.0 }, &[]), 10.0);
        assert_eq!(at(4.0), Seconds(1));
        assert_eq!(at(0.06), Seconds(60));
        assert_eq!(at(900.0 / 86_400.0), Seconds(300));
        assert_eq!(at(900.0 / (12.0 * 86_400.0)), Seconds(3600));
    }

    #[test]
    fn snapping_goes_to_the_nearest_step_and_never_below_zero() {
        assert_eq!(snapped(Seconds(449), Seconds(300)), Seconds(300));
        assert_eq!(snapped(Seconds(451), Seconds(300)), Seconds(600));
        assert_eq!(snapped(Seconds(-900), Seconds(300)), Seconds(0));
        assert_eq!(stepped(Seconds(300), Seconds(300), true), Seconds(600));
        assert_eq!(stepped(Seconds(301), Seconds(300), true), Seconds(600));
        assert_eq!(stepped(Seconds(301), Seconds(300), false), Seconds(300));
        assert_eq!(stepped(Seconds(300), Seconds(300), false), Seconds(0));
        assert_eq!(stepped(Seconds(0), Seconds(300), false), Seconds(0));
    }

    #[test]
    fn days_begin_at_local_midnight() {
        let clock = Clock::of("America/Sao_Paulo", 1_796_130_900);
        let axis = Axis::new(Look { scale: 900.0 / 259_200.0, from_s: 0.0, fold: 1.0 }, &[]);
        let days = midnights(&axis, 900.0, &clock);
        assert_eq!(days.len(), 3);
        for day in days {
            assert_eq!(clock.time(day.at), "00:00");
        }
    }
}
