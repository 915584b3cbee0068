//! How times are spread, in constant memory: times alike to within a part in so many are counted together, with their sum,
//! so that what a bin stands for is the mean of what lies in it.

use super::vectors::Vectors;

/// Lengths that come many at a time are packed: the count above so many bits, what lies above the lower ends below them.
const ABOVE_BITS: u32 = 44;
/// So many are packed before they are unpacked: then even the largest sums do not reach the count, nor the count the end.
const MOST_PACKED: usize = 1 << 18;
/// So many are placed together.
const AT_ONCE: usize = 512;

/// The shortest lengths are told apart to the second; from there on each doubling has 2^fineness bins.
#[derive(Debug, Clone)]
pub struct Spread {
    fineness: u32,
    /// The bins of all doublings up to the last that holds something.
    bins: Vec<Bin>,
    count: u64,
    /// What was counted since it was last unpacked, in the same order.
    packed: Vec<u64>,
    packed_count: usize,
}

/// How many, and the sum of how far they lie above the bin's lower end.
#[derive(Debug, Clone, Copy, Default)]
struct Bin {
    count: u64,
    above: u64,
}

impl Spread {
    /// Nothing yet.
    pub fn new(fineness: u32) -> Self {
        Self { fineness, bins: Vec::new(), count: 0, packed: Vec::new(), packed_count: 0 }
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

    /// Counts lengths from 0 up, of which none is longer than `longest`.
    pub fn add_many(&mut self, vectors: Vectors, lengths: &[i32], longest: i32) {
        for lengths in lengths.chunks(AT_ONCE) {
            if self.packed_count + lengths.len() > MOST_PACKED {
                self.unpack();
            }
            self.packed_count += lengths.len();
            self.count += lengths.len() as u64;
            let (last, _) = self.place(u64::from(longest.max(0).unsigned_abs()));
            if last >= self.packed.len() {
                self.packed.resize(((last >> self.fineness) + 1) << self.fineness, 0);
            }
            let (packed, fineness) = (&mut self.packed[..], self.fineness);
            vectors.run(
                #[inline(always)]
                || {
                    let (mut places, mut above) = ([0; AT_ONCE], [0; AT_ONCE]);
                    let (places, above) = (&mut places[..lengths.len()], &mut above[..lengths.len()]);
                    place_many(lengths, fineness, places, above);
                    for (place, above) in places.iter().zip(above.iter()) {
                        if let Some(bin) = packed.get_mut(*place as usize) {
                            *bin += 1 << ABOVE_BITS | u64::from(*above);
                        }
                    }
                },
            );
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
        self.take(&other.packed);
    }

    /// Counts what was packed among the rest.
    fn unpack(&mut self) {
        let mut packed = std::mem::take(&mut self.packed);
        self.take(&packed);
        packed.fill(0);
        (self.packed, self.packed_count) = (packed, 0);
    }

    fn take(&mut self, packed: &[u64]) {
        if self.bins.len() < packed.len() {
            self.bins.resize(packed.len(), Bin::default());
        }
        for (own, packed) in self.bins.iter_mut().zip(packed) {
            own.count += packed >> ABOVE_BITS;
            own.above += packed & ((1 << ABOVE_BITS) - 1);
        }
    }

    /// What the bins stand for that hold something: the mean of each, and how many lie in it.
    pub fn parts(&self) -> Vec<(i64, u64)> {
        let mut all = Self::new(self.fineness);
        all.merge(self);
        let held = all.bins.iter().enumerate().filter(|(_, bin)| bin.count > 0);
        held.map(|(place, bin)| (all.mean_of(place), bin.count)).collect()
    }

    /// The mean of what lies in a bin that holds something.
    fn mean_of(&self, place: usize) -> i64 {
        let bin = self.bins[place];
        let mean = (bin.above + bin.count / 2).checked_div(bin.count).unwrap_or_default();
        i64::try_from(self.lower_end(place) + mean).unwrap_or(i64::MAX)
    }

    /// The length that this share of those counted does not exceed; `None` where nothing was counted.
    pub fn quantile(&self, share: f64) -> Option<i64> {
        let rank = ((self.count as f64 * share).ceil() as u64).clamp(1, self.count.max(1));
        let mut below = 0;
        let mut all = Self::new(self.fineness);
        all.merge(self);
        for (place, bin) in all.bins.iter().enumerate().filter(|(_, bin)| bin.count > 0) {
            below += bin.count;
            if below >= rank {
                return Some(all.mean_of(place));
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

/// The bins of lengths, and how far they lie above the bins' lower ends: what [`Spread::place`] says of each. In a number
/// with a point the doubling and the bin are what its first bits say.
#[inline(always)]
fn place_many(lengths: &[i32], fineness: u32, places: &mut [u32], above: &mut [u32]) {
    /// Bits of a number with a point that stand after the point.
    const POINT: u32 = f32::MANTISSA_DIGITS - 1;
    /// Longer lengths are cut to what such a number holds exactly; their bins are far wider than what is cut.
    const LONG: i32 = 1 << f32::MANTISSA_DIGITS;
    const CUT: i32 = !0x7f;
    /// What stands for the doubling of 1 second.
    const ONE: u32 = f32::MAX_EXP as u32 - 1;
    let below = (ONE + fineness - 1) << fineness;
    let cut = !((1 << (POINT - fineness)) - 1);
    for ((length, place), above) in lengths.iter().zip(places).zip(above) {
        let held = if *length >= LONG { *length & CUT } else { *length };
        let bits = (held as f32).to_bits();
        let short = *length < 1 << fineness;
        *place = if short { *length as u32 } else { (bits >> (POINT - fineness)).wrapping_sub(below) };
        *above = (*length).wrapping_sub(f32::from_bits(bits & cut) as i32) as u32;
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

    #[test]
    fn many_lengths_are_counted_as_each_alone() {
        let lengths: Vec<i32> = (0..31)
            .flat_map(|bits| [-2, -1, 0, 1, 77].map(|more| (1i32 << bits).saturating_add(more << (bits / 4))))
            .filter(|length| *length >= 0)
            .collect();
        for fineness in [8, 6, 4] {
            let mut alone = Spread::new(fineness);
            lengths.iter().for_each(|length| alone.add(i64::from(*length), 4000));
            for vectors in Vectors::all() {
                let mut many = Spread::new(fineness);
                (0..4000).for_each(|_| many.add_many(vectors, &lengths, i32::MAX));
                let mut merged = Spread::new(fineness);
                merged.merge(&many);
                for share in (0..=1000).map(|part| f64::from(part) / 1000.0) {
                    assert_eq!(many.quantile(share), alone.quantile(share), "{share}");
                    assert_eq!(merged.quantile(share), alone.quantile(share), "{share}");
                }
            }
        }
    }
}
