//! Pictures of the open funnel, or of the steps that are selected: on the clipboard and in files. They look as the canvas
//! does, but for what is selected or hovered there.

use std::path::{Path, PathBuf};

use egui::Context;

use crate::cli::render::Form;
use crate::file;
use crate::model::Seconds;
use crate::session::Selection;
use crate::ui::dialogs::Wish;
use crate::ui::picture::{self, Drawing, Look};
use crate::ui::words::picture as words;
use crate::ui::words::shell;
use crate::ui::{Told, View};

use super::desk::Desk;
use super::{Planner, papers};

/// How many pixels a point has, the first that is not too many: twice as sharp as a plain screen, where that can be.
const SCALES: [f32; 2] = [2.0, 1.0];

impl Planner {
    /// Puts a picture on the clipboard.
    pub(super) fn copy_picture(&mut self, ctx: &Context) {
        let Some(desk) = &mut self.desk else { return };
        let steps = desk.session.selection.steps.len();
        match sharpest(|scale| drawing(desk, ctx, scale, Form::Png)?.image()) {
            Ok(image) => {
                ctx.copy_image(image);
                self.toasts.say(ctx, words::copied(steps));
            }
            Err(why) => self.toasts.say(ctx, words::sentence(&why)),
        }
    }

    /// Asks where a picture goes.
    pub(super) fn ask_for_picture(&mut self, ctx: &Context) {
        let Some(desk) = &self.desk else { return };
        let name = desk.session.path().map_or_else(|| papers::file_name(desk.session.funnel()), Path::to_owned);
        self.dialogs.begin(Wish::Picture(name.with_extension("png")), ctx);
    }

    /// Puts a picture into a file: SVG where its name ends so, else PNG.
    pub(super) fn export_picture(&mut self, ctx: &Context, path: &Path) {
        let Some(desk) = &mut self.desk else { return };
        match export(desk, ctx, path) {
            Ok(path) => self.toasts.say(ctx, words::exported_to(&path.display().to_string())),
            Err(why) => self.toasts.say(ctx, words::sentence(&why)),
        }
    }
}

/// Writes the picture, and says where it is: a name that says nothing of its kind is given an ending.
fn export(desk: &mut Desk, ctx: &Context, path: &Path) -> Result<PathBuf, String> {
    let (form, path) = match Form::of(path) {
        Some(form) => (form, path.to_owned()),
        None => (Form::Png, PathBuf::from(format!("{}.png", path.display()))),
    };
    if desk.session.path().is_some_and(|funnel| file::is_same(funnel, &path)) {
        return Err(shell::IS_THE_FUNNEL.to_owned());
    }
    let bytes = match form {
        Form::Png => sharpest(|scale| drawing(desk, ctx, scale, form)?.bytes(form))?,
        Form::Svg => drawing(desk, ctx, 1.0, form)?.bytes(form)?,
    };
    file::save_bytes(&path, &bytes).map_err(|error| error.to_string())?;
    Ok(path)
}

/// The first scale at which something can be drawn.
fn sharpest<T>(mut draw: impl FnMut(f32) -> Result<T, String>) -> Result<T, String> {
    let [sharp, plain] = SCALES;
    draw(sharp).or_else(|_| draw(plain))
}

fn drawing(desk: &mut Desk, ctx: &Context, scale: f32, form: Form) -> Result<Drawing, String> {
    papers::judged(&mut desk.session)?;
    let look = Look { dark: ctx.theme() == egui::Theme::Dark, scale };
    // On the picture nothing is selected, and nobody stands where the playhead is.
    let selection: Selection = std::mem::take(&mut desk.session.selection);
    let told = Told { playhead: Seconds::ZERO, ..desk.told.clone() };
    let view = View { session: &desk.session, story: &told, hovered: None };
    let drawing = picture::canvas(&view, &selection.steps, None, form, look);
    desk.session.selection = selection;
    drawing
}
