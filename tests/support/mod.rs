//! The planner's window for tests: opened on a copy of a sample, driven as a person does, through the names that a screen
//! reader reads. No display and no GPU.

#![allow(dead_code, reason = "each test file uses some of it")]

mod picture;
mod restless;

use std::path::{Path, PathBuf};

use egui::accesskit::Role;
use egui::{Event, Key, Modifiers, OutputCommand, Pos2, Rect, Vec2};
use egui_kittest::kittest::{NodeT, Queryable};
use egui_kittest::{Harness, Node};
use tempfile::TempDir;
use transom::model::{Document, Step, StepId};
use transom::session::Session;
use transom::ui::app::Planner;
use transom::ui::dialogs::{Dialogs, Inside, Prepared};
use transom::{file, policy};

/// Room for all of a sample's cards.
const LARGE: Vec2 = Vec2::new(3200.0, 1400.0);

/// What the planner remembers from one day to the next.
#[derive(Debug, Default)]
pub struct Memory(pub std::collections::BTreeMap<String, String>);

impl eframe::Storage for Memory {
    fn get_string(&self, key: &str) -> Option<String> {
        self.0.get(key).cloned()
    }

    fn set_string(&mut self, key: &str, value: String) {
        self.0.insert(key.to_owned(), value);
    }

    fn remove_string(&mut self, key: &str) {
        self.0.remove(key);
    }

    fn flush(&mut self) {}
}

/// The planner in a window.
pub struct Window {
    harness: Harness<'static, Planner>,
    folder: TempDir,
}

impl Window {
    /// A window on a copy of this sample, large enough to show all of its cards in full. Files are kept in a folder of its
    /// own; questions for a file are answered with these names in it, in order.
    pub fn open(sample: &str, answers: &[&str]) -> Self {
        Self::sized(sample, answers, LARGE)
    }

    /// The same in a window of this size.
    pub fn sized(sample: &str, answers: &[&str], size: Vec2) -> Self {
        let folder = TempDir::new().expect("a folder for the test");
        let path = folder.path().join(sample);
        std::fs::copy(Path::new("funnels").join(sample), &path).expect("the sample is there");
        let document = file::read(&path).expect("the sample reads").document;
        let now = "2026-11-24T10:00:00".parse().expect("a time");
        let policy = policy::load(&document.funnel.policy, Some(folder.path())).expect("the sample's policy is shipped");
        let session = Session::new(document, Some(path), policy, now);
        Self::on(Some(session), folder, answers, size)
    }

    /// A window of the planner's own, which has opened a copy of this sample from its file.
    pub fn from_file(sample: &str, answers: &[&str]) -> Self {
        let mut all = vec![sample];
        all.extend(answers);
        let mut window = Self::start(&all);
        std::fs::copy(Path::new("funnels").join(sample), window.file(sample)).expect("the sample is there");
        window.press("Open a file…");
        window
    }

    /// A window with the start screen.
    pub fn start(answers: &[&str]) -> Self {
        Self::on(None, TempDir::new().expect("a folder for the test"), answers, LARGE)
    }

    /// A window with the start screen, on a desktop that offers no file dialog, in a usual size.
    pub fn without_dialogs() -> Self {
        let folder = TempDir::new().expect("a folder for the test");
        Self::with(None, folder, Box::new(Inside::default()), Vec2::new(1280.0, 800.0))
    }

    fn on(session: Option<Session>, folder: TempDir, answers: &[&str], size: Vec2) -> Self {
        let mut dialogs = Prepared::default();
        dialogs.answers = answers.iter().map(|name| Some(folder.path().join(name))).collect();
        Self::with(session, folder, Box::new(dialogs), size)
    }

    /// The window of a sample of the next day, which takes up what this one remembered.
    pub fn again(mut self, sample: &str) -> Self {
        let mut memory = Memory::default();
        eframe::App::save(self.harness.state_mut(), &mut memory);
        Self::recalling(sample, memory)
    }

    /// The window of a sample, which takes up what is in this memory.
    pub fn recalling(sample: &str, memory: Memory) -> Self {
        let mut window = Self::open(sample, &[]);
        let ctx = window.harness.ctx.clone();
        window.harness.state_mut().recall(&ctx, Some(&memory));
        window.settle();
        window
    }

    fn with(session: Option<Session>, folder: TempDir, dialogs: Box<dyn Dialogs>, size: Vec2) -> Self {
        let harness = Harness::builder()
            .with_size(size)
            .renderer(picture::Pictures::default())
            .allow_missing_glyphs()
            .build_eframe(|cc| Planner::new(&cc.egui_ctx, session, dialogs));
        let mut window = Self { harness, folder };
        window.settle();
        window
    }

