//! What lies in a folder, for those who pick a file. Reads names and no file.

use std::path::Path;

/// More names than this are not listed: nobody picks from more.
const MOST: usize = 5_000;

/// Something in a folder.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Entry {
    /// Its name.
    pub name: String,
    /// It is a folder itself.
    pub is_folder: bool,
}

/// The folders in a folder, then the files with one of these endings, each in order of name. What is hidden or cannot be
/// read is left out.
pub fn list(folder: &Path, endings: &[&str]) -> Vec<Entry> {
    let Ok(read) = std::fs::read_dir(folder) else { return Vec::new() };
    let mut entries: Vec<Entry> = read
        .flatten()
        .take(MOST)
        .filter_map(|entry| {
            let name = entry.file_name().to_str()?.to_owned();
            let is_folder = entry.path().is_dir();
            let ending = Path::new(&name).extension().and_then(|ending| ending.to_str()).unwrap_or_default();
            let wanted = is_folder || endings.iter().any(|one| one.eq_ignore_ascii_case(ending));
            (wanted && !name.starts_with('.')).then_some(Entry { name, is_folder })
        })
        .collect();
    entries.sort_by_cached_key(|entry| (!entry.is_folder, entry.name.to_lowercase()));
    entries
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn folders_come_first_and_only_what_is_wanted_is_listed() {
        let folder = tempfile::tempdir().unwrap();
        for name in ["b.ron", "A.RON", "notes.txt", ".b.ron.recovery", ".hidden.ron"] {
            std::fs::write(folder.path().join(name), "").unwrap();
        }
        std::fs::create_dir(folder.path().join("old")).unwrap();
        let names: Vec<String> = list(folder.path(), &["ron"]).into_iter().map(|entry| entry.name).collect();
        assert_eq!(names, ["old", "A.RON", "b.ron"]);
        assert_eq!(list(&folder.path().join("missing"), &["ron"]), []);
    }
}
