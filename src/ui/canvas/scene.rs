//! The cards and links of one revision, by place in the funnel: what a frame needs without a search. Kept until the
//! document changes; moving a card renews the places only.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use egui::{Pos2, Rect, Vec2, pos2, vec2};

use crate::model::{Funnel, Layout, Output, Point, StepId};
use crate::rules::Judgement;
use crate::session::{Session, Standing};

use super::face::{self, Face, PORT_Y, WIDTH};
use super::fold::{Block, Fold};
use super::furniture::{self, Thing};
use super::link;
use super::routes::{Ends, route};

/// The cards and links of one revision.
#[derive(Debug, Default)]
pub struct Scene {
    /// What the cards say, in the funnel's order.
    pub faces: Vec<Face>,
    /// Where the cards lie, in the same order.
    pub rects: Vec<Rect>,
    /// Where they are shown: the same, but for those that are being moved, and nowhere for those that a frame hides.
    pub shown: Vec<Rect>,
    /// The same as links see it, with blocks in place of what they hide; empty where no frame is collapsed.
    solid: Vec<Rect>,
    /// What collapsed frames hide: cards that are shown nowhere, with the blocks that stand for them.
    pub fold: Fold,
    /// Around all that is seen.
    around: Option<Rect>,
    /// The links, in the funnel's order.
    pub links: Vec<Line>,
    /// The courses of the links, each with a rectangle around it.
    courses: Vec<(Vec<Pos2>, Rect)>,
    /// The cards and links for which these courses were found; `None` while some are elsewhere.
    found_for: Option<(Vec<Rect>, Vec<Line>)>,
    /// Which outputs lead somewhere, by card and place, and by which link.
    linked: BTreeMap<(usize, usize), usize>,
    /// Where to find a step.
    index: BTreeMap<StepId, usize>,
    funnel: Option<Arc<Funnel>>,
    layout: Option<Arc<Layout>>,
    judged: Option<(Arc<Judgement>, Standing)>,
    revision: u64,
}

/// A link, by the places of its ends.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Line {
    /// The step that it leaves.
    pub from: usize,
    /// The place of the output that it leaves by.
    pub out: usize,
    /// The step that it reaches.
    pub to: usize,
}

impl Scene {
    /// Brings everything up to date with the session.
    pub fn renew(&mut self, session: &Session) {
        let document = session.document();
        let standing = session.standing();
        let same_judgement =
            self.judged.as_ref().is_some_and(|(of, was)| Arc::ptr_eq(of, session.judgement()) && *was == standing);
        let same_funnel = self.funnel.as_ref().is_some_and(|funnel| Arc::ptr_eq(funnel, &document.funnel));
        let mut same_layout = self.layout.as_ref().is_some_and(|layout| Arc::ptr_eq(layout, &document.layout));
        if !same_funnel || !same_judgement {
            self.revision += 1;
            self.judged = Some((Arc::clone(session.judgement()), standing));
            let before = self.funnel.replace(Arc::clone(&document.funnel));
            let same_form = face::renew(&mut self.faces, before.as_deref(), !same_judgement, session);
            // Typing changes what cards say far more often than where links lead.
            if !same_form {
                self.index = self.faces.iter().enumerate().map(|(place, face)| (face.id.clone(), place)).collect();
                same_layout = false;
            }
            if !same_form || before.is_none_or(|before| before.links != document.funnel.links) {
                let lines = document.funnel.links.iter().filter_map(|link| {
                    let (from, to) = (self.place(&link.from)?, self.place(&link.to)?);
                    Some(Line { from, out: self.faces[from].place_of(&link.out)?, to })
                });
                self.links = lines.collect();
                self.linked = linked(&self.links);
                same_layout = false;
            }
        }
        if !same_layout {
            self.layout = Some(Arc::clone(&document.layout));
            let spots = &document.layout.spots;
            self.rects = self
                .faces
                .iter()
                .map(|face| {
                    let at = spots.get(&face.id).copied().unwrap_or_default();
                    Rect::from_min_size(pos2(at.x, at.y), face.size())
                })
                .collect();
            self.refold();
            self.set_down();
            self.go_around();
        }
    }

    /// Measures all that is seen.
    fn go_around(&mut self) {
        let cards = self.rects.iter().enumerate().filter(|(card, _)| !self.fold.hides(*card)).map(|(_, rect)| *rect);
        let all = cards.chain(self.things().map(|(_, rect)| rect)).fold(Rect::NOTHING, |all, rect| all.union(rect));
        self.around = all.is_positive().then_some(all);
    }

    /// Counts up with every change of what the cards say or where they are shown.
    pub fn revision(&self) -> u64 {
        self.revision
    }

    /// Shows these cards elsewhere, while they are being moved.
    pub fn lift(&mut self, cards: &[usize], by: Vec2) {
        self.revision += 1;
        self.found_for = None;
        self.shown.clone_from(&self.rects);
        for card in cards {
            self.shown[*card] = self.rects[*card].translate(by);
        }
        self.tuck(cards, by);
        for place in 0..self.links.len() {
            let line = self.links[place];
            if cards.contains(&line.from) || cards.contains(&line.to) {
                self.courses[place] = self.find_course(line);
            }
        }
    }

