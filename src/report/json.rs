//! The report for programs: `check --format json`. Keys and their order are a contract (`format.md`, section 2).

use serde::Serialize;

use super::finding::{Checked, Finding};
use super::outlook::{LikelyReport, Outlook, WhatIfReport};
use super::text::MOST_STEPS_MADE_SAFE;
use crate::engine::{Claim, Moment, Range, Safe, SafeKind, StepProof, Verdict, What};
use crate::model::{Funnel, LocalTime, Seconds, Sent, Step, StepId};
use crate::rules::{Judgement, Stories, Suppressed, Telling, TemplatePlan, Which, shown, window_impact};

/// What is reported of one file.
#[derive(Debug, Clone, Serialize)]
pub struct FileReport {
    file: String,
    policy: String,
    steps: Vec<StepReport>,
    diagnostics: Vec<DiagnosticReport>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    suppressed: Vec<SuppressedReport>,
    templates: Vec<TemplateReport>,
    window_impact: String,
}

/// The reports as one JSON array, with a line end.
pub fn json<T: Serialize>(reports: &[T]) -> String {
    // Plain structs of texts and numbers always have a JSON form.
    serde_json::to_string_pretty(reports).map(|text| text + "\n").unwrap_or_default()
}

#[derive(Debug, Clone, Serialize)]
struct StepReport {
    id: StepId,
    title: String,
    reachable: bool,
    verdict: &'static str,
    since_inbound: RangeReport,
    since_entry: RangeReport,
    witness: Option<WitnessReport>,
    /// How much later every journey could come and still be inside.
    #[serde(skip_serializing_if = "Option::is_none")]
    slack_s: Option<i64>,
    #[serde(skip_serializing_if = "Option::is_none")]
    likely: Option<LikelyReport>,
    #[serde(skip_serializing_if = "Option::is_none")]
    what_if: Option<Vec<WhatIfReport>>,
}

#[derive(Debug, Clone, PartialEq, Serialize)]
pub(super) struct RangeReport {
    min_s: Option<i64>,
    max_s: Option<i64>,
}

#[derive(Debug, Clone, Serialize)]
struct WitnessReport {
    arrives: LocalTime,
    /// The same, in seconds since 1970-01-01T00:00:00Z: a local time cannot tell which, in an hour that comes twice.
    arrives_unix: i64,
    events: Vec<EventReport>,
    /// On this journey: how long each may take at most for the step to be inside.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    latest_safe: Vec<SafeReport>,
}

#[derive(Debug, Clone, Serialize)]
struct SafeReport {
    step: StepId,
    what: &'static str,
    takes_s: i64,
    latest_s: Option<i64>,
}

#[derive(Debug, Clone, Serialize)]
struct EventReport {
    at_s: i64,
    step: StepId,
    what: &'static str,
    #[serde(skip_serializing_if = "Option::is_none")]
    label: Option<String>,
}

#[derive(Debug, Clone, Serialize)]
pub(super) struct DiagnosticReport {
    code: &'static str,
    name: &'static str,
    severity: &'static str,
    step: Option<StepId>,
    template: Option<String>,
    message: String,
    fixes: Vec<FixReport>,
    #[serde(skip_serializing_if = "Option::is_none")]
    help: Option<String>,
}

#[derive(Debug, Clone, Serialize)]
struct FixReport {
    id: &'static str,
    title: String,
    safe: bool,
}

/// A finding that the person allows.
#[derive(Debug, Clone, Serialize)]
struct SuppressedReport {
    code: &'static str,
    name: &'static str,
    severity: &'static str,
    step: Option<StepId>,
    template: Option<String>,
    message: String,
    why: String,
}

#[derive(Debug, Clone, Serialize)]
struct TemplateReport {
    name: String,
    language: String,
    status: String,
    required: bool,
    submit_by: Option<LocalTime>,
    used_by: Vec<StepId>,
}

impl FileReport {
    /// The report on a funnel.
    pub fn new(checked: &Checked<'_>) -> Self {
        let Checked { source, funnel, judgement, found, outlook, stories } = *checked;
        let Judgement { proof, suppressed, templates, policy, .. } = judgement;
        let steps = funnel.steps.iter().zip(&proof.steps).filter(|(step, _)| step.message().is_some());
        Self {
            file: source.name.clone(),
            policy: policy.id.clone(),
            steps: steps.map(|(step, proved)| StepReport::new(judgement, stories, step, proved, outlook)).collect(),
            diagnostics: found.iter().map(DiagnosticReport::new).collect(),
            suppressed: suppressed.iter().map(SuppressedReport::new).collect(),
            templates: templates.iter().filter_map(|plan| TemplateReport::new(funnel, plan)).collect(),
            window_impact: window_impact(funnel, judgement).level.word().to_lowercase(),
        }
    }
}

