//! Everybody at once: the people of the crowd as shares on the lines of the proof, from the entries along every move.
//!
//! The moves are those of `moves.rs`, and ask the same machine; only that nothing is forgotten here which was reached
//! before, since it counts as often as it happens. All of them are exact to the second but for answers (`answers.rs`).

use std::collections::BTreeMap;
use std::rc::Rc;

use super::answers::{Answers, in_time};
use super::spread::{Part, in_cells, joined, scaled, total};
use super::timing::Frame;
use crate::engine::calendar::{Piece, Place};
use crate::engine::clock::{DAY, WEEK};
use crate::engine::graph::Graph;
use crate::engine::machine::{Act, Consent, Machine, StepIndex};
use crate::engine::plan::{CALENDAR_AHEAD, CONSENT_AHEAD, MONDAY, Plan};
use crate::engine::reach::{Era, Facts, Shape};
use crate::model::{Funnel, Reply, Wait};

/// Fewer people than this are not followed any further.
const FAINT: f64 = 1e-13;
/// People who come back to a step so often are not followed any further.
const MOST_ROUNDS: u32 = 2_000;
/// So many parts of one line are always kept as they are.
const FEW_PARTS: usize = 256;
/// The longest that is told of since the last inbound, in windows: whoever is beyond it is past all telling.
const LONGEST_TOLD: i64 = 14;
/// Where all weeks are alike, answers are followed for so long one by one; what comes later comes at any time.
const LONGEST_ANSWER: i64 = 28 * DAY;
/// So many products of numbers are as much work as one part.
const PRODUCTS: usize = 16;

type Lines = BTreeMap<Shape, Vec<Part>>;

/// What comes to one step.
#[derive(Debug, Clone, Default)]
pub struct Found {
    /// How often it is reached, for each person who enters.
    pub visits: f64,
    /// How often with the window open.
    pub inside: f64,
    /// How often before any inbound.
    pub unheard: f64,
    /// How often so long after the last inbound that it is past telling.
    pub stale: f64,
    /// The time since the last inbound of all others.
    pub since: Vec<Part>,
}

/// People on their way.
pub struct Walk<'a> {
    funnel: &'a Funnel,
    machine: &'a Machine,
    plan: &'a Plan,
    frame: &'a Frame,
    cell: i64,
    pending: BTreeMap<(u32, Facts), Lines>,
    pieces: BTreeMap<(StepIndex, Era), Rc<[Piece]>>,
    answers: Vec<(Era, Answers)>,
    rounds: BTreeMap<(u32, Facts), u32>,
    /// What came to each step that sends.
    pub found: Vec<Found>,
    /// How many were lost on the way, a person as often as lost.
    pub lost: f64,
    /// How many came to where clock changes are no longer followed.
    pub late: f64,
    /// Whether any time was cut into cells.
    pub cut: bool,
    /// How much there was to do.
    pub work: usize,
    most_work: usize,
}

/// Gave up: there was more to do than was allowed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct TooMuch;

/// The plan of the proof with what else is likely not to matter left out.
pub fn plan(funnel: &Funnel, machine: &Machine, start: i64) -> Plan {
    let mut plan = Plan::of(funnel, machine, start);
    plan.cap = plan.cap.min(machine.window.saturating_mul(LONGEST_TOLD));
    // Consent parts the ways of people only where a branch asks for it, and the calendar only where something is sent later.
    let graph = Graph::of(machine);
    let sends = graph.ahead(machine, |step| u64::from(matches!(machine.acts[step], Act::Send | Act::Ask(_))));
    let asked = graph.ahead(machine, |step| match &machine.acts[step] {
        Act::IfOptedIn => CONSENT_AHEAD,
        Act::Wait(wait) if !matches!(wait, Wait::For(_)) && sends[step] > 0 => CALENDAR_AHEAD,
        _ => 0,
    });
    for (ahead, asked) in plan.ahead.iter_mut().zip(asked) {
        *ahead &= asked | !(CALENDAR_AHEAD | CONSENT_AHEAD);
    }
    plan
}

impl<'a> Walk<'a> {
    /// Nobody on the way yet; time is cut into cells of this width.
    pub fn new(
        funnel: &'a Funnel,
        machine: &'a Machine,
        plan: &'a Plan,
        frame: &'a Frame,
        cell: i64,
        most_work: usize,
    ) -> Self {
        Self {
            funnel,
            machine,
            plan,
            frame,
            cell,
            pending: BTreeMap::new(),
            pieces: BTreeMap::new(),
            answers: Vec::new(),
            rounds: BTreeMap::new(),
            found: vec![Found::default(); machine.acts.len()],
            lost: 0.0,
            late: 0.0,
            cut: false,
            work: 0,
            most_work,
        }
    }

    /// Lets everybody enter and go all the way.
    pub fn run(mut self) -> Result<Self, TooMuch> {
        self.enter();
        while let Some(((turn, facts), lines)) = self.pending.pop_first() {
            let step = self.plan.by_turn[turn as usize];
            let lines: Lines = lines.into_iter().map(|(shape, parts)| (shape, self.settled(shape, parts))).collect();
            self.work += lines.values().map(|parts| 1 + parts.len()).sum::<usize>();
            if self.work > self.most_work {
                return Err(TooMuch);
            }
            let people = lines.values().map(|parts| total(parts)).sum::<f64>();
            let rounds = self.rounds.entry((turn, facts)).or_default();
            *rounds += 1;
            if people < FAINT || *rounds > MOST_ROUNDS {
                self.lost += people;
                continue;
            }
            self.post(step, facts, lines)?;
        }
        Ok(self)
    }

