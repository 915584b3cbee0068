//! What is wrong with a file, where, and what would be right. It knows lines and columns, and nothing of funnels.

use std::fmt;
use std::ops::Range;

/// Why a file could not be read: one problem or more, in the order of the file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ReadError {
    /// The file, as it was named.
    pub file: String,
    /// What is wrong.
    pub problems: Vec<Problem>,
    /// The text that the places speak of; empty where it could not be read.
    pub text: String,
}

/// One thing that is wrong.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Problem {
    /// Its line, from 1; 0 where the problem is the file as a whole.
    pub line: usize,
    /// Its column in characters, from 1; 0 where the problem is the file as a whole.
    pub column: usize,
    /// Its bytes in the text.
    pub span: Range<usize>,
    /// What was found.
    pub found: String,
    /// What would be right.
    pub expected: String,
    /// The nearest right name.
    pub help: Option<String>,
}

impl std::error::Error for ReadError {}

impl fmt::Display for ReadError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (index, problem) in self.problems.iter().enumerate() {
            if index > 0 {
                f.write_str("\n")?;
            }
            f.write_str(&self.file)?;
            if problem.line > 0 {
                write!(f, ":{}:{}", problem.line, problem.column)?;
            }
            write!(f, ": {problem}")?;
        }
        Ok(())
    }
}

impl fmt::Display for Problem {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.found)?;
        if !self.expected.is_empty() {
            write!(f, "; {}", self.expected)?;
        }
        if let Some(name) = &self.help {
            write!(f, "; did you mean `{name}`?")?;
        }
        Ok(())
    }
}

impl ReadError {
    /// An error about a file as a whole.
    pub fn whole(file: &str, found: impl Into<String>, expected: impl Into<String>) -> Self {
        let (found, expected) = (found.into(), expected.into());
        let problem = Problem { line: 0, column: 0, span: 0..0, found, expected, help: None };
        Self { file: file.to_owned(), problems: vec![problem], text: String::new() }
    }
}

/// Knows the line and column of each byte of a text.
#[derive(Debug, Clone)]
pub(super) struct Lines {
    starts: Vec<usize>,
}

impl Lines {
    pub fn new(text: &str) -> Self {
        Self { starts: std::iter::once(0).chain(text.match_indices('\n').map(|(at, _)| at + 1)).collect() }
    }

    /// Line and column of a byte, both from 1, the column in characters.
    pub fn place(&self, text: &str, offset: usize) -> (usize, usize) {
        let offset = offset.min(text.len());
        let line = self.starts.partition_point(|start| *start <= offset).max(1);
        // Characters that begin before it; a byte that goes on with one begins none.
        let before = &text.as_bytes()[self.starts[line - 1]..offset];
        (line, before.iter().filter(|byte| **byte & 0xc0 != 0x80).count() + 1)
    }

    /// The byte at a line and a column, both from 1, the column in characters.
    pub fn offset(&self, text: &str, line: usize, column: usize) -> usize {
        let Some(start) = self.starts.get(line.saturating_sub(1)) else { return text.len() };
        let rest = &text[*start..];
        start + rest.char_indices().nth(column.saturating_sub(1)).map_or(rest.len(), |(at, _)| at)
    }
}

/// Makes a problem of a place in a text.
pub(super) fn problem(
    (text, lines): (&str, &Lines),
    span: Range<usize>,
    found: impl Into<String>,
    expected: impl Into<String>,
    help: Option<String>,
) -> Problem {
    let (line, column) = lines.place(text, span.start);
    Problem { line, column, span, found: found.into(), expected: expected.into(), help }
}

/// The nearest of the right names, where one is near enough to be meant.
pub fn nearest<'a>(wrong: &str, right: impl IntoIterator<Item = &'a str>) -> Option<String> {
    let lower = wrong.to_lowercase();
    let (likeness, name) = right
        .into_iter()
        .map(|name| (likeness(&lower, &name.to_lowercase()), name))
        .fold((0.0, ""), |best, next| if next.0 > best.0 { next } else { best });
    (likeness > 0.75).then(|| name.to_owned())
}

/// How like two names are, from 0 to 1. Two letters that changed places weigh little, also in a short name.
fn likeness(a: &str, b: &str) -> f64 {
    strsim::jaro_winkler(a, b).max(strsim::normalized_damerau_levenshtein(a, b) + 0.1)
}

/// A piece of a file, short enough for a sentence.
pub(super) fn quoted(piece: &str) -> String {
    let line = piece.lines().next().unwrap_or_default();
    let mut short: String = line.chars().take(48).collect();
    if short.len() < piece.len() {
        short.push('…');
    }
    format!("`{short}`")
}
