//! Several files and folders in one call of `check`.

mod shell;

use serde_json::Value;
use shell::{Folder, NOW, status, stderr, stdout, transom, transom_in};

/// A funnel whose only message goes out after so many hours.
fn funnel(hours: u32) -> String {
    format!(
        "(format: 1, name: \"After {hours} h\", steps: [\n\
             (id: \"in\", kind: Entry(channel: UserMessage)),\n\
             (id: \"gap\", kind: Wait(For(\"{hours}h\"))),\n\
             (id: \"end\", kind: Message(purpose: Service, send: FreeForm(Text(\"End\")))),\n\
             (id: \"out\", kind: Exit(Lost)),\n\
         ], links: [(from: \"in\", to: \"gap\"), (from: \"gap\", to: \"end\"), (from: \"end\", to: \"out\")])\n"
    )
}

/// The files that a report in JSON is about.
fn files(output: &std::process::Output) -> Vec<String> {
    let reports: Value = serde_json::from_str(stdout(output)).expect("JSON");
    reports.as_array().unwrap().iter().map(|report| report["file"].as_str().unwrap().to_owned()).collect()
}

#[test]
fn folders_are_searched_for_funnels_in_order() {
    let folder = Folder::new();
    for name in ["b.ron", "a/z.ron", "a/deep/er/c.ron", "a.ron"] {
        folder.write(name, &funnel(2));
    }
    for hidden in [".git/x.ron", ".hidden.ron", "target/x.ron", "a/target/y.ron", "notes.md", "a.ron.bak"] {
        folder.write(hidden, "no funnel");
    }
    folder.write("ours.ron", include_str!("../assets/policies/strict-cdp.ron"));
    let check = |arguments: &[&str]| {
        let output = transom_in(&folder.path("."), &[&["check", "--now", NOW, "--format", "json"], arguments].concat());
        assert_eq!((status(&output), stderr(&output)), (0, ""), "{arguments:?}");
        files(&output)
    };
    let all = ["a/deep/er/c.ron", "a/z.ron", "a.ron", "b.ron"];
    assert_eq!(check(&["."]), all, "as one writes them, sorted, without what is hidden, built or something else");
    assert_eq!(check(&["b.ron", "a"]), ["b.ron", "a/deep/er/c.ron", "a/z.ron"], "in the order of the arguments");
    assert_eq!(check(&["./a/"]), ["./a/deep/er/c.ron", "./a/z.ron"].map(|name| name.trim_start_matches("./")));
}

#[test]
fn a_broken_funnel_in_a_folder_is_told_and_the_others_are_judged() {
    let folder = Folder::new();
    folder.write("fine.ron", &funnel(2));
    folder.write("late.ron", &funnel(30));
    folder.write("broken.ron", &funnel(2).replace("links: [", "links: "));
    folder.write("other.ron", "(width: 3, colour: \"red\")");
    let output = transom_in(&folder.path("."), &["check", "--now", NOW, "."]);
    assert_eq!(status(&output), 2);
    assert!(stderr(&output).contains("broken.ron:6:"), "{}", stderr(&output));
    let told = stdout(&output);
    assert!(told.contains("late.ron: 1 sending step: 1 outside") && told.contains("fine.ron: 1 sending step: 1 inside"));
    let last = told.lines().last().unwrap();
    assert_eq!(last, "2 funnels, 1 with errors, 1 not read: 1 error; 1 other .ron file was left out");

    let named = transom_in(&folder.path("."), &["check", "--now", NOW, "other.ron"]);
    assert_eq!(status(&named), 2, "a file that is named is never left out");
}

#[test]
fn a_folder_without_a_funnel_is_a_mistake() {
    let folder = Folder::new();
    folder.write("some/other.ron", "(width: 3)");
    folder.write("fine.ron", &funnel(2));
    let output = transom_in(&folder.path("."), &["check", "--now", NOW, "some", "fine.ron"]);
    assert_eq!(status(&output), 2);
    assert!(stderr(&output).contains("there is no funnel in this folder\n--> some"), "{}", stderr(&output));
    assert!(stdout(&output).contains("fine.ron: 1 sending step: 1 inside"), "{}", stdout(&output));
}

#[test]
fn many_files_at_once_say_what_each_says_alone() {
    let folder = Folder::new();
    let mut alone = String::new();
    for at in 0..60 {
        let name = format!("f{at:03}.ron");
        folder.write(&name, &funnel(at));
        alone += stdout(&transom_in(&folder.path("."), &["check", "--now", NOW, &name]));
    }
    let together = transom_in(&folder.path("."), &["check", "--now", NOW, "."]);
    let told = stdout(&together);
    assert_eq!(told.strip_prefix(&alone).map(str::trim), Some("60 funnels, 36 with errors: 36 errors"), "{told}");
    for _ in 0..3 {
        assert_eq!(
            stdout(&transom_in(&folder.path("."), &["check", "--now", NOW, "."])),
            told,
            "however the work was shared"
        );
    }
}

#[cfg(unix)]
#[test]
fn links_to_folders_lead_nobody_in_circles() {
    let folder = Folder::new();
    folder.write("a/fine.ron", &funnel(2));
    std::os::unix::fs::symlink("..", folder.path("a/up")).expect("a link for the test");
    std::os::unix::fs::symlink("fine.ron", folder.path("a/again.ron")).expect("a link for the test");
    std::os::unix::fs::symlink("gone.ron", folder.path("a/dangling.ron")).expect("a link for the test");
    let output = transom_in(&folder.path("."), &["check", "--now", NOW, "--format", "json", "."]);
    assert_eq!(files(&output), ["a/again.ron", "a/fine.ron"]);
}

#[test]
fn the_samples_are_a_folder_of_funnels() {
    let output = transom(&["check", "--now", NOW, "funnels"]);
    assert_eq!(status(&output), 1);
    assert_eq!(stdout(&output).lines().last(), Some("7 funnels, 1 with errors: 2 errors, 2 warnings, 7 notes"));
}
