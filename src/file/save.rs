//! Puts text on the disk: the whole file or none of it. It knows nothing of what the text says.

use std::fs;
use std::io::{self, Write as _};
use std::path::{Path, PathBuf};

/// Why a file could not be saved; what was on the disk is as it was.
#[derive(Debug, thiserror::Error)]
pub enum SaveError {
    /// There is a folder of this name.
    #[error("{0}: this is a folder; choose a name for the file in it")]
    Folder(PathBuf),
    /// The folder is missing.
    #[error("{0}: there is no such folder")]
    NoFolder(PathBuf),
    /// The system refused.
    #[error("{0}: it could not be saved: {1}")]
    Refused(PathBuf, #[source] io::Error),
}

/// Saves a text, whole or not at all, in place of what was there. Keeps the permissions of the old file, and follows a
/// symbolic link to the file that it names.
///
/// # Errors
/// A [`SaveError`]; then nothing was changed.
pub fn save(path: &Path, text: &str) -> Result<(), SaveError> {
    save_bytes(path, text.as_bytes())
}

/// Like [`save`], for what is no text: pictures and workbooks.
///
/// # Errors
/// A [`SaveError`]; then nothing was changed.
pub fn save_bytes(path: &Path, bytes: &[u8]) -> Result<(), SaveError> {
    let target = target(path);
    let refused = |error| SaveError::Refused(path.to_owned(), error);
    let old = fs::metadata(&target).ok();
    if old.as_ref().is_some_and(fs::Metadata::is_dir) || target.file_name().is_none() {
        return Err(SaveError::Folder(path.to_owned()));
    }
    if target.is_symlink() {
        return Err(refused(io::Error::other("the link leads back to itself")));
    }
    if old.as_ref().is_some_and(|old| old.permissions().readonly()) {
        return Err(refused(io::Error::new(io::ErrorKind::PermissionDenied, "the file is read-only")));
    }
    if old.as_ref().is_some_and(|old| !old.is_file()) {
        // A device or a pipe, such as /dev/stdout: it is written to, and must not be replaced by a file.
        let mut device = fs::OpenOptions::new().write(true).open(path).map_err(refused)?;
        return device.write_all(bytes).map_err(refused);
    }
    let folder = match target.parent() {
        Some(folder) if !folder.as_os_str().is_empty() => folder,
        _ => Path::new("."),
    };
    if !folder.is_dir() {
        return Err(SaveError::NoFolder(folder.to_owned()));
    }
    let mut new = builder(old.as_ref()).tempfile_in(folder).map_err(refused)?;
    new.write_all(bytes).map_err(refused)?;
    if let Some(old) = old {
        keep_owner(new.as_file(), &old);
        new.as_file().set_permissions(old.permissions()).map_err(refused)?;
    }
    new.as_file().sync_all().map_err(refused)?;
    new.persist(&target).map_err(|error| refused(error.error))?;
    sync_folder(folder);
    Ok(())
}

/// Whether two paths lead to one file that is there.
pub fn is_same(one: &Path, other: &Path) -> bool {
    matches!((fs::canonicalize(one), fs::canonicalize(other)), (Ok(one), Ok(other)) if one == other)
}

/// Where unsaved changes to a file are kept: beside it, hidden, so that no `*.ron` finds it.
pub fn recovery_path(path: &Path) -> PathBuf {
    let name = path.file_name().map_or_else(|| "funnel.ron".into(), |name| name.to_string_lossy().into_owned());
    path.with_file_name(format!(".{name}.recovery"))
}

/// Removes what was kept for recovery, once it is saved or no longer wanted. That it is gone already is no error.
pub fn forget_recovery(path: &Path) {
    let _ = fs::remove_file(recovery_path(path));
}

/// The file that a symbolic link names, also where it does not exist yet; itself where it is none.
fn target(path: &Path) -> PathBuf {
    let mut target = path.to_owned();
    // As many links in one another as systems follow.
    for _ in 0..40 {
        let Ok(next) = fs::read_link(&target) else { break };
        target = target.parent().map_or(next.clone(), |folder| folder.join(&next));
    }
    target
}

#[cfg(unix)]
fn builder(old: Option<&fs::Metadata>) -> tempfile::Builder<'static, 'static> {
    use std::os::unix::fs::PermissionsExt as _;
    let mut builder = tempfile::Builder::new();
    builder.prefix(".transom-").suffix(".tmp");
    if old.is_none() {
        // A new file is as open as the person's umask makes any other.
        builder.permissions(fs::Permissions::from_mode(0o666));
    }
    builder
}

#[cfg(not(unix))]
fn builder(_old: Option<&fs::Metadata>) -> tempfile::Builder<'static, 'static> {
    let mut builder = tempfile::Builder::new();
    builder.prefix(".transom-").suffix(".tmp");
    builder
}

/// A person who may change the owner, an administrator, leaves it as it was; for anyone else the owner is the same.
#[cfg(unix)]
fn keep_owner(new: &fs::File, old: &fs::Metadata) {
    use std::os::unix::fs::{MetadataExt as _, fchown};
    let _ = fchown(new, Some(old.uid()), Some(old.gid()));
}

#[cfg(not(unix))]
fn keep_owner(_new: &fs::File, _old: &fs::Metadata) {}

/// The new name outlives a power cut. Where a system cannot do this the file itself is still whole.
fn sync_folder(folder: &Path) {
    if let Ok(folder) = fs::File::open(folder) {
        let _ = folder.sync_all();
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn replaces_the_whole_file_and_leaves_nothing_beside_it() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("a.ron");
        save(&path, "first, and long").unwrap();
        save(&path, "second").unwrap();
        assert_eq!(fs::read_to_string(&path).unwrap(), "second");
        assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 1);
    }

