//! What an edit is called in the undo list and the menu. It knows the edit alone, not the document.

use crate::model::StepId;

use super::Edit;

impl Edit {
    /// What the person did, for the undo list: "Move step", "Edit Day-3 offer".
    pub fn label(&self) -> String {
        match self {
            Self::AddStep { step, .. } | Self::AddStepBeside { step, .. } => format!("Add {}", step.name()),
            Self::ReplaceStep(step) => format!("Edit {}", step.name()),
            Self::RemoveSteps(ids) => counted("Delete", ids.len()),
            Self::RemoveAndHeal(ids) => format!("{} and reconnect", counted("Delete", ids.len())),
            Self::MoveSteps(places) => counted("Move", distinct(places.iter().map(|(id, _)| id))),
            Self::ShiftPlaces(ids) => counted("Move", ids.len()),
            Self::Connect(_) => "Connect steps".to_owned(),
            Self::Disconnect { .. } => "Remove link".to_owned(),
            Self::InsertOnLink { .. } => "Insert step into link".to_owned(),
            Self::Paste { fragment, .. } => counted("Paste", fragment.steps.len()),
            Self::SetName(_) => "Rename funnel".to_owned(),
            Self::SetNotes(_) => "Edit notes".to_owned(),
            Self::SetPolicy(_) => "Change policy".to_owned(),
            Self::SetLaunch(_) => "Change launch".to_owned(),
            Self::SetAudience(_) => "Change audience".to_owned(),
            Self::SetMessagingLimit(_) => "Change messaging limit".to_owned(),
            Self::SetAllow(_) => "Change what is allowed".to_owned(),
            Self::AddTemplate(template) => format!("Add template {}", template.name),
            Self::ReplaceTemplate(_, template) => format!("Edit template {}", template.name),
            Self::RemoveTemplate(_) => "Delete template".to_owned(),
            Self::AddScenario(scenario) => format!("Add scenario {}", scenario.name),
            Self::ReplaceScenario(_, scenario) => format!("Edit scenario {}", scenario.name),
            Self::RemoveScenario(_) => "Delete scenario".to_owned(),
            Self::AddFrame(_) => "Add frame".to_owned(),
            Self::ReplaceFrame(..) => "Edit frame".to_owned(),
            Self::RemoveFrame(_) => "Delete frame".to_owned(),
            Self::AddComment(_) => "Add comment".to_owned(),
            Self::ReplaceComment(..) => "Edit comment".to_owned(),
            Self::RemoveComment(_) => "Delete comment".to_owned(),
            Self::Together { label, .. } => label.clone(),
        }
        .trim_end()
        .to_owned()
    }
}

/// "Move step", "Move 3 steps".
fn counted(verb: &str, steps: usize) -> String {
    if steps == 1 { format!("{verb} step") } else { format!("{verb} {steps} steps") }
}

fn distinct<'a>(ids: impl Iterator<Item = &'a StepId>) -> usize {
    ids.collect::<std::collections::BTreeSet<_>>().len()
}
