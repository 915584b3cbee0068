//! The widest instructions that the processor has, for loops over many people.
//!
//! A loop is written once and translated several times; which translation runs changes nothing but the time, since whole
//! numbers are whole numbers and no translation joins a multiplication and an addition of parts. Knows nothing of crowds.

use fearless_simd::{Level, dispatch};

/// Which instructions may be used.
#[derive(Debug, Clone, Copy)]
pub struct Vectors(Level);

impl Vectors {
    /// The widest that this processor has.
    pub fn widest() -> Self {
        Self(Level::new())
    }

    /// All that this processor has, from those that every processor of its kind has to the widest. For measuring and for
    /// comparing: whoever wants an answer takes [`Self::widest`].
    pub fn all() -> Vec<Self> {
        let widest = Level::new();
        #[cfg(any(target_arch = "x86", target_arch = "x86_64"))]
        let between = [widest.as_sse4_2().map(Level::Sse4_2), widest.as_avx2().map(Level::Avx2)];
        #[cfg(not(any(target_arch = "x86", target_arch = "x86_64")))]
        let between = [None; 2];
        [Some(Level::baseline())].into_iter().chain(between).chain([Some(widest)]).flatten().map(Self).collect()
    }

    /// What they are called.
    pub fn name(self) -> String {
        let told = format!("{:?}", self.0);
        told.split('(').next().unwrap_or_default().to_owned()
    }

    /// Does something by these instructions. Only what is inlined into `what` is translated anew.
    #[inline(always)]
    pub fn run<R>(self, what: impl FnOnce() -> R) -> R {
        dispatch!(self.0, _ => what())
    }
}
