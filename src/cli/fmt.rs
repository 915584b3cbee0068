//! `transom fmt`: funnel files in their normal form.

use std::path::{Path, PathBuf};

use super::{Status, complain, console};
use crate::file;
use crate::report;

/// What `fmt` takes.
#[derive(Debug, clap::Args)]
pub struct Arguments {
    /// The funnels.
    #[arg(required = true, value_name = "FILE")]
    files: Vec<PathBuf>,
    /// Write nothing; name the files that are not in their normal form.
    #[arg(long)]
    check: bool,
    /// Write even where a comment cannot be kept.
    #[arg(long)]
    drop_comments: bool,
}

/// Formats each file; the worst of them is the status.
pub fn run(arguments: &Arguments) -> Status {
    arguments.files.iter().map(|path| format(path, arguments).unwrap_or(Status::Failed)).fold(Status::Fine, Status::and)
}

/// `None` after having said why it cannot be.
fn format(path: &Path, arguments: &Arguments) -> Option<Status> {
    let unreadable = |error| complain(&report::unreadable(&error));
    let text = file::text_of(path).map_err(unreadable).ok()?;
    let loaded = file::parse(&text, &path.display().to_string()).map_err(unreadable).ok()?;
    let document = loaded.laid_out();
    let normal = file::write(&document, &loaded.remarks);
    if normal == text {
        return Some(Status::Fine);
    }
    if arguments.check {
        return Some(Status::Found.and(console::print(&format!("{}: not in its normal form\n", path.display()))));
    }
    let lost = loaded.remarks.lost(&loaded.document);
    if !lost.is_empty() && !arguments.drop_comments {
        complain(&would_lose(path, &lost, "--drop-comments writes without them"));
        return None;
    }
    file::save(path, &normal).map_err(|error| complain(&format!("{error}\n"))).ok()?;
    Some(Status::Fine)
}

/// That a file was not written, since these comments have no place any more.
pub(super) fn would_lose(path: &Path, lost: &[(usize, String)], help: &str) -> String {
    let lines: Vec<String> = lost.iter().map(|(line, words)| format!("  line {line}: {words}\n")).collect();
    format!("{}: not written, since these comments would be lost; {help}\n{}", path.display(), lines.concat())
}
