//! What every report is made from: a file that was judged, and the findings of it that are shown.

use std::ops::Range;

use super::outlook::Outlook;
use crate::engine::Witness;
use crate::file::Source;
use crate::model::{Funnel, StepId};
use crate::rules::{About, Diagnostic, Fix, Judgement, Place, Shown, Stories, Telling, Which, show};

/// What is longer than this is marked by its head alone.
const LONGEST_MARK: usize = 48;

/// A finding that is shown, with the changes that are proved to mend it.
#[derive(Debug, Clone)]
pub struct Finding<'a> {
    /// What was found.
    pub diagnostic: &'a Diagnostic,
    /// What would mend it, as far as it was looked for.
    pub fixes: Vec<Fix>,
}

/// A file that was read and judged, with those of its findings that are shown, in the judgement's order.
#[derive(Clone, Copy)]
pub struct Checked<'a> {
    /// The text, and where things stand in it.
    pub source: &'a Source,
    /// What it says.
    pub funnel: &'a Funnel,
    /// All that is known of it.
    pub judgement: &'a Judgement,
    /// What is shown of that.
    pub found: &'a [Finding<'a>],
    /// How likely its windows are open, and what would help; as far as that is told.
    pub outlook: Option<&'a Outlook>,
    /// The journeys that show its findings.
    pub stories: &'a Stories<'a>,
}

/// A stretch of a file's text, with the line and the column (in characters, both from 1) at which it begins.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Spot {
    pub line: usize,
    pub column: usize,
    pub bytes: Range<usize>,
}

impl Finding<'_> {
    /// Whether it says that a window is closed, or may be: how likely that is belongs beside it.
    pub fn is_of_the_window(&self) -> bool {
        matches!(self.diagnostic.code, "W001" | "W002")
    }
}

impl<'a> Checked<'a> {
    /// Where in the file a diagnostic is drawn: at its part or an item of it, and where the file leaves that out, at what
    /// names its place.
    pub(super) fn spot(&self, diagnostic: &Diagnostic) -> Option<Spot> {
        let (source, part) = (self.source, diagnostic.part);
        let item = match (&diagnostic.about, &diagnostic.place) {
            (About::Item(item), Place::Funnel) => source.field_item(part, *item),
            (About::Item(item), Place::Template(at)) => source.template_item(*at, part, *item),
            (About::Item(item), Place::Step(id)) => source.step_item(id, part, *item),
            (About::Whole | About::Output(_), _) => None,
        };
        let bytes = item.or_else(|| match &diagnostic.place {
            Place::Funnel => source.field(part).or_else(|| source.audience_field(part)).or_else(|| source.field("name")),
            Place::Template(at) => source.template_field(*at, part).or_else(|| source.template_field(*at, "name")),
            Place::Step(id) => {
                source.step_field(id, part).or_else(|| source.step_field(id, "id")).or_else(|| source.step(id))
            }
        });
        bytes.map(|bytes| Spot::of(source, shortened(&source.text, bytes)))
    }

    /// How a step is called: `*Ask*`.
    pub(super) fn name(&self, id: &StepId) -> String {
        let step = self.judgement.proof.place(id).and_then(|place| self.funnel.steps.get(place));
        format!("*{}*", step.map_or(id.as_str(), |step| step.name()))
    }

    /// The journey that shows a finding. Beside W001, W002 and W004 the same one would stand twice, so W005 leaves it out.
    pub(super) fn shown(&self, diagnostic: &Diagnostic) -> Option<Shown> {
        let witness = diagnostic.witness.as_ref().filter(|_| diagnostic.code != "W005")?;
        let Judgement { policy, proof, .. } = self.judgement;
        show(policy, proof, proof.tell(witness)?, diagnostic.step()?, diagnostic.shows)
    }

    /// What is told of that journey.
    pub(super) fn told(&self, diagnostic: &Diagnostic, which: Which) -> Option<Telling> {
        match diagnostic.witness.as_ref()? {
            Witness::Of(step, claim) if diagnostic.code != "W005" && *claim == diagnostic.shows => {
                self.stories.of(step, *claim, which)
            }
            _ => self.shown(diagnostic).map(|Shown { journey, at, .. }| Telling::along(&journey, at, which)),
        }
    }
}

impl Spot {
    /// These bytes of a text.
    pub fn of(source: &Source, bytes: Range<usize>) -> Self {
        let (line, column) = source.place(bytes.start);
        Self { line, column, bytes }
    }

    /// Line and column (in characters, both from 1) just behind its last character.
    pub fn end(&self, text: &str) -> (usize, usize) {
        let part = text.get(self.bytes.clone()).unwrap_or_default();
        match part.rsplit_once('\n') {
            Some((before, last)) => (self.line + before.matches('\n').count() + 1, last.chars().count() + 1),
            None => (self.line, self.column + part.chars().count()),
        }
    }
}

/// Of something long only what it begins with: `FreeForm` of a message that fills the line.
fn shortened(text: &str, span: Range<usize>) -> Range<usize> {
    let long = text.get(span.clone()).filter(|part| part.chars().count() > LONGEST_MARK || part.contains('\n'));
    let named = |head: &usize| *head > 0 && text[span.start..span.start + head].chars().all(char::is_alphanumeric);
    let head = long.and_then(|part| part.find('(')).filter(named);
    span.start..head.map_or(span.end, |head| span.start + head)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_spot_ends_behind_its_last_character() {
        let text = "(é: (\n  ü))";
        let at = |bytes: Range<usize>| Spot { line: 1, column: 1 + text[..bytes.start].chars().count(), bytes };
        assert_eq!(at(1..3).end(text), (1, 3), "é is one character of two bytes");
        assert_eq!(at(5..text.len()).end(text), (2, 6));
    }
}
