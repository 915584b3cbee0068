//! What the rules may read: the funnel, the proof, and what several rules ask of them, worked out once.

use std::cell::{OnceCell, RefCell};
use std::collections::HashMap;

use super::diagnostic::{Diagnostic, Place};
use super::evidence::{Evidence, Evident};
use super::plan::TemplatePlan;
use crate::engine::{Claim, Consents, Journey, Moment, Proof, StepProof, Story, Verdict, What, Witness};
use crate::model::{Funnel, LocalTime, Message, Output, Seconds, Send, Step, StepId, StepKind, Template};
use crate::policy::Policy;

/// What the rules may read.
pub struct Facts<'a> {
    pub(super) funnel: &'a Funnel,
    pub(super) policy: &'a Policy,
    pub(super) proof: &'a Proof,
    pub(super) plans: &'a [TemplatePlan],
    pub(super) now: LocalTime,
    troubles: OnceCell<Vec<Trouble>>,
    evidence: RefCell<Evidence<'a>>,
    /// The suppressions that suppress nothing, once that is known.
    pub(super) idle: Vec<(Place, usize)>,
    /// There is no time for what takes longer than the proof: a change is being tried.
    pub(super) hurried: bool,
    places: HashMap<&'a StepId, usize>,
    links: HashMap<(&'a StepId, &'a Output), &'a StepId>,
}

/// A free-form step that the window does not always let through.
#[derive(Debug, Clone)]
pub struct Trouble {
    /// The place of the step in the funnel.
    pub step: usize,
    /// What is wrong there.
    pub kind: TroubleKind,
    /// The journey that shows it, if one was found.
    pub(super) shown: Option<Evident>,
}

/// What is wrong with a free-form step.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum TroubleKind {
    /// On some journey the person has not written at all.
    BeforeInbound,
    /// The window is closed on every journey.
    Outside,
    /// The window is closed on some journey.
    Sometimes,
}

/// A journey that shows something of a step, and where in it.
#[derive(Debug, Clone)]
pub struct Shown {
    /// What the person does.
    pub story: Story,
    /// What comes of it.
    pub journey: Journey,
    /// The place of the moment among the journey's moments.
    pub at: usize,
}

impl Trouble {
    pub(super) fn witness(&self) -> Option<Witness> {
        self.shown.as_ref().map(|shown| shown.witness.clone())
    }
}

impl Shown {
    /// Since the person's last message or call, at the moment shown; `None` where there was none.
    pub fn since_inbound(&self) -> Option<Seconds> {
        self.journey.moments[self.at].since_inbound
    }
}

/// The journey that shows a claim of a step, followed, with the moment at which it shows it.
pub fn shown(policy: &Policy, proof: &Proof, step: &StepId, claim: Claim) -> Option<Shown> {
    show(policy, proof, proof.witness(step, claim)?, step, claim)
}

/// A story, followed, with the first moment at which it shows the claim of the step.
pub fn show(policy: &Policy, proof: &Proof, story: Story, step: &StepId, claim: Claim) -> Option<Shown> {
    let journey = proof.replay(&story);
    let open = |since: Seconds| since < policy.window.length;
    let closed = |moment: &Moment| !moment.since_inbound.is_some_and(open);
    let spoke = journey.moments.iter().rposition(|moment| matches!(moment.what, What::Reply { .. })).unwrap_or(0);
    // An answer or a silence belongs to the visit before it: where a step leads back to itself both fall on one second.
    let is_visit = |what: &What| !matches!(what, What::Reply { .. } | What::Timeout { .. } | What::Unprompted);
    let mut visits = journey.moments.iter().enumerate().filter(|(_, moment)| moment.step == *step && is_visit(&moment.what));
    let at = match claim {
        Claim::Outside => visits.find(|(_, moment)| moment.since_inbound.is_some_and(|since| !open(since))),
        Claim::Inside => visits.find(|(_, moment)| moment.since_inbound.is_some_and(open)),
        Claim::BeforeInbound => visits.find(|(_, moment)| moment.since_inbound.is_none()),
        Claim::Longest => visits.max_by_key(|(_, moment)| moment.since_inbound),
        Claim::Shortest => visits.min_by_key(|(_, moment)| moment.since_inbound),
        Claim::NeverOptedIn | Claim::Reached => visits.next(),
        Claim::NeverOptedInOutside => visits.find(|(_, moment)| closed(moment)),
        // The story ends with the person's last words, so only what comes after them is after the opt-out.
        Claim::OptedOut => visits.find(|(at, _)| *at > spoke),
        Claim::OptedOutOutside => visits.find(|(at, moment)| *at > spoke && closed(moment)),
    }?
    .0;
    Some(Shown { story, journey, at })
}

