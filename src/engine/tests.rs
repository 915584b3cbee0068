//! Two ways to follow time come to the same: ordinary weeks with changes of the clocks as moves, and instant by instant.

#[path = "../../tests/generator/plans.rs"]
// Stories are for the tests of the stepper.
#[allow(dead_code)]
mod plans;

use std::sync::Arc;

use crate::model::{Arrivals, Funnel, StepKind, Wait};
use crate::policy;

use super::machine::Machine;
use super::proof::{Proof, conclude};
use super::search::{reach, reach_by_instants};

fn both_ways(funnel: &Funnel) -> Option<(Proof, Proof)> {
    let policy = policy::load(policy::DEFAULT_ID, None).unwrap();
    let machine = || Machine::new(funnel, &policy);
    let start = machine().clock.instant_of(funnel.launch.unwrap());
    let weeks = reach(funnel, machine(), start);
    if weeks.timing.changes.kinds.is_empty() {
        return None;
    }
    let instants = reach_by_instants(funnel, &weeks, None)?;
    let weeks = conclude(funnel, Arc::new(weeks));
    (!weeks.doubtful).then(|| (weeks, conclude(funnel, instants)))
}

/// Moves what looks at the clock to the hours in which clocks change.
fn about_the_change(funnel: &mut Funnel, seed: u64) {
    let times = ["02:00", "02:30", "03:00", "02:00", "00:00", "00:30", "23:00", "23:30"];
    for (n, step) in (seed / 2..).zip(&mut funnel.steps) {
        let at = |n: u64| times[n as usize % times.len()].parse().unwrap();
        match &mut Arc::make_mut(step).kind {
            StepKind::Wait(Wait::Until { time, .. }) => *time = at(n),
            StepKind::Wait(Wait::SendHours { from, to, .. }) => (*from, *to) = (at(n), at(n + 1)),
            StepKind::Entry { arrives, .. } if n % 3 == 0 => *arrives = Arrivals::Between(at(n), at(n + 1)),
            _ => {}
        }
    }
}

#[test]
fn weeks_with_changes_of_the_clocks_come_to_the_same_as_instants() {
    let funnels: u64 = std::env::var("TRANSOM_AGREEMENT").ok().and_then(|n| n.parse().ok()).unwrap_or(120);
    let (mut compared, mut steps) = (0, 0);
    for seed in 0..funnels {
        let mut funnel = plans::Maker::new(seed).funnel();
        // Dates are followed instant by instant in any case.
        for step in &mut funnel.steps {
            if let StepKind::Wait(Wait::Date(_)) = step.kind {
                let kind = StepKind::Wait(Wait::Until { time: "10:00".parse().unwrap(), days: [].into() });
                Arc::make_mut(step).kind = kind;
            }
        }
        if seed % 2 == 1 {
            about_the_change(&mut funnel, seed);
        }
        if !matches!(funnel.audience.timezone.as_str(), "Europe/Berlin" | "America/Santiago") {
            funnel.audience.timezone =
                ["Europe/Berlin", "America/Santiago", "Africa/Casablanca"][seed as usize % 3].to_owned();
        }
        let Some((weeks, instants)) = both_ways(&funnel) else { continue };
        compared += 1;
        for (week, instant) in weeks.steps.iter().zip(&instants.steps) {
            steps += 1;
            let told = || format!("seed {seed}\n{week:?}\n{instant:?}\n{funnel:?}");
            assert_eq!(week.verdict, instant.verdict, "{}", told());
            assert_eq!(week.since_inbound, instant.since_inbound, "{}", told());
            assert_eq!(week.before_inbound, instant.before_inbound, "{}", told());
            assert_eq!((week.consents, week.consents_outside), (instant.consents, instant.consents_outside), "{}", told());
        }
    }
    println!("{compared} funnels of {steps} steps followed both ways");
    assert!(compared * 4 > funnels, "only {compared} of {funnels} were followed in weeks");
}
