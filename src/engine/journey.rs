//! One journey: a person's story followed through the funnel.

use std::collections::{BTreeMap, HashMap, VecDeque};

use crate::model::{Answer, Choice, Effect, Funnel, LocalTime, Otherwise, Outcome, Output, Scenario, Seconds, Sent, StepId};
use crate::policy::Policy;

use super::clock::Clock;
use super::machine::{Act, Consent, Machine, StepIndex, most_moves};
use super::sending::sent;

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

/// Follows one story through a funnel that is compiled already.
pub(super) fn walk(funnel: &Funnel, machine: &Machine, story: &Story) -> Journey {
    let mut person = Person::new(funnel, machine, story);
    let ending = person.walk();
    // What the person writes after the funnel is done with them is still part of the story.
    person.hear_until(i64::MAX);
    Journey {
        arrives_unix: story.arrives_unix,
        arrives: machine.clock.local_time(story.arrives_unix),
        moments: person.moments,
        inbounds: person.inbounds,
        ending,
    }
}

fn by_step<T>(said: &[T], step: impl Fn(&T) -> &StepId) -> HashMap<&StepId, VecDeque<&T>> {
    let mut by_step: HashMap<&StepId, VecDeque<&T>> = HashMap::new();
    for one in said {
        by_step.entry(step(one)).or_default().push_back(one);
    }
    by_step
}

/// One person on the way.
struct Person<'a> {
    funnel: &'a Funnel,
    machine: &'a Machine,
    story: &'a Story,
    at: StepIndex,
    /// Since entry.
    now: i64,
    consent: Consent,
    attributes: BTreeMap<usize, bool>,
    /// What the scenario still says of each step, the next visit first.
    answers: HashMap<&'a StepId, VecDeque<&'a Answer>>,
    choices: HashMap<&'a StepId, VecDeque<&'a Choice>>,
    unprompted: Vec<i64>,
    inbounds: Vec<Seconds>,
    moments: Vec<Moment>,
}

impl<'a> Person<'a> {
    fn new(funnel: &'a Funnel, machine: &'a Machine, story: &'a Story) -> Self {
        let mut unprompted: Vec<i64> = story.scenario.unprompted.iter().map(|at| at.0).collect();
        unprompted.sort_unstable_by(|a, b| b.cmp(a));
        Self {
            funnel,
            machine,
            story,
            at: 0,
            now: 0,
            consent: Consent::Never,
            attributes: BTreeMap::new(),
            answers: by_step(&story.scenario.answers, |answer| &answer.step),
            choices: by_step(&story.scenario.choices, |choice| &choice.step),
            unprompted,
            inbounds: Vec::new(),
            moments: Vec::new(),
        }
    }

    fn walk(&mut self) -> Ending {
        let entry = self.machine.acts.iter().enumerate().find(|(index, act)| {
            matches!(act, Act::Enter { .. })
                && self.story.scenario.entry.as_ref().is_none_or(|id| *id == self.funnel.steps[*index].id)
        });
        let Some((entry, _)) = entry else { return Ending::NoEntry };
        self.at = entry;
        let most = most_moves(self.machine.acts.len()).max(self.story.moves + 1);
        for _ in 0..most {
            self.hear_until(self.now);
            let output = match self.act() {
                Ok(output) => output,
                Err(ending) => return ending,
            };
            match self.machine.targets[self.at].get(output).copied().flatten() {
                Some(next) => self.at = next,
                None => return Ending::Loose(self.step_id(), self.output(output)),
            }
        }
        Ending::Endless(self.step_id())
    }

