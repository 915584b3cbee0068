//! The timeline: one journey against the clock, with the stories beside it and the conversation that came of it.
//!
//! A change that the person makes here is followed through the funnel at once, so that what is painted in the same frame
//! already shows what comes of it.

mod axis;
mod brush;
mod changes;
mod chart;
mod chat;
mod clock;
mod geometry;
mod grid;
mod handles;
mod header;
mod labels;
mod layout;
mod list;
mod menus;
mod playhead;
mod price;
mod rows;
mod scene;
mod still;
mod stories;
mod ticks;
mod typed;

use std::rc::Rc;
use std::sync::Arc;

use egui::{Align, Frame, Id, Layout, Rect, RichText, Ui, UiBuilder, pos2, vec2};

use crate::edit::Edit;
use crate::engine::{Ending, Journey, Story, follow};
use crate::model::{Funnel, Scenario, Seconds};
use crate::policy::Policy;
use crate::session::Selection;

use self::changes::Change;
use self::chart::{Chart, Touched};
use self::clock::Clock;
use self::handles::{Held, Stage};
use self::header::{Header, Switches};
use self::list::List;
use self::menus::Menus;
use self::playhead::Player;
use self::rows::Brush;
use self::scene::Scene;
use super::theme::{self, Type};
use super::words::timeline as words;
use super::{Ask, Outbox, StorySource, View};

pub use self::stories::{Kind, ReadyMade, ready_made, tell};

/// The timeline's own state.
#[derive(Debug, Default)]
pub struct Timeline {
    list: List,
    header: Header,
    chart: Chart,
    menus: Menus,
    player: Player,
    /// What was last drawn of an unchanged story.
    drawn: Option<Drawn>,
    /// Whether the conversation is shown; `None` as the width allows.
    chat: Option<bool>,
    /// Whether it is a picture, without what helps only those who work on it.
    still: bool,
}

/// The story as it stands in this frame.
struct Tale {
    story: Story,
    journey: Journey,
    scene: Rc<Scene>,
}

/// A scene, and what it was made of: as long as that stays, so does the scene.
#[derive(Debug)]
struct Drawn {
    funnel: Arc<Funnel>,
    policy: Arc<Policy>,
    journey: Journey,
    scene: Rc<Scene>,
}

impl Drawn {
    /// The scene of the story that is told, made anew where something changed.
    fn of(before: Option<Self>, view: &View<'_>) -> Self {
        let (funnel, policy, journey) = (view.session.funnel(), view.session.policy(), &view.story.journey);
        let same = |drawn: &Self| {
            Arc::ptr_eq(&drawn.funnel, funnel) && Arc::ptr_eq(&drawn.policy, policy) && drawn.journey == *journey
        };
        before.filter(same).unwrap_or_else(|| Self {
            funnel: Arc::clone(funnel),
            policy: Arc::clone(policy),
            journey: journey.clone(),
            scene: Rc::new(Scene::of(journey, funnel, policy)),
        })
    }
}

/// Below this width the conversation is not shown unasked.
const ROOMY: f32 = 900.0;
const LIST: f32 = 196.0;
const LIST_NARROW: f32 = 168.0;
const CHAT: f32 = 248.0;
const HEADER: f32 = 29.0;

impl Timeline {
    /// Paints it.
    pub fn ui(&mut self, ui: &mut Ui, view: &View<'_>, outbox: &mut Outbox) {
        let whole = ui.available_rect_before_wrap();
        let roomy = whole.width() >= ROOMY;
        let mut shows_chat = self.chat.unwrap_or(roomy);
        let list = whole.with_max_x(whole.left() + if roomy { LIST } else { LIST_NARROW });
        let chat = whole.with_min_x(if shows_chat { whole.right() - CHAT } else { whole.right() });
        let middle = Rect::from_min_max(pos2(list.right() + 12.0, whole.top()), pos2(chat.left() - 4.0, whole.bottom()));
        ui.advance_cursor_after_rect(whole);
        ui.scope_builder(UiBuilder::new().max_rect(list), |ui| self.list.ui(ui, view, outbox));
        ui.painter().vline(list.right() + 6.0, whole.y_range(), egui::Stroke::new(1.0, theme::of(ui).border));

        let drawn = Drawn::of(self.drawn.take(), view);
        let mut tale = Tale::of(view, &drawn);
        self.drawn = Some(drawn);
        let was_shown = shows_chat;
        let builder = UiBuilder::new().max_rect(middle);
        ui.scope_builder(builder, |ui| self.middle(ui, view, outbox, &mut tale, &mut shows_chat));
        if shows_chat != was_shown {
            self.chat = Some(shows_chat);
        }
        if was_shown {
            let clock = tale.clock(view);
            let inner = Rect::from_min_max(pos2(chat.left() + 12.0, chat.top()), chat.max);
            ui.painter().vline(chat.left() + 4.0, whole.y_range(), egui::Stroke::new(1.0, theme::of(ui).border));
            ui.scope_builder(UiBuilder::new().max_rect(inner), |ui| {
                let bubbles = chat::bubbles(&tale.journey, view.session.funnel(), &tale.scene, view.story.playhead);
                chat::ui(ui, &bubbles, &clock);
            });
        }
    }

