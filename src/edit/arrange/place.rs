//! Where the items of ordered columns lie: columns side by side, and in each the cards as near as can be to the height
//! of their neighbours, without touching.

use crate::model::{Point, Size};

use super::columns::Layered;
use super::{COLUMN_GAP, GRID, ROW_GAP, snap};

/// How far below a card's top links arrive; that line of neighbouring cards is put level.
const LINE: f64 = 44.0;
/// The room of a waypoint above and below its line.
const WAYPOINT: f64 = 4.0;
/// How much a waypoint insists on its wish against a card: long links run straight.
const WAYPOINT_INSISTS: f64 = 4.0;
/// How much what follows first insists, so that the first way through a funnel is one level row.
const FIRST_WAY_INSISTS: f64 = 1000.0;
const PASSES: usize = 24;
/// The last passes look to both sides.
const SETTLING: usize = 4;

/// The upper left corner of each card; the least of each coordinate is zero.
pub(super) fn place(layered: &Layered, sizes: &[Size]) -> Vec<Point> {
    let lines = lines(layered, sizes);
    let tops: Vec<f32> = lines[..layered.cards].iter().map(|line| ((line - LINE) as f32 / GRID).round() * GRID).collect();
    let highest = tops.iter().copied().fold(f32::MAX, f32::min);
    let mut places = vec![Point::default(); layered.cards];
    let mut x = 0.0;
    for column in &layered.columns {
        let cards = column.iter().filter(|item| **item < layered.cards);
        let mut widest = None;
        for &card in cards {
            places[card] = Point { x, y: tops[card] - highest };
            widest = widest.max(Some(sizes[card].width.ceil() as i64));
        }
        // A column that only waypoints pass takes no room.
        if let Some(widest) = widest {
            x = snap(x + widest as f32 + COLUMN_GAP);
        }
    }
    places
}

/// The height of the line of each item.
fn lines(layered: &Layered, sizes: &[Size]) -> Vec<f64> {
    let is_card = |item: usize| item < layered.cards;
    let above = |item: usize| if is_card(item) { LINE } else { WAYPOINT };
    let below = |item: usize| if is_card(item) { f64::from(sizes[item].height) - LINE } else { WAYPOINT };
    // How far below the first item's line each line of a column must at least be.
    let least: Vec<Vec<f64>> = layered
        .columns
        .iter()
        .map(|column| {
            let mut at = 0.0;
            let mut least = Vec::with_capacity(column.len());
            for (place, &item) in column.iter().enumerate() {
                if place > 0 {
                    // Rounding to the grid may bring two cards nearer, hence its allowance.
                    at += below(column[place - 1]) + above(item) + f64::from(ROW_GAP + GRID);
                }
                least.push(at);
            }
            least
        })
        .collect();

    let mut line = vec![0.0; layered.after.len()];
    for (column, least) in layered.columns.iter().zip(&least) {
        for (item, at) in column.iter().zip(least) {
            line[*item] = *at;
        }
    }
    let insists = insistence(layered);
    let count = layered.columns.len();
    for pass in 0..PASSES {
        let rightwards = pass % 2 == 0;
        let both = pass >= PASSES - SETTLING;
        for step in 0..count {
            let at = if rightwards { step } else { count - 1 - step };
            let column = &layered.columns[at];
            let wishes: Vec<(f64, f64)> = column
                .iter()
                .zip(&least[at])
                .map(|(&item, least)| {
                    let before = layered.before[item].iter().map(|(other, _)| line[*other]).filter(|_| both || rightwards);
                    let after = layered.after[item].first().map(|other| line[*other]).filter(|_| both || !rightwards);
                    let wish = upper_median(before.chain(after).collect()).unwrap_or(line[item]);
                    (wish - least, insists[item])
                })
                .collect();
            for ((item, least), shift) in column.iter().zip(&least[at]).zip(nearest_rising(&wishes)) {
                line[*item] = shift + least;
            }
        }
    }
    line
}

/// How much each item insists on its wish.
fn insistence(layered: &Layered) -> Vec<f64> {
    let mut insists: Vec<f64> =
        (0..layered.after.len()).map(|item| if item < layered.cards { 1.0 } else { WAYPOINT_INSISTS }).collect();
    // Waypoints are numbered along their link, so one that is on a first way is known as such before it is reached.
    for (item, ways) in layered.after.iter().enumerate() {
        if let Some(first) = ways.first()
            && (item < layered.cards || insists[item] == FIRST_WAY_INSISTS)
        {
            insists[*first] = FIRST_WAY_INSISTS;
        }
    }
    insists
}

/// The middle height, the upper of two: a card that two lead to is level with one of them, not between them.
fn upper_median(mut heights: Vec<f64>) -> Option<f64> {
    heights.sort_by(f64::total_cmp);
    heights.get(heights.len().saturating_sub(1) / 2).copied()
}

/// The values nearest to weighted wishes that never fall from one to the next (pool adjacent violators).
fn nearest_rising(wishes: &[(f64, f64)]) -> Vec<f64> {
    struct Pool {
        sum: f64,
        weight: f64,
        count: usize,
    }
    let mut pools: Vec<Pool> = Vec::new();
    for (wish, weight) in wishes {
        let mut pool = Pool { sum: wish * weight, weight: *weight, count: 1 };
        while let Some(last) = pools.pop_if(|last| last.sum / last.weight > pool.sum / pool.weight) {
            pool = Pool { sum: last.sum + pool.sum, weight: last.weight + pool.weight, count: last.count + pool.count };
        }
        pools.push(pool);
    }
    pools.iter().flat_map(|pool| std::iter::repeat_n(pool.sum / pool.weight, pool.count)).collect()
}

#[cfg(test)]
mod tests {
    use super::nearest_rising;

    #[test]
    fn wishes_that_fall_meet_in_the_middle() {
        assert_eq!(nearest_rising(&[(0.0, 1.0), (4.0, 1.0), (2.0, 1.0)]), [0.0, 3.0, 3.0]);
        assert_eq!(nearest_rising(&[(5.0, 4.0), (0.0, 1.0)]), [4.0, 4.0], "the heavier wish weighs more");
        assert_eq!(nearest_rising(&[]), [0.0; 0]);
    }
}
