//! Two more questions to all journeys: which steps that count come soon after another with no answer between, and how late
//! the first message after an entry may be. Each is the same search over a machine in which some steps do something else;
//! what it finds are stories, to be replayed by whoever asked.

use std::sync::Arc;

use crate::model::{Choice, Outcome, Seconds, StepId};

use super::journey::Story;
use super::machine::{Act, Machine, Question, StepIndex};
use super::plan::Plan;
use super::proof::Proof;
use super::reach::{Back, Line, LineId, Part, Reach, Shape, Source};
use super::search::{Search, reach};
use super::witness::{self, Way};

/// The most stories that are told of one step.
const MOST_STORIES: usize = 8;

/// A step, and stories that lead to it, the most telling first.
pub type Told = (StepIndex, Vec<Story>);

impl Proof {
    /// For each step that counts what is made of the first story, the most telling ones first, on which it comes less than
    /// `within` after another, with no answer between, and of which something is made. Where a branch on the window lies
    /// between, a story may go a way that the window would not allow: only a replay tells.
    pub fn soon_after_another<T>(
        &self,
        counts: &[bool],
        within: Seconds,
        made: impl Fn(StepIndex, Story) -> Option<T>,
    ) -> Vec<T> {
        let original = self.reach();
        if !one_after_another(&original.machine, counts) {
            return Vec::new();
        }
        let machine = Arc::new(marking(&original.machine, counts, within));
        let plan = Plan::timed(self.funnel(), &machine, original.start, |_| original.timing.clone());
        let mut search = Search::new(plan, machine, original.start);
        let seeds: Vec<(LineId, &Line)> = original.lines().filter(|(_, line)| counts[line.step]).collect();
        for (place, (_, line)) in seeds.iter().enumerate() {
            let (shape, first, last) = match line.shape {
                Shape::Diagonal(era, _) | Shape::Unheard(era) | Shape::Stale(era) => {
                    (Shape::Unheard(era), line.first, line.last)
                }
                Shape::Level(era, now) => (Shape::Unheard(era), now, now),
                Shape::Since | Shape::UnheardAtAnyTime | Shape::StaleAtAnyTime => (Shape::UnheardAtAnyTime, 0, 0),
            };
            // A seed has no line before it; by what would be its output the line is known that it stands for.
            let source = Source { first, last, parent: None, out: place as u32, back: Back::Shift(0), changed: None };
            search.arrive(line.step, line.facts, shape, Part { source, age: line.age, sure: line.sure });
        }
        let marked = search.run();
        let mut soon: Vec<Vec<(i64, LineId, i64)>> = vec![Vec::new(); counts.len()];
        for (id, line) in marked.lines().filter(|(_, line)| line.step < counts.len() && counts[line.step]) {
            if let Some((since, _)) = since(line).filter(|(least, _)| least.1 < within.0) {
                soon[line.step].push((since.1, id, since.0));
            }
        }
        let told = soon.into_iter().enumerate().filter_map(|(step, mut soon)| {
            soon.sort_unstable();
            let joined = |(_, line, number)| self.joined(&marked, &seeds, line, number);
            // A story is as long as the funnel, so none is told before the one before it is done with.
            soon.into_iter().take(MOST_STORIES).filter_map(joined).find_map(|story| made(step, story))
        });
        told.collect()
    }

    /// Stories of people who come by this entry and get their first message only after `within` or later, the longest wait
    /// of each step first.
    pub fn first_message_after(&self, entry: StepIndex, within: Seconds) -> Vec<Told> {
        let original = self.reach();
        let only = reach(self.funnel(), until_first_message(&original.machine, entry), original.start);
        let mut latest: Vec<Option<(i64, LineId, i64)>> = vec![None; original.machine.acts.len()];
        for (id, line) in only.lines() {
            let Some((_, most)) =
                since(line).filter(|(_, most)| is_message(&original.machine.acts[line.step], most.1, within))
            else {
                continue;
            };
            let known = &mut latest[line.step];
            if known.is_none_or(|(longest, ..)| longest < most.1) {
                *known = Some((most.1, id, most.0));
            }
        }
        let told = latest.into_iter().enumerate().filter_map(|(step, latest)| {
            let (_, line, number) = latest?;
            Some((step, vec![witness::story(&only, self.funnel(), line, number)?]))
        });
        told.collect()
    }

