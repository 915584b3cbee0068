//! A comparison of two judgements, as text and as JSON: what a change of a funnel, or of the rules, brings.

use serde::Serialize;

use super::finding::{Checked, Finding};
use super::json::{DiagnosticReport, RangeReport, verdict_word};
use super::text::{counted, drawn};
use crate::engine::{StepProof, Verdict};
use crate::rules::{Comparison, Diagnostic, Severity, StepChange, Trend, WindowImpact};

/// What was compared, and what differs. Only chosen codes are in the comparison.
pub struct Compared<'a> {
    /// The funnel as it is; its findings are those that are new.
    pub after: Checked<'a>,
    /// The file that it is compared with, as it was named.
    pub against: &'a str,
    /// The policy by which that was judged; `None` where there was no such file.
    pub against_policy: Option<&'a str>,
    /// What differs.
    pub comparison: Comparison<'a>,
}

impl Compared<'_> {
    /// Every new finding drawn, every step that differs, and one line that sums it up.
    pub fn text(&self) -> String {
        let Comparison { steps, gone, impact, .. } = &self.comparison;
        let mut text = drawn(&self.after);
        for change in steps {
            text += &line(change.trend.word(), &format!("*{}* {}", change.name, went(change)));
        }
        for found in gone {
            text += &line("gone", &format!("{}[{}] {}: {}", found.severity.word(), found.code, found.name, found.message));
        }
        if let (Some(before), after) = impact
            && before.level != after.level
        {
            text += &line("impact", &format!("window impact {} → {}", before.level.word(), after.level.word()));
        }
        text + &self.summary()
    }

    /// `day3.ron against old/day3.ron: 1 step worse, 1 added; 1 new error; 2 warnings gone`
    fn summary(&self) -> String {
        let Comparison { steps, new, gone, .. } = &self.comparison;
        let trends = [Trend::Worse, Trend::Better, Trend::Changed, Trend::Added, Trend::Removed];
        let of = |trend: Trend| steps.iter().filter(|change| change.trend == trend).count();
        let mut steps: Vec<String> =
            trends.iter().filter(|trend| of(**trend) > 0).map(|trend| format!("{} {}", of(*trend), trend.word())).collect();
        if let Some(first) = steps.first_mut() {
            *first = format!("steps: {first}");
        }
        let new = severities(new, |n, one, many| counted(n, &format!("new {one}"), &format!("new {many}")));
        let gone = severities(gone, |n, one, many| format!("{} gone", counted(n, one, many)));
        let parts: Vec<String> =
            [steps, new, gone].into_iter().filter(|part| !part.is_empty()).map(|part| part.join(", ")).collect();
        let differs = if parts.is_empty() { "nothing differs".to_owned() } else { parts.join("; ") };
        format!("{}: {differs}\n", self.title())
    }

    fn title(&self) -> String {
        let (file, policy) = (&self.after.source.name, &self.after.judgement.policy.id);
        match self.against_policy {
            None => format!("{file}, which is new"),
            Some(old) if old == policy => format!("{file} against {}", self.against),
            Some(old) if self.against == file => format!("{file} by {policy} against {old}"),
            Some(old) => format!("{file} by {policy} against {} by {old}", self.against),
        }
    }
}

fn line(word: &str, said: &str) -> String {
    format!("{word:>8}  {said}\n")
}

fn severities(found: &[&Diagnostic], said: impl Fn(usize, &str, &str) -> String) -> Vec<String> {
    let words = [
        (Severity::Error, "error", "errors"),
        (Severity::Warning, "warning", "warnings"),
        (Severity::Info, "note", "notes"),
    ];
    let of = |severity| found.iter().filter(|found| found.severity == severity).count();
    words.iter().filter(|word| of(word.0) > 0).map(|(severity, one, many)| said(of(*severity), one, many)).collect()
}

