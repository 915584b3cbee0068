//! Everything that a person can invoke by name. Toolbar, menus, palette and shortcut sheet all read this list.

mod group;
mod keys;
mod need;

use egui::{Key, KeyboardShortcut, Modifiers};

use super::canvas::{Align, Habit, Sort};
use super::words::shell::command_label;

pub use group::Group;
pub use keys::{Given, Keymap, keys_text, pressed, pressed_keys, refusal};
pub use need::Need;

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
    WhatHelps,
    FitLog,
    History,
    SelectAll,
    SelectFollowing,
    SelectLeading,
    SelectPath,
    Cancel,
    Rename,
    QuickAdd,
    Add(Sort),
    Connect,
    InsertOnLink,
    LeadElsewhere,
    GoToTail,
    GoToHead,
    AddFrame,
    AddComment,
    SelectHeld,
    CollapseFrame,
    ColourFrame,
    TieComment,
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
    MenuBar,
    Shortcuts,
}

/// What is fixed about a command.
#[derive(Clone, Copy)]
struct Row {
    group: Group,
    /// In which part of its menu it stands; lines part them.
    part: u8,
    /// What settings keep it by. It is never changed.
    name: &'static str,
    /// The keys that invoke it, unless the person has chosen others.
    keys: &'static [KeyboardShortcut],
    /// Why it does not stand in the menu bar, where it does not.
    off_bar: Option<&'static str>,
    needs: Need,
    on_canvas: bool,
    /// Its keys count while a person types text; those of the text itself do not.
    while_typing: bool,
    /// Its keys are those of the system, which does not say so when they are others.
    of_system: bool,
}

impl Row {
    const fn on_canvas(self) -> Self {
        Self { on_canvas: true, ..self }
    }

    const fn needs(self, needs: Need) -> Self {
        Self { needs, ..self }
    }

    const fn off_bar(self, why: &'static str) -> Self {
        Self { off_bar: Some(why), ..self }
    }

    const fn while_typing(self) -> Self {
        Self { while_typing: true, ..self }
    }

    const fn of_system(self) -> Self {
        Self { of_system: true, ..self }
    }
}

impl Command {
    /// All commands, in the order of menus and palette.
    pub const ALL: [Self; 87] = [
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
        Self::History,
        Self::Cut,
        Self::Copy,
        Self::Paste,
        Self::Duplicate,
        Self::Delete,
        Self::DeleteAndHeal,
        Self::SelectAll,
        Self::SelectFollowing,
        Self::SelectLeading,
        Self::SelectPath,
        Self::Cancel,
        Self::Find,
        Self::FindNext,
        Self::FindPrevious,
        Self::Rename,
        Self::QuickAdd,
        Self::Add(Sort::Entry),
        Self::Add(Sort::Message),
        Self::Add(Sort::Question),
        Self::Add(Sort::Template),
        Self::Add(Sort::Wait),
        Self::Add(Sort::WaitUntil),
        Self::Add(Sort::SendHours),
        Self::Add(Sort::Branch),
        Self::Add(Sort::Split),
        Self::Add(Sort::Exit),
        Self::AddFrame,
        Self::AddComment,
        Self::SelectHeld,
        Self::CollapseFrame,
        Self::ColourFrame,
        Self::TieComment,
        Self::Connect,
        Self::InsertOnLink,
        Self::LeadElsewhere,
        Self::GoToTail,
        Self::GoToHead,
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
        Self::ToggleInspector,
        Self::ToggleLower,
        Self::ShowTimeline,
        Self::ShowWindows,
        Self::ShowSimulation,
        Self::ShowTemplates,
        Self::ShowProblems,
        Self::ShowChecklist,
        Self::FixAllSafe,
        Self::WhatHelps,
        Self::FitLog,
        Self::ThemeSystem,
        Self::ThemeLight,
        Self::ThemeDark,
        Self::Palette,
        Self::MenuBar,
        Self::Shortcuts,
    ];

