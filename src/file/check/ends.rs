//! Whether what a funnel names exists: the ends of links, their outputs, the steps of notes, and the steps and
//! answers of scenarios.

use std::collections::{HashMap, HashSet};

use crate::model::{Document, Funnel, Message, Output, Reply, Scenario, Step, StepId, StepKind};

use super::super::write::output_text;
use super::{At, Check, Field, Item};

/// Where a step has more outputs than this they are looked up, not looked through.
const FEW: usize = 8;

/// Finds every name that leads nowhere.
pub(super) fn check(check: &mut Check<'_>, document: &Document) {
    let funnel = &*document.funnel;
    let mut ends = Ends { check, funnel };
    let mut outputs: HashMap<&StepId, HashSet<Output>> = HashMap::new();
    let mut twice = ends.check.source.twice.iter().peekable();
    for (index, link) in funnel.links.iter().enumerate() {
        let path = [Field("links"), Item(index)];
        let first = twice.next_if(|(second, _)| *second == index).map(|(_, first)| *first);
        if let Some(from) = ends.step(&[path[0], path[1], Field("from")], &link.from) {
            let known = if from.ways() <= FEW {
                (0..from.ways()).any(|way| from.leaves_by(way, &link.out))
            } else {
                outputs.entry(&from.id).or_insert_with(|| from.outputs().into_iter().collect()).contains(&link.out)
            };
            if !known {
                ends.unknown_output(&[path[0], path[1], Field("out")], from, &link.out);
            } else if let Some(first) = first {
                let line = ends.check.line(&[Field("links"), Item(first)]);
                let found = format!("a second link from `{}` by `{}`", link.from, output_text(&link.out));
                ends.check.say(
                    &path,
                    found,
                    format!("expected at most one link an output; the first is in line {line}"),
                    None,
                );
            }
        }
        ends.step(&[path[0], path[1], Field("to")], &link.to);
    }
    for (index, note) in document.layout.comments.iter().enumerate() {
        if let Some(step) = &note.step {
            ends.step(&[Field("comments"), Item(index), Field("step")], step);
        }
    }
    for (index, scenario) in funnel.scenarios.iter().enumerate() {
        ends.scenario(&[Field("scenarios"), Item(index)], scenario);
    }
}

struct Ends<'c, 's, 'f> {
    check: &'c mut Check<'s>,
    funnel: &'f Funnel,
}

impl<'f> Ends<'_, '_, 'f> {
    /// The step of this name, or a problem.
    fn step(&mut self, path: &[At<'_>], id: &StepId) -> Option<&'f Step> {
        let step = self.check.source.steps.get(id).map(|step| &*self.funnel.steps[*step]);
        if step.is_none() {
            let near = self.check.nearest(id.as_str(), self.funnel.steps.iter().map(|step| step.id.as_str()));
            self.check.say(path, format!("there is no step `{id}`"), "expected the id of a step of this funnel", near);
        }
        step
    }

    fn unknown_output(&mut self, path: &[At<'_>], step: &Step, out: &Output) {
        let outputs: Vec<String> = step.outputs().iter().map(output_text).collect();
        let expected = match (&step.kind, &outputs[..]) {
            (StepKind::Message(Message { reply: Some(Reply { timeout: None, .. }), .. }), _) if *out == Output::Timeout => {
                "its reply has no `timeout`; give it one, or take this away".to_owned()
            }
            (StepKind::Exit(_), _) => "nothing leaves an exit".to_owned(),
            (_, []) => "it has no outputs".to_owned(),
            (_, outputs) => {
                format!("it leaves by {}", outputs.iter().map(|out| format!("`{out}`")).collect::<Vec<_>>().join(", "))
            }
        };
        let wrong = output_text(out);
        let near = self.check.nearest(&wrong, outputs.iter().map(String::as_str));
        self.check.say(path, format!("step `{}` has no output `{wrong}`", step.id), expected, near);
    }

    fn scenario(&mut self, path: &[At<'_>], scenario: &Scenario) {
        if let Some(entry) = &scenario.entry {
            self.step(&[path, &[Field("entry")]].concat(), entry);
        }
        for (index, answer) in scenario.answers.iter().enumerate() {
            let path = [path, &[Field("answers"), Item(index)]].concat();
            let Some(step) = self.step(&[&path[..], &[Field("step")]].concat(), &answer.step) else { continue };
            let labels: Vec<&str> = match &step.kind {
                StepKind::Message(Message { reply: Some(reply), .. }) => {
                    reply.options.iter().map(|o| o.label.as_str()).collect()
                }
                _ => Vec::new(),
            };
            if !labels.contains(&answer.reply.as_str()) {
                let expected = match &labels[..] {
                    [] => "it waits for no answer".to_owned(),
                    labels => format!(
                        "it knows {}",
                        labels.iter().map(|label| format!("`{label}`")).collect::<Vec<_>>().join(", ")
                    ),
                };
                let near = self.check.nearest(&answer.reply, labels);
                let found = format!("step `{}` has no answer `{}`", step.id, answer.reply);
                self.check.say(&[&path[..], &[Field("reply")]].concat(), found, expected, near);
            }
        }
        for (index, choice) in scenario.choices.iter().enumerate() {
            let path = [path, &[Field("choices"), Item(index)]].concat();
            let Some(step) = self.step(&[&path[..], &[Field("step")]].concat(), &choice.step) else { continue };
            if !step.outputs().contains(&choice.out) {
                self.unknown_output(&[&path[..], &[Field("out")]].concat(), step, &choice.out);
            }
        }
        for (index, expect) in scenario.expect.iter().enumerate() {
            self.step(&[path, &[Field("expect"), Item(index), Field("step")]].concat(), &expect.step);
        }
    }
}
