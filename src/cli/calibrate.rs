//! `transom calibrate`: the reply times of a question, from a log of what people did.

use std::path::{Path, PathBuf};

use super::fmt::would_lose;
use super::judging::loaded;
use super::{Status, complain, console};
use crate::edit::{self, Edit};
use crate::engine::Clock;
use crate::engine::calibrate::{Calibration, FEWEST_ANSWERS, Fit, Kind, Observation, POOR, Survival, TooFew, calibrate};
use crate::file::{self, ReadError, SentMessage};
use crate::model::{Funnel, LocalTime, Message, Seconds, Step, StepId, StepKind};
use crate::report;

/// What `calibrate` takes.
#[derive(Debug, clap::Args)]
pub struct Arguments {
    /// The log: CSV with the columns sent_at and replied_at (empty where nobody answered), in the audience's local time.
    #[arg(value_name = "LOG.csv")]
    log: PathBuf,
    /// The funnel to write into.
    #[arg(long, value_name = "FILE")]
    into: PathBuf,
    /// The question that the log is of.
    #[arg(long, value_name = "ID")]
    step: String,
    /// When the log ends: what was not answered by then may be answered later. Else its last moment.
    #[arg(long, value_name = "LOCAL-TIME")]
    cutoff: Option<LocalTime>,
    /// Write nothing; only say what the log says.
    #[arg(long)]
    dry_run: bool,
    /// Write even where a comment cannot be kept.
    #[arg(long)]
    drop_comments: bool,
}

/// The times at which the fit is held against the log.
const LOOKED_AT: [Seconds; 6] =
    [Seconds::minutes(5), Seconds::hours(1), Seconds::hours(4), Seconds::hours(12), Seconds::hours(24), Seconds::days(3)];

/// Fits the law and writes it into the step.
pub fn run(arguments: &Arguments) -> Status {
    calibrated(arguments).unwrap_or(Status::Failed)
}

/// What a log says.
#[derive(Debug, Clone)]
pub struct Heard {
    /// How many messages were answered.
    pub answered: usize,
    /// How many were not, or not yet.
    pub silent: usize,
    /// How long each of those was followed, the shortest first.
    pub silent_for: Vec<Seconds>,
    /// The share that has answered by each time.
    pub survival: Survival,
    /// The law that fits best, where there are enough answers.
    pub calibration: Result<Calibration, TooFew>,
}

impl Heard {
    /// How long the longest message was followed.
    pub fn longest(&self) -> Seconds {
        let answered = self.survival.points().last().map_or(Seconds::ZERO, |point| point.0);
        self.silent_for.last().map_or(answered, |silent| answered.max(*silent))
    }
}

/// Reads a log in the local time of a zone, and fits a law to it.
///
/// # Errors
/// Where it cannot be read: what is wrong, and at which line and column.
pub fn heard(log: &Path, zone: &str, cutoff: Option<LocalTime>) -> Result<Heard, ReadError> {
    let text = file::text_of(log)?;
    let messages = file::replies(&text, &log.display().to_string())?;
    let seen = observed(&messages, cutoff, &Clock::of(zone).unwrap_or(Clock::utc()));
    let mut silent_for: Vec<Seconds> = seen.iter().filter(|one| !one.answered).map(|one| one.length).collect();
    silent_for.sort_unstable();
    let silent = silent_for.len();
    let survival = Survival::of(&seen);
    Ok(Heard { answered: seen.len() - silent, silent, silent_for, survival, calibration: calibrate(&seen) })
}

/// `None` after having said why it cannot be.
fn calibrated(arguments: &Arguments) -> Option<Status> {
    let unreadable = |error| complain(&report::unreadable(&error));
    let funnel = loaded(&arguments.into)?;
    let step = question(&arguments.into, &funnel.document.funnel, &arguments.step)?;
    let zone = &funnel.document.funnel.audience.timezone;
    let heard = heard(&arguments.log, zone, arguments.cutoff).map_err(unreadable).ok()?;
    let calibration = heard.calibration.map_err(|few| complain(&too_few(&arguments.log, few.0))).ok()?;
    let said = console::print(&in_words(&step, &calibration));
    if arguments.dry_run {
        return Some(said);
    }
    let edit = Edit::ReplaceStep(with(&step, &calibration.fit));
    let refused = |refusal: edit::Refusal| complain(&format!("{}: {refusal}\n", arguments.into.display()));
    let after = edit::apply(&funnel.laid_out(), &edit).map_err(refused).ok()?;
    let lost = funnel.remarks.lost(&after);
    if !lost.is_empty() && !arguments.drop_comments {
        complain(&would_lose(&arguments.into, &lost, "--drop-comments writes without them"));
        return None;
    }
    let text = file::write(&after, &funnel.remarks);
    file::save(&arguments.into, &text).map_err(|error| complain(&format!("{error}\n"))).ok()?;
    Some(said.and(console::print(&format!("{}: written into *{}*\n", arguments.into.display(), step.name()))))
}

