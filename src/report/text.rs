//! The report for people, with the funnel's own lines.

use std::ops::Range;

use super::draw::Drawing;
use super::story;
use crate::engine::{Journey, Verdict};
use crate::file::{ReadError, Source};
use crate::model::{Expect, Funnel, Sent};
use crate::rules::{Diagnostic, Fix, Judgement, Place, Severity, Shown, show};

/// What is longer than this is marked by its head alone.
const LONGEST_MARK: usize = 48;

/// Every finding on a funnel, and one line that sums them up. In colours; a stream that is no terminal takes them off.
/// `fixes` holds those of each finding, in order.
pub fn text(source: &Source, funnel: &Funnel, judgement: &Judgement, fixes: &[Vec<Fix>]) -> String {
    let found = judgement.diagnostics.iter().zip(fixes);
    let drawn = found.map(|(diagnostic, fixes)| draw(source, funnel, judgement, diagnostic, fixes));
    drawn.collect::<String>() + &summary(&source.name, funnel, judgement)
}

/// Why a file could not be read, each problem at its place.
pub fn unreadable(error: &ReadError) -> String {
    let drawn = error.problems.iter().map(|problem| {
        let drawing = Drawing {
            severity: Severity::Error,
            code: None,
            title: problem.found.clone(),
            file: &error.file,
            text: &error.text,
            span: (problem.line > 0).then(|| problem.span.clone()),
            label: &problem.expected,
            notes: if problem.line == 0 && !problem.expected.is_empty() {
                vec![problem.expected.clone()]
            } else {
                Vec::new()
            },
            help: problem.help.as_ref().map(|name| format!("did you mean `{name}`?")),
            proved: Vec::new(),
        };
        drawing.render()
    });
    drawn.collect()
}

/// An expectation of a scenario that was not met, drawn at its place in the file, with what came of it and why.
pub fn unmet(source: &Source, funnel: &Funnel, (scenario, index): (usize, usize), journey: &Journey, why: String) -> String {
    let kept = &funnel.scenarios[scenario];
    let Expect { step, sent } = &kept.expect[index];
    let name = funnel.step(step).map_or(step.as_str(), |step| step.name());
    let drawing = Drawing {
        severity: Severity::Error,
        code: None,
        title: format!("\"{}\": {}, but it {}", kept.name, expected(name, *sent), happened(journey.sent_by(step))),
        file: &source.name,
        text: &source.text,
        span: source.expectation(scenario, index),
        label: "expected here",
        notes: vec![why, format!("a journey {}", story::lines_to(funnel, journey, step).join("\n  "))],
        help: None,
        proved: Vec::new(),
    };
    drawing.render()
}

fn draw(source: &Source, funnel: &Funnel, judgement: &Judgement, diagnostic: &Diagnostic, fixes: &[Fix]) -> String {
    let mut notes = Vec::new();
    if let Some(shown) = shown_by(judgement, diagnostic) {
        notes.push(format!("shown by a journey {}", story::shown_lines(funnel, &shown).join("\n  ")));
    }
    let drawing = Drawing {
        severity: diagnostic.severity,
        code: Some(diagnostic.code),
        title: diagnostic.message.clone(),
        file: &source.name,
        text: &source.text,
        span: place(source, diagnostic),
        label: diagnostic.name,
        notes,
        help: diagnostic.help.clone(),
        proved: fixes.iter().map(|fix| fix.title.clone()).collect(),
    };
    drawing.render()
}

/// Beside W001, W002 and W004 the same journey would stand twice, so W005 leaves it out.
fn shown_by(judgement: &Judgement, diagnostic: &Diagnostic) -> Option<Shown> {
    let story = diagnostic.witness.as_ref().filter(|_| diagnostic.code != "W005")?;
    show(&judgement.policy, &judgement.proof, story.clone(), diagnostic.step()?, diagnostic.shows)
}

/// Where in the file a diagnostic is drawn: at its part, and where the file leaves that out, at what names its place.
fn place(source: &Source, diagnostic: &Diagnostic) -> Option<Range<usize>> {
    let part = diagnostic.part;
    let span = match &diagnostic.place {
        Place::Funnel => source.field(part).or_else(|| source.audience_field(part)).or_else(|| source.field("name")),
        Place::Template(index) => source.template_field(*index, part).or_else(|| source.template_field(*index, "name")),
        Place::Step(id) => source.step_field(id, part).or_else(|| source.step_field(id, "id")).or_else(|| source.step(id)),
    };
    span.map(|span| shortened(&source.text, span))
}

/// Of something long only what it begins with: `FreeForm` of a message that fills the line.
fn shortened(text: &str, span: Range<usize>) -> Range<usize> {
    let long = text.get(span.clone()).filter(|part| part.chars().count() > LONGEST_MARK || part.contains('\n'));
    let named = |head: &usize| *head > 0 && text[span.start..span.start + head].chars().all(char::is_alphanumeric);
    let head = long.and_then(|part| part.find('(')).filter(named);
    span.start..head.map_or(span.end, |head| span.start + head)
}

/// `day3.ron: 4 sending steps: 3 inside, 1 outside; 1 error, 2 warnings`
fn summary(file: &str, funnel: &Funnel, judgement: &Judgement) -> String {
    let sending = funnel.steps.iter().zip(&judgement.proof.steps).filter(|(step, _)| step.message().is_some());
    let verdicts: Vec<Verdict> = sending.map(|(_, proof)| proof.verdict).collect();
    let of = |wanted: Verdict| verdicts.iter().filter(|verdict| **verdict == wanted).count();
    let parts = [
        (of(Verdict::Inside), "inside"),
        (of(Verdict::Sometimes), "sometimes"),
        (of(Verdict::Outside), "outside"),
        (of(Verdict::Unreachable), "unreachable"),
    ];
    let verdicts_in_words: Vec<String> =
        parts.iter().filter(|(n, _)| *n > 0).map(|(n, word)| format!("{n} {word}")).collect();
    let found = |severity: Severity| judgement.diagnostics.iter().filter(|found| found.severity == severity).count();
    let found: Vec<String> = [
        (found(Severity::Error), "error", "errors"),
        (found(Severity::Warning), "warning", "warnings"),
        (found(Severity::Info), "note", "notes"),
    ]
    .iter()
    .filter(|(n, _, _)| *n > 0)
    .map(|(n, one, many)| format!("{n} {}", if *n == 1 { one } else { many }))
    .collect();
    let found = if found.is_empty() { "nothing found".to_owned() } else { found.join(", ") };
    let steps = if verdicts.len() == 1 { "step" } else { "steps" };
    let verdicts_in_words = if verdicts.is_empty() { String::new() } else { format!(": {}", verdicts_in_words.join(", ")) };
    format!("{file}: {} sending {steps}{verdicts_in_words}; {found}\n", verdicts.len())
}

fn expected(name: &str, sent: Sent) -> String {
    match sent {
        Sent::FreeForm => format!("*{name}* was expected to go out free-form"),
        Sent::Template => format!("*{name}* was expected to go out as a template"),
        Sent::Blocked => format!("*{name}* was expected to be refused"),
        Sent::NotReached => format!("*{name}* was expected not to be reached"),
    }
}

fn happened(sent: Sent) -> &'static str {
    match sent {
        Sent::FreeForm => "went out free-form",
        Sent::Template => "went out as a template",
        Sent::Blocked => "was refused",
        Sent::NotReached => "was not reached",
    }
}
