//! What `check` prints besides plain text and JSON: SARIF, annotations, colours, counts, and a choice of codes.

mod shell;

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;
use std::process::Command;

use serde_json::Value;
use shell::{Folder, NOW, status, stderr, stdout, transom};

const MISTAKE: &str = "funnels/day3-mistake.ron";

fn check(arguments: &[&str]) -> std::process::Output {
    transom(&[&["check", "--now", NOW], arguments].concat())
}

/// The one run of a report in SARIF.
fn run_of(output: &std::process::Output) -> Value {
    let mut log: Value = serde_json::from_str(stdout(output)).expect("SARIF is JSON");
    assert_eq!(log["version"], "2.1.0");
    assert!(log["$schema"].as_str().unwrap().ends_with("sarif-schema-2.1.0.json"));
    assert_eq!(log["runs"].as_array().unwrap().len(), 1);
    log["runs"][0].take()
}

/// The schema forbids all that it does not know: `object` may have these members, and must have those with a `!`.
fn has_only(object: &Value, known: &str) {
    let object = object.as_object().unwrap_or_else(|| panic!("an object with {known}, not {object}"));
    let known: Vec<&str> = known.split(' ').collect();
    for name in known.iter().filter_map(|name| name.strip_suffix('!')) {
        assert!(object.contains_key(name), "{name} is missing");
    }
    for name in object.keys() {
        assert!(known.iter().any(|known| known.trim_end_matches('!') == name), "{name} is not in the schema");
    }
}

#[test]
fn sarif_has_what_its_schema_asks_for_and_nothing_else() {
    let output = check(&["--format", "sarif", "funnels", "tests/funnels"]);
    assert_eq!((status(&output), stderr(&output)), (1, ""));
    let run = run_of(&output);
    has_only(&run, "tool! invocations columnKind results");
    assert_eq!(run["columnKind"], "unicodeCodePoints");
    has_only(&run["invocations"][0], "executionSuccessful! toolExecutionNotifications");
    assert_eq!(run["invocations"][0]["executionSuccessful"], true);
    let driver = &run["tool"]["driver"];
    has_only(driver, "name! semanticVersion rules");
    let rules = driver["rules"].as_array().unwrap();
    let ids: BTreeSet<&str> = rules.iter().map(|rule| rule["id"].as_str().unwrap()).collect();
    assert_eq!(ids.len(), transom::rules::RULES.len(), "every rule once");
    for rule in rules {
        has_only(rule, "id! name shortDescription fullDescription help defaultConfiguration");
        has_only(&rule["help"], "text! markdown");
        assert!(rule["help"]["markdown"].as_str().unwrap().contains("# How to mend it"), "{}", rule["id"]);
        assert!(["error", "warning", "note"].contains(&rule["defaultConfiguration"]["level"].as_str().unwrap()));
    }
    let results = run["results"].as_array().unwrap();
    assert!(results.len() > 20, "every finding is a result");
    for result in results {
        let known = "ruleId ruleIndex level message! locations codeFlows partialFingerprints properties suppressions";
        has_only(result, known);
        let rule = &rules[usize::try_from(result["ruleIndex"].as_u64().unwrap()).unwrap()];
        assert_eq!(rule["id"], result["ruleId"]);
        assert!(["error", "warning", "note"].contains(&result["level"].as_str().unwrap()));
        assert!(!result["message"]["text"].as_str().unwrap().is_empty());
        has_only(&result["locations"][0], "physicalLocation logicalLocations");
        place(&result["locations"][0]["physicalLocation"]);
        for flow in result["codeFlows"].as_array().into_iter().flatten() {
            has_only(flow, "message threadFlows!");
            let locations = flow["threadFlows"][0]["locations"].as_array().unwrap();
            assert!(!locations.is_empty());
            locations.iter().for_each(|at| place(&at["location"]["physicalLocation"]));
        }
    }
}

/// A region that lies in its file, named as the file was.
fn place(location: &Value) {
    has_only(location, "artifactLocation region");
    has_only(&location["region"], "startLine startColumn endLine endColumn");
    let file = location["artifactLocation"]["uri"].as_str().unwrap();
    let text = fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join(file)).expect("the file is there");
    let number = |name: &str| usize::try_from(location["region"][name].as_u64().unwrap()).unwrap();
    let (line, end) = (text.lines().nth(number("startLine") - 1).unwrap(), number("endColumn"));
    assert!(number("startColumn") >= 1 && number("endLine") >= number("startLine"));
    assert!(number("endLine") > number("startLine") || (number("startColumn") < end && end <= line.chars().count() + 1));
}

