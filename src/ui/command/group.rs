//! The menus of the menu bar, which are the headings of the shortcut sheet too. What stands in them is said in the table of
//! commands.

use egui::{Key, KeyboardShortcut};

use crate::ui::words::menus::group_label;

use super::{Command, Need, Row};

/// A menu of the menu bar, and a heading of the shortcut sheet.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[allow(missing_docs)]
pub enum Group {
    File,
    Edit,
    View,
    Step,
    Arrange,
    Check,
    Help,
}

impl Group {
    /// All groups, in the order of the menu bar.
    pub const ALL: [Self; 7] = [Self::File, Self::Edit, Self::View, Self::Step, Self::Arrange, Self::Check, Self::Help];

    /// Its heading.
    pub fn label(self) -> &'static str {
        group_label(self)
    }

    /// The key that opens its menu with Alt: a letter of its name that no command has with Alt.
    pub fn letter(self) -> Key {
        match self {
            Self::File => Key::F,
            Self::Edit => Key::E,
            Self::View => Key::I,
            Self::Step => Key::T,
            Self::Arrange => Key::R,
            Self::Check => Key::C,
            Self::Help => Key::L,
        }
    }

    /// What stands in its menu, part by part.
    pub fn entries(self) -> Vec<Vec<Command>> {
        let mut parts: Vec<(u8, Vec<Command>)> = Vec::new();
        for command in Command::ALL {
            let row = command.row();
            if row.group == self && row.off_bar.is_none() {
                match parts.iter_mut().find(|(part, _)| *part == row.part) {
                    Some((_, entries)) => entries.push(command),
                    None => parts.push((row.part, vec![command])),
                }
            }
        }
        parts.sort_by_key(|(part, _)| *part);
        parts.into_iter().map(|(_, entries)| entries).collect()
    }

    /// A row of the table: in this part of its menu, kept by this name, with these keys.
    pub(super) const fn row(self, part: u8, name: &'static str, keys: &'static [KeyboardShortcut]) -> Row {
        Row {
            group: self,
            part,
            name,
            keys,
            off_bar: None,
            needs: Need::Funnel,
            on_canvas: false,
            while_typing: false,
            of_system: false,
        }
    }
}
