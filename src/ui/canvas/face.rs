//! What a card says and how large it is, worked out once a revision of the funnel. Knows no place and no colour.

use std::collections::BTreeMap;
use std::sync::Arc;

use egui::{Vec2, vec2};
use egui_material_icons::MaterialIcon;
use egui_material_icons::icons::{
    ICON_ADS_CLICK, ICON_ALARM, ICON_ALT_ROUTE, ICON_CALL, ICON_CALL_SPLIT, ICON_CAMPAIGN, ICON_CHAT, ICON_CHAT_BUBBLE,
    ICON_CONTACT_SUPPORT, ICON_EVENT, ICON_FLAG, ICON_HOURGLASS_EMPTY, ICON_LINK, ICON_MARK_CHAT_READ, ICON_QR_CODE_2,
    ICON_SCHEDULE, ICON_STOREFRONT,
};

use crate::model::{Branch, Channel, Funnel, Output, Status, Step, StepId, StepKind, Wait};
use crate::rules::{Place, Severity};
use crate::session::Session;
use crate::ui::theme::Judged;
use crate::ui::words::{canvas as words, judging, likely};

/// How wide every card is.
pub const WIDTH: f32 = 240.0;
/// How far below a card's top its input lies, and its output where it has only one way on.
pub const PORT_Y: f32 = 50.0;
/// The height of a row with an output.
pub const ROW: f32 = 24.0;
const HEAD: f32 = 86.0;
const CHIP: f32 = 28.0;

/// What a card says.
#[derive(Debug, Clone)]
pub struct Face {
    /// The step.
    pub id: StepId,
    /// What it is, in a word.
    pub kind: &'static str,
    /// Its picture.
    pub icon: MaterialIcon,
    /// Its title.
    pub title: String,
    /// One line of what it does.
    pub line: String,
    /// Whether it sends; those carry the accent.
    pub sends: bool,
    /// Whether people arrive here; no link leads to it.
    pub is_entry: bool,
    /// Whether the window is open there, for those that send.
    pub verdict: Option<Judged>,
    /// That verdict in a word, with how likely the window is open where it is only sometimes; for one that sends and was not
    /// judged yet, that.
    pub badge: String,
    /// The template that it may send.
    pub chip: Option<Chip>,
    /// Its ways out, with their labels.
    pub outputs: Vec<(Output, String)>,
    /// The worst of its problems and how many there are.
    pub problems: Option<(Severity, usize)>,
    /// Whether each output has a row of its own.
    rows: bool,
}

/// The template that a card names.
#[derive(Debug, Clone)]
pub struct Chip {
    /// Its name and how far its approval has come.
    pub text: String,
    /// That it can be sent; `None` where it is on its way.
    pub ready: Option<bool>,
}

impl Face {
    /// The card's extent.
    pub fn size(&self) -> Vec2 {
        vec2(WIDTH, self.rows_top() + if self.rows { self.outputs.len() as f32 * ROW + 8.0 } else { 0.0 })
    }

    /// Whether each output has a row of its own.
    pub fn has_rows(&self) -> bool {
        self.rows
    }

    /// How far below the top the rows of outputs begin.
    pub fn rows_top(&self) -> f32 {
        HEAD + if self.chip.is_some() { CHIP } else { 0.0 } + if self.rows { 4.0 } else { 0.0 }
    }

    /// Where an output lies, from the card's upper left corner.
    pub fn output_at(&self, place: usize) -> Vec2 {
        let y = if self.rows { self.rows_top() + (place as f32 + 0.5) * ROW } else { PORT_Y };
        vec2(WIDTH, y)
    }

    /// Whether it is the same step, of the same extent and with the same ways out.
    fn has_form_of(&self, other: &Self) -> bool {
        let outs = |face: &Self| face.outputs.iter().map(|(out, _)| out.clone()).collect::<Vec<_>>();
        self.id == other.id && self.size() == other.size() && outs(self) == outs(other)
    }

    /// Which place this output has.
    pub fn place_of(&self, out: &Output) -> Option<usize> {
        self.outputs.iter().position(|(own, _)| own == out)
    }

