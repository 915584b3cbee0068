//! Suppressions: which findings the person allows, why, and which of their suppressions suppress nothing.
//!
//! What is allowed at a step or a template counts there; what the funnel allows counts everywhere.

use std::collections::BTreeMap;

use super::diagnostic::{Diagnostic, Place};
use crate::model::{Allow, Funnel, StepId};

/// A finding that the person allows.
#[derive(Debug, Clone, PartialEq)]
pub struct Suppressed {
    /// What was found.
    pub diagnostic: Diagnostic,
    /// Why it is all right, in the person's words.
    pub why: String,
}

/// What became of the findings.
pub(super) struct Parted {
    /// Those that nobody allows.
    pub left: Vec<Diagnostic>,
    /// Those that somebody allows.
    pub suppressed: Vec<Suppressed>,
    /// The suppressions that suppress nothing: where each stands, and its place in the list there.
    pub idle: Vec<(Place, usize)>,
}

/// What is allowed at this place itself.
pub fn allowed_at<'a>(funnel: &'a Funnel, place: &Place) -> &'a [Allow] {
    match place {
        Place::Funnel => &funnel.allow,
        Place::Step(id) => funnel.step(id).map_or(&[], |step| &step.allow),
        Place::Template(at) => funnel.templates.get(*at).map_or(&[], |template| &template.allow),
    }
}

/// Every place at which something is allowed, in the funnel's order.
pub(super) fn bearers(funnel: &Funnel) -> Vec<(Place, &[Allow])> {
    let steps = funnel.steps.iter().map(|step| (Place::Step(step.id.clone()), step.allow.as_slice()));
    let templates = funnel.templates.iter().enumerate().map(|(at, one)| (Place::Template(at), one.allow.as_slice()));
    let all = std::iter::once((Place::Funnel, funnel.allow.as_slice())).chain(steps).chain(templates);
    all.filter(|(_, allow)| !allow.is_empty()).collect()
}

/// What stands beside others only, at the same step, goes with them where they are allowed.
const BESIDE: (&str, [&str; 3]) = ("W005", ["W001", "W002", "W004"]);

/// Takes out of the findings what is allowed.
pub(super) fn part(funnel: &Funnel, found: Vec<Diagnostic>) -> Parted {
    let bearers = bearers(funnel);
    if bearers.is_empty() {
        return Parted { left: found, suppressed: Vec::new(), idle: Vec::new() };
    }
    let key = |place: &Place| match place {
        Place::Funnel => (0, 0, None),
        Place::Template(at) => (1, *at, None),
        Place::Step(id) => (2, 0, Some(id.clone())),
    };
    let by_place: BTreeMap<(u8, usize, Option<StepId>), usize> =
        bearers.iter().enumerate().map(|(at, (place, _))| (key(place), at)).collect();
    let mut used: Vec<Vec<bool>> = bearers.iter().map(|(_, allow)| vec![false; allow.len()]).collect();
    let (mut left, mut suppressed) = (Vec::new(), Vec::new());
    for diagnostic in found {
        // The nearest word counts: what the step says of it, before what the funnel says.
        let allowed = [&diagnostic.place, &Place::Funnel].into_iter().find_map(|place| {
            let bearer = *by_place.get(&key(place))?;
            Some((bearer, bearers[bearer].1.iter().position(|allow| allow.code == diagnostic.code)?))
        });
        match allowed {
            Some((bearer, item)) => {
                used[bearer][item] = true;
                suppressed.push(Suppressed { why: bearers[bearer].1[item].why.clone(), diagnostic });
            }
            None => left.push(diagnostic),
        }
    }
    let (beside, others) = BESIDE;
    for diagnostic in left.extract_if(.., |found| found.code == beside).collect::<Vec<_>>() {
        let with = |allowed: &&Suppressed| {
            others.contains(&allowed.diagnostic.code) && allowed.diagnostic.place == diagnostic.place
        };
        match suppressed.iter().find(with).map(|allowed| allowed.why.clone()) {
            Some(why) => suppressed.push(Suppressed { why, diagnostic }),
            None => left.push(diagnostic),
        }
    }
    let idle = bearers.iter().zip(used).flat_map(|((place, _), used)| {
        let unused = used.into_iter().enumerate().filter(|(_, used)| !used);
        unused.map(move |(item, _)| (place.clone(), item)).collect::<Vec<_>>()
    });
    Parted { left, suppressed, idle: idle.collect() }
}
