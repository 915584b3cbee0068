//! `transom explain`: what a diagnostic means.

use super::codes::nearest;
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
