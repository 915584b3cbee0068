//! The short way from text to value: over the outline that was made of the text anyway, instead of taking the text apart a
//! second time. It takes only what is written the way the planner writes it and is sure of that; all else, and all that is
//! wrong, goes the long way through the RON reader, which knows the whole language and what to say. What the short way
//! reads, the long way reads alike: a test holds them together.

use std::fmt;
use std::ops::Range;

use serde::Deserialize;
use serde::de::value::StrDeserializer;
use serde::de::{self, DeserializeSeed, Deserializer, EnumAccess, MapAccess, SeqAccess, VariantAccess, Visitor};

use super::outline::{Item, Node, Outline};

/// The one attribute that a funnel has.
const ATTRIBUTE: &str = "#![enable(implicit_some)]";

/// The value of a text that was taken apart without a fault; `None` where it has to go the long way.
pub(super) fn read<T: for<'de> Deserialize<'de>>(text: &str, outline: &Outline) -> Option<T> {
    let root = outline.root.as_ref().filter(|_| outline.fault.is_none() && outline.parted)?;
    let first = outline.tokens.first()?;
    let plain = first.range.start == root.range.start || text[first.range.start..].starts_with(ATTRIBUTE);
    // One attribute has eight tokens: another would stand before the value as well.
    let attribute = outline.tokens.iter().take_while(|token| token.range.start < root.range.start).count();
    let known = plain && (attribute == 0 || attribute == ATTRIBUTE_TOKENS);
    known.then(|| T::deserialize(Plain { text, node: root }).ok()).flatten()
}

/// `#` `!` `[` `enable` `(` `implicit_some` `)` `]`
const ATTRIBUTE_TOKENS: usize = 8;

/// That the long way has to be gone. Why does not matter: that way finds out by itself.
#[derive(Debug)]
struct Unsure;

impl std::error::Error for Unsure {}

impl fmt::Display for Unsure {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("not written plainly")
    }
}

impl de::Error for Unsure {
    fn custom<T: fmt::Display>(_: T) -> Self {
        Self
    }
}

/// A value of the outline.
#[derive(Clone, Copy)]
struct Plain<'a> {
    text: &'a str,
    node: &'a Node,
}

impl<'a> Plain<'a> {
    /// Its text.
    fn whole(self) -> &'a str {
        &self.text[self.node.range.clone()]
    }

    fn at(self, node: &'a Node) -> Self {
        Self { text: self.text, node }
    }

    /// A token by itself.
    fn token(self) -> Result<&'a str, Unsure> {
        if self.node.open.is_none() { Ok(self.whole()) } else { Err(Unsure) }
    }

    /// What stands in brackets of this sort, without a name before them.
    fn group(self, bracket: u8) -> Result<&'a [Item], Unsure> {
        let opens = self.node.open.is_some_and(|open| self.text.as_bytes()[open] == bracket);
        if opens && self.node.name.is_none() { Ok(&self.node.items) } else { Err(Unsure) }
    }

    /// The name of a variant: letters, digits and underscores.
    fn variant(self) -> Result<&'a str, Unsure> {
        self.node.name.clone().map(|name| &self.text[name]).filter(|name| !is_special(name)).ok_or(Unsure)
    }

    fn seq<V: Visitor<'a>>(self, items: &'a [Item], visitor: V) -> Result<V::Value, Unsure> {
        if items.iter().any(|item| item.key.is_some()) {
            return Err(Unsure);
        }
        let mut access = Items { text: self.text, items: items.iter(), value: None };
        let value = visitor.visit_seq(&mut access)?;
        // A tuple that is longer than its type is for the long way to refuse.
        if access.items.next().is_none() { Ok(value) } else { Err(Unsure) }
    }

    fn tuple<V: Visitor<'a>>(self, items: &'a [Item], len: usize, visitor: V) -> Result<V::Value, Unsure> {
        if items.len() == len { self.seq(items, visitor) } else { Err(Unsure) }
    }

    fn fields<V: Visitor<'a>>(self, items: &'a [Item], visitor: V) -> Result<V::Value, Unsure> {
        let mut access = Items { text: self.text, items: items.iter(), value: None };
        visitor.visit_map(&mut access)
    }

    /// A number as the planner prints it: a sign, digits without a leading zero, and where it may a point and digits.
    fn number<N: std::str::FromStr>(self, with_point: bool) -> Result<N, Unsure> {
        let token = self.token()?;
        let digits = |part: &str| !part.is_empty() && part.bytes().all(|byte| byte.is_ascii_digit());
        let unsigned = token.strip_prefix('-').unwrap_or(token);
        let (whole, rest) = unsigned.split_once('.').map_or((unsigned, None), |(whole, rest)| (whole, Some(rest)));
        let plain = digits(whole) && (whole.len() == 1 || !whole.starts_with('0')) && rest.is_none_or(digits);
        if plain && (with_point || rest.is_none()) { token.parse().map_err(|_| Unsure) } else { Err(Unsure) }
    }
}

