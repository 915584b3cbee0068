//! Many people at once, a step at a time: the fast reading of the table.
//!
//! What is known of a block of people lies in columns, one number a person, and each step holds a list of who is there. Steps
//! are visited in an order in which none comes before a step that leads to it, but for the steps of a cycle, which are
//! visited round after round until nobody is left in it. What comes out is, to the last count, what [`Walker`] gives for the
//! same people; that is a test.
//!
//! Knows nothing of journeys of decades and of prices by conversation: such people are walked one by one.

mod ask;
mod queue;
mod rounds;
mod send;

use crate::engine::machine::Consent;
use crate::policy::Ternary;

use super::draw::Lot;
use super::law::chosen;
use super::person::{End, Walker, place_of};
use super::table::{CROWD_DAYS, NOWHERE, Row, Table};
use super::tally::{Counter, Rules, Tally, place};
use super::vectors::Vectors;
use queue::{Column, Queue, column};
use rounds::Rounds;

pub use queue::PEOPLE;

/// No journey may take so long: then sums of two moments are still whole numbers of 32 bits.
const LONG: i64 = 1 << 30;
/// The last inbound of somebody who has not written.
const UNHEARD: i32 = -(1 << 30);
/// The start of a free entry point that has not started.
const NOT_FREE: i32 = i32::MIN;

/// People on their way together. Times are seconds since the start of the table.
#[derive(Debug)]
pub struct Block<'a> {
    table: &'a Table,
    rules: &'a Rules,
    vectors: Vectors,
    /// The number of the first of them.
    first: u32,
    queues: Vec<Queue>,
    entered: Column<i32>,
    now: Column<i32>,
    heard: Column<i32>,
    consent: Column<Consent>,
    trigger: Column<Ternary>,
    free_since: Column<i32>,
    /// What cycles need to know of each; `None` where there are none.
    rounds: Option<Rounds>,
    /// For each attribute that must be remembered, what each told when asked first; `None` before that.
    told: Vec<Option<Column<Option<bool>>>>,
    /// What was drawn, and everybody's answer, in the order of the queue that is at work.
    numbers: Column<u32>,
    after: Column<i32>,
    /// The output by which each leaves, in that order; only of those whose step chooses one.
    out: Column<u16>,
    /// Since the last inbound and since entry, in that order.
    since: Column<i32>,
    age: Column<i32>,
    spare: Vec<Vec<u16>>,
}

impl<'a> Block<'a> {
    /// Ready for the people of a table; `None` where they must be walked one by one.
    pub fn new(table: &'a Table, rules: &'a Rules, vectors: Vectors) -> Option<Self> {
        let looping = table.looped.contains(&true);
        let most = LONG - CROWD_DAYS * crate::engine::clock::DAY;
        let long = if looping { table.longest_stay >= most } else { table.longest >= most };
        let many_ways = table.questions.iter().any(|question| question.options.len() >= usize::from(u16::MAX))
            || table.splits.iter().any(|split| split.to.len() >= usize::from(u16::MAX));
        let far = table.window >= LONG;
        if long || many_ways || far || rules.till.by_conversation() {
            return None;
        }
        Some(Self {
            table,
            rules,
            vectors,
            first: 0,
            queues: vec![Queue::default(); table.rows.len()],
            entered: column(0),
            now: column(0),
            heard: column(0),
            consent: column(Consent::Never),
            trigger: column(Ternary::No),
            free_since: column(NOT_FREE),
            rounds: if looping { Some(Rounds::new(table)?) } else { None },
            told: table.attributes.iter().map(|attribute| attribute.remembered.then(|| column(None))).collect(),
            numbers: column(0),
            after: column(0),
            out: column(0),
            since: column(0),
            age: column(0),
            spare: Vec::new(),
        })
    }

    /// Follows the [`PEOPLE`] from this one on to the end. The first is a multiple of 4. Whoever comes to where this block
    /// knows no more is left to the walker.
    pub fn walk(&mut self, first: u32, walker: &mut Walker<'a>, counter: &mut Counter<'a>) {
        self.first = first;
        self.told.iter_mut().flatten().for_each(|told| told.fill(None));
        self.enter(&mut counter.tally);
        let table = self.table;
        for together in &table.order {
            match &together[..] {
                [step] if !table.looped[*step] => self.visit(*step, walker, counter),
                cycle => {
                    while cycle.iter().any(|step| self.queues[*step].len() > 0) {
                        cycle.iter().for_each(|step| self.visit(*step, walker, counter));
                    }
                }
            }
        }
        if let Some(rounds) = &self.rounds {
            rounds.count(&mut counter.tally);
        }
    }

