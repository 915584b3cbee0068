//! What people rely on of policies: that the shipped ones say what the rules say, and that mistakes are told.

use super::*;
use crate::model::{Category, Purpose};
use crate::policy::{Charge, Money, Rate, Ternary};

#[test]
fn every_shipped_policy_reads_and_says_where_it_comes_from() {
    assert_eq!(known_ids().next(), Some(DEFAULT_ID));
    for id in known_ids() {
        let policy = load(id, None).unwrap_or_else(|error| panic!("{error}"));
        assert_eq!(policy.id, *id);
        assert!(!policy.sources.is_empty() && !policy.title.is_empty() && !policy.about.is_empty());
        assert!(policy.reviewed >= NaiveDate::from_ymd_opt(2026, 11, 22).unwrap());
        assert!(!policy.limits.source.is_empty());
    }
    for (id, _) in CARDS {
        let card = rate_card(id, None).unwrap_or_else(|error| panic!("{error}"));
        assert_eq!(card.id, *id);
        assert!(!card.source.is_empty());
        assert!(card.tiers.is_none_or(|tiers| !tiers.source.is_empty()));
    }
}

#[test]
fn the_policies_differ_as_the_rules_say() {
    let now = standard();
    assert_eq!((now.window.length, now.window.safety_margin), (Seconds::hours(24), Seconds::minutes(15)));
    assert_eq!((now.approval.first.min, now.approval.first.max), (Seconds::hours(24), Seconds::hours(72)));
    assert!(now.approval.revision.max < now.approval.first.max);
    assert_eq!((now.marketing_in_window, now.opt_in), (Allowance::Warn, OptIn::SeparateMarketing));
    assert_eq!(now.window.openers.reaction, Ternary::Unknown);
    assert_eq!(now.charges.of(Purpose::Utility, true, false), Charge::Charged);
    assert_eq!(now.charges.of(Purpose::Marketing, false, true), Charge::Free, "the free entry point waives the price");
    assert_eq!(now.charges.service.free_per_number_month, 1000);
    assert_eq!(now.block("us", Category::Marketing).map(|block| block.code), Some(131_049));
    assert_eq!(now.block("CA", Category::Marketing), None);

    let before = load("whatsapp-2025-07", None).unwrap();
    assert_eq!(before.charges.of(Purpose::Utility, true, false), Charge::Free);
    assert_eq!(before.charges.of(Purpose::Utility, false, false), Charge::Charged);
    assert_eq!(before.charges.of(Purpose::Service, true, false), Charge::Free);
    assert_eq!(before.free_entry_point.possible, Seconds::hours(72));
    assert_eq!(before.valid_until(), NaiveDate::from_ymd_opt(2026, 9, 30).unwrap());

    assert_eq!(load("strict-cdp", None).unwrap().marketing_in_window, Allowance::Forbid);
    let conversation = load("whatsapp-conversation", None).unwrap();
    assert_eq!(conversation.approval.first.max, Seconds::hours(48));
    assert!(conversation.rates.is_none());
}

#[test]
fn prices_are_those_of_the_card() {
    let policy = standard();
    let card = policy.rates.as_ref().unwrap();
    assert_eq!((card.markets.len(), card.currency.as_str()), (47, "USD"));
    let brazil = card.market_of("br").unwrap();
    assert_eq!(brazil.rate(Purpose::Marketing), Rate::Each(Money(62_500)));
    assert_eq!(brazil.rate(Purpose::Service), brazil.rate(Purpose::Utility));
    assert_eq!(brazil.authentication_international, Rate::Unavailable);
    assert_ne!(brazil.authentication_international, Rate::Each(Money::ZERO), "no price is not a price of zero");
    let before = load("whatsapp-2025-07", None).unwrap().rates.clone().unwrap();
    assert_eq!(before.market_of("BR").unwrap().service, Rate::Unavailable);
    assert_eq!(before.market_of("MX").unwrap().marketing, Rate::Each(Money(30_500)));
}

