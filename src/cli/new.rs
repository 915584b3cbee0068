//! `transom new`: a funnel from a sample.

use std::path::{Path, PathBuf};

use super::samples::{SAMPLES, sample};
use super::{Status, complain, console};
use crate::file;

/// What `new` takes.
#[derive(Debug, clap::Args)]
pub struct Arguments {
    /// The file to write; nothing may be there yet.
    path: Option<PathBuf>,
    /// The sample to begin with.
    #[arg(long, value_name = "NAME", requires = "path")]
    sample: Option<String>,
}

/// Writes the sample, or lists the samples.
pub fn run(arguments: &Arguments) -> Status {
    let (Some(path), Some(name)) = (&arguments.path, &arguments.sample) else { return console::print(&list()) };
    let Some(sample) = sample(name) else {
        complain(&format!("there is no sample `{name}`; these are there:\n{}", list()));
        return Status::Failed;
    };
    write(path, sample.text)
}

fn write(path: &Path, text: &str) -> Status {
    // A broken link is something too: writing through it would surprise.
    if path.symlink_metadata().is_ok() {
        complain(&format!("{} is there already; it was left as it is\n", path.display()));
        return Status::Failed;
    }
    match file::save(path, text) {
        Ok(()) => Status::Fine,
        Err(error) => {
            complain(&format!("{error}\n"));
            Status::Failed
        }
    }
}

fn list() -> String {
    let wide = SAMPLES.iter().map(|sample| sample.name.len()).max().unwrap_or(0);
    let lines = SAMPLES.iter().map(|sample| format!("{:wide$}  {}\n", sample.name, sample.teaches()));
    lines.collect::<String>() + "\ntransom new PATH --sample NAME begins with one of them\n"
}
