//! Witnesses: from a moment that was reached, one person's story that leads to it.
//!
//! Every part of a line knows the line that it came from and how its numbers go back, so a story is found by walking
//! back to an entry; what the person answered on the way, and when, is then told forward.

use std::collections::BTreeMap;

use crate::model::{Answer, Choice, Funnel, Scenario, Seconds, StepId};

use super::dates::date;
use super::journey::Story;
use super::machine::{Act, StepIndex};
use super::proof::{Claim, Proof};
use super::reach::{Back, Era, Line, LineId, Reach, Shape, Source};

/// A journey that a proof can show, by what stands for it: cheap to keep, and told when somebody asks.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Witness {
    /// The journey that shows this claim of the step.
    Of(StepId, Claim),
    /// This story, which was found in another way.
    Told(Box<Story>),
}

impl Proof {
    /// The story of a witness. It replays with [`super::follow`].
    pub fn tell(&self, witness: &Witness) -> Option<Story> {
        match witness {
            Witness::Of(step, claim) => self.witness(step, *claim),
            Witness::Told(story) => Some((**story).clone()),
        }
    }
}

/// One move of a person.
#[derive(Debug)]
pub struct Move {
    /// The step that was left, and by which output.
    pub step: StepIndex,
    pub out: usize,
    /// How long after the question for an answer.
    pub after: Option<i64>,
    /// The answer may come as late as the person likes.
    pub at_leisure: bool,
    /// Where `now` was when the step was reached, if it still mattered.
    pub here: Option<(Era, i64)>,
    /// The kind of clock change that comes on the way.
    pub changed: Option<u8>,
}

/// The way to a line from where it began.
pub struct Way<'r> {
    /// The line that no other came before.
    pub first: &'r Line,
    /// The number on it.
    pub number: i64,
    /// Where that came from.
    pub source: &'r Source,
    /// The moves from it on.
    pub moves: Vec<Move>,
}

/// The story of a person who is on this line with this number.
pub fn story(reach: &Reach, funnel: &Funnel, line: LineId, number: i64) -> Option<Story> {
    let Way { first, number, source, mut moves } = way(reach, line, number)?;
    let arrival = arrival(reach, first, number, source);
    let arrival = if reach.timing.changes.kinds.is_empty() { arrival } else { date(reach, arrival, &mut moves) };
    Some(tell(reach, funnel, first.step, arrival, &moves))
}

/// Goes back from this line with this number to where it began.
pub fn way(reach: &Reach, line: LineId, number: i64) -> Option<Way<'_>> {
    let mut line = reach.line(line);
    let mut number = number;
    let mut moves = Vec::new();
    loop {
        let source = reach.source(line, number)?;
        let Some(parent) = source.parent else {
            moves.reverse();
            return Some(Way { first: line, number, source, moves });
        };
        let before = reach.line(parent);
        let out = source.out as usize;
        let (earlier, after) = step_back(reach, before, out, source.back, number);
        let here = before.shape.era().map(|era| (era, if let Shape::Level(_, now) = before.shape { now } else { earlier }));
        let at_leisure = matches!(&reach.machine.acts[before.step],
            Act::Ask(question) if out < question.options.len() && question.latest.is_none());
        moves.push(Move { step: before.step, out, after, at_leisure, here, changed: source.changed });
        (line, number) = (before, earlier);
    }
}

/// When a person arrives who begins at this number of a line that no other came before, where no clocks change.
pub fn arrival(reach: &Reach, first: &Line, number: i64, source: &Source) -> i64 {
    match source.back {
        Back::Any(..) => reach.first_arrival(first.step),
        _ => reach.arrival(number),
    }
}

/// The number on the line before, and how long an answer took.
pub fn step_back(reach: &Reach, before: &Line, out: usize, back: Back, number: i64) -> (i64, Option<i64>) {
    let question = match &reach.machine.acts[before.step] {
        Act::Ask(question) if out < question.options.len() => Some(question),
        _ => None,
    };
    let latest = |question: &super::machine::Question| question.latest.unwrap_or(i64::MAX / 4);
    match back {
        Back::Shift(shift) => (number - shift, None),
        Back::Flip(sum) => (sum - number, None),
        Back::Any(first, last) => {
            let after = question.map(|question| question.typical.clamp(question.soonest, latest(question)));
            // Any will do: a person who came some minutes after the first reads better than one who came at the stroke.
            ((first + 600).min(last), after)
        }
        Back::Answer { shift, first, last } => {
            let Some(question) = question else { return (first, None) };
            let answered = number - shift;
            match before.shape {
                Shape::Level(_, asked) => (first, Some(answered - asked)),
                _ => {
                    let earliest = first.max(answered.saturating_sub(latest(question)));
                    let asked = (answered - question.typical).clamp(earliest, last.min(answered - question.soonest));
                    (asked, Some(answered - asked))
                }
            }
        }
    }
}

/// The scenario that makes these moves.
fn tell(reach: &Reach, funnel: &Funnel, entry: StepIndex, arrival: i64, moves: &[Move]) -> Story {
    let id = |step: StepIndex| -> StepId { funnel.steps[step].id.clone() };
    let mut scenario = Scenario { entry: Some(id(entry)), ..Scenario::default() };
    // Silence is only told where the same question is answered on a later visit.
    let mut silences: BTreeMap<StepIndex, Vec<Answer>> = BTreeMap::new();
    for made in moves {
        let reply = funnel.steps[made.step].message().and_then(|message| message.reply.as_ref());
        let label = |out: usize| reply?.options.get(out).map(|option| option.label.clone());
        match &reach.machine.acts[made.step] {
            Act::Ask(question) => match (label(made.out), made.after) {
                (Some(reply), Some(after)) => {
                    scenario.answers.extend(silences.remove(&made.step).unwrap_or_default());
                    scenario.answers.push(Answer { step: id(made.step), reply, after: Seconds(after) });
                }
                _ => {
                    let Some(reply) = label(0) else { continue };
                    let too_late = Seconds(question.timeout.unwrap_or_default());
                    silences.entry(made.step).or_default().push(Answer { step: id(made.step), reply, after: too_late });
                }
            },
            Act::Split(_) | Act::IfAttribute { .. } => {
                let Some(out) = funnel.steps[made.step].outputs().into_iter().nth(made.out) else { continue };
                scenario.choices.push(Choice { step: id(made.step), out });
            }
            _ => {}
        }
    }
    Story::at(arrival, scenario, &reach.machine.clock, moves.len())
}
