//! The list of stories: the scenarios of the file, and the ready-made ones.

use std::sync::Arc;

use egui::{Align, Color32, Key, Layout, Modifiers, RichText, ScrollArea, TextEdit, Ui};
use egui_material_icons::icons::{
    ICON_ADD, ICON_BOOKMARK_ADD, ICON_CANCEL, ICON_CHECK_CIRCLE, ICON_MORE_HORIZ, ICON_RADIO_BUTTON_UNCHECKED,
    ICON_RESTART_ALT,
};

use crate::edit::Edit;
use crate::engine::{Story, What};
use crate::model::{Expect, Funnel, Otherwise, Scenario, StepId, StepKind};
use crate::rules::Judgement;
use crate::ui::theme::{self, Type};
use crate::ui::words::{judging, timeline as words};
use crate::ui::{Ask, Outbox, StorySource, View};

use super::handles::menu;
use super::header::icon_button;
use super::price::Price;
use super::stories::{self, Kind, ReadyMade};

/// The height of a row.
const ROW: f32 = 26.0;

/// The list's own state.
#[derive(Debug, Default)]
pub struct List {
    /// The scenario whose name is being typed, with the name.
    renaming: Option<(usize, String)>,
    /// What is known of the funnel's stories.
    known: Option<Known>,
    /// The ready-made story as it was made, by its name.
    made: Option<(String, Story)>,
    /// What the story that is told costs.
    price: Price,
}

/// What is known of the stories of one funnel.
#[derive(Debug)]
struct Known {
    funnel: Arc<Funnel>,
    judgement: Arc<Judgement>,
    ready: Vec<ReadyMade>,
    /// For each scenario of the file, whether its expectations hold.
    holds: Vec<Option<bool>>,
}

impl List {
    /// Paints it.
    pub fn ui(&mut self, ui: &mut Ui, view: &View<'_>, outbox: &mut Outbox) {
        self.learn(view, outbox);
        let theme = theme::of(ui);
        ScrollArea::vertical().id_salt("stories").auto_shrink(false).show(ui, |ui| {
            ui.spacing_mut().item_spacing.y = 2.0;
            // The bar floats above the rows; their ends keep clear of it.
            ui.set_max_width(ui.available_width() - 8.0);
            heading(ui, words::KEPT, |ui| {
                if icon_button(ui, ICON_ADD.codepoint, words::NEW, false).clicked() {
                    self.add(view, outbox, Scenario { name: words::NEW_NAME.to_owned(), ..Scenario::default() });
                }
            });
            if view.session.funnel().scenarios.is_empty() {
                ui.label(RichText::new(words::NONE_KEPT).font(theme.font(Type::Small)).color(theme.weak));
            }
            let kept = &view.session.funnel().scenarios;
            in_sight(ui, kept.len(), |ui, place| self.kept(ui, view, outbox, place, &kept[place]));
            ui.add_space(4.0);
            heading(ui, words::READY_MADE, |_| {});
            let ready = self.known.as_mut().map(|known| std::mem::take(&mut known.ready)).unwrap_or_default();
            in_sight(ui, ready.len(), |ui, place| self.ready(ui, view, outbox, &ready[place]));
            self.visitor(ui, view, outbox, &ready);
            if let Some(known) = &mut self.known {
                known.ready = ready;
            }
        });
    }

    /// Learns of a changed funnel, and tells a ready-made story anew where the funnel changed under it.
    fn learn(&mut self, view: &View<'_>, outbox: &mut Outbox) {
        let funnel = view.session.funnel();
        let (policy, judgement) = (view.session.policy(), view.session.judgement());
        let known = self.known.take().filter(|known| Arc::ptr_eq(&known.funnel, funnel));
        let known = match known {
            Some(known) if Arc::ptr_eq(&known.judgement, judgement) => {
                self.known = Some(known);
                return;
            }
            known => known,
        };
        let ready = stories::ready_made(view.session.judged(), &judgement.proof);
        // A newer judgement of the same funnel tells nothing new of a person.
        let is_new = known.is_none();
        let follow = || funnel.scenarios.iter().map(|scenario| stories::holds(funnel, policy, scenario)).collect();
        let holds = known.map_or_else(follow, |known| known.holds);
        if let StorySource::ReadyMade(name) = &view.story.source
            && let Some(story) = ready.iter().find(|story| story.name == *name)
        {
            let plain = |scenario: &Scenario| scenario.answers.is_empty() && scenario.otherwise == Otherwise::Prompt;
            let untouched = match &self.made {
                Some((made, as_made)) => made == name && *as_made == view.story.story,
                None => plain(&view.story.story.scenario),
            };
            let person = !matches!(story.kind, Kind::Breaks(_));
            if is_new
                && untouched
                && person
                && let Some(told) = stories::tell(story, funnel, policy, &judgement.proof)
            {
                self.made = Some((name.clone(), told.clone()));
                if told != view.story.story {
                    outbox.ask(Ask::Tell(view.story.source.clone(), told));
                    outbox.ask(Ask::Playhead(view.story.playhead));
                }
            }
        }
        self.known = Some(Known { funnel: Arc::clone(funnel), judgement: Arc::clone(judgement), ready, holds });
    }

