//! The words of the canvas.

use crate::model::{Branch, Channel, Colour, Content, Media, Outcome, Output, Step, StepKind, Wait};

/// The kinds of step that a person can add.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[allow(missing_docs)]
pub enum Sort {
    Entry,
    Message,
    Question,
    Template,
    Wait,
    WaitUntil,
    SendHours,
    Branch,
    Split,
    Exit,
}

impl Sort {
    /// All of them, in the order of the list.
    pub const ALL: [Self; 10] = [
        Self::Entry,
        Self::Message,
        Self::Question,
        Self::Template,
        Self::Wait,
        Self::WaitUntil,
        Self::SendHours,
        Self::Branch,
        Self::Split,
        Self::Exit,
    ];

    /// What it is called.
    pub fn label(self) -> &'static str {
        match self {
            Self::Entry => "Entry",
            Self::Message => "Message",
            Self::Question => "Question",
            Self::Template => "Template message",
            Self::Wait => "Wait",
            Self::WaitUntil => "Wait until",
            Self::SendHours => "Send hours",
            Self::Branch => "Branch",
            Self::Split => "Split",
            Self::Exit => "Exit",
        }
    }

    /// What it is for.
    pub fn about(self) -> &'static str {
        match self {
            Self::Entry => "How people arrive: an ad, a link, a QR code",
            Self::Message => "Say something and go on",
            Self::Question => "Ask, and wait for the answer",
            Self::Template => "An approved message that may go out at any time",
            Self::Wait => "Let a length of time pass",
            Self::WaitUntil => "Until a time of day, on chosen days",
            Self::SendHours => "Hold people until you are open",
            Self::Branch => "Part by whether the window is open",
            Self::Split => "Part people by chance",
            Self::Exit => "The journey ends here",
        }
    }
}

/// The title and the text of new steps, so that nothing begins empty.
pub mod fresh {
    #![allow(missing_docs)]

    use crate::model::{Channel, Wait};

    use super::Sort;

    /// The title of a new entry.
    pub fn entry(channel: Channel) -> &'static str {
        match channel {
            Channel::ClickToWhatsAppAd => "Ad",
            Channel::PageCallToAction => "Facebook page",
            Channel::ClickToChatLink => "Chat link",
            Channel::QrCode => "QR scan",
            Channel::UserMessage => "First message",
            Channel::UserCall => "Call",
            Channel::BusinessInitiated => "First contact",
        }
    }

    /// The title of a new wait, kept in step with the wait until a person writes another.
    pub fn wait(wait: &Wait) -> String {
        match wait {
            Wait::For(length) => format!("Wait {}", length.spoken()),
            Wait::Until { time, .. } => format!("Wait until {time}"),
            Wait::Date(_) => "Wait for a date".to_owned(),
            Wait::SendHours { .. } => Sort::SendHours.label().to_owned(),
        }
    }

    pub const MESSAGE: &str = "Hi! Thanks for getting in touch. How can we help?";
    pub const QUESTION: &str = "Would you like to know more?";
    pub const YES: &str = "Yes, please";
    pub const NO: &str = "Not now";
    pub const TEMPLATE_NAME: &str = "follow_up";
    pub const TEMPLATE_BODY: &str = "Hi {{1}}, we have news for you. Would you like to see it?";
    pub const TEMPLATE_SAMPLE: &str = "Ana";
    pub const COMMENT: &str = "Write a note";
    pub const FRAME: &str = "Frame";
}

/// What the kind of a step is called on its card.
pub fn kind(step: &Step) -> &'static str {
    match &step.kind {
        StepKind::Entry { .. } => "Entry",
        StepKind::Message(message) if message.reply.is_some() => "Question",
        StepKind::Message(message) if message.send.content().is_none() => "Template",
        StepKind::Message(_) => "Message",
        StepKind::Wait(Wait::For(_)) => "Wait",
        StepKind::Wait(Wait::Until { .. }) => "Wait until",
        StepKind::Wait(Wait::Date(_)) => "Wait for a date",
        StepKind::Wait(Wait::SendHours { .. }) => "Send hours",
        StepKind::Branch(Branch::Split(_)) => "Split",
        StepKind::Branch(_) => "Branch",
        StepKind::Exit(_) => "Exit",
    }
}

