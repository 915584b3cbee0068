//! What the planner remembers from one day to the next, beside egui's own memory of panel sizes.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use egui::ThemePreference;
use serde::{Deserialize, Serialize};

use crate::model::StepId;
use crate::ui::canvas::{Camera, Habits};
use crate::ui::command::Keymap;

const KEY: &str = "transom";
const KEYS: &str = "transom shortcuts";
const RECENT: usize = 8;
/// Of a larger selection only the first steps are remembered.
const MOST_SELECTED: usize = 200;

/// What is remembered.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct Settings {
    /// Light, dark or as the system has it.
    pub theme: ThemePreference,
    /// The files that were open, the last one first.
    pub recent: Vec<PathBuf>,
    /// Where one looked at each of them from, in the same order.
    pub views: Vec<Option<Camera>>,
    /// Which steps were selected in each of them, in the same order.
    pub selections: Vec<Vec<StepId>>,
    /// What the person has set about the canvas.
    pub habits: Habits,
    /// The keys that the person has chosen. They are kept beside all else, so that what cannot be read of them takes
    /// nothing with it.
    #[serde(skip)]
    pub keys: Keymap,
    /// Whether the inspector is shown.
    pub inspector: bool,
    /// Whether the lower panel is shown.
    pub lower: bool,
}

impl Default for Settings {
    fn default() -> Self {
        Self {
            theme: ThemePreference::System,
            recent: Vec::new(),
            views: Vec::new(),
            selections: Vec::new(),
            habits: Habits::default(),
            keys: Keymap::default(),
            inspector: true,
            lower: true,
        }
    }
}

impl Settings {
    /// What was remembered.
    pub fn load(storage: Option<&dyn eframe::Storage>) -> Self {
        let Some(storage) = storage else { return Self::default() };
        let keys: BTreeMap<String, Vec<String>> = eframe::get_value(storage, KEYS).unwrap_or_default();
        Self { keys: Keymap::from_kept(&keys), ..eframe::get_value(storage, KEY).unwrap_or_default() }
    }

    /// Remembers it.
    pub fn save(&self, storage: &mut dyn eframe::Storage) {
        eframe::set_value(storage, KEY, self);
        eframe::set_value(storage, KEYS, &self.keys.kept());
    }

    /// Notes that this file was open.
    pub fn opened(&mut self, path: &Path) {
        let path = absolute(path);
        self.fill_up();
        let (view, selection) = match self.recent.iter().position(|other| *other == path) {
            Some(place) => {
                self.recent.remove(place);
                (self.views.remove(place), self.selections.remove(place))
            }
            None => (None, Vec::new()),
        };
        self.recent.insert(0, path);
        self.views.insert(0, view);
        self.selections.insert(0, selection);
        self.recent.truncate(RECENT);
        self.fill_up();
    }

    /// Notes where one looks at this file from, and what is selected in it.
    pub fn looked(&mut self, path: &Path, camera: Camera, selection: &[StepId]) {
        self.fill_up();
        let path = absolute(path);
        if let Some(place) = self.recent.iter().position(|other| *other == path) {
            self.views[place] = Some(camera);
            self.selections[place] = selection.iter().take(MOST_SELECTED).cloned().collect();
        }
    }

    /// What is kept of each file has the length of the files: settings of an older version may be shorter.
    fn fill_up(&mut self) {
        self.views.resize(self.recent.len(), None);
        self.selections.resize(self.recent.len(), Vec::new());
    }

    /// Which steps were selected in this file.
    pub fn selection(&self, path: &Path) -> &[StepId] {
        let path = absolute(path);
        let place = self.recent.iter().position(|other| *other == path);
        place.and_then(|place| self.selections.get(place)).map_or(&[], Vec::as_slice)
    }

    /// Where one looked at this file from.
    pub fn view(&self, path: &Path) -> Option<Camera> {
        let path = absolute(path);
        let place = self.recent.iter().position(|other| *other == path)?;
        self.views.get(place).copied().flatten()
    }
}

fn absolute(path: &Path) -> PathBuf {
    std::path::absolute(path).unwrap_or_else(|_| path.to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_file_is_looked_at_from_where_it_was() {
        let mut settings = Settings::default();
        let (one, two) = (Path::new("/one.ron"), Path::new("/two.ron"));
        settings.opened(one);
        settings.looked(one, Camera::default(), &["ask".into()]);
        settings.opened(two);
        settings.opened(one);
        assert_eq!(settings.recent, [one, two]);
        assert_eq!(settings.view(one), Some(Camera::default()));
        assert_eq!(settings.view(two), None);
        assert_eq!((settings.selection(one), settings.selection(two)), (&["ask".into()][..], &[][..]));
    }
}
