//! The history as a list: what was done and undone, by name, and a way to go to any of it. Posts how far to go.

use egui::{Align2, Context, Id, Key, Modal, Modifiers, RichText, Role, ScrollArea, Sense, Ui, WidgetInfo, vec2};
use egui_material_icons::MaterialIcon;
use egui_material_icons::icons::{ICON_CIRCLE, ICON_FOLDER_OPEN, ICON_REDO, ICON_UNDO};

use crate::session::Session;
use crate::ui::theme::{self, RADIUS, Type};
use crate::ui::words::shell as words;

const ROW: f32 = 30.0;

/// The list while it is open.
#[derive(Debug, Default)]
pub struct Past {
    /// Which row the keyboard is on; the one of now at first.
    chosen: Option<usize>,
}

/// What came of it in this frame.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Answer {
    /// The person is still looking.
    Open,
    /// The person wants nothing.
    Closed,
    /// The person wants so many steps to be undone, or done again where it is less than nothing.
    Undo(isize),
}

impl Past {
    /// Paints it.
    pub fn ui(&mut self, ctx: &Context, session: &Session) -> Answer {
        let mut answer = Answer::Open;
        let future: Vec<&str> = session.redo_labels().collect();
        let past: Vec<&str> = session.undo_labels().collect();
        let now = future.len();
        let last = now + past.len();
        let (up, down, enter) = ctx.input_mut(|input| {
            let mut pressed = |key| input.consume_key(Modifiers::NONE, key);
            (pressed(Key::ArrowUp), pressed(Key::ArrowDown), pressed(Key::Enter))
        });
        let mut chosen = self.chosen.unwrap_or(now).min(last);
        if down {
            chosen = (chosen + 1).min(last);
        }
        if up {
            chosen = chosen.saturating_sub(1);
        }
        let theme = theme::of_ctx(ctx);
        let frame = theme.card().inner_margin(10).shadow(theme.floating_shadow());
        let area = Modal::default_area(Id::unique("history")).anchor(Align2::CENTER_TOP, vec2(0.0, 80.0));
        let modal = Modal::new(Id::unique("history")).area(area).frame(frame).show(ctx, |ui| {
            ui.set_width(400.0);
            ui.spacing_mut().item_spacing.y = 1.0;
            ui.label(RichText::new(words::HISTORY).font(theme.font(Type::Title)).color(theme.text));
            ui.label(RichText::new(words::HISTORY_HINT).font(theme.font(Type::Small)).color(theme.weak));
            ui.add_space(6.0);
            let room = (ui.content_rect().height() - 240.0).clamp(120.0, 460.0);
            ScrollArea::vertical().max_height(room).auto_shrink([false, true]).show(ui, |ui| {
                for place in 0..=last {
                    // The newest stands at the top; the last row is the funnel as it was opened.
                    let (icon, label) = match place {
                        _ if place == last => (ICON_FOLDER_OPEN, words::AS_OPENED),
                        _ if place < now => (ICON_REDO, future[now - 1 - place]),
                        _ => (if place == now { ICON_CIRCLE } else { ICON_UNDO }, past[place - now]),
                    };
                    let row = row(ui, icon, label, place, now, place == chosen);
                    if place == chosen && (up || down || self.chosen.is_none()) {
                        row.scroll_to_me(None);
                    }
                    if row.clicked() {
                        answer = Answer::Undo(place as isize - now as isize);
                    }
                }
            });
        });
        self.chosen = Some(chosen);
        if enter {
            answer = Answer::Undo(chosen as isize - now as isize);
        } else if answer == Answer::Open && modal.should_close() {
            answer = Answer::Closed;
        }
        answer
    }
}

fn row(ui: &mut Ui, icon: MaterialIcon, label: &str, place: usize, now: usize, chosen: bool) -> egui::Response {
    let theme = theme::of(ui);
    let (rect, response) = ui.allocate_exact_size(vec2(ui.available_width(), ROW), Sense::click());
    let name = words::revision(label, place.cmp(&now));
    response.widget_info(|| WidgetInfo::selected(Role::MenuItem, true, place == now, &name));
    if !ui.is_rect_visible(rect) {
        return response;
    }
    if chosen || response.hovered() {
        ui.painter().rect_filled(rect, RADIUS, if chosen { theme.accent_soft } else { theme.hover });
    }
    let ink = match place.cmp(&now) {
        std::cmp::Ordering::Less => theme.weak,
        _ => theme.text,
    };
    let icons = egui::FontId::new(15.0, egui::FontFamily::Name(egui_material_icons::FONT_FAMILY_OUTLINED.into()));
    let tint = if place == now { theme.accent } else { theme.weak };
    ui.painter().text(rect.left_center() + vec2(16.0, 0.0), Align2::CENTER_CENTER, icon.codepoint, icons, tint);
    let font = theme.font(if place == now { Type::Strong } else { Type::Body });
    let mut job = egui::text::LayoutJob::simple_singleline(label.to_owned(), font, ink);
    job.wrap = egui::text::TextWrapping::truncate_at_width(rect.width() - 110.0);
    let text = ui.painter().layout_job(job);
    ui.painter().galley(rect.left_center() + vec2(32.0, -text.size().y / 2.0), text, ink);
    if place == now {
        let at = rect.right_center() - vec2(10.0, 0.0);
        ui.painter().text(at, Align2::RIGHT_CENTER, words::NOW, theme.font(Type::Small), theme.accent);
    }
    response
}
