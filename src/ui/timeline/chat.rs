//! The conversation as the person sees it at the playhead: bubbles with clock times, and ghosts of what did not go out.

use egui::{Align, Color32, Frame, Label, Layout, Margin, RichText, ScrollArea, Stroke, Ui};
use egui_material_icons::icons::ICON_BLOCK;

use crate::engine::{Journey, Moment, What};
use crate::model::{Button, Content, Funnel, Header, Seconds, Send, Sent, StepKind};
use crate::ui::theme::{self, Type};
use crate::ui::words::timeline as words;

use super::brush::icon_font;
use super::clock::Clock;
use super::scene::{Is, Scene, Tone};

/// One thing in the conversation.
#[derive(Debug, Clone, PartialEq)]
pub struct Bubble {
    /// When, since entry.
    pub at: Seconds,
    /// From the person; else from the business.
    pub own: bool,
    /// What it says.
    pub text: String,
    /// The small text below it.
    pub foot: String,
    /// Buttons below it.
    pub buttons: Vec<String>,
    /// Why it did not go out.
    pub blocked: Option<String>,
}

/// The conversation up to a moment.
pub fn bubbles(journey: &Journey, funnel: &Funnel, scene: &Scene, until: Seconds) -> Vec<Bubble> {
    let mut sends = scene.marks.iter().filter(|mark| mark.is == Is::Send);
    let mut bubbles = Vec::new();
    for moment in &journey.moments {
        let mark = if matches!(moment.what, What::Sent(_)) { sends.next() } else { None };
        if moment.at > until {
            break;
        }
        let blocked = mark.filter(|mark| mark.tone == Tone::Blocked).and_then(|mark| mark.reason.clone());
        bubbles.extend(bubble(moment, funnel, blocked));
    }
    bubbles
}

/// Paints the conversation.
pub fn ui(ui: &mut Ui, bubbles: &[Bubble], clock: &Clock) {
    let theme = theme::of(ui);
    ScrollArea::vertical().id_salt("conversation").auto_shrink(false).stick_to_bottom(true).show(ui, |ui| {
        ui.spacing_mut().item_spacing.y = 4.0;
        if bubbles.is_empty() {
            ui.label(RichText::new(words::CHAT_EMPTY).font(theme.font(Type::Small)).color(theme.weak));
        }
        let mut day = String::new();
        for bubble in bubbles {
            let today = clock.day(bubble.at);
            if today != day {
                ui.vertical_centered(|ui| ui.label(RichText::new(&today).font(theme.font(Type::Small)).color(theme.weak)));
                day = today;
            }
            let side = if bubble.own { Align::Max } else { Align::Min };
            ui.with_layout(Layout::top_down(side), |ui| paint(ui, bubble, clock));
        }
    });
}

fn paint(ui: &mut Ui, bubble: &Bubble, clock: &Clock) {
    let theme = theme::of(ui);
    let (ground, ink, line) = match (&bubble.blocked, bubble.own) {
        (Some(_), _) => (Color32::TRANSPARENT, theme.outside, theme.outside),
        (None, true) => (theme.accent_soft, theme.text, theme.accent_soft),
        (None, false) => (theme.sunken, theme.text, theme.border),
    };
    let frame = Frame::new()
        .fill(ground)
        .stroke(Stroke::new(1.0, line))
        .corner_radius(f32::from(theme::RADIUS_LARGE))
        .inner_margin(Margin::symmetric(8, 4));
    frame.show(ui, |ui| {
        ui.set_max_width(ui.available_width() * 0.86);
        ui.spacing_mut().item_spacing.y = 2.0;
        ui.with_layout(Layout::top_down(Align::Min), |ui| {
            if bubble.blocked.is_some() {
                ui.horizontal(|ui| {
                    ui.spacing_mut().item_spacing.x = 4.0;
                    ui.label(RichText::new(ICON_BLOCK.codepoint).font(icon_font(13.0)).color(theme.outside));
                    ui.label(RichText::new(words::NOT_SENT).font(theme.font(Type::Strong)).color(theme.outside));
                });
            }
            ui.add(Label::new(RichText::new(&bubble.text).font(theme.font(Type::Body)).color(ink)).wrap());
            if !bubble.foot.is_empty() {
                ui.add(Label::new(RichText::new(&bubble.foot).font(theme.font(Type::Small)).color(theme.weak)).wrap());
            }
            if !bubble.buttons.is_empty() {
                ui.horizontal_wrapped(|ui| {
                    ui.spacing_mut().item_spacing = egui::vec2(4.0, 4.0);
                    bubble.buttons.iter().for_each(|button| chip(ui, button));
                });
            }
            if let Some(reason) = &bubble.blocked {
                ui.add(Label::new(RichText::new(reason).font(theme.font(Type::Small)).color(theme.outside)).wrap());
            }
            ui.label(RichText::new(clock.time(bubble.at)).font(theme.font(Type::Small)).color(theme.weak));
        });
    });
}

