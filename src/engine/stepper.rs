//! One person on the way: what a step does to them, moment by moment, in the machine's terms. It is the only place where one
//! person moves; who tells what the person answers is another's to know.

use std::collections::{BTreeMap, HashMap, VecDeque};
use std::sync::Arc;

use crate::model::{Answer, Choice, Funnel, Otherwise, Outcome, Reply, Scenario, Seconds, Sent, Step, StepId};

use super::journey::Story;
use super::machine::{Act, Consent, Machine, StepIndex, most_moves};
use super::sending::sent;

/// Something that happened: a [`super::Moment`] that names nothing.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Tick {
    /// Since entry, in seconds.
    pub at: i64,
    /// The place of the step in the funnel.
    pub step: StepIndex,
    /// What happened.
    pub what: Did,
    /// Since the person's last message or call, just before.
    pub since_inbound: Option<i64>,
    /// Whether the person had given marketing opt-in, just before, and had not withdrawn it.
    pub opted_in: bool,
}

/// What happened: a [`super::What`] that names nothing.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Did {
    /// The person entered.
    Entry,
    /// The business sent, or would have sent.
    Sent(Sent),
    /// The person answered.
    Reply {
        /// The option's place among the options.
        option: usize,
        /// When the question was sent, since entry.
        asked: i64,
    },
    /// The person did not answer in time.
    Timeout {
        /// When the question was sent, since entry.
        asked: i64,
    },
    /// A wait ended.
    Waited {
        /// When it began, since entry.
        from: i64,
    },
    /// A branch was passed, by the output of this place.
    Branch(usize),
    /// The person wrote unasked.
    Unprompted,
    /// An exit was reached.
    Exit(Outcome),
}

/// How it ended: an [`super::journey::Ending`] that names nothing.
pub enum End {
    Exit(Outcome),
    Waiting(StepIndex),
    Loose(StepIndex, usize),
    Endless(StepIndex),
    NoEntry,
}

/// All of a person that decides what comes next.
#[derive(Debug, Clone, Default)]
pub struct State {
    /// The step at which they are.
    pub at: StepIndex,
    /// Since entry.
    pub now: i64,
    /// When they last wrote or called, since entry.
    pub inbound: Option<i64>,
    pub consent: Consent,
    /// Whether anything has happened to them yet.
    pub entered: bool,
    /// The attributes that were asked, and whether they hold.
    pub attributes: Option<Arc<BTreeMap<usize, bool>>>,
}

/// Somebody who is asked by a step, and says whether and what they answer.
pub type Person<'a> = dyn FnMut(&Step, &Reply) -> Option<Answer> + 'a;

/// What a person says and chooses.
pub enum Says<'a> {
    /// What the scenario still says of each step, the next visit first.
    Story {
        answers: HashMap<&'a StepId, VecDeque<&'a Answer>>,
        choices: HashMap<&'a StepId, VecDeque<&'a Choice>>,
        otherwise: Otherwise,
    },
    /// What somebody says who makes it up on the way.
    Person(&'a mut Person<'a>),
    /// One move: the option with the time that it takes, or silence; and the way out of a branch.
    Move { answer: Option<(usize, i64)>, out: usize },
}

impl<'a> Says<'a> {
    pub fn story(scenario: &'a Scenario) -> Self {
        Self::Story {
            answers: by_step(&scenario.answers, |answer| &answer.step),
            choices: by_step(&scenario.choices, |choice| &choice.step),
            otherwise: scenario.otherwise,
        }
    }
}

/// The place of the option that is answered, and how long it takes.
fn picked(reply: &Reply, answer: &Answer) -> Option<(usize, i64)> {
    let option = reply.options.iter().position(|option| option.label == answer.reply)?;
    Some((option, answer.after.0))
}

