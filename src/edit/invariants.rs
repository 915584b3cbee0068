//! What holds of every document, whatever was done to it. Edits keep it; files that break it are not read.

use std::collections::{BTreeMap, BTreeSet};

use crate::model::{Document, Output, StepId};

impl Document {
    /// Whether the parts of the document agree with each other; says what does not.
    ///
    /// Unique step ids; each link's ends and output exist, and an output has one link; each step has one place on the
    /// canvas; notes are tied to steps, and scenarios name steps, answers and outputs that exist.
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
        let tied = self.layout.comments.iter().filter_map(|note| note.step.as_ref());
        if let Some(id) = tied.into_iter().find(|id| !outputs.contains_key(id)) {
            return Err(format!("a note is tied to no step: {id}"));
        }
        for scenario in &funnel.scenarios {
            let told = |wrong: &StepId| Err(format!("scenario {:?} says of {wrong} what it does not have", scenario.name));
            let expect = scenario.expect.iter().map(|expect| &expect.step);
            if let Some(id) = scenario.entry.iter().chain(expect).find(|id| !outputs.contains_key(id)) {
                return told(id);
            }
            let has = |id: &StepId, out: &Output| outputs.get(id).is_some_and(|ways| ways.contains(out));
            let answers = scenario.answers.iter().map(|answer| (&answer.step, Output::Reply(answer.reply.clone())));
            let choices = scenario.choices.iter().map(|choice| (&choice.step, choice.out.clone()));
            if let Some((id, _)) = answers.chain(choices).find(|(id, out)| !has(id, out)) {
                return told(id);
            }
        }
        Ok(())
    }
}
