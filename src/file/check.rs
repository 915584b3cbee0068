//! What a funnel file must hold beyond its shape: ids that are there and unique, ends that exist, shares that are shares.
//! A broken plan is not its business (that is a diagnostic), and it finds everything, not only the first.

use std::cell::Cell;
use std::collections::BTreeSet;
use std::ops::Range;

use crate::edit::LONGEST_TEXT;
use crate::model::{Allow, Branch, Delay, Document, Reply, Seconds, StepKind, Template};

use super::outline::Outline;
use super::problem::{Lines, Problem, nearest, problem, quoted};
use super::source::{At, Source};
use At::{Field, Item};

mod ends;

/// Nearest names are looked for this many times; a file with more wrong names has another cause.
const NAMES_LOOKED_FOR: u32 = 50;

/// All that is wrong with a document that was read from this source, in the order of the file.
pub(super) fn check(document: &Document, source: &Source) -> Vec<Problem> {
    let mut check = Check { source, problems: Vec::new(), looks: Cell::new(NAMES_LOOKED_FOR) };
    let funnel = &document.funnel;
    check.time_zone(&funnel.audience.timezone);
    check.allow(&[Field("allow")], &funnel.allow);
    for (index, template) in funnel.templates.iter().enumerate() {
        check.samples(index, template);
        check.allow(&[Field("templates"), Item(index), Field("allow")], &template.allow);
    }
    for (index, step) in funnel.steps.iter().enumerate() {
        let path = [Field("steps"), Item(index)];
        if step.id.as_str().is_empty() {
            check.say(
                &[path[0], path[1], Field("id")],
                "an id without a letter",
                "expected a short name, such as \"welcome\"",
                None,
            );
        } else if let Some(first) = source.steps.get(&step.id).copied().filter(|first| *first < index) {
            let line = check.line(&[Field("steps"), Item(first), Field("id")]);
            let found = format!("a second step with the id `{}`", step.id);
            check.say(
                &[path[0], path[1], Field("id")],
                found,
                format!("expected an id of its own; the first is in line {line}"),
                None,
            );
        }
        if let Some(at) = document.layout.spots.get(&step.id) {
            check.finite(&[path[0], path[1], Field("at")], &[at.x, at.y]);
        }
        check.kind(&[path[0], path[1], Field("kind")], &step.kind);
        check.allow(&[path[0], path[1], Field("allow")], &step.allow);
    }
    for (index, frame) in document.layout.frames.iter().enumerate() {
        let numbers = [frame.at.x, frame.at.y, frame.size.width, frame.size.height];
        check.finite(&[Field("frames"), Item(index)], &numbers);
    }
    for (index, note) in document.layout.comments.iter().enumerate() {
        check.finite(&[Field("comments"), Item(index), Field("at")], &[note.at.x, note.at.y]);
    }
    ends::check(&mut check, document);
    check.problems.sort_by_key(|problem| problem.span.start);
    check.problems
}

/// A text that is too long to be one.
pub(super) fn too_long(text: &str, lines: &Lines, outline: &Outline) -> Option<Problem> {
    let long = outline.tokens.iter().filter(|token| token.range.len() > LONGEST_TEXT);
    // Escapes are longer on disk than what they stand for.
    let length = |range: &Range<usize>| ron::from_str::<String>(&text[range.clone()]).map_or(range.len(), |text| text.len());
    let token = long.into_iter().find(|token| length(&token.range) > LONGEST_TEXT)?;
    let found = format!("a text of {} KiB", length(&token.range) / 1024);
    let span = token.range.start..token.range.start + 1;
    Some(problem((text, lines), span, found, "at most 1 MiB may stand in one pair of quotes", None))
}

struct Check<'a> {
    source: &'a Source,
    problems: Vec<Problem>,
    looks: Cell<u32>,
}

