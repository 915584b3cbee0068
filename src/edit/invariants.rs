//! What holds of every document, whatever was done to it. Edits keep it; files that break it are not read.

use std::collections::{BTreeMap, BTreeSet};

use crate::model::{Document, Output, StepId};

impl Document {
    /// Whether the parts of the document agree with each other; says what does not.
    ///
    /// Unique step ids; each link's ends and output exist, and an output has one link; each step has one place on the
    /// canvas; scenarios name steps that exist.
    ///
    /// # Errors
    /// What is wrong, for a person who mends the program.
    pub fn check_invariants(&self) -> Result<(), String> {
        let funnel = &self.funnel;
        let mut outputs: BTreeMap<&StepId, Vec<Output>> = BTreeMap::new();
        for step in &funnel.steps {
            if outputs.insert(&step.id, step.outputs()).is_some() {
                return Err(format!("two steps have the id {}", step.id));
            }
        }
        let mut left = BTreeSet::new();
        for link in &funnel.links {
            let Some(ways) = outputs.get(&link.from) else { return Err(format!("a link leaves no step: {link:?}")) };
            if !ways.contains(&link.out) {
                return Err(format!("a link leaves by an output that the step lacks: {link:?}"));
            }
            if !outputs.contains_key(&link.to) {
                return Err(format!("a link reaches no step: {link:?}"));
            }
            if !left.insert((&link.from, &link.out)) {
                return Err(format!("two links leave by {} of {}", link.out, link.from));
            }
        }
        if !self.layout.spots.keys().eq(outputs.keys().copied()) {
            return Err("the steps with a place on the canvas are not the steps of the funnel".to_owned());
        }
        for scenario in &funnel.scenarios {
            let answers = scenario.answers.iter().map(|answer| &answer.step);
            let choices = scenario.choices.iter().map(|choice| &choice.step);
            let expect = scenario.expect.iter().map(|expect| &expect.step);
            let mut named = scenario.entry.iter().chain(answers).chain(choices).chain(expect);
            if let Some(id) = named.find(|id| !outputs.contains_key(id)) {
                return Err(format!("scenario {:?} names a step that is not there: {id}", scenario.name));
            }
        }
        Ok(())
    }
}
