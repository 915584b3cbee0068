//! The words of the timeline.

use crate::model::{Channel, Media, Outcome, Output, Seconds, Sent, StepId};

/// A person who answers every question at once.
pub const AT_ONCE: &str = "Answers at once";
/// A person who takes the median of each delay.
pub const TYPICAL: &str = "Typical";
/// A person who answers one second before each timeout.
pub const LAST_MINUTE: &str = "At the last minute";
/// A person who answers nothing.
pub const NEVER: &str = "Never answers";

/// Said of a story where the rules have no prices.
pub use super::simulation::NO_PRICES;
/// The scenarios of the file.
pub const KEPT: &str = "Kept in the file";
/// The stories always at hand.
pub const READY_MADE: &str = "Ready-made";
/// Shown where the file keeps no scenario.
pub const NONE_KEPT: &str = "None yet";
/// Adds a scenario to the file.
pub const NEW: &str = "New story";
/// What a new scenario is called.
pub const NEW_NAME: &str = "New story";
/// Turns a ready-made story into a scenario of the file.
pub const KEEP: &str = "Keep";
/// What keeping does.
pub const KEEP_HINT: &str = "Keep this story in the file";
/// Takes back what was changed of a ready-made story.
pub const RESET: &str = "Back to the ready-made story";
/// Changes a scenario's name.
pub const RENAME: &str = "Rename";
/// Copies a scenario.
pub const DUPLICATE: &str = "Duplicate";
/// Deletes a scenario.
pub const DELETE: &str = "Delete";
/// Where a story says nothing, the person is silent.
pub const ELSE_SILENT: &str = "Otherwise stays silent";
/// Where a story says nothing, the person answers.
pub const ELSE_PROMPT: &str = "Otherwise answers after 5 minutes";
/// Writes down what each step sends now as what is expected.
pub const EXPECT: &str = "Expect this outcome";
/// What that does.
pub const EXPECT_HINT: &str = "From now on this story must end the way it does now";
/// Opens the menu of a story.
pub const MORE: &str = "More";
/// Every expectation holds.
pub const HOLDS: &str = "Ends as expected";
/// An expectation fails.
pub const FAILS: &str = "Does not end as expected";
/// Nothing is expected.
pub const EXPECTS_NOTHING: &str = "Expects nothing yet";
/// Said where a breaking journey cannot be shown.
pub const NO_WITNESS: &str = "No journey could be found that shows this";
/// A ready-made story that was changed.
pub const CHANGED: &str = "changed";

/// The row of the window.
pub const WINDOW_ROW: &str = "Window";
/// The row of the person.
pub const PERSON_ROW: &str = "Person";
/// The row of the business.
pub const BUSINESS_ROW: &str = "Business";
/// The free entry point.
pub const FREE_ENTRY: &str = "Free entry point";
/// The window is closed.
pub const CLOSED: &str = "Closed";
/// The chart as a whole.
pub const CHART: &str = "Journey chart";
/// The axis, which moves the playhead.
pub const AXIS: &str = "Time axis";
/// The moment that is looked at.
pub const PLAYHEAD: &str = "Playhead";
/// Lets the time run.
pub const PLAY: &str = "Play";
/// Stops it.
pub const PAUSE: &str = "Pause";
/// How fast the time runs.
pub const SPEED: &str = "Speed";
/// The arrival's date and time.
pub const ARRIVES: &str = "Arrives";
/// What can be typed there.
pub const ARRIVES_HINT: &str = "Like 2026-12-01 10:15, in the audience's time";
/// The playhead's time, to type.
pub const GO_TO: &str = "Go to";
/// What can be typed there.
pub const GO_TO_HINT: &str = "Time since entry like 2d 3h, or a local time like 2026-12-03 09:00";
/// Folds long empty stretches.
pub const FOLD: &str = "Fold empty stretches";
/// Lets what is dragged jump to round times, timeouts and the closing of the window.
pub const SNAP: &str = "Snap to round times and edges";
/// Shows the whole story.
pub const FIT: &str = "Fit";
/// Shows or hides the conversation.
pub const CHAT: &str = "Conversation";
/// A question left without an answer.
pub const NO_REPLY: &str = "No reply";
/// How long the person takes.
pub const AFTER: &str = "After";
/// What can be typed there.
pub const AFTER_HINT: &str = "Like 2h 30m";
/// An output that leads nowhere, or a cycle.
pub const ENDS_HERE: &str = "Ends here";
/// A message that the person writes unasked.
pub const UNPROMPTED: &str = "Writes unasked";
/// Takes an unprompted message away.
pub const REMOVE: &str = "Remove";
/// Said in the conversation before anything has happened.
pub const CHAT_EMPTY: &str = "Nothing yet at this moment";
/// Said of a message that did not go out.
pub const NOT_SENT: &str = "Not sent";

