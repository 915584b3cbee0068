//! How times are spread, in constant memory: times alike to within a part in so many are counted together, with their sum,
//! so that what a bin stands for is the mean of what lies in it.

/// The shortest lengths are told apart to the second; from there on each doubling has 2^fineness bins.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Spread {
    fineness: u32,
    /// The bins of all doublings up to the last that holds something.
    bins: Vec<Bin>,
    count: u64,
}

/// How many, and the sum of how far they lie above the bin's lower end.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
struct Bin {
    count: u64,
    above: u64,
}

impl Spread {
    /// Nothing yet.
    pub fn new(fineness: u32) -> Self {
        Self { fineness, bins: Vec::new(), count: 0 }
    }

    /// Counts so many of one length. Lengths below 0 count as 0.
    #[inline(always)]
    pub fn add(&mut self, seconds: i64, count: u64) {
        let seconds = seconds.max(0).unsigned_abs();
        let (place, above) = self.place(seconds);
        self.count += count;
        if place >= self.bins.len() {
            self.grow(place);
        }
        if let Some(bin) = self.bins.get_mut(place) {
            bin.count += count;
            bin.above += above * count;
        }
    }

    /// Adds what others counted at the same fineness.
    pub fn merge(&mut self, other: &Self) {
        self.count += other.count;
        if self.bins.len() < other.bins.len() {
            self.bins.resize(other.bins.len(), Bin::default());
        }
        for (own, other) in self.bins.iter_mut().zip(&other.bins) {
            own.count += other.count;
            own.above += other.above;
        }
    }

    /// The length that this share of those counted does not exceed; `None` where nothing was counted.
    pub fn quantile(&self, share: f64) -> Option<i64> {
        let rank = ((self.count as f64 * share).ceil() as u64).clamp(1, self.count.max(1));
        let mut below = 0;
        for (place, bin) in self.bins.iter().enumerate().filter(|(_, bin)| bin.count > 0) {
            below += bin.count;
            if below >= rank {
                let mean = (bin.above + bin.count / 2) / bin.count;
                return i64::try_from(self.lower_end(place) + mean).ok();
            }
        }
        None
    }

    /// The bin of a length, and how far the length lies above the bin's lower end.
    #[inline(always)]
    fn place(&self, seconds: u64) -> (usize, u64) {
        let fineness = self.fineness;
        let doubling = u64::BITS - (seconds >> fineness).leading_zeros();
        // The first two doublings are told apart to the second.
        let width = doubling.saturating_sub(1);
        let bin = (seconds >> width) & ((1 << fineness) - 1);
        ((u64::from(doubling) << fineness | bin) as usize, seconds & ((1 << width) - 1))
    }

    fn lower_end(&self, place: usize) -> u64 {
        let (doubling, bin) = (place >> self.fineness, place as u64 & ((1 << self.fineness) - 1));
        match doubling.checked_sub(1) {
            None => bin,
            Some(width) => ((1 << self.fineness) + bin) << width,
        }
    }

    /// Makes room for the doubling of a bin.
    #[cold]
    fn grow(&mut self, place: usize) {
        self.bins.resize(((place >> self.fineness) + 1) << self.fineness, Bin::default());
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_time_that_all_have_is_exact() {
        for seconds in [0, 1, 255, 256, 511, 512, 1023, 86_399, 86_400, 259_200, 3_162_240_000] {
            let mut spread = Spread::new(8);
            spread.add(seconds, 3);
            assert_eq!([0.1, 0.5, 0.9].map(|share| spread.quantile(share)), [Some(seconds); 3]);
        }
        assert_eq!(Spread::new(8).quantile(0.5), None);
    }

    #[test]
    fn quantiles_are_within_a_part_in_256_and_sums_do_not_depend_on_their_order() {
        let lengths: Vec<i64> = (0..20_000).map(|n: i64| n * n % 700_001).collect();
        let mut all = Spread::new(8);
        lengths.iter().for_each(|length| all.add(*length, 1));
        let (mut odd, mut even) = (Spread::new(8), Spread::new(8));
        lengths
            .iter()
            .enumerate()
            .for_each(|(n, length)| if n % 2 == 1 { odd.add(*length, 1) } else { even.add(*length, 1) });
        even.merge(&odd);
        let mut sorted = lengths;
        sorted.sort_unstable();
        for share in [0.001, 0.1, 0.5, 0.9, 0.999] {
            let exact = sorted[(share * 20_000.0) as usize - 1] as f64;
            let told = all.quantile(share).unwrap() as f64;
            assert!((told - exact).abs() <= exact / 256.0 + 1.0, "{share}: {told}, not {exact}");
            assert_eq!(all.quantile(share), even.quantile(share));
        }
    }
}