    /// Shows all cards on their way from where they were, 0 to 1.
    pub fn slide(&mut self, from: &BTreeMap<StepId, Pos2>, part: f32) {
        self.revision += 1;
        self.found_for = None;
        for (place, rect) in self.rects.iter().enumerate() {
            let start = from.get(&self.faces[place].id).copied().unwrap_or(rect.min);
            self.shown[place] = Rect::from_min_size(start.lerp(rect.min, part), rect.size());
        }
        self.tuck(&[], Vec2::ZERO);
        self.courses = self.links.iter().map(|line| self.find_course(*line)).collect();
    }

    /// Shows all cards where they lie.
    pub fn set_down(&mut self) {
        self.revision += 1;
        self.shown.clone_from(&self.rects);
        self.tuck(&[], Vec2::ZERO);
        if self.found_for.as_ref().is_none_or(|(rects, links)| *rects != self.rects || *links != self.links) {
            self.courses = self.links.iter().map(|line| self.find_course(*line)).collect();
            self.found_for = Some((self.rects.clone(), self.links.clone()));
        }
    }

    /// Works out anew what is folded away.
    fn refold(&mut self) {
        let tied = |note: usize| self.place(self.layout().comments[note].step.as_ref()?);
        let fold = Fold::of(&self.rects, self.layout(), tied);
        if fold != self.fold {
            self.fold = fold;
            self.found_for = None;
        }
    }

    /// Hides what is folded away; the blocks of these cards are moved.
    fn tuck(&mut self, moved: &[usize], by: Vec2) {
        self.fold.carry(moved, by);
        self.fold.tuck(&mut self.shown);
        self.solid = if self.fold.is_empty() { Vec::new() } else { self.fold.solid(&self.shown) };
    }

    /// Where a card is shown, or the block that it is in.
    pub fn solid(&self, card: usize) -> Rect {
        self.block_of(card).map_or(self.shown[card], Block::rect)
    }

    fn block_of(&self, card: usize) -> Option<&Block> {
        self.fold.block(self.fold.frame_of(card)?)
    }

    /// Whether links from outside lead to what a block hides, and whether some lead out of it.
    pub fn links_of_block(&self, frame: usize) -> (bool, bool) {
        let is_in = |card: usize| self.fold.frame_of(card) == Some(frame);
        let into = self.links.iter().any(|link| is_in(link.to) && !is_in(link.from));
        (into, self.links.iter().any(|link| is_in(link.from) && !is_in(link.to)))
    }

