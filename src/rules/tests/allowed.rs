//! What a person relies on about suppressions: they take out what they name, where they stand, and nothing else.

use super::*;
use crate::model::Document;
use crate::{edit, file::Remarks};

/// Two messages outside the window, with what is allowed in the funnel and at the second.
fn two(funnel_allows: &str, step_allows: &str) -> Arc<Funnel> {
    funnel(&format!(
        r#"allow: [{funnel_allows}], steps: [
            (id: "in", kind: Entry(channel: UserMessage)),
            (id: "wait", kind: Wait(For("30h"))),
            (id: "one", title: "One", kind: Message(purpose: Service, send: FreeForm(Text("Um")))),
            (id: "two", title: "Two", allow: [{step_allows}], kind: Message(purpose: Service, send: FreeForm(Text("Dois")))),
            (id: "out", kind: Exit(Lost)),
        ], links: [
            (from: "in", to: "wait"), (from: "wait", to: "one"), (from: "one", to: "two"), (from: "two", to: "out"),
        ]"#
    ))
}

const W001: &str = r#"(code: "W001", why: "Known")"#;

fn places(judgement: &Judgement) -> Vec<(&'static str, Option<&str>)> {
    judgement.diagnostics.iter().map(|found| (found.code, found.step().map(|id| id.as_str()))).collect()
}

#[test]
fn a_step_allows_at_itself_and_the_funnel_everywhere() {
    assert_eq!(places(&judged(&two("", ""))), [("W001", Some("one")), ("W001", Some("two"))]);
    let at_step = judged(&two("", W001));
    assert_eq!(places(&at_step), [("W001", Some("one"))]);
    let [allowed] = &at_step.suppressed[..] else { panic!("{:?}", at_step.suppressed) };
    assert_eq!((allowed.diagnostic.code, allowed.why.as_str()), ("W001", "Known"));
    let everywhere = judged(&two(W001, ""));
    assert_eq!((places(&everywhere), everywhere.suppressed.len()), (vec![], 2));
    let both = judged(&two(W001, W001));
    assert_eq!((places(&both), both.suppressed.len()), (vec![], 2), "each suppresses one of the two");
}

#[test]
fn a_suppression_that_suppresses_nothing_is_told_and_one_of_two_that_are_the_same() {
    let other = r#"(code: "W004", why: "Known")"#;
    assert_eq!(places(&judged(&two("", other)))[2], ("A001", Some("two")));
    assert_eq!(places(&judged(&two(other, "")))[2], ("A001", None));
    assert_eq!(places(&judged(&two("", &format!("{W001}, {W001}")))), [("W001", Some("one")), ("A001", Some("two"))]);
    let template = r#"allow: [(code: "T002", why: "It stands at the step")], status: Draft"#;
    assert_eq!(codes(&judged(&sending(template, ""))), ["T002", "A001"]);
}

#[test]
fn a_code_that_nobody_has_is_an_error_with_the_nearest_one() {
    for (written, near) in [("w001", "W001"), ("WOO1", "W001"), ("free-form-outside-window", "W001"), ("T01O", "T010")] {
        let judgement = judged(&two("", &format!(r#"(code: "{written}", why: "Known")"#)));
        let found = judgement.diagnostics.iter().find(|found| found.code == "A002").expect("told");
        assert_eq!((found.severity, found.help.clone()), (Severity::Error, Some(format!("Did you mean {near}?"))));
        assert!(!codes(&judgement).contains(&"A001"), "one word about it is enough");
    }
}

#[test]
fn what_is_allowed_is_written_read_and_allowed_no_longer() {
    let before = two("", "");
    let document = Document { funnel: Arc::clone(&before), ..Document::default() };
    let found = judged(&before).diagnostics[1].clone();
    let allowed = edit::apply(&document, &allow(&before, &found, " Sent by hand ").unwrap()).unwrap();
    let judgement = judged(&allowed.funnel);
    assert_eq!((places(&judgement), judgement.suppressed[0].why.as_str()), (vec![("W001", Some("one"))], "Sent by hand"));
    let text = file::write(&allowed, &Remarks::default());
    assert!(text.contains(r#"allow: [(code: "W001", why: "Sent by hand")], kind"#), "{text}");
    assert_eq!(file::parse(&text, "again").unwrap().document.funnel, allowed.funnel);
    let again = disallow(&allowed.funnel, &judgement.suppressed[0].diagnostic).unwrap();
    assert_eq!(edit::apply(&allowed, &again).unwrap().funnel, before);
    assert!(edit::apply(&document, &allow(&before, &found, "  ").unwrap()).is_err(), "a reason is needed");
}