/// How people arrive.
pub fn channel(channel: Channel) -> &'static str {
    match channel {
        Channel::ClickToWhatsAppAd => "Click-to-WhatsApp ad",
        Channel::PageCallToAction => "Button of a Facebook page",
        Channel::ClickToChatLink => "Click-to-chat link",
        Channel::QrCode => "QR code",
        Channel::UserMessage => "They write first",
        Channel::UserCall => "They call",
        Channel::BusinessInitiated => "You write first",
    }
}

/// One line of what a step does, in words. `body` is the text of the template that it sends.
pub fn line(step: &Step, body: Option<&str>) -> String {
    let days = |days: &indexmap::IndexSet<crate::model::Day>| {
        let names: Vec<String> = days.iter().map(|day| format!("{day:?}")).collect();
        if names.is_empty() { String::new() } else { format!(" · {}", names.join(" ")) }
    };
    match &step.kind {
        StepKind::Entry { channel: by, opt_in, .. } => {
            format!("{}{}", channel(*by), if *opt_in { " · opted in" } else { "" })
        }
        StepKind::Message(message) => match message.send.content() {
            Some(content) => content_line(content),
            None => body.map(first_line).unwrap_or_default(),
        },
        StepKind::Wait(Wait::For(length)) => length.spoken(),
        StepKind::Wait(Wait::Until { time, days: on }) => format!("Until {time}{}", days(on)),
        StepKind::Wait(Wait::Date(date)) => format!("Until {}", date.to_string().replace('T', " ")),
        StepKind::Wait(Wait::SendHours { from, to, days: on }) => format!("{from} – {to}{}", days(on)),
        StepKind::Branch(Branch::WindowOpen) => "Is the window open?".to_owned(),
        StepKind::Branch(Branch::OptedIn) => "Opted in to marketing?".to_owned(),
        StepKind::Branch(Branch::Split(cases)) => {
            let total: f64 = cases.iter().map(|(_, weight)| weight).sum();
            let share = |weight: f64| if total > 0.0 { weight / total * 100.0 } else { 0.0 };
            let parts: Vec<String> =
                cases.iter().map(|(label, weight)| format!("{label} {:.0} %", share(*weight))).collect();
            parts.join(" · ")
        }
        StepKind::Branch(Branch::Attribute { name, share }) => format!("{name}? {:.0} % yes", share * 100.0),
        StepKind::Exit(outcome) => self::outcome(*outcome).to_owned(),
    }
}

fn content_line(content: &Content) -> String {
    let text = first_line(content.text());
    let what = match content {
        Content::Media { kind, .. } => match kind {
            Media::Image => "Picture",
            Media::Video => "Video",
            Media::Audio => "Voice message",
            Media::Document => "Document",
            Media::Sticker => "Sticker",
        },
        Content::Location => "Location",
        _ if text.is_empty() => "No text yet",
        _ => return text,
    };
    if text.is_empty() { what.to_owned() } else { format!("{what}: {text}") }
}

fn first_line(text: &str) -> String {
    text.lines().find(|line| !line.trim().is_empty()).unwrap_or_default().trim().to_owned()
}

/// How a journey ends.
pub fn outcome(outcome: Outcome) -> &'static str {
    match outcome {
        Outcome::Converted => "Converted",
        Outcome::Lost => "Lost",
        Outcome::HandedOver => "Handed over to a person",
    }
}

/// What an output is called beside its port.
pub fn output(step: &Step, out: &Output) -> String {
    match out {
        Output::Next => "Next".to_owned(),
        Output::Reply(label) => label.clone(),
        Output::Timeout => {
            let timeout = step.message().and_then(|message| message.reply.as_ref()).and_then(|reply| reply.timeout);
            match timeout {
                Some(timeout) => format!("No reply · {}", timeout.spoken()),
                None => "No reply".to_owned(),
            }
        }
        Output::Yes => "Yes".to_owned(),
        Output::No => "No".to_owned(),
        Output::Case(label) => label.clone(),
    }
}

