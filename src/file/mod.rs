//! The file: reading a funnel with the place of everything in it, and writing it back without losing a word.
//!
//! Only this module touches the disk. It judges nothing: a broken plan is a diagnostic, a broken text is an error here.

mod check;
mod claim;
mod folder;
mod fragment;
mod lexer;
mod listing;
mod open;
mod outline;
mod plain;
mod problem;
mod relative;
mod remarks;
mod replies;
mod save;
mod shape;
mod source;
mod tree;
mod typed;
mod write;

use std::fs::File;
use std::io::{ErrorKind, Read as _};
use std::ops::Range;
use std::path::Path;
use std::sync::Arc;
use std::time::SystemTime;

use crate::edit;
use crate::model::{Document, StepId};
use crate::policy::{self, Policy, PolicyError};

pub use claim::{Claim, claim};
pub use folder::{Found, find, is_other};
pub use fragment::{fragment_from_text, fragment_to_text};
pub use listing::{Entry, list};
pub use problem::{Problem, ReadError, nearest};
pub use relative::policy_seen_from;
pub use remarks::Remarks;
pub use replies::{SentMessage, replies};
pub use save::{SaveError, forget_recovery, is_same, recovery_path, save, save_bytes};
pub use source::Source;
pub use write::write;

use problem::Lines;

/// No funnel is longer; it keeps a device or a wrong path from filling the memory.
const LONGEST_FILE: u64 = 256 << 20;

/// A funnel file that was read.
#[derive(Debug)]
pub struct Loaded {
    /// What it says.
    pub document: Document,
    /// Its text and where things stand in it.
    pub source: Source,
    /// The comments in it, to be handed to [`write()`].
    pub remarks: Remarks,
    /// The steps of which the file does not say where their cards lie.
    unplaced: Vec<StepId>,
}

impl Loaded {
    /// The document as it is shown and written: cards of which the file does not say where they lie are arranged, below
    /// the others. Judging needs no places, and arranging takes its time.
    pub fn laid_out(&self) -> Document {
        if self.unplaced.is_empty() { self.document.clone() } else { edit::place(&self.document, &self.unplaced) }
    }
}

/// Reads a funnel file.
///
/// # Errors
/// A [`ReadError`] with all that is wrong and where.
pub fn read(path: &Path) -> Result<Loaded, ReadError> {
    let name = path.display().to_string();
    parse(&text_of(path)?, &name)
}

/// The text of a file.
///
/// # Errors
/// A [`ReadError`] where it is missing, a folder, not to be read, or not UTF-8.
pub fn text_of(path: &Path) -> Result<String, ReadError> {
    let name = path.display().to_string();
    let folder = || ReadError::whole(&name, "this is a folder", "expected a funnel file, ending .ron");
    let mut bytes = Vec::new();
    let read = File::open(path).and_then(|file| {
        let about = file.metadata()?;
        if about.is_dir() {
            return Ok(true);
        }
        // With room for all of it and one byte more, a file is read at once and its end is seen.
        bytes.reserve(usize::try_from(about.len().min(LONGEST_FILE) + 1).unwrap_or_default());
        file.take(LONGEST_FILE + 1).read_to_end(&mut bytes)?;
        Ok(false)
    });
    let is_folder = read.map_err(|error| {
        if path.is_dir() {
            return folder();
        }
        let found = match error.kind() {
            ErrorKind::NotFound => "there is no such file".to_owned(),
            ErrorKind::PermissionDenied => "this file may not be read".to_owned(),
            _ => format!("this file could not be read: {error}"),
        };
        ReadError::whole(&name, found, "")
    })?;
    if is_folder {
        return Err(folder());
    }
    if bytes.len() as u64 > LONGEST_FILE {
        return Err(ReadError::whole(&name, "this file is longer than 256 MiB", "expected a funnel file, ending .ron"));
    }
    String::from_utf8(bytes).map_err(|error| {
        let at = error.utf8_error().valid_up_to();
        let text = String::from_utf8_lossy(&error.as_bytes()[..at]).into_owned();
        let lines = Lines::new(&text);
        let found = match error.as_bytes() {
            [0xff, 0xfe, ..] | [0xfe, 0xff, ..] => "this file is in UTF-16".to_owned(),
            bytes => format!("the byte 0x{:02x}, which is not UTF-8", bytes[at]),
        };
        let problem = problem::problem((&text, &lines), at..at, found, "a text in UTF-8", None);
        ReadError { file: name, problems: vec![problem], text }
    })
}

