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

/// Whether a character is more than a sign beside a word: a letter, a digit, an emoji.
pub(super) fn is_word(c: char) -> bool {
    let is_sign = c.is_ascii_punctuation()
        || matches!(c, '\u{a0}'..='\u{bf}' | '\u{2000}'..='\u{206f}' | '\u{3000}'..='\u{303f}' | '\u{fe00}'..='\u{fe0f}')
        || matches!(c, '\u{ff01}'..='\u{ff0f}' | '\u{ff1a}'..='\u{ff20}' | '\u{60c}' | '\u{61b}' | '\u{61f}' | '\u{964}');
    !is_sign && !c.is_whitespace() && !c.is_control()
}

/// The words of a text beside its variables. Where no spaces stand between words, each letter counts as one.
pub(super) fn words_around(text: &str) -> usize {
    let (mut words, mut from) = (0, 0);
    let mut count = |part: &str| {
        let (alone, others): (Vec<char>, Vec<char>) = part.chars().partition(|c| is_unspaced(*c));
        let others: String = others.into_iter().collect();
        words += alone.len() + others.split_whitespace().filter(|word| word.contains(char::is_alphanumeric)).count();
    };
    for slot in slots(text) {
        count(&text[from..slot.start]);
        from = slot.end;
    }
    count(&text[from..]);
    words
}

/// Letters of Thai, Lao, Burmese, Khmer, Chinese and Japanese.
fn is_unspaced(c: char) -> bool {
    matches!(c, '\u{e00}'..='\u{eff}' | '\u{1000}'..='\u{109f}' | '\u{1780}'..='\u{17ff}' | '\u{3040}'..='\u{30ff}')
        || matches!(c, '\u{3400}'..='\u{9fff}' | '\u{20000}'..='\u{3134f}')
}

/// How many emojis stand in a text: what is joined to one picture counts once.
pub(super) fn emojis(text: &str) -> usize {
    let (mut found, mut joined, mut half_flag) = (0, false, false);
    for c in text.chars() {
        let is_flag = matches!(c, '\u{1f1e6}'..='\u{1f1ff}');
        let is_picture = matches!(c, '\u{1f000}'..='\u{1faff}' | '\u{2600}'..='\u{27bf}' | '\u{2b50}' | '\u{231a}'..='\u{231b}')
            && !matches!(c, '\u{1f3fb}'..='\u{1f3ff}');
        found += usize::from(is_picture && !joined && !(is_flag && half_flag));
        half_flag = is_flag && !half_flag;
        joined = c == '\u{200d}';
    }
    found
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
    fn words_are_told_from_variables_and_signs() {
        assert_eq!(words_around("Oi {{1}}, seu *cupom*: {{2}}! 🎉 10 %"), 4, "the sign and the picture are none");
        assert_eq!(words_around("您好{{1}}，谢谢"), 4);
        assert_eq!(words_around(""), 0);
        assert!(!" .!…—*\u{fe0f}".chars().any(is_word));
        assert!(is_word('é') && is_word('1') && is_word('🎉') && is_word('న'));
    }

    #[test]
    fn emojis_are_counted_as_people_see_them() {
        assert_eq!(emojis("👋🏽 Oi 👩‍👩‍👧 🇧🇷🇵🇹 ❤️ *1*"), 5);
        assert_eq!(emojis("Oi — “tudo” (bem)"), 0);
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
