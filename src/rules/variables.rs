//! The variables in a template's texts: `{{1}}` or `{{first_name}}`, with where they stand. Knows no limit.

/// A variable where it stands in a text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Slot<'t> {
    /// What stands between the braces, as it was written.
    pub name: &'t str,
    /// Where its first brace stands, in bytes.
    pub start: usize,
    /// Where its last brace ends.
    pub end: usize,
}

/// What a variable's name is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Style {
    /// A number from 1 up.
    Numbered(u32),
    /// Lower-case letters, digits and underscores.
    Named,
    /// Neither.
    Malformed,
}

impl Slot<'_> {
    /// What its name is.
    pub fn style(&self) -> Style {
        let simple = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '_';
        if self.name.starts_with(|c: char| c.is_ascii_digit()) {
            // A number too large to be read is no number that anybody counts to.
            let number = self.name.parse().ok().filter(|_| !self.name.starts_with('0'));
            number.map_or(Style::Malformed, Style::Numbered)
        } else if !self.name.is_empty() && self.name.chars().all(simple) {
            Style::Named
        } else {
            Style::Malformed
        }
    }
}

/// The variables of a text in order, repeats too.
pub(super) fn slots(text: &str) -> Vec<Slot<'_>> {
    let mut found = Vec::new();
    let mut at = 0;
    while let Some(close) = text[at..].find("}}").map(|close| at + close) {
        // The last pair that opens before it closes: what is left over on either side is not balanced.
        if let Some(open) = text[at..close].rfind("{{").map(|open| at + open) {
            found.push(Slot { name: &text[open + 2..close], start: open, end: close + 2 });
        }
        at = close + 2;
    }
    found
}

/// Whether every pair of braces that opens also closes.
pub(super) fn balanced(text: &str) -> bool {
    let mut from = 0;
    let whole = |part: &str| !part.contains("{{") && !part.contains("}}");
    for slot in slots(text) {
        if !whole(&text[from..slot.start]) {
            return false;
        }
        from = slot.end;
    }
    whole(&text[from..])
}

/// A variable as it is written: `{{1}}`.
pub(super) fn braced(name: &str) -> String {
    format!("{{{{{name}}}}}")
}

/// The text with the numbers of its variables changed; others stay as they are.
pub(super) fn renumbered(text: &str, number: impl Fn(u32) -> u32) -> String {
    let (mut changed, mut from) = (String::new(), 0);
    for slot in slots(text) {
        if let Style::Numbered(old) = slot.style() {
            changed += &text[from..slot.start];
            changed += &braced(&number(old).to_string());
            from = slot.end;
        }
    }
    changed + &text[from..]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn variables_are_found_where_they_stand() {
        let names = |text| slots(text).iter().map(|slot| slot.name).collect::<Vec<_>>();
        assert_eq!(names("Oi {{1}}, cupom {{ code }} até {{1}}."), ["1", " code ", "1"]);
        assert_eq!(names("{{a {{b}} c}}"), ["b"]);
        assert_eq!(names("{1} {{2} 3}"), [""; 0]);
        assert_eq!(slots("é{{1}}")[0], Slot { name: "1", start: 2, end: 7 });
        assert_eq!(names("{{{1}}}"), ["1"]);
    }

    #[test]
    fn braces_that_do_not_match_are_noticed() {
        for sound in ["", "Oi", "Oi {{1}}", "{{1}} {a} {{2}}", "{ }"] {
            assert!(balanced(sound), "{sound}");
        }
        for broken in ["{{1}", "{1}}", "{{1}} }}", "{{ {{1}}", "}}{{"] {
            assert!(!balanced(broken), "{broken}");
        }
    }

    #[test]
    fn names_are_numbers_or_simple_words() {
        let style = |name| Slot { name, start: 0, end: 0 }.style();
        assert_eq!((style("1"), style("12")), (Style::Numbered(1), Style::Numbered(12)));
        assert_eq!((style("first_name"), style("code2")), (Style::Named, Style::Named));
        for malformed in ["", " 1", "0", "01", "1a", "Name", "first name", "é", "99999999999999999999"] {
            assert_eq!(style(malformed), Style::Malformed, "{malformed}");
        }
        assert_eq!(renumbered("{{3}} and {{x}} and {{5}}", |old| old - 2), "{{1}} and {{x}} and {{3}}");
    }
}
