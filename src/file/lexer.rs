//! Cuts RON text into tokens and comments, each with its byte range. Loses nothing and understands nothing: it knows
//! neither fields nor types, and goes on after what it cannot read.

use std::ops::Range;

/// What a token is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum TokenKind {
    Open,
    Close,
    Comma,
    Colon,
    Ident,
    Text,
    Char,
    Number,
    Other,
}

/// A token and where it stands.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Token {
    pub kind: TokenKind,
    pub range: Range<usize>,
}

/// A comment, with its slashes, and the index of the token that follows it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct CommentToken {
    pub range: Range<usize>,
    pub next_token: usize,
}

/// Why a text cannot be followed, and where.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Fault {
    pub range: Range<usize>,
    pub found: String,
    pub expected: String,
}

/// A text in tokens and comments.
#[derive(Debug, Default)]
pub(super) struct Lexed {
    pub tokens: Vec<Token>,
    pub comments: Vec<CommentToken>,
    pub fault: Option<Fault>,
}

/// What a text lacks that goes over the end of its line.
pub(super) const NOT_CLOSED: &str = "expected a quotation mark at its end; a line break in a text is written \\n";

/// Whether this token is a text that goes over the end of its line into what should be no text, so that its quotation
/// mark is missing rather than the line break meant.
pub(super) fn runs_on(text: &str, tokens: &[Token], index: usize) -> bool {
    let goes_over = |token: &Token| token.kind == TokenKind::Text && text[token.range.clone()].contains('\n');
    let ends_well = |next: &Token| matches!(next.kind, TokenKind::Comma | TokenKind::Close | TokenKind::Colon);
    tokens.get(index).is_some_and(goes_over) && !tokens.get(index + 1).is_some_and(ends_well)
}

/// Cuts a text.
pub(super) fn lex(text: &str) -> Lexed {
    // A token of the files that the planner writes has some six bytes, with the space before it.
    let mut lexed = Lexed { tokens: Vec::with_capacity(text.len() / 6), ..Lexed::default() };
    let bytes = text.as_bytes();
    let mut at = 0;
    let mut unclosed = false;
    loop {
        // Most of a file is indented, so plain white space is passed over without a look at what else it might be.
        at += bytes[at..].iter().take_while(|byte| matches!(byte, b' ' | b'\n')).count();
        let rest = &text[at..];
        let Some(c) = rest.chars().next() else { break };
        if is_space(c) {
            at += c.len_utf8();
        } else if c == '/' && matches!(bytes.get(at + 1), Some(b'/' | b'*')) {
            let (len, closed) = comment_len(rest);
            if !closed {
                lexed.fault.get_or_insert_with(|| fault(at, 2, "a comment that is not closed", "expected `*/` at its end"));
            }
            lexed.comments.push(CommentToken { range: at..at + len, next_token: lexed.tokens.len() });
            at += len;
        } else {
            let (kind, len, closed) = token(rest, c);
            unclosed |= !closed;
            lexed.tokens.push(Token { kind, range: at..at + len });
            at += len;
        }
    }
    // Where a quotation mark is missing all texts after it are turned inside out; the first that runs on is meant.
    if unclosed {
        let culprit = (0..lexed.tokens.len()).find(|index| runs_on(text, &lexed.tokens, *index));
        let start = culprit.map(|index| &lexed.tokens[index]).or(lexed.tokens.last()).map_or(0, |token| token.range.start);
        lexed.fault.get_or_insert_with(|| fault(start, 1, "a text that is not closed", NOT_CLOSED));
    }
    lexed
}

fn fault(at: usize, len: usize, found: &str, expected: &str) -> Fault {
    Fault { range: at..at + len, found: found.to_owned(), expected: expected.to_owned() }
}

/// The white space of RON, which is not quite Unicode's.
fn is_space(c: char) -> bool {
    matches!(c, ' ' | '\t' | '\n' | '\r' | '\x0B' | '\x0C' | '\u{85}' | '\u{200E}' | '\u{200F}' | '\u{2028}' | '\u{2029}')
}

/// The length of the comment at the start of a text, and whether it is closed. Block comments nest.
fn comment_len(text: &str) -> (usize, bool) {
    if text.starts_with("//") {
        let line = text.find('\n').unwrap_or(text.len());
        return (text[..line].trim_end().len().max(2), true);
    }
    let bytes = text.as_bytes();
    let mut depth = 0_usize;
    let mut at = 0;
    while at + 1 < bytes.len() {
        match &bytes[at..at + 2] {
            b"/*" => {
                depth += 1;
                at += 2;
            }
            b"*/" => {
                depth -= 1;
                at += 2;
                if depth == 0 {
                    return (at, true);
                }
            }
            _ => at += 1,
        }
    }
    (text.len(), false)
}

