//! The table that a crowd follows: the machine with every chance, target and calendar looked up.
//!
//! What a step means is the machine's; here it is only made ready for millions of people.

use std::collections::HashMap;

use crate::engine::clock::{Clock, DAY, WEEK};
use crate::engine::graph::Graph;
use crate::engine::machine::{Act, Machine, Question, StepIndex, most_moves};
use crate::engine::sending::Sending;
use crate::model::{Branch, Effect, Funnel, LocalTime, Message, Outcome, Reply, StepKind, Wait};
use crate::policy::Policy;

use super::almanac::Almanac;
use super::draw::{Dice, Lot};
use super::law::{Drawn, bound, bounds};

/// People arrive on the first of so many days.
pub const CROWD_DAYS: i64 = 7;
/// Where an output leads nowhere.
pub const NOWHERE: usize = usize::MAX;

/// A funnel, ready for a crowd.
#[derive(Debug)]
pub struct Table {
    /// What each step does, in the funnel's order.
    pub rows: Vec<Row>,
    /// What each step draws its numbers for.
    pub lots: Vec<Lot>,
    /// Whether a journey may come back to a step.
    pub looped: Vec<bool>,
    /// The steps in an order in which none comes before a step that leads to it; those of a cycle together.
    pub order: Vec<Vec<StepIndex>>,
    /// No journey takes longer than this, in seconds, where there are no cycles.
    pub longest: i64,
    /// No step keeps anybody longer than this, in seconds.
    pub longest_stay: i64,
    /// Where people arrive, each as likely.
    pub doors: Vec<Door>,
    /// The steps that send.
    pub senders: Vec<Sender>,
    /// What the questions wait for.
    pub questions: Vec<Asked>,
    /// The parts of each split.
    pub splits: Vec<Parts>,
    /// The attributes that are asked.
    pub attributes: Vec<Attribute>,
    /// The waits that look at the calendar.
    pub almanacs: Vec<Almanac>,
    /// The numbers of the seed.
    pub dice: Dice,
    /// The window is open while strictly less than this has passed since the last inbound, in seconds.
    pub window: i64,
    /// A journey of more moves is endless.
    pub most_moves: u32,
    /// The audience's clock.
    pub clock: Clock,
    /// The first second of the arrivals.
    pub start: i64,
}

/// What a step does.
#[derive(Debug, Clone, Copy)]
pub enum Row {
    /// Nothing to those who come from elsewhere: an entry.
    Pass(usize),
    /// Sends.
    Send { sender: usize, to: usize },
    /// Sends and waits for an answer.
    Ask { sender: usize, question: usize },
    /// Waits so many seconds.
    For { length: i64, to: usize },
    /// Waits for the calendar.
    Calendar { almanac: usize, to: usize },
    /// Parts people by the window.
    IfOpen([usize; 2]),
    /// Parts people by their opt-in.
    IfOptedIn([usize; 2]),
    /// Parts people by chance.
    Split(usize),
    /// Parts people by an attribute; the bound below which a number has it.
    IfAttribute { attribute: usize, bound: u64, to: [usize; 2] },
    /// Ends the journey.
    Exit(Outcome),
}

/// An entry.
#[derive(Debug)]
pub struct Door {
    /// The entry.
    pub step: StepIndex,
    /// The step after it.
    pub to: usize,
    /// The number of allowed seconds before each span of them, and its first.
    pub spans: Vec<(u64, i64)>,
    /// All allowed seconds.
    pub seconds: u64,
    /// Whether arriving is an inbound message or call.
    pub inbound: bool,
    /// Whether these people have opted in.
    pub opted_in: bool,
}

/// A step that sends.
#[derive(Debug)]
pub struct Sender {
    /// The step.
    pub step: StepIndex,
    /// While the window is closed, and while it is open.
    pub sends: [Sending; 2],
    /// Whether one person may come here twice.
    pub looped: bool,
}

/// What may come of a question.
#[derive(Debug)]
pub struct Asked {
    /// Numbers below this never answer.
    pub silent: u64,
    /// Stretches the other numbers over all, in parts of 2³².
    pub stretch: u64,
    /// How long an answer takes.
    pub delay: Drawn,
    /// When the journey goes on without one; `i64::MAX` where it does not.
    pub timeout: i64,
    /// Where it then goes.
    pub late: usize,
    /// The options.
    pub options: Vec<(usize, Option<Effect>)>,
    /// The bounds that choose among them.
    pub bounds: Vec<u64>,
    /// What the choice is drawn for; `None` where only one option is possible.
    pub choice: Option<Lot>,
}

