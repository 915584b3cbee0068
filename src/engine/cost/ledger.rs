//! What was sent, counted by everything that decides its price: the month, the category, the window and the free entry
//! point.

use chrono::{DateTime, Datelike, NaiveDate};

use crate::engine::clock::{Clock, DAY};
use crate::model::{Category, Funnel, Purpose};
use crate::policy::{Policy, Ternary, Unit};

/// So many months are told apart; whatever is sent later counts as sent in the last.
const MONTHS: usize = 600;
/// A longest month, in seconds.
const LONGEST_MONTH: i64 = 31 * DAY;
/// No free entry point, or no conversation.
const NONE: i64 = i64::MIN;

/// In how many of the unsettled cases a message is free by the free entry point.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Free {
    /// In none.
    Never,
    /// Only where everything turns out well: it lasts as long as it may, or this entry starts it at all.
    AtBest,
    /// Where it lasts as long as is guaranteed, for somebody on a telephone.
    Ordinarily,
    /// In all.
    Always,
}

/// The kinds of message that are counted apart in one month.
const KINDS: usize = 4 * 2 * 4;

/// How many messages of each kind, month by month.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Ledger {
    months: Vec<[u64; KINDS]>,
}

/// What a policy says of counting.
#[derive(Debug, Clone)]
pub struct Till {
    reply_within: i64,
    guaranteed: i64,
    possible: i64,
    mobile_only: bool,
    conversation: Option<i64>,
    delivered: [bool; 4],
    /// The first instant of each month but the first.
    months: Vec<i64>,
    /// The first instant that is counted.
    start: i64,
    /// The day of it.
    first: NaiveDate,
}

/// What of a person's past decides prices.
#[derive(Debug, Clone, Copy)]
pub struct Customer {
    trigger: Ternary,
    entered: i64,
    free_since: i64,
    conversations: [i64; 4],
}

impl Customer {
    /// Somebody who enters at this instant, by an entry that may start the free entry point.
    pub fn new(trigger: Ternary, entered: i64) -> Self {
        Self { trigger, entered, free_since: NONE, conversations: [NONE; 4] }
    }

    /// Somebody on the way whose free entry point may have started, where nothing is paid by conversation.
    pub fn resumed(trigger: Ternary, entered: i64, free_since: Option<i64>) -> Self {
        Self { free_since: free_since.unwrap_or(NONE), ..Self::new(trigger, entered) }
    }
}

impl Till {
    /// Makes the counting ready, from this instant on.
    pub fn new(funnel: &Funnel, policy: &Policy, start: i64) -> Self {
        let clock = Clock::of(&funnel.audience.timezone).unwrap_or(Clock::utc());
        let first = DateTime::from_timestamp(clock.local(start), 0).unwrap_or_default().date_naive();
        let point = &policy.free_entry_point;
        let blocked = |category| policy.block(&funnel.audience.market, category).is_some_and(|block| block.since <= first);
        Self {
            reply_within: point.reply_within.0,
            guaranteed: point.guaranteed.0,
            possible: point.possible.0,
            mobile_only: point.mobile_only,
            conversation: match policy.charges.unit {
                Unit::Message => None,
                Unit::Conversation { length } => Some(length.0),
            },
            delivered: ALL.map(|purpose| !category(purpose).is_some_and(blocked)),
            months: (1..MONTHS).map_while(|n| month_after(first, n)).map(|month| clock.instant(month)).collect(),
            start,
            first,
        }
    }

    /// The day on which counting begins.
    pub fn first(&self) -> NaiveDate {
        self.first
    }

    /// Whether messages of this category arrive in this market.
    pub fn delivers(&self, purpose: Purpose) -> bool {
        self.delivered[place(purpose)]
    }

    /// The number of the month of an instant, from 0.
    pub fn month(&self, now: i64) -> usize {
        let mut month = usize::try_from((now - self.start) / LONGEST_MONTH).unwrap_or(0).min(self.months.len());
        while self.months.get(month).is_some_and(|next| *next <= now) {
            month += 1;
        }
        month
    }

    /// The instants at which months begin, but for the first.
    pub fn months(&self) -> &[i64] {
        &self.months
    }

    /// Whether what is paid for is a conversation.
    pub fn by_conversation(&self) -> bool {
        self.conversation.is_some()
    }

