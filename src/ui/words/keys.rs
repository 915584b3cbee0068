//! The words of the shortcut sheet, where keys can be changed.

/// How keys are changed.
pub const HINT: &str = "Choose a command to change its keys";
/// What to do once a command is chosen.
pub const PRESS: &str = "Press new keys…";
/// Beside a command that has no keys.
pub const NONE: &str = "–";
/// Gives a command its usual keys again.
pub const RESET: &str = "Reset";
/// Gives all commands their usual keys again.
pub const RESET_ALL: &str = "Reset all";
/// An answer to a conflict.
pub const TAKE_OVER: &str = "Take them over";
/// An answer to a conflict.
pub const LEAVE: &str = "Leave them";
/// Why the keys of a command cannot be changed.
pub const OF_SYSTEM: &str = "The system has its own keys for the clipboard, and they stay";

/// A row of the sheet in the accessibility tree.
pub fn row(command: &str, keys: &str) -> String {
    if keys.is_empty() { format!("{command}, no keys") } else { format!("{command}, {keys}") }
}

/// A row while new keys are awaited.
pub fn row_waits(command: &str) -> String {
    format!("{command}, press new keys")
}

/// The button of a row that gives a command its usual keys again.
pub fn reset(command: &str) -> String {
    format!("{RESET} {command}")
}

/// What can be pressed now.
pub fn waits(command: &str) -> String {
    format!("{command}: press the new keys. Esc leaves them as they are, Backspace takes them away")
}

/// Which command has the keys already.
pub fn conflict(keys: &str, holder: &str) -> String {
    format!("{keys} is {holder}")
}

/// That keys were given.
pub fn given(command: &str, keys: &str) -> String {
    format!("{command} is {keys} now")
}

/// That keys were taken away.
pub fn taken_away(command: &str) -> String {
    format!("{command} has no keys now")
}

/// That a command has its usual keys.
pub fn is_usual(command: &str, keys: &str) -> String {
    if keys.is_empty() { format!("{command} has no keys, as usual") } else { format!("{command} is {keys}, as usual") }
}

/// That all commands have their usual keys.
pub const ALL_USUAL: &str = "All commands have their usual keys";

/// Why keys cannot be given.
pub fn refused(keys: &str, why: &str) -> String {
    format!("{keys} cannot be given: {why}")
}

/// What keys do that cannot be given.
pub const CLIPBOARD: &str = "the system keeps it for the clipboard";
/// What keys do that cannot be given.
pub const CLOSES: &str = "it closes the window";
/// What keys do that cannot be given.
pub const MAGNIFIES: &str = "it makes everything in the window larger or smaller";
/// What keys do that cannot be given.
pub const MOVES_FOCUS: &str = "it leads the keyboard from one thing to the next";
/// What keys do that cannot be given.
pub const PRESSES: &str = "it presses what the keyboard is on";
/// What keys do that cannot be given.
pub const MOVES: &str = "the arrow keys move what is selected, and with Alt go to the next step";
/// What keys do that cannot be given.
pub const CANCELS: &str = "it closes and cancels things everywhere";

/// What keys do that cannot be given.
pub fn opens_menu(menu: &str) -> String {
    format!("it opens the {menu} menu")
}
