//! Many witnesses of one proof, followed together: journeys that begin alike are followed once as far as they are alike, so
//! that to see all of them costs little more than to see the longest. What each shows is what following its story alone
//! shows; where that is not certain, nothing is said here and the story is to be told and followed.

use std::collections::HashMap;

use crate::model::{Branch, Funnel, LocalTime, Seconds, StepId, StepKind};

use super::journey::Moment;
use super::machine::{Act, Consent, Machine, StepIndex};
use super::proof::{Claim, Proof};
use super::reach::{LineId, Reach};
use super::sending::sent;
use super::stepper::{Did, Says, State, Stepper, Tick};
use super::witness::{arrival, step_back};

/// Journeys of one proof that share their beginnings.
pub struct Trails<'p> {
    proof: &'p Proof,
    stepper: Stepper<'p>,
    nodes: Vec<Node>,
    known: HashMap<(LineId, i64), u32>,
    /// For each step whether a journey may come back to it.
    in_cycle: Vec<bool>,
}

/// A person who comes to a step.
struct Node {
    /// Where they were before.
    before: Option<u32>,
    arrives_unix: i64,
    /// `None` where the story would have to be followed alone to know.
    state: Option<State>,
    /// What happened at the step before: a span of all ticks.
    ticks: (u32, u32),
    /// When the last answer came.
    spoke: Option<u32>,
}

/// A moment on a trail: a person comes to a step, which then sends.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Sight {
    /// Stands for the moment.
    pub place: u32,
    /// Since the person's last message or call.
    pub since_inbound: Option<Seconds>,
}

impl<'p> Trails<'p> {
    /// Nobody is followed yet.
    pub fn new(proof: &'p Proof) -> Self {
        let machine = &*proof.reach().machine;
        Self {
            proof,
            stepper: Stepper::new(proof.funnel(), machine, 0, Says::Move { answer: None, out: 0 }),
            nodes: Vec::new(),
            known: HashMap::new(),
            in_cycle: proof.reach().plan.graph.in_cycle(machine),
        }
    }

    /// The first moment at which the witness of a claim shows it of a step that sends; `None` where there is no witness, and
    /// where only following its story alone can tell.
    pub fn sight(&mut self, step: &StepId, claim: Claim) -> Option<Sight> {
        // Where the clocks change, when a story begins depends on all of it.
        if !self.proof.reach().timing.changes.kinds.is_empty() {
            return None;
        }
        let (line, number) = self.proof.line_of(step, claim)?;
        let step = line.step();
        if !matches!(self.machine().acts[step], Act::Send | Act::Ask(_)) {
            return None;
        }
        // Whoever goes round may come again when the witness has shown what it is to show, and later still.
        if self.in_cycle[step] && matches!(claim, Claim::Longest | Claim::Shortest) {
            return None;
        }
        let node = self.node(line, number)?;
        let first = if self.in_cycle[step] { self.first_visit(node, step, claim) } else { Some(node) };
        let place = first.filter(|place| self.shows(*place, node, claim))?;
        Some(Sight { place, since_inbound: self.since_inbound(place).map(Seconds) })
    }

    /// How many moments are known by now; those that stand for earlier ones are smaller.
    pub fn len(&self) -> usize {
        self.nodes.len()
    }

    /// Whether nobody was followed yet.
    pub fn is_empty(&self) -> bool {
        self.nodes.is_empty()
    }

    /// The moment before this one on its trail, and all that happened from then until just before this one.
    pub fn before(&self, place: u32) -> (Option<u32>, &[Tick]) {
        let node = &self.nodes[place as usize];
        (node.before, &self.stepper.ticks[node.ticks.0 as usize..node.ticks.1 as usize])
    }

    /// When the person of a trail arrives: the instant, and the local time.
    pub fn arrives(&self, place: u32) -> (i64, LocalTime) {
        let arrives_unix = self.nodes[place as usize].arrives_unix;
        (arrives_unix, self.machine().clock.local_time(arrives_unix))
    }

