//! One person of a crowd, step by step: the plain reading of the table, by which every faster one is measured.

use crate::engine::machine::Consent;
use crate::engine::sending::Sending;
use crate::model::Outcome;

use super::draw::Lot;
use super::law::{NEVER, chosen};
use super::table::{Asked, Door, NOWHERE, Row, Table};

/// No message or call yet.
pub const UNHEARD: i64 = i64::MIN;

/// Somebody on the way.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Person {
    /// The number in the crowd.
    pub number: u32,
    /// When they entered, in seconds since 1970.
    pub entered: i64,
    /// When it is.
    pub now: i64,
    /// When they last wrote or called; [`UNHEARD`] before that.
    pub heard: i64,
    /// Their marketing consent.
    pub consent: Consent,
}

/// How a journey ends.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum End {
    /// At an exit.
    Exit(Outcome),
    /// At a question that is never answered and has no timeout.
    Waiting,
    /// At an output that leads nowhere.
    NotConnected,
    /// In a cycle without end.
    Endless,
}

/// Who looks at a journey.
pub trait Watch {
    /// Somebody enters.
    fn enters(&mut self, person: &Person, door: &Door);
    /// A step sends, or would have sent.
    fn sends(&mut self, person: &Person, sender: usize, open: bool, sending: Sending);
    /// A question is answered by this option after so many seconds, or not in time.
    fn answers(&mut self, _step: usize, _answer: Option<(usize, i64)>) {}
    /// Chance or an attribute chooses an output.
    fn parts(&mut self, _step: usize, _output: usize) {}
    /// The journey ends.
    fn ends(&mut self, end: End);
}

impl Person {
    /// How long ago they last wrote or called.
    pub fn since_inbound(&self) -> Option<i64> {
        (self.heard != UNHEARD).then(|| self.now - self.heard)
    }
}

/// Follows people; what it remembers of one is forgotten before the next.
#[derive(Debug)]
pub struct Walker<'a> {
    table: &'a Table,
    /// How often the person came to each step of a cycle.
    visits: Vec<u32>,
    visited: Vec<usize>,
    /// The attributes that the person was asked for first, where that must be remembered.
    told: Vec<(usize, bool)>,
}

impl<'a> Walker<'a> {
    /// Ready for the people of a table.
    pub fn new(table: &'a Table) -> Self {
        Self { table, visits: vec![0; table.rows.len()], visited: Vec::new(), told: Vec::new() }
    }

    /// Follows the person of this number to the end.
    pub fn walk(&mut self, number: u32, watch: &mut impl Watch) {
        let table = self.table;
        self.visited.drain(..).for_each(|step| self.visits[step] = 0);
        self.told.clear();
        let Some(door) = table.door(number) else { return };
        let entered = table.arrival(number, door);
        let mut person = Person {
            number,
            entered,
            now: entered,
            heard: if door.inbound { entered } else { UNHEARD },
            consent: Consent::at_entry(door.opted_in),
        };
        watch.enters(&person, door);
        // Entering is the first move.
        let end = self.follow(&mut person, door.to, 1, watch);
        watch.ends(end);
    }

    /// Follows somebody on from a step, after so many moves, visits to steps and answers about themselves.
    pub fn resume(
        &mut self,
        mut person: Person,
        step: usize,
        moves: u32,
        visits: impl Iterator<Item = (usize, u32)>,
        told: impl Iterator<Item = (usize, bool)>,
        watch: &mut impl Watch,
    ) {
        self.visited.drain(..).for_each(|step| self.visits[step] = 0);
        self.told.clear();
        self.told.extend(told);
        for (step, count) in visits.filter(|(_, count)| *count > 0) {
            self.visits[step] = count;
            self.visited.push(step);
        }
        let end = self.follow(&mut person, step, moves, watch);
        watch.ends(end);
    }

