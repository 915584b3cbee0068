//! What lies over the canvas and does not move with it: zoom, the way back, the first words over an empty one.

use egui::{Align2, FontId, Layout, Rect, RichText, Ui, UiBuilder, vec2};
use egui_material_icons::MaterialIcon;
use egui_material_icons::icons::{ICON_ADD, ICON_ARROW_BACK, ICON_BLOCK, ICON_FIT_SCREEN, ICON_REMOVE};

use crate::edit::Edit;
use crate::model::{Channel, Point};
use crate::session::Selection;
use crate::ui::command::Command;
use crate::ui::theme::{self, Type};
use crate::ui::words::canvas as words;
use crate::ui::{Ask, Outbox, View};

use super::face::channel_icon;
use super::new_step::new_entry;
use super::wires::WireEnd;
use super::{Canvas, pen};

impl Canvas {
    /// Shows what lies over the canvas.
    pub(super) fn overlays(&mut self, ui: &mut Ui, area: Rect, view: &View<'_>, outbox: &mut Outbox) {
        self.minimap(ui, area);
        self.refusal(ui);
        if self.scene.bounds().is_some() {
            self.zoom_buttons(ui, area);
            self.way_back(ui, area);
        } else {
            self.first_words(ui, area, view, outbox);
        }
    }

    /// Says beside the pointer why a link cannot end there.
    fn refusal(&self, ui: &Ui) {
        let (Some(WireEnd::Refused(why)), Some(pointer)) = (&self.wire_end, ui.input(|input| input.pointer.latest_pos()))
        else {
            return;
        };
        let theme = theme::of(ui);
        egui::Area::new(egui::Id::unique("canvas refusal"))
            .order(egui::Order::Tooltip)
            .fixed_pos(pointer + vec2(14.0, 18.0))
            .interactable(false)
            .constrain_to(ui.content_rect())
            .show(ui, |ui| {
                theme.card().inner_margin(8).stroke(egui::Stroke::new(1.0, theme.outside)).show(ui, |ui| {
                    ui.set_max_width(260.0);
                    ui.horizontal(|ui| {
                        ui.spacing_mut().item_spacing.x = 6.0;
                        let icon = RichText::new(ICON_BLOCK.codepoint).font(FontId::new(15.0, pen::icon_family()));
                        ui.label(icon.color(theme.outside));
                        ui.add(egui::Label::new(RichText::new(why).color(theme.text)).wrap());
                    });
                });
            });
    }

    fn zoom_buttons(&mut self, ui: &mut Ui, area: Rect) {
        let theme = theme::of(ui);
        let rect = Rect::from_min_size(area.left_bottom() + vec2(12.0, -48.0), vec2(168.0, 36.0));
        let mut bar = ui.new_child(UiBuilder::new().max_rect(rect).layout(Layout::left_to_right(egui::Align::Center)));
        let frame = theme.card().corner_radius(theme::RADIUS + 2).inner_margin(4);
        frame.show(&mut bar, |ui| {
            ui.spacing_mut().item_spacing.x = 2.0;
            if icon_button(ui, ICON_REMOVE, Command::ZoomOut).clicked() {
                self.commands.push(Command::ZoomOut);
            }
            let percent = format!("{:.0} %", self.camera.zoom() * 100.0);
            let text = RichText::new(&percent).font(theme.font(Type::Small)).color(theme.text);
            let reset = ui.add(egui::Button::new(text).frame_when_inactive(false).min_size(vec2(52.0, 26.0)));
            if named(reset, Command::ZoomReset, ui).clicked() {
                self.commands.push(Command::ZoomReset);
            }
            if icon_button(ui, ICON_ADD, Command::ZoomIn).clicked() {
                self.commands.push(Command::ZoomIn);
            }
            if icon_button(ui, ICON_FIT_SCREEN, Command::Fit).clicked() {
                self.commands.push(Command::Fit);
            }
        });
        if !self.commands.is_empty() {
            ui.request_repaint();
        }
    }