    /// Whether a message is free that goes out this long after the answer that started the free entry point.
    #[inline]
    pub fn free(&self, trigger: Ternary, since_start: i64) -> Free {
        match trigger {
            Ternary::Yes if since_start < self.guaranteed && !self.mobile_only => Free::Always,
            Ternary::Yes if since_start < self.guaranteed => Free::Ordinarily,
            Ternary::Yes if since_start < self.possible => Free::AtBest,
            Ternary::Unknown if since_start < self.guaranteed => Free::AtBest,
            _ => Free::Never,
        }
    }

    /// Whether a first answer this long after the entry starts the free entry point.
    #[inline]
    pub fn starts(&self, trigger: Ternary, since_entry: i64) -> bool {
        trigger != Ternary::No && since_entry < self.reply_within
    }
}

impl Ledger {
    /// Counts a message that was sent. It may start the person's free entry point, which it is then the first to enjoy.
    #[inline]
    pub fn add(&mut self, till: &Till, customer: &mut Customer, now: i64, purpose: Purpose, open: bool) {
        let kind = place(purpose);
        if !till.delivered[kind] {
            return;
        }
        let mut free = Free::Never;
        if customer.trigger != Ternary::No {
            if customer.free_since == NONE && till.starts(customer.trigger, now - customer.entered) {
                customer.free_since = now;
            }
            if customer.free_since != NONE {
                free = till.free(customer.trigger, now - customer.free_since);
            }
        }
        if let Some(length) = till.conversation {
            let since = &mut customer.conversations[kind];
            if *since != NONE && now - *since < length {
                return;
            }
            *since = now;
        }
        self.add_many(till.month(now), purpose, open, free, 1);
    }

    /// Counts so many messages of one kind.
    #[inline]
    pub fn add_many(&mut self, month: usize, purpose: Purpose, open: bool, free: Free, count: u64) {
        if self.months.len() <= month {
            self.months.resize(month + 1, [0; KINDS]);
        }
        self.months[month][place(purpose) * 8 + usize::from(open) * 4 + free as usize] += count;
    }

    /// Adds what another counted.
    pub fn merge(&mut self, other: &Self) {
        if self.months.len() < other.months.len() {
            self.months.resize(other.months.len(), [0; KINDS]);
        }
        for (own, others) in self.months.iter_mut().zip(&other.months) {
            own.iter_mut().zip(others).for_each(|(own, other)| *own += other);
        }
    }

    /// How many months have something.
    pub fn months(&self) -> usize {
        self.months.len()
    }

    /// What was sent of a category in a month: whether the window was open, when it is free, how many.
    pub fn of(&self, month: usize, purpose: Purpose) -> impl Iterator<Item = (bool, Free, u64)> + '_ {
        let kinds = &self.months[month][place(purpose) * 8..place(purpose) * 8 + 8];
        kinds
            .iter()
            .enumerate()
            .map(|(kind, count)| (kind >= 4, [Free::Never, Free::AtBest, Free::Ordinarily, Free::Always][kind % 4], *count))
    }
}

/// All categories of the price list, in the order of the ledger.
pub const ALL: [Purpose; 4] = [Purpose::Marketing, Purpose::Utility, Purpose::Authentication, Purpose::Service];

fn place(purpose: Purpose) -> usize {
    match purpose {
        Purpose::Marketing => 0,
        Purpose::Utility => 1,
        Purpose::Authentication => 2,
        Purpose::Service => 3,
    }
}

fn category(purpose: Purpose) -> Option<Category> {
    match purpose {
        Purpose::Marketing => Some(Category::Marketing),
        Purpose::Utility => Some(Category::Utility),
        Purpose::Authentication => Some(Category::Authentication),
        Purpose::Service => None,
    }
}

/// The local second at which the n-th month after a day begins.
fn month_after(day: NaiveDate, n: usize) -> Option<i64> {
    let months = day.year() * 12 + day.month0() as i32 + i32::try_from(n).ok()?;
    let first = NaiveDate::from_ymd_opt(months.div_euclid(12), months.rem_euclid(12).unsigned_abs() + 1, 1)?;
    Some(first.and_hms_opt(0, 0, 0)?.and_utc().timestamp())
}
