//! The windows of all messages as a picture: every row, under what they come to. Nothing can be pressed there.

use egui::{Align2, Ui, UiBuilder, vec2};

use crate::ui::theme::{self, Type};
use crate::ui::words::windows as words;
use crate::ui::{Outbox, View};

use super::{Columns, HEAD, ROW, Windows, axis, ground, row_ui, scale_of, summary};

/// The room around the rows.
const PADDING: f32 = 24.0;
/// The height of the name above them.
const NAME: f32 = 48.0;

impl Windows {
    /// Paints all messages over all of the window, what may fail first, and says what height they need of it.
    pub fn still(&self, ui: &mut Ui, view: &View<'_>) -> f32 {
        let theme = theme::of(ui);
        let whole = ui.content_rect();
        ui.painter().rect_filled(whole, 0.0, theme.surface);
        let room = whole.shrink(PADDING);
        let rows = self.rows(theme, view);
        let (title, under) = match rows.as_slice() {
            [] => (words::EMPTY.to_owned(), words::EMPTY_HELP),
            rows => (summary(rows), view.session.funnel().name.as_str()),
        };
        let title = ui.painter().text(room.min, Align2::LEFT_TOP, title, theme.font(Type::Title), theme.text);
        let at = title.left_bottom() + vec2(0.0, 3.0);
        ui.painter().text(at, Align2::LEFT_TOP, under, theme.font(Type::Small), theme.weak);
        if rows.is_empty() {
            return 2.0 * PADDING + NAME;
        }
        let chart = room.with_min_y(room.top() + NAME);
        let mut ui = ui.new_child(UiBuilder::new().max_rect(chart));
        ui.spacing_mut().item_spacing = vec2(0.0, 0.0);
        let columns = Columns::of(chart.width());
        let window = view.session.policy().window.length;
        let scale = scale_of(&rows, window, &columns);
        axis(&mut ui, theme, &columns, &scale, window);
        let body = ui.available_rect_before_wrap();
        let body = body.with_max_y(body.top() + ROW * rows.len() as f32);
        ground(ui.painter(), theme, body, &columns, &scale);
        for row in &rows {
            row_ui(&mut ui, theme, view, &mut Outbox::default(), row, (&columns, &scale));
        }
        2.0 * PADDING + NAME + HEAD + body.height()
    }
}