    /// Lets a few frames pass: enough for what a click wants, for its widgets to appear, and for them to be named.
    pub fn settle(&mut self) {
        self.harness.run_steps(4);
    }

    /// A file of the test's own folder.
    pub fn file(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }

    /// The open document.
    pub fn document(&self) -> &Document {
        self.session().document()
    }

    /// The open session.
    pub fn session(&self) -> &Session {
        self.harness.state().session().expect("a funnel is open")
    }

    /// The step of this id.
    pub fn step(&self, id: &str) -> &Step {
        self.document().funnel.step(&StepId::from(id)).expect("the step is there")
    }

    /// Whether something has exactly this name.
    pub fn shows(&self, name: &str) -> bool {
        self.harness.query_all_by_label(name).next().is_some()
    }

    /// Whether something has a name with this in it.
    pub fn shows_part(&self, part: &str) -> bool {
        self.harness.query_all_by_label_contains(part).next().is_some()
    }

    /// The names of everything, for messages.
    pub fn names(&self) -> Vec<String> {
        self.harness.root().children_recursive().filter_map(|node| node.accesskit_node().label()).collect()
    }

    /// The first name that begins so.
    pub fn name(&self, beginning: &str) -> String {
        let mut names = self.names().into_iter();
        names.find(|name| name.starts_with(beginning)).unwrap_or_else(|| panic!("nothing's name begins with {beginning:?}"))
    }

