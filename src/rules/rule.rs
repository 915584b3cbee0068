//! What a rule is: its stable code and name, its page, and its check.

use super::diagnostic::{About, Diagnostic, Fix, Place, Severity};
use super::facts::Facts;
use crate::engine::Claim;
use crate::model::{StepId, Template};

/// One rule of the book.
#[derive(Debug)]
pub struct Rule {
    /// The stable code: never used again, never renumbered.
    pub code: &'static str,
    /// The stable name. It names the offence and reads well after "allow".
    pub name: &'static str,
    /// How bad its findings are, where the rule does not say otherwise for one of them.
    pub severity: Severity,
    /// The rule's own file; its `//!` lines are the page.
    pub(super) file: &'static str,
    /// The field at which its findings are drawn in the file, where the rule does not say otherwise for one of them:
    /// `id` or `send` of a step, `name` of a template, `policy` of the funnel.
    pub part: &'static str,
    /// What the journeys that it brings show of the step, where the rule does not say otherwise for one of them.
    pub shows: Claim,
    /// Finds every place that breaks the rule, in the funnel's order.
    pub(super) check: fn(&Facts<'_>) -> Vec<Diagnostic>,
    /// Changes that may mend a finding, the best first; only those that prove to are offered.
    pub(super) fixes: fn(&Facts<'_>, &Diagnostic) -> Vec<Fix>,
}

impl Rule {
    /// What the rule means, why it matters and how to mend what it finds: Markdown with two examples.
    pub fn page(&self) -> String {
        let lines = self.file.lines().take_while(|line| line.starts_with("//!"));
        lines.map(|line| line[3..].strip_prefix(' ').unwrap_or(&line[3..])).collect::<Vec<_>>().join("\n")
    }

    /// The first line of the page: what the rule finds, in one sentence.
    pub fn summary(&self) -> &'static str {
        self.file.lines().next().and_then(|line| line.strip_prefix("//! ")).unwrap_or_default()
    }

    /// The funnels of the page, in order: the first breaks the rule, the second does not.
    pub fn examples(&self) -> Vec<String> {
        let page = self.page();
        let blocks = page.split("```ron\n").skip(1).filter_map(|rest| rest.split("\n```").next());
        blocks.map(str::to_owned).collect()
    }

    pub(super) fn at_step(&self, step: &StepId, message: String) -> Diagnostic {
        self.at(Place::Step(step.clone()), message)
    }

    /// A finding on a template of the library, drawn at one of its fields.
    pub(super) fn at_template(&self, place: usize, template: &Template, part: &'static str, message: String) -> Diagnostic {
        self.at(Place::Template(place), message).part(part).template(&template.name)
    }

    pub(super) fn at(&self, place: Place, message: String) -> Diagnostic {
        Diagnostic {
            code: self.code,
            name: self.name,
            severity: self.severity,
            place,
            part: self.part,
            about: About::Whole,
            template: None,
            message,
            help: None,
            shows: self.shows,
            witness: None,
        }
    }
}
