//! Arranging cards from left to right, the way that journeys run. Knows links and sizes; where cards were decides only the
//! corner that they keep, and the order of what no link holds together.
//!
//! Each connected part is laid out by itself: its cards are put in columns ([`columns`]), the columns are ordered so
//! that few links cross ([`order`]), and cards are placed so that links run straight ([`place`]). The parts lie one
//! below the other, and cards without links in rows at the end, in the order in which they lay.

mod columns;
mod frames;
mod order;
mod place;

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use crate::model::{Document, Output, Point, Size, Step, StepId};

use super::{Edit, apply};
use frames::Card;

/// How much room is left between two columns of cards.
const COLUMN_GAP: f32 = 80.0;
/// How much room is left between two cards of a column, and between two parts.
const ROW_GAP: f32 = 40.0;
/// How many cards without links go into a row.
const LOOSE_IN_A_ROW: usize = 6;
/// Places are multiples of this, so that arranged cards sit on the canvas's grid.
const GRID: f32 = 8.0;

/// Arranges all steps, or these, from left to right; the upper left corner of what is arranged stays where it is.
pub fn arrange(document: &Document, steps: Option<&[StepId]>) -> Edit {
    arrange_sized(document, steps, &card_size)
}

/// Arranges steps whose cards have these sizes. Where all are arranged, frames hold afterwards what they held before, and
/// notes stay beside the cards that they lie next to.
pub fn arrange_sized(document: &Document, steps: Option<&[StepId]>, size: &dyn Fn(&Step) -> Size) -> Edit {
    let wanted: Option<BTreeSet<&StepId>> = steps.map(|ids| ids.iter().collect());
    let is_wanted = |step: &&Step| wanted.as_ref().is_none_or(|ids| ids.contains(&step.id));
    let chosen: Vec<&Step> = document.funnel.steps.iter().map(AsRef::as_ref).filter(is_wanted).collect();
    let targets = targets(document, &chosen);
    let spot = |step: &Step| document.layout.spots.get(&step.id).copied().unwrap_or_default();
    let cards: Vec<Card<'_>> = chosen.iter().map(|step| Card { step: &step.id, at: spot(step), size: size(step) }).collect();
    let whole = steps.is_none();
    let held = if whole { frames::held(document, &cards) } else { Vec::new() };
    let is_framed = held.iter().any(|cards| !cards.is_empty());
    let places = match is_framed {
        true => frames::lay_out_framed(document, &held, &targets, &cards),
        false => lay_out(&targets, &cards.iter().map(|card| (card.at, card.size)).collect::<Vec<_>>()),
    };

    let (corner, begins) = (least(cards.iter().map(|card| card.at)), least(places.iter().copied()));
    let shift = |at: &Point| Point { x: at.x - begins.x + corner.x, y: at.y - begins.y + corner.y };
    let places: Vec<Point> = places.iter().map(shift).collect();
    let moved = Edit::MoveSteps(cards.iter().zip(&places).map(|(card, at)| (card.step.clone(), *at)).collect());
    let along = if whole { frames::bring_along(document, &cards, &held, &places) } else { Vec::new() };
    if along.is_empty() {
        return moved;
    }
    Edit::Together { label: moved.label(), edits: std::iter::once(moved).chain(along).collect() }
}

/// The document with these steps' cards arranged below all others: they have no place yet.
pub fn place(document: &Document, steps: &[StepId]) -> Document {
    let new: BTreeSet<&StepId> = steps.iter().collect();
    let Edit::MoveSteps(mut moved) = arrange(document, Some(steps)) else { return document.clone() };
    let bottom = |step: &Arc<Step>| {
        let at = document.layout.spots.get(&step.id).copied().unwrap_or_default();
        (at.x, at.y + card_size(step).height)
    };
    let others = document.funnel.steps.iter().filter(|step| !new.contains(&step.id)).map(bottom);
    let framed = document.layout.frames.iter().map(|frame| (frame.at.x, frame.at.y + frame.size.height));
    let ends = others.chain(framed).reduce(|(left, bottom), (x, y)| (left.min(x), bottom.max(y)));
    if let Some((left, bottom)) = ends {
        moved.iter_mut().for_each(|(_, at)| *at = Point { x: at.x + left, y: at.y + bottom + 2.0 * ROW_GAP });
    }
    apply(document, &Edit::MoveSteps(moved)).unwrap_or_else(|_| document.clone())
}

/// About how large a step's card is, for those who have not measured it: a head, and a row for each way out that has a
/// name.
pub fn card_size(step: &Step) -> Size {
    let outputs = step.outputs();
    let rows = if outputs.iter().any(|out| *out != Output::Next) { outputs.len() as f32 * 24.0 + 12.0 } else { 0.0 };
    let chip = if step.message().is_some_and(|message| message.send.template().is_some()) { 28.0 } else { 0.0 };
    Size { width: 240.0, height: 84.0 + chip + rows }
}

