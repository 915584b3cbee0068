//! What the panels say with names and numbers in it.

use chrono::Datelike;

use crate::engine::{StepProof, Verdict};
use crate::model::{Channel, Day, Effect, Funnel, LocalTime, Media, Outcome, Output, Seconds, Template};
use crate::rules::{Place, Severity, WindowImpact};
use crate::ui::panels::kept::Way;

pub fn numbered(one: &str, i: usize) -> String {
    format!("{one} {}", i + 1)
}

/// The name of one field of one thing in a list, for those who do not see where it stands.
pub fn part_of(one: &str, i: usize, field: &str) -> String {
    format!("{}, {}", numbered(one, i), field.to_lowercase())
}

/// A weight as the share that it comes to.
pub fn share_of(weight: f64, total: f64) -> String {
    if total > 0.0 { percent(weight / total) } else { String::new() }
}

pub fn plural(one: &str) -> &'static str {
    match one {
        super::BUTTON => "Buttons",
        super::LIST_ROW => "Rows",
        _ => "Cards",
    }
}

pub fn add(one: &str) -> String {
    format!("Add {}", one.to_lowercase())
}

pub fn remove(one: &str, i: usize) -> String {
    format!("Remove {} {}", one.to_lowercase(), i + 1)
}

pub fn move_up(one: &str, i: usize) -> String {
    format!("Move {} {} up", one.to_lowercase(), i + 1)
}

pub fn move_down(one: &str, i: usize) -> String {
    format!("Move {} {} down", one.to_lowercase(), i + 1)
}

pub fn starts(name: &str) -> String {
    format!("{name} from")
}

pub fn ends(name: &str) -> String {
    format!("{name} to")
}

pub fn date_of(name: &str) -> String {
    format!("{name} date")
}

pub fn time_of(name: &str) -> String {
    format!("{name} time")
}

pub fn duration_wrong(text: &str) -> String {
    let digits = text.trim();
    if !digits.is_empty() && digits.chars().all(|c| c.is_ascii_digit()) {
        format!("Say the unit: {digits}m, {digits}h or {digits}d")
    } else {
        "Write whole units, like 45s, 12m, 20h, 3d or 1d 6h".to_owned()
    }
}

pub fn percent_wrong(low: f64, high: f64) -> String {
    format!("Write a share from {:.0} to {:.0}", low * 100.0, high * 100.0)
}

pub fn at_most(name: &str, most: Seconds) -> String {
    format!("No longer than \"{name}\", {}", most.spoken())
}

pub fn at_least(name: &str, least: Seconds) -> String {
    format!("No shorter than \"{name}\", {}", least.spoken())
}

pub fn too_long(most: usize) -> String {
    format!("At most {most} letters")
}

/// A whole number with a thin space between its thousands.
pub fn grouped(count: u64) -> String {
    let digits = count.to_string();
    let mut text = String::new();
    for (i, digit) in digits.chars().enumerate() {
        if i > 0 && (digits.len() - i).is_multiple_of(3) {
            text.push('\u{202f}');
        }
        text.push(digit);
    }
    text
}

pub fn percent(share: f64) -> String {
    let percent = share * 100.0;
    if percent == 0.0 || percent >= 10.0 { format!("{percent:.0} %") } else { format!("{percent:.1} %") }
}

pub fn day_name(day: Day) -> &'static str {
    match day {
        Day::Mon => "Monday",
        Day::Tue => "Tuesday",
        Day::Wed => "Wednesday",
        Day::Thu => "Thursday",
        Day::Fri => "Friday",
        Day::Sat => "Saturday",
        Day::Sun => "Sunday",
    }
}

pub fn day_letter(day: Day) -> &'static str {
    &day_name(day)[..2]
}

pub fn weekday(time: LocalTime) -> &'static str {
    day_name(time.0.weekday().into())
}

/// The name of the button that opens a calendar.
pub fn calendar_of(name: &str) -> String {
    format!("{name} calendar")
}

/// A month with its year.
pub fn month(date: chrono::NaiveDate) -> String {
    date.format("%B %Y").to_string()
}

pub fn moment(time: LocalTime) -> String {
    time.spoken()
}

pub fn launch_at(time: LocalTime) -> String {
    format!("Launch {}", moment(time))
}

pub fn utc_offset(seconds: i32) -> String {
    let (sign, minutes) = (if seconds < 0 { '-' } else { '+' }, seconds.abs() / 60);
    format!("UTC{sign}{:02}:{:02}", minutes / 60, minutes % 60)
}

