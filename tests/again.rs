//! A funnel that is proved again after an edit is proved as if nothing had been known of it: the same verdicts, times,
//! consents, doubts and witnesses. And what the edit does not touch is not searched again.
//!
//! `TRANSOM_AGREEMENT=3000 cargo test --release --test again -- --nocapture` looks at more funnels.

#[path = "generator/plans.rs"]
// Stories are for the tests of the stepper.
#[allow(dead_code)]
mod plans;

use std::sync::Arc;

use rand::seq::IndexedRandom;
use rand::{RngExt, SeedableRng};
use rand_chacha::ChaCha8Rng;

use transom::edit::{Edit, apply, fresh_id};
use transom::engine::{Claim, Proof, prove, prove_again};
use transom::model::*;
use transom::policy::{self, Policy};

use plans::Maker;

const FUNNELS: u64 = 60;
const EDITS: usize = 12;
fn policy() -> Arc<Policy> {
    policy::load(policy::DEFAULT_ID, None).expect("the shipped policy is sound")
}

fn now() -> LocalTime {
    "2026-11-22T12:00:00".parse().unwrap()
}

fn agree(again: &Proof, whole: &Proof, told: &dyn Fn() -> String) {
    for (again, whole) in again.steps.iter().zip(&whole.steps) {
        assert_eq!(again, whole, "{}", told());
    }
    assert_eq!((again.steps.len(), again.lines()), (whole.steps.len(), whole.lines()), "{}", told());
    for step in &whole.steps {
        for claim in Claim::ALL {
            let story = whole.witness(&step.id, claim);
            assert_eq!(again.witness(&step.id, claim), story, "{:?} {claim:?}: {}", step.id, told());
        }
    }
}

#[test]
fn an_edited_funnel_is_proved_again_as_it_is_proved_at_first() {
    let funnels = std::env::var("TRANSOM_AGREEMENT").ok().and_then(|n| n.parse().ok()).unwrap_or(FUNNELS);
    let policy = policy();
    let (mut edited, mut steps, mut searched, mut whole) = (0, 0, 0, 0);
    for seed in 0..funnels {
        let mut rng = ChaCha8Rng::seed_from_u64(seed);
        let mut document = Document { funnel: Arc::new(chained(seed, 1 + seed % 4)), ..Document::default() };
        let mut proof = prove(&document.funnel, &policy, now());
        for n in 0..EDITS {
            let edit = any_edit(&mut rng, &document.funnel);
            let Ok(after) = apply(&document, &edit) else { continue };
            let again = prove_again(&proof, &after.funnel, &policy, now());
            let told = || format!("seed {seed}, edit {n}: {edit:?}\nof {:?}", document.funnel);
            agree(&again, &prove(&after.funnel, &policy, now()), &told);
            (edited, steps, searched) = (edited + 1, steps + again.steps.len(), searched + again.searched());
            whole += usize::from(again.searched() >= again.steps.len());
            (proof, document) = (again, after);
        }
    }
    println!("{edited} edits, {whole} proved from the beginning; of {steps} steps {searched} searched");
    assert!(edited > 8 * funnels as usize, "few edits were refused: {edited}");
    assert!(whole * 2 < edited, "{whole} of {edited} were proved from the beginning");
    assert!(searched * 2 < steps, "{searched} of {steps} steps were searched");
}

#[test]
fn words_are_not_searched_at_all() {
    let policy = policy();
    for seed in 0..20 {
        let funnel = chained(seed, 3);
        let proof = prove(&funnel, &policy, now());
        let mut changed = funnel.clone();
        changed.name.push('!');
        changed.notes.push('?');
        for step in &mut changed.steps {
            let step = Arc::make_mut(step);
            step.title.push('x');
            if let StepKind::Message(Message { send: Send::FreeForm(Content::Text(text)), .. }) = &mut step.kind {
                text.push_str(" and more");
            }
        }
        let again = prove_again(&proof, &changed, &policy, now());
        assert_eq!(again.searched(), 0, "seed {seed}");
        agree(&again, &prove(&changed, &policy, now()), &|| format!("seed {seed}"));
    }
}

