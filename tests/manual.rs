//! The manual of diagnostics is the rule book itself: `INSTA_UPDATE=always cargo test --test manual` writes it anew.

use std::fs;
use std::path::Path;

use transom::file;
use transom::model::LocalTime;
use transom::policy;
use transom::rules::{Diagnostic, Fix, Mender, RULES, Rule, Severity, judge};

const MANUAL: &str = "assets/manual/diagnostics.md";

/// The families of codes, by their letter.
const FAMILIES: &[(char, &str)] = &[
    ('A', "What is allowed"),
    ('C', "Consent"),
    ('D', "Delivery"),
    ('F', "Free-form content"),
    ('P', "Price and policy"),
    ('S', "Structure"),
    ('T', "Templates"),
    ('W', "The window"),
];

/// Enough tries for every fix of an example.
const BUDGET: usize = 1_000;

#[test]
fn the_manual_is_what_the_rule_book_says() {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join(MANUAL);
    let manual = manual();
    if std::env::var("INSTA_UPDATE").is_ok_and(|told| told == "always") {
        fs::create_dir_all(path.parent().expect("the manual lies in a folder")).expect("the folder of the manual");
        fs::write(&path, &manual).expect("the manual can be written");
    }
    let written = fs::read_to_string(&path).unwrap_or_default();
    let differs = written.lines().zip(manual.lines()).position(|(written, should)| written != should);
    let same = written == manual;
    assert!(
        same,
        "{MANUAL} differs from line {:?} on; INSTA_UPDATE=always cargo test --test manual",
        differs.map(|at| at + 1)
    );
}

#[test]
fn every_code_belongs_to_a_family() {
    for rule in RULES {
        assert!(FAMILIES.iter().any(|(letter, _)| rule.code.starts_with(*letter)), "{}: a family in this file", rule.code);
    }
    let readme = fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join("README.md")).expect("the README");
    assert!(readme.contains(&format!("]({MANUAL})")), "the README leads to the manual");
}

fn manual() -> String {
    let mut text = String::from(
        "# Diagnostics\n\n\
         What `transom check` and the planner find in a funnel, by code. Codes and names are stable: none is ever used for\n\
         something else. `transom explain CODE` prints the same page.\n\n\
         - **error**: it will fail, or breaks the platform's rules\n\
         - **warning**: it may fail, or costs avoidably\n\
         - **info**: worth knowing\n\n\
         An example shows only the part of a funnel that matters. What is said and offered is what Transom says and offers of it:\n\
         each fix is proved by judging the changed funnel. A *safe* one changes no text that a person receives.\n\n\
         <!-- Made from src/rules/book by tests/manual.rs; change the rule, not this page. -->\n",
    );
    for (letter, title) in FAMILIES {
        text += &format!("\n**{title}**\n\n| code | name | severity | finds |\n| --- | --- | --- | --- |\n");
        for rule in family(*letter) {
            let (code, name, severity) = (rule.code, rule.name, rule.severity.word());
            let link = format!("#{}-{name}", code.to_lowercase());
            text += &format!("| [{code}]({link}) | `{name}` | {severity} | {} |\n", rule.summary().replace('|', "\\|"));
        }
    }
    for (letter, title) in FAMILIES {
        text += &format!("\n## {title}\n");
        family(*letter).for_each(|rule| text += &section(rule));
    }
    text
}

fn family(letter: char) -> impl Iterator<Item = &'static Rule> {
    RULES.iter().copied().filter(move |rule| rule.code.starts_with(letter))
}

/// A rule's page below a heading of its own, with what is said of its first example.
fn section(rule: &Rule) -> String {
    let page = rule.page().replace("\n# ", "\n#### ");
    let (summary, rest) = page.split_once('\n').unwrap_or((&page, ""));
    let mut text =
        format!("\n### {} {}\n\n**{}.** {summary}.\n{}\n", rule.code, rule.name, capital(rule.severity), rest.trim_end());
    let Some((found, fixes)) = rule.examples().first().and_then(|example| said(rule, example)) else { return text };
    let message = found.message.replace('\n', " ");
    text += &format!("\nOf the first example Transom says:\n\n> {}[{}]: {message}\n", found.severity.word(), found.code);
    if !fixes.is_empty() {
        text += "\nIt offers, each proved:\n\n";
        for fix in fixes {
            text += &format!("- {}{}\n", fix.title, if fix.safe { " (safe)" } else { "" });
        }
    }
    text
}

fn capital(severity: Severity) -> &'static str {
    match severity {
        Severity::Error => "Error",
        Severity::Warning => "Warning",
        Severity::Info => "Info",
    }
}

/// The first finding of the rule in an example, and what would mend it.
fn said(rule: &Rule, example: &str) -> Option<(Diagnostic, Vec<Fix>)> {
    let audience = "audience: (market: \"DE\", timezone: \"Europe/Berlin\", size: 100),";
    let audience = if example.contains("audience:") { "" } else { audience };
    let text = format!("(format: 1, name: \"Example\", {audience} {example})");
    let funnel = file::parse(&text, "example").unwrap_or_else(|error| panic!("{error}\n{example}")).document.funnel;
    let now: LocalTime = "2026-11-22T12:00:00".parse().unwrap();
    let judgement = judge(&funnel, &policy::standard(), now);
    let found = judgement.diagnostics.iter().find(|found| found.code == rule.code)?;
    let fixes = Mender::new(&judgement, &funnel, now, BUDGET).fixes(found);
    Some((found.clone(), fixes))
}
