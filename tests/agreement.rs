//! The proof and the stepper agree, on random funnels: no journey leaves what the proof allows, and whatever the proof
//! claims is shown by a journey that replays to it.
//!
//! `TRANSOM_AGREEMENT=20000 cargo test --release --test agreement -- --nocapture` looks at more funnels.

use std::sync::Arc;

use rand::rngs::StdRng;
use rand::{RngExt, SeedableRng};

use transom::engine::{Claim, Proof, Story, Verdict, What, follow, prove};
use transom::model::{
    Answer, Arrivals, Audience, Branch, Channel, Choice, Content, Day, Delay, Effect, Funnel, Link, LocalTime, Message,
    Output, Purpose, Reply, ReplyOption, Scenario, Seconds, Send, Step, StepId, StepKind, TimeOfDay, Wait,
};
use transom::policy::{self, Policy};

fn policy() -> Arc<Policy> {
    policy::load(policy::DEFAULT_ID, None).expect("the shipped policy is sound")
}

fn now() -> LocalTime {
    "2026-11-22T12:00:00".parse().unwrap()
}

/// Makes random funnels and stories, in hours and seconds around them.
struct Maker(StdRng);

impl Maker {
    fn chance(&mut self, share: f64) -> bool {
        self.0.random_bool(share)
    }

    fn pick<T: Clone>(&mut self, of: &[T]) -> T {
        of[self.0.random_range(0..of.len())].clone()
    }

    fn length(&mut self) -> Seconds {
        let hours = self.pick(&[0, 1, 2, 5, 10, 12, 13, 20, 23, 24, 25, 72]);
        Seconds((hours * 3600 + self.pick(&[-1, 0, 0, 0, 0, 1])).max(0))
    }

    fn time(&mut self) -> TimeOfDay {
        TimeOfDay::from_seconds(self.pick(&[0, 2, 3, 9, 10, 12, 20, 24]) * 3600).unwrap()
    }

    fn reply(&mut self) -> Reply {
        let (a, b) = (self.length(), self.length());
        let delay = match self.0.random_range(0..4) {
            0 => Delay::Fixed(a),
            1 => Delay::Uniform { min: a.min(b), max: a.max(b) },
            2 => Delay::Empirical(vec![(a.min(b), 0.4), (Seconds(a.max(b).0 + 1), self.pick(&[0.9, 1.0]))]),
            _ => Delay::LogNormal { median: Seconds::minutes(12), p90: Seconds::hours(6) },
        };
        let options = (0..self.0.random_range(1..=2))
            .map(|n| ReplyOption {
                label: format!("option {n}"),
                share: self.pick(&[1.0, 1.0, 0.0]),
                effect: self.pick(&[None, None, Some(Effect::OptIn), Some(Effect::OptOut)]),
            })
            .collect();
        let timeout = self.chance(0.8).then(|| self.length().max(Seconds(1)));
        Reply { options, chance: self.pick(&[0.0, 0.7, 0.7, 0.7, 1.0]), delay, timeout }
    }

    fn wait(&mut self) -> Wait {
        let days =
            if self.chance(0.3) { [self.pick(&Day::ALL), self.pick(&Day::ALL)].into_iter().collect() } else { [].into() };
        match self.0.random_range(0..5) {
            0 | 1 => Wait::For(self.length()),
            2 => Wait::Until { time: self.time(), days },
            3 => Wait::SendHours { from: self.time(), to: self.time(), days },
            _ => Wait::Date(self.pick(&["2026-12-24T09:00:00", "2027-03-28T02:30:00"]).parse().unwrap()),
        }
    }

