//! One journey: a person's story followed through the funnel.

use crate::model::{Funnel, LocalTime, Outcome, Output, Scenario, Seconds, Sent, StepId};
use crate::policy::Policy;

/// What one person does: a scenario with its moment of entry made definite.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Story {
    /// When the person enters, in seconds since 1970-01-01T00:00:00Z.
    pub arrives_unix: i64,
    /// What the person does; its `arrives` is the local time of `arrives_unix`.
    pub scenario: Scenario,
}

/// What happened to one person, in the order in which it happened.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Journey {
    /// When the person entered, in seconds since 1970-01-01T00:00:00Z.
    pub arrives_unix: i64,
    /// When the person entered, in the audience's zone.
    pub arrives: LocalTime,
    /// What happened, in order; times never fall.
    pub moments: Vec<Moment>,
    /// How it ended.
    pub ending: Ending,
}

/// One thing that happened.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Moment {
    /// Since entry.
    pub at: Seconds,
    /// The step at which it happened; for an unprompted message, the step at which the person was.
    pub step: StepId,
    /// What happened.
    pub what: What,
    /// Since the person's last message or call, just before this moment; `None` where there was none yet.
    pub since_inbound: Option<Seconds>,
}

/// What happened in one moment.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum What {
    /// The person entered.
    Entry,
    /// The business sent, or would have sent.
    Sent(Sent),
    /// The person answered; `asked` is when the question was sent, since entry.
    Reply {
        /// The option's label.
        label: String,
        /// When the question was sent, since entry.
        asked: Seconds,
    },
    /// The person did not answer in time.
    Timeout {
        /// When the question was sent, since entry.
        asked: Seconds,
    },
    /// A wait ended.
    Waited {
        /// When it began, since entry.
        from: Seconds,
    },
    /// A branch was passed.
    Branch(Output),
    /// The person wrote unasked.
    Unprompted,
    /// An exit was reached.
    Exit(Outcome),
}

/// How a journey ended.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Ending {
    /// At an exit.
    Exit(Outcome),
    /// The person never answers a question that has no timeout, and stays there for good.
    Waiting(StepId),
    /// An output that leads nowhere.
    Loose(StepId, Output),
    /// A cycle that takes no time, or more moments than a story may have.
    Endless(StepId),
    /// The funnel has no entry, or not the one that the story names.
    NoEntry,
}

impl Journey {
    /// The spans, since entry, in which the customer service window was open: from an inbound message or call
    /// (included) to its closing (excluded). Overlapping spans are joined.
    pub fn windows(&self, policy: &Policy) -> Vec<(Seconds, Seconds)> {
        let _ = policy;
        Vec::new()
    }

    /// What the step sent on the first visit, or `NotReached`.
    pub fn sent_by(&self, step: &StepId) -> Sent {
        let _ = step;
        Sent::NotReached
    }
}

impl Story {
    /// A scenario with its arrival made definite: its own, else the funnel's launch, else Monday 2026-01-05 10:00.
    pub fn of(scenario: &Scenario, funnel: &Funnel) -> Self {
        let _ = funnel;
        Self { arrives_unix: 0, scenario: scenario.clone() }
    }
}

/// Follows one story through the funnel. Always ends.
pub fn follow(funnel: &Funnel, policy: &Policy, story: &Story) -> Journey {
    let _ = (funnel, policy, story, Outcome::Converted);
    Journey {
        arrives_unix: story.arrives_unix,
        arrives: LocalTime(chrono::NaiveDateTime::default()),
        moments: Vec::new(),
        ending: Ending::NoEntry,
    }
}