impl Check<'_> {
    fn say(&mut self, path: &[At<'_>], found: impl Into<String>, expected: impl Into<String>, help: Option<String>) {
        // Where a value is left out, the nearest thing around it is to blame.
        let span = (0..=path.len()).rev().find_map(|len| self.source.find(&path[..len])).unwrap_or(0..0);
        self.say_at(span, found, expected, help);
    }

    fn say_at(&mut self, span: Range<usize>, found: impl Into<String>, expected: impl Into<String>, help: Option<String>) {
        self.problems.push(problem((&self.source.text, &self.source.lines), span, found, expected, help));
    }

    fn line(&self, path: &[At<'_>]) -> usize {
        self.source.find(path).map_or(0, |range| self.source.place(range.start).0)
    }

    fn nearest<'n>(&self, wrong: &str, right: impl IntoIterator<Item = &'n str>) -> Option<String> {
        let left = self.looks.get().checked_sub(1)?;
        self.looks.set(left);
        nearest(wrong, right)
    }

    fn time_zone(&mut self, name: &str) {
        if name.parse::<chrono_tz::Tz>().is_err() {
            let near = self.nearest(name, chrono_tz::TZ_VARIANTS.iter().map(|zone| zone.name()));
            let expected = "expected an IANA time zone, such as \"America/Sao_Paulo\"";
            self.say(&[Field("audience"), Field("timezone")], format!("unknown time zone `{name}`"), expected, near);
        }
    }

    /// The last of two samples for one variable would win in silence.
    fn samples(&mut self, index: usize, template: &Template) {
        let path = [Field("templates"), Item(index), Field("samples")];
        let Some(node) = self.source.node(&path) else { return };
        if node.items.len() == template.samples.len() {
            return;
        }
        let mut seen = BTreeSet::new();
        let keys: Vec<_> = node.items.iter().filter_map(|item| item.key.clone()).collect();
        for key in keys {
            let name = ron::from_str::<String>(&self.source.text[key.clone()]).unwrap_or_default();
            if seen.contains(&name) {
                self.say_at(key, format!("a second sample for `{name}`"), "expected one sample a variable", None);
            }
            seen.insert(name);
        }
    }

    /// What is allowed without a reason is soon forgotten. Whether the code exists is not known here: a diagnostic tells.
    fn allow(&mut self, path: &[At<'_>], allow: &[Allow]) {
        for (index, _) in allow.iter().enumerate().filter(|(_, allow)| allow.why.trim().is_empty()) {
            let path = [path, &[Item(index), Field("why")]].concat();
            self.say(&path, "a suppression without a reason", "expected why it is all right, in your words", None);
        }
    }

    fn finite(&mut self, path: &[At<'_>], numbers: &[f32]) {
        if numbers.iter().any(|number| !number.is_finite()) {
            let found = self.piece(path);
            self.say(path, found, "expected numbers that can be placed on the canvas", None);
        }
    }

    fn piece(&self, path: &[At<'_>]) -> String {
        self.source.find(path).map_or_else(String::new, |range| quoted(&self.source.text[range]))
    }

    fn kind(&mut self, path: &[At<'_>], kind: &StepKind) {
        match kind {
            StepKind::Message(message) => {
                if let Some(reply) = &message.reply {
                    self.reply(&[path, &[Field("reply")]].concat(), reply);
                }
            }
            StepKind::Branch(Branch::Split(cases)) => {
                let path = [path, &[Item(0), Item(0)]].concat();
                let mut labels = BTreeSet::new();
                for (index, (label, weight)) in cases.iter().enumerate() {
                    let case = [&path[..], &[Item(index)]].concat();
                    self.weight(&[&case[..], &[Item(1)]].concat(), *weight);
                    if !labels.insert(label) {
                        let label_path = [&case[..], &[Item(0)]].concat();
                        self.say(
                            &label_path,
                            format!("a second case `{label}`"),
                            "expected a label of its own for each case",
                            None,
                        );
                    }
                }
            }
            StepKind::Branch(Branch::Attribute { share, .. }) => {
                self.share(&[path, &[Item(0), Field("share")]].concat(), *share);
            }
            _ => {}
        }
    }

    fn reply(&mut self, path: &[At<'_>], reply: &Reply) {
        let mut labels = BTreeSet::new();
        for (index, option) in reply.options.iter().enumerate() {
            let path = [path, &[Field("options"), Item(index)]].concat();
            self.weight(&[&path[..], &[Field("share")]].concat(), option.share);
            if !labels.insert(&option.label) {
                let label = [&path[..], &[Field("label")]].concat();
                let found = format!("a second answer `{}`", option.label);
                self.say(&label, found, "expected a label of its own for each answer", None);
            }
        }
        self.share(&[path, &[Field("chance")]].concat(), reply.chance);
        self.delay(&[path, &[Field("delay")]].concat(), &reply.delay);
    }

    fn share(&mut self, path: &[At<'_>], share: f64) {
        if !(0.0..=1.0).contains(&share) {
            self.say(path, format!("{share} as a share of people"), "expected a number from 0 to 1, such as 0.7", None);
        }
    }

    fn weight(&mut self, path: &[At<'_>], weight: f64) {
        if !(weight.is_finite() && weight >= 0.0) {
            self.say(path, format!("{weight} as a weight"), "expected a number, 0 or more", None);
        }
    }

    fn delay(&mut self, path: &[At<'_>], delay: &Delay) {
        let mut ordered = |(lower, low): (&str, &Seconds), (upper, high): (&'static str, &Seconds)| {
            if high < low {
                let path = [path, &[Field(upper)]].concat();
                self.say(
                    &path,
                    format!("`{upper}` of {high}"),
                    format!("expected no less than the `{lower}` of {low}"),
                    None,
                );
            }
        };
        match delay {
            Delay::Uniform { min, max } => ordered(("min", min), ("max", max)),
            Delay::LogNormal { median, p90 } | Delay::Weibull { median, p90 } => ordered(("median", median), ("p90", p90)),
            Delay::Empirical(points) => self.empirical(path, points),
            Delay::Fixed(_) | Delay::Exponential { .. } => {}
        }
    }

    fn empirical(&mut self, path: &[At<'_>], points: &[(Seconds, f64)]) {
        if points.is_empty() {
            self.say(path, "a delay without points", "expected at least one, such as (\"1h\", 0.5)", None);
        }
        for (index, (length, reached)) in points.iter().enumerate() {
            let point = [path, &[Item(0), Item(index)]].concat();
            self.share(&[&point[..], &[Item(1)]].concat(), *reached);
            let Some((earlier, lower)) = index.checked_sub(1).map(|before| points[before]) else { continue };
            if *length <= earlier {
                let found = format!("{length} after {earlier}");
                self.say(
                    &[&point[..], &[Item(0)]].concat(),
                    found,
                    "expected each point later than the one before it",
                    None,
                );
            } else if *reached < lower {
                let found = format!("a cumulative share of {reached} after {lower}");
                self.say(
                    &[&point[..], &[Item(1)]].concat(),
                    found,
                    "expected no share smaller than the one before it",
                    None,
                );
            }
        }
    }
}