fn by_step<T>(said: &[T], step: impl Fn(&T) -> &StepId) -> HashMap<&StepId, VecDeque<&T>> {
    let mut by_step: HashMap<&StepId, VecDeque<&T>> = HashMap::new();
    for one in said {
        by_step.entry(step(one)).or_default().push_back(one);
    }
    by_step
}

/// Follows one person.
pub struct Stepper<'a> {
    funnel: &'a Funnel,
    machine: &'a Machine,
    arrives_unix: i64,
    pub says: Says<'a>,
    pub state: State,
    /// When they write unasked, the last first.
    pub unprompted: Vec<i64>,
    pub inbounds: Vec<Seconds>,
    /// What happened so far.
    pub ticks: Vec<Tick>,
}

impl<'a> Stepper<'a> {
    /// Somebody who arrives at this instant.
    pub fn new(funnel: &'a Funnel, machine: &'a Machine, arrives_unix: i64, says: Says<'a>) -> Self {
        Self {
            funnel,
            machine,
            arrives_unix,
            says,
            state: State::default(),
            unprompted: Vec::new(),
            inbounds: Vec::new(),
            ticks: Vec::new(),
        }
    }

    /// Somebody else, who is in this state and arrived at another instant.
    pub fn become_one(&mut self, arrives_unix: i64, state: State) {
        self.arrives_unix = arrives_unix;
        self.state = state;
    }

    /// Goes on from the entry that the story names until the journey ends.
    pub fn walk(&mut self, story: &Story) -> End {
        let entry = self.machine.acts.iter().enumerate().find(|(index, act)| {
            matches!(act, Act::Enter { .. })
                && story.scenario.entry.as_ref().is_none_or(|id| *id == self.funnel.steps[*index].id)
        });
        let Some((entry, _)) = entry else { return End::NoEntry };
        self.state.at = entry;
        let most = most_moves(self.machine.acts.len()).max(story.moves + 1);
        for _ in 0..most {
            self.hear_until(self.state.now);
            let output = match self.act() {
                Ok(output) => output,
                Err(end) => return end,
            };
            match self.machine.targets[self.state.at].get(output).copied().flatten() {
                Some(next) => self.state.at = next,
                None => return End::Loose(self.state.at, output),
            }
        }
        End::Endless(self.state.at)
    }

    /// Does what the step says; gives the output by which the person leaves.
    pub fn act(&mut self) -> Result<usize, End> {
        let machine = self.machine;
        match &machine.acts[self.state.at] {
            // Nobody enters twice: a link back to an entry only passes through it.
            Act::Enter { .. } if self.state.entered => Ok(0),
            Act::Enter { inbound, opted_in, .. } => {
                self.note(Did::Entry);
                self.state.consent = Consent::at_entry(*opted_in);
                if *inbound {
                    self.hear();
                }
                Ok(0)
            }
            Act::Send => {
                self.send();
                Ok(0)
            }
            Act::Ask(question) => {
                self.send();
                let asked = self.state.now;
                match self.answer().filter(|(_, after)| question.timeout.is_none_or(|timeout| *after < timeout)) {
                    Some((option, after)) => {
                        self.pass_to(asked + after);
                        self.note(Did::Reply { option, asked });
                        self.hear();
                        let effect = question.options.get(option).and_then(|(_, effect)| *effect);
                        self.state.consent = self.state.consent.after(effect);
                        Ok(option)
                    }
                    None => {
                        let Some(timeout) = question.timeout else { return Err(End::Waiting(self.state.at)) };
                        self.pass_to(asked + timeout);
                        self.note(Did::Timeout { asked });
                        Ok(question.options.len())
                    }
                }
            }
            Act::Wait(wait) => {
                let from = self.state.now;
                self.pass_to(machine.place().passes(wait, self.arrives_unix + from) - self.arrives_unix);
                self.note(Did::Waited { from });
                Ok(0)
            }
            Act::IfWindowOpen => Ok(self.branch(if machine.is_open(self.since_inbound()) { 0 } else { 1 })),
            Act::IfOptedIn => Ok(self.branch(if self.state.consent == Consent::Given { 0 } else { 1 })),
            Act::Split(weights) => {
                // The first of the likeliest.
                let likeliest = (0..weights.len()).rev().max_by(|a, b| weights[*a].total_cmp(&weights[*b])).unwrap_or(0);
                let chosen = self.choice().unwrap_or(likeliest);
                Ok(self.branch(chosen))
            }
            Act::IfAttribute { attribute, share, .. } => {
                let chosen = self.choice().unwrap_or(if *share >= 0.5 { 0 } else { 1 });
                let known = self.state.attributes.as_ref().and_then(|known| known.get(attribute)).copied();
                let holds = known.unwrap_or(chosen == 0);
                if known.is_none() {
                    Arc::make_mut(self.state.attributes.get_or_insert_default()).insert(*attribute, holds);
                }
                Ok(self.branch(if holds { 0 } else { 1 }))
            }
            Act::Exit(outcome) => {
                self.note(Did::Exit(*outcome));
                Err(End::Exit(*outcome))
            }
        }
    }

