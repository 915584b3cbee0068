//! One journey: a person's story followed through the funnel.

use crate::model::{Answer, Funnel, LocalTime, Outcome, Output, Reply, Scenario, Seconds, Sent, Step, StepId};
use crate::policy::Policy;

use super::clock::Clock;
use super::machine::Machine;
use super::stepper::{Did, End, Says, Stepper, Tick};

/// Where neither the scenario nor the funnel says when, a person arrives on this Monday morning.
const SOME_MONDAY: &str = "2026-01-05T10:00:00";

/// What one person does: a scenario with its moment of entry made definite.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Story {
    /// When the person enters, in seconds since 1970-01-01T00:00:00Z.
    pub arrives_unix: i64,
    /// What the person does; its `arrives` is the local time of `arrives_unix`.
    pub scenario: Scenario,
    /// How often the person moves on until the story has shown what it is to show, where that is known: so far it is
    /// followed, however long. A witness of a short cycle that is gone round until the window closes takes thousands.
    pub moves: usize,
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
    /// The person's messages and calls, since entry, in order; each opens the window anew.
    pub inbounds: Vec<Seconds>,
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
    /// Whether the person had given marketing opt-in, just before this moment, and had not withdrawn it.
    pub opted_in: bool,
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
    /// A cycle without end.
    Endless(StepId),
    /// The funnel has no entry, or not the one that the story names.
    NoEntry,
}

impl Journey {
    /// The spans, since entry, in which the customer service window was open: from an inbound message or call
    /// (included) to its closing (excluded). Overlapping spans are joined.
    pub fn windows(&self, policy: &Policy) -> Vec<(Seconds, Seconds)> {
        let mut windows: Vec<(Seconds, Seconds)> = Vec::new();
        for opened in &self.inbounds {
            let closes = *opened + policy.window.length;
            match windows.last_mut() {
                Some((_, end)) if *opened <= *end => *end = closes,
                _ => windows.push((*opened, closes)),
            }
        }
        windows
    }

    /// What the step sent on the first visit, or `NotReached`.
    pub fn sent_by(&self, step: &StepId) -> Sent {
        let sent = self.moments.iter().filter(|moment| moment.step == *step).find_map(|moment| match moment.what {
            What::Sent(sent) => Some(sent),
            _ => None,
        });
        sent.unwrap_or(Sent::NotReached)
    }

    /// When the step was first reached, since entry.
    pub fn reached(&self, step: &StepId) -> Option<Seconds> {
        self.moments.iter().find(|moment| moment.step == *step && moment.what != What::Unprompted).map(|moment| match moment
            .what
        {
            What::Waited { from } => from,
            _ => moment.at,
        })
    }
}

impl Story {
    /// A scenario with its arrival made definite: its own, else the funnel's launch, else Monday 2026-01-05 10:00.
    pub fn of(scenario: &Scenario, funnel: &Funnel) -> Self {
        let clock = Clock::of(&funnel.audience.timezone).unwrap_or(Clock::utc());
        let arrives = scenario.arrives.or(funnel.launch).or_else(|| SOME_MONDAY.parse().ok());
        let arrives_unix = arrives.map_or(0, |arrives| clock.instant_of(arrives));
        Self::at(arrives_unix, scenario.clone(), &clock, 0)
    }

    /// A scenario that begins at this instant and takes this many moves.
    pub(super) fn at(arrives_unix: i64, scenario: Scenario, clock: &Clock, moves: usize) -> Self {
        Self { arrives_unix, scenario: Scenario { arrives: Some(clock.local_time(arrives_unix)), ..scenario }, moves }
    }
}

/// Follows one story through the funnel. Always ends.
pub fn follow(funnel: &Funnel, policy: &Policy, story: &Story) -> Journey {
    walk(funnel, &Machine::new(funnel, policy), story)
}

