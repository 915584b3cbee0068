//! What is reachable: all moments at which people can be at each step, exact to the second.
//!
//! A person at a step is known by `now` and by the time since the last inbound, `since`. Between two inbound messages
//! time passes only by fixed lengths and by calendar waits, so the moments that are possible at a step are a union of
//! [`Shape`]s, each a line along one number: *diagonals* (`since` fixed, any of a span of `now`), *levels* (`now` fixed
//! after a calendar wait, any of a span of `since`), and lines without an inbound. A reply sets `since` to 0, which makes
//! a diagonal of everything before it. Each move takes lines to lines without loss (`engine.md` 2.1 to 2.3), and what
//! was reached before is never followed again, so the search ends with exactly the possible moments.

use std::sync::Arc;

use super::clock::DAY;
use super::machine::{Act, Consent, Machine, StepIndex};
use super::plan::Timing;

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
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Default)]
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

/// Where a part of a line came from.
#[derive(Debug, Clone, Copy)]
pub struct Source {
    /// The part.
    pub first: i64,
    pub last: i64,
    /// The line before; `None` where people enter.
    pub parent: Option<u32>,
    /// The output by which it left that line's step.
    pub out: u32,
    /// How its numbers go back.
    pub back: Back,
    /// The kind of clock change that came on the way.
    pub changed: Option<u8>,
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

/// Everything that was reached.
#[derive(Debug)]
pub struct Reach {
    /// The table that was followed.
    pub machine: Arc<Machine>,
    /// All lines, in the order in which they were found.
    pub lines: Vec<Line>,
    /// All sources, line by line.
    pub sources: Vec<Source>,
    /// For each step and output, the time that it can take; `None` where nobody takes it.
    pub taken: Vec<Vec<Option<Taken>>>,
    /// For each step, whether lines that were left over can come to it.
    pub left_over: Vec<bool>,
    /// How time is counted in the first era.
    pub timing: Timing,
    /// The instant from which people arrive.
    pub start: i64,
}

impl Reach {
    /// Where the part of a line that holds this number came from.
    pub fn source(&self, line: &Line, number: i64) -> Option<&Source> {
        let (begin, end) = line.sources;
        self.sources[begin as usize..end as usize].iter().find(|source| source.first <= number && number <= source.last)
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
