//! What several commands begin with: read a file, find its policy, and judge it at a moment.

use std::path::Path;
use std::sync::Arc;
use std::time::{SystemTime, UNIX_EPOCH};

use super::complain;
use crate::engine::Clock;
use crate::file::{self, Loaded, ReadError};
use crate::model::{Funnel, LocalTime};
use crate::policy::{self, Policy};
use crate::report;
use crate::rules::{Judgement, judge};

/// What commands take that judge funnels or send crowds through them.
#[derive(Debug, clap::Args)]
#[group(id = "judging")]
pub struct Options {
    /// Go by this policy (an id, or a path to a file) instead of the funnel's own.
    #[arg(long, value_name = "ID")]
    policy: Option<String>,
    /// Take this local time for now, such as 2026-12-01T09:00:00. Where a funnel has no launch people arrive from then on.
    #[arg(long, value_name = "LOCAL-TIME")]
    pub now: Option<LocalTime>,
    /// Say what would help where a window may be closed: shorter waits, and asking again. It takes longer.
    #[arg(long)]
    pub what_if: bool,
}

impl Options {
    /// The policy that is asked for, where one is.
    ///
    /// # Errors
    /// Nothing, after having said why there is no such policy.
    pub fn asked(&self) -> Result<Option<Arc<Policy>>, ()> {
        self.policy.as_deref().map(|asked| asked_policy(asked).ok_or(())).transpose()
    }
}

/// A funnel that was read and judged.
pub struct Judged {
    /// The file.
    pub loaded: Loaded,
    /// What is known of its funnel.
    pub judgement: Judgement,
    /// The moment of judging.
    pub now: LocalTime,
}

/// Reads and judges a file, by the policy that was asked for or else by its own.
///
/// # Errors
/// Where it, or its policy, cannot be read.
pub fn judge_file(path: &Path, asked: Option<&Arc<Policy>>, now: Option<LocalTime>) -> Result<Judged, ReadError> {
    let (loaded, policy) = read(path, asked)?;
    let funnel = &loaded.document.funnel;
    let now = now.unwrap_or_else(|| clock_at(funnel));
    let judgement = judge(funnel, &policy, now);
    Ok(Judged { loaded, judgement, now })
}

/// Reads a file with the policy that was asked for, or else its own.
///
/// # Errors
/// Where it, or its policy, cannot be read.
pub fn read(path: &Path, asked: Option<&Arc<Policy>>) -> Result<(Loaded, Arc<Policy>), ReadError> {
    let loaded = file::read(path)?;
    let policy = match asked {
        Some(asked) => file::check_market(&loaded).map(|()| Arc::clone(asked)),
        None => file::policy_of(&loaded, Some(path)),
    }?;
    Ok((loaded, policy))
}

/// Reads and judges a file; `None` after having said why that cannot be.
pub fn judged(path: &Path, now: Option<LocalTime>) -> Option<Judged> {
    judge_file(path, None, now).map_err(|error| complain(&report::unreadable(&error))).ok()
}

/// The policy that a person asks for on the command line: an id, or a path relative to where they are. `None` after
/// having said why there is none.
pub fn asked_policy(asked: &str) -> Option<Arc<Policy>> {
    policy::load(asked, Some(Path::new(""))).map_err(|error| complain(&format!("{error}\n"))).ok()
}

/// Reads a file; `None` after having said what is wrong with it.
pub fn loaded(path: &Path) -> Option<Loaded> {
    file::read(path).map_err(|error| complain(&report::unreadable(&error))).ok()
}

/// The policy that a funnel names; a path is relative to the funnel.
pub fn policy_of(path: &Path, loaded: &Loaded) -> Option<Arc<Policy>> {
    file::policy_of(loaded, Some(path)).map_err(|error| complain(&report::unreadable(&error))).ok()
}

/// What the audience's clocks show now.
pub fn clock_at(funnel: &Funnel) -> LocalTime {
    let clock = Clock::of(&funnel.audience.timezone).unwrap_or(Clock::utc());
    let elapsed = SystemTime::now().duration_since(UNIX_EPOCH).unwrap_or_default();
    clock.local_time(i64::try_from(elapsed.as_secs()).unwrap_or_default())
}
