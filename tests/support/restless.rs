//! A person who tries everything at random: for what nobody thought of.

use egui::accesskit::Role;
use egui::{Event, Key, Modifiers, Pos2};
use egui_kittest::kittest::NodeT;
use rand::RngExt;
use rand::seq::IndexedRandom;
use rand_chacha::ChaCha8Rng;
use transom::session::Session;

use super::Window;

const TEXTS: [&str; 9] = ["3d", "Oi {{1}}", "x", "99999999999", "-1", "09:00", "2026-12-24", "👟", "Sim, pode"];
const KEYS: [Key; 18] = [
    Key::Delete,
    Key::Backspace,
    Key::Enter,
    Key::Escape,
    Key::Tab,
    Key::ArrowLeft,
    Key::ArrowRight,
    Key::A,
    Key::C,
    Key::F,
    Key::Space,
    Key::F2,
    Key::X,
    Key::P,
    Key::B,
    Key::G,
    Key::O,
    Key::F3,
];
const COMMANDS: [Key; 12] =
    [Key::Z, Key::Z, Key::Y, Key::A, Key::D, Key::G, Key::K, Key::F, Key::Delete, Key::I, Key::J, Key::H];

impl Window {
    /// Does something at random; says what.
    pub fn try_something(&mut self, rng: &mut ChaCha8Rng) -> String {
        let things = self.things();
        let (name, at) = things.choose(rng).cloned().unwrap_or_default();
        let did = match rng.random_range(0..10) {
            0..5 => {
                self.drag(at, at);
                format!("clicked {name}")
            }
            5 => {
                let to = things.choose(rng).map_or(at, |(_, to)| *to);
                self.drag(at, to);
                format!("dragged {name} to {to:?}")
            }
            6 => {
                let text = TEXTS.choose(rng).copied().unwrap_or_default();
                if rng.random() {
                    self.command(Key::A);
                }
                self.harness.event(Event::Text(text.to_owned()));
                format!("typed {text}")
            }
            7 => {
                let key = *KEYS.choose(rng).unwrap_or(&Key::Escape);
                self.key(key);
                format!("pressed {key:?}")
            }
            8 => {
                let key = *COMMANDS.choose(rng).unwrap_or(&Key::Z);
                self.command(key);
                format!("pressed Ctrl+{key:?}")
            }
            _ => {
                let button = egui::PointerButton::Secondary;
                for pressed in [true, false] {
                    self.harness.event(Event::PointerButton { pos: at, button, pressed, modifiers: Modifiers::NONE });
                }
                format!("opened the menu of {name}")
            }
        };
        self.settle();
        did
    }

    /// The open session, if a funnel is open.
    pub fn maybe_session(&self) -> Option<&Session> {
        self.harness.state().session()
    }

    /// All that has a name and a place, but what leads away from the funnel.
    fn things(&self) -> Vec<(String, Pos2)> {
        let nodes = self.harness.root().children_recursive();
        let things = nodes.filter_map(|node| {
            let inner = node.accesskit_node();
            let name = inner.label().filter(|name| inner.role() != Role::Label && !name.contains("start screen"))?;
            inner.raw_bounds()?;
            Some((name, node.rect().center()))
        });
        things.collect()
    }
}
