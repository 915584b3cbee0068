//! The words of the menu bar: its menus, what stands in them by another name than elsewhere, and why something cannot be done.

use crate::ui::canvas::{Habit, Sort};
use crate::ui::command::{Command, Group};

/// The name of the bar, for screen readers.
pub const MENU_BAR: &str = "Menu bar";

/// A menu, which is a heading of the shortcut sheet too.
pub fn group_label(group: Group) -> &'static str {
    match group {
        Group::File => "File",
        Group::Edit => "Edit",
        Group::View => "View",
        Group::Step => "Step",
        Group::Arrange => "Arrange",
        Group::Check => "Check",
        Group::Help => "Help",
    }
}

/// What a command is called in its menu: a check mark says there whether it is so.
pub fn entry(command: Command) -> &'static str {
    match command {
        Command::Habit(Habit::Grid) => "Keep to the grid",
        Command::Habit(Habit::DragPans) => "Dragging the ground moves the view",
        Command::Habit(Habit::WheelZooms) => "The wheel zooms",
        Command::ToggleInspector => "Inspector",
        Command::ToggleLower => "Lower panel",
        Command::ShowTimeline => "Timeline",
        Command::ShowWindows => "Windows",
        Command::ShowSimulation => "Simulation",
        Command::ShowTemplates => "Templates",
        Command::ShowProblems => "Problems",
        Command::ShowChecklist => "Checklist",
        other => other.label(),
    }
}

/// The command that adds a step of this kind.
pub fn add(sort: Sort) -> &'static str {
    match sort {
        Sort::Entry => "Add entry",
        Sort::Message => "Add message",
        Sort::Question => "Add question",
        Sort::Template => "Add template message",
        Sort::Wait => "Add wait",
        Sort::WaitUntil => "Add wait until",
        Sort::SendHours => "Add send hours",
        Sort::Branch => "Add branch",
        Sort::Split => "Add split",
        Sort::Exit => "Add exit",
    }
}

/// Why a command does nothing now.
pub const NO_FUNNEL: &str = "No funnel is open";
/// Why a command does nothing now.
pub const NO_STEP: &str = "The funnel has no step yet";
/// Why a command does nothing now.
pub const NO_PROBLEM: &str = "The funnel has no problem";
/// Why a command does nothing now.
pub const NO_CHANGE: &str = "Everything is saved";
/// Why a command does nothing now.
pub const NO_PAST: &str = "There is nothing to undo";
/// Why a command does nothing now.
pub const NO_FUTURE: &str = "There is nothing to do again";
/// Why a command does nothing now.
pub const NO_HISTORY: &str = "Nothing was changed yet";
/// Why a command does nothing now.
pub const SELECT_STEPS: &str = "Select steps first";
/// Why a command does nothing now.
pub const SELECT_ONE: &str = "Select one step first";
/// Why a command does nothing now.
pub const SELECT_QUESTION: &str = "Select one question first";
/// Why a command does nothing now.
pub const SELECT_LINK: &str = "Select a link first";
/// Why a command does nothing now.
pub const SELECT_SPARE: &str = "Select one step first that has an output without a link";
/// Why a command does nothing now.
pub const SELECT_NAMEABLE: &str = "Select one step, a frame or a comment first";
/// Why a command does nothing now.
pub const SELECT_SOMETHING: &str = "Select something first";

/// Why a command that needs so many steps does nothing now.
pub fn select_several(least: usize) -> &'static str {
    match least {
        0..=1 => SELECT_STEPS,
        2 => "Select two steps or more first",
        _ => "Select three steps or more first",
    }
}
