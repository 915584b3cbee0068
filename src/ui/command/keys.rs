//! Which keys invoke which command: the usual ones, and what a person has made of them. Knows neither the sheet in which they
//! are changed nor where they are kept.

use std::collections::BTreeMap;
use std::sync::Arc;

use egui::{Context, Event, Id, InputState, Key, KeyboardShortcut, Modifiers};

use crate::ui::words::keys as words;

use super::{Command, Group};

/// The keys that a person has chosen instead of the usual ones. A choice takes its keys from whichever command has them
/// usually.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Keymap {
    /// What was chosen, in the order of [`Command::ALL`]; an empty list where the keys were taken away.
    chosen: Vec<(Command, Vec<KeyboardShortcut>)>,
}

/// What stands in the way of giving keys to a command.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Given {
    /// Nothing: it has them now.
    Done,
    /// This command has them.
    Held(KeyboardShortcut, Command),
}

impl Keymap {
    /// The one that counts in this context.
    pub fn of(ctx: &Context) -> Arc<Self> {
        ctx.data(|data| data.get_temp(Id::unique("keymap"))).unwrap_or_default()
    }

    /// Makes it the one that counts in this context.
    pub fn install(&self, ctx: &Context) {
        ctx.data_mut(|data| data.insert_temp(Id::unique("keymap"), Arc::new(self.clone())));
    }

    /// The keys that invoke a command; the first is the one shown.
    pub fn keys(&self, command: Command) -> Vec<KeyboardShortcut> {
        match self.choice(command) {
            Some(keys) => keys.to_vec(),
            None => {
                let usual = command.usual_keys().iter().copied();
                usual.filter(|keys| self.chosen.iter().all(|(_, chosen)| !chosen.contains(keys))).collect()
            }
        }
    }

    /// The command that these keys invoke.
    pub fn holder(&self, keys: KeyboardShortcut) -> Option<Command> {
        Command::ALL.into_iter().find(|command| self.keys(*command).contains(&keys))
    }

    /// Whether a command has other keys than usual.
    pub fn is_changed(&self, command: Command) -> bool {
        self.keys(command) != command.usual_keys()
    }

    /// Whether any command has other keys than usual.
    pub fn is_any_changed(&self) -> bool {
        !self.chosen.is_empty()
    }

    /// Gives these keys to a command instead of those that it has; those that another one has only if they are to be taken
    /// over.
    pub fn give(&mut self, command: Command, keys: KeyboardShortcut, takes_over: bool) -> Given {
        match self.holder(keys) {
            Some(holder) if holder != command && !takes_over => return Given::Held(keys, holder),
            _ => {}
        }
        for (_, chosen) in &mut self.chosen {
            chosen.retain(|other| *other != keys);
        }
        self.choose(command, vec![keys]);
        Given::Done
    }

    /// Takes the keys of a command away.
    pub fn take_away(&mut self, command: Command) {
        self.choose(command, Vec::new());
    }

    /// Gives a command its usual keys again; those that another one was given only if they are to be taken over, which gives
    /// that one its usual keys again too.
    pub fn reset(&mut self, command: Command, takes_over: bool) -> Given {
        let holder = |keys: &KeyboardShortcut| {
            let others = self.chosen.iter().filter(|(other, _)| *other != command);
            let mut held = others.filter(|(_, chosen)| chosen.contains(keys)).map(|(other, _)| (*keys, *other));
            held.next()
        };
        let held: Vec<(KeyboardShortcut, Command)> = command.usual_keys().iter().filter_map(holder).collect();
        match held.first() {
            Some((keys, other)) if !takes_over => return Given::Held(*keys, *other),
            _ => {}
        }
        self.chosen.retain(|(other, _)| *other != command && held.iter().all(|(_, holder)| holder != other));
        Given::Done
    }

    /// Gives all commands their usual keys again.
    pub fn reset_all(&mut self) {
        self.chosen.clear();
    }