#[test]
fn how_likely_answers_are_is_not_searched_while_they_stay_possible() {
    let policy = policy();
    let mut changed_any = false;
    for seed in 0..20 {
        let funnel = chained(seed, 3);
        let proof = prove(&funnel, &policy, now());
        let mut changed = funnel.clone();
        for step in &mut changed.steps {
            let half = |share: &mut f64| {
                changed_any |= *share > 0.0;
                *share /= 2.0;
            };
            match &mut Arc::make_mut(step).kind {
                StepKind::Message(Message { reply: Some(reply), .. }) => {
                    reply.options.iter_mut().map(|option| &mut option.share).for_each(half);
                }
                StepKind::Branch(Branch::Split(cases)) => cases.iter_mut().map(|(_, weight)| weight).for_each(half),
                _ => {}
            }
        }
        let again = prove_again(&proof, &changed, &policy, now());
        assert_eq!(again.searched(), 0, "seed {seed}");
        agree(&again, &prove(&changed, &policy, now()), &|| format!("seed {seed}"));
    }
    assert!(changed_any);
}

#[test]
fn a_wait_is_searched_from_where_it_stands_on() {
    let policy = policy();
    let length = |n: i64| StepKind::Wait(Wait::For(Seconds::hours(n)));
    let entry = StepKind::Entry { channel: Channel::UserMessage, opt_in: false, arrives: Arrivals::AnyTime };
    let calendar = StepKind::Wait(Wait::Until { time: "10:00".parse().unwrap(), days: [].into() });
    for timezone in ["America/Sao_Paulo", "Europe/Berlin"] {
        let kinds: Vec<StepKind> = (0..40)
            .map(|n| match n {
                0 => entry.clone(),
                n if n % 4 == 1 => length(n),
                n if n % 4 == 3 => calendar.clone(),
                _ => plans::message(Purpose::Service, None),
            })
            .collect();
        let steps = kinds.into_iter().enumerate().map(|(n, kind)| step(&format!("s{n}"), kind)).map(Arc::new);
        let links = (0..39).map(|n| link(&format!("s{n}"), Output::Next, &format!("s{}", n + 1)));
        let audience = Audience { timezone: timezone.to_owned(), ..Audience::default() };
        let funnel = Funnel { audience, steps: steps.collect(), links: links.collect(), ..Funnel::default() };
        let proof = prove(&funnel, &policy, now());
        assert_eq!(proof.searched(), 40);
        for at in [1, 21, 37] {
            let mut changed = funnel.clone();
            Arc::make_mut(&mut changed.steps[at]).kind = length(2);
            let again = prove_again(&proof, &changed, &policy, now());
            // What leads to the wait, and who comes to it, is as it was.
            assert_eq!(again.searched(), 39 - at, "{timezone}: {at}");
            agree(&again, &prove(&changed, &policy, now()), &|| format!("{timezone}: {at}"));
        }
    }
}

#[test]
fn what_leads_nowhere_comes_and_goes_without_a_search_of_the_rest() {
    let policy = policy();
    for seed in 0..12 {
        let without = chained(seed, 2);
        let mut with = without.clone();
        with.steps.insert(1, Arc::new(step("alone", StepKind::Wait(Wait::For(Seconds::hours(1))))));
        let proof = prove(&with, &policy, now());
        let again = prove_again(&proof, &without, &policy, now());
        assert_eq!(again.searched(), 0, "seed {seed}");
        agree(&again, &prove(&without, &policy, now()), &|| format!("seed {seed}"));
        let again = prove_again(&again, &with, &policy, now());
        assert_eq!(again.searched(), 1, "seed {seed}");
        agree(&again, &proof, &|| format!("seed {seed}"));
    }
}

// Random funnels, and edits of all that can move people.

/// Some random funnels, one behind the other.
fn chained(seed: u64, parts: u64) -> Funnel {
    let mut chain = Maker::new(seed).funnel();
    for part in 1..parts {
        let Funnel { steps, links, .. } = Maker::new(seed + 1000 * part).funnel();
        let named = |id: &StepId| StepId::from(format!("p{part}-{id}"));
        let before = chain.steps.last().expect("it has steps").id.clone();
        chain.links.push(link(before.as_str(), Output::Next, named(&steps[0].id).as_str()));
        for (place, one) in steps.iter().enumerate() {
            let kind = match &one.kind {
                StepKind::Entry { .. } if place == 0 => plans::message(Purpose::Service, None),
                kind => kind.clone(),
            };
            chain.steps.push(Arc::new(Step { id: named(&one.id), kind, ..Step::clone(one) }));
        }
        let links = links.iter().map(|one| link(named(&one.from).as_str(), one.out.clone(), named(&one.to).as_str()));
        chain.links.extend(links);
    }
    chain
}

