//! Turns what `ron` says of a text into a problem in the person's words, with the place of the very token that is meant.

use ron::error::{Error, SpannedError};

use super::lexer::{Token, TokenKind};
use super::outline::{Node, Outline, key_text};
use super::problem::{Lines, Problem, nearest, problem, quoted};

/// The problem that `ron` found.
pub(super) fn explain(text: &str, lines: &Lines, outline: &Outline, error: &SpannedError) -> Problem {
    let offset = lines.offset(text, error.span.end.line, error.span.end.col);
    let words = Words { text, lines, outline, offset };
    match &error.code {
        Error::NoSuchStructField { expected, found, .. } => words.unknown("field", found, expected),
        Error::NoSuchEnumVariant { expected, found, .. } => words.unknown("name", found, expected),
        Error::MissingStructField { field, .. } => words.missing(field),
        Error::DuplicateStructField { field, .. } => {
            let span = words.ident(field).range.clone();
            words.say(span, format!("a second field `{field}`"), "each field once")
        }
        Error::Message(message) => {
            let (found, expected) = message.split_once("; ").unwrap_or((message, ""));
            words.say(words.before().range.clone(), found.to_owned(), expected)
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
}

impl Words<'_> {
    fn say(&self, span: std::ops::Range<usize>, found: String, expected: &str) -> Problem {
        problem((self.text, self.lines), span, found, expected, None)
    }

    /// The last token that ends at or before the place.
    fn before(&self) -> Token {
        let after = self.outline.tokens.partition_point(|token| token.range.end <= self.offset);
        self.outline.tokens[..after].last().cloned().unwrap_or_else(|| self.end())
    }

    /// The token at the place, or the next one.
    fn at(&self) -> Token {
        let first = self.outline.tokens.partition_point(|token| token.range.end <= self.offset);
        self.outline.tokens.get(first).cloned().unwrap_or_else(|| self.end())
    }

    fn end(&self) -> Token {
        Token { kind: TokenKind::Other, range: self.text.len()..self.text.len() }
    }

    /// The last such name at or before the place.
    fn ident(&self, name: &str) -> Token {
        let after = self.outline.tokens.partition_point(|token| token.range.end <= self.offset);
        let named = |token: &&Token| key_text(self.text, &token.range).trim_matches('"') == name;
        self.outline.tokens[..after].iter().rev().take(4).find(named).cloned().unwrap_or_else(|| self.before())
    }

    fn unknown(&self, what: &str, found: &str, right: &[&str]) -> Problem {
        let span = self.ident(found).range.clone();
        let expected = match right {
            [] => "nothing here".to_owned(),
            [only] => format!("only `{only}` can stand here"),
            _ => format!("one of {}", right.iter().map(|name| format!("`{name}`")).collect::<Vec<_>>().join(", ")),
        };
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
        let expected = format!("these brackets hold a field `{field}: ..`");
        self.say(span, format!("the field `{field}` is missing"), &expected)
    }

    fn wrong_type(&self, code: &Error) -> Problem {
        let token = self.at();
        // A value that was read to its end and did not suit stands before the place.
        let token = match code {
            Error::IntegerOutOfBounds | Error::InvalidValueForType { .. } => self.before(),
            _ => token,
        };
        let found = match &self.text[token.range.clone()] {
            "" => "the end of the file".to_owned(),
            piece => quoted(piece),
        };
        self.say(token.range.clone(), found, &self.right_type(code, &token))
    }

    fn right_type(&self, code: &Error, token: &Token) -> String {
        match code {
            Error::ExpectedString | Error::ExpectedStringEnd => match self.field_before(token) {
                Some("median" | "p90" | "min" | "max" | "mean" | "timeout" | "after") => {
                    "a duration in quotes, such as \"12m\" or \"1d 6h\"".to_owned()
                }
                Some("launch" | "arrives" | "submitted") => {
                    "a local time in quotes, such as \"2026-12-01T09:00:00\"".to_owned()
                }
                _ => "a text in quotes".to_owned(),
            },
            Error::ExpectedArray => "a list in `[` and `]`".to_owned(),
            Error::ExpectedMap => "pairs in `{` and `}`, such as {\"1\": \"Ana\"}".to_owned(),
            Error::ExpectedStructLike | Error::ExpectedNamedStructLike(_) => "`(`".to_owned(),
            Error::ExpectedStructLikeEnd | Error::ExpectedOptionEnd => "`)`".to_owned(),
            Error::ExpectedArrayEnd => "`]`".to_owned(),
            Error::ExpectedMapEnd => "`}`".to_owned(),
            Error::ExpectedMapColon => "`:` and a value".to_owned(),
            Error::ExpectedComma if token.kind == TokenKind::Number => "a whole number".to_owned(),
            Error::ExpectedComma => "a comma, or the closing bracket".to_owned(),
            Error::ExpectedBoolean => "`true` or `false`".to_owned(),
            Error::ExpectedFloat => "a number".to_owned(),
            Error::ExpectedInteger | Error::InvalidIntegerDigit { .. } => "a whole number".to_owned(),
            Error::IntegerOutOfBounds => "a whole number, not negative and not larger than can be counted".to_owned(),
            Error::ExpectedIdentifier | Error::SuggestRawIdentifier(_) => "a name".to_owned(),
            Error::ExpectedDifferentLength { expected, .. } => format!("{expected}, no more and no less"),
            Error::ExpectedDifferentStructName { expected, .. } => format!("`{expected}`, or no name at all"),
            Error::InvalidValueForType { expected, .. } => expected.clone(),
            Error::InvalidEscape(_) => "one of the escapes \\\" \\\\ \\n \\r \\t \\u{..} in the text".to_owned(),
            Error::NoSuchExtension(_) => "#![enable(implicit_some)]".to_owned(),
            Error::TrailingCharacters => "nothing more after the last `)`".to_owned(),
            Error::Eof => "more: the file ends too early".to_owned(),
            Error::ExceededRecursionLimit => "fewer brackets in one another".to_owned(),
            other => {
                let words = other.to_string();
                words.strip_prefix("Expected ").map_or(words.clone(), str::to_owned)
            }
        }
    }

    /// The field whose value begins with this token.
    fn field_before(&self, token: &Token) -> Option<&str> {
        let index = self.outline.tokens.partition_point(|other| other.range.start < token.range.start);
        let [.., key, colon] = &self.outline.tokens[..index] else { return None };
        (colon.kind == TokenKind::Colon).then(|| &self.text[key.range.clone()])
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
