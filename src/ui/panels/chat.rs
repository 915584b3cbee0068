//! A message as the person will see it on a phone.

use egui::{Align2, CornerRadius, Frame, Label, Layout, Margin, RichText, Sense, Stroke, StrokeKind, Ui, vec2};
use egui_material_icons::MaterialIcon;
use egui_material_icons::icons::{
    ICON_CALL, ICON_CONTENT_COPY, ICON_DESCRIPTION, ICON_IMAGE, ICON_LIST, ICON_LOCATION_ON, ICON_MIC, ICON_MOVIE,
    ICON_OPEN_IN_NEW, ICON_REPLY, ICON_STICKY_NOTE_2, ICON_WEB,
};

use crate::model::{Button, Content, Header, Media, Message, Template};
use crate::ui::View;
use crate::ui::theme::{self, Theme, Type};
use crate::ui::words::panels as words;

use super::form::glyph;

/// Paints what a message step sends; both ways where there are two.
pub fn ui(ui: &mut Ui, view: &View<'_>, message: &Message) {
    let template = message.send.template().map(|name| view.session.funnel().template(name));
    phone(ui, |ui| {
        let both = message.send.content().is_some() && template.is_some();
        if let Some(content) = message.send.content() {
            if both {
                note(ui, words::WHILE_OPEN);
            }
            content_ui(ui, content);
        }
        match template {
            Some(Some(template)) => {
                if both {
                    note(ui, words::WHEN_CLOSED);
                }
                template_ui(ui, template);
            }
            Some(None) => note(ui, words::NO_TEMPLATE),
            None => {}
        }
    });
}

/// Paints a template with its samples filled in.
pub fn of_template(ui: &mut Ui, template: &Template) {
    phone(ui, |ui| template_ui(ui, template));
}

fn phone(ui: &mut Ui, screen: impl FnOnce(&mut Ui)) {
    let theme = theme::of(ui);
    Frame::new()
        .fill(theme.canvas)
        .stroke(Stroke::new(1.0, theme.border))
        .corner_radius(theme::RADIUS_LARGE)
        .inner_margin(Margin::same(12))
        .show(ui, |ui| {
            ui.set_width(ui.available_width());
            ui.spacing_mut().item_spacing.y = 4.0;
            screen(ui);
        });
}

fn note(ui: &mut Ui, text: &str) {
    let theme = theme::of(ui);
    ui.vertical_centered(|ui| {
        ui.add(Label::new(RichText::new(text).font(theme.font(Type::Small)).color(theme.weak)).wrap().selectable(false));
    });
}

/// A bubble of at most seven eighths of the screen, as wide as its buttons.
fn bubble(ui: &mut Ui, inner: impl FnOnce(&mut Ui)) {
    let theme = theme::of(ui);
    let corners = CornerRadius { nw: 2, ne: theme::RADIUS_LARGE, sw: theme::RADIUS_LARGE, se: theme::RADIUS_LARGE };
    let width = ui.available_width() * 0.875;
    Frame::new()
        .fill(theme.raised)
        .stroke(Stroke::new(1.0, theme.border))
        .corner_radius(corners)
        .inner_margin(Margin::symmetric(10, 8))
        .show(ui, |ui| {
            ui.set_width(width - 22.0);
            ui.spacing_mut().item_spacing.y = 4.0;
            inner(ui);
        });
}

