//! Lays values out as a person would: on one line where they fit, else broken at the natural places, with comments where
//! they were. It knows brackets, widths and comments, and nothing of funnels.

/// Lines longer than this are broken, where breaking helps; the longest line of the contract's sample.
const WIDTH: usize = 126;

/// A value to be written.
#[derive(Debug, Clone, Default)]
pub(super) struct Tree {
    /// A single token, or the name before the bracket.
    head: String,
    /// The brackets; `None` for a single token.
    brackets: Option<(char, char)>,
    /// Written one item a line whatever its width.
    broken: bool,
    /// Where it does not fit, only its last item is broken and the others stay on the first line.
    hugs_last: bool,
    /// What the brackets hold.
    pub(super) items: Vec<Entry>,
    /// Comments after the last item.
    pub(super) end: Vec<String>,
}

/// An item of a value, with its comments.
#[derive(Debug, Clone, Default)]
pub(super) struct Entry {
    /// The name of the field, or the key of a map.
    pub(super) key: Option<String>,
    pub(super) value: Tree,
    /// Comments on lines of their own before it.
    pub(super) before: Vec<String>,
    /// Comments before it on its own line.
    pub(super) inline: Vec<String>,
    /// Comments after it on its last line.
    pub(super) trailing: Vec<String>,
}

impl Tree {
    /// A single token.
    pub fn leaf(token: impl Into<String>) -> Self {
        Self { head: token.into(), ..Self::default() }
    }

    /// Fields in brackets: `Name(a: 1, b: 2)`.
    pub fn fields(name: &str) -> Self {
        Self { head: name.to_owned(), brackets: Some(('(', ')')), ..Self::default() }
    }

    /// Values in brackets: `Name(1, 2)`.
    pub fn tuple(name: &str, values: impl IntoIterator<Item = Tree>) -> Self {
        values.into_iter().fold(Self::fields(name), Self::item)
    }

    /// A list: `[1, 2]`.
    pub fn list(values: impl IntoIterator<Item = Tree>) -> Self {
        values.into_iter().fold(Self { brackets: Some(('[', ']')), ..Self::default() }, Self::item)
    }

    /// A map, to which items are added by [`Tree::field`].
    pub fn map() -> Self {
        Self { brackets: Some(('{', '}')), ..Self::default() }
    }

    /// With a field more.
    pub fn field(mut self, key: impl Into<String>, value: Tree) -> Self {
        self.items.push(Entry { key: Some(key.into()), value, ..Entry::default() });
        self
    }

    /// With a field more, where there is something to say.
    pub fn maybe(self, key: &str, value: Option<Tree>) -> Self {
        match value {
            Some(value) => self.field(key, value),
            None => self,
        }
    }

    fn item(mut self, value: Tree) -> Self {
        self.items.push(Entry { value, ..Entry::default() });
        self
    }

    /// Whether it can hold anything.
    pub fn has_brackets(&self) -> bool {
        self.brackets.is_some()
    }

    /// One item a line, whatever the width.
    pub fn broken(mut self) -> Self {
        self.broken = true;
        self
    }

    /// Broken in its last item alone, where that is enough.
    pub fn hugging_last(mut self) -> Self {
        self.hugs_last = true;
        self
    }

    /// Writes it from the start of a line on; `indent` is how deep its closing bracket stands.
    pub fn print(&self, out: &mut String, indent: usize) {
        let start = out.rfind('\n').map_or(0, |at| at + 1);
        let used = width(&out[start..]);
        let Some((open, close)) = self.brackets else {
            out.push_str(&self.head);
            return;
        };
        if let Some(flat) = self.flat()
            // A comma follows.
            && used + width(&flat) < WIDTH
        {
            out.push_str(&flat);
            return;
        }
        out.push_str(&self.head);
        out.push(open);
        if let [only] = &self.items[..]
            && open == '('
            && only.key.is_none()
            && !self.broken
            && self.is_quiet()
            && only.inline.is_empty()
        {
            only.value.print(out, indent);
        } else if !(self.hugs_last && self.print_hugging(out, indent)) {
            self.print_lines(out, indent);
        }
        out.push(close);
    }

    /// All of it on one line; `None` where something in it must be broken.
    fn flat(&self) -> Option<String> {
        let mut out = String::new();
        self.flat_into(&mut out).then_some(out)
    }

    fn flat_into(&self, out: &mut String) -> bool {
        out.push_str(&self.head);
        let Some((open, close)) = self.brackets else { return true };
        if (self.broken && !self.items.is_empty()) || !self.is_quiet() {
            return false;
        }
        out.push(open);
        for (index, item) in self.items.iter().enumerate() {
            if index > 0 {
                out.push_str(", ");
            }
            item.lead(out);
            if !item.value.flat_into(out) {
                return false;
            }
        }
        out.push(close);
        true
    }

    /// Whether no comment of its own needs a line.
    fn is_quiet(&self) -> bool {
        self.end.is_empty() && self.items.iter().all(|item| item.before.is_empty() && item.trailing.is_empty())
    }

    /// `(a: 1, b: Name(`, the last item broken, `))`. Gives up, with nothing written, where that does not fit or not help.
    fn print_hugging(&self, out: &mut String, indent: usize) -> bool {
        let Some((last, first)) = self.items.split_last() else { return false };
        if !self.is_quiet() {
            return false;
        }
        let before = out.len();
        for item in first {
            item.lead(out);
            if !item.value.flat_into(out) {
                out.truncate(before);
                return false;
            }
            out.push_str(", ");
        }
        last.lead(out);
        let from = out.len();
        last.value.print(out, indent);
        let line = out[..before].rfind('\n').map_or(0, |at| at + 1);
        let fits = out[from..].find('\n').is_some_and(|end| width(&out[line..from + end]) <= WIDTH);
        if !fits {
            out.truncate(before);
        }
        fits
    }

    fn print_lines(&self, out: &mut String, indent: usize) {
        for item in &self.items {
            for comment in &item.before {
                new_line(out, indent + 1);
                out.push_str(comment);
            }
            new_line(out, indent + 1);
            item.lead(out);
            item.value.print(out, indent + 1);
            out.push(',');
            let mut line_is_closed = false;
            for comment in &item.trailing {
                // Behind a comment to the end of the line another would become part of it, or break in two.
                if line_is_closed {
                    new_line(out, indent + 1)
                } else {
                    out.push(' ')
                }
                out.push_str(comment);
                line_is_closed = comment.starts_with("//");
            }
        }
        for comment in &self.end {
            new_line(out, indent + 1);
            out.push_str(comment);
        }
        new_line(out, indent);
    }
}

impl Entry {
    /// What stands before the value on its line.
    fn lead(&self, out: &mut String) {
        for comment in &self.inline {
            out.push_str(comment);
            out.push(' ');
        }
        if let Some(key) = &self.key {
            out.push_str(key);
            out.push_str(": ");
        }
    }
}

fn new_line(out: &mut String, indent: usize) {
    out.push('\n');
    out.extend(std::iter::repeat_n("    ", indent));
}

fn width(text: &str) -> usize {
    text.chars().count()
}
