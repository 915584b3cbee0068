//! Many people at once, a step at a time: the fast reading of the table.
//!
//! What is known of a block of people lies in columns, one number a person, and each step holds a list of who is there. Steps
//! are visited in an order in which none comes before a step that leads to it, so each is visited once. What comes out is,
//! to the last count, what [`super::person::Walker`] gives for the same people; that is a test.
//!
//! Knows nothing of cycles, of attributes whose first asker must be remembered, of journeys of decades, and of prices by
//! conversation: such funnels are walked person by person.

use crate::engine::cost::Free;
use crate::engine::machine::Consent;
use crate::engine::sending::Sending;
use crate::model::Sent;
use crate::policy::Ternary;

use super::draw::Lot;
use super::law::{NEVER, NEVER_SOON, chosen};
use super::person::{End, place_of};
use super::table::{CROWD_DAYS, NOWHERE, Row, Table};
use super::tally::{Rules, Tally, place};

/// So many people go through the table together.
pub const PEOPLE: usize = 512;
/// Somebody's place is one of so many, so that it may be cut off to that without looking.
const MASK: usize = PEOPLE - 1;
/// No journey may take so long: then sums of two moments are still whole numbers of 32 bits.
const LONG: i64 = 1 << 30;
/// The last inbound of somebody who has not written.
const UNHEARD: i32 = -(1 << 30);
/// The start of a free entry point that has not started.
const NOT_FREE: i32 = i32::MIN;

type Column<T> = Box<[T; PEOPLE]>;

/// Who is at a step.
#[derive(Debug, Clone, Default)]
struct Queue {
    /// All of the block, in order.
    all: bool,
    /// Else these.
    some: Vec<u16>,
}

/// People on their way together. Times are seconds since the start of the table.
#[derive(Debug)]
pub struct Block<'a> {
    table: &'a Table,
    rules: &'a Rules,
    /// The number of the first of them.
    first: u32,
    queues: Vec<Queue>,
    entered: Column<i32>,
    now: Column<i32>,
    heard: Column<i32>,
    consent: Column<Consent>,
    trigger: Column<Ternary>,
    free_since: Column<i32>,
    numbers: Column<u32>,
    after: Column<i32>,
    /// The output by which each leaves; only of those whose step chooses one.
    out: Column<u16>,
    spare: Vec<Vec<u16>>,
}

/// Does something for everybody in a queue.
#[inline(always)]
fn each(queue: &Queue, mut what: impl FnMut(usize)) {
    if queue.all {
        (0..PEOPLE).for_each(what);
    } else {
        queue.some.iter().for_each(|who| what(usize::from(*who) & MASK));
    }
}

/// Those of a queue of whom something holds.
#[inline(always)]
fn sifted(queue: &Queue, spare: &mut Vec<Vec<u16>>, holds: impl Fn(usize) -> bool) -> Queue {
    let mut places = [0; PEOPLE];
    let mut count = 0;
    each(queue, |who| {
        // Written for everybody, kept of those of whom it holds.
        places[count & MASK] = who as u16;
        count += usize::from(holds(who));
    });
    if count == PEOPLE {
        return Queue { all: true, some: Vec::new() };
    }
    let mut some = spare.pop().unwrap_or_default();
    some.clear();
    some.extend_from_slice(&places[..count]);
    Queue { all: false, some }
}

fn column<T: Copy>(of: T) -> Column<T> {
    Box::new([of; PEOPLE])
}

impl Queue {
    fn len(&self) -> usize {
        if self.all { PEOPLE } else { self.some.len() }
    }
}

impl<'a> Block<'a> {
    /// Ready for the people of a table; `None` where they must be walked one by one.
    pub fn new(table: &'a Table, rules: &'a Rules) -> Option<Self> {
        let long = table.longest >= LONG - CROWD_DAYS * crate::engine::clock::DAY;
        let remembers = table.attributes.iter().any(|attribute| attribute.remembered);
        let many_ways = table.questions.iter().any(|question| question.options.len() >= usize::from(u16::MAX))
            || table.splits.iter().any(|split| split.to.len() >= usize::from(u16::MAX));
        let far = table.window >= LONG;
        if table.looped.contains(&true) || long || remembers || many_ways || far || rules.till.by_conversation() {
            return None;
        }
        Some(Self {
            table,
            rules,
            first: 0,
            queues: vec![Queue::default(); table.rows.len()],
            entered: column(0),
            now: column(0),
            heard: column(0),
            consent: column(Consent::Never),
            trigger: column(Ternary::No),
            free_since: column(NOT_FREE),
            numbers: column(0),
            after: column(0),
            out: column(0),
            spare: Vec::new(),
        })
    }