/// `inside → outside; at most 20 h → 3 d since the last message`
fn went(change: &StepChange<'_>) -> String {
    let told = |proof: &StepProof| format!("{}{}", verdict_word(proof.verdict), comma(latest(proof)));
    match (change.before, change.after) {
        (None, None) => String::new(),
        (None, Some(after)) => told(after),
        (Some(before), None) => format!("was {}", told(before)),
        (Some(before), Some(after)) if before.verdict == after.verdict => {
            format!("{}: {}", verdict_word(after.verdict), moved(before, after))
        }
        (Some(before), Some(after)) => format!("{} → {}", told(before), told(after)),
    }
}

/// What differs where the verdict does not.
fn moved(before: &StepProof, after: &StepProof) -> String {
    let earliest = |proof: &StepProof| proof.since_inbound.map(|range| range.min.spoken());
    match (latest(before).zip(latest(after)), earliest(before).zip(earliest(after))) {
        (Some((was, is)), _) if was != is => format!("{was} → {is}"),
        (_, Some((was, is))) if was != is => format!("at least {was} → {is} after the last message"),
        _ if after.before_inbound => "some people now come before any message of theirs".to_owned(),
        _ => "nobody comes before any message of theirs any more".to_owned(),
    }
}

fn comma(said: Option<String>) -> String {
    said.map(|said| format!(", {said}")).unwrap_or_default()
}

/// How late people may come, counted from their last message; `None` where that says nothing.
fn latest(proof: &StepProof) -> Option<String> {
    if proof.verdict == Verdict::Unreachable {
        return None;
    }
    Some(match proof.since_inbound {
        None => "before any message".to_owned(),
        Some(range) => match range.max {
            None => "any time after the last message".to_owned(),
            Some(max) => format!("at most {} after the last message", max.spoken()),
        },
    })
}

/// The same for programs.
#[derive(Debug, Clone, Serialize)]
pub struct ComparisonReport {
    file: String,
    against: Option<String>,
    policy: String,
    against_policy: Option<String>,
    window_impact: ImpactReport,
    steps: Vec<ChangeReport>,
    new: Vec<DiagnosticReport>,
    gone: Vec<DiagnosticReport>,
}

#[derive(Debug, Clone, Serialize)]
struct ImpactReport {
    before: Option<String>,
    after: String,
}

#[derive(Debug, Clone, Serialize)]
struct ChangeReport {
    id: String,
    title: String,
    change: &'static str,
    before: Option<ProofReport>,
    after: Option<ProofReport>,
}

#[derive(Debug, Clone, Serialize)]
struct ProofReport {
    verdict: &'static str,
    since_inbound: RangeReport,
}

impl ComparisonReport {
    /// The report on a comparison.
    pub fn new(compared: &Compared<'_>) -> Self {
        let Compared { after, against, against_policy, comparison } = compared;
        let proved = |proof: &StepProof| ProofReport {
            verdict: verdict_word(proof.verdict),
            since_inbound: RangeReport::new(proof.since_inbound),
        };
        let level = |impact: WindowImpact| impact.level.word().to_lowercase();
        let gone = comparison.gone.iter().map(|diagnostic| Finding { diagnostic, fixes: Vec::new() });
        Self {
            file: after.source.name.clone(),
            against: against_policy.is_some().then(|| (*against).to_owned()),
            policy: after.judgement.policy.id.clone(),
            against_policy: against_policy.map(str::to_owned),
            window_impact: ImpactReport { before: comparison.impact.0.map(level), after: level(comparison.impact.1) },
            steps: comparison
                .steps
                .iter()
                .map(|change| ChangeReport {
                    id: change.id.to_string(),
                    title: change.name.to_owned(),
                    change: change.trend.word(),
                    before: change.before.map(proved),
                    after: change.after.map(proved),
                })
                .collect(),
            new: after.found.iter().map(DiagnosticReport::new).collect(),
            gone: gone.map(|finding| DiagnosticReport::new(&finding)).collect(),
        }
    }
}
