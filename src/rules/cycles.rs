//! Cycles in a set of ways between places: which places can come back to themselves, and how.

use std::collections::VecDeque;

/// The groups of places that all reach one another (strongly connected), and single places with a way to themselves.
/// Each in ascending order; the groups by their first place.
pub(super) fn knots(ways: &[Vec<usize>]) -> Vec<Vec<usize>> {
    let mut search = Search {
        ways,
        order: vec![None; ways.len()],
        lowest: vec![0; ways.len()],
        open: Vec::new(),
        is_open: vec![false; ways.len()],
        counter: 0,
        knots: Vec::new(),
    };
    for start in 0..ways.len() {
        if search.order[start].is_none() {
            search.explore(start);
        }
    }
    search.knots.sort();
    search.knots
}

/// The shortest way from a place back to itself, the place at both ends; of equal ones the first. Empty if there is none.
pub(super) fn shortest_round(ways: &[Vec<usize>], start: usize) -> Vec<usize> {
    let mut came_from = vec![None; ways.len()];
    let mut queue = VecDeque::from([start]);
    while let Some(place) = queue.pop_front() {
        for &next in &ways[place] {
            if next == start {
                let mut round = vec![start];
                let mut back = place;
                while back != start {
                    round.push(back);
                    back = came_from[back].unwrap_or(start);
                }
                round.push(start);
                round.reverse();
                return round;
            }
            if came_from[next].is_none() {
                came_from[next] = Some(place);
                queue.push_back(next);
            }
        }
    }
    Vec::new()
}

/// Tarjan's search, with its own stack so that a chain of ten thousand steps cannot overflow the thread's.
struct Search<'a> {
    ways: &'a [Vec<usize>],
    order: Vec<Option<usize>>,
    lowest: Vec<usize>,
    open: Vec<usize>,
    is_open: Vec<bool>,
    counter: usize,
    knots: Vec<Vec<usize>>,
}

impl Search<'_> {
    fn explore(&mut self, start: usize) {
        let mut stack = vec![(start, 0)];
        self.enter(start);
        while let Some((place, tried)) = stack.pop() {
            let Some(&next) = self.ways[place].get(tried) else {
                self.leave(place);
                if let Some(&(before, _)) = stack.last() {
                    self.lowest[before] = self.lowest[before].min(self.lowest[place]);
                }
                continue;
            };
            stack.push((place, tried + 1));
            match self.order[next] {
                None => {
                    self.enter(next);
                    stack.push((next, 0));
                }
                Some(order) if self.is_open[next] => self.lowest[place] = self.lowest[place].min(order),
                Some(_) => {}
            }
        }
    }

    fn enter(&mut self, place: usize) {
        self.order[place] = Some(self.counter);
        self.lowest[place] = self.counter;
        self.counter += 1;
        self.open.push(place);
        self.is_open[place] = true;
    }

    fn leave(&mut self, place: usize) {
        if Some(self.lowest[place]) != self.order[place] {
            return;
        }
        let first = self.open.iter().rposition(|open| *open == place).unwrap_or(0);
        let mut knot = self.open.split_off(first);
        for member in &knot {
            self.is_open[*member] = false;
        }
        knot.sort_unstable();
        if knot.len() > 1 || self.ways[place].contains(&place) {
            self.knots.push(knot);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn knots_are_what_can_come_back() {
        //  0 → 1 ⇄ 2 → 3 ↺,   4 → 5
        let ways = [vec![1], vec![2], vec![1, 3], vec![3], vec![5], vec![]];
        assert_eq!(knots(&ways), vec![vec![1, 2], vec![3]]);
        assert_eq!(shortest_round(&ways, 1), vec![1, 2, 1]);
        assert_eq!(shortest_round(&ways, 3), vec![3, 3]);
        assert!(shortest_round(&ways, 0).is_empty());
    }

    #[test]
    fn a_round_is_the_shortest_one() {
        let ways = [vec![1, 3], vec![2], vec![0], vec![0]];
        assert_eq!(knots(&ways), vec![vec![0, 1, 2, 3]]);
        assert_eq!(shortest_round(&ways, 0), vec![0, 3, 0]);
        assert_eq!(shortest_round(&ways, 1), vec![1, 2, 0, 1]);
    }

    #[test]
    fn a_long_chain_needs_no_deep_stack() {
        let mut ways: Vec<Vec<usize>> = (1..=100_000).map(|next| vec![next]).collect();
        ways.push(vec![0]);
        assert_eq!(knots(&ways).len(), 1);
    }
}