    /// All that happened on a trail up to the sending at this moment, which is the first that is told, backwards.
    pub fn back(&self, place: u32) -> impl Iterator<Item = Tick> + '_ {
        let backwards = std::iter::successors(Some(place), |place| self.nodes[*place as usize].before);
        let before = backwards.flat_map(|place| self.before(place).1.iter().rev().copied());
        self.sending(place).into_iter().chain(before)
    }

    /// What happened, in the funnel's terms.
    pub fn moment(&self, tick: &Tick) -> Moment {
        Moment::of(self.proof.funnel(), tick)
    }

    /// What the step at which this moment is sends then.
    fn sending(&self, place: u32) -> Option<Tick> {
        let state = self.nodes[place as usize].state.as_ref()?;
        let message = self.proof.funnel().steps[state.at].message()?;
        let since_inbound = self.since_inbound(place);
        let what = Did::Sent(sent(&message.send, self.machine().is_open(since_inbound)));
        Some(Tick { at: state.now, step: state.at, what, since_inbound, opted_in: state.consent == Consent::Given })
    }

    fn machine(&self) -> &'p Machine {
        &self.proof.reach().machine
    }

    /// The person who is on this line with this number.
    fn node(&mut self, line: LineId, number: i64) -> Option<u32> {
        let reach: &'p Reach = self.proof.reach();
        // How far back the trail is known, and the moves from there on, the last first.
        let (mut at, mut moves) = ((line, number), Vec::new());
        let mut node = loop {
            if let Some(known) = self.known.get(&at) {
                break *known;
            }
            let line = reach.line(at.0);
            let source = reach.source(line, at.1)?;
            let Some(parent) = source.parent else {
                let arrives_unix = arrival(reach, line, at.1, source);
                let state = State { at: line.step, ..State::default() };
                break self.keep(at, Node { before: None, arrives_unix, state: Some(state), ticks: (0, 0), spoke: None });
            };
            let out = source.out as usize;
            let (earlier, after) = step_back(reach, reach.line(parent), out, source.back, at.1);
            moves.push((at, out, after));
            at = (parent, earlier);
        };
        for (to, out, after) in moves.into_iter().rev() {
            let (state, ticks) = self.moved(node, out, after, to.0.step());
            let Node { arrives_unix, mut spoke, .. } = self.nodes[node as usize];
            if self.stepper.ticks[ticks.0 as usize..].iter().any(|tick| matches!(tick.what, Did::Reply { .. })) {
                spoke = Some(self.nodes.len() as u32);
            }
            node = self.keep(to, Node { before: Some(node), arrives_unix, state, ticks, spoke });
        }
        self.nodes[node as usize].state.is_some().then_some(node)
    }

    fn keep(&mut self, at: (LineId, i64), node: Node) -> u32 {
        let place = self.nodes.len() as u32;
        self.nodes.push(node);
        self.known.insert(at, place);
        place
    }

    /// Lets the person of a node move on, as a story would have it. `None` where they come elsewhere than the proof has it.
    fn moved(&mut self, from: u32, out: usize, after: Option<i64>, to: StepIndex) -> (Option<State>, (u32, u32)) {
        let begin = self.stepper.ticks.len() as u32;
        let Node { arrives_unix, state, .. } = &self.nodes[from as usize];
        let Some(state) = state.clone().filter(|state| tells_apart(self.proof.funnel(), state.at, out)) else {
            return (None, (begin, begin));
        };
        let answer = match &self.machine().acts[state.at] {
            Act::Ask(question) if out < question.options.len() => after.map(|after| (out, after)),
            _ => None,
        };
        let left = state.at;
        self.stepper.become_one(*arrives_unix, state);
        self.stepper.says = Says::Move { answer, out };
        let went = self.stepper.act();
        let arrived = matches!(went, Ok(went) if went == out && self.machine().targets[left].get(out) == Some(&Some(to)));
        let state = arrived.then(|| State { at: to, ..self.stepper.state.clone() });
        (state, (begin, self.stepper.ticks.len() as u32))
    }

    /// The first visit of a step on the way to a node that shows a claim.
    fn first_visit(&self, node: u32, step: StepIndex, claim: Claim) -> Option<u32> {
        let mut first = None;
        let mut at = Some(node);
        while let Some(place) = at {
            let visit = self.nodes[place as usize].state.as_ref().is_some_and(|state| state.at == step);
            if visit && self.shows(place, node, claim) {
                first = Some(place);
            }
            at = self.nodes[place as usize].before;
        }
        first
    }

    /// Whether a visit shows a claim, on the trail that ends at a node.
    fn shows(&self, visit: u32, end: u32, claim: Claim) -> bool {
        let window = self.machine().window;
        let since = self.since_inbound(visit);
        let closed = since.is_none_or(|since| since >= window);
        // The story ends with the person's last words, so only what comes after them is after the opt-out.
        let spoken = self.nodes[end as usize].spoke.is_none_or(|spoke| visit >= spoke);
        match claim {
            Claim::Outside => since.is_some() && closed,
            Claim::Inside => !closed,
            Claim::BeforeInbound => since.is_none(),
            Claim::Longest | Claim::Shortest | Claim::NeverOptedIn | Claim::Reached => true,
            Claim::NeverOptedInOutside => closed,
            Claim::OptedOut => spoken,
            Claim::OptedOutOutside => spoken && closed,
        }
    }

    fn since_inbound(&self, place: u32) -> Option<i64> {
        let state = self.nodes[place as usize].state.as_ref()?;
        state.inbound.map(|inbound| state.now - inbound)
    }
}

/// Whether a story can name this way out: of two that are called alike it means the first.
fn tells_apart(funnel: &Funnel, step: StepIndex, out: usize) -> bool {
    match &funnel.steps[step].kind {
        StepKind::Message(message) => message.reply.as_ref().is_none_or(|reply| {
            let label = reply.options.get(out).map(|option| &option.label);
            label.is_none_or(|label| reply.options[..out].iter().all(|other| other.label != *label))
        }),
        StepKind::Branch(Branch::Split(cases)) => {
            let label = cases.get(out).map(|(label, _)| label);
            label.is_some_and(|label| cases[..out].iter().all(|(other, _)| other != label))
        }
        _ => true,
    }
}
