//! What the timeline shows of a journey: questions, sends, waits, windows, as plain values. Names no pixel.

use std::collections::BTreeMap;

use crate::engine::{Ending, Journey, What};
use crate::model::{Branch, Channel, Funnel, Output, Scenario, Seconds, Sent, Status, Step, StepId, StepKind};
use crate::policy::{Policy, Ternary};
use crate::ui::words::timeline as words;

/// What became of a question.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Came {
    /// It was answered in time.
    Answered,
    /// Its timeout passed.
    TimedOut,
    /// The person stays there for good.
    Never,
}

/// A step that asked and waited.
#[derive(Debug, Clone, PartialEq)]
pub struct Question {
    /// The step.
    pub step: StepId,
    /// What it is called.
    pub title: String,
    /// How often the step had asked before.
    pub visit: usize,
    /// When it asked, since entry.
    pub asked: Seconds,
    /// What became of it.
    pub came: Came,
    /// What was answered.
    pub label: Option<String>,
    /// How long the person took.
    pub after: Option<Seconds>,
    /// How long is waited for an answer.
    pub timeout: Option<Seconds>,
    /// What can be answered.
    pub options: Vec<String>,
}

/// How a mark of the business row is meant.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Tone {
    /// Sent free-form.
    FreeForm,
    /// Sent as a template.
    Template,
    /// It went out as far as the window goes, but something else stands against it.
    Doubtful,
    /// It could not go out.
    Blocked,
    /// It sends nothing: a branch, an exit.
    Quiet,
}

/// Something that the business did, or where the journey went.
#[derive(Debug, Clone, PartialEq)]
pub struct Mark {
    /// When, since entry.
    pub at: Seconds,
    /// The step.
    pub step: StepId,
    /// What stands on it.
    pub text: String,
    /// Its name for those who do not see it, with all that its looks say.
    pub name: String,
    /// How it is meant.
    pub tone: Tone,
    /// Why it could not go out, or may not.
    pub reason: Option<String>,
    /// What it is.
    pub is: Is,
}

/// What a mark is.
#[derive(Debug, Clone, PartialEq)]
pub enum Is {
    /// A step that sends.
    Send,
    /// A branch: the ways that a person can choose, which one was taken, and the ways taken at earlier visits.
    Branch { choices: Vec<Output>, taken: Output, visit: usize, earlier: Vec<Output> },
    /// The end.
    End,
}

/// A stretch in which the funnel waits.
#[derive(Debug, Clone, PartialEq)]
pub struct Waiting {
    /// From, since entry.
    pub from: Seconds,
    /// To, since entry.
    pub to: Seconds,
    /// The step.
    pub step: StepId,
    /// What it is called.
    pub title: String,
}

/// Everything that is drawn of a journey.
#[derive(Debug, Clone, PartialEq)]
pub struct Scene {
    /// The questions, in order.
    pub questions: Vec<Question>,
    /// The marks of the business row, in order.
    pub marks: Vec<Mark>,
    /// The waits, in order.
    pub waits: Vec<Waiting>,
    /// What the person wrote unasked, in order.
    pub unprompted: Vec<Seconds>,
    /// The spans in which the window is open.
    pub windows: Vec<(Seconds, Seconds)>,
    /// The guaranteed span of the free entry point.
    pub free_entry: Option<(Seconds, Seconds)>,
    /// The entry, where there is one.
    pub entry: Option<(StepId, String)>,
    /// When the last thing happens.
    pub last: Seconds,
}