/// The step of this id, which must wait for an answer.
fn question(path: &Path, funnel: &Funnel, id: &str) -> Option<Step> {
    let asks = |step: &Step| step.message().is_some_and(|message| message.reply.is_some());
    let found = funnel.step(&StepId::from(id));
    if let Some(step) = found.filter(|step| asks(step)) {
        return Some((**step).clone());
    }
    let wrong = if found.is_some() { "waits for no answer" } else { "is not in this funnel" };
    let questions = funnel.steps.iter().filter(|step| asks(step)).map(|step| step.id.as_str());
    let right = match file::nearest(id, questions.clone()) {
        Some(near) => format!("did you mean `{near}`?"),
        None => format!("its questions are {}", questions.collect::<Vec<_>>().join(", ")),
    };
    complain(&format!("{}: the step `{id}` {wrong}; {right}\n", path.display()));
    None
}

/// How long each message was followed, up to the end of the log. Messages after it are none of it.
fn observed(messages: &[SentMessage], cutoff: Option<LocalTime>, clock: &Clock) -> Vec<Observation> {
    let times = messages.iter().flat_map(|message| [Some(message.sent), message.replied]).flatten();
    let Some(end) = cutoff.or(times.max()).map(|end| clock.instant_of(end)) else { return Vec::new() };
    let observed =
        messages.iter().map(|message| (clock.instant_of(message.sent), message.replied)).filter_map(|(sent, replied)| {
            let replied = replied.map(|replied| clock.instant_of(replied)).filter(|replied| *replied <= end);
            let length = Seconds((replied.unwrap_or(end) - sent).max(0));
            (sent <= end).then_some(Observation { length, answered: replied.is_some() })
        });
    observed.collect()
}

/// The question with what the log says of its answers.
pub fn with(step: &Step, fit: &Fit) -> Step {
    let mut step = step.clone();
    if let StepKind::Message(Message { reply: Some(reply), .. }) = &mut step.kind {
        reply.chance = (fit.chance * 1000.0).round() / 1000.0;
        reply.delay = fit.delay();
    }
    step
}

fn too_few(log: &Path, answers: usize) -> String {
    format!(
        "{}: there are {answers} answers, and {FEWEST_ANSWERS} are needed to tell how long people take; nothing was written\n",
        log.display()
    )
}

/// The law: `log-normal: 70.1 % ever answer (± 0.5), half of them within 12 m (± 3 %), nine in ten within 1 h 46 m`
pub fn law_in_words(Calibration { fit, .. }: &Calibration) -> String {
    let spoken = |seconds: f64| Seconds(seconds.round() as i64).spoken();
    format!(
        "{}: {:.1} % ever answer (± {:.1}), half of them within {} (± {:.0} %), nine in ten within {}",
        name(fit.kind),
        100.0 * fit.chance,
        100.0 * fit.chance_error,
        spoken(fit.median),
        100.0 * fit.median_error,
        spoken(fit.p90),
    )
}

/// How good the fit is, beside the other law.
pub fn quality_in_words(Calibration { fit, other, .. }: &Calibration) -> String {
    format!(
        "at most {:.1} % off the log; AIC {:.1}, {} {:.1} ({:.1} % off)",
        100.0 * fit.distance,
        fit.aic,
        name(other.kind),
        other.aic,
        100.0 * other.distance,
    )
}

/// Said of a fit that is a poor one.
pub const POOR_FIT: &str = "Neither law fits well: look at the log before you rely on this";

fn in_words(step: &Step, calibration: &Calibration) -> String {
    let Calibration { answered, silent, fit, survival, .. } = calibration;
    let mut text = format!("*{}*: {} messages, {answered} answered\n", step.name(), answered + silent);
    text +=
        &format!("{}\n{}\n\n  answered within    log    fit\n", law_in_words(calibration), quality_in_words(calibration));
    // Beyond its last answer a log says nothing.
    let last = survival.points().last().map_or(Seconds::ZERO, |point| point.0);
    for time in LOOKED_AT.into_iter().filter(|time| *time <= last) {
        let (log, law) = (survival.answered_by(time), fit.answered_by(time.0 as f64 + 1.0));
        text += &format!("  {:>15}  {:>4.1} %  {:>3.1} %\n", time.spoken(), 100.0 * log, 100.0 * law);
    }
    if fit.distance > POOR {
        text += &format!("\n{POOR_FIT}\n");
    }
    text
}

fn name(kind: Kind) -> &'static str {
    match kind {
        Kind::LogNormal => "log-normal",
        Kind::Weibull => "Weibull",
    }
}
