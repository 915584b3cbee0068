//! The rule book: every rule in the order of its code. The order is part of the answer.

use super::Rule;

/// What every rule needs at hand.
mod prelude {
    pub(super) use std::collections::BTreeSet;
    pub(super) use std::sync::Arc;

    pub(super) use crate::engine::{Claim, Verdict};
    pub(super) use crate::model::{Category, Output, Send, Status, StepKind, Template};
    pub(super) use crate::rules::facts::{Facts, TroubleKind};
    pub(super) use crate::rules::words::{self, titled};
    pub(super) use crate::rules::{Diagnostic, Place, Rule, Severity, cycles};
}

mod c001_marketing_without_opt_in;
mod s001_unreachable_step;
mod s002_output_not_connected;
mod s003_no_answer_not_handled;
mod s004_cycle_without_reply;
mod s005_no_entry;
mod t001_template_missing;
mod t002_template_not_approved;
mod t003_template_unusable;
mod t004_template_late;
mod w001_free_form_outside_window;
mod w002_free_form_may_fall_outside;
mod w003_window_margin_thin;
mod w004_free_form_before_inbound;
mod w005_business_message_does_not_extend;
mod w006_cannot_prove;

/// Every rule, by ascending code.
pub const RULES: &[&Rule] = &[
    &c001_marketing_without_opt_in::RULE,
    &s001_unreachable_step::RULE,
    &s002_output_not_connected::RULE,
    &s003_no_answer_not_handled::RULE,
    &s004_cycle_without_reply::RULE,
    &s005_no_entry::RULE,
    &t001_template_missing::RULE,
    &t002_template_not_approved::RULE,
    &t003_template_unusable::RULE,
    &t004_template_late::RULE,
    &w001_free_form_outside_window::RULE,
    &w002_free_form_may_fall_outside::RULE,
    &w003_window_margin_thin::RULE,
    &w004_free_form_before_inbound::RULE,
    &w005_business_message_does_not_extend::RULE,
    &w006_cannot_prove::RULE,
];

/// The rule of this code, in whatever case it is written, or of this name.
pub fn rule(code_or_name: &str) -> Option<&'static Rule> {
    let wanted = code_or_name.trim();
    RULES.iter().copied().find(|rule| rule.code.eq_ignore_ascii_case(wanted) || rule.name == wanted)
}
