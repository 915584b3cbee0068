//! What crowds cost, worked out by hand: the free service messages of a month, volume tiers, both windows, and what is not
//! settled.

mod shell;

use transom::engine::cost::{Cost, cost};
use transom::engine::crowd::{Crowd, Progress, Request, simulate};
use transom::engine::{Story, follow};
use transom::model::{Funnel, Scenario};
use transom::policy::{self, DEFAULT_ID, Money};

use shell::Folder;

const LAUNCH: &str = "2026-12-07T00:00:00";

fn money(text: &str) -> Money {
    text.parse().expect("an amount")
}

/// People come by a channel, get one message, wait, and get another. Where two waits are given (`"10h, 3d"`), the first is
/// before the first message.
fn funnel(market: &str, channel: &str, launch: &str, wait: &str, send: &str) -> Funnel {
    let folder = Folder::new();
    let (first, wait) = wait.split_once(", ").unwrap_or(("0s", wait));
    let template = |name: &str, category: &str| {
        format!(r#"(name: "{name}", language: "en", category: {category}, status: Approved, body: "Hello there")"#)
    };
    let [offer, order] = [template("offer", "Marketing"), template("order", "Utility")];
    let text = format!(
        r#"#![enable(implicit_some)]
        (format: 1, name: "Test", launch: "{launch}", audience: (market: "{market}", timezone: "UTC", size: 100),
        templates: [{offer}, {order}],
        steps: [
            (id: "in", kind: Entry(channel: {channel})),
            (id: "first", kind: Wait(For("{first}"))),
            (id: "hello", kind: Message(purpose: Service, send: FreeForm(Text("Hello")))),
            (id: "gap", kind: Wait(For("{wait}"))),
            (id: "message", kind: Message(purpose: Marketing, send: {send})),
            (id: "done", kind: Exit(Lost)),
        ],
        links: [(from: "in", to: "first"), (from: "first", to: "hello"), (from: "hello", to: "gap"), (from: "gap", to: "message"),
            (from: "message", to: "done")])"#
    );
    let path = folder.write("funnel.ron", &text);
    let read = transom::file::read(path.as_ref()).unwrap_or_else(|error| panic!("{error:?}"));
    Funnel::clone(&read.document.funnel)
}

fn crowd(funnel: &Funnel, policy: &str, people: u32) -> Crowd {
    let request = Request { people, seed: 1, threads: 2, one_by_one: false };
    let policy = policy::load(policy, None).expect("a shipped policy");
    simulate(funnel, &policy, LAUNCH.parse().unwrap(), request, &Progress::default()).expect("nobody cancels")
}

fn costs(funnel: &Funnel, people: u32) -> Cost {
    crowd(funnel, DEFAULT_ID, people).cost
}

#[test]
fn the_first_service_messages_of_each_month_are_free() {
    // Both messages are free-form: 0.0068 each in Brazil, after a thousand a month.
    let text = r#"FreeForm(Text("Hello"))"#;
    let one_month = costs(&funnel("BR", "UserMessage", LAUNCH, "1h", text), 3_000);
    assert_eq!((one_month.total, one_month.low), (money("34"), money("34")), "5,000 of 6,000");
    assert_eq!(one_month.high, money("40.8"), "6,000, where the free ones are used up");
    assert_eq!(one_month.by_category.service, one_month.total);
    let two_months = costs(&funnel("BR", "UserMessage", "2026-12-29T00:00:00", "1h", text), 3_000);
    assert_eq!(two_months.total, money("27.2"), "4,000 of 6,000");
    let few = crowd(&funnel("BR", "UserMessage", LAUNCH, "1h", text), DEFAULT_ID, 500);
    assert_eq!((few.cost.total, few.cost_per_user(), few.cost.high), (Money::ZERO, Money::ZERO, money("6.8")));
    let refused = costs(&funnel("BR", "UserMessage", LAUNCH, "1d", text), 3_000);
    assert_eq!(refused.total, money("13.6"), "what is refused is not charged: 2,000 of 3,000");
}

#[test]
fn templates_are_charged_by_their_category_and_utility_by_tiers() {
    let offer = crowd(&funnel("BR", "BusinessInitiated", LAUNCH, "1h", r#"Template("offer")"#), DEFAULT_ID, 20_000);
    // Nobody has written, so the free-form hello is refused.
    assert_eq!(offer.cost.total, money("1250"));
    assert_eq!(
        (offer.cost.low, offer.cost.high, offer.cost.by_category.marketing),
        (money("1250"), money("1250"), money("1250"))
    );
    assert_eq!(offer.cost_per_user(), money("0.0625"));
    let order = costs(&funnel("DE", "BusinessInitiated", LAUNCH, "1h", r#"Template("order")"#), 150_000);
    // rules.md B5.4, B5.5: 0.0550, from 100,000 on 5 % less, printed with four decimals.
    assert_eq!(order.by_category.utility, money("8115"));
    assert_eq!(order.total, order.by_category.utility);
    assert!(order.assumptions.iter().any(|said| said.contains("volume tiers")), "{order:?}");
}

#[test]
fn the_free_entry_point_begins_with_the_answer_and_changes_the_price_alone() {
    // The hello starts it; 72 h are guaranteed, seven days possible (rules.md B2).
    let people = 1_000;
    let all = money("62.5");
    let after = |wait: &str, channel: &str| costs(&funnel("BR", channel, LAUNCH, wait, r#"Template("offer")"#), people);
    let within = after("71h 59m 59s", "ClickToWhatsAppAd");
    assert_eq!((within.low, within.total, within.by_category.marketing), (Money::ZERO, Money::ZERO, Money::ZERO));
    // Nobody on a telephone: the offers, and the hellos after the free ones of other messages.
    assert_eq!(within.high, all + money("6.8"));
    let at_its_end = after("72h", "ClickToWhatsAppAd");
    assert_eq!((at_its_end.low, at_its_end.by_category.marketing), (Money::ZERO, all));
    let answered_late = after("10h, 71h", "ClickToWhatsAppAd");
    assert_eq!(answered_late.by_category.marketing, Money::ZERO, "it begins with the answer, not with the entry");
    let answered_too_late = after("24h, 1h", "ClickToWhatsAppAd");
    assert_eq!((answered_too_late.low, answered_too_late.total), (all, all), "after 24 h it does not begin");
    let long_after = after("7d", "ClickToWhatsAppAd");
    assert_eq!((long_after.low, long_after.by_category.marketing), (all, all));
    let page = after("1h", "PageCallToAction");
    assert_eq!((page.low, page.by_category.marketing), (Money::ZERO, all), "whether a page starts it is not settled");
    let link = after("1h", "ClickToChatLink");
    assert_eq!((link.low, link.total), (all, all));
}

#[test]
fn policies_and_markets_decide_what_is_charged() {
    let order = funnel("BR", "UserMessage", LAUNCH, "1h", r#"Template("order")"#);
    assert_eq!(crowd(&order, "whatsapp-2025-07", 2_000).cost.total, Money::ZERO, "utility was free inside the window");
    let late = funnel("BR", "UserMessage", LAUNCH, "1d", r#"Template("order")"#);
    assert_eq!(crowd(&late, "whatsapp-2025-07", 2_000).cost.total, money("13.6"), "0.0068 each outside it");
    let unknown = crowd(&late, "whatsapp-conversation", 2_000).cost;
    assert!(unknown.currency.is_none() && unknown.assumptions[0].contains("no prices"), "{unknown:?}");
    let blocked = costs(&funnel("US", "BusinessInitiated", LAUNCH, "1h", r#"Template("offer")"#), 1_000);
    assert_eq!(blocked.high, Money::ZERO, "marketing is not delivered in the United States");
    assert!(blocked.assumptions.iter().any(|said| said.contains("not delivered")), "{blocked:?}");
}

#[test]
fn a_scenario_has_its_cost() {
    let policy = policy::load(DEFAULT_ID, None).unwrap();
    let funnel = funnel("BR", "ClickToWhatsAppAd", LAUNCH, "3d", r#"Template("offer")"#);
    let journey = follow(&funnel, &policy, &Story::of(&Scenario::default(), &funnel));
    let cost = cost(&funnel, &policy, &journey);
    assert_eq!(cost.currency.as_deref(), Some("USD"));
    assert_eq!((cost.low, cost.total, cost.high), (Money::ZERO, money("0.0625"), money("0.0693")));
}

#[test]
fn both_windows_are_counted_apart() {
    let policy = policy::load(DEFAULT_ID, None).unwrap();
    // The hello starts the free entry point, and still holds when the customer service window has closed.
    let ad = funnel("BR", "ClickToWhatsAppAd", LAUNCH, "2d", r#"Template("offer")"#);
    let journey = follow(&ad, &policy, &Story::of(&Scenario::default(), &ad));
    let counted = cost(&ad, &policy, &journey).counted;
    assert_eq!((counted.messages, counted.in_window, counted.free_entry), (2, 1, 2));
    let link = funnel("BR", "ClickToChatLink", LAUNCH, "1h", r#"Template("offer")"#);
    let counted = crowd(&link, DEFAULT_ID, 500).cost.counted;
    assert_eq!((counted.messages, counted.in_window, counted.free_entry), (1_000, 1_000, 0));
}

#[test]
fn the_command_line_tells_what_each_scenario_costs_and_on_what_that_rests() {
    let output = shell::transom(&["test", "funnels/day3-reengagement.ron"]);
    let told = shell::stdout(&output);
    let priced: Vec<&str> = told.lines().filter(|line| line.contains(" costs ") && line.contains(" USD")).collect();
    let read = transom::file::read("funnels/day3-reengagement.ron".as_ref()).unwrap().document;
    assert_eq!(priced.len(), read.funnel.scenarios.len(), "{told}");
    assert!(priced.iter().all(|line| line.contains("in the open window") && line.contains("free entry point")), "{told}");
    assert_eq!(told.matches("prices of Brazil").count(), 1, "what all rest on is said once: {told}");
}
