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

/// What is fixed about a command.
#[derive(Clone, Copy)]
struct Row {
    group: Group,
    keys: &'static [KeyboardShortcut],
    on_canvas: bool,
    without_funnel: bool,
    /// Its keys count while a person types text; those of the text itself do not.
    while_typing: bool,
}

impl Group {
    fn with(self, keys: &'static [KeyboardShortcut]) -> Row {
        Row { group: self, keys, on_canvas: false, without_funnel: false, while_typing: false }
    }
}

impl Row {
    fn on_canvas(self) -> Self {
        Self { on_canvas: true, ..self }
    }

    fn without_funnel(self) -> Self {
        Self { without_funnel: true, ..self }
    }

    fn while_typing(self) -> Self {
        Self { while_typing: true, ..self }
    }
}

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
        self.row().keys
    }

    /// Under which heading it stands.
    pub fn group(self) -> Group {
        self.row().group
    }

    /// Whether it speaks to the canvas alone.
    pub fn is_of_canvas(self) -> bool {
        self.row().on_canvas
    }

    /// Whether it can be done while no funnel is open.
    pub fn works_without_funnel(self) -> bool {
        self.row().without_funnel
    }

    fn row(self) -> Row {
        use Group::{Canvas, Edit, File, Help, View};
        macro_rules! keys {
            ($($modifiers:expr, $key:ident);*) => { const { &[$(KeyboardShortcut::new($modifiers, Key::$key)),*] } };
        }
        const CTRL: Modifiers = Modifiers::COMMAND;
        const CTRL_SHIFT: Modifiers = Modifiers { shift: true, ..Modifiers::COMMAND };
        const NONE: Modifiers = Modifiers::NONE;
        const SHIFT: Modifiers = Modifiers::SHIFT;
        const ALT: Modifiers = Modifiers::ALT;
        const ALT_SHIFT: Modifiers = Modifiers { shift: true, ..Modifiers::ALT };
        match self {
            Self::New => File.with(keys![CTRL, N]).without_funnel().while_typing(),
            Self::Open => File.with(keys![CTRL, O]).without_funnel().while_typing(),
            Self::Save => File.with(keys![CTRL, S]).while_typing(),
            Self::SaveAs => File.with(keys![CTRL_SHIFT, S]).while_typing(),
            Self::StartScreen => File.with(&[]),
            Self::ExportChecklist => File.with(keys![CTRL, E]).while_typing(),
            Self::CopyPicture => File.with(keys![CTRL_SHIFT, C]),
            Self::ExportPicture => File.with(keys![CTRL_SHIFT, E]).while_typing(),
            Self::Undo => Edit.with(keys![CTRL, Z]),
            Self::Redo => Edit.with(keys![CTRL_SHIFT, Z; CTRL, Y]),
            Self::Cut => Edit.with(keys![CTRL, X]).on_canvas(),
            Self::Copy => Edit.with(keys![CTRL, C]).on_canvas(),
            Self::Paste => Edit.with(keys![CTRL, V]).on_canvas(),
            Self::Duplicate => Edit.with(keys![CTRL, D]).on_canvas(),
            Self::Delete => Edit.with(keys![NONE, Delete; NONE, Backspace]).on_canvas(),
            Self::DeleteAndHeal => Edit.with(keys![CTRL, Delete; CTRL, Backspace]).on_canvas(),
            Self::FixAllSafe => Edit.with(keys![CTRL, Period]),
            Self::History => Edit.with(keys![CTRL, H]),
            Self::SelectAll => Edit.with(keys![CTRL, A]).on_canvas(),
            Self::SelectFollowing => Edit.with(keys![ALT_SHIFT, ArrowRight]).on_canvas(),
            Self::SelectLeading => Edit.with(keys![ALT_SHIFT, ArrowLeft]).on_canvas(),
            Self::SelectPath => Edit.with(keys![NONE, P]).on_canvas(),
            Self::Cancel => Edit.with(keys![NONE, Escape]).on_canvas(),
            Self::Rename => Canvas.with(keys![NONE, F2; NONE, Enter]).on_canvas(),
            Self::QuickAdd => Canvas.with(keys![NONE, A; NONE, Tab]).on_canvas(),
            Self::AddFrame => Canvas.with(keys![CTRL, G]).on_canvas(),
            Self::AddComment => Canvas.with(keys![NONE, C]).on_canvas(),
            Self::Disconnect => Canvas.with(keys![NONE, X]).on_canvas(),
            Self::Outputs => Canvas.with(keys![NONE, O]).on_canvas(),
            Self::OpenMenu => Canvas.with(keys![SHIFT, F10; NONE, Menu]).on_canvas(),
            Self::Arrange => Canvas.with(keys![CTRL_SHIFT, A]).on_canvas(),
            Self::Align(Align::Left) => Canvas.with(keys![ALT, A]).on_canvas(),
            Self::Align(Align::Centre) => Canvas.with(keys![ALT, H]).on_canvas(),
            Self::Align(Align::Right) => Canvas.with(keys![ALT, D]).on_canvas(),
            Self::Align(Align::Top) => Canvas.with(keys![ALT, W]).on_canvas(),
            Self::Align(Align::Middle) => Canvas.with(keys![ALT, V]).on_canvas(),
            Self::Align(Align::Bottom) => Canvas.with(keys![ALT, S]).on_canvas(),
            Self::Align(Align::Across) => Canvas.with(keys![ALT_SHIFT, H]).on_canvas(),
            Self::Align(Align::Down) => Canvas.with(keys![ALT_SHIFT, V]).on_canvas(),
            Self::Habit(Habit::Grid) => Canvas.with(keys![NONE, G]).on_canvas(),
            Self::Habit(Habit::DragPans | Habit::WheelZooms) => Canvas.with(&[]),
            Self::ZoomIn => View.with(keys![NONE, Plus; NONE, Equals]).on_canvas(),
            Self::ZoomOut => View.with(keys![NONE, Minus]).on_canvas(),
            Self::ZoomReset => View.with(keys![NONE, Num1; NONE, Num0]).on_canvas(),
            Self::FitSelection => View.with(keys![SHIFT, F; NONE, Period]).on_canvas(),
            Self::Fit => View.with(keys![NONE, F]).on_canvas(),
            Self::PlaceBack => View.with(keys![NONE, B]).on_canvas(),
            Self::PlaceForward => View.with(keys![SHIFT, B]).on_canvas(),
            Self::ShowTimeline
            | Self::ShowWindows
            | Self::ShowSimulation
            | Self::ShowTemplates
            | Self::ShowProblems
            | Self::ShowChecklist => View.with(&[]),
            Self::ToggleInspector => View.with(keys![CTRL, I]),
            Self::ToggleLower => View.with(keys![CTRL, J]),
            Self::ThemeSystem | Self::ThemeLight | Self::ThemeDark => View.with(&[]).without_funnel(),
            Self::Find => Help.with(keys![CTRL, F]).while_typing(),
            Self::FindNext => Help.with(keys![NONE, F3]).while_typing(),
            Self::FindPrevious => Help.with(keys![SHIFT, F3]).while_typing(),
            Self::Palette => Help.with(keys![CTRL, K]).without_funnel().while_typing(),
            Self::Shortcuts => Help.with(keys![NONE, Questionmark]).without_funnel(),
        }
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
            .filter(|command| !typing || command.row().while_typing)
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