    #[test]
    fn never_writes_over_a_folder_nor_into_a_missing_one() {
        let folder = tempfile::tempdir().unwrap();
        assert!(matches!(save(folder.path(), "x"), Err(SaveError::Folder(_))));
        assert!(matches!(save(&folder.path().join("none/a.ron"), "x"), Err(SaveError::NoFolder(_))));
        assert!(folder.path().is_dir());
    }

    #[cfg(unix)]
    #[test]
    fn keeps_permissions_and_symbolic_links() {
        use std::os::unix::fs::{PermissionsExt as _, symlink};
        let folder = tempfile::tempdir().unwrap();
        let (path, link) = (folder.path().join("a.ron"), folder.path().join("link.ron"));
        fs::write(&path, "old").unwrap();
        fs::set_permissions(&path, fs::Permissions::from_mode(0o640)).unwrap();
        symlink("a.ron", &link).unwrap();
        save(&link, "new").unwrap();
        assert_eq!(fs::read_to_string(&path).unwrap(), "new");
        assert!(fs::symlink_metadata(&link).unwrap().is_symlink());
        assert_eq!(fs::metadata(&path).unwrap().permissions().mode() & 0o777, 0o640);
        fs::set_permissions(&path, fs::Permissions::from_mode(0o440)).unwrap();
        assert!(save(&path, "newer").is_err(), "a read-only file stays as it is");
        let (one, other) = (folder.path().join("one"), folder.path().join("other"));
        symlink("other", &one).unwrap();
        symlink("one", &other).unwrap();
        assert!(save(&one, "new").is_err());
        assert!(fs::symlink_metadata(&one).unwrap().is_symlink(), "links in a ring stay as they are");
    }

    #[cfg(unix)]
    #[test]
    fn a_device_is_written_to_and_not_replaced() {
        use std::os::unix::fs::FileTypeExt as _;
        save(Path::new("/dev/null"), "nothing").unwrap();
        assert!(fs::metadata("/dev/null").unwrap().file_type().is_char_device());
    }

    #[test]
    fn the_recovery_file_lies_beside_and_is_no_funnel() {
        assert_eq!(recovery_path(Path::new("/a/day3.ron")), Path::new("/a/.day3.ron.recovery"));
    }
}
