//! What each step does to people: the moves of the walk.

use std::collections::BTreeMap;
use std::rc::Rc;

use super::answers::{Answers, in_time};
use super::spread::{Part, joined, scaled, total};
use super::walk::{FAINT, Lines, TooMuch, Walk};
use crate::engine::calendar::Place;
use crate::engine::clock::{DAY, WEEK};
use crate::engine::machine::{Act, Consent, StepIndex};
use crate::engine::plan::MONDAY;
use crate::engine::reach::{Era, Facts, Shape};
use crate::model::{Reply, Wait};

/// Where all weeks are alike, answers are followed for so long one by one; what comes later comes at any time.
const LONGEST_ANSWER: i64 = 28 * DAY;
/// So many products of numbers are as much work as one part.
const PRODUCTS: usize = 16;

impl Walk<'_> {
    /// Follows people along every move that their step allows.
    pub(super) fn post(&mut self, step: StepIndex, facts: Facts, lines: Lines) -> Result<(), TooMuch> {
        let machine = self.machine;
        match &machine.acts[step] {
            Act::Enter { .. } => self.pass_all(step, 0, facts, &lines, 0, 1.0),
            Act::Send => {
                self.note(step, &lines);
                self.pass_all(step, 0, facts, &lines, 0, 1.0);
            }
            Act::Wait(Wait::For(length)) => self.pass_all(step, 0, facts, &lines, length.0, 1.0),
            Act::Wait(wait) => {
                for (shape, parts) in lines {
                    self.wait(step, facts, wait, shape, &parts);
                }
            }
            Act::Ask(question) => {
                self.note(step, &lines);
                let reply = self.funnel.steps[step].message().and_then(|message| message.reply.as_ref());
                let Some(reply) = reply else { return Ok(()) };
                let chance = if reply.options.is_empty() { 0.0 } else { reply.chance };
                if let Some(timeout) = question.timeout {
                    let silent = 1.0 - chance * in_time(reply);
                    self.pass_all(step, question.options.len(), facts, &lines, timeout, silent);
                }
                self.answer(step, facts, reply, chance, &lines)?;
            }
            Act::IfWindowOpen => {
                for (shape, parts) in lines {
                    let (open, closed) = self.parted(shape, parts);
                    self.pass(step, 0, facts, shape, &open, 0, 1.0);
                    self.pass(step, 1, facts, shape, &closed, 0, 1.0);
                }
            }
            Act::IfOptedIn => {
                self.pass_all(step, usize::from(facts.consent != Consent::Given), facts, &lines, 0, 1.0);
            }
            Act::Split(weights) => {
                for (out, share) in shares(weights).enumerate() {
                    self.pass_all(step, out, facts, &lines, 0, share);
                }
            }
            Act::IfAttribute { attribute, share, .. } => {
                let slot = self.plan.slots[*attribute];
                let known = slot.map_or(0, |slot| facts.attributes >> (2 * slot) & 3);
                for (out, share) in [*share, 1.0 - *share].into_iter().enumerate() {
                    let value = out as u64 + 1;
                    let share = if known == 0 { share } else { f64::from(u8::from(known == value)) };
                    let attributes = facts.attributes | slot.map_or(0, |slot| value << (2 * slot));
                    self.pass_all(step, out, Facts { attributes, ..facts }, &lines, 0, share);
                }
            }
            Act::Exit(_) => {}
        }
        Ok(())
    }

    /// Those for whom the window is open, and those for whom it is closed.
    fn parted(&self, shape: Shape, parts: Vec<Part>) -> (Vec<Part>, Vec<Part>) {
        let open = self.machine.window - 1;
        match shape {
            Shape::Diagonal(_, since) if since <= open => (parts, Vec::new()),
            Shape::Level(..) | Shape::Since => (
                parts.iter().filter_map(|part| part.between(i64::MIN, open)).collect(),
                parts.iter().filter_map(|part| part.between(open + 1, i64::MAX)).collect(),
            ),
            _ => (Vec::new(), parts),
        }
    }

    /// Notes who is at a step that sends.
    fn note(&mut self, step: StepIndex, lines: &Lines) {
        let open = self.machine.window - 1;
        let found = &mut self.found[step];
        for (shape, parts) in lines {
            let people = total(parts);
            found.visits += people;
            match shape {
                Shape::Diagonal(_, since) => found.since.push(Part::at(*since, people)),
                Shape::Level(..) | Shape::Since => found.since.extend(parts),
                Shape::Unheard(_) | Shape::UnheardAtAnyTime => found.unheard += people,
                Shape::Stale(_) | Shape::StaleAtAnyTime => found.stale += people,
            }
            found.inside += match shape {
                Shape::Diagonal(_, since) if *since <= open => people,
                Shape::Level(..) | Shape::Since => {
                    parts.iter().filter_map(|part| part.between(i64::MIN, open)).map(|part| part.share).sum()
                }
                _ => 0.0,
            };
        }
    }

    fn pass_all(&mut self, step: StepIndex, out: usize, facts: Facts, lines: &Lines, length: i64, share: f64) {
        for (shape, parts) in lines {
            self.pass(step, out, facts, *shape, parts, length, share);
        }
    }

    /// A share of some people goes on after a fixed time.
    #[allow(clippy::too_many_arguments)]
    fn pass(&mut self, step: StepIndex, out: usize, facts: Facts, shape: Shape, parts: &[Part], length: i64, share: f64) {
        use Shape::{Diagonal, Level, Since, Stale, StaleAtAnyTime, Unheard, UnheardAtAnyTime};
        let Some(next) = self.machine.targets[step].get(out).copied().flatten() else { return };
        if share <= 0.0 || parts.is_empty() {
            return;
        }
        let (shape, shift) = match shape {
            Diagonal(era, since) => (Diagonal(era, since + length), length),
            Level(era, now) => (Level(era, now + length), length),
            Unheard(_) | Stale(_) | Since => (shape, length),
            UnheardAtAnyTime | StaleAtAnyTime => (shape, 0),
        };
        let parts = scaled(parts, share).into_iter().map(|part| part.shifted(shift)).collect();
        self.arrive(next, facts, shape, parts);
    }

    /// People meet a calendar wait.
    fn wait(&mut self, step: StepIndex, facts: Facts, wait: &Wait, shape: Shape, parts: &[Part]) {
        let Some(next) = self.machine.targets[step].first().copied().flatten() else { return };
        let era = match shape {
            Shape::Level(era, _) | Shape::Diagonal(era, _) | Shape::Unheard(era) | Shape::Stale(era) => era,
            // A calendar wait is ahead of itself, so `now` is known here.
            Shape::Since | Shape::UnheardAtAnyTime | Shape::StaleAtAnyTime => return,
        };
        let (place, range) = match era {
            Era::First => (self.frame.timing.place, self.frame.timing.era.clone()),
            Era::Later | Era::Near(_) | Era::After(_) => (Place::OrdinaryWeeks, MONDAY..MONDAY + WEEK),
        };
        let pieces = self.pieces.entry((step, era)).or_insert_with(|| place.pieces(wait, range).unwrap_or_default().into());
        let pieces = Rc::clone(pieces);
        let from = |now: i64| pieces.partition_point(|piece| piece.last < now);
        if let Shape::Level(_, now) = shape {
            let Some(piece) = pieces.get(from(now)) else { return };
            let then = piece.until.unwrap_or(now);
            let waited = parts.iter().map(|part| part.shifted(then - now)).collect();
            return self.arrive(next, facts, Shape::Level(era, then), waited);
        }
        let mut passed = Vec::new();
        let mut waited: BTreeMap<i64, Vec<Part>> = BTreeMap::new();
        for part in parts {
            for piece in pieces[from(part.first)..].iter().take_while(|piece| piece.first <= part.last) {
                let Some(met) = part.between(piece.first, piece.last) else { continue };
                match (piece.until, shape) {
                    (None, _) => passed.push(met),
                    (Some(until), Shape::Diagonal(_, since)) => {
                        let sum = since + until;
                        let since = Part { first: sum - met.last, last: sum - met.first, share: met.share };
                        waited.entry(until).or_default().push(since);
                    }
                    (Some(until), _) => waited.entry(until).or_default().push(Part::at(until, met.share)),
                }
            }
        }
        self.arrive(next, facts, shape, passed);
        for (until, parts) in waited {
            let shape = if let Shape::Diagonal(..) = shape { Shape::Level(era, until) } else { shape };
            self.arrive(next, facts, shape, parts);
        }
    }

    /// People answer a question; each answer is an inbound.
    fn answer(&mut self, step: StepIndex, facts: Facts, reply: &Reply, chance: f64, lines: &Lines) -> Result<(), TooMuch> {
        if chance <= 0.0 {
            return Ok(());
        }
        let mut asked: BTreeMap<Era, Vec<Part>> = BTreeMap::new();
        let mut at_any_time = 0.0;
        for (shape, parts) in lines {
            match shape {
                Shape::Level(era, now) => asked.entry(*era).or_default().push(Part::at(*now, total(parts))),
                Shape::Diagonal(era, _) | Shape::Unheard(era) | Shape::Stale(era) => {
                    asked.entry(*era).or_default().extend(parts);
                }
                Shape::Since | Shape::UnheardAtAnyTime | Shape::StaleAtAnyTime => at_any_time += total(parts),
            }
        }
        let mut answered: Vec<(Shape, Vec<Part>)> = Vec::new();
        if at_any_time > 0.0 {
            answered.push((Shape::Since, vec![Part::at(0, at_any_time * in_time(reply))]));
        }
        for (era, asked) in asked {
            answered.extend(self.answers_of(reply, era, joined(asked))?);
        }
        let weights: Vec<f64> = reply.options.iter().map(|option| option.share).collect();
        let effects: Vec<_> = reply.options.iter().map(|option| option.effect).collect();
        for (out, share) in shares(&weights).enumerate() {
            let facts = Facts { consent: facts.consent.after(effects[out]), ..facts };
            for (shape, parts) in &answered {
                self.pass(step, out, facts, *shape, parts, 0, share * chance);
            }
        }
        Ok(())
    }

    /// When people answer who are asked at these moments.
    fn answers_of(&mut self, reply: &Reply, era: Era, asked: Vec<Part>) -> Result<Vec<(Shape, Vec<Part>)>, TooMuch> {
        let known = self.answers.iter().position(|(of, answers)| *of == era && answers.is_of(reply));
        let place = known.unwrap_or_else(|| {
            let period = self.frame.period(era);
            let era_length = self.frame.timing.era.end - self.frame.timing.era.start;
            let longest = if period.is_some() { LONGEST_ANSWER } else { era_length };
            self.answers.push((era, Answers::new(reply, self.cell, longest, period)));
            self.answers.len() - 1
        });
        let answered = self.answers[place].1.to(&asked);
        self.work += answered.work / PRODUCTS;
        if self.work > self.most_work {
            return Err(TooMuch);
        }
        self.cut |= answered.work > 0;
        let mut lines = vec![(Shape::Diagonal(era, 0), answered.parts)];
        if answered.later > FAINT {
            // So late an answer comes at any time of the week.
            let (era, period) = match self.frame.period(era) {
                Some(period) => (era, period),
                None => {
                    self.late += answered.later;
                    (Era::Later, WEEK)
                }
            };
            let any = Part { first: MONDAY, last: MONDAY + period - 1, share: answered.later };
            lines.push((Shape::Diagonal(era, 0), vec![any]));
        }
        Ok(lines)
    }
}

/// Weights as shares of one; where nothing has a weight, all are alike.
fn shares(weights: &[f64]) -> impl Iterator<Item = f64> {
    let whole: f64 = weights.iter().sum();
    let alike = 1.0 / weights.len() as f64;
    weights.iter().map(move |weight| if whole > 0.0 { weight / whole } else { alike })
}
