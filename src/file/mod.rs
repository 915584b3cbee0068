//! The file: reading a funnel with the place of everything in it, and writing it back without losing a word.
//!
//! Only this module touches the disk. It judges nothing: a broken plan is a diagnostic, a broken text is an error here.

mod check;
mod fragment;
mod lexer;
mod outline;
mod problem;
mod remarks;
mod save;
mod shape;
mod source;
mod tree;
mod typed;
mod write;

use std::collections::BTreeMap;
use std::path::Path;

use ron::extensions::Extensions;
use serde::Deserialize;

use crate::model::Document;

pub use fragment::{fragment_from_text, fragment_to_text};
pub use problem::{Problem, ReadError};
pub use remarks::Remarks;
pub use save::{SaveError, recovery_path, save};
pub use source::Source;
pub use write::write;

use outline::Outline;
use problem::Lines;

/// A funnel file that was read.
#[derive(Debug)]
pub struct Loaded {
    /// What it says.
    pub document: Document,
    /// Its text and where things stand in it.
    pub source: Source,
    /// The comments in it, to be handed to [`write()`].
    pub remarks: Remarks,
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
    if path.is_dir() {
        return Err(ReadError::whole(&name, "this is a folder", "a funnel file, ending .ron"));
    }
    let bytes = std::fs::read(path).map_err(|error| {
        let found = match error.kind() {
            std::io::ErrorKind::NotFound => "there is no such file".to_owned(),
            std::io::ErrorKind::PermissionDenied => "this file may not be read".to_owned(),
            _ => format!("this file could not be read: {error}"),
        };
        ReadError::whole(&name, found, "")
    })?;
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

/// Reads the text of a funnel file; `file_name` is what errors call it.
///
/// # Errors
/// A [`ReadError`] with all that is wrong and where.
pub fn parse(text: &str, file_name: &str) -> Result<Loaded, ReadError> {
    let opened = open::<shape::FileShape>(text, file_name, check_format)?;
    let document = Document::from(opened.value);
    let mut source = opened.source;
    source.index(&document.funnel);
    let problems = check::check(&document, &source);
    if !problems.is_empty() {
        return Err(ReadError { file: source.name, problems, text: source.text });
    }
    let remarks = Remarks::of(&document, &source);
    Ok(Loaded { document, source, remarks })
}

/// The normal form of the text of a funnel file.
///
/// # Errors
/// A [`ReadError`] with all that is wrong and where.
pub fn fmt(text: &str, file_name: &str) -> Result<String, ReadError> {
    let loaded = parse(text, file_name)?;
    Ok(write(&loaded.document, &loaded.remarks))
}

struct Opened<T> {
    value: T,
    source: Source,
}

type Early = fn(&str, &Lines, &Outline) -> Option<Problem>;

/// Reads a value of any shape; `early` may refuse before the shape can.
fn open<T: for<'de> Deserialize<'de>>(text: &str, file_name: &str, early: Early) -> Result<Opened<T>, ReadError> {
    let text = text.strip_prefix('\u{feff}').unwrap_or(text).replace("\r\n", "\n");
    let lines = Lines::new(&text);
    let outline = outline::outline(&text);
    let error = |problem: Problem, text: String| ReadError { file: file_name.to_owned(), problems: vec![problem], text };
    if outline.root.is_none() && outline.tokens.is_empty() && outline.fault.is_none() {
        let problem = problem::problem(
            (&text, &lines),
            0..0,
            "this file is empty",
            "a funnel: (format: 1, name: .., steps: [..])",
            None,
        );
        return Err(error(problem, text));
    }
    if let Some(problem) = early(&text, &lines, &outline).or_else(|| check::too_long(&text, &lines, &outline)) {
        return Err(error(problem, text));
    }
    // Options are written as plain values, whether or not the file says so in its first line.
    let options = ron::Options::default().with_default_extension(Extensions::IMPLICIT_SOME);
    let value = match options.from_str::<T>(&text) {
        Ok(value) => value,
        Err(wrong) => {
            let problem = typed::explain(&text, &lines, &outline, &wrong);
            return Err(error(problem, text));
        }
    };
    if let Some(fault) = &outline.fault {
        let problem =
            problem::problem((&text, &lines), fault.range.clone(), fault.found.clone(), fault.expected.clone(), None);
        return Err(error(problem, text));
    }
    let (steps, links) = (BTreeMap::new(), BTreeMap::new());
    Ok(Opened { value, source: Source { name: file_name.to_owned(), text, lines, outline, steps, links } })
}

/// A format that is newer is said before anything else can be found wrong with it.
fn check_format(text: &str, lines: &Lines, outline: &Outline) -> Option<Problem> {
    let value = outline.root.as_ref()?.field(text, "format")?;
    let number: u64 = text[value.range.clone()].parse().ok()?;
    let newest = u64::from(write::FORMAT);
    if number == newest {
        return None;
    }
    let (found, expected) = if number > newest {
        (
            format!("format {number}, which is newer than this program"),
            format!("a newer Transom; this one reads up to format {newest}"),
        )
    } else {
        (format!("format {number}"), format!("format {newest}"))
    };
    Some(problem::problem((text, lines), value.range.clone(), found, expected, None))
}

#[cfg(test)]
mod tests {
    use super::*;

    const SAMPLE: &str = include_str!("sample.ron");

    #[test]
    fn the_sample_of_the_contract_reads_and_writes_back() {
        let loaded = parse(SAMPLE, "sample.ron").unwrap_or_else(|error| panic!("{error}"));
        let written = write(&loaded.document, &loaded.remarks);
        println!("{written}");
        let again = parse(&written, "sample.ron").unwrap_or_else(|error| panic!("{error}"));
        assert_eq!(again.document, loaded.document);
        assert_eq!(write(&again.document, &again.remarks), written);
        for line in SAMPLE.lines() {
            if let Some((_, comment)) = line.split_once("//").filter(|(before, _)| before.matches('"').count() % 2 == 0) {
                assert!(written.contains(comment.trim()), "{comment}");
            }
        }
    }
}
