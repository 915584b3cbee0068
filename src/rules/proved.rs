//! Which changes really mend a diagnostic: only those that the judgement of the changed funnel bears out.

use std::collections::BTreeMap;
use std::sync::Arc;

use super::book::LAST;
use super::diagnostic::{Diagnostic, Fix, Place};
use super::facts::Facts;
use super::judgement::{Judgement, judge_in_a_hurry};
use super::rule;
use crate::edit;
use crate::model::{Document, Funnel, Layout, LocalTime, Point, StepId};

/// Looks for fixes of a judgement's diagnostics.
pub struct Mender<'a> {
    judgement: &'a Judgement,
    now: LocalTime,
    facts: Facts<'a>,
    document: Document,
    tries: usize,
}

impl<'a> Mender<'a> {
    /// A mender of a funnel that was judged at this moment. A try judges the whole funnel again, so it makes no more tries
    /// than `budget` steps can be judged in.
    pub fn new(judgement: &'a Judgement, funnel: &'a Arc<Funnel>, now: LocalTime, budget: usize) -> Self {
        let spots = funnel.steps.iter().map(|step| (step.id.clone(), Point::default())).collect();
        Self {
            judgement,
            now,
            facts: Facts::new(funnel, &judgement.policy, &judgement.proof, &judgement.templates, now),
            document: Document { funnel: Arc::clone(funnel), layout: Arc::new(Layout { spots, ..Layout::default() }) },
            tries: budget / funnel.steps.len().max(1),
        }
    }

    /// The fixes of a diagnostic that prove to mend it, as far as the budget reaches.
    pub fn fixes(&mut self, diagnostic: &Diagnostic) -> Vec<Fix> {
        if self.tries == 0 {
            // Even to think of a fix takes following a journey, and a large funnel has thousands of diagnostics.
            return Vec::new();
        }
        let mut fixes = rule(diagnostic.code).map(|rule| (rule.fixes)(&self.facts, diagnostic)).unwrap_or_default();
        fixes.truncate(self.tries);
        self.tries -= fixes.len();
        fixes.retain(|fix| self.mends(diagnostic, fix));
        fixes
    }

    /// The first fix of a diagnostic that is wanted and proves to mend it, as far as the budget reaches.
    pub(super) fn first(&mut self, diagnostic: &Diagnostic, wanted: &dyn Fn(&Fix) -> bool) -> Option<Fix> {
        if self.tries == 0 {
            return None;
        }
        let fixes = rule(diagnostic.code).map(|rule| (rule.fixes)(&self.facts, diagnostic)).unwrap_or_default();
        fixes.into_iter().filter(wanted).take(self.tries).find(|fix| {
            self.tries -= 1;
            self.mends(diagnostic, fix)
        })
    }

    /// How many steps may still be judged.
    pub(super) fn left(&self) -> usize {
        self.tries * self.facts.funnel.steps.len().max(1)
    }

    /// Whether the changed funnel is rid of the diagnostic and has no new one that is as bad.
    fn mends(&self, mended: &Diagnostic, fix: &Fix) -> bool {
        let Ok(after) = edit::apply(&self.document, &fix.edit) else { return false };
        let judged = judge_in_a_hurry(self.judgement, &after.funnel, &self.judgement.policy, self.now);
        let (before, after) = (&self.judgement.diagnostics, &judged.diagnostics);
        let of_it = |among: &[Diagnostic]| {
            among.iter().filter(|other| other.template == mended.template && alike(other, mended)).count()
        };
        if of_it(after) >= of_it(before) {
            return false;
        }
        // That a suppression is needless after a change is the best that can become of it.
        let told = after.iter().filter(|left| left.severity <= mended.severity && left.code != LAST.code);
        // Findings of one kind at one place are counted: of two buttons that are too long, one may be mended.
        let (before, after) = (by_step(before), by_step(after));
        let count = |among: &ByStep<'_>, one: &Diagnostic| {
            let near = among.get(&step_of(one)).into_iter().flatten();
            near.filter(|other| other.severity <= one.severity && alike(other, one)).count()
        };
        told.into_iter().all(|left| count(&after, left) <= count(&before, left))
    }
}

/// Findings by rule and step, since a large funnel has thousands; those of templates and of the funnel lie together.
type ByStep<'a> = BTreeMap<(&'static str, Option<&'a StepId>), Vec<&'a Diagnostic>>;

fn by_step(found: &[Diagnostic]) -> ByStep<'_> {
    let mut by_step = ByStep::new();
    found.iter().for_each(|one| by_step.entry(step_of(one)).or_default().push(one));
    by_step
}

fn step_of(found: &Diagnostic) -> (&'static str, Option<&StepId>) {
    (found.code, found.step())
}

/// Whether two findings, one before a change and one after it, are of one rule at one place. A template that was renamed
/// keeps its place in the library, and one that moved up keeps its name.
fn alike(one: &Diagnostic, other: &Diagnostic) -> bool {
    let template = |found: &Diagnostic| matches!(found.place, Place::Template(_));
    let at_templates = template(one) && template(other);
    let same =
        if at_templates { one.place == other.place || one.template == other.template } else { one.place == other.place };
    (one.code, one.part) == (other.code, other.part) && same
}