    /// The frames and notes that are seen, and where; the topmost last. Notes that are tied to a card go where it goes.
    pub fn things(&self) -> impl Iterator<Item = (Thing, Rect)> + '_ {
        let seen = furniture::things(self.layout()).filter(|(thing, _)| !self.fold.hides_thing(*thing));
        seen.map(|(thing, rect)| match thing {
            Thing::Frame(place) => (thing, furniture::shown_rect(&self.layout().frames[place])),
            Thing::Note(place) => {
                let step = self.layout().comments[place].step.as_ref();
                let card = step.and_then(|step| self.place(step)).filter(|card| !self.fold.hides(*card));
                (thing, card.map_or(rect, |card| rect.translate(self.shown[card].min - self.rects[card].min)))
            }
        })
    }

    /// Whether this output leads somewhere.
    pub fn is_linked(&self, card: usize, out: usize) -> bool {
        self.linked.contains_key(&(card, out))
    }

    /// The link that leaves an output of a card.
    pub fn link_from(&self, card: usize, out: usize) -> Option<Line> {
        let link = self.links.get(*self.linked.get(&(card, out))?)?;
        // Where only some links were left, the output still leads on.
        (link.from == card && link.out == out).then_some(*link)
    }

    /// The course of the link at this place, as it is shown.
    pub fn course(&self, link: usize) -> &[Pos2] {
        &self.courses[link].0
    }

    /// The place so far along a link from its beginning, or from its end where it is less than nothing.
    pub fn along(&self, link: usize, far: f32) -> Pos2 {
        let mut course: Vec<Pos2> = self.course(link).to_vec();
        if far < 0.0 {
            course.reverse();
        }
        let mut left = far.abs();
        for ends in course.windows(2) {
            let length = (ends[1] - ends[0]).length();
            if left <= length && length > 0.0 {
                return ends[0].lerp(ends[1], left / length);
            }
            left -= length;
        }
        course.last().copied().unwrap_or_default()
    }

    /// A rectangle around the link at this place.
    pub fn reach(&self, link: usize) -> Rect {
        self.courses[link].1
    }

    /// Whether a link is seen: not where both its ends are in one block.
    pub fn shows(&self, line: Line) -> bool {
        !self.fold.hides(line.from) || self.fold.frame_of(line.from) != self.fold.frame_of(line.to)
    }

    fn find_course(&self, line: Line) -> (Vec<Pos2>, Rect) {
        if !self.shows(line) {
            return (Vec::new(), Rect::NOTHING);
        }
        let (from, to) = (self.output(line.from, line.out), self.input(line.to));
        let (leaves, reaches) = (self.fold.stand_in(line.from), self.fold.stand_in(line.to));
        let ends = Ends { from, to, leaves, reaches, out: line.out };
        let course = route(ends, if self.fold.is_empty() { &self.shown } else { &self.solid });
        let reach = Rect::from_points(&course).expand(8.0);
        (course, reach)
    }

    /// Where the frames and notes lie, and all else.
    pub fn layout(&self) -> &Layout {
        static NONE: Layout = Layout { spots: BTreeMap::new(), frames: Vec::new(), comments: Vec::new() };
        self.layout.as_deref().unwrap_or(&NONE)
    }

    /// Leaves only the links among these cards, and what else `layout` has; the cards themselves keep their places.
    pub fn keep(&mut self, cards: &BTreeSet<usize>, layout: Layout) {
        let kept = self.links.iter().map(|link| cards.contains(&link.from) && cards.contains(&link.to));
        let kept: Vec<bool> = kept.collect();
        let mut places = kept.iter();
        self.links.retain(|_| places.next().is_some_and(|kept| *kept));
        let mut places = kept.iter();
        self.courses.retain(|_| places.next().is_some_and(|kept| *kept));
        self.layout = Some(Arc::new(layout));
        self.refold();
        if self.found_for.is_none() {
            self.set_down();
        }
        self.go_around();
    }

    /// The link within a distance of this place that lies nearest to it.
    pub fn link_near(&self, at: Pos2, within: f32) -> Option<usize> {
        let near = (0..self.links.len()).filter(|link| self.reach(*link).expand(within).contains(at));
        let measured = near.map(|link| (link, link::distance(self.course(link), at)));
        let nearest = measured.min_by(|a, b| a.1.total_cmp(&b.1));
        nearest.filter(|(_, distance)| *distance <= within).map(|(place, _)| place)
    }

    /// The place of a step in the funnel's order.
    pub fn place(&self, id: &StepId) -> Option<usize> {
        self.index.get(id).copied()
    }

    /// Where a step's card lies.
    pub fn rect(&self, id: &StepId) -> Option<Rect> {
        self.place(id).map(|place| self.rects[place])
    }

    /// Where an output of a card lies, or where links leave the block that it is in.
    pub fn output(&self, card: usize, out: usize) -> Pos2 {
        if let Some(block) = self.block_of(card) {
            return block.output();
        }
        self.shown[card].min + self.faces[card].output_at(out)
    }

    /// Where the input of a card lies, or where links reach the block that it is in.
    pub fn input(&self, card: usize) -> Pos2 {
        if let Some(block) = self.block_of(card) {
            return block.input();
        }
        self.shown[card].min + vec2(0.0, PORT_Y)
    }

    /// The link that leaves this output.
    pub fn link_at(&self, from: &StepId, out: &Output) -> Option<Line> {
        let from = self.place(from)?;
        let out = self.faces[from].place_of(out)?;
        self.link_from(from, out)
    }

    /// The output that a link leaves by.
    pub fn output_of(&self, link: Line) -> (StepId, Output) {
        let face = &self.faces[link.from];
        (face.id.clone(), face.outputs[link.out].0.clone())
    }

    /// Around all cards, frames and comments that are seen; `None` of an empty canvas.
    pub fn bounds(&self) -> Option<Rect> {
        self.around
    }

    /// The topmost card at this place.
    pub fn card_at(&self, at: Pos2) -> Option<usize> {
        self.shown.iter().rposition(|rect| rect.contains(at))
    }

    /// A place near this one where a card of this height lies on no other.
    pub fn free_spot(&self, wanted: Pos2, height: f32) -> Point {
        let mut at = snapped(wanted);
        for _ in 0..200 {
            let card = Rect::from_min_size(at, vec2(WIDTH, height)).expand(8.0);
            let Some(other) = self.rects.iter().find(|rect| rect.intersects(card)) else { break };
            at = snapped(pos2(at.x, other.bottom() + 28.0));
        }
        Point { x: at.x, y: at.y }
    }
}

/// By which link each output leads on.
fn linked(links: &[Line]) -> BTreeMap<(usize, usize), usize> {
    links.iter().enumerate().map(|(place, link)| ((link.from, link.out), place)).collect()
}

/// The distance of the dots that cards keep to.
pub const SNAP: f32 = 20.0;

/// The nearest place that cards keep to.
pub fn snapped(at: Pos2) -> Pos2 {
    pos2((at.x / SNAP).round() * SNAP, (at.y / SNAP).round() * SNAP)
}

/// A rectangle of the model as one of the screen's kind.
pub fn rect_of(at: Point, size: Vec2) -> Rect {
    Rect::from_min_size(pos2(at.x, at.y), size)
}
