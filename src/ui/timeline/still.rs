//! The timeline as a picture: the chart of the story that is told, under its name. Nothing can be taken hold of there.

use egui::{Align2, Rect, Ui, UiBuilder, vec2};

use crate::model::Seconds;
use crate::ui::theme::{self, Type};
use crate::ui::words::timeline as words;
use crate::ui::{Outbox, View};

use super::chart::Touched;
use super::{Drawn, Tale, Timeline, empty};

/// The room around the chart.
const MARGIN: f32 = 24.0;
/// The height of the name above it.
const HEAD: f32 = 44.0;
/// From this height on the chart has room for all its lines of labels.
const LEAST: f32 = 264.0;
/// The height of the words where there is nothing to chart.
const EMPTY: f32 = 120.0;

impl Timeline {
    /// Paints the whole story over all of the window, and says what height it needs of it.
    pub fn still(&mut self, ui: &mut Ui, view: &View<'_>) -> f32 {
        self.still = true;
        let theme = theme::of(ui);
        let whole = ui.content_rect();
        ui.painter().rect_filled(whole, 0.0, theme.surface);
        let room = whole.shrink(MARGIN);
        let mut tale = Tale::of(view, &Drawn::of(None, view));
        let clock = tale.clock(view);
        let name = ui.painter().text(
            room.left_top(),
            Align2::LEFT_TOP,
            &tale.story.scenario.name,
            theme.font(Type::Title),
            theme.text,
        );
        let arrives = format!("{} {} {}", words::ARRIVES, clock.day(Seconds::ZERO), clock.time(Seconds::ZERO));
        let at = name.left_bottom() + vec2(0.0, 3.0);
        ui.painter().text(at, Align2::LEFT_TOP, arrives, theme.font(Type::Small), theme.weak);
        let chart = room.with_min_y(room.top() + HEAD);
        if let Some((title, hint)) = tale.nothing() {
            empty(ui, chart, title, hint);
            return 2.0 * MARGIN + HEAD + EMPTY;
        }
        let mut chart_ui = ui.new_child(UiBuilder::new().max_rect(chart).id_salt("chart"));
        chart_ui.set_clip_rect(Rect::from_min_max(chart.min, whole.max));
        let bottom = self.body(&mut chart_ui, chart, view, &mut Outbox::default(), &mut tale, Touched::default());
        bottom.max(chart.top() + LEAST) + MARGIN
    }
}
