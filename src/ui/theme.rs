//! How the planner looks: every colour, size, radius and shadow, for light and dark. Knows no part of the window.

use egui::epaint::Shadow;
use egui::style::{ScrollStyle, Selection, WidgetVisuals, Widgets};
use egui::{Color32, CornerRadius, FontFamily, FontId, Margin, Stroke, Style, TextStyle, Visuals, vec2};
use egui_material_icons::MaterialIcon;
use egui_material_icons::icons::{ICON_CANCEL, ICON_CHECK_CIRCLE, ICON_ERROR, ICON_INFO, ICON_LINK_OFF, ICON_WARNING};

use crate::engine::Verdict;
use crate::model::{Colour, Send};
use crate::rules::Severity;

use super::fonts;
use super::words::verdict_word;

/// Distances are multiples of this.
pub const GRID: f32 = 4.0;
/// The corners of buttons, fields and chips.
pub const RADIUS: u8 = 6;
/// The corners of cards, menus and dialogs.
pub const RADIUS_LARGE: u8 = 10;

/// The type scale.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Type {
    /// Captions, chips, axis labels.
    Small,
    /// Running text.
    Body,
    /// Emphasis in running text: labels, names.
    Strong,
    /// The head of a panel or dialog.
    Title,
    /// The head of a screen.
    Display,
    /// Codes and ids.
    Mono,
}

/// The tokens of one appearance.
#[derive(Debug, Clone, PartialEq)]
#[allow(missing_docs)]
pub struct Theme {
    pub dark: bool,
    /// Behind the cards.
    pub canvas: Color32,
    /// The dots of the canvas.
    pub dots: Color32,
    /// Panels and the toolbar.
    pub surface: Color32,
    /// What lies on a surface or on the canvas: cards, menus, dialogs.
    pub raised: Color32,
    /// Fields and wells.
    pub sunken: Color32,
    /// A surface under the pointer.
    pub hover: Color32,
    /// Lines between and around things.
    pub border: Color32,
    /// Lines around what can be typed into or pressed, and links on the canvas.
    pub border_strong: Color32,
    pub text: Color32,
    /// Text that matters less; still readable.
    pub weak: Color32,
    pub accent: Color32,
    pub accent_soft: Color32,
    pub on_accent: Color32,
    pub inside: Color32,
    pub inside_soft: Color32,
    pub sometimes: Color32,
    pub sometimes_soft: Color32,
    pub outside: Color32,
    pub outside_soft: Color32,
    pub unreachable: Color32,
    pub unreachable_soft: Color32,
    /// The ring around what the keyboard is on.
    pub focus: Color32,
    pub shadow: Color32,
    /// The paper of a note on the canvas.
    pub note: Color32,
    /// Its edge.
    pub note_line: Color32,
    /// The colours of frames, in the order of [`Colour::ALL`].
    tints: [Tint; 5],
}

/// The tones of a frame's colour.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Tint {
    /// For its title and its icon.
    pub ink: Color32,
    /// Around it.
    pub line: Color32,
    /// Behind what it holds.
    pub ground: Color32,
}

/// How a verdict is shown; colour never alone.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct VerdictLook {
    /// For its icon, its word and its line.
    pub colour: Color32,
    /// Behind them.
    pub soft: Color32,
    /// Its shape.
    pub icon: &'static str,
    /// Its word.
    pub word: &'static str,
}

/// What was proved of a sending step, together with whether that matters to it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Judged {
    /// What was proved.
    pub verdict: Verdict,
    /// Whether the step may send a template where the window is closed, so that nothing fails there.
    pub templated: bool,
}

impl Judged {
    /// What was proved of a step that sends this.
    pub fn of(send: &Send, verdict: Verdict) -> Self {
        Self { verdict, templated: send.template().is_some() }
    }
}

const fn tint(ink: u32, line: u32, ground: u32) -> Tint {
    Tint { ink: hex(ink), line: hex(line), ground: hex(ground) }
}

const fn hex(rgb: u32) -> Color32 {
    Color32::from_rgb((rgb >> 16) as u8, (rgb >> 8) as u8, rgb as u8)
}

