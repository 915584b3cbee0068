//! A journey in words: a short list of times.

use crate::engine::{Journey, Moment, Safe, SafeKind, What};
use crate::model::{Funnel, Output, Seconds, Sent, StepId};
use crate::rules::Shown;

/// The most lines that a journey takes; the middle of a longer one is left out.
const MOST: usize = 12;

/// A step as reports name it: `*Day-3 offer*`.
pub fn name(funnel: &Funnel, id: &StepId) -> String {
    format!("*{}*", funnel.step(id).map_or(id.as_str(), |step| step.name()))
}

/// The journey up to the moment that it shows, one line for each thing that happened: `3 m  answers "Quero" at *Ask*`.
pub(super) fn shown_lines(funnel: &Funnel, shown: &Shown) -> Vec<String> {
    lines(funnel, &shown.journey, shown.at)
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
    lines(funnel, journey, visit.unwrap_or(journey.moments.len().saturating_sub(1)))
}

fn lines(funnel: &Funnel, journey: &Journey, last: usize) -> Vec<String> {
    let mut told: Vec<Option<&Moment>> = telling(journey, last).map(Some).collect();
    let gone = told.len().saturating_sub(MOST);
    if gone > 0 {
        told.splice(2..2 + gone, [None]);
    }
    let times: Vec<String> = told.iter().map(|told| told.map_or("…".to_owned(), |moment| moment.at.spoken())).collect();
    let wide = times.iter().map(|time| time.chars().count()).max().unwrap_or(0);
    let said = |told: &Option<&Moment>| told.map_or(format!("({gone} more)"), |moment| said(funnel, moment));
    let mut lines: Vec<String> =
        told.iter().zip(&times).map(|(told, time)| format!("{time:>wide$}  {}", said(told))).collect();
    lines.insert(0, format!("that begins on {}:", begins(journey)));
    lines
}

/// `Tuesday, 2026-12-01 09:00:00`
pub(super) fn begins(journey: &Journey) -> String {
    journey.arrives.0.format("%A, %Y-%m-%d %H:%M:%S").to_string()
}

/// The moments up to this one that say something: one that takes no time and changes nothing, such as hours that are open
/// already, says nothing.
pub(super) fn telling(journey: &Journey, last: usize) -> impl Iterator<Item = &Moment> {
    let upto = journey.moments.get(..=last).unwrap_or_default();
    upto.iter().filter(|moment| !matches!(moment.what, What::Waited { from } if from == moment.at))
}

/// What happened at a moment.
pub(super) fn said(funnel: &Funnel, moment: &Moment) -> String {
    let at = name(funnel, &moment.step);
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