/// Names that mean something of their own to RON.
fn is_special(name: &str) -> bool {
    match name.as_bytes() {
        [b'r', b'#', ..] => true,
        // A look at the first letter spares most names the others.
        [b'S' | b'N' | b't' | b'f' | b'i', ..] => {
            matches!(name, "Some" | "None" | "true" | "false" | "inf" | "NaN" | "inff32" | "inff64")
        }
        _ => false,
    }
}

/// The content of a text in quotation marks, its escapes resolved; only those that the planner writes.
fn unquoted(token: &str) -> Result<std::borrow::Cow<'_, str>, Unsure> {
    let [b'"', bytes @ .., b'"'] = token.as_bytes() else { return Err(Unsure) };
    let inner = &token[1..=bytes.len()];
    if !bytes.contains(&b'\\') {
        return Ok(inner.into());
    }
    let mut out = String::with_capacity(inner.len());
    let mut chars = inner.chars();
    while let Some(c) = chars.next() {
        out.push(match c {
            '\\' => match chars.next() {
                Some('"') => '"',
                Some('\\') => '\\',
                Some('n') => '\n',
                Some('t') => '\t',
                Some('r') => '\r',
                _ => return Err(Unsure),
            },
            plain => plain,
        });
    }
    Ok(out.into())
}

macro_rules! numbers {
    ($($method:ident $visit:ident $with_point:literal),*) => {$(
        fn $method<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Unsure> {
            visitor.$visit(self.number($with_point)?)
        }
    )*};
}

macro_rules! unsure {
    ($($method:ident($($argument:ident: $type:ty),*))*) => {$(
        fn $method<V: Visitor<'de>>(self, $($argument: $type,)* _: V) -> Result<V::Value, Unsure> {
            Err(Unsure)
        }
    )*};
}

impl<'de> Deserializer<'de> for Plain<'de> {
    type Error = Unsure;

    numbers! {
        deserialize_i8 visit_i8 false, deserialize_i16 visit_i16 false, deserialize_i32 visit_i32 false,
        deserialize_i64 visit_i64 false, deserialize_u8 visit_u8 false, deserialize_u16 visit_u16 false,
        deserialize_u32 visit_u32 false, deserialize_u64 visit_u64 false, deserialize_f32 visit_f32 true,
        deserialize_f64 visit_f64 true
    }

    unsure! {
        deserialize_any() deserialize_ignored_any() deserialize_char() deserialize_bytes() deserialize_byte_buf()
        deserialize_unit() deserialize_unit_struct(_name: &'static str) deserialize_newtype_struct(_name: &'static str)
        deserialize_identifier()
    }

    fn deserialize_bool<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Unsure> {
        match self.token()? {
            "true" => visitor.visit_bool(true),
            "false" => visitor.visit_bool(false),
            _ => Err(Unsure),
        }
    }

    fn deserialize_str<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Unsure> {
        visitor.visit_str(&unquoted(self.token()?)?)
    }

    fn deserialize_string<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Unsure> {
        self.deserialize_str(visitor)
    }

    fn deserialize_option<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Unsure> {
        let named = self.node.name.clone().map(|name| &self.text[name]);
        if named.is_some_and(is_special) { Err(Unsure) } else { visitor.visit_some(self) }
    }

    fn deserialize_seq<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Unsure> {
        let items = self.group(b'[')?;
        self.seq(items, visitor)
    }

    fn deserialize_tuple<V: Visitor<'de>>(self, len: usize, visitor: V) -> Result<V::Value, Unsure> {
        let items = self.group(b'(')?;
        self.tuple(items, len, visitor)
    }

    fn deserialize_tuple_struct<V: Visitor<'de>>(self, _: &'static str, _: usize, _: V) -> Result<V::Value, Unsure> {
        Err(Unsure)
    }

    fn deserialize_map<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Unsure> {
        let items = self.group(b'{')?;
        let texts = items.iter().all(|item| item.key.as_ref().is_some_and(|key| self.text[key.clone()].starts_with('"')));
        if texts { self.fields(items, visitor) } else { Err(Unsure) }
    }

    fn deserialize_struct<V: Visitor<'de>>(
        self,
        _: &'static str,
        _: &'static [&'static str],
        visitor: V,
    ) -> Result<V::Value, Unsure> {
        let items = named(self, self.group(b'(')?)?;
        self.fields(items, visitor)
    }

    fn deserialize_enum<V: Visitor<'de>>(
        self,
        _: &'static str,
        _: &'static [&'static str],
        visitor: V,
    ) -> Result<V::Value, Unsure> {
        visitor.visit_enum(self)
    }
}