impl<'a> Facts<'a> {
    pub(super) fn new(
        funnel: &'a Funnel,
        policy: &'a Policy,
        proof: &'a Proof,
        plans: &'a [TemplatePlan],
        now: LocalTime,
    ) -> Self {
        let places = funnel.steps.iter().enumerate().map(|(place, step)| (&step.id, place)).collect();
        let links = funnel.links.iter().map(|link| ((&link.from, &link.out), &link.to)).collect();
        Self {
            funnel,
            policy,
            proof,
            plans,
            now,
            troubles: OnceCell::new(),
            evidence: RefCell::new(Evidence::new(funnel, proof)),
            idle: Vec::new(),
            hurried: false,
            places,
            links,
        }
    }

    /// Every free-form step that the window does not always let through, in the funnel's order.
    pub(super) fn troubles(&self) -> &[Trouble] {
        self.troubles.get_or_init(|| self.find_troubles())
    }

    /// Every step with what is proved of it, in the funnel's order.
    pub(super) fn steps(&self) -> impl Iterator<Item = (&'a Step, &'a StepProof)> {
        self.funnel.steps.iter().map(AsRef::as_ref).zip(&self.proof.steps)
    }

    /// Every step that some journey reaches, with what is proved of it.
    pub(super) fn reachable(&self) -> impl Iterator<Item = (&'a Step, &'a StepProof)> {
        self.steps().filter(|(_, proof)| proof.reachable)
    }

    /// Every sending step that some journey reaches.
    pub(super) fn sending(&self) -> impl Iterator<Item = (&'a Step, &'a Message, &'a StepProof)> {
        self.reachable().filter_map(|(step, proof)| step.message().map(|message| (step, message, proof)))
    }

    /// Every template of the library with its place and its plan.
    pub(super) fn library(&self) -> impl Iterator<Item = (usize, &'a Template, &'a TemplatePlan)> {
        self.plans.iter().filter_map(|plan| {
            let place = plan.place?;
            Some((place, self.funnel.templates.get(place)?.as_ref(), plan))
        })
    }

    /// Every use of a template that the library has, where some journey may send it: the fall-back of a step at which
    /// the window is always open is never sent.
    pub(super) fn uses(&self) -> impl Iterator<Item = (&'a Step, &'a Template, &'a TemplatePlan)> {
        self.sending().filter(|(_, message, proof)| may_send_template(&message.send, proof)).flat_map(
            move |(step, message, _)| {
                let wanted = message.send.template();
                self.plans.iter().filter_map(move |plan| {
                    let template = self.funnel.templates.get(plan.place?)?;
                    (Some(plan.name.as_str()) == wanted).then_some((step, template.as_ref(), plan))
                })
            },
        )
    }

    /// The step at this place of the funnel.
    pub(super) fn at(&self, place: usize) -> (&'a Step, &'a StepProof) {
        (&self.funnel.steps[place], &self.proof.steps[place])
    }

