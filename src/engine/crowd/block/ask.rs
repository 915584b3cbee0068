//! A question for many people: whether, when and what each answers, and where they go.

use crate::engine::crowd::law::{NEVER, NEVER_SOON, chosen};
use crate::engine::crowd::person::End;
use crate::engine::crowd::table::Asked;
use crate::engine::crowd::tally::{Tally, place};

use super::Block;
use super::queue::Queue;

impl Block<'_> {
    /// Asks all of a queue, and sends them on.
    pub(super) fn ask(&mut self, step: usize, queue: &Queue, question: usize, tally: &mut Tally) {
        let table = self.table;
        let asked = &table.questions[question];
        self.draw(queue, table.lots[step], Some(step));
        let count = queue.len();
        let (numbers, after) = (&self.numbers[..count], &mut self.after[..count]);
        self.vectors.run(
            #[inline(always)]
            || asked.fill(numbers, after),
        );
        let in_time = i32::try_from(asked.timeout).unwrap_or(NEVER_SOON);
        let late = asked.options.len() as u16;
        let only = asked.bounds.iter().position(|bound| *bound > 0).unwrap_or(0) as u16;
        if let Some(choice) = asked.choice {
            self.draw(queue, choice, Some(step));
        }
        self.drawn(step, queue);
        let (now, heard) = (&mut *self.now, &mut *self.heard);
        let (after, numbers, out) = (&*self.after, &*self.numbers, &mut *self.out);
        self.vectors.run(
            #[inline(always)]
            || {
                queue.each(|at, who| {
                    let answers = after[at] < in_time;
                    // Where there is no timeout those who never answer are not looked at again.
                    let then = now[who].wrapping_add(if answers { after[at] } else { in_time });
                    now[who] = then;
                    heard[who] = if answers { then } else { heard[who] };
                });
                match (asked.choice, &asked.bounds[..]) {
                    (None, _) => queue.each(|at, _| out[at] = if after[at] < in_time { only } else { late }),
                    (Some(_), [first, _]) => queue.each(|at, _| {
                        let option = u16::from(u64::from(numbers[at]) >= *first);
                        out[at] = if after[at] < in_time { option } else { late };
                    }),
                    (Some(_), bounds) => queue.each(|at, _| {
                        out[at] = if after[at] < in_time { chosen(bounds, numbers[at]) as u16 } else { late };
                    }),
                }
            },
        );
        if asked.options.iter().any(|(_, effect)| effect.is_some()) {
            let (consent, out) = (&mut *self.consent, &*self.out);
            queue.each(|at, who| {
                let effect = asked.options.get(usize::from(out[at])).and_then(|(_, effect)| *effect);
                consent[who] = consent[who].after(effect);
            });
        }
        self.part_options(queue, asked, late, tally);
    }

    /// Sends everybody on by what they answered. Who never answers and is not given up stays.
    fn part_options(&mut self, queue: &Queue, asked: &Asked, late: u16, tally: &mut Tally) {
        let first = asked.options.first().map_or(asked.late, |(to, _)| *to);
        let timed = asked.timeout != NEVER;
        let alike = asked.options.iter().all(|(to, _)| *to == first);
        if alike && timed && asked.late == first {
            return self.go(queue, first, tally);
        }
        if alike {
            let out = &*self.out;
            let [answering, silent] = queue.parted(&mut self.spare, |at, _| out[at] != late);
            self.go(&answering, first, tally);
            self.put_away(answering);
            if timed {
                self.go(&silent, asked.late, tally);
            } else {
                tally.ends[place(End::Waiting)] += silent.len() as u64;
            }
            return self.put_away(silent);
        }
        let mut gone = 0;
        for (option, (to, _)) in asked.options.iter().enumerate() {
            gone += self.leave(queue, option as u16, *to, tally);
        }
        if timed && gone < queue.len() {
            self.leave(queue, late, asked.late, tally);
        } else if !timed {
            tally.ends[place(End::Waiting)] += (queue.len() - gone) as u64;
        }
    }
}

impl Asked {
    /// The seconds until the answer at each number; [`NEVER_SOON`] where none comes.
    #[inline(always)]
    fn fill(&self, numbers: &[u32], after: &mut [i32]) {
        // Nobody hurries: all are stretched, and those who never answer are told apart by the number that they drew.
        let mut stretched = [0; super::PEOPLE];
        let stretched = &mut stretched[..numbers.len()];
        for (to, number) in stretched.iter_mut().zip(numbers) {
            *to = self.stretched(*number);
        }
        self.delay.fill(stretched, after);
        for (after, number) in after.iter_mut().zip(numbers) {
            *after = if u64::from(*number) < self.silent { NEVER_SOON } else { *after };
        }
    }
}