/// Said of a template that is named and not in the library.
pub const MISSING: &str = "not in the library";
/// The canvas's own name.
pub const CANVAS: &str = "Canvas";
/// The small map's name.
pub const MINIMAP: &str = "Map of the funnel";
/// On the button that leads back to the cards.
pub const BACK: &str = "Back to the funnel";
/// Over an empty canvas.
pub const EMPTY: &str = "Start with how people arrive";
/// Under it.
pub const EMPTY_HINT: &str = "Pick one, or double-click anywhere to add a step";
/// In the search field of the quick-add list.
pub const QUICK_ADD: &str = "Add a step…";
/// The same where an output can lead to a step that is there already.
pub const QUICK_ADD_OR_CONNECT: &str = "Add a step, or type the name of one…";
/// A row that leads an output to a step that is there already.
pub fn connect_to(title: &str) -> String {
    format!("Connect to {title}")
}
/// Where the search finds nothing.
pub const NOTHING_FOUND: &str = "No such step";
/// Said when nothing that is on the clipboard can be pasted.
pub const NOTHING_TO_PASTE: &str = "There are no steps on the clipboard";
/// A menu entry.
pub const DISCONNECT: &str = "Disconnect";
/// A menu entry.
pub const INSERT_STEP: &str = "Insert a step here…";
/// A menu entry.
pub const SHOW_PROBLEMS: &str = "Show its problems";
/// A step's name in the accessibility tree.
pub fn spoken(kind: &str, title: &str, verdict: Option<&str>) -> String {
    match verdict {
        Some(verdict) => format!("{kind}: {title}, {verdict}"),
        None => format!("{kind}: {title}"),
    }
}
/// An output's name in the accessibility tree.
pub fn spoken_output(title: &str, label: &str, target: Option<&str>) -> String {
    match target {
        Some(target) => format!("Output {label} of {title}, leads to {target}"),
        None => format!("Output {label} of {title}, leads nowhere"),
    }
}
/// An input's name in the accessibility tree.
pub fn spoken_input(title: &str) -> String {
    format!("Input of {title}")
}
/// A link's name in the accessibility tree.
pub fn spoken_link(from: &str, out: Option<&str>, to: &str) -> String {
    match out {
        Some(out) => format!("Link from {from} by {out} to {to}"),
        None => format!("Link from {from} to {to}"),
    }
}
/// Names of edits that the canvas puts together.
pub mod label {
    #![allow(missing_docs)]
    pub const INSERT: &str = "Insert step";
    pub const MOVE: &str = "Move";
    pub const COLLAPSE: &str = "Collapse frame";
    pub const OPEN: &str = "Open frame";
    pub const COLOUR: &str = "Colour frame";
    pub const TIE: &str = "Tie comment";
    pub const UNTIE: &str = "Untie comment";
    pub const RECONNECT: &str = "Reconnect";
}

/// The name of the edit that adds a step.
pub fn adding(name: &str) -> String {
    format!("Add {name}")
}
/// The name of the edit that arranges so many steps, or all.
pub fn arranging(steps: Option<usize>) -> String {
    steps.map_or_else(|| "Arrange all steps".to_owned(), |count| format!("Arrange {count} steps"))
}
/// The name of an edit that leads several links elsewhere.
pub fn moved_links(count: usize) -> String {
    format!("Move {count} links")
}
/// The name of an edit that cuts several links.
pub fn cut_links(count: usize) -> String {
    format!("Cut {count} links")
}
/// Said where fewer cards are selected than can be brought into line.
pub fn too_few(least: usize) -> String {
    format!("Select at least {least} steps first")
}
/// Said where no links lead from where people arrive to what is selected.
pub const NO_PATH: &str = "No way leads here";
/// Said when steps were selected by following links.
pub fn selected(count: usize) -> String {
    if count == 1 { "1 step selected".to_owned() } else { format!("{count} steps selected") }
}
/// Why a link cannot leave an exit.
pub fn no_way_out(title: &str) -> String {
    format!("“{title}” is an exit: nothing can follow it")
}
/// Why a link cannot leave a card: drop it on one of its outputs to replace the link there.
pub fn all_taken(title: &str) -> String {
    format!("Each way out of “{title}” leads somewhere already. Drop on one of them to replace its link")
}
/// In the field that finds steps, and its name.
pub const FIND_HINT: &str = "Find steps, texts, templates";
/// The name of the button that closes it.
pub const CLOSE_FIND: &str = "Close the search";
/// The name of the button with the list of filters.
pub const FILTERS: &str = "Filters";
/// How many steps were found, and which of them one is at.
pub fn found(at: Option<usize>, count: usize, searched: bool) -> String {
    match (at, count) {
        _ if !searched => String::new(),
        (_, 0) => "None".to_owned(),
        (Some(at), count) => format!("{} of {count}", at + 1),
        (None, count) => format!("{count} found"),
    }
}
/// The filters of the search.
pub mod filter {
    #![allow(missing_docs)]
    pub const INSIDE: &str = "is:inside";
    pub const SOMETIMES: &str = "is:sometimes";
    pub const OUTSIDE: &str = "is:outside";
    pub const UNREACHABLE: &str = "is:unreachable";
    pub const INVALID: &str = "is:invalid";
    pub const PROBLEM: &str = "is:problem";
    pub const SENDING: &str = "is:sending";
    pub const ALL: [(&str, &str); 7] = [
        (OUTSIDE, "Outside the window"),
        (SOMETIMES, "Sometimes outside"),
        (INSIDE, "Inside the window"),
        (UNREACHABLE, "Not reached"),
        (INVALID, "With an error"),
        (PROBLEM, "With any problem"),
        (SENDING, "Steps that send"),
    ];
}
/// Headings and entries of menus.
pub mod menu {
    #![allow(missing_docs)]
    pub const CONNECT: &str = "Connect to…";
    pub const LEAD_ELSEWHERE: &str = "Lead it elsewhere…";
    pub const SELECT_HELD: &str = "Select what it holds";
    pub const COLLAPSE: &str = "Collapse";
    pub const OPEN: &str = "Open";
    pub const NO_COLOUR: &str = "No colour";
    pub const GO_TAIL: &str = "Go to where it begins";
    pub const GO_HEAD: &str = "Go to where it leads";
}