/// The light appearance.
pub static LIGHT: Theme = Theme {
    dark: false,
    canvas: hex(0xF3_F4_F7),
    dots: hex(0xD3_D7_DF),
    surface: hex(0xFF_FF_FF),
    raised: hex(0xFF_FF_FF),
    sunken: hex(0xF5_F6_F8),
    hover: hex(0xED_EE_F2),
    border: hex(0xE1_E4_EA),
    border_strong: hex(0x8B_92_A1),
    text: hex(0x1A_1E_27),
    weak: hex(0x5A_61_70),
    accent: hex(0x45_4F_C9),
    accent_soft: hex(0xE9_EA_FB),
    on_accent: hex(0xFF_FF_FF),
    inside: hex(0x14_6F_3D),
    inside_soft: hex(0xE0_F3_E8),
    sometimes: hex(0x86_50_00),
    sometimes_soft: hex(0xFD_EF_D3),
    outside: hex(0xB0_24_1C),
    outside_soft: hex(0xFC_E7_E5),
    unreachable: hex(0x57_5E_6C),
    unreachable_soft: hex(0xEA_EC_F0),
    focus: hex(0x45_4F_C9),
    shadow: Color32::from_rgba_premultiplied(0, 0, 0, 22),
    note: hex(0xFF_F7_DB),
    note_line: hex(0xEB_DD_A8),
    tints: [
        tint(0x1F_57_A8, 0x9D_BE_EC, 0xE3_ED_FA),
        tint(0x0B_64_6E, 0x8F_CB_D1, 0xDD_F0_F2),
        tint(0x6B_3C_A8, 0xC4_AC_E8, 0xEE_E7_F9),
        tint(0xA0_2C_6D, 0xE7_A9_CB, 0xFA_E5_F0),
        tint(0x6F_4E_37, 0xCF_B8_A6, 0xF2_EA_E3),
    ],
};

/// The dark appearance.
pub static DARK: Theme = Theme {
    dark: true,
    canvas: hex(0x11_13_18),
    dots: hex(0x2B_30_3A),
    surface: hex(0x18_1B_21),
    raised: hex(0x20_24_2C),
    sunken: hex(0x13_15_1A),
    hover: hex(0x28_2D_37),
    border: hex(0x2E_33_3E),
    border_strong: hex(0x70_78_88),
    text: hex(0xE9_EB_EF),
    weak: hex(0xA3_AA_B7),
    accent: hex(0x97_A0_FF),
    accent_soft: hex(0x29_2D_4D),
    on_accent: hex(0x10_12_2A),
    inside: hex(0x5B_CB_8D),
    inside_soft: hex(0x16_31_22),
    sometimes: hex(0xF0_B4_55),
    sometimes_soft: hex(0x38_2A_12),
    outside: hex(0xFF_8E_85),
    outside_soft: hex(0x43_1F_1D),
    unreachable: hex(0xA3_AA_B7),
    unreachable_soft: hex(0x2A_2E_37),
    focus: hex(0x97_A0_FF),
    shadow: Color32::from_rgba_premultiplied(0, 0, 0, 110),
    note: hex(0x38_33_20),
    note_line: hex(0x56_4E_30),
    tints: [
        tint(0x93_BE_F7, 0x35_55_80, 0x17_22_33),
        tint(0x7C_CB_D4, 0x2C_5B_62, 0x14_26_29),
        tint(0xC9_AC_F5, 0x57_41_7A, 0x22_1B_2F),
        tint(0xF2_A3_CC, 0x75_3B_5B, 0x2D_1A_26),
        tint(0xD9_BD_A5, 0x5F_4D_3F, 0x26_1F_1A),
    ],
};

/// The tokens of the appearance in which this is painted.
pub fn of(ui: &egui::Ui) -> &'static Theme {
    if ui.visuals().dark_mode { &DARK } else { &LIGHT }
}

/// The tokens of the appearance of the window.
pub fn of_ctx(ctx: &egui::Context) -> &'static Theme {
    if ctx.theme() == egui::Theme::Dark { &DARK } else { &LIGHT }
}

/// Installs fonts and both appearances.
pub fn install(ctx: &egui::Context) {
    ctx.set_fonts(fonts::definitions());
    ctx.set_style_of(egui::Theme::Light, LIGHT.style());
    ctx.set_style_of(egui::Theme::Dark, DARK.style());
}

impl Theme {
    /// A font of the scale.
    pub fn font(&self, of: Type) -> FontId {
        let (size, family) = match of {
            Type::Small => (11.5, FontFamily::Proportional),
            Type::Body => (13.0, FontFamily::Proportional),
            Type::Strong => (13.0, fonts::strong()),
            Type::Title => (15.5, fonts::strong()),
            Type::Display => (26.0, fonts::strong()),
            Type::Mono => (12.0, FontFamily::Monospace),
        };
        FontId::new(size, family)
    }

    /// The tones of a frame's colour.
    pub fn tint(&self, colour: Colour) -> Tint {
        self.tints[colour as usize]
    }