    fn middle(&mut self, ui: &mut Ui, view: &View<'_>, outbox: &mut Outbox, tale: &mut Tale, chat: &mut bool) {
        let rect = ui.max_rect();
        let mut touched = Touched::default();
        let playhead = view.story.playhead;
        let line = Rect::from_min_size(rect.min, vec2(rect.width(), HEADER - 4.0));
        let builder = UiBuilder::new().max_rect(line).layout(Layout::left_to_right(Align::Center));
        let clock = tale.clock(view);
        ui.scope_builder(builder, |ui| {
            let mut switches = Switches { player: &mut self.player, chart: &mut self.chart, chat };
            self.header.ui(ui, &tale.scene, &clock, playhead, &mut switches, &mut touched);
        });
        let body = Rect::from_min_max(pos2(rect.left(), rect.top() + HEADER), rect.max);
        if let Some((title, hint)) = tale.nothing() {
            return empty(ui, body, title, hint);
        }
        let mut chart_ui = ui.new_child(UiBuilder::new().max_rect(body).id_salt("chart"));
        chart_ui.set_clip_rect(body.expand(2.0).intersect(ui.clip_rect()));
        self.body(&mut chart_ui, body, view, outbox, tale, touched);
    }

    /// Paints the chart, and says how far down it needs room.
    fn body(
        &mut self,
        ui: &mut Ui,
        rect: Rect,
        view: &View<'_>,
        outbox: &mut Outbox,
        tale: &mut Tale,
        mut touched: Touched,
    ) -> f32 {
        let theme = theme::of(ui);
        self.chart.let_go(ui);
        self.chart.follow_to_the_edge(ui, rect);
        let window_length = view.session.policy().window.length;
        let geo = self.chart.geometry(rect, &tale.scene);
        let painter = ui.painter().clone();
        let places = layout::lay_out(&painter, theme, &geo, &tale.scene, window_length);
        let background = self.chart.background(ui, rect, &geo, &tale.scene, &mut touched);
        let axis = self.player.axis(ui, &geo, &tale.scene, view.story.playhead, &mut touched);
        // Keys are for the chart while it has the keyboard, or the pointer where no field has it.
        if axis.has_focus() || (ui.rect_contains_pointer(rect) && !ui.text_edit_focused()) {
            let selected = &view.session.selection.steps;
            self.chart.keys(ui, rect, &tale.scene, (view.story.playhead, selected));
        }
        if background.clicked() {
            axis.request_focus();
        }
        let scenario = tale.story.scenario.clone();
        let stage = Stage { rect, geo: &geo, scene: &tale.scene, scenario: &scenario, window_length };
        handles::bars(ui, &stage, places.entry, &mut touched);
        handles::waits(ui, &stage, &places.waits, &mut touched);
        let mut held = Held {
            marks: handles::marks(ui, &mut self.menus, &stage, &places.marks, &mut touched),
            replies: handles::replies(ui, &mut self.chart, &mut self.menus, &stage, &places.replies, &mut touched),
            unprompted: Vec::new(),
        };
        held.unprompted =
            handles::unprompted(ui, &mut self.chart, &mut self.menus, &stage, &places.unprompted, &mut touched);
        if let Some(at) = self.player.advance(ui, view.story.playhead, &tale.scene) {
            touched.playhead = Some(at);
            self.chart.reveal(at, rect, &tale.scene);
        }
        let focused_at = focused_moment(&held, &tale.scene, window_length);
        if let Some(at) = focused_at.filter(|_| !self.chart.is_held()) {
            self.chart.reveal(at, rect, &tale.scene);
        }

        if let Some((widget, change)) = touched.change.take() {
            tale.change(view, &change);
            tell_of(view, outbox, widget, &change, &tale.story);
            ui.request_repaint();
        }
        let playhead = touched.playhead.unwrap_or(view.story.playhead);
        post(view, outbox, touched, self.player.running.then(|| tale.step_at(playhead)).flatten());

        let geo = self.chart.geometry(rect, &tale.scene);
        let places = layout::lay_out(&painter, theme, &geo, &tale.scene, window_length);
        let stage = Stage { rect, geo: &geo, scene: &tale.scene, scenario: &tale.story.scenario, window_length };
        let clock = tale.clock(view);
        grid::ground(&painter, theme, &geo, &clock);
        let steps = &view.session.selection.steps;
        let brush = Brush { painter: painter.clone(), theme, playhead, lit: view.hovered, selected: steps };
        brush.rows(&stage, &places, &held);
        if !self.still {
            grid::playhead(&painter, theme, &geo, playhead, axis.has_focus());
        }
        if let Some(measure) = self.chart.measure {
            grid::measure(ui, &painter, theme, &geo, (measure.from, measure.to.unwrap_or(playhead)));
        }
        let pointer = ui
            .input(|input| input.pointer.hover_pos())
            .filter(|at| geo.plot.contains(*at) && ui.rect_contains_pointer(rect));
        if let Some(pointer) = pointer {
            grid::hover(&painter, theme, &geo, &clock, &tale.scene, pointer);
        }
        places.marks.iter().map(|mark| mark.bottom()).fold(geo.business.top() + layout::ROOM, f32::max)
    }
}