/// Items, where each has the name of a field.
fn named<'a>(of: Plain<'a>, items: &'a [Item]) -> Result<&'a [Item], Unsure> {
    let is_name = |key: &Range<usize>| {
        let name = &of.text[key.clone()];
        matches!(name.as_bytes(), [b'a'..=b'z' | b'A'..=b'Z' | b'_', ..]) && !is_special(name)
    };
    if items.iter().all(|item| item.key.as_ref().is_some_and(is_name)) { Ok(items) } else { Err(Unsure) }
}

/// The items of a group, one after the other.
struct Items<'a> {
    text: &'a str,
    items: std::slice::Iter<'a, Item>,
    /// The value that belongs to the key that was last given.
    value: Option<&'a Node>,
}

impl<'de> SeqAccess<'de> for &mut Items<'de> {
    type Error = Unsure;

    fn next_element_seed<T: DeserializeSeed<'de>>(&mut self, seed: T) -> Result<Option<T::Value>, Unsure> {
        let next = self.items.next();
        next.map(|item| seed.deserialize(Plain { text: self.text, node: &item.value })).transpose()
    }
}

impl<'de> MapAccess<'de> for &mut Items<'de> {
    type Error = Unsure;

    fn next_key_seed<K: DeserializeSeed<'de>>(&mut self, seed: K) -> Result<Option<K::Value>, Unsure> {
        let Some(item) = self.items.next() else { return Ok(None) };
        self.value = Some(&item.value);
        let key = &self.text[item.key.clone().ok_or(Unsure)?];
        let key = if key.as_bytes().first() == Some(&b'"') { unquoted(key)? } else { key.into() };
        seed.deserialize(StrDeserializer::<Unsure>::new(&key)).map(Some)
    }

    fn next_value_seed<T: DeserializeSeed<'de>>(&mut self, seed: T) -> Result<T::Value, Unsure> {
        let node = self.value.take().ok_or(Unsure)?;
        seed.deserialize(Plain { text: self.text, node })
    }
}

impl<'de> EnumAccess<'de> for Plain<'de> {
    type Error = Unsure;
    type Variant = Self;

    fn variant_seed<T: DeserializeSeed<'de>>(self, seed: T) -> Result<(T::Value, Self), Unsure> {
        let variant = seed.deserialize(StrDeserializer::<Unsure>::new(self.variant()?))?;
        Ok((variant, self))
    }
}

impl<'de> VariantAccess<'de> for Plain<'de> {
    type Error = Unsure;

    fn unit_variant(self) -> Result<(), Unsure> {
        self.token().map(|_| ())
    }

    fn newtype_variant_seed<T: DeserializeSeed<'de>>(self, seed: T) -> Result<T::Value, Unsure> {
        let [Item { key: None, value }] = &self.node.items[..] else { return Err(Unsure) };
        // Whether a comma may stand before the bracket is for the long way to know.
        let behind = &self.text[value.range.end..self.node.range.end - 1];
        if behind.trim().is_empty() { seed.deserialize(self.at(value)) } else { Err(Unsure) }
    }

    fn tuple_variant<V: Visitor<'de>>(self, len: usize, visitor: V) -> Result<V::Value, Unsure> {
        self.tuple(&self.node.items, len, visitor)
    }

    fn struct_variant<V: Visitor<'de>>(self, _: &'static [&'static str], visitor: V) -> Result<V::Value, Unsure> {
        if self.node.open.is_none() {
            return Err(Unsure);
        }
        let items = named(self, &self.node.items)?;
        self.fields(items, visitor)
    }
}

