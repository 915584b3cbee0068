//! Telling other windows that a file is open here. Nobody is kept from reading or writing it.

use std::fs::{File, TryLockError};
use std::path::Path;

/// Held while a file is open; others see it until it is dropped.
#[derive(Debug)]
pub struct Claim {
    _lock: Option<File>,
}

/// Claims a file; `None` where another window has it open. Where the system cannot tell without keeping others from the
/// file, nobody has.
pub fn claim(path: &Path) -> Option<Claim> {
    let Some(file) = File::open(path).ok().filter(|_| cfg!(unix)) else { return Some(Claim { _lock: None }) };
    match file.try_lock() {
        Err(TryLockError::WouldBlock) => None,
        Ok(()) | Err(TryLockError::Error(_)) => Some(Claim { _lock: Some(file) }),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[cfg(unix)]
    #[test]
    fn a_file_is_claimed_once_at_a_time_and_can_still_be_written() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("a.ron");
        std::fs::write(&path, "one").unwrap();
        let first = claim(&path).expect("nobody has it");
        assert!(claim(&path).is_none());
        std::fs::write(&path, "two").unwrap();
        drop(first);
        assert!(claim(&path).is_some());
        assert!(claim(&folder.path().join("missing.ron")).is_some(), "what is not there is open nowhere");
    }
}
