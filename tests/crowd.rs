//! The crowd: the same bytes for the same seed, within what the proof allows, person by person what the stepper does, and
//! the shares that can be worked out by hand.
//!
//! `TRANSOM_CROWD=20000 cargo test --release --test crowd -- --nocapture` looks at more funnels.

mod generator;
#[path = "generator/plans.rs"]
#[allow(dead_code, reason = "the people of these plans are the crowd's")]
mod plans;
mod shell;

use std::collections::BTreeMap;
use std::sync::Arc;
use std::sync::atomic::Ordering;

use transom::engine::cost::cost;
use transom::engine::crowd::{Crowd, Exits, People, Progress, Request, StepCrowd, simulate};
use transom::engine::{Ending, Proof, Verdict, What, follow, prove};
use transom::model::{
    Category, Funnel, LocalTime, Message, Outcome, Purpose, Send, Sent, Status, StepId, StepKind, Template,
};
use transom::policy::{self, Policy};
use transom::report::crowd_json;

use plans::Maker;
use shell::{Folder, NOW, status, stderr, stdout, transom};

/// Shares of random crowds lie within so many standard deviations: one test in 150,000 would fail by chance, and the seeds
/// are fixed.
const SIGMAS: f64 = 4.5;

fn policy() -> Arc<Policy> {
    policy::load(policy::DEFAULT_ID, None).expect("the shipped policy is sound")
}

fn now() -> LocalTime {
    NOW.parse().unwrap()
}

fn crowd_on(funnel: &Funnel, people: u32, seed: u64, threads: usize) -> Crowd {
    let request = Request { people, seed, threads, one_by_one: false };
    simulate(funnel, &policy(), now(), request, &Progress::default()).expect("nobody cancels")
}

fn crowd(funnel: &Funnel, people: u32) -> Crowd {
    crowd_on(funnel, people, 1, 2)
}

/// A funnel of these parts, for people in Brazil who enter from midnight on.
fn funnel(parts: &str) -> Funnel {
    funnel_in("BR", parts)
}

fn funnel_in(market: &str, parts: &str) -> Funnel {
    let folder = Folder::new();
    let audience = format!("audience: (market: \"{market}\", timezone: \"UTC\", size: 100)");
    let head = "#![enable(implicit_some)]\n(format: 1, name: \"Test\", launch: \"2026-12-07T00:00:00\"";
    let path = folder.write("funnel.ron", &format!("{head}, {audience}, {parts})"));
    let read = transom::file::read(path.as_ref()).unwrap_or_else(|error| panic!("{error:?}"));
    Funnel::clone(&read.document.funnel)
}

fn sample(name: &str) -> Funnel {
    let path = format!("{}/funnels/{name}.ron", env!("CARGO_MANIFEST_DIR"));
    Funnel::clone(&transom::file::read(path.as_ref()).expect("samples can be read").document.funnel)
}

fn step<'a>(crowd: &'a Crowd, id: &str) -> &'a StepCrowd {
    crowd.steps.iter().find(|step| step.id.as_str() == id).expect("the step sends")
}

/// A random plan, in which a third of the messages each are free-form, templates, or either.
fn plan(seed: u64) -> Funnel {
    let mut funnel = Maker::new(seed).funnel();
    let template = Template {
        name: "offer".to_owned(),
        language: "en".to_owned(),
        category: Category::ALL[seed as usize % 3],
        status: Status::Approved,
        submitted: None,
        header: None,
        body: "An offer".to_owned(),
        footer: String::new(),
        buttons: Vec::new(),
        samples: Default::default(),
        allow: Vec::new(),
    };
    funnel.templates.push(Arc::new(template));
    for (n, step) in funnel.steps.iter_mut().enumerate() {
        let StepKind::Message(Message { send, .. }) = &mut Arc::make_mut(step).kind else { continue };
        let Send::FreeForm(content) = send.clone() else { continue };
        match (n as u64 + seed) % 3 {
            0 => *send = Send::Template("offer".to_owned()),
            1 => *send = Send::FreeFormOrTemplate(content, "offer".to_owned()),
            _ => {}
        }
    }
    funnel
}

