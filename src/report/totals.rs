//! How much was found: by severity over one file or all, and by code.

use std::collections::BTreeMap;

use serde::Serialize;

use super::finding::Finding;
use crate::rules::Severity;

/// How many findings there are of each severity.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
#[allow(missing_docs)]
pub struct Counts {
    pub errors: usize,
    pub warnings: usize,
    pub infos: usize,
}

impl Counts {
    /// Of these findings.
    pub fn of(found: &[Finding<'_>]) -> Self {
        let of = |severity| found.iter().filter(|finding| finding.diagnostic.severity == severity).count();
        Self { errors: of(Severity::Error), warnings: of(Severity::Warning), infos: of(Severity::Info) }
    }
}

/// What a run over several files came to.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Totals {
    /// Funnels that were judged.
    pub funnels: usize,
    /// Those of them with an error.
    pub broken: usize,
    /// Files that could not be read or judged.
    pub unread: usize,
    /// Files of folders that are plainly no funnels.
    pub other: usize,
    /// Everything that was found.
    pub counts: Counts,
}

impl Totals {
    /// One more funnel.
    pub fn add(&mut self, counts: Counts) {
        self.funnels += 1;
        self.broken += usize::from(counts.errors > 0);
        self.counts.errors += counts.errors;
        self.counts.warnings += counts.warnings;
        self.counts.infos += counts.infos;
    }
}

/// How often each code was found, and in how many files.
#[derive(Debug, Clone, Default)]
pub struct Statistics(BTreeMap<&'static str, Tally>);

#[derive(Debug, Clone, Copy, Serialize)]
struct Tally {
    code: &'static str,
    name: &'static str,
    count: usize,
    files: usize,
}

impl Statistics {
    /// Of the findings of one file.
    pub fn of(found: &[Finding<'_>]) -> Self {
        let mut tallies = BTreeMap::new();
        for Finding { diagnostic, .. } in found {
            let (code, name) = (diagnostic.code, diagnostic.name);
            tallies.entry(code).or_insert(Tally { code, name, count: 0, files: 1 }).count += 1;
        }
        Self(tallies)
    }

    /// Adds those of other files.
    pub fn join(&mut self, other: &Self) {
        for (code, more) in &other.0 {
            let tally = self.0.entry(code).or_insert(Tally { count: 0, files: 0, ..*more });
            tally.count += more.count;
            tally.files += more.files;
        }
    }

    /// One line a code, the most frequent first: ` 12  W001  free-form-outside-window    3 files`.
    pub fn text(&self) -> String {
        let sorted = self.sorted();
        let wide = |of: fn(&Tally) -> usize| sorted.iter().map(of).max().unwrap_or(0);
        let (count_wide, name_wide) = (wide(|tally| tally.count.to_string().len()), wide(|tally| tally.name.len()));
        let lines = sorted.iter().map(|Tally { code, name, count, files }| {
            let files = super::text::counted(*files, "file", "files");
            format!("{count:>count_wide$}  {code}  {name:name_wide$}  {files}\n")
        });
        lines.collect()
    }

    /// The same as a JSON array, with a line end.
    pub fn json(&self) -> String {
        // Plain structs of texts and numbers always have a JSON form.
        serde_json::to_string_pretty(&self.sorted()).map(|text| text + "\n").unwrap_or_default()
    }

    fn sorted(&self) -> Vec<Tally> {
        let mut sorted: Vec<Tally> = self.0.values().copied().collect();
        // The sort is stable, so codes that are as frequent stay in their order.
        sorted.sort_by_key(|tally| std::cmp::Reverse(tally.count));
        sorted
    }
}
