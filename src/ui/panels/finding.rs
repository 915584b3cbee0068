//! One diagnostic as a card: what is wrong, what to do, the fixes, the journey that shows it.

use egui::{Frame, Label, Margin, RichText, Stroke, Ui};
use egui_material_icons::icons::{ICON_AUTO_FIX_HIGH, ICON_TIMELINE};

use crate::model::Step;
use crate::report;
use crate::rules::Diagnostic;
use crate::ui::theme::{self, Type};
use crate::ui::words::panels as words;
use crate::ui::{Outbox, View};

use super::explain;
use super::form::{glyph, long_button, quiet_button};
use super::verdict::tell;

/// Paints it.
pub fn card(ui: &mut Ui, view: &View<'_>, outbox: &mut Outbox, one: &Diagnostic) {
    let theme = theme::of(ui);
    let (colour, _, icon) = theme.severity(one.severity);
    let frame = Frame::new()
        .fill(theme.raised)
        .stroke(Stroke::new(1.0, theme.border))
        .corner_radius(theme::RADIUS)
        .inner_margin(Margin::symmetric(10, 8));
    frame.show(ui, |ui| {
        ui.set_width(ui.available_width());
        ui.spacing_mut().item_spacing.y = 4.0;
        ui.horizontal(|ui| {
            let word = words::severity(one.severity);
            glyph::beside(ui, icon.codepoint, word, Type::Strong, colour);
            let code = RichText::new(one.code).font(theme.font(Type::Mono)).color(theme.weak);
            ui.add(Label::new(code)).on_hover_text(one.name);
        });
        ui.add(Label::new(explain::job(theme, &one.message, theme.text)).wrap());
        help(ui, one);
        remedies(ui, view, outbox, one);
    });
}

/// What to do about it, in words.
pub fn help(ui: &mut Ui, one: &Diagnostic) {
    let theme = theme::of(ui);
    if let Some(help) = &one.help {
        ui.add(Label::new(explain::job(theme, help, theme.weak)).wrap());
    }
}

/// The step of a finding that says that its message may come too late.
pub fn late_step<'v>(view: &View<'v>, one: &Diagnostic) -> Option<&'v Step> {
    let of_the_window = matches!(one.code, "W001" | "W002");
    one.step().filter(|_| of_the_window).and_then(|id| view.session.funnel().step(id)).map(AsRef::as_ref)
}

/// The fixes, each a button that applies it, and the journey that shows what is wrong. Both are of the funnel that was
/// judged, and while that is not the funnel as it stands neither can be had.
pub fn remedies(ui: &mut Ui, view: &View<'_>, outbox: &mut Outbox, one: &Diagnostic) {
    let at = view.session.judgement().diagnostics.iter().position(|other| std::ptr::eq(other, one));
    let is_judged = view.session.is_judged();
    let helps = view.session.present_helps().zip(one.step()).and_then(|(helps, step)| helps.step(step));
    for fix in at.map(|at| view.session.fixes(at)).unwrap_or_default().iter() {
        let title = report::titled(fix, helps.unwrap_or_default());
        let button = ui.add_enabled_ui(is_judged, |ui| long_button(ui, ICON_AUTO_FIX_HIGH, &title)).inner;
        let button = button.accessible_name(words::fix(&title));
        if button.clicked() {
            outbox.edit(fix.edit.clone());
        }
    }
    if let Some(witness) = &one.witness {
        let button = ui.add_enabled_ui(is_judged, |ui| quiet_button(ui, ICON_TIMELINE, words::SHOW_JOURNEY)).inner;
        let story = button.clicked().then(|| view.session.judgement().proof.tell(witness)).flatten();
        if let Some(story) = story {
            let place = words::place(view.session.judged(), &one.place);
            tell(outbox, words::story_of(one.code, &place), story);
        }
    }
}
