//! The shape of a funnel: in which order to visit its steps, its cycles, and what still matters from each step on.

use super::machine::{Act, Machine, StepIndex};

/// What the proof needs to know of the links as such.
#[derive(Debug, Clone)]
pub struct Graph {
    /// For each step its turn: along every link that closes no cycle, turns rise.
    pub turn: Vec<u32>,
    /// The step of each turn.
    pub by_turn: Vec<StepIndex>,
    /// For each step the number of its strongly connected component; components are numbered from the ends back.
    pub component: Vec<u32>,
    /// The steps in the order of their components.
    by_component: Vec<StepIndex>,
    /// How many components there are.
    pub components: usize,
}

impl Graph {
    /// Reads the links of a machine. Linear in their number.
    pub fn of(machine: &Machine) -> Self {
        Self::over(machine, &machine.targets)
    }

    /// Reads only these links, given as `Machine::targets` are.
    pub fn over(machine: &Machine, targets: &[Vec<Option<StepIndex>>]) -> Self {
        let size = targets.len();
        let (turn, component) = (vec![0; size], vec![u32::MAX; size]);
        let (by_turn, by_component) = (Vec::with_capacity(size), Vec::with_capacity(size));
        let mut graph = Self { turn, by_turn, component, by_component, components: 0 };
        let entries = (0..size).filter(|step| matches!(machine.acts[*step], Act::Enter { .. }));
        // From the entries first, so that a cycle begins where people come into it.
        graph.order(entries.chain(0..size), targets);
        graph.connect(targets);
        graph
    }

    /// Reverse post-order from the roots, in turn.
    fn order(&mut self, roots: impl Iterator<Item = StepIndex>, targets: &[Vec<Option<StepIndex>>]) {
        let size = targets.len();
        let mut seen = vec![false; size];
        for root in roots {
            if std::mem::replace(&mut seen[root], true) {
                continue;
            }
            let mut path = vec![(root, targets[root].len())];
            while let Some((step, left)) = path.last_mut() {
                if *left == 0 {
                    self.by_turn.push(*step);
                    path.pop();
                    continue;
                }
                *left -= 1;
                if let Some(next) = targets[*step][*left]
                    && !std::mem::replace(&mut seen[next], true)
                {
                    path.push((next, targets[next].len()));
                }
            }
        }
        self.by_turn.reverse();
        self.by_turn.iter().enumerate().for_each(|(turn, step)| self.turn[*step] = turn as u32);
    }

    /// Tarjan's algorithm, without recursion.
    fn connect(&mut self, targets: &[Vec<Option<StepIndex>>]) {
        let size = targets.len();
        let mut number = vec![u32::MAX; size];
        let mut low = vec![0u32; size];
        let (mut stack, mut on_stack, mut next_number) = (Vec::new(), vec![false; size], 0);
        for root in 0..size {
            if number[root] != u32::MAX {
                continue;
            }
            let mut path = vec![(root, 0)];
            while let Some((step, out)) = path.pop() {
                if out == 0 {
                    number[step] = next_number;
                    low[step] = next_number;
                    next_number += 1;
                    stack.push(step);
                    on_stack[step] = true;
                } else if let Some(done) = targets[step][out - 1] {
                    // Coming back along a link: what its end could reach, this step can.
                    if on_stack[done] {
                        low[step] = low[step].min(low[done]);
                    }
                }
                if let Some(target) = targets[step].get(out) {
                    path.push((step, out + 1));
                    if let Some(next) = *target
                        && number[next] == u32::MAX
                    {
                        path.push((next, 0));
                    }
                } else if low[step] == number[step] {
                    while let Some(member) = stack.pop() {
                        on_stack[member] = false;
                        self.component[member] = self.components as u32;
                        self.by_component.push(member);
                        if member == step {
                            break;
                        }
                    }
                    self.components += 1;
                }
            }
        }
    }

    /// For each step whether a journey may come back to it.
    pub fn in_cycle(&self, machine: &Machine) -> Vec<bool> {
        let mut members = vec![0; self.components];
        self.component.iter().for_each(|component| members[*component as usize] += 1);
        (0..self.component.len())
            .map(|step| members[self.component[step] as usize] > 1 || machine.targets[step].contains(&Some(step)))
            .collect()
    }

    /// The largest sum of `weight` over the steps of the components along any path: no journey is longer until it
    /// passes a step twice. The weights are 0 or more; the sum saturates.
    pub fn longest_span(&self, machine: &Machine, weight: impl Fn(StepIndex) -> i64) -> i64 {
        let mut longest = vec![0i64; self.components];
        for together in self.by_component.chunk_by(|one, other| self.component[*one] == self.component[*other]) {
            let component = self.component[together[0]] as usize;
            let own = together.iter().fold(0i64, |own, step| own.saturating_add(weight(*step)));
            let onward = together
                .iter()
                .flat_map(|step| machine.targets[*step].iter().flatten())
                .map(|next| self.component[*next] as usize)
                .filter(|next| *next != component)
                .map(|next| longest[next])
                .max();
            longest[component] = own.saturating_add(onward.unwrap_or(0));
        }
        longest.into_iter().max().unwrap_or(0)
    }

    /// For each step the union of `own` over the steps that can still come, itself included.
    pub fn ahead(&self, machine: &Machine, own: impl Fn(StepIndex) -> u64) -> Vec<u64> {
        let mut ahead: Vec<u64> = (0..machine.acts.len()).map(own).collect();
        loop {
            let mut changed = false;
            for &step in self.by_turn.iter().rev() {
                let all = machine.targets[step].iter().flatten().fold(ahead[step], |all, next| all | ahead[*next]);
                changed |= all != ahead[step];
                ahead[step] = all;
            }
            // What comes round a cycle is seen only on another round.
            if !changed || self.components == ahead.len() {
                return ahead;
            }
        }
    }
}
