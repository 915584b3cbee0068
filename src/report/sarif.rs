//! The report as SARIF 2.1.0, which build servers and editors show beside the code.

use serde_json::{Value, json};

use super::finding::{Checked, Finding, Spot};
use super::story;
use crate::file::{ReadError, Source};
use crate::rules::{Place, RULES, Rule, Severity, Suppressed, Which};

const SCHEMA: &str = "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json";

/// The moments of a journey that are told: how it began, and how it came to the end. With all of it the report of a long funnel
/// would grow with the square of its length.
const MOMENTS: Which = Which::Telling(1, 39);

/// What one file adds to the report.
#[derive(Debug, Clone, Default)]
pub struct Sarif {
    results: Vec<Value>,
    notifications: Vec<Value>,
}

impl Sarif {
    /// The findings that are shown of a funnel, and those that the person allows, with the reason.
    pub fn of(checked: &Checked<'_>) -> Self {
        let allowed = checked.judgement.suppressed.iter().map(|Suppressed { diagnostic, why }| {
            let mut result = result(checked, &Finding { diagnostic, fixes: Vec::new() });
            result["suppressions"] = json!([{"kind": "inSource", "justification": why}]);
            result
        });
        let results = shown(checked).chain(allowed).collect();
        Self { results, notifications: Vec::new() }
    }

    /// The same, where only what is new in comparison with something else is shown.
    pub fn of_new(checked: &Checked<'_>) -> Self {
        let results = shown(checked).map(|mut result| {
            result["baselineState"] = json!("new");
            result
        });
        Self { results: results.collect(), notifications: Vec::new() }
    }

    /// Why a file could not be read.
    pub fn unreadable(error: &ReadError) -> Self {
        let notifications = error.problems.iter().map(|problem| {
            let mut location = json!({"artifactLocation": {"uri": uri(&error.file)}});
            if problem.line > 0 {
                location["region"] = json!({"startLine": problem.line, "startColumn": problem.column});
            }
            json!({
                "level": "error",
                "message": {"text": doubled(&problem.to_string())},
                "locations": [{"physicalLocation": location}],
            })
        });
        Self { results: Vec::new(), notifications: notifications.collect() }
    }
}

/// One run over all files, with a line end.
pub fn sarif(parts: Vec<Sarif>) -> String {
    let rules: Vec<Value> = RULES.iter().map(|rule| described(rule)).collect();
    let (mut results, mut notifications) = (Vec::new(), Vec::new());
    for mut part in parts {
        results.append(&mut part.results);
        notifications.append(&mut part.notifications);
    }
    let log = json!({
        "$schema": SCHEMA,
        "version": "2.1.0",
        "runs": [{
            "tool": {"driver": {"name": "Transom", "semanticVersion": env!("CARGO_PKG_VERSION"), "rules": rules}},
            "invocations": [{
                "executionSuccessful": notifications.is_empty(),
                "toolExecutionNotifications": notifications,
            }],
            "columnKind": "unicodeCodePoints",
            "results": results,
        }],
    });
    // Texts and numbers always have a JSON form.
    serde_json::to_string_pretty(&log).map(|text| text + "\n").unwrap_or_default()
}

fn described(rule: &Rule) -> Value {
    let page = rule.page();
    json!({
        "id": rule.code,
        "name": rule.name,
        "shortDescription": {"text": rule.summary()},
        "fullDescription": {"text": rule.summary()},
        "help": {"text": page, "markdown": page},
        "defaultConfiguration": {"level": level(rule.severity)},
    })
}

fn shown<'a>(checked: &'a Checked<'_>) -> impl Iterator<Item = Value> + 'a {
    checked.found.iter().map(|found| result(checked, found))
}

fn level(severity: Severity) -> &'static str {
    match severity {
        Severity::Error => "error",
        Severity::Warning => "warning",
        Severity::Info => "note",
    }
}