    /// Lets all who are at a step act, and leaves nobody there.
    fn visit(&mut self, step: usize, walker: &mut Walker<'a>, counter: &mut Counter<'a>) {
        let mut queue = std::mem::take(&mut self.queues[step]);
        if queue.len() == 0 {
            return;
        }
        if self.rounds.is_some() {
            queue = self.kept(step, queue, walker, counter);
        }
        if queue.len() > 0 {
            self.act(step, &queue, &mut counter.tally);
        }
        self.put_away(queue);
    }

    /// Lets everybody arrive.
    fn enter(&mut self, tally: &mut Tally) {
        let (table, rules) = (self.table, self.rules);
        let doors = table.doors.len();
        if doors == 0 {
            return;
        }
        tally.people += PEOPLE as u64;
        if let Some(rounds) = &mut self.rounds {
            rounds.begin();
        }
        let mut everybody = Queue::everybody();
        let mut by_door: Column<u32> = column(0);
        if doors > 1 {
            self.draw(&everybody, Lot::ENTRY, None);
            let numbers = &self.numbers;
            by_door.iter_mut().zip(numbers.iter()).for_each(|(door, n)| *door = place_of(*n, doors as u64) as u32);
        }
        self.draw(&everybody, Lot::ARRIVAL, None);
        for (number, door) in table.doors.iter().enumerate() {
            let queue = if doors > 1 {
                everybody.sifted(&mut self.spare, |_, who| by_door[who] == number as u32)
            } else {
                std::mem::take(&mut everybody)
            };
            let (entered, numbers) = (&mut *self.entered, &*self.numbers);
            let seconds = u32::try_from(door.seconds).unwrap_or(u32::MAX);
            match &door.spans[..] {
                // The place is below the seconds of seven days.
                [(_, from)] => {
                    let from = (from - table.start) as i32;
                    self.vectors.run(
                        #[inline(always)]
                        || queue.each(|_, who| entered[who] = from + place_of(numbers[who], seconds.into()) as i32),
                    );
                }
                _ => queue.each(|_, who| {
                    entered[who] = (table.second(door, place_of(numbers[who], door.seconds)) - table.start) as i32;
                }),
            }
            let (now, heard, consent) = (&mut *self.now, &mut *self.heard, &mut *self.consent);
            let (trigger, free_since) = (&mut *self.trigger, &mut *self.free_since);
            let (opted_in, triggers) = (Consent::at_entry(door.opted_in), rules.triggers[number]);
            self.vectors.run(
                #[inline(always)]
                || {
                    queue.each(|_, who| now[who] = entered[who]);
                    queue.each(|_, who| heard[who] = if door.inbound { entered[who] } else { UNHEARD });
                    queue.each(|_, who| consent[who] = opted_in);
                    queue.each(|_, who| trigger[who] = triggers);
                    queue.each(|_, who| free_since[who] = NOT_FREE);
                },
            );
            self.go(&queue, door.to, tally);
            self.put_away(queue);
        }
    }

    /// Does what a step says to all who are there, and sends them on.
    fn act(&mut self, step: usize, queue: &Queue, tally: &mut Tally) {
        let (table, vectors) = (self.table, self.vectors);
        match table.rows[step] {
            Row::Pass(to) => self.go(queue, to, tally),
            Row::Send { sender, to } => {
                self.send(queue, sender, tally);
                self.go(queue, to, tally);
            }
            Row::Ask { sender, question } => {
                self.send(queue, sender, tally);
                self.ask(step, queue, question, tally);
            }
            Row::For { length, to } => {
                let now = &mut *self.now;
                // No journey takes longer than the numbers reach.
                vectors.run(
                    #[inline(always)]
                    || queue.each(|_, who| now[who] += length as i32),
                );
                self.go(queue, to, tally);
            }
            Row::Calendar { almanac, to } => {
                let (now, since, almanac) = (&mut *self.now, &mut *self.since, &table.almanacs[almanac]);
                vectors.run(
                    #[inline(always)]
                    || {
                        queue.each(|at, who| since[at] = now[who]);
                        almanac.passes_many(&mut since[..queue.len()]);
                        queue.each(|at, who| now[who] = since[at]);
                    },
                );
                self.go(queue, to, tally);
            }
            Row::IfOpen(to) => {
                let (now, heard, window) = (&*self.now, &*self.heard, table.window as i32);
                let parts = queue.parted(&mut self.spare, |_, who| now[who] - heard[who] < window);
                self.part(parts, to, tally);
            }
            Row::IfOptedIn(to) => {
                let consent = &*self.consent;
                let parts = queue.parted(&mut self.spare, |_, who| consent[who] == Consent::Given);
                self.part(parts, to, tally);
            }
            Row::Split(split) => {
                self.draw(queue, table.lots[step], Some(step));
                self.drawn(step, queue);
                let (parts, numbers, out) = (&table.splits[split], &*self.numbers, &mut *self.out);
                if let ([first, _], [a, b]) = (&parts.bounds[..], &parts.to[..]) {
                    let halves = queue.parted(&mut self.spare, |at, _| u64::from(numbers[at]) < *first);
                    return self.part(halves, [*a, *b], tally);
                }
                if parts.to.is_empty() {
                    return self.go(queue, NOWHERE, tally);
                }
                queue.each(|at, _| out[at] = chosen(&parts.bounds, numbers[at]) as u16);
                for (output, to) in parts.to.iter().enumerate() {
                    self.leave(queue, output as u16, *to, tally);
                }
            }
            Row::IfAttribute { attribute, bound, to } => {
                // Everybody draws the same at each asking.
                self.draw(queue, table.attributes[attribute].lot, None);
                let numbers = &*self.numbers;
                let parts = match &mut self.told[attribute] {
                    None => queue.parted(&mut self.spare, |at, _| u64::from(numbers[at]) < bound),
                    Some(told) => {
                        queue.each(|at, who| told[who] = told[who].or(Some(u64::from(numbers[at]) < bound)));
                        queue.parted(&mut self.spare, |_, who| told[who] == Some(true))
                    }
                };
                self.part(parts, to, tally);
            }
            Row::Exit(outcome) => tally.ends[place(End::Exit(outcome))] += queue.len() as u64,
        }
    }

