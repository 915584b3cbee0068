//! The report for people, with the funnel's own lines.

use super::draw::Drawing;
use super::finding::{Checked, Finding, Spot};
use super::story;
use super::totals::{Counts, Totals};
use crate::engine::{Journey, Verdict};
use crate::file::{ReadError, Source};
use crate::model::{Expect, Funnel, Sent};
use crate::rules::{self, Fix, Severity};

/// In longer funnels nothing is said of the latest safe lengths: each is tried on the whole journey.
pub(super) const MOST_STEPS_MADE_SAFE: usize = 300;

/// Every finding that is shown of a funnel, and one line that sums the funnel up. In colours; a stream that is no terminal
/// takes them off.
pub fn text(checked: &Checked<'_>) -> String {
    drawn(checked) + &summary(checked)
}

/// Every finding that is shown, drawn.
pub(super) fn drawn(checked: &Checked<'_>) -> String {
    checked.found.iter().map(|finding| draw(checked, finding)).collect()
}

/// `12 funnels, 3 with errors: 5 errors, 2 warnings`; nothing where there was no funnel.
pub fn totals(total: &Totals) -> String {
    let Totals { funnels, broken, unread, other, counts } = total;
    if *funnels == 0 {
        return String::new();
    }
    let mut parts = vec![counted(*funnels, "funnel", "funnels")];
    if *broken > 0 {
        parts.push(format!("{broken} with errors"));
    }
    if *unread > 0 {
        parts.push(format!("{unread} not read"));
    }
    let other = match other {
        0 => String::new(),
        n => format!("; {}", counted(*n, "other .ron file was left out", "other .ron files were left out")),
    };
    format!("\n{}: {}{other}\n", parts.join(", "), in_words(counts))
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
            spot: (problem.line > 0).then(|| Spot {
                line: problem.line,
                column: problem.column,
                bytes: problem.span.clone(),
            }),
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
        spot: source.expectation(scenario, index).map(|bytes| Spot::of(source, bytes)),
        label: "expected here",
        notes: vec![why, format!("a journey {}", story::lines_to(funnel, journey, step).join("\n  "))],
        help: None,
        proved: Vec::new(),
    };
    drawing.render()
}

fn draw(checked: &Checked<'_>, finding: &Finding<'_>) -> String {
    let Finding { diagnostic, fixes } = finding;
    let mut notes = Vec::new();
    if let Some(telling) = checked.told(diagnostic, story::LINES) {
        notes.push(format!("shown by a journey {}", story::lines(&|id| checked.name(id), &telling).join("\n  ")));
    }
    let made_safe = diagnostic.code.starts_with('W') && checked.funnel.steps.len() <= MOST_STEPS_MADE_SAFE;
    if let Some(shown) = made_safe.then(|| checked.shown(diagnostic)).flatten() {
        let safe = checked.judgement.proof.latest_safe(&shown.story, shown.at);
        notes.extend(safe.iter().filter_map(|safe| story::safe_line(checked.funnel, safe)));
    }
    if let (Some(outlook), Some(step), true) = (checked.outlook, diagnostic.step(), finding.is_of_the_window()) {
        notes.extend(outlook.notes(checked.funnel, step));
    }
    let titled = |fix: &Fix| match checked.outlook {
        Some(outlook) => outlook.titled(fix, diagnostic.step()),
        None => fix.title.clone(),
    };
    let drawing = Drawing {
        severity: diagnostic.severity,
        code: Some(diagnostic.code),
        title: diagnostic.message.clone(),
        file: &checked.source.name,
        text: &checked.source.text,
        spot: checked.spot(diagnostic),
        label: diagnostic.name,
        notes,
        help: diagnostic.help.clone(),
        proved: fixes.iter().map(titled).collect(),
    };
    drawing.render()
}

/// `day3.ron: 4 sending steps: 3 inside, 1 outside; window impact Moderate; 1 error, 2 warnings`
fn summary(checked: &Checked<'_>) -> String {
    let sending =
        checked.funnel.steps.iter().zip(&checked.judgement.proof.steps).filter(|(step, _)| step.message().is_some());
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
    let verdicts_in_words = if verdicts.is_empty() { String::new() } else { format!(": {}", verdicts_in_words.join(", ")) };
    let steps = counted(verdicts.len(), "sending step", "sending steps");
    let impact = rules::window_impact(checked.funnel, checked.judgement).level.word();
    let found = in_words(&Counts::of(checked.found));
    format!("{}: {steps}{verdicts_in_words}; window impact {impact}; {found}\n", checked.source.name)
}

/// `1 error, 2 warnings`
fn in_words(counts: &Counts) -> String {
    let parts =
        [(counts.errors, "error", "errors"), (counts.warnings, "warning", "warnings"), (counts.infos, "note", "notes")];
    let found: Vec<String> = parts.iter().filter(|(n, _, _)| *n > 0).map(|(n, one, many)| counted(*n, one, many)).collect();
    if found.is_empty() { "nothing found".to_owned() } else { found.join(", ") }
}

/// `1 step`, `2 steps`
pub(super) fn counted(n: usize, one: &str, many: &str) -> String {
    format!("{n} {}", if n == 1 { one } else { many })
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