    /// What is kept of it: by the name of each command that has other keys, their texts.
    pub fn kept(&self) -> BTreeMap<String, Vec<String>> {
        let texts = |keys: &[KeyboardShortcut]| keys.iter().map(|keys| written(*keys)).collect();
        self.chosen.iter().map(|(command, keys)| (command.name().to_owned(), texts(keys))).collect()
    }

    /// What was kept, without what is not known, not to be read, not to be given, or given twice.
    pub fn from_kept(kept: &BTreeMap<String, Vec<String>>) -> Self {
        let mut keymap = Self::default();
        for command in Command::ALL {
            let Some(texts) = kept.get(command.name()).filter(|_| !command.has_keys_of_system()) else { continue };
            let is_usual = |keys: &KeyboardShortcut| command.usual_keys().contains(keys);
            let is_free = |keys: &KeyboardShortcut| keymap.chosen.iter().all(|(_, chosen)| !chosen.contains(keys));
            let read = texts.iter().filter_map(|text| read(text));
            let good = read.filter(|keys| is_usual(keys) || refusal(*keys).is_none()).filter(is_free);
            let good: Vec<KeyboardShortcut> = good.collect();
            if texts.is_empty() || !good.is_empty() {
                keymap.chosen.push((command, good));
            }
        }
        keymap
    }

    fn choice(&self, command: Command) -> Option<&[KeyboardShortcut]> {
        self.chosen.iter().find(|(other, _)| *other == command).map(|(_, keys)| keys.as_slice())
    }

    fn choose(&mut self, command: Command, keys: Vec<KeyboardShortcut>) {
        self.chosen.retain(|(other, _)| *other != command);
        if keys != command.usual_keys() {
            self.chosen.push((command, keys));
        }
    }
}

/// The keys of an event as a command can have them: without a Shift that only makes the sign; `None` where one is only on the
/// way to them.
pub fn pressed_keys(event: &Event) -> Option<KeyboardShortcut> {
    let Event::Key { key, pressed: true, repeat: false, modifiers, .. } = event else { return None };
    if is_held_for_others(*key) {
        return None;
    }
    let modifiers = Modifiers {
        alt: modifiers.alt,
        ctrl: modifiers.ctrl && !modifiers.command,
        shift: modifiers.shift && !is_sign(*key),
        mac_cmd: false,
        command: modifiers.command,
    };
    Some(KeyboardShortcut::new(modifiers, *key))
}

/// Why these keys cannot be given to a command; `None` where they can.
pub fn refusal(keys: KeyboardShortcut) -> Option<String> {
    let KeyboardShortcut { modifiers, logical_key: key } = keys;
    let only_command = modifiers == Modifiers::COMMAND;
    let plain = !modifiers.command && !modifiers.ctrl && !modifiers.alt;
    let is_arrow = matches!(key, Key::ArrowLeft | Key::ArrowRight | Key::ArrowUp | Key::ArrowDown);
    let menu = Group::ALL.into_iter().find(|group| modifiers == Modifiers::ALT && key == group.letter());
    let why = match key {
        _ if menu.is_some() => return menu.map(|group| words::opens_menu(group.label())),
        Key::X | Key::C | Key::V if only_command => words::CLIPBOARD,
        Key::Cut | Key::Copy | Key::Paste => words::CLIPBOARD,
        Key::Insert if modifiers.command || modifiers.shift => words::CLIPBOARD,
        Key::Q if only_command => words::CLOSES,
        Key::F4 if modifiers == Modifiers::ALT => words::CLOSES,
        Key::Plus | Key::Minus | Key::Equals | Key::Num0 if only_command => words::MAGNIFIES,
        Key::Tab => words::MOVES_FOCUS,
        Key::Enter | Key::Space if plain => words::PRESSES,
        Key::Escape => words::CANCELS,
        _ if is_arrow && !modifiers.command && !(modifiers.alt && modifiers.shift) => words::MOVES,
        _ => return None,
    };
    Some(why.to_owned())
}

