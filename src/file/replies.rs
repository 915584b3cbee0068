//! A log of messages and their answers: `sent_at` and `replied_at`, the second empty where nobody answered.

use csv::{ReaderBuilder, StringRecord, Trim};

use super::problem::{Lines, Problem, ReadError};
use crate::model::LocalTime;

/// So many bad rows are told at once.
const MOST_PROBLEMS: usize = 10;
const SENT: &str = "sent_at";
const REPLIED: &str = "replied_at";

/// One message of a log, in the audience's local time.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct SentMessage {
    /// When it was sent.
    pub sent: LocalTime,
    /// When it was answered.
    pub replied: Option<LocalTime>,
}

/// Reads a log from CSV. Other columns are passed over.
///
/// # Errors
/// A [`ReadError`] with the first rows that are wrong, and where.
pub fn replies(text: &str, name: &str) -> Result<Vec<SentMessage>, ReadError> {
    let mut reader = ReaderBuilder::new().trim(Trim::All).flexible(true).from_reader(text.as_bytes());
    let mut problems = Problems { text, lines: Lines::new(text), found: Vec::new() };
    let header = reader.headers().cloned().unwrap_or_default();
    let column = |name: &str| header.iter().position(|column| column.trim_start_matches('\u{feff}') == name);
    let (Some(sent), Some(replied)) = (column(SENT), column(REPLIED)) else {
        let missing = if column(SENT).is_none() { SENT } else { REPLIED };
        let found = format!("there is no column `{missing}`");
        problems.add((1, 1), found, format!("the first line names the columns: {SENT},{REPLIED}"));
        return Err(problems.error(name));
    };
    let mut messages = Vec::new();
    let mut record = StringRecord::new();
    loop {
        match reader.read_record(&mut record) {
            Ok(false) => break,
            Ok(true) => {
                if let Some(message) = problems.message(&record, sent, replied) {
                    messages.push(message);
                }
            }
            Err(error) => {
                let line = error.position().map_or(1, |at| at.line() as usize);
                problems.add((line, 1), "this line is no UTF-8 text".to_owned(), String::new());
                break;
            }
        }
        if problems.found.len() >= MOST_PROBLEMS {
            break;
        }
    }
    if problems.found.is_empty() { Ok(messages) } else { Err(problems.error(name)) }
}

struct Problems<'a> {
    text: &'a str,
    lines: Lines,
    found: Vec<Problem>,
}

impl Problems<'_> {
    fn message(&mut self, record: &StringRecord, sent: usize, replied: usize) -> Option<SentMessage> {
        let begin = record.position().map_or(0, |at| at.byte() as usize);
        let sent_at = self.time(record, sent, begin)?;
        let replied_at = match record.get(replied).unwrap_or_default() {
            "" => None,
            _ => Some(self.time(record, replied, begin)?),
        };
        if replied_at.is_some_and(|replied_at| replied_at < sent_at) {
            let place = self.place(replied, begin);
            self.add(place, "this answer is older than its message".to_owned(), format!("{REPLIED} is {SENT} or later"));
            return None;
        }
        Some(SentMessage { sent: sent_at, replied: replied_at })
    }

    fn time(&mut self, record: &StringRecord, field: usize, begin: usize) -> Option<LocalTime> {
        let text = record.get(field).unwrap_or_default();
        let time = text.parse();
        if time.is_err() {
            let found = if text.is_empty() { format!("{SENT} is empty") } else { format!("`{text}` is not a local time") };
            let place = self.place(field, begin);
            self.add(place, found, "write it like 2026-12-01T09:00:00, without an offset".to_owned());
        }
        time.ok()
    }

    /// The line and column of a field of the record that begins at this byte.
    fn place(&self, field: usize, begin: usize) -> (usize, usize) {
        let rest = &self.text[begin.min(self.text.len())..];
        // The reader may begin a record at the line ends before it.
        let begin = begin + (rest.len() - rest.trim_start_matches(['\r', '\n']).len());
        let mut quoted = false;
        let mut left = field;
        let mut at = begin;
        for (offset, c) in self.text[begin..].char_indices() {
            if left == 0 || (!quoted && c == '\n') {
                break;
            }
            match c {
                '"' => quoted = !quoted,
                ',' if !quoted => left -= 1,
                _ => {}
            }
            at = begin + offset + c.len_utf8();
        }
        let spaces = self.text[at..].len() - self.text[at..].trim_start_matches(' ').len();
        self.lines.place(self.text, at + spaces)
    }

    fn add(&mut self, (line, column): (usize, usize), found: String, expected: String) {
        let begin = self.lines.offset(self.text, line, column);
        let end = begin + self.text[begin..].find([',', '\n', '\r']).unwrap_or(self.text.len() - begin);
        self.found.push(Problem { line, column, span: begin..end, found, expected, help: None });
    }

    fn error(self, name: &str) -> ReadError {
        ReadError { file: name.to_owned(), problems: self.found, text: self.text.to_owned() }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn columns_go_by_their_names_and_an_empty_answer_is_none() {
        let text = "id,replied_at,sent_at\n1,2026-12-01 09:10,2026-12-01T09:00:00\n2,,\"2026-12-01T10:00\"\n";
        let messages = replies(text, "log.csv").unwrap();
        assert_eq!(messages[0].replied, "2026-12-01T09:10:00".parse().ok());
        assert_eq!((messages.len(), messages[1].replied), (2, None));
    }

    #[test]
    fn a_bad_row_is_named_by_its_line_and_column() {
        let text = "sent_at,replied_at\n2026-12-01T09:00:00,\n2026-12-01T09:00:00,soon\n,\n2026-12-02T09:00:00, 2026-12-01T09:00:00\n";
        let error = replies(text, "log.csv").unwrap_err().to_string();
        let lines: Vec<&str> = error.lines().collect();
        assert!(lines[0].starts_with("log.csv:3:21: `soon` is not a local time"), "{error}");
        assert!(lines[1].starts_with("log.csv:4:1: sent_at is empty"), "{error}");
        assert!(lines[2].starts_with("log.csv:5:22: this answer is older"), "{error}");
        let error = replies("sent,replied_at\n", "log.csv").unwrap_err().to_string();
        assert!(error.starts_with("log.csv:1:1: there is no column `sent_at`"), "{error}");
    }
}