    /// What it is called.
    pub fn label(self) -> &'static str {
        command_label(self)
    }

    /// The name that settings keep it by.
    pub fn name(self) -> &'static str {
        self.row().name
    }

    /// The keys that invoke it unless the person has chosen others; the first is the one shown.
    pub fn usual_keys(self) -> &'static [KeyboardShortcut] {
        self.row().keys
    }

    /// Whether its keys cannot be others: the system gives what is cut, copied and pasted by its own.
    pub fn has_keys_of_system(self) -> bool {
        self.row().of_system
    }

    /// In which menu and under which heading it stands.
    pub fn group(self) -> Group {
        self.row().group
    }

    /// Why it does not stand in the menu bar; `None` where it does.
    pub fn off_bar(self) -> Option<&'static str> {
        self.row().off_bar
    }

    /// What there has to be for it to do something.
    pub fn needs(self) -> Need {
        self.row().needs
    }

    /// Whether it speaks to the canvas alone.
    pub fn is_of_canvas(self) -> bool {
        self.row().on_canvas
    }

    /// Whether its keys count while a person types text.
    fn counts_while_typing(self) -> bool {
        self.row().while_typing
    }

    /// Whether it can be done while no funnel is open.
    pub fn works_without_funnel(self) -> bool {
        self.row().needs == Need::Nothing
    }

    fn row(self) -> Row {
        use Group::{Arrange, Check, Edit, File, Help, Step, View};
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
            Self::New => File.row(0, "new", keys![CTRL, N]).needs(Need::Nothing).while_typing(),
            Self::Open => File.row(0, "open", keys![CTRL, O]).needs(Need::Nothing).while_typing(),
            Self::Save => File.row(1, "save", keys![CTRL, S]).needs(Need::Unsaved).while_typing(),
            Self::SaveAs => File.row(1, "save-as", keys![CTRL_SHIFT, S]).while_typing(),
            Self::ExportChecklist => File.row(2, "export-checklist", keys![CTRL, E]).while_typing(),
            Self::CopyPicture => File.row(2, "copy-picture", keys![CTRL_SHIFT, C]).needs(Need::AnyStep),
            Self::ExportPicture => File.row(2, "export-picture", keys![CTRL_SHIFT, E]).needs(Need::AnyStep).while_typing(),
            Self::StartScreen => File.row(3, "start-screen", &[]),
            Self::Undo => Edit.row(0, "undo", keys![CTRL, Z]).needs(Need::Past),
            Self::Redo => Edit.row(0, "redo", keys![CTRL_SHIFT, Z; CTRL, Y]).needs(Need::Future),
            Self::History => Edit.row(0, "history", keys![CTRL, H]).needs(Need::History),
            Self::Cut => Edit.row(1, "cut", keys![CTRL, X]).needs(Need::Steps).on_canvas().of_system(),
            Self::Copy => Edit.row(1, "copy", keys![CTRL, C]).needs(Need::Steps).on_canvas().of_system(),
            Self::Paste => Edit.row(1, "paste", keys![CTRL, V]).on_canvas().of_system(),
            Self::Duplicate => Edit.row(1, "duplicate", keys![CTRL, D]).needs(Need::Steps).on_canvas(),
            Self::Rename => Edit.row(2, "rename", keys![NONE, F2; NONE, Enter]).needs(Need::Nameable).on_canvas(),
            Self::Delete => Edit.row(2, "delete", keys![NONE, Delete; NONE, Backspace]).needs(Need::Something).on_canvas(),
            Self::DeleteAndHeal => {
                Edit.row(2, "delete-and-heal", keys![CTRL, Delete; CTRL, Backspace]).needs(Need::Something).on_canvas()
            }
            Self::SelectAll => Edit.row(3, "select-all", keys![CTRL, A]).needs(Need::AnyStep).on_canvas(),
            Self::SelectFollowing => {
                Edit.row(3, "select-following", keys![ALT_SHIFT, ArrowRight]).needs(Need::Steps).on_canvas()
            }
            Self::SelectLeading => Edit.row(3, "select-leading", keys![ALT_SHIFT, ArrowLeft]).needs(Need::Steps).on_canvas(),
            Self::SelectPath => Edit.row(3, "select-path", keys![NONE, P]).needs(Need::Steps).on_canvas(),
            Self::Cancel => Edit.row(3, "cancel", keys![NONE, Escape]).on_canvas(),
            Self::Find => Edit.row(4, "find", keys![CTRL, F]).while_typing(),
            Self::FindNext => Edit.row(4, "find-next", keys![NONE, F3]).while_typing(),
            Self::FindPrevious => Edit.row(4, "find-previous", keys![SHIFT, F3]).while_typing(),
            Self::ZoomIn => View.row(0, "zoom-in", keys![NONE, Plus; NONE, Equals]).on_canvas(),
            Self::ZoomOut => View.row(0, "zoom-out", keys![NONE, Minus]).on_canvas(),
            Self::ZoomReset => View.row(0, "zoom-reset", keys![NONE, Num1; NONE, Num0]).on_canvas(),
            Self::Fit => View.row(0, "fit", keys![NONE, F]).needs(Need::AnyStep).on_canvas(),
            Self::FitSelection => {
                View.row(0, "fit-selection", keys![SHIFT, F; NONE, Period]).needs(Need::AnyStep).on_canvas()
            }
            Self::PlaceBack => View.row(1, "place-back", keys![NONE, B]).on_canvas(),
            Self::PlaceForward => View.row(1, "place-forward", keys![SHIFT, B]).on_canvas(),
            Self::ToggleInspector => View.row(2, "inspector", keys![CTRL, I]),
            Self::ToggleLower => View.row(2, "lower-panel", keys![CTRL, J]),
            Self::Habit(Habit::DragPans) => View.row(3, "drag-pans", &[]).on_canvas(),
            Self::Habit(Habit::WheelZooms) => View.row(3, "wheel-zooms", &[]).on_canvas(),
            Self::ThemeSystem => View.row(4, "theme-system", &[]).needs(Need::Nothing),
            Self::ThemeLight => View.row(4, "theme-light", &[]).needs(Need::Nothing),
            Self::ThemeDark => View.row(4, "theme-dark", &[]).needs(Need::Nothing),
            Self::QuickAdd => Step.row(0, "add-step", keys![NONE, A; NONE, Tab]).on_canvas(),
            Self::Add(Sort::Entry) => Step.row(1, "add-entry", &[]),
            Self::Add(Sort::Message) => Step.row(1, "add-message", &[]),
            Self::Add(Sort::Question) => Step.row(1, "add-question", &[]),
            Self::Add(Sort::Template) => Step.row(1, "add-template", &[]),
            Self::Add(Sort::Wait) => Step.row(1, "add-wait", &[]),
            Self::Add(Sort::WaitUntil) => Step.row(1, "add-wait-until", &[]),
            Self::Add(Sort::SendHours) => Step.row(1, "add-send-hours", &[]),
            Self::Add(Sort::Branch) => Step.row(1, "add-branch", &[]),
            Self::Add(Sort::Split) => Step.row(1, "add-split", &[]),
            Self::Add(Sort::Exit) => Step.row(1, "add-exit", &[]),
            Self::AddFrame => Step.row(2, "add-frame", keys![CTRL, G]).on_canvas(),
            Self::AddComment => Step.row(2, "add-comment", keys![NONE, C]).on_canvas(),
            Self::CollapseFrame => Step.row(2, "collapse-frame", keys![NONE, H]).needs(Need::Frame).on_canvas(),
            Self::ColourFrame => Step.row(2, "colour-frame", keys![SHIFT, C]).needs(Need::Frame).on_canvas(),
            Self::TieComment => Step.row(2, "tie-comment", keys![NONE, T]).needs(Need::Note).on_canvas(),
            Self::SelectHeld => Step.row(2, "select-held", &[]).needs(Need::Held).on_canvas(),
            Self::Connect => Step.row(3, "connect", &[]).needs(Need::SpareOutput).on_canvas(),
            Self::InsertOnLink => Step.row(3, "insert-on-link", &[]).needs(Need::Link).on_canvas(),
            Self::LeadElsewhere => Step.row(3, "lead-elsewhere", &[]).needs(Need::Link).on_canvas(),
            Self::GoToTail => Step.row(3, "go-to-tail", &[]).needs(Need::Link).on_canvas(),
            Self::GoToHead => Step.row(3, "go-to-head", &[]).needs(Need::Link).on_canvas(),
            Self::Outputs => Step.row(3, "outputs", keys![NONE, O]).needs(Need::OneStep).on_canvas(),
            Self::Disconnect => Step.row(3, "disconnect", keys![NONE, X]).needs(Need::Something).on_canvas(),
            Self::OpenMenu => Step
                .row(3, "open-menu", keys![SHIFT, F10; NONE, Menu])
                .on_canvas()
                .off_bar("It opens a menu, which holds what this bar holds; who is in one menu needs no way to another"),
            Self::Arrange => Arrange.row(0, "arrange", keys![CTRL_SHIFT, A]).needs(Need::AnyStep).on_canvas(),
            Self::Align(how @ Align::Left) => Arrange.row(1, "align-left", keys![ALT, A]).aligns(how),
            Self::Align(how @ Align::Centre) => Arrange.row(1, "align-centre", keys![ALT, H]).aligns(how),
            Self::Align(how @ Align::Right) => Arrange.row(1, "align-right", keys![ALT, D]).aligns(how),
            Self::Align(how @ Align::Top) => Arrange.row(1, "align-top", keys![ALT, W]).aligns(how),
            Self::Align(how @ Align::Middle) => Arrange.row(1, "align-middle", keys![ALT, V]).aligns(how),
            Self::Align(how @ Align::Bottom) => Arrange.row(1, "align-bottom", keys![ALT, S]).aligns(how),
            Self::Align(how @ Align::Across) => Arrange.row(2, "spread-across", keys![ALT_SHIFT, H]).aligns(how),
            Self::Align(how @ Align::Down) => Arrange.row(2, "spread-down", keys![ALT_SHIFT, V]).aligns(how),
            Self::Habit(Habit::Grid) => Arrange.row(3, "grid", keys![NONE, G]).on_canvas(),
            Self::ShowTimeline => Check.row(0, "show-timeline", &[]),
            Self::ShowWindows => Check.row(0, "show-windows", &[]),
            Self::ShowSimulation => Check.row(0, "show-simulation", &[]),
            Self::ShowTemplates => Check.row(0, "show-templates", &[]),
            Self::ShowProblems => Check.row(0, "show-problems", &[]),
            Self::ShowChecklist => Check.row(0, "show-checklist", &[]),
            Self::FixAllSafe => Check.row(1, "fix-all-safe", keys![CTRL, Period]).needs(Need::AnyProblem),
            Self::WhatHelps => Check.row(1, "what-helps", &[]).needs(Need::AnyStep),
            Self::FitLog => Check.row(1, "fit-log", &[]).needs(Need::OneQuestion),
            Self::Palette => Help.row(0, "palette", keys![CTRL, K]).needs(Need::Nothing).while_typing(),
            Self::Shortcuts => Help.row(0, "shortcuts", keys![NONE, Questionmark]).needs(Need::Nothing),
            Self::MenuBar => Help
                .row(0, "menu-bar", keys![NONE, F10])
                .needs(Need::Nothing)
                .while_typing()
                .off_bar("It opens this bar, so that it is open already"),
        }
    }

    /// Its first shortcut as text, such as `Ctrl+S`; empty where it has none.
    pub fn shortcut_text(self, ctx: &egui::Context) -> String {
        Keymap::of(ctx).keys(self).first().map(|shortcut| keys_text(ctx, shortcut)).unwrap_or_default()
    }
}

