//! One finding drawn the way rustc draws them: a title, the file's own line with a mark below, notes and help.

use std::ops::Range;

use annotate_snippets::renderer::DecorStyle;
use annotate_snippets::{AnnotationKind, Group, Level, Origin, Renderer, Snippet};

use crate::rules::Severity;

/// A finding to be drawn.
pub(super) struct Drawing<'a> {
    pub severity: Severity,
    pub code: Option<&'a str>,
    pub title: String,
    /// The file, as it was named.
    pub file: &'a str,
    /// Its text.
    pub text: &'a str,
    /// The bytes that are marked; `None` where the finding is about the file as a whole.
    pub span: Option<Range<usize>>,
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
        let mut group = match self.span.and_then(|span| lines_around(self.text, span)) {
            Some((first_line, lines, span)) => {
                let mark = AnnotationKind::Primary.span(span).label(self.label);
                title.element(Snippet::source(lines).line_start(first_line).path(self.file).annotation(mark))
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

/// The line of the span's beginning: its number, its text, and the part of the span that lies in it. Only that line is
/// handed to the renderer, which reads all that it is given for every finding.
fn lines_around(text: &str, span: Range<usize>) -> Option<(usize, &str, Range<usize>)> {
    let before = text.get(..span.start)?;
    let line_start = before.rfind('\n').map_or(0, |at| at + 1);
    let line_end = text[span.start..].find('\n').map_or(text.len(), |at| span.start + at);
    let marked = text.get(span.start..span.end.min(line_end).max(span.start))?.trim_end();
    let (start, length) = (span.start - line_start, marked.len());
    Some((before.matches('\n').count() + 1, &text[line_start..line_end], start..start + length))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_the_line_of_the_finding_is_quoted() {
        let text = "one\n  two (three\nfour)\n";
        let at = text.find('(').unwrap();
        assert_eq!(lines_around(text, at..at + 11), Some((2, "  two (three", 6..12)));
        assert_eq!(lines_around(text, 0..3), Some((1, "one", 0..3)));
        assert_eq!(lines_around(text, 100..103), None, "a span of another text");
    }
}
