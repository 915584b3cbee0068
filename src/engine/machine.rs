//! The one meaning of a step: the funnel compiled to a table that every reader follows.
//!
//! A reader holds what it knows of a person (one moment, or all that are possible) and asks the table which moves a step
//! allows. What a move does to time, window and consent is said here and nowhere else.

use std::collections::HashMap;

use crate::model::{Arrivals, Branch, Delay, Effect, Funnel, Outcome, Reply, StepId, StepKind, Wait};
use crate::policy::Policy;

use super::calendar::Place;
use super::clock::Clock;
use super::plausible::unlikely;

/// A person moves on at most this many times and this many for each step.
const MOST_MOVES: usize = 500;
const MOST_MOVES_A_STEP: usize = 20;

/// The place of a step in the table: its place in the funnel.
pub type StepIndex = usize;

/// A funnel under a policy, ready to be followed.
#[derive(Debug, PartialEq)]
pub struct Machine {
    /// What each step does, in the funnel's order.
    pub acts: Vec<Act>,
    /// Where each output leads, in the order of `Step::outputs`.
    pub targets: Vec<Vec<Option<StepIndex>>>,
    /// How many attributes the branches test.
    pub attributes: usize,
    /// The audience's clock; UTC where its zone is not known.
    pub clock: Clock,
    /// Whether the audience's zone is known.
    pub zone_known: bool,
    /// The window is open while strictly less than this has passed since the last inbound, in seconds.
    pub window: i64,
    /// For each step how unlikely each output is: see [`super::plausible`].
    pub unlikely: Vec<Vec<u32>>,
}

/// What a step does, with everything looked up.
#[derive(Debug, Clone, PartialEq)]
pub enum Act {
    /// People arrive; output 0 leads on.
    Enter {
        /// Arriving is an inbound message or call.
        inbound: bool,
        /// They gave marketing opt-in beforehand.
        opted_in: bool,
        /// When in the day.
        arrivals: Arrivals,
    },
    /// The business sends; output 0 leads on.
    Send,
    /// The business sends and waits for an answer.
    Ask(Question),
    /// Time passes; output 0 leads on.
    Wait(Wait),
    /// Output 0 if the window is open, else output 1.
    IfWindowOpen,
    /// Output 0 if the person has opted in, else output 1.
    IfOptedIn,
    /// Any output of a weight above 0.
    Split(Vec<f64>),
    /// Output 0 if the attribute of this number holds of the person, else output 1.
    IfAttribute {
        /// The attribute's number.
        attribute: usize,
        /// Some people have it.
        some: bool,
        /// Some people lack it.
        others: bool,
        /// The share that has it.
        share: f64,
    },
    /// The journey ends.
    Exit(Outcome),
}

/// What may come of a question.
#[derive(Debug, Clone, PartialEq)]
pub struct Question {
    /// For each option, in the order of the outputs: whether anyone gives it, and what it does to consent.
    pub options: Vec<(bool, Option<Effect>)>,
    /// The shortest answer in seconds.
    pub soonest: i64,
    /// The longest answer that is waited for, in seconds; `None` is without bound.
    pub latest: Option<i64>,
    /// The journey leaves by the last output after this many seconds.
    pub timeout: Option<i64>,
    /// An answer may fail to come in time.
    pub may_be_silent: bool,
    /// How long an ordinary answer takes, in seconds.
    pub typical: i64,
}

/// Marketing consent as far as the funnel knows.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
pub enum Consent {
    /// Never given.
    #[default]
    Never,
    /// Given, and it stands.
    Given,
    /// Given up, or refused for good.
    Withdrawn,
}

impl Consent {
    /// Consent after an answer.
    pub fn after(self, effect: Option<Effect>) -> Self {
        match effect {
            None => self,
            Some(Effect::OptIn) => Self::Given,
            Some(Effect::OptOut) => Self::Withdrawn,
        }
    }

    /// Consent at entry.
    pub fn at_entry(opted_in: bool) -> Self {
        if opted_in { Self::Given } else { Self::Never }
    }
}

impl Act {
    /// Whether people can move on alike from both: by the same outputs after the same times, whatever their shares.
    pub fn moves_like(&self, other: &Self) -> bool {
        match (self, other) {
            (Self::Split(weights), Self::Split(others)) => possible(weights).eq(possible(others)),
            (Self::Ask(question), Self::Ask(other)) => *question == Question { typical: question.typical, ..other.clone() },
            (
                Self::IfAttribute { attribute, some, others, .. },
                Self::IfAttribute { attribute: other, some: other_some, others: other_others, .. },
            ) => (attribute, some, others) == (other, other_some, other_others),
            _ => self == other,
        }
    }
}

/// Which parts of a split anybody takes: those of a weight above 0, or all where none has one.
pub fn possible(weights: &[f64]) -> impl Iterator<Item = bool> {
    let weighted = weights.iter().any(|weight| *weight > 0.0);
    weights.iter().map(move |weight| *weight > 0.0 || !weighted)
}

