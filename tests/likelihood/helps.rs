//! What would help, against what is worked out by hand.

use super::*;

fn helped(funnel: &Funnel, step: &str) -> Vec<WhatIf> {
    let proof = prove(funnel, &policy(), now());
    what_ifs(funnel, &policy(), now(), &proof, 3_000_000).remove(&StepId::from(step)).unwrap_or_default()
}

#[test]
fn the_longest_safe_wait_is_told_to_the_second() {
    let funnel = funnel(
        "UTC",
        "2026-12-01T00:00:00",
        &[
            ("in", anyone(), &[(Output::Next, "ask")]),
            ("ask", question(0.7, r#"Fixed("1h")"#, "20h"), &[(yes(), "wait"), (Output::Timeout, "wait")]),
            ("wait", waits("30h"), &[(Output::Next, "last")]),
            ("last", message(), &[]),
        ],
    );
    // Those who answer wait from their answer on, the others after 20 h of silence: safe is a second less than 4 h, and for
    // seven in ten it is a second less than a day.
    let found = helped(&funnel, "last");
    let Some(Change::Shorten { at, timeout, now, safe, likely, .. }) =
        found.iter().map(|what_if| &what_if.change).find(|change| matches!(change, Change::Shorten { .. }))
    else {
        panic!("{found:?}")
    };
    assert_eq!((at.as_str(), *timeout, *now), ("wait", false, Seconds::hours(30)));
    assert_eq!((*safe, likely[0]), (Some(Seconds(4 * 3600 - 1)), Some(Seconds(4 * 3600 - 1))));
    assert_eq!(found[0].inside, 1.0);
    let mut shortened = funnel;
    shortened.steps[2] = Arc::new(Step { kind: waits("3h 59m 59s"), ..(*shortened.steps[2]).clone() });
    assert_eq!(prove(&shortened, &policy(), self::now()).steps[3].verdict, Verdict::Inside);
}

#[test]
fn asking_again_helps_at_the_time_that_a_crowd_finds_best() {
    let delay = r#"LogNormal(median:"12m",p90:"2h")"#;
    let funnel = funnel(
        "UTC",
        "2026-12-01T00:00:00",
        &[
            ("in", anyone(), &[(Output::Next, "ask")]),
            ("ask", question(0.7, delay, "20h"), &[(yes(), "morning"), (Output::Timeout, "morning")]),
            ("morning", until("10:00", &[]), &[(Output::Next, "last")]),
            ("last", message(), &[]),
        ],
    );
    let before = of(&worked_out(&funnel), "last").inside.unwrap();
    let found = helped(&funnel, "last");
    let again = found.iter().find(|what_if| matches!(what_if.change, Change::AskAgain { .. })).unwrap();
    let Change::AskAgain { after, best, range } = &again.change else { unreachable!("it was looked for") };
    assert_eq!(after.as_str(), "ask");
    assert!(range.0 <= *best && *best <= range.1 && again.inside > before + 0.1, "{before} {again:?}");
    // Of those asked again at the best time, seven in ten answer; the rest are as before.
    let share = |hours: f64| transom::engine::delays::share_before(&law(delay), hours * 3600.0);
    let best = best.0 as f64 / 3600.0;
    let silent = 1.0 - 0.7 * share(best);
    let right = 1.0 - silent * (1.0 - 0.7 * share(20.0 - best)) * 20.0 / 24.0;
    assert_near(again.inside, right, 2e-3);
}

#[test]
fn the_edit_of_a_change_does_what_was_told_of_it() {
    use transom::edit::{Edit, apply};
    let sample = transom::cli::samples::sample("support-follow-up").unwrap();
    let document = transom::file::parse(sample.text, sample.name).unwrap().document;
    let funnel = Arc::clone(&document.funnel);
    let with = |edit: &Edit| (*apply(&document, edit).unwrap().funnel).clone();
    let mut tried = 0;
    for WhatIf { change, inside, .. } in helped(&funnel, "follow") {
        let length = match change {
            Change::Shorten { best, .. } | Change::AskAgain { best, .. } => best,
        };
        let changed = with(&transom::session::edit_of(&change, &funnel, length).unwrap());
        assert_near(of(&worked_out(&changed), "follow").inside.unwrap(), inside, 5e-3);
        tried += 1;
    }
    assert_eq!(tried, 3);
}

#[test]
fn nothing_helps_where_nothing_is_wrong_and_the_best_comes_first() {
    let sample = |name: &str| transom::cli::samples::sample(name).unwrap().funnel().unwrap();
    let follow_up = sample("support-follow-up");
    assert!(helped(&follow_up, "glad").is_empty());
    let found = helped(&follow_up, "follow");
    assert!(found.len() > 1 && found.is_sorted_by(|one, other| one.inside >= other.inside), "{found:?}");
}
