//! The fields of the answer that a message waits for.

use egui::Ui;
use egui_material_icons::icons::{ICON_CALL_MERGE, ICON_QUERY_STATS, ICON_REPLY};

use crate::edit::Edit;
use crate::model::{Delay, Effect, Message, Reply, ReplyOption, Seconds, Send, Step, StepId, StepKind};
use crate::ui::Ask;
use crate::ui::words::{fitting, panels as words};

use super::content;
use super::form::{Bounds, Form, Spec, caption, head, hint, quiet_button};
use super::kept::Kept;

/// Paints them.
pub fn ui(ui: &mut Ui, form: &mut Form<'_>, kept: &mut Kept, id: &StepId, message: &mut Message) {
    let mut on = message.reply.is_some();
    let switched = head(ui, words::WAITS_FOR_REPLY, |ui| form.bare_switch(ui, words::WAITS_FOR_REPLY, &mut on));
    let taps = taps(form, &message.send);
    if switched {
        message.reply = match message.reply.take() {
            Some(reply) => {
                kept.replies.keep(id, reply);
                None
            }
            None => Some(kept.replies.last(id).unwrap_or_else(|| fresh(&taps))),
        };
    }
    let Some(reply) = &mut message.reply else {
        hint(ui, words::NO_REPLY_HELP);
        return;
    };
    options_ui(ui, form, reply);
    if taps.is_empty() && reply.options.iter().any(|option| option.label != words::ANY_REPLY) {
        hint(ui, words::FREE_ANSWERS);
        if reply.options.len() > 1 && quiet_button(ui, ICON_CALL_MERGE, words::ANY_REPLY_DO).clicked() {
            any_reply(form, id);
        }
    }
    let labels = reply.options.iter().map(|option| &option.label);
    if !taps.is_empty() && !labels.eq(taps.iter()) && quiet_button(ui, ICON_REPLY, words::USE_TAPS).clicked() {
        match reply.options.as_slice() {
            [only] if !taps.contains(&only.label) => instead_of_one(form, id, &taps),
            _ => {
                reply.options = taps.iter().map(|label| matching(reply, label)).collect();
                form.pressed();
            }
        }
    }
    form.percent(ui, words::CHANCE, &mut reply.chance).on_hover_text(words::CHANCE_HELP);
    delay_ui(ui, form, kept, id, &mut reply.delay);
    if quiet_button(ui, ICON_QUERY_STATS, fitting::FIT).on_hover_text(fitting::FIT_HELP).clicked() {
        form.outbox.ask(Ask::FitLog(id.clone()));
    }
    timeout_ui(ui, form, kept, id, &mut reply.timeout);
}

fn options_ui(ui: &mut Ui, form: &mut Form<'_>, reply: &mut Reply) {
    caption(ui, words::ANSWERS, None);
    let fresh = |all: &[ReplyOption]| {
        let taken = |label: &String| all.iter().any(|option| option.label == *label);
        let label = (all.len()..).map(|n| words::numbered(words::ANSWER, n)).find(|label| !taken(label));
        ReplyOption { label: label.unwrap_or_default(), share: 1.0, effect: None }
    };
    let line = |form: &mut Form<'_>, ui: &mut Ui, i: usize, options: &mut Vec<ReplyOption>| {
        let others: Vec<String> = labels_but(options, i);
        let name = words::part_of(words::ANSWER, i, words::LABEL);
        let read = |text: &str| unique(text, &others);
        form.bare_parsed(ui, &name, &mut options[i].label, Spec::default(), false, String::clone, read);
    };
    let more = |form: &mut Form<'_>, ui: &mut Ui, i: usize, options: &mut Vec<ReplyOption>| {
        let total: f64 = options.iter().map(|option| option.share).sum();
        let option = &mut options[i];
        ui.columns(2, |sides| {
            let name = words::part_of(words::ANSWER, i, words::SHARE);
            let unit = words::share_of(option.share, total);
            form.bare_weight(&mut sides[0], &name, &mut option.share, &unit).on_hover_text(words::SHARE_HELP);
            let name = words::part_of(words::ANSWER, i, words::EFFECT);
            let effects = [None, Some(Effect::OptIn), Some(Effect::OptOut)].map(|one| (one, words::effect(one)));
            form.bare_choice(&mut sides[1], &name, &mut option.effect, &effects, None);
        });
        ui.add_space(6.0);
    };
    form.lines_of(ui, words::ANSWER, &mut reply.options, Bounds::new(1, None), fresh, line, more);
}

