//! How likely windows are open, and what would help, for programs and for people.

use std::collections::BTreeMap;

use serde::Serialize;

use crate::edit::Edit;
use crate::engine::{
    Change, Likelihood, MUCH_WORK, Proof, SHARES, StepLikelihood, WORK_TO_HELP, WhatIf, likelihood, what_ifs,
};
use crate::model::{Funnel, LocalTime, Seconds, Send, Step, StepId};
use crate::policy::Policy;
use crate::rules::Fix;

use super::story::name;

/// How likely the windows of a funnel are open, and what would help.
#[derive(Debug, Clone, Default)]
pub struct Outlook {
    likelihood: Likelihood,
    what_ifs: BTreeMap<StepId, Vec<WhatIf>>,
}

impl Outlook {
    /// Works it out, of a funnel that was proved at this moment; what would help only where that is asked for.
    pub fn of(funnel: &Funnel, policy: &Policy, now: LocalTime, proof: &Proof, with_what_ifs: bool) -> Self {
        let likelihood = likelihood(funnel, policy, now, MUCH_WORK);
        let what_ifs = if with_what_ifs { what_ifs(funnel, policy, now, proof, WORK_TO_HELP) } else { BTreeMap::default() };
        Self { likelihood, what_ifs }
    }

    /// What is said of a step that is not always inside: a sentence a line.
    pub(super) fn notes(&self, funnel: &Funnel, step: &StepId) -> Vec<String> {
        let partly = self.likelihood.inside(step).filter(|(inside, _)| *inside > 0.0);
        let likely = partly.map(|(inside, rough)| {
            let about = if rough { "about " } else { "" };
            format!("the window is open for {about}{} of the people who come here", percent(inside))
        });
        likely.into_iter().chain(self.helps(funnel, step)).collect()
    }

    /// What would help a step, what gains most first; said also where nothing was found.
    fn helps(&self, funnel: &Funnel, step: &StepId) -> Vec<String> {
        let Some(what_ifs) = self.what_ifs.get(step) else { return Vec::new() };
        if what_ifs.is_empty() {
            return vec!["no shorter wait and no second question alone would help".to_owned()];
        }
        let several = what_ifs.len() > 1;
        let most = |place: usize| if several && place == 0 { "; this gains most" } else { "" };
        what_ifs.iter().enumerate().map(|(place, what_if)| in_words(what_if, funnel) + most(place)).collect()
    }

    /// What would help each message that may be refused, drawn below a crowd; nothing where that was not asked for, and
    /// where there is none such.
    pub(super) fn what_would_help(&self, funnel: &Funnel) -> String {
        let mut text = String::new();
        for step in funnel.steps.iter().filter(|step| may_be_refused(step)) {
            let helps = self.helps(funnel, &step.id);
            if helps.is_empty() {
                continue;
            }
            let now = self.likelihood.inside(&step.id).map_or_else(String::new, |(inside, rough)| {
                format!(", open for {}{}", if rough { "about " } else { "" }, percent(inside))
            });
            text += &format!("  *{}*{now}:\n", step.name());
            text.extend(helps.iter().map(|help| format!("  - {help}\n")));
        }
        if text.is_empty() { text } else { format!("\nWhat would help where the window may be closed\n{text}") }
    }

    /// A fix of a finding about this step, by its title; where it shortens something, with how long that may be.
    pub(super) fn titled(&self, fix: &Fix, step: Option<&StepId>) -> String {
        let what_ifs = step.and_then(|step| self.what_ifs.get(step));
        titled(fix, what_ifs.map(Vec::as_slice).unwrap_or_default())
    }

    pub(super) fn likely(&self, step: &StepId) -> Option<LikelyReport> {
        self.likelihood.step(step).map(LikelyReport::new)
    }

    /// `None` where nothing can be told, or was not asked for.
    pub(super) fn what_ifs(&self, step: &StepId) -> Option<Vec<WhatIfReport>> {
        self.what_ifs.get(step).map(|what_ifs| what_ifs.iter().map(WhatIfReport::new).collect())
    }
}

/// Whether a step sends something that a closed window refuses. What is meant as a template is not helped by an open one.
fn may_be_refused(step: &Step) -> bool {
    step.message().is_some_and(|message| !matches!(message.send, Send::Template(_)))
}

/// The title of a fix; where it shortens something, with what trying other lengths says of that:
/// `…: inside for all up to 23 h 59 m 59 s; 26 h keeps 95 %`.
pub fn titled(fix: &Fix, what_ifs: &[WhatIf]) -> String {
    let Edit::ReplaceStep(changed) = &fix.edit else { return fix.title.clone() };
    let told = what_ifs.iter().find_map(|what_if| match &what_if.change {
        Change::Shorten { at, safe: Some(safe), likely, .. } if *at == changed.id => {
            let longer = likely.iter().zip(SHARES).rev().filter_map(|(length, share)| Some(((*length)?, share)));
            // The longest for the most people says enough.
            let longer = longer.into_iter().find(|(length, _)| length > safe);
            let keeps = longer.map(|(length, share)| format!("; {} keeps {}", length.spoken(), percent(share)));
            Some(format!(": inside for all up to {}{}", safe.spoken(), keeps.unwrap_or_default()))
        }
        _ => None,
    });
    format!("{}{}", fix.title, told.unwrap_or_default())
}

