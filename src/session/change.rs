//! The edit that makes a change which would help.

use crate::edit::{self, Edit};
use crate::engine::{Change, SecondQuestion, step_with_length};
use crate::model::{Content, Funnel, Output, Seconds, Send, StepKind, Template};

/// The edit that makes this change, with this length of the wait or this time before the second question; `None` where the
/// funnel has no such step any more.
pub fn edit_of(change: &Change, funnel: &Funnel, length: Seconds) -> Option<Edit> {
    let step = funnel.step(change.at())?;
    if let Change::Shorten { .. } = change {
        return step_with_length(step, length).map(Edit::ReplaceStep);
    }
    let onward = funnel.target(&step.id, &Output::Timeout)?.clone();
    let id = edit::fresh_id(funnel, &format!("{}-again", step.id));
    let SecondQuestion { first, mut second, links } = SecondQuestion::of(funnel, step, length, id)?;
    second.title = format!("{}, again", step.name());
    if let (StepKind::Message(asked), Some(message)) = (&mut second.kind, step.message()) {
        asked.send = Send::FreeForm(words_of(&message.send, funnel));
    }
    let mut edits = vec![Edit::AddStepBeside { step: second, beside: onward }, Edit::ReplaceStep(first)];
    edits.extend(links.into_iter().map(Edit::Connect));
    Some(Edit::Together { label: format!("Ask {} again", step.name()), edits })
}

/// What a second question says to begin with: what the first says, or the text of its template.
fn words_of(send: &Send, funnel: &Funnel) -> Content {
    let filled = |template: &Template| {
        let fill = |text: String, (name, value): (&String, &String)| text.replace(&format!("{{{{{name}}}}}"), value);
        Content::Text(template.samples.iter().fold(template.body.clone(), fill))
    };
    let template = send.template().and_then(|name| funnel.template(name));
    let own = send.content().cloned();
    own.or_else(|| template.map(|template| filled(template))).unwrap_or_else(|| Content::Text(String::new()))
}
