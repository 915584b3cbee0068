//! The proof and the stepper agree, on random funnels: no journey leaves what the proof allows, and whatever the proof
//! claims is shown by a journey that replays to it.
//!
//! `TRANSOM_AGREEMENT=20000 cargo test --release --test agreement -- --nocapture` looks at more funnels.

#[path = "generator/plans.rs"]
mod plans;

use std::sync::Arc;

use transom::engine::{Claim, Proof, Story, Verdict, What, follow, prove};
use transom::model::{
    Arrivals, Audience, Branch, Channel, Funnel, Link, LocalTime, Output, Purpose, Seconds, Step, StepId, StepKind, Wait,
};
use transom::policy::{self, Policy};

use plans::{Maker, message};

fn policy() -> Arc<Policy> {
    policy::load(policy::DEFAULT_ID, None).expect("the shipped policy is sound")
}

fn now() -> LocalTime {
    "2026-11-22T12:00:00".parse().unwrap()
}

/// Checks the first moments of a journey against the proof; gives how many it looked at.
fn stays_inside(funnel: &Funnel, policy: &Policy, proof: &Proof, story: &Story, moments: usize) -> usize {
    let journey = follow(funnel, policy, story);
    let sent = journey.moments.iter().take(moments).filter(|moment| matches!(moment.what, What::Sent(_)));
    for moment in sent.clone() {
        let proved = proof.step(&moment.step).unwrap();
        let told = || format!("{:?} at {:?}\n{proved:?}\n{story:?}\n{journey:?}\n{funnel:?}", moment.step, moment.at);
        if proved.unknown.is_some() {
            assert_eq!(proved.verdict, Verdict::Sometimes, "{}", told());
            continue;
        }
        match (moment.since_inbound, proved.since_inbound) {
            (None, _) => assert!(proved.before_inbound, "{}", told()),
            (Some(since), Some(range)) => {
                assert!(range.min <= since && range.max.is_none_or(|max| since <= max), "{}", told());
            }
            (Some(_), None) => panic!("{}", told()),
        }
        let open = moment.since_inbound.is_some_and(|since| since < policy.window.length);
        let fits = match proved.verdict {
            Verdict::Inside => open,
            Verdict::Outside => !open,
            Verdict::Sometimes => true,
            Verdict::Unreachable => false,
        };
        assert!(fits, "{}", told());
        let since_entry = proved.since_entry.unwrap_or_else(|| panic!("{}", told()));
        assert!(since_entry.min <= moment.at && since_entry.max.is_none_or(|max| moment.at <= max), "{}", told());
        let marketing = funnel.step(&moment.step).unwrap().message().unwrap().purpose == Purpose::Marketing;
        assert!(!(marketing && moment.opted_in) || proved.consents.given, "{}", told());
        assert!(!marketing || moment.opted_in || proved.consents.never || proved.consents.withdrawn, "{}", told());
        let outside = proved.consents_outside;
        assert!(!(marketing && moment.opted_in) || open || outside.given, "{}", told());
        assert!(!marketing || moment.opted_in || open || outside.never || outside.withdrawn, "{}", told());
    }
    sent.count()
}

/// Checks that every claim of the proof is shown by a journey that replays; gives how many there were.
fn shown(funnel: &Funnel, policy: &Policy, proof: &Proof) -> usize {
    let mut replayed = 0;
    for proved in &proof.steps {
        let Some(message) = funnel.step(&proved.id).unwrap().message() else { continue };
        if proved.unknown.is_some() {
            continue;
        }
        let marketing = message.purpose == Purpose::Marketing;
        let beyond = |range: transom::engine::Range| range.max.is_none_or(|max| max >= policy.window.length);
        for (claim, claimed) in [
            (Claim::Reached, proved.reachable),
            (Claim::Inside, matches!(proved.verdict, Verdict::Inside | Verdict::Sometimes)),
            (Claim::BeforeInbound, proved.before_inbound),
            (Claim::Shortest, proved.since_inbound.is_some()),
            (Claim::Longest, proved.since_inbound.is_some_and(|range| range.max.is_some())),
            (Claim::Outside, proved.since_inbound.is_some_and(beyond)),
            (Claim::NeverOptedIn, marketing && proved.consents.never),
            (Claim::OptedOut, marketing && proved.consents.withdrawn),
            (Claim::NeverOptedInOutside, marketing && proved.consents_outside.never),
            (Claim::OptedOutOutside, marketing && proved.consents_outside.withdrawn),
        ] {
            if !claimed {
                continue;
            }
            let story = proof.witness(&proved.id, claim).unwrap_or_else(|| panic!("no {claim:?} of {proved:?}\n{funnel:?}"));
            let journey = follow(funnel, policy, &story);
            let shows = journey.moments.iter().position(|moment| match (claim, moment.since_inbound) {
                _ if moment.step != proved.id || !matches!(moment.what, What::Sent(_)) => false,
                (Claim::Reached, _) => true,
                (Claim::Inside, since) => since.is_some_and(|since| since < policy.window.length),
                (Claim::Outside, since) => since.is_some_and(|since| since >= policy.window.length),
                (Claim::BeforeInbound, since) => since.is_none(),
                (Claim::Shortest, since) => since.is_some() && since == proved.since_inbound.map(|range| range.min),
                (Claim::Longest, since) => since.is_some() && since == proved.since_inbound.and_then(|range| range.max),
                (Claim::NeverOptedIn | Claim::OptedOut, _) => !moment.opted_in,
                (Claim::NeverOptedInOutside | Claim::OptedOutOutside, since) => {
                    !moment.opted_in && since.is_none_or(|since| since >= policy.window.length)
                }
            });
            let told = || format!("{claim:?} of {proved:?}\n{story:?}\n{journey:?}\n{funnel:?}");
            let shows = shows.unwrap_or_else(|| panic!("{}", told()));
            // What comes after is no part of the claim: the story is silent there, even where silence is impossible.
            stays_inside(funnel, policy, proof, &story, shows + 1);
            replayed += 1;
        }
    }
    replayed
}

