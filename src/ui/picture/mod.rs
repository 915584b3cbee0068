//! Pictures of the planner's parts without a window and without a GPU: for `transom render`, and for what the planner
//! copies and exports. The parts paint themselves; here it is decided how large, and what becomes of it.

mod drawing;
mod letters;
mod svg;

use egui::{Rect, Ui, Vec2, vec2};

use crate::cli::render::{self, Form, Wish};
use crate::file;
use crate::model::{Seconds, StepId};
use crate::session::Session;

use super::canvas::{Camera, Still};
use super::panels::Windows;
use super::timeline::{self, Timeline};
use super::words::picture as words;
use super::{StorySource, Told, View};

pub use drawing::{Drawing, Look};

/// The room around what a picture shows, in points.
const MARGIN: f32 = 40.0;
/// A picture of pixels is this large at most by itself, in points: beyond that it is zoomed out until it fits, since
/// nobody could look at it.
const LARGEST: Vec2 = vec2(12_000.0, 8_000.0);
/// How wide the picture of a chart is unless something else is asked for, in points; it is as high as needed.
const CHART: Vec2 = vec2(1280.0, 1200.0);
/// Before anything has happened: a picture stands at no moment.
const NO_MOMENT: Seconds = Seconds(-1);

/// Draws what the command line asks for.
///
/// # Errors
/// In words, why there is no such picture.
pub fn of_command(wish: Wish) -> Result<Vec<u8>, String> {
    let look = Look { dark: wish.theme == render::Theme::Dark, scale: wish.scale };
    let size = wish.size.map(|[width, height]| vec2(width as f32, height as f32));
    let session = Session::new(wish.document, None, wish.policy, wish.now);
    let mut told = told(&session, wish.scenario.as_deref())?;
    let end = told.journey.moments.last().map(|last| last.at);
    let on_canvas = wish.view == render::View::Canvas && wish.scenario.is_some();
    told.playhead = end.filter(|_| on_canvas).unwrap_or(NO_MOMENT);
    let view = View { session: &session, story: &told, hovered: None };
    let drawing = match wish.view {
        render::View::Canvas => canvas(&view, &[], size, wish.form, look)?,
        render::View::Journey => journey(&view, size, look),
        render::View::Window => windows(&view, size, look),
    };
    drawing.bytes(wish.form)
}

/// The picture of the canvas: of these steps, or of everything where none are named. Without a size it is as large as
/// what it shows at 100 %.
///
/// # Errors
/// In words, that there is nothing to show.
pub fn canvas(view: &View<'_>, only: &[StepId], size: Option<Vec2>, form: Form, look: Look) -> Result<Drawing, String> {
    let mut still = Still::of(view.session, only).ok_or(words::EMPTY)?;
    let shown = still.shown().expand(MARGIN);
    let most = match (size, form) {
        (Some(size), _) => size,
        (None, Form::Png) => LARGEST,
        (None, Form::Svg) => Vec2::INFINITY,
    };
    let zoom = (most / shown.size()).min_elem().min(1.0);
    let size = size.unwrap_or(shown.size() * zoom).ceil();
    let seen = Rect::from_center_size(shown.center(), size / zoom);
    let camera = Camera::of_part(seen, zoom);
    let paint = |ui: &mut Ui| {
        still.paint(ui, view, camera);
        size
    };
    Ok(Drawing::new(&view.session.funnel().name, size, look, paint))
}

/// The picture of the story that is told.
fn journey(view: &View<'_>, size: Option<Vec2>, look: Look) -> Drawing {
    let mut timeline = Timeline::default();
    let title = format!("{} · {}", view.session.funnel().name, view.story.story.scenario.name);
    let paint = |ui: &mut Ui| {
        let height = timeline.still(ui, view);
        size.unwrap_or(vec2(CHART.x, height.ceil()))
    };
    Drawing::new(&title, size.unwrap_or(CHART), look, paint)
}

/// The picture of the windows of all messages.
fn windows(view: &View<'_>, size: Option<Vec2>, look: Look) -> Drawing {
    let windows = Windows::default();
    let paint = |ui: &mut Ui| {
        let height = windows.still(ui, view);
        size.unwrap_or(vec2(CHART.x, height.ceil()))
    };
    Drawing::new(&view.session.funnel().name, size.unwrap_or(CHART), look, paint)
}

/// The story of this name: a scenario of the file, else one of those that are always at hand; the usual one where no name
/// is given.
fn told(session: &Session, name: Option<&str>) -> Result<Told, String> {
    let Some(name) = name else { return Ok(Told::first(session)) };
    let (funnel, policy, proof) = (session.funnel(), session.policy(), &session.judgement().proof);
    if let Some(place) = funnel.scenarios.iter().position(|scenario| scenario.name == name) {
        let story = crate::engine::Story::of(&funnel.scenarios[place], funnel);
        return Ok(Told::of(StorySource::Kept(place), story, session));
    }
    let ready = timeline::ready_made(funnel, proof);
    if let Some(story) = ready.iter().find(|story| story.name == name) {
        let story = timeline::tell(story, funnel, policy, proof).ok_or_else(|| words::cannot_be_told(name))?;
        return Ok(Told::of(StorySource::ReadyMade(name.to_owned()), story, session));
    }
    let known: Vec<&str> = funnel.scenarios.iter().map(|scenario| scenario.name.as_str()).collect();
    let known: Vec<&str> = known.into_iter().chain(ready.iter().map(|story| story.name.as_str())).collect();
    Err(words::no_scenario(name, file::nearest(name, known.iter().copied()).as_deref(), &known))
}
