//! The words of the window around the parts: toolbar, tabs, dialogs, start screen.

use crate::edit::Edit;
use crate::engine::Verdict;
use crate::model::{Funnel, StepId};
use crate::rules::Impact;
use crate::ui::Tab;
use crate::ui::canvas::{Align, Habit};
use crate::ui::command::Command;

/// A verdict in one word.
pub fn verdict_word(verdict: Verdict) -> &'static str {
    match verdict {
        Verdict::Inside => "Inside",
        Verdict::Sometimes => "Sometimes",
        Verdict::Outside => "Outside",
        Verdict::Unreachable => "Unreachable",
    }
}

/// How much the window weighs on a funnel, in short.
pub fn window_impact(level: Impact) -> String {
    format!("Window impact: {}", level.word())
}

/// The tabs of the lower panel.
pub fn tab_name(tab: Tab) -> &'static str {
    match tab {
        Tab::Timeline => "Timeline",
        Tab::Windows => "Windows",
        Tab::Simulation => "Simulation",
        Tab::Templates => "Templates",
        Tab::Problems => "Problems",
        Tab::Checklist => "Checklist",
    }
}

/// A tab's name in the accessibility tree, with how many problems there are.
pub fn tab(tab: Tab, problems: usize) -> String {
    if problems > 0 { format!("{} ({problems})", tab_name(tab)) } else { tab_name(tab).to_owned() }
}

/// What a funnel without a name is called.
pub const UNTITLED: &str = "Untitled funnel";
/// Said of a document that is as it is on disk.
pub const SAVED: &str = "Saved";
/// Said of a document that differs from what is on disk.
pub const UNSAVED: &str = "Unsaved changes";
/// The story that is told where the file keeps none.
pub const PROMPT_STORY: &str = "Answers at once";

/// Said when something was undone.
pub fn undone(label: &str) -> String {
    format!("Undone: {label}")
}

/// Said when something was done again.
pub fn redone(label: &str) -> String {
    format!("Redone: {label}")
}

/// The heading of the list of what was done.
pub const HISTORY: &str = "History";
/// Under it.
pub const HISTORY_HINT: &str = "Go back to any point, and forward again until you change something else";
/// The row of the funnel as it was before all.
pub const AS_OPENED: &str = "As it was opened";
/// Beside the row of the funnel as it stands.
pub const NOW: &str = "Now";

/// The name of a row in the accessibility tree, by which side of now it lies on.
pub fn revision(label: &str, place: std::cmp::Ordering) -> String {
    match place {
        std::cmp::Ordering::Less => format!("Forward to: {label}"),
        std::cmp::Ordering::Equal => format!("Now: {label}"),
        std::cmp::Ordering::Greater => format!("Back to: {label}"),
    }
}

/// What an edit did, for those who cannot see it; empty where there is nothing to say.
pub fn done(edit: &Edit, funnel: &Funnel) -> String {
    let name = |id: &StepId| funnel.step(id).map_or(id.as_str(), |step| step.name()).to_owned();
    match edit {
        Edit::AddStep { step, .. } => format!("Added {}", step.name()),
        Edit::Connect(link) => {
            let from = funnel.step(&link.from);
            let out = from.map_or_else(String::new, |step| super::canvas::output(step, &link.out));
            format!("Connected {out} of {} to {}", name(&link.from), name(&link.to))
        }
        Edit::InsertOnLink { from, step, .. } => format!("Put {} after {}", name(step), name(from)),
        Edit::Together { label, edits } => {
            let told: Vec<String> = edits
                .iter()
                .filter(|edit| matches!(edit, Edit::AddStep { .. } | Edit::Connect(_) | Edit::InsertOnLink { .. }))
                .map(|edit| done(edit, funnel))
                .collect();
            if told.is_empty() || told.len() > 3 { label.clone() } else { told.join(". ") }
        }
        other => other.label(),
    }
}