    /// Follows the [`PEOPLE`] from this one on to the end. The first is a multiple of 4.
    pub fn walk(&mut self, first: u32, tally: &mut Tally) {
        self.first = first;
        self.enter(tally);
        let table = self.table;
        for step in &table.order {
            let queue = std::mem::take(&mut self.queues[*step]);
            if queue.len() > 0 {
                self.act(*step, &queue, tally);
            }
            let mut some = queue.some;
            some.clear();
            if some.capacity() > 0 {
                self.spare.push(some);
            }
        }
    }

    /// Lets everybody arrive.
    fn enter(&mut self, tally: &mut Tally) {
        let (table, rules) = (self.table, self.rules);
        let doors = table.doors.len();
        if doors == 0 {
            return;
        }
        tally.people += PEOPLE as u64;
        let mut everybody = Queue { all: true, some: Vec::new() };
        if doors > 1 {
            table.dice.draw_many(self.first, Lot::ENTRY, &mut *self.numbers);
            let numbers = &self.numbers;
            self.out.iter_mut().zip(numbers.iter()).for_each(|(out, n)| *out = place_of(*n, doors as u64) as u16);
        }
        table.dice.draw_many(self.first, Lot::ARRIVAL, &mut *self.numbers);
        for (number, door) in table.doors.iter().enumerate() {
            let queue = if doors > 1 {
                sifted(&everybody, &mut self.spare, |who| self.out[who] == number as u16)
            } else {
                std::mem::take(&mut everybody)
            };
            let (entered, numbers) = (&mut *self.entered, &*self.numbers);
            match &door.spans[..] {
                // The place is below the seconds of seven days.
                [(_, from)] => {
                    let from = (from - table.start) as i32;
                    each(&queue, |who| entered[who] = from + place_of(numbers[who], door.seconds) as i32);
                }
                _ => each(&queue, |who| {
                    entered[who] = (table.second(door, place_of(numbers[who], door.seconds)) - table.start) as i32;
                }),
            }
            let (now, heard, consent) = (&mut *self.now, &mut *self.heard, &mut *self.consent);
            each(&queue, |who| now[who] = entered[who]);
            each(&queue, |who| heard[who] = if door.inbound { entered[who] } else { UNHEARD });
            each(&queue, |who| consent[who] = Consent::at_entry(door.opted_in));
            let (trigger, free_since) = (&mut *self.trigger, &mut *self.free_since);
            each(&queue, |who| (trigger[who], free_since[who]) = (rules.triggers[number], NOT_FREE));
            self.go(&queue, door.to, tally);
        }
    }