#[test]
fn no_journey_leaves_what_the_proof_allows_and_every_claim_is_shown() {
    let policy = policy();
    let funnels: u64 = std::env::var("TRANSOM_AGREEMENT").ok().and_then(|n| n.parse().ok()).unwrap_or(400);
    let (mut looked_at, mut replayed, mut given_up) = (0, 0, 0);
    for seed in 0..funnels {
        let mut maker = Maker::new(seed);
        let funnel = maker.funnel();
        let proof = prove(&funnel, &policy, now());
        // A cycle of seconds that meets the calendar can be more than is followed: such steps are sometimes inside.
        given_up += u64::from(proof.steps.iter().any(|step| step.unknown.is_some()));
        replayed += shown(&funnel, &policy, &proof);
        for _ in 0..25 {
            if let Some(story) = maker.story(&funnel, &policy) {
                looked_at += stays_inside(&funnel, &policy, &proof, &story, usize::MAX);
            }
        }
    }
    println!(
        "{funnels} funnels, {looked_at} moments inside the proof, {replayed} claims shown, {given_up} given up in part"
    );
    assert!(given_up * 200 < funnels, "{given_up} of {funnels} funnels were too hard");
    assert!(looked_at as u64 > funnels && replayed as u64 > funnels, "the test looked at too little");
}

/// Eighteen splits that each may wait twice as long as the one before: a quarter of a million lengths, each of which meets
/// every morning of a year. Nobody can follow that one by one, and nobody may be told that it is safe.
#[test]
fn a_funnel_made_to_be_hard_ends_with_doubt_and_never_with_inside() {
    let mut steps =
        vec![("in".to_owned(), StepKind::Entry { channel: Channel::QrCode, opt_in: false, arrives: Arrivals::AnyTime })];
    let mut links: Vec<(String, Output, String)> = vec![("in".to_owned(), Output::Next, "split0".to_owned())];
    for n in 0..18 {
        let next = if n < 17 { format!("split{}", n + 1) } else { "morning".to_owned() };
        steps.push((
            format!("split{n}"),
            StepKind::Branch(Branch::Split(vec![("A".to_owned(), 1.0), ("B".to_owned(), 1.0)])),
        ));
        steps.push((format!("wait{n}"), StepKind::Wait(Wait::For(Seconds(1 << n)))));
        links.push((format!("split{n}"), Output::Case("A".to_owned()), format!("wait{n}")));
        links.push((format!("split{n}"), Output::Case("B".to_owned()), next.clone()));
        links.push((format!("wait{n}"), Output::Next, next));
    }
    steps.push(("morning".to_owned(), StepKind::Wait(Wait::Until { time: "10:00".parse().unwrap(), days: [].into() })));
    steps.push(("last".to_owned(), message(Purpose::Service, None)));
    links.push(("morning".to_owned(), Output::Next, "last".to_owned()));
    let step = |(id, kind): (String, StepKind)| {
        Arc::new(Step { id: StepId::from(id), title: String::new(), kind, allow: Vec::new() })
    };
    let link = |(from, out, to): (String, Output, String)| Arc::new(Link { from: from.into(), out, to: to.into() });
    let funnel = Funnel {
        steps: steps.into_iter().map(step).collect(),
        links: links.into_iter().map(link).collect(),
        audience: Audience { timezone: "Europe/Berlin".to_owned(), ..Audience::default() },
        ..Funnel::default()
    };
    let proof = prove(&funnel, &policy(), now());
    let last = proof.step(&StepId::from("last")).unwrap();
    assert!(last.unknown.is_some() && last.verdict == Verdict::Sometimes, "{last:?}");
}
