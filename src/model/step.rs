//! A step of a funnel and the ways out of it.

use std::fmt;

use indexmap::IndexSet;
use serde::{Deserialize, Serialize};

use super::{Allow, Day, LocalTime, Seconds, StepId, TimeOfDay};

/// One card of the funnel, without its place on the canvas.
#[derive(Debug, Clone, PartialEq)]
pub struct Step {
    /// The name by which links and scenarios refer to it; unique in the funnel and kept for life.
    pub id: StepId,
    /// What the person calls it.
    pub title: String,
    /// What it does.
    pub kind: StepKind,
    /// Findings that are allowed here.
    pub allow: Vec<Allow>,
}

/// What a step does.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub enum StepKind {
    /// People arrive here.
    Entry {
        /// How they arrive; it decides whether the window is open at entry.
        channel: Channel,
        /// They gave marketing opt-in beforehand.
        #[serde(default)]
        opt_in: bool,
        /// When in the day they may arrive.
        #[serde(default)]
        arrives: Arrivals,
    },
    /// The business sends something, and may wait for an answer.
    Message(Message),
    /// Time passes.
    Wait(Wait),
    /// The journey parts.
    Branch(Branch),
    /// The journey ends.
    Exit(Outcome),
}

/// How people arrive (`rules.md` B1.1, B2).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum Channel {
    /// An ad that opens a chat; gives the free entry point.
    ClickToWhatsAppAd,
    /// The button of a Facebook page; gives the free entry point.
    PageCallToAction,
    /// A wa.me link whose message was sent.
    ClickToChatLink,
    /// A scanned code whose message was sent.
    QrCode,
    /// The person wrote first.
    UserMessage,
    /// The person called.
    UserCall,
    /// The business writes first: no inbound message, the window is closed.
    BusinessInitiated,
}

impl Channel {
    /// All channels, in the order of the contract.
    pub const ALL: [Self; 7] = [
        Self::ClickToWhatsAppAd,
        Self::PageCallToAction,
        Self::ClickToChatLink,
        Self::QrCode,
        Self::UserMessage,
        Self::UserCall,
        Self::BusinessInitiated,
    ];

    /// Whether arriving is itself an inbound message or call, which opens the window.
    pub fn is_inbound(self) -> bool {
        self != Self::BusinessInitiated
    }

    /// Whether arriving this way may start the free entry point, which changes the price and never the permission.
    pub fn gives_free_entry_point(self) -> bool {
        matches!(self, Self::ClickToWhatsAppAd | Self::PageCallToAction)
    }
}

/// When in the day people may arrive, in local time.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default, Serialize, Deserialize)]
pub enum Arrivals {
    /// At any second.
    #[default]
    AnyTime,
    /// From the first (inclusive) to the second (exclusive); across midnight where the second is not later.
    Between(TimeOfDay, TimeOfDay),
}

/// A step that sends.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Message {
    /// Why the planner sends it.
    pub purpose: Purpose,
    /// What is sent.
    pub send: Send,
    /// What it waits for; without one the journey goes on at once.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub reply: Option<Reply>,
}

/// Why a message is sent.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[allow(missing_docs)]
pub enum Purpose {
    Service,
    Utility,
    Marketing,
    Authentication,
}

impl Purpose {
    /// All purposes.
    pub const ALL: [Self; 4] = [Self::Service, Self::Utility, Self::Marketing, Self::Authentication];

    /// What people call it.
    pub fn word(self) -> &'static str {
        match self {
            Self::Service => "Service",
            Self::Utility => "Utility",
            Self::Marketing => "Marketing",
            Self::Authentication => "Authentication",
        }
    }
}

/// What a message step sends.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub enum Send {
    /// Content of any kind, possible only while the window is open.
    FreeForm(Content),
    /// The template of this name, possible at any time once approved.
    Template(String),
    /// The content while the window is open, the template otherwise.
    FreeFormOrTemplate(Content, String),
}

impl Send {
    /// The name of the template that may be sent.
    pub fn template(&self) -> Option<&str> {
        match self {
            Self::FreeForm(_) => None,
            Self::Template(name) | Self::FreeFormOrTemplate(_, name) => Some(name),
        }
    }

    /// The free-form content that may be sent.
    pub fn content(&self) -> Option<&Content> {
        match self {
            Self::Template(_) => None,
            Self::FreeForm(content) | Self::FreeFormOrTemplate(content, _) => Some(content),
        }
    }
}

/// Free-form content (`rules.md` B4).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[allow(missing_docs)]
pub enum Content {
    /// Plain text.
    Text(String),
    /// A text with reply buttons.
    Buttons { body: String, buttons: Vec<String> },
    /// A text with a button that opens a list of rows.
    List { body: String, button: String, rows: Vec<String> },
    /// A picture, film, sound, document or sticker.
    Media {
        kind: Media,
        #[serde(default)]
        caption: String,
    },
    /// A text above cards that scroll sideways; each card is its text.
    Carousel { body: String, cards: Vec<String> },
    /// A text with a button that leads to a page.
    CtaUrl { body: String, text: String, url: String },
    /// A place on a map.
    Location,
    /// A text with a button that opens a form.
    Flow { body: String, button: String },
}

