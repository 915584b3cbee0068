//! Journeys that are followed together show what each shows when it is followed alone, on random funnels.

#[path = "generator/plans.rs"]
#[allow(dead_code, reason = "the people of these plans are the witnesses")]
mod plans;

use std::sync::Arc;

use transom::engine::{Claim, Trails};
use transom::model::LocalTime;
use transom::policy::{self, Policy};
use transom::rules::{Shown, Stories, Telling, Which, judge, shown};

use plans::Maker;

fn policy() -> Arc<Policy> {
    policy::load(policy::DEFAULT_ID, None).expect("the shipped policy is sound")
}

#[test]
fn what_is_told_of_a_journey_is_what_following_it_alone_shows() {
    let (policy, now): (_, LocalTime) = (policy(), "2026-11-22T12:00:00".parse().unwrap());
    let (mut told, mut together) = (0, 0);
    for seed in 0..600 {
        let mut maker = Maker::new(seed);
        let funnel = maker.funnel();
        let judgement = judge(&funnel, &policy, now);
        let stories = Stories::new(&judgement);
        let mut trails = Trails::new(&judgement.proof);
        for step in funnel.steps.iter().filter(|step| step.message().is_some()) {
            for claim in Claim::ALL {
                let alone = shown(&policy, &judgement.proof, &step.id, claim);
                for which in [Which::Telling(1, 2), Which::Telling(2, 10), Which::Needed] {
                    let along = |Shown { journey, at, .. }: &Shown| Telling::along(journey, *at, which);
                    let expected = alone.as_ref().map(along);
                    assert_eq!(
                        stories.of(&step.id, claim, which),
                        expected,
                        "seed {seed}, {claim:?} of {}\n{funnel:#?}",
                        step.id
                    );
                }
                told += usize::from(alone.is_some());
                if let Some(sight) = trails.sight(&step.id, claim) {
                    assert_eq!(sight.since_inbound, alone.and_then(|shown| shown.since_inbound()));
                    together += 1;
                }
            }
        }
    }
    println!("{told} journeys told, {together} of them together with others");
    assert!(together > 600 && told > together, "the test looked at too little");
}
