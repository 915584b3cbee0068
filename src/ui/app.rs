//! The window: places the parts, carries out what they post, and knows nothing of what they paint.

mod announcer;
mod carry;
mod desk;
mod fitting;
mod keeping;
mod layout;
mod menubar;
mod palette;
mod papers;
mod past;
mod pictures;
mod questions;
mod settings;
mod sheet;
#[cfg(test)]
mod tests;
mod toasts;
mod toolbar;
mod watch;

use std::path::PathBuf;

use crate::model::StepId;
use crate::session::Session;

use super::command::{Command, Group};
use super::dialogs::{Dialogs, Native};
use super::start::StartScreen;
use super::{Outbox, theme, words};

pub use desk::Desk;
pub use questions::{accent_button, plain_button};
pub use toolbar::with_icon;

use announcer::Announcer;
use fitting::Fitting;
use keeping::{Keeping, Next};
use menubar::MenuBar;
use palette::Palette;
use past::Past;
use settings::Settings;
use sheet::Sheet;
use toasts::Toasts;
use watch::{Elsewhere, Watch};

/// The planner: one window with one funnel, or the start screen.
pub struct Planner {
    desk: Option<Desk>,
    dialogs: Box<dyn Dialogs>,
    settings: Settings,
    start: StartScreen,
    toasts: Toasts,
    announcer: Announcer,
    bar: MenuBar,
    palette: Option<Palette>,
    past: Option<Past>,
    /// The question for which a log is asked for.
    fit_of: Option<StepId>,
    fitting: Option<Fitting>,
    sheet: Option<Sheet>,
    keeping: Keeping,
    watch: Option<Watch>,
    changed_on_disk: Option<Elsewhere>,
}

impl Planner {
    /// A planner in this context, with the session open in it, else with the start screen. It keeps nothing aside for
    /// recovery; [`run`] switches that on.
    pub fn new(ctx: &egui::Context, session: Option<Session>, dialogs: Box<dyn Dialogs>) -> Self {
        theme::install(ctx);
        // A notch of a wheel zooms by about a sixth; pinching is not concerned.
        ctx.options_mut(|options| options.input_options.scroll_zoom_speed = 1.0 / 500.0);
        Self {
            desk: session.map(Desk::new),
            dialogs,
            settings: Settings::default(),
            start: StartScreen::default(),
            toasts: Toasts::default(),
            announcer: Announcer::default(),
            bar: MenuBar::default(),
            palette: None,
            past: None,
            fit_of: None,
            fitting: None,
            sheet: None,
            keeping: Keeping::default(),
            watch: None,
            changed_on_disk: None,
        }
    }

    /// Takes up what was remembered.
    pub fn recall(&mut self, ctx: &egui::Context, storage: Option<&dyn eframe::Storage>) {
        self.settings = Settings::load(storage);
        self.settings.keys.install(ctx);
        ctx.options_mut(|options| options.fallback_theme = egui::Theme::Light);
        ctx.set_theme(self.settings.theme);
    }

    /// The open session.
    pub fn session(&self) -> Option<&Session> {
        self.desk.as_ref().map(|desk| &desk.session)
    }

    /// Paints the whole window and carries out what was wanted.
    pub fn show(&mut self, ui: &mut egui::Ui) {
        let ctx = ui.ctx().clone();
        let mut outbox = Outbox::default();
        self.answer_dialogs(&ctx);
        self.take_keys(&ctx);
        self.take_dropped(&ctx);
        self.look_at_disk(&ctx);
        let covered = self.is_covered();
        if let Some(command) = layout::menus(ui, &mut self.bar, self.desk.as_ref(), &self.settings) {
            self.invoke(&ctx, command);
        }
        match &mut self.desk {
            Some(desk) => {
                desk.hear(&ctx);
                desk.parts.canvas.habits = self.settings.habits;
                desk.parts.canvas.covered = covered;
                if let Some(wanted) = layout::lay_out(ui, desk, &self.settings, &mut outbox) {
                    self.invoke(&ctx, wanted);
                }
            }
            None => {
                if let Some(wanted) = self.start.ui(ui, &self.settings.recent, self.keeping.has_untitled()) {
                    self.take_start(&ctx, wanted);
                }
            }
        }
        self.carry_out(&ctx, outbox);
        self.ask_questions(&ctx);
        self.dialogs.ui(&ctx);
        self.toasts.ui(&ctx);
        self.announcer.ui(ui);
        self.keep(&ctx);
    }

