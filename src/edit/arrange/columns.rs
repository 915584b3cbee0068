//! Which column each card goes into: links lead to the right, but for those that close a cycle. Long links get a
//! waypoint in every column that they pass, so that the other passes see only links between neighbouring columns.

use std::collections::VecDeque;

/// A link across more columns than this gets no waypoints: it is drawn over the others anyway, and a funnel of
/// thousands of steps with links back to its beginning would need millions.
const LONGEST: usize = 32;

/// Cards and waypoints in columns.
#[derive(Debug)]
pub(super) struct Layered {
    /// How many cards there are; the items from this number on are waypoints.
    pub cards: usize,
    /// The items of each column, from top to bottom.
    pub columns: Vec<Vec<usize>>,
    /// The neighbours of each item in the column before, with how far down that neighbour its link leaves, 0 to 1.
    pub before: Vec<Vec<(usize, f64)>>,
    /// The neighbours of each item in the column after, in the order of its outputs.
    pub after: Vec<Vec<usize>>,
}

/// Puts cards into columns by whither each leads.
pub(super) fn layered(targets: &[Vec<usize>]) -> Layered {
    let forward = without_cycles(targets);
    let column = column_of_each(&forward);
    let cards = targets.len();
    let mut column_of_item = column.clone();
    let mut after: Vec<Vec<usize>> = vec![Vec::new(); cards];
    for (from, ways) in forward.iter().enumerate() {
        for &to in ways {
            let (first, last) = (column[from] + 1, column[to]);
            let mut previous = from;
            if last - first >= LONGEST {
                continue;
            }
            for between in first..last {
                let waypoint = after.len();
                after.push(Vec::new());
                column_of_item.push(between);
                after[previous].push(waypoint);
                previous = waypoint;
            }
            after[previous].push(to);
        }
    }
    let mut before = vec![Vec::new(); after.len()];
    for (from, ways) in after.iter().enumerate() {
        for (place, to) in ways.iter().enumerate() {
            before[*to].push((from, (place + 1) as f64 / (ways.len() + 1) as f64));
        }
    }
    let columns = first_order(&column_of_item, &before, &after);
    Layered { cards, columns, before, after }
}

/// The links with those turned round that would close a cycle, found by walking from the beginnings in order.
fn without_cycles(targets: &[Vec<usize>]) -> Vec<Vec<usize>> {
    #[derive(Clone, Copy, PartialEq)]
    enum Walk {
        Ahead,
        Underway,
        Done,
    }
    let mut reached = vec![false; targets.len()];
    targets.iter().flatten().for_each(|to| reached[*to] = true);
    let beginnings = (0..targets.len()).filter(|card| !reached[*card]);
    let others = (0..targets.len()).filter(|card| reached[*card]);

    let mut walk = vec![Walk::Ahead; targets.len()];
    let mut forward = vec![Vec::new(); targets.len()];
    let mut turned = Vec::new();
    for start in beginnings.chain(others) {
        if walk[start] != Walk::Ahead {
            continue;
        }
        walk[start] = Walk::Underway;
        let mut path = vec![(start, 0)];
        while let Some((at, way)) = path.last_mut() {
            let from = *at;
            let Some(&to) = targets[from].get(*way) else {
                walk[from] = Walk::Done;
                path.pop();
                continue;
            };
            *way += 1;
            match walk[to] {
                Walk::Underway => turned.push((to, from)),
                Walk::Done => forward[from].push(to),
                Walk::Ahead => {
                    forward[from].push(to);
                    walk[to] = Walk::Underway;
                    path.push((to, 0));
                }
            }
        }
    }
    // What leads back comes last at its card, below the ways on.
    for (from, to) in turned {
        if !forward[from].contains(&to) {
            forward[from].push(to);
        }
    }
    forward
}

/// The column of each card: one past the furthest that leads to it. A beginning goes right before what it leads to.
fn column_of_each(forward: &[Vec<usize>]) -> Vec<usize> {
    let mut waiting = vec![0_usize; forward.len()];
    forward.iter().flatten().for_each(|to| waiting[*to] += 1);
    let is_beginning: Vec<bool> = waiting.iter().map(|count| *count == 0).collect();
    let mut column = vec![0; forward.len()];
    let mut ready: VecDeque<usize> = (0..forward.len()).filter(|card| is_beginning[*card]).collect();
    while let Some(from) = ready.pop_front() {
        for &to in &forward[from] {
            column[to] = column[to].max(column[from] + 1);
            waiting[to] -= 1;
            if waiting[to] == 0 {
                ready.push_back(to);
            }
        }
    }
    for card in (0..forward.len()).filter(|card| is_beginning[*card]) {
        if let Some(next) = forward[card].iter().map(|to| column[*to]).min() {
            column[card] = next - 1;
        }
    }
    column
}

/// A first order that keeps chains together: items as a walk from the beginnings meets them.
fn first_order(column: &[usize], before: &[Vec<(usize, f64)>], after: &[Vec<usize>]) -> Vec<Vec<usize>> {
    let mut columns = vec![Vec::new(); column.iter().max().map_or(0, |last| last + 1)];
    let mut seen = vec![false; column.len()];
    let beginnings = (0..column.len()).filter(|item| before[*item].is_empty());
    for start in beginnings.chain(0..column.len()) {
        let mut ahead = vec![start];
        while let Some(item) = ahead.pop() {
            if !std::mem::replace(&mut seen[item], true) {
                columns[column[item]].push(item);
                ahead.extend(after[item].iter().rev().filter(|next| !seen[**next]));
            }
        }
    }
    columns
}