/// A funnel without an entry.
pub const NO_ENTRY: &str = "No one arrives yet";
/// What to do about it.
pub const NO_ENTRY_HINT: &str = "Add an entry step to the canvas: a story begins where people arrive";
/// A funnel in which nothing is sent.
pub const NO_SENDS: &str = "This story sends nothing yet";
/// What to do about it.
pub const NO_SENDS_HINT: &str = "Link the entry to a message step, and it appears here";

/// The journey on which the window is closed at this step.
pub fn breaks(title: &str) -> String {
    format!("Breaks: {title}")
}

/// The same where two steps have one title.
pub fn breaks_with_id(title: &str, id: &StepId) -> String {
    format!("Breaks: {title} ({id})")
}

/// A length that is held against a window of hours: in hours as long as people count in them.
fn hours(length: Seconds) -> String {
    let (whole, minutes) = (length.0 / 3600, length.0 / 60 % 60);
    match (whole, minutes) {
        (24..100, 0) => format!("{whole} h"),
        (24..100, _) => format!("{whole} h {minutes} m"),
        _ => length.spoken(),
    }
}

/// Why nothing but a template may go out.
pub fn only_template(since_inbound: Option<Seconds>) -> String {
    match since_inbound {
        Some(since) => format!("{} after the last message: only a template may go out", hours(since)),
        None => "The person has not written yet: only a template may go out".to_owned(),
    }
}

/// Two reasons as one.
pub fn and(one: &str, other: &str) -> String {
    format!("{one}, and {other}")
}

/// A template that cannot be sent yet.
pub fn unapproved(template: &str) -> String {
    format!("`{template}` is not approved")
}

/// A template that is not in the library.
pub fn missing(template: &str) -> String {
    format!("there is no template `{template}`")
}

/// A send by name.
pub fn sent_name(title: &str, sent: Sent, since_inbound: Option<Seconds>, reason: Option<&str>) -> String {
    let what = match sent {
        Sent::FreeForm => "sent free-form",
        Sent::Template => "sent as a template",
        Sent::Blocked => "blocked",
        Sent::NotReached => "not reached",
    };
    let since = match since_inbound {
        Some(since) => format!("{} after the last message", hours(since)),
        None => "before any message from the person".to_owned(),
    };
    match (sent, reason) {
        (Sent::Template, Some(reason)) => format!("{title}, {what}, {since}: {reason}"),
        _ => format!("{title}, {what}, {since}"),
    }
}

/// A way out of a branch.
pub fn way(out: &Output) -> String {
    match out {
        Output::Next => "next".to_owned(),
        Output::Timeout => NO_REPLY.to_owned(),
        Output::Yes => "yes".to_owned(),
        Output::No => "no".to_owned(),
        Output::Reply(label) | Output::Case(label) => label.clone(),
    }
}

/// A branch with the way that was taken.
pub fn branch(title: &str, way: &str) -> String {
    format!("{title}: {way}")
}

/// A branch by name.
pub fn branch_name(title: &str, way: &str) -> String {
    format!("{title}, goes by {way}")
}

/// An exit by name.
pub fn exit_name(title: &str, outcome: Outcome) -> String {
    let outcome = match outcome {
        Outcome::Converted => "converted",
        Outcome::Lost => "lost",
        Outcome::HandedOver => "handed over",
    };
    format!("{title}, ends: {outcome}")
}

/// An output that leads nowhere.
pub fn loose(title: &str, way: &str) -> String {
    format!("The journey ends at {title}: its output “{way}” leads nowhere")
}

/// A cycle that takes no time.
pub fn endless(title: &str) -> String {
    format!("The journey goes round for ever at {title}")
}

/// An answer by name; `at` is since entry.
pub fn reply_name(title: &str, at: Seconds) -> String {
    format!("Reply to {title} at {}", at.spoken())
}

/// What can be done with an answer, below what it is.
pub fn reply_hint(shown: &str) -> String {
    format!("{shown}\nDrag it along the axis, or click to choose the answer")
}

/// A question that timed out, by name.
pub fn no_reply_name(title: &str, timeout: Option<Seconds>) -> String {
    match timeout {
        Some(timeout) => format!("No reply to {title} for {}", timeout.spoken()),
        None => format!("No reply to {title}, ever"),
    }
}