    /// Parts in order, and in cells where they are more than cells would be.
    fn settled(&mut self, shape: Shape, parts: Vec<Part>) -> Vec<Part> {
        let parts = joined(parts);
        let (Some(first), last) = (parts.first().map(|part| part.first), parts.iter().map(|part| part.last).max()) else {
            return parts;
        };
        let cells = (last.unwrap_or(first) - first) / self.cell + 1;
        if parts.len() < FEW_PARTS || (parts.len() as i64) < 3 * cells {
            return parts;
        }
        self.cut = true;
        // On a level the cells of `now` lie the other way round; the window's end is the border of a cell on both.
        let offset = if let Shape::Level(_, now) = shape { now + 1 } else { 0 };
        in_cells(&parts, self.cell, offset)
    }

    /// People come evenly to the entries, and to each at any second at which it is open.
    fn enter(&mut self) {
        let entries: Vec<StepIndex> =
            (0..self.machine.acts.len()).filter(|step| matches!(self.machine.acts[*step], Act::Enter { .. })).collect();
        for step in &entries {
            let Act::Enter { inbound, opted_in, arrivals } = self.machine.acts[*step] else { continue };
            let shape = if inbound { Shape::Diagonal(Era::First, 0) } else { Shape::Unheard(Era::First) };
            let facts = Facts { consent: Consent::at_entry(opted_in), attributes: 0 };
            let open = self.frame.timing.place.arrivals(arrivals, self.frame.arriving.clone());
            let seconds: i64 = open.iter().map(|span| span.end - span.start).sum();
            let of_second = 1.0 / (entries.len() as f64 * seconds as f64);
            let parts = open.into_iter().map(|span| {
                let width = (span.end - span.start) as f64;
                Part { first: span.start, last: span.end - 1, share: width * of_second }
            });
            self.arrive(*step, facts, shape, parts.collect());
        }
    }

    /// Puts people where they belong: past telling, off the clock, or into the era and period that they fall in.
    fn arrive(&mut self, step: StepIndex, facts: Facts, shape: Shape, parts: Vec<Part>) {
        use Shape::{Diagonal, Level, Since, Stale, StaleAtAnyTime, Unheard, UnheardAtAnyTime};
        if parts.is_empty() {
            return;
        }
        let cap = self.plan.cap;
        match shape {
            Diagonal(era, since) if since > cap => return self.arrive(step, facts, Stale(era), parts),
            Level(..) | Since if parts.iter().any(|part| part.last > cap) => {
                let beyond: Vec<Part> = parts.iter().filter_map(|part| part.between(cap + 1, i64::MAX)).collect();
                let (stale, now) = if let Level(era, now) = shape { (Stale(era), now) } else { (StaleAtAnyTime, 0) };
                self.arrive(step, facts, stale, vec![Part::at(now, total(&beyond))]);
                let told = parts.iter().filter_map(|part| part.between(i64::MIN, cap)).collect();
                return self.arrive(step, facts, shape, told);
            }
            _ => {}
        }
        if self.plan.ahead[step] & CALENDAR_AHEAD == 0 {
            return match shape {
                Diagonal(_, since) => self.enqueue(step, facts, Since, vec![Part::at(since, total(&parts))]),
                Level(..) | Since => self.enqueue(step, facts, Since, parts),
                Unheard(_) | UnheardAtAnyTime => {
                    self.enqueue(step, facts, UnheardAtAnyTime, vec![Part::at(0, total(&parts))]);
                }
                Stale(_) | StaleAtAnyTime => self.enqueue(step, facts, StaleAtAnyTime, vec![Part::at(0, total(&parts))]),
            };
        }
        match shape {
            Level(era, now) => {
                for (then, shift, ..) in self.frame.laps(era, now, now) {
                    self.note_late((era, then), &parts);
                    self.enqueue(step, facts, Level(then, now + shift), parts.clone());
                }
            }
            Diagonal(era, _) | Unheard(era) | Stale(era) => {
                let mut by_era: BTreeMap<Era, Vec<Part>> = BTreeMap::new();
                for part in parts {
                    for (then, shift, first, last) in self.frame.laps(era, part.first, part.last) {
                        by_era.entry(then).or_default().extend(part.between(first, last).map(|part| part.shifted(shift)));
                    }
                }
                for (then, parts) in by_era {
                    self.note_late((era, then), &parts);
                    let era = then;
                    let shape = match shape {
                        Diagonal(_, since) => Diagonal(era, since),
                        Unheard(_) => Unheard(era),
                        _ => Stale(era),
                    };
                    self.enqueue(step, facts, shape, parts);
                }
            }
            // Where the calendar still matters, `now` was never dropped.
            Since | UnheardAtAnyTime | StaleAtAnyTime => {}
        }
    }

    fn note_late(&mut self, eras: (Era, Era), parts: &[Part]) {
        if eras == (Era::First, Era::Later) {
            self.late += total(parts);
        }
    }

    fn enqueue(&mut self, step: StepIndex, facts: Facts, shape: Shape, parts: Vec<Part>) {
        let ahead = self.plan.ahead[step];
        let mut kept = facts;
        if ahead & CONSENT_AHEAD == 0 {
            kept.consent = Consent::Never;
        }
        for slot in self.plan.slots.iter().flatten() {
            if ahead & (1 << slot) == 0 {
                kept.attributes &= !(3 << (2 * slot));
            }
        }
        let turn = self.plan.turn[step];
        self.pending.entry((turn, kept)).or_default().entry(shape).or_default().extend(parts);
    }

    /// Follows people along every move that their step allows.
    fn post(&mut self, step: StepIndex, facts: Facts, lines: Lines) -> Result<(), TooMuch> {
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
            Era::Later => (Place::OrdinaryWeeks, MONDAY..MONDAY + WEEK),
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
