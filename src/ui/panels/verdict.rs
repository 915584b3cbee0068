//! What is proved of a sending step, in words with numbers, and the way to a journey that shows it.

use egui::{Frame, Label, Margin, RichText, Ui};
use egui_material_icons::icons::ICON_TIMELINE;

use crate::engine::{Claim, StepProof, Verdict};
use crate::model::Step;
use crate::ui::theme::{self, Type};
use crate::ui::words::panels as words;
use crate::ui::{Ask, Outbox, StorySource, Tab};

use super::form::{Form, link_button};

/// Paints it.
pub fn ui(ui: &mut Ui, form: &mut Form<'_>, step: &Step) {
    let Some(proof) = form.view.session.judgement().proof.step(&step.id) else { return };
    let theme = theme::of(ui);
    let look = theme.verdict(proof.verdict);
    let sentence = words::verdict_sentence(proof, form.view.session.policy().window.length);
    let frame = Frame::new().fill(look.soft).corner_radius(theme::RADIUS).inner_margin(Margin::symmetric(10, 8));
    ui.add_space(2.0);
    frame.show(ui, |ui| {
        ui.set_width(ui.available_width());
        ui.spacing_mut().item_spacing.y = 4.0;
        ui.horizontal(|ui| {
            ui.spacing_mut().item_spacing.x = 6.0;
            let head =
                RichText::new(format!("{}  {}", look.icon, look.word)).font(theme.font(Type::Strong)).color(look.colour);
            ui.add(Label::new(head).selectable(false));
        });
        let text = RichText::new(sentence).font(theme.font(Type::Body)).color(theme.text);
        ui.add(Label::new(text).wrap());
        if let Some(why) = &proof.unknown {
            let text = RichText::new(why).font(theme.font(Type::Small)).color(theme.text);
            ui.add(Label::new(text).wrap());
        }
        if let Some((claim, text)) = worth_showing(proof) {
            let name = words::shows(text, step.name());
            let text = format!("{}  {text}", ICON_TIMELINE.codepoint);
            if link_button(ui, &text, &name).clicked() {
                show_journey(form, step, claim);
            }
        }
    });
    ui.add_space(2.0);
}

/// The journey that a person wants to see of this proof, and what the button to it says.
fn worth_showing(proof: &StepProof) -> Option<(Claim, &'static str)> {
    match proof.verdict {
        Verdict::Outside | Verdict::Sometimes if proof.since_inbound.is_none() || only_before_inbound(proof) => {
            Some((Claim::BeforeInbound, words::SHOW_BREAKING))
        }
        Verdict::Outside | Verdict::Sometimes => Some((Claim::Outside, words::SHOW_BREAKING)),
        Verdict::Inside => Some((Claim::Longest, words::SHOW_LONGEST)),
        Verdict::Unreachable => None,
    }
}

/// The window is closed there only for those who have not written yet.
fn only_before_inbound(proof: &StepProof) -> bool {
    proof.before_inbound && proof.since_inbound.is_some_and(|range| range.max == Some(range.min))
}

fn show_journey(form: &mut Form<'_>, step: &Step, claim: Claim) {
    let proof = &form.view.session.judgement().proof;
    let other = if claim == Claim::Outside { Claim::BeforeInbound } else { Claim::Outside };
    let story = match claim {
        Claim::Longest => proof.witness(&step.id, claim).or_else(|| proof.witness(&step.id, Claim::Inside)),
        _ => proof.witness(&step.id, claim).or_else(|| proof.witness(&step.id, other)),
    };
    match story {
        Some(story) => {
            let name =
                if claim == Claim::Longest { words::longest_story(step.name()) } else { words::breaking_story(step.name()) };
            tell(form.outbox, name, story);
        }
        None => form.outbox.ask(Ask::Say(words::NO_JOURNEY.to_owned())),
    }
}

/// Shows a story on the timeline.
pub fn tell(outbox: &mut Outbox, name: String, story: crate::engine::Story) {
    outbox.ask(Ask::Tell(StorySource::ReadyMade(name), story));
    outbox.ask(Ask::Show(Tab::Timeline));
}
