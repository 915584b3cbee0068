//! The program: a command, or the planner.

use std::path::PathBuf;
use std::process::ExitCode;

use mimalloc::MiMalloc;
use transom::cli::render::Draw;
use transom::cli::{self, Arguments};

#[global_allocator]
static ALLOCATOR: MiMalloc = MiMalloc;

fn main() -> ExitCode {
    let arguments = Arguments::of_process();
    match arguments.command {
        Some(command) => cli::run(&command, arguments.color, pictures()).into(),
        None => planner(arguments.file),
    }
}

/// Who draws pictures.
#[cfg(feature = "gui")]
fn pictures() -> Option<Draw> {
    Some(transom::ui::picture::of_command)
}

#[cfg(not(feature = "gui"))]
fn pictures() -> Option<Draw> {
    None
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
