//! What was typed before a switch, so that switching back finds it again. Lives as long as the funnel is open.

use std::collections::BTreeMap;

use super::helps::Helping;
use crate::model::{Branch, Content, Delay, Header, Reply, Seconds, Send, StepId, TimeOfDay, Wait};

/// Values put aside, by step and by their kind's place in its list.
#[derive(Debug)]
pub struct Shelf<T>(BTreeMap<(StepId, usize), T>);

impl<T> Default for Shelf<T> {
    fn default() -> Self {
        Self(BTreeMap::new())
    }
}

impl<T: Clone> Shelf<T> {
    /// Puts aside what a step had as one kind, and gives what it last had as another.
    pub fn swap(&mut self, step: &StepId, (from, old): (usize, T), to: usize) -> Option<T> {
        self.0.insert((step.clone(), from), old);
        self.0.get(&(step.clone(), to)).cloned()
    }

    /// Puts a value aside.
    pub fn keep(&mut self, step: &StepId, value: T) {
        self.0.insert((step.clone(), 0), value);
    }

    /// What was last put aside with [`Self::keep`].
    pub fn last(&self, step: &StepId) -> Option<T> {
        self.0.get(&(step.clone(), 0)).cloned()
    }
}

/// All that was put aside.
#[derive(Debug, Default)]
#[allow(missing_docs)]
pub struct Kept {
    pub arrivals: Shelf<(TimeOfDay, TimeOfDay)>,
    pub free_form: Shelf<Content>,
    pub template: Shelf<String>,
    pub contents: Shelf<Content>,
    pub replies: Shelf<Reply>,
    pub delays: Shelf<Delay>,
    pub timeouts: Shelf<Seconds>,
    pub waits: Shelf<Wait>,
    pub branches: Shelf<Branch>,
    pub headers: BTreeMap<usize, Header>,
    /// What would help the selected step, while that is unfolded.
    pub helping: Helping,
    /// The answers that were what could be tapped, as of the last time that they were.
    pub tapped: BTreeMap<StepId, Vec<String>>,
}

/// The way in which a message is sent.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[allow(missing_docs)]
pub enum Way {
    FreeForm,
    Template,
    Either,
}

impl Way {
    /// The way of a message.
    pub fn of(send: &Send) -> Self {
        match send {
            Send::FreeForm(_) => Self::FreeForm,
            Send::Template(_) => Self::Template,
            Send::FreeFormOrTemplate(..) => Self::Either,
        }
    }
}

impl Kept {
    /// The same message sent another way. What the new way has no room for is put aside; what it lacks comes from there,
    /// else `template` names the template.
    pub fn resend(&mut self, step: &StepId, send: &Send, way: Way, template: impl FnOnce() -> String) -> Send {
        if let Some(content) = send.content() {
            self.free_form.keep(step, content.clone());
        }
        if let Some(name) = send.template() {
            self.template.keep(step, name.to_owned());
        }
        let content = || self.free_form.last(step).unwrap_or_else(|| Content::Text(String::new()));
        let name = || self.template.last(step).unwrap_or_else(template);
        match way {
            Way::FreeForm => Send::FreeForm(content()),
            Way::Template => Send::Template(name()),
            Way::Either => Send::FreeFormOrTemplate(content(), name()),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_switch_to_a_template_and_back_finds_the_text_again() {
        let mut kept = Kept::default();
        let step = StepId::from("offer");
        let typed = Send::FreeForm(Content::Text("Oi!".to_owned()));
        let template = kept.resend(&step, &typed, Way::Template, || "day3".to_owned());
        assert_eq!(template, Send::Template("day3".to_owned()));
        assert_eq!(kept.resend(&step, &template, Way::FreeForm, String::new), typed);
        let other = StepId::from("other");
        let fresh = kept.resend(&other, &Send::Template("x".to_owned()), Way::FreeForm, String::new);
        assert_eq!(fresh, Send::FreeForm(Content::Text(String::new())), "what was typed belongs to its step");
    }
}
