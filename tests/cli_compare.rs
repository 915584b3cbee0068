//! `check --against`: what a change of a funnel, or of the rules, brings.

mod shell;

use serde_json::{Value, json};
use shell::{Folder, NOW, status, stderr, stdout, transom_in};

/// A question that waits so long, then so many hours, then a message; `more` are further steps.
fn funnel(timeout: &str, hours: u32, more: &str) -> String {
    format!(
        "(format: 1, name: \"Two versions\", steps: [\n\
            (id: \"in\", kind: Entry(channel: UserMessage)),\n\
            (id: \"ask\", title: \"Ask\", kind: Message(purpose: Service, send: FreeForm(Text(\"Size?\")), reply: (\n\
                options: [(label: \"any\")], chance: 0.5, delay: Uniform(min: \"1m\", max: \"1h\"), timeout: \"{timeout}\"))),\n\
            (id: \"gap\", kind: Wait(For(\"{hours}h\"))),\n\
            (id: \"tip\", title: \"Tip\", kind: Message(purpose: Service, send: FreeForm(Text(\"Tip\")))),\n\
            {more}\n\
            (id: \"out\", kind: Exit(Lost)),\n\
         ], links: [(from: \"in\", to: \"ask\"), (from: \"ask\", out: Reply(\"any\"), to: \"gap\"),\n\
            (from: \"ask\", out: Timeout, to: \"gap\"), (from: \"gap\", to: \"tip\"), (from: \"tip\", to: \"out\")])\n"
    )
}

fn check(folder: &Folder, arguments: &[&str]) -> std::process::Output {
    transom_in(&folder.path("."), &[&["check", "--now", NOW, "--ignore", "W005"], arguments].concat())
}

fn report(folder: &Folder, arguments: &[&str]) -> (i32, Value) {
    let output = check(folder, &[&["--format", "json"], arguments].concat());
    (status(&output), serde_json::from_str(stdout(&output)).unwrap_or_else(|_| panic!("{}", stderr(&output))))
}

fn codes(found: &Value) -> Vec<&str> {
    found.as_array().unwrap().iter().map(|found| found["code"].as_str().unwrap()).collect()
}

#[test]
fn what_became_worse_is_an_error_and_what_became_better_is_not() {
    let folder = Folder::new();
    folder.write("old.ron", &funnel("10h", 6, ""));
    folder.write("new.ron", &funnel("20h", 6, ""));
    let (worse, told) = report(&folder, &["new.ron", "--against", "old.ron"]);
    assert_eq!((worse, codes(&told[0]["new"]), codes(&told[0]["gone"])), (1, vec!["W002"], vec![]));
    let tip = &told[0]["steps"][0];
    assert_eq!((&tip["id"], &tip["title"], &tip["change"]), (&"tip".into(), &"Tip".into(), &"worse".into()));
    assert_eq!(tip["before"], json!({"verdict": "inside", "since_inbound": {"min_s": 21_600, "max_s": 57_600}}));
    assert_eq!(tip["after"], json!({"verdict": "sometimes", "since_inbound": {"min_s": 21_600, "max_s": 93_600}}));
    assert_eq!(told[0]["steps"].as_array().unwrap().len(), 1, "the question is as it was");
    assert_eq!((&told[0]["file"], &told[0]["against"]), (&"new.ron".into(), &"old.ron".into()));

    let (better, told) = report(&folder, &["old.ron", "--against", "new.ron"]);
    assert_eq!((better, codes(&told[0]["new"]), codes(&told[0]["gone"])), (0, vec![], vec!["W002"]));
    assert_eq!(told[0]["steps"][0]["change"], "better");

    let (same, told) = report(&folder, &["new.ron", "--against", "new.ron"]);
    assert_eq!((same, &told[0]["steps"], &told[0]["new"]), (0, &json!([]), &json!([])), "an old error is no new one");
}

#[test]
fn the_text_tells_steps_and_findings_and_sums_them_up() {
    let folder = Folder::new();
    folder.write("old.ron", &funnel("10h", 6, ""));
    folder.write("new.ron", &funnel("20h", 6, "(id: \"more\", title: \"More\", kind: Exit(Converted)),"));
    let output = check(&folder, &["new.ron", "--against", "old.ron"]);
    let told = stdout(&output);
    assert!(told.starts_with("error[W002]: *Tip* "), "new findings are drawn: {told}");
    let step =
        "   worse  *Tip* inside, at most 16 h after the last message → sometimes, at most 26 h after the last message\n";
    assert!(told.contains(step), "{told}");
    let sum = "new.ron against old.ron: steps: 1 worse; 1 new error, 1 new warning\n";
    assert!(told.ends_with(sum), "{told}");
    let same = check(&folder, &["old.ron", "--against", "old.ron"]);
    assert_eq!((status(&same), stdout(&same)), (0, "old.ron against old.ron: nothing differs\n"));
}

