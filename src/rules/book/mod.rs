//! The rule book: every rule in the order of its code. The order is part of the answer.

use super::Rule;

/// What every rule needs at hand.
mod prelude {
    pub(super) use std::collections::BTreeSet;

    pub(super) use crate::engine::{Claim, StepProof, Verdict, Witness};
    pub(super) use crate::model::{Category, Send, Status, StepKind};
    pub(super) use crate::rules::allowed::{allowed_at, bearers};
    pub(super) use crate::rules::diagnostic::About;
    pub(super) use crate::rules::evidence::Evident;
    pub(super) use crate::rules::facts::{Facts, TroubleKind};
    pub(super) use crate::rules::words::{self, titled};
    pub(super) use crate::rules::{Diagnostic, Place, Rule, Severity, cycles, mend};
}

mod a001_unused_suppression;
mod a002_unknown_code;
mod c001_marketing_without_opt_in;
mod c002_message_after_opt_out;
mod c003_marketing_as_free_form;
mod c004_no_opt_out_offered;
mod d001_market_blocked;
mod d002_marketing_frequency;
mod d003_messaging_limit;
mod f001_content_limits;
mod p001_free_entry_point_missed;
mod p002_policy_out_of_date;
mod p003_service_tier_exceeded;
mod s001_unreachable_step;
mod s002_output_not_connected;
mod s003_no_answer_not_handled;
mod s004_cycle_without_reply;
mod s005_no_entry;
mod s006_empty_message;
mod t001_template_missing;
mod t002_template_not_approved;
mod t003_template_unusable;
mod t004_template_late;
mod t005_template_limits;
mod t006_template_variables;
mod t007_template_samples;
mod t008_template_category;
mod t009_template_duplicate;
mod t010_template_unused;
mod w001_free_form_outside_window;
mod w002_free_form_may_fall_outside;
mod w003_window_margin_thin;
mod w004_free_form_before_inbound;
mod w005_business_message_does_not_extend;
mod w006_cannot_prove;

/// Every rule, by ascending code.
pub const RULES: &[&Rule] = &[
    &a001_unused_suppression::RULE,
    &a002_unknown_code::RULE,
    &c001_marketing_without_opt_in::RULE,
    &c002_message_after_opt_out::RULE,
    &c003_marketing_as_free_form::RULE,
    &c004_no_opt_out_offered::RULE,
    &d001_market_blocked::RULE,
    &d002_marketing_frequency::RULE,
    &d003_messaging_limit::RULE,
    &f001_content_limits::RULE,
    &p001_free_entry_point_missed::RULE,
    &p002_policy_out_of_date::RULE,
    &p003_service_tier_exceeded::RULE,
    &s001_unreachable_step::RULE,
    &s002_output_not_connected::RULE,
    &s003_no_answer_not_handled::RULE,
    &s004_cycle_without_reply::RULE,
    &s005_no_entry::RULE,
    &s006_empty_message::RULE,
    &t001_template_missing::RULE,
    &t002_template_not_approved::RULE,
    &t003_template_unusable::RULE,
    &t004_template_late::RULE,
    &t005_template_limits::RULE,
    &t006_template_variables::RULE,
    &t007_template_samples::RULE,
    &t008_template_category::RULE,
    &t009_template_duplicate::RULE,
    &t010_template_unused::RULE,
    &w001_free_form_outside_window::RULE,
    &w002_free_form_may_fall_outside::RULE,
    &w003_window_margin_thin::RULE,
    &w004_free_form_before_inbound::RULE,
    &w005_business_message_does_not_extend::RULE,
    &w006_cannot_prove::RULE,
];

/// The rule that looks at what the others found, and is asked again when that is known.
pub(super) const LAST: &Rule = &a001_unused_suppression::RULE;

