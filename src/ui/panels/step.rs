//! One step in the inspector: its fields, where it leads, what is proved of it and what people will see.

use egui::Ui;

use crate::edit::Edit;
use crate::model::{Arrivals, Channel, Outcome, Step, StepKind, TimeOfDay};
use crate::rules::Place;
use crate::ui::canvas::kind_icon;
use crate::ui::words::canvas::{fresh, kind};
use crate::ui::words::panels as words;

use super::form::{Form, Spec, head};
use super::kept::Kept;
use super::{branch, chat, finding, inspector, message, outputs, verdict, wait};

/// Paints it.
pub fn ui(ui: &mut Ui, form: &mut Form<'_>, kept: &mut Kept, step: &Step) {
    let mut copy = step.clone();
    inspector::heading(ui, kind_icon(step), kind(step), step.id.as_str());
    form.text(ui, words::TITLE, &mut copy.title, Spec { hint: step.id.as_str(), ..Spec::default() });
    if step.message().is_some() {
        verdict::ui(ui, form, &mut kept.helping, step);
    }
    match &mut copy.kind {
        StepKind::Entry { channel, opt_in, arrives } => entry_ui(ui, form, kept, step, (channel, opt_in, arrives)),
        StepKind::Message(message) => message::ui(ui, form, kept, &step.id, message),
        StepKind::Wait(wait) => {
            let is_given = copy.title == fresh::wait(wait);
            wait::ui(ui, form, kept, &step.id, wait);
            if is_given {
                copy.title = fresh::wait(wait);
            }
        }
        StepKind::Branch(branch) => branch::ui(ui, form, kept, &step.id, branch),
        StepKind::Exit(outcome) => exit_ui(ui, form, outcome),
    }
    form.post(|| Edit::ReplaceStep(copy));

    outputs::ui(ui, form, step);
    findings_ui(ui, form, step);
    if let Some(message) = step.message() {
        head(ui, words::PREVIEW, |_| ());
        chat::ui(ui, form.view, message);
    }
}

fn entry_ui(
    ui: &mut Ui,
    form: &mut Form<'_>,
    kept: &mut Kept,
    step: &Step,
    (channel, opt_in, arrives): (&mut Channel, &mut bool, &mut Arrivals),
) {
    form.choice(ui, words::CHANNEL, channel, &Channel::ALL.map(|one| (one, words::channel(one))));
    super::form::note(ui, words::channel_help(*channel));
    form.switch(ui, words::ENTRY_OPT_IN, opt_in);
    let mut between = matches!(arrives, Arrivals::Between(..));
    if form.switch(ui, words::ARRIVES_BETWEEN, &mut between) {
        *arrives = match *arrives {
            Arrivals::Between(from, to) => {
                kept.arrivals.keep(&step.id, (from, to));
                Arrivals::AnyTime
            }
            Arrivals::AnyTime => {
                let (from, to) = kept.arrivals.last(&step.id).unwrap_or((clock(9), clock(18)));
                Arrivals::Between(from, to)
            }
        };
    }
    if let Arrivals::Between(from, to) = arrives {
        form.hours(ui, words::ARRIVAL_HOURS, from, to);
    }
}

fn exit_ui(ui: &mut Ui, form: &mut Form<'_>, outcome: &mut Outcome) {
    let all = [Outcome::Converted, Outcome::Lost, Outcome::HandedOver].map(|one| (one, words::outcome(one)));
    form.choice(ui, words::OUTCOME, outcome, &all);
}

fn findings_ui(ui: &mut Ui, form: &mut Form<'_>, step: &Step) {
    let judgement = form.view.session.judgement();
    let place = Place::Step(step.id.clone());
    let found: Vec<_> = judgement.diagnostics.iter().filter(|one| one.place == place).collect();
    if found.is_empty() {
        return;
    }
    head(ui, &words::problems(found.len()), |_| ());
    for one in found {
        finding::card(ui, form.view, form.outbox, one);
    }
}

/// A full hour, for what is new.
pub fn clock(hour: u32) -> TimeOfDay {
    TimeOfDay::from_seconds(hour * 3600).unwrap_or_else(|| TimeOfDay::from_seconds(0).expect("midnight is a time of day"))
}