    fn kept(&mut self, ui: &mut Ui, view: &View<'_>, outbox: &mut Outbox, place: usize, scenario: &Arc<Scenario>) {
        let theme = theme::of(ui);
        if let Some((_, name)) = self.renaming.as_mut().filter(|(renamed, _)| *renamed == place) {
            let id = ui.make_persistent_id(("rename", place));
            let field =
                ui.add(TextEdit::singleline(name).id(id).desired_width(f32::INFINITY)).accessible_name(words::RENAME);
            let name = name.clone();
            if field.changed() && !name.trim().is_empty() {
                outbox.edit_during(field.id, Edit::ReplaceScenario(place, Scenario { name, ..(**scenario).clone() }));
            }
            if field.lost_focus() {
                self.renaming = None;
            } else if !field.has_focus() {
                field.request_focus();
            }
            return;
        }
        let selected = view.story.source == StorySource::Kept(place);
        let holds = self.known.as_ref().and_then(|known| known.holds.get(place).copied().flatten());
        let (icon, colour) = match holds {
            Some(true) => (ICON_CHECK_CIRCLE, theme.inside),
            Some(false) => (ICON_CANCEL, theme.outside),
            None => (ICON_RADIO_BUTTON_UNCHECKED, theme.weak),
        };
        let name = words::kept_name(&scenario.name, holds);
        let salt = ui.make_persistent_id(("kept story", place));
        let looks = Looks { salt, icon: icon.codepoint, colour, text: &scenario.name, name: &name, selected };
        let row = row(ui, &looks, |ui| {
            if !selected {
                return;
            }
            let more = icon_button(ui, ICON_MORE_HORIZ.codepoint, words::MORE, false);
            menu(&more, |ui| {
                // Room beside the longest line, as the buttons have it.
                ui.set_min_width(256.0);
                if ui.button(words::RENAME).clicked() {
                    self.renaming = Some((place, scenario.name.clone()));
                    ui.close();
                }
                if ui.button(words::DUPLICATE).clicked() {
                    self.add(view, outbox, (**scenario).clone());
                    ui.close();
                }
                if ui.button(words::EXPECT).on_hover_text(words::EXPECT_HINT).clicked() {
                    let expect = expected(view);
                    outbox.edit(Edit::ReplaceScenario(place, Scenario { expect, ..(**scenario).clone() }));
                    ui.close();
                }
                habits(ui, view, outbox, place, scenario);
                if ui.button(words::DELETE).clicked() {
                    self.delete(view, outbox, place);
                    ui.close();
                }
            });
        });
        if selected {
            self.price.ui(ui, view);
        }
        if row.double_clicked() || (row.has_focus() && ui.input_mut(|input| input.consume_key(Modifiers::NONE, Key::F2))) {
            self.renaming = Some((place, scenario.name.clone()));
        } else if row.clicked() {
            let story = Story::of(scenario, view.session.funnel());
            outbox.ask(Ask::Tell(StorySource::Kept(place), story));
            ui.request_repaint();
        }
        if row.has_focus() && ui.input_mut(|input| input.consume_key(Modifiers::NONE, Key::Delete)) {
            self.delete(view, outbox, place);
        }
    }

