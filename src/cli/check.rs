//! `transom check`: everything that is wrong with funnels.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use super::codes::{Codes, codes, shows};
use super::compare::{self, Baseline};
use super::judging::{Judged, Options, judge_file};
use super::{Status, complain, console, crew, fix};
use crate::file::{self, ReadError};
use crate::policy::Policy;
use crate::report::{
    self, Checked, Compared, ComparisonReport, Counts, FileReport, Finding, Outlook, Sarif, Statistics, Totals,
};
use crate::rules::{self, Diagnostic, Mender, Side, Stories};

/// What `check` takes.
#[derive(Debug, clap::Args)]
pub struct Arguments {
    /// The funnels, or folders of them.
    #[arg(required = true, value_name = "FILE")]
    files: Vec<PathBuf>,
    /// For people or for programs.
    #[arg(long, value_enum, default_value_t = Format::Text)]
    format: Format,
    #[command(flatten)]
    judge: Options,
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
    compare: compare::Options,
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
    Compared(ComparisonReport),
    Sarif(Sarif),
    Nothing,
}

/// Checks each file; the worst of them is the status.
pub fn run(arguments: &Arguments) -> Status {
    if arguments.statistics && matches!(arguments.format, Format::Sarif | Format::Github) {
        complain("--statistics goes with --format text or json\n");
        return Status::Failed;
    }
    let Ok(policy) = arguments.judge.asked() else { return Status::Failed };
    let Ok(baseline) = arguments.compare.baseline(&arguments.files, policy.as_ref()) else { return Status::Failed };
    let (items, mut unread) = gathered(&arguments.files);
    let mended = mended(&items, policy.as_ref(), arguments);
    if arguments.fix.only_shown() {
        unread.iter().for_each(|error| complain(&report::unreadable(error)));
        return if unread.is_empty() { mended } else { Status::Failed };
    }
    let outcomes = crew::map(&items, |item| outcome(item, policy.as_ref(), baseline.as_ref(), arguments));
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
    let judging = fix::Judging { policy, now: arguments.judge.now, wanted: &wanted };
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

fn outcome(item: &Item, policy: Option<&Arc<Policy>>, baseline: Option<&Baseline>, arguments: &Arguments) -> Outcome {
    let judged = match judge_file(&item.path, policy, arguments.judge.now) {
        Ok(judged) => judged,
        Err(error) if item.folder.is_some() && file::is_other(&error.text) => return Outcome::Other,
        Err(error) => return Outcome::Unread(Box::new(error)),
    };
    let page = match baseline {
        None => Ok(page(&judged, arguments)),
        Some(baseline) => compared(item, &judged, baseline, arguments),
    };
    page.map_or_else(|error| Outcome::Unread(Box::new(error)), |page| Outcome::Checked(Box::new(page)))
}

fn page(judged: &Judged, arguments: &Arguments) -> Page {
    let judgement = &judged.judgement;
    let shown = judgement.diagnostics.iter().filter(|found| shows(&arguments.select, &arguments.ignore, found.code));
    let found = with_fixes(judged, shown, arguments);
    let outlook = outlook(judged, &found, arguments);
    let funnel = &judged.loaded.document.funnel;
    let stories = Stories::new(judgement);
    let (source, outlook) = (&judged.loaded.source, outlook.as_ref());
    let checked = Checked { source, funnel, judgement, found: &found, outlook, stories: &stories };
    let told = match arguments.format {
        _ if arguments.statistics => Told::Nothing,
        Format::Text => Told::Text(report::text(&checked)),
        Format::Json => Told::Json(FileReport::new(&checked)),
        Format::Sarif => Told::Sarif(Sarif::of(&checked)),
        Format::Github => Told::Text(report::github(&checked)),
    };
    Page { counts: Counts::of(&found), statistics: Statistics::of(&found), told }
}

/// How likely the windows are open, where that is told.
fn outlook(judged: &Judged, found: &[Finding<'_>], arguments: &Arguments) -> Option<Outlook> {
    let what_ifs = match arguments.format {
        Format::Json => arguments.judge.what_if,
        Format::Text if found.iter().any(Finding::is_of_the_window) => arguments.judge.what_if,
        _ => return None,
    };
    let Judged { loaded, judgement, now } = judged;
    let of = |funnel| Outlook::of(funnel, &judgement.policy, *now, &judgement.proof, what_ifs);
    (!arguments.statistics).then(|| of(&loaded.document.funnel))
}

fn side(judged: &Judged) -> Side<'_> {
    Side { funnel: &judged.loaded.document.funnel, judgement: &judged.judgement }
}

/// What differs from the older version. In annotations and in SARIF only what is new is shown.
fn compared(item: &Item, judged: &Judged, baseline: &Baseline, arguments: &Arguments) -> Result<Page, ReadError> {
    let folder = item.folder.and_then(|at| arguments.files.get(at)).map(PathBuf::as_path);
    let older = baseline.path_of(&item.path, folder);
    let before = baseline.judged(&older, judged.now)?;
    let mut comparison = rules::compare(before.as_ref().map(side), side(judged));
    comparison.new.retain(|found| shows(&arguments.select, &arguments.ignore, found.code));
    comparison.gone.retain(|found| shows(&arguments.select, &arguments.ignore, found.code));
    let found = with_fixes(judged, comparison.new.iter().copied(), arguments);
    let Side { funnel, judgement } = side(judged);
    let (source, stories) = (&judged.loaded.source, Stories::new(judgement));
    let after = Checked { source, funnel, judgement, found: &found, outlook: None, stories: &stories };
    let against_policy = before.as_ref().map(|before| before.judgement.policy.id.as_str());
    let compared = Compared { after, against: &older.display().to_string(), against_policy, comparison };
    let told = match arguments.format {
        Format::Text => Told::Text(compared.text()),
        Format::Json => Told::Compared(ComparisonReport::new(&compared)),
        Format::Sarif => Told::Sarif(Sarif::of_new(&after)),
        Format::Github => Told::Text(report::github(&after)),
    };
    Ok(Page { counts: Counts::of(&found), statistics: Statistics::of(&found), told })
}

/// These findings, each with what would mend it. To prove fixes takes longer than all else together, so it is done only
/// where they are shown.
fn with_fixes<'a>(judged: &Judged, shown: impl Iterator<Item = &'a Diagnostic>, arguments: &Arguments) -> Vec<Finding<'a>> {
    let Judged { loaded, judgement, now } = judged;
    let wanted = !arguments.statistics && arguments.format != Format::Github;
    let mut mender = wanted.then(|| Mender::new(judgement, &loaded.document.funnel, *now, MOST_STEPS_JUDGED));
    let mut fixes = |diagnostic| mender.as_mut().map(|mender| mender.fixes(diagnostic)).unwrap_or_default();
    shown.map(|diagnostic| Finding { diagnostic, fixes: fixes(diagnostic) }).collect()
}

