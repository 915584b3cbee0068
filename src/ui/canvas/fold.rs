//! What collapsed frames hide, and the blocks that stand for them: worked out from where things lie. Paints and edits
//! nothing.

use std::collections::{BTreeMap, BTreeSet};

use egui::{Pos2, Rect, Vec2, vec2};

use crate::engine::Verdict;
use crate::model::{Frame, Layout};
use crate::rules::Severity;
use crate::ui::theme::Judged;

use super::face::{Face, PORT_Y};
use super::furniture::{Thing, block_rect, frame_rect, held, note_rect};

/// What is folded away, and into what.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Fold {
    /// The frame in whose block each card is, by place; empty where nothing is folded.
    of_card: Vec<Option<usize>>,
    /// The blocks that are seen, by frame.
    blocks: BTreeMap<usize, Block>,
    /// Frames and notes that lie in a collapsed frame.
    hidden_frames: BTreeSet<usize>,
    hidden_notes: BTreeSet<usize>,
}

/// A collapsed frame that is seen.
#[derive(Debug, Clone, PartialEq)]
pub struct Block {
    /// Where it lies.
    at: Rect,
    /// Where it is shown, while it is being moved.
    shown: Rect,
    /// The cards that it hides, by place.
    pub cards: Vec<usize>,
}

/// What a block says of the cards that it hides.
#[derive(Debug, Default)]
pub struct Summary {
    /// How many steps there are.
    pub steps: usize,
    /// The worst that was proved of those that send.
    pub worst: Option<Judged>,
    /// What is said of those that are not judged yet, where none is.
    pub pending: String,
    /// The worst of their problems and how many there are.
    pub problems: Option<(Severity, usize)>,
    /// Their titles.
    pub titles: String,
}

impl Fold {
    /// Works it out. A card in several collapsed frames is in the block of the outermost. `place_of` finds the card of a
    /// note that is tied to it.
    pub fn of(rects: &[Rect], layout: &Layout, place_of: impl Fn(usize) -> Option<usize>) -> Self {
        if !layout.frames.iter().any(|frame| frame.collapsed) {
            return Self::default();
        }
        let areas: Vec<Rect> = layout.frames.iter().map(|frame| frame_rect(frame)).collect();
        let collapsed = |frame: &Frame| frame.collapsed;
        let outer = |frame: usize| {
            layout.frames.iter().enumerate().any(|(other, by)| {
                // Of two that cover each other the first is the outer one.
                let same = areas[other] == areas[frame];
                collapsed(by) && other != frame && areas[other].contains_rect(areas[frame]) && (!same || other < frame)
            })
        };
        let hidden_frames: BTreeSet<usize> = (0..areas.len()).filter(|frame| outer(*frame)).collect();
        let mut fold = Self { of_card: vec![None; rects.len()], hidden_frames, ..Self::default() };
        for (place, frame) in layout.frames.iter().enumerate() {
            if !frame.collapsed || fold.hidden_frames.contains(&place) {
                continue;
            }
            let cards: Vec<usize> = held(rects, areas[place]).filter(|card| fold.of_card[*card].is_none()).collect();
            cards.iter().for_each(|card| fold.of_card[*card] = Some(place));
            let at = block_rect(frame);
            fold.blocks.insert(place, Block { at, shown: at, cards });
        }
        for (place, note) in layout.comments.iter().enumerate() {
            let rect = note_rect(note);
            let lies_in = fold.blocks.keys().any(|frame| areas[*frame].contains_rect(rect));
            let is_hidden = match place_of(place) {
                Some(card) => fold.of_card[card].is_some(),
                None => lies_in,
            };
            if is_hidden {
                fold.hidden_notes.insert(place);
            }
        }
        fold
    }

    /// Whether nothing is folded.
    pub fn is_empty(&self) -> bool {
        self.blocks.is_empty()
    }

    /// The frame in whose block a card is.
    pub fn frame_of(&self, card: usize) -> Option<usize> {
        self.of_card.get(card).copied().flatten()
    }

    /// Whether a card is not seen.
    pub fn hides(&self, card: usize) -> bool {
        self.frame_of(card).is_some()
    }

    /// Whether a frame or a note is not seen.
    pub fn hides_thing(&self, thing: Thing) -> bool {
        match thing {
            Thing::Frame(place) => self.hidden_frames.contains(&place),
            Thing::Note(place) => self.hidden_notes.contains(&place),
        }
    }

    /// The block of a frame.
    pub fn block(&self, frame: usize) -> Option<&Block> {
        self.blocks.get(&frame)
    }

    /// The blocks that are seen.
    pub fn blocks(&self) -> impl Iterator<Item = &Block> {
        self.blocks.values()
    }

    /// Shows the blocks of these cards elsewhere, and all others where they lie.
    pub fn carry(&mut self, cards: &[usize], by: Vec2) {
        for block in self.blocks.values_mut() {
            let moves = block.cards.first().is_some_and(|card| cards.contains(card));
            block.shown = if moves { block.at.translate(by) } else { block.at };
        }
    }

    /// Hides the cards that are folded away.
    pub fn tuck(&self, shown: &mut [Rect]) {
        for card in self.blocks.values().flat_map(|block| &block.cards) {
            shown[*card] = Rect::NOTHING;
        }
    }

    /// The cards that links see: each block stands where its first card would, and nothing where its others would.
    pub fn solid(&self, shown: &[Rect]) -> Vec<Rect> {
        let mut solid = shown.to_vec();
        for block in self.blocks.values() {
            if let Some(first) = block.cards.first() {
                solid[*first] = block.shown;
            }
        }
        solid
    }

    /// The card that stands for this one among those that links see.
    pub fn stand_in(&self, card: usize) -> usize {
        let block = self.frame_of(card).and_then(|frame| self.blocks.get(&frame));
        block.and_then(|block| block.cards.first()).copied().unwrap_or(card)
    }
}

impl Block {
    /// Where it is shown.
    pub fn rect(&self) -> Rect {
        self.shown
    }

    /// Where links reach it, and where they leave it.
    pub fn input(&self) -> Pos2 {
        self.shown.min + vec2(0.0, PORT_Y)
    }

    /// Where links leave it.
    pub fn output(&self) -> Pos2 {
        self.shown.right_top() + vec2(0.0, PORT_Y)
    }

    /// What it says, of these faces of all cards.
    pub fn summary(&self, faces: &[Face]) -> Summary {
        let faces = || self.cards.iter().map(|card| &faces[*card]);
        let problems = faces().filter_map(|face| face.problems).reduce(|(worst, all), (severity, count)| {
            // Severities are ordered from the worst.
            (worst.min(severity), all + count)
        });
        let titles: Vec<&str> = faces().take(TITLES).map(|face| face.title.as_str()).collect();
        Summary {
            steps: self.cards.len(),
            worst: faces().filter_map(|face| face.verdict).max_by_key(|judged| badness(*judged)),
            pending: faces().find(|face| face.sends && face.verdict.is_none()).map_or_else(String::new, |f| f.badge.clone()),
            problems,
            titles: titles.join(" · "),
        }
    }
}

/// No more titles than this fit into a line.
const TITLES: usize = 8;

/// What may fail is worse than what a template goes out for.
fn badness(Judged { verdict, templated }: Judged) -> u8 {
    match (verdict, templated) {
        (Verdict::Outside, false) => 5,
        (Verdict::Sometimes, false) => 4,
        (Verdict::Outside, true) => 3,
        (Verdict::Sometimes, true) => 2,
        (Verdict::Unreachable, _) => 1,
        (Verdict::Inside, _) => 0,
    }
}