fn plans_to_try(few: u64) -> u64 {
    std::env::var("TRANSOM_CROWD").ok().and_then(|count| count.parse().ok()).unwrap_or(few)
}

#[test]
fn the_same_seed_gives_the_same_bytes_on_any_number_of_threads() {
    let mut funnels = vec![sample("every-step-kind"), sample("day3-reengagement")];
    funnels.extend((0..4).map(plan));
    // Several takes for each thread, and one that is not full.
    let bytes = |funnel: &Funnel, seed, threads| crowd_json(&crowd_on(funnel, 40_001, seed, threads), None);
    for funnel in &funnels {
        let one = bytes(funnel, 7, 1);
        for threads in [2, 3, 16] {
            assert_eq!(one, bytes(funnel, 7, threads), "{threads} threads");
        }
    }
    let other = bytes(&funnels[0], 8, 1).replace("\"seed\": 8", "\"seed\": 7");
    assert_ne!(bytes(&funnels[0], 7, 1), other, "another seed is another crowd");
}

#[test]
fn people_followed_together_are_those_followed_alone() {
    let mut funnels: Vec<Funnel> = (0..plans_to_try(300)).map(plan).collect();
    funnels.extend((0..40).map(|seed| Funnel::clone(&generator::document(seed, 25).funnel)));
    funnels.extend(["abandoned-cart", "day3-reengagement", "support-follow-up", "win-back"].map(sample));
    for (number, funnel) in funnels.iter().enumerate() {
        let followed = |one_by_one| {
            let request = Request { people: 600, seed: 3, threads: 1, one_by_one };
            simulate(funnel, &policy(), now(), request, &Progress::default()).expect("nobody cancels")
        };
        assert_eq!(followed(false), followed(true), "plan {number}\n{funnel:?}");
    }
}

#[test]
fn nobody_leaves_what_the_proof_allows() {
    let policy = policy();
    let (mut looked_at, mut sides) = (0, BTreeMap::new());
    for seed in 0..plans_to_try(300) {
        let funnel = plan(seed);
        let proof = prove(&funnel, &policy, now());
        let crowd = crowd(&funnel, 1000);
        for came in &crowd.steps {
            let proved = proof.step(&came.id).unwrap();
            let told = || format!("plan {seed}\n{came:?}\n{proved:?}\n{funnel:?}");
            assert!(came.inside == 0 || matches!(proved.verdict, Verdict::Inside | Verdict::Sometimes), "{}", told());
            assert!(came.outside == 0 || matches!(proved.verdict, Verdict::Outside | Verdict::Sometimes), "{}", told());
            assert!(came.never_wrote == 0 || proved.before_inbound || proved.unknown.is_some(), "{}", told());
            *sides.entry((came.inside > 0, came.outside > 0)).or_insert(0) += 1;
        }
        looked_at += stories_stay_inside(&funnel, &policy, &proof, seed);
    }
    println!("{looked_at} moments; (inside, outside): {sides:?}");
    assert!(sides.len() == 4 && looked_at > 10_000, "{looked_at} {sides:?}");
}

