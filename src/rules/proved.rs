//! Which changes really mend a diagnostic: only those that the judgement of the changed funnel bears out.

use std::sync::Arc;

use super::diagnostic::{Diagnostic, Fix};
use super::facts::Facts;
use super::judgement::{Judgement, bare};
use super::rule;
use crate::edit;
use crate::model::{Document, Funnel, Layout, LocalTime, Point};
use crate::policy::Policy;

/// About as many steps may be proved for the fixes of one judgement; it keeps typing quick in a large funnel, where the
/// fixes of the diagnostics that come first are then the only ones.
const BUDGET: usize = 2_000;

/// Fills in the fixes of the diagnostics, in order, as far as the budget reaches.
pub(super) fn add_fixes(judgement: &mut Judgement, funnel: &Funnel, now: LocalTime) {
    for (at, fix) in proved(judgement, funnel, now) {
        judgement.diagnostics[at].fixes.push(fix);
    }
}

/// The fixes that prove to mend, each with the place of its diagnostic.
fn proved(judgement: &Judgement, funnel: &Funnel, now: LocalTime) -> Vec<(usize, Fix)> {
    let Judgement { proof, diagnostics, templates, policy } = judgement;
    let mut tries = BUDGET / funnel.steps.len().max(1);
    if tries == 0 || diagnostics.is_empty() {
        return Vec::new();
    }
    let facts = Facts::new(funnel, policy, proof, templates);
    let spots = funnel.steps.iter().map(|step| (step.id.clone(), Point::default())).collect();
    let document = Document { funnel: Arc::new(funnel.clone()), layout: Arc::new(Layout { spots, ..Layout::default() }) };
    let mut found = Vec::new();
    for (at, diagnostic) in diagnostics.iter().enumerate() {
        for fix in rule(diagnostic.code).map(|rule| (rule.fixes)(&facts, diagnostic)).unwrap_or_default() {
            if tries == 0 {
                return found;
            }
            tries -= 1;
            if mends(&document, policy, now, diagnostics, at, &fix) {
                found.push((at, fix));
            }
        }
    }
    found
}

/// Whether the changed funnel is rid of the diagnostic and has no new one that is as bad.
fn mends(document: &Document, policy: &Arc<Policy>, now: LocalTime, before: &[Diagnostic], at: usize, fix: &Fix) -> bool {
    let Ok(after) = edit::apply(document, &fix.edit) else { return false };
    let mended = &before[at];
    let judged = bare(&after.funnel, policy, now);
    let gone = !judged.diagnostics.iter().any(|left| same(left, mended));
    gone && judged.diagnostics.iter().filter(|left| left.severity <= mended.severity).all(|left| {
        // Found before at the same place, and no milder: not new.
        before.iter().any(|known| same(known, left) && known.severity <= left.severity)
    })
}

fn same(one: &Diagnostic, other: &Diagnostic) -> bool {
    (one.code, &one.place, &one.template) == (other.code, &other.place, &other.template)
}
