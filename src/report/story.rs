//! A journey in words: a short list of times.

use crate::engine::{Journey, Moment, Safe, SafeKind, What};
use crate::model::{Funnel, LocalTime, Output, Seconds, Sent, StepId};
use crate::rules::{Telling, Which};

const FIRST: usize = 2;
/// The lines that a journey takes; the middle of a longer one is left out.
pub(super) const LINES: Which = Which::Telling(FIRST, 10);

/// A step as reports name it: `*Day-3 offer*`.
pub fn name(funnel: &Funnel, id: &StepId) -> String {
    format!("*{}*", funnel.step(id).map_or(id.as_str(), |step| step.name()))
}

/// What would keep the step inside on the journey, all else as it is; `None` where this cannot.
pub(super) fn safe_line(funnel: &Funnel, safe: &Safe) -> Option<String> {
    let latest = safe.latest?.spoken();
    let at = name(funnel, &safe.step);
    Some(match safe.kind {
        SafeKind::Wait => format!("inside on this journey if {at} takes {latest} at most"),
        SafeKind::Timeout => format!("inside on this journey if {at} waits {latest} at most for an answer"),
        SafeKind::Answer => format!("inside on this journey if the answer at {at} comes {latest} after it"),
    })
}

/// The journey up to the first visit of a step, or to its end where it never comes there.
pub(super) fn lines_to(funnel: &Funnel, journey: &Journey, step: &StepId) -> Vec<String> {
    let visit = journey.moments.iter().position(|moment| moment.step == *step);
    let last = visit.unwrap_or(journey.moments.len().saturating_sub(1));
    lines(&|id| name(funnel, id), &Telling::along(journey, last, LINES))
}

/// What is told of a journey, one line for each thing that happened: `3 m  answers "Quero" at *Ask*`.
pub(super) fn lines(name: &dyn Fn(&StepId) -> String, telling: &Telling) -> Vec<String> {
    let Telling { arrives, moments, left_out, .. } = telling;
    let mut told: Vec<(String, String)> = moments.iter().map(|moment| (moment.at.spoken(), said(name, moment))).collect();
    if *left_out > 0 {
        told.insert(FIRST, ("…".to_owned(), format!("({left_out} more)")));
    }
    let wide = told.iter().map(|(time, _)| time.chars().count()).max().unwrap_or(0);
    let begins = format!("that begins on {}:", begins(*arrives));
    std::iter::once(begins).chain(told.into_iter().map(|(time, said)| format!("{time:>wide$}  {said}"))).collect()
}

/// `Tuesday, 2026-12-01 09:00:00`
pub(super) fn begins(arrives: LocalTime) -> String {
    arrives.0.format("%A, %Y-%m-%d %H:%M:%S").to_string()
}

/// What happened at a moment, where steps are called so.
pub(super) fn said(name: &dyn Fn(&StepId) -> String, moment: &Moment) -> String {
    let at = name(&moment.step);
    match &moment.what {
        What::Entry => format!("enters at {at}"),
        What::Sent(Sent::FreeForm) => format!("{at} goes out free-form"),
        What::Sent(Sent::Template) => format!("{at} goes out as a template"),
        What::Sent(Sent::Blocked) => format!("{at} is refused: {}", closed(moment.since_inbound)),
        What::Sent(Sent::NotReached) => format!("{at} is not reached"),
        What::Reply { label, .. } => format!("answers \"{label}\" at {at}"),
        What::Timeout { asked } => format!("no answer at {at} within {}", (moment.at - *asked).spoken()),
        What::Waited { from } => format!("{at} ends after {}", (moment.at - *from).spoken()),
        What::Branch(output) => format!("{at}: {}", way(output)),
        What::Unprompted => "writes unasked".to_owned(),
        What::Exit(_) => format!("ends at {at}"),
    }
}

fn closed(since: Option<Seconds>) -> String {
    match since {
        Some(since) => format!("{} since the last message", since.spoken()),
        None => "the person has not written yet".to_owned(),
    }
}

fn way(output: &Output) -> String {
    match output {
        Output::Yes => "yes".to_owned(),
        Output::No => "no".to_owned(),
        Output::Case(label) | Output::Reply(label) => label.clone(),
        Output::Next => "on".to_owned(),
        Output::Timeout => "no answer".to_owned(),
    }
}