impl Scene {
    /// The scene of a journey.
    pub fn of(journey: &Journey, funnel: &Funnel, policy: &Policy) -> Self {
        let (moments, steps) = (&journey.moments, &Steps::of(funnel));
        let entry = moments.first().filter(|moment| moment.what == What::Entry);
        let waits = moments.iter().filter_map(|moment| match moment.what {
            What::Waited { from } if from < moment.at => {
                Some(Waiting { from, to: moment.at, step: moment.step.clone(), title: steps.name(&moment.step) })
            }
            _ => None,
        });
        Self {
            questions: questions(journey, steps),
            marks: marks(journey, funnel, steps, policy),
            waits: waits.collect(),
            unprompted: moments.iter().filter(|moment| moment.what == What::Unprompted).map(|moment| moment.at).collect(),
            windows: journey.windows(policy),
            free_entry: free_entry(journey, funnel, policy),
            entry: entry.map(|moment| (moment.step.clone(), steps.name(&moment.step))),
            last: moments.iter().map(|moment| moment.at).max().unwrap_or_default(),
        }
    }

    /// Everything that happens, for folding what lies between.
    pub fn moments(&self) -> Vec<Seconds> {
        let mut moments = vec![Seconds::ZERO, self.last, self.end()];
        moments.extend(self.marks.iter().map(|mark| mark.at));
        moments.extend(self.unprompted.iter().copied());
        moments.extend(self.waits.iter().flat_map(|wait| [wait.from, wait.to]));
        for question in &self.questions {
            moments.push(question.asked);
            moments.extend(question.ends().map(|after| question.asked + after));
        }
        moments.sort_unstable();
        moments.dedup();
        moments
    }

    /// The last moment that means anything: the window may close, or an answer come too late, after all has happened.
    pub fn end(&self) -> Seconds {
        let windows = self.windows.iter().map(|window| window.1);
        let timeouts = self.questions.iter().filter_map(|question| Some(question.asked + question.timeout?));
        windows.chain(timeouts).chain(self.free_entry.map(|span| span.1)).fold(self.last, Seconds::max)
    }

    /// What a person steps through with the arrow keys.
    pub fn events(&self) -> Vec<Seconds> {
        let mut events = vec![Seconds::ZERO];
        events.extend(self.marks.iter().map(|mark| mark.at));
        events.extend(self.unprompted.iter().copied());
        events.extend(self.questions.iter().filter_map(|question| Some(question.asked + question.ends()?)));
        events.extend(self.windows.iter().map(|window| window.1));
        events.sort_unstable();
        events.dedup();
        events
    }

    /// From when to when these steps do something; `None` where the story has none of them.
    pub fn span(&self, steps: &[StepId]) -> Option<(Seconds, Seconds)> {
        const LEAST: Seconds = Seconds::minutes(10);
        let of = |step: &StepId| steps.contains(step);
        let marks = self.marks.iter().filter(|mark| of(&mark.step)).map(|mark| (mark.at, mark.at));
        let waits = self.waits.iter().filter(|wait| of(&wait.step)).map(|wait| (wait.from, wait.to));
        let questions = self.questions.iter().filter(|question| of(&question.step));
        let asked = questions.map(|question| (question.asked, question.asked + question.ends().unwrap_or_default()));
        let entry = self.entry.iter().filter(|(step, _)| of(step)).map(|_| (Seconds::ZERO, Seconds::ZERO));
        let spans = marks.chain(waits).chain(asked).chain(entry);
        let (from, to) = spans.reduce(|one, other| (one.0.min(other.0), one.1.max(other.1)))?;
        Some(if to - from < LEAST { ((from - LEAST).max(Seconds::ZERO), to + LEAST) } else { (from, to) })
    }

    /// When the window that was open at this moment closes, if nothing more is written.
    pub fn closes_after(&self, asked: Seconds, window: Seconds) -> Option<Seconds> {
        let entry = self.windows.first().filter(|first| first.0 == Seconds::ZERO).map(|_| Seconds::ZERO);
        let answers = self.questions.iter().filter_map(|question| Some(question.asked + question.after?));
        let written = entry.into_iter().chain(answers).chain(self.unprompted.iter().copied());
        written.filter(|at| *at <= asked).max().map(|at| at + window)
    }

