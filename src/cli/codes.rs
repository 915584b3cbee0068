//! Codes as a person names them: `W001`, `w001`, its name, or the letter of a whole family.

use crate::rules::{RULES, rule};

/// The beginning of some codes, in capitals: `W`, or `W001` for that one alone.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Codes(String);

/// Reads what a person calls a code or a family of codes.
///
/// # Errors
/// A sentence with the nearest that there is.
pub fn codes(named: &str) -> Result<Codes, String> {
    let named = named.trim();
    if let Some(rule) = rule(named) {
        return Ok(Codes(rule.code.to_owned()));
    }
    let beginning = named.to_uppercase();
    if !named.is_empty() && RULES.iter().any(|rule| rule.code.starts_with(&beginning)) {
        return Ok(Codes(beginning));
    }
    Err(format!("there is no diagnostic `{named}`{}; transom explain lists them", nearest(named)))
}

/// `, did you mean W001?` where some code or name looks much like it.
pub fn nearest(code: &str) -> String {
    let wanted = code.to_lowercase();
    let near = RULES.iter().map(|rule| {
        let by_code = strsim::jaro_winkler(&wanted, &rule.code.to_lowercase());
        (by_code.max(strsim::jaro_winkler(&wanted, rule.name)), rule.code)
    });
    let best = near.filter(|(likeness, _)| *likeness > 0.8).max_by(|a, b| a.0.total_cmp(&b.0));
    best.map(|(_, code)| format!(", did you mean {code}?")).unwrap_or_default()
}

/// Whether a code is to be shown: where nothing is selected all are, and of two that name it the narrower counts.
pub fn shows(select: &[Codes], ignore: &[Codes], code: &str) -> bool {
    let narrowest =
        |named: &[Codes]| named.iter().filter(|codes| code.starts_with(&codes.0)).map(|codes| codes.0.len()).max();
    let selected = if select.is_empty() { Some(0) } else { narrowest(select) };
    selected.is_some_and(|selected| narrowest(ignore).is_none_or(|ignored| ignored < selected))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn codes_are_named_by_code_letter_or_name() {
        let of = |named: &str| codes(named).map(|codes| codes.0);
        assert_eq!(of("w001"), Ok("W001".to_owned()));
        assert_eq!(of("free-form-outside-window"), Ok("W001".to_owned()));
        assert_eq!((of("T"), of(" t01 ")), (Ok("T".to_owned()), Ok("T01".to_owned())));
        assert!(of("W01").unwrap_err().contains("did you mean W001?"));
        assert!(of("").is_err() && of("X").is_err());
    }

    #[test]
    fn the_narrower_of_two_counts() {
        let all = |named: &[&str]| named.iter().map(|named| codes(named).unwrap()).collect::<Vec<_>>();
        let shown = |select: &[&str], ignore: &[&str], code: &str| shows(&all(select), &all(ignore), code);
        assert!(shown(&[], &[], "W001") && shown(&["W"], &[], "W001") && !shown(&["T"], &[], "W001"));
        assert!(!shown(&[], &["W"], "W001") && shown(&[], &["W"], "T001"));
        assert!(shown(&["W001"], &["W"], "W001") && !shown(&["W"], &["W001"], "W001") && shown(&["W"], &["W001"], "W002"));
        assert!(!shown(&["W001"], &["W001"], "W001"), "what is ignored in so many words is not shown");
    }
}
