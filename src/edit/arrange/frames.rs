//! Arranging with frames: what a frame holds is arranged by itself and then counts as one card, so that a frame holds
//! afterwards what it held before and nothing else. Notes keep their place beside the card that is nearest to them.

use std::collections::BTreeMap;

use crate::edit::Edit;
use crate::model::{Comment, Document, Frame, Point, Size, StepId};

use super::{lay_out, snap};

/// The room between a frame and what it holds, and the more at its top for its title.
const MARGIN: f32 = 40.0;
const TITLE: f32 = 16.0;

/// A card: its step, where it lies and how large it is.
pub(super) struct Card<'a> {
    pub step: &'a StepId,
    pub at: Point,
    pub size: Size,
}

/// A rectangle by its corners.
#[derive(Clone, Copy)]
struct Area {
    min: Point,
    max: Point,
}

impl Area {
    fn of(at: Point, size: Size) -> Self {
        Self { min: at, max: Point { x: at.x + size.width, y: at.y + size.height } }
    }

    fn holds(&self, other: &Self) -> bool {
        self.min.x <= other.min.x && self.min.y <= other.min.y && self.max.x >= other.max.x && self.max.y >= other.max.y
    }

    fn around(&self, other: &Self) -> Self {
        Self {
            min: Point { x: self.min.x.min(other.min.x), y: self.min.y.min(other.min.y) },
            max: Point { x: self.max.x.max(other.max.x), y: self.max.y.max(other.max.y) },
        }
    }

    fn extent(&self) -> f32 {
        (self.max.x - self.min.x) * (self.max.y - self.min.y)
    }

    fn middle(&self) -> Point {
        Point { x: (self.min.x + self.max.x) / 2.0, y: (self.min.y + self.max.y) / 2.0 }
    }
}

