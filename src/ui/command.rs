//! Everything that a person can invoke by name. Toolbar, menus, palette and shortcut sheet all read this list.

use egui::{Key, KeyboardShortcut, Modifiers};

use super::canvas::{Align, Habit};
use super::words::shell::{command_group, command_label};

/// A thing to do, by name.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[allow(missing_docs)]
pub enum Command {
    New,
    Open,
    Save,
    SaveAs,
    StartScreen,
    ExportChecklist,
    CopyPicture,
    ExportPicture,
    Undo,
    Redo,
    Cut,
    Copy,
    Paste,
    Duplicate,
    Delete,
    DeleteAndHeal,
    FixAllSafe,
    History,
    SelectAll,
    SelectFollowing,
    SelectLeading,
    SelectPath,
    Cancel,
    Rename,
    QuickAdd,
    AddFrame,
    AddComment,
    Arrange,
    Align(Align),
    Disconnect,
    Outputs,
    OpenMenu,
    Habit(Habit),
    ZoomIn,
    ZoomOut,
    ZoomReset,
    FitSelection,
    Fit,
    PlaceBack,
    PlaceForward,
    ShowTimeline,
    ShowWindows,
    ShowSimulation,
    ShowTemplates,
    ShowProblems,
    ShowChecklist,
    ToggleInspector,
    ToggleLower,
    ThemeSystem,
    ThemeLight,
    ThemeDark,
    Find,
    FindNext,
    FindPrevious,
    Palette,
    Shortcuts,
}

/// A heading of the shortcut sheet.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[allow(missing_docs)]
pub enum Group {
    File,
    Edit,
    Canvas,
    View,
    Help,
}

impl Group {
    /// All groups, in the order of the sheet.
    pub const ALL: [Self; 5] = [Self::File, Self::Edit, Self::Canvas, Self::View, Self::Help];

    /// Its heading.
    pub fn label(self) -> &'static str {
        command_group(self)
    }
}

const CTRL_SHIFT: Modifiers = Modifiers { shift: true, ..Modifiers::COMMAND };

impl Command {
    /// All commands, in the order of the palette.
    pub const ALL: [Self; 65] = [
        Self::New,
        Self::Open,
        Self::Save,
        Self::SaveAs,
        Self::StartScreen,
        Self::ExportChecklist,
        Self::CopyPicture,
        Self::ExportPicture,
        Self::Undo,
        Self::Redo,
        Self::Cut,
        Self::Copy,
        Self::Paste,
        Self::Duplicate,
        Self::Delete,
        Self::DeleteAndHeal,
        Self::FixAllSafe,
        Self::History,
        Self::SelectAll,
        Self::SelectFollowing,
        Self::SelectLeading,
        Self::SelectPath,
        Self::Cancel,
        Self::Rename,
        Self::QuickAdd,
        Self::AddFrame,
        Self::AddComment,
        Self::Disconnect,
        Self::Outputs,
        Self::OpenMenu,
        Self::Arrange,
        Self::Align(Align::Left),
        Self::Align(Align::Centre),
        Self::Align(Align::Right),
        Self::Align(Align::Top),
        Self::Align(Align::Middle),
        Self::Align(Align::Bottom),
        Self::Align(Align::Across),
        Self::Align(Align::Down),
        Self::Habit(Habit::Grid),
        Self::Habit(Habit::DragPans),
        Self::Habit(Habit::WheelZooms),
        Self::ZoomIn,
        Self::ZoomOut,
        Self::ZoomReset,
        Self::FitSelection,
        Self::Fit,
        Self::PlaceBack,
        Self::PlaceForward,
        Self::ShowTimeline,
        Self::ShowWindows,
        Self::ShowSimulation,
        Self::ShowTemplates,
        Self::ShowProblems,
        Self::ShowChecklist,
        Self::ToggleInspector,
        Self::ToggleLower,
        Self::ThemeSystem,
        Self::ThemeLight,
        Self::ThemeDark,
        Self::Find,
        Self::FindNext,
        Self::FindPrevious,
        Self::Palette,
        Self::Shortcuts,
    ];