/// An answer on the person's row.
pub fn reply_label(label: &str, after: Seconds) -> String {
    format!("{label} · {}", after.spoken())
}

/// A missing answer on the person's row.
pub fn no_reply_label(timeout: Option<Seconds>) -> String {
    match timeout {
        Some(timeout) => format!("{NO_REPLY} · {}", timeout.spoken()),
        None => "Never replies".to_owned(),
    }
}

/// Where an answer comes too late.
pub fn timeout_hint(timeout: Seconds) -> String {
    format!("No reply after {}", timeout.spoken())
}

/// An unprompted message by name.
pub fn unprompted_name(at: Seconds) -> String {
    format!("Message unasked at {}", at.spoken())
}

/// The entry by name.
pub fn entry_name(title: &str) -> String {
    format!("Enters by {title}")
}

/// The window is open.
pub const OPEN: &str = "Open";

/// The window is open, and for how long still.
pub fn open_closes_in(left: Seconds) -> String {
    format!("{OPEN}, {}", closes_in(left))
}

/// How much time a fold leaves out.
pub fn folded(length: Seconds) -> String {
    let hours = (length.0 + 1800) / 3600;
    if hours >= 72 { format!("{} d", hours / 24) } else { format!("{hours} h") }
}

/// How long the window stays open.
pub fn closes_in(left: Seconds) -> String {
    format!("closes in {}", rough(left))
}

/// A length for a countdown: days and hours, hours and minutes, or what is left of a minute.
pub fn rough(length: Seconds) -> String {
    let whole = if length.0 >= 3600 { Seconds(length.0 / 60 * 60) } else { length };
    whole.spoken()
}

/// The window row by name.
pub fn window_name(from: Seconds, to: Seconds) -> String {
    format!("Window open from {} to {}", from.spoken(), to.spoken())
}

/// A wait by name.
pub fn wait_name(title: &str, length: Seconds) -> String {
    format!("{title}, {}", length.spoken())
}

/// The guaranteed free entry point by name.
pub fn free_entry_name(from: Seconds, to: Seconds) -> String {
    format!("{FREE_ENTRY} for {} from {}", (to - from).spoken(), from.spoken())
}

/// A time since entry on the axis.
pub fn since_entry(at: Seconds) -> String {
    if at == Seconds::ZERO { "0".to_owned() } else { format!("+{}", at.spoken()) }
}

/// The hover line: since entry, local day and time, time left in the window.
pub fn hover(at: Seconds, local: &str, left: Option<Seconds>) -> String {
    let window = match left {
        Some(left) => format!("window open, {}", closes_in(left)),
        None => "window closed".to_owned(),
    };
    format!("{}  ·  {local}  ·  {window}", since_entry(at))
}

/// The time between two moments.
pub fn measured(length: Seconds) -> String {
    length.spoken()
}

/// The same, with the moments.
pub fn measured_name(from: Seconds, to: Seconds) -> String {
    format!("Measured: {} from {} to {}", (to - from).spoken(), since_entry(from), since_entry(to))
}

/// How fast the time runs: hours of the story in one second.
pub fn speed(hours: u32) -> String {
    if hours.is_multiple_of(24) { format!("{} d/s", hours / 24) } else { format!("{hours} h/s") }
}

/// A place on a map, in the conversation.
pub const LOCATION: &str = "A place on the map";

/// A picture, film, sound, document or sticker, in the conversation.
pub fn media(kind: Media) -> &'static str {
    match kind {
        Media::Image => "Picture",
        Media::Video => "Video",
        Media::Audio => "Voice message",
        Media::Document => "Document",
        Media::Sticker => "Sticker",
    }
}

/// How the person came, as the first thing of the conversation.
pub fn came_by(channel: Channel) -> &'static str {
    match channel {
        Channel::ClickToWhatsAppAd => "Writes from the ad",
        Channel::PageCallToAction => "Writes from the page",
        Channel::ClickToChatLink => "Writes from the link",
        Channel::QrCode => "Writes from the QR code",
        Channel::UserMessage => "Writes first",
        Channel::UserCall => "Calls",
        Channel::BusinessInitiated => "The business writes first",
    }
}

/// A kept story by name, with whether it ends as expected.
pub fn kept_name(name: &str, holds: Option<bool>) -> String {
    let mark = match holds {
        Some(true) => HOLDS,
        Some(false) => FAILS,
        None => EXPECTS_NOTHING,
    };
    format!("{name}, {}", mark.to_lowercase())
}