/// The name of the field in which a title or a note is typed.
pub const NAMING: &str = "Title";
/// A menu entry that opens the whole list.
pub const MORE_STEPS: &str = "More steps…";

/// A menu entry that adds a step.
pub fn add(sort: Sort) -> String {
    super::menus::add(sort).to_owned()
}

/// A frame's name in the accessibility tree.
pub fn spoken_frame(title: &str) -> String {
    format!("Frame: {title}")
}

/// The name of a collapsed frame in the accessibility tree.
pub fn spoken_block(title: &str, held: usize, worst: Option<&str>) -> String {
    match worst {
        Some(worst) => format!("Frame: {title}, {}, {worst}", steps(held)),
        None => format!("Frame: {title}, {}", steps(held)),
    }
}

/// How many steps there are.
pub fn steps(count: usize) -> String {
    match count {
        0 => "No steps".to_owned(),
        1 => "1 step".to_owned(),
        _ => format!("{count} steps"),
    }
}

/// The name of the button that collapses or opens a frame.
pub fn spoken_fold(title: &str, collapsed: bool) -> String {
    format!("{} {title}", if collapsed { menu::OPEN } else { menu::COLLAPSE })
}

/// What a frame's colour is called.
pub fn colour(colour: Colour) -> &'static str {
    match colour {
        Colour::Blue => "Blue",
        Colour::Teal => "Teal",
        Colour::Purple => "Purple",
        Colour::Pink => "Pink",
        Colour::Brown => "Brown",
    }
}

/// Said where no frame is selected, and no frame holds what is.
pub const NO_FRAME: &str = "Select a frame first";
/// Said where no note is selected.
pub const NO_NOTE: &str = "Select a comment first";
/// Said where there is no step that a note could be tied to.
pub const NO_STEP: &str = "There is no step to tie it to";
/// Why a link cannot end at a collapsed frame.
pub const FOLDED: &str = "Open the frame to connect to one of its steps";

/// A menu entry.
pub fn tie_to(step: &str) -> String {
    format!("Tie to {step}")
}

/// A menu entry.
pub fn untie(step: &str) -> String {
    format!("Untie from {step}")
}

/// A note's name in the accessibility tree.
pub fn spoken_note(text: &str, tied_to: Option<&str>) -> String {
    tied_to.map_or_else(|| format!("Note: {text}"), |step| format!("Note: {text}, tied to {step}"))
}

/// The name of the corner that sizes a frame.
pub fn spoken_corner(frame: &str) -> String {
    format!("Size of {frame}")
}

/// The name of the mark that counts a card's problems.
pub fn spoken_problems(count: usize, title: &str) -> String {
    if count == 1 { format!("1 problem of {title}") } else { format!("{count} problems of {title}") }
}