impl Question {
    fn of(reply: &Reply) -> Self {
        let (soonest, latest) = reply.delay.range();
        let timeout = reply.timeout.map(|timeout| timeout.0);
        // An answer at the timeout comes too late (format.md, "A reply").
        let waited_for = timeout.map(|timeout| timeout - 1);
        let bounds = [latest.map(|latest| latest.0), waited_for];
        let given_up = match &reply.delay {
            Delay::Empirical(points) => points.last().is_none_or(|(_, share)| *share < 1.0),
            _ => false,
        };
        let reaches_timeout = timeout.is_some_and(|timeout| latest.is_none_or(|latest| latest.0 >= timeout));
        let weighted = reply.options.iter().any(|option| option.share > 0.0);
        let answered = reply.chance > 0.0;
        Self {
            options: reply
                .options
                .iter()
                .map(|option| (answered && (option.share > 0.0 || !weighted), option.effect))
                .collect(),
            soonest: soonest.0,
            latest: bounds.into_iter().flatten().min(),
            timeout,
            may_be_silent: reply.chance < 1.0 || reaches_timeout || given_up || reply.options.is_empty(),
            typical: typical(&reply.delay),
        }
    }

    /// Whether an answer can come in time at all.
    pub fn can_be_answered(&self) -> bool {
        self.latest.is_none_or(|latest| self.soonest <= latest)
    }
}

/// How often a person may move on in a funnel of so many steps; a longer journey is called endless, unless its story says
/// that it is longer.
pub fn most_moves(steps: usize) -> usize {
    MOST_MOVES + MOST_MOVES_A_STEP * steps
}

/// The median answer, or near it.
fn typical(delay: &Delay) -> i64 {
    match delay {
        Delay::Fixed(length) => length.0,
        Delay::Uniform { min, max } => min.0 + (max.0 - min.0) / 2,
        Delay::Exponential { mean } => mean.0 * 7 / 10,
        Delay::LogNormal { median, .. } | Delay::Weibull { median, .. } => median.0,
        Delay::Empirical(points) => {
            points.iter().find(|(_, share)| *share >= 0.5).or(points.last()).map_or(0, |point| point.0.0)
        }
    }
}

impl Machine {
    /// Compiles a funnel.
    pub fn new(funnel: &Funnel, policy: &Policy) -> Self {
        let index: HashMap<&StepId, StepIndex> = funnel.steps.iter().enumerate().map(|(i, step)| (&step.id, i)).collect();
        let mut targets: Vec<Vec<Option<StepIndex>>> = funnel.steps.iter().map(|step| vec![None; step.ways()]).collect();
        for link in &funnel.links {
            let (Some(from), Some(to)) = (index.get(&link.from), index.get(&link.to)) else { continue };
            let step = &funnel.steps[*from];
            let meant = targets[*from].iter_mut().enumerate().filter(|(way, _)| step.leaves_by(*way, &link.out));
            meant.for_each(|(_, target)| *target = Some(*to));
        }
        let mut attributes: Vec<&str> = Vec::new();
        let mut acts = Vec::with_capacity(funnel.steps.len());
        for step in &funnel.steps {
            acts.push(match &step.kind {
                StepKind::Entry { channel, opt_in, arrives } => {
                    Act::Enter { inbound: channel.is_inbound(), opted_in: *opt_in, arrivals: *arrives }
                }
                StepKind::Message(message) => match &message.reply {
                    None => Act::Send,
                    Some(reply) => Act::Ask(Question::of(reply)),
                },
                StepKind::Wait(wait) => Act::Wait(wait.clone()),
                StepKind::Branch(Branch::WindowOpen) => Act::IfWindowOpen,
                StepKind::Branch(Branch::OptedIn) => Act::IfOptedIn,
                StepKind::Branch(Branch::Split(cases)) => Act::Split(cases.iter().map(|(_, weight)| *weight).collect()),
                StepKind::Branch(Branch::Attribute { name, share }) => {
                    let attribute = attributes.iter().position(|known| known == name).unwrap_or_else(|| {
                        attributes.push(name);
                        attributes.len() - 1
                    });
                    Act::IfAttribute { attribute, some: *share > 0.0, others: *share < 1.0, share: *share }
                }
                StepKind::Exit(outcome) => Act::Exit(*outcome),
            });
        }
        let clock = Clock::of(&funnel.audience.timezone);
        Self {
            acts,
            targets,
            attributes: attributes.len(),
            clock: clock.unwrap_or(Clock::utc()),
            zone_known: clock.is_some(),
            window: policy.window.length.0,
            unlikely: funnel.steps.iter().map(|step| unlikely(step)).collect(),
        }
    }

    /// Whether the window is open this long after the last inbound; `None` is no inbound at all.
    pub fn is_open(&self, since_inbound: Option<i64>) -> bool {
        since_inbound.is_some_and(|since| since < self.window)
    }

    /// Where waits are asked on the audience's clock.
    pub fn place(&self) -> Place {
        Place::Zone(self.clock)
    }
}
