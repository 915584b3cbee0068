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

macro_rules! rules {
    ($($module:ident),* $(,)?) => {
        $(mod $module;)*

        /// Every rule, by ascending code.
        pub const RULES: &[&Rule] = &[$(&$module::RULE),*];
    };
}

rules![
    c001_marketing_without_opt_in,
    s001_unreachable_step,
    s002_output_not_connected,
    s003_no_answer_not_handled,
    s004_cycle_without_reply,
    s005_no_entry,
    t001_template_missing,
    t002_template_not_approved,
    t003_template_unusable,
    t004_template_late,
    w001_free_form_outside_window,
    w002_free_form_may_fall_outside,
    w003_window_margin_thin,
    w004_free_form_before_inbound,
    w005_business_message_does_not_extend,
    w006_cannot_prove,
];

/// The rule of this code, in whatever case it is written, or of this name.
pub fn rule(code_or_name: &str) -> Option<&'static Rule> {
    let wanted = code_or_name.trim();
    RULES.iter().copied().find(|rule| rule.code.eq_ignore_ascii_case(wanted) || rule.name == wanted)
}
