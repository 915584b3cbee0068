//! Everybody at once: the people of the crowd as shares on the lines of the proof, from the entries along every move.
//!
//! The moves (`post.rs`) are those of the proof, and ask the same machine; only that nothing is forgotten here which was reached
//! before, since it counts as often as it happens. All of them are exact to the second but for answers (`answers.rs`).

use std::collections::BTreeMap;
use std::rc::Rc;

use super::answers::Answers;
use super::spread::{Part, in_cells, joined, total};
use super::timing::Frame;
use crate::engine::calendar::Piece;
use crate::engine::machine::{Act, Consent, Machine, StepIndex};
use crate::engine::plan::{CALENDAR_AHEAD, CONSENT_AHEAD, Plan};
use crate::engine::reach::{Era, Facts, Shape};
use crate::model::{Funnel, Wait};

/// Fewer people than this are not followed any further.
pub const FAINT: f64 = 1e-10;
/// People who come back to a step so often are not followed any further.
const MOST_ROUNDS: u32 = 2_000;
/// So many parts of one line are always kept as they are.
const FEW_PARTS: usize = 256;
/// The longest that is told of since the last inbound, in windows: whoever is beyond it is past all telling.
const LONGEST_TOLD: i64 = 14;

/// Parts of lines, by line.
pub type Lines = BTreeMap<Shape, Vec<Part>>;

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
    pub(super) funnel: &'a Funnel,
    pub(super) machine: &'a Machine,
    pub(super) plan: &'a Plan,
    pub(super) frame: &'a Frame,
    pub(super) cell: i64,
    pending: BTreeMap<(u32, Facts), Lines>,
    pub(super) pieces: BTreeMap<(StepIndex, Era), Rc<[Piece]>>,
    pub(super) answers: Vec<(Era, Answers)>,
    rounds: BTreeMap<(u32, Facts), u32>,
    /// What came to each step that sends.
    pub found: Vec<Found>,
    /// How many were followed no further from each step, a person as often as lost.
    pub lost: Vec<f64>,
    /// How many came to where clock changes are no longer followed.
    pub late: f64,
    /// Whether any time was cut into cells.
    pub cut: bool,
    /// How much there was to do.
    pub work: usize,
    pub(super) most_work: usize,
}

/// Gave up: there was more to do than was allowed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct TooMuch;

/// The plan of the proof with what else is likely not to matter left out.
pub fn plan(mut plan: Plan, machine: &Machine) -> Plan {
    plan.cap = plan.cap.min(machine.window.saturating_mul(LONGEST_TOLD));
    // Consent parts the ways of people only where a branch asks for it, and the calendar only where something is sent later.
    let sends = plan.graph.ahead(machine, |step| u64::from(matches!(machine.acts[step], Act::Send | Act::Ask(_))));
    let asked = plan.graph.ahead(machine, |step| match &machine.acts[step] {
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
            lost: vec![0.0; machine.acts.len()],
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
            let step = self.plan.graph.by_turn[turn as usize];
            let lines: Lines = lines.into_iter().map(|(shape, parts)| (shape, self.settled(shape, parts))).collect();
            self.work += lines.values().map(|parts| 1 + parts.len()).sum::<usize>();
            if self.work > self.most_work {
                return Err(TooMuch);
            }
            let people = lines.values().map(|parts| total(parts)).sum::<f64>();
            let rounds = self.rounds.entry((turn, facts)).or_default();
            *rounds += 1;
            if people < FAINT || *rounds > MOST_ROUNDS {
                self.lost[step] += people;
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
    pub(super) fn arrive(&mut self, step: StepIndex, facts: Facts, shape: Shape, parts: Vec<Part>) {
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
                    if let Some(shift) = self.frame.lap(era, part.first, part.last) {
                        by_era.entry(era).or_default().push(part.shifted(shift));
                        continue;
                    }
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
        let kept = self.plan.still_matters(step, facts);
        let turn = self.plan.graph.turn[step];
        self.pending.entry((turn, kept)).or_default().entry(shape).or_default().extend(parts);
    }
}