    fn kind(&mut self) -> StepKind {
        match self.0.random_range(0..10) {
            0..3 => message(self.pick(&Purpose::ALL), None),
            3..6 => message(self.pick(&Purpose::ALL), Some(self.reply())),
            6..8 => StepKind::Wait(self.wait()),
            _ => StepKind::Branch(match self.0.random_range(0..5) {
                0 | 1 => Branch::WindowOpen,
                2 => Branch::OptedIn,
                3 => Branch::Split(vec![("A".to_owned(), 50.0), ("B".to_owned(), self.pick(&[50.0, 0.0]))]),
                _ => Branch::Attribute {
                    name: self.pick(&["VIP", "new"]).to_owned(),
                    share: self.pick(&[0.2, 0.2, 0.0, 1.0]),
                },
            }),
        }
    }

    fn entry(&mut self) -> StepKind {
        let channel = self.pick(&[Channel::ClickToWhatsAppAd, Channel::UserMessage, Channel::BusinessInitiated]);
        let hours = Arrivals::Between(self.time(), self.time());
        let arrives = if self.chance(0.3) { hours } else { Arrivals::AnyTime };
        StepKind::Entry { channel, opt_in: self.chance(0.3), arrives }
    }

    fn funnel(&mut self) -> Funnel {
        let size = self.0.random_range(3..=9);
        let mut steps = Vec::new();
        for n in 0..size {
            let kind = match n {
                0 => self.entry(),
                1 if self.chance(0.2) => self.entry(),
                // The last step looks at whatever came to it.
                _ if n + 1 == size => message(Purpose::Marketing, None),
                _ => self.kind(),
            };
            steps.push(Arc::new(Step { id: StepId::from(format!("s{n}")), title: String::new(), kind }));
        }
        let mut links = Vec::new();
        for (n, step) in steps.iter().enumerate() {
            for out in step.outputs() {
                let back = n > 2 && self.chance(0.1);
                let to = if back { self.0.random_range(1..n) } else { self.0.random_range(n + 1..n + 3) };
                if to < size && !matches!(steps[to].kind, StepKind::Entry { .. }) {
                    links.push(Arc::new(Link { from: step.id.clone(), out, to: steps[to].id.clone() }));
                }
            }
        }
        let timezone = self.pick(&["America/Sao_Paulo", "Europe/Berlin", "America/Santiago", "Asia/Kolkata"]).to_owned();
        let launch = self.pick(&["2026-12-01T09:00:00", "2027-03-20T00:00:00", "2026-10-20T10:00:00"]).parse().ok();
        let audience = Audience { timezone, ..Audience::default() };
        Funnel { name: "random".to_owned(), launch, audience, steps, links, ..Funnel::default() }
    }