/// The first people of a crowd, followed moment by moment; gives how many moments there were.
fn stories_stay_inside(funnel: &Funnel, policy: &Policy, proof: &Proof, seed: u64) -> usize {
    let people = People::new(funnel, policy, now(), 1);
    let mut looked_at = 0;
    for story in (0..60).filter_map(|number| people.story(number)) {
        for moment in &follow(funnel, policy, &story).moments {
            let proved = proof.step(&moment.step).unwrap();
            if !matches!(moment.what, What::Sent(_)) || proved.unknown.is_some() {
                continue;
            }
            let told = || format!("plan {seed}\n{moment:?}\n{proved:?}\n{story:?}\n{funnel:?}");
            match (moment.since_inbound, proved.since_inbound) {
                (None, _) => assert!(proved.before_inbound, "{}", told()),
                (Some(since), Some(range)) => {
                    assert!(range.min <= since && range.max.is_none_or(|max| since <= max), "{}", told());
                }
                (Some(_), None) => panic!("{}", told()),
            }
            let range = proved.since_entry.unwrap_or_else(|| panic!("{}", told()));
            assert!(range.min <= moment.at && range.max.is_none_or(|max| moment.at <= max), "{}", told());
            looked_at += 1;
        }
    }
    looked_at
}

/// What the stepper says of one person, in the words of the crowd.
#[derive(Debug, Default, PartialEq, Eq)]
struct Came {
    reached: u64,
    inside: u64,
    sent: [u64; 3],
    no_opt_in: u64,
    never_wrote: u64,
}

#[test]
fn a_crowd_is_the_sum_of_what_the_stepper_does_with_each_person() {
    const PEOPLE: u32 = 150;
    let policy = policy();
    let (mut moments, mut endings) = (0, BTreeMap::new());
    for seed in 0..plans_to_try(300) {
        let funnel = plan(seed);
        let people = People::new(&funnel, &policy, now(), 1);
        let mut came: BTreeMap<StepId, Came> = BTreeMap::new();
        let mut exits = Exits::default();
        for number in 0..PEOPLE {
            let journey = follow(&funnel, &policy, &people.story(number).expect("there is an entry"));
            for moment in &journey.moments {
                let What::Sent(sent) = moment.what else { continue };
                let here = came.entry(moment.step.clone()).or_default();
                let open = moment.since_inbound.is_some_and(|since| since < policy.window.length);
                here.reached += 1;
                here.inside += u64::from(open);
                here.sent[[Sent::FreeForm, Sent::Template, Sent::Blocked].iter().position(|s| *s == sent).unwrap()] += 1;
                let purpose = funnel.step(&moment.step).unwrap().message().unwrap().purpose;
                let template = sent == Sent::Template && funnel.templates[0].category == Category::Marketing;
                let marketing = sent != Sent::Blocked && (purpose == Purpose::Marketing || template);
                here.no_opt_in += u64::from(marketing && !moment.opted_in);
                here.never_wrote += u64::from(moment.since_inbound.is_none());
                moments += 1;
            }
            *match &journey.ending {
                Ending::Exit(Outcome::Converted) => &mut exits.converted,
                Ending::Exit(Outcome::Lost) => &mut exits.lost,
                Ending::Exit(Outcome::HandedOver) => &mut exits.handed_over,
                Ending::Waiting(_) => &mut exits.waiting,
                Ending::Loose(..) => &mut exits.not_connected,
                Ending::Endless(_) => &mut exits.endless,
                Ending::NoEntry => panic!("there is an entry"),
            } += 1;
        }
        let crowd = crowd(&funnel, PEOPLE);
        assert_eq!(crowd.exits, exits, "plan {seed}\n{funnel:?}");
        for told in &crowd.steps {
            let sent = [told.sent_free_form, told.sent_template, told.blocked];
            let told_here = Came {
                reached: told.reached,
                inside: told.inside,
                sent,
                no_opt_in: told.no_opt_in,
                never_wrote: told.never_wrote,
            };
            assert_eq!(told_here, came.remove(&told.id).unwrap_or_default(), "plan {seed}, {}\n{funnel:?}", told.id);
            assert_eq!((told.inside + told.outside, sent.iter().sum::<u64>()), (told.reached, told.reached));
            assert!(told.people <= told.reached && told.people <= u64::from(PEOPLE));
        }
        for (word, count) in [("waiting", exits.waiting), ("loose", exits.not_connected), ("endless", exits.endless)] {
            *endings.entry(word).or_insert(0) += u64::from(count > 0);
        }
    }
    println!("{moments} moments; plans with {endings:?}");
    assert!(moments > 10_000 && endings.values().all(|plans| *plans > 0), "{moments} {endings:?}");
}