/// Takes the commands whose keys were pressed in this frame out of the input, but for those of the canvas that
/// something with the keyboard's focus needs for itself. Tab adds a step only where it does not move the focus, and
/// Enter names one only where it presses nothing.
pub fn pressed(ctx: &Context, canvas_listens: bool, tab_adds: bool, enter_names: bool) -> Vec<Command> {
    let typing = ctx.text_edit_focused();
    let elsewhere = !canvas_listens && ctx.memory(|memory| memory.focused()).is_some();
    let keymap = Keymap::of(ctx);
    let mut by_keys: Vec<(Command, KeyboardShortcut)> = Command::ALL
        .into_iter()
        .filter(|command| !typing || command.counts_while_typing())
        .filter(|command| canvas_listens || !command.is_of_canvas())
        // Escape closes an open menu first.
        .filter(|command| *command != Command::Cancel || !egui::Popup::is_any_open(ctx))
        .flat_map(|command| keymap.keys(command).into_iter().map(move |keys| (command, keys)))
        .filter(|(_, keys)| !typing || !is_of_text(*keys))
        // A letter may mean something to what has the keyboard.
        .filter(|(_, keys)| !elsewhere || !is_letter(*keys))
        .filter(|(_, keys)| tab_adds || keys.logical_key != Key::Tab)
        .filter(|(_, keys)| enter_names || keys.logical_key != Key::Enter)
        .collect();
    // A sign overlooks a Shift or an Alt too many, so the longer ones go first.
    by_keys.sort_by_key(|(_, keys)| 2 - i32::from(keys.modifiers.shift) - i32::from(keys.modifiers.alt));
    let mut pressed = Vec::new();
    ctx.input_mut(|input| {
        for (command, keys) in by_keys {
            if take(input, keys) {
                pressed.push(command);
            }
        }
        if !typing && canvas_listens {
            input.events.retain(|event| {
                let command = match event {
                    Event::Copy => Command::Copy,
                    Event::Cut => Command::Cut,
                    _ => return true,
                };
                pressed.push(command);
                false
            });
        }
    });
    pressed
}

/// Keys as text, by what stands on them.
pub fn keys_text(ctx: &Context, shortcut: &KeyboardShortcut) -> String {
    let text = ctx.format_shortcut(shortcut);
    let key = shortcut.logical_key;
    if is_sign(key) { text.replace(key.name(), key.symbol_or_name()) } else { text }
}

/// Takes the presses of these keys out of the input; whether there was one.
fn take(input: &mut InputState, keys: KeyboardShortcut) -> bool {
    let before = input.events.len();
    input.events.retain(|event| {
        let Event::Key { key, pressed: true, modifiers, .. } = event else { return true };
        let matches = match is_sign(*key) {
            true => modifiers.matches_logically(keys.modifiers),
            false => modifiers.matches_exact(keys.modifiers),
        };
        *key != keys.logical_key || !matches
    });
    input.events.len() < before
}

/// Whether a key is a digit or a sign, for which some keyboards need Shift and others do not.
fn is_sign(key: Key) -> bool {
    let is_letter = key.name().len() == 1 && key.name().starts_with(|letter: char| letter.is_ascii_alphabetic());
    let is_digit = key.name().len() == 1 && !is_letter;
    is_digit
        || matches!(
            key,
            Key::Plus
                | Key::Minus
                | Key::Equals
                | Key::Questionmark
                | Key::Exclamationmark
                | Key::Colon
                | Key::Semicolon
                | Key::Comma
                | Key::Period
                | Key::Slash
                | Key::Backslash
                | Key::Pipe
                | Key::Quote
                | Key::Backtick
                | Key::OpenBracket
                | Key::CloseBracket
                | Key::OpenCurlyBracket
                | Key::CloseCurlyBracket
        )
}

/// Whether a key does nothing by itself.
fn is_held_for_others(key: Key) -> bool {
    use Key::{AltLeft, AltRight, CapsLock, ControlLeft, ControlRight, NumLock, ScrollLock, ShiftLeft, ShiftRight};
    use Key::{SuperLeft, SuperRight};
    matches!(
        key,
        AltLeft
            | AltRight
            | CapsLock
            | ControlLeft
            | ControlRight
            | NumLock
            | ScrollLock
            | ShiftLeft
            | ShiftRight
            | SuperLeft
            | SuperRight
    )
}