    /// How long the window stays open at this moment; `None` while it is closed.
    pub fn window_left(&self, at: Seconds) -> Option<Seconds> {
        self.windows.iter().find(|(from, to)| *from <= at && at < *to).map(|(_, to)| *to - at)
    }
}

impl Question {
    /// How long after asking it was settled, by an answer or the timeout.
    pub fn ends(&self) -> Option<Seconds> {
        self.after.or(self.timeout)
    }

    /// What the scenario says that the person answers here, even if too late.
    pub fn said<'s>(&self, scenario: &'s Scenario) -> Option<&'s crate::model::Answer> {
        scenario.answers.iter().filter(|answer| answer.step == self.step).nth(self.visit)
    }
}

/// The questions of a journey, in order.
fn questions(journey: &Journey, steps: &Steps<'_>) -> Vec<Question> {
    let mut questions: Vec<Question> = Vec::new();
    let mut visits: BTreeMap<&StepId, usize> = BTreeMap::new();
    for moment in &journey.moments {
        let (asked, label) = match &moment.what {
            What::Reply { label, asked } => (*asked, Some(label.clone())),
            What::Timeout { asked } => (*asked, None),
            _ => continue,
        };
        let came = if label.is_some() { Came::Answered } else { Came::TimedOut };
        let after = label.is_some().then(|| moment.at - asked);
        questions.push(question(steps, &moment.step, visits.entry(&moment.step).or_default(), (asked, came), label, after));
    }
    if let Ending::Waiting(step) = &journey.ending {
        let asked = journey.moments.iter().rev().find(|moment| moment.step == *step && matches!(moment.what, What::Sent(_)));
        let asked = asked.map(|moment| moment.at).unwrap_or_default();
        questions.push(question(steps, step, visits.entry(step).or_default(), (asked, Came::Never), None, None));
    }
    questions
}

/// One question; `visits` counts how often its step has asked so far.
fn question(
    steps: &Steps<'_>,
    step: &StepId,
    visits: &mut usize,
    (asked, came): (Seconds, Came),
    label: Option<String>,
    after: Option<Seconds>,
) -> Question {
    let reply = steps.get(step).and_then(|step| step.message()?.reply.as_ref());
    let visit = *visits;
    *visits += 1;
    Question {
        step: step.clone(),
        title: steps.name(step),
        visit,
        asked,
        came,
        label,
        after,
        timeout: reply.and_then(|reply| reply.timeout),
        options: reply.map(|reply| reply.options.iter().map(|option| option.label.clone()).collect()).unwrap_or_default(),
    }
}

fn marks(journey: &Journey, funnel: &Funnel, steps: &Steps<'_>, policy: &Policy) -> Vec<Mark> {
    let mut marks = Vec::new();
    let mut taken: Vec<(&StepId, Output)> = Vec::new();
    for moment in &journey.moments {
        let title = steps.name(&moment.step);
        let mark = |text: String, name: String, tone, reason, is| Mark {
            at: moment.at,
            step: moment.step.clone(),
            text,
            name,
            tone,
            reason,
            is,
        };
        match &moment.what {
            What::Sent(sent) => {
                let (tone, reason) = judged(*sent, moment.since_inbound, funnel, policy, steps.get(&moment.step));
                let name = words::sent_name(&title, *sent, moment.since_inbound, reason.as_deref());
                marks.push(mark(title, name, tone, reason, Is::Send));
            }
            What::Branch(out) => {
                let choices = choices(steps.get(&moment.step));
                let earlier: Vec<Output> =
                    taken.iter().filter(|(step, _)| **step == moment.step).map(|(_, out)| out.clone()).collect();
                let is = Is::Branch { choices, taken: out.clone(), visit: earlier.len(), earlier };
                let way = words::way(out);
                marks.push(mark(words::branch(&title, &way), words::branch_name(&title, &way), Tone::Quiet, None, is));
                taken.push((&moment.step, out.clone()));
            }
            What::Exit(outcome) => {
                let name = words::exit_name(&title, *outcome);
                marks.push(mark(title, name, Tone::Quiet, None, Is::End));
            }
            _ => {}
        }
    }
    let last = journey.moments.iter().map(|moment| moment.at).max().unwrap_or_default();
    let stop = match &journey.ending {
        Ending::Loose(step, out) => Some((step, words::loose(&steps.name(step), &words::way(out)))),
        Ending::Endless(step) => Some((step, words::endless(&steps.name(step)))),
        Ending::Exit(_) | Ending::Waiting(_) | Ending::NoEntry => None,
    };
    if let Some((step, reason)) = stop {
        marks.push(Mark {
            at: last,
            step: step.clone(),
            text: words::ENDS_HERE.to_owned(),
            name: reason.clone(),
            tone: Tone::Doubtful,
            reason: Some(reason),
            is: Is::End,
        });
    }
    marks
}

