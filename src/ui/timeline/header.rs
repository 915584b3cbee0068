//! The line above the chart: play, the playhead's time, the arrival, fold and fit.

use egui::{Align, Button, ComboBox, Layout, RichText, Ui};
use egui_material_icons::icons::{
    ICON_COMPRESS, ICON_FIT_SCREEN, ICON_FORUM, ICON_GRID_GUIDES, ICON_PAUSE, ICON_PLAY_ARROW, ICON_UNFOLD_MORE,
};

use crate::model::{LocalTime, Seconds};
use crate::ui::theme::{self, Type};
use crate::ui::words::timeline as words;

use super::changes::Change;
use super::chart::{Chart, Touched};
use super::clock::Clock;
use super::playhead::{Player, SPEEDS};
use super::scene::Scene;
use super::typed::Typed;

/// Words stand beside the fields only where at least this much room is left for them and the buttons.
const ROOM_FOR_WORDS: f32 = 340.0;

/// The fields of the header.
#[derive(Debug, Default)]
pub struct Header {
    go_to: Typed,
    arrives: Typed,
}

/// What the header shows and switches.
pub struct Switches<'a> {
    /// The player.
    pub player: &'a mut Player,
    /// The chart.
    pub chart: &'a mut Chart,
    /// The conversation is shown.
    pub chat: &'a mut bool,
}

impl Header {
    /// Paints it.
    pub fn ui(
        &mut self,
        ui: &mut Ui,
        scene: &Scene,
        clock: &Clock,
        at: Seconds,
        switches: &mut Switches<'_>,
        touched: &mut Touched,
    ) {
        ui.spacing_mut().item_spacing.x = 4.0;
        let running = switches.player.running;
        let (icon, name) = if running { (ICON_PAUSE, words::PAUSE) } else { (ICON_PLAY_ARROW, words::PLAY) };
        if icon_button(ui, icon.codepoint, name, false).clicked() {
            touched.playhead = Some(switches.player.toggle(at, scene));
        }
        let speed =
            ComboBox::from_id_salt("speed").width(64.0).selected_text(words::speed(switches.player.speed)).icon(opens);
        let speed = speed.show_ui(ui, |ui| {
            for hours in SPEEDS {
                ui.selectable_value(&mut switches.player.speed, hours, words::speed(hours));
            }
        });
        speed.response.accessible_name(words::SPEED).on_hover_text(words::SPEED);
        let shown = words::since_entry(at);
        let read = |text: &str| read_moment(text, clock);
        let (to, _) = self.go_to.ui(ui, (words::GO_TO, words::GO_TO_HINT), &shown, 104.0, read);
        touched.playhead = to.or(touched.playhead);
        let local = format!("{} {}", clock.day(at), clock.time(at));
        if ui.available_width() > ROOM_FOR_WORDS {
            ui.label(RichText::new(local).font(theme::of(ui).font(Type::Small)).color(theme::of(ui).weak));
        }
        ui.with_layout(Layout::right_to_left(Align::Center), |ui| {
            if icon_button(ui, ICON_FORUM.codepoint, words::CHAT, *switches.chat).clicked() {
                *switches.chat = !*switches.chat;
            }
            if icon_button(ui, ICON_FIT_SCREEN.codepoint, words::FIT, false).clicked() {
                switches.chart.look = None;
            }
            if icon_button(ui, ICON_GRID_GUIDES.codepoint, words::SNAP, !switches.chart.free).clicked() {
                switches.chart.free = !switches.chart.free;
            }
            if icon_button(ui, ICON_COMPRESS.codepoint, words::FOLD, !switches.chart.unfolded).clicked() {
                switches.chart.unfolded = !switches.chart.unfolded;
                switches.chart.look = None;
            }
            let shown = clock.local(Seconds::ZERO).format("%Y-%m-%d %H:%M").to_string();
            let read = |text: &str| text.parse::<LocalTime>().ok();
            let (arrives, field) = self.arrives.ui(ui, (words::ARRIVES, words::ARRIVES_HINT), &shown, 122.0, read);
            if let Some(arrives) = arrives {
                touched.change = Some((field.id, Change::Arrive(arrives)));
            }
            if ui.available_width() > 48.0 {
                let text = RichText::new(words::ARRIVES).font(theme::of(ui).font(Type::Small)).color(theme::of(ui).weak);
                ui.label(text);
            }
        });
    }
}

/// What tells that a list opens; the same as elsewhere in the window.
fn opens(ui: &Ui, rect: egui::Rect, _: &egui::style::WidgetVisuals, _: bool) {
    super::brush::icon(ui.painter(), rect.center(), ICON_UNFOLD_MORE.codepoint, 16.0, theme::of(ui).weak);
}

/// A button of one icon, with its name for those who do not see it.
pub fn icon_button(ui: &mut Ui, icon: &str, name: &str, on: bool) -> egui::Response {
    let theme = theme::of(ui);
    let colour = if on { theme.accent } else { theme.text };
    let button = Button::new(RichText::new(icon).font(super::brush::icon_font(15.0)).color(colour))
        .min_size(egui::vec2(28.0, 26.0))
        .selected(on);
    let button = button.frame_when_inactive(on);
    ui.scope(|ui| {
        ui.spacing_mut().button_padding.x = 6.0;
        ui.add(button)
    })
    .inner
    .accessible_name(name)
    .on_hover_text(name)
}

/// A moment as it is typed: a length since entry, with or without a plus, or a local time.
fn read_moment(text: &str, clock: &Clock) -> Option<Seconds> {
    let text = text.trim();
    let length = text.trim_start_matches('+').trim();
    if length == "0" {
        return Some(Seconds::ZERO);
    }
    if let Ok(at) = length.parse::<Seconds>() {
        return Some(at);
    }
    let local = text.parse::<LocalTime>().ok()?;
    Some(clock.since_entry(local)).filter(|at| *at >= Seconds::ZERO)
}