fn is_letter(keys: KeyboardShortcut) -> bool {
    let plain = !keys.modifiers.command && !keys.modifiers.ctrl && !keys.modifiers.alt;
    plain && keys.logical_key.name().len() == 1
}

/// Whether a field in which somebody types wants these keys for itself.
fn is_of_text(keys: KeyboardShortcut) -> bool {
    let key = keys.logical_key;
    let is_function = key.name().len() > 1 && key.name().starts_with('F') && key.name()[1..].parse::<u8>().is_ok();
    let of_editing = matches!(
        key,
        Key::A
            | Key::C
            | Key::V
            | Key::X
            | Key::Y
            | Key::Z
            | Key::ArrowLeft
            | Key::ArrowRight
            | Key::ArrowUp
            | Key::ArrowDown
            | Key::Home
            | Key::End
            | Key::Insert
            | Key::Delete
            | Key::Backspace
    );
    !is_function && (!keys.modifiers.command || of_editing)
}

/// Keys as they are kept, such as `Command+Shift+S`.
fn written(keys: KeyboardShortcut) -> String {
    let Modifiers { alt, ctrl, shift, command, .. } = keys.modifiers;
    let parts = [(command, COMMAND), (ctrl, CTRL), (alt, ALT), (shift, SHIFT)];
    let held = parts.into_iter().filter(|(held, _)| *held).map(|(_, name)| name);
    held.chain([keys.logical_key.name()]).collect::<Vec<&str>>().join("+")
}

/// Keys of a text that was kept; `None` where it says none.
fn read(text: &str) -> Option<KeyboardShortcut> {
    let mut modifiers = Modifiers::NONE;
    let (held, key) = text.rsplit_once('+').map_or((None, text), |(held, key)| (Some(held), key));
    for name in held.iter().flat_map(|held| held.split('+')) {
        match name {
            COMMAND => modifiers.command = true,
            CTRL => modifiers.ctrl = true,
            ALT => modifiers.alt = true,
            SHIFT => modifiers.shift = true,
            _ => return None,
        }
    }
    Some(KeyboardShortcut::new(modifiers, Key::from_name(key)?))
}

const COMMAND: &str = "Command";
const CTRL: &str = "Ctrl";
const ALT: &str = "Alt";
const SHIFT: &str = "Shift";

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn whatever_is_given_and_reset_no_two_commands_share_keys_and_all_is_kept() {
        let usual: Vec<KeyboardShortcut> = Command::ALL.iter().flat_map(|command| command.usual_keys()).copied().collect();
        let givable: Vec<KeyboardShortcut> = usual.into_iter().filter(|keys| refusal(*keys).is_none()).collect();
        let mut keymap = Keymap::default();
        for n in 0..400 {
            let command = Command::ALL[n * 17 % Command::ALL.len()];
            match n % 5 {
                _ if command.has_keys_of_system() => continue,
                0 => keymap.take_away(command),
                1 => drop(keymap.reset(command, true)),
                _ => assert_eq!(keymap.give(command, givable[n * 29 % givable.len()], true), Given::Done),
            }
            let mut seen = Vec::new();
            for (keys, command) in
                Command::ALL.iter().flat_map(|command| keymap.keys(*command).into_iter().map(move |k| (k, command)))
            {
                assert!(!seen.contains(&keys), "{command:?} shares {keys:?} after {n}");
                seen.push(keys);
            }
            let kept = Keymap::from_kept(&keymap.kept());
            for command in Command::ALL {
                assert_eq!(kept.keys(command), keymap.keys(command), "{command:?} after {n}");
            }
            if n % 5 == 1 {
                assert_eq!(keymap.keys(command), command.usual_keys(), "{command:?} is reset");
            }
        }
        keymap.reset_all();
        assert_eq!(keymap, Keymap::default());
    }
}
