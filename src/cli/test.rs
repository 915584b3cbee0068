//! `transom test`: each scenario of a funnel, against what it expects.

use std::path::{Path, PathBuf};

use super::judging::{loaded, policy_of};
use super::{Status, console};
use crate::engine::{Ending, Journey, Story, What, follow};
use crate::file::Source;
use crate::model::{Funnel, Seconds, Sent, StepId};
use crate::policy::Policy;
use crate::report;

/// What `test` takes.
#[derive(Debug, clap::Args)]
pub struct Arguments {
    /// The funnels.
    #[arg(required = true, value_name = "FILE")]
    files: Vec<PathBuf>,
}

/// Runs the scenarios of each file; the worst of them is the status.
pub fn run(arguments: &Arguments) -> Status {
    arguments.files.iter().map(|path| test(path).unwrap_or(Status::Failed)).fold(Status::Fine, Status::and)
}

fn test(path: &Path) -> Option<Status> {
    let loaded = loaded(path)?;
    let funnel = &loaded.document.funnel;
    let policy = policy_of(path, &loaded)?;
    let mut text = String::new();
    let (mut met, mut unmet) = (0, 0);
    for place in 0..funnel.scenarios.len() {
        let failures = failures(&loaded.source, funnel, &policy, place);
        met += funnel.scenarios[place].expect.len() - failures.len();
        unmet += failures.len();
        text.extend(failures);
    }
    text += &summary(&loaded.source.name, funnel.scenarios.len(), met, unmet);
    text += &report::scenario_costs(funnel, &policy);
    let status = if unmet > 0 { Status::Found } else { Status::Fine };
    Some(status.and(console::print(&text)))
}

/// Each expectation of a scenario that is not met, drawn.
fn failures(source: &Source, funnel: &Funnel, policy: &Policy, place: usize) -> Vec<String> {
    let scenario = &funnel.scenarios[place];
    let journey = follow(funnel, policy, &Story::of(scenario, funnel));
    let compared = scenario.expect.iter().enumerate().map(|(index, expect)| (index, expect, journey.sent_by(&expect.step)));
    compared
        .filter(|(_, expect, came)| expect.sent != *came)
        .map(|(index, expect, _)| {
            let why = why(funnel, policy, &journey, &expect.step);
            report::unmet(source, funnel, (place, index), &journey, why)
        })
        .collect()
}

/// Why a step sent what it sent, or was not reached, with the numbers.
fn why(funnel: &Funnel, policy: &Policy, journey: &Journey, step: &StepId) -> String {
    let length = policy.window.length.spoken();
    let sending = journey.moments.iter().find(|moment| moment.step == *step && matches!(moment.what, What::Sent(_)));
    let Some(sending) = sending else { return ended(funnel, journey) };
    let since = match sending.since_inbound {
        Some(since) => format!("{} after the person's last message", since.spoken()),
        None => "before the person had written at all".to_owned(),
    };
    let open = sending.since_inbound.is_some_and(|since| since < policy.window.length);
    match (&sending.what, open) {
        (What::Sent(Sent::Blocked), _) => format!("it came {since}, and the window closes after {length}"),
        (_, true) => format!("it came {since}, while the window was open; it closes after {length}"),
        (_, false) => format!("it came {since}, when the window was closed; it closes after {length}"),
    }
}

fn ended(funnel: &Funnel, journey: &Journey) -> String {
    let name = |id: &StepId| report::name(funnel, id);
    let last = journey.moments.last();
    let after = last.map_or(Seconds::ZERO, |moment| moment.at).spoken();
    match &journey.ending {
        Ending::Exit(_) => {
            let at = last.map(|moment| name(&moment.step)).unwrap_or_default();
            format!("the journey ended at {at} after {after}")
        }
        Ending::Waiting(step) => format!("the person stays at {} for good: no answer, and no timeout", name(step)),
        Ending::Loose(step, out) => format!("the journey ended at {} after {after}: {out} leads nowhere", name(step)),
        Ending::Endless(step) => format!("the journey goes round without end by way of {}", name(step)),
        Ending::NoEntry => "the funnel has no such entry".to_owned(),
    }
}

/// `day3.ron: 3 scenarios; 5 expectations met, 1 not`
fn summary(file: &str, scenarios: usize, met: usize, unmet: usize) -> String {
    let counted = |n: usize, word: &str| format!("{n} {word}{}", if n == 1 { "" } else { "s" });
    if scenarios == 0 {
        return format!("{file}: no scenarios\n");
    }
    let not = if unmet > 0 { format!(", {unmet} not") } else { String::new() };
    format!("{file}: {}; {} met{not}\n", counted(scenarios, "scenario"), counted(met, "expectation"))
}
