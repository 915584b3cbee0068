//! How many free-form messages one person gets on average, in bounds that follow from shares alone, without working out
//! when anything happens. Where a branch asks the time or consent, and the proof does not settle it, the bounds part.

use std::ops::RangeInclusive;

use crate::model::{Message, Reply, Send, StepKind};

use super::delays::share_before;
use super::graph::Graph;
use super::machine::Act;
use super::proof::{Proof, StepProof, Verdict};

/// People who go round a cycle are followed so often; whoever is still in it then may go on for ever.
const MOST_ROUNDS: usize = 100;
/// Less than this share of a person is nobody.
const FAINT: f64 = 1e-6;

/// A share of people that lies between these.
type Bounds = RangeInclusive<f64>;

impl Proof {
    /// At least and at most so many free-form messages go out to one person, on average; without bound where a cycle has
    /// no end. Messages that the window refuses do not go out.
    pub fn free_form_a_person(&self) -> Bounds {
        let sent = |send: &Send, proof: &StepProof| match (send, proof.verdict) {
            (Send::Template(_), _) | (_, Verdict::Outside | Verdict::Unreachable) => 0.0..=0.0,
            (_, Verdict::Inside) => 1.0..=1.0,
            (_, Verdict::Sometimes) => 0.0..=1.0,
        };
        let steps = self.funnel().steps.iter().zip(&self.steps);
        let shares = steps.map(|(step, proof)| step.message().map_or(0.0..=0.0, |message| sent(&message.send, proof)));
        let shares: Vec<Bounds> = shares.collect();
        let (graph, ways) = (&self.reach().plan.graph, self.ways());
        let total = |most: bool| {
            let (visits, ended) = self.visits(graph, &ways, most);
            let sum: f64 = visits.iter().zip(&shares).map(|(visits, share)| visits * end(share, most)).sum();
            if most && !ended { f64::INFINITY } else { sum }
        };
        total(false)..=total(true)
    }

    /// At least or at most so often one person comes to each step, and whether all went as far as they go.
    fn visits(&self, graph: &Graph, ways: &[Vec<Bounds>], most: bool) -> (Vec<f64>, bool) {
        let machine = &self.reach().machine;
        let entries = machine.acts.iter().filter(|act| matches!(act, Act::Enter { .. })).count();
        let enter = |act: &Act| if matches!(act, Act::Enter { .. }) { 1.0 / entries as f64 } else { 0.0 };
        let mut coming: Vec<f64> = machine.acts.iter().map(enter).collect();
        let mut visits = vec![0.0; machine.acts.len()];
        for _ in 0..MOST_ROUNDS {
            let mut again = vec![0.0; machine.acts.len()];
            for step in &graph.by_turn {
                let here = std::mem::take(&mut coming[*step]);
                if here < FAINT {
                    continue;
                }
                visits[*step] += here;
                for (way, target) in ways[*step].iter().zip(&machine.targets[*step]) {
                    let Some(target) = *target else { continue };
                    let share = here * end(way, most);
                    if graph.turn[target] > graph.turn[*step] { coming[target] += share } else { again[target] += share }
                }
            }
            if again.iter().all(|share| *share < FAINT) {
                return (visits, true);
            }
            coming = again;
        }
        (visits, false)
    }

    /// Which share of those who come to each step leaves it by each output.
    fn ways(&self) -> Vec<Vec<Bounds>> {
        let machine = &self.reach().machine;
        let mut asked = vec![0; machine.attributes];
        for act in &machine.acts {
            if let Act::IfAttribute { attribute, .. } = act {
                asked[*attribute] += 1;
            }
        }
        let of = |(step, outs): (usize, &Vec<_>)| (0..outs.len()).map(|out| self.share(step, out, &asked)).collect();
        machine.targets.iter().enumerate().map(of).collect()
    }

    /// Which share leaves a step by an output; `asked` says how many steps ask for each attribute.
    fn share(&self, step: usize, out: usize, asked: &[usize]) -> Bounds {
        let machine = &self.reach().machine;
        let exactly = |share: f64| share..=share;
        let either = |first: Option<bool>| match first {
            Some(first) => exactly(f64::from(u8::from(first == (out == 0)))),
            None => 0.0..=1.0,
        };
        match &machine.acts[step] {
            Act::Enter { .. } | Act::Send | Act::Wait(_) => exactly(1.0),
            Act::Ask(_) => match &self.funnel().steps[step].kind {
                StepKind::Message(Message { reply: Some(reply), .. }) => exactly(answers(reply, out)),
                _ => exactly(0.0),
            },
            Act::IfWindowOpen => either(match self.steps[step].verdict {
                Verdict::Inside => Some(true),
                Verdict::Outside | Verdict::Unreachable => Some(false),
                Verdict::Sometimes => None,
            }),
            Act::IfOptedIn => {
                let consents = self.steps[step].consents;
                let others = consents.never || consents.withdrawn;
                either((consents.given != others).then_some(consents.given))
            }
            Act::Split(weights) => {
                let total: f64 = weights.iter().sum();
                exactly(if total > 0.0 { weights[out] / total } else { 1.0 / weights.len() as f64 })
            }
            Act::IfAttribute { attribute, share, .. } => {
                // Asked again it is answered alike, so the shares of the second time are not those of the first.
                if asked[*attribute] > 1 { 0.0..=1.0 } else { exactly(if out == 0 { *share } else { 1.0 - share }) }
            }
            Act::Exit(_) => exactly(0.0),
        }
    }
}

fn end(bounds: &Bounds, most: bool) -> f64 {
    if most { *bounds.end() } else { *bounds.start() }
}

/// Which share of those who are asked leaves by an output: an answer, or the timeout behind them.
fn answers(reply: &Reply, out: usize) -> f64 {
    let in_time = reply.timeout.map_or(f64::INFINITY, |timeout| timeout.0 as f64);
    let answered = if reply.options.is_empty() { 0.0 } else { reply.chance * share_before(&reply.delay, in_time) };
    let total: f64 = reply.options.iter().map(|option| option.share).sum();
    match reply.options.get(out) {
        Some(option) if total > 0.0 => answered * option.share / total,
        Some(_) => answered / reply.options.len() as f64,
        None => 1.0 - answered,
    }
}