/// What tells a file from what it was before, without reading it: when it was written, and how long it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Stamp(SystemTime, u64);

/// The stamp of a file; `None` where there is none.
pub fn stamp_of(path: &Path) -> Option<Stamp> {
    let about = std::fs::metadata(path).ok()?;
    Some(Stamp(about.modified().ok()?, about.len()))
}

/// Reads the text of a funnel file; `file_name` is what errors call it.
///
/// # Errors
/// A [`ReadError`] with all that is wrong and where.
pub fn parse(text: &str, file_name: &str) -> Result<Loaded, ReadError> {
    let opened = open::open::<shape::FileShape>(text, file_name, open::check_format)?;
    let unplaced = opened.value.unplaced();
    let document = Document::from(opened.value);
    let mut source = opened.source;
    source.index(&document.funnel);
    let problems = check::check(&document, &source);
    if !problems.is_empty() {
        return Err(ReadError { file: source.name, problems, text: source.text });
    }
    let remarks = Remarks::of(&document, &source);
    Ok(Loaded { document, source, remarks, unplaced })
}

/// The normal form of the text of a funnel file.
///
/// # Errors
/// A [`ReadError`] with all that is wrong and where.
pub fn fmt(text: &str, file_name: &str) -> Result<String, ReadError> {
    let loaded = parse(text, file_name)?;
    Ok(write(&loaded.document, &loaded.remarks))
}

/// The policy that a file which was read is to be judged by: a shipped one, or one beside the file at `path`.
///
/// # Errors
/// A [`ReadError`] with the place and the nearest names, where the policy cannot be had or its market is unknown.
pub fn policy_of(loaded: &Loaded, path: Option<&Path>) -> Result<Arc<Policy>, ReadError> {
    let (source, funnel) = (&loaded.source, &loaded.document.funnel);
    let mut problems = Vec::new();
    let beside = path.map(|path| path.parent().unwrap_or(Path::new("")));
    let policy = policy::load(&funnel.policy, beside);
    if let Err(error) = &policy {
        let (found, expected, help) = match error {
            PolicyError::Unknown { what: "policy", reference, nearest, known } => {
                let known: Vec<String> = known.iter().map(|id| format!("`{id}`")).collect();
                let expected = format!("expected {}, or a path relative to this file", known.join(", "));
                (format!("unknown policy `{reference}`"), expected, Some(nearest.clone()))
            }
            other => (other.to_string(), String::new(), None),
        };
        problems.push(problem_at(source, source.field("policy"), found, expected, help));
    }
    problems.extend(unknown_market(loaded));
    match policy {
        Ok(policy) if problems.is_empty() => Ok(policy),
        _ => Err(ReadError { file: source.name.clone(), problems, text: source.text.clone() }),
    }
}

/// Refuses a file whose audience lives in no country, whatever policy it is judged by.
///
/// # Errors
/// A [`ReadError`] with the place and the nearest code.
pub fn check_market(loaded: &Loaded) -> Result<(), ReadError> {
    let source = &loaded.source;
    let refused = |problem| ReadError { file: source.name.clone(), problems: vec![problem], text: source.text.clone() };
    unknown_market(loaded).map_or(Ok(()), |problem| Err(refused(problem)))
}

fn unknown_market(loaded: &Loaded) -> Option<Problem> {
    let market = &loaded.document.funnel.audience.market;
    if policy::market_of(market).is_some() {
        return None;
    }
    let standard = policy::standard();
    let codes = standard.rates.iter().flat_map(|card| &card.markets).flat_map(|market| &market.members);
    let near = problem::nearest(market, codes.map(String::as_str));
    let expected = "expected a country by its ISO code of two letters, such as \"BR\"".to_owned();
    let span = loaded.source.audience_field("market");
    Some(problem_at(&loaded.source, span, format!("unknown market `{market}`"), expected, near))
}

fn problem_at(
    source: &Source,
    span: Option<Range<usize>>,
    found: String,
    expected: String,
    help: Option<String>,
) -> Problem {
    problem::problem((&source.text, &source.lines), span.unwrap_or(0..0), found, expected, help)
}

#[cfg(test)]
mod tests;