pub fn channel(channel: Channel) -> &'static str {
    match channel {
        Channel::ClickToWhatsAppAd => "Click-to-WhatsApp ad",
        Channel::PageCallToAction => "Facebook page button",
        Channel::ClickToChatLink => "Chat link (wa.me)",
        Channel::QrCode => "QR code",
        Channel::UserMessage => "They write first",
        Channel::UserCall => "They call",
        Channel::BusinessInitiated => "We write first",
    }
}

pub fn channel_help(channel: Channel) -> &'static str {
    if channel.gives_free_entry_point() {
        "Their message opens the window and may start the free entry point"
    } else if channel.is_inbound() {
        "Their message or call opens the window"
    } else {
        "They have not written: the window is closed, only a template may go out"
    }
}

pub fn outcome(outcome: Outcome) -> &'static str {
    match outcome {
        Outcome::Converted => "Converted",
        Outcome::Lost => "Lost",
        Outcome::HandedOver => "Handed over to a person",
    }
}

/// The word on the segment, and what it means.
pub fn way(way: Way) -> (&'static str, &'static str) {
    match way {
        Way::FreeForm => ("Free-form", "Anything you write, while the window is open"),
        Way::Template => ("Template", "A message that Meta approved, at any time"),
        Way::Either => ("Either", "Free-form while the window is open, the template otherwise"),
    }
}

pub fn media(kind: Media) -> &'static str {
    match kind {
        Media::Image => "Image",
        Media::Video => "Video",
        Media::Audio => "Audio",
        Media::Document => "Document",
        Media::Sticker => "Sticker",
    }
}

pub fn effect(effect: Option<Effect>) -> &'static str {
    match effect {
        None => "Same consent",
        Some(Effect::OptIn) => "Opts in",
        Some(Effect::OptOut) => "Opts out",
    }
}

pub fn output(out: &Output) -> String {
    match out {
        Output::Next => super::NEXT.to_owned(),
        Output::Reply(label) | Output::Case(label) => label.clone(),
        Output::Timeout => "No reply".to_owned(),
        Output::Yes => super::YES.to_owned(),
        Output::No => super::NO.to_owned(),
    }
}

pub fn target_of(out: &str) -> String {
    format!("{out} leads to")
}

pub fn go_to(step: &str) -> String {
    format!("Go to {step}")
}

pub fn list_rows(rows: &[String]) -> String {
    rows.join(" \u{b7} ")
}

pub fn template_line(template: &Template) -> String {
    format!("{} \u{b7} {}", template.language, template.status.word())
}

pub fn variable(name: &str) -> String {
    format!("{{{{{name}}}}}")
}

pub fn samples_left(names: &[String]) -> String {
    format!("Samples without a variable: {}", names.join(", "))
}

pub fn severity(severity: Severity) -> &'static str {
    match severity {
        Severity::Error => "Error",
        Severity::Warning => "Warning",
        Severity::Info => "Note",
    }
}

pub fn counted(count: usize, severity: Severity) -> String {
    let word = match severity {
        Severity::Error => "error",
        Severity::Warning => "warning",
        Severity::Info => "note",
    };
    many(count, word)
}

pub(super) fn many(count: usize, word: &str) -> String {
    match count {
        0 => format!("No {word}s"),
        1 => format!("1 {word}"),
        _ => format!("{count} {word}s"),
    }
}

pub fn problems(count: usize) -> String {
    many(count, "problem")
}

pub fn show_problems(counted: &str) -> String {
    format!("Show {counted}")
}

pub fn steps(count: usize, sending: usize) -> String {
    format!("{}, {sending} of them send", many(count, "step"))
}

/// What the window impact was counted from.
pub fn impact_counted(impact: WindowImpact) -> String {
    match impact {
        WindowImpact { sending: 0, .. } => "Nothing is sent yet".to_owned(),
        WindowImpact { closed: 0, .. } => "The window is open at every message".to_owned(),
        WindowImpact { closed, sending, .. } => {
            format!("At {closed} of {} the window is closed on some journey", many(sending, "message"))
        }
    }
}

pub fn templates(count: usize) -> String {
    many(count, "template")
}

pub fn selected(count: usize) -> String {
    format!("{count} steps")
}

pub fn messages_selected(count: usize) -> String {
    format!("For {}", many(count, "message"))
}

pub fn delete_steps(count: usize) -> String {
    format!("Delete {count} steps")
}

pub fn rates_of(market: &str) -> String {
    format!("Priced as {market}")
}

pub fn fix(title: &str) -> String {
    format!("Fix: {title}")
}

