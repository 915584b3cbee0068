//! What each step does to a line: the moves of the search.

use std::rc::Rc;

use crate::model::Wait;

use super::calendar::{Piece, Place};
use super::changes::Change;
use super::clock::WEEK;
use super::machine::{Act, Consent, Machine, StepIndex, possible};
use super::plan::{CALENDAR_AHEAD, MONDAY, Plan};
use super::reach::{Back, Era, Facts, Line, LineId, Part, Shape, Source, Taken};
use super::search::Search;

/// A line that is followed, and by what.
pub struct From<'a> {
    /// Its name.
    pub id: LineId,
    /// The line.
    pub line: Line,
    /// The table that is followed.
    pub machine: &'a Machine,
    /// How it is followed.
    pub plan: &'a Plan,
}

impl From<'_> {
    /// The kinds of clock change that may come while a person leaves the line. Where the move takes the same time whatever
    /// the clocks do, it only matters if the calendar is asked beyond this output.
    fn next_changes(&self, alike_by: Option<usize>) -> impl Iterator<Item = (u8, &Change, i64)> {
        let timing = &self.plan.timing;
        let asked = |out: usize| self.machine.targets[self.line.step][out].map(|to| self.plan.ahead[to] & CALENDAR_AHEAD);
        let matters = || alike_by.is_none_or(|out| asked(out).is_some_and(|asked| asked != 0));
        let period = timing
            .repeats
            .filter(|_| self.line.shape.era() == Some(Era::First) && !timing.changes.kinds.is_empty() && matters());
        let kinds = timing.changes.kinds.iter().enumerate();
        kinds.filter_map(move |(kind, change)| Some((kind as u8, change, period?)))
    }
}

impl Search {
    /// Follows a line along every move that its step allows.
    pub fn post(&mut self, from: &From<'_>) {
        let line = &from.line;
        let (facts, all) = (line.facts, (line.first, line.last));
        match &from.machine.acts[line.step] {
            Act::Enter { .. } | Act::Send => self.pass(from, 0, 0, facts, all),
            Act::Wait(Wait::For(length)) => self.pass(from, 0, length.0, facts, all),
            Act::Wait(wait) => self.wait(from, wait),
            Act::Ask(question) => {
                if question.can_be_answered() {
                    for (option, (possible, effect)) in question.options.iter().enumerate() {
                        if *possible {
                            let facts = Facts { consent: facts.consent.after(*effect), ..facts };
                            self.answer(from, option, question.soonest, question.latest, facts);
                        }
                    }
                }
                if let (Some(timeout), true) = (question.timeout, question.may_be_silent) {
                    self.pass(from, question.options.len(), timeout, facts, all);
                }
            }
            Act::IfWindowOpen => {
                let open = from.machine.window - 1;
                match line.shape {
                    Shape::Diagonal(_, since) => self.pass(from, usize::from(since > open), 0, facts, all),
                    Shape::Level(..) | Shape::Since => {
                        self.pass(from, 0, 0, facts, (line.first, line.last.min(open)));
                        self.pass(from, 1, 0, facts, (line.first.max(open + 1), line.last));
                    }
                    _ => self.pass(from, 1, 0, facts, all),
                }
            }
            Act::IfOptedIn => self.pass(from, usize::from(facts.consent != Consent::Given), 0, facts, all),
            Act::Split(weights) => {
                for (out, _) in possible(weights).enumerate().filter(|(_, possible)| *possible) {
                    self.pass(from, out, 0, facts, all);
                }
            }
            Act::IfAttribute { attribute, some, others, .. } => {
                let slot = from.plan.slots[*attribute];
                let known = slot.map_or(0, |slot| facts.attributes >> (2 * slot) & 3);
                for (out, possible) in [*some, *others].into_iter().enumerate() {
                    let value = out as u64 + 1;
                    if (known == 0 && possible) || known == value {
                        let attributes = facts.attributes | slot.map_or(0, |slot| value << (2 * slot));
                        self.pass(from, out, 0, Facts { attributes, ..facts }, all);
                    }
                }
            }
            Act::Exit(_) => {}
        }
    }

