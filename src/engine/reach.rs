//! What is reachable: all moments at which people can be at each step, exact to the second.
//!
//! A person at a step is known by `now` and by the time since the last inbound, `since`. Between two inbound messages
//! time passes only by fixed lengths and by calendar waits, so the moments that are possible at a step are a union of
//! [`Shape`]s, each a line along one number: *diagonals* (`since` fixed, any of a span of `now`), *levels* (`now` fixed
//! after a calendar wait, any of a span of `since`), and lines without an inbound. A reply sets `since` to 0, which makes
//! a diagonal of everything before it. Each move takes lines to lines without loss (`engine.md` 2.1 to 2.3), and what
//! was reached before is never followed again, so the search ends with exactly the possible moments.

use std::num::NonZeroU32;
use std::sync::{Arc, OnceLock};

use super::clock::DAY;
use super::machine::{Act, Consent, Machine, StepIndex};
use super::plan::{Plan, Timing};
use super::plausible::Costs;
use super::seen::Seen;

/// People may arrive on this many days from the start (`format.md`, "Time").
pub const ARRIVAL_DAYS: i64 = 366;

/// Where `now` is counted.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Era {
    /// In instants, or in ordinary weeks where the funnel needs no more.
    First,
    /// In ordinary weeks, after the last instant that is followed one by one.
    Later,
    /// In seconds since a change of the clocks of this kind, until the clocks run as in any week.
    Near(u8),
    /// In ordinary weeks, since a change of the clocks of this kind.
    After(u8),
}

impl Era {
    /// Whether a change of the clocks has come on the way.
    pub fn is_past_change(self) -> bool {
        matches!(self, Self::Near(_) | Self::After(_))
    }
}

/// A line of possible moments; the number that varies along it is named at each.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Shape {
    /// `since` is this; `now` varies.
    Diagonal(Era, i64),
    /// `now` is this; `since` varies.
    Level(Era, i64),
    /// No inbound yet; `now` varies.
    Unheard(Era),
    /// `since` is past all telling; `now` varies.
    Stale(Era),
    /// `now` no longer matters; `since` varies.
    Since,
    /// No inbound yet, and `now` no longer matters; nothing varies.
    UnheardAtAnyTime,
    /// `since` is past all telling, and `now` no longer matters; nothing varies.
    StaleAtAnyTime,
}

impl Shape {
    /// Where `now` is counted, if it still matters.
    pub fn era(self) -> Option<Era> {
        match self {
            Self::Diagonal(era, _) | Self::Level(era, _) | Self::Unheard(era) | Self::Stale(era) => Some(era),
            Self::Since | Self::UnheardAtAnyTime | Self::StaleAtAnyTime => None,
        }
    }

    /// The same in another era.
    pub fn in_era(self, era: Era) -> Self {
        match self {
            Self::Diagonal(_, since) => Self::Diagonal(era, since),
            Self::Level(_, now) => Self::Level(era, now),
            Self::Unheard(_) => Self::Unheard(era),
            Self::Stale(_) => Self::Stale(era),
            Self::Since | Self::UnheardAtAnyTime | Self::StaleAtAnyTime => self,
        }
    }
}

/// What is known of a person beside times; only what can still matter.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
pub struct Facts {
    /// Marketing consent.
    pub consent: Consent,
    /// Two bits for each attribute that is followed: 0 unknown, 1 holds, 2 does not.
    pub attributes: u64,
}

/// How a number on a line gives the number on the line that it came from.
#[derive(Debug, Clone, Copy)]
pub enum Back {
    /// Less this.
    Shift(i64),
    /// This less the number.
    Flip(i64),
    /// Any of these.
    Any(i64, i64),
    /// An answer: the number less `shift` is the `now` of the answer, on the clock of the line before; that line's
    /// numbers are from `first` to `last`.
    Answer { shift: i64, first: i64, last: i64 },
}