#[test]
fn every_country_has_one_market_and_every_market_one_family() {
    assert_eq!(market_of("BR").unwrap().name, "Brazil");
    assert_eq!(market_of("PR").unwrap().id, "rest-of-latin-america");
    assert_eq!(market_of("CY").unwrap().id, "other");
    assert_eq!(market_of("ZZ"), None);
    for (id, _) in CARDS {
        let card = rate_card(id, None).unwrap();
        let members: Vec<&String> = card.markets.iter().flat_map(|market| &market.members).collect();
        assert_eq!(members.len(), 249, "every ISO 3166-1 code, each once, since a second one is an error");
        for tiers in card.tiers.iter() {
            for market in &card.markets {
                let families = tiers.families.iter().filter(|family| family.markets.contains(&market.id));
                assert_eq!(families.count(), 1, "{}", market.id);
            }
            for family in &tiers.families {
                assert_eq!(family.discounts_percent.len(), family.utility.len() + 1);
                assert!(family.utility.is_sorted() && family.authentication.is_sorted());
            }
        }
    }
}

#[test]
fn an_unknown_policy_is_answered_with_the_nearest() {
    let error = load("whatsap-2026-10", None).unwrap_err();
    assert!(matches!(&error, PolicyError::Unknown { nearest, .. } if nearest == DEFAULT_ID), "{error}");
    assert!(load("strict_cdp", None).unwrap_err().to_string().contains("the nearest is `strict-cdp`"));
    assert!(matches!(load("mine.ron", None), Err(PolicyError::NoFolder { .. })));
}

#[test]
fn a_policy_beside_the_funnel_may_name_limits_beside_itself() {
    let folder = tempfile::tempdir().unwrap();
    let text = POLICIES[0].1.replace("whatsapp-2026-10", "ours").replace("length: \"24h\"", "length: \"20h\"");
    fs::write(folder.path().join("ours.ron"), text.replace("\"meta-2026-05\"", "\"limits.ron\"")).unwrap();
    fs::write(folder.path().join("limits.ron"), LIMITS[0].1.replace("text: 4096", "text: 100")).unwrap();
    let policy = load("ours.ron", Some(folder.path())).unwrap();
    assert_eq!((policy.id.as_str(), policy.window.length), ("ours", Seconds::hours(20)));
    assert_eq!(policy.limits.free_form.text, 100);
    assert!(matches!(load("absent.ron", Some(folder.path())), Err(PolicyError::Unreadable { .. })));
    assert!(matches!(load("./", Some(folder.path())), Err(PolicyError::Unreadable { .. })));
}

#[test]
fn a_mistake_is_told_with_its_place() {
    let text = POLICIES[0].1;
    let line = 1 + text.lines().position(|line| line.contains("safety_margin")).unwrap();
    let error = parse(&text.replace("safety_margin", "safty_margin"), "ours.ron").unwrap_err();
    assert!(error.to_string().starts_with(&format!("ours.ron:{line}:")), "{error}");
    assert!(error.to_string().contains("safety_margin"), "{error}");
    let error = parse(&text.replace("safety_margin: \"15m\"", "safety_margin: \"25h\""), "ours.ron").unwrap_err();
    assert!(matches!(error, PolicyError::Unsound { .. }), "{error}");
    assert!(parse(&text.replace("\"15m\"", "\"15 minutes\""), "ours.ron").unwrap_err().to_string().contains("15 minutes"));
}

#[test]
fn a_policy_from_before_there_were_shares_of_impact_has_those_of_the_default() {
    let shares = "    window_impact: (moderate_from: 20, high_from: 30), // per cent of the sending steps\n";
    let text = POLICIES[0].1.replace(shares, "");
    assert!(!text.contains("window_impact"));
    assert_eq!(parse(&text, "old").unwrap().window_impact, standard().window_impact);
    let wrong = POLICIES[0].1.replace("moderate_from: 20", "moderate_from: 40");
    let error = parse(&wrong, "wrong").unwrap_err().to_string();
    assert!(error.contains("`window_impact.moderate_from` must not be above `high_from`"), "{error}");
}