/// The cards that each frame holds, by place.
pub(super) fn held(document: &Document, cards: &[Card<'_>]) -> Vec<Vec<usize>> {
    let frames = document.layout.frames.iter().map(|frame| Area::of(frame.at, frame.size));
    frames
        .map(|frame| (0..cards.len()).filter(|card| frame.holds(&Area::of(cards[*card].at, cards[*card].size))).collect())
        .collect()
}

/// The upper left corners of all cards, with the cards of each outermost frame kept together.
pub(super) fn lay_out_framed(
    document: &Document,
    held: &[Vec<usize>],
    targets: &[Vec<usize>],
    cards: &[Card<'_>],
) -> Vec<Point> {
    let sizes: Vec<Size> = cards.iter().map(|card| card.size).collect();
    let extent = |frame: usize| {
        let frame = &document.layout.frames[frame];
        Area::of(frame.at, frame.size).extent()
    };
    // The outermost frame of each card.
    let mut frame_of: Vec<Option<usize>> = vec![None; sizes.len()];
    for (frame, cards) in held.iter().enumerate() {
        for card in cards {
            if frame_of[*card].is_none_or(|other| extent(other) < extent(frame)) {
                frame_of[*card] = Some(frame);
            }
        }
    }
    // Blocks in the order of their first card: a framed group, or a card alone.
    let mut blocks: Vec<Vec<usize>> = Vec::new();
    let mut block_of_frame: BTreeMap<usize, usize> = BTreeMap::new();
    let mut block_of = vec![0; sizes.len()];
    for card in 0..sizes.len() {
        let block = match frame_of[card] {
            Some(frame) => *block_of_frame.entry(frame).or_insert(blocks.len()),
            None => blocks.len(),
        };
        if block == blocks.len() {
            blocks.push(Vec::new());
        }
        blocks[block].push(card);
        block_of[card] = block;
    }
    let is_framed = |block: &[usize]| frame_of[block[0]].is_some();
    let inner: Vec<Vec<Point>> = blocks.iter().map(|block| within(block, targets, cards)).collect();
    let block_sizes: Vec<Size> = blocks
        .iter()
        .zip(&inner)
        .map(|(block, spots)| {
            let right = block.iter().zip(spots).map(|(card, at)| at.x + sizes[*card].width).fold(0.0, f32::max);
            let bottom = block.iter().zip(spots).map(|(card, at)| at.y + sizes[*card].height).fold(0.0, f32::max);
            let margin = if is_framed(block) { MARGIN } else { 0.0 };
            let title = if is_framed(block) { TITLE } else { 0.0 };
            Size { width: right + 2.0 * margin, height: bottom + 2.0 * margin + title }
        })
        .collect();
    let outer: Vec<Vec<usize>> = blocks
        .iter()
        .enumerate()
        .map(|(own, block)| {
            let mut ways: Vec<usize> = Vec::new();
            for to in block.iter().flat_map(|card| &targets[*card]).map(|to| block_of[*to]) {
                if to != own && !ways.contains(&to) {
                    ways.push(to);
                }
            }
            ways
        })
        .collect();
    let mut places = vec![Point::default(); sizes.len()];
    let lay = |block: &[usize]| frame_of[block[0]].map_or(cards[block[0]].at, |frame| document.layout.frames[frame].at);
    let together: Vec<(Point, Size)> = blocks.iter().map(|block| lay(block)).zip(block_sizes).collect();
    for ((block, corner), spots) in blocks.iter().zip(lay_out(&outer, &together)).zip(&inner) {
        let (margin, title) = if is_framed(block) { (MARGIN, TITLE) } else { (0.0, 0.0) };
        for (card, at) in block.iter().zip(spots) {
            places[*card] = Point { x: snap(corner.x + margin) + at.x, y: snap(corner.y + margin + title) + at.y };
        }
    }
    places
}

/// Some cards laid out by themselves, in their own order.
fn within(block: &[usize], targets: &[Vec<usize>], cards: &[Card<'_>]) -> Vec<Point> {
    let number: BTreeMap<usize, usize> = block.iter().enumerate().map(|(new, old)| (*old, new)).collect();
    let inner: Vec<Vec<usize>> =
        block.iter().map(|card| targets[*card].iter().filter_map(|to| number.get(to).copied()).collect()).collect();
    let own: Vec<(Point, Size)> = block.iter().map(|card| (cards[*card].at, cards[*card].size)).collect();
    lay_out(&inner, &own)
}

/// The edits that bring frames and notes along with cards that go to these places.
pub(super) fn bring_along(document: &Document, cards: &[Card<'_>], held: &[Vec<usize>], places: &[Point]) -> Vec<Edit> {
    let mut edits = Vec::new();
    let after = |card: usize| Area::of(places[card], cards[card].size);
    // Inner frames first, so that an outer one can be drawn around them.
    let mut order: Vec<usize> = (0..held.len()).filter(|frame| !held[*frame].is_empty()).collect();
    order.sort_by_key(|frame| held[*frame].len());
    let mut drawn: Vec<(usize, Area)> = Vec::new();
    for frame in order {
        let inner = drawn.iter().filter(|(other, _)| held[*other].iter().all(|card| held[frame].contains(card)));
        let areas = held[frame].iter().map(|card| after(*card)).chain(inner.map(|(_, area)| *area));
        let Some(all) = areas.reduce(|all, area| all.around(&area)) else { continue };
        let at = Point { x: all.min.x - MARGIN, y: all.min.y - MARGIN - TITLE };
        let size = Size { width: all.max.x + MARGIN - at.x, height: all.max.y + MARGIN - at.y };
        drawn.push((frame, Area::of(at, size)));
        edits.push(Edit::ReplaceFrame(frame, Frame { at, size, ..Frame::clone(&document.layout.frames[frame]) }));
    }
    // Those that are tied to a step go with its card anyway.
    for (place, note) in document.layout.comments.iter().enumerate().filter(|(_, note)| note.step.is_none()) {
        let distance = |card: &usize| {
            let middle = Area::of(cards[*card].at, cards[*card].size).middle();
            (middle.x - note.at.x).hypot(middle.y - note.at.y)
        };
        let nearest = (0..cards.len()).min_by(|a, b| distance(a).total_cmp(&distance(b)));
        if let Some(card) = nearest {
            let (was, is) = (cards[card].at, places[card]);
            let at = Point { x: note.at.x + is.x - was.x, y: note.at.y + is.y - was.y };
            edits.push(Edit::ReplaceComment(place, Comment { at, ..Comment::clone(note) }));
        }
    }
    edits
}
