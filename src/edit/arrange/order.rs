//! The order of the items in each column, such that few links cross: sweeps to and fro that put each item where its
//! neighbours are on average, keeping the best order met.

use super::columns::Layered;

const SWEEPS: usize = 24;

/// Orders the columns.
pub(super) fn untangle(layered: &mut Layered) {
    let mut row = rows(layered);
    let mut best = (crossings(layered, &row), layered.columns.clone());
    for sweep in 0..SWEEPS {
        if best.0 == 0 {
            break;
        }
        let rightwards = sweep % 2 == 0;
        let last = layered.columns.len() - 1;
        for step in 1..=last {
            let column = if rightwards { step } else { last - step };
            sort_column(layered, &mut row, column, rightwards);
        }
        let count = crossings(layered, &row);
        if count < best.0 {
            best = (count, layered.columns.clone());
        }
    }
    layered.columns = best.1;
}

/// The row of each item in its column.
fn rows(layered: &Layered) -> Vec<usize> {
    let mut row = vec![0; layered.after.len()];
    for column in &layered.columns {
        for (place, item) in column.iter().enumerate() {
            row[*item] = place;
        }
    }
    row
}

/// Sorts a column by where the neighbours on one side are; an item without any keeps its row.
fn sort_column(layered: &mut Layered, row: &mut [usize], column: usize, by_before: bool) {
    let wish = |item: usize| -> f64 {
        let rows: Vec<f64> = if by_before {
            layered.before[item].iter().map(|(other, down)| row[*other] as f64 + down).collect()
        } else {
            layered.after[item].iter().map(|other| row[*other] as f64).collect()
        };
        if rows.is_empty() { row[item] as f64 } else { rows.iter().sum::<f64>() / rows.len() as f64 }
    };
    let mut wishes: Vec<(f64, usize)> = layered.columns[column].iter().map(|item| (wish(*item), *item)).collect();
    // The sort is stable: equal wishes keep their order, so the picture does not depend on chance.
    wishes.sort_by(|a, b| a.0.total_cmp(&b.0));
    layered.columns[column] = wishes.into_iter().map(|(_, item)| item).collect();
    for (place, item) in layered.columns[column].iter().enumerate() {
        row[*item] = place;
    }
}

/// How many pairs of links cross between neighbouring columns. Links of one card are taken in the order of its outputs,
/// so that answers whose steps lie in another order count too.
fn crossings(layered: &Layered, row: &[usize]) -> u64 {
    let mut total = 0;
    for column in &layered.columns {
        let ends: Vec<usize> = column.iter().flat_map(|item| &layered.after[*item]).map(|to| row[*to]).collect();
        total += inversions(&ends);
    }
    total
}

/// How many pairs stand in the wrong order, counted in a binary indexed tree.
fn inversions(rows: &[usize]) -> u64 {
    let mut tree = vec![0_u64; rows.iter().max().map_or(0, |most| most + 2)];
    let mut total = 0;
    for (seen, row) in rows.iter().enumerate() {
        let mut not_greater = 0;
        let mut at = row + 1;
        while at > 0 {
            not_greater += tree[at];
            at &= at - 1;
        }
        total += seen as u64 - not_greater;
        at = row + 1;
        while at < tree.len() {
            tree[at] += 1;
            at += at & at.wrapping_neg();
        }
    }
    total
}

#[cfg(test)]
mod tests {
    use super::inversions;

    #[test]
    fn crossings_are_pairs_in_the_wrong_order() {
        assert_eq!(inversions(&[0, 1, 2]), 0);
        assert_eq!(inversions(&[2, 1, 0]), 3);
        assert_eq!(inversions(&[1, 1, 0, 5, 4]), 3);
        assert_eq!(inversions(&[]), 0);
    }
}