    /// Draws everybody's number, in the order of the queue: at this step, where it may be visited again; else the first.
    fn draw(&mut self, queue: &Queue, lot: Lot, step: Option<usize>) {
        /// Where fewer than one in so many are there, each is drawn alone.
        const FEW: usize = 4;
        let (dice, first, vectors) = (self.table.dice, self.first, self.vectors);
        let numbers = &mut *self.numbers;
        let visits = step.and_then(|step| self.rounds.as_ref()?.visits(step));
        let visit = visits.map_or(Some(0), |visits| {
            let (mut least, mut most) = (u32::MAX, 0);
            queue.each(|_, who| (least, most) = (least.min(visits[who]), most.max(visits[who])));
            (least == most).then_some(most)
        });
        match visit {
            Some(visit) if queue.all => vectors.run(
                #[inline(always)]
                || dice.draw_many(first, lot, visit, numbers),
            ),
            Some(visit) if queue.len() * FEW >= PEOPLE => {
                let mut all = [0; PEOPLE];
                vectors.run(
                    #[inline(always)]
                    || dice.draw_many(first, lot, visit, &mut all),
                );
                queue.each(|at, who| numbers[at] = all[who]);
            }
            _ => {
                let everybody: [u16; PEOPLE];
                let people = if queue.all {
                    everybody = std::array::from_fn(|who| who as u16);
                    &everybody[..]
                } else {
                    &queue.some[..]
                };
                let visit = |who: usize| visits.map_or(0, |visits| visits[who & queue::MASK]);
                vectors.run(
                    #[inline(always)]
                    || dice.draw_each(first, lot, people, visit, &mut numbers[..people.len()]),
                );
            }
        }
    }

    /// All of a queue have drawn what there is to draw at a step.
    fn drawn(&mut self, step: usize, queue: &Queue) {
        if let Some(rounds) = &mut self.rounds {
            rounds.drawn(step, queue);
        }
    }

    /// Sends on two parts of a queue.
    fn part(&mut self, parts: [Queue; 2], to: [usize; 2], tally: &mut Tally) {
        for (part, to) in parts.into_iter().zip(to) {
            self.go(&part, to, tally);
            self.put_away(part);
        }
    }

    /// Sends on those who leave by an output; gives how many.
    fn leave(&mut self, queue: &Queue, output: u16, to: usize, tally: &mut Tally) -> usize {
        let leaving = queue.sifted(&mut self.spare, |at, _| self.out[at] == output);
        let count = leaving.len();
        self.go(&leaving, to, tally);
        self.put_away(leaving);
        count
    }

    /// Sends a queue to a step.
    fn go(&mut self, queue: &Queue, to: usize, tally: &mut Tally) {
        if to == NOWHERE {
            tally.ends[place(End::NotConnected)] += queue.len() as u64;
            return;
        }
        let there = &mut self.queues[to];
        if queue.all {
            there.all = true;
        } else if !queue.some.is_empty() {
            if there.some.capacity() == 0 {
                there.some = self.spare.pop().unwrap_or_default();
                there.some.clear();
            }
            there.some.extend_from_slice(&queue.some);
            // Where all have come together again nobody need be told apart.
            if there.some.len() == PEOPLE {
                there.some.clear();
                there.all = true;
            }
        }
    }

    /// Keeps a list for the next queue.
    fn put_away(&mut self, queue: Queue) {
        if queue.some.capacity() > 0 {
            self.spare.push(queue.some);
        }
    }
}
