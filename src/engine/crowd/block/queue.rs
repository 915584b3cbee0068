//! Who of a block is at a step.

/// So many people go through the table together.
pub const PEOPLE: usize = 512;
/// Somebody's place is one of so many, so that it may be cut off to that without looking.
pub const MASK: usize = PEOPLE - 1;

/// One thing that is known of each.
pub type Column<T> = Box<[T; PEOPLE]>;

/// Who is at a step.
#[derive(Debug, Clone, Default)]
pub struct Queue {
    /// All of the block, in order.
    pub all: bool,
    /// Else these.
    pub some: Vec<u16>,
}

impl Queue {
    /// All of the block.
    pub fn everybody() -> Self {
        Self { all: true, some: Vec::new() }
    }

    /// How many there are.
    pub fn len(&self) -> usize {
        if self.all { PEOPLE } else { self.some.len() }
    }

    /// Does something for everybody: with their place in the queue and their place in the block.
    #[inline(always)]
    pub fn each(&self, mut what: impl FnMut(usize, usize)) {
        if self.all {
            (0..PEOPLE).for_each(|who| what(who, who));
        } else {
            self.some.iter().enumerate().for_each(|(at, who)| what(at & MASK, usize::from(*who) & MASK));
        }
    }

    /// The part of the queue of whom something holds, and the others. Both lists come from `spare`.
    #[inline(always)]
    pub fn parted(&self, spare: &mut Vec<Vec<u16>>, holds: impl Fn(usize, usize) -> bool) -> [Self; 2] {
        let (mut these, mut others) = ([0; PEOPLE], [0; PEOPLE]);
        let (mut count, mut rest) = (0, 0);
        self.each(|at, who| {
            // Written into both lists for everybody, kept in one.
            (these[count & MASK], others[rest & MASK]) = (who as u16, who as u16);
            let here = usize::from(holds(at, who));
            (count, rest) = (count + here, rest + 1 - here);
        });
        [Self::of(&these[..count], spare), Self::of(&others[..rest], spare)]
    }

    /// The part of the queue of whom something holds.
    #[inline(always)]
    pub fn sifted(&self, spare: &mut Vec<Vec<u16>>, holds: impl Fn(usize, usize) -> bool) -> Self {
        let mut these = [0; PEOPLE];
        let mut count = 0;
        self.each(|at, who| {
            these[count & MASK] = who as u16;
            count += usize::from(holds(at, who));
        });
        Self::of(&these[..count], spare)
    }

    fn of(people: &[u16], spare: &mut Vec<Vec<u16>>) -> Self {
        if people.len() == PEOPLE {
            return Self::everybody();
        }
        let mut some = spare.pop().unwrap_or_default();
        some.clear();
        some.extend_from_slice(people);
        Self { all: false, some }
    }
}

/// A column of one thing.
pub fn column<T: Copy>(of: T) -> Column<T> {
    Box::new([of; PEOPLE])
}
