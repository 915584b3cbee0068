//! What the planner remembers from one day to the next, beside egui's own memory of panel sizes.

use std::path::{Path, PathBuf};

use egui::ThemePreference;
use serde::{Deserialize, Serialize};

const KEY: &str = "transom";
const RECENT: usize = 8;

/// What is remembered.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct Settings {
    /// Light, dark or as the system has it.
    pub theme: ThemePreference,
    /// The files that were open, the last one first.
    pub recent: Vec<PathBuf>,
    /// Whether the inspector is shown.
    pub inspector: bool,
    /// Whether the lower panel is shown.
    pub lower: bool,
}

impl Default for Settings {
    fn default() -> Self {
        Self { theme: ThemePreference::System, recent: Vec::new(), inspector: true, lower: true }
    }
}

impl Settings {
    /// What was remembered.
    pub fn load(storage: Option<&dyn eframe::Storage>) -> Self {
        storage.and_then(|storage| eframe::get_value(storage, KEY)).unwrap_or_default()
    }

    /// Remembers it.
    pub fn save(&self, storage: &mut dyn eframe::Storage) {
        eframe::set_value(storage, KEY, self);
    }

    /// Notes that this file was open.
    pub fn opened(&mut self, path: &Path) {
        let path = std::path::absolute(path).unwrap_or_else(|_| path.to_owned());
        self.recent.retain(|other| *other != path);
        self.recent.insert(0, path);
        self.recent.truncate(RECENT);
    }
}