#[test]
fn a_result_in_sarif_marks_the_field_tells_the_journey_and_names_the_fixes() {
    let run = run_of(&check(&["--format", "sarif", MISTAKE]));
    let first = &run["results"][0];
    assert_eq!((&first["ruleId"], &first["level"]), (&"W001".into(), &"error".into()));
    let region = &first["locations"][0]["physicalLocation"]["region"];
    assert_eq!(*region, serde_json::json!({"startLine": 41, "startColumn": 19, "endLine": 41, "endColumn": 27}));
    let moments = first["codeFlows"][0]["threadFlows"][0]["locations"].as_array().unwrap();
    let last = moments.last().unwrap()["location"]["message"]["text"].as_str().unwrap();
    assert!(last.starts_with("3 d 17 m: *Day-3 offer* is refused"), "{last}");
    assert_eq!(first["properties"]["fixes"][0]["id"], "shorten-wait");
}

#[test]
fn what_a_person_allows_is_suppressed_in_sarif_with_the_reason() {
    let folder = Folder::new();
    let allow = "allow: [(code: \"S002\", why: \"it ends here\")]";
    let steps = format!("steps: [(id: \"in\", kind: Entry(channel: QrCode), {allow})]");
    let path = folder.write("allowed.ron", &format!("(format: 1, name: \"Allowed\", {steps})"));
    let run = run_of(&check(&["--format", "sarif", &path]));
    let result = &run["results"][0];
    assert_eq!(result["ruleId"], "S002");
    assert_eq!(result["suppressions"], serde_json::json!([{"kind": "inSource", "justification": "it ends here"}]));
}

#[test]
fn a_file_that_cannot_be_read_is_told_in_sarif_and_in_annotations() {
    let output = check(&["--format", "sarif", "tests/broken/equals.ron", MISTAKE]);
    assert_eq!(status(&output), 2);
    let run = run_of(&output);
    assert_eq!(run["invocations"][0]["executionSuccessful"], false);
    let told = &run["invocations"][0]["toolExecutionNotifications"][0];
    has_only(told, "message! level locations");
    let at = &told["locations"][0]["physicalLocation"];
    assert_eq!((&at["region"]["startLine"], &at["region"]["startColumn"]), (&11.into(), &27.into()));
    // Two messages that come too late, and what the audience's free-form messages cost.
    assert_eq!(run["results"].as_array().unwrap().len(), 3, "the other file is judged all the same");

    let output = check(&["--format", "github", "tests/broken/equals.ron"]);
    assert_eq!(status(&output), 2);
    assert!(stdout(&output).starts_with("::error file=tests/broken/equals.ron,line=11,endLine=11,col=27,"));
}

#[test]
fn annotations_are_one_line_each() {
    let output = check(&["--format", "github", MISTAKE]);
    assert_eq!((status(&output), stderr(&output)), (1, ""));
    let lines: Vec<&str> = stdout(&output).lines().collect();
    assert_eq!(lines.len(), 3);
    let head = "::error file=funnels/day3-mistake.ron,line=41,endLine=41,col=19,endColumn=27,\
                title=W001 free-form-outside-window::*Day-3 offer* is free-form";
    assert!(lines[0].starts_with(head), "{}", lines[0]);
    assert!(lines[0].contains("(131047)%0ASend a template here"), "{}", lines[0]);
}

#[test]
fn codes_are_chosen_and_the_status_is_about_what_is_shown() {
    let shown = |arguments: &[&str]| {
        let output = check(&[&["--format", "github", "tests/funnels/everything-wrong.ron"], arguments].concat());
        let titles = stdout(&output).lines().filter_map(|line| line.split_once("title="));
        (status(&output), titles.map(|(_, title)| title[..4].to_owned()).collect::<BTreeSet<String>>())
    };
    let (all, everything) = shown(&[]);
    assert!(all == 1 && everything.contains("W001") && everything.contains("S001"));
    let of = |codes: &[&str]| codes.iter().map(|code| (*code).to_owned()).collect::<BTreeSet<String>>();
    assert_eq!(shown(&["--select", "W001,s001"]), (1, of(&["S001", "W001"])));
    assert_eq!(shown(&["--select", "S001"]), (0, of(&["S001"])), "a warning alone");
    assert_eq!(shown(&["--select", "unreachable-step"]), (0, of(&["S001"])));
    assert_eq!(shown(&["--select", "W001", "--select", "S001", "--ignore", "W"]), (1, of(&["S001", "W001"])));
    let without = |letter: char| everything.iter().filter(|code| !code.starts_with(letter)).cloned().collect();
    assert_eq!(shown(&["--ignore", "W"]), (1, without('W')));

    let unknown = check(&["--select", "W001,W01", MISTAKE]);
    assert_eq!((status(&unknown), stdout(&unknown)), (2, ""));
    assert!(stderr(&unknown).contains("`W01`, did you mean W001?"), "{}", stderr(&unknown));
}

