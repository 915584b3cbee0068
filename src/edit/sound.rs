//! What a funnel file can hold. Edits refuse the rest, so that whatever was saved can be opened again. Whether a plan is
//! a good one is not asked here: a broken plan is a diagnostic.

use serde::Serialize;

use crate::model::{
    Allow, Audience, Branch, Delay, LocalTime, Message, Output, Reply, Scenario, Seconds, Step, StepKind, Template, Wait,
};

use super::links::spoken;
use super::{Refusal, refuse};

/// More than this was not typed by a person: edits refuse it in one thing, files in one pair of quotes.
pub const LONGEST_TEXT: usize = 1 << 20;

/// Refuses a step that no file can hold.
pub(super) fn check_step(step: &Step) -> Result<(), Refusal> {
    check_length(&step.title)?;
    check_length(&step.kind)?;
    check_allow(&step.allow)?;
    let outputs = step.outputs();
    if let Some((_, twice)) = outputs.iter().enumerate().find(|(place, out)| outputs[..*place].contains(out)) {
        return refuse(format!("Two ways out of “{}” would be called {}", step.name(), spoken(twice)));
    }
    match &step.kind {
        StepKind::Message(Message { reply: Some(reply), .. }) => check_reply(reply),
        StepKind::Wait(Wait::For(length)) => check_duration(*length),
        StepKind::Wait(Wait::Date(moment)) => check_time(*moment),
        StepKind::Branch(Branch::Split(cases)) => cases.iter().try_for_each(|(_, weight)| check_weight(*weight)),
        StepKind::Branch(Branch::Attribute { share, .. }) => check_share(*share),
        _ => Ok(()),
    }
}

/// Refuses a template that no file can hold.
pub(super) fn check_template(template: &Template) -> Result<(), Refusal> {
    check_length(template)?;
    check_allow(&template.allow)?;
    template.submitted.map_or(Ok(()), check_time)
}

/// Refuses a scenario that no file can hold; whether its steps exist is checked elsewhere.
pub(super) fn check_scenario(scenario: &Scenario) -> Result<(), Refusal> {
    check_length(scenario)?;
    scenario.arrives.map_or(Ok(()), check_time)?;
    let mut lengths = scenario.answers.iter().map(|answer| answer.after).chain(scenario.unprompted.iter().copied());
    lengths.try_for_each(check_duration)
}

/// Refuses an audience whose clock nobody knows.
pub(super) fn check_audience(audience: &Audience) -> Result<(), Refusal> {
    check_length(audience)?;
    if audience.timezone.parse::<chrono_tz::Tz>().is_err() {
        return refuse(format!("“{}” is not a time zone; they are called like America/Sao_Paulo", audience.timezone));
    }
    Ok(())
}

/// Refuses to allow something without a reason.
pub(super) fn check_allow(allow: &[Allow]) -> Result<(), Refusal> {
    check_length(&allow)?;
    if allow.iter().any(|allow| allow.why.trim().is_empty()) {
        return refuse("Say why it is all right; a suppression without a reason is soon forgotten");
    }
    Ok(())
}

/// Refuses a moment that cannot be written down.
pub(super) fn check_time(time: LocalTime) -> Result<(), Refusal> {
    if time.is_writable() { Ok(()) } else { refuse("A moment is a whole second between the years 1970 and 2400") }
}

/// Refuses what is too long for a file.
pub(super) fn check_length(thing: &impl Serialize) -> Result<(), Refusal> {
    // Measured as it is written; what cannot be written at all has no business in a document either.
    let length = serde_json::to_vec(thing).map_or(usize::MAX, |text| text.len());
    if length <= LONGEST_TEXT { Ok(()) } else { refuse("That text is too long: at most 1 MiB fits into a funnel file") }
}

/// The answers that a step knows.
pub(super) fn knows_answer(step: &Step, label: &str) -> bool {
    step.outputs().contains(&Output::Reply(label.to_owned()))
}

fn check_reply(reply: &Reply) -> Result<(), Refusal> {
    reply.options.iter().try_for_each(|option| check_weight(option.share))?;
    check_share(reply.chance)?;
    reply.timeout.map_or(Ok(()), check_duration)?;
    match &reply.delay {
        Delay::Fixed(length) | Delay::Exponential { mean: length } => check_duration(*length),
        Delay::Uniform { min, max } if max < min => refuse("The longest answer takes at least as long as the shortest"),
        Delay::LogNormal { median, p90 } | Delay::Weibull { median, p90 } if p90 < median => {
            refuse("The time by which 90 % answer is at least the time by which half do")
        }
        Delay::Uniform { min: a, max: b }
        | Delay::LogNormal { median: a, p90: b }
        | Delay::Weibull { median: a, p90: b } => check_duration(*a).and_then(|()| check_duration(*b)),
        Delay::Empirical(points) => check_points(points),
    }
}

fn check_points(points: &[(Seconds, f64)]) -> Result<(), Refusal> {
    if points.is_empty() {
        return refuse("A distribution needs at least one point");
    }
    for (length, reached) in points {
        check_duration(*length)?;
        check_share(*reached)?;
    }
    let rises = points.windows(2).all(|pair| pair[0].0 < pair[1].0 && pair[0].1 <= pair[1].1);
    if rises {
        Ok(())
    } else {
        refuse("Each point of a distribution is later than the one before, and its share no smaller")
    }
}

fn check_duration(length: Seconds) -> Result<(), Refusal> {
    let is_known = (Seconds::ZERO..=Seconds::MAX).contains(&length);
    if is_known { Ok(()) } else { refuse("A length of time is between 0 s and 100 years") }
}

fn check_share(share: f64) -> Result<(), Refusal> {
    if (0.0..=1.0).contains(&share) { Ok(()) } else { refuse("A share of people is between 0 and 100 %") }
}

fn check_weight(weight: f64) -> Result<(), Refusal> {
    if weight.is_finite() && weight >= 0.0 { Ok(()) } else { refuse("A weight is 0 or more") }
}