pub fn fold(code: &str) -> String {
    format!("Hide the details of {code}")
}

pub fn unfold(code: &str) -> String {
    format!("Show the details of {code}")
}

pub fn problem_row(code: &str, of: Severity, message: &str, place: &str) -> String {
    format!("{} {code}, {place}: {message}", severity(of))
}

pub fn place(funnel: &Funnel, place: &Place) -> String {
    match place {
        Place::Funnel => super::FUNNEL.to_owned(),
        Place::Step(id) => funnel.step(id).map_or_else(|| id.to_string(), |step| step.name().to_owned()),
        Place::Template(at) => funnel.templates.get(*at).map_or_else(String::new, |template| template.name.clone()),
    }
}

pub fn story_of(code: &str, place: &str) -> String {
    format!("{code}: {place}")
}

pub fn breaking_story(step: &str) -> String {
    format!("The journey that breaks {step}")
}

pub fn longest_story(step: &str) -> String {
    format!("The longest journey to {step}")
}

pub fn shows(what: &str, step: &str) -> String {
    format!("{what}: {step}")
}

/// What is proved of a step, with the numbers. `template` is the name of an approved template that it may send.
pub fn verdict_sentence(proof: &StepProof, window: Seconds, template: Option<&str>) -> String {
    if proof.verdict == Verdict::Unreachable {
        return "No journey comes here".to_owned();
    }
    let rest = template.map_or_else(String::new, |name| format!(". The template {name} may go out all the same"));
    let before = "before the person has written at all";
    let Some(range) = proof.since_inbound else { return format!("Sent {before}{rest}") };
    let when = match range.max {
        Some(Seconds::ZERO) => "right after the last message".to_owned(),
        Some(max) if max == range.min => format!("{} after the last message", max.spoken()),
        Some(max) => format!("{} to {} after the last message", range.min.spoken(), max.spoken()),
        None => format!("{} or longer after the last message, without an end", range.min.spoken()),
    };
    let also = if proof.before_inbound { format!(", or {before}") } else { String::new() };
    match (proof.verdict, range.max) {
        (Verdict::Inside, Some(max)) if max < window => {
            format!("Sent {when}{also}; {} to spare", Seconds(window.0 - max.0).spoken())
        }
        (Verdict::Inside, _) => format!("Sent {when}{also}; the window closes at {}", window.spoken()),
        _ => format!("Sent {when}{also}; the window closes at {}{rest}", window.spoken()),
    }
}

pub fn proved(sending: usize, policy: &str) -> String {
    match sending {
        0 => format!("Nothing is sent yet. Judged by {policy}"),
        1 => format!("Its message is allowed at the moment it is sent, on every possible journey: proved under {policy}"),
        _ => {
            format!(
                "All {sending} messages are allowed at the moment they are sent, on every possible journey: proved under {policy}"
            )
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::engine::{Consents, Range};
    use crate::model::StepId;

    fn proof(verdict: Verdict, range: Option<(i64, Option<i64>)>, before_inbound: bool) -> StepProof {
        StepProof {
            id: StepId::from("offer"),
            reachable: verdict != Verdict::Unreachable,
            verdict,
            since_inbound: range.map(|(min, max)| Range { min: Seconds(min), max: max.map(Seconds) }),
            since_entry: None,
            before_inbound,
            consents: Consents::default(),
            consents_outside: Consents::default(),
            unknown: None,
        }
    }

    #[test]
    fn a_verdict_says_its_numbers() {
        let day = Seconds::days(1);
        let sometimes = proof(Verdict::Sometimes, Some((14_400, Some(99_000))), false);
        assert_eq!(
            verdict_sentence(&sometimes, day, None),
            "Sent 4 h to 27 h 30 m after the last message; the window closes at 24 h"
        );
        let inside = proof(Verdict::Inside, Some((0, Some(72_000))), false);
        assert_eq!(verdict_sentence(&inside, day, Some("offer")), "Sent 0 s to 20 h after the last message; 4 h to spare");
        let never = proof(Verdict::Outside, None, true);
        assert_eq!(verdict_sentence(&never, day, None), "Sent before the person has written at all");
    }

    #[test]
    fn numbers_read_well() {
        assert_eq!(grouped(1_234_567), "1\u{202f}234\u{202f}567");
        assert_eq!(grouped(20), "20");
        assert_eq!(utc_offset(-10_800), "UTC-03:00");
        assert_eq!(duration_wrong("20"), "Say the unit: 20m, 20h or 20d");
    }
}
