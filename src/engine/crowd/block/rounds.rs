//! What cycles need to know of each person: how often they came to each step, and how many moves they have made.

use crate::engine::cost::Customer;
use crate::engine::crowd::person::{self, End, Person, Walker};
use crate::engine::crowd::table::{Row, Table};
use crate::engine::crowd::tally::{Counter, Tally, place};

use super::queue::{Column, MASK, PEOPLE, Queue, column};
use super::{Block, LONG, NOT_FREE, UNHEARD};

/// Columns take memory: where more steps than this lie in cycles, people are walked one by one.
const MOST_LOOPED: usize = 1000;

/// What is remembered of the rounds that people make.
#[derive(Debug)]
pub struct Rounds {
    most_moves: u32,
    moves: Column<u32>,
    /// How often each came before to a step where something is drawn.
    visits: Vec<Option<Column<u32>>>,
    /// How often each came to a step that sends, and how often inside the window.
    came: Vec<Option<[Column<u32>; 2]>>,
}

impl Rounds {
    /// Nobody has moved; `None` where there is too much to remember.
    pub fn new(table: &Table) -> Option<Self> {
        let drawn =
            |(row, looped): (&Row, &bool)| (*looped && matches!(row, Row::Ask { .. } | Row::Split(_))).then(|| column(0));
        let looped = table.looped.iter().filter(|looped| **looped).count();
        (looped <= MOST_LOOPED).then(|| Self {
            most_moves: table.most_moves,
            moves: column(0),
            visits: table.rows.iter().zip(&table.looped).map(drawn).collect(),
            came: table.senders.iter().map(|sender| sender.looped.then(|| [column(0), column(0)])).collect(),
        })
    }

    /// Everybody enters, which is the first move.
    pub fn begin(&mut self) {
        self.moves.fill(1);
        self.visits.iter_mut().flatten().for_each(|visits| visits.fill(0));
        self.came.iter_mut().flatten().flatten().for_each(|came| came.fill(0));
    }

    /// How often each came before to a step; `None` where they may come only once.
    pub fn visits(&self, step: usize) -> Option<&[u32; PEOPLE]> {
        self.visits[step].as_deref()
    }

    /// All of a queue have drawn what there is to draw at a step.
    pub fn drawn(&mut self, step: usize, queue: &Queue) {
        if let Some(visits) = &mut self.visits[step] {
            queue.each(|_, who| visits[who] += 1);
        }
    }

    /// All of a queue come to a step that sends, so long after the last inbound.
    pub fn sent(&mut self, sender: usize, queue: &Queue, since: &[i32; PEOPLE], window: i32) {
        if let Some([all, inside]) = &mut self.came[sender] {
            queue.each(|at, who| {
                all[who] += 1;
                inside[who] += u32::from(since[at] < window);
            });
        }
    }

    /// Counts everybody's visits once they have ended.
    pub fn count(&self, tally: &mut Tally) {
        for (came, sends) in self.came.iter().zip(&mut tally.senders) {
            let Some([all, inside]) = came else { continue };
            for (all, inside) in all.iter().zip(inside.iter()) {
                sends.visits.add(u64::from(*all), u64::from(*inside));
            }
        }
    }
}

impl<'a> Block<'a> {
    /// Lets all of a queue make a move. Whoever has made too many ends there; whose journey takes longer than the columns
    /// reach goes on alone. Gives the others.
    pub(super) fn kept(&mut self, step: usize, queue: Queue, walker: &mut Walker<'a>, counter: &mut Counter<'a>) -> Queue {
        let Some(rounds) = &mut self.rounds else { return queue };
        let (moves, most, now) = (&mut *rounds.moves, rounds.most_moves, &*self.now);
        let mut leaves = false;
        let beyond = |now: i32| i64::from(now) >= LONG;
        self.vectors.run(
            #[inline(always)]
            || {
                queue.each(|_, who| {
                    leaves |= (moves[who] >= most) | beyond(now[who]);
                    moves[who] += 1;
                });
            },
        );
        if !leaves {
            return queue;
        }
        let [endless, others] = queue.parted(&mut self.spare, |_, who| moves[who] > most);
        counter.tally.ends[place(End::Endless)] += endless.len() as u64;
        let [far, kept] = others.parted(&mut self.spare, |_, who| beyond(now[who]));
        far.each(|_, who| self.hand_over(who, step, walker, counter));
        [queue, endless, others, far].into_iter().for_each(|queue| self.put_away(queue));
        kept
    }

    /// Leaves somebody to the walker.
    fn hand_over(&mut self, who: usize, step: usize, walker: &mut Walker<'a>, counter: &mut Counter<'a>) {
        let Some(rounds) = &mut self.rounds else { return };
        let who = who & MASK;
        let at = |seconds: i32| self.table.start + i64::from(seconds);
        let person = Person {
            number: self.first + who as u32,
            entered: at(self.entered[who]),
            now: at(self.now[who]),
            heard: if self.heard[who] == UNHEARD { person::UNHEARD } else { at(self.heard[who]) },
            consent: self.consent[who],
        };
        let free_since = (self.free_since[who] != NOT_FREE).then(|| at(self.free_since[who]));
        let came = rounds.came.iter_mut().enumerate().filter_map(|(sender, came)| {
            let [all, inside] = came.as_mut()?;
            let came = (u64::from(std::mem::take(&mut all[who])), u64::from(std::mem::take(&mut inside[who])));
            (came.0 > 0).then_some((sender, came))
        });
        counter.resume(Customer::resumed(self.trigger[who], person.entered, free_since), came);
        let visits = rounds.visits.iter().enumerate().filter_map(|(step, visits)| Some((step, visits.as_ref()?[who])));
        let told = self.told.iter().enumerate().filter_map(|(attribute, told)| Some((attribute, told.as_ref()?[who]?)));
        // The walker counts this move anew.
        walker.resume(person, step, rounds.moves[who] - 1, visits, told, counter);
    }
}