/// The parts of a split.
#[derive(Debug)]
pub struct Parts {
    /// The bounds that choose.
    pub bounds: Vec<u64>,
    /// Where each leads.
    pub to: Vec<usize>,
}

/// Something known of a person.
#[derive(Debug)]
pub struct Attribute {
    /// What it is drawn for: the name, so that every step that asks draws the same.
    pub lot: Lot,
    /// Steps give it different shares, so the first that asks must be remembered.
    pub remembered: bool,
}

impl Table {
    /// Makes a funnel ready. `now` is when people may begin to arrive where the funnel has no launch.
    pub fn new(funnel: &Funnel, policy: &Policy, now: LocalTime, seed: u64) -> Self {
        let machine = Machine::new(funnel, policy);
        let start = machine.clock.instant_of(funnel.launch.unwrap_or(now));
        let graph = Graph::of(&machine);
        let mut table = Self {
            rows: Vec::with_capacity(machine.acts.len()),
            lots: funnel.steps.iter().map(|step| Lot::step(step.id.as_str())).collect(),
            looped: graph.in_cycle(&machine),
            doors: Vec::new(),
            senders: Vec::new(),
            questions: Vec::new(),
            splits: Vec::new(),
            attributes: attributes(funnel, &machine),
            almanacs: Vec::new(),
            dice: Dice::new(seed),
            window: machine.window,
            most_moves: u32::try_from(most_moves(machine.acts.len())).unwrap_or(u32::MAX),
            clock: machine.clock,
            start,
            order: in_order(&graph),
            longest: 0,
            longest_stay: 0,
        };
        let horizon = horizon(&machine, &graph, start);
        let mut known: HashMap<String, usize> = HashMap::new();
        for (step, act) in machine.acts.iter().enumerate() {
            let row = table.row(funnel, &machine, step, act);
            table.rows.push(row.unwrap_or_else(|wait| {
                // Alike waits share their pages.
                let almanac = *known.entry(format!("{wait:?}")).or_insert_with(|| {
                    table.almanacs.push(Almanac::new(wait.clone(), machine.place(), start));
                    table.almanacs.len() - 1
                });
                Row::Calendar { almanac, to: targets(&machine, step)[0] }
            }));
        }
        let stay = |step: StepIndex| match (&machine.acts[step], &table.rows[step]) {
            (Act::Wait(Wait::For(length)), _) => length.0,
            (Act::Wait(Wait::Date(date)), _) => (machine.clock.instant_of(*date) - start).max(0),
            (Act::Wait(_), _) => WEEK + 2 * DAY,
            (Act::Ask(asks), Row::Ask { question, .. }) => {
                asks.timeout.unwrap_or_else(|| table.questions[*question].delay.longest())
            }
            _ => 0,
        };
        let longest_stay = (0..machine.acts.len()).map(stay).max().unwrap_or(0);
        (table.longest, table.longest_stay) = (graph.longest_span(&machine, stay), longest_stay);
        let count = table.almanacs.len();
        table.almanacs.iter_mut().for_each(|almanac| almanac.open(start + horizon, count));
        table
    }