#[test]
fn a_crowd_of_one_costs_what_their_journey_costs() {
    let policy = policy();
    let mut charged = 0;
    for seed in 0..plans_to_try(200) {
        let funnel = plan(seed);
        let story = People::new(&funnel, &policy, now(), seed).story(0).expect("there is an entry");
        let alone = cost(&funnel, &policy, &follow(&funnel, &policy, &story));
        assert_eq!(crowd_on(&funnel, 1, seed, 1).cost, alone, "plan {seed}\n{funnel:?}");
        charged += u64::from(alone.high.0 > 0);
    }
    assert!(charged > 20, "{charged}");
}

#[test]
fn whatever_a_file_may_hold_is_followed_to_the_end() {
    for seed in 0..plans_to_try(300) {
        let document = generator::document(seed, 25);
        let crowd = crowd(&document.funnel, 40);
        let Exits { converted, lost, handed_over, waiting, not_connected, endless } = crowd.exits;
        let ended = converted + lost + handed_over + waiting + not_connected + endless;
        let enters = document.funnel.steps.iter().any(|step| matches!(step.kind, StepKind::Entry { .. }));
        assert_eq!(ended, if enters { 40 } else { 0 }, "document {seed}");
        let report = crowd_json(&crowd, None);
        assert!(!report.contains("NaN") && serde_json::from_str::<serde_json::Value>(&report).is_ok(), "{report}");
    }
}

/// Whether a count out of so many is what chance makes of a share.
fn assert_share(counted: u64, of: u64, share: f64, what: &str) {
    let (mean, deviation) = (of as f64 * share, (of as f64 * share * (1.0 - share)).sqrt());
    let off = (counted as f64 - mean) / deviation.max(f64::MIN_POSITIVE);
    assert!(
        (counted as f64 - mean).abs() < 1e-9 || off.abs() < SIGMAS,
        "{what}: {counted} of {of}, {off:.1} sigma off {share}"
    );
}

