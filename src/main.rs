//! The program: a command, or the planner.

use std::path::PathBuf;
use std::process::ExitCode;

use transom::cli::{self, Arguments};

fn main() -> ExitCode {
    let arguments = Arguments::of_process();
    match arguments.command {
        Some(command) => cli::run(&command).into(),
        None => planner(arguments.file),
    }
}

fn planner(_file: Option<PathBuf>) -> ExitCode {
    cli::no_planner("this build has no planner").into()
}
