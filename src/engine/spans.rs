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

    /// The parts of a span that are not in the set, in order.
    pub fn missing(&self, first: i64, last: i64) -> Vec<(i64, i64)> {
        let from = self.0.partition_point(|span| span.1 < first);
        let mut missing = Vec::new();
        let mut at = first;
        for &(start, end) in self.0[from..].iter().take_while(|span| span.0 <= last) {
            if start > at {
                missing.push((at, start - 1));
            }
            at = at.max(end.saturating_add(1));
        }
        if at <= last {
            missing.push((at, last));
        }
        missing
    }
}

/// Whole numbers, each with an age; the oldest counts.
#[derive(Debug, Clone, Default)]
pub struct AgedSpans(Vec<(i64, i64, i64)>);

impl AgedSpans {
    /// Gives the numbers from `first` to `last` this age, whatever they had.
    pub fn put(&mut self, first: i64, last: i64, age: i64) {
        let mut kept = Vec::with_capacity(self.0.len() + 2);
        for &(start, end, known) in &self.0 {
            if end < first || start > last {
                kept.push((start, end, known));
                continue;
            }
            if start < first {
                kept.push((start, first - 1, known));
            }
            if end > last {
                kept.push((last + 1, end, known));
            }
        }
        kept.push((first, last, age));
        kept.sort_unstable();
        self.0 = kept;
    }

    /// Adds the numbers from `first` to `last` with this age. Gives the parts that were not there, or younger, and their
    /// age: where it grows it grows by leaps to a multiple of `leap`, so that it does not grow often.
    pub fn add(&mut self, first: i64, last: i64, age: i64, leap: i64) -> (Vec<(i64, i64)>, i64) {
        let grows = self.0.iter().any(|span| span.0 <= last && first <= span.1 && span.2 < age);
        let age = if grows { age.saturating_add(leap - 1) / leap * leap } else { age };
        let older: Spans = Spans(self.0.iter().filter(|span| span.2 >= age).map(|span| (span.0, span.1)).collect());
        let new = older.missing(first, last);
        for &(first, last) in &new {
            self.put(first, last, age);
        }
        (new, age)
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