    /// Notes the unprompted messages up to and at this moment.
    pub fn hear_until(&mut self, then: i64) {
        while let Some(at) = self.unprompted.pop_if(|at| *at <= then) {
            // Before the person has entered there is nobody to hear.
            if !self.state.entered {
                self.unprompted.push(at);
                return;
            }
            self.state.now = self.state.now.max(at);
            self.note(Did::Unprompted);
            self.hear();
        }
    }

    /// Since the person's last message or call.
    pub fn since_inbound(&self) -> Option<i64> {
        self.state.inbound.map(|inbound| self.state.now - inbound)
    }

    fn hear(&mut self) {
        self.state.inbound = Some(self.state.now);
        self.inbounds.push(Seconds(self.state.now));
    }

    fn send(&mut self) {
        let Some(message) = self.funnel.steps[self.state.at].message() else { return };
        let open = self.machine.is_open(self.since_inbound());
        self.note(Did::Sent(sent(&message.send, open)));
    }

    /// The option that the person picks and how long they take, or silence.
    fn answer(&mut self) -> Option<(usize, i64)> {
        let step = &self.funnel.steps[self.state.at];
        let reply = step.message()?.reply.as_ref()?;
        match &mut self.says {
            Says::Move { answer, .. } => *answer,
            Says::Person(person) => picked(reply, &person(step, reply)?),
            Says::Story { answers, otherwise, .. } => {
                match (answers.get_mut(&step.id).and_then(VecDeque::pop_front), otherwise) {
                    (Some(answer), _) => picked(reply, answer),
                    (None, Otherwise::Prompt) if !reply.options.is_empty() => Some((0, Seconds::minutes(5).0)),
                    (None, _) => None,
                }
            }
        }
    }

    /// The output that is named for this visit.
    fn choice(&mut self) -> Option<usize> {
        let step = &self.funnel.steps[self.state.at];
        match &mut self.says {
            Says::Move { out, .. } => Some(*out),
            Says::Person(_) => None,
            Says::Story { choices, .. } => {
                let choice = choices.get_mut(&step.id).and_then(VecDeque::pop_front)?;
                step.outputs().iter().position(|out| *out == choice.out)
            }
        }
    }

    fn branch(&mut self, output: usize) -> usize {
        self.note(Did::Branch(output));
        output
    }

    /// Lets time pass, hearing what the person writes unasked in between.
    fn pass_to(&mut self, then: i64) {
        self.hear_until(then);
        self.state.now = then;
    }

    fn note(&mut self, what: Did) {
        self.state.entered = true;
        self.ticks.push(Tick {
            at: self.state.now,
            step: self.state.at,
            what,
            since_inbound: self.since_inbound(),
            opted_in: self.state.consent == Consent::Given,
        });
    }
}