/// A command's name.
pub fn command_label(command: Command) -> &'static str {
    match command {
        Command::New => "New funnel",
        Command::Open => "Open…",
        Command::Save => "Save",
        Command::SaveAs => "Save as…",
        Command::StartScreen => "Back to the start screen",
        Command::ExportChecklist => "Export checklist…",
        Command::CopyPicture => "Copy as picture",
        Command::ExportPicture => "Export picture…",
        Command::Undo => "Undo",
        Command::Redo => "Redo",
        Command::Cut => "Cut",
        Command::Copy => "Copy",
        Command::Paste => "Paste",
        Command::Duplicate => "Duplicate",
        Command::Delete => "Delete",
        Command::DeleteAndHeal => "Delete and join the neighbours",
        Command::FixAllSafe => "Fix all that is safe",
        Command::WhatHelps => super::helps::TITLE,
        Command::FitLog => super::fitting::FIT,
        Command::History => "History of changes…",
        Command::SelectAll => "Select all",
        Command::SelectFollowing => "Select what follows",
        Command::SelectLeading => "Select what leads here",
        Command::SelectPath => "Select the path to here",
        Command::Cancel => "Cancel or deselect",
        Command::Rename => "Rename",
        Command::QuickAdd => "Add step…",
        Command::Add(sort) => super::menus::add(sort),
        Command::AddFrame => "Add frame",
        Command::AddComment => "Add comment",
        Command::Connect => "Connect the step to…",
        Command::InsertOnLink => "Insert a step on the link…",
        Command::LeadElsewhere => "Lead the link elsewhere…",
        Command::GoToTail => "Go to where the link begins",
        Command::GoToHead => "Go to where the link leads",
        Command::SelectHeld => "Select what the frame holds",
        Command::CollapseFrame => "Collapse or open the frame",
        Command::ColourFrame => "Next colour of the frame",
        Command::TieComment => "Tie the comment to a step, or untie it",
        Command::Disconnect => "Cut the links",
        Command::Outputs => "Go to its outputs",
        Command::OpenMenu => "Open the menu of what is selected",
        Command::Arrange => "Arrange automatically",
        Command::Align(Align::Left) => "Align left edges",
        Command::Align(Align::Centre) => "Align centres",
        Command::Align(Align::Right) => "Align right edges",
        Command::Align(Align::Top) => "Align top edges",
        Command::Align(Align::Middle) => "Align middles",
        Command::Align(Align::Bottom) => "Align bottom edges",
        Command::Align(Align::Across) => "Spread across with equal gaps",
        Command::Align(Align::Down) => "Spread down with equal gaps",
        Command::Habit(Habit::Grid) => "Keep to the grid, or not",
        Command::Habit(Habit::DragPans) => "Drag on the ground: select, or move the view",
        Command::Habit(Habit::WheelZooms) => "Wheel: move the view, or zoom",
        Command::ZoomIn => "Zoom in",
        Command::ZoomOut => "Zoom out",
        Command::ZoomReset => "Zoom to 100 %",
        Command::FitSelection => "Fit selection",
        Command::Fit => "Fit all",
        Command::PlaceBack => "Back to where you looked before",
        Command::PlaceForward => "Forward to where you looked after",
        Command::ShowTimeline => "Show timeline",
        Command::ShowWindows => "Show windows",
        Command::ShowSimulation => "Show simulation",
        Command::ShowTemplates => "Show templates",
        Command::ShowProblems => "Show problems",
        Command::ShowChecklist => "Show checklist",
        Command::ToggleInspector => "Show or hide the inspector",
        Command::ToggleLower => "Show or hide the lower panel",
        Command::ThemeSystem => "Theme: like the system",
        Command::ThemeLight => "Theme: light",
        Command::ThemeDark => "Theme: dark",
        Command::Find => "Find steps…",
        Command::FindNext => "Next step found",
        Command::FindPrevious => "Previous step found",
        Command::Palette => "Command palette",
        Command::MenuBar => "Open the menu bar",
        Command::Shortcuts => "Keyboard shortcuts",
    }
}

/// On the button that opens the list of steps.
pub const ADD_STEP: &str = "Add step";
/// On the button that exports.
pub const EXPORT: &str = "Checklist";
/// What it does.
pub const EXPORT_HINT: &str = "Export the templates to submit, with their dates";
/// On the button that opens the palette.
pub const SEARCH: &str = "Search or do";
/// In the palette's field.
pub const PALETTE_HINT: &str = "Search commands and steps";
/// Said when a habit of the canvas was changed.
pub fn habit(habit: Habit, on: bool) -> &'static str {
    match (habit, on) {
        (Habit::Grid, true) => "Cards keep to the grid; hold Alt to place one freely",
        (Habit::Grid, false) => "Cards go anywhere and meet the edges of others; hold Alt to keep to the grid",
        (Habit::DragPans, true) => "Dragging the ground moves the view; with Space it selects",
        (Habit::DragPans, false) => "Dragging the ground selects; with Space it moves the view",
        (Habit::WheelZooms, true) => "The wheel zooms; with Ctrl it does so too, with Shift it moves sideways",
        (Habit::WheelZooms, false) => "The wheel moves the view; with Ctrl it zooms",
    }
}
/// Where a search finds nothing.
pub const NOTHING_FOUND: &str = "Nothing found";
/// Said of a funnel that no file holds yet.
pub const NOT_SAVED: &str = "Not saved yet";