    /// A part of a line goes on after a fixed time.
    fn pass(&mut self, from: &From<'_>, out: usize, length: i64, facts: Facts, (first, last): (i64, i64)) {
        use Shape::{Diagonal, Level, Since, Stale, StaleAtAnyTime, Unheard, UnheardAtAnyTime};
        if first > last {
            return;
        }
        let line_shape = from.line.shape;
        let shift = match line_shape {
            UnheardAtAnyTime | StaleAtAnyTime => 0,
            _ => length,
        };
        let shape = match line_shape {
            Diagonal(era, since) => Diagonal(era, since + length),
            Level(era, now) => Level(era, now + length),
            shape @ (Unheard(_) | Stale(_) | Since | UnheardAtAnyTime | StaleAtAnyTime) => shape,
        };
        let taken = Taken { min: length, max: Some(length) };
        self.go(from, out, facts, shape, (first + shift, last + shift, Back::Shift(shift)), taken);
        for (kind, change, period) in from.next_changes(Some(out)) {
            let past = Era::Near(kind);
            match line_shape {
                Level(_, now) => {
                    for (_, _, at) in change.before(now, now, period).filter(|part| now + length >= part.2) {
                        let numbers = (first + length, last + length, Back::Shift(length));
                        self.go(from, out, facts, Level(past, now + length - at), numbers, taken);
                    }
                }
                _ => {
                    for (first, last, at) in change.before(first, last, period) {
                        let (first, shift) = (first.max(at - length), length - at);
                        let numbers = (first + shift, last + shift, Back::Shift(shift));
                        self.go(from, out, facts, shape.in_era(past), numbers, taken);
                    }
                }
            }
        }
    }

    /// Answers come from `soonest` to `latest` after a line.
    fn answer(&mut self, from: &From<'_>, out: usize, soonest: i64, latest: Option<i64>, facts: Facts) {
        let line = &from.line;
        let taken = Taken { min: soonest, max: latest };
        let (era, now) = match line.shape {
            Shape::Level(era, now) => (era, (now, now)),
            Shape::Diagonal(era, _) | Shape::Unheard(era) | Shape::Stale(era) => (era, (line.first, line.last)),
            Shape::Since | Shape::UnheardAtAnyTime | Shape::StaleAtAnyTime => {
                return self.go(from, out, facts, Shape::Since, (0, 0, Back::Any(line.first, line.last)), taken);
            }
        };
        let Some(latest) = latest else { return self.answer_at_last(from, out, soonest, facts, era, now) };
        let back = Back::Answer { shift: 0, first: line.first, last: line.last };
        self.go(from, out, facts, Shape::Diagonal(era, 0), (now.0 + soonest, now.1 + latest, back), taken);
        for (kind, change, period) in from.next_changes(Some(out)) {
            for (early, late, at) in change.before(now.0, now.1, period) {
                let (asked_first, asked_last) =
                    if let Shape::Level(..) = line.shape { (line.first, line.last) } else { (early, late) };
                let back = Back::Answer { shift: -at, first: asked_first, last: asked_last };
                let (first, last) = (at.max(early + soonest) - at, late + latest - at);
                self.go(from, out, facts, Shape::Diagonal(Era::Near(kind), 0), (first, last, back), taken);
            }
        }
    }

    /// Answers come as late as they like, from `soonest` on.
    fn answer_at_last(&mut self, from: &From<'_>, out: usize, soonest: i64, facts: Facts, era: Era, now: (i64, i64)) {
        let line = &from.line;
        let taken = Taken { min: soonest, max: None };
        let any = Back::Any(line.first, line.last);
        let answered = Back::Answer { shift: 0, first: line.first, last: line.last };
        let first = now.0 + soonest;
        let (era, first, last, back) = match (era, self.reach.timing.repeats) {
            // Every later moment of the first era, and every moment of a week after it.
            (Era::First, None) => (era, first, first.max(self.reach.timing.era.end) + WEEK, answered),
            (Era::First | Era::Later, _) => (era, first, first + WEEK, answered),
            // Every moment of an ordinary week, whatever the clocks do in between.
            (Era::After(_) | Era::Near(_), _) => (Era::First, MONDAY, MONDAY + WEEK, any),
        };
        self.go(from, out, facts, Shape::Diagonal(era, 0), (first, last, back), taken);
        for (kind, change) in from.plan.timing.changes.kinds.iter().enumerate() {
            self.go(from, out, facts, Shape::Diagonal(Era::Near(kind as u8), 0), (0, change.near - 1, any), taken);
        }
    }

    /// A line meets a calendar wait.
    fn wait(&mut self, from: &From<'_>, wait: &Wait) {
        let line = &from.line;
        let (era, now) = match line.shape {
            Shape::Level(era, now) => (era, (now, now)),
            Shape::Diagonal(era, _) | Shape::Unheard(era) | Shape::Stale(era) => (era, (line.first, line.last)),
            // A calendar wait is ahead of itself, so `now` is known here.
            Shape::Since | Shape::UnheardAtAnyTime | Shape::StaleAtAnyTime => return,
        };
        let pieces = self.pieces_of(line.step, wait, era);
        self.meet(from, &pieces, era, now, 0);
        for (kind, change, period) in from.next_changes(None) {
            let past = Era::Near(kind);
            let pieces = self.pieces_of(line.step, wait, past);
            for (early, late, at) in change.before(now.0, now.1, period) {
                self.meet(from, &pieces, past, (early, late), at);
            }
        }
    }

