//! Two judgements side by side: what became worse, what better, step by step and finding by finding. Steps are matched by
//! their id, findings by what they are about; a number that changed in a message makes no new finding.

use std::cmp::Ordering;
use std::collections::{BTreeMap, BTreeSet};

use super::diagnostic::{Diagnostic, Place, Severity};
use super::impact::{WindowImpact, window_impact};
use super::judgement::Judgement;
use crate::engine::{StepProof, Verdict};
use crate::model::{Funnel, Seconds, StepId};

/// One of two judgements.
#[derive(Debug, Clone, Copy)]
pub struct Side<'a> {
    /// What was judged.
    pub funnel: &'a Funnel,
    /// What is known of it.
    pub judgement: &'a Judgement,
}

/// What differs between two judgements.
#[derive(Debug, Clone)]
pub struct Comparison<'a> {
    /// Every step that sends and of which something differs: those of the newer funnel in its order, then those that are
    /// gone.
    pub steps: Vec<StepChange<'a>>,
    /// Findings that the older judgement does not have, in order.
    pub new: Vec<&'a Diagnostic>,
    /// Findings that only the older judgement has, in order.
    pub gone: Vec<&'a Diagnostic>,
    /// The window impact before, where there was a funnel, and after.
    pub impact: (Option<WindowImpact>, WindowImpact),
}

/// What differs at a step that sends.
#[derive(Debug, Clone, Copy)]
pub struct StepChange<'a> {
    /// The step.
    pub id: &'a StepId,
    /// What a person calls it.
    pub name: &'a str,
    /// Which way it went.
    pub trend: Trend,
    /// What was proved of it before.
    pub before: Option<&'a StepProof>,
    /// What is proved of it now.
    pub after: Option<&'a StepProof>,
}

/// Which way a step went.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Trend {
    /// The window is closed where it was open, or people come later in it.
    Worse,
    /// The window is open where it was closed, or people come sooner in it.
    Better,
    /// Something differs that is neither.
    Changed,
    /// It was not there, or did not send.
    Added,
    /// It is not there any more, or does not send.
    Removed,
}

impl Trend {
    /// The word in reports.
    pub fn word(self) -> &'static str {
        match self {
            Self::Worse => "worse",
            Self::Better => "better",
            Self::Changed => "changed",
            Self::Added => "added",
            Self::Removed => "removed",
        }
    }
}

/// Compares a funnel as it is with how it was; `None` where it was not there at all.
pub fn compare<'a>(before: Option<Side<'a>>, after: Side<'a>) -> Comparison<'a> {
    let old: BTreeMap<&StepId, (&str, &StepProof)> = before.map(sending).into_iter().flatten().collect();
    let kept = sending(after).filter_map(|(id, (name, proof))| {
        let before = old.get(id).map(|(_, proof)| *proof);
        let trend = before.map_or(Some(Trend::Added), |before| trend(before, proof))?;
        Some(StepChange { id, name, trend, before, after: Some(proof) })
    });
    let left: BTreeSet<&StepId> = sending(after).map(|(id, _)| id).collect();
    let removed = before.map(sending).into_iter().flatten().filter(|(id, _)| !left.contains(id));
    let removed =
        removed.map(|(id, (name, proof))| StepChange { id, name, trend: Trend::Removed, before: Some(proof), after: None });
    let was = before.map(|side| side.judgement.diagnostics.as_slice()).unwrap_or_default();
    let is = after.judgement.diagnostics.as_slice();
    Comparison {
        steps: kept.chain(removed).collect(),
        new: only_in_first(is, was),
        gone: only_in_first(was, is),
        impact: (
            before.map(|side| window_impact(side.funnel, side.judgement)),
            window_impact(after.funnel, after.judgement),
        ),
    }
}

/// Every step that sends, with its name and what is proved of it.
fn sending<'a>(side: Side<'a>) -> impl Iterator<Item = (&'a StepId, (&'a str, &'a StepProof))> {
    let proved = side.funnel.steps.iter().zip(&side.judgement.proof.steps);
    proved.filter(|(step, _)| step.message().is_some()).map(|(step, proof)| (&step.id, (step.name(), proof)))
}

/// Which way a step went; `None` where nothing differs.
fn trend(before: &StepProof, after: &StepProof) -> Option<Trend> {
    if (before.verdict, before.since_inbound, before.before_inbound)
        == (after.verdict, after.since_inbound, after.before_inbound)
    {
        return None;
    }
    let (Some(was), Some(is)) = (badness(before), badness(after)) else { return Some(Trend::Changed) };
    Some(match is.cmp(&was) {
        Ordering::Greater => Trend::Worse,
        Ordering::Less => Trend::Better,
        Ordering::Equal => Trend::Changed,
    })
}

/// The greater the worse; `None` where nobody comes. While the window may be open it matters how late people come; once it
/// is closed on every journey it does not.
fn badness(proof: &StepProof) -> Option<(u8, Seconds)> {
    let latest = proof.since_inbound.map_or(Seconds::ZERO, |range| range.max.unwrap_or(Seconds(i64::MAX)));
    match proof.verdict {
        Verdict::Inside => Some((0, latest)),
        Verdict::Sometimes => Some((1, latest)),
        Verdict::Outside => Some((2, Seconds::ZERO)),
        Verdict::Unreachable => None,
    }
}

/// What a finding is about. Of two as severe ones of one rule at one place either stands for the other.
type About<'a> = (&'static str, Severity, &'static str, Option<&'a StepId>, Option<&'a str>);

fn about(found: &Diagnostic) -> About<'_> {
    let step = match &found.place {
        Place::Step(id) => Some(id),
        Place::Funnel | Place::Template(_) => None,
    };
    (found.code, found.severity, found.part, step, found.template.as_deref())
}

fn only_in_first<'a>(first: &'a [Diagnostic], second: &'a [Diagnostic]) -> Vec<&'a Diagnostic> {
    let mut there: BTreeMap<About<'a>, usize> = BTreeMap::new();
    for found in second {
        *there.entry(about(found)).or_default() += 1;
    }
    let mut only = Vec::new();
    for found in first {
        match there.get_mut(&about(found)) {
            Some(left) if *left > 0 => *left -= 1,
            _ => only.push(found),
        }
    }
    only
}
