//! `transom explain`: what a diagnostic means.

use super::{Status, complain, console};
use crate::rules::{RULES, rule};

/// What `explain` takes.
#[derive(Debug, clap::Args)]
pub struct Arguments {
    /// A code such as W001, or a name; without one, every code is listed.
    code: Option<String>,
}

/// Prints the rule's page, or the list.
pub fn run(arguments: &Arguments) -> Status {
    let Some(code) = &arguments.code else { return console::print(&list()) };
    match rule(code) {
        Some(rule) => {
            let head = format!("{}: {} ({})", rule.code, rule.name, rule.severity.word());
            console::print(&format!("{head}\n\n{}\n", rule.page()))
        }
        None => {
            complain(&format!("there is no diagnostic `{code}`{}; transom explain lists them\n", nearest(code)));
            Status::Failed
        }
    }
}

fn list() -> String {
    let wide = RULES.iter().map(|rule| rule.name.len()).max().unwrap_or(0);
    RULES.iter().map(|rule| format!("{}  {:wide$}  {}\n", rule.code, rule.name, rule.summary())).collect()
}

/// `, did you mean W001?` where some code or name looks much like it.
fn nearest(code: &str) -> String {
    let wanted = code.to_lowercase();
    let near = RULES.iter().map(|rule| {
        let by_code = strsim::jaro_winkler(&wanted, &rule.code.to_lowercase());
        (by_code.max(strsim::jaro_winkler(&wanted, rule.name)), rule.code)
    });
    let best = near.filter(|(likeness, _)| *likeness > 0.8).max_by(|a, b| a.0.total_cmp(&b.0));
    best.map(|(_, code)| format!(", did you mean {code}?")).unwrap_or_default()
}
