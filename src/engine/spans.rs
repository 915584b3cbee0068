//! Sets of whole seconds as sorted spans, both ends included.

/// A set of whole numbers.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Spans(Vec<(i64, i64)>);

impl Spans {
    /// Adds the numbers from `first` to `last`. Gives the parts that were not in the set before, in order.
    pub fn add(&mut self, first: i64, last: i64, new: impl FnMut(i64, i64)) {
        if first > last {
            return;
        }
        self.missing(first, last, new);
        // The spans that overlap the new one or touch it become one with it.
        let from = self.0.partition_point(|span| span.1 < first.saturating_sub(1));
        let count = self.0[from..].partition_point(|span| span.0 <= last.saturating_add(1));
        if count == 0 {
            self.0.insert(from, (first, last));
            return;
        }
        let end = self.0[from + count - 1].1.max(last);
        self.0[from] = (self.0[from].0.min(first), end);
        self.0.drain(from + 1..from + count);
    }

    /// The parts of a span that are not in the set, in order.
    pub fn missing(&self, first: i64, last: i64, mut missing: impl FnMut(i64, i64)) {
        let from = self.0.partition_point(|span| span.1 < first);
        let mut at = first;
        for &(start, end) in self.0[from..].iter().take_while(|span| span.0 <= last) {
            if start > at {
                missing(at, start - 1);
            }
            at = at.max(end.saturating_add(1));
        }
        if at <= last {
            missing(at, last);
        }
    }

    /// Takes all out.
    pub fn clear(&mut self) {
        self.0.clear();
    }

    /// Whether it holds no number.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
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
    pub fn add(&mut self, first: i64, last: i64, age: i64, leap: i64, mut new: impl FnMut(i64, i64, i64)) {
        if self.0.iter().all(|span| span.1 < first || last < span.0) {
            let at = self.0.partition_point(|span| span.0 < first);
            self.0.insert(at, (first, last, age));
            return new(first, last, age);
        }
        let grows = self.0.iter().any(|span| span.0 <= last && first <= span.1 && span.2 < age);
        let age = if grows { age.saturating_add(leap - 1) / leap * leap } else { age };
        let older: Spans = Spans(self.0.iter().filter(|span| span.2 >= age).map(|span| (span.0, span.1)).collect());
        older.missing(first, last, |first, last| {
            self.put(first, last, age);
            new(first, last, age);
        });
    }

    /// Takes all out.
    pub fn clear(&mut self) {
        self.0.clear();
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
                spans.add(first, last, |start, end| {
                    assert!(start <= end && first <= start && end <= last);
                    (start..=end).for_each(|n| new[n as usize] = true);
                });
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