/// The kind and length of the token at the start of a text, and whether it is closed.
fn token(text: &str, first: char) -> (TokenKind, usize, bool) {
    let one = |kind| (kind, first.len_utf8(), true);
    match first {
        '(' | '[' | '{' => one(TokenKind::Open),
        ')' | ']' | '}' => one(TokenKind::Close),
        ',' => one(TokenKind::Comma),
        ':' => one(TokenKind::Colon),
        '"' => quoted(text, 0),
        '\'' => character(text, 0),
        'b' if text.starts_with("b\"") => quoted(text, 1),
        'b' if text.starts_with("b'") => character(text, 1),
        'b' if text.starts_with("br\"") || text.starts_with("br#") => raw(text, 2),
        'r' if text.starts_with("r\"") || text.starts_with("r#\"") || text.starts_with("r##") => raw(text, 1),
        'r' if text.starts_with("r#") => (TokenKind::Ident, 2 + run(&text[2..], is_of_number), true),
        '0'..='9' | '+' | '-' | '.' => (TokenKind::Number, run(text, is_of_number), true),
        c if c == '_' || c.is_alphabetic() => (TokenKind::Ident, run(text, |c| c == '_' || c.is_alphanumeric()), true),
        _ => one(TokenKind::Other),
    }
}

/// The length of what belongs together at the start of a text.
fn run(text: &str, belongs: impl Fn(char) -> bool) -> usize {
    let plain = text.bytes().take_while(|byte| byte.is_ascii() && belongs(char::from(*byte))).count();
    match text.as_bytes().get(plain) {
        Some(byte) if !byte.is_ascii() => text[plain..].find(|c| !belongs(c)).map_or(text.len(), |more| plain + more),
        _ => plain,
    }
}

/// Whether it may stand in a number, or in a raw name.
fn is_of_number(c: char) -> bool {
    c.is_alphanumeric() || matches!(c, '.' | '_' | '+' | '-')
}

fn quoted(text: &str, prefix: usize) -> (TokenKind, usize, bool) {
    let bytes = text.as_bytes();
    let mut at = prefix + 1;
    while at < bytes.len() {
        match bytes[at] {
            b'"' => return (TokenKind::Text, at + 1, true),
            b'\\' => at += 2,
            _ => at += 1,
        }
    }
    (TokenKind::Text, text.len(), false)
}

fn raw(text: &str, prefix: usize) -> (TokenKind, usize, bool) {
    let hashes = run(&text[prefix..], |c| c == '#');
    let open = prefix + hashes;
    if !text[open..].starts_with('"') {
        return (TokenKind::Other, open, true);
    }
    let end = format!("\"{}", "#".repeat(hashes));
    match text[open + 1..].find(&end) {
        Some(len) => (TokenKind::Text, open + 1 + len + end.len(), true),
        None => (TokenKind::Text, text.len(), false),
    }
}

fn character(text: &str, prefix: usize) -> (TokenKind, usize, bool) {
    let inner = &text[prefix + 1..];
    let len = if inner.starts_with('\\') {
        // The character after the backslash may itself be a quotation mark.
        inner.char_indices().nth(2).and_then(|(from, _)| inner[from..].find('\'').map(|len| from + len + 1))
    } else {
        let mut chars = inner.char_indices();
        chars.next().and_then(|_| chars.next()).filter(|(_, c)| *c == '\'').map(|(at, _)| at + 1)
    };
    match len {
        Some(len) => (TokenKind::Char, prefix + 1 + len, true),
        None => (TokenKind::Other, prefix + 1, true),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn tokens(text: &str) -> Vec<&str> {
        lex(text).tokens.into_iter().map(|token| &text[token.range]).collect()
    }

    #[test]
    fn texts_of_every_sort_are_one_token() {
        for text in ["\"a\\\"b // no comment\"", "r\"a\\\"", "r#\"a \" b\"#", "'\\''", "'\"'", "b\"x\"", "\"\\\\\""] {
            assert_eq!(tokens(text), [text]);
        }
        assert_eq!(tokens("Some(-1.5e-3, r#type)"), ["Some", "(", "-1.5e-3", ",", "r#type", ")"]);
    }

    #[test]
    fn comments_nest_and_know_what_follows() {
        let lexed = lex("a /* x /* y */ z */ b // end");
        let comments: Vec<_> = lexed.comments.iter().map(|comment| (comment.range.clone(), comment.next_token)).collect();
        assert_eq!(comments, [(2..19, 1), (22..28, 2)]);
        assert!(lex("/* /* */").fault.is_some());
        assert!(lex("\"open").fault.is_some());
    }
}
