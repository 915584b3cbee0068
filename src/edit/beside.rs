//! Where a card goes that nobody placed: beside another, on free ground. Knows sizes of cards, and nothing of links.

use crate::model::{Document, Point, Size, Step, StepId};

use super::arrange::card_size;
use super::steps::{self, check_known};
use super::{Refusal, furniture, refuse};

/// How much room is left around a card that is put down here.
const GAP: f32 = 32.0;
/// How far left of its neighbour a card would best lie: the width of a card and a link.
const LEFT: f32 = 320.0;
/// Places are tried in such steps, which keep to the canvas's grid.
const STRIDE: f32 = 40.0;
/// So many strides to each side are tried; a canvas so crowded that none is free shows the card below all others.
const REACH: i32 = 40;

/// Adds a step left of another's card, or at the nearest place where it lies on no other.
pub(super) fn add(document: &mut Document, step: &Step, beside: &StepId) -> Result<(), Refusal> {
    check_known(document, beside)?;
    let at = free_place(document, card_size(step), beside);
    steps::add(document, step, at)
}

/// Lets each of these cards take the place of the one before it, and the first that of the last.
pub(super) fn shift(document: &mut Document, ids: &[StepId]) -> Result<(), Refusal> {
    ids.iter().try_for_each(|id| check_known(document, id))?;
    if ids.iter().enumerate().any(|(at, id)| ids[..at].contains(id)) {
        return refuse("A card has only one place");
    }
    furniture::carry_notes(document, |spots| {
        let before: Vec<Point> = ids.iter().map(|id| spots.get(id).copied().unwrap_or_default()).collect();
        for (at, id) in ids.iter().enumerate() {
            let from = at.checked_sub(1).unwrap_or(ids.len() - 1);
            spots.insert(id.clone(), before[from]);
        }
    });
    Ok(())
}

/// The free place for a card of this size that is nearest to the left of another's.
fn free_place(document: &Document, size: Size, beside: &StepId) -> Point {
    let spots = &document.layout.spots;
    let neighbour = spots.get(beside).copied().unwrap_or_default();
    let best = Point { x: neighbour.x - LEFT, y: neighbour.y };
    let cards: Vec<(Point, Size)> =
        document.funnel.steps.iter().filter_map(|step| Some((*spots.get(&step.id)?, card_size(step)))).collect();
    let mut strides: Vec<(i32, i32)> = (-REACH..=REACH).flat_map(|x| (-REACH..=REACH).map(move |y| (x, y))).collect();
    // Of places that are equally near the lower comes first, and of those the right: links run to the right.
    strides.sort_by_key(|(x, y)| (x.abs() + y.abs(), -y, -x));
    let at = |(x, y): (i32, i32)| Point { x: best.x + x as f32 * STRIDE, y: best.y + y as f32 * STRIDE };
    let free = strides.into_iter().map(at).find(|at| cards.iter().all(|card| apart((*at, size), *card)));
    free.unwrap_or_else(|| {
        let bottom = cards.iter().map(|(at, size)| at.y + size.height).fold(best.y, f32::max);
        Point { x: best.x, y: bottom + GAP }
    })
}

fn apart((one, of_one): (Point, Size), (other, of_other): (Point, Size)) -> bool {
    one.x >= other.x + of_other.width + GAP
        || other.x >= one.x + of_one.width + GAP
        || one.y >= other.y + of_other.height + GAP
        || other.y >= one.y + of_one.height + GAP
}
