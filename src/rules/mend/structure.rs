//! Changes to steps and links: ends that lead nowhere, steps that nobody reaches, questions without a timeout.

use crate::edit::Edit;
use crate::model::{Arrivals, Branch, Channel, Content, Effect, Link, Message, Outcome, Output, Send, Step, StepKind};
use crate::rules::cycles;
use crate::rules::diagnostic::{About, Diagnostic, Fix};
use crate::rules::facts::Facts;
use crate::rules::words;

use super::language;
use super::phrases::Phrases;
use super::weave::{fresh, half_a_window, link, lost, step_of, together};

/// The most exits that are offered for one loose end.
const MOST_EXITS: usize = 2;

/// Removes a step that nobody reaches.
pub(in crate::rules) fn removed(facts: &Facts<'_>, diagnostic: &Diagnostic) -> Vec<Fix> {
    let Some(step) = step_of(facts, diagnostic) else { return Vec::new() };
    let edit = Edit::RemoveSteps(vec![step.id.clone()]);
    vec![Fix::safe("remove-unreachable", format!("Remove “{}”", step.name()), edit)]
}

/// Takes a message without content out, and joins what it stood between. It may be a draft, so this is never done unasked.
pub(in crate::rules) fn taken_out(facts: &Facts<'_>, diagnostic: &Diagnostic) -> Vec<Fix> {
    let Some(step) = step_of(facts, diagnostic) else { return Vec::new() };
    let title = format!("Take “{}” out, and join what it stands between", step.name());
    vec![Fix::to_read("remove-step", title, Edit::RemoveAndHeal(vec![step.id.clone()]))]
}

/// Gives a question a timeout of half a window, and leads it to the exit of those who are lost, if there is one.
pub(in crate::rules) fn given_a_timeout(facts: &Facts<'_>, diagnostic: &Diagnostic) -> Vec<Fix> {
    let Some(mut step) = step_of(facts, diagnostic).cloned() else { return Vec::new() };
    let timeout = half_a_window(facts);
    let StepKind::Message(Message { reply: Some(reply), .. }) = &mut step.kind else { return Vec::new() };
    reply.timeout = Some(timeout);
    let lost = facts.funnel.steps.iter().find(|step| step.kind == StepKind::Exit(Outcome::Lost));
    let then = lost.map(|exit| format!(", then go to “{}”", exit.name())).unwrap_or_default();
    let title = format!("Wait at most {} for an answer{then}", timeout.spoken());
    let id = step.id.clone();
    let mut edits = vec![Edit::ReplaceStep(step)];
    edits.extend(lost.map(|exit| Edit::Connect(Link { from: id, out: Output::Timeout, to: exit.id.clone() })));
    vec![Fix::safe("add-timeout", title, together("Add a timeout", edits))]
}

/// Leads an output that leads nowhere to an exit, one that is there or a new one; else takes it away.
pub(in crate::rules) fn loose(facts: &Facts<'_>, diagnostic: &Diagnostic) -> Vec<Fix> {
    let (Some(step), About::Output(out)) = (step_of(facts, diagnostic), &diagnostic.about) else { return Vec::new() };
    let mut exits: Vec<&Step> =
        facts.funnel.steps.iter().map(AsRef::as_ref).filter(|step| matches!(step.kind, StepKind::Exit(_))).collect();
    // Whoever does not answer, does not agree or says stop is lost before anything else.
    let likely = if gives_up(step, out) { Outcome::Lost } else { Outcome::Converted };
    exits.sort_by_key(|exit| exit.kind != StepKind::Exit(likely));
    let way = words::way(step, out);
    let mut fixes: Vec<Fix> = Vec::new();
    for exit in exits.iter().take(MOST_EXITS) {
        let title = format!("Lead on to “{}” {way}", exit.name());
        // To which end a journey comes decides what is counted as won, so only where people plainly give up it is no guess.
        let safe = exit.kind == StepKind::Exit(Outcome::Lost);
        fixes.push(Fix { id: "connect-output", title, edit: link(&step.id, out.clone(), &exit.id), safe });
    }
    if exits.is_empty() {
        let exit = fresh(facts, "end", "End", StepKind::Exit(likely));
        let title = format!("Add an exit {way}");
        let edits =
            vec![Edit::AddStepBeside { step: exit.clone(), beside: step.id.clone() }, link(&step.id, out.clone(), &exit.id)];
        fixes.push(Fix { id: "add-exit", title, edit: together("Add an exit", edits), safe: likely == Outcome::Lost });
    }
    fixes.extend(without_output(step, out));
    fixes
}

