//! What several commands begin with: read a file, find its policy, and judge it at a moment.

use std::path::Path;
use std::sync::Arc;
use std::time::{SystemTime, UNIX_EPOCH};

use super::complain;
use crate::engine::Clock;
use crate::file::{self, Loaded};
use crate::model::{Funnel, LocalTime};
use crate::policy::{self, Policy};
use crate::report;
use crate::rules::{Judgement, judge};

/// A funnel that was read and judged.
pub struct Judged {
    /// The file.
    pub loaded: Loaded,
    /// What is known of its funnel.
    pub judgement: Judgement,
    /// The moment of judging.
    pub now: LocalTime,
}

/// Reads and judges a file; `None` after having said why that cannot be.
pub fn judged(path: &Path, policy: Option<&str>, now: Option<LocalTime>) -> Option<Judged> {
    let loaded = loaded(path)?;
    let funnel = &loaded.document.funnel;
    let policy = policy_of(path, &loaded, policy)?;
    let now = now.unwrap_or_else(|| clock_at(funnel));
    let judgement = judge(funnel, &policy, now);
    Some(Judged { loaded, judgement, now })
}

/// Reads a file; `None` after having said what is wrong with it.
pub fn loaded(path: &Path) -> Option<Loaded> {
    file::read(path).map_err(|error| complain(&report::unreadable(&error))).ok()
}

/// The policy that the person asked for, else the one that the funnel names; a path is relative to what names it.
pub fn policy_of(path: &Path, loaded: &Loaded, asked: Option<&str>) -> Option<Arc<Policy>> {
    let unreadable = |error| complain(&report::unreadable(&error));
    let Some(asked) = asked else { return file::policy_of(loaded, Some(path)).map_err(unreadable).ok() };
    file::check_market(loaded).map_err(unreadable).ok()?;
    let found = policy::load(asked, Some(Path::new("")));
    found.map_err(|error| complain(&format!("{}: {error}\n", path.display()))).ok()
}

/// What the audience's clocks show now.
pub fn clock_at(funnel: &Funnel) -> LocalTime {
    let clock = Clock::of(&funnel.audience.timezone).unwrap_or(Clock::utc());
    let elapsed = SystemTime::now().duration_since(UNIX_EPOCH).unwrap_or_default();
    clock.local_time(i64::try_from(elapsed.as_secs()).unwrap_or_default())
}
