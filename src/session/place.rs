//! What a place of the judged funnel is in the funnel as it stands, and the other way round. Steps go by their ids, which
//! stay; templates go by their place, which may have moved since.

use std::sync::Arc;

use crate::engine::StepProof;
use crate::model::{StepId, Template};
use crate::rules::Place;

use super::Session;

impl Session {
    /// Where what a diagnostic points at is now; `None` where it is gone.
    pub fn place_now(&self, judged: &Place) -> Option<Place> {
        Some(match judged {
            Place::Funnel => Place::Funnel,
            Place::Step(id) => Place::Step(self.funnel().step(id)?.id.clone()),
            Place::Template(place) => {
                Place::Template(counterpart(&self.judged().templates, &self.funnel().templates, *place)?)
            }
        })
    }

    /// What is proved of the step at this place, which sends; `None` of one that is new, or that did not send when it was
    /// judged.
    pub fn proof_at(&self, place: usize) -> Option<&StepProof> {
        let step = self.funnel().steps.get(place)?;
        // Most steps stand where they stood.
        let before = self.judged().steps.get(place).filter(|before| Arc::ptr_eq(before, step) || before.id == step.id);
        if before.is_some() { self.proof_as_judged(place) } else { self.proof_of(&step.id) }
    }

    /// The same of the step of this id.
    pub fn proof_of(&self, step: &StepId) -> Option<&StepProof> {
        self.proof_as_judged(self.known.place(step)?)
    }

    fn proof_as_judged(&self, place: usize) -> Option<&StepProof> {
        self.judged().steps.get(place)?.message()?;
        self.judgement().proof.steps.get(place)
    }

    /// Which place the template at this place had when it was judged; `None` where it was not there.
    pub fn template_as_judged(&self, place: usize) -> Option<usize> {
        counterpart(&self.funnel().templates, &self.judged().templates, place)
    }
}

/// Where the template at a place of one library is in another: the very same one, else the one of its name and language.
fn counterpart(from: &[Arc<Template>], to: &[Arc<Template>], place: usize) -> Option<usize> {
    let this = from.get(place)?;
    let same = |other: &Arc<Template>| Arc::ptr_eq(this, other);
    let alike = |other: &Arc<Template>| this.name == other.name && this.language == other.language;
    let here = |fits: &dyn Fn(&Arc<Template>) -> bool| to.get(place).filter(|other| fits(other)).map(|_| place);
    here(&same).or_else(|| to.iter().position(same)).or_else(|| here(&alike)).or_else(|| to.iter().position(alike))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::{Category, Status};

    fn template(name: &str, body: &str) -> Arc<Template> {
        Arc::new(Template {
            name: name.to_owned(),
            language: "en".to_owned(),
            category: Category::Utility,
            status: Status::Draft,
            submitted: None,
            header: None,
            body: body.to_owned(),
            footer: String::new(),
            buttons: Vec::new(),
            samples: Default::default(),
            allow: Vec::new(),
        })
    }

    #[test]
    fn a_template_is_found_where_it_moved_to_and_never_taken_for_another() {
        let (a, b, c) = (template("a", ""), template("b", ""), template("c", ""));
        let before = [Arc::clone(&a), Arc::clone(&b)];
        assert_eq!(counterpart(&before, &[Arc::clone(&b), Arc::clone(&c)], 0), None, "a is gone, though b stands there");
        assert_eq!(counterpart(&before, &[Arc::clone(&b), c], 1), Some(0));
        assert_eq!(counterpart(&before, &[b, template("a", "typed on")], 0), Some(1));
    }
}
