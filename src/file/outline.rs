//! The shape of a RON text: a tree of values with their byte ranges. It knows brackets, names and keys, and no type;
//! what it holds is where things stand, not what they mean.

use std::ops::Range;

use super::lexer::{self, CommentToken, Fault, Token, TokenKind};

/// More brackets in one another than any funnel has; it keeps the walk far from the end of the stack.
const DEEPEST: usize = 48;

/// A value and what is in it.
#[derive(Debug, Clone)]
pub(super) struct Node {
    /// All of it, with its name and brackets.
    pub range: Range<usize>,
    /// The name before its bracket, or the bare name that it is.
    pub name: Option<Range<usize>>,
    /// Where its bracket opens; `None` for a single token.
    pub open: Option<usize>,
    /// What its brackets hold.
    pub items: Vec<Item>,
}

/// A value with its key, if it has one.
#[derive(Debug, Clone)]
pub(super) struct Item {
    pub key: Option<Range<usize>>,
    pub value: Node,
}

impl Item {
    /// All of it, with its key.
    pub fn range(&self) -> Range<usize> {
        self.key.as_ref().map_or(self.value.range.start, |key| key.start)..self.value.range.end
    }
}

/// A text taken apart.
#[derive(Debug)]
pub(super) struct Outline {
    pub tokens: Vec<Token>,
    pub comments: Vec<CommentToken>,
    /// The value of the file; what could be followed of it where there is a fault.
    pub root: Option<Node>,
    /// Where the text could not be followed.
    pub fault: Option<Fault>,
    /// Between any two things in brackets stands one comma, and none before the first.
    pub parted: bool,
}

impl Node {
    /// The value of a field of this name. Looks through `Some(..)` and through a single value in brackets.
    pub fn field(&self, text: &str, name: &str) -> Option<&Node> {
        let here = self.inside(text);
        here.items
            .iter()
            .find(|item| item.key.as_ref().is_some_and(|key| key_text(text, key) == name))
            .map(|item| &item.value)
    }

    /// The value at this place.
    pub fn item(&self, text: &str, index: usize) -> Option<&Node> {
        self.inside(text).items.get(index).map(|item| &item.value)
    }

    /// Itself, or what `Some(..)` holds.
    pub fn inside(&self, text: &str) -> &Node {
        match &self.items[..] {
            [only] if only.key.is_none() && self.name.as_ref().is_some_and(|name| &text[name.clone()] == "Some") => {
                only.value.inside(text)
            }
            _ => self,
        }
    }
}

/// The name of a field without the mark of a raw name.
pub(super) fn key_text<'t>(text: &'t str, key: &Range<usize>) -> &'t str {
    let name = &text[key.clone()];
    name.strip_prefix("r#").unwrap_or(name)
}

/// Takes a text apart, as far as it can be followed.
pub(super) fn outline(text: &str) -> Outline {
    let lexed = lexer::lex(text);
    let mut walk = Walk { text, tokens: &lexed.tokens, at: 0, fault: lexed.fault, parted: true };
    walk.skip_attributes();
    let root = walk.value(0);
    if let (Some(_), Some(token)) = (&root, walk.tokens.get(walk.at)) {
        let range = token.range.clone();
        walk.fail(
            range.clone(),
            format!("`{}` after the end of the funnel", &text[range]),
            "expected nothing more after the last `)`",
        );
    }
    let Walk { fault, parted, .. } = walk;
    Outline { tokens: lexed.tokens, comments: lexed.comments, root, fault, parted }
}

struct Walk<'t> {
    text: &'t str,
    tokens: &'t [Token],
    at: usize,
    fault: Option<Fault>,
    parted: bool,
}