fn labels_but(options: &[ReplyOption], i: usize) -> Vec<String> {
    options.iter().enumerate().filter(|(j, _)| *j != i).map(|(_, option)| option.label.clone()).collect()
}

/// A label names an output, so it is not empty and stands once.
pub fn unique(text: &str, others: &[String]) -> Result<String, String> {
    if text.trim().is_empty() {
        Err(words::LABEL_EMPTY.to_owned())
    } else if others.iter().any(|other| other == text) {
        Err(words::LABEL_TAKEN.to_owned())
    } else {
        Ok(text.to_owned())
    }
}

fn delay_ui(ui: &mut Ui, form: &mut Form<'_>, kept: &mut Kept, id: &StepId, delay: &mut Delay) {
    let mut kind = place(delay);
    let kinds: Vec<(usize, &str)> = words::DELAYS.iter().copied().enumerate().collect();
    if let Some(before) = form.choice(ui, words::DELAY, &mut kind, &kinds) {
        let kept = kept.delays.swap(id, (before, delay.clone()), kind);
        *delay = kept.unwrap_or_else(|| converted(delay, kind));
    }
    match delay {
        Delay::Fixed(length) => {
            form.duration(ui, words::AFTER, length);
        }
        Delay::Uniform { min, max } => {
            let (low, high) = (*min, *max);
            form.duration_if(ui, words::FROM, min, |length| at_most(length, high, words::TO));
            form.duration_if(ui, words::TO, max, |length| at_least(length, low, words::FROM));
        }
        Delay::Exponential { mean } => {
            form.duration(ui, words::MEAN, mean);
        }
        Delay::LogNormal { median, p90 } | Delay::Weibull { median, p90 } => {
            let (half, most) = (*median, *p90);
            let middle = form.duration_if(ui, words::MEDIAN, median, |length| at_most(length, most, words::P90));
            middle.on_hover_text(words::MEDIAN_HELP);
            let slow = form.duration_if(ui, words::P90, p90, |length| at_least(length, half, words::MEDIAN));
            slow.on_hover_text(words::P90_HELP);
        }
        Delay::Empirical(points) => points_ui(ui, form, points),
    }
}

/// Points rise in both directions, so a value that would cross its neighbour stays in its field with a word.
fn points_ui(ui: &mut Ui, form: &mut Form<'_>, points: &mut Vec<(Seconds, f64)>) {
    caption(ui, words::POINTS, None);
    let fresh = |all: &[(Seconds, f64)]| {
        let after = |last: &(Seconds, f64)| (last.0 + last.0.max(Seconds::minutes(1)), 1.0);
        all.last().map_or((Seconds::minutes(5), 0.5), after)
    };
    let line = |form: &mut Form<'_>, ui: &mut Ui, i: usize, points: &mut Vec<(Seconds, f64)>| {
        let before = i.checked_sub(1).map(|i| points[i]);
        let after = points.get(i + 1).copied();
        ui.columns(2, |sides| {
            form.within_named(words::numbered(words::POINT, i), |form| {
                let later = |length: Seconds| before.is_none_or(|point| point.0 < length);
                let sooner = |length: Seconds| after.is_none_or(|point| length < point.0);
                let fits =
                    |length| if later(length) && sooner(length) { Ok(()) } else { Err(words::POINT_TIME_WRONG.to_owned()) };
                let name = words::part_of(words::POINT, i, words::WITHIN);
                form.bare_duration_if(&mut sides[0], &name, &mut points[i].0, fits);
                let (low, high) = (before.map_or(0.0, |point| point.1), after.map_or(1.0, |point| point.1));
                let name = words::part_of(words::POINT, i, words::HAVE_ANSWERED);
                form.bare_percent_in(&mut sides[1], &name, &mut points[i].1, low..=high);
            });
        });
    };
    let bounds = Bounds { fewest: 1, most: None, sorted: true };
    form.lines_of(ui, words::POINT, points, bounds, fresh, line, |_, _, _, _| ());
}

