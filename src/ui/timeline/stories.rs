//! Ready-made stories, and changes to a story: what a person answers, when, and which way they take. Plain functions over
//! the funnel; names no pixel.

use std::collections::{BTreeSet, HashMap};

use crate::engine::{Claim, Proof, Story, Verdict, follow, made_up};
use crate::model::{Answer, Delay, Funnel, Reply, Scenario, Seconds, StepId};
use crate::policy::Policy;
use crate::ui::words::timeline as words;

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
    let mut taken: BTreeSet<String> = all.iter().map(|story| story.name.clone()).collect();
    for (step, proof) in funnel.steps.iter().zip(&proof.steps) {
        let breaks = proof.before_inbound || matches!(proof.verdict, Verdict::Sometimes | Verdict::Outside);
        if breaks && proof.reachable && step.message().is_some() {
            let plain = words::breaks(step.name());
            let name = if taken.insert(plain.clone()) { plain } else { words::breaks_with_id(step.name(), &step.id) };
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
    let mut said = 0;
    let mut visits: HashMap<StepId, usize> = HashMap::new();
    let story = made_up(funnel, policy, Story::of(&scenario, funnel), |step, reply| {
        let visit = visits.entry(step.id.clone()).or_default();
        *visit += 1;
        if said == MOST_ANSWERS || *visit > MOST_VISITS || ready.kind == Kind::Never {
            return None;
        }
        let (label, after) = match likeliest(reply).zip(delay(&ready.kind, reply)) {
            Some(said) => said,
            // Silence here, and later questions may still be answered: said too late, so that this visit is counted.
            None => (reply.options.first()?.label.clone(), reply.timeout?),
        };
        said += 1;
        Some(Answer { step: step.id.clone(), reply: label, after })
    });
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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::engine::{What, prove};
    use crate::model::Sent;
    use crate::{file, policy};

    const MISTAKE: &str = include_str!("../../../funnels/day3-mistake.ron");
    const EVERYTHING: &str = include_str!("../../../funnels/every-step-kind.ron");

    fn stories(text: &str) -> Vec<(ReadyMade, Option<Story>, Funnel)> {
        let funnel = file::parse(text, "test.ron").unwrap().document.funnel;
        let policy = policy::standard();
        let proof = prove(&funnel, &policy, "2026-11-24T10:00:00".parse().unwrap());
        let all = ready_made(&funnel, &proof);
        all.into_iter().map(|ready| (ready.clone(), tell(&ready, &funnel, &policy, &proof), (*funnel).clone())).collect()
    }

    fn replies(story: &Story, funnel: &Funnel) -> Vec<i64> {
        let journey = follow(funnel, &policy::standard(), story);
        let after = journey.moments.iter().filter_map(|moment| match moment.what {
            What::Reply { asked, .. } => Some((moment.at - asked).0),
            _ => None,
        });
        after.collect()
    }

    #[test]
    fn each_kind_of_person_answers_in_their_way() {
        let told = |kind: &Kind| {
            let (_, story, funnel) = stories(MISTAKE).into_iter().find(|(ready, ..)| ready.kind == *kind).unwrap();
            replies(&story.unwrap(), &funnel)
        };
        assert_eq!(told(&Kind::AtOnce), [1, 1]);
        assert_eq!(told(&Kind::Typical), [12 * 60, 5 * 60], "the medians");
        assert_eq!(told(&Kind::LastMinute), [20 * 3600 - 1, 12 * 3600 - 1], "a second before each timeout");
        assert_eq!(told(&Kind::Never), [0; 0]);
    }

    /// "More?" leads back to itself by its likelier answer; most people never answer "Sure?", which leads on.
    const LOOP: &str = r#"(
        format: 1, name: "Loop", policy: "whatsapp-2026-10",
        steps: [
            (id: "in", kind: Entry(channel: QrCode)),
            (id: "sure", kind: Message(purpose: Service, send: FreeForm(Text("Sure?")), reply: (
                options: [(label: "yes", share: 1.0)], chance: 0.9, delay: Empirical([("5m", 0.2), ("10m", 0.4)]), timeout: "1h",
            ))),
            (id: "more", kind: Message(purpose: Service, send: FreeForm(Text("More?")), reply: (
                options: [(label: "stop", share: 0.4), (label: "more", share: 0.6)], chance: 0.9, delay: Fixed("5m"), timeout: "1h",
            ))),
        ],
        links: [
            (from: "in", to: "sure"), (from: "sure", out: Reply("yes"), to: "more"), (from: "sure", out: Timeout, to: "more"),
            (from: "more", out: Reply("more"), to: "sure"), (from: "more", out: Timeout, to: "more"),
        ],
    )"#;

    #[test]
    fn a_person_is_silent_where_most_are_and_goes_round_a_cycle_thrice() {
        let (_, story, _) = stories(LOOP).into_iter().find(|(ready, ..)| ready.kind == Kind::Typical).unwrap();
        let said = story.unwrap().scenario.answers.into_iter().map(|answer| (answer.step.to_string(), answer.after.0));
        let round = [("sure".to_owned(), 3_600), ("more".to_owned(), 300)];
        assert_eq!(said.collect::<Vec<_>>(), round.clone().into_iter().cycle().take(6).collect::<Vec<_>>());
        let (_, story, funnel) = stories(LOOP).into_iter().find(|(ready, ..)| ready.kind == Kind::AtOnce).unwrap();
        assert_eq!(replies(&story.unwrap(), &funnel), [300; 6], "as soon as the delays allow");
    }

    #[test]
    fn every_step_that_is_not_always_inside_has_the_story_that_breaks_it() {
        let mut breaking = 0;
        for text in [MISTAKE, EVERYTHING] {
            for (ready, story, funnel) in stories(text) {
                let Kind::Breaks(step) = &ready.kind else { continue };
                let policy = policy::standard();
                let journey = follow(&funnel, &policy, &story.expect("a proof that something breaks shows how"));
                let open = |since: Option<Seconds>| since.is_some_and(|since| since < policy.window.length);
                let shut = journey.moments.iter().any(|moment| {
                    moment.step == *step && matches!(moment.what, What::Sent(_)) && !open(moment.since_inbound)
                });
                assert!(shut, "{}: {:?}", ready.name, journey.moments);
                breaking += 1;
            }
        }
        assert!(breaking >= 2);
    }

    #[test]
    fn expectations_are_held_against_what_comes_of_the_story() {
        let funnel = file::parse(MISTAKE, "test.ron").unwrap().document.funnel;
        let policy = policy::standard();
        assert_eq!(holds(&funnel, &policy, &funnel.scenarios[0]), Some(false), "the classic mistake");
        let mut expect = (*funnel.scenarios[0]).clone();
        for expected in &mut expect.expect {
            expected.sent = Sent::Blocked;
        }
        assert_eq!(holds(&funnel, &policy, &expect), Some(true));
        expect.expect.clear();
        assert_eq!(holds(&funnel, &policy, &expect), None);
    }

    #[test]
    fn a_kept_copy_gets_a_name_of_its_own() {
        let mut funnel = Funnel::default();
        assert_eq!(free_name(&funnel, "Typical"), "Typical");
        for expected in ["Typical 2", "Typical 3"] {
            let name = if funnel.scenarios.is_empty() { "Typical".to_owned() } else { free_name(&funnel, "Typical") };
            funnel.scenarios.push(Scenario { name, ..Scenario::default() }.into());
            assert_eq!(free_name(&funnel, "Typical"), expected);
        }
    }
}