#[test]
fn steps_are_matched_by_their_ids() {
    let folder = Folder::new();
    folder.write("old.ron", &funnel("10h", 6, ""));
    folder.write("new.ron", &funnel("10h", 6, "").replace("id: \"tip\"", "id: \"hint\"").replace("\"tip\"", "\"hint\""));
    let (_, told) = report(&folder, &["new.ron", "--against", "old.ron"]);
    let changes: Vec<(&Value, &Value)> =
        told[0]["steps"].as_array().unwrap().iter().map(|step| (&step["id"], &step["change"])).collect();
    assert_eq!(changes, [(&"hint".into(), &"added".into()), (&"tip".into(), &"removed".into())]);
    let moved = funnel("10h", 6, "").replace("title: \"Tip\"", "title: \"Another name\"");
    folder.write("new.ron", &moved);
    assert_eq!(report(&folder, &["new.ron", "--against", "old.ron"]).1[0]["steps"], json!([]), "a new title is no change");
}

#[test]
fn two_sets_of_rules_are_compared_on_one_funnel() {
    let folder = Folder::new();
    folder.write(
        "a.ron",
        &funnel("10h", 6, "")
            .replace("purpose: Service, send: FreeForm(Text(\"Tip\"", "purpose: Marketing, send: FreeForm(Text(\"Tip\""),
    );
    let (stricter, told) = report(&folder, &["a.ron", "--policy", "strict-cdp", "--against-policy", "whatsapp-2026-10"]);
    assert_eq!((stricter, codes(&told[0]["new"]), codes(&told[0]["gone"])), (1, vec!["C003"], vec!["C003"]));
    assert_eq!((&told[0]["new"][0]["severity"], &told[0]["gone"][0]["severity"]), (&"error".into(), &"warning".into()));
    assert_eq!((&told[0]["policy"], &told[0]["against_policy"]), (&"strict-cdp".into(), &"whatsapp-2026-10".into()));
    let (ignored, _) =
        report(&folder, &["a.ron", "--policy", "strict-cdp", "--against-policy", "whatsapp-2026-10", "--ignore", "C"]);
    assert_eq!(ignored, 0);
    let (milder, _) = report(&folder, &["a.ron", "--against-policy", "strict-cdp"]);
    assert_eq!(milder, 0, "the funnel's own rules are the newer side");
}

#[test]
fn folders_are_compared_file_by_file() {
    let folder = Folder::new();
    folder.write("base/same.ron", &funnel("10h", 6, ""));
    folder.write("base/deep/late.ron", &funnel("10h", 6, ""));
    folder.write("now/same.ron", &funnel("10h", 6, ""));
    folder.write("now/deep/late.ron", &funnel("20h", 6, ""));
    folder.write("now/new.ron", &funnel("20h", 6, ""));
    // In a file that is new all is new, also what its audience costs.
    let output = check(&folder, &["now", "--against", "base", "--format", "github", "--ignore", "P003"]);
    assert_eq!((status(&output), stderr(&output)), (1, ""));
    let files: Vec<&str> = stdout(&output).lines().filter_map(|line| line.split([' ', ',']).nth(1)).collect();
    assert_eq!(files, ["file=now/deep/late.ron", "file=now/new.ron"], "only what is new is annotated");
    let (_, told) = report(&folder, &["now", "--against", "base"]);
    assert_eq!((&told[1]["file"], &told[1]["against"]), (&"now/new.ron".into(), &Value::Null));
    let sarif: Value = serde_json::from_str(stdout(&check(
        &folder,
        &["now", "--against", "base", "--format", "sarif", "--ignore", "P003"],
    )))
    .unwrap();
    let results = sarif["runs"][0]["results"].as_array().unwrap();
    assert!(results.len() == 2 && results.iter().all(|result| result["baselineState"] == "new"), "{results:#?}");
}

#[test]
fn what_cannot_be_compared_is_said() {
    let folder = Folder::new();
    folder.write("a.ron", &funnel("10h", 6, ""));
    folder.write("b.ron", &funnel("10h", 6, ""));
    folder.write("broken.ron", "(format: 1, name: ");
    let fails = |arguments: &[&str], why: &str| {
        let output = check(&folder, arguments);
        assert_eq!(status(&output), 2, "{arguments:?}");
        assert!(stderr(&output).contains(why), "{}", stderr(&output));
    };
    fails(&["a.ron", "--against", "gone.ron"], "gone.ron: there is no such file or folder to compare with");
    fails(&["a.ron", "b.ron", "--against", "a.ron"], "goes with one funnel");
    fails(&["a.ron", "--against", "broken.ron"], "broken.ron:1:");
    fails(&["a.ron", "--against-policy", "strict-cpd"], "the nearest is `strict-cdp`");
    fails(&["a.ron", "--against", "b.ron", "--statistics"], "cannot be used with");
}
