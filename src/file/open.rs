//! From text to a value of a shape, with the text taken apart beside it: what both funnel files and the clipboard go
//! through. It does not know what the shapes mean.

use ron::extensions::Extensions;
use serde::Deserialize;

use super::outline::{self, Outline};
use super::problem::{Lines, Problem, ReadError, problem, quoted};
use super::source::Source;
use super::{check, plain, typed, write};

/// How a funnel begins, for a person who opened something else.
const BEGINNING: &str = "expected a funnel: (format: 1, name: .., steps: [..])";

/// What was read, and where it stands.
pub(super) struct Opened<T> {
    pub value: T,
    pub source: Source,
}

/// A look at a text before its shape is.
type Early = fn(&str, &Lines, &Outline) -> Option<Problem>;

/// Reads a value of any shape; `early` may refuse before the shape can.
///
/// # Errors
/// A [`ReadError`] with the first thing that is wrong.
pub(super) fn open<T: for<'de> Deserialize<'de>>(text: &str, name: &str, early: Early) -> Result<Opened<T>, ReadError> {
    let text = text.strip_prefix('\u{feff}').unwrap_or(text).replace("\r\n", "\n");
    let lines = Lines::new(&text);
    let outline = outline::outline(&text);
    match value(&text, &lines, &outline, early) {
        Ok(value) => Ok(Opened { value, source: Source::new(name, text, lines, outline) }),
        Err(problem) => Err(ReadError { file: name.to_owned(), problems: vec![problem], text }),
    }
}

fn value<T: for<'de> Deserialize<'de>>(text: &str, lines: &Lines, outline: &Outline, early: Early) -> Result<T, Problem> {
    if let Some(problem) = no_funnel(text, lines, outline)
        .or_else(|| early(text, lines, outline))
        .or_else(|| check::too_long(text, lines, outline))
    {
        return Err(problem);
    }
    if let Some(value) = plain::read(text, outline) {
        return Ok(value);
    }
    the_long_way(text, lines, outline)
}

/// Reads what is not written plainly, or is wrong.
pub(super) fn the_long_way<T: for<'de> Deserialize<'de>>(
    text: &str,
    lines: &Lines,
    outline: &Outline,
) -> Result<T, Problem> {
    // Options are written as plain values, whether or not the file says so in its first line.
    let options = ron::Options::default().with_default_extension(Extensions::IMPLICIT_SOME);
    let again = |text: &str| options.from_str::<T>(text).err().map(|wrong| wrong.code);
    let value = options.from_str::<T>(text).map_err(|wrong| typed::explain(text, lines, outline, &wrong, &again))?;
    match &outline.fault {
        None => Ok(value),
        // Where the outline is not whole a comment could be lost in silence.
        Some(fault) => Err(problem((text, lines), fault.range.clone(), fault.found.clone(), fault.expected.clone(), None)),
    }
}

/// What is plainly something else.
fn no_funnel(text: &str, lines: &Lines, outline: &Outline) -> Option<Problem> {
    if outline.tokens.is_empty() && outline.fault.is_none() {
        return Some(problem((text, lines), 0..0, "this file is empty", BEGINNING, None));
    }
    let root = outline.root.as_ref()?;
    let bracket = root.open.map(|open| &text[open..=open]);
    if bracket == Some("(") {
        return None;
    }
    let first = outline.tokens.iter().find(|token| token.range.start == root.range.start)?;
    let found = format!("found {}", quoted(&text[first.range.clone()]));
    Some(problem((text, lines), first.range.clone(), found, BEGINNING, None))
}

/// A format that is newer is said before anything else can be found wrong with the file.
pub(super) fn check_format(text: &str, lines: &Lines, outline: &Outline) -> Option<Problem> {
    let value = outline.root.as_ref()?.field(text, "format")?;
    let number: u64 = text[value.range.clone()].parse().ok()?;
    let newest = u64::from(write::FORMAT);
    let (found, expected) = if number > newest {
        (
            format!("this file has format {number}, which is newer than this program"),
            format!("open it with a newer Transom; this one reads format {newest}"),
        )
    } else if number < newest {
        (format!("found format {number}"), format!("expected format {newest}"))
    } else {
        return None;
    };
    Some(problem((text, lines), value.range.clone(), found, expected, None))
}
