//! Turns what `ron` says of a text into a problem in the person's words, with the place of the very token that is meant.

use ron::error::{Error, SpannedError};

use super::lexer::{self, Token, TokenKind};
use super::outline::{Node, Outline, key_text};
use super::problem::{Lines, Problem, nearest, problem, quoted};

/// Asks `ron` again, about another text.
pub(super) type Again<'a> = &'a dyn Fn(&str) -> Option<Error>;

/// The problem that `ron` found; `again` asks it about a text in which a name stands where none was.
pub(super) fn explain(text: &str, lines: &Lines, outline: &Outline, error: &SpannedError, again: Again<'_>) -> Problem {
    let offset = lines.offset(text, error.span.end.line, error.span.end.col);
    let words = Words { text, lines, outline, offset, again };
    match &error.code {
        Error::NoSuchStructField { expected, found, .. } => words.unknown("field", found, expected),
        Error::NoSuchEnumVariant { expected, found, .. } => words.unknown("name", found, expected),
        Error::MissingStructField { field, .. } => words.missing(field),
        Error::DuplicateStructField { field, .. } => {
            let span = words.ident(field).range.clone();
            words.say(span, format!("a second field `{field}`"), "expected each field once")
        }
        Error::Message(message) => {
            let (found, expected) = message.split_once("; ").unwrap_or((message, ""));
            words.say(words.before().range.clone(), found.to_owned(), expected)
        }
        Error::NoSuchExtension(name) => words.unknown("setting", name, &["implicit_some"]),
        _ if words.count_before() > 0 && lexer::runs_on(text, &outline.tokens, words.count_before() - 1) => {
            let start = words.before().range.start;
            words.say(start..start + 1, "a text that is not closed".to_owned(), lexer::NOT_CLOSED)
        }
        code => match &outline.fault {
            Some(fault) => words.say(fault.range.clone(), fault.found.clone(), &fault.expected),
            None => words.wrong_type(code),
        },
    }
}

struct Words<'t> {
    text: &'t str,
    lines: &'t Lines,
    outline: &'t Outline,
    offset: usize,
    again: Again<'t>,
}

