//! What must be submitted: every template that the funnel needs, with all that Meta asks for and by when.
//!
//! Judges nothing itself; it puts the approval plan of the judgement beside the library. One file an export format.

mod csv;
mod markdown;

use std::sync::Arc;

use crate::model::{Category, Funnel, LocalTime, Purpose, Seconds, Status, StepId, Template};
use crate::rules::Judgement;

pub use csv::csv;
pub use markdown::markdown;

/// The templates that a funnel needs.
#[derive(Debug, Clone, PartialEq)]
pub struct Checklist {
    /// The funnel's name.
    pub funnel: String,
    /// The policy's id.
    pub policy: String,
    /// When the first person may enter.
    pub launch: Option<LocalTime>,
    /// The zone of all times.
    pub timezone: String,
    /// When the checklist was made.
    pub now: LocalTime,
    /// The longest that approval takes under the policy.
    pub longest_approval: Seconds,
    /// One for each template that a reachable step names, in the library's order; then those that the library lacks.
    pub items: Vec<Item>,
}

/// One template of the checklist.
#[derive(Debug, Clone, PartialEq)]
pub struct Item {
    /// Its name.
    pub name: String,
    /// What the library holds; `None` where it is only named and must still be written.
    pub template: Option<Arc<Template>>,
    /// Where it is used: ids and titles of steps, in the funnel's order.
    pub used_by: Vec<(StepId, String)>,
    /// Some journey may send it; else it is a fall-back that no journey needs.
    pub required: bool,
    /// Whom it is sent to must have given marketing opt-in.
    pub needs_opt_in: bool,
    /// When it must be submitted at the latest; `None` where nothing is left to submit or no launch is set.
    pub submit_by: Option<LocalTime>,
    /// When it is approved at the latest, submitted now or as it was.
    pub approved_by: Option<LocalTime>,
    /// It may be approved only after the launch.
    pub late: bool,
}

impl Item {
    /// How far it has come, in one word or two.
    pub fn state(&self) -> &'static str {
        self.template.as_ref().map_or("To write", |template| template.status.word())
    }

    /// Nothing is left to do for it.
    pub fn is_done(&self) -> bool {
        self.template.as_ref().is_some_and(|template| template.status == Status::Approved)
    }
}

/// The checklist of a funnel as it was judged.
pub fn build(funnel: &Funnel, judgement: &Judgement, now: LocalTime) -> Checklist {
    let needed =
        judgement.templates.iter().filter(|plan| plan.reached || (plan.place.is_none() && !plan.used_by.is_empty()));
    let items = needed.map(|plan| {
        let template = plan.place.and_then(|place| funnel.templates.get(place)).cloned();
        let steps = plan.used_by.iter().filter_map(|id| funnel.step(id));
        let marketing = match &template {
            Some(template) => template.category == Category::Marketing,
            None => steps.clone().any(|step| step.message().is_some_and(|message| message.purpose == Purpose::Marketing)),
        };
        Item {
            name: plan.name.clone(),
            template,
            used_by: steps.map(|step| (step.id.clone(), step.name().to_owned())).collect(),
            required: plan.required,
            needs_opt_in: marketing,
            submit_by: plan.submit_by,
            approved_by: plan.approved_by,
            late: plan.late,
        }
    });
    Checklist {
        funnel: funnel.name.clone(),
        policy: judgement.policy.id.clone(),
        launch: funnel.launch,
        timezone: funnel.audience.timezone.clone(),
        now,
        longest_approval: judgement.policy.approval.first.max,
        items: items.collect(),
    }
}