/// How a send is meant, and what stands against it in words.
fn judged(
    sent: Sent,
    since_inbound: Option<Seconds>,
    funnel: &Funnel,
    policy: &Policy,
    step: Option<&Step>,
) -> (Tone, Option<String>) {
    let template = step.and_then(|step| step.message()?.send.template());
    let open = since_inbound.is_some_and(|since| since < policy.window.length);
    let against = template.and_then(|name| match funnel.template(name) {
        None => Some(words::missing(name)),
        Some(template) if template.status != Status::Approved => Some(words::unapproved(name)),
        Some(_) => None,
    });
    match (sent, against) {
        (Sent::FreeForm | Sent::NotReached, _) => (Tone::FreeForm, None),
        (Sent::Blocked, _) => (Tone::Blocked, Some(words::only_template(since_inbound))),
        (Sent::Template, None) => (Tone::Template, None),
        (Sent::Template, Some(against)) if open => (Tone::Doubtful, Some(against)),
        (Sent::Template, Some(against)) => (Tone::Blocked, Some(words::and(&words::only_template(since_inbound), &against))),
    }
}

/// The ways that a person can be sent at this step; none where the journey itself decides.
fn choices(step: Option<&Step>) -> Vec<Output> {
    let Some(step) = step else { return Vec::new() };
    match &step.kind {
        StepKind::Branch(Branch::Split(_) | Branch::Attribute { .. }) => step.outputs(),
        _ => Vec::new(),
    }
}

/// The span that the free entry point is sure to last, from the first message that could go out in time.
fn free_entry(journey: &Journey, funnel: &Funnel, policy: &Policy) -> Option<(Seconds, Seconds)> {
    let entry = funnel.step(&journey.moments.first()?.step)?;
    let StepKind::Entry { channel, .. } = &entry.kind else { return None };
    let rules = &policy.free_entry_point;
    let triggers = match channel {
        Channel::ClickToWhatsAppAd => rules.triggers.click_to_whatsapp_ad,
        Channel::PageCallToAction => rules.triggers.page_call_to_action,
        _ => return None,
    };
    let answered = journey
        .moments
        .iter()
        .find(|moment| matches!(moment.what, What::Sent(Sent::FreeForm | Sent::Template)))
        .filter(|moment| triggers == Ternary::Yes && moment.at <= rules.reply_within)?;
    Some((answered.at, answered.at + rules.guaranteed))
}

/// The steps of a funnel by their ids: a long journey names very many.
struct Steps<'f>(BTreeMap<&'f StepId, &'f Step>);

impl<'f> Steps<'f> {
    fn of(funnel: &'f Funnel) -> Self {
        Self(funnel.steps.iter().map(|step| (&step.id, &**step)).collect())
    }

    fn get(&self, id: &StepId) -> Option<&'f Step> {
        self.0.get(id).copied()
    }

    fn name(&self, id: &StepId) -> String {
        self.get(id).map_or_else(|| id.to_string(), |step| step.name().to_owned())
    }
}
