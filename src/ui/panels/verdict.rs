//! What is proved of a sending step, in words with numbers, and the way to a journey that shows it.

use egui::{Frame, Label, Margin, RichText, Ui};
use egui_material_icons::icons::ICON_TIMELINE;

use crate::engine::{Claim, StepProof, Verdict};
use crate::model::{Status, Step};
use crate::ui::theme::{self, Judged, Type};
use crate::ui::words::{judging, likely, panels as words};
use crate::ui::{Ask, Outbox, StorySource, Tab, View};

use super::form::{Form, glyph, quiet_button};
use super::helps::Helping;
use super::standing;

/// Paints it.
pub fn ui(ui: &mut Ui, form: &mut Form<'_>, helping: &mut Helping, step: &Step) {
    let theme = theme::of(ui);
    let session = form.view.session;
    let Some(message) = step.message() else { return };
    let Some(proof) = session.proof_of(&step.id) else { return standing::ui(ui, session.standing()) };
    let look = theme.judged(Judged::of(&message.send, proof.verdict));
    let template = ready_template(form, step);
    let sentence = words::verdict_sentence(proof, session.judgement().policy.window.length, template);
    let frame = Frame::new().fill(look.soft).corner_radius(theme::RADIUS).inner_margin(Margin::symmetric(10, 8));
    ui.add_space(2.0);
    frame.show(ui, |ui| {
        ui.set_width(ui.available_width());
        ui.spacing_mut().item_spacing.y = 4.0;
        let word = match judging::standing(session.standing()) {
            Some(standing) => judging::still(look.word, standing),
            None => look.word.to_owned(),
        };
        glyph::beside(ui, look.icon, word, Type::Strong, look.colour);
        let text = RichText::new(sentence).font(theme.font(Type::Body)).color(theme.text);
        ui.add(Label::new(text).wrap());
        if let Some(why) = &proof.unknown {
            let text = RichText::new(why.to_string()).font(theme.font(Type::Small)).color(theme.text);
            ui.add(Label::new(text).wrap());
        }
        if proof.verdict == Verdict::Sometimes && proof.unknown.is_none() {
            let likelihood = session.likelihood();
            let said = likelihood.inside(&step.id).map(likely::open_for);
            let said = said.or_else(|| likelihood.doubt.map(likely::not_worked_out));
            if let Some(said) = said {
                let text = RichText::new(said).font(theme.font(Type::Body)).color(theme.text);
                ui.add(Label::new(text).wrap());
            }
        }
        if let Some((claim, text)) = worth_showing(proof, template.is_some()) {
            let name = words::shows(text, step.name());
            let button = ui.add_enabled_ui(session.is_judged(), |ui| quiet_button(ui, ICON_TIMELINE, text)).inner;
            let button = button.accessible_name(name);
            if button.clicked() {
                show_journey(form.view, form.outbox, step, claim);
            }
        }
        helping.ui(ui, form.view, form.outbox, step);
    });
    ui.add_space(2.0);
}

/// The approved template that this step may send while the window is closed.
fn ready_template<'s>(form: &Form<'_>, step: &'s Step) -> Option<&'s str> {
    let name = step.message()?.send.template()?;
    let template = form.view.session.funnel().template(name)?;
    (template.status == Status::Approved).then_some(name)
}

/// The journey that a person wants to see of this proof, and what the button to it says.
fn worth_showing(proof: &StepProof, ready: bool) -> Option<(Claim, &'static str)> {
    let breaking = if ready { words::SHOW_SUCH } else { words::SHOW_BREAKING };
    match proof.verdict {
        Verdict::Outside | Verdict::Sometimes if proof.since_inbound.is_none() || only_before_inbound(proof) => {
            Some((Claim::BeforeInbound, breaking))
        }
        Verdict::Outside | Verdict::Sometimes => Some((Claim::Outside, breaking)),
        Verdict::Inside => Some((Claim::Longest, words::SHOW_LONGEST)),
        Verdict::Unreachable => None,
    }
}

/// The window is closed there only for those who have not written yet.
fn only_before_inbound(proof: &StepProof) -> bool {
    proof.before_inbound && proof.since_inbound.is_some_and(|range| range.max == Some(range.min))
}

/// Shows a journey that comes to this step while the window is closed.
pub fn show_outside(view: &View<'_>, outbox: &mut Outbox, step: &Step, proof: &StepProof) {
    let unheard = proof.since_inbound.is_none() || only_before_inbound(proof);
    show_journey(view, outbox, step, if unheard { Claim::BeforeInbound } else { Claim::Outside });
}

fn show_journey(view: &View<'_>, outbox: &mut Outbox, step: &Step, claim: Claim) {
    let proof = &view.session.judgement().proof;
    let other = if claim == Claim::Outside { Claim::BeforeInbound } else { Claim::Outside };
    let story = match claim {
        Claim::Longest => proof.witness(&step.id, claim).or_else(|| proof.witness(&step.id, Claim::Inside)),
        _ => proof.witness(&step.id, claim).or_else(|| proof.witness(&step.id, other)),
    };
    match story {
        Some(story) => {
            let name =
                if claim == Claim::Longest { words::longest_story(step.name()) } else { words::breaking_story(step.name()) };
            tell(outbox, name, story);
        }
        None => outbox.ask(Ask::Say(words::NO_JOURNEY.to_owned())),
    }
}

/// Shows a story on the timeline.
pub fn tell(outbox: &mut Outbox, name: String, story: crate::engine::Story) {
    outbox.ask(Ask::Tell(StorySource::ReadyMade(name), story));
    outbox.ask(Ask::Show(Tab::Timeline));
}
