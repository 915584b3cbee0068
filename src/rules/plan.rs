//! The approval plan: which templates a funnel needs, and by when each must be submitted.

use super::facts::may_send_template;
use crate::engine::{Clock, Proof};
use crate::model::{Funnel, LocalTime, Status, StepId};
use crate::policy::Policy;

/// What a template is needed for, and by when.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TemplatePlan {
    /// Its name.
    pub name: String,
    /// Its place in the library; `None` where a step names a template that the funnel lacks.
    pub place: Option<usize>,
    /// Some journey may send it.
    pub required: bool,
    /// The steps that name it, in the funnel's order.
    pub used_by: Vec<StepId>,
    /// Some step that names it is reachable.
    pub reached: bool,
    /// The last moment at which submitting it is early enough, even if approval takes its longest. `None` where no
    /// launch is set, and where nothing is left to submit or nobody needs it.
    pub submit_by: Option<LocalTime>,
    /// When it is approved at the latest, submitted now or as it was; `None` where nothing is left to wait for.
    pub approved_by: Option<LocalTime>,
    /// Even so it is approved after the launch.
    pub late: bool,
}

/// The plan for every template of the library in its order, then for those that only steps name, in the funnel's order.
pub(super) fn plan(funnel: &Funnel, policy: &Policy, now: LocalTime, proof: &Proof) -> Vec<TemplatePlan> {
    let mut plans: Vec<TemplatePlan> =
        funnel.templates.iter().enumerate().map(|(place, template)| unused(&template.name, Some(place))).collect();
    for (step, proof) in funnel.steps.iter().zip(&proof.steps) {
        let Some(send) = step.message().map(|message| &message.send) else { continue };
        let Some(name) = send.template() else { continue };
        if !plans.iter().any(|plan| plan.name == name) {
            plans.push(unused(name, None));
        }
        for plan in plans.iter_mut().filter(|plan| plan.name == name) {
            plan.used_by.push(step.id.clone());
            plan.reached |= proof.reachable;
            plan.required |= proof.reachable && may_send_template(send, proof);
        }
    }
    // A zone that is not known is refused on reading; one that is being typed is judged as if its clocks never changed.
    let clock = Clock::of(&funnel.audience.timezone).unwrap_or(Clock::utc());
    let moved = |from: LocalTime, by: i64| clock.local_time(clock.instant_of(from) + by);
    let longest = policy.approval.first.max.0;
    for plan in plans.iter_mut().filter(|plan| plan.required) {
        let template = plan.place.and_then(|place| funnel.templates.get(place));
        let status = template.map_or(Status::Draft, |template| template.status);
        if status == Status::Approved {
            continue;
        }
        // What is under review counts from its submission; it cannot have been decided before now.
        let submitted = template.and_then(|template| template.submitted).filter(|_| under_review(status));
        let latest = moved(submitted.unwrap_or(now), longest).max(now);
        plan.approved_by = Some(latest);
        plan.submit_by = funnel.launch.map(|launch| moved(launch, -longest));
        plan.late = funnel.launch.is_some_and(|launch| launch < latest);
    }
    plans
}

fn under_review(status: Status) -> bool {
    matches!(status, Status::Pending | Status::InAppeal)
}

fn unused(name: &str, place: Option<usize>) -> TemplatePlan {
    TemplatePlan {
        name: name.to_owned(),
        place,
        required: false,
        used_by: Vec::new(),
        reached: false,
        submit_by: None,
        approved_by: None,
        late: false,
    }
}
