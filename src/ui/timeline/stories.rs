//! Ready-made stories, and changes to a story: what a person answers, when, and which way they take. Plain functions over
//! the funnel; names no pixel.

use crate::engine::{Claim, Proof, Story, Verdict, follow};
use crate::model::{Answer, Delay, Funnel, Reply, Scenario, Seconds, StepId};
use crate::policy::Policy;
use crate::ui::words::timeline as words;

use super::scene::{Came, Question, questions};

/// A story that is always at hand.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Kind {
    /// Answers every question within a second, or as soon as its delay allows.
    AtOnce,
    /// Takes the median of each delay.
    Typical,
    /// Answers one second before each timeout.
    LastMinute,
    /// Answers nothing.
    Never,
    /// The journey on which the window is closed at this step.
    Breaks(StepId),
}

/// A ready-made story by its name; the story itself is made when it is asked for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ReadyMade {
    /// Which.
    pub kind: Kind,
    /// What it is called.
    pub name: String,
}

/// More answers than this are not given: a story that goes round a cycle has made its point by then.
const MOST_ANSWERS: usize = 64;
/// Nor more than this to the same question.
const MOST_VISITS: usize = 3;

/// All ready-made stories of a funnel: the four kinds of person, then one for each sending step that is not always
/// inside.
pub fn ready_made(funnel: &Funnel, proof: &Proof) -> Vec<ReadyMade> {
    let people = [
        (Kind::AtOnce, words::AT_ONCE),
        (Kind::Typical, words::TYPICAL),
        (Kind::LastMinute, words::LAST_MINUTE),
        (Kind::Never, words::NEVER),
    ];
    let mut all: Vec<ReadyMade> = people.into_iter().map(|(kind, name)| ReadyMade { kind, name: name.to_owned() }).collect();
    for (step, proof) in funnel.steps.iter().zip(&proof.steps) {
        let breaks = proof.before_inbound || matches!(proof.verdict, Verdict::Sometimes | Verdict::Outside);
        if breaks && proof.reachable && step.message().is_some() {
            let plain = words::breaks(step.name());
            let taken = all.iter().any(|other| other.name == plain);
            let name = if taken { words::breaks_with_id(step.name(), &step.id) } else { plain };
            all.push(ReadyMade { kind: Kind::Breaks(step.id.clone()), name });
        }
    }
    all
}

/// Tells a ready-made story. `None` where a breaking journey has no witness.
pub fn tell(ready: &ReadyMade, funnel: &Funnel, policy: &Policy, proof: &Proof) -> Option<Story> {
    if let Kind::Breaks(step) = &ready.kind {
        let mut story = proof.witness(step, Claim::Outside).or_else(|| proof.witness(step, Claim::BeforeInbound))?;
        story.scenario.name.clone_from(&ready.name);
        return Some(story);
    }
    let scenario = Scenario { name: ready.name.clone(), ..Scenario::default() };
    let mut story = Story::of(&scenario, funnel);
    // Following the story so far shows the next question; its answer may lead to another.
    while story.scenario.answers.len() < MOST_ANSWERS {
        let journey = follow(funnel, policy, &story);
        let open = questions(&journey, funnel).into_iter().find(|question| {
            question.came != Came::Answered && question.visit < MOST_VISITS && !is_said(&story.scenario, question)
        });
        let Some(question) = open else { break };
        let reply = funnel.step(&question.step).and_then(|step| step.message()?.reply.as_ref());
        let said = reply.and_then(|reply| Some((likeliest(reply)?, delay(&ready.kind, reply)?)));
        let Some((label, after)) = said else {
            // Silence here; later questions may still be answered.
            if question.came == Came::Never || ready.kind == Kind::Never {
                break;
            }
            let label = question.options.first().cloned().unwrap_or_default();
            let after = question.timeout.unwrap_or_default();
            story.scenario.answers.push(Answer { step: question.step, reply: label, after });
            continue;
        };
        story.scenario.answers.push(Answer { step: question.step, reply: label, after });
    }
    Some(story)
}

/// A name for a kept copy that no scenario of the file has yet.
pub fn free_name(funnel: &Funnel, name: &str) -> String {
    let taken = |name: &str| funnel.scenarios.iter().any(|scenario| scenario.name == name);
    if !taken(name) {
        return name.to_owned();
    }
    (2..).map(|n| format!("{name} {n}")).find(|name| !taken(name)).unwrap_or_default()
}

/// Whether every expectation holds; `None` where there is none.
pub fn holds(funnel: &Funnel, policy: &Policy, scenario: &Scenario) -> Option<bool> {
    if scenario.expect.is_empty() {
        return None;
    }
    let journey = follow(funnel, policy, &Story::of(scenario, funnel));
    Some(scenario.expect.iter().all(|expect| journey.sent_by(&expect.step) == expect.sent))
}

fn is_said(scenario: &Scenario, question: &Question) -> bool {
    scenario.answers.iter().filter(|answer| answer.step == question.step).nth(question.visit).is_some()
}

/// The option of the greatest share, the first of equals.
fn likeliest(reply: &Reply) -> Option<String> {
    let mut best = reply.options.first()?;
    for option in &reply.options {
        if option.share > best.share {
            best = option;
        }
    }
    Some(best.label.clone())
}

/// How long this kind of person takes; `None` is silence.
fn delay(kind: &Kind, reply: &Reply) -> Option<Seconds> {
    let (soonest, latest) = reply.delay.range();
    let after = match kind {
        Kind::AtOnce => soonest.max(Seconds(1)),
        Kind::Typical => median(&reply.delay)?,
        Kind::LastMinute => {
            let before_timeout = reply.timeout.map(|timeout| timeout - Seconds(1));
            let last = [latest, before_timeout].into_iter().flatten().min();
            last.or_else(|| median(&reply.delay))?.max(soonest)
        }
        Kind::Never | Kind::Breaks(_) => return None,
    };
    reply.timeout.is_none_or(|timeout| after < timeout).then_some(after)
}

/// The delay that half of the people undercut; `None` where more than half never answer.
fn median(delay: &Delay) -> Option<Seconds> {
    match delay {
        Delay::Fixed(length) => Some(*length),
        Delay::Uniform { min, max } => Some(Seconds((min.0 + max.0) / 2)),
        Delay::Exponential { mean } => Some(Seconds((mean.0 as f64 * std::f64::consts::LN_2).round() as i64)),
        Delay::LogNormal { median, .. } | Delay::Weibull { median, .. } => Some(*median),
        Delay::Empirical(points) => {
            let after = points.iter().position(|(_, share)| *share >= 0.5)?;
            let (to, high) = points[after];
            let Some((from, low)) = after.checked_sub(1).map(|before| points[before]) else { return Some(to) };
            let part = if high > low { (0.5 - low) / (high - low) } else { 1.0 };
            Some(Seconds(from.0 + ((to.0 - from.0) as f64 * part).round() as i64))
        }
    }
}