impl Row {
    fn aligns(self, how: Align) -> Self {
        self.needs(Need::Several(how.least())).on_canvas()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_two_commands_share_keys() {
        let mut seen = Vec::new();
        for command in Command::ALL {
            for shortcut in command.usual_keys() {
                assert!(!seen.contains(shortcut), "{command:?}: {shortcut:?}");
                seen.push(*shortcut);
            }
        }
        for group in Group::ALL {
            assert!(group.label().to_lowercase().contains(&group.letter().name().to_lowercase()), "{group:?}");
            assert!(!seen.contains(&KeyboardShortcut::new(Modifiers::ALT, group.letter())), "{group:?}");
        }
    }

    #[test]
    fn every_command_has_names_of_its_own() {
        for (i, a) in Command::ALL.iter().enumerate() {
            assert!(!a.label().is_empty() && !a.name().is_empty());
            assert!(Command::ALL[i + 1..].iter().all(|b| a.label() != b.label() && a.name() != b.name()), "{a:?}");
        }
    }

    #[test]
    fn every_command_stands_in_the_menu_bar_or_says_why_not() {
        let shown: Vec<Command> = Group::ALL.into_iter().flat_map(Group::entries).flatten().collect();
        for command in Command::ALL {
            let times = shown.iter().filter(|other| **other == command).count();
            assert_eq!(times, usize::from(command.off_bar().is_none()), "{command:?}");
            assert!(command.off_bar().is_none_or(|why| why.len() > 20), "{command:?}");
        }
        assert!(shown.len() >= Command::ALL.len() - 2, "nearly all are there");
    }
}