impl Tale {
    fn of(view: &View<'_>, drawn: &Drawn) -> Self {
        let (story, journey) = (view.story.story.clone(), view.story.journey.clone());
        Self { story, journey, scene: Rc::clone(&drawn.scene) }
    }

    /// Follows the story with this change.
    fn change(&mut self, view: &View<'_>, change: &Change) {
        self.story.scenario = change.of(&self.story.scenario, &self.scene.questions);
        if let Change::Arrive(at) = change {
            self.story.arrives_unix = self.clock(view).unix(*at);
        }
        let (funnel, policy) = (view.session.funnel(), view.session.policy());
        self.journey = follow(funnel, policy, &self.story);
        self.scene = Rc::new(Scene::of(&self.journey, funnel, policy));
    }

    /// Why there is nothing to chart, and what would help.
    fn nothing(&self) -> Option<(&'static str, &'static str)> {
        if self.scene.entry.is_none() || self.journey.ending == Ending::NoEntry {
            return Some((words::NO_ENTRY, words::NO_ENTRY_HINT));
        }
        let sends = self.scene.marks.iter().any(|mark| mark.is == scene::Is::Send);
        (!sends && self.scene.questions.is_empty()).then_some((words::NO_SENDS, words::NO_SENDS_HINT))
    }

    fn clock(&self, view: &View<'_>) -> Clock {
        Clock::of(&view.session.funnel().audience.timezone, self.story.arrives_unix)
    }

    /// The step at which the person is at a moment.
    fn step_at(&self, at: Seconds) -> Option<crate::model::StepId> {
        self.journey.moments.iter().rev().find(|moment| moment.at <= at).map(|moment| moment.step.clone())
    }
}

/// Says the changed story: an edit of the scenario that is kept, or the ready-made one told otherwise.
fn tell_of(view: &View<'_>, outbox: &mut Outbox, widget: Id, change: &Change, story: &Story) {
    match &view.story.source {
        StorySource::Kept(place) => {
            let Some(kept) = view.session.funnel().scenarios.get(*place) else { return };
            // A story's arrival is made definite when it is told; the file keeps what the person wrote.
            let arrives = if matches!(change, Change::Arrive(_)) { story.scenario.arrives } else { kept.arrives };
            let scenario = Scenario { arrives, ..story.scenario.clone() };
            outbox.edit_during(widget, Edit::ReplaceScenario(*place, scenario));
        }
        source @ StorySource::ReadyMade(_) => {
            outbox.ask(Ask::Tell(source.clone(), story.clone()));
            outbox.ask(Ask::Playhead(view.story.playhead));
        }
    }
}

/// Says the rest of what the person did. `playing` is the step at which the running playhead stands.
fn post(view: &View<'_>, outbox: &mut Outbox, touched: Touched, playing: Option<crate::model::StepId>) {
    if let Some(at) = touched.playhead.filter(|at| *at != view.story.playhead) {
        outbox.ask(Ask::Playhead(at));
    }
    if let Some(step) = touched.selected {
        outbox.ask(Ask::Select(Selection { steps: vec![step], ..Selection::default() }));
    }
    if let Some(step) = touched.hovered.or(playing) {
        outbox.ask(Ask::Hover(step));
    }
}

/// When the widget that the keyboard is on happens, so that it can be brought into view.
fn focused_moment(held: &Held, scene: &Scene, window_length: Seconds) -> Option<Seconds> {
    let replies = held.replies.iter().zip(&scene.questions).map(|(r, q)| (r, handles::settled_at(q, window_length)));
    let marks = held.marks.iter().zip(&scene.marks).map(|(r, mark)| (r, mark.at));
    let unprompted = held.unprompted.iter().zip(&scene.unprompted).map(|(r, at)| (r, *at));
    replies.chain(marks).chain(unprompted).find(|(response, _)| response.gained_focus()).map(|(_, at)| at)
}

fn empty(ui: &mut Ui, rect: Rect, title: &str, hint: &str) {
    let theme = theme::of(ui);
    let builder = UiBuilder::new().max_rect(Rect::from_center_size(rect.center(), vec2(rect.width(), 60.0)));
    ui.scope_builder(builder, |ui| {
        Frame::new().show(ui, |ui| {
            ui.vertical_centered(|ui| {
                ui.label(RichText::new(title).font(theme.font(Type::Title)));
                ui.label(RichText::new(hint).color(theme.weak));
            });
        });
    });
}
