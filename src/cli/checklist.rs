//! `transom checklist`: the templates to submit.

use std::path::PathBuf;

use super::judging::{Judged, judged};
use super::{Status, console, output};
use crate::checklist;
use crate::model::LocalTime;

/// What `checklist` takes.
#[derive(Debug, clap::Args)]
pub struct Arguments {
    /// The funnel.
    file: PathBuf,
    /// Markdown to paste into an issue, or CSV for a spreadsheet.
    #[arg(long, value_enum, default_value_t = Format::Md)]
    format: Format,
    /// As of this local time, such as 2026-12-01T09:00:00; else as of now.
    #[arg(long, value_name = "LOCAL-TIME")]
    now: Option<LocalTime>,
    /// Write to this file instead of standard output.
    #[arg(short, value_name = "PATH")]
    output: Option<PathBuf>,
}

#[derive(Debug, Clone, Copy, clap::ValueEnum)]
enum Format {
    /// Markdown.
    Md,
    /// Comma-separated values.
    Csv,
}

/// Prints or writes the checklist.
pub fn run(arguments: &Arguments) -> Status {
    let Some(Judged { loaded, judgement, now }) = judged(&arguments.file, arguments.now) else {
        return Status::Failed;
    };
    let list = checklist::build(&loaded.document.funnel, &judgement, now);
    let text = match arguments.format {
        Format::Md => checklist::markdown(&list),
        Format::Csv => checklist::csv(&list),
    };
    match &arguments.output {
        Some(path) => output::put(path, &arguments.file, text.as_bytes()),
        None => console::print(&text),
    }
}
