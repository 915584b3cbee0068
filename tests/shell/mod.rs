//! The program as scripts and build servers see it, and folders for it to work in.

#![allow(dead_code, reason = "each test of the command line uses a part of this")]

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};

use tempfile::TempDir;

/// After the launches of some samples were planned, and before any of them.
pub const NOW: &str = "2026-11-22T12:00:00";

pub fn transom(arguments: &[&str]) -> Output {
    transom_in(Path::new(env!("CARGO_MANIFEST_DIR")), arguments)
}

/// The program, started in a folder.
pub fn transom_in(folder: &Path, arguments: &[&str]) -> Output {
    Command::new(env!("CARGO_BIN_EXE_transom"))
        .args(arguments)
        .current_dir(folder)
        .env_remove("NO_COLOR")
        .env_remove("CLICOLOR_FORCE")
        .env_remove("DISPLAY")
        .env_remove("WAYLAND_DISPLAY")
        .output()
        .expect("the program runs")
}

pub fn status(output: &Output) -> i32 {
    output.status.code().expect("the program ends by itself")
}

pub fn stdout(output: &Output) -> &str {
    std::str::from_utf8(&output.stdout).expect("results are UTF-8")
}

pub fn stderr(output: &Output) -> &str {
    std::str::from_utf8(&output.stderr).expect("messages are UTF-8")
}

/// A folder with funnel files, gone at the end of the test.
pub struct Folder(TempDir);

impl Folder {
    pub fn new() -> Self {
        Self(tempfile::tempdir().expect("a folder for the test"))
    }

    pub fn path(&self, name: &str) -> PathBuf {
        self.0.path().join(name)
    }

    /// Writes a file, in folders that are made where they are missing, and says where it is.
    pub fn write(&self, name: &str, text: &str) -> String {
        fs::create_dir_all(self.path(name).parent().expect("a file lies in a folder")).expect("a folder for the test");
        fs::write(self.path(name), text).expect("a file for the test");
        self.path(name).display().to_string()
    }

    /// A funnel in this zone with these parts.
    pub fn funnel(&self, zone: &str, parts: &str) -> String {
        let audience = format!("audience: (market: \"DE\", timezone: \"{zone}\", size: 100)");
        self.write("funnel.ron", &format!("(format: 1, name: \"Test\", {audience}, {parts})"))
    }
}