impl Back {
    /// Gives any number from which these came.
    pub fn before(self, first: i64, last: i64) -> Self {
        match self {
            Self::Shift(shift) => Self::Any(first - shift, last - shift),
            Self::Flip(sum) => Self::Any(sum - last, sum - first),
            Self::Any(..) => self,
            Self::Answer { first, last, .. } => Self::Any(first, last),
        }
    }

    /// Goes back as before from numbers that were shifted.
    pub fn shifted(self, by: i64) -> Self {
        match self {
            Self::Shift(shift) => Self::Shift(shift + by),
            Self::Flip(sum) => Self::Flip(sum + by),
            Self::Any(..) => self,
            Self::Answer { shift, first, last } => Self::Answer { shift: shift + by, first, last },
        }
    }
}

/// Which line: its step, and its place among the lines there.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct LineId {
    step: u32,
    /// One more than the place, so that an optional name takes no more room.
    after: NonZeroU32,
}

impl LineId {
    /// The line at this place among those of the step.
    pub fn new(step: StepIndex, place: usize) -> Self {
        Self { step: step as u32, after: NonZeroU32::MIN.saturating_add(place as u32) }
    }

    /// Its step.
    pub fn step(self) -> StepIndex {
        self.step as usize
    }

    /// Its place among the lines there.
    pub fn place(self) -> usize {
        self.after.get() as usize - 1
    }

    /// The same line where steps have these places.
    pub fn moved(self, to: &[Option<StepIndex>]) -> Self {
        Self { step: to[self.step()].unwrap_or(self.step()) as u32, ..self }
    }
}

/// Where a part of a line came from.
#[derive(Debug, Clone, Copy)]
pub struct Source {
    /// The part.
    pub first: i64,
    pub last: i64,
    /// The line before; `None` where people enter.
    pub parent: Option<LineId>,
    /// The output by which it left that line's step.
    pub out: u32,
    /// How its numbers go back.
    pub back: Back,
    /// The kind of clock change that came on the way.
    pub changed: Option<u8>,
}

/// A part of a line on its way to a step.
#[derive(Debug, Clone, Copy)]
pub struct Part {
    /// Where it came from.
    pub source: Source,
    /// See [`Line::age`].
    pub age: i64,
    /// See [`Line::sure`].
    pub sure: bool,
}

/// A line that was reached.
#[derive(Debug, Clone, Copy)]
pub struct Line {
    /// The step at which people are.
    pub step: StepIndex,
    /// What is known of them.
    pub facts: Facts,
    /// The line's shape.
    pub shape: Shape,
    /// The span of the number that varies.
    pub first: i64,
    pub last: i64,
    /// Where it came from: a span of the list of sources.
    pub sources: (u32, u32),
    /// At most this much time has passed on the way here since the person came to ordinary weeks, or since the change of
    /// the clocks that they are past; told only while `now` matters.
    pub age: i64,
    /// Somebody who arrives in time has all this before them; otherwise it may be that nobody has, since clocks change on
    /// the way.
    pub sure: bool,
}

/// A time that can pass, over all people.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Taken {
    /// The shortest, in seconds.
    pub min: i64,
    /// The longest; `None` is without bound.
    pub max: Option<i64>,
}

/// What was reached at one step. A later proof shares it where nothing that leads to the step has changed.
#[derive(Debug, Clone, Default)]
pub struct Here {
    /// The lines, in the order in which they were found.
    pub lines: Vec<Line>,
    /// All sources, line by line.
    pub sources: Vec<Source>,
    /// What was found at once: its facts, and the place after its last line.
    pub batches: Vec<(Facts, u32)>,
    /// How far it goes.
    pub extent: Extent,
    /// What the lines come to, once that was asked.
    seen: OnceLock<Seen>,
}

/// How far what came to a step goes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Extent {
    /// How many parts of lines came.
    pub parts: usize,
    /// The longest time since inbound.
    pub since: i64,
    /// The longest time since a change of the clocks.
    pub age: i64,
}

