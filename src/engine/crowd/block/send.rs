//! What a step that sends comes to for many people: how often the window is open, how times are spread, what is paid for.

use crate::engine::cost::Free;
use crate::engine::machine::Consent;
use crate::engine::sending::Sending;
use crate::model::Sent;
use crate::policy::Ternary;

use crate::engine::crowd::tally::Tally;

use super::queue::{MASK, PEOPLE, Queue};
use super::{Block, LONG, NOT_FREE, UNHEARD};

/// When a queue is at a step, as far as all of it is concerned.
#[derive(Debug, Clone, Copy)]
struct Times {
    /// How many come inside the window.
    inside: u64,
    /// The first and the last of them to come.
    soonest: i32,
    latest: i32,
    /// The shortest and the longest time since the last inbound.
    least: i32,
    most: i32,
    /// The shortest and the longest time since entry.
    young: i32,
    old: i32,
}

/// The kinds of message that are counted apart in one month at one step: open or closed, and when it is free.
const KINDS: usize = 8;
const FREE: [Free; 4] = [Free::Never, Free::AtBest, Free::Ordinarily, Free::Always];

impl Block<'_> {
    /// Counts what a step sends.
    pub(super) fn send(&mut self, queue: &Queue, sender: usize, tally: &mut Tally) {
        let (table, vectors, window) = (self.table, self.vectors, self.table.window as i32);
        let (now, heard, entered) = (&*self.now, &*self.heard, &*self.entered);
        let (since, age) = (&mut *self.since, &mut *self.age);
        let times = vectors.run(
            #[inline(always)]
            || look(queue, now, [heard, entered], [since, age], window),
        );
        let count = queue.len();
        let (since, age) = (&self.since[..count], &self.age[..count]);
        let (all, inside) = (count as u64, times.inside);
        let sends = &mut tally.senders[sender];
        sends.reached += all;
        sends.inside += inside;
        let [closed, open] = table.senders[sender].sends;
        sends.add(closed.sent, all - inside);
        sends.add(open.sent, inside);
        if closed.marketing || open.marketing {
            let consent = &*self.consent;
            let missing = vectors.run(
                #[inline(always)]
                || {
                    let mut missing = 0u32;
                    queue.each(|at, who| {
                        let marketing = if since[at & MASK] < window { open.marketing } else { closed.marketing };
                        missing += u32::from(marketing & (consent[who] != Consent::Given));
                    });
                    missing
                },
            );
            sends.no_opt_in += u64::from(missing);
        }
        let unheard = -UNHEARD;
        if times.least == times.most && times.most < unheard {
            sends.since_inbound.add(i64::from(times.most), all);
        } else if times.least >= unheard {
            sends.unheard += all;
        } else if times.most < unheard {
            sends.since_inbound.add_many(vectors, since, times.most);
        } else {
            for since in since {
                if *since < unheard { sends.since_inbound.add(i64::from(*since), 1) } else { sends.unheard += 1 }
            }
        }
        if times.young == times.old {
            sends.since_entry.add(i64::from(times.old), all);
        } else {
            sends.since_entry.add_many(vectors, age, times.old);
        }
        if let Some(rounds) = &mut self.rounds {
            rounds.sent(sender, queue, &self.since, window);
        }
        self.charge(queue, [closed, open], times, tally);
    }

    /// Counts what goes out, by what decides its price.
    fn charge(&mut self, queue: &Queue, [closed, open]: [Sending; 2], times: Times, tally: &mut Tally) {
        let (table, till, window) = (self.table, &self.rules.till, self.table.window as i32);
        let goes = [closed, open].map(|sending| sending.sent != Sent::Blocked && till.delivers(sending.priced));
        let (all, inside) = (queue.len() as u64, times.inside);
        if !(goes[1] && inside > 0 || goes[0] && all > inside) {
            return;
        }
        let month = |at: i32| till.month(table.start + i64::from(at));
        let (from, to) = (month(times.soonest), month(times.latest));
        let (now, since) = (&*self.now, &*self.since);
        let free_of_charge = self.rules.triggers.iter().any(|trigger| *trigger != Ternary::No);
        let mut count = |month: usize, is_open: bool, free: Free, count: u64| {
            let sending = if is_open { open } else { closed };
            if goes[usize::from(is_open)] && count > 0 {
                tally.ledger.add_many(month, sending.priced, is_open, free, count);
            }
        };
        if !free_of_charge && to <= from + 1 {
            // The first second of the later month.
            let boundary = till.months().get(from).map_or(i32::MAX, |next| (next - table.start).min(LONG) as i32);
            let (mut late, mut late_inside) = (0u32, 0u32);
            if to > from {
                queue.each(|at, who| {
                    let after = now[who] >= boundary;
                    late += u32::from(after);
                    late_inside += u32::from(after & (since[at] < window));
                });
            }
            let (late, late_inside) = (u64::from(late), u64::from(late_inside));
            for (month, all, inside) in [(from, all - late, inside - late_inside), (to, late, late_inside)] {
                count(month, true, Free::Never, inside);
                count(month, false, Free::Never, all - inside);
            }
            return;
        }
        let (age, trigger, free_since) = (&*self.age, &*self.trigger, &mut *self.free_since);
        let mut kinds = [0u32; KINDS];
        queue.each(|at, who| {
            let is_open = since[at] < window;
            let starts = till.starts(trigger[who], i64::from(age[at]));
            let begins = goes[usize::from(is_open)] & starts & (free_since[who] == NOT_FREE);
            free_since[who] = if begins { now[who] } else { free_since[who] };
            let free = match free_since[who] {
                NOT_FREE => Free::Never,
                since => till.free(trigger[who], i64::from(now[who] - since)),
            };
            if from == to {
                kinds[usize::from(is_open) * FREE.len() + free as usize] += 1;
            } else {
                count(month(now[who]), is_open, free, 1);
            }
        });
        for (kind, counted) in kinds.into_iter().enumerate() {
            count(from, kind >= FREE.len(), FREE[kind % FREE.len()], u64::from(counted));
        }
    }
}

/// Works out how long ago everybody wrote and entered, in the order of the queue, and what that comes to.
#[inline(always)]
fn look(
    queue: &Queue,
    now: &[i32; PEOPLE],
    [heard, entered]: [&[i32; PEOPLE]; 2],
    [since, age]: [&mut [i32; PEOPLE]; 2],
    window: i32,
) -> Times {
    let mut inside = 0u32;
    let (mut soonest, mut latest) = (i32::MAX, i32::MIN);
    let (mut least, mut most, mut young, mut old) = (i32::MAX, i32::MIN, i32::MAX, i32::MIN);
    queue.each(|at, who| {
        let (ago, lived) = (now[who] - heard[who], now[who] - entered[who]);
        (since[at], age[at]) = (ago, lived);
        inside += u32::from(ago < window);
        (least, most) = (least.min(ago), most.max(ago));
        (young, old) = (young.min(lived), old.max(lived));
        (soonest, latest) = (soonest.min(now[who]), latest.max(now[who]));
    });
    Times { inside: u64::from(inside), soonest, latest, least, most, young, old }
}
