//! Changes to suppressions: taking one away, correcting its code, and allowing a finding.

use crate::edit::Edit;
use crate::model::{Allow, Funnel, Step, Template};
use crate::rules::allowed::allowed_at;
use crate::rules::diagnostic::{About, Diagnostic, Fix, Place};
use crate::rules::facts::Facts;
use crate::rules::words;

/// Takes a suppression away that suppresses nothing.
pub(in crate::rules) fn forgotten(facts: &Facts<'_>, diagnostic: &Diagnostic) -> Vec<Fix> {
    let (place, About::Item(item)) = (&diagnostic.place, &diagnostic.about) else { return Vec::new() };
    let mut left = allowed_at(facts.funnel, place).to_vec();
    if *item >= left.len() {
        return Vec::new();
    }
    let gone = left.remove(*item);
    let title = format!("Take away the suppression of {}", gone.code);
    allowing(facts.funnel, place, left).map(|edit| Fix::safe("remove-suppression", title, edit)).into_iter().collect()
}

/// Writes the code that was most likely meant.
pub(in crate::rules) fn corrected(facts: &Facts<'_>, diagnostic: &Diagnostic) -> Vec<Fix> {
    let (place, About::Item(item)) = (&diagnostic.place, &diagnostic.about) else { return Vec::new() };
    let mut allow = allowed_at(facts.funnel, place).to_vec();
    let near = allow.get_mut(*item).and_then(|allow| Some((words::nearest_code(&allow.code)?, allow)));
    let Some((near, meant)) = near else { return Vec::new() };
    near.clone_into(&mut meant.code);
    let title = format!("Allow {near} instead");
    allowing(facts.funnel, place, allow).map(|edit| Fix::safe("correct-code", title, edit)).into_iter().collect()
}

/// Allows a finding where it is, for this reason: at its step or template, else in the funnel.
pub fn allow(funnel: &Funnel, diagnostic: &Diagnostic, why: &str) -> Option<Edit> {
    let place = &diagnostic.place;
    let mut allow = allowed_at(funnel, place).to_vec();
    allow.push(Allow { code: diagnostic.code.to_owned(), why: why.trim().to_owned() });
    let edits = vec![allowing(funnel, place, allow)?];
    Some(Edit::Together { label: format!("Allow {}", diagnostic.code), edits })
}

/// Allows a suppressed finding no longer, wherever it is that allows it.
pub fn disallow(funnel: &Funnel, diagnostic: &Diagnostic) -> Option<Edit> {
    let allows = |place: &Place| allowed_at(funnel, place).iter().any(|allow| allow.code == diagnostic.code);
    let place = [diagnostic.place.clone(), Place::Funnel].into_iter().find(allows)?;
    let left = allowed_at(funnel, &place).iter().filter(|allow| allow.code != diagnostic.code).cloned().collect();
    let edits = vec![allowing(funnel, &place, left)?];
    Some(Edit::Together { label: format!("No longer allow {}", diagnostic.code), edits })
}

/// The edit after which exactly this is allowed at a place.
fn allowing(funnel: &Funnel, place: &Place, allow: Vec<Allow>) -> Option<Edit> {
    Some(match place {
        Place::Funnel => Edit::SetAllow(allow),
        Place::Step(id) => Edit::ReplaceStep(Step { allow, ..Step::clone(funnel.step(id)?) }),
        Place::Template(at) => Edit::ReplaceTemplate(*at, Template { allow, ..Template::clone(funnel.templates.get(*at)?) }),
    })
}