impl Content {
    /// The main text that the person reads; empty where there is none.
    pub fn text(&self) -> &str {
        match self {
            Self::Text(text) => text,
            Self::Buttons { body, .. }
            | Self::List { body, .. }
            | Self::Carousel { body, .. }
            | Self::CtaUrl { body, .. }
            | Self::Flow { body, .. } => body,
            Self::Media { caption, .. } => caption,
            Self::Location => "",
        }
    }
}

/// The kind of a media message.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[allow(missing_docs)]
pub enum Media {
    Image,
    Video,
    Audio,
    Document,
    Sticker,
}

impl Media {
    /// All kinds.
    pub const ALL: [Self; 5] = [Self::Image, Self::Video, Self::Audio, Self::Document, Self::Sticker];
}

/// What a message step waits for.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Reply {
    /// The answers that are told apart, each with an output of its own.
    pub options: Vec<ReplyOption>,
    /// The share of people who ever answer, 0 to 1.
    pub chance: f64,
    /// How long those who answer take.
    pub delay: Delay,
    /// After this long without an answer the journey leaves by `Timeout`; without one it stays for good.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub timeout: Option<Seconds>,
}

/// One answer that is told apart.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ReplyOption {
    /// The button or the sort of answer; names the output.
    pub label: String,
    /// Its weight among the answers, 0 or more.
    #[serde(default = "whole")]
    pub share: f64,
    /// What answering so does to marketing consent.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub effect: Option<Effect>,
}

fn whole() -> f64 {
    1.0
}

/// What an answer does to the person's marketing consent.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum Effect {
    /// It gives it.
    OptIn,
    /// It withdraws it.
    OptOut,
}

/// How long people take to answer.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[allow(missing_docs)]
pub enum Delay {
    /// Always this long.
    Fixed(Seconds),
    /// Evenly between two lengths, both included.
    Uniform { min: Seconds, max: Seconds },
    /// Exponential, from 0 s up.
    Exponential { mean: Seconds },
    /// Log-normal by its median and its 90th percentile, from 0 s up.
    LogNormal { median: Seconds, p90: Seconds },
    /// Weibull by its median and its 90th percentile, from 0 s up.
    Weibull { median: Seconds, p90: Seconds },
    /// Points of the cumulative distribution, straight lines between them; who is left over after the last never answers.
    Empirical(Vec<(Seconds, f64)>),
}

/// How time passes.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub enum Wait {
    /// A length of time.
    For(Seconds),
    /// The next such moment at or after arrival.
    Until {
        /// The time of day.
        time: TimeOfDay,
        /// The days on which it counts; every day where none is given.
        #[serde(default, skip_serializing_if = "IndexSet::is_empty")]
        days: IndexSet<Day>,
    },
    /// A moment; passes at once if it has gone by.
    Date(LocalTime),
    /// Passes at once inside the hours, else at their next opening.
    SendHours {
        /// Opening, included.
        from: TimeOfDay,
        /// Closing, excluded; on the next day where it is not later than the opening.
        to: TimeOfDay,
        /// The days on which the hours open; every day where none is given.
        #[serde(default, skip_serializing_if = "IndexSet::is_empty")]
        days: IndexSet<Day>,
    },
}

/// How the journey parts.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub enum Branch {
    /// `Yes` while the customer service window is open.
    WindowOpen,
    /// `Yes` where the person has given marketing opt-in.
    OptedIn,
    /// By chance, by weight.
    Split(Vec<(String, f64)>),
    /// By something known of the person; the same for one person wherever it is asked.
    Attribute {
        /// What is known.
        name: String,
        /// The share of people of whom it is true, 0 to 1.
        share: f64,
    },
}

/// How a journey ends.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[allow(missing_docs)]
pub enum Outcome {
    Converted,
    Lost,
    HandedOver,
}

/// A named way out of a step.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Default, Serialize, Deserialize)]
pub enum Output {
    /// The only way on.
    #[default]
    Next,
    /// The person answered so.
    Reply(String),
    /// The person did not answer in time.
    Timeout,
    /// The branch holds.
    Yes,
    /// The branch does not hold.
    No,
    /// This part of a split.
    Case(String),
}

impl fmt::Display for Output {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Next => f.write_str("Next"),
            Self::Reply(label) => write!(f, "Reply({label:?})"),
            Self::Timeout => f.write_str("Timeout"),
            Self::Yes => f.write_str("Yes"),
            Self::No => f.write_str("No"),
            Self::Case(label) => write!(f, "Case({label:?})"),
        }
    }
}

impl Step {
    /// The title, or the id where the person gave none.
    pub fn name(&self) -> &str {
        if self.title.trim().is_empty() { self.id.as_str() } else { &self.title }
    }