    fn ready(&mut self, ui: &mut Ui, view: &View<'_>, outbox: &mut Outbox, ready: &ReadyMade) {
        let theme = theme::of(ui);
        let selected = view.story.source == StorySource::ReadyMade(ready.name.clone());
        let made = self.made.as_ref().filter(|(name, _)| selected && *name == ready.name).map(|(_, story)| story);
        let changed = made.is_some_and(|made| *made != view.story.story);
        let (icon, colour) = match &ready.kind {
            Kind::AtOnce => (egui_material_icons::icons::ICON_SPEED, theme.weak),
            Kind::Typical => (egui_material_icons::icons::ICON_SCHEDULE, theme.weak),
            Kind::LastMinute => (egui_material_icons::icons::ICON_HOURGLASS_EMPTY, theme.weak),
            Kind::Never => (egui_material_icons::icons::ICON_BLOCK, theme.weak),
            Kind::Breaks(_) => (egui_material_icons::icons::ICON_WARNING, theme.outside),
        };
        let text = if changed { format!("{} ({})", ready.name, words::CHANGED) } else { ready.name.clone() };
        let salt = ui.make_persistent_id(("ready-made story", &ready.name));
        let looks = Looks { salt, icon: icon.codepoint, colour, text: &text, name: &text, selected };
        let mut reset = false;
        let row = row(ui, &looks, |ui| {
            if selected {
                self.keep_button(ui, view, outbox);
            }
            if changed {
                reset = icon_button(ui, ICON_RESTART_ALT.codepoint, words::RESET, false).clicked();
            }
        });
        if selected {
            self.price.ui(ui, view);
        }
        if row.clicked() || reset {
            let session = view.session;
            let story = stories::tell(ready, session.funnel(), session.policy(), &session.judgement().proof);
            match story {
                // It shows what breaks in the funnel that was judged, and perhaps nothing in this one.
                Some(_) if matches!(ready.kind, Kind::Breaks(_)) && !session.is_judged() => {
                    outbox.ask(Ask::Say(judging::NO_JOURNEY_YET.to_owned()));
                }
                Some(story) => {
                    self.made = Some((ready.name.clone(), story.clone()));
                    outbox.ask(Ask::Tell(StorySource::ReadyMade(ready.name.clone()), story));
                }
                None => outbox.ask(Ask::Say(words::NO_WITNESS.to_owned())),
            }
            ui.request_repaint();
        }
    }

    /// A story that another part of the window brought here, such as the witness of a problem.
    fn visitor(&mut self, ui: &mut Ui, view: &View<'_>, outbox: &mut Outbox, ready: &[ReadyMade]) {
        let StorySource::ReadyMade(name) = &view.story.source else { return };
        if ready.iter().any(|story| story.name == *name) {
            return;
        }
        let icon = egui_material_icons::icons::ICON_WARNING.codepoint;
        let salt = ui.make_persistent_id("visiting story");
        let looks = Looks { salt, icon, colour: theme::of(ui).sometimes, text: name, name, selected: true };
        row(ui, &looks, |ui| self.keep_button(ui, view, outbox));
        self.price.ui(ui, view);
    }

    fn keep_button(&self, ui: &mut Ui, view: &View<'_>, outbox: &mut Outbox) {
        let keep = icon_button(ui, ICON_BOOKMARK_ADD.codepoint, words::KEEP, false);
        if keep.on_hover_text(words::KEEP_HINT).clicked() {
            self.add(view, outbox, view.story.story.scenario.clone());
        }
    }

    fn add(&self, view: &View<'_>, outbox: &mut Outbox, scenario: Scenario) {
        let funnel = view.session.funnel();
        let scenario = Scenario { name: stories::free_name(funnel, &scenario.name), ..scenario };
        let story = Story::of(&scenario, funnel);
        outbox.edit(Edit::AddScenario(scenario));
        outbox.ask(Ask::Tell(StorySource::Kept(funnel.scenarios.len()), story));
    }

    fn delete(&mut self, view: &View<'_>, outbox: &mut Outbox, place: usize) {
        let funnel = view.session.funnel();
        outbox.edit(Edit::RemoveScenario(place));
        let StorySource::Kept(told) = view.story.source else { return };
        if told < place {
            return;
        }
        let next = if told > place { Some(told) } else { (told + 1 < funnel.scenarios.len()).then_some(told + 1) };
        let told = next.map(|next| (next - 1, next)).or(place.checked_sub(1).map(|before| (before, before)));
        if let Some((after, now)) = told {
            let story = Story::of(&funnel.scenarios[now], funnel);
            outbox.ask(Ask::Tell(StorySource::Kept(after), story));
        }
    }
}

/// What the person does where the story says nothing, and where they come in.
fn habits(ui: &mut Ui, view: &View<'_>, outbox: &mut Outbox, place: usize, scenario: &Scenario) {
    ui.separator();
    ui.scope(|ui| choices(ui, view, outbox, place, scenario));
    ui.separator();
}