    fn follow(&mut self, person: &mut Person, from: usize, mut moves: u32, watch: &mut impl Watch) -> End {
        let table = self.table;
        let mut step = from;
        while step != NOWHERE {
            if moves >= table.most_moves {
                return End::Endless;
            }
            moves += 1;
            step = match table.rows[step] {
                Row::Pass(to) => to,
                Row::Send { sender, to } => {
                    self.send(person, sender, watch);
                    to
                }
                Row::Ask { sender, question } => {
                    self.send(person, sender, watch);
                    let visit = self.visit(step);
                    let asked = &table.questions[question];
                    let answer = table.answer(person.number, table.lots[step], visit, asked);
                    match answer {
                        Some((option, after)) => {
                            watch.answers(step, answer);
                            let (to, effect) = asked.options[option];
                            person.now += after;
                            person.heard = person.now;
                            person.consent = person.consent.after(effect);
                            to
                        }
                        None if asked.timeout == NEVER => return End::Waiting,
                        None => {
                            watch.answers(step, answer);
                            person.now += asked.timeout;
                            asked.late
                        }
                    }
                }
                Row::For { length, to } => {
                    person.now += length;
                    to
                }
                Row::Calendar { almanac, to } => {
                    person.now = table.almanacs[almanac].passes(person.now);
                    to
                }
                Row::IfOpen(to) => to[usize::from(!table.is_open(person))],
                Row::IfOptedIn(to) => to[usize::from(person.consent != Consent::Given)],
                Row::Split(split) => {
                    let parts = &table.splits[split];
                    let visit = self.visit(step);
                    let output = chosen(&parts.bounds, table.dice.draw(person.number, table.lots[step], visit));
                    watch.parts(step, output);
                    parts.to.get(output).copied().unwrap_or(NOWHERE)
                }
                Row::IfAttribute { attribute, bound, to } => {
                    let holds = self.holds(person.number, attribute, bound);
                    watch.parts(step, usize::from(!holds));
                    to[usize::from(!holds)]
                }
                Row::Exit(outcome) => return End::Exit(outcome),
            };
        }
        End::NotConnected
    }

    fn send(&self, person: &Person, sender: usize, watch: &mut impl Watch) {
        let open = self.table.is_open(person);
        watch.sends(person, sender, open, self.table.senders[sender].sends[usize::from(open)]);
    }

    /// How often the person was here before.
    fn visit(&mut self, step: usize) -> u32 {
        if !self.table.looped[step] {
            return 0;
        }
        let visit = self.visits[step];
        if visit == 0 {
            self.visited.push(step);
        }
        self.visits[step] += 1;
        visit
    }

    fn holds(&mut self, number: u32, attribute: usize, bound: u64) -> bool {
        let asked = &self.table.attributes[attribute];
        let drawn = || u64::from(self.table.dice.draw(number, asked.lot, 0)) < bound;
        if !asked.remembered {
            return drawn();
        }
        if let Some((_, holds)) = self.told.iter().find(|(told, _)| *told == attribute) {
            return *holds;
        }
        let holds = drawn();
        self.told.push((attribute, holds));
        holds
    }
}

impl Table {
    /// The entry by which a person arrives: each is as likely.
    pub fn door(&self, number: u32) -> Option<&Door> {
        match self.doors.len() {
            0 | 1 => self.doors.first(),
            count => self.doors.get(place_of(self.dice.draw(number, Lot::ENTRY, 0), count as u64) as usize),
        }
    }

    /// When a person arrives: each allowed second is as likely.
    pub fn arrival(&self, number: u32, door: &Door) -> i64 {
        self.second(door, place_of(self.dice.draw(number, Lot::ARRIVAL, 0), door.seconds))
    }

    /// The allowed second of this place.
    #[inline]
    pub fn second(&self, door: &Door, place: u64) -> i64 {
        let after = door.spans.partition_point(|(before, _)| *before <= place);
        door.spans.get(after.saturating_sub(1)).map_or(self.start, |(before, first)| first + (place - before) as i64)
    }

    /// Whether the window is open for a person.
    #[inline]
    pub fn is_open(&self, person: &Person) -> bool {
        person.heard != UNHEARD && person.now - person.heard < self.window
    }

    /// Which option a person picks and after how many seconds; `None` where none comes in time.
    fn answer(&self, number: u32, lot: Lot, visit: u32, asked: &Asked) -> Option<(usize, i64)> {
        let after = asked.after(self.dice.draw(number, lot, visit));
        if after >= asked.timeout {
            return None;
        }
        let drawn = asked.choice.map_or(0, |choice| self.dice.draw(number, choice, visit));
        Some((chosen(&asked.bounds, drawn), after))
    }
}

impl Asked {
    /// The seconds until the answer at this number; [`NEVER`] where none comes.
    #[inline]
    pub fn after(&self, number: u32) -> i64 {
        if u64::from(number) < self.silent { NEVER } else { self.delay.at(self.stretched(number)) }
    }

    /// A number that answers, stretched over all numbers.
    #[inline(always)]
    pub fn stretched(&self, number: u32) -> u32 {
        (u64::from(number.wrapping_sub(self.silent as u32)).wrapping_mul(self.stretch) >> 32) as u32
    }
}

/// A number of 32 bits, scaled to one below `count`.
#[inline(always)]
pub fn place_of(number: u32, count: u64) -> u64 {
    (u64::from(number) * count) >> 32
}