/// `what if *Wait*, now 3 d, were shorter: at most 20 h keeps it open for everyone, at most 22 h for 95 %`
fn in_words(what_if: &WhatIf, funnel: &Funnel) -> String {
    match &what_if.change {
        Change::Shorten { at, timeout, now, safe, likely, best } => {
            let what = if *timeout { "the timeout of " } else { "" };
            let shares = likely.iter().zip(SHARES).rev().filter(|(length, _)| length.is_some() && *length != safe);
            let sure = safe.map(|length| format!("at most {} keeps it open for everyone", length.spoken()));
            let likely =
                shares.filter_map(|(length, share)| Some(format!("at most {} for {}", (*length)?.spoken(), percent(share))));
            let all: Vec<String> = sure.into_iter().chain(likely).collect();
            let all = if all.is_empty() {
                format!("at best it is open for {}, with at most {}", percent(what_if.inside), best.spoken())
            } else {
                all.join(", ")
            };
            format!("what if {what}{}, now {}, were shorter: {all}", name(funnel, at), now.spoken())
        }
        Change::AskAgain { after, best, range: (from, to) } => {
            let good =
                if from == to { String::new() } else { format!(" ({} to {} is as good)", from.spoken(), to.spoken()) };
            let share = percent(what_if.inside);
            let name = name(funnel, after);
            format!("what if those silent at {name} were asked again after {}{good}: open for {share}", best.spoken())
        }
    }
}

/// A share in whole percents that is neither none nor all.
fn percent(share: f64) -> String {
    match (share * 100.0).round() {
        _ if share >= 1.0 => "all".to_owned(),
        _ if share <= 0.0 => "none".to_owned(),
        ..1.0 => "less than 1 %".to_owned(),
        100.0.. => "more than 99 %".to_owned(),
        whole => format!("{whole} %"),
    }
}

/// How likely the window is open at a step.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub(super) struct LikelyReport {
    visits: f64,
    inside: Option<f64>,
    error: f64,
    since_inbound_s: Percentiles,
    #[serde(skip_serializing_if = "Option::is_none")]
    estimate: Option<&'static str>,
}

#[derive(Debug, Clone, PartialEq, Serialize)]
struct Percentiles {
    p10: Option<i64>,
    p50: Option<i64>,
    p90: Option<i64>,
}

impl LikelyReport {
    fn new(step: &StepLikelihood) -> Self {
        let [p10, p50, p90] = [0.1, 0.5, 0.9].map(|share| step.since.quantile(share).map(|Seconds(at)| at));
        Self {
            visits: millionths(step.visits),
            inside: step.inside.map(millionths),
            // Up, so that what is told is never too sure.
            error: (step.error * 1e6).ceil() / 1e6,
            since_inbound_s: Percentiles { p10, p50, p90 },
            estimate: step.doubt,
        }
    }
}

/// Digits beyond would differ from machine to machine.
fn millionths(share: f64) -> f64 {
    (share * 1e6).round() / 1e6
}

/// What a change would do to a step.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub(super) struct WhatIfReport {
    change: &'static str,
    step: StepId,
    inside: f64,
    gains: f64,
    #[serde(flatten)]
    times: Times,
}

#[derive(Debug, Clone, PartialEq, Serialize)]
#[serde(untagged)]
enum Times {
    Shorten { now_s: i64, safe_s: Option<i64>, p99_s: Option<i64>, p95_s: Option<i64>, p90_s: Option<i64>, best_s: i64 },
    AskAgain { best_s: i64, from_s: i64, to_s: i64 },
}

impl WhatIfReport {
    fn new(what_if: &WhatIf) -> Self {
        let seconds = |length: Option<Seconds>| length.map(|Seconds(length)| length);
        let (change, step, times) = match &what_if.change {
            Change::Shorten { at, timeout, now, safe, likely, best } => {
                let [p90_s, p95_s, p99_s] = likely.map(seconds);
                let safe_s = seconds(*safe);
                let times = Times::Shorten { now_s: now.0, safe_s, p99_s, p95_s, p90_s, best_s: best.0 };
                (if *timeout { "shorten-timeout" } else { "shorten-wait" }, at, times)
            }
            Change::AskAgain { after, best, range: (from, to) } => {
                ("ask-again", after, Times::AskAgain { best_s: best.0, from_s: from.0, to_s: to.0 })
            }
        };
        Self { change, step: step.clone(), inside: millionths(what_if.inside), gains: millionths(what_if.gains), times }
    }
}
