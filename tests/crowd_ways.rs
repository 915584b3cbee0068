//! However a crowd is followed, it is the same crowd: together or one by one, by whichever instructions the processor has, on
//! any number of threads. Here above all in cycles, where people come to a step at different times and numbers of visits.
//!
//! `TRANSOM_CROWD=20000 cargo test --release --test crowd_ways -- --nocapture` looks at more funnels.

#[path = "generator/plans.rs"]
#[allow(dead_code, reason = "the people of these plans are the crowd's")]
mod plans;
mod shell;

use transom::engine::crowd::{Crowd, Progress, Request, Vectors, simulate_with};
use transom::model::{Funnel, LocalTime, StepKind};
use transom::policy;

use plans::Maker;
use shell::{Folder, NOW};

/// Two blocks that are full and one that is not.
const PEOPLE: u32 = 1100;

fn crowd(funnel: &Funnel, vectors: Vectors, threads: usize, one_by_one: bool) -> Crowd {
    let policy = policy::load(policy::DEFAULT_ID, None).expect("the shipped policy is sound");
    let now: LocalTime = NOW.parse().unwrap();
    let request = Request { people: PEOPLE, seed: 11, threads, one_by_one };
    simulate_with(vectors, funnel, &policy, now, request, &Progress::default()).expect("nobody cancels")
}

/// Follows a crowd in every way; gives what it comes to.
fn alike(funnel: &Funnel, what: &str) -> Crowd {
    let alone = crowd(funnel, Vectors::widest(), 1, true);
    for vectors in Vectors::all() {
        assert_eq!(crowd(funnel, vectors, 1, false), alone, "{what} by {}\n{funnel:?}", vectors.name());
    }
    assert_eq!(crowd(funnel, Vectors::widest(), 3, false), alone, "{what} on 3 threads");
    alone
}

fn funnel(steps: &str, links: &str) -> Funnel {
    let folder = Folder::new();
    let head = r#"#![enable(implicit_some)] (format: 1, name: "Test", launch: "2026-12-07T00:00:00", audience: (market: "BR", timezone: "America/Santiago", size: 100)"#;
    let path = folder.write("funnel.ron", &format!("{head}, steps: [{steps}], links: [{links}])"));
    Funnel::clone(&transom::file::read(path.as_ref()).unwrap_or_else(|error| panic!("{error:?}")).document.funnel)
}

#[test]
fn random_plans_come_to_the_same_in_every_way() {
    let plans: u64 = std::env::var("TRANSOM_CROWD").ok().and_then(|count| count.parse().ok()).unwrap_or(150);
    let (mut came_again, mut free) = (0, 0);
    for seed in 0..plans {
        let plan = Maker::new(seed).funnel();
        let crowd = alike(&plan, &format!("plan {seed}"));
        came_again += u64::from(crowd.steps.iter().any(|step| step.reached > step.people && step.people > 0));
        free +=
            u64::from(plan.steps.iter().any(|step| {
                matches!(step.kind, StepKind::Entry { channel: transom::model::Channel::ClickToWhatsAppAd, .. })
            }));
    }
    println!("{plans} plans, {came_again} in which people come again, {free} with a free entry point");
    assert!(came_again * 20 > plans && free * 5 > plans, "{came_again} {free}");
}

const ASK: &str = r#"(id: "ask", title: "", at: (0, 0), kind: Message(purpose: Marketing, send: FreeForm(Text("Oi")), reply: (
    options: [(label: "a", share: 0.3, effect: OptIn), (label: "b", share: 0.2, effect: OptOut), (label: "c", share: 0.5)],
    chance: 0.8, delay: LogNormal(median: "4h", p90: "2d"), timeout: "30h")))"#;

#[test]
fn rounds_of_questions_branches_and_mornings_come_to_the_same() {
    let steps = format!(
        r#"(id: "in", title: "", at: (0, 0), kind: Entry(channel: ClickToWhatsAppAd)),
        (id: "qr", title: "", at: (0, 0), kind: Entry(channel: BusinessInitiated, opt_in: true)), {ASK},
        (id: "vip", title: "", at: (0, 0), kind: Branch(Attribute(name: "VIP", share: 0.3))),
        (id: "vip again", title: "", at: (0, 0), kind: Branch(Attribute(name: "VIP", share: 0.6))),
        (id: "ways", title: "", at: (0, 0), kind: Branch(Split([("x", 1), ("y", 2), ("z", 3)]))),
        (id: "open", title: "", at: (0, 0), kind: Branch(WindowOpen)),
        (id: "ten", title: "", at: (0, 0), kind: Wait(Until(time: "10:00"))),
        (id: "hours", title: "", at: (0, 0), kind: Wait(SendHours(from: "09:00", to: "20:00"))),
        (id: "last", title: "", at: (0, 0), kind: Message(purpose: Service, send: FreeForm(Text("Oi"))))"#
    );
    let links = r#"(from: "in", to: "ask"), (from: "qr", to: "hours"), (from: "ask", out: Reply("a"), to: "vip"),
        (from: "ask", out: Reply("b"), to: "vip again"), (from: "ask", out: Reply("c"), to: "ways"),
        (from: "ask", out: Timeout, to: "open"), (from: "vip", out: Yes, to: "ask"), (from: "vip", out: No, to: "ten"),
        (from: "vip again", out: No, to: "last"), (from: "vip again", out: Yes, to: "hours"),
        (from: "ways", out: Case("x"), to: "ten"), (from: "ways", out: Case("y"), to: "ask"),
        (from: "ways", out: Case("z"), to: "last"), (from: "open", out: Yes, to: "ten"), (from: "open", out: No, to: "last"),
        (from: "ten", to: "ask"), (from: "hours", to: "vip")"#;
    let crowd = alike(&funnel(&steps, links), "rounds");
    let ask = crowd.steps.iter().find(|step| step.id.as_str() == "ask").unwrap();
    assert!(ask.reached * 2 > ask.people * 3 && ask.inside > 0 && ask.outside > 0 && ask.no_opt_in > 0, "{ask:?}");
}

#[test]
fn who_goes_round_for_ever_or_for_decades_is_followed_all_the_same() {
    let entry = r#"(id: "in", title: "", at: (0, 0), kind: Entry(channel: ClickToWhatsAppAd))"#;
    let links = r#"(from: "in", to: "ask"), (from: "ask", out: Reply("a"), to: "gap"), (from: "ask", out: Reply("b"), to: "gap"),
        (from: "ask", out: Reply("c"), to: "gap"), (from: "ask", out: Timeout, to: "vip"), (from: "vip", out: Yes, to: "gap"),
        (from: "vip", out: No, to: "last"), (from: "gap", to: "ask")"#;
    let round = |gap: &str| {
        let steps = format!(
            r#"{entry}, {ASK}, (id: "vip", title: "", at: (0, 0), kind: Branch(Attribute(name: "VIP", share: 0.02))),
            (id: "last", title: "", at: (0, 0), kind: Message(purpose: Service, send: FreeForm(Text("Oi")))),
            (id: "gap", title: "", at: (0, 0), kind: Wait(For("{gap}")))"#
        );
        alike(&funnel(&steps, links), gap)
    };
    // Who is asked the attribute again and again always answers alike, so some never come out.
    let soon = round("10s");
    assert!(soon.exits.endless > 0 && soon.exits.not_connected > 0, "{:?}", soon.exits);
    let decades = round("4000d");
    let ask = &decades.steps[0];
    // A hundred years are more seconds than the columns hold.
    assert!(ask.since_entry.p90 > Some(3_200_000_000), "{ask:?}");
}
