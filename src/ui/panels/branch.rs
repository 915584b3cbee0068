//! The fields of a branch.

use egui::Ui;

use crate::model::{Branch, StepId};
use crate::ui::words::panels as words;

use super::form::{Bounds, Form, Spec, caption, note};
use super::kept::Kept;
use super::reply::unique;

/// Paints them.
pub fn ui(ui: &mut Ui, form: &mut Form<'_>, kept: &mut Kept, id: &StepId, branch: &mut Branch) {
    let mut kind = place(branch);
    let kinds: Vec<(usize, &str)> = words::BRANCHES.iter().copied().enumerate().collect();
    if let Some(before) = form.choice(ui, words::BRANCH_ON, &mut kind, &kinds) {
        let kept = kept.branches.swap(id, (before, branch.clone()), kind);
        *branch = kept.unwrap_or_else(|| fresh(kind));
    }
    note(ui, words::BRANCHES_HELP[place(branch)]);
    match branch {
        Branch::WindowOpen | Branch::OptedIn => {}
        Branch::Split(cases) => cases_ui(ui, form, cases),
        Branch::Attribute { name, share } => {
            form.text(ui, words::ATTRIBUTE, name, Spec { hint: words::ATTRIBUTE_HINT, ..Spec::default() });
            form.percent(ui, words::TRUE_FOR, share);
        }
    }
}

fn cases_ui(ui: &mut Ui, form: &mut Form<'_>, cases: &mut Vec<(String, f64)>) {
    caption(ui, words::CASES, None);
    let fresh = |all: &[(String, f64)]| {
        let taken = |label: &String| all.iter().any(|(other, _)| other == label);
        let letters = ('A'..='Z').map(String::from).chain((1..).map(|n| n.to_string()));
        (letters.into_iter().find(|label| !taken(label)).unwrap_or_default(), all.last().map_or(1.0, |last| last.1))
    };
    let line = |form: &mut Form<'_>, ui: &mut Ui, i: usize, cases: &mut Vec<(String, f64)>| {
        let others: Vec<String> =
            cases.iter().enumerate().filter(|(j, _)| *j != i).map(|(_, case)| case.0.clone()).collect();
        let total: f64 = cases.iter().map(|case| case.1).sum();
        let (label, weight) = &mut cases[i];
        ui.columns(2, |sides| {
            let name = words::part_of(words::CASE, i, words::LABEL);
            let read = |text: &str| unique(text, &others);
            form.bare_parsed(&mut sides[0], &name, label, Spec::default(), false, String::clone, read);
            let name = words::part_of(words::CASE, i, words::SHARE);
            form.bare_weight(&mut sides[1], &name, weight, &words::share_of(*weight, total));
        });
    };
    form.lines_of(ui, words::CASE, cases, Bounds::new(1, None), fresh, line, |_, _, _, _| ());
}

fn place(branch: &Branch) -> usize {
    match branch {
        Branch::WindowOpen => 0,
        Branch::OptedIn => 1,
        Branch::Split(_) => 2,
        Branch::Attribute { .. } => 3,
    }
}

fn fresh(kind: usize) -> Branch {
    match kind {
        1 => Branch::OptedIn,
        2 => Branch::Split(vec![("A".to_owned(), 50.0), ("B".to_owned(), 50.0)]),
        3 => Branch::Attribute { name: "VIP".to_owned(), share: 0.2 },
        _ => Branch::WindowOpen,
    }
}
