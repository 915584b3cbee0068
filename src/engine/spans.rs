//! Sets of whole seconds as sorted spans, both ends included.

/// A set of whole numbers.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Spans(Vec<(i64, i64)>);

impl Spans {
    /// Adds the numbers from `first` to `last`. Gives the parts that were not in the set before, in order.
    pub fn add(&mut self, first: i64, last: i64) -> Vec<(i64, i64)> {
        if first > last {
            return Vec::new();
        }
        // The spans that overlap the new one or touch it become one with it.
        let from = self.0.partition_point(|span| span.1 < first.saturating_sub(1));
        let to = self.0.partition_point(|span| span.0 <= last.saturating_add(1));
        let mut new = Vec::new();
        let mut at = first;
        for &(start, end) in &self.0[from..to] {
            if start > at {
                new.push((at, (start - 1).min(last)));
            }
            at = at.max(end.saturating_add(1));
        }
        if at <= last {
            new.push((at, last));
        }
        let joined = match (self.0[from..to].first(), self.0[from..to].last()) {
            (Some(low), Some(high)) => (low.0.min(first), high.1.max(last)),
            _ => (first, last),
        };
        self.0.splice(from..to, [joined]);
        new
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use rand::{RngExt, SeedableRng};

    #[test]
    fn adding_tells_what_is_new_and_keeps_the_union() {
        let mut random = rand_chacha::ChaCha8Rng::seed_from_u64(7);
        for _ in 0..400 {
            let mut spans = Spans::default();
            let mut numbers = [false; 60];
            for _ in 0..12 {
                let first = random.random_range(0..60);
                let last = (first + random.random_range(-1..12)).min(59);
                let mut new = [false; 60];
                for (start, end) in spans.add(first, last) {
                    assert!(start <= end && first <= start && end <= last);
                    (start..=end).for_each(|n| new[n as usize] = true);
                }
                for n in first..=last {
                    assert_eq!(new[n as usize], !numbers[n as usize], "{n} is new exactly once");
                    numbers[n as usize] = true;
                }
                let listed: Vec<i64> = spans.0.iter().flat_map(|span| span.0..=span.1).collect();
                assert_eq!(listed, (0..60).filter(|n| numbers[*n as usize]).collect::<Vec<i64>>());
                assert!(spans.0.windows(2).all(|pair| pair[0].1 + 1 < pair[1].0));
            }
        }
    }
}
