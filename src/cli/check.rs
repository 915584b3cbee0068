//! `transom check`: everything that is wrong with funnels.

use std::path::PathBuf;

use super::judging::{Judged, judged};
use super::{Status, console};
use crate::model::LocalTime;
use crate::report::{self, FileReport};
use crate::rules::{Judgement, Mender, Severity};

/// What `check` takes.
#[derive(Debug, clap::Args)]
pub struct Arguments {
    /// The funnels.
    #[arg(required = true, value_name = "FILE")]
    files: Vec<PathBuf>,
    /// For people or for programs.
    #[arg(long, value_enum, default_value_t = Format::Text)]
    format: Format,
    /// Judge by this policy (an id, or a path to a file) instead of the funnel's own.
    #[arg(long, value_name = "ID")]
    policy: Option<String>,
    /// Judge as of this local time, such as 2026-12-01T09:00:00; else as of now.
    #[arg(long, value_name = "LOCAL-TIME")]
    now: Option<LocalTime>,
}

#[derive(Debug, Clone, Copy, clap::ValueEnum)]
enum Format {
    /// Drawn with the funnel's own lines.
    Text,
    /// One object a file, in an array.
    Json,
}

/// For the fixes of one file, funnels of together as many steps may be judged.
const MOST_STEPS_JUDGED: usize = 20_000;

/// Checks each file; the worst of them is the status.
pub fn run(arguments: &Arguments) -> Status {
    let mut status = Status::Fine;
    let mut reports = Vec::new();
    for path in &arguments.files {
        let Some(Judged { loaded, judgement, now }) = judged(path, arguments.policy.as_deref(), arguments.now) else {
            status = Status::Failed;
            continue;
        };
        status = status.and(found(&judgement));
        let funnel = &loaded.document.funnel;
        let mut mender = Mender::new(&judgement, funnel, now, MOST_STEPS_JUDGED);
        let fixes: Vec<_> = judgement.diagnostics.iter().map(|found| mender.fixes(found)).collect();
        match arguments.format {
            Format::Text => status = status.and(console::print(&report::text(&loaded.source, funnel, &judgement, &fixes))),
            Format::Json => reports.push(FileReport::new(&loaded.source.name, funnel, &judgement, &fixes)),
        }
    }
    match arguments.format {
        Format::Text => status,
        Format::Json => status.and(console::print(&report::json(&reports))),
    }
}

fn found(judgement: &Judgement) -> Status {
    let error = judgement.diagnostics.iter().any(|diagnostic| diagnostic.severity == Severity::Error);
    if error { Status::Found } else { Status::Fine }
}