    /// Does what a step says to all who are there, and sends them on.
    fn act(&mut self, step: usize, queue: &Queue, tally: &mut Tally) {
        let table = self.table;
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
                each(queue, |who| now[who] += length as i32);
                self.go(queue, to, tally);
            }
            Row::Calendar { almanac, to } => {
                let (now, almanac) = (&mut *self.now, &table.almanacs[almanac]);
                each(queue, |who| now[who] = (almanac.passes(table.start + i64::from(now[who])) - table.start) as i32);
                self.go(queue, to, tally);
            }
            Row::IfOpen(to) => {
                let (now, heard, out, window) = (&*self.now, &*self.heard, &mut *self.out, table.window as i32);
                each(queue, |who| out[who] = u16::from(now[who] - heard[who] >= window));
                self.part(queue, &to, tally);
            }
            Row::IfOptedIn(to) => {
                let (consent, out) = (&*self.consent, &mut *self.out);
                each(queue, |who| out[who] = u16::from(consent[who] != Consent::Given));
                self.part(queue, &to, tally);
            }
            Row::Split(split) => {
                self.draw(queue, table.lots[step]);
                let (parts, numbers, out) = (&table.splits[split], &*self.numbers, &mut *self.out);
                each(queue, |who| out[who] = chosen(&parts.bounds, numbers[who]) as u16);
                self.part(queue, &parts.to, tally);
            }
            Row::IfAttribute { attribute, bound, to } => {
                self.draw(queue, table.attributes[attribute].lot);
                let (numbers, out) = (&*self.numbers, &mut *self.out);
                each(queue, |who| out[who] = u16::from(u64::from(numbers[who]) >= bound));
                self.part(queue, &to, tally);
            }
            Row::Exit(outcome) => tally.ends[place(End::Exit(outcome))] += queue.len() as u64,
        }
    }

    /// Draws everybody's number.
    fn draw(&mut self, queue: &Queue, lot: Lot) {
        /// Where fewer than one in so many are there, each is drawn alone.
        const FEW: usize = 8;
        let (dice, first, numbers) = (self.table.dice, self.first, &mut *self.numbers);
        if queue.len() * FEW < PEOPLE {
            each(queue, |who| numbers[who] = dice.draw(first + who as u32, lot, 0));
        } else {
            dice.draw_many(first, lot, numbers);
        }
    }

    fn ask(&mut self, step: usize, queue: &Queue, question: usize, tally: &mut Tally) {
        let table = self.table;
        let asked = &table.questions[question];
        self.draw(queue, table.lots[step]);
        // Nobody hurries: all are stretched, and those who never answer are told apart by the number that they drew.
        let silent = asked.silent;
        {
            let (numbers, after) = (&mut *self.numbers, &mut *self.after);
            let mut stretched = [0; PEOPLE];
            for (to, number) in stretched.iter_mut().zip(numbers.iter()) {
                *to = asked.stretched(*number);
            }
            asked.delay.fill(&stretched, after);
            for (after, number) in after.iter_mut().zip(numbers.iter()) {
                *after = if u64::from(*number) < silent { NEVER_SOON } else { *after };
            }
        }
        let in_time = i32::try_from(asked.timeout).unwrap_or(NEVER_SOON);
        let late = asked.options.len() as u16;
        let only = asked.bounds.iter().position(|bound| *bound > 0).unwrap_or(0) as u16;
        if let Some(choice) = asked.choice {
            self.draw(queue, choice);
        }
        let (now, heard, consent) = (&mut *self.now, &mut *self.heard, &mut *self.consent);
        let (after, numbers, out) = (&*self.after, &*self.numbers, &mut *self.out);
        each(queue, |who| {
            let answers = after[who] < in_time;
            // Where there is no timeout those who never answer are not looked at again.
            now[who] = now[who].wrapping_add(if answers { after[who] } else { in_time });
            heard[who] = if answers { now[who] } else { heard[who] };
        });
        match (asked.choice, &asked.bounds[..]) {
            (None, _) => each(queue, |who| out[who] = if after[who] < in_time { only } else { late }),
            (Some(_), [first, _]) => each(queue, |who| {
                let option = u16::from(u64::from(numbers[who]) >= *first);
                out[who] = if after[who] < in_time { option } else { late };
            }),
            (Some(_), bounds) => each(queue, |who| {
                out[who] = if after[who] < in_time { chosen(bounds, numbers[who]) as u16 } else { late };
            }),
        }
        if asked.options.iter().any(|(_, effect)| effect.is_some()) {
            each(queue, |who| {
                let effect = asked.options.get(usize::from(out[who])).and_then(|(_, effect)| *effect);
                consent[who] = consent[who].after(effect);
            });
        }
        if asked.timeout == NEVER {
            let answering = sifted(queue, &mut self.spare, |who| self.out[who] != late);
            tally.ends[place(End::Waiting)] += (queue.len() - answering.len()) as u64;
            self.part_options(&answering, question, tally);
            self.spare.push(answering.some);
        } else {
            self.part_options(queue, question, tally);
        }
    }

    fn part_options(&mut self, queue: &Queue, question: usize, tally: &mut Tally) {
        let asked = &self.table.questions[question];
        let first = asked.options.first().map_or(asked.late, |(to, _)| *to);
        let timed = asked.timeout != NEVER;
        if asked.options.iter().all(|(to, _)| *to == first) && (!timed || asked.late == first) {
            return self.go(queue, first, tally);
        }
        let mut gone = 0;
        for (option, (to, _)) in asked.options.iter().enumerate() {
            gone += self.leave(queue, option as u16, *to, tally);
        }
        if timed && gone < queue.len() {
            self.leave(queue, asked.options.len() as u16, asked.late, tally);
        }
    }

    /// Sends everybody on by the output that was chosen for them.
    fn part(&mut self, queue: &Queue, to: &[usize], tally: &mut Tally) {
        for (output, to) in to.iter().enumerate() {
            self.leave(queue, output as u16, *to, tally);
        }
    }

    /// Sends on those who leave by an output; gives how many.
    fn leave(&mut self, queue: &Queue, output: u16, to: usize, tally: &mut Tally) -> usize {
        let leaving = sifted(queue, &mut self.spare, |who| self.out[who] == output);
        let count = leaving.len();
        self.go(&leaving, to, tally);
        self.spare.push(leaving.some);
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
        }
    }

    /// Counts what a step sends.
    fn send(&mut self, queue: &Queue, sender: usize, tally: &mut Tally) {
        let table = self.table;
        let (now, heard, entered) = (&*self.now, &*self.heard, &*self.entered);
        let window = table.window as i32;
        let (mut inside, mut soonest, mut latest) = (0u32, i32::MAX, i32::MIN);
        let (mut least, mut most, mut young, mut old) = (i32::MAX, i32::MIN, i32::MAX, i32::MIN);
        each(queue, |who| {
            let (since, age) = (now[who] - heard[who], now[who] - entered[who]);
            inside += u32::from(since < window);
            (least, most) = (least.min(since), most.max(since));
            (young, old) = (young.min(age), old.max(age));
            (soonest, latest) = (soonest.min(now[who]), latest.max(now[who]));
        });
        let (all, inside) = (queue.len() as u64, u64::from(inside));
        let sends = &mut tally.senders[sender];
        sends.reached += all;
        sends.inside += inside;
        let [closed, open] = table.senders[sender].sends;
        sends.add(closed.sent, all - inside);
        sends.add(open.sent, inside);
        if closed.marketing || open.marketing {
            let consent = &*self.consent;
            let mut missing = 0u32;
            each(queue, |who| {
                let sending = if now[who] - heard[who] < window { open.marketing } else { closed.marketing };
                missing += u32::from(sending & (consent[who] != Consent::Given));
            });
            sends.no_opt_in += u64::from(missing);
        }
        let unheard = -UNHEARD;
        if least == most && most < unheard {
            sends.since_inbound.add(i64::from(most), all);
        } else if least >= unheard {
            sends.unheard += all;
        } else {
            each(queue, |who| {
                let since = now[who] - heard[who];
                if since < unheard { sends.since_inbound.add(i64::from(since), 1) } else { sends.unheard += 1 }
            });
        }
        if young == old {
            sends.since_entry.add(i64::from(old), all);
        } else {
            each(queue, |who| sends.since_entry.add(i64::from(now[who] - entered[who]), 1));
        }
        self.charge(queue, [closed, open], (all, inside), (soonest, latest), tally);
    }

    /// Counts what goes out, by what decides its price.
    fn charge(
        &mut self,
        queue: &Queue,
        [closed, open]: [Sending; 2],
        (all, inside): (u64, u64),
        (soonest, latest): (i32, i32),
        tally: &mut Tally,
    ) {
        let (table, till) = (self.table, &self.rules.till);
        let [goes_closed, goes_open] =
            [closed, open].map(|sending| sending.sent != Sent::Blocked && till.delivers(sending.priced));
        if !(goes_open && inside > 0 || goes_closed && all > inside) {
            return;
        }
        let (now, heard, window) = (&*self.now, &*self.heard, table.window as i32);
        let month = |at: i32| till.month(table.start + i64::from(at));
        let (from, to) = (month(soonest), month(latest));
        let free_of_charge = self.rules.triggers.iter().any(|trigger| *trigger != Ternary::No);
        if !free_of_charge && to <= from + 1 {
            // The first second of the later month.
            let boundary = till.months().get(from).map_or(i32::MAX, |next| (next - table.start).min(LONG) as i32);
            let (mut late, mut late_inside) = (0u32, 0u32);
            if to > from {
                each(queue, |who| {
                    let after = now[who] >= boundary;
                    late += u32::from(after);
                    late_inside += u32::from(after & (now[who] - heard[who] < window));
                });
            }
            let (late, late_inside) = (u64::from(late), u64::from(late_inside));
            for (month, all, inside) in [(from, all - late, inside - late_inside), (to, late, late_inside)] {
                for (goes, sending, open, count) in
                    [(goes_open, open, true, inside), (goes_closed, closed, false, all - inside)]
                {
                    if goes && count > 0 {
                        tally.ledger.add_many(month, sending.priced, open, Free::Never, count);
                    }
                }
            }
            return;
        }
        let (entered, trigger, free_since) = (&*self.entered, &*self.trigger, &mut *self.free_since);
        each(queue, |who| {
            let is_open = now[who] - heard[who] < window;
            let (goes, sending) = if is_open { (goes_open, open) } else { (goes_closed, closed) };
            if !goes {
                return;
            }
            let starts = || till.starts(trigger[who], i64::from(now[who] - entered[who]));
            if free_since[who] == NOT_FREE && starts() {
                free_since[who] = now[who];
            }
            let free = match free_since[who] {
                NOT_FREE => Free::Never,
                since => till.free(trigger[who], i64::from(now[who] - since)),
            };
            let month = if from == to { from } else { month(now[who]) };
            tally.ledger.add_many(month, sending.priced, is_open, free, 1);
        });
    }
}
