//! `--what-if` of `check` and `simulate`: the latest waits, the single change that gains most and the best time to ask again,
//! the same from both, and only where they are asked for.

mod shell;

use serde_json::Value;

use shell::{NOW, status, stdout, transom};

const FOLLOW_UP: &str = "funnels/support-follow-up.ron";
const MISTAKE: &str = "funnels/day3-mistake.ron";

fn simulated(file: &str, more: &[&str]) -> String {
    let arguments = [&["simulate", file, "--users", "2000", "--now", NOW], more].concat();
    let output = transom(&arguments);
    assert_eq!(status(&output), 0);
    stdout(&output).to_owned()
}

fn step<'a>(report: &'a Value, id: &str) -> &'a Value {
    let steps = report["steps"].as_array().expect("steps are a list");
    steps.iter().find(|step| step["id"] == id).expect("the step is reported")
}

#[test]
fn a_crowd_is_told_with_what_would_help_its_late_messages() {
    let report: Value = serde_json::from_str(&simulated(FOLLOW_UP, &["--what-if", "--format", "json"])).expect("JSON");
    let late = step(&report, "follow");
    let what_ifs = late["what_if"].as_array().expect("what would help is a list");
    assert_eq!(what_ifs[0]["change"], "shorten-wait", "the change that gains most stands first");
    assert!(what_ifs.iter().any(|what_if| what_if["change"] == "ask-again" && what_if["best_s"].is_i64()), "{what_ifs:?}");
    for what_if in what_ifs {
        let number = |value: &Value| value.as_f64().expect("a share");
        // What the change gains is told over the share that the crowd finds.
        let before = number(&what_if["inside"]) - number(&what_if["gains"]);
        let crowd = &late["p_inside"];
        assert!(number(&crowd["low"]) - 0.01 < before && before < number(&crowd["high"]) + 0.01, "{what_if} {crowd}");
    }
    let [p99, p95, p90] = ["p99_s", "p95_s", "p90_s"].map(|key| what_ifs[0][key].as_i64().expect("it can be had"));
    assert!(p99 < p95 && p95 < p90, "the fewer must be inside, the longer it may be");
    assert!(step(&report, "glad").get("what_if").is_none(), "what is always inside needs no help");

    let checked = transom(&["check", FOLLOW_UP, "--now", NOW, "--what-if", "--format", "json"]);
    let checked: Value = serde_json::from_str(stdout(&checked)).expect("JSON");
    assert_eq!(step(&checked[0], "follow")["what_if"], late["what_if"], "both say the same");
}

#[test]
fn the_text_names_the_wait_and_how_long_it_may_be() {
    let text = simulated(MISTAKE, &["--what-if"]);
    let safe = "what if *Wait 3 days*, now 3 d, were shorter: at most 23 h 59 m 59 s keeps it open for everyone";
    assert!(text.contains(safe), "{text}");
    let nothing = "*Day-7 last call*, open for none:\n  - no shorter wait and no second question alone would help";
    assert!(text.contains(nothing), "{text}");
    let checked = transom(&["check", MISTAKE, "--now", NOW, "--what-if"]);
    assert!(stdout(&checked).contains(safe), "check says it in the same words");
}

#[test]
fn nobody_is_told_who_did_not_ask() {
    let plain = simulated(MISTAKE, &[]);
    assert!(!plain.contains("What would help"), "{plain}");
    assert!(!simulated(MISTAKE, &["--format", "json"]).contains("what_if"));
    let fine = simulated("funnels/day3-reengagement.ron", &["--what-if"]);
    assert!(!fine.contains("What would help"), "a template that goes out in a closed window needs no help: {fine}");
}
