//! The journeys that show findings, for whoever reports them: of each as much as is told, and no more is kept. In a long
//! funnel journeys that begin alike are followed once.

use std::cell::RefCell;
use std::collections::VecDeque;

use super::facts::{Shown, shown};
use super::judgement::Judgement;
use crate::engine::{Claim, Did, Journey, Moment, Sight, Tick, Trails, What};
use crate::model::{LocalTime, StepId};

/// The journeys of one judgement.
pub struct Stories<'a> {
    judgement: &'a Judgement,
    /// None are followed until somebody asks.
    trails: RefCell<Option<Trails<'a>>>,
}

/// What is told of a journey up to the moment that it shows.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Telling {
    /// When the person entered, in the audience's zone.
    pub arrives: LocalTime,
    /// The same, in seconds since 1970-01-01T00:00:00Z.
    pub arrives_unix: i64,
    /// The moments that are told, in order.
    pub moments: Vec<Moment>,
    /// How many are left out after the first ones.
    pub left_out: usize,
}

/// Which moments of a journey are told.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Which {
    /// Those that say something to a person, at most so many of the first and of the last. A wait that takes no time, such
    /// as for hours that are open already, says nothing.
    Telling(usize, usize),
    /// Those that a replay needs, and the last: all else follows from the funnel.
    Needed,
}

impl Which {
    fn most(self) -> (usize, usize) {
        match self {
            Self::Telling(first, last) => (first, last),
            Self::Needed => (usize::MAX, 1),
        }
    }

    fn has_tick(self, tick: &Tick) -> bool {
        match (self, tick.what) {
            (Self::Telling(..), Did::Waited { from }) => from != tick.at,
            (Self::Telling(..), _) => true,
            (Self::Needed, what) => !matches!(what, Did::Sent(_) | Did::Waited { .. }),
        }
    }

    fn has_moment(self, moment: &Moment) -> bool {
        match (self, &moment.what) {
            (Self::Telling(..), What::Waited { from }) => *from != moment.at,
            (Self::Telling(..), _) => true,
            (Self::Needed, what) => !matches!(what, What::Sent(_) | What::Waited { .. }),
        }
    }
}

impl<'a> Stories<'a> {
    /// Those that show the findings and verdicts of a judgement.
    pub fn new(judgement: &'a Judgement) -> Self {
        Self { judgement, trails: RefCell::new(None) }
    }

    /// What is told of the journey that shows a claim of a step.
    pub fn of(&self, step: &StepId, claim: Claim, which: Which) -> Option<Telling> {
        let Judgement { proof, policy, .. } = self.judgement;
        let mut trails = self.trails.borrow_mut();
        let trails = trails.get_or_insert_with(|| Trails::new(proof));
        match trails.sight(step, claim) {
            Some(sight) => Some(Telling::on(trails, sight, which)),
            None => shown(policy, proof, step, claim).map(|Shown { journey, at, .. }| Telling::along(&journey, at, which)),
        }
    }
}

impl Telling {
    /// What is told of a journey up to the moment at this place.
    pub fn along(journey: &Journey, last: usize, which: Which) -> Self {
        let upto = journey.moments.get(..=last).unwrap_or_default().iter().rev().enumerate();
        let told = upto.filter(|(back, moment)| *back == 0 && which == Which::Needed || which.has_moment(moment));
        let (moments, left_out) = ends(told.map(|(_, moment)| moment), which.most());
        let moments = moments.into_iter().cloned().collect();
        Self { arrives: journey.arrives, arrives_unix: journey.arrives_unix, moments, left_out }
    }

    fn on(trails: &Trails<'_>, sight: Sight, which: Which) -> Self {
        let upto = trails.back(sight.place).enumerate();
        let told = upto.filter(|(back, tick)| *back == 0 && which == Which::Needed || which.has_tick(tick));
        let (ticks, left_out) = ends(told.map(|(_, tick)| tick), which.most());
        let (arrives_unix, arrives) = trails.arrives(sight.place);
        Self { arrives, arrives_unix, moments: ticks.iter().map(|tick| trails.moment(tick)).collect(), left_out }
    }
}

/// Of things told from the last to the first, at most so many of the first and of the last in order, and how many there are
/// between.
fn ends<T>(backwards: impl Iterator<Item = T>, (first, last): (usize, usize)) -> (Vec<T>, usize) {
    let (mut tail, mut head, mut between) = (Vec::new(), VecDeque::new(), 0);
    for one in backwards {
        if tail.len() < last {
            tail.push(one);
            continue;
        }
        head.push_back(one);
        if head.len() > first {
            head.pop_front();
            between += 1;
        }
    }
    (head.into_iter().rev().chain(tail.into_iter().rev()).collect(), between)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn of_a_long_journey_its_ends_are_told() {
        let told = |length: usize| ends((0..length).rev(), (2, 3));
        assert_eq!(told(0), (vec![], 0));
        assert_eq!(told(5), (vec![0, 1, 2, 3, 4], 0));
        assert_eq!(told(6), (vec![0, 1, 3, 4, 5], 1));
        assert_eq!(told(100), (vec![0, 1, 97, 98, 99], 95));
    }
}
