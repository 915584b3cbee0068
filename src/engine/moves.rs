//! What each step does to a line: the moves of the search.

use std::rc::Rc;
use std::sync::Arc;

use crate::model::Wait;

use super::calendar::Place;
use super::clock::WEEK;
use super::machine::{Act, Consent};
use super::plan::MONDAY;
use super::reach::{Back, Era, Facts, Shape, Source, Taken};
use super::search::Search;

impl Search {
    /// Follows a line along every move that its step allows.
    pub fn post(&mut self, id: u32) {
        let line = self.reach.lines[id as usize];
        let (facts, all) = (line.facts, (line.first, line.last));
        let machine = Arc::clone(&self.reach.machine);
        match &machine.acts[line.step] {
            Act::Enter { .. } | Act::Send => self.pass(id, 0, 0, facts, all),
            Act::Wait(Wait::For(length)) => self.pass(id, 0, length.0, facts, all),
            Act::Wait(wait) => self.wait(id, wait),
            Act::Ask(question) => {
                if question.can_be_answered() {
                    for (option, (possible, effect)) in question.options.iter().enumerate() {
                        if *possible {
                            let facts = Facts { consent: facts.consent.after(*effect), ..facts };
                            self.answer(id, option, question.soonest, question.latest, facts);
                        }
                    }
                }
                if let (Some(timeout), true) = (question.timeout, question.may_be_silent) {
                    self.pass(id, question.options.len(), timeout, facts, all);
                }
            }
            Act::IfWindowOpen => {
                let open = self.reach.machine.window - 1;
                match line.shape {
                    Shape::Diagonal(_, since) => self.pass(id, usize::from(since > open), 0, facts, all),
                    Shape::Level(..) | Shape::Since => {
                        self.pass(id, 0, 0, facts, (line.first, line.last.min(open)));
                        self.pass(id, 1, 0, facts, (line.first.max(open + 1), line.last));
                    }
                    _ => self.pass(id, 1, 0, facts, all),
                }
            }
            Act::IfOptedIn => self.pass(id, usize::from(facts.consent != Consent::Given), 0, facts, all),
            Act::Split(weights) => {
                let weighted = weights.iter().any(|weight| *weight > 0.0);
                for (out, weight) in weights.iter().enumerate() {
                    if *weight > 0.0 || !weighted {
                        self.pass(id, out, 0, facts, all);
                    }
                }
            }
            Act::IfAttribute { attribute, some, others, .. } => {
                let slot = self.plan.slots[*attribute];
                let known = slot.map_or(0, |slot| facts.attributes >> (2 * slot) & 3);
                for (out, possible) in [*some, *others].into_iter().enumerate() {
                    let value = out as u64 + 1;
                    if (known == 0 && possible) || known == value {
                        let attributes = facts.attributes | slot.map_or(0, |slot| value << (2 * slot));
                        self.pass(id, out, 0, Facts { attributes, ..facts }, all);
                    }
                }
            }
            Act::Exit(_) => {}
        }
    }

    /// A part of a line goes on after a fixed time.
    fn pass(&mut self, id: u32, out: usize, length: i64, facts: Facts, (first, last): (i64, i64)) {
        use Shape::{Diagonal, Level, Since, Stale, StaleAtAnyTime, Unheard, UnheardAtAnyTime};
        if first > last {
            return;
        }
        let shift = match self.reach.lines[id as usize].shape {
            UnheardAtAnyTime | StaleAtAnyTime => 0,
            _ => length,
        };
        let shape = match self.reach.lines[id as usize].shape {
            Diagonal(era, since) => Diagonal(era, since + length),
            Level(era, now) => Level(era, now + length),
            shape @ (Unheard(_) | Stale(_) | Since | UnheardAtAnyTime | StaleAtAnyTime) => shape,
        };
        self.go(
            id,
            out,
            facts,
            shape,
            (first + shift, last + shift, Back::Shift(shift)),
            Taken { min: length, max: Some(length) },
        );
    }

