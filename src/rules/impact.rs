//! Window impact: how much of a funnel hangs on templates, because the window is closed when it sends. From which share
//! on it is moderate or high is the policy's to say.

use super::judgement::Judgement;
use crate::engine::Verdict;
use crate::model::Funnel;

/// How much the window weighs on a funnel.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Impact {
    /// Nearly all of it goes out while the window is open.
    Low,
    /// A part of it needs templates.
    Moderate,
    /// Without templates it does not work.
    High,
}

/// The impact on a funnel, and the steps that it was counted from.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct WindowImpact {
    /// In one word.
    pub level: Impact,
    /// Steps that send and at which the window is closed on some journey, so that only a template goes out there.
    pub closed: usize,
    /// Steps that send and that some journey reaches.
    pub sending: usize,
}

impl Impact {
    /// The word in reports and on screen: `Low`, `Moderate`, `High`.
    pub fn word(self) -> &'static str {
        match self {
            Self::Low => "Low",
            Self::Moderate => "Moderate",
            Self::High => "High",
        }
    }
}

/// The window impact of a funnel that was judged. A step of which nothing could be proved counts as one that needs a
/// template; a funnel that sends nothing is not affected.
pub fn window_impact(funnel: &Funnel, judgement: &Judgement) -> WindowImpact {
    let proved = funnel.steps.iter().zip(&judgement.proof.steps);
    let sending: Vec<_> = proved.filter(|(step, proof)| step.message().is_some() && proof.reachable).collect();
    let closed = sending.iter().filter(|(_, proof)| proof.verdict != Verdict::Inside || proof.unknown.is_some()).count();
    let shares = judgement.policy.window_impact;
    let reaches = |per_cent: u32| closed > 0 && closed * 100 >= per_cent as usize * sending.len();
    let level = if reaches(shares.high_from) {
        Impact::High
    } else if reaches(shares.moderate_from) {
        Impact::Moderate
    } else {
        Impact::Low
    };
    WindowImpact { level, closed, sending: sending.len() }
}