    /// What it is called.
    pub fn label(self) -> &'static str {
        command_label(self)
    }

    /// The keys that invoke it; the first is the one shown.
    pub fn shortcuts(self) -> &'static [KeyboardShortcut] {
        macro_rules! keys {
            ($($modifiers:expr, $key:ident);*) => { const { &[$(KeyboardShortcut::new($modifiers, Key::$key)),*] } };
        }
        const CTRL: Modifiers = Modifiers::COMMAND;
        const NONE: Modifiers = Modifiers::NONE;
        const SHIFT: Modifiers = Modifiers::SHIFT;
        const ALT: Modifiers = Modifiers::ALT;
        const ALT_SHIFT: Modifiers = Modifiers { shift: true, ..Modifiers::ALT };
        match self {
            Self::New => keys![CTRL, N],
            Self::Open => keys![CTRL, O],
            Self::Save => keys![CTRL, S],
            Self::SaveAs => keys![CTRL_SHIFT, S],
            Self::ExportChecklist => keys![CTRL, E],
            Self::CopyPicture => keys![CTRL_SHIFT, C],
            Self::ExportPicture => keys![CTRL_SHIFT, E],
            Self::Undo => keys![CTRL, Z],
            Self::Redo => keys![CTRL_SHIFT, Z; CTRL, Y],
            Self::Cut => keys![CTRL, X],
            Self::Copy => keys![CTRL, C],
            Self::Paste => keys![CTRL, V],
            Self::Duplicate => keys![CTRL, D],
            Self::Delete => keys![NONE, Delete; NONE, Backspace],
            Self::DeleteAndHeal => keys![CTRL, Delete; CTRL, Backspace],
            Self::FixAllSafe => keys![CTRL, Period],
            Self::History => keys![CTRL, H],
            Self::SelectAll => keys![CTRL, A],
            Self::SelectFollowing => keys![ALT_SHIFT, ArrowRight],
            Self::SelectLeading => keys![ALT_SHIFT, ArrowLeft],
            Self::SelectPath => keys![NONE, P],
            Self::Cancel => keys![NONE, Escape],
            Self::Rename => keys![NONE, F2; NONE, Enter],
            Self::QuickAdd => keys![NONE, A; NONE, Tab],
            Self::AddFrame => keys![CTRL, G],
            Self::AddComment => keys![NONE, C],
            Self::Disconnect => keys![NONE, X],
            Self::Outputs => keys![NONE, O],
            Self::OpenMenu => keys![SHIFT, F10; NONE, Menu],
            Self::Arrange => keys![CTRL_SHIFT, A],
            Self::Align(Align::Left) => keys![ALT, A],
            Self::Align(Align::Centre) => keys![ALT, H],
            Self::Align(Align::Right) => keys![ALT, D],
            Self::Align(Align::Top) => keys![ALT, W],
            Self::Align(Align::Middle) => keys![ALT, V],
            Self::Align(Align::Bottom) => keys![ALT, S],
            Self::Align(Align::Across) => keys![ALT_SHIFT, H],
            Self::Align(Align::Down) => keys![ALT_SHIFT, V],
            Self::Habit(Habit::Grid) => keys![NONE, G],
            Self::ZoomIn => keys![NONE, Plus; NONE, Equals],
            Self::ZoomOut => keys![NONE, Minus],
            Self::ZoomReset => keys![NONE, Num1; NONE, Num0],
            Self::FitSelection => keys![SHIFT, F; NONE, Period],
            Self::Fit => keys![NONE, F],
            Self::PlaceBack => keys![NONE, B],
            Self::PlaceForward => keys![SHIFT, B],
            Self::ToggleInspector => keys![CTRL, I],
            Self::ToggleLower => keys![CTRL, J],
            Self::Find => keys![CTRL, F],
            Self::FindNext => keys![NONE, F3],
            Self::FindPrevious => keys![SHIFT, F3],
            Self::Palette => keys![CTRL, K],
            Self::Shortcuts => keys![NONE, Questionmark],
            Self::ShowTimeline
            | Self::ShowWindows
            | Self::ShowSimulation
            | Self::ShowTemplates
            | Self::ShowProblems
            | Self::ShowChecklist
            | Self::StartScreen
            | Self::ThemeSystem
            | Self::ThemeLight
            | Self::ThemeDark
            | Self::Habit(Habit::DragPans | Habit::WheelZooms) => &[],
        }
    }

    /// Under which heading it stands.
    pub fn group(self) -> Group {
        match self {
            Self::New
            | Self::Open
            | Self::Save
            | Self::SaveAs
            | Self::StartScreen
            | Self::ExportChecklist
            | Self::CopyPicture
            | Self::ExportPicture => Group::File,
            Self::Undo
            | Self::Redo
            | Self::Cut
            | Self::Copy
            | Self::Paste
            | Self::Duplicate
            | Self::Delete
            | Self::FixAllSafe
            | Self::DeleteAndHeal
            | Self::History
            | Self::SelectAll
            | Self::SelectFollowing
            | Self::SelectLeading
            | Self::SelectPath
            | Self::Cancel => Group::Edit,
            Self::Rename
            | Self::QuickAdd
            | Self::AddFrame
            | Self::AddComment
            | Self::Disconnect
            | Self::Outputs
            | Self::OpenMenu
            | Self::Arrange
            | Self::Align(_)
            | Self::Habit(_) => Group::Canvas,
            Self::ZoomIn
            | Self::ZoomOut
            | Self::ZoomReset
            | Self::FitSelection
            | Self::Fit
            | Self::PlaceBack
            | Self::PlaceForward
            | Self::ShowTimeline
            | Self::ShowWindows
            | Self::ShowSimulation
            | Self::ShowTemplates
            | Self::ShowProblems
            | Self::ShowChecklist
            | Self::ToggleInspector
            | Self::ToggleLower
            | Self::ThemeSystem
            | Self::ThemeLight
            | Self::ThemeDark => Group::View,
            Self::Find | Self::FindNext | Self::FindPrevious | Self::Palette | Self::Shortcuts => Group::Help,
        }
    }

    /// Whether it speaks to the canvas alone.
    pub fn is_of_canvas(self) -> bool {
        matches!(
            self,
            Self::Cut
                | Self::Copy
                | Self::Paste
                | Self::Duplicate
                | Self::Delete
                | Self::DeleteAndHeal
                | Self::SelectAll
                | Self::SelectFollowing
                | Self::SelectLeading
                | Self::SelectPath
                | Self::Cancel
                | Self::Rename
                | Self::QuickAdd
                | Self::AddFrame
                | Self::AddComment
                | Self::Disconnect
                | Self::Outputs
                | Self::OpenMenu
                | Self::Arrange
                | Self::Align(_)
                | Self::Habit(Habit::Grid)
                | Self::ZoomIn
                | Self::ZoomOut
                | Self::ZoomReset
                | Self::FitSelection
                | Self::Fit
                | Self::PlaceBack
                | Self::PlaceForward
        )
    }

    /// Whether it can be done while no funnel is open.
    pub fn works_without_funnel(self) -> bool {
        matches!(
            self,
            Self::New
                | Self::Open
                | Self::ThemeSystem
                | Self::ThemeLight
                | Self::ThemeDark
                | Self::Palette
                | Self::Shortcuts
        )
    }

    /// Whether its keys count while a person types text; those of the text itself do not.
    fn while_typing(self) -> bool {
        matches!(
            self,
            Self::New
                | Self::Open
                | Self::Save
                | Self::SaveAs
                | Self::ExportChecklist
                | Self::ExportPicture
                | Self::Find
                | Self::FindNext
                | Self::FindPrevious
                | Self::Palette
        )
    }

    /// Its first shortcut as text, such as `Ctrl+S`; empty where it has none.
    pub fn shortcut_text(self, ctx: &egui::Context) -> String {
        self.shortcuts().first().map(|shortcut| keys_text(ctx, shortcut)).unwrap_or_default()
    }

    /// Takes the commands whose keys were pressed in this frame out of the input, but for those of the canvas that
    /// something with the keyboard's focus needs for itself. Tab adds a step only where it does not move the focus, and
    /// Enter names one only where it presses nothing.
    pub fn pressed(ctx: &egui::Context, canvas_listens: bool, tab_adds: bool, enter_names: bool) -> Vec<Self> {
        let typing = ctx.text_edit_focused();
        let mut by_keys: Vec<(Self, KeyboardShortcut)> = Self::ALL
            .into_iter()
            .filter(|command| !typing || command.while_typing())
            .filter(|command| canvas_listens || !command.is_of_canvas())
            // Escape closes an open menu first.
            .filter(|command| *command != Self::Cancel || !egui::Popup::is_any_open(ctx))
            .flat_map(|command| command.shortcuts().iter().map(move |shortcut| (command, *shortcut)))
            .filter(|(_, shortcut)| tab_adds || shortcut.logical_key != Key::Tab)
            .filter(|(_, shortcut)| enter_names || shortcut.logical_key != Key::Enter)
            .collect();
        // `consume_shortcut` overlooks a Shift or an Alt too many, so the longer ones go first.
        by_keys.sort_by_key(|(_, keys)| 2 - i32::from(keys.modifiers.shift) - i32::from(keys.modifiers.alt));
        let mut pressed = Vec::new();
        ctx.input_mut(|input| {
            for (command, shortcut) in by_keys {
                if input.consume_shortcut(&shortcut) {
                    pressed.push(command);
                }
            }
            if !typing && canvas_listens {
                input.events.retain(|event| {
                    let command = match event {
                        egui::Event::Copy => Self::Copy,
                        egui::Event::Cut => Self::Cut,
                        _ => return true,
                    };
                    pressed.push(command);
                    false
                });
            }
        });
        pressed
    }
}

/// Keys as text, by what stands on them.
pub fn keys_text(ctx: &egui::Context, shortcut: &KeyboardShortcut) -> String {
    let text = ctx.format_shortcut(shortcut);
    let key = shortcut.logical_key;
    match key {
        Key::Plus | Key::Minus | Key::Equals | Key::Questionmark => text.replace(key.name(), key.symbol_or_name()),
        _ => text,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_two_commands_share_keys() {
        let mut seen = Vec::new();
        for command in Command::ALL {
            for shortcut in command.shortcuts() {
                assert!(!seen.contains(shortcut), "{command:?}: {shortcut:?}");
                seen.push(*shortcut);
            }
        }
    }

    #[test]
    fn every_command_has_a_name_of_its_own() {
        for (i, a) in Command::ALL.iter().enumerate() {
            assert!(!a.label().is_empty());
            assert!(Command::ALL[i + 1..].iter().all(|b| a.label() != b.label()), "{a:?}");
        }
    }
}
