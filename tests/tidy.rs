//! Tidiness as a test: rules of the house that nobody can forget.

use std::fs;
use std::path::{Path, PathBuf};

/// The rooms in the order in which they may use one another: each may use those before it, and itself.
const ROOMS: [&str; 11] =
    ["model", "policy", "edit", "file", "engine", "rules", "checklist", "report", "session", "cli", "ui"];
/// Rooms that stand beside each other, though one comes first in the list: the later may not use the earlier.
const BESIDE: [(&str, &str); 4] = [("edit", "policy"), ("report", "checklist"), ("cli", "session"), ("engine", "edit")];
const MOST_LINES: usize = 500;
/// The rasteriser mixes the colours that it is given and chooses none.
const MIXES_COLOURS: &str = "ui/raster.rs";

struct Source {
    path: PathBuf,
    text: String,
}

impl Source {
    /// Its path below `src`, with forward slashes.
    fn name(&self) -> String {
        let parts: Vec<_> = self.path.components().map(|part| part.as_os_str().to_string_lossy().into_owned()).collect();
        let src = parts.iter().rposition(|part| part == "src").expect("all sources lie below src");
        parts[src + 1..].join("/")
    }

    /// The room that it lies in; empty for `lib.rs` and `main.rs`.
    fn room(&self) -> String {
        let name = self.name();
        name.split_once('/').map(|(room, _)| room).or(name.strip_suffix(".rs")).unwrap_or_default().to_owned()
    }

    /// Its lines of code, without comments, up to its tests.
    fn code(&self) -> impl Iterator<Item = (usize, &str)> {
        let is_test_file = self.name().ends_with("tests.rs") || self.name().contains("/tests/");
        // Tests in a file of their own are named anywhere among the modules; those in this file end its code.
        let end = if is_test_file { Some(0) } else { self.text.find("#[cfg(test)]\nmod tests {") };
        let lines = self.text[..end.unwrap_or(self.text.len())].lines().enumerate().map(|(at, line)| (at + 1, line));
        lines.filter(|(_, line)| !line.trim_start().starts_with("//"))
    }
}

fn sources() -> Vec<Source> {
    let mut found = Vec::new();
    let mut folders = vec![Path::new(env!("CARGO_MANIFEST_DIR")).join("src")];
    while let Some(folder) = folders.pop() {
        for entry in fs::read_dir(&folder).expect("the source folder can be read") {
            let path = entry.expect("the source folder can be read").path();
            if path.is_dir() {
                folders.push(path);
            } else if path.extension().is_some_and(|ending| ending == "rs") {
                let text = fs::read_to_string(&path).expect("a source can be read");
                found.push(Source { path, text });
            }
        }
    }
    found.sort_by(|a, b| a.path.cmp(&b.path));
    assert!(found.len() > 30, "the sources are found");
    found
}

fn assert_none(what: &str, found: &[String]) {
    assert!(found.is_empty(), "{what}:\n{}", found.join("\n"));
}

#[test]
fn every_file_says_what_it_is_for() {
    let silent = sources().iter().filter(|source| !source.text.starts_with("//! ")).map(Source::name).collect::<Vec<_>>();
    assert_none("these files do not open with //!", &silent);
}

#[test]
fn no_file_is_too_long() {
    let sources = sources();
    let long: Vec<String> =
        sources.iter().filter(|source| source.text.lines().count() > MOST_LINES).map(Source::name).collect();
    assert_none(&format!("these files have more than {MOST_LINES} lines"), &long);
}

#[test]
fn layers_point_down() {
    let rank = |room: &str| ROOMS.iter().position(|known| *known == room);
    let mut wrong = Vec::new();
    for source in sources() {
        let room = source.room();
        let Some(own) = rank(&room) else { continue };
        for (line, text) in source.code() {
            for used in text.split("crate::").skip(1) {
                let used: String = used.chars().take_while(|c| c.is_ascii_lowercase() || *c == '_').collect();
                let up = rank(&used).is_some_and(|used| used > own);
                let across = BESIDE.contains(&(room.as_str(), used.as_str()));
                if up || across {
                    wrong.push(format!("{}:{line}: {room} may not use {used}", source.name()));
                }
            }
        }
    }
    assert_none("layers point down", &wrong);
}

#[test]
fn only_the_screen_names_the_windowing_library() {
    let mut wrong = Vec::new();
    for source in sources().iter().filter(|source| source.room() != "ui" && source.name() != "main.rs") {
        for (line, text) in source.code() {
            if ["egui", "eframe", "rfd::", "winit"].iter().any(|library| text.contains(library)) {
                wrong.push(format!("{}:{line}: {}", source.name(), text.trim()));
            }
        }
    }
    assert_none("only src/ui and main.rs name egui, eframe, rfd or winit", &wrong);
}

#[test]
fn tests_of_the_planner_are_left_out_without_it() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let manifest = fs::read_to_string(root.join("Cargo.toml")).expect("the manifest can be read");
    let mut wrong = Vec::new();
    for entry in fs::read_dir(root.join("tests")).expect("the folder of tests can be read") {
        let path = entry.expect("the folder of tests can be read").path();
        let Some(name) = path.file_name().and_then(|name| name.to_str()?.strip_suffix(".rs")) else { continue };
        let text = fs::read_to_string(&path).expect("a test can be read");
        let opens_it = text.lines().any(|line| line.starts_with("use transom::ui") || line.starts_with("mod support"));
        if opens_it && !manifest.contains(&format!("name = \"{name}\"\nrequired-features = [\"gui\"]")) {
            wrong.push(name.to_owned());
        }
    }
    assert_none("these tests need `required-features = [\"gui\"]` in Cargo.toml", &wrong);
}

#[test]
fn only_the_theme_knows_colours() {
    let may = |name: &str| name == "ui/theme.rs" || name.starts_with("ui/theme/") || name == MIXES_COLOURS;
    let mut wrong = Vec::new();
    for source in sources().iter().filter(|source| !may(&source.name())) {
        for (line, text) in source.code() {
            let constant = text.split("Color32::").skip(1).any(|rest| {
                let name: String = rest.chars().take_while(|c| c.is_ascii_uppercase() || *c == '_').collect();
                let from = rest.starts_with("from_");
                from || (name.len() > 1 && !matches!(name.as_str(), "TRANSPARENT" | "PLACEHOLDER"))
            });
            if constant || text.contains("hex_color!") || text.contains("Rgba::from") {
                wrong.push(format!("{}:{line}: {}", source.name(), text.trim()));
            }
        }
    }
    assert_none("colours stand in src/ui/theme.rs alone", &wrong);
}

#[test]
fn nothing_unwraps_outside_tests() {
    let mut wrong = Vec::new();
    for source in sources() {
        for (line, text) in source.code() {
            if [".unwrap()", "panic!(", "todo!(", "unimplemented!("].iter().any(|call| text.contains(call)) {
                wrong.push(format!("{}:{line}: {}", source.name(), text.trim()));
            }
        }
    }
    assert_none("no input may panic", &wrong);
}

#[test]
fn every_rule_file_is_in_the_registry() {
    let files = sources().iter().filter(|source| source.name().starts_with("rules/book/")).count();
    assert_eq!(files, transom::rules::RULES.len() + 1, "one file a rule, and the registry itself");
}
