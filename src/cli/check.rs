//! `transom check`: everything that is wrong with funnels.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use super::codes::{Codes, codes, shows};
use super::judging::{Judged, asked_policy, judge_file};
use super::{Status, complain, console, crew, fix};
use crate::file::{self, ReadError};
use crate::model::LocalTime;
use crate::policy::Policy;
use crate::report::{self, Checked, Counts, FileReport, Finding, Sarif, Statistics, Totals};
use crate::rules::Mender;

/// What `check` takes.
#[derive(Debug, clap::Args)]
pub struct Arguments {
    /// The funnels, or folders of them.
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
    /// Show only these: codes, names, or the letters of whole families, such as W001,T.
    #[arg(long, value_name = "CODES", value_delimiter = ',', value_parser = codes)]
    select: Vec<Codes>,
    /// Leave these out. Where a code is in both, the narrower of the two counts.
    #[arg(long, value_name = "CODES", value_delimiter = ',', value_parser = codes)]
    ignore: Vec<Codes>,
    /// Only count what is found, by code.
    #[arg(long)]
    statistics: bool,
    #[command(flatten)]
    fix: fix::Options,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, clap::ValueEnum)]
enum Format {
    /// Drawn with the funnel's own lines.
    Text,
    /// One object a file, in an array.
    Json,
    /// SARIF 2.1.0, for build servers and editors.
    Sarif,
    /// Annotations that a GitHub workflow shows at their lines.
    Github,
}

/// For the fixes of one file, funnels of together as many steps may be judged.
const MOST_STEPS_JUDGED: usize = 20_000;

/// A file to be checked.
struct Item {
    path: PathBuf,
    /// The folder, among those that were named, in which it was found.
    folder: Option<usize>,
}

/// What came of a file.
enum Outcome {
    Unread(Box<ReadError>),
    /// Some other RON in a folder.
    Other,
    Checked(Box<Page>),
}

/// What is told of a funnel.
struct Page {
    counts: Counts,
    statistics: Statistics,
    told: Told,
}

enum Told {
    Text(String),
    Json(FileReport),
    Sarif(Sarif),
    Nothing,
}

/// Checks each file; the worst of them is the status.
pub fn run(arguments: &Arguments) -> Status {
    if arguments.statistics && matches!(arguments.format, Format::Sarif | Format::Github) {
        complain("--statistics goes with --format text or json\n");
        return Status::Failed;
    }
    let policy = match arguments.policy.as_deref().map(asked_policy) {
        Some(None) => return Status::Failed,
        policy => policy.flatten(),
    };
    let (items, mut unread) = gathered(&arguments.files);
    let mended = mended(&items, policy.as_ref(), arguments);
    if arguments.fix.only_shown() {
        unread.iter().for_each(|error| complain(&report::unreadable(error)));
        return if unread.is_empty() { mended } else { Status::Failed };
    }
    let outcomes = crew::map(&items, |item| outcome(item, policy.as_ref(), arguments));
    let mut pages = Vec::new();
    let mut totals = Totals::default();
    let mut in_folder = vec![0_usize; arguments.files.len()];
    for (item, outcome) in items.iter().zip(outcomes) {
        match outcome {
            Outcome::Unread(error) => unread.push(*error),
            Outcome::Other => {
                totals.other += 1;
                continue;
            }
            Outcome::Checked(page) => {
                totals.add(page.counts);
                pages.push(*page);
            }
        }
        if let Some(folder) = item.folder {
            in_folder[folder] += 1;
        }
    }
    unread.extend(without_funnels(&arguments.files, &in_folder));
    totals.unread = unread.len();
    unread.iter().for_each(|error| complain(&report::unreadable(error)));
    let found = if totals.counts.errors > 0 { Status::Found } else { Status::Fine };
    let failed = if unread.is_empty() { Status::Fine } else { Status::Failed };
    // What remains is reported here; that a file could not be written is not.
    let unwritten = if mended == Status::Failed { mended } else { Status::Fine };
    found.and(failed).and(unwritten).and(console::print(&whole(arguments, pages, &unread, &totals)))
}