impl Words<'_> {
    fn say(&self, span: std::ops::Range<usize>, found: String, expected: &str) -> Problem {
        problem((self.text, self.lines), span, found, expected, None)
    }

    /// How many tokens end at or before the place.
    fn count_before(&self) -> usize {
        self.outline.tokens.partition_point(|token| token.range.end <= self.offset)
    }

    /// The last of them.
    fn before(&self) -> Token {
        self.outline.tokens[..self.count_before()].last().cloned().unwrap_or_else(|| self.end())
    }

    /// The token at the place, or the next one.
    fn at(&self) -> Token {
        self.outline.tokens.get(self.count_before()).cloned().unwrap_or_else(|| self.end())
    }

    fn end(&self) -> Token {
        Token { kind: TokenKind::Other, range: self.text.len()..self.text.len() }
    }

    /// The last such name at or before the place.
    fn ident(&self, name: &str) -> Token {
        let named = |token: &&Token| key_text(self.text, &token.range).trim_matches('"') == name;
        self.outline.tokens[..self.count_before()].iter().rev().take(4).find(named).cloned().unwrap_or_else(|| self.before())
    }

    fn unknown(&self, what: &str, found: &str, right: &[&str]) -> Problem {
        let span = self.ident(found).range.clone();
        let expected = format!("expected {}", one_of(right));
        let help = nearest(found, right.iter().copied());
        problem((self.text, self.lines), span, format!("unknown {what} `{found}`"), expected, help)
    }

    fn missing(&self, field: &str) -> Problem {
        let closing = self.at().range.clone();
        let root = self.outline.root.as_ref();
        let span = match root.and_then(|root| enclosing(root, closing.start)) {
            Some(group) => group.range.start..group.open.map_or(group.range.start, |open| open) + 1,
            None => closing,
        };
        let value = if field == "format" { "1" } else { ".." };
        let expected = format!("expected `{field}: {value}` in these brackets");
        self.say(span, format!("the field `{field}` is missing"), &expected)
    }

    fn wrong_type(&self, code: &Error) -> Problem {
        let token = self.at();
        // A value that was read to its end and did not suit stands before the place.
        let token = match code {
            Error::IntegerOutOfBounds | Error::InvalidValueForType { .. } => self.before(),
            _ => token,
        };
        if let (Error::ExpectedStructLike | Error::ExpectedNamedStructLike(_), name) = (code, self.before())
            && name.kind == TokenKind::Ident
        {
            let name_text = &self.text[name.range.clone()];
            return self.say(
                name.range.clone(),
                format!("found `{name_text}` alone"),
                &format!("expected `{name_text}(..)`"),
            );
        }
        let found = match &self.text[token.range.clone()] {
            "" => "found the end of the file".to_owned(),
            piece => format!("found {}", quoted(piece)),
        };
        self.say(token.range.clone(), found, &format!("expected {}", self.right_type(code, &token)))
    }

    fn right_type(&self, code: &Error, token: &Token) -> String {
        match code {
            Error::ExpectedString | Error::ExpectedStringEnd => match self.field_before(token) {
                Some("median" | "p90" | "min" | "max" | "mean" | "timeout" | "after") => {
                    "a duration in quotes, such as \"12m\" or \"1d 6h\"".to_owned()
                }
                Some("For" | "Fixed") => "a duration in quotes, such as \"3d\"".to_owned(),
                Some("time") => "a time of day in quotes, such as \"09:00\"".to_owned(),
                Some("launch" | "Date" | "arrives" | "submitted") => {
                    "a local time in quotes, such as \"2026-12-01T09:00:00\"".to_owned()
                }
                _ => "a text in quotes".to_owned(),
            },
            Error::ExpectedArray => "a list in `[` and `]`".to_owned(),
            Error::ExpectedMap => "pairs in `{` and `}`, such as {\"1\": \"Ana\"}".to_owned(),
            Error::ExpectedStructLike | Error::ExpectedNamedStructLike(_) => match self.field_before(token) {
                Some("at" | "size") => "two numbers in brackets, such as (280, 0)".to_owned(),
                Some("audience") => "(market: .., timezone: .., size: ..)".to_owned(),
                _ => "something in `(` and `)`".to_owned(),
            },
            Error::ExpectedStructLikeEnd | Error::ExpectedOptionEnd => "`)`".to_owned(),
            Error::ExpectedArrayEnd => "`]`".to_owned(),
            Error::ExpectedMapEnd => "`}`".to_owned(),
            Error::ExpectedMapColon => "`:` and a value".to_owned(),
            Error::ExpectedComma if token.range.start < self.offset => "a whole number".to_owned(),
            Error::ExpectedComma => "a comma, or the closing bracket".to_owned(),
            Error::ExpectedBoolean => "`true` or `false`".to_owned(),
            Error::ExpectedFloat => "a number".to_owned(),
            Error::ExpectedInteger | Error::InvalidIntegerDigit { .. } => "a whole number".to_owned(),
            Error::IntegerOutOfBounds => "a whole number, not negative and not larger than can be counted".to_owned(),
            Error::ExpectedIdentifier | Error::SuggestRawIdentifier(_) => self.right_names(token),
            Error::ExpectedDifferentLength { expected, .. } => {
                let count: String = expected.chars().filter(char::is_ascii_digit).collect();
                format!("{count} values in these brackets")
            }
            Error::ExpectedDifferentStructName { expected, .. } => format!("`{expected}`, or no name at all"),
            Error::InvalidValueForType { expected, .. } => expected.clone(),
            Error::InvalidEscape(_) => "one of the escapes \\\" \\\\ \\n \\r \\t \\u{..} in the text".to_owned(),
            Error::TrailingCharacters => "nothing more after the last `)`".to_owned(),
            Error::Eof => "more: the file ends too early".to_owned(),
            Error::ExceededRecursionLimit => "fewer brackets in one another".to_owned(),
            other => {
                let words = other.to_string();
                words.strip_prefix("Expected ").map_or(words.clone(), str::to_owned)
            }
        }
    }

    /// The field whose value begins with this token, or the name whose brackets do.
    fn field_before(&self, token: &Token) -> Option<&str> {
        let index = self.outline.tokens.partition_point(|other| other.range.start < token.range.start);
        let [.., key, between] = &self.outline.tokens[..index] else { return None };
        let leads = matches!(between.kind, TokenKind::Colon | TokenKind::Open) && key.kind == TokenKind::Ident;
        leads.then(|| &self.text[key.range.clone()])
    }

    /// The names that could stand in place of this token, or before it where it closes something.
    fn right_names(&self, token: &Token) -> String {
        let end = if token.kind == TokenKind::Close { token.range.start } else { token.range.end };
        let other = format!("{}{NO_NAME} {}", &self.text[..token.range.start], &self.text[end..]);
        match (self.again)(&other) {
            Some(Error::NoSuchEnumVariant { expected, .. }) => format!("{}, without quotes", one_of(expected)),
            Some(Error::NoSuchStructField { expected, .. }) => format!("a field with its name: {}", one_of(expected)),
            _ => "a name".to_owned(),
        }
    }
}

/// A name that nothing has.
const NO_NAME: &str = "_no_name_";

fn one_of(names: &[&str]) -> String {
    match names {
        [] => "nothing here".to_owned(),
        [only] => format!("`{only}`"),
        _ => format!("one of {}", names.iter().map(|name| format!("`{name}`")).collect::<Vec<_>>().join(", ")),
    }
}

/// The innermost brackets that close at this place.
fn enclosing(node: &Node, offset: usize) -> Option<&Node> {
    let next = node.items.partition_point(|item| item.value.range.end <= offset);
    let inner = node.items.get(next).filter(|item| item.value.range.contains(&offset));
    inner
        .and_then(|item| enclosing(&item.value, offset))
        .or_else(|| (node.open.is_some() && node.range.contains(&offset)).then_some(node))
}