impl Walk<'_> {
    fn fail(&mut self, range: Range<usize>, found: String, expected: &str) {
        self.fault.get_or_insert_with(|| Fault { range, found, expected: expected.to_owned() });
        // Nothing after a fault can be trusted to stand where it seems to.
        self.at = self.tokens.len();
    }

    fn peek(&self) -> Option<&Token> {
        self.tokens.get(self.at)
    }

    fn skip_attributes(&mut self) {
        while self.peek().is_some_and(|token| &self.text[token.range.clone()] == "#") {
            let mut depth = 0_usize;
            while let Some(token) = self.tokens.get(self.at) {
                self.at += 1;
                match token.kind {
                    TokenKind::Open => depth += 1,
                    TokenKind::Close => depth = depth.saturating_sub(1),
                    _ => continue,
                }
                if depth == 0 {
                    break;
                }
            }
        }
    }

    fn value(&mut self, depth: usize) -> Option<Node> {
        let token = self.peek()?.clone();
        match token.kind {
            TokenKind::Open => self.group(None, depth),
            TokenKind::Ident => {
                self.at += 1;
                let opens = self.peek().is_some_and(|next| self.text.as_bytes()[next.range.start] == b'(');
                if opens {
                    self.group(Some(token.range), depth)
                } else {
                    let name = Some(token.range.clone());
                    Some(Node { range: token.range, name, open: None, items: Vec::new() })
                }
            }
            TokenKind::Text | TokenKind::Char | TokenKind::Number => {
                self.at += 1;
                Some(Node { range: token.range, name: None, open: None, items: Vec::new() })
            }
            _ => {
                let token_text = &self.text[token.range.clone()];
                let found = format!("found `{token_text}`");
                let expected = match token_text {
                    "'" => "expected a text in double quotes",
                    "=" => "expected `:` between a field and its value",
                    _ => "expected a text in quotes, a number, a name, or something in brackets",
                };
                self.fail(token.range, found, expected);
                None
            }
        }
    }

    /// A group from its opening bracket on; after a fault it ends where the text does.
    fn group(&mut self, name: Option<Range<usize>>, depth: usize) -> Option<Node> {
        let open = self.peek()?.range.clone();
        let start = name.as_ref().map_or(open.start, |name| name.start);
        if depth >= DEEPEST {
            self.fail(open, "too many brackets in one another".to_owned(), "expected a funnel as the planner writes it");
            return None;
        }
        let bracket = &self.text[open.clone()];
        let closing = match bracket {
            "(" => ")",
            "[" => "]",
            _ => "}",
        };
        self.at += 1;
        let mut items = Vec::new();
        // Whether an item may follow, or a comma.
        let mut item_follows = true;
        let end = loop {
            let Some(token) = self.peek().cloned() else {
                let found = format!("a `{bracket}` that is not closed");
                self.fail(open.clone(), found, &format!("expected `{closing}` at its end"));
                break self.text.len();
            };
            match token.kind {
                TokenKind::Close => {
                    let found = &self.text[token.range.clone()];
                    if found == closing {
                        self.at += 1;
                        break token.range.end;
                    }
                    let expected =
                        format!("expected `{closing}`, which closes the `{bracket}` of line {}", self.line(open.start));
                    self.fail(token.range, format!("found `{found}`"), &expected);
                    break self.text.len();
                }
                TokenKind::Comma => {
                    self.parted &= !item_follows;
                    item_follows = true;
                    self.at += 1;
                }
                _ => {
                    self.parted &= item_follows;
                    item_follows = false;
                    if let Some(item) = self.item(depth) {
                        items.push(item);
                    }
                }
            }
        };
        Some(Node { range: start..end, name, open: Some(open.start), items })
    }

    fn item(&mut self, depth: usize) -> Option<Item> {
        let first = self.value(depth + 1)?;
        if self.peek().is_some_and(|token| token.kind == TokenKind::Colon) {
            self.at += 1;
            let value = self.value(depth + 1)?;
            return Some(Item { key: Some(first.range), value });
        }
        Some(Item { key: None, value: first })
    }

    fn line(&self, offset: usize) -> usize {
        1 + self.text[..offset].matches('\n').count()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn finds_fields_through_names_and_some() {
        let text = "#![enable(implicit_some)]\n( // c\n a: Message(b: Some((c: [1, \"x\"]))), r#d: {} )";
        let outline = outline(text);
        assert_eq!(outline.fault, None);
        let root = outline.root.unwrap();
        let c = root.field(text, "a").and_then(|a| a.field(text, "b")).and_then(|b| b.field(text, "c")).unwrap();
        assert_eq!(&text[c.item(text, 1).unwrap().range.clone()], "\"x\"");
        assert!(root.field(text, "d").is_some());
    }

    #[test]
    fn says_which_bracket_is_open() {
        let fault = outline("(\n a: [1, 2)").fault.unwrap();
        assert_eq!((fault.found.as_str(), fault.range), ("found `)`", 11..12));
        assert!(fault.expected.contains("line 2"), "{}", fault.expected);
        assert!(outline(&"[".repeat(100_000)).fault.is_some());
    }
}