    fn row<'a>(&mut self, funnel: &Funnel, machine: &Machine, step: StepIndex, act: &'a Act) -> Result<Row, &'a Wait> {
        let to = targets(machine, step);
        let kind = &funnel.steps[step].kind;
        Ok(match act {
            Act::Enter { inbound, opted_in, arrivals } => {
                let days = self.start..self.start + CROWD_DAYS * DAY;
                let (mut seconds, mut spans) = (0, Vec::new());
                for span in machine.place().arrivals(*arrivals, days) {
                    spans.push((seconds, span.start));
                    seconds += (span.end - span.start).unsigned_abs();
                }
                self.doors.push(Door { step, to: to[0], spans, seconds, inbound: *inbound, opted_in: *opted_in });
                Row::Pass(to[0])
            }
            Act::Send => Row::Send { sender: self.sender(funnel, step), to: to[0] },
            Act::Ask(question) => {
                let sender = self.sender(funnel, step);
                if let StepKind::Message(Message { reply: Some(reply), .. }) = kind {
                    self.questions.push(Asked::new(question, reply, &to, self.lots[step]));
                }
                Row::Ask { sender, question: self.questions.len() - 1 }
            }
            Act::Wait(Wait::For(length)) => Row::For { length: length.0, to: to[0] },
            Act::Wait(wait) => return Err(wait),
            Act::IfWindowOpen => Row::IfOpen([to[0], to[1]]),
            Act::IfOptedIn => Row::IfOptedIn([to[0], to[1]]),
            Act::Split(weights) => {
                self.splits.push(Parts { bounds: bounds(weights), to });
                Row::Split(self.splits.len() - 1)
            }
            Act::IfAttribute { attribute, share, .. } => {
                Row::IfAttribute { attribute: *attribute, bound: bound(*share), to: [to[0], to[1]] }
            }
            Act::Exit(outcome) => Row::Exit(*outcome),
        })
    }

    fn sender(&mut self, funnel: &Funnel, step: StepIndex) -> usize {
        if let StepKind::Message(message) = &funnel.steps[step].kind {
            let sends = [false, true].map(|open| Sending::new(funnel, message, open));
            self.senders.push(Sender { step, sends, looped: self.looped[step] });
        }
        self.senders.len() - 1
    }
}

fn in_order(graph: &Graph) -> Vec<Vec<StepIndex>> {
    let mut order = vec![Vec::new(); graph.components];
    graph.by_turn.iter().for_each(|step| order[graph.component[*step] as usize].push(*step));
    // Components are numbered from the ends back.
    order.reverse();
    order
}

fn targets(machine: &Machine, step: StepIndex) -> Vec<usize> {
    machine.targets[step].iter().map(|to| to.unwrap_or(NOWHERE)).collect()
}

impl Asked {
    fn new(question: &Question, reply: &Reply, to: &[usize], lot: Lot) -> Self {
        let possible = question.options.iter().filter(|(possible, _)| *possible).count();
        // Nobody answers where there is nothing to answer.
        let silent = if possible == 0 { bound(1.0) } else { bound(1.0 - reply.chance) };
        let weights: Vec<f64> = reply.options.iter().map(|option| option.share).collect();
        Self {
            silent,
            // No number that answers is stretched beyond 2^32, so none of the products passes 2^64.
            stretch: u128::checked_div(1 << 64, u128::from(bound(1.0) - silent)).map_or(0, |stretch| stretch as u64),
            delay: Drawn::new(&reply.delay),
            timeout: question.timeout.unwrap_or(i64::MAX),
            late: to.get(question.options.len()).copied().unwrap_or(NOWHERE),
            options: question.options.iter().zip(to).map(|((_, effect), to)| (*to, *effect)).collect(),
            bounds: bounds(&weights),
            choice: (possible > 1).then(|| lot.second()),
        }
    }
}

fn attributes(funnel: &Funnel, machine: &Machine) -> Vec<Attribute> {
    let mut found: Vec<Option<(Attribute, f64)>> = (0..machine.attributes).map(|_| None).collect();
    for (step, act) in funnel.steps.iter().zip(&machine.acts) {
        if let (StepKind::Branch(Branch::Attribute { name, share }), Act::IfAttribute { attribute, .. }) = (&step.kind, act)
        {
            let lot = Lot::attribute(name);
            let (known, first) = found[*attribute].get_or_insert((Attribute { lot, remembered: false }, *share));
            known.remembered |= *first != *share;
        }
    }
    found.into_iter().flatten().map(|(attribute, _)| attribute).collect()
}

/// How far calendars are worth working out beforehand: few people stay longer.
fn horizon(machine: &Machine, graph: &Graph, start: i64) -> i64 {
    const LEAST: i64 = 60 * DAY;
    const MOST: i64 = 1200 * DAY;
    let cycles = if graph.in_cycle(machine).contains(&true) { 4 } else { 1 };
    let span = graph.longest_span(machine, |step| match &machine.acts[step] {
        Act::Wait(Wait::For(length)) => length.0,
        Act::Wait(Wait::Date(date)) => (machine.clock.instant_of(*date) - start).max(0),
        Act::Wait(_) => 2 * DAY,
        Act::Ask(question) => question.timeout.or(question.latest).unwrap_or(30 * DAY).min(30 * DAY),
        _ => 0,
    });
    (CROWD_DAYS * DAY + LEAST).saturating_add(span.saturating_mul(cycles)).clamp(LEAST, MOST)
}