#[cfg(test)]
mod tests {
    use rand::seq::IndexedRandom;
    use rand::{RngExt, SeedableRng};
    use rand_chacha::ChaCha8Rng;

    use super::super::problem::Lines;
    use super::super::shape::FileShape;
    use super::super::{open, outline};
    use super::*;
    use crate::model::Document;

    const SAMPLES: [&str; 3] = [
        include_str!("../../funnels/every-step-kind.ron"),
        include_str!("../../funnels/day3-mistake.ron"),
        include_str!("../../funnels/win-back.ron"),
    ];

    /// What each way reads; `None` where it does not.
    fn ways(text: &str) -> (Option<Document>, Option<Document>) {
        let (lines, outline) = (Lines::new(text), outline::outline(text));
        let short = read::<FileShape>(text, &outline).map(Document::from);
        (short, open::the_long_way::<FileShape>(text, &lines, &outline).ok().map(Document::from))
    }

    #[test]
    fn what_the_planner_writes_goes_the_short_way_and_reads_alike() {
        for text in SAMPLES {
            let (short, long) = ways(text);
            assert!(short.is_some() && short == long);
        }
    }

    #[test]
    fn whatever_goes_the_short_way_reads_alike_on_the_long_one() {
        let mut rng = ChaCha8Rng::seed_from_u64(20_261_122);
        let strange = [
            ",",
            "(",
            ")",
            "[",
            "]",
            ":",
            "1",
            "-0",
            "007",
            "1e3",
            "0x10",
            "1_0",
            "+1",
            "1.",
            ".5",
            "-2",
            "3.25",
            "300",
            "Some",
            "None",
            "true",
            "inf",
            "'a'",
            "\"\"",
            "\"\\u{41}\"",
            "\"\\n\"",
            "r\"x\"",
            "r#id",
            "/* c */",
            "// c\n",
            "()",
            "Lost",
            "id: \"x\",",
        ];
        let mut short_ways = 0;
        for round in 0..800 {
            // The small ones, so that many changes can be tried.
            let text = SAMPLES[1 + round % 2];
            let tokens = outline::outline(text).tokens;
            let at = rng.random_range(0..tokens.len());
            let token = tokens[at].range.clone();
            let (before, after) = (&text[..token.start], &text[token.end..]);
            let itself = &text[token.clone()];
            let other = strange.choose(&mut rng).expect("there are some");
            let of_its_kind: Vec<_> = tokens.iter().filter(|other| other.kind == tokens[at].kind).collect();
            let changed = match rng.random_range(0..6) {
                0 => format!("{before}{after}"),
                1 => format!("{before}{itself} {itself}{after}"),
                2 => format!("{before}{other}{after}"),
                3 => format!("{before}{itself} {other}{after}"),
                4 => format!("{before}{}{after}", &text[tokens.choose(&mut rng).expect("there are some").range.clone()]),
                _ => format!("{before}{}{after}", &text[of_its_kind.choose(&mut rng).expect("itself").range.clone()]),
            };
            let (short, long) = ways(&changed);
            if short.is_some() {
                short_ways += 1;
                assert_eq!(short, long, "{itself} at {} in round {round}: {other}", token.start);
            }
        }
        assert!(short_ways > 100, "some changes go the short way: {short_ways}");
    }

    #[test]
    fn what_is_not_written_plainly_goes_the_long_way() {
        let file = |steps: &str| format!("(format: 1, name: \"A\", steps: [{steps}])");
        let ways = |text: &str| {
            let (short, long) = ways(text);
            (short.is_some(), long.is_some())
        };
        assert_eq!(ways(&file("(id: \"a\", kind: Exit(Lost))")), (true, true));
        for steps in [
            "(id: \"\\u{61}\", kind: Exit(Lost))",
            "(id: r\"a\", kind: Exit(Lost))",
            "(id: \"a\", at: (1e1, 2.5e0), kind: Exit(Lost))",
        ] {
            assert_eq!(ways(&file(steps)), (false, true), "{steps}");
        }
        for steps in
            ["(id: \"a\" kind: Exit(Lost))", "(id: \"a\",, kind: Exit(Lost))", ",", "(id: \"a\", kind: Exit(Lost), x: 1)"]
        {
            assert_eq!(ways(&file(steps)), (false, false), "{steps}");
        }
        assert_eq!(ways("#![enable(unwrap_newtypes)] (format: 1, name: \"A\", steps: [])"), (false, true));
    }
}