/// Whether people who take this way plainly give up.
fn gives_up(step: &Step, out: &Output) -> bool {
    let effect = |label: &String| {
        let reply = step.message()?.reply.as_ref()?;
        reply.options.iter().find(|option| option.label == *label)?.effect
    };
    match out {
        Output::Timeout | Output::No => true,
        Output::Reply(label) => effect(label) == Some(Effect::OptOut),
        Output::Next | Output::Yes | Output::Case(_) => false,
    }
}

/// Takes away an answer that is no button, or a part of a split, where another is left.
fn without_output(step: &Step, out: &Output) -> Option<Fix> {
    let mut after = step.clone();
    let (what, label) = match (&mut after.kind, out) {
        (StepKind::Message(Message { reply: Some(reply), send, .. }), Output::Reply(label)) => {
            let offered = match send {
                Send::FreeForm(content) | Send::FreeFormOrTemplate(content, _) => offers(content, label),
                // What buttons a template has is not said here.
                Send::Template(_) => true,
            };
            if offered || reply.options.len() < 2 {
                return None;
            }
            reply.options.retain(|option| option.label != *label);
            ("answer", label)
        }
        (StepKind::Branch(Branch::Split(cases)), Output::Case(label)) if cases.len() > 1 => {
            cases.retain(|(case, _)| case != label);
            ("case", label)
        }
        _ => return None,
    };
    let title = format!("Take the {what} “{label}” out of “{}”", step.name());
    Some(Fix::to_read("remove-output", title, Edit::ReplaceStep(after)))
}

/// Whether the person sees this label on a button or in a list.
fn offers(content: &Content, label: &str) -> bool {
    match content {
        Content::Buttons { buttons: labels, .. } | Content::List { rows: labels, .. } => {
            labels.iter().any(|button| button == label)
        }
        _ => false,
    }
}

/// Leads a way of a cycle that no answer breaks to the exit of those who are lost, the last way first.
pub(in crate::rules) fn led_out(facts: &Facts<'_>, diagnostic: &Diagnostic) -> Vec<Fix> {
    let Some(first) = diagnostic.step().and_then(|id| facts.place(id)) else { return Vec::new() };
    let Some(exit) = lost(facts).and_then(|id| facts.place(&id)).map(|place| facts.at(place).0) else { return Vec::new() };
    let ways = facts.silent_ways();
    let round = cycles::shortest_round(&ways, first);
    let mut fixes = Vec::new();
    for pair in round.windows(2).rev() {
        let step = facts.at(pair[0]).0;
        let silent = step.outputs().into_iter().filter(|out| !matches!(out, Output::Reply(_)));
        for out in silent.filter(|out| facts.target(&step.id, out) == Some(pair[1])) {
            let title = format!("Lead “{}” on to “{}” {}", step.name(), exit.name(), words::way(step, &out));
            fixes.push(Fix::to_read("lead-out", title, link(&step.id, out, &exit.id)));
        }
    }
    fixes
}

/// Lets people enter, by a message of theirs, at the first step to which nothing leads.
pub(in crate::rules) fn entered(facts: &Facts<'_>, _: &Diagnostic) -> Vec<Fix> {
    let steps = || facts.funnel.steps.iter().map(AsRef::as_ref);
    let led_to = |step: &&Step| facts.funnel.links.iter().any(|link| link.to == step.id);
    let first = steps().find(|step| !led_to(step) && !matches!(step.kind, StepKind::Exit(_))).or_else(|| steps().next());
    let Some(first) = first else { return Vec::new() };
    let kind = StepKind::Entry { channel: Channel::UserMessage, opt_in: false, arrives: Arrivals::AnyTime };
    let entry = fresh(facts, "entry", "Customer writes", kind);
    let edits = vec![
        Edit::AddStepBeside { step: entry.clone(), beside: first.id.clone() },
        link(&entry.id, Output::Next, &first.id),
    ];
    let title = format!("Let people who write enter at “{}”", first.name());
    vec![Fix::to_read("add-entry", title, together("Add an entry", edits))]
}

/// Asks with a list where there are more choices than buttons.
pub(in crate::rules) fn listed(facts: &Facts<'_>, diagnostic: &Diagnostic) -> Vec<Fix> {
    let Some(mut step) = step_of(facts, diagnostic).cloned() else { return Vec::new() };
    let StepKind::Message(Message { send: Send::FreeForm(content), .. }) = &mut step.kind else { return Vec::new() };
    let Content::Buttons { body, buttons } = content else { return Vec::new() };
    if buttons.len() <= facts.policy.limits.free_form.buttons.buttons.most {
        return Vec::new();
    }
    let button = Phrases::or_english(&language(facts)).choose;
    *content = Content::List { body: body.clone(), button: button.to_owned(), rows: std::mem::take(buttons) };
    let title = format!("Ask with a list in “{}”, behind a button “{button}”", step.name());
    vec![Fix::to_read("ask-with-a-list", title, Edit::ReplaceStep(step))]
}
