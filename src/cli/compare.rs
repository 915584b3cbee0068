//! `transom check --against`: a funnel as it is beside how it was, or one set of rules beside another.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use super::complain;
use super::judging::{Judged, asked_policy, judge_file};
use crate::file::ReadError;
use crate::model::LocalTime;
use crate::policy::Policy;

/// What `check` takes to compare.
#[derive(Debug, clap::Args)]
#[group(id = "comparing")]
pub struct Options {
    /// Show only what differs from this older version: a file, or a folder with the same files in it.
    #[arg(long, value_name = "PATH", conflicts_with_all = ["statistics", "fix"])]
    against: Option<PathBuf>,
    /// Show only what differs from judging by this policy (an id, or a path to a file).
    #[arg(long, value_name = "ID", conflicts_with_all = ["statistics", "fix"])]
    against_policy: Option<String>,
}

/// What funnels are compared with.
pub struct Baseline {
    path: Option<PathBuf>,
    policy: Option<Arc<Policy>>,
}

impl Options {
    /// Whether anything is to be compared.
    pub fn wanted(&self) -> bool {
        self.against.is_some() || self.against_policy.is_some()
    }

    /// What to compare with, where anything is asked for. `files` are the funnels that were named, `policy` is the one
    /// that all are judged by.
    ///
    /// # Errors
    /// Nothing, after having said why that cannot be compared.
    pub fn baseline(&self, files: &[PathBuf], policy: Option<&Arc<Policy>>) -> Result<Option<Baseline>, ()> {
        if !self.wanted() {
            return Ok(None);
        }
        if let Some(path) = self.against.as_deref().filter(|path| !path.is_dir()) {
            if !path.exists() {
                complain(&format!("{}: there is no such file or folder to compare with\n", path.display()));
                return Err(());
            }
            if files.len() > 1 || files.iter().any(|named| named.is_dir()) {
                complain(
                    "--against a file goes with one funnel; to compare several, name the folder of their older versions\n",
                );
                return Err(());
            }
        }
        let policy = match self.against_policy.as_deref() {
            Some(asked) => Some(asked_policy(asked).ok_or(())?),
            None => policy.cloned(),
        };
        Ok(Some(Baseline { path: self.against.clone(), policy }))
    }
}

impl Baseline {
    /// Where the older version of a file is; `folder` is the folder that was named, where the file was found in one.
    pub fn path_of(&self, path: &Path, folder: Option<&Path>) -> PathBuf {
        match &self.path {
            None => path.to_owned(),
            Some(older) if older.is_dir() => {
                let within = folder.map_or_else(|| path.file_name().map(Path::new), |folder| path.strip_prefix(folder).ok());
                older.join(within.unwrap_or(path))
            }
            Some(older) => older.clone(),
        }
    }

    /// The older version, judged; `None` where a folder is compared with and does not have it.
    ///
    /// # Errors
    /// Where it, or its policy, cannot be read.
    pub fn judged(&self, path: &Path, now: LocalTime) -> Result<Option<Judged>, ReadError> {
        if !path.exists() {
            return Ok(None);
        }
        judge_file(path, self.policy.as_ref(), Some(now)).map(Some)
    }
}