fn choices(ui: &mut Ui, view: &View<'_>, outbox: &mut Outbox, place: usize, scenario: &Scenario) {
    ui.reset_style();
    for (otherwise, text) in [(Otherwise::Silent, words::ELSE_SILENT), (Otherwise::Prompt, words::ELSE_PROMPT)] {
        if ui.radio(scenario.otherwise == otherwise, text).clicked() {
            outbox.edit(Edit::ReplaceScenario(place, Scenario { otherwise, ..scenario.clone() }));
        }
    }
    let steps = &view.session.funnel().steps;
    let entries: Vec<_> = steps.iter().filter(|step| matches!(step.kind, StepKind::Entry { .. })).collect();
    for entry in entries.iter().filter(|_| entries.len() > 1) {
        let taken = view.story.journey.moments.first().is_some_and(|moment| moment.step == entry.id);
        if ui.radio(taken, words::entry_name(entry.name())).clicked() {
            let entry = Some(entry.id.clone());
            outbox.edit(Edit::ReplaceScenario(place, Scenario { entry, ..scenario.clone() }));
        }
    }
}

/// What every sending step of the story sends now, in the order of the journey.
fn expected(view: &View<'_>) -> Vec<Expect> {
    let mut expect: Vec<Expect> = Vec::new();
    for moment in &view.story.journey.moments {
        if let What::Sent(sent) = moment.what
            && !expect.iter().any(|known: &Expect| known.step == moment.step)
        {
            let step: StepId = moment.step.clone();
            expect.push(Expect { step, sent });
        }
    }
    expect
}

/// The rows in sight, and some before and after them that the keyboard can go on to; of the others only their room.
fn in_sight(ui: &mut Ui, rows: usize, mut paint: impl FnMut(&mut Ui, usize)) {
    const BEYOND: usize = 8;
    let gap = ui.spacing().item_spacing.y;
    let each = ROW + gap;
    let top = ui.cursor().top();
    let place = |y: f32| (((y - top) / each).max(0.0) as usize).min(rows);
    let first = place(ui.clip_rect().top()).saturating_sub(BEYOND);
    let last = (place(ui.clip_rect().bottom()) + 1 + BEYOND).min(rows);
    let leave = |ui: &mut Ui, rows: usize| {
        if rows > 0 {
            ui.add_space(rows as f32 * each);
        }
    };
    leave(ui, first);
    for row in first..last {
        paint(ui, row);
    }
    leave(ui, rows - last.max(first));
}

struct Looks<'a> {
    /// What tells the row from the others.
    salt: egui::Id,
    icon: &'a str,
    colour: Color32,
    text: &'a str,
    name: &'a str,
    selected: bool,
}

/// A row of the list: icon, elided text, and what stands at its end.
fn row(ui: &mut Ui, looks: &Looks<'_>, end: impl FnOnce(&mut Ui)) -> egui::Response {
    let theme = theme::of(ui);
    let (rect, _) = ui.allocate_exact_size(egui::vec2(ui.available_width(), ROW), egui::Sense::hover());
    let id = looks.salt;
    let response = ui.interact(rect, id, egui::Sense::click());
    response.widget_info(|| egui::WidgetInfo::selected(egui::Role::Button, true, looks.selected, looks.name));
    if !ui.is_rect_visible(rect) {
        return response;
    }
    let ground = if looks.selected {
        theme.accent_soft
    } else if response.hovered() {
        theme.hover
    } else {
        Color32::TRANSPARENT
    };
    ui.painter().rect_filled(rect, f32::from(theme::RADIUS), ground);
    if response.has_focus() {
        super::brush::focus_ring(ui.painter(), rect.shrink(2.0), f32::from(theme::RADIUS) - 2.0, theme.focus);
    }
    super::brush::icon(ui.painter(), egui::pos2(rect.left() + 12.0, rect.center().y), looks.icon, 14.0, looks.colour);
    let inner = rect.shrink2(egui::vec2(2.0, 0.0));
    let builder = egui::UiBuilder::new().max_rect(inner).layout(Layout::right_to_left(Align::Center)).id_salt(looks.salt);
    let mut buttons = ui.new_child(builder);
    buttons.spacing_mut().item_spacing.x = 0.0;
    end(&mut buttons);
    let right = buttons.min_rect().left().min(rect.right() - 4.0);
    let text = egui::Rect::from_min_max(egui::pos2(rect.left() + 24.0, rect.top()), egui::pos2(right, rect.bottom()));
    let colour = if looks.selected { theme.accent } else { theme.text };
    super::brush::line_of_text(ui.painter(), text, looks.text, theme.font(Type::Body), colour);
    response.on_hover_text(looks.name)
}

fn heading(ui: &mut Ui, text: &str, end: impl FnOnce(&mut Ui)) {
    let theme = theme::of(ui);
    ui.horizontal(|ui| {
        ui.set_min_height(26.0);
        ui.label(RichText::new(text).font(theme.font(Type::Small)).color(theme.weak));
        ui.with_layout(Layout::right_to_left(Align::Center), end);
    });
}