/// A palette row that leads to a step.
pub fn go_to(kind: &str, title: &str) -> String {
    format!("Go to {title} ({})", kind.to_lowercase())
}

/// The first of several problems of a file.
pub fn and_more(first: &str, more: usize) -> String {
    format!("{first} (and {more} more; transom check lists them)")
}

/// Said once a funnel is saved.
pub fn saved_as(path: &str) -> String {
    format!("Saved to {path}")
}

/// Said once a checklist is exported.
pub fn exported_to(path: &str) -> String {
    format!("Checklist exported to {path}")
}

/// That so many problems were mended.
pub fn fixed(count: usize) -> String {
    match count {
        0 => "Nothing can be fixed safely".to_owned(),
        1 => "Fixed 1 problem".to_owned(),
        _ => format!("Fixed {count} problems"),
    }
}

/// The name of the edit that copies steps beside themselves.
pub fn duplicating(steps: usize) -> String {
    if steps == 1 { "Duplicate step".to_owned() } else { format!("Duplicate {steps} steps") }
}

/// Said once steps are on the clipboard.
pub fn copied(steps: usize) -> String {
    if steps == 1 { "1 step copied".to_owned() } else { format!("{steps} steps copied") }
}

/// Heading of the question about unsaved changes.
pub const UNSAVED_TITLE: &str = "Save the changes first?";
/// An answer.
pub const SAVE: &str = "Save";
/// An answer.
pub const DISCARD: &str = "Don't save";
/// An answer.
pub const CANCEL: &str = "Cancel";

/// What the question is about.
pub fn unsaved_text(name: &str) -> String {
    format!("{name} has changes that no file holds. Without saving they are gone.")
}

/// Heading of the question about comments that saving would drop.
pub const REMARKS_TITLE: &str = "Save without these comments?";
/// An answer.
pub const SAVE_ANYWAY: &str = "Save anyway";

/// Heading of the question about a file that another program changed.
pub const OVERWRITE_TITLE: &str = "Overwrite what another program wrote?";
/// An answer.
pub const OVERWRITE: &str = "Overwrite";
/// An answer.
pub const OPEN_THAT: &str = "Open that instead";

/// What another program did to the file.
pub fn overwrite_text(path: &str) -> String {
    format!("{path} was changed since it was opened here. Saving replaces what is there now.")
}

/// Heading of the offer to take over what another program wrote.
pub const CHANGED_TITLE: &str = "Another program changed this file";
/// An answer.
pub const TAKE_OVER: &str = "Take over its changes";
/// An answer.
pub const KEEP_MINE: &str = "Keep what is here";

/// What another program did to the open file, and what either answer means.
pub fn changed_text(path: &str, unsaved: bool) -> String {
    let here = if unsaved { " The changes made here and not saved would go; undo brings them back." } else { "" };
    format!("{path} is not what was opened here.{here} What is kept here replaces the file at the next saving.")
}

/// Another window has the file open as well.
pub fn open_elsewhere(name: &str) -> String {
    format!("{name} is open in another window too. What is saved there is offered here, and the other way round")
}

/// The open file was deleted or moved.
pub fn gone_from_disk(path: &str) -> String {
    format!("{path} is no longer there. Saving writes it again")
}

/// The comments that would go, each with its line.
pub fn remarks_text(lost: &[(usize, String)]) -> String {
    let lines: Vec<String> = lost.iter().map(|(line, text)| format!("Line {line}: {text}")).collect();
    format!("What these comments of the file stood beside is gone:\n{}", lines.join("\n"))
}