/// The story of somebody who enters at this instant and answers each question as `person` says, who is asked in the order of
/// the journey; `None` is silence. Whatever they are told is kept in the story, which then leads the same way again. Silence
/// is not, so whoever goes on answering after it has to say something that comes too late.
pub fn made_up(
    funnel: &Funnel,
    policy: &Policy,
    mut story: Story,
    mut person: impl FnMut(&Step, &Reply) -> Option<Answer>,
) -> Story {
    let machine = Machine::new(funnel, policy);
    let mut answers = Vec::new();
    let mut person = |step: &Step, reply: &Reply| {
        let answer = person(step, reply)?;
        answers.push(answer.clone());
        Some(answer)
    };
    Stepper::new(funnel, &machine, story.arrives_unix, Says::Person(&mut person)).walk(&story);
    story.scenario.answers = answers;
    story
}

/// What happens in a story, by nothing but places and numbers.
pub(super) fn ticks(funnel: &Funnel, machine: &Machine, story: &Story) -> Vec<Tick> {
    stepped(funnel, machine, story).0.ticks
}

fn stepped<'a>(funnel: &'a Funnel, machine: &'a Machine, story: &'a Story) -> (Stepper<'a>, End) {
    let mut person = Stepper::new(funnel, machine, story.arrives_unix, Says::story(&story.scenario));
    person.unprompted = story.scenario.unprompted.iter().map(|at| at.0).collect();
    person.unprompted.sort_unstable_by(|a, b| b.cmp(a));
    let end = person.walk(story);
    // What the person writes after the funnel is done with them is still part of the story.
    person.hear_until(i64::MAX);
    (person, end)
}

/// Follows one story through a funnel that is compiled already.
pub(super) fn walk(funnel: &Funnel, machine: &Machine, story: &Story) -> Journey {
    let (person, end) = stepped(funnel, machine, story);
    let id = |step: usize| funnel.steps[step].id.clone();
    Journey {
        arrives_unix: story.arrives_unix,
        arrives: machine.clock.local_time(story.arrives_unix),
        moments: person.ticks.iter().map(|tick| Moment::of(funnel, tick)).collect(),
        inbounds: person.inbounds,
        ending: match end {
            End::Exit(outcome) => Ending::Exit(outcome),
            End::Waiting(step) => Ending::Waiting(id(step)),
            End::Loose(step, out) => Ending::Loose(id(step), output(funnel, step, out)),
            End::Endless(step) => Ending::Endless(id(step)),
            End::NoEntry => Ending::NoEntry,
        },
    }
}

impl Moment {
    /// What happened, in the funnel's terms.
    pub(super) fn of(funnel: &Funnel, tick: &Tick) -> Self {
        let what = match tick.what {
            Did::Entry => What::Entry,
            Did::Sent(sent) => What::Sent(sent),
            Did::Reply { option, asked } => What::Reply { label: label(funnel, tick.step, option), asked: Seconds(asked) },
            Did::Timeout { asked } => What::Timeout { asked: Seconds(asked) },
            Did::Waited { from } => What::Waited { from: Seconds(from) },
            Did::Branch(out) => What::Branch(output(funnel, tick.step, out)),
            Did::Unprompted => What::Unprompted,
            Did::Exit(outcome) => What::Exit(outcome),
        };
        Self {
            at: Seconds(tick.at),
            step: funnel.steps[tick.step].id.clone(),
            what,
            since_inbound: tick.since_inbound.map(Seconds),
            opted_in: tick.opted_in,
        }
    }
}

fn label(funnel: &Funnel, step: usize, option: usize) -> String {
    let reply = funnel.steps[step].message().and_then(|message| message.reply.as_ref());
    reply.and_then(|reply| reply.options.get(option)).map(|option| option.label.clone()).unwrap_or_default()
}

fn output(funnel: &Funnel, step: usize, out: usize) -> Output {
    funnel.steps[step].outputs().into_iter().nth(out).unwrap_or_default()
}