    /// The message, if this step sends.
    pub fn message(&self) -> Option<&Message> {
        match &self.kind {
            StepKind::Message(message) => Some(message),
            _ => None,
        }
    }

    /// Every way out, in the order in which the card shows them; empty for an exit.
    pub fn outputs(&self) -> Vec<Output> {
        match &self.kind {
            StepKind::Entry { .. } | StepKind::Wait(_) => vec![Output::Next],
            StepKind::Message(Message { reply: None, .. }) => vec![Output::Next],
            StepKind::Message(Message { reply: Some(reply), .. }) => {
                let answers = reply.options.iter().map(|option| Output::Reply(option.label.clone()));
                answers.chain(reply.timeout.map(|_| Output::Timeout)).collect()
            }
            StepKind::Branch(Branch::Split(cases)) => cases.iter().map(|(label, _)| Output::Case(label.clone())).collect(),
            StepKind::Branch(_) => vec![Output::Yes, Output::No],
            StepKind::Exit(_) => Vec::new(),
        }
    }

    /// How many ways out there are.
    pub fn ways(&self) -> usize {
        match &self.kind {
            StepKind::Message(Message { reply: Some(reply), .. }) => {
                reply.options.len() + usize::from(reply.timeout.is_some())
            }
            StepKind::Entry { .. } | StepKind::Wait(_) | StepKind::Message(_) => 1,
            StepKind::Branch(Branch::Split(cases)) => cases.len(),
            StepKind::Branch(_) => 2,
            StepKind::Exit(_) => 0,
        }
    }

    /// Whether the way out at this place among the outputs is this one.
    pub fn leaves_by(&self, way: usize, out: &Output) -> bool {
        match (&self.kind, out) {
            (StepKind::Message(Message { reply: Some(reply), .. }), Output::Reply(label)) => {
                reply.options.get(way).is_some_and(|option| option.label == *label)
            }
            (StepKind::Message(Message { reply: Some(reply), .. }), out) => {
                *out == Output::Timeout && way == reply.options.len() && reply.timeout.is_some()
            }
            (StepKind::Entry { .. } | StepKind::Wait(_) | StepKind::Message(_), out) => *out == Output::Next && way == 0,
            (StepKind::Branch(Branch::Split(cases)), Output::Case(label)) => {
                cases.get(way).is_some_and(|(case, _)| case == label)
            }
            (StepKind::Branch(Branch::Split(_)) | StepKind::Exit(_), _) => false,
            (StepKind::Branch(_), out) => (way == 0 && *out == Output::Yes) || (way == 1 && *out == Output::No),
        }
    }
}

impl Delay {
    /// The shortest and the longest answer that can happen, both included; `None` is without bound.
    pub fn range(&self) -> (Seconds, Option<Seconds>) {
        match self {
            Self::Fixed(d) => (*d, Some(*d)),
            Self::Uniform { min, max } => (*min, Some(*max)),
            Self::Exponential { .. } | Self::LogNormal { .. } | Self::Weibull { .. } => (Seconds::ZERO, None),
            Self::Empirical(points) => {
                (points.first().map_or(Seconds::ZERO, |p| p.0), Some(points.last().map_or(Seconds::ZERO, |p| p.0)))
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_ways_out_are_the_outputs() {
        let option = |label: &str| ReplyOption { label: label.to_owned(), share: 1.0, effect: None };
        let asking = |timeout| Message {
            purpose: Purpose::Service,
            send: Send::Template("ask".to_owned()),
            reply: Some(Reply {
                options: vec![option("yes"), option("no"), option("yes")],
                chance: 1.0,
                delay: Delay::Fixed(Seconds(1)),
                timeout,
            }),
        };
        let kinds = [
            StepKind::Message(asking(None)),
            StepKind::Message(asking(Some(Seconds(60)))),
            StepKind::Message(Message { reply: None, ..asking(None) }),
            StepKind::Wait(Wait::For(Seconds(1))),
            StepKind::Branch(Branch::Split(vec![("A".to_owned(), 1.0), ("B".to_owned(), 1.0)])),
            StepKind::Branch(Branch::WindowOpen),
            StepKind::Exit(Outcome::Lost),
        ];
        let outs = ["yes", "no", "other"].map(|label| Output::Reply(label.to_owned())).into_iter();
        let outs = outs.chain(["A", "B"].map(|label| Output::Case(label.to_owned())));
        let outs: Vec<Output> = outs.chain([Output::Next, Output::Timeout, Output::Yes, Output::No]).collect();
        for kind in kinds {
            let step = Step { id: "step".into(), title: String::new(), kind, allow: Vec::new() };
            let outputs = step.outputs();
            assert_eq!(step.ways(), outputs.len(), "{step:?}");
            for (out, way) in outs.iter().flat_map(|out| (0..outputs.len() + 2).map(move |way| (out, way))) {
                assert_eq!(step.leaves_by(way, out), outputs.get(way) == Some(out), "{way} {out:?} of {step:?}");
            }
        }
    }
}
