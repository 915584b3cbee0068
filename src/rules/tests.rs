//! What a person relies on beyond the examples of the rules: dates, fall-backs, doubt and order.

mod allowed;
mod as_meta_judged;
mod consent;
mod frequency;
mod content;
mod library;
mod mended;
mod platform;
mod tier;

use std::sync::Arc;

use super::*;
use crate::file;
use crate::model::{Funnel, LocalTime};

fn funnel(parts: &str) -> Arc<Funnel> {
    let audience = "audience: (market: \"BR\", timezone: \"America/Sao_Paulo\", size: 100)";
    let text = format!("(format: 1, name: \"Test\", {audience}, {parts})");
    file::parse(&text, "test").unwrap_or_else(|error| panic!("{error}")).document.funnel.clone()
}

fn at(time: &str) -> LocalTime {
    time.parse().unwrap()
}

fn judged(funnel: &Funnel) -> Judgement {
    judge(funnel, &crate::policy::standard(), at("2026-11-22T12:00:00"))
}

fn codes(judgement: &Judgement) -> Vec<&'static str> {
    judgement.diagnostics.iter().map(|diagnostic| diagnostic.code).collect()
}

/// One template, sent to people who agreed to it.
fn sending(template: &str, launch: &str) -> Arc<Funnel> {
    funnel(&format!(
        r#"{launch} templates: [(name: "news", language: "pt_BR", category: Utility, body: "Oi", {template})],
        steps: [
            (id: "list", kind: Entry(channel: BusinessInitiated)),
            (id: "news", title: "News", kind: Message(purpose: Utility, send: Template("news"))),
            (id: "out", kind: Exit(Lost)),
        ], links: [(from: "list", to: "news"), (from: "news", to: "out")]"#
    ))
}

#[test]
fn a_template_under_review_counts_from_its_submission() {
    // Approval takes 72 hours at most: submitted on the 20th at 10:00, it is there by the 23rd at 10:00.
    let template = "status: Pending, submitted: \"2026-11-20T10:00:00\"";
    let in_time = judged(&sending(template, "launch: \"2026-11-23T10:00:00\","));
    assert_eq!(in_time.templates[0].approved_by, Some(at("2026-11-23T10:00:00")));
    assert_eq!((codes(&in_time), in_time.diagnostics[0].severity), (vec!["T002"], Severity::Warning));
    let late = judged(&sending(template, "launch: \"2026-11-23T09:59:59\","));
    assert_eq!(codes(&late), ["T002", "T004"]);
    assert!(late.diagnostics.iter().all(|diagnostic| diagnostic.severity == Severity::Error));
    assert!(late.diagnostics[1].message.contains("submitted on 2026-11-20 10:00"), "{}", late.diagnostics[1].message);
}

#[test]
fn without_a_launch_nothing_is_late_and_no_date_is_made_up() {
    let judgement = judged(&sending("status: Draft", ""));
    assert_eq!((codes(&judgement), judgement.diagnostics[0].severity), (vec!["T002"], Severity::Warning));
    assert_eq!((judgement.templates[0].submit_by, judgement.templates[0].late), (None, false));
}

#[test]
fn submission_dates_count_real_hours_across_a_clock_change() {
    let mut funnel = Funnel::clone(&sending("status: Draft", "launch: \"2027-03-30T09:00:00\","));
    funnel.audience.timezone = "Europe/Berlin".to_owned();
    // The clocks go forward on the 28th, so 72 hours before 09:00 it was 08:00.
    assert_eq!(judged(&funnel).templates[0].submit_by, Some(at("2027-03-27T08:00:00")));
}