    /// Whether something lies over the window that has the keyboard for itself.
    fn is_covered(&self) -> bool {
        self.bar.is_open()
            || self.palette.is_some()
            || self.past.is_some()
            || self.fitting.is_some()
            || self.sheet.is_some()
            || self.keeping.asks()
            || self.changed_on_disk.is_some()
            || self.dialogs.is_open()
    }
}

impl eframe::App for Planner {
    fn ui(&mut self, ui: &mut egui::Ui, _frame: &mut eframe::Frame) {
        self.show(ui);
    }

    fn save(&mut self, storage: &mut dyn eframe::Storage) {
        self.remember_view();
        self.settings.save(storage);
    }
}

/// Opens the window, with the funnel of this file in it, and returns when it is closed.
///
/// # Errors
/// Why there can be no window: the planner needs a display.
pub fn run(path: Option<PathBuf>) -> Result<(), String> {
    if !has_display() {
        return Err(words::shell::NO_DISPLAY.to_owned());
    }
    let viewport = egui::ViewportBuilder::default()
        .with_app_id("transom")
        .with_title(words::shell::PRODUCT)
        .with_inner_size([1440.0, 900.0])
        .with_min_inner_size([800.0, 560.0])
        .with_drag_and_drop(true);
    let options = eframe::NativeOptions { viewport, ..eframe::NativeOptions::default() };
    let create: eframe::AppCreator<'_> = Box::new(move |cc| {
        let mut planner = Planner::new(&cc.egui_ctx, None, Box::new(Native::default()));
        planner.recall(&cc.egui_ctx, cc.storage);
        planner.keeping.begin(eframe::storage_dir("transom"));
        if let Some(path) = path {
            planner.go(&cc.egui_ctx, Next::Open(path));
        }
        Ok(Box::new(planner))
    });
    eframe::run_native("transom", options, create).map_err(|error| {
        // What comes before the last colon is where in which library it failed.
        let error = error.to_string();
        format!("{}: {}", words::shell::NO_DISPLAY, error.rsplit(": ").next().unwrap_or(&error))
    })
}

/// Whether a window can be opened at all; only X11 and Wayland can lack what it takes.
fn has_display() -> bool {
    if !cfg!(all(unix, not(target_os = "macos"))) {
        return true;
    }
    let is_set = |name: &str| std::env::var_os(name).is_some_and(|value| !value.is_empty());
    is_set("DISPLAY") || is_set("WAYLAND_DISPLAY") || is_set("WAYLAND_SOCKET")
}

impl Planner {
    /// Does what has a name.
    fn invoke(&mut self, ctx: &egui::Context, command: Command) {
        if self.desk.is_none() && !command.works_without_funnel() {
            return;
        }
        match command {
            Command::New => self.leave(ctx, Next::New),
            Command::Open => self.leave(ctx, Next::AskOpen),
            Command::StartScreen => self.leave(ctx, Next::Start),
            Command::Save => self.save_document(ctx, false),
            Command::SaveAs => self.save_document(ctx, true),
            Command::Palette => self.palette = Some(Palette::default()),
            Command::History => self.past = Some(Past::default()),
            Command::Habit(habit) => {
                let on = self.settings.habits.toggle(habit);
                self.toasts.say(ctx, words::shell::habit(habit, on).to_owned());
            }
            Command::Shortcuts => self.sheet = Some(Sheet::default()),
            Command::MenuBar => self.bar.open(ctx, Group::File),
            Command::ThemeSystem => self.set_theme(ctx, egui::ThemePreference::System),
            Command::ThemeLight => self.set_theme(ctx, egui::ThemePreference::Light),
            Command::ThemeDark => self.set_theme(ctx, egui::ThemePreference::Dark),
            Command::ToggleInspector => self.settings.inspector = !self.settings.inspector,
            Command::ToggleLower => self.settings.lower = !self.settings.lower,
            other => self.invoke_on_desk(ctx, other),
        }
        ctx.request_repaint();
    }

    fn set_theme(&mut self, ctx: &egui::Context, theme: egui::ThemePreference) {
        self.settings.theme = theme;
        ctx.set_theme(theme);
    }
}
