//! Chance without a state: every number that chance gives a person is a function of the seed, the person, the step, and how
//! often the person came there.
//!
//! So a crowd is the same on any number of threads, in any order, and a change far down a funnel moves no number before it.
//! The function is Philox4x32-10 (Salmon and others, 2011); four people in a row share one block of it.

const MULTIPLIERS: [u32; 2] = [0xD251_1F53, 0xCD9E_8D57];
const WEYL: [u32; 2] = [0x9E37_79B9, 0xBB67_AE85];
const ROUNDS: usize = 10;
/// So many blocks are worked out side by side.
const AT_ONCE: usize = 16;

/// What a person draws a number for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Lot {
    low: u32,
    high: u32,
    /// Which of several questions of one visit.
    which: u32,
}

impl Lot {
    /// When and where a person arrives.
    pub const ARRIVAL: Self = Self { low: 0, high: 0, which: 0 };
    /// By which entry a person arrives.
    pub const ENTRY: Self = Self { low: 0, high: 0, which: 1 };

    /// What happens at the step of this name: whether and when an answer comes, or which way a person goes.
    pub fn step(id: &str) -> Self {
        Self::named("step", id)
    }

    /// Whether the attribute of this name holds.
    pub fn attribute(name: &str) -> Self {
        Self::named("attribute", name)
    }

    /// A second number at the same step: which answer is given.
    pub fn second(self) -> Self {
        Self { which: 1, ..self }
    }

    /// FNV-1a, 64 bits: the same for ever, unlike the hashes of maps.
    fn named(kind: &str, name: &str) -> Self {
        let bytes = kind.bytes().chain([0]).chain(name.bytes());
        let hash =
            bytes.fold(0xcbf2_9ce4_8422_2325_u64, |hash, byte| (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3));
        Self { low: hash as u32, high: (hash >> 32) as u32, which: 0 }
    }

    /// The counter of the block for the four people from this one on.
    fn counter(self, person: u32, visit: u32) -> [u32; 4] {
        [person >> 2, self.low, self.high, visit << 1 | self.which]
    }
}

/// The numbers of one seed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Dice {
    key: [u32; 2],
}

impl Dice {
    /// The numbers of this seed.
    pub fn new(seed: u64) -> Self {
        Self { key: [seed as u32, (seed >> 32) as u32] }
    }

    /// The number that a person draws for something on the visit of this number, from 0; each of 2³² as likely.
    pub fn draw(self, person: u32, lot: Lot, visit: u32) -> u32 {
        philox(lot.counter(person, visit), self.key)[(person & 3) as usize]
    }

    /// The same for the people from `first` on, of whom the first is a multiple of 4, all on the visit of this number.
    #[inline(always)]
    pub fn draw_many(self, first: u32, lot: Lot, visit: u32, numbers: &mut [u32]) {
        let mut lanes = numbers.chunks_exact_mut(4 * AT_ONCE);
        let mut person = first;
        for numbers in &mut lanes {
            let [block, low, high, last] = lot.counter(person, visit);
            let blocks = std::array::from_fn(|i| u64::from(block + i as u32));
            let [a, b, c, d] =
                self.philox_many([blocks, [low.into(); AT_ONCE], [high.into(); AT_ONCE], [last.into(); AT_ONCE]]);
            for (i, four) in numbers.chunks_exact_mut(4).enumerate() {
                four.copy_from_slice(&[a[i] as u32, b[i] as u32, c[i] as u32, d[i] as u32]);
            }
            person += 4 * AT_ONCE as u32;
        }
        for (number, person) in lanes.into_remainder().iter_mut().zip(person..) {
            *number = self.draw(person, lot, visit);
        }
    }

    /// The same for people here and there, each on a visit of their own: their numbers are those of `people`, counted from
    /// `first` on.
    #[inline(always)]
    pub fn draw_each(self, first: u32, lot: Lot, people: &[u16], visits: impl Fn(usize) -> u32, numbers: &mut [u32]) {
        for (people, numbers) in people.chunks(AT_ONCE).zip(numbers.chunks_mut(AT_ONCE)) {
            let (mut blocks, mut lasts, mut places) = ([0; AT_ONCE], [0; AT_ONCE], [0; AT_ONCE]);
            let [_, low, high, _] = lot.counter(first, 0);
            for (i, who) in people.iter().enumerate() {
                let person = first + u32::from(*who);
                let [block, _, _, last] = lot.counter(person, visits(usize::from(*who)));
                (blocks[i], lasts[i], places[i]) = (u64::from(block), u64::from(last), person & 3);
            }
            let [a, b, c, d] = self.philox_many([blocks, [low.into(); AT_ONCE], [high.into(); AT_ONCE], lasts]);
            let of = |i: usize| {
                let (even, odd) = if places[i] < 2 { (a[i], b[i]) } else { (c[i], d[i]) };
                (if places[i] & 1 == 0 { even } else { odd }) as u32
            };
            let all: [u32; AT_ONCE] = std::array::from_fn(of);
            numbers.copy_from_slice(&all[..numbers.len()]);
        }
    }

