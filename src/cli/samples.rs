//! The samples that come with the program: the funnels of `funnels/`, by the names of their files.

use std::sync::Arc;

use crate::file;
use crate::model::Funnel;

/// A funnel that teaches one thing.
#[derive(Debug, Clone, Copy)]
pub struct Sample {
    /// Its name on the command line.
    pub name: &'static str,
    /// Its file.
    pub text: &'static str,
}

macro_rules! samples {
    ($($name:literal),* $(,)?) => {
        /// Every sample, the first to be tried first.
        pub const SAMPLES: &[Sample] =
            &[$(Sample { name: $name, text: include_str!(concat!("../../funnels/", $name, ".ron")) }),*];
    };
}

samples![
    "day3-reengagement",
    "day3-mistake",
    "abandoned-cart",
    "win-back",
    "loyalty-qr",
    "support-follow-up",
    "every-step-kind",
];

/// The sample of this name.
pub fn sample(name: &str) -> Option<&'static Sample> {
    SAMPLES.iter().find(|sample| sample.name == name)
}

impl Sample {
    /// The funnel itself.
    pub fn funnel(&self) -> Option<Arc<Funnel>> {
        file::parse(self.text, self.name).ok().map(|loaded| loaded.document.funnel)
    }

    /// What it teaches, in one line: the first of its notes, without the word and the full stop around it.
    pub fn teaches(&self) -> String {
        let notes = self.funnel().map(|funnel| funnel.notes.clone()).unwrap_or_default();
        let lesson = notes.split('\n').next().unwrap_or_default();
        let lesson = lesson.strip_prefix("Teaches: ").unwrap_or(lesson).trim_end_matches('.');
        let mut letters = lesson.chars();
        letters.next().map(|first| first.to_uppercase().chain(letters).collect()).unwrap_or_default()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_sample_reads_and_says_what_it_teaches() {
        for sample in SAMPLES {
            if let Err(error) = file::parse(sample.text, sample.name) {
                panic!("{}: {error}", sample.name);
            }
            assert!(!sample.teaches().is_empty(), "{} says what it teaches", sample.name);
        }
    }
}