    /// What a calendar wait does in an era. Where the clocks change on the way, that era counts from the change, which is
    /// `at` on the clock of the line.
    fn meet(&mut self, from: &From<'_>, pieces: &[Piece], era: Era, now: (i64, i64), at: i64) {
        let line = &from.line;
        let changing = line.shape.era() != Some(era);
        let begin = pieces.partition_point(|piece| piece.last + at < now.0);
        for piece in pieces[begin..].iter().take_while(|piece| piece.first + at <= now.1) {
            let (early, late) = (now.0.max(piece.first + at), now.1.min(piece.last + at));
            let Some(until) = piece.until else {
                if !changing {
                    let part = if let Shape::Level(..) = line.shape { (line.first, line.last) } else { (early, late) };
                    self.pass(from, 0, 0, line.facts, part);
                }
                continue;
            };
            // What ends before the change is no different from any week.
            if changing && until < 0 {
                continue;
            }
            let taken = Taken { min: until + at - late, max: Some(until + at - early) };
            let (shape, part) = match line.shape {
                Shape::Diagonal(_, since) => {
                    let sum = since + until + at;
                    (Shape::Level(era, until), (sum - late, sum - early, Back::Flip(sum)))
                }
                Shape::Level(_, now) => {
                    let waited = until + at - now;
                    (Shape::Level(era, until), (line.first + waited, line.last + waited, Back::Shift(waited)))
                }
                shape => (shape.in_era(era), (until, until, Back::Any(early, late))),
            };
            self.go(from, 0, line.facts, shape, part, taken);
        }
    }

    /// The pieces of a calendar wait in an era, made when first needed.
    fn pieces_of(&mut self, step: StepIndex, wait: &Wait, era: Era) -> Rc<[Piece]> {
        // After a change weeks are as ordinary as before it.
        let era = if let Era::After(_) = era { Era::First } else { era };
        let (timing, clock) = (&self.reach.timing, self.reach.machine.place());
        let pieces = self.pieces.entry((step, era)).or_insert_with(|| {
            let pieces = match era {
                Era::First | Era::After(_) => timing.place.pieces(wait, timing.era.clone()),
                Era::Later => Place::OrdinaryWeeks.pieces(wait, MONDAY..MONDAY + WEEK),
                Era::Near(kind) => {
                    let change = &timing.changes.kinds[usize::from(kind)];
                    let at = change.instants[0];
                    let real = clock.pieces(wait, at - timing.repeats.unwrap_or(WEEK)..at + change.near);
                    let since_change = |piece: Piece| Piece {
                        first: piece.first - at,
                        last: piece.last - at,
                        until: piece.until.map(|until| until - at),
                    };
                    real.map(|pieces| pieces.into_iter().map(since_change).collect())
                }
            };
            pieces.unwrap_or_default().into()
        });
        Rc::clone(pieces)
    }

    fn go(
        &mut self,
        from: &From<'_>,
        out: usize,
        facts: Facts,
        shape: Shape,
        (first, last, back): (i64, i64, Back),
        taken: Taken,
    ) {
        let line = &from.line;
        let known = &mut self.reach.taken[line.step][out];
        *known = Some(known.map_or(taken, |known| Taken {
            min: known.min.min(taken.min),
            max: known.max.zip(taken.max).map(|(known, taken)| known.max(taken)),
        }));
        let Some(next) = from.machine.targets[line.step][out].filter(|next| !self.is_kept(*next)) else { return };
        let changed = match (line.shape.era(), shape.era(), taken.max) {
            (Some(Era::First), Some(Era::Near(kind)), Some(_)) => Some(kind),
            _ => None,
        };
        let (age, sure) = match (line.shape.era(), shape.era(), taken.max) {
            // Whoever answers when they like comes to whatever week they like.
            (_, Some(_), None) => (0, true),
            (Some(before), Some(_), Some(longest)) => {
                let age = line.age.saturating_add(longest);
                let exists = before.is_past_change() || age <= self.reach.timing.changes.sure;
                let sure = line.sure && (exists || self.reach.timing.changes.kinds.is_empty());
                (if changed.is_some() { longest } else { age }, sure)
            }
            _ => (line.age, line.sure),
        };
        let source = Source { first, last, parent: Some(from.id), out: out as u32, back, changed };
        self.arrive(next, facts, shape, Part { source, age, sure });
    }
}
