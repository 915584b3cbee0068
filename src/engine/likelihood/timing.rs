//! On which clock people are followed, and how finely: the ordinary week where nothing tells one from another, else the
//! days of the arrivals and what follows them.

use std::ops::Range;

use crate::engine::calendar::Place;
use crate::engine::changes::Changes;
use crate::engine::clock::{Clock, DAY, WEEK};
use crate::engine::delays::quantile;
use crate::engine::graph::Graph;
use crate::engine::machine::{Act, Machine};
use crate::engine::plan::{MONDAY, Timing};
use crate::engine::reach::Era;
use crate::model::{Arrivals, Funnel, Wait};

/// The crowd arrives on the first so many days from the start (`format.md`, "Time").
pub const CROWD_DAYS: i64 = 7;
/// People are followed one instant after another until all but this share of each answer without a timeout has come.
const LATE: f64 = 0.001;
/// ... and at most so long.
const LONGEST_ERA: i64 = 400 * DAY;
/// The coarsest cells; where everything falls on their borders they are fine enough for most funnels.
const COARSEST: i64 = 3600;
/// The finest cells that are looked for so that everything falls on their borders.
const FINEST: i64 = 60;
/// The cells where nothing falls on any border.
const UNEVEN: i64 = 300;

/// How people are followed.
#[derive(Debug, Clone)]
pub struct Frame {
    /// How time is counted.
    pub timing: Timing,
    /// The audience's clock.
    clock: Clock,
    /// When people arrive, on that count.
    pub arriving: Range<i64>,
    /// The width of the coarsest cells worth a try, in seconds.
    pub cell: i64,
}

impl Frame {
    /// Looks at a funnel in which people arrive from the instant `start` on.
    pub fn of(funnel: &Funnel, machine: &Machine, graph: &Graph, start: i64) -> Self {
        let waits = || machine.acts.iter().filter_map(|act| if let Act::Wait(wait) = act { Some(wait) } else { None });
        let dated = waits().any(|wait| matches!(wait, Wait::Date(_)));
        let calendars = waits().any(|wait| !matches!(wait, Wait::For(_)));
        let by_weekday = waits().any(has_days);
        let end = start + CROWD_DAYS * DAY + span(funnel, machine, graph, start).min(LONGEST_ERA);
        let one_by_one = dated || calendars && machine.clock.seasons(start..end).len() > 1;
        let (timing, arriving) = if one_by_one {
            (
                Timing { place: machine.place(), era: start..end, repeats: None, changes: Changes::none() },
                start..start + CROWD_DAYS * DAY,
            )
        } else {
            let period = if by_weekday { WEEK } else { DAY };
            // Seven days in a row hold each second of an ordinary week once.
            let era = MONDAY..MONDAY + period;
            (Timing { place: Place::OrdinaryWeeks, era: era.clone(), repeats: Some(period), changes: Changes::none() }, era)
        };
        let cell = cell(funnel, machine, one_by_one.then_some(start));
        Self { timing, clock: machine.clock, arriving, cell }
    }

    /// How long what repeats is, in an era; `None` where nothing does.
    pub fn period(&self, era: Era) -> Option<i64> {
        if era == Era::Later { Some(WEEK) } else { self.timing.repeats }
    }

    /// What to add to a span of `now` where it lies in one lap and stays in its era, as most do.
    pub fn lap(&self, era: Era, first: i64, last: i64) -> Option<i64> {
        let Some(period) = self.period(era) else { return (last < self.timing.era.end).then_some(0) };
        let lap = (first - MONDAY).div_euclid(period);
        (lap == (last - MONDAY).div_euclid(period)).then_some(-lap * period)
    }

    /// Cuts a span of `now` where the weeks repeat: for each part its era, what to add to bring it there, and its ends.
    pub fn laps(&self, era: Era, first: i64, last: i64) -> Vec<(Era, i64, i64, i64)> {
        let mut laps = Vec::new();
        let (period, from, later, to_local) = match (era, self.timing.repeats) {
            (Era::First, Some(period)) => (period, first, Era::First, 0),
            // The crowd follows changes of the clocks instant by instant.
            (Era::Later | Era::Near(_) | Era::After(_), _) => (WEEK, first, Era::Later, 0),
            (Era::First, None) => {
                let end = self.timing.era.end;
                if first < end {
                    laps.push((Era::First, 0, first, last.min(end - 1)));
                }
                // Past the first era the clock shows local time for good.
                (WEEK, first.max(end), Era::Later, self.clock.offset(end))
            }
        };
        let lap_of = |now: i64| (now + to_local - MONDAY).div_euclid(period);
        if from <= last {
            for lap in lap_of(from)..=lap_of(last) {
                let shift = to_local - lap * period;
                let begins = MONDAY - shift;
                laps.push((later, shift, from.max(begins), last.min(begins + period - 1)));
            }
        }
        laps
    }
}

fn has_days(wait: &Wait) -> bool {
    matches!(wait, Wait::Until { days, .. } | Wait::SendHours { days, .. } if !days.is_empty())
}

/// How long almost everyone takes, until a step is passed twice.
fn span(funnel: &Funnel, machine: &Machine, graph: &Graph, start: i64) -> i64 {
    graph.longest_span(machine, |step| match &machine.acts[step] {
        Act::Wait(Wait::For(length)) => length.0,
        Act::Wait(Wait::Date(date)) => (machine.clock.instant_of(*date) - start).max(0),
        Act::Wait(wait) => {
            if has_days(wait) {
                WEEK
            } else {
                DAY
            }
        }
        Act::Ask(question) => question.timeout.or(question.latest).unwrap_or_else(|| {
            let reply = funnel.steps[step].message().and_then(|message| message.reply.as_ref());
            reply.map_or(0, |reply| quantile(&reply.delay, 1.0 - LATE) as i64)
        }),
        _ => 0,
    })
}

/// The widest cells on whose borders everything falls that the clock decides; `start` where instants are counted.
fn cell(funnel: &Funnel, machine: &Machine, start: Option<i64>) -> i64 {
    let mut common = greatest_common(COARSEST, machine.window);
    let mut meet = |length: i64| common = greatest_common(common, length);
    for act in &machine.acts {
        match act {
            Act::Enter { arrivals: Arrivals::Between(from, to), .. } => {
                meet(i64::from(from.seconds()));
                meet(i64::from(to.seconds()));
            }
            Act::Wait(Wait::For(length)) => meet(length.0),
            Act::Wait(Wait::Until { time, .. }) => meet(i64::from(time.seconds())),
            Act::Wait(Wait::SendHours { from, to, .. }) => {
                meet(i64::from(from.seconds()));
                meet(i64::from(to.seconds()));
            }
            Act::Wait(Wait::Date(date)) => meet(machine.clock.instant_of(*date)),
            Act::Ask(question) => meet(question.timeout.unwrap_or(0)),
            _ => {}
        }
    }
    if let Some(start) = start {
        meet(start);
        meet(machine.clock.offset(start));
    }
    debug_assert_eq!(funnel.steps.len(), machine.acts.len());
    if common >= FINEST { common } else { UNEVEN }
}

fn greatest_common(a: i64, b: i64) -> i64 {
    if b == 0 { a.abs() } else { greatest_common(b, a % b) }
}