    /// The story that leads to a seed, and on to a line that was reached from it.
    fn joined(&self, marked: &Reach, seeds: &[(LineId, &Line)], line: LineId, number: i64) -> Option<Story> {
        let original = self.reach();
        let Way { first, number, source, moves } = witness::way(marked, line, number)?;
        let now = match source.back {
            Back::Any(first, _) => first,
            _ => number,
        };
        let (id, seed) = seeds[source.out as usize];
        let number = match seed.shape {
            Shape::Diagonal(..) | Shape::Unheard(_) | Shape::Stale(_) if first.shape != Shape::UnheardAtAnyTime => now,
            _ => seed.first,
        };
        let mut story = witness::story(original, self.funnel(), id, number)?;
        story.moves += moves.len();
        for made in moves {
            let Some(Act::Split(_) | Act::IfAttribute { .. }) = original.machine.acts.get(made.step) else { continue };
            let step = &self.funnel().steps[made.step];
            let Some(out) = step.outputs().into_iter().nth(made.out) else { continue };
            story.scenario.choices.push(Choice { step: StepId::clone(&step.id), out });
        }
        Some(story)
    }
}

/// The shortest and the longest time since what the machine counts from, each behind the number on the line that stands for
/// it; `None` where there is none.
fn since(line: &Line) -> Option<((i64, i64), (i64, i64))> {
    match line.shape {
        Shape::Diagonal(_, since) => Some(((line.first, since), (line.first, since))),
        Shape::Level(..) | Shape::Since => Some(((line.first, line.first), (line.last, line.last))),
        _ => None,
    }
}

fn is_message(act: &Act, since: i64, within: Seconds) -> bool {
    matches!(act, Act::Send | Act::Ask(_)) && since >= within.0
}

/// Whether the links lead from any step that counts to another, or back to it, by no answer.
fn one_after_another(machine: &Machine, counts: &[bool]) -> bool {
    let silent = |step: StepIndex| match &machine.acts[step] {
        Act::Ask(question) => &machine.targets[step][question.options.len()..],
        _ => &machine.targets[step][..],
    };
    let mut seen = vec![false; counts.len()];
    let mut open: Vec<StepIndex> = (0..counts.len()).filter(|step| counts[*step]).collect();
    while let Some(step) = open.pop() {
        for next in silent(step).iter().flatten() {
            if counts[*next] {
                return true;
            }
            if !std::mem::replace(&mut seen[*next], true) {
                open.push(*next);
            }
        }
    }
    false
}

/// A machine in which a step that counts is what time is counted from, and nobody answers.
fn marking(machine: &Machine, counts: &[bool], within: Seconds) -> Machine {
    let silent = |act: &Act| match act {
        Act::Ask(question) => {
            let options = question.options.iter().map(|(_, effect)| (false, *effect)).collect();
            Act::Ask(Question { options, ..question.clone() })
        }
        // What it asks is not counted here, so either way is followed.
        Act::IfWindowOpen => Act::Split(vec![1.0, 1.0]),
        other => other.clone(),
    };
    let mut acts: Vec<Act> = machine.acts.iter().map(silent).collect();
    let mut targets = machine.targets.clone();
    for step in (0..counts.len()).filter(|step| counts[*step]) {
        // Sending is an answer that comes at once; what the step does besides is done by a step behind it.
        let mark = Question {
            options: vec![(true, None)],
            soonest: 0,
            latest: Some(0),
            timeout: None,
            may_be_silent: false,
            typical: 0,
        };
        let behind = acts.len();
        acts.push(acts[step].clone());
        let onward = std::mem::replace(&mut targets[step], vec![Some(behind)]);
        targets.push(onward);
        acts[step] = Act::Ask(mark);
    }
    Machine { acts, targets, unlikely: machine.unlikely.clone(), window: within.0, ..*machine }
}

/// A machine in which people come by one entry alone, and stay where they get their first message.
fn until_first_message(machine: &Machine, entry: StepIndex) -> Machine {
    let act = |(step, act): (StepIndex, &Act)| match act {
        Act::Enter { .. } if step != entry => Act::Send,
        Act::Send | Act::Ask(_) => Act::Exit(Outcome::Lost),
        other => other.clone(),
    };
    let acts: Vec<Act> = machine.acts.iter().enumerate().map(act).collect();
    Machine { acts, targets: machine.targets.clone(), unlikely: machine.unlikely.clone(), ..*machine }
}