    /// What is proved of a step.
    pub(super) fn proof_of(&self, step: &Step) -> Option<&'a StepProof> {
        self.place(&step.id).and_then(|place| self.proof.steps.get(place))
    }

    /// The place of a step in the funnel.
    pub(super) fn place(&self, id: &StepId) -> Option<usize> {
        self.places.get(id).copied()
    }

    /// The place of the step to which an output leads.
    pub(super) fn target(&self, from: &StepId, out: &Output) -> Option<usize> {
        self.links.get(&(from, out)).and_then(|id| self.place(id))
    }

    /// For each step the steps to which it leads without an answer; none for a step that nobody reaches.
    pub(super) fn silent_ways(&self) -> Vec<Vec<usize>> {
        let ways = self.steps().map(|(step, proof)| {
            let outputs = step.outputs().into_iter().filter(|out| proof.reachable && !matches!(out, Output::Reply(_)));
            outputs.filter_map(|out| self.target(&step.id, &out)).collect()
        });
        ways.collect()
    }

    /// The journey that shows a claim of a step.
    pub(super) fn shown(&self, step: &StepId, claim: Claim) -> Option<Shown> {
        shown(self.policy, self.proof, step, claim)
    }

    /// The story that shows a finding.
    pub(super) fn told(&self, found: &Diagnostic) -> Option<Story> {
        found.witness.as_ref().and_then(|witness| self.proof.tell(witness))
    }

    /// What the journey shows that shows a claim of a step which sends.
    pub(super) fn evident(&self, step: &StepId, claim: Claim) -> Option<Evident> {
        self.evidence.borrow_mut().of(step, claim, || self.shown(step, claim), |id| self.place(id))
    }

    /// With which consents people come to a step when its template goes out, and which claims show that they never gave
    /// it or withdrew it: where the template is only for a closed window, who comes while it is open does not count.
    pub(super) fn consents_for_template(message: &Message, proof: &StepProof) -> (Consents, Claim, Claim) {
        match message.send {
            Send::FreeFormOrTemplate(..) => (proof.consents_outside, Claim::NeverOptedInOutside, Claim::OptedOutOutside),
            Send::FreeForm(_) | Send::Template(_) => (proof.consents, Claim::NeverOptedIn, Claim::OptedOut),
        }
    }

    /// Whether this moment was a message or call from the person.
    pub(super) fn is_inbound(&self, step: &StepId, what: &What) -> bool {
        match what {
            What::Reply { .. } | What::Unprompted => true,
            What::Entry => self.place(step).is_some_and(
                |place| matches!(self.funnel.steps[place].kind, StepKind::Entry { channel, .. } if channel.is_inbound()),
            ),
            _ => false,
        }
    }

    fn find_troubles(&self) -> Vec<Trouble> {
        let mut troubles = Vec::new();
        for (place, (step, proof)) in self.steps().enumerate() {
            let Some(Message { send: Send::FreeForm(_), .. }) = step.message() else { continue };
            let kind = match proof.verdict {
                _ if !proof.reachable => continue,
                _ if proof.before_inbound => TroubleKind::BeforeInbound,
                Verdict::Outside => TroubleKind::Outside,
                Verdict::Sometimes => TroubleKind::Sometimes,
                Verdict::Inside | Verdict::Unreachable => continue,
            };
            let claim = if kind == TroubleKind::BeforeInbound { Claim::BeforeInbound } else { Claim::Outside };
            let shown = self.evident(&step.id, claim);
            // Where the proof had to guess, only a journey that replays is worth an error; W006 says the rest.
            if proof.unknown.is_some() && kind != TroubleKind::Outside && shown.is_none() {
                continue;
            }
            troubles.push(Trouble { step: place, kind, shown });
        }
        troubles
    }
}

/// Whether a reachable step may send its template on some journey.
pub(super) fn may_send_template(send: &Send, proof: &StepProof) -> bool {
    match send {
        Send::FreeForm(_) => false,
        Send::Template(_) => true,
        Send::FreeFormOrTemplate(..) => proof.verdict != Verdict::Inside || proof.unknown.is_some(),
    }
}
