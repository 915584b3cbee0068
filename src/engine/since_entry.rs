//! How long after entry a step is reached, from the times that its links can take.
//!
//! The bounds hold for every journey: they are the sums of what the links can take, and the time of the last answer and
//! what can pass since then, whichever is tighter. They are attained unless a calendar wait or a test of the window ties
//! the times before and after an answer together; the verdict never rests on them.

use std::cmp::Reverse;
use std::collections::BinaryHeap;

use super::graph::Graph;
use super::machine::{Act, StepIndex};
use super::reach::{Reach, Taken};

/// For each step the shortest and longest time since entry; `None` where no journey reaches it. `since_inbound` gives for
/// each step the exact time since the last inbound, where every journey has one.
pub fn since_entry(reach: &Reach, since_inbound: &[Option<Taken>]) -> Vec<Option<Taken>> {
    let mut times = by_links(reach);
    let last = last_inbound(reach, &times);
    for ((time, inbound), since) in times.iter_mut().zip(last).zip(since_inbound) {
        if let (Some(time), Some(inbound), Some(since)) = (time, inbound, since) {
            let max = inbound.max.zip(since.max).map(|(inbound, since)| inbound.saturating_add(since));
            time.min = time.min.max(inbound.min + since.min);
            time.max = [time.max, max].into_iter().flatten().min();
        }
    }
    times
}

/// For each step, when after entry the last inbound message before it can have come.
fn last_inbound(reach: &Reach, times: &[Option<Taken>]) -> Vec<Option<Taken>> {
    let machine = &*reach.machine;
    let mut inbound: Vec<Option<Taken>> = vec![None; machine.acts.len()];
    let mut queue: Vec<StepIndex> = Vec::new();
    for (step, act) in machine.acts.iter().enumerate() {
        if matches!(act, Act::Enter { .. }) {
            inbound[step] = Some(Taken { min: 0, max: Some(0) });
            queue.push(step);
        }
    }
    while let Some(step) = queue.pop() {
        for (out, (to, taken)) in machine.targets[step].iter().zip(&reach.taken[step]).enumerate() {
            let (Some(to), Some(taken)) = (to, taken) else { continue };
            let answered = matches!(&machine.acts[step], Act::Ask(question) if out < question.options.len());
            let through = if answered {
                times[step].map(|asked| Taken {
                    min: asked.min + taken.min,
                    max: asked.max.zip(taken.max).map(|(asked, taken)| asked.saturating_add(taken)),
                })
            } else {
                inbound[step]
            };
            let known = inbound[*to];
            let joined = match (known, through) {
                (Some(known), Some(through)) => Some(Taken {
                    min: known.min.min(through.min),
                    max: known.max.zip(through.max).map(|(known, through)| known.max(through)),
                }),
                (known, through) => known.or(through),
            };
            if joined != known {
                inbound[*to] = joined;
                queue.push(*to);
            }
        }
    }
    inbound
}

fn by_links(reach: &Reach) -> Vec<Option<Taken>> {
    let machine = &*reach.machine;
    let size = machine.acts.len();
    let entries: Vec<StepIndex> = (0..size).filter(|step| matches!(machine.acts[*step], Act::Enter { .. })).collect();
    let links: Vec<Vec<(StepIndex, Taken)>> = (0..size)
        .map(|step| {
            machine.targets[step].iter().zip(&reach.taken[step]).filter_map(|(to, taken)| (*to).zip(*taken)).collect()
        })
        .collect();

    let mut shortest: Vec<Option<i64>> = vec![None; size];
    let mut queue: BinaryHeap<(Reverse<i64>, StepIndex)> = entries.iter().map(|entry| (Reverse(0), *entry)).collect();
    while let Some((Reverse(time), step)) = queue.pop() {
        if shortest[step].is_some() {
            continue;
        }
        shortest[step] = Some(time);
        queue.extend(links[step].iter().map(|(next, taken)| (Reverse(time + taken.min), *next)));
    }

    let taken_targets: Vec<Vec<Option<StepIndex>>> =
        links.iter().map(|links| links.iter().map(|(next, _)| Some(*next)).collect()).collect();
    let graph = Graph::over(machine, &taken_targets);
    // A cycle that takes time can be gone round for ever.
    let mut endless = vec![false; graph.components];
    for step in 0..size {
        for (next, taken) in &links[step] {
            if graph.component[step] == graph.component[*next] && taken.max != Some(0) {
                endless[graph.component[step] as usize] = true;
            }
        }
    }
    // Components are numbered from the ends back: from the highest on, all that leads to one is known before it.
    let mut longest: Vec<Option<Option<i64>>> = vec![None; graph.components];
    for entry in entries {
        longest[graph.component[entry] as usize] = Some(Some(0));
    }
    let mut members: Vec<Vec<StepIndex>> = vec![Vec::new(); graph.components];
    (0..size).for_each(|step| members[graph.component[step] as usize].push(step));
    for component in (0..graph.components).rev() {
        let Some(mut here) = longest[component] else { continue };
        if endless[component] {
            here = None;
            longest[component] = Some(None);
        }
        for (next, taken) in members[component].iter().flat_map(|step| &links[*step]) {
            let there = graph.component[*next] as usize;
            if there != component {
                let time = here.zip(taken.max).map(|(here, taken)| here.saturating_add(taken));
                let known = longest[there].get_or_insert(time);
                *known = known.zip(time).map(|(known, time)| known.max(time));
            }
        }
    }
    (0..size)
        .map(|step| {
            let min = shortest[step]?;
            Some(Taken { min, max: longest[graph.component[step] as usize].flatten() })
        })
        .collect()
}