fn result(checked: &Checked<'_>, finding: &Finding<'_>) -> Value {
    let Finding { diagnostic, fixes } = finding;
    let named = match &diagnostic.place {
        Place::Funnel => "funnel".to_owned(),
        Place::Step(id) => format!("steps/{id}"),
        Place::Template(_) => format!("templates/{}", diagnostic.template.as_deref().unwrap_or_default()),
    };
    let fingerprint = format!("{} {named} {}", diagnostic.code, diagnostic.part);
    let fixes: Vec<Value> = fixes.iter().map(|fix| json!({"id": fix.id, "title": fix.title})).collect();
    let message = doubled(&diagnostic.message);
    let mut result = json!({
        "ruleId": diagnostic.code,
        "level": level(diagnostic.severity),
        "message": {"text": message, "markdown": message},
        "locations": [{
            "physicalLocation": physical(checked.source, checked.spot(diagnostic)),
            "logicalLocations": [{"fullyQualifiedName": named}],
        }],
        "partialFingerprints": {"place/v1": fingerprint},
        "properties": {"fixes": fixes, "help": diagnostic.help},
    });
    if let Some(index) = RULES.iter().position(|rule| rule.code == diagnostic.code) {
        result["ruleIndex"] = json!(index);
    }
    if let Some(flow) = flow(checked, finding) {
        result["codeFlows"] = json!([flow]);
    }
    result
}

/// The journey that shows a finding, moment by moment, each at its step.
fn flow(checked: &Checked<'_>, finding: &Finding<'_>) -> Option<Value> {
    let telling = checked.told(finding.diagnostic, MOMENTS)?;
    let moments = telling.moments.iter().map(|moment| {
        let said = doubled(&format!("{}: {}", moment.at.spoken(), story::said(&|id| checked.name(id), moment)));
        let step = checked.source.step_field(&moment.step, "id").map(|bytes| Spot::of(checked.source, bytes));
        json!({"location": {"physicalLocation": physical(checked.source, step), "message": {"text": said}}})
    });
    let begins = format!("A journey that begins on {}", story::begins(telling.arrives));
    Some(json!({"message": {"text": begins}, "threadFlows": [{"locations": moments.collect::<Vec<_>>()}]}))
}

fn physical(source: &Source, spot: Option<Spot>) -> Value {
    let region = spot.map_or(json!({"startLine": 1}), |spot| {
        let (end_line, end_column) = spot.end(&source.text);
        json!({"startLine": spot.line, "startColumn": spot.column, "endLine": end_line, "endColumn": end_column})
    });
    json!({"artifactLocation": {"uri": uri(&source.name)}, "region": region})
}

/// A message as SARIF writes it: a single brace would open a placeholder, so each is doubled (3.11.5).
fn doubled(text: &str) -> String {
    text.replace('{', "{{").replace('}', "}}")
}

/// The path of a file as a URI: a relative one stays relative, so that the report means the same in another checkout.
fn uri(path: &str) -> String {
    let plain = |byte: u8| byte.is_ascii_alphanumeric() || b"-._~/".contains(&byte);
    let path = if cfg!(windows) { path.replace('\\', "/") } else { path.to_owned() };
    let written: String =
        path.bytes().map(|byte| if plain(byte) { char::from(byte).to_string() } else { format!("%{byte:02X}") }).collect();
    if written.starts_with('/') { format!("file://{written}") } else { written }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_brace_opens_no_placeholder() {
        assert_eq!(doubled("begins with {{1}}, {x"), "begins with {{{{1}}}}, {{x");
        assert_eq!(doubled("no variable"), "no variable");
    }

    #[test]
    fn a_path_becomes_a_uri() {
        assert_eq!(uri("funnels/day 3%.ron"), "funnels/day%203%25.ron");
        assert_eq!(uri("/tmp/ação.ron"), "file:///tmp/a%C3%A7%C3%A3o.ron");
    }
}