/// All that is printed.
fn whole(arguments: &Arguments, pages: Vec<Page>, unread: &[ReadError], totals: &Totals) -> String {
    if arguments.statistics {
        let mut all = Statistics::default();
        pages.iter().for_each(|page| all.join(&page.statistics));
        return if arguments.format == Format::Json { all.json() } else { all.text() + &report::totals(totals) };
    }
    let (mut text, mut reports, mut comparisons, mut sarif) = (String::new(), Vec::new(), Vec::new(), Vec::new());
    for page in pages {
        match page.told {
            Told::Text(more) => text += &more,
            Told::Json(report) => reports.push(report),
            Told::Compared(report) => comparisons.push(report),
            Told::Sarif(part) => sarif.push(part),
            Told::Nothing => {}
        }
    }
    match arguments.format {
        Format::Json if arguments.compare.wanted() => report::json(&comparisons),
        Format::Json => report::json(&reports),
        Format::Sarif => report::sarif(sarif.into_iter().chain(unread.iter().map(Sarif::unreadable)).collect()),
        Format::Github => text + &unread.iter().map(report::github_unreadable).collect::<String>(),
        Format::Text if arguments.compare.wanted() => text,
        Format::Text if arguments.files.len() > 1 || arguments.files.iter().any(|path| Path::is_dir(path)) => {
            text + &report::totals(totals)
        }
        Format::Text => text,
    }
}
