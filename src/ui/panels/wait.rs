//! The fields of a wait.

use egui::Ui;
use indexmap::IndexSet;

use crate::model::{Seconds, StepId, Wait};
use crate::ui::words::panels as words;

use super::form::{Form, note};
use super::kept::Kept;
use super::step::clock;

/// Paints them.
pub fn ui(ui: &mut Ui, form: &mut Form<'_>, kept: &mut Kept, id: &StepId, wait: &mut Wait) {
    let mut kind = place(wait);
    let kinds: Vec<(usize, &str)> = words::WAITS.iter().copied().enumerate().collect();
    if let Some(before) = form.choice(ui, words::WAIT_KIND, &mut kind, &kinds) {
        let kept = kept.waits.swap(id, (before, wait.clone()), kind);
        *wait = kept.unwrap_or_else(|| fresh(form, kind));
    }
    match wait {
        Wait::For(length) => {
            form.duration(ui, words::LENGTH, length);
        }
        Wait::Until { time, days } => {
            form.time_of_day(ui, words::TIME, time);
            form.days(ui, words::DAYS, days);
        }
        Wait::Date(moment) => form.local_time(ui, words::DATE, moment),
        Wait::SendHours { from, to, days } => {
            form.hours(ui, words::HOURS, from, to);
            form.days(ui, words::DAYS, days);
        }
    }
    note(ui, words::WAITS_HELP[place(wait)]);
}

fn place(wait: &Wait) -> usize {
    match wait {
        Wait::For(_) => 0,
        Wait::Until { .. } => 1,
        Wait::Date(_) => 2,
        Wait::SendHours { .. } => 3,
    }
}

fn fresh(form: &Form<'_>, kind: usize) -> Wait {
    let session = form.view.session;
    match kind {
        1 => Wait::Until { time: clock(9), days: IndexSet::new() },
        2 => Wait::Date(session.funnel().launch.unwrap_or(session.now())),
        3 => Wait::SendHours { from: clock(9), to: clock(20), days: IndexSet::new() },
        _ => Wait::For(Seconds::days(1)),
    }
}