/// A button below a bubble, as wide as the bubble.
fn tap(ui: &mut Ui, icon: MaterialIcon, text: &str) {
    let theme = theme::of(ui);
    let width = ui.available_width() * 0.875;
    let (rect, _) = ui.allocate_exact_size(vec2(width, 28.0), Sense::hover());
    ui.painter().rect(rect, theme::RADIUS, theme.raised, Stroke::new(1.0, theme.border), StrokeKind::Inside);
    let (font, side) = (theme.font(Type::Body), 16.0);
    let words = ui.painter().layout_no_wrap(text.to_owned(), font.clone(), theme.accent).size().x;
    let room = (words + 1.0).min(width - side - 24.0);
    let left = rect.center().x - (side + 6.0 + room) / 2.0;
    let middle = egui::pos2(left + side / 2.0, rect.center().y);
    glyph::at(ui, middle, icon.codepoint, glyph::font(theme, Type::Body), theme.accent);
    let place = egui::Rect::from_min_size(egui::pos2(left + side + 6.0, rect.top()), vec2(room, rect.height()));
    let mut inner = ui.new_child(egui::UiBuilder::new().max_rect(place).layout(Layout::left_to_right(egui::Align::Center)));
    inner.add(Label::new(RichText::new(text).font(font).color(theme.accent)).truncate().selectable(false));
}

fn body(ui: &mut Ui, text: &str) {
    let theme = theme::of(ui);
    if text.trim().is_empty() {
        let text = RichText::new(words::NO_TEXT).font(theme.font(Type::Body)).color(theme.weak).italics();
        ui.add(Label::new(text).wrap().selectable(false));
    } else {
        ui.add(Label::new(formatted(theme, text, ui.available_width())).wrap());
    }
}

/// WhatsApp's own marks: *strong*, _slanted_, ~struck~.
fn formatted(theme: &Theme, text: &str, width: f32) -> egui::text::LayoutJob {
    let mut job = egui::text::LayoutJob::default();
    job.wrap.max_width = width;
    let mut marks = [false; 3];
    let letters: Vec<char> = text.chars().collect();
    let mut run = String::new();
    for (i, letter) in letters.iter().enumerate() {
        let mark = ['*', '_', '~'].iter().position(|mark| mark == letter);
        let turns = mark.filter(|mark| opens_or_closes(&letters, i, marks[*mark]));
        match turns {
            Some(mark) => {
                append(&mut job, theme, &mut run, marks);
                marks[mark] = !marks[mark];
            }
            None => run.push(*letter),
        }
    }
    append(&mut job, theme, &mut run, marks);
    job
}

/// A mark opens before a letter where one that closes it follows in the line, and closes after a letter.
fn opens_or_closes(letters: &[char], i: usize, open: bool) -> bool {
    let word = |at: Option<&char>| at.is_some_and(|c| c.is_alphanumeric());
    let solid = |at: Option<&char>| at.is_some_and(|c| !c.is_whitespace());
    let (before, after) = (i.checked_sub(1).and_then(|j| letters.get(j)), letters.get(i + 1));
    if open {
        return solid(before) && !word(after);
    }
    let closes = |j: usize| letters[j] == letters[i] && solid(letters.get(j - 1)) && !word(letters.get(j + 1));
    let line_end = (i + 1..letters.len()).find(|j| letters[*j] == '\n').unwrap_or(letters.len());
    solid(after) && !word(before) && (i + 2..line_end).any(closes)
}

fn append(job: &mut egui::text::LayoutJob, theme: &Theme, run: &mut String, [strong, slanted, struck]: [bool; 3]) {
    let mut format = egui::TextFormat::simple(theme.font(if strong { Type::Strong } else { Type::Body }), theme.text);
    format.italics = slanted;
    if struck {
        format.strikethrough = Stroke::new(1.0, theme.text);
    }
    job.append(run, 0.0, format);
    run.clear();
}

fn picture(ui: &mut Ui, icon: MaterialIcon, name: &str) {
    let theme = theme::of(ui);
    let (rect, response) = ui.allocate_exact_size(vec2(ui.available_width(), 96.0), Sense::hover());
    response.widget_info(|| egui::WidgetInfo::labeled(egui::Role::Image, true, name));
    let painter = ui.painter();
    painter.rect_filled(rect, theme::RADIUS, theme.hover);
    let up = vec2(0.0, 10.0);
    painter.text(rect.center() - up, Align2::CENTER_CENTER, icon.codepoint, glyph::font(theme, Type::Display), theme.weak);
    painter.text(rect.center() + up * 1.6, Align2::CENTER_CENTER, name, theme.font(Type::Small), theme.weak);
}

