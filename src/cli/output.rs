//! Where `-o` writes: a whole file or none, never over the funnel that it was made from.

use std::path::Path;

use super::{Status, complain};
use crate::file;

/// Puts what was made of a funnel into a file.
pub fn put(path: &Path, funnel: &Path, bytes: &[u8]) -> Status {
    if file::is_same(path, funnel) {
        complain(&format!("{}: this is the funnel itself; it was left as it is\n", path.display()));
        return Status::Failed;
    }
    match file::save_bytes(path, bytes) {
        Ok(()) => Status::Fine,
        Err(error) => {
            complain(&format!("{error}\n"));
            Status::Failed
        }
    }
}
