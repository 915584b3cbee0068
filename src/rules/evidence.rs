//! What journeys show, in a few numbers each: enough for what is said of them, without keeping them.

use std::collections::HashSet;

use super::facts::Shown;
use crate::engine::{Claim, Did, Proof, Trails, What, Witness};
use crate::model::{Funnel, Seconds, Sent, Status, StepId, StepKind};

/// The most steps that a route names; the middle of a longer one is left out.
const ROUTE: usize = 5;

/// What a journey shows of a step.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Evident {
    /// The journey.
    pub witness: Witness,
    /// Since the person's last message or call, at the moment shown; `None` where there was none.
    pub since_inbound: Option<Seconds>,
    /// How it came there from the last message or call.
    pub route: Route,
    /// How often the business really sent something on the way.
    pub sent: usize,
}

/// The step of the last inbound message, and those at which time passed since.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(super) struct Route {
    names: [usize; ROUTE],
    length: usize,
}

/// What the journeys of a proof show, each worked out from the one with which it shares its beginning.
pub(super) struct Evidence<'a> {
    funnel: &'a Funnel,
    proof: &'a Proof,
    /// None are followed until somebody asks.
    trails: Option<Trails<'a>>,
    /// For each moment of the trails what happened since the last inbound message.
    known: Vec<Since>,
    /// Names of templates that may come to be sent: T001 and T003 tell of the others.
    usable: HashSet<&'a str>,
}

/// What happened since the last inbound message, or since entry where there is none.
#[derive(Debug, Clone, Copy, Default)]
struct Since {
    route: Route,
    sent: usize,
}

impl Route {
    /// The places of the steps, in order, and whether some are left out: of more than five the first two and the last two are
    /// kept, with any between them.
    pub fn places(&self) -> (&[usize], bool) {
        (&self.names[..self.length.min(ROUTE)], self.length > ROUTE)
    }

    fn pass(&mut self, step: usize) {
        if self.length > 0 && self.names[self.length.min(ROUTE) - 1] == step {
            return;
        }
        if self.length >= ROUTE {
            self.names[ROUTE - 2] = self.names[ROUTE - 1];
        }
        self.names[self.length.min(ROUTE - 1)] = step;
        self.length += 1;
    }
}

impl<'a> Evidence<'a> {
    pub fn new(funnel: &'a Funnel, proof: &'a Proof) -> Self {
        let unusable = |status| matches!(status, Status::Rejected | Status::Paused | Status::Disabled);
        let usable = funnel.templates.iter().filter(|template| !unusable(template.status));
        let usable = usable.map(|template| template.name.as_str()).collect();
        Self { funnel, proof, trails: None, known: Vec::new(), usable }
    }

    /// What the witness of a claim shows of a step that sends. `told` tells its story and follows it alone, where that has to
    /// be; `place` knows where a step stands in the funnel.
    pub fn of(
        &mut self,
        step: &StepId,
        claim: Claim,
        told: impl FnOnce() -> Option<Shown>,
        place: impl Fn(&StepId) -> Option<usize>,
    ) -> Option<Evident> {
        let witness = Witness::Of(step.clone(), claim);
        let sight = self.trails.get_or_insert_with(|| Trails::new(self.proof)).sight(step, claim);
        let (since_inbound, Since { route, sent }) = match sight {
            Some(sight) => (sight.since_inbound, self.until(sight.place)),
            None => {
                let shown = told()?;
                (shown.since_inbound(), self.along(&shown, place))
            }
        };
        Some(Evident { witness, since_inbound, route, sent })
    }

    /// What happened until a moment of the trails.
    fn until(&mut self, place: u32) -> Since {
        let Some(trails) = &self.trails else { return Since::default() };
        for next in self.known.len()..=place as usize {
            let (before, ticks) = trails.before(next as u32);
            let mut since = before.map_or(Since::default(), |before| self.known[before as usize]);
            for tick in ticks {
                let (inbound, took, sent) = match tick.what {
                    Did::Entry => (self.is_inbound_entry(tick.step), 0, false),
                    Did::Reply { .. } | Did::Unprompted => (true, 0, false),
                    Did::Timeout { asked } => (false, tick.at - asked, false),
                    Did::Waited { from } => (false, tick.at - from, false),
                    Did::Sent(sent) => (false, 0, self.is_really(sent, tick.step)),
                    Did::Branch(_) | Did::Exit(_) => (false, 0, false),
                };
                since.add(tick.step, inbound, took > 0, sent);
            }
            self.known.push(since);
        }
        self.known[place as usize]
    }

