//! The command line: one file a command. Needs no display and knows no pixel.

pub mod calibrate;
mod check;
mod checklist;
mod codes;
mod compare;
mod console;
mod crew;
mod explain;
mod fix;
mod fmt;
mod judging;
mod new;
mod output;
pub mod render;
pub mod samples;
mod simulate;
mod status;
mod test;

use std::path::PathBuf;

use clap::error::ErrorKind;
use clap::{CommandFactory as _, Parser, Subcommand};

pub use console::complain;
pub use judging::clock_at;
pub use status::Status;

/// Plans WhatsApp campaign funnels and proves, before launch, which messages fall outside the 24-hour window.
///
/// With a FILE, or nothing, it opens the planner. The commands need no display.
#[derive(Debug, Parser)]
#[command(name = "transom", version, arg_required_else_help = false)]
pub struct Arguments {
    /// What to do; without a command the planner opens.
    #[command(subcommand)]
    pub command: Option<Command>,
    /// The funnel to open in the planner.
    pub file: Option<PathBuf>,
    /// Colours in what commands print. `auto` looks at the terminal, NO_COLOR and CLICOLOR_FORCE.
    #[arg(long, global = true, value_enum, value_name = "WHEN", default_value_t = Colour::Auto)]
    pub color: Colour,
}

/// When text is coloured.
#[derive(Debug, Clone, Copy, Default, clap::ValueEnum)]
#[allow(missing_docs)]
pub enum Colour {
    #[default]
    Auto,
    Always,
    Never,
}

/// A command that needs no display.
#[derive(Debug, Subcommand)]
pub enum Command {
    /// Find what is wrong with funnels, before their people do.
    Check(check::Arguments),
    /// Send a crowd through a funnel: how many are inside the window at each step, where they end, and what they cost.
    Simulate(simulate::Arguments),
    /// Take a question's reply times from a log of what people did.
    Calibrate(calibrate::Arguments),
    /// Follow each scenario of funnels and compare what it sends with what it expects.
    Test(test::Arguments),
    /// List the templates to submit, with their content and by when.
    Checklist(checklist::Arguments),
    /// Draw the picture that the planner shows, as PNG or SVG.
    Render(render::Arguments),
    /// Write funnel files in their normal form.
    Fmt(fmt::Arguments),
    /// Say what a diagnostic means, why it matters and how to mend it.
    Explain(explain::Arguments),
    /// Begin a funnel from a sample; without --sample, list the samples.
    New(new::Arguments),
}

impl Arguments {
    /// The arguments of this process. Wrong ones end it with a word of help and status 2.
    pub fn of_process() -> Self {
        let arguments = Self::parse();
        if arguments.command.is_some() && arguments.file.is_some() {
            let said = "a file before a command; the files of a command come after it";
            Self::command().error(ErrorKind::ArgumentConflict, said).exit();
        }
        arguments
    }
}

/// Carries out a command. `draw` is who draws pictures, `None` where this build has nobody who can.
pub fn run(command: &Command, colour: Colour, draw: Option<render::Draw>) -> Status {
    console::colour(colour);
    match command {
        Command::Check(arguments) => check::run(arguments),
        Command::Simulate(arguments) => simulate::run(arguments),
        Command::Calibrate(arguments) => calibrate::run(arguments),
        Command::Test(arguments) => test::run(arguments),
        Command::Checklist(arguments) => checklist::run(arguments),
        Command::Render(arguments) => render::run(arguments, draw),
        Command::Fmt(arguments) => fmt::run(arguments),
        Command::Explain(arguments) => explain::run(arguments),
        Command::New(arguments) => new::run(arguments),
    }
}

/// Says why the planner cannot open, and what works all the same.
pub fn no_planner(why: &str) -> Status {
    // Pictures are drawn by the planner's own libraries, but need no display.
    let render = if cfg!(feature = "gui") { "render, " } else { "" };
    complain(&format!(
        "{why}; these commands need none: check, simulate, calibrate, test, checklist, {render}fmt, explain, new \
         (see transom --help)\n"
    ));
    Status::Failed
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_arguments_are_sound() {
        Arguments::command().debug_assert();
    }
}