/// Whither each step leads, in the order of its outputs, without repeats and without itself.
fn targets(document: &Document, chosen: &[&Step]) -> Vec<Vec<usize>> {
    let index: BTreeMap<&StepId, usize> = chosen.iter().enumerate().map(|(place, step)| (&step.id, place)).collect();
    let outputs: Vec<Vec<Output>> = chosen.iter().map(|step| step.outputs()).collect();
    let mut ordered: Vec<BTreeMap<usize, usize>> = vec![BTreeMap::new(); chosen.len()];
    for link in &document.funnel.links {
        if let (Some(&from), Some(&to)) = (index.get(&link.from), index.get(&link.to))
            && from != to
            && let Some(place) = outputs[from].iter().position(|out| *out == link.out)
        {
            ordered[from].insert(place, to);
        }
    }
    let without_repeats = |ways: BTreeMap<usize, usize>| {
        let mut seen = BTreeSet::new();
        ways.into_values().filter(|to| seen.insert(*to)).collect()
    };
    ordered.into_iter().map(without_repeats).collect()
}

/// The upper left corners; the least of each coordinate is zero. Each card is given by its corner so far, and its size.
fn lay_out(targets: &[Vec<usize>], cards: &[(Point, Size)]) -> Vec<Point> {
    let (was, sizes): (Vec<Point>, Vec<Size>) = cards.iter().copied().unzip();
    let mut places = vec![Point::default(); sizes.len()];
    let mut bottom = 0.0_f32;
    let (mut parts, mut loose) = parts(targets);
    // From the top down and, of those alike, from the left: as a person reads.
    let reads = |one: Point, other: Point| one.y.total_cmp(&other.y).then(one.x.total_cmp(&other.x));
    loose.sort_by(|one, other| reads(was[*one], was[*other]));
    parts.sort_by(|one, other| reads(corner(one, &was), corner(other, &was)));
    for part in parts {
        // Members are numbered anew, in their own order.
        let number: BTreeMap<usize, usize> = part.iter().enumerate().map(|(new, old)| (*old, new)).collect();
        let inner: Vec<Vec<usize>> = part.iter().map(|old| targets[*old].iter().map(|to| number[to]).collect()).collect();
        let own: Vec<Size> = part.iter().map(|old| sizes[*old]).collect();
        let mut layered = columns::layered(&inner);
        order::untangle(&mut layered);
        let spots = place::place(&layered, &own);
        for (old, spot) in part.iter().zip(&spots) {
            places[*old] = Point { x: spot.x, y: bottom + spot.y };
        }
        bottom = snap(below(&part, &places, &sizes) + ROW_GAP);
    }
    for row in loose.chunks(LOOSE_IN_A_ROW) {
        let mut x = 0.0;
        for step in row {
            places[*step] = Point { x, y: bottom };
            x = snap(x + sizes[*step].width + ROW_GAP);
        }
        bottom = snap(below(row, &places, &sizes) + ROW_GAP);
    }
    places
}

/// The corner of all of these.
fn least(points: impl Iterator<Item = Point>) -> Point {
    points.reduce(|a, b| Point { x: a.x.min(b.x), y: a.y.min(b.y) }).unwrap_or_default()
}

/// The corner that these cards have together.
fn corner(cards: &[usize], at: &[Point]) -> Point {
    least(cards.iter().map(|card| at[*card]))
}

/// The next place on the grid that is not less than this.
fn snap(at: f32) -> f32 {
    (at / GRID).ceil() * GRID
}

fn below(steps: &[usize], places: &[Point], sizes: &[Size]) -> f32 {
    steps.iter().map(|step| places[*step].y + sizes[*step].height).fold(0.0, f32::max)
}

/// The parts that links hold together, each in the steps' order, by their first step; and the steps without links.
fn parts(targets: &[Vec<usize>]) -> (Vec<Vec<usize>>, Vec<usize>) {
    let mut near: Vec<Vec<usize>> = targets.to_vec();
    for (from, ways) in targets.iter().enumerate() {
        for to in ways {
            near[*to].push(from);
        }
    }
    let mut seen = vec![false; targets.len()];
    let (mut parts, mut loose) = (Vec::new(), Vec::new());
    for first in 0..targets.len() {
        if seen[first] {
            continue;
        }
        seen[first] = true;
        let mut part = vec![first];
        let mut at = 0;
        while at < part.len() {
            for next in &near[part[at]] {
                if !seen[*next] {
                    seen[*next] = true;
                    part.push(*next);
                }
            }
            at += 1;
        }
        part.sort_unstable();
        if part.len() == 1 { loose.push(first) } else { parts.push(part) }
    }
    (parts, loose)
}
