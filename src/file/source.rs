//! The text of a funnel file and where its parts stand in it, so that a diagnostic can be drawn at its place.

use std::collections::HashMap;
use std::collections::hash_map::Entry;
use std::ops::Range;

use crate::model::{Funnel, Output, StepId};

use super::outline::{Node, Outline};
use super::problem::Lines;

/// The text that was read, and where things stand in it.
///
/// All ranges are in bytes of [`Source::text`], which has no byte order mark and plain line ends.
#[derive(Debug)]
pub struct Source {
    /// The file, as it was named.
    pub name: String,
    /// Its text.
    pub text: String,
    pub(super) lines: Lines,
    pub(super) outline: Outline,
    pub(super) steps: HashMap<StepId, usize>,
    links: HashMap<(StepId, Output), usize>,
    /// Each link that leaves a step by the output of an earlier one, and that one, in order.
    pub(super) twice: Vec<(usize, usize)>,
}

impl Source {
    pub(super) fn new(name: &str, text: String, lines: Lines, outline: Outline) -> Self {
        let (steps, links, twice) = Default::default();
        Self { name: name.to_owned(), text, lines, outline, steps, links, twice }
    }

    /// Line and column of a byte, both from 1, the column in characters.
    pub fn place(&self, offset: usize) -> (usize, usize) {
        self.lines.place(&self.text, offset)
    }

    /// The value of a field of the funnel, such as `launch`.
    pub fn field(&self, name: &str) -> Option<Range<usize>> {
        self.find(&[At::Field(name)])
    }

    /// The value of a field of the audience, such as `timezone`.
    pub fn audience_field(&self, name: &str) -> Option<Range<usize>> {
        self.find(&[At::Field("audience"), At::Field(name)])
    }

    /// A step, all of it.
    pub fn step(&self, id: &StepId) -> Option<Range<usize>> {
        self.find(&[At::Field("steps"), At::Item(*self.steps.get(id)?)])
    }

    /// The value of a field of a step: `id`, `title`, `at`, `kind`, or of its kind: `send`, `purpose`, `reply`, `channel`.
    pub fn step_field(&self, id: &StepId, field: &str) -> Option<Range<usize>> {
        let step = At::Item(*self.steps.get(id)?);
        self.find(&[At::Field("steps"), step, At::Field(field)])
            .or_else(|| self.find(&[At::Field("steps"), step, At::Field("kind"), At::Field(field)]))
    }

    /// The link that leaves a step by an output, all of it.
    pub fn link(&self, from: &StepId, out: &Output) -> Option<Range<usize>> {
        self.find(&[At::Field("links"), At::Item(*self.links.get(&(from.clone(), out.clone()))?)])
    }

    /// The template at this place of the library, all of it.
    pub fn template(&self, index: usize) -> Option<Range<usize>> {
        self.find(&[At::Field("templates"), At::Item(index)])
    }

    /// The value of a field of a template, such as `body`.
    pub fn template_field(&self, index: usize, field: &str) -> Option<Range<usize>> {
        self.find(&[At::Field("templates"), At::Item(index), At::Field(field)])
    }

    /// An item of a list of the funnel, all of it, such as the second of `allow`.
    pub fn field_item(&self, field: &str, item: usize) -> Option<Range<usize>> {
        self.find(&[At::Field(field), At::Item(item)])
    }

    /// An item of a list of a step, all of it.
    pub fn step_item(&self, id: &StepId, field: &str, item: usize) -> Option<Range<usize>> {
        self.find(&[At::Field("steps"), At::Item(*self.steps.get(id)?), At::Field(field), At::Item(item)])
    }

    /// An item of a list of a template, all of it.
    pub fn template_item(&self, index: usize, field: &str, item: usize) -> Option<Range<usize>> {
        self.find(&[At::Field("templates"), At::Item(index), At::Field(field), At::Item(item)])
    }

    /// The scenario at this place, all of it.
    pub fn scenario(&self, index: usize) -> Option<Range<usize>> {
        self.find(&[At::Field("scenarios"), At::Item(index)])
    }

    /// An expectation of a scenario, all of it.
    pub fn expectation(&self, scenario: usize, index: usize) -> Option<Range<usize>> {
        self.find(&[At::Field("scenarios"), At::Item(scenario), At::Field("expect"), At::Item(index)])
    }

    pub(super) fn find(&self, path: &[At<'_>]) -> Option<Range<usize>> {
        self.node(path).map(|node| node.range.clone())
    }

    pub(super) fn node(&self, path: &[At<'_>]) -> Option<&Node> {
        path.iter().try_fold(self.outline.root.as_ref()?, |node, at| match at {
            At::Field(name) => node.field(&self.text, name),
            At::Item(index) => node.item(&self.text, *index),
        })
    }

    /// Learns where the steps and links of the funnel stand; of two of one name, the first.
    pub(super) fn index(&mut self, funnel: &Funnel) {
        for (index, step) in funnel.steps.iter().enumerate() {
            self.steps.entry(step.id.clone()).or_insert(index);
        }
        for (index, link) in funnel.links.iter().enumerate() {
            match self.links.entry((link.from.clone(), link.out.clone())) {
                Entry::Occupied(first) => self.twice.push((index, *first.get())),
                Entry::Vacant(place) => {
                    place.insert(index);
                }
            }
        }
    }
}

/// One step of the way to a value.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum At<'a> {
    Field(&'a str),
    Item(usize),
}