fn at_most(length: Seconds, most: Seconds, name: &str) -> Result<(), String> {
    if length <= most { Ok(()) } else { Err(words::at_most(name, most)) }
}

fn at_least(length: Seconds, least: Seconds, name: &str) -> Result<(), String> {
    if length >= least { Ok(()) } else { Err(words::at_least(name, least)) }
}

fn timeout_ui(ui: &mut Ui, form: &mut Form<'_>, kept: &mut Kept, id: &StepId, timeout: &mut Option<Seconds>) {
    let mut on = timeout.is_some();
    if form.switch(ui, words::TIMEOUT_ON, &mut on) {
        *timeout = match timeout.take() {
            Some(length) => {
                kept.timeouts.keep(id, length);
                None
            }
            None => Some(kept.timeouts.last(id).unwrap_or(Seconds::hours(12))),
        };
    }
    match timeout {
        Some(length) => {
            form.duration(ui, words::TIMEOUT, length);
        }
        None => {
            hint(ui, words::NO_TIMEOUT_HELP);
        }
    }
}

/// The answers that a step tells apart; none where any will do.
pub fn told_apart(message: &Message) -> Vec<String> {
    let options = message.reply.iter().flat_map(|reply| &reply.options).map(|option| option.label.clone());
    options.filter(|label| label != words::ANY_REPLY).collect()
}

/// Answers that are the buttons stay the buttons: they are renamed, added and removed with them, in the same undo step.
/// `before` is what could be tapped before this frame. Where nothing can be tapped any more the answers stay as they are,
/// since links hang on them.
pub fn follow_taps(form: &Form<'_>, kept: &mut Kept, id: &StepId, message: &mut Message, before: &[String]) {
    let after = taps(form, &message.send);
    let Some(reply) = &mut message.reply else { return };
    let labels = |reply: &Reply| reply.options.iter().map(|option| option.label.clone()).collect::<Vec<_>>();
    let now = labels(reply);
    if !before.is_empty() && now == before && kept.tapped.get(id) != Some(&now) {
        kept.tapped.insert(id.clone(), now.clone());
    }
    // While a label is retyped it may be empty for a moment; the answers wait for the next one that can be theirs.
    let sound = after.iter().enumerate().all(|(i, label)| unique(label, &after[..i]).is_ok());
    if after == before || after.is_empty() || !sound || kept.tapped.get(id) != Some(&now) {
        return;
    }
    let renamed = |i: usize, label: &String| match reply.options.get(i).filter(|_| now.len() == after.len()) {
        Some(option) if !after.contains(&option.label) => ReplyOption { label: label.clone(), ..option.clone() },
        _ => matching(reply, label),
    };
    reply.options = after.iter().enumerate().map(|(i, label)| renamed(i, label)).collect();
    kept.tapped.insert(id.clone(), after);
}

/// Makes any reply one answer, which leads where the first one led: one undo step.
fn any_reply(form: &mut Form<'_>, id: &StepId) {
    // First the others go, then the one that is left is renamed, so that its link stays.
    let first = |reply: &mut Reply| reply.options.truncate(1);
    let then = |reply: &mut Reply| {
        reply.options.truncate(1);
        reply.options.iter_mut().for_each(|option| words::ANY_REPLY.clone_into(&mut option.label));
    };
    in_turn(form, id, words::ANY_REPLY_DO, &[&first, &then]);
}

/// Puts these answers in the place of the only one, whose link goes to the first of them: one undo step.
fn instead_of_one(form: &mut Form<'_>, id: &StepId, taps: &[String]) {
    let first = |reply: &mut Reply| {
        let names = reply.options.iter_mut().zip(taps);
        names.for_each(|(option, label)| label.clone_into(&mut option.label));
    };
    let then = |reply: &mut Reply| {
        first(reply);
        reply.options = taps.iter().map(|label| matching(reply, label)).collect();
    };
    in_turn(form, id, words::USE_TAPS, &[&first, &then]);
}