    /// The first thing of this role and name.
    pub fn find(&self, role: Role, name: &str) -> Node<'_> {
        let mut found =
            self.harness.root().children_recursive().filter(|node| {
                node.accesskit_node().role() == role && node.accesskit_node().label().as_deref() == Some(name)
            });
        found.next().unwrap_or_else(|| panic!("no {role:?} is called {name:?}; there are {:#?}", self.names()))
    }

    /// The cards whose names begin so, with their places.
    pub fn cards(&self, beginnings: &[String]) -> Vec<(String, Rect)> {
        let nodes = self.harness.root().children_recursive();
        let named = nodes.filter_map(|node| Some((node.accesskit_node().label()?, node.rect())));
        named.filter(|(name, _)| beginnings.iter().any(|beginning| name.starts_with(beginning.as_str()))).collect()
    }

    /// The area of the first thing that can be pressed and has this name.
    pub fn whole(&self, name: &str) -> Rect {
        let mut nodes = self.harness.root().children_recursive();
        let found = nodes.find(|node| {
            let role = node.accesskit_node().role();
            (role == Role::Button || role == Role::Tab) && node.accesskit_node().label().as_deref() == Some(name)
        });
        found.unwrap_or_else(|| panic!("nothing to press is called {name:?}")).rect()
    }

    /// The middle of a button, card or handle.
    pub fn place(&self, role: Role, name: &str) -> Pos2 {
        self.find(role, name).rect().center()
    }

    /// Clicks what has this role and name.
    pub fn click(&mut self, role: Role, name: &str) {
        self.find(role, name).click();
        self.settle();
    }

    /// Clicks the last of those that have this role and name: a question lies over what asked it.
    pub fn click_last(&mut self, role: Role, name: &str) {
        let nodes = self.harness.root().children_recursive();
        let named = nodes.filter(|node| node.accesskit_node().role() == role);
        let last = named.filter(|node| node.accesskit_node().label().as_deref() == Some(name)).last();
        last.unwrap_or_else(|| panic!("no {role:?} is called {name:?}")).click();
        self.settle();
    }

    /// Clicks a button with Shift held.
    pub fn shift_press(&mut self, name: &str) {
        self.find(Role::Button, name).click_modifiers(Modifiers::SHIFT);
        self.settle();
    }

    /// Copies what is selected; gives the text that is then on the clipboard.
    pub fn copy(&mut self) -> String {
        self.harness.event(Event::Copy);
        self.harness.run_steps(1);
        let mut copied = self.harness.output().platform_output.commands.iter().filter_map(|command| match command {
            OutputCommand::CopyText(text) => Some(text.clone()),
            _ => None,
        });
        copied.next_back().expect("something was copied")
    }

    /// Presses a key with Ctrl and Shift; gives the picture that is then on the clipboard.
    pub fn picture_copied_by(&mut self, key: Key) -> egui::ColorImage {
        let modifiers = Modifiers::COMMAND | Modifiers::SHIFT;
        self.harness.event(Event::Key { key, physical_key: None, pressed: true, repeat: false, modifiers });
        self.harness.run_steps(1);
        let mut copied = self.harness.output().platform_output.commands.iter().filter_map(|command| match command {
            OutputCommand::CopyImage(image) => Some(image.clone()),
            _ => None,
        });
        copied.next_back().expect("a picture was copied")
    }

    /// Pastes a text, as the system does on Ctrl+V.
    pub fn paste(&mut self, text: &str) {
        self.harness.event(Event::Paste(text.to_owned()));
        self.settle();
    }

    /// Clicks a button.
    pub fn press(&mut self, name: &str) {
        self.click(Role::Button, name);
    }

    /// Puts the keyboard on something.
    pub fn focus(&mut self, role: Role, name: &str) {
        self.find(role, name).focus();
        self.settle();
    }

    /// Presses a key.
    pub fn key(&mut self, key: Key) {
        self.harness.key_press(key);
        self.settle();
    }

    /// Presses a key with Ctrl, or Cmd on a Mac.
    pub fn command(&mut self, key: Key) {
        self.harness.key_press_modifiers(Modifiers::COMMAND, key);
        self.settle();
    }

    /// Presses a key with Ctrl and Shift, or Cmd and Shift on a Mac.
    pub fn command_shift(&mut self, key: Key) {
        self.harness.key_press_modifiers(Modifiers::COMMAND | Modifiers::SHIFT, key);
        self.settle();
    }

    /// Presses a key with these held.
    pub fn key_with(&mut self, modifiers: Modifiers, key: Key) {
        self.harness.key_press_modifiers(modifiers, key);
        self.settle();
    }

    /// The name of what has the keyboard.
    pub fn focused(&self) -> Option<String> {
        let mut nodes = self.harness.root().children_recursive();
        nodes.find(|node| node.is_focused()).and_then(|node| node.accesskit_node().label())
    }

    /// Whether what has this role and name can be used at present.
    pub fn is_disabled(&self, role: Role, name: &str) -> bool {
        self.find(role, name).accesskit_node().is_disabled()
    }

    /// Whether an entry of a menu has a check mark.
    pub fn is_checked(&self, name: &str) -> bool {
        let entry = self.find(Role::MenuItemCheckBox, name);
        entry.accesskit_node().toggled() == Some(egui::accesskit::Toggled::True)
    }

    /// The keys that stand beside an entry of an open menu.
    pub fn keys_of(&self, name: &str) -> Option<String> {
        self.find(Role::MenuItem, name).accesskit_node().data().keyboard_shortcut().map(str::to_owned)
    }

    /// Where an entry of an open menu is, if there is one of this name.
    pub fn item(&self, name: &str) -> Option<Rect> {
        let mut nodes = self.harness.root().children_recursive();
        let found = nodes.find(|node| {
            let node = node.accesskit_node();
            matches!(node.role(), Role::MenuItem | Role::MenuItemCheckBox) && node.label().as_deref() == Some(name)
        });
        found.map(|node| node.rect())
    }

    /// Rests with the pointer on something for as long as a hint takes to appear.
    pub fn hover(&mut self, role: Role, name: &str) {
        self.find(role, name).hover();
        self.harness.run_steps(10);
    }

    /// The window comes to the front, as when a person returns from another program.
    pub fn come_to_front(&mut self) {
        self.harness.event(Event::WindowFocused(true));
        self.settle();
    }

    /// Types where the keyboard is, letter by letter.
    pub fn write(&mut self, text: &str) {
        for letter in text.chars() {
            self.harness.event(Event::Text(letter.to_string()));
            self.harness.run_steps(1);
        }
        self.settle();
    }

    /// Replaces all of the text of a field.
    pub fn fill(&mut self, role: Role, name: &str, text: &str) {
        self.focus(role, name);
        self.command(Key::A);
        self.write(text);
    }

    /// Drags from one place to another, frame by frame.
    pub fn drag(&mut self, from: Pos2, to: Pos2) {
        const FRAMES: u8 = 12;
        self.harness.hover_at(from);
        self.harness.run_steps(2);
        self.harness.drag_at(from);
        self.harness.run_steps(1);
        for frame in 1..=FRAMES {
            self.harness.hover_at(from.lerp(to, f32::from(frame) / f32::from(FRAMES)));
            self.harness.run_steps(1);
        }
        self.harness.drop_at(to);
        self.settle();
    }

    /// The picture of the window.
    pub fn picture(&mut self) -> image::RgbaImage {
        self.harness.render().expect("the window can be drawn")
    }
}
