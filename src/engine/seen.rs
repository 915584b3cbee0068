//! What all the lines at one step come to: whether the window is open there, and the lines that show it. Knows nothing of
//! other steps, so it is worked out once for each step whose lines are new.

use super::machine::{Consent, StepIndex};
use super::proof::{Claim, Consents};
use super::reach::{Line, LineId, Shape};

/// How many claims there are.
const CLAIMS: usize = Claim::Reached as usize + 1;

/// What the lines at one step come to.
#[derive(Debug, Clone, Default)]
pub struct Seen {
    open: bool,
    closed: bool,
    /// Somebody comes who has not written at all.
    pub unheard: bool,
    /// Somebody comes whose time since inbound is past all telling.
    pub stale: bool,
    /// The shortest and longest time since inbound.
    pub since: Option<(i64, i64)>,
    /// With which consents people come.
    pub consents: Consents,
    /// The same, of those who come while the window is closed.
    pub consents_outside: Consents,
    /// The sides of those lines alone that somebody surely has before them.
    pub sure_sides: (bool, bool),
    /// The other lines say something that those do not.
    pub doubtful: bool,
    shown: [Option<(LineId, i64)>; CLAIMS],
}

impl Seen {
    /// Looks at the lines of a step, where the window is this long.
    pub fn of(step: StepIndex, lines: &[Line], window: i64) -> Self {
        let mut seen = Self::default();
        let named = || lines.iter().enumerate().map(|(place, line)| (LineId::new(step, place), line));
        named().filter(|(_, line)| line.sure).for_each(|(id, line)| seen.add(id, line, window));
        seen.sure_sides = seen.sides();
        if lines.iter().any(|line| !line.sure) {
            let sure = seen.what();
            named().filter(|(_, line)| !line.sure).for_each(|(id, line)| seen.add(id, line, window));
            seen.doubtful = sure != seen.what();
        }
        seen
    }

    /// Whether anybody comes while the window is open, and while it is not.
    pub fn sides(&self) -> (bool, bool) {
        (self.open, self.closed || self.unheard)
    }

    /// The line that shows a claim, and the number on it.
    pub fn shown(&self, claim: Claim) -> Option<(LineId, i64)> {
        self.shown[claim as usize]
    }

    /// What was seen, without the lines that show it.
    fn what(&self) -> impl PartialEq + use<> {
        (self.sides(), self.unheard, self.stale, self.since, self.consents, self.consents_outside)
    }

    fn add(&mut self, id: LineId, line: &Line, window: i64) {
        let consent = line.facts.consent;
        self.consents.add(consent);
        match consent {
            Consent::Never => self.show(Claim::NeverOptedIn, id, line.first),
            Consent::Given => {}
            Consent::Withdrawn => self.show(Claim::OptedOut, id, line.first),
        }
        self.show(Claim::Reached, id, line.first);
        // The shortest and longest time since inbound, and the numbers on the line that stand for them.
        let (shortest, longest) = match line.shape {
            Shape::Diagonal(_, since) => ((since, line.first), (since, line.first)),
            Shape::Level(..) | Shape::Since => ((line.first, line.first), (line.last, line.last)),
            Shape::Unheard(_) | Shape::UnheardAtAnyTime => {
                self.unheard = true;
                self.close(consent, id, line.first);
                return self.show(Claim::BeforeInbound, id, line.first);
            }
            Shape::Stale(_) | Shape::StaleAtAnyTime => {
                self.closed = true;
                self.stale = true;
                self.close(consent, id, line.first);
                // A journey of finite time that is closed convinces more; this one stands in where there is none.
                return self.show(Claim::Outside, id, line.first);
            }
        };
        if shortest.0 < window {
            self.open = true;
            self.show(Claim::Inside, id, shortest.1);
        }
        if longest.0 >= window {
            self.closed = true;
            self.close(consent, id, longest.1);
            self.show(Claim::Outside, id, longest.1);
        }
        if self.since.is_none_or(|(_, max)| longest.0 > max) {
            self.shown[Claim::Longest as usize] = Some((id, longest.1));
        }
        if self.since.is_none_or(|(min, _)| shortest.0 < min) {
            self.shown[Claim::Shortest as usize] = Some((id, shortest.1));
        }
        let (min, max) = self.since.unwrap_or((shortest.0, longest.0));
        self.since = Some((min.min(shortest.0), max.max(longest.0)));
    }

    /// Notes with which consent somebody arrives while the window is closed.
    fn close(&mut self, consent: Consent, id: LineId, number: i64) {
        self.consents_outside.add(consent);
        match consent {
            Consent::Never => self.show(Claim::NeverOptedInOutside, id, number),
            Consent::Given => {}
            Consent::Withdrawn => self.show(Claim::OptedOutOutside, id, number),
        }
    }

    /// Keeps the first line that shows a claim: it was found by the fewest detours.
    fn show(&mut self, claim: Claim, id: LineId, number: i64) {
        self.shown[claim as usize].get_or_insert((id, number));
    }
}

impl Consents {
    fn add(&mut self, consent: Consent) {
        match consent {
            Consent::Never => self.never = true,
            Consent::Given => self.given = true,
            Consent::Withdrawn => self.withdrawn = true,
        }
    }
}