/// Heading of the offer to recover.
pub const RECOVER_TITLE: &str = "Changes from last time were found";
/// An answer.
pub const RECOVER: &str = "Bring them back";
/// An answer.
pub const FORGET: &str = "Discard them";

/// What can be recovered.
pub fn recover_text(name: &str) -> String {
    format!("{name} was not saved when Transom last ended. Its changes were kept aside.")
}

/// Heading of what the pointer does, in the sheet of shortcuts.
pub const POINTER: &str = "Pointer";
/// What the pointer does.
pub const POINTER_LINES: [&str; 13] = [
    "Drag the ground: select · Shift adds, Ctrl takes out, Alt asks for whole cards",
    "Space or middle button: move the view · Ctrl and wheel, or pinch: zoom",
    "Side buttons: back and forward between places",
    "Double-click the ground: add a step there",
    "Drag from an output: connect, or add a step where it is let go",
    "Drag an end of a link, or at an input: connect it elsewhere, or drop it on the ground",
    "Shift and drag at an input: all its links",
    "Alt and drag on the ground, or Ctrl and right button: cut links",
    "Drop a step on a link: insert it; what follows makes room",
    "Ctrl or Alt and drag a card: a copy of it",
    "Drop a comment on a card: tie it to that step",
    "Alt while dragging: no grid, no insertion and no tie",
    "Right button: the menu of what is there",
];
/// The arrow keys, in the sheet.
pub const ARROWS: &str = "Arrow keys move what is selected, with Shift ten times as far; with Alt they go to the next step";
/// Heading of the timeline's keys, in the sheet of shortcuts.
pub const TIMELINE: &str = "Timeline";
/// The timeline's keys.
pub const TIMELINE_LINES: [(&str, &str); 8] = [
    ("W · S", "Zoom in, zoom out"),
    ("A · D", "Earlier, later"),
    ("F", "Fit the selected step, again for all"),
    ("Left · Right", "The event before, the next; with Shift five"),
    ("Space", "Play or stop, on the axis"),
    ("M", "Measure from the playhead"),
    ("N", "Snap or go free; Shift turns it round"),
    ("Ctrl and drag", "Measure"),
];
/// Heading of the dialog in which a path is typed.
pub const PATH_OPEN: &str = "Open a funnel";
/// Heading of the dialog in which a path is typed.
pub const PATH_SAVE: &str = "Save to";
/// Heading of the dialog in which a path is typed.
pub const PATH_EXPORT: &str = "Export the checklist to";
/// Heading of the dialog in which a path is typed.
pub const PATH_LOG: &str = "Open a log of answers";
/// Heading of the dialog in which a path is typed.
pub const PATH_PICTURE: &str = "Export the picture to";
/// Why it is typed.
pub const PATH_HINT: &str = "This desktop offers no file dialog: type a path, or pick from the list";
/// Leads to the folder above.
pub const UP: &str = "Up";
/// Said of a path that leads to no file.
pub const NO_SUCH_FILE: &str = "There is no such file";
/// Said of a name that is taken.
pub const REPLACES: &str = "A file of this name is there already and would be replaced";
/// An answer.
pub const REPLACE: &str = "Replace";

/// Said of a path whose folder is not there.
pub fn no_such_folder(folder: &str) -> String {
    format!("There is no folder {folder}")
}

/// The field's name.
pub const PATH: &str = "Path";
/// An answer.
pub const OPEN: &str = "Open";
/// An answer.
pub const EXPORT_DO: &str = "Export";
/// In the title of the window, after the name.
pub const PRODUCT: &str = "Transom";
/// What the product does, on the start screen.
pub const TAGLINE: &str =
    "Plan WhatsApp funnels, and see before launch which messages fall outside the customer service window";
/// A button of the start screen.
pub const NEW: &str = "New funnel";
/// A button of the start screen.
pub const OPEN_FILE: &str = "Open a file…";
/// A heading of the start screen.
pub const RECENT: &str = "Recent";
/// A heading of the start screen.
pub const SAMPLES: &str = "Samples to learn from";
/// Where a funnel was kept aside that no file holds.
pub const RECOVER_UNTITLED: &str = "An unsaved funnel from last time was kept aside";
/// Why the planner cannot open.
pub const NO_DISPLAY: &str = "the planner needs a display";
/// Something was to be written over the funnel.
pub const IS_THE_FUNNEL: &str = "That is the funnel itself. Choose another name";
