//! What people read of every shipped funnel, to the letter. A changed snapshot is read before it is accepted.

use std::path::{Path, PathBuf};
use std::process::Command;

/// After the launches of some samples were planned, and before any of them.
const NOW: &str = "2026-11-22T12:00:00";

fn funnels(folder: &str) -> Vec<PathBuf> {
    let entries = Path::new(env!("CARGO_MANIFEST_DIR")).join(folder).read_dir().into_iter().flatten();
    let mut found: Vec<PathBuf> = entries.filter_map(|entry| Some(entry.ok()?.path())).collect();
    found.retain(|path| path.extension().is_some_and(|ending| ending == "ron"));
    found.sort();
    found
}

/// What a command prints of one funnel, named as in the folder of the package.
fn printed(command: &str, path: &Path) -> String {
    let home = Path::new(env!("CARGO_MANIFEST_DIR"));
    let output = Command::new(env!("CARGO_BIN_EXE_transom"))
        .arg(command)
        .arg(path.strip_prefix(home).expect("the funnels lie in the package"))
        .args(["--now", NOW])
        .current_dir(home)
        .output()
        .expect("the program runs");
    assert!(output.stderr.is_empty(), "{}", String::from_utf8_lossy(&output.stderr));
    String::from_utf8(output.stdout).expect("results are UTF-8")
}

#[test]
fn check_says_this() {
    let all = [funnels("funnels"), funnels("tests/funnels")].concat();
    assert!(all.len() >= 7, "the samples are there");
    for path in all {
        let name = path.file_stem().expect("a file has a name").to_string_lossy().into_owned();
        insta::assert_snapshot!(format!("check-{name}"), printed("check", &path));
    }
}

#[test]
fn checklist_says_this() {
    for path in funnels("funnels") {
        let name = path.file_stem().expect("a file has a name").to_string_lossy().into_owned();
        insta::assert_snapshot!(format!("checklist-{name}"), printed("checklist", &path));
    }
}
