//! Following links by key: to the next step, and to all that leads here or follows. Changes the selection alone.

use std::collections::{BTreeSet, VecDeque};

use egui::{Rect, Vec2};

use crate::session::Selection;
use crate::ui::words::canvas as words;
use crate::ui::{Ask, Outbox, View};

use super::Canvas;
use super::scene::{Line, Scene};

impl Canvas {
    /// Goes to a neighbour: to the right along the first link, to the left back along one, else to the nearest card.
    pub(super) fn walk(&mut self, towards: Vec2, view: &View<'_>, outbox: &mut Outbox) {
        let from = view.session.selection.steps.last().and_then(|step| self.scene.place(step));
        let next = match from {
            None => (!self.scene.faces.is_empty()).then_some(0),
            Some(card) => linked(&self.scene, card, towards.x).or_else(|| nearest(&self.scene, card, towards)),
        };
        if let Some(card) = next {
            outbox.ask(Ask::GoTo(self.scene.faces[card].id.clone()));
        }
    }

    /// Adds to the selection all that follows it, or all that leads to it.
    pub(super) fn select_along(&self, onwards: bool, view: &View<'_>, outbox: &mut Outbox) {
        let seeds = view.session.selection.steps.iter().filter_map(|step| self.scene.place(step));
        let mut met: Vec<usize> = seeds.collect();
        let mut known: BTreeSet<usize> = met.iter().copied().collect();
        let neighbours = neighbours(&self.scene, onwards);
        let mut at = 0;
        while let Some(card) = met.get(at).copied() {
            at += 1;
            met.extend(neighbours[card].iter().copied().filter(|next| known.insert(*next)));
        }
        self.select(&met, outbox);
    }

    /// Selects a shortest way between the first and the last of the selected steps, or to the only one from where people
    /// arrive.
    pub(super) fn select_path(&self, view: &View<'_>, outbox: &mut Outbox) {
        let chosen: Vec<usize> = view.session.selection.steps.iter().filter_map(|step| self.scene.place(step)).collect();
        let path = match chosen.as_slice() {
            [] => return,
            [only] => {
                let entries = (0..self.scene.faces.len()).filter(|card| self.scene.faces[*card].is_entry);
                shortest(&self.scene, entries, *only)
            }
            [first, .., last] => {
                let there = shortest(&self.scene, std::iter::once(*first), *last);
                there.or_else(|| shortest(&self.scene, std::iter::once(*last), *first))
            }
        };
        match path {
            Some(path) => self.select(&path, outbox),
            None => outbox.ask(Ask::Say(words::NO_PATH.to_owned())),
        }
    }

    fn select(&self, cards: &[usize], outbox: &mut Outbox) {
        let steps = cards.iter().map(|card| self.scene.faces[*card].id.clone()).collect();
        outbox.ask(Ask::Select(Selection::of_steps(steps)));
        outbox.ask(Ask::Announce(words::selected(cards.len())));
    }
}

/// Where the links of each card lead, or come from, in their order.
fn neighbours(scene: &Scene, onwards: bool) -> Vec<Vec<usize>> {
    let mut all = vec![Vec::new(); scene.faces.len()];
    for line in &scene.links {
        let (near, far) = ends(*line, onwards);
        all[near].push(far);
    }
    all
}

/// The near and the far end of a link, for one who walks onwards or back.
fn ends(line: Line, onwards: bool) -> (usize, usize) {
    if onwards { (line.from, line.to) } else { (line.to, line.from) }
}

/// The first step that a link leads to, or that leads here, for a walk to the right or to the left.
fn linked(scene: &Scene, card: usize, right: f32) -> Option<usize> {
    if right == 0.0 {
        return None;
    }
    let ways = scene.links.iter().filter(|line| ends(**line, right > 0.0).0 == card && line.from != line.to);
    ways.min_by_key(|line| line.out).map(|line| ends(*line, right > 0.0).1)
}

/// The nearest card in a direction; what lies aside counts double.
fn nearest(scene: &Scene, card: usize, towards: Vec2) -> Option<usize> {
    let from = scene.rects[card].center();
    let cost = |rect: &Rect| {
        let way = rect.center() - from;
        let (along, across) = (way.dot(towards), way.dot(towards.rot90()).abs());
        (along > 1.0).then_some(along + 2.0 * across)
    };
    let seen = scene.rects.iter().enumerate().filter(|(place, _)| !scene.fold.hides(*place));
    let near = seen.filter_map(|(place, rect)| Some((place, cost(rect)?)));
    near.min_by(|a, b| a.1.total_cmp(&b.1)).map(|(place, _)| place)
}

/// A shortest way along the links from any of these cards to that one, both ends included.
fn shortest(scene: &Scene, from: impl Iterator<Item = usize>, to: usize) -> Option<Vec<usize>> {
    let neighbours = neighbours(scene, true);
    let mut came_from: Vec<Option<usize>> = vec![None; scene.faces.len()];
    let mut ahead: VecDeque<usize> = from.collect();
    for start in &ahead {
        came_from[*start] = Some(*start);
    }
    while let Some(card) = ahead.pop_front() {
        if card == to {
            let mut path = vec![to];
            let mut at = to;
            while let Some(before) = came_from[at].filter(|before| *before != at) {
                path.push(before);
                at = before;
            }
            path.reverse();
            return Some(path);
        }
        for next in &neighbours[card] {
            if came_from[*next].is_none() {
                came_from[*next] = Some(card);
                ahead.push_back(*next);
            }
        }
    }
    None
}
