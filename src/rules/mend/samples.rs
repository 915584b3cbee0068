//! Samples for the variables of a template: what could be real, guessed from the words beside them.

use crate::edit::Edit;
use crate::model::{Button, Header, Template};
use crate::rules::diagnostic::{Diagnostic, Fix};
use crate::rules::facts::Facts;
use crate::rules::variables::{braced, slots};

use super::library::found;
use super::phrases::Phrases;

/// Where words like these stand before a variable, or in its name, it is likely such a thing.
const NAMES: [&str; 14] =
    ["hi", "hello", "dear", "oi", "olá", "ola", "hola", "hallo", "liebe", "bonjour", "ciao", "name", "nome", "nombre"];
const CODES: [&str; 9] = ["code", "coupon", "cupom", "cupón", "código", "gutschein", "codice", "voucher", "promo"];
const DAYS: [&str; 12] = ["until", "on", "até", "hasta", "bis", "am", "jusqu'au", "fino", "date", "data", "fecha", "day"];
/// For the end of an address.
const ADDRESS: &str = "offer";
/// For what nothing is known of.
const ANYTHING: &str = "1234";

/// Makes the samples such that Meta takes them: takes out what it refuses, and fills in what is missing.
pub(in crate::rules) fn sampled(facts: &Facts<'_>, diagnostic: &Diagnostic) -> Vec<Fix> {
    let mut fixes = super::library::cleaned_samples(facts, diagnostic);
    fixes.extend(filled(facts, diagnostic));
    fixes
}

fn filled(facts: &Facts<'_>, diagnostic: &Diagnostic) -> Option<Fix> {
    let (place, template) = found(facts, diagnostic)?;
    let phrases = Phrases::or_english(&template.language);
    let mut after = template.clone();
    let mut told = Vec::new();
    for (is_address, text) in texts(template) {
        for slot in slots(text) {
            let name = slot.name.trim();
            if name.is_empty() || after.samples.get(name).is_some_and(|sample| !sample.trim().is_empty()) {
                continue;
            }
            let sample = if is_address { ADDRESS } else { likely(name, &text[..slot.start], phrases) };
            after.samples.insert(name.to_owned(), sample.to_owned());
            told.push(format!("{} “{sample}”", braced(name)));
        }
    }
    if told.is_empty() {
        return None;
    }
    let what = if told.len() == 1 { "the sample" } else { "the samples" };
    let title = format!("Fill in {what} {}", told.join(", "));
    Some(Fix::safe("fill-samples", title, Edit::ReplaceTemplate(place, after)))
}

/// What a variable is likely to be, by its name and by the words before it.
fn likely(name: &str, before: &str, phrases: &Phrases) -> &'static str {
    let is_word = |c: char| c.is_alphanumeric() || c == '\'';
    let words = |text: &str| -> Vec<String> {
        text.to_lowercase().split(|c| !is_word(c)).filter(|word| !word.is_empty()).map(str::to_owned).collect()
    };
    let near: Vec<String> = words(before).into_iter().rev().take(3).collect();
    let own = words(&name.replace('_', " "));
    let among = |known: &[&str], words: &[String]| words.iter().any(|word| known.contains(&word.as_str()));
    let kinds = [(&CODES[..], phrases.code), (&DAYS[..], phrases.day), (&NAMES[..], phrases.name)];
    // The name says more than the words around, and the nearest word more than one that is further off.
    let by_name = kinds.iter().find(|(known, _)| among(known, &own));
    let by_words = || near.iter().find_map(|word| kinds.iter().find(|(known, _)| known.contains(&word.as_str())));
    by_name.or_else(by_words).map_or(ANYTHING, |(_, sample)| sample)
}

/// The texts that may hold variables, and whether each is an address.
fn texts(template: &Template) -> Vec<(bool, &str)> {
    let header = if let Some(Header::Text(text)) = &template.header { text.as_str() } else { "" };
    let mut texts = vec![(false, header), (false, template.body.as_str())];
    texts.extend(template.buttons.iter().filter_map(|button| match button {
        Button::Url { url, .. } => Some((true, url.as_str())),
        _ => None,
    }));
    texts
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn samples_are_guessed_from_the_words_beside_them() {
        let english = Phrases::or_english("en");
        let of = |name: &str, before: &str| likely(name, before, english);
        assert_eq!((of("1", "Hi "), of("2", "Your code is "), of("3", "It is valid until ")), ("Ana", "SAVE10", "Sunday"));
        assert_eq!((of("first_name", "For "), of("coupon", "Use ")), ("Ana", "SAVE10"));
        assert_eq!(of("1", "Your order "), ANYTHING);
    }
}
