//! One finding drawn the way rustc draws them: a title, the file's own line with a mark below, notes and help.

use std::borrow::Cow;
use std::ops::Range;

use annotate_snippets::renderer::DecorStyle;
use annotate_snippets::{AnnotationKind, Group, Level, Origin, Renderer, Snippet};

use super::finding::Spot;
use crate::rules::Severity;

/// Of a line that is longer than this only what lies around the mark is quoted: nobody reads more, and to lay out a line
/// of a megabyte for each of its findings takes minutes.
const LONGEST_LINE: usize = 600;
/// So much of a long line is quoted before the mark.
const BEFORE_MARK: usize = 80;

/// A finding to be drawn.
pub(super) struct Drawing<'a> {
    pub severity: Severity,
    pub code: Option<&'a str>,
    pub title: String,
    /// The file, as it was named.
    pub file: &'a str,
    /// Its text.
    pub text: &'a str,
    /// What is marked; `None` where the finding is about the file as a whole.
    pub spot: Option<Spot>,
    /// What stands beside the mark.
    pub label: &'a str,
    pub notes: Vec<String>,
    pub help: Option<String>,
    /// Changes that are proved to mend it.
    pub proved: Vec<String>,
}

impl Drawing<'_> {
    /// The finding with colours, ending in an empty line. A stream that is no terminal takes the colours off.
    pub fn render(self) -> String {
        let level = match self.severity {
            Severity::Error => Level::ERROR,
            Severity::Warning => Level::WARNING,
            Severity::Info => Level::INFO,
        };
        let mut title = level.primary_title(self.title);
        if let Some(code) = self.code {
            title = title.id(code);
        }
        let quoted = self.spot.and_then(|spot| Some((quoted(self.text, &spot)?, spot)));
        let mut group = match quoted {
            Some((Quoted { line: Cow::Borrowed(line), mark }, spot)) => {
                let mark = AnnotationKind::Primary.span(mark).label(self.label);
                title.element(Snippet::source(line).line_start(spot.line).path(self.file).annotation(mark))
            }
            Some((Quoted { line, mark }, spot)) => {
                // What is quoted begins in the middle of the line, so the column has to be said.
                let origin = Origin::path(self.file).line(spot.line).char_column(spot.column);
                let mark = AnnotationKind::Primary.span(mark).label(self.label);
                title.element(origin).element(Snippet::source(line).line_start(spot.line).annotation(mark))
            }
            None => title.element(Origin::path(self.file)),
        };
        group = group.elements(self.notes.into_iter().map(|note| Level::NOTE.message(note)));
        group = group.elements(self.help.into_iter().map(|help| Level::HELP.message(help)));
        let proved = self.proved.into_iter().map(|fix| Level::HELP.with_name("proved fix").message(fix));
        group = group.elements(proved);
        render(group)
    }
}

fn render(group: Group<'_>) -> String {
    Renderer::styled().decor_style(DecorStyle::Ascii).render(&[group]) + "\n\n"
}

/// What is quoted of a file: a line, or the middle of a long one, and the part of it that is marked.
#[derive(Debug, PartialEq, Eq)]
struct Quoted<'a> {
    line: Cow<'a, str>,
    mark: Range<usize>,
}

/// The line of the spot's beginning, with the part of the spot that lies in it. Only that line is handed to the renderer,
/// which reads all that it is given for every finding.
fn quoted<'a>(text: &'a str, spot: &Spot) -> Option<Quoted<'a>> {
    let Range { start, end } = spot.bytes;
    let line_start = text.get(..start)?.rfind('\n').map_or(0, |at| at + 1);
    let line_end = text[start..].find('\n').map_or(text.len(), |at| start + at);
    let marked = text.get(start..end.min(line_end).max(start))?.trim_end().len();
    if line_end - line_start <= LONGEST_LINE {
        let from = start - line_start;
        return Some(Quoted { line: Cow::Borrowed(&text[line_start..line_end]), mark: from..from + marked });
    }
    let from = text.floor_char_boundary(start.saturating_sub(BEFORE_MARK)).max(line_start);
    let to = text.floor_char_boundary(from + LONGEST_LINE).min(line_end);
    let before = if from > line_start { "…" } else { "" };
    let after = if to < line_end { "…" } else { "" };
    let mark_start = before.len() + (start - from);
    let mark_end = before.len() + ((start + marked).min(to) - from);
    Some(Quoted { line: Cow::Owned(format!("{before}{}{after}", &text[from..to])), mark: mark_start..mark_end })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn spot(line: usize, bytes: Range<usize>) -> Spot {
        Spot { line, column: 1, bytes }
    }

    #[test]
    fn only_the_line_of_the_finding_is_quoted() {
        let text = "one\n  two (three\nfour)\n";
        let at = text.find('(').unwrap();
        let line = |line: &'static str, mark: Range<usize>| Some(Quoted { line: Cow::Borrowed(line), mark });
        assert_eq!(quoted(text, &spot(2, at..at + 11)), line("  two (three", 6..12));
        assert_eq!(quoted(text, &spot(1, 0..3)), line("one", 0..3));
        assert_eq!(quoted(text, &spot(9, 100..103)), None, "a spot of another text");
    }

    #[test]
    fn of_a_long_line_what_lies_around_the_mark_is_quoted() {
        let text = format!("{}(here){}", "é".repeat(1_000), "é".repeat(1_000));
        let at = text.find('(').unwrap();
        let Quoted { line, mark } = quoted(&text, &spot(1, at..at + 6)).unwrap();
        assert_eq!(&line[mark], "(here)");
        assert!(line.starts_with('…') && line.ends_with('…') && line.len() < LONGEST_LINE + 8, "{line}");
        let all = quoted(&text, &spot(1, 0..text.len())).unwrap();
        assert!(all.line.starts_with('é') && all.mark.end <= all.line.len(), "a mark that is longer than what is quoted");
    }

    #[test]
    fn the_place_of_a_finding_on_a_long_line_is_its_own() {
        let text = format!("{}(here){}", " ".repeat(5_000), " ".repeat(5_000));
        let drawing = Drawing {
            severity: Severity::Error,
            code: None,
            title: "Found".to_owned(),
            file: "a.ron",
            text: &text,
            spot: Some(Spot { line: 1, column: 5_001, bytes: 5_000..5_006 }),
            label: "this",
            notes: Vec::new(),
            help: None,
            proved: Vec::new(),
        };
        let drawn = drawing.render();
        assert!(drawn.contains("a.ron:1:5001") && drawn.contains("(here)") && drawn.len() < 3_000, "{drawn}");
    }
}