#[test]
fn statistics_count_by_code_the_most_frequent_first() {
    let output = check(&["--statistics", "funnels", "tests/funnels/everything-wrong.ron"]);
    assert_eq!(status(&output), 1);
    let lines: Vec<&str> = stdout(&output).lines().collect();
    let count = |line: &&&str| line.split_whitespace().next().and_then(|n| n.parse::<u32>().ok());
    let counts: Vec<u32> = lines.iter().map_while(|line| count(&line)).collect();
    assert!(counts.len() > 10 && counts.is_sorted_by(|a, b| a >= b), "{lines:?}");
    assert!(lines.contains(&"3  W001  free-form-outside-window          2 files"), "{lines:#?}");
    assert!(lines.last().unwrap().starts_with("8 funnels, 2 with errors: "), "{lines:?}");

    let output = check(&["--statistics", "--format", "json", MISTAKE]);
    let counted: Value = serde_json::from_str(stdout(&output)).unwrap();
    let both = serde_json::json!([
        {"code": "W001", "name": "free-form-outside-window", "count": 2, "files": 1},
        {"code": "P003", "name": "service-tier-exceeded", "count": 1, "files": 1},
    ]);
    assert_eq!((status(&output), counted), (1, both));
    assert_eq!(status(&check(&["--statistics", "--format", "sarif", MISTAKE])), 2);
}

#[test]
fn colours_are_for_terminals_unless_asked_for() {
    let coloured = |variables: &[(&str, &str)], arguments: &[&str]| {
        let mut command = Command::new(env!("CARGO_BIN_EXE_transom"));
        command.env_remove("NO_COLOR").env_remove("CLICOLOR_FORCE").envs(variables.iter().copied());
        command.args(arguments).current_dir(env!("CARGO_MANIFEST_DIR"));
        stdout(&command.output().expect("the program runs")).contains("\u{1b}[")
    };
    assert!(!coloured(&[], &["check", MISTAKE]), "a pipe is no terminal");
    assert!(coloured(&[("CLICOLOR_FORCE", "1")], &["check", MISTAKE]));
    assert!(coloured(&[("NO_COLOR", "1")], &["check", "--color", "always", MISTAKE]), "what is said outweighs what is set");
    assert!(coloured(&[], &["--color", "always", "check", MISTAKE]));
    assert!(!coloured(&[("CLICOLOR_FORCE", "1")], &["check", "--color", "never", MISTAKE]));
    for format in ["json", "sarif", "github"] {
        assert!(!coloured(&[], &["check", "--color", "always", "--format", format, MISTAKE]), "{format}");
    }
}

#[test]
fn the_window_impact_stands_in_text_and_json() {
    let output = check(&["funnels/win-back.ron"]);
    assert!(stdout(&output).contains("2 outside; window impact High; 1 warning"), "{}", stdout(&output));
    let report: Value = serde_json::from_str(stdout(&check(&["--format", "json", "funnels/win-back.ron"]))).unwrap();
    assert_eq!(report[0]["window_impact"], "high");
}

#[test]
fn of_a_very_long_line_only_the_part_around_a_finding_is_drawn() {
    let folder = Folder::new();
    let links: Vec<String> = (0..1_000).map(|at| format!("(from: \"in\", to: \"nowhere{at}\")")).collect();
    let steps = "steps: [(id: \"in\", kind: Entry(channel: QrCode))]";
    let path = folder.write("long.ron", &format!("(format: 1, name: \"Long\", {steps}, links: [{}])", links.join(", ")));
    let output = check(&[&path]);
    assert_eq!(status(&output), 2);
    let drawn = stderr(&output);
    assert!(drawn.contains("there is no step `nowhere999`"), "every problem is told");
    let at = fs::read_to_string(&path).unwrap().find("\"nowhere999\"").unwrap() + 1;
    assert!(drawn.contains(&format!("long.ron:1:{at}")), "with its own column");
    assert!(drawn.lines().all(|line| line.chars().count() < 1_000), "no line is drawn whole");
}

#[test]
fn a_suppression_that_suppresses_nothing_is_drawn_where_it_stands_among_the_others() {
    let folder = Folder::new();
    let steps = "allow: [\n(code: \"P003\", why: \"known\"),\n(code: \"W001\", why: \"old\"),\n],\n\
        steps: [(id: \"in\", kind: Entry(channel: QrCode),\nallow: [(code: \"S002\", why: \"on purpose\"),\n (code: \"W003\", why: \"old\")])]";
    let path = folder.funnel("Europe/Berlin", steps);
    let output = check(&["--select", "A001", "--format", "github", &path]);
    let lines: Vec<&str> =
        stdout(&output).lines().filter_map(|line| line.split(",line=").nth(1)?.split(',').next()).collect();
    assert_eq!(lines, ["2", "3", "7"], "{}", stdout(&output));
}
