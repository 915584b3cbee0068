//! The program: a command, or the planner.

use std::path::PathBuf;
use std::process::ExitCode;

use transom::cli::{self, Arguments};

fn main() -> ExitCode {
    let arguments = Arguments::of_process();
    match arguments.command {
        Some(command) => cli::run(&command, arguments.color).into(),
        None => planner(arguments.file),
    }
}

#[cfg(feature = "gui")]
fn planner(file: Option<PathBuf>) -> ExitCode {
    match transom::ui::app::run(file) {
        Ok(()) => ExitCode::SUCCESS,
        Err(why) => cli::no_planner(&why).into(),
    }
}

#[cfg(not(feature = "gui"))]
fn planner(_file: Option<PathBuf>) -> ExitCode {
    cli::no_planner("this build has no planner").into()
}