/// Mends the files first, where that is asked for.
fn mended(items: &[Item], policy: Option<&Arc<Policy>>, arguments: &Arguments) -> Status {
    if !arguments.fix.wanted() {
        return Status::Fine;
    }
    let wanted = |code: &str| shows(&arguments.select, &arguments.ignore, code);
    let judging = fix::Judging { policy, now: arguments.now, wanted: &wanted };
    let files: Vec<(PathBuf, bool)> = items.iter().map(|item| (item.path.clone(), item.folder.is_some())).collect();
    fix::run(&files, &arguments.fix, &judging)
}

/// The files that were named, and the funnels in folders that were; in the order of the arguments, each folder sorted.
fn gathered(named: &[PathBuf]) -> (Vec<Item>, Vec<ReadError>) {
    let (mut items, mut problems) = (Vec::new(), Vec::new());
    for (at, path) in named.iter().enumerate() {
        if path.is_dir() {
            let found = file::find(path);
            items.extend(found.files.into_iter().map(|path| Item { path, folder: Some(at) }));
            problems.extend(found.problems);
        } else {
            items.push(Item { path: path.clone(), folder: None });
        }
    }
    (items, problems)
}

/// A folder that was named and holds no funnel is a mistake, and no good news.
fn without_funnels(named: &[PathBuf], in_folder: &[usize]) -> Vec<ReadError> {
    let empty = named.iter().zip(in_folder).filter(|(path, count)| **count == 0 && path.is_dir());
    empty.map(|(path, _)| ReadError::whole(&path.display().to_string(), "there is no funnel in this folder", "")).collect()
}

fn outcome(item: &Item, policy: Option<&Arc<Policy>>, arguments: &Arguments) -> Outcome {
    match judge_file(&item.path, policy, arguments.now) {
        Ok(judged) => Outcome::Checked(Box::new(page(&judged, arguments))),
        Err(error) if item.folder.is_some() && file::is_other(&error.text) => Outcome::Other,
        Err(error) => Outcome::Unread(Box::new(error)),
    }
}

fn page(Judged { loaded, judgement, now }: &Judged, arguments: &Arguments) -> Page {
    let funnel = &loaded.document.funnel;
    // To prove fixes takes longer than all else together, so it is done only where they are shown.
    let with_fixes = !arguments.statistics && arguments.format != Format::Github;
    let mut mender = with_fixes.then(|| Mender::new(judgement, funnel, *now, MOST_STEPS_JUDGED));
    let shown = judgement.diagnostics.iter().filter(|found| shows(&arguments.select, &arguments.ignore, found.code));
    let mut fixes = |diagnostic| mender.as_mut().map(|mender| mender.fixes(diagnostic)).unwrap_or_default();
    let found: Vec<Finding<'_>> = shown.map(|diagnostic| Finding { diagnostic, fixes: fixes(diagnostic) }).collect();
    let mut statistics = Statistics::default();
    statistics.add(&found);
    let checked = Checked { source: &loaded.source, funnel, judgement, found: &found };
    let told = match arguments.format {
        _ if arguments.statistics => Told::Nothing,
        Format::Text => Told::Text(report::text(&checked)),
        Format::Json => Told::Json(FileReport::new(&checked)),
        Format::Sarif => Told::Sarif(Sarif::of(&checked)),
        Format::Github => Told::Text(report::github(&checked)),
    };
    Page { counts: Counts::of(&found), statistics, told }
}

/// All that is printed.
fn whole(arguments: &Arguments, pages: Vec<Page>, unread: &[ReadError], totals: &Totals) -> String {
    if arguments.statistics {
        let mut all = Statistics::default();
        pages.iter().for_each(|page| all.join(&page.statistics));
        return if arguments.format == Format::Json { all.json() } else { all.text() + &report::totals(totals) };
    }
    let (mut text, mut reports, mut sarif) = (String::new(), Vec::new(), Vec::new());
    for page in pages {
        match page.told {
            Told::Text(more) => text += &more,
            Told::Json(report) => reports.push(report),
            Told::Sarif(part) => sarif.push(part),
            Told::Nothing => {}
        }
    }
    match arguments.format {
        Format::Json => report::json(&reports),
        Format::Sarif => report::sarif(sarif.into_iter().chain(unread.iter().map(Sarif::unreadable)).collect()),
        Format::Github => text + &unread.iter().map(report::github_unreadable).collect::<String>(),
        Format::Text if arguments.files.len() > 1 || arguments.files.iter().any(|path| Path::is_dir(path)) => {
            text + &report::totals(totals)
        }
        Format::Text => text,
    }
}
