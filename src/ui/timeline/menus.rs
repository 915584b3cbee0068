//! The menus of replies, branches and messages unasked: every gesture of the chart by keyboard and by words.

use egui::{Response, RichText};

use crate::model::Seconds;
use crate::ui::theme::{self, Type};
use crate::ui::words::timeline as words;

use super::changes::Change;
use super::chart::Touched;
use super::handles::{Stage, menu};
use super::scene::{Came, Is, Mark, Question};
use super::typed::Typed;

/// What is being typed in a menu.
#[derive(Debug, Default)]
pub struct Menus {
    after: Typed,
    at: Typed,
}

impl Menus {
    /// What a question can be answered, how late, or not at all.
    pub fn reply(&mut self, response: &Response, question: &Question, stage: &Stage<'_>, touched: &mut Touched) {
        let id = response.id.with("menu");
        menu(response, |ui| {
            // Choices look as they do elsewhere in the window, not as the commands of a menu.
            ui.reset_style();
            ui.label(RichText::new(&question.title).font(theme::of(ui).font(Type::Strong)));
            let shown = question.after.or(question.said(stage.scenario).map(|answer| answer.after));
            for option in &question.options {
                let chosen = question.label.as_ref() == Some(option);
                if ui.radio(chosen, option).clicked() {
                    let after = shown.filter(|after| question.timeout.is_none_or(|timeout| *after < timeout));
                    let after = after.unwrap_or_else(|| in_time(question));
                    let change = Change::Answer { question: question.clone(), reply: option.clone(), after };
                    touched.change = Some((id, change));
                }
            }
            if ui.radio(question.came != Came::Answered, words::NO_REPLY).clicked() {
                touched.change = Some((id, Change::Silence(question.clone())));
            }
            if question.options.is_empty() {
                return;
            }
            ui.horizontal(|ui| {
                ui.label(words::AFTER);
                let text = shown.map(|after| after.to_string()).unwrap_or_default();
                let hint = (words::AFTER, words::AFTER_HINT);
                let (typed, _) = self.after.ui(ui, hint, &text, 90.0, |text| text.parse::<Seconds>().ok());
                if let Some(after) = typed {
                    let reply = question.label.as_ref().or(question.options.first()).cloned().unwrap_or_default();
                    touched.change = Some((id, Change::Answer { question: question.clone(), reply, after }));
                }
            });
        });
    }

    /// The ways that a person can be sent at a branch.
    pub fn branch(&self, response: &Response, mark: &Mark, touched: &mut Touched) {
        let Is::Branch { choices, taken, visit, earlier } = &mark.is else { return };
        menu(response, |ui| {
            // Choices look as they do elsewhere in the window, not as the commands of a menu.
            ui.reset_style();
            for out in choices {
                if ui.radio(out == taken, words::way(out)).clicked() {
                    let change =
                        Change::Turn { step: mark.step.clone(), visit: *visit, earlier: earlier.clone(), out: out.clone() };
                    touched.change = Some((response.id.with("menu"), change));
                    ui.close();
                }
            }
        });
    }

    /// When a message unasked is written, or that it is not.
    pub fn unprompted(&mut self, response: &Response, at: Seconds, touched: &mut Touched) {
        let id = response.id.with("menu");
        menu(response, |ui| {
            // Choices look as they do elsewhere in the window, not as the commands of a menu.
            ui.reset_style();
            ui.label(RichText::new(words::UNPROMPTED).font(theme::of(ui).font(Type::Strong)));
            ui.horizontal(|ui| {
                ui.label(words::AFTER);
                let hint = (words::AFTER, words::AFTER_HINT);
                let (typed, _) = self.at.ui(ui, hint, &at.to_string(), 90.0, |text| text.parse::<Seconds>().ok());
                if let Some(to) = typed {
                    touched.change = Some((id, Change::Rewrite { from: at, to }));
                }
            });
            if ui.button(words::REMOVE).clicked() {
                touched.change = Some((id, Change::Unwrite(at)));
                ui.close();
            }
        });
    }
}

/// A time at which an answer is in time: five minutes, or half of a shorter timeout.
fn in_time(question: &Question) -> Seconds {
    let five = Seconds::minutes(5);
    question.timeout.map_or(five, |timeout| five.min(Seconds(timeout.0 / 2)))
}