impl StepReport {
    fn new(
        judgement: &Judgement,
        stories: &Stories<'_>,
        step: &Step,
        proved: &StepProof,
        outlook: Option<&Outlook>,
    ) -> Self {
        let Judgement { policy, proof, .. } = judgement;
        Self {
            id: step.id.clone(),
            title: step.title.clone(),
            reachable: proved.reachable,
            verdict: verdict_word(proved.verdict),
            since_inbound: RangeReport::new(proved.since_inbound),
            since_entry: RangeReport::new(proved.since_entry),
            witness: worse_side(proved).into_iter().flatten().find_map(|claim| {
                let told = stories.of(&step.id, claim, Which::Needed)?;
                // Where the window is open there is nothing to keep it open.
                let short = proof.steps.len() <= MOST_STEPS_MADE_SAFE && proved.verdict != Verdict::Inside;
                let shown = short.then(|| shown(policy, proof, &step.id, claim)).flatten();
                let safe = shown.map(|shown| proof.latest_safe(&shown.story, shown.at));
                Some(WitnessReport::new(&told, &safe.unwrap_or_default()))
            }),
            slack_s: proved.slack(policy.window.length).map(|slack| slack.0),
            likely: outlook.and_then(|outlook| outlook.likely(&step.id)),
            what_if: outlook.and_then(|outlook| outlook.what_ifs(&step.id)),
        }
    }
}

pub(super) fn verdict_word(verdict: Verdict) -> &'static str {
    match verdict {
        Verdict::Inside => "inside",
        Verdict::Sometimes => "sometimes",
        Verdict::Outside => "outside",
        Verdict::Unreachable => "unreachable",
    }
}

/// The claims whose journeys show the worse side of a step, the first that has one: the window closed where that can be, else
/// the longest time. None of a step that nobody reaches.
fn worse_side(proved: &StepProof) -> Option<[Claim; 2]> {
    let worst = match proved.verdict {
        _ if !proved.reachable => return None,
        _ if proved.before_inbound => Claim::BeforeInbound,
        Verdict::Outside | Verdict::Sometimes => Claim::Outside,
        Verdict::Inside | Verdict::Unreachable => Claim::Longest,
    };
    Some([worst, Claim::Reached])
}

impl RangeReport {
    pub fn new(range: Option<Range>) -> Self {
        Self { min_s: range.map(|range| range.min.0), max_s: range.and_then(|range| range.max).map(|Seconds(max)| max) }
    }
}

impl WitnessReport {
    /// What a replay needs, and the sending that it shows: with all else the report of a long funnel would be far longer.
    fn new(told: &Telling, safe: &[Safe]) -> Self {
        Self {
            arrives: told.arrives,
            arrives_unix: told.arrives_unix,
            events: told.moments.iter().map(EventReport::new).collect(),
            latest_safe: safe.iter().map(SafeReport::new).collect(),
        }
    }
}

impl SafeReport {
    fn new(safe: &Safe) -> Self {
        let what = match safe.kind {
            SafeKind::Wait => "wait",
            SafeKind::Timeout => "timeout",
            SafeKind::Answer => "reply",
        };
        Self { step: safe.step.clone(), what, takes_s: safe.now.0, latest_s: safe.latest.map(|latest| latest.0) }
    }
}

impl EventReport {
    fn new(moment: &Moment) -> Self {
        let (what, label) = match &moment.what {
            What::Entry => ("entry", None),
            What::Sent(sent) => ("sent", Some(sent_word(*sent).to_owned())),
            What::Reply { label, .. } => ("reply", Some(label.clone())),
            What::Timeout { .. } => ("timeout", None),
            What::Waited { .. } => ("wait", None),
            What::Branch(output) => ("branch", Some(branch_label(output))),
            What::Unprompted => ("unprompted", None),
            What::Exit(_) => ("exit", None),
        };
        Self { at_s: moment.at.0, step: moment.step.clone(), what, label }
    }
}

fn sent_word(sent: Sent) -> &'static str {
    match sent {
        Sent::FreeForm => "free_form",
        Sent::Template => "template",
        Sent::Blocked => "blocked",
        Sent::NotReached => "not_reached",
    }
}

fn branch_label(output: &crate::model::Output) -> String {
    match output {
        crate::model::Output::Case(label) => label.clone(),
        other => other.to_string(),
    }
}

impl DiagnosticReport {
    pub fn new(Finding { diagnostic, fixes }: &Finding<'_>) -> Self {
        Self {
            code: diagnostic.code,
            name: diagnostic.name,
            severity: diagnostic.severity.word(),
            step: diagnostic.step().cloned(),
            template: diagnostic.template.clone(),
            message: diagnostic.message.clone(),
            fixes: fixes.iter().map(|fix| FixReport { id: fix.id, title: fix.title.clone(), safe: fix.safe }).collect(),
            help: diagnostic.help.clone(),
        }
    }
}

impl SuppressedReport {
    fn new(allowed: &Suppressed) -> Self {
        let Suppressed { diagnostic, why } = allowed;
        Self {
            code: diagnostic.code,
            name: diagnostic.name,
            severity: diagnostic.severity.word(),
            step: diagnostic.step().cloned(),
            template: diagnostic.template.clone(),
            message: diagnostic.message.clone(),
            why: why.clone(),
        }
    }
}

impl TemplateReport {
    /// `None` for a template that a step names and the library lacks: T001 tells of it.
    fn new(funnel: &Funnel, plan: &TemplatePlan) -> Option<Self> {
        let template = funnel.templates.get(plan.place?)?;
        Some(Self {
            name: template.name.clone(),
            language: template.language.clone(),
            status: template.status.word().to_lowercase().replace(' ', "_"),
            required: plan.required,
            submit_by: plan.submit_by,
            used_by: plan.used_by.clone(),
        })
    }
}