/// Everything that was reached.
#[derive(Debug)]
pub struct Reach {
    /// The table that was followed.
    pub machine: Arc<Machine>,
    /// How it was followed.
    pub plan: Arc<Plan>,
    /// What was reached at each step.
    pub here: Vec<Arc<Here>>,
    /// In which order: steps, each with the place of one of its batches.
    pub order: Vec<(u32, u32)>,
    /// For each step and output, the time that it can take; `None` where nobody takes it.
    pub taken: Vec<Vec<Option<Taken>>>,
    /// For each step, whether lines that were left over can come to it.
    pub left_over: Vec<bool>,
    /// How time is counted in the first era.
    pub timing: Timing,
    /// The instant from which people arrive.
    pub start: i64,
    /// For how many steps this was found out anew.
    pub searched: usize,
    /// What the ways to the lines cost, once that was asked.
    pub costs: OnceLock<Costs>,
}

impl Here {
    /// The places of the lines of a batch.
    pub fn batch(&self, batch: usize) -> std::ops::Range<usize> {
        let begin = if batch == 0 { 0 } else { self.batches[batch - 1].1 };
        begin as usize..self.batches[batch].1 as usize
    }

    /// What the lines come to, where the window is this long.
    pub fn seen(&self, step: StepIndex, window: i64) -> &Seen {
        self.seen.get_or_init(|| Seen::of(step, &self.lines, window))
    }

    /// The same where steps have these places.
    pub fn moved(&self, to: &[Option<StepIndex>]) -> Self {
        let place = |step: StepIndex| to[step].unwrap_or(step);
        let source = |source: &Source| Source { parent: source.parent.map(|parent| parent.moved(to)), ..*source };
        Self {
            lines: self.lines.iter().map(|line| Line { step: place(line.step), ..*line }).collect(),
            sources: self.sources.iter().map(source).collect(),
            batches: self.batches.clone(),
            extent: self.extent,
            seen: OnceLock::new(),
        }
    }
}

impl Reach {
    /// All lines, step by step.
    pub fn lines(&self) -> impl Iterator<Item = (LineId, &Line)> {
        self.here.iter().enumerate().flat_map(|(step, here)| {
            here.lines.iter().enumerate().map(move |(place, line)| (LineId::new(step, place), line))
        })
    }

    /// The line of this name.
    pub fn line(&self, id: LineId) -> &Line {
        &self.here[id.step()].lines[id.place()]
    }

    /// What the ways to the lines cost.
    pub fn costs(&self) -> &Costs {
        self.costs.get_or_init(|| Costs::of(self))
    }

    /// Where the part of a line that holds this number came from: of several, the most plausible.
    pub fn source(&self, line: &Line, number: i64) -> Option<&Source> {
        let (begin, end) = line.sources;
        let sources = &self.here[line.step].sources[begin as usize..end as usize];
        let mut here = sources.iter().filter(|source| source.first <= number && number <= source.last);
        let first = here.next()?;
        let Some(second) = here.next() else { return Some(first) };
        let costs = self.costs();
        [first, second].into_iter().chain(here).min_by_key(|source| costs.of_source(self, source))
    }

    /// The instant at which a person arrives whose `now` at the entry is this.
    pub fn arrival(&self, now: i64) -> i64 {
        let Some(period) = self.timing.repeats else { return now };
        let local = self.machine.clock.local(self.start);
        let ahead = (now - local).rem_euclid(period);
        self.machine.clock.instant(local + ahead)
    }

    /// The first instant at which anybody may arrive at an entry.
    pub fn first_arrival(&self, entry: StepIndex) -> i64 {
        let Act::Enter { arrivals, .. } = self.machine.acts[entry] else { return self.start };
        let days = self.start..self.start + ARRIVAL_DAYS * DAY;
        self.machine.place().arrivals(arrivals, days).first().map_or(self.start, |span| span.start)
    }
}