    /// How a verdict is shown.
    pub fn verdict(&self, verdict: Verdict) -> VerdictLook {
        let (colour, soft, icon) = match verdict {
            Verdict::Inside => (self.inside, self.inside_soft, ICON_CHECK_CIRCLE),
            Verdict::Sometimes => (self.sometimes, self.sometimes_soft, ICON_WARNING),
            Verdict::Outside => (self.outside, self.outside_soft, ICON_CANCEL),
            Verdict::Unreachable => (self.unreachable, self.unreachable_soft, ICON_LINK_OFF),
        };
        VerdictLook { colour, soft, icon: icon.codepoint, word: verdict_word(verdict) }
    }

    /// How a verdict is shown at a step: red and amber are for what may fail, so where a template goes out instead the
    /// same word and icon stand in the accent, as on the timeline. Whether that template can be sent is another question,
    /// which its own chip and the problems answer.
    pub fn judged(&self, Judged { verdict, templated }: Judged) -> VerdictLook {
        let look = self.verdict(verdict);
        match verdict {
            Verdict::Sometimes | Verdict::Outside if templated => {
                VerdictLook { colour: self.accent, soft: self.accent_soft, ..look }
            }
            _ => look,
        }
    }

    /// How a diagnostic's severity is shown: its colour, the soft one behind it, its icon.
    pub fn severity(&self, severity: Severity) -> (Color32, Color32, MaterialIcon) {
        match severity {
            Severity::Error => (self.outside, self.outside_soft, ICON_ERROR),
            Severity::Warning => (self.sometimes, self.sometimes_soft, ICON_WARNING),
            Severity::Info => (self.accent, self.accent_soft, ICON_INFO),
        }
    }

    /// The shadow of what floats: menus, dialogs, toasts.
    pub fn floating_shadow(&self) -> Shadow {
        Shadow { offset: [0, 6], blur: 20, spread: 0, color: self.shadow }
    }

    /// The frame of a raised thing: a card in a panel, a toast.
    pub fn card(&self) -> egui::Frame {
        egui::Frame::new()
            .fill(self.raised)
            .stroke(Stroke::new(1.0, self.border))
            .corner_radius(RADIUS_LARGE)
            .inner_margin(Margin::same(12))
    }

    /// The frame of a panel.
    pub fn panel(&self) -> egui::Frame {
        egui::Frame::new().fill(self.surface).inner_margin(Margin::symmetric(12, 8))
    }

    /// The whole of egui's style in these tokens.
    fn style(&self) -> Style {
        let mut style = Style { visuals: self.visuals(), ..Style::default() };
        style.text_styles = [
            (TextStyle::Small, self.font(Type::Small)),
            (TextStyle::Body, self.font(Type::Body)),
            (TextStyle::Button, self.font(Type::Body)),
            (TextStyle::Heading, self.font(Type::Title)),
            (TextStyle::Monospace, self.font(Type::Mono)),
        ]
        .into();
        let spacing = &mut style.spacing;
        spacing.item_spacing = vec2(8.0, 8.0);
        spacing.button_padding = vec2(10.0, 4.0);
        spacing.interact_size = vec2(32.0, 28.0);
        spacing.window_margin = Margin::same(16);
        spacing.menu_margin = Margin::same(6);
        spacing.menu_width = 320.0;
        spacing.combo_width = 120.0;
        spacing.icon_width = 16.0;
        spacing.icon_width_inner = 10.0;
        spacing.icon_spacing = 8.0;
        spacing.indent = 16.0;
        spacing.tooltip_width = 320.0;
        spacing.scroll = ScrollStyle {
            bar_width: 8.0,
            active_handle_opacity: 0.4,
            interact_handle_opacity: 0.6,
            ..ScrollStyle::floating()
        };
        style.animation_time = 0.12;
        style.interaction.tooltip_delay = 0.4;
        style
    }