#[test]
fn shares_are_those_that_can_be_worked_out_by_hand() {
    // Whoever answers within 20 h comes to 10:00 at most a second less than a day later: inside. Whoever does not comes 20 h
    // later and waits again: inside where that wait is shorter than 4 h, one arrival in six, since the seven days are whole.
    let people = 400_000;
    let six = funnel(
        r#"steps: [
            (id: "in", kind: Entry(channel: UserMessage)),
            (id: "welcome", kind: Message(purpose: Service, send: FreeForm(Text("Oi")), reply: (
                options: [(label: "yes", share: 3, effect: OptIn), (label: "no", share: 1)],
                chance: 0.7, delay: Exponential(mean: "10h"), timeout: "20h"))),
            (id: "ten", kind: Wait(Until(time: "10:00"))),
            (id: "preview", kind: Message(purpose: Marketing, send: FreeForm(Text("Oi")))),
            (id: "gap", kind: Wait(For("3d"))),
            (id: "parts", kind: Branch(Split([("A", 1), ("none", 0), ("B", 4)]))),
            (id: "a", kind: Message(purpose: Marketing, send: FreeForm(Text("Oi")))),
            (id: "b", kind: Message(purpose: Marketing, send: FreeForm(Text("Oi")))),
            (id: "vip", kind: Branch(Attribute(name: "VIP", share: 0.2))),
            (id: "again", kind: Branch(Attribute(name: "VIP", share: 0.2))),
            (id: "never", kind: Message(purpose: Service, send: FreeForm(Text("Oi")))),
            (id: "done", kind: Exit(Converted)), (id: "lost", kind: Exit(Lost)),
        ],
        links: [
            (from: "in", to: "welcome"), (from: "welcome", out: Reply("yes"), to: "ten"),
            (from: "welcome", out: Reply("no"), to: "ten"), (from: "welcome", out: Timeout, to: "ten"),
            (from: "ten", to: "preview"), (from: "preview", to: "gap"), (from: "gap", to: "parts"),
            (from: "parts", out: Case("A"), to: "a"), (from: "parts", out: Case("B"), to: "b"),
            (from: "a", to: "vip"), (from: "vip", out: Yes, to: "again"), (from: "vip", out: No, to: "lost"),
            (from: "again", out: Yes, to: "done"), (from: "again", out: No, to: "never"),
        ]"#,
    );
    let crowd = crowd(&six, people);
    let people = u64::from(people);
    let answer = 0.7 * (1.0 - (-2.0_f64).exp());
    let preview = step(&crowd, "preview");
    assert_eq!((preview.reached, step(&crowd, "welcome").inside), (people, people));
    assert_share(preview.inside, people, answer + (1.0 - answer) / 6.0, "inside at preview");
    let share = preview.p_inside.unwrap();
    assert!(share.low < share.estimate && share.estimate < share.high && share.high - share.low < 0.004, "{share:?}");
    let opted_in_and_inside = answer * 0.75;
    let inside = preview.inside - preview.no_opt_in;
    assert_share(inside, people, opted_in_and_inside, "opted in, and the preview goes out");
    assert_eq!((step(&crowd, "a").inside, step(&crowd, "b").inside), (0, 0), "three days later all is over");
    assert_share(step(&crowd, "a").reached, people, 0.2, "part A");
    assert_share(crowd.exits.converted, people, 0.2 * 0.2, "A and VIP");
    assert_eq!(step(&crowd, "never").reached, 0, "an attribute is the same wherever it is asked");
    assert_eq!(crowd.exits.converted + crowd.exits.lost, step(&crowd, "a").reached);
    assert_eq!(crowd.exits.not_connected, step(&crowd, "b").reached, "B leads nowhere");
}

#[test]
fn percentiles_are_those_of_the_law() {
    let waits = funnel(
        r#"steps: [
            (id: "in", kind: Entry(channel: UserMessage)),
            (id: "ask", kind: Message(purpose: Service, send: FreeForm(Text("Oi")), reply: (options: [(label: "yes")],
                chance: 1.0, delay: LogNormal(median: "30m", p90: "6h")))),
            (id: "gap", kind: Wait(For("1h"))),
            (id: "thanks", kind: Message(purpose: Service, send: FreeForm(Text("Oi")))),
        ],
        links: [(from: "in", to: "ask"), (from: "ask", out: Reply("yes"), to: "gap"), (from: "gap", to: "thanks")]"#,
    );
    let crowd = crowd(&waits, 200_000);
    let thanks = step(&crowd, "thanks");
    assert_eq!([thanks.since_inbound.p10, thanks.since_inbound.p50, thanks.since_inbound.p90], [Some(3600); 3]);
    for (told, exact) in [(thanks.since_entry.p50, 3600 + 1800), (thanks.since_entry.p90, 3600 + 6 * 3600)] {
        let off = (told.unwrap() - exact) as f64 / exact as f64;
        assert!(off.abs() < 0.02, "{told:?}, not {exact}");
    }
}