    /// Its name in the accessibility tree.
    pub fn spoken(&self) -> String {
        words::spoken(self.kind, &self.title, Some(self.badge.as_str()).filter(|badge| !badge.is_empty()))
    }
}

/// The faces of all steps, in the funnel's order. What is said of a step that is new is that it is not judged yet.
#[cfg(test)]
pub fn faces(session: &Session) -> Vec<Face> {
    let mut faces = Vec::new();
    renew(&mut faces, None, true, session);
    faces
}

/// Brings the faces of the funnel before up to date: a step that is the very same says what it said. Gives whether no card
/// has come, gone, or changed in its extent and its ways out.
pub fn renew(faces: &mut Vec<Face>, before: Option<&Funnel>, judged_anew: bool, session: &Session) -> bool {
    let funnel = session.funnel();
    let steps = before.filter(|before| same_things(&before.templates, &funnel.templates)).map(|before| &before.steps);
    let mut same_form = faces.len() == funnel.steps.len();
    let mut old = std::mem::take(faces).into_iter();
    let likelihood = session.likelihood();
    let not_judged = judging::standing(session.standing()).unwrap_or_default();
    let problems = if judged_anew { problems(session) } else { BTreeMap::new() };
    let renewed = funnel.steps.iter().enumerate().map(|(place, step)| {
        let was = old.next();
        let is_same = steps.and_then(|steps| steps.get(place)).is_some_and(|before| Arc::ptr_eq(before, step));
        let (mut face, is_fresh) = match was {
            Some(face) if is_same => (face, false),
            was => {
                let fresh = face(step, funnel);
                same_form &= was.is_some_and(|was| was.has_form_of(&fresh));
                (fresh, true)
            }
        };
        if judged_anew || is_fresh || (face.sends && face.verdict.is_none()) {
            let message = step.message();
            let proof = session.proof_at(place);
            face.verdict = message.zip(proof).map(|(message, proof)| Judged::of(&message.send, proof.verdict));
            face.badge = match (face.verdict, message) {
                (Some(judged), _) => likely::badge(judged.verdict, likelihood.inside(&step.id)),
                (None, Some(_)) => not_judged.to_owned(),
                (None, None) => String::new(),
            };
        }
        if judged_anew {
            face.problems = problems.get(&step.id).copied();
        } else if is_fresh {
            face.problems = worst(session, &step.id);
        }
        face
    });
    *faces = renewed.collect();
    same_form
}

/// Whether two lists hold the very same things.
fn same_things<T>(a: &[Arc<T>], b: &[Arc<T>]) -> bool {
    a.len() == b.len() && a.iter().zip(b).all(|(a, b)| Arc::ptr_eq(a, b))
}

/// The worst of each step's problems and how many there are.
fn problems(session: &Session) -> BTreeMap<&StepId, (Severity, usize)> {
    let mut problems: BTreeMap<&StepId, (Severity, usize)> = BTreeMap::new();
    for diagnostic in &session.judgement().diagnostics {
        if let Place::Step(id) = &diagnostic.place
            && diagnostic.severity != Severity::Info
        {
            let entry = problems.entry(id).or_insert((diagnostic.severity, 0));
            *entry = (entry.0.min(diagnostic.severity), entry.1 + 1);
        }
    }
    problems
}

/// The same of one step.
fn worst(session: &Session, id: &StepId) -> Option<(Severity, usize)> {
    let theirs = session.judgement().diagnostics.iter().filter(|one| one.step() == Some(id));
    let severities = theirs.map(|one| one.severity).filter(|severity| *severity != Severity::Info);
    severities.fold(None, |known, severity| {
        let (worst, count) = known.unwrap_or((severity, 0));
        Some((worst.min(severity), count + 1))
    })
}

