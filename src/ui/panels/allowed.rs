//! Findings that the person allows: asking why, and the list of them, dimmed, below the problems.

use egui::{Key, Label, Response, RichText, Role, Ui, WidgetInfo};
use egui_material_icons::icons::{ICON_CHECK, ICON_CLOSE, ICON_DO_NOT_DISTURB_ON, ICON_UNDO};

use crate::rules::{self, Diagnostic, Place, Suppressed};
use crate::ui::theme::{self, Type};
use crate::ui::words::panels as words;
use crate::ui::{Outbox, View};

use super::explain;
use super::form::{glyph, icon_button, quiet_button, search};

/// What is being asked.
#[derive(Debug, Default)]
pub struct Allowing {
    /// The finding that is to be allowed: code and place.
    asked: Option<(&'static str, Place)>,
    /// What was typed so far.
    why: String,
    /// The field has not had the keyboard yet.
    fresh: bool,
}

impl Allowing {
    /// The menu of a row; gives whether the person chose to allow it.
    pub fn menu(&mut self, response: &Response, one: &Diagnostic) -> bool {
        let mut chosen = false;
        response.context_menu(|ui| {
            let button = ui.button(words::ALLOW);
            button.widget_info(|| WidgetInfo::labeled(Role::MenuItem, true, words::ALLOW));
            if button.clicked() {
                chosen = true;
                ui.close();
            }
        });
        if chosen {
            self.ask(one);
        }
        chosen
    }

    fn ask(&mut self, one: &Diagnostic) {
        *self = Self { asked: Some((one.code, one.place.clone())), why: String::new(), fresh: true };
    }

    /// In the unfolded row: the button that asks, or the question why.
    pub fn ui(&mut self, ui: &mut Ui, view: &View<'_>, outbox: &mut Outbox, one: &Diagnostic) {
        if self.asked.as_ref().is_none_or(|(code, place)| (*code, place) != (one.code, &one.place)) {
            if quiet_button(ui, ICON_DO_NOT_DISTURB_ON, words::ALLOW).clicked() {
                self.ask(one);
            }
            return;
        }
        ui.horizontal(|ui| {
            let field = ui.scope(|ui| {
                ui.set_max_width(420.0);
                search(ui, egui::Id::unique("why it is allowed"), words::ALLOW_WHY, &mut self.why)
            });
            let field = field.inner;
            if std::mem::take(&mut self.fresh) {
                field.request_focus();
                field.scroll_to_me(None);
            }
            let entered = field.lost_focus() && ui.input(|input| input.key_pressed(Key::Enter));
            let given = !self.why.trim().is_empty();
            let allow = icon_button(ui, ICON_CHECK, &words::allow(one.code), given).clicked();
            let cancel = icon_button(ui, ICON_CLOSE, words::ALLOW_CANCEL, true).clicked();
            if given && (allow || entered) {
                if let Some(edit) = now(view, one).and_then(|one| rules::allow(view.session.funnel(), &one, &self.why)) {
                    outbox.edit(edit);
                }
                *self = Self::default();
            } else if cancel || field.lost_focus() && ui.input(|input| input.key_pressed(Key::Escape)) {
                *self = Self::default();
            }
        });
    }
}

/// The finding at the place where its thing is now, which may have moved since it was judged.
fn now(view: &View<'_>, one: &Diagnostic) -> Option<Diagnostic> {
    Some(Diagnostic { place: view.session.place_now(&one.place)?, ..one.clone() })
}

/// The findings that are allowed, with why, and a way to allow each no longer.
pub fn list_ui(ui: &mut Ui, view: &View<'_>, outbox: &mut Outbox) {
    let suppressed = &view.session.judgement().suppressed;
    if suppressed.is_empty() {
        return;
    }
    let theme = theme::of(ui);
    ui.add_space(6.0);
    glyph::beside(ui, ICON_DO_NOT_DISTURB_ON.codepoint, words::allowed(suppressed.len()), Type::Strong, theme.weak);
    for (i, allowed) in suppressed.iter().enumerate() {
        ui.push_id(("allowed", i), |ui| row_ui(ui, view, outbox, allowed));
    }
}

fn row_ui(ui: &mut Ui, view: &View<'_>, outbox: &mut Outbox, Suppressed { diagnostic, why }: &Suppressed) {
    let theme = theme::of(ui);
    let place = words::place(view.session.judged(), &diagnostic.place);
    ui.horizontal(|ui| {
        ui.spacing_mut().item_spacing.x = 8.0;
        ui.add_space(4.0);
        if icon_button(ui, ICON_UNDO, &words::disallow(diagnostic.code, &place), true).clicked()
            && let Some(edit) = now(view, diagnostic).and_then(|one| rules::disallow(view.session.funnel(), &one))
        {
            outbox.edit(edit);
        }
        let code = RichText::new(diagnostic.code).font(theme.font(Type::Mono)).color(theme.weak);
        ui.add(Label::new(code).selectable(false)).on_hover_text(diagnostic.name);
        let said = RichText::new(words::allowed_row(&place, why)).font(theme.font(Type::Body)).color(theme.weak);
        ui.add(Label::new(said).truncate()).on_hover_text(explain::plain(&diagnostic.message));
    });
}
