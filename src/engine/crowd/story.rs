//! One person of a crowd as a story, to be followed step by step like any other.

use crate::engine::journey::Story;
use crate::engine::sending::Sending;
use crate::model::{Answer, Choice, Funnel, LocalTime, Output, Scenario, Seconds};
use crate::policy::Policy;

use super::person::{End, Person, Walker, Watch};
use super::table::{Door, Table};

/// The people of a crowd, to be looked at one by one.
#[derive(Debug)]
pub struct People<'a> {
    funnel: &'a Funnel,
    table: Table,
}

impl<'a> People<'a> {
    /// The people whom [`super::simulate`] follows for the same arguments.
    pub fn new(funnel: &'a Funnel, policy: &Policy, now: LocalTime, seed: u64) -> Self {
        Self { funnel, table: Table::new(funnel, policy, now, seed) }
    }

    /// What the person of this number does, from 0: [`crate::engine::follow`] comes by the same moments. `None` where
    /// nobody can enter.
    pub fn story(&self, number: u32) -> Option<Story> {
        let mut teller = Teller { funnel: self.funnel, scenario: Scenario::default(), entered: None };
        Walker::new(&self.table).walk(number, &mut teller);
        Some(Story::at(teller.entered?, teller.scenario, &self.table.clock, 0))
    }
}

/// Writes down what a person does.
struct Teller<'a> {
    funnel: &'a Funnel,
    scenario: Scenario,
    entered: Option<i64>,
}

impl Watch for Teller<'_> {
    fn enters(&mut self, person: &Person, door: &Door) {
        self.entered = Some(person.entered);
        self.scenario.entry = Some(self.funnel.steps[door.step].id.clone());
    }

    fn sends(&mut self, _person: &Person, _sender: usize, _open: bool, _sending: Sending) {}

    fn answers(&mut self, step: usize, answer: Option<(usize, i64)>) {
        let step = &self.funnel.steps[step];
        let Some(reply) = step.message().and_then(|message| message.reply.as_ref()) else { return };
        let label = |option: usize| reply.options.get(option).map(|option| option.label.clone()).unwrap_or_default();
        // An answer at the timeout counts as none (format.md, "A reply").
        let (option, after) = answer.map_or((0, reply.timeout.unwrap_or_default()), |(o, after)| (o, Seconds(after)));
        self.scenario.answers.push(Answer { step: step.id.clone(), reply: label(option), after });
    }

    fn parts(&mut self, step: usize, output: usize) {
        let step = &self.funnel.steps[step];
        let out: Output = step.outputs().into_iter().nth(output).unwrap_or_default();
        self.scenario.choices.push(Choice { step: step.id.clone(), out });
    }

    fn ends(&mut self, _end: End) {}
}
