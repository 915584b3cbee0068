//! Copying a part of a funnel, pasting it elsewhere, and finding ids that are free.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use crate::model::{Comment, Document, Funnel, Link, Point, Step, StepId};

use super::sound::{check_step, check_template};
use super::steps::check_place;
use super::{Fragment, Refusal, furniture, links, refuse};

/// Copies these steps, the links among them, the templates that they use and the notes that are tied to them, all in the
/// document's order.
pub fn copy(document: &Document, steps: &[StepId]) -> Fragment {
    let wanted: BTreeSet<&StepId> = steps.iter().collect();
    let funnel = &document.funnel;
    let copied: Vec<&Arc<Step>> = funnel.steps.iter().filter(|step| wanted.contains(&step.id)).collect();
    let named: BTreeSet<&str> = copied.iter().filter_map(|step| step.message()?.send.template()).collect();
    let among = |link: &&Arc<Link>| wanted.contains(&link.from) && wanted.contains(&link.to);
    let tied = |note: &&Arc<Comment>| note.step.as_ref().is_some_and(|step| wanted.contains(step));
    let place = |step: &Step| document.layout.spots.get(&step.id).copied().unwrap_or_default();
    Fragment {
        steps: copied.iter().map(|step| (Step::clone(step), place(step))).collect(),
        links: funnel.links.iter().filter(among).map(|link| Link::clone(link)).collect(),
        templates: funnel.templates.iter().filter(|t| named.contains(t.name.as_str())).map(|t| (**t).clone()).collect(),
        notes: document.layout.comments.iter().filter(tied).map(|note| Comment::clone(note)).collect(),
    }
}

/// An id that no step has: the word itself, or with the first number that is free ("message", "message-2").
pub fn fresh_id(funnel: &Funnel, word: &str) -> StepId {
    Ids::of(funnel).claim(word)
}

/// The ids that a fragment's steps get when it is pasted here, in the order of its steps.
pub fn pasted_ids(funnel: &Funnel, fragment: &Fragment) -> Vec<StepId> {
    let mut ids = Ids::of(funnel);
    fragment.steps.iter().map(|(step, _)| ids.claim(step.id.as_str())).collect()
}

/// Adds a fragment with its upper left corner at a place.
pub(super) fn paste(document: &mut Document, fragment: &Fragment, at: Point) -> Result<(), Refusal> {
    check_place(at)?;
    let ids = pasted_ids(&document.funnel, fragment);
    let corner = fragment.steps.iter().map(|(_, spot)| *spot).reduce(|a, b| Point { x: a.x.min(b.x), y: a.y.min(b.y) });
    let corner = corner.unwrap_or_default();
    // Of two steps with one id, which only a clipboard made by hand has, the first gets the links.
    let mut pasted: BTreeMap<&StepId, (&Step, &StepId)> = BTreeMap::new();
    for ((step, _), id) in fragment.steps.iter().zip(&ids) {
        pasted.entry(&step.id).or_insert((step, id));
    }

    let funnel = Arc::make_mut(&mut document.funnel);
    let layout = Arc::make_mut(&mut document.layout);
    for ((step, spot), id) in fragment.steps.iter().zip(&ids) {
        let spot = Point { x: at.x + spot.x - corner.x, y: at.y + spot.y - corner.y };
        check_place(spot)?;
        check_step(step)?;
        funnel.steps.push(Arc::new(Step { id: id.clone(), ..step.clone() }));
        layout.spots.insert(id.clone(), spot);
    }
    let mut left = BTreeSet::new();
    for link in &fragment.links {
        let (Some((from, from_id)), Some((to, to_id))) = (pasted.get(&link.from), pasted.get(&link.to)) else {
            return refuse("What was copied has a link to a step that was not");
        };
        links::check(from, &link.out, to)?;
        if !left.insert((*from_id, &link.out)) {
            return refuse(format!("What was copied has two links from one way out of “{}”", from.name()));
        }
        funnel.links.push(Arc::new(Link { from: (*from_id).clone(), out: link.out.clone(), to: (*to_id).clone() }));
    }
    for note in &fragment.notes {
        let Some((_, id)) = note.step.as_ref().and_then(|step| pasted.get(step)) else {
            return refuse("What was copied has a note on a step that was not");
        };
        let spot = Point { x: at.x + note.at.x - corner.x, y: at.y + note.at.y - corner.y };
        let copy = Comment { at: spot, step: Some((*id).clone()), ..note.clone() };
        furniture::check_text_and_place(&copy)?;
        layout.comments.push(Arc::new(copy));
    }
    let known: BTreeSet<String> = funnel.templates.iter().map(|template| template.name.clone()).collect();
    for template in fragment.templates.iter().filter(|template| !known.contains(&template.name)) {
        check_template(template)?;
        funnel.templates.push(Arc::new(template.clone()));
    }
    Ok(())
}

/// Gives out free ids. The number that was last tried for a word is kept, so that ten thousand copies of one step do
/// not each count from two.
struct Ids {
    taken: BTreeSet<StepId>,
    tried: BTreeMap<String, u64>,
}

impl Ids {
    fn of(funnel: &Funnel) -> Self {
        Self { taken: funnel.steps.iter().map(|step| step.id.clone()).collect(), tried: BTreeMap::new() }
    }

    fn claim(&mut self, word: &str) -> StepId {
        let whole = StepId::from(if word.is_empty() { "step" } else { word });
        if self.taken.insert(whole.clone()) {
            return whole;
        }
        // A copy of "offer-2" is "offer-3", not "offer-2-2".
        let stem = match whole.as_str().rsplit_once('-') {
            Some((stem, number)) if !stem.is_empty() && number.parse::<u64>().is_ok() => stem,
            _ => whole.as_str(),
        };
        let tried = self.tried.entry(stem.to_owned()).or_insert(1);
        loop {
            *tried += 1;
            let id = StepId::from(format!("{stem}-{tried}"));
            if self.taken.insert(id.clone()) {
                return id;
            }
        }
    }
}
