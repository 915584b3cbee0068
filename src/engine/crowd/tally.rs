//! What is counted of a crowd: whole numbers only, so that sums do not depend on their order.

use crate::engine::cost::{Customer, Ledger, Till};
use crate::engine::sending::Sending;
use crate::model::{Outcome, Sent};
use crate::policy::Ternary;

use super::person::{End, Person, Watch};
use super::spread::Spread;
use super::table::{Door, Table};

/// What a tally needs to know beyond the table.
#[derive(Debug)]
pub struct Rules {
    /// What the policy says of counting messages.
    pub till: Till,
    /// For each entry, in the table's order, whether it may start the free entry point.
    pub triggers: Vec<Ternary>,
    /// How fine times are told apart, as a power of 2.
    pub fineness: u32,
}

/// What a part of a crowd came to.
#[derive(Debug, Clone)]
pub struct Tally {
    /// People who were followed.
    pub people: u64,
    /// One for each step that sends, in the table's order.
    pub senders: Vec<Sends>,
    /// How journeys ended, in the order of [`place`].
    pub ends: [u64; 6],
    /// What was sent, by what decides its price.
    pub ledger: Ledger,
}

/// What a step that sends came to. People who come twice are counted twice, but for `people`.
#[derive(Debug, Clone)]
pub struct Sends {
    /// How often somebody came.
    pub reached: u64,
    /// How often the window was open.
    pub inside: u64,
    /// How often something free-form, a template or nothing went out.
    pub free_form: u64,
    pub template: u64,
    pub blocked: u64,
    /// How often marketing went out to somebody who had not opted in.
    pub no_opt_in: u64,
    /// How often somebody came who had not written at all.
    pub unheard: u64,
    /// Since the last inbound, of those who had written.
    pub since_inbound: Spread,
    /// Since entry.
    pub since_entry: Spread,
    /// Of a step to which one person may come twice: see [`Visits`].
    pub visits: Visits,
}

/// Sums over people, of how often each came and how often the window was then open. The visits of one person are not
/// independent, so what is uncertain of their share is worked out from the people.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Visits {
    /// People who came.
    pub people: u64,
    /// The sum of the squares of their visits.
    pub all_squared: u64,
    /// The sum of the squares of their visits inside the window.
    pub inside_squared: u64,
    /// The sum of the products of both.
    pub product: u64,
}

impl Visits {
    /// Counts a person who came so often, and so often inside the window; who did not come is not counted.
    #[inline]
    pub fn add(&mut self, all: u64, inside: u64) {
        self.people += u64::from(all > 0);
        self.all_squared += all * all;
        self.inside_squared += inside * inside;
        self.product += all * inside;
    }
}

/// The place of an ending in [`Tally::ends`].
pub fn place(end: End) -> usize {
    match end {
        End::Exit(Outcome::Converted) => 0,
        End::Exit(Outcome::Lost) => 1,
        End::Exit(Outcome::HandedOver) => 2,
        End::Waiting => 3,
        End::NotConnected => 4,
        End::Endless => 5,
    }
}

impl Tally {
    /// Nothing yet.
    pub fn new(table: &Table, rules: &Rules) -> Self {
        let sends = Sends {
            reached: 0,
            inside: 0,
            free_form: 0,
            template: 0,
            blocked: 0,
            no_opt_in: 0,
            unheard: 0,
            since_inbound: Spread::new(rules.fineness),
            since_entry: Spread::new(rules.fineness),
            visits: Visits::default(),
        };
        Self { people: 0, senders: vec![sends; table.senders.len()], ends: [0; 6], ledger: Ledger::default() }
    }

    /// Adds what others counted.
    pub fn merge(&mut self, other: &Self) {
        self.people += other.people;
        self.senders.iter_mut().zip(&other.senders).for_each(|(own, other)| own.merge(other));
        self.ends.iter_mut().zip(&other.ends).for_each(|(own, other)| *own += other);
        self.ledger.merge(&other.ledger);
    }
}

impl Sends {
    fn merge(&mut self, other: &Self) {
        self.reached += other.reached;
        self.inside += other.inside;
        self.free_form += other.free_form;
        self.template += other.template;
        self.blocked += other.blocked;
        self.no_opt_in += other.no_opt_in;
        self.unheard += other.unheard;
        self.since_inbound.merge(&other.since_inbound);
        self.since_entry.merge(&other.since_entry);
        self.visits.people += other.visits.people;
        self.visits.all_squared += other.visits.all_squared;
        self.visits.inside_squared += other.visits.inside_squared;
        self.visits.product += other.visits.product;
    }

    /// Counts so many messages of which this came.
    pub fn add(&mut self, sent: Sent, count: u64) {
        match sent {
            Sent::FreeForm => self.free_form += count,
            Sent::Template => self.template += count,
            Sent::Blocked | Sent::NotReached => self.blocked += count,
        }
    }
}

/// Counts while a [`super::person::Walker`] follows people one by one.
#[derive(Debug)]
pub struct Counter<'a> {
    table: &'a Table,
    rules: &'a Rules,
    /// What was counted.
    pub tally: Tally,
    customer: Customer,
    /// The visits of the present person to steps of cycles, and those inside the window.
    visits: Vec<(u64, u64)>,
    visited: Vec<usize>,
}

impl<'a> Counter<'a> {
    /// Nothing yet.
    pub fn new(table: &'a Table, rules: &'a Rules) -> Self {
        Self {
            table,
            rules,
            tally: Tally::new(table, rules),
            customer: Customer::new(Ternary::No, 0),
            visits: vec![(0, 0); table.senders.len()],
            visited: Vec::new(),
        }
    }

    /// Goes on with somebody who has come before to steps of cycles, so often and so often inside the window.
    pub fn resume(&mut self, customer: Customer, came: impl Iterator<Item = (usize, (u64, u64))>) {
        self.customer = customer;
        for (sender, came) in came {
            self.visits[sender] = came;
            self.visited.push(sender);
        }
    }
}

impl Watch for Counter<'_> {
    fn enters(&mut self, person: &Person, door: &Door) {
        self.tally.people += 1;
        let place = self.table.doors.iter().position(|known| known.step == door.step);
        let trigger = place.map_or(Ternary::No, |place| self.rules.triggers[place]);
        self.customer = Customer::new(trigger, person.entered);
    }

    fn sends(&mut self, person: &Person, sender: usize, open: bool, sending: Sending) {
        let sends = &mut self.tally.senders[sender];
        sends.reached += 1;
        sends.inside += u64::from(open);
        sends.add(sending.sent, 1);
        sends.no_opt_in += u64::from(sending.marketing && person.consent != crate::engine::machine::Consent::Given);
        match person.since_inbound() {
            Some(since) => sends.since_inbound.add(since, 1),
            None => sends.unheard += 1,
        }
        sends.since_entry.add(person.now - person.entered, 1);
        if sending.sent != Sent::Blocked {
            self.tally.ledger.add(&self.rules.till, &mut self.customer, person.now, sending.priced, open);
        }
        if self.table.senders[sender].looped {
            let (all, inside) = &mut self.visits[sender];
            if *all == 0 {
                self.visited.push(sender);
            }
            *all += 1;
            *inside += u64::from(open);
        }
    }

    fn ends(&mut self, end: End) {
        self.tally.ends[place(end)] += 1;
        for sender in self.visited.drain(..) {
            let (all, inside) = std::mem::take(&mut self.visits[sender]);
            self.tally.senders[sender].visits.add(all, inside);
        }
    }
}