#[test]
fn the_edges_are_those_of_the_contract() {
    let ask = |delay: &str, chance: f64, timeout: &str, gap: &str| {
        let crowd = crowd(
            &funnel(&format!(
                r#"steps: [
                    (id: "in", kind: Entry(channel: UserMessage)),
                    (id: "ask", kind: Message(purpose: Service, send: FreeForm(Text("Oi")), reply: (options: [(label: "yes")],
                        chance: {chance:?}, delay: {delay}, {timeout}))),
                    (id: "gap", kind: Wait(For("{gap}"))),
                    (id: "late", kind: Message(purpose: Service, send: FreeForm(Text("Oi")))),
                    (id: "yes", kind: Message(purpose: Service, send: FreeForm(Text("Oi")))),
                ],
                links: [(from: "in", to: "ask"), (from: "ask", out: Reply("yes"), to: "yes"){}]"#,
                if timeout.is_empty() {
                    ""
                } else {
                    r#", (from: "ask", out: Timeout, to: "gap"), (from: "gap", to: "late")"#
                },
            )),
            500,
        );
        let late = step(&crowd, "late");
        (step(&crowd, "yes").reached, late.inside, late.outside, crowd.exits.waiting)
    };
    let timeout = r#"timeout: "20h""#;
    assert_eq!(ask(r#"Fixed("20h")"#, 1.0, timeout, "1h"), (0, 500, 0, 0), "an answer at the timeout is too late");
    assert_eq!(ask(r#"Fixed("19h 59m 59s")"#, 1.0, timeout, "1h"), (500, 0, 0, 0), "a second before it is in time");
    assert_eq!(ask(r#"Fixed("21h")"#, 1.0, timeout, "4h"), (0, 0, 500, 0), "at 24 h the window is closed");
    assert_eq!(ask(r#"Fixed("21h")"#, 1.0, timeout, "3h 59m 59s"), (0, 500, 0, 0), "a second before that it is open");
    assert_eq!(ask(r#"Fixed("1h")"#, 0.0, "", "1h"), (0, 0, 0, 500), "who never answers stays for good");
    let (yes, _, _, waiting) = ask(r#"Empirical([("1m", 0.2), ("10m", 0.6)])"#, 1.0, "", "1h");
    assert_eq!(yes + waiting, 500);
    assert_share(waiting, 500, 0.4, "who is left over never answers");
}

#[test]
fn people_arrive_on_seven_days_when_they_may_and_by_each_entry_alike() {
    let two = funnel(
        r#"steps: [
            (id: "ad", kind: Entry(channel: ClickToWhatsAppAd, arrives: Between("22:00", "02:00"))),
            (id: "code", kind: Entry(channel: BusinessInitiated, opt_in: true)),
            (id: "hello", kind: Message(purpose: Marketing, send: Template("none"))),
        ],
        links: [(from: "ad", to: "hello"), (from: "code", to: "hello")]"#,
    );
    let crowd = crowd(&two, 100_000);
    let hello = step(&crowd, "hello");
    assert_share(hello.inside, 100_000, 0.5, "one entry of two");
    assert_eq!((hello.never_wrote, hello.no_opt_in), (hello.outside, hello.inside));
    let policy = policy();
    let people = People::new(&two, &policy, now(), 1);
    let launch = follow(&two, &policy, &people.story(0).unwrap()).arrives_unix.div_euclid(86_400 * 7);
    let mut days = [0; 8];
    for number in 0..20_000 {
        let story = people.story(number).unwrap();
        let second = story.arrives_unix - 1_796_601_600;
        days[usize::try_from(second / 86_400).expect("nobody comes before the launch")] += 1;
        if story.scenario.entry.unwrap().as_str() == "ad" {
            let hour = second.rem_euclid(86_400) / 3600;
            assert!(!(2..22).contains(&hour), "{hour}");
        }
    }
    assert!(launch > 0 && days[7] == 0 && days[..7].iter().all(|day| (2_500..3_300).contains(day)), "{days:?}");
}

#[test]
fn in_a_loop_visits_are_counted_and_the_interval_is_of_people() {
    let nudges = funnel(
        r#"steps: [
            (id: "in", kind: Entry(channel: UserMessage)),
            (id: "vip", kind: Branch(Attribute(name: "VIP", share: 0.5))),
            (id: "day", kind: Wait(For("1d"))),
            (id: "nudge", kind: Message(purpose: Service, send: FreeForm(Text("Oi")))),
            (id: "more", kind: Branch(Split([("yes", 9), ("no", 1)]))),
            (id: "done", kind: Exit(Lost)),
        ],
        links: [
            (from: "in", to: "vip"), (from: "vip", out: Yes, to: "day"), (from: "vip", out: No, to: "nudge"),
            (from: "day", to: "nudge"), (from: "nudge", to: "more"), (from: "more", out: Case("yes"), to: "nudge"),
            (from: "more", out: Case("no"), to: "done"),
        ]"#,
    );
    let crowd = crowd(&nudges, 10_000);
    let nudge = step(&crowd, "nudge");
    assert_eq!((nudge.people, crowd.exits.lost), (10_000, 10_000));
    assert!((90_000..110_000).contains(&nudge.reached), "about ten visits each: {}", nudge.reached);
    // All visits of one person are alike: their number says nothing of how sure the share is.
    let share = nudge.p_inside.unwrap();
    let of_visits = 2.0 * 1.96 * (0.25 / nudge.reached as f64).sqrt();
    assert!(share.high - share.low > 3.0 * of_visits && share.low < 0.5 && 0.5 < share.high, "{share:?}");

    let endless = funnel(
        r#"steps: [(id: "in", kind: Entry(channel: UserMessage)), (id: "gap", kind: Wait(For("1d")))],
        links: [(from: "in", to: "gap"), (from: "gap", to: "in")]"#,
    );
    assert_eq!(self::crowd(&endless, 50).exits.endless, 50);
}

#[test]
fn a_cancelled_crowd_is_none() {
    let funnel = sample("every-step-kind");
    let progress = Progress::default();
    progress.cancel.store(true, Ordering::Relaxed);
    let request = Request { people: 50_000_000, seed: 1, threads: 2, one_by_one: false };
    assert_eq!(simulate(&funnel, &policy(), now(), request, &progress), None);
    let progress = Progress::default();
    let request = Request { people: 50_000, ..request };
    assert!(simulate(&funnel, &policy(), now(), request, &progress).is_some());
    assert_eq!(progress.done.load(Ordering::Relaxed), 50_000);
}

#[test]
fn the_command_prints_one_object_and_refuses_impossible_crowds() {
    let arguments = ["simulate", "funnels/day3-reengagement.ron", "--users", "3000", "--seed", "9", "--format", "json"];
    let printed = transom(&arguments);
    assert_eq!((status(&printed), stderr(&printed)), (0, ""));
    let told: serde_json::Value = serde_json::from_str(stdout(&printed)).unwrap();
    assert_eq!((&told["users"], &told["seed"], &told["policy"]), (&3000.into(), &9.into(), &"whatsapp-2026-10".into()));
    let first = &told["steps"][0];
    for key in ["reached", "inside", "outside", "sent_free_form", "sent_template", "blocked", "no_opt_in"] {
        assert!(first[key].is_u64(), "{key}");
    }
    for (key, parts) in [("p_inside", ["estimate", "low", "high"]), ("since_entry_s", ["p10", "p50", "p90"])] {
        assert!(parts.iter().all(|part| first[key][part].is_number()), "{key}");
    }
    assert!(["converted", "lost", "handed_over", "waiting"].iter().all(|exit| told["exits"][exit].is_u64()));
    assert_eq!(told["cost"]["currency"], "USD");
    assert!(["total", "per_user"].iter().all(|key| told["cost"][key].is_number()));
    assert!(told["cost"]["by_category"]["marketing"].as_f64().unwrap() > 0.0);

    for users in ["0", "100000001", "-1", "many"] {
        assert_eq!(status(&transom(&["simulate", "funnels/win-back.ron", "--users", users])), 2, "{users}");
    }
    assert_eq!(status(&transom(&["simulate", "funnels/no-such-file.ron"])), 2);
    let table = transom(&["simulate", "funnels/win-back.ron"]);
    assert!(stdout(&table).contains("8,000 people, seed 1") && stdout(&table).contains("Cost of these"), "{table:?}");
}
