//! Annotations for GitHub: one workflow command a finding, which a pull request shows at its line.

use super::finding::{Checked, Finding};
use crate::file::ReadError;
use crate::rules::Severity;

/// Every finding that is shown, one line each.
pub fn github(checked: &Checked<'_>) -> String {
    let file = &checked.source.name;
    let lines = checked.found.iter().map(|Finding { diagnostic, .. }| {
        let place = checked.spot(diagnostic).map(|spot| ((spot.line, spot.column), spot.end(&checked.source.text)));
        let message = match &diagnostic.help {
            Some(help) => format!("{}\n{help}", diagnostic.message),
            None => diagnostic.message.clone(),
        };
        let title = format!("{} {}", diagnostic.code, diagnostic.name);
        command(diagnostic.severity, file, place, &title, &message)
    });
    lines.collect()
}

/// Why a file could not be read, one line a problem.
pub fn github_unreadable(error: &ReadError) -> String {
    let lines = error.problems.iter().map(|problem| {
        let at = (problem.line, problem.column);
        let place = (problem.line > 0).then_some((at, at));
        command(Severity::Error, &error.file, place, "not a funnel that can be read", &problem.to_string())
    });
    lines.collect()
}

/// A line and a column, both from 1.
type At = (usize, usize);

/// One workflow command. Columns count only where it is about one line; GitHub refuses them elsewhere.
fn command(severity: Severity, file: &str, place: Option<(At, At)>, title: &str, message: &str) -> String {
    let word = match severity {
        Severity::Error => "error",
        Severity::Warning => "warning",
        Severity::Info => "notice",
    };
    let ((line, column), (end_line, end_column)) = place.unwrap_or(((1, 1), (1, 1)));
    let columns = if line == end_line { format!(",col={column},endColumn={end_column}") } else { String::new() };
    format!(
        "::{word} file={},line={line},endLine={end_line}{columns},title={}::{}\n",
        property(file),
        property(title),
        data(message)
    )
}

/// The text of a command: a percent sign and line ends would end or change it.
fn data(text: &str) -> String {
    text.replace('%', "%25").replace('\r', "%0D").replace('\n', "%0A")
}

/// A property of a command: colons and commas part it from the next as well.
fn property(text: &str) -> String {
    data(text).replace(':', "%3A").replace(',', "%2C")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_would_end_a_command_is_escaped() {
        let line = command(Severity::Info, "a,b:c.ron", Some(((2, 3), (2, 7))), "T010 x", "50 % of\nthis: that, too");
        let expected = "::notice file=a%2Cb%3Ac.ron,line=2,endLine=2,col=3,endColumn=7,title=T010 x::\
                        50 %25 of%0Athis: that, too\n";
        assert_eq!(line, expected);
        let several = command(Severity::Error, "a.ron", Some(((2, 3), (5, 1))), "x", "y");
        assert_eq!(several, "::error file=a.ron,line=2,endLine=5,title=x::y\n");
    }
}
