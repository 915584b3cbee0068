//! Funnels on their way from the disk to the desk and back. Says what went wrong in words; paints nothing.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use crate::checklist;
use crate::cli::clock_at;
use crate::cli::samples::Sample;
use crate::file::{self, Loaded, ReadError, Remarks};
use crate::model::{Document, Funnel};
use crate::policy;
use crate::session::Session;
use crate::ui::words::judging::NEEDS_JUDGEMENT;
use crate::ui::words::shell as words;

/// A funnel that was read, with the comments of its file.
pub struct Paper {
    /// The funnel; judged, unless it is so large that this takes a while.
    pub session: Session,
    /// The comments of its file.
    pub remarks: Remarks,
}

/// An empty funnel.
pub fn blank() -> Result<Paper, String> {
    let policy = policy::standard();
    let funnel = Funnel { policy: policy.id.clone(), name: words::UNTITLED.to_owned(), ..Funnel::default() };
    let now = clock_at(&funnel);
    let document = Document { funnel: Arc::new(funnel), ..Document::default() };
    Ok(Paper { session: Session::new(document, None, policy, now), remarks: Remarks::default() })
}

/// The funnel of a file.
pub fn open(path: &Path) -> Result<Paper, String> {
    let loaded = file::read(path).map_err(|error| in_words(&error))?;
    lay_open(loaded, Some(path))
}

/// The funnel of a sample, as a new one.
pub fn sample(sample: &Sample) -> Result<Paper, String> {
    let loaded = file::parse(sample.text, sample.name).map_err(|error| in_words(&error))?;
    lay_open(loaded, None)
}

/// What was kept for recovery of the file at this path, where there is something that can be read and differs.
pub fn recovered(path: &Path) -> Option<Loaded> {
    let kept = file::text_of(&file::recovery_path(path)).ok()?;
    let loaded = file::parse(&kept, &path.display().to_string()).ok()?;
    (file::text_of(path).ok().as_deref() != Some(kept.as_str())).then_some(loaded)
}

/// Lays a funnel on the desk that was read.
pub fn lay_open(loaded: Loaded, path: Option<&Path>) -> Result<Paper, String> {
    let funnel = &loaded.document.funnel;
    let policy = file::policy_of(&loaded, path).map_err(|error| in_words(&error))?;
    let now = clock_at(funnel);
    let session = Session::open(loaded.laid_out(), path.map(Path::to_owned), policy, now);
    Ok(Paper { session, remarks: loaded.remarks })
}

/// The document and the comments of a text that another program wrote into an open funnel's file.
pub fn changed(text: &str, path: &Path) -> Result<(Document, Remarks), String> {
    let loaded = file::parse(text, &path.display().to_string()).map_err(|error| in_words(&error))?;
    file::policy_of(&loaded, Some(path)).map_err(|error| in_words(&error))?;
    Ok((loaded.laid_out(), loaded.remarks))
}

/// The text of a funnel's file.
pub fn text(session: &Session, remarks: &Remarks) -> String {
    file::write(session.document(), remarks)
}

/// Saves a funnel. In another folder it names a policy of one's own by another path.
pub fn save(session: &mut Session, remarks: &Remarks, path: &Path) -> Result<(), String> {
    let named = session.funnel().policy.clone();
    let folders = session.path().and_then(Path::parent).zip(path.parent());
    let seen = folders.map_or_else(|| named.clone(), |(from, to)| file::policy_seen_from(&named, from, to));
    let mut document = session.document().clone();
    if seen != named {
        Arc::make_mut(&mut document.funnel).policy.clone_from(&seen);
    }
    file::save(path, &file::write(&document, remarks)).map_err(|error| error.to_string())?;
    if seen != named {
        session.rename_policy(&named, &seen);
    }
    session.mark_saved(path);
    Ok(())
}

/// Saves the checklist: Markdown where the name ends so, else CSV.
pub fn export(session: &mut Session, path: &Path) -> Result<(), String> {
    if session.path().is_some_and(|funnel| file::is_same(funnel, path)) {
        return Err(words::IS_THE_FUNNEL.to_owned());
    }
    judged(session)?;
    let list = checklist::build(session.funnel(), session.judgement(), session.now());
    let is_markdown = path.extension().is_some_and(|extension| extension.eq_ignore_ascii_case("md"));
    let text = if is_markdown { checklist::markdown(&list) } else { checklist::csv(&list) };
    file::save(path, &text).map_err(|error| error.to_string())
}

/// Waits until a funnel is judged as it stands: what leaves the window must not be of the funnel before.
pub fn judged(session: &mut Session) -> Result<(), String> {
    if session.wait_for_judgement() { Ok(()) } else { Err(NEEDS_JUDGEMENT.to_owned()) }
}

/// A file name for a funnel that has none yet.
pub fn file_name(funnel: &Funnel) -> PathBuf {
    let mut name = String::new();
    for letter in funnel.name.to_lowercase().chars() {
        if letter.is_alphanumeric() {
            name.push(letter);
        } else if !name.ends_with('-') && !name.is_empty() {
            name.push('-');
        }
    }
    let name = name.trim_end_matches('-');
    PathBuf::from(format!("{}.ron", if name.is_empty() { "funnel" } else { name }))
}

/// The first problem of a file in one line, and how many more there are.
fn in_words(error: &ReadError) -> String {
    let text = error.to_string();
    let mut lines = text.lines().filter(|line| !line.trim().is_empty());
    let first = lines.next().unwrap_or_default().to_owned();
    let more = error.problems.len().saturating_sub(1);
    if more > 0 { words::and_more(&first, more) } else { first }
}