#[test]
fn a_fall_back_that_no_journey_needs_is_not_required() {
    let with_wait = |wait: &str| {
        judged(&funnel(&format!(
            r#"templates: [(name: "news", language: "pt_BR", category: Utility, body: "Oi")],
            steps: [
                (id: "in", kind: Entry(channel: UserMessage)),
                (id: "wait", kind: Wait(For("{wait}"))),
                (id: "news", kind: Message(purpose: Utility, send: FreeFormOrTemplate(Text("Oi"), "news"))),
                (id: "out", kind: Exit(Lost)),
            ], links: [(from: "in", to: "wait"), (from: "wait", to: "news"), (from: "news", to: "out")]"#
        )))
    };
    let inside = with_wait("3h");
    assert_eq!((codes(&inside), inside.templates[0].required), (vec![], false));
    let outside = with_wait("30h");
    assert_eq!((codes(&outside), outside.templates[0].required), (vec!["T002"], true));
}

#[test]
fn what_cannot_be_proved_is_said_and_never_called_inside() {
    let mut funnel = Funnel::clone(&funnel(
        r#"steps: [
            (id: "in", kind: Entry(channel: UserMessage)),
            (id: "hello", title: "Hello", kind: Message(purpose: Service, send: FreeForm(Text("Oi")))),
            (id: "out", kind: Exit(Lost)),
        ], links: [(from: "in", to: "hello"), (from: "hello", to: "out")]"#,
    ));
    assert_eq!(codes(&judged(&funnel)), Vec::<&str>::new());
    funnel.audience.timezone = "Mars/Olympus".to_owned();
    let judgement = judged(&funnel);
    assert!(codes(&judgement).contains(&"W006"), "{:?}", codes(&judgement));
    let doubt = judgement.diagnostics.iter().find(|diagnostic| diagnostic.code == "W006").unwrap();
    assert!(doubt.message.contains("Mars/Olympus"), "{}", doubt.message);
}

#[test]
fn the_worst_comes_first_and_then_the_order_of_the_funnel() {
    let judgement = judged(&funnel(
        r#"steps: [
            (id: "island", kind: Exit(Lost)),
            (id: "in", kind: Entry(channel: UserMessage)),
            (id: "w1", kind: Wait(For("30h"))),
            (id: "first", kind: Message(purpose: Service, send: FreeForm(Text("One")))),
            (id: "second", kind: Message(purpose: Service, send: Template("none"))),
            (id: "third", kind: Message(purpose: Service, send: FreeForm(Text("Three")))),
        ], links: [
            (from: "in", to: "w1"), (from: "w1", to: "first"), (from: "first", to: "second"), (from: "second", to: "third"),
        ]"#,
    ));
    let order: Vec<(&str, &str)> = judgement
        .diagnostics
        .iter()
        .map(|diagnostic| (diagnostic.code, diagnostic.step().map(|step| step.as_str()).unwrap_or_default()))
        .collect();
    let expected = [("W001", "first"), ("T001", "second"), ("W001", "third"), ("S001", "island"), ("S002", "third")];
    assert_eq!(order, expected);
}

#[test]
fn a_mender_keeps_to_its_budget() {
    let waits: Vec<String> = (0..2_100).map(|at| format!("(id: \"w{at}\", kind: Wait(For(\"1m\")))")).collect();
    let links: Vec<String> = (1..2_100).map(|at| format!("(from: \"w{}\", to: \"w{at}\")", at - 1)).collect();
    let parts = format!(
        r#"steps: [(id: "in", kind: Entry(channel: UserMessage)), {},
        (id: "end", kind: Message(purpose: Service, send: FreeForm(Text("End"))))],
        links: [(from: "in", to: "w0"), {}, (from: "w2099", to: "end")]"#,
        waits.join(", "),
        links.join(", ")
    );
    let funnel = funnel(&parts);
    let judgement = judged(&funnel);
    assert_eq!(codes(&judgement), ["W001", "S002"]);
    let fixes =
        |budget| Mender::new(&judgement, &funnel, at("2026-11-22T12:00:00"), budget).fixes(&judgement.diagnostics[0]).len();
    assert_eq!((fixes(2_000), fixes(40_000) > 0), (0, true));
}
