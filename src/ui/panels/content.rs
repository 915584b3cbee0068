//! The fields of free-form content, one set for each of its kinds.

use egui::Ui;

use crate::model::{Content, Media, StepId};
use crate::ui::words::panels as words;

use super::form::{Bounds, Form, Spec, hint};
use super::kept::Kept;

/// Paints them. `told_apart` are the answers that the step has: a kind with things to tap begins with them.
pub fn ui(ui: &mut Ui, form: &mut Form<'_>, kept: &mut Kept, (id, told_apart): (&StepId, &[String]), content: &mut Content) {
    let mut kind = place(content);
    let kinds: Vec<(usize, &str)> = words::CONTENTS.iter().copied().enumerate().collect();
    if let Some(before) = form.choice(ui, words::CONTENT, &mut kind, &kinds) {
        let body = body_of(content);
        let kept = kept.contents.swap(id, (before, content.clone()), kind);
        let most = form.view.session.policy().limits.free_form.buttons.buttons.most;
        let make = || with_taps(fresh(kind, &body), told_apart, most);
        *content = kept.map_or_else(make, |kept| with_body(kept, &body));
    }
    let limits = form.view.session.policy().limits.free_form.clone();
    let lines = |rows, limit| Spec { rows, limit: Some(limit), ..Spec::default() };
    let line = |limit| Spec { limit: Some(limit), ..Spec::default() };
    match content {
        Content::Text(text) => {
            form.lines(ui, words::TEXT, text, lines(5, limits.text));
        }
        Content::Buttons { body, buttons } => {
            let most = &limits.buttons;
            form.lines(ui, words::TEXT, body, lines(4, most.body));
            let bounds = Bounds::new(most.buttons.least, Some(most.buttons.most));
            form.texts(ui, words::BUTTON, buttons, bounds, Some(most.buttons.label), |all| {
                words::numbered(words::BUTTON, all.len())
            });
        }
        Content::List { body, button, rows } => {
            form.lines(ui, words::TEXT, body, lines(4, limits.list.body));
            form.text(ui, words::BUTTON, button, line(limits.list.button));
            let bounds = Bounds::new(1, Some(limits.list.rows));
            form.texts(ui, words::LIST_ROW, rows, bounds, Some(limits.list.title), |all| {
                words::numbered(words::LIST_ROW, all.len())
            });
        }
        Content::Media { kind, caption } => {
            form.choice(ui, words::MEDIA, kind, &Media::ALL.map(|one| (one, words::media(one))));
            if matches!(kind, Media::Audio | Media::Sticker) && caption.is_empty() {
                hint(ui, words::NO_CAPTION);
            } else {
                form.lines(ui, words::CAPTION, caption, lines(3, limits.media.caption));
            }
        }
        Content::Carousel { body, cards } => {
            form.lines(ui, words::TEXT, body, lines(3, limits.carousel.body));
            let bounds = Bounds::new(limits.carousel.least, Some(limits.carousel.most));
            form.list(
                ui,
                words::CARD,
                cards,
                bounds,
                |all| words::numbered(words::CARD, all.len()),
                |form, ui, i, cards| {
                    let spec = lines(2, limits.carousel.card);
                    form.bare_lines(ui, words::CARD, &mut cards[i], spec);
                },
            );
        }
        Content::CtaUrl { body, text, url } => {
            form.lines(ui, words::TEXT, body, lines(4, limits.cta_url.body));
            form.text(ui, words::BUTTON, text, line(limits.cta_url.button));
            form.text(ui, words::ADDRESS, url, Spec { hint: words::ADDRESS_HINT, ..Spec::default() });
        }
        Content::Location => {
            hint(ui, words::LOCATION_HELP);
        }
        Content::Flow { body, button } => {
            form.lines(ui, words::TEXT, body, lines(4, limits.flow.body));
            form.text(ui, words::BUTTON, button, line(limits.flow.button));
        }
    }
}

/// The text that a content is mainly about.
pub fn body_of(content: &Content) -> String {
    match content {
        Content::Text(body)
        | Content::Buttons { body, .. }
        | Content::List { body, .. }
        | Content::Media { caption: body, .. }
        | Content::Carousel { body, .. }
        | Content::CtaUrl { body, .. }
        | Content::Flow { body, .. } => body.clone(),
        Content::Location => String::new(),
    }
}

/// What the person may tap to answer this content.
pub fn answers(content: &Content) -> &[String] {
    match content {
        Content::Buttons { buttons, .. } => buttons,
        Content::List { rows, .. } => rows,
        _ => &[],
    }
}

/// The content with these things to tap, where there are some and it has room for them.
fn with_taps(mut content: Content, taps: &[String], most_buttons: usize) -> Content {
    match &mut content {
        Content::Buttons { buttons, .. } if !taps.is_empty() && taps.len() <= most_buttons => *buttons = taps.to_vec(),
        Content::List { rows, .. } if !taps.is_empty() => *rows = taps.to_vec(),
        _ => {}
    }
    content
}

/// The text is the same whatever the kind; only where there was none does the kept one stay.
fn with_body(mut content: Content, text: &str) -> Content {
    if let Content::Text(body)
    | Content::Buttons { body, .. }
    | Content::List { body, .. }
    | Content::Media { caption: body, .. }
    | Content::Carousel { body, .. }
    | Content::CtaUrl { body, .. }
    | Content::Flow { body, .. } = &mut content
        && !text.is_empty()
    {
        *body = text.to_owned();
    }
    content
}

fn place(content: &Content) -> usize {
    match content {
        Content::Text(_) => 0,
        Content::Buttons { .. } => 1,
        Content::List { .. } => 2,
        Content::Media { .. } => 3,
        Content::Carousel { .. } => 4,
        Content::CtaUrl { .. } => 5,
        Content::Location => 6,
        Content::Flow { .. } => 7,
    }
}

fn fresh(kind: usize, body: &str) -> Content {
    let body = body.to_owned();
    let numbered = |one: &str, n: usize| (0..n).map(|i| words::numbered(one, i)).collect::<Vec<_>>();
    match kind {
        1 => Content::Buttons { body, buttons: numbered(words::BUTTON, 2) },
        2 => Content::List { body, button: words::CHOOSE.to_owned(), rows: numbered(words::LIST_ROW, 2) },
        3 => Content::Media { kind: Media::Image, caption: body },
        4 => Content::Carousel { body, cards: numbered(words::CARD, 2) },
        5 => Content::CtaUrl { body, text: words::OPEN.to_owned(), url: "https://".to_owned() },
        6 => Content::Location,
        7 => Content::Flow { body, button: words::OPEN.to_owned() },
        _ => Content::Text(body),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_kind_is_made_as_itself_and_keeps_the_text() {
        for kind in 0..words::CONTENTS.len() {
            let made = fresh(kind, "Oi!");
            assert_eq!(place(&made), kind, "{}", words::CONTENTS[kind]);
            assert!(made == Content::Location || body_of(&made) == "Oi!");
        }
    }

    #[test]
    fn a_kept_content_takes_the_text_that_was_typed_since() {
        let kept = Content::Buttons { body: "old".into(), buttons: vec!["A".into()] };
        assert_eq!(with_body(kept.clone(), "new"), Content::Buttons { body: "new".into(), buttons: vec!["A".into()] });
        assert_eq!(with_body(kept.clone(), ""), kept);
    }
}
