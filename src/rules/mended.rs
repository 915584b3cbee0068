//! Mending all that can be mended: one proved fix after another, until none is left.

use super::diagnostic::{Diagnostic, Fix};
use super::judgement::{Judgement, judge_again, judge_in_a_hurry};
use super::proved::Mender;
use crate::edit::{self, Edit};
use crate::model::{Document, LocalTime};

/// A document after fixes.
#[derive(Debug, Clone)]
pub struct Mended {
    /// The document.
    pub document: Document,
    /// What was done, in order: the code of what was found, and the fix.
    pub made: Vec<(&'static str, Fix)>,
    /// What is known of the document now; `None` where nothing was done.
    pub judgement: Option<Judgement>,
}

impl Mended {
    /// All that was done as one edit; `None` where nothing was.
    pub fn edit(&self) -> Option<Edit> {
        let label = match self.made.len() {
            0 => return None,
            1 => "Fix 1 problem".to_owned(),
            count => format!("Fix {count} problems"),
        };
        Some(Edit::Together { label, edits: self.made.iter().map(|(_, fix)| fix.edit.clone()).collect() })
    }
}

/// Makes one wanted fix after another, the worst finding first; each is proved on the funnel as the one before it left
/// it. Each leaves fewer findings that are as bad, so this ends; it also ends once `budget` steps have been judged.
pub fn mend(
    document: &Document,
    judgement: &Judgement,
    now: LocalTime,
    mut budget: usize,
    wanted: &dyn Fn(&Diagnostic, &Fix) -> bool,
) -> Mended {
    let mut mended = Mended { document: document.clone(), made: Vec::new(), judgement: None };
    // Even to think of fixes takes following journeys, so it is not begun where none could be tried.
    while budget >= mended.document.funnel.steps.len().max(1) {
        let known = mended.judgement.as_ref().unwrap_or(judgement);
        let mut mender = Mender::new(known, &mended.document.funnel, now, budget);
        let fix = known.diagnostics.iter().find_map(|found| {
            let fix = mender.first(found, &|fix| wanted(found, fix))?;
            Some((found.code, fix))
        });
        budget = mender.left();
        let Some((code, fix)) = fix else { break };
        // What was proved on a funnel without places can be done on one with places.
        let Ok(after) = edit::apply(&mended.document, &fix.edit) else { break };
        mended.judgement = Some(judge_in_a_hurry(known, &after.funnel, &judgement.policy, now));
        mended.document = after;
        mended.made.push((code, fix));
    }
    if let Some(hurried) = &mut mended.judgement {
        *hurried = judge_again(hurried, &mended.document.funnel, &judgement.policy, now);
    }
    mended
}
