//! How plausible the ways to what was reached are: the journey that is shown is the one of the fewest unlikely choices, and
//! of those the shortest. Knows nothing of when people come, nor of how soon they answer.

use crate::model::{Branch, Reply, Step, StepKind};

use super::delays::share_before;
use super::machine::StepIndex;
use super::proof::Claim;
use super::reach::{Line, LineId, Reach, Source};
use super::seen::Seen;

/// What a choice costs that is as likely as one in e. Every move costs 1 besides.
const ONE_IN_E: f64 = 1000.0;
/// What a choice costs that nobody makes.
const NOBODY: u32 = 100_000;

/// How unlikely it is that people leave a step by each of its outputs: the less likely, the more.
pub fn unlikely(step: &Step) -> Vec<u32> {
    let shares = |weights: &[f64]| -> Vec<f64> {
        let sum: f64 = weights.iter().sum();
        weights.iter().map(|weight| if sum > 0.0 { weight / sum } else { 1.0 / weights.len() as f64 }).collect()
    };
    let likely = match &step.kind {
        StepKind::Message(message) => match &message.reply {
            Some(Reply { options, chance, delay, timeout }) => {
                let in_time = chance * timeout.map_or(1.0, |timeout| share_before(delay, timeout.0 as f64));
                let options: Vec<f64> = options.iter().map(|option| option.share).collect();
                let answers = shares(&options).into_iter().map(|share| share * in_time);
                answers.chain(timeout.map(|_| 1.0 - in_time)).collect()
            }
            None => vec![1.0],
        },
        StepKind::Branch(Branch::Split(cases)) => shares(&cases.iter().map(|(_, weight)| *weight).collect::<Vec<_>>()),
        StepKind::Branch(Branch::Attribute { share, .. }) => vec![*share, 1.0 - share],
        // Which way people go here follows from what came before.
        StepKind::Branch(Branch::WindowOpen | Branch::OptedIn) => vec![1.0, 1.0],
        StepKind::Entry { .. } | StepKind::Wait(_) | StepKind::Exit(_) => vec![1.0],
    };
    let cost = |share: f64| {
        let cost = -libm::log(share) * ONE_IN_E;
        if cost < f64::from(NOBODY) { cost.max(0.0).round() as u32 } else { NOBODY }
    };
    likely.into_iter().map(cost).collect()
}

/// For each line what the cheapest way to it costs.
#[derive(Debug, Clone)]
pub struct Costs(Vec<Vec<u32>>);

impl Costs {
    /// Works them out, each line after those before it.
    pub fn of(reach: &Reach) -> Self {
        let mut costs = Self(reach.here.iter().map(|here| vec![u32::MAX; here.lines.len()]).collect());
        for (step, batch) in &reach.order {
            let here = &reach.here[*step as usize];
            for place in here.batch(*batch as usize) {
                let (begin, end) = here.lines[place].sources;
                let sources = here.sources[begin as usize..end as usize].iter();
                let cheapest = sources.map(|source| costs.of_source(reach, source)).min();
                costs.0[*step as usize][place] = cheapest.unwrap_or(u32::MAX);
            }
        }
        costs
    }

    /// What the cheapest way costs that comes from there.
    pub fn of_source(&self, reach: &Reach, source: &Source) -> u32 {
        let Some(parent) = source.parent else { return 0 };
        let choice = reach.machine.unlikely.get(parent.step()).and_then(|outs| outs.get(source.out as usize));
        self.of_line(parent).saturating_add(choice.copied().unwrap_or(0)).saturating_add(1)
    }

    fn of_line(&self, line: LineId) -> u32 {
        self.0.get(line.step()).and_then(|lines| lines.get(line.place())).copied().unwrap_or(u32::MAX)
    }
}

impl Reach {
    /// The line at a step, and the number on it, to which the cheapest way leads that shows a claim: among the moments that
    /// somebody surely has before them, if there are such.
    pub fn most_plausible(&self, step: StepIndex, claim: Claim) -> Option<(LineId, i64)> {
        let (here, window) = (&self.here[step], self.machine.window);
        let known = here.seen(step, window).shown(claim)?;
        // These are about one moment, not about any of some.
        if matches!(claim, Claim::Shortest | Claim::Longest) {
            return Some(known);
        }
        let costs = self.costs();
        let sure = self.line(known.0).sure;
        let mut best: Option<(u32, (LineId, i64))> = None;
        for (place, line) in here.lines.iter().enumerate().filter(|(_, line)| line.sure == sure) {
            let (begin, end) = line.sources;
            for source in &here.sources[begin as usize..end as usize] {
                let cost = costs.of_source(self, source);
                if best.is_some_and(|(cheapest, _)| cheapest <= cost) {
                    continue;
                }
                let part = Line { first: line.first.max(source.first), last: line.last.min(source.last), ..*line };
                if let Some((_, number)) = Seen::of(step, &[part], window).shown(claim) {
                    best = Some((cost, (LineId::new(step, place), number)));
                }
            }
        }
        best.map(|(_, shown)| shown).or(Some(known))
    }
}