/// Changes the reply of a step in several ways in turn, so that its links follow each: one undo step.
fn in_turn(form: &mut Form<'_>, id: &StepId, label: &str, ways: &[&dyn Fn(&mut Reply)]) {
    let Some(step) = form.view.session.funnel().step(id) else { return };
    let edits = ways.iter().map(|change| {
        let mut step = Step::clone(step);
        if let StepKind::Message(Message { reply: Some(reply), .. }) = &mut step.kind {
            change(reply);
        }
        Edit::ReplaceStep(step)
    });
    form.outbox.edit(Edit::Together { label: label.to_owned(), edits: edits.collect() });
}

/// What the person may tap: buttons or rows of the content, quick replies of the template.
pub fn taps(form: &Form<'_>, send: &Send) -> Vec<String> {
    let own = send.content().map(content::answers).unwrap_or_default();
    if !own.is_empty() {
        return own.to_vec();
    }
    let template = send.template().and_then(|name| form.view.session.funnel().template(name));
    let buttons = template.map(|template| template.buttons.as_slice()).unwrap_or_default();
    let quick = |button: &crate::model::Button| match button {
        crate::model::Button::QuickReply(label) => Some(label.clone()),
        _ => None,
    };
    buttons.iter().filter_map(quick).collect()
}

fn matching(reply: &Reply, label: &str) -> ReplyOption {
    let known = reply.options.iter().find(|option| option.label == label).cloned();
    known.unwrap_or_else(|| ReplyOption { label: label.to_owned(), share: 1.0, effect: None })
}

fn fresh(taps: &[String]) -> Reply {
    let any = [words::ANY_REPLY.to_owned()];
    let labels = if taps.is_empty() { &any[..] } else { taps };
    Reply {
        options: labels.iter().map(|label| ReplyOption { label: label.clone(), share: 1.0, effect: None }).collect(),
        chance: 0.6,
        delay: Delay::LogNormal { median: Seconds::minutes(10), p90: Seconds::hours(4) },
        timeout: Some(Seconds::hours(12)),
    }
}

fn place(delay: &Delay) -> usize {
    match delay {
        Delay::Fixed(_) => 0,
        Delay::Uniform { .. } => 1,
        Delay::Exponential { .. } => 2,
        Delay::LogNormal { .. } => 3,
        Delay::Weibull { .. } => 4,
        Delay::Empirical(_) => 5,
    }
}

/// Another kind of delay that begins with what the former said of the middle and of the slow.
fn converted(delay: &Delay, kind: usize) -> Delay {
    let (middle, slow) = match delay {
        Delay::Fixed(length) => (*length, *length + *length),
        Delay::Uniform { min, max } => (*min, *max),
        Delay::Exponential { mean } => (*mean, *mean + *mean),
        Delay::LogNormal { median, p90 } | Delay::Weibull { median, p90 } => (*median, *p90),
        Delay::Empirical(points) => {
            (points.first().map_or(Seconds::minutes(5), |p| p.0), points.last().map_or(Seconds::hours(1), |p| p.0))
        }
    };
    match kind {
        0 => Delay::Fixed(middle),
        1 => Delay::Uniform { min: middle, max: slow },
        2 => Delay::Exponential { mean: middle },
        4 => Delay::Weibull { median: middle, p90: slow },
        5 if middle < slow => Delay::Empirical(vec![(middle, 0.5), (slow, 0.9)]),
        5 => Delay::Empirical(vec![(middle, 1.0)]),
        _ => Delay::LogNormal { median: middle, p90: slow },
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_kind_of_delay_is_made_as_itself() {
        for from in 0..words::DELAYS.len() {
            let start = converted(&Delay::Fixed(Seconds::minutes(5)), from);
            for to in 0..words::DELAYS.len() {
                assert_eq!(place(&converted(&start, to)), to);
            }
        }
    }

    #[test]
    fn a_label_names_one_output() {
        let others = ["Yes".to_owned()];
        assert!(unique("", &others).is_err() && unique(" ", &others).is_err() && unique("Yes", &others).is_err());
        assert_eq!(unique("Yes, please", &others), Ok("Yes, please".to_owned()));
    }
}