/// The rule of this code, in whatever case it is written, or of this name.
pub fn rule(code_or_name: &str) -> Option<&'static Rule> {
    let wanted = code_or_name.trim();
    RULES.iter().copied().find(|rule| rule.code.eq_ignore_ascii_case(wanted) || rule.name == wanted)
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;
    use crate::model::{Document, LocalTime};
    use crate::rules::{Diagnostic, Fix, Judgement, Mender, judge};
    use crate::{edit, file};

    /// Enough tries for every fix of an example.
    const BUDGET: usize = 1_000;

    fn now() -> LocalTime {
        "2026-11-22T12:00:00".parse().unwrap()
    }

    /// A funnel of a rule's page. A page shows only what matters; here is the rest of the file.
    fn document(example: &str) -> Document {
        let audience = "audience: (market: \"DE\", timezone: \"Europe/Berlin\", size: 100),";
        let audience = if example.contains("audience:") { "" } else { audience };
        let text = format!("(format: 1, name: \"Example\", {audience} {example})");
        file::parse(&text, "example").unwrap_or_else(|error| panic!("{error}\n{example}")).document
    }

    fn judged(document: &Document) -> Judgement {
        judge(&document.funnel, &crate::policy::standard(), now())
    }

    fn codes(document: &Document) -> Vec<&'static str> {
        judged(document).diagnostics.iter().map(|diagnostic| diagnostic.code).collect()
    }

    #[test]
    fn the_first_example_breaks_the_rule_and_the_second_does_not() {
        for rule in RULES {
            let examples = rule.examples();
            if rule.code == "W006" {
                // No funnel of format 1 is beyond the proof by its words alone, so there is nothing to show.
                assert!(examples.is_empty());
                continue;
            }
            let [breaks, does_not] = &examples[..] else { panic!("{}: two examples", rule.code) };
            let (broken, sound) = (codes(&document(breaks)), codes(&document(does_not)));
            assert!(broken.contains(&rule.code), "{}: {broken:?} for\n{breaks}", rule.code);
            assert!(!sound.contains(&rule.code), "{}: {sound:?} for\n{does_not}", rule.code);
        }
    }

    /// The fixes that are offered for the first example of a rule's page, with the document and what was found.
    fn offered(example: &str, code: &str) -> Vec<(Document, Diagnostic, Fix)> {
        let document = document(example);
        let judgement = judged(&document);
        let mut mender = Mender::new(&judgement, &document.funnel, now(), BUDGET);
        let found = judgement.diagnostics.iter().filter(|found| found.code == code);
        found
            .flat_map(|found| {
                mender.fixes(found).into_iter().map(|fix| (document.clone(), found.clone(), fix)).collect::<Vec<_>>()
            })
            .collect()
    }

    #[test]
    fn every_fix_mends_its_example_and_brings_nothing_as_bad() {
        for rule in RULES {
            let Some(example) = rule.examples().into_iter().next() else { continue };
            let fixes = offered(&example, rule.code);
            assert_eq!(fixes.is_empty(), WITHOUT_FIXES.contains(&rule.code), "{}", rule.code);
            for (before, found, fix) in fixes {
                let after = edit::apply(&before, &fix.edit).unwrap_or_else(|refusal| panic!("{}: {refusal}", fix.title));
                assert_eq!(after.check_invariants(), Ok(()), "{}", fix.title);
                let of_it = |document: &Document| codes(document).into_iter().filter(|code| *code == rule.code).count();
                assert!(of_it(&after) < of_it(&before), "{}: {}", rule.code, fix.title);
                let as_bad = |document: &Document| {
                    judged(document).diagnostics.iter().filter(|left| left.severity <= found.severity).count()
                };
                assert!(as_bad(&after) < as_bad(&before), "{}: {}", rule.code, fix.title);
            }
        }
    }

    /// No change to the funnel would mend these: they are about the world.
    const WITHOUT_FIXES: [&str; 4] = ["D001", "D003", "P002", "P003"];

    #[test]
    fn the_fixes_of_the_examples_are_told_beforehand() {
        let mut told = String::new();
        for rule in RULES {
            let example = rule.examples().into_iter().next();
            for (_, _, fix) in example.map(|example| offered(&example, rule.code)).unwrap_or_default() {
                let safe = if fix.safe { "" } else { " (to be read first)" };
                told += &format!("{} {}: {}{safe}\n", rule.code, fix.id, fix.title);
            }
        }
        insta::assert_snapshot!(told);
    }

    #[test]
    fn a_fix_that_brings_another_error_is_not_offered() {
        // As a marketing template the day-3 offer would need an opt-in that nobody gave.
        let page = rule("W001").unwrap().examples();
        let of = |example: &str| -> Vec<&'static str> {
            offered(example, "W001").into_iter().map(|(_, _, fix)| fix.id).collect()
        };
        assert_eq!(of(&page[0]), ["shorten-wait", "move-before-wait"]);
        let opted_in = page[0].replace("ClickToWhatsAppAd", "ClickToWhatsAppAd, opt_in: true");
        assert_eq!(of(&opted_in), ["shorten-wait", "move-before-wait", "use-template"]);
    }

    #[test]
    fn codes_ascend_and_names_are_unique() {
        assert!(RULES.windows(2).all(|pair| pair[0].code < pair[1].code), "codes are unique and ascending");
        let names: BTreeSet<&str> = RULES.iter().map(|rule| rule.name).collect();
        assert_eq!(names.len(), RULES.len(), "names are unique");
        for name in names {
            assert!(name.chars().all(|c| c.is_ascii_lowercase() || c == '-'), "{name}");
        }
    }

    #[test]
    fn every_rule_is_explained_with_its_source() {
        for rule in RULES {
            let page = rule.page();
            assert!(!rule.summary().is_empty() && !rule.summary().ends_with('.'), "{}: one sentence", rule.code);
            for part in ["# Why it matters\n", "Source:", "rules.md", "# How to mend it\n- "] {
                assert!(page.contains(part) || page.replace('\n', " ").contains(part), "{}: {part}", rule.code);
            }
        }
    }

    #[test]
    fn a_rule_is_found_by_its_code_and_its_name() {
        assert_eq!(rule("w001").map(|rule| rule.code), Some("W001"));
        assert_eq!(rule("free-form-outside-window").map(|rule| rule.code), Some("W001"));
        assert!(rule("W999").is_none());
    }
}