fn content_ui(ui: &mut Ui, content: &Content) {
    match content {
        Content::Text(text) => bubble(ui, |ui| body(ui, text)),
        Content::Buttons { body: text, buttons } => {
            bubble(ui, |ui| body(ui, text));
            for label in buttons {
                tap(ui, ICON_REPLY, label);
            }
        }
        Content::List { body: text, button, rows } => {
            bubble(ui, |ui| body(ui, text));
            tap(ui, ICON_LIST, button);
            note(ui, &words::list_rows(rows));
        }
        Content::Media { kind, caption } => bubble(ui, |ui| {
            picture(ui, media_icon(*kind), words::media(*kind));
            if !caption.is_empty() {
                body(ui, caption);
            }
        }),
        Content::Carousel { body: text, cards } => {
            bubble(ui, |ui| body(ui, text));
            egui::ScrollArea::horizontal().id_salt("cards").show(ui, |ui| {
                ui.horizontal_top(|ui| {
                    for card in cards {
                        ui.vertical(|ui| {
                            ui.set_width(150.0);
                            bubble(ui, |ui| {
                                picture(ui, ICON_IMAGE, words::CARD);
                                body(ui, card);
                            });
                        });
                    }
                });
            });
        }
        Content::CtaUrl { body: text, text: label, .. } => {
            bubble(ui, |ui| body(ui, text));
            tap(ui, ICON_OPEN_IN_NEW, label);
        }
        Content::Location => bubble(ui, |ui| picture(ui, ICON_LOCATION_ON, words::LOCATION)),
        Content::Flow { body: text, button } => {
            bubble(ui, |ui| body(ui, text));
            tap(ui, ICON_WEB, button);
        }
    }
}

fn media_icon(kind: Media) -> MaterialIcon {
    match kind {
        Media::Image => ICON_IMAGE,
        Media::Video => ICON_MOVIE,
        Media::Audio => ICON_MIC,
        Media::Document => ICON_DESCRIPTION,
        Media::Sticker => ICON_STICKY_NOTE_2,
    }
}

fn template_ui(ui: &mut Ui, template: &Template) {
    bubble(ui, |ui| {
        let theme = theme::of(ui);
        match &template.header {
            Some(Header::Text(text)) => {
                let text = RichText::new(template.filled(text)).font(theme.font(Type::Strong)).color(theme.text);
                ui.add(Label::new(text).wrap());
            }
            Some(Header::Image) => picture(ui, ICON_IMAGE, words::media(Media::Image)),
            Some(Header::Video) => picture(ui, ICON_MOVIE, words::media(Media::Video)),
            Some(Header::Document) => picture(ui, ICON_DESCRIPTION, words::media(Media::Document)),
            Some(Header::Location) => picture(ui, ICON_LOCATION_ON, words::LOCATION),
            None => {}
        }
        body(ui, &template.filled(&template.body));
        if !template.footer.is_empty() {
            let text = RichText::new(&template.footer).font(theme.font(Type::Small)).color(theme.weak);
            ui.add(Label::new(text).wrap());
        }
    });
    for button in &template.buttons {
        match button {
            Button::QuickReply(label) => tap(ui, ICON_REPLY, label),
            Button::Url { text, .. } => tap(ui, ICON_OPEN_IN_NEW, text),
            Button::Phone { text, .. } => tap(ui, ICON_CALL, text),
            Button::CopyCode(_) => tap(ui, ICON_CONTENT_COPY, words::COPY_CODE),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn plain(text: &str) -> String {
        formatted(&theme::LIGHT, text, 200.0).text
    }

    #[test]
    fn marks_of_whatsapp_become_looks_and_lone_ones_stay() {
        assert_eq!(plain("*Oi* _Ana_, ~10~ 8"), "Oi Ana, 10 8");
        assert_eq!(plain("2 * 3 * 4, day_3_offer, a*"), "2 * 3 * 4, day_3_offer, a*");
    }
}