    /// Several blocks of Philox4x32-10. Of each number only the lower 32 bits count: the upper ones are what multiplying
    /// leaves there, so that nothing need be cleared on the way.
    #[inline(always)]
    fn philox_many(self, [mut a, mut b, mut c, mut d]: [[u64; AT_ONCE]; 4]) -> [[u64; AT_ONCE]; 4] {
        const LOW: u64 = u32::MAX as u64;
        let mut key = self.key;
        for _ in 0..ROUNDS {
            for i in 0..AT_ONCE {
                let (p, q) = ((a[i] & LOW) * u64::from(MULTIPLIERS[0]), (c[i] & LOW) * u64::from(MULTIPLIERS[1]));
                (a[i], c[i]) = ((q >> 32) ^ b[i] ^ u64::from(key[0]), (p >> 32) ^ d[i] ^ u64::from(key[1]));
                (b[i], d[i]) = (q, p);
            }
            key = next(key);
        }
        [a, b, c, d]
    }
}

fn next(key: [u32; 2]) -> [u32; 2] {
    [key[0].wrapping_add(WEYL[0]), key[1].wrapping_add(WEYL[1])]
}

/// One block of Philox4x32-10.
#[inline(always)]
fn philox(mut counter: [u32; 4], mut key: [u32; 2]) -> [u32; 4] {
    for _ in 0..ROUNDS {
        let p = u64::from(counter[0]) * u64::from(MULTIPLIERS[0]);
        let q = u64::from(counter[2]) * u64::from(MULTIPLIERS[1]);
        counter = [(q >> 32) as u32 ^ counter[1] ^ key[0], q as u32, (p >> 32) as u32 ^ counter[3] ^ key[1], p as u32];
        key = next(key);
    }
    counter
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::engine::crowd::vectors::Vectors;

    /// The known answers of Random123 (`kat_vectors`, philox4x32 with 10 rounds).
    #[test]
    fn philox_gives_the_known_answers() {
        assert_eq!(philox([0; 4], [0; 2]), [0x6627_e8d5, 0xe169_c58d, 0xbc57_ac4c, 0x9b00_dbd8]);
        assert_eq!(philox([u32::MAX; 4], [u32::MAX; 2]), [0x408f_276d, 0x41c8_3b0e, 0xa20b_c7c6, 0x6d54_51fd]);
        assert_eq!(
            philox([0x243f_6a88, 0x85a3_08d3, 0x1319_8a2e, 0x0370_7344], [0xa409_3822, 0x299f_31d0]),
            [0xd16c_fe09, 0x94fd_cceb, 0x5001_e420, 0x2412_6ea1]
        );
    }

    #[test]
    fn many_draws_are_the_draws_of_each() {
        let (dice, lot) = (Dice::new(0x0123_4567_89ab_cdef), Lot::step("ask").second());
        let people: Vec<u16> = (0..77).map(|n| n * 7 % 500).collect();
        let visit = |who: usize| who as u32 % 3;
        for vectors in Vectors::all() {
            let (mut numbers, mut of_each) = ([0; 177], [0; 77]);
            vectors.run(
                #[inline(always)]
                || dice.draw_many(400, lot, 5, &mut numbers),
            );
            for (number, person) in numbers.iter().zip(400..) {
                assert_eq!(*number, dice.draw(person, lot, 5), "person {person}");
            }
            vectors.run(
                #[inline(always)]
                || dice.draw_each(400, lot, &people, visit, &mut of_each),
            );
            for (number, who) in of_each.iter().zip(&people) {
                assert_eq!(*number, dice.draw(400 + u32::from(*who), lot, visit(usize::from(*who))), "person {who}");
            }
        }
    }

    #[test]
    fn nobody_shares_a_number() {
        let dice = Dice::new(7);
        let lots = [Lot::ARRIVAL, Lot::ENTRY, Lot::step("a"), Lot::step("a").second(), Lot::step("b"), Lot::attribute("a")];
        let mut drawn = Vec::new();
        for person in 0..50 {
            for lot in lots {
                drawn.extend((0..3).map(|visit| dice.draw(person, lot, visit)));
            }
        }
        drawn.push(Dice::new(8).draw(0, lots[0], 0));
        let all = drawn.len();
        drawn.sort_unstable();
        drawn.dedup();
        assert_eq!(drawn.len(), all);
    }
}