    /// Answers come from `soonest` to `latest` after a line.
    fn answer(&mut self, id: u32, out: usize, soonest: i64, latest: Option<i64>, facts: Facts) {
        let line = self.reach.lines[id as usize];
        let taken = Taken { min: soonest, max: latest };
        let (era, now) = match line.shape {
            Shape::Level(era, now) => (era, (now, now)),
            Shape::Diagonal(era, _) | Shape::Unheard(era) | Shape::Stale(era) => (era, (line.first, line.last)),
            Shape::Since | Shape::UnheardAtAnyTime | Shape::StaleAtAnyTime => {
                return self.go(id, out, facts, Shape::Since, (0, 0, Back::Any(line.first, line.last)), taken);
            }
        };
        let first = now.0 + soonest;
        let last = match (latest, era, self.reach.timing.repeats) {
            (Some(latest), ..) => now.1 + latest,
            // Without bound: every later moment of the first era, and every moment of a week after it.
            (None, Era::First, None) => first.max(self.reach.timing.era.end) + WEEK,
            (None, ..) => first + WEEK,
        };
        let back = Back::Answer { shift: 0, first: line.first, last: line.last };
        self.go(id, out, facts, Shape::Diagonal(era, 0), (first, last, back), taken);
    }

    /// A line meets a calendar wait.
    fn wait(&mut self, id: u32, wait: &Wait) {
        let line = self.reach.lines[id as usize];
        let (era, now) = match line.shape {
            Shape::Level(era, now) => (era, (now, now)),
            Shape::Diagonal(era, _) | Shape::Unheard(era) | Shape::Stale(era) => (era, (line.first, line.last)),
            // A calendar wait is ahead of itself, so `now` is known here.
            Shape::Since | Shape::UnheardAtAnyTime | Shape::StaleAtAnyTime => return,
        };
        let (place, range) = match (era, self.reach.timing.repeats) {
            (Era::First, _) => (self.reach.timing.place, self.reach.timing.era.clone()),
            (Era::Later, _) => (Place::OrdinaryWeeks, MONDAY..MONDAY + WEEK),
        };
        let pieces =
            self.pieces.entry((line.step, era)).or_insert_with(|| place.pieces(wait, range).unwrap_or_default().into());
        let pieces = Rc::clone(pieces);
        let begin = pieces.partition_point(|piece| piece.last < now.0);
        for piece in pieces[begin..].iter().take_while(|piece| piece.first <= now.1) {
            let (early, late) = (now.0.max(piece.first), now.1.min(piece.last));
            let Some(until) = piece.until else {
                let part = if let Shape::Level(..) = line.shape { (line.first, line.last) } else { (early, late) };
                self.pass(id, 0, 0, line.facts, part);
                continue;
            };
            let taken = Taken { min: until - late, max: Some(until - early) };
            let (shape, part) = match line.shape {
                Shape::Diagonal(_, since) => {
                    let sum = since + until;
                    (Shape::Level(era, until), (sum - late, sum - early, Back::Flip(sum)))
                }
                Shape::Level(_, now) => {
                    let waited = until - now;
                    (Shape::Level(era, until), (line.first + waited, line.last + waited, Back::Shift(waited)))
                }
                shape => (shape, (until, until, Back::Any(early, late))),
            };
            self.go(id, 0, line.facts, shape, part, taken);
        }
    }

    fn go(&mut self, id: u32, out: usize, facts: Facts, shape: Shape, (first, last, back): (i64, i64, Back), taken: Taken) {
        let step = self.reach.lines[id as usize].step;
        let known = &mut self.reach.taken[step][out];
        *known = Some(known.map_or(taken, |known| Taken {
            min: known.min.min(taken.min),
            max: known.max.zip(taken.max).map(|(known, taken)| known.max(taken)),
        }));
        if let Some(next) = self.reach.machine.targets[step][out] {
            let part = Source { first, last, parent: Some(id), out: out as u32, back };
            self.arrive(next, facts, shape, part);
        }
    }
}