fn face(step: &Step, funnel: &Funnel) -> Face {
    let name = step.message().and_then(|message| message.send.template());
    // Whatever the language, each must be approved: the card shows the one that is furthest from it.
    let named = |name| funnel.templates_named(name).min_by_key(|template| std::cmp::Reverse(hindrance(template.status)));
    let template = name.and_then(named);
    let chip = name.map(|name| match template {
        Some(template) => Chip {
            text: format!("{name} · {}", template.status.word().to_lowercase()),
            ready: match template.status {
                Status::Approved => Some(true),
                Status::Draft | Status::Pending | Status::InAppeal => None,
                Status::Rejected | Status::Paused | Status::Disabled => Some(false),
            },
        },
        None => Chip { text: format!("{name} · {}", words::MISSING), ready: Some(false) },
    });
    let outputs: Vec<(Output, String)> =
        step.outputs().into_iter().map(|out| (out.clone(), words::output(step, &out))).collect();
    Face {
        id: step.id.clone(),
        kind: words::kind(step),
        icon: kind_icon(step),
        title: step.name().to_owned(),
        line: words::line(step, template.map(|template| template.filled(&template.body)).as_deref()),
        sends: step.message().is_some(),
        is_entry: matches!(step.kind, StepKind::Entry { .. }),
        verdict: None,
        badge: String::new(),
        chip,
        rows: outputs.iter().any(|(out, _)| *out != Output::Next),
        outputs,
        problems: None,
    }
}

/// How far a template is from being sent.
fn hindrance(status: Status) -> usize {
    use Status::{Approved, Disabled, Draft, InAppeal, Paused, Pending, Rejected};
    [Approved, Pending, InAppeal, Draft, Paused, Rejected, Disabled].iter().position(|known| *known == status).unwrap_or(0)
}

/// The picture of a kind of step.
pub fn kind_icon(step: &Step) -> MaterialIcon {
    match &step.kind {
        StepKind::Entry { channel, .. } => channel_icon(*channel),
        StepKind::Message(message) if message.reply.is_some() => ICON_CONTACT_SUPPORT,
        StepKind::Message(message) if message.send.content().is_none() => ICON_MARK_CHAT_READ,
        StepKind::Message(_) => ICON_CHAT_BUBBLE,
        StepKind::Wait(Wait::For(_)) => ICON_HOURGLASS_EMPTY,
        StepKind::Wait(Wait::Until { .. }) => ICON_ALARM,
        StepKind::Wait(Wait::Date(_)) => ICON_EVENT,
        StepKind::Wait(Wait::SendHours { .. }) => ICON_SCHEDULE,
        StepKind::Branch(Branch::Split(_)) => ICON_ALT_ROUTE,
        StepKind::Branch(_) => ICON_CALL_SPLIT,
        StepKind::Exit(_) => ICON_FLAG,
    }
}

/// The picture of a way to arrive.
pub fn channel_icon(channel: Channel) -> MaterialIcon {
    match channel {
        Channel::ClickToWhatsAppAd => ICON_CAMPAIGN,
        Channel::PageCallToAction => ICON_ADS_CLICK,
        Channel::ClickToChatLink => ICON_LINK,
        Channel::QrCode => ICON_QR_CODE_2,
        Channel::UserMessage => ICON_CHAT,
        Channel::UserCall => ICON_CALL,
        Channel::BusinessInitiated => ICON_STOREFRONT,
    }
}

/// The extent of a step's card, for those who lay out cards.
pub fn card_size(funnel: &Funnel, step: &Step) -> Vec2 {
    face(step, funnel).size()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_card_says_how_likely_the_window_is_open_where_it_is_only_sometimes() {
        let funnel = crate::cli::samples::sample("support-follow-up").unwrap().funnel().unwrap();
        let policy = crate::policy::standard();
        let now = "2026-11-22T12:00:00".parse().unwrap();
        let document = crate::model::Document { funnel, ..Default::default() };
        let faces = faces(&Session::new(document, None, policy, now));
        let spoken: Vec<String> = faces.iter().map(Face::spoken).collect();
        assert!(spoken.contains(&"Question: Follow up, Sometimes 49 %".to_owned()), "{spoken:?}");
        assert!(spoken.contains(&"Message: Say thanks, Inside".to_owned()), "{spoken:?}");
    }
}
