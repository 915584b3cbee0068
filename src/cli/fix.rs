//! `transom check --fix`: mends what can be mended without asking, before anything is reported.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use similar::TextDiff;

use super::fmt::would_lose;
use super::judging::{Judged, judge_file};
use super::{Status, complain, console, crew};
use crate::file::{self, ReadError};
use crate::model::LocalTime;
use crate::policy::Policy;
use crate::report;
use crate::rules::{Diagnostic, Fix, Severity, mend};

/// What `check` takes to mend what it finds.
#[derive(Debug, clap::Args)]
#[group(id = "fixing")]
pub struct Options {
    /// Make all safe fixes, each proved, and write the files in their normal form. After a safe fix everybody receives the
    /// same texts as before.
    #[arg(long)]
    fix: bool,
    /// Write nothing; print what would change, and judge by what would remain.
    #[arg(long, requires = "fix")]
    diff: bool,
    /// Make the other fixes too, the first of each finding. Read what they wrote before you send it.
    #[arg(long, requires = "fix")]
    unsafe_fixes: bool,
}

/// How files are to be judged, and which findings are to be mended.
pub struct Judging<'a> {
    /// The policy that was asked for.
    pub policy: Option<&'a Arc<Policy>>,
    /// The moment that was asked for.
    pub now: Option<LocalTime>,
    /// Whether findings of a code are to be mended.
    pub wanted: &'a (dyn Fn(&str) -> bool + Sync),
}

/// For all fixes of one file, funnels of together as many steps may be judged.
const MOST_STEPS_JUDGED: usize = 200_000;

/// What came of one file.
enum Outcome {
    Unread(Box<ReadError>),
    Done {
        /// What is said of it.
        said: String,
        /// The changes, where they are the result.
        diff: String,
        /// How it stands now.
        status: Status,
    },
}

impl Options {
    /// Whether files are to be mended at all.
    pub fn wanted(&self) -> bool {
        self.fix
    }

    /// Whether the changes are only to be shown, so that there is nothing else to report.
    pub fn only_shown(&self) -> bool {
        self.diff
    }
}

/// Mends the files. What was done is told beside the results; with `--diff` the changes are the result. Of each file it is
/// known whether it was only found in a folder, where other files may lie.
pub fn run(files: &[(PathBuf, bool)], options: &Options, judging: &Judging<'_>) -> Status {
    let mut status = Status::Fine;
    let outcomes = crew::map(files, |(path, _)| mended(path, options, judging));
    for ((_, in_folder), outcome) in files.iter().zip(outcomes) {
        match outcome {
            // Where a report follows, it says so.
            Outcome::Unread(_) if !options.diff => {}
            Outcome::Unread(error) if *in_folder && file::is_other(&error.text) => {}
            Outcome::Unread(error) => {
                complain(&report::unreadable(&error));
                status = Status::Failed;
            }
            Outcome::Done { said, diff, status: of_file } => {
                status = status.and(of_file);
                if !diff.is_empty() {
                    status = status.and(console::print(&diff));
                }
                complain(&said);
            }
        }
    }
    status
}

fn mended(path: &Path, options: &Options, judging: &Judging<'_>) -> Outcome {
    let Judged { loaded, judgement, now } = match judge_file(path, judging.policy, judging.now) {
        Ok(judged) => judged,
        Err(error) => return Outcome::Unread(Box::new(error)),
    };
    let wanted = |found: &Diagnostic, fix: &Fix| (fix.safe || options.unsafe_fixes) && (judging.wanted)(found.code);
    let mended = mend(&loaded.laid_out(), &judgement, now, MOST_STEPS_JUDGED, &wanted);
    let left = &mended.judgement.as_ref().unwrap_or(&judgement).diagnostics;
    let error = left.iter().filter(|found| (judging.wanted)(found.code)).any(|found| found.severity == Severity::Error);
    let status = if error { Status::Found } else { Status::Fine };
    let done = |said, diff, status| Outcome::Done { said, diff, status };
    if mended.made.is_empty() {
        return done(told(path, &mended.made, left.len(), options), String::new(), status);
    }
    let lost = loaded.remarks.lost(&mended.document);
    if !lost.is_empty() {
        let help = "fix these by hand, or move the comments first";
        return done(would_lose(path, &lost, help), String::new(), Status::Failed);
    }
    let after = file::write(&mended.document, &loaded.remarks);
    if options.diff {
        let name = path.display().to_string();
        let diff = TextDiff::from_lines(&loaded.source.text, &after).unified_diff().header(&name, &name).to_string();
        return done(told(path, &mended.made, left.len(), options), diff, status);
    }
    match file::save(path, &after) {
        Ok(()) => done(told(path, &mended.made, left.len(), options), String::new(), status),
        Err(error) => done(format!("{error}\n"), String::new(), Status::Failed),
    }
}

/// `day3.ron: fixed 2 problems, 1 remains`, and each fix below.
fn told(path: &Path, made: &[(&'static str, Fix)], left: usize, options: &Options) -> String {
    let count = made.len();
    let verb = if options.diff { "would fix" } else { "fixed" };
    let problems = if count == 1 { "problem" } else { "problems" };
    let remain = match (left, options.diff) {
        (0, false) => "nothing remains".to_owned(),
        (0, true) => "nothing would remain".to_owned(),
        (1, false) => "1 remains".to_owned(),
        (_, false) => format!("{left} remain"),
        (_, true) => format!("{left} would remain"),
    };
    let fixes: String = made.iter().map(|(code, fix)| format!("  {code}: {}\n", fix.title)).collect();
    format!("{}: {verb} {count} {problems}, {remain}\n{fixes}", path.display())
}