    fn way_back(&mut self, ui: &mut Ui, area: Rect) {
        let seen = self.camera.seen(area);
        let mut blocks = self.scene.fold.blocks().map(super::fold::Block::rect);
        if self.scene.shown.iter().any(|rect| seen.intersects(*rect)) || blocks.any(|rect| seen.intersects(rect)) {
            return;
        }
        let theme = theme::of(ui);
        let rect = Rect::from_center_size(area.center_bottom() - vec2(0.0, 40.0), vec2(190.0, 34.0));
        let text = RichText::new(format!("{}  {}", ICON_ARROW_BACK.codepoint, words::BACK)).color(theme.on_accent);
        let button = egui::Button::new(text).fill(theme.accent).corner_radius(17);
        if ui.put(rect, button).clicked() {
            self.commands.push(Command::Fit);
            ui.request_repaint();
        }
    }

    fn first_words(&mut self, ui: &mut Ui, area: Rect, view: &View<'_>, outbox: &mut Outbox) {
        let theme = theme::of(ui);
        let painter = ui.painter_at(area);
        let channels = Channel::ALL;
        let (tile, gap) = (vec2(124.0, 84.0), 12.0);
        let room = (area.width() - 32.0).max(tile.x);
        let columns =
            (((room + gap) / (tile.x + gap)) as usize).clamp(1, if channels.len() > 4 { 4 } else { channels.len() });
        let rows = channels.len().div_ceil(columns) as f32;
        let middle = area.center() + vec2(0.0, 40.0 - rows * (tile.y + gap) / 2.0);
        painter.text(middle - vec2(0.0, 40.0), Align2::CENTER_CENTER, words::EMPTY, theme.font(Type::Display), theme.text);
        painter.text(middle - vec2(0.0, 10.0), Align2::CENTER_CENTER, words::EMPTY_HINT, theme.font(Type::Body), theme.weak);
        for (place, channel) in channels.into_iter().enumerate() {
            let (row, column) = (place / columns, place % columns);
            let in_row = columns.min(channels.len() - row * columns);
            let width = in_row as f32 * tile.x + (in_row - 1) as f32 * gap;
            let corner = egui::pos2(middle.x - width / 2.0, middle.y + 20.0)
                + vec2(column as f32, row as f32) * (tile + vec2(gap, gap));
            let response = ui.interact(
                Rect::from_min_size(corner, tile),
                super::ground_id().with(("first", place)),
                egui::Sense::click(),
            );
            response.widget_info(|| egui::WidgetInfo::labeled(egui::Role::Button, true, words::channel(channel)));
            let lit = response.hovered() || response.has_focus();
            let line = egui::Stroke::new(1.0, if lit { theme.accent } else { theme.border });
            painter.rect(response.rect, theme::RADIUS_LARGE, theme.raised, line, egui::StrokeKind::Inside);
            let icon = channel_icon(channel);
            let at = response.rect.center_top() + vec2(0.0, 28.0);
            painter.text(at, Align2::CENTER_CENTER, icon.codepoint, FontId::new(24.0, pen::icon_family()), theme.accent);
            let mut job = egui::text::LayoutJob::simple(
                words::channel(channel).to_owned(),
                theme.font(Type::Small),
                theme.text,
                tile.x - 16.0,
            );
            job.halign = egui::Align::Center;
            let galley = painter.layout_job(job);
            painter.galley(response.rect.center_top() + vec2(0.0, 48.0), galley, theme.text);
            if response.clicked() {
                let step = new_entry(channel, view.session.funnel());
                let id = step.id.clone();
                let at = self.camera.seen(area).center();
                outbox.edit(Edit::AddStep {
                    step,
                    at: Point { x: (at.x / 20.0).round() * 20.0 - 240.0, y: (at.y / 20.0).round() * 20.0 - 40.0 },
                });
                outbox.ask(Ask::Select(Selection::of_steps(vec![id])));
                self.focus = true;
            }
        }
    }
}

/// A small button with an icon for a command.
pub fn icon_button(ui: &mut Ui, icon: MaterialIcon, command: Command) -> egui::Response {
    let text = RichText::new(icon.codepoint).font(FontId::new(17.0, pen::icon_family()));
    let button = ui.add(egui::Button::new(text).frame_when_inactive(false).min_size(vec2(28.0, 26.0)));
    named(button, command, ui)
}

/// Gives a button its command's name, for screen readers and in a hint with its keys.
pub fn named(button: egui::Response, command: Command, ui: &Ui) -> egui::Response {
    button.widget_info(|| egui::WidgetInfo::labeled(egui::Role::Button, true, command.label()));
    let keys = command.shortcut_text(ui);
    let hint = if keys.is_empty() { command.label().to_owned() } else { format!("{}  {keys}", command.label()) };
    button.on_hover_text(hint)
}