    fn visuals(&self) -> Visuals {
        let mut visuals = if self.dark { Visuals::dark() } else { Visuals::light() };
        let radius = CornerRadius::same(RADIUS);
        let state = |fill: Color32, stroke: Color32, text: Color32| WidgetVisuals {
            bg_fill: fill,
            weak_bg_fill: fill,
            bg_stroke: Stroke::new(1.0, stroke),
            corner_radius: radius,
            fg_stroke: Stroke::new(1.0, text),
            expansion: 0.0,
        };
        visuals.widgets = Widgets {
            noninteractive: state(self.surface, self.border, self.text),
            inactive: state(self.sunken, self.border, self.text),
            hovered: state(self.hover, self.border_strong, self.text),
            active: state(self.accent_soft, self.accent, self.text),
            open: state(self.hover, self.border_strong, self.text),
        };
        visuals.selection = Selection { bg_fill: self.accent_soft, stroke: Stroke::new(1.0, self.accent) };
        visuals.weak_text_color = Some(self.weak);
        visuals.hyperlink_color = self.accent;
        visuals.faint_bg_color = self.sunken;
        visuals.extreme_bg_color = self.sunken;
        visuals.text_edit_bg_color = Some(self.sunken);
        visuals.code_bg_color = self.sunken;
        visuals.warn_fg_color = self.sometimes;
        visuals.error_fg_color = self.outside;
        visuals.window_corner_radius = CornerRadius::same(RADIUS_LARGE);
        visuals.menu_corner_radius = CornerRadius::same(RADIUS_LARGE);
        visuals.window_fill = self.raised;
        visuals.window_stroke = Stroke::new(1.0, self.border);
        visuals.window_shadow = self.floating_shadow();
        visuals.popup_shadow = self.floating_shadow();
        visuals.panel_fill = self.surface;
        visuals.window_highlight_topmost = false;
        visuals.indent_has_left_vline = false;
        visuals.slider_trailing_fill = true;
        visuals.text_cursor.stroke = Stroke::new(1.5, self.accent);
        visuals
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn luminance(colour: Color32) -> f32 {
        let part = |byte: u8| {
            let c = f32::from(byte) / 255.0;
            if c <= 0.040_45 { c / 12.92 } else { ((c + 0.055) / 1.055).powf(2.4) }
        };
        0.2126 * part(colour.r()) + 0.7152 * part(colour.g()) + 0.0722 * part(colour.b())
    }

    fn contrast(a: Color32, b: Color32) -> f32 {
        let (a, b) = (luminance(a), luminance(b));
        (a.max(b) + 0.05) / (a.min(b) + 0.05)
    }

    #[test]
    fn text_can_be_read_on_everything_it_stands_on() {
        for theme in [&LIGHT, &DARK] {
            let grounds = [theme.canvas, theme.surface, theme.raised, theme.sunken, theme.hover];
            assert!(contrast(theme.text, theme.note) >= 4.5);
            for ground in grounds {
                for ink in [theme.text, theme.weak, theme.accent] {
                    assert!(contrast(ink, ground) >= 4.5, "dark {}: {ink:?} on {ground:?}", theme.dark);
                }
            }
            assert!(contrast(theme.on_accent, theme.accent) >= 4.5);
            for (ink, soft) in [
                (theme.inside, theme.inside_soft),
                (theme.sometimes, theme.sometimes_soft),
                (theme.outside, theme.outside_soft),
                (theme.unreachable, theme.unreachable_soft),
                (theme.accent, theme.accent_soft),
                (theme.text, theme.accent_soft),
            ] {
                for ground in [soft, theme.surface, theme.raised, theme.canvas] {
                    assert!(contrast(ink, ground) >= 4.5, "dark {}: {ink:?} on {ground:?}", theme.dark);
                }
            }
            for ground in [theme.canvas, theme.surface, theme.raised] {
                assert!(contrast(theme.border_strong, ground) >= 2.8, "dark {}: lines on {ground:?}", theme.dark);
            }
        }
    }

    #[test]
    fn verdicts_differ_in_word_and_icon_as_well_as_in_colour() {
        let all = [Verdict::Inside, Verdict::Sometimes, Verdict::Outside, Verdict::Unreachable].map(|v| LIGHT.verdict(v));
        for (i, a) in all.iter().enumerate() {
            for b in &all[i + 1..] {
                assert_ne!(a.word, b.word);
                assert_ne!(a.icon, b.icon);
                assert_ne!(a.colour, b.colour);
            }
        }
    }

    #[test]
    fn a_closed_window_alarms_only_where_something_would_fail_there() {
        let free = Send::FreeForm(crate::model::Content::Text("Hi".to_owned()));
        let either = Send::FreeFormOrTemplate(crate::model::Content::Text("Hi".to_owned()), "offer".to_owned());
        for theme in [&LIGHT, &DARK] {
            for verdict in [Verdict::Outside, Verdict::Sometimes] {
                let plain = theme.verdict(verdict);
                assert_eq!(theme.judged(Judged::of(&free, verdict)), plain);
                for send in [&either, &Send::Template("offer".to_owned())] {
                    let look = theme.judged(Judged::of(send, verdict));
                    assert_eq!((look.word, look.icon, look.colour), (plain.word, plain.icon, theme.accent));
                }
            }
            assert_eq!(theme.judged(Judged::of(&either, Verdict::Inside)).colour, theme.inside);
        }
    }
}
