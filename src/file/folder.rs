//! Funnel files below a folder. What lies hidden or is built, and what is plainly something else, is passed over.

use std::fs;
use std::path::{Path, PathBuf};

use super::outline;
use super::problem::ReadError;

/// The folder that build tools fill.
const BUILT: &str = "target";

/// What was found below a folder.
#[derive(Debug, Default)]
pub struct Found {
    /// Its `.ron` files, sorted.
    pub files: Vec<PathBuf>,
    /// What could not be looked into, sorted.
    pub problems: Vec<ReadError>,
}

/// The `.ron` files of a folder and of the folders in it, without hidden ones and those named `target`. Links to files
/// are followed, links to folders are not: they may lead round in circles.
pub fn find(folder: &Path) -> Found {
    let mut found = Found::default();
    let mut folders = vec![folder.to_owned()];
    while let Some(folder) = folders.pop() {
        match fs::read_dir(&folder).and_then(Iterator::collect::<Result<Vec<_>, _>>) {
            Ok(entries) => entries.iter().for_each(|entry| sort_out(entry, &mut folders, &mut found.files)),
            Err(error) => {
                let found_there = format!("this folder could not be read: {error}");
                found.problems.push(ReadError::whole(&folder.display().to_string(), found_there, ""));
            }
        }
    }
    found.files.sort();
    found.problems.sort_by(|one, other| one.file.cmp(&other.file));
    found
}

fn sort_out(entry: &fs::DirEntry, folders: &mut Vec<PathBuf>, files: &mut Vec<PathBuf>) {
    let name = entry.file_name();
    if name.to_string_lossy().starts_with('.') {
        return;
    }
    let path = entry.path();
    // `./a.ron` is what nobody writes, and no build server knows that file.
    let path = path.strip_prefix(".").map(Path::to_owned).unwrap_or(path);
    let Ok(kind) = entry.file_type() else { return };
    if kind.is_dir() && name != BUILT {
        folders.push(path);
    } else if path.extension().is_some_and(|ending| ending == "ron") && (kind.is_file() || path.is_file()) {
        files.push(path);
    }
}

/// Whether a text is plainly no funnel but some other RON, such as a policy: it can be followed from its first bracket to
/// its last, and has neither steps nor the number of a format. What is broken is never called something else.
pub fn is_other(text: &str) -> bool {
    let outline = outline::outline(text);
    let has = |field| outline.root.as_ref().is_some_and(|root| root.field(text, field).is_some());
    outline.fault.is_none() && outline.root.is_some() && !has("format") && !has("steps")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_policy_is_something_else_and_a_broken_funnel_is_not() {
        assert!(is_other(include_str!("../../assets/policies/strict-cdp.ron")));
        assert!(is_other("[1, 2]") && is_other("Some(\"text\")"));
        assert!(!is_other("(format: 1, name: \"No steps\")"));
        assert!(!is_other("(name: \"No format\", steps: [])"));
        assert!(!is_other("(format: 1, steps: [") && !is_other("(name: \"Cut off\", st") && !is_other(""));
    }
}
