//! `check --fix`: what is written, what is only shown, what is said, and the exit status.

mod shell;

use std::fs;

use serde_json::Value;
use shell::{Folder, NOW, status, stderr, stdout, transom};

/// A margin that is too thin (safe to mend), and a message that nobody gets (not safe to mend), with comments.
const BOTH: &str = r#"#![enable(implicit_some)]
// why this funnel exists
(
    format: 1,
    name: "Both",
    policy: "whatsapp-2026-10",
    audience: (
        market: "DE",
        timezone: "Europe/Berlin",
        size: 100,
    ),
    steps: [
        (id: "in", title: "In", at: (0, 0), kind: Entry(channel: UserMessage)),
        // almost a day
        (id: "night", title: "Night", at: (280, 0), kind: Wait(For("23h 50m"))), // measured
        (id: "tip", title: "Tip", at: (560, 0), kind: Message(purpose: Service, send: FreeForm(Text("Hi")))),
        (id: "week", title: "Week", at: (840, 0), kind: Wait(For("7d"))),
        (id: "late", title: "Late", at: (1120, 0), kind: Message(purpose: Service, send: FreeForm(Text("Ho")))),
        (id: "out", title: "Out", at: (1400, 0), kind: Exit(Lost)),
    ],
    links: [
        (from: "in", to: "night"),
        (from: "night", to: "tip"),
        (from: "tip", to: "week"),
        (from: "week", to: "late"),
        (from: "late", to: "out"),
    ],
)
"#;

#[test]
fn safe_fixes_are_written_with_the_comments_and_what_remains_decides() {
    let folder = Folder::new();
    let path = folder.write("both.ron", BOTH);
    let output = transom(&["check", "--fix", "--now", NOW, &path]);
    assert_eq!(status(&output), 1, "what nobody gets remains");
    let said = stderr(&output);
    assert!(said.contains("both.ron: fixed 1 problem, 2 remain"), "{said}");
    assert!(said.contains("  W003: Shorten “Night” from 23 h 50 m to 23 h 45 m"), "{said}");
    assert!(stdout(&output).contains("error[W001]") && !stdout(&output).contains("W003"), "{}", stdout(&output));
    assert_eq!(fs::read_to_string(&path).unwrap(), BOTH.replace("23h 50m", "23h 45m"), "nothing else changed");
    let again = transom(&["check", "--fix", "--now", NOW, &path]);
    assert!(stderr(&again).contains("fixed 0 problems, 2 remain"), "{}", stderr(&again));
}

#[test]
fn unsafe_fixes_are_made_when_asked_for() {
    let folder = Folder::new();
    let path = folder.write("both.ron", BOTH);
    let output = transom(&["check", "--fix", "--unsafe-fixes", "--now", NOW, &path]);
    assert_eq!(status(&output), 0, "{}", stdout(&output));
    assert!(stderr(&output).contains("fixed 2 problems, nothing remains"), "{}", stderr(&output));
    let text = fs::read_to_string(&path).unwrap();
    assert!(text.contains("// almost a day\n") && text.contains("// measured\n"), "{text}");
}

#[test]
fn a_diff_is_printed_and_nothing_is_written() {
    let folder = Folder::new();
    let path = folder.write("both.ron", BOTH);
    let output = transom(&["check", "--fix", "--diff", "--now", NOW, &path]);
    assert_eq!(status(&output), 1, "as it would stand");
    let expected = format!(
        "--- {path}\n+++ {path}\n@@ -12,7 +12,7 @@\n     steps: [\n         (id: \"in\", title: \"In\", at: (0, 0), kind: \
         Entry(channel: UserMessage)),\n         // almost a day\n-        (id: \"night\", title: \"Night\", at: (280, 0), \
         kind: Wait(For(\"23h 50m\"))), // measured\n+        (id: \"night\", title: \"Night\", at: (280, 0), kind: \
         Wait(For(\"23h 45m\"))), // measured\n         (id: \"tip\", title: \"Tip\", at: (560, 0), kind: Message(purpose: \
         Service, send: FreeForm(Text(\"Hi\")))),\n         (id: \"week\", title: \"Week\", at: (840, 0), kind: \
         Wait(For(\"7d\"))),\n         (id: \"late\", title: \"Late\", at: (1120, 0), kind: Message(purpose: Service, send: \
         FreeForm(Text(\"Ho\")))),\n"
    );
    assert_eq!(stdout(&output), expected);
    assert!(stderr(&output).contains("would fix 1 problem, 2 would remain"), "{}", stderr(&output));
    assert_eq!(fs::read_to_string(&path).unwrap(), BOTH);
    assert_eq!(status(&transom(&["check", "--fix", "--diff", "--unsafe-fixes", "--now", NOW, &path])), 0);
    assert_eq!(status(&transom(&["check", "--diff", &path])), 2, "a diff of nothing");
}

#[test]
fn only_what_is_selected_is_mended() {
    let folder = Folder::new();
    let path = folder.write("both.ron", BOTH);
    let output = transom(&["check", "--fix", "--ignore", "W003", "--now", NOW, &path]);
    assert!(stderr(&output).contains("fixed 0 problems"), "{}", stderr(&output));
    assert_eq!(fs::read_to_string(&path).unwrap(), BOTH);
}

#[test]
fn a_file_whose_comments_would_be_lost_is_left_alone() {
    let folder = Folder::new();
    // The island goes, and with it would go what is said inside it.
    let island = r#"(id: "lone", title: "Lone", at: (0, 200), kind: Message(purpose: Service, send: FreeForm(Text("?" /* ask Ana */)))),
        (id: "out""#;
    let text = BOTH.replace("(id: \"out\"", island);
    let path = folder.write("both.ron", &text);
    let output = transom(&["check", "--fix", "--now", NOW, &path]);
    assert_eq!(status(&output), 2);
    assert!(stderr(&output).contains("not written") && stderr(&output).contains("ask Ana"), "{}", stderr(&output));
    assert_eq!(fs::read_to_string(&path).unwrap(), text);
}

#[test]
fn json_stays_json_and_names_what_is_safe_and_what_is_allowed() {
    let folder = Folder::new();
    let allowed = r#"(id: "late", title: "Late", at: (1120, 0), allow: [(code: "W001", why: "Sent by hand")], kind"#;
    let path = folder.write("both.ron", &BOTH.replace("(id: \"late\", title: \"Late\", at: (1120, 0), kind", allowed));
    let report = |arguments: &[&str]| {
        let output = transom(&[&["check", "--format", "json", "--now", NOW][..], arguments, &[&path]].concat());
        assert_eq!(status(&output), 0, "what is allowed counts for nothing");
        let files: Value = serde_json::from_str(stdout(&output)).expect("JSON alone on standard output");
        files[0].clone()
    };
    let before = report(&[]);
    assert_eq!((before["diagnostics"].as_array().unwrap().len(), &before["diagnostics"][0]["code"]), (1, &"W003".into()));
    assert_eq!(before["diagnostics"][0]["fixes"][0]["safe"], true);
    let suppressed = &before["suppressed"][0];
    assert_eq!(
        (&suppressed["code"], &suppressed["step"], &suppressed["why"]),
        (&"W001".into(), &"late".into(), &"Sent by hand".into())
    );
    let after = report(&["--fix"]);
    assert_eq!(after["diagnostics"], serde_json::json!([]));
}