    /// A story that the funnel allows, with a taste for the edges: whatever is still open on the way is answered or
    /// chosen, until the journey ends. `None` where the dice would break the funnel's own rules.
    fn story(&mut self, funnel: &Funnel, policy: &Policy) -> Option<Story> {
        let entries: Vec<&Arc<Step>> =
            funnel.steps.iter().filter(|step| matches!(step.kind, StepKind::Entry { .. })).collect();
        let entry = self.pick(&entries);
        let StepKind::Entry { arrives, .. } = entry.kind else { return None };
        let since_launch = self.0.random_range(0..366 * 24 - 1) * 3600 + self.pick(&[-1, 0, 0, 1, 1800]);
        let arrival = LocalTime(funnel.launch?.0 + chrono::TimeDelta::seconds(since_launch.max(0)));
        if let Arrivals::Between(from, to) = arrives {
            let time = TimeOfDay::from_seconds(chrono::Timelike::num_seconds_from_midnight(&arrival.0.time()))?;
            let inside = if from < to { from <= time && time < to } else { time >= from || time < to };
            if !inside {
                return None;
            }
        }
        let mut scenario = Scenario { arrives: Some(arrival), entry: Some(entry.id.clone()), ..Scenario::default() };
        let mut attributes: Vec<(String, bool)> = Vec::new();
        for _ in 0..40 {
            let story = Story::of(&scenario, funnel);
            let journey = follow(funnel, policy, &story);
            let mut visits: Vec<&StepId> = Vec::new();
            let open = journey.moments.iter().find(|moment| {
                let step = funnel.step(&moment.step).unwrap();
                let asks =
                    matches!(moment.what, What::Sent(_)) && step.message().is_some_and(|message| message.reply.is_some());
                let parts = matches!(moment.what, What::Branch(_))
                    && matches!(step.kind, StepKind::Branch(Branch::Split(_) | Branch::Attribute { .. }));
                if asks || parts {
                    visits.push(&moment.step);
                }
                let visit = visits.iter().filter(|id| **id == &moment.step).count();
                let told = scenario.answers.iter().map(|answer| &answer.step);
                let told = told.chain(scenario.choices.iter().map(|choice| &choice.step));
                (asks || parts) && told.filter(|id| **id == moment.step).count() < visit
            });
            let Some(open) = open else { return Some(story) };
            let step = funnel.step(&open.step).unwrap();
            match &step.kind {
                StepKind::Message(Message { reply: Some(reply), .. }) => {
                    let (reply, after) = self.answer(reply)?;
                    scenario.answers.push(Answer { step: step.id.clone(), reply, after });
                }
                StepKind::Branch(Branch::Split(cases)) => {
                    let weighted = cases.iter().filter(|(_, weight)| *weight > 0.0).cloned().collect::<Vec<_>>();
                    let out = Output::Case(self.pick(&weighted).0);
                    scenario.choices.push(Choice { step: step.id.clone(), out });
                }
                StepKind::Branch(Branch::Attribute { name, share }) => {
                    let known = attributes.iter().find(|(known, _)| known == name).map(|(_, holds)| *holds);
                    let holds = known.unwrap_or_else(|| *share >= 1.0 || (*share > 0.0 && self.chance(0.5)));
                    // A person of whom another branch has told what cannot be here is nobody.
                    if (holds && *share <= 0.0 || !holds && *share >= 1.0) && known.is_none() {
                        return None;
                    }
                    attributes.push((name.clone(), holds));
                    let out = if holds { Output::Yes } else { Output::No };
                    scenario.choices.push(Choice { step: step.id.clone(), out });
                }
                _ => return None,
            }
        }
        None
    }

    /// An answer that may be given, or one that comes at the timeout for silence; `None` where the person would stay for
    /// good.
    fn answer(&mut self, reply: &Reply) -> Option<(String, Seconds)> {
        let (soonest, latest) = reply.delay.range();
        let latest = latest.unwrap_or(Seconds(soonest.0 + 400 * 3600));
        let weighted: Vec<&ReplyOption> = reply.options.iter().filter(|option| option.share > 0.0).collect();
        let options = if weighted.is_empty() { reply.options.iter().collect() } else { weighted };
        let label = self.pick(&options).label.clone();
        let length = self.length().0;
        let after = self.pick(&[soonest.0, soonest.0 + 1, latest.0, latest.0 - 1, length]);
        let gives_up = matches!(&reply.delay, Delay::Empirical(points) if points.last().unwrap().1 < 1.0);
        let silence_is_possible = reply.chance < 1.0 || gives_up || reply.timeout.is_some_and(|timeout| latest >= timeout);
        let silent = reply.chance <= 0.0 || !(soonest.0..=latest.0).contains(&after) || self.chance(0.3);
        if !silent && reply.timeout.is_none_or(|timeout| after < timeout.0) {
            return Some((label, Seconds(after)));
        }
        reply.timeout.filter(|_| silence_is_possible).map(|timeout| (label, timeout))
    }
}

fn message(purpose: Purpose, reply: Option<Reply>) -> StepKind {
    StepKind::Message(Message { purpose, send: Send::FreeForm(Content::Text("Oi".to_owned())), reply })
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
        let mut maker = Maker(StdRng::seed_from_u64(seed));
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
    println!("{funnels} funnels, {looked_at} moments inside the proof, {replayed} claims shown, {given_up} given up in part");
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
    let step = |(id, kind): (String, StepKind)| Arc::new(Step { id: StepId::from(id), title: String::new(), kind });
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