/// What a person can tap.
fn chip(ui: &mut Ui, text: &str) {
    let theme = theme::of(ui);
    let frame = Frame::new()
        .fill(theme.raised)
        .stroke(Stroke::new(1.0, theme.border))
        .corner_radius(theme::RADIUS)
        .inner_margin(Margin::symmetric(8, 2));
    frame.show(ui, |ui| {
        ui.add(Label::new(RichText::new(text).font(theme.font(Type::Small)).color(theme.accent)).truncate());
    });
}

fn bubble(moment: &Moment, funnel: &Funnel, blocked: Option<String>) -> Option<Bubble> {
    let plain =
        |own, text: String| Bubble { at: moment.at, own, text, foot: String::new(), buttons: Vec::new(), blocked: None };
    match &moment.what {
        What::Entry => match &funnel.step(&moment.step)?.kind {
            StepKind::Entry { channel, .. } if channel.is_inbound() => {
                Some(plain(true, words::came_by(*channel).to_owned()))
            }
            _ => None,
        },
        What::Reply { label, .. } => Some(plain(true, label.clone())),
        What::Unprompted => Some(plain(true, words::UNPROMPTED.to_owned())),
        What::Sent(sent) => {
            let send = &funnel.step(&moment.step)?.message()?.send;
            let (text, foot, buttons) = said(send, *sent, funnel);
            Some(Bubble { at: moment.at, own: false, text, foot, buttons, blocked })
        }
        What::Timeout { .. } | What::Waited { .. } | What::Branch(_) | What::Exit(_) => None,
    }
}

/// What a send says, the small text below it, and the buttons.
fn said(send: &Send, sent: Sent, funnel: &Funnel) -> (String, String, Vec<String>) {
    match (send.content(), send.template()) {
        (Some(content), None) => free_form(content),
        (Some(content), Some(_)) if sent == Sent::FreeForm => free_form(content),
        (_, Some(name)) => template(name, funnel),
        (None, None) => (String::new(), String::new(), Vec::new()),
    }
}

fn free_form(content: &Content) -> (String, String, Vec<String>) {
    let buttons = match content {
        Content::Buttons { buttons, .. } => buttons.clone(),
        Content::List { button, .. } | Content::Flow { button, .. } => vec![button.clone()],
        Content::CtaUrl { text, .. } => vec![text.clone()],
        Content::Carousel { cards, .. } => cards.clone(),
        Content::Text(_) | Content::Media { .. } | Content::Location => Vec::new(),
    };
    let text = match content {
        Content::Media { kind, caption } if caption.is_empty() => words::media(*kind).to_owned(),
        Content::Media { kind, caption } => format!("{}\n{caption}", words::media(*kind)),
        Content::Location => words::LOCATION.to_owned(),
        other => other.text().to_owned(),
    };
    (text, String::new(), buttons)
}

fn template(name: &str, funnel: &Funnel) -> (String, String, Vec<String>) {
    let Some(template) = funnel.template(name) else { return (words::missing(name), String::new(), Vec::new()) };
    let header = match &template.header {
        Some(Header::Text(text)) => Some(template.filled(text)),
        _ => None,
    };
    let lines: Vec<String> = header.into_iter().chain([template.filled(&template.body)]).collect();
    let buttons = template.buttons.iter().map(|button| match button {
        Button::QuickReply(text) | Button::Url { text, .. } | Button::Phone { text, .. } => text.clone(),
        Button::CopyCode(code) => code.clone(),
    });
    (lines.join("\n"), template.footer.clone(), buttons.collect())
}
