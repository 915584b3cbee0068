//! Icons, drawn by the icon font itself and level with the words beside them. They are no text: the words say the same to
//! those who cannot see.

use egui::{Align2, Atom, AtomExt as _, Atoms, Color32, FontFamily, FontId, Label, Response, RichText, Sense, Ui, vec2};

use crate::ui::theme::{self, Theme, Type};

/// The font of an icon that stands beside letters of this kind.
pub fn font(theme: &Theme, beside: Type) -> FontId {
    FontId::new((theme.font(beside).size * 1.2).round(), FontFamily::Name(egui_material_icons::FONT_FAMILY.into()))
}

/// Paints an icon, without a word to the accessibility tree.
pub fn paint(ui: &mut Ui, icon: &str, beside: Type, colour: Color32) {
    let font = font(theme::of(ui), beside);
    let side = font.size;
    let (rect, _) = ui.allocate_exact_size(vec2(side, side), Sense::hover());
    at(ui, rect.center(), icon, font, colour);
}

/// Paints an icon about a point.
pub fn at(ui: &Ui, middle: egui::Pos2, icon: &str, font: FontId, colour: Color32) {
    ui.painter().text(middle, Align2::CENTER_CENTER, icon, font, colour);
}

/// An icon with words beside it.
pub fn beside(ui: &mut Ui, icon: &str, text: impl Into<String>, kind: Type, colour: Color32) -> Response {
    let theme = theme::of(ui);
    ui.horizontal(|ui| {
        ui.spacing_mut().item_spacing.x = 6.0;
        paint(ui, icon, kind, colour);
        ui.add(Label::new(RichText::new(text).font(theme.font(kind)).color(colour)).wrap().selectable(false))
    })
    .inner
}

/// An icon and words, for a button; name the button by the words alone. Long words shrink or go on below themselves.
pub fn atoms(theme: &Theme, icon: &'static str, text: &str, kind: Type, colour: Color32) -> Atoms<'static> {
    let font = font(theme, kind);
    let side = font.size;
    let drawn = Atom::paint(vec2(side, side), move |ui, args| at(ui, args.rect.center(), icon, font.clone(), colour));
    let text = RichText::new(text).font(theme.font(kind)).color(colour);
    Atoms::new((drawn, text.atom_shrink(true)))
}