fn step(id: &str, kind: StepKind) -> Step {
    Step { id: StepId::from(id), title: String::new(), kind, allow: Vec::new() }
}

fn link(from: &str, out: Output, to: &str) -> Arc<Link> {
    Arc::new(Link { from: from.into(), out, to: to.into() })
}

fn any_edit(rng: &mut ChaCha8Rng, funnel: &Funnel) -> Edit {
    let at = Point::default();
    let Some(some) = funnel.steps.choose(rng) else { return Edit::AddStep { step: any_step(rng, "s0"), at } };
    let (some, id) = (Step::clone(some), some.id.clone());
    match rng.random_range(0..32) {
        0..10 => Edit::ReplaceStep(changed(rng, some)),
        10..13 => Edit::ReplaceStep(any_step(rng, id.as_str())),
        13..15 => Edit::ReplaceStep(Step { title: "Another name".to_owned(), ..some }),
        15..20 => any_link(rng, funnel).map_or(Edit::SetName("New".to_owned()), Edit::Connect),
        20..22 => match funnel.links.choose(rng) {
            Some(link) => Edit::Disconnect { from: link.from.clone(), out: link.out.clone() },
            None => Edit::SetNotes("Alone".to_owned()),
        },
        22 => Edit::RemoveSteps(vec![id]),
        23 => Edit::RemoveAndHeal(vec![id]),
        24 => Edit::AddStep { step: any_step(rng, fresh_id(funnel, "new").as_str()), at },
        25..29 => match funnel.links.choose(rng) {
            Some(link) => {
                let step = any_step(rng, fresh_id(funnel, "new").as_str());
                let into = Edit::InsertOnLink { from: link.from.clone(), out: link.out.clone(), step: step.id.clone() };
                Edit::Together { label: "Insert".to_owned(), edits: vec![Edit::AddStep { step, at }, into] }
            }
            None => Edit::SetNotes("Alone".to_owned()),
        },
        29 => Edit::SetMessagingLimit(Some(rng.random_range(0..9))),
        30 => {
            let zone = ["America/Sao_Paulo", "Europe/Berlin", "Europe/Ber"].choose(rng).expect("some");
            Edit::SetAudience(Audience { timezone: (*zone).to_owned(), ..funnel.audience.clone() })
        }
        _ => Edit::Together { label: "Two".to_owned(), edits: vec![any_edit(rng, funnel), any_edit(rng, funnel)] },
    }
}

/// The step with other times or shares.
fn changed(rng: &mut ChaCha8Rng, mut step: Step) -> Step {
    let mut other = |seconds: &mut Seconds| *seconds = Seconds((seconds.0 + rng.random_range(-2..3) * 1800).max(1));
    match &mut step.kind {
        StepKind::Wait(Wait::For(length)) => other(length),
        StepKind::Message(Message { reply: Some(reply), .. }) => reply.timeout.iter_mut().for_each(other),
        StepKind::Message(message) => message.purpose = *Purpose::ALL.choose(rng).expect("some"),
        StepKind::Branch(Branch::Split(cases)) => {
            cases.iter_mut().for_each(|(_, weight)| *weight = f64::from(rng.random_range(0..3_u8)));
        }
        StepKind::Branch(Branch::Attribute { share, .. }) => *share = f64::from(rng.random_range(0..3_u8)) / 2.0,
        StepKind::Entry { opt_in, .. } => *opt_in = !*opt_in,
        _ => return any_step(rng, step.id.as_str()),
    }
    step
}

fn any_step(rng: &mut ChaCha8Rng, id: &str) -> Step {
    let funnel = Maker::new(rng.random()).funnel();
    step(id, funnel.steps.choose(rng).expect("it has steps").kind.clone())
}

fn any_link(rng: &mut ChaCha8Rng, funnel: &Funnel) -> Option<Link> {
    let from = funnel.steps.choose(rng)?;
    let to = funnel.steps.choose(rng).filter(|to| !matches!(to.kind, StepKind::Entry { .. }))?;
    Some(Link { from: from.id.clone(), out: from.outputs().choose(rng)?.clone(), to: to.id.clone() })
}