    /// What happened on a journey until what it shows.
    fn along(&self, shown: &Shown, place: impl Fn(&StepId) -> Option<usize>) -> Since {
        let mut since = Since::default();
        for moment in &shown.journey.moments[..shown.at] {
            let Some(step) = place(&moment.step) else { continue };
            let (inbound, took, sent) = match moment.what {
                What::Entry => (self.is_inbound_entry(step), Seconds::ZERO, false),
                What::Reply { .. } | What::Unprompted => (true, Seconds::ZERO, false),
                What::Timeout { asked } => (false, moment.at - asked, false),
                What::Waited { from } => (false, moment.at - from, false),
                What::Sent(sent) => (false, Seconds::ZERO, self.is_really(sent, step)),
                What::Branch(_) | What::Exit(_) => (false, Seconds::ZERO, false),
            };
            since.add(step, inbound, took > Seconds::ZERO, sent);
        }
        since
    }

    /// Whether a step is an entry at which the person writes or calls.
    fn is_inbound_entry(&self, step: usize) -> bool {
        matches!(self.funnel.steps[step].kind, StepKind::Entry { channel, .. } if channel.is_inbound())
    }

    /// Whether what a step is said to send goes out.
    fn is_really(&self, sent: Sent, step: usize) -> bool {
        let name = || self.funnel.steps[step].message().and_then(|message| message.send.template());
        match sent {
            Sent::FreeForm => true,
            Sent::Template => name().is_some_and(|name| self.usable.contains(name)),
            Sent::Blocked | Sent::NotReached => false,
        }
    }
}

impl Since {
    fn add(&mut self, step: usize, inbound: bool, took_time: bool, sent: bool) {
        if inbound {
            *self = Self::default();
        }
        if self.route.length == 0 || took_time {
            self.route.pass(step);
        }
        self.sent += usize::from(sent);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::file;
    use crate::policy;
    use crate::rules::facts::{Facts, shown};
    use crate::rules::judge;

    #[test]
    fn what_journeys_show_together_is_what_each_shows_alone() {
        let policy = policy::standard();
        let now = "2026-11-22T12:00:00".parse().unwrap();
        let texts = [
            include_str!("../../funnels/day3-mistake.ron"),
            include_str!("../../funnels/abandoned-cart.ron"),
            include_str!("../../tests/funnels/everything-wrong.ron"),
        ];
        let mut sent = 0;
        for text in texts {
            let funnel = file::parse(text, "test.ron").unwrap().document.funnel;
            let judgement = judge(&funnel, &policy, now);
            let facts = Facts::new(&funnel, &policy, &judgement.proof, &judgement.templates, now);
            let alone = Evidence::new(&funnel, &judgement.proof);
            for step in funnel.steps.iter().filter(|step| step.message().is_some()) {
                for claim in [Claim::Outside, Claim::BeforeInbound, Claim::Inside, Claim::Longest, Claim::Reached] {
                    let together = facts.evident(&step.id, claim);
                    let shown = shown(&policy, &judgement.proof, &step.id, claim);
                    let expected = shown.map(|shown| {
                        let Since { route, sent } = alone.along(&shown, |id| facts.place(id));
                        (shown.since_inbound(), route.places().0.to_vec(), route.places().1, sent)
                    });
                    sent += expected.as_ref().map_or(0, |(.., sent)| *sent);
                    let told = together.map(|Evident { since_inbound, route, sent, .. }| {
                        (since_inbound, route.places().0.to_vec(), route.places().1, sent)
                    });
                    assert_eq!(told, expected, "{claim:?} of {}", step.id);
                }
            }
        }
        assert!(sent > 5, "journeys on which nothing is sent prove little");
    }

    #[test]
    fn of_a_long_route_the_ends_are_named() {
        let mut route = Route::default();
        [0, 0, 1, 2, 3, 4].into_iter().for_each(|step| route.pass(step));
        assert_eq!(route.places(), (&[0, 1, 2, 3, 4][..], false));
        [5, 5, 6, 7].into_iter().for_each(|step| route.pass(step));
        let (places, left_out) = route.places();
        assert_eq!((&places[..2], &places[3..], left_out), (&[0, 1][..], &[6, 7][..], true));
    }
}