    /// Does what the step says; gives the output by which the person leaves.
    fn act(&mut self) -> Result<usize, Ending> {
        match &self.machine.acts[self.at] {
            // Nobody enters twice: a link back to an entry only passes through it.
            Act::Enter { .. } if !self.moments.is_empty() => Ok(0),
            Act::Enter { inbound, opted_in, .. } => {
                self.note(What::Entry);
                self.consent = Consent::at_entry(*opted_in);
                if *inbound {
                    self.inbounds.push(Seconds(self.now));
                }
                Ok(0)
            }
            Act::Send => {
                self.send();
                Ok(0)
            }
            Act::Ask(question) => {
                self.send();
                let asked = self.now;
                match self.answer(question.timeout) {
                    Some((option, after)) => {
                        self.pass_to(asked + after);
                        let Output::Reply(label) = self.output(option) else { return Ok(option) };
                        self.note(What::Reply { label, asked: Seconds(asked) });
                        self.inbounds.push(Seconds(self.now));
                        self.consent = self.consent.after(self.effect(option));
                        Ok(option)
                    }
                    None => {
                        let Some(timeout) = question.timeout else { return Err(Ending::Waiting(self.step_id())) };
                        self.pass_to(asked + timeout);
                        self.note(What::Timeout { asked: Seconds(asked) });
                        Ok(question.options.len())
                    }
                }
            }
            Act::Wait(wait) => {
                let from = self.now;
                let entered = self.story.arrives_unix;
                self.pass_to(self.machine.place().passes(wait, entered + from) - entered);
                self.note(What::Waited { from: Seconds(from) });
                Ok(0)
            }
            Act::IfWindowOpen => Ok(self.branch(if self.machine.is_open(self.since_inbound()) { 0 } else { 1 })),
            Act::IfOptedIn => Ok(self.branch(if self.consent == Consent::Given { 0 } else { 1 })),
            Act::Split(weights) => {
                // The first of the likeliest.
                let likeliest = (0..weights.len()).rev().max_by(|a, b| weights[*a].total_cmp(&weights[*b])).unwrap_or(0);
                let chosen = self.choice().unwrap_or(likeliest);
                Ok(self.branch(chosen))
            }
            Act::IfAttribute { attribute, share, .. } => {
                let chosen = self.choice().unwrap_or(if *share >= 0.5 { 0 } else { 1 });
                let holds = *self.attributes.entry(*attribute).or_insert(chosen == 0);
                Ok(self.branch(if holds { 0 } else { 1 }))
            }
            Act::Exit(outcome) => {
                self.note(What::Exit(*outcome));
                Err(Ending::Exit(*outcome))
            }
        }
    }

    fn send(&mut self) {
        let Some(message) = self.funnel.steps[self.at].message() else { return };
        let open = self.machine.is_open(self.since_inbound());
        self.note(What::Sent(sent(&message.send, open)));
    }

    /// The option that the person picks and how long they take, or silence.
    fn answer(&mut self, timeout: Option<i64>) -> Option<(usize, i64)> {
        let step = &self.funnel.steps[self.at];
        let reply = step.message()?.reply.as_ref()?;
        let said = self.answers.get_mut(&step.id).and_then(VecDeque::pop_front);
        let (option, after) = match (said, self.story.scenario.otherwise) {
            (Some(answer), _) => (reply.options.iter().position(|option| option.label == answer.reply)?, answer.after.0),
            (None, Otherwise::Prompt) if !reply.options.is_empty() => (0, Seconds::minutes(5).0),
            (None, _) => return None,
        };
        timeout.is_none_or(|timeout| after < timeout).then_some((option, after))
    }

    /// The output that the scenario names for this visit.
    fn choice(&mut self) -> Option<usize> {
        let step = &self.funnel.steps[self.at];
        let choice = self.choices.get_mut(&step.id).and_then(VecDeque::pop_front)?;
        step.outputs().iter().position(|out| *out == choice.out)
    }

    fn branch(&mut self, output: usize) -> usize {
        let what = What::Branch(self.output(output));
        self.note(what);
        output
    }

    fn effect(&self, option: usize) -> Option<Effect> {
        match &self.machine.acts[self.at] {
            Act::Ask(question) => question.options.get(option).and_then(|(_, effect)| *effect),
            _ => None,
        }
    }

    fn output(&self, output: usize) -> Output {
        self.funnel.steps[self.at].outputs().into_iter().nth(output).unwrap_or_default()
    }

    fn step_id(&self) -> StepId {
        self.funnel.steps[self.at].id.clone()
    }

    fn since_inbound(&self) -> Option<i64> {
        self.inbounds.last().map(|inbound| self.now - inbound.0)
    }

    /// Lets time pass, hearing what the person writes unasked in between.
    fn pass_to(&mut self, then: i64) {
        self.hear_until(then);
        self.now = then;
    }

    /// Notes the unprompted messages up to and at this moment.
    fn hear_until(&mut self, then: i64) {
        while let Some(at) = self.unprompted.pop_if(|at| *at <= then) {
            // Before the person has entered there is nobody to hear.
            if self.moments.is_empty() {
                self.unprompted.push(at);
                return;
            }
            self.now = self.now.max(at);
            self.note(What::Unprompted);
            self.inbounds.push(Seconds(self.now));
        }
    }

    fn note(&mut self, what: What) {
        self.moments.push(Moment {
            at: Seconds(self.now),
            step: self.step_id(),
            what,
            since_inbound: self.since_inbound().map(Seconds),
            opted_in: self.consent == Consent::Given,
        });
    }
}
