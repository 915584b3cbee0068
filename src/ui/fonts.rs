//! The letters: Inter in two weights, the icons and the emoji that funnels are full of, with egui's own fonts for what
//! they lack.

use std::sync::Arc;

use egui::{FontData, FontDefinitions, FontFamily};

/// The family of emphasised text.
pub fn strong() -> FontFamily {
    FontFamily::Name("strong".into())
}

/// The fonts of the planner. Tests and pictures install the same ones.
pub fn definitions() -> FontDefinitions {
    let mut fonts = FontDefinitions::default();
    let fallback = fonts.families.get(&FontFamily::Proportional).cloned().unwrap_or_default();

    let regular = FontData::from_static(include_bytes!("../../assets/fonts/Inter-Regular.otf"));
    let semi_bold = FontData::from_static(include_bytes!("../../assets/fonts/Inter-SemiBold.otf"));
    let mut icons = egui_material_icons::font_insert().data;
    // The icons' box hangs lower than that of Inter; this centres them on its capitals.
    icons.tweak.y_offset_factor = 0.03;
    fonts.font_data.insert("inter".to_owned(), Arc::new(regular));
    fonts.font_data.insert("inter-strong".to_owned(), Arc::new(semi_bold));
    fonts.font_data.insert("icons".to_owned(), Arc::new(icons));
    let emoji = FontData::from_static(include_bytes!("../../assets/fonts/NotoEmoji-Regular.ttf"));
    fonts.font_data.insert("emoji".to_owned(), Arc::new(emoji));

    let chain = |first: &[&str]| -> Vec<String> {
        first.iter().map(|name| (*name).to_owned()).chain(fallback.iter().cloned()).collect()
    };
    fonts.families.insert(FontFamily::Proportional, chain(&["inter", "icons", "emoji"]));
    fonts.families.insert(strong(), chain(&["inter-strong", "icons", "emoji"]));
    for name in [egui_material_icons::FONT_FAMILY, egui_material_icons::FONT_FAMILY_OUTLINED] {
        fonts.families.insert(FontFamily::Name(name.into()), chain(&["icons", "inter"]));
    }
    if let Some(mono) = fonts.families.get_mut(&FontFamily::Monospace) {
        mono.push("inter".to_owned());
        mono.push("icons".to_owned());
        mono.push("emoji".to_owned());
    }
    fonts
}
