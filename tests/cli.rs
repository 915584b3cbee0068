//! The program itself: standard output, standard error and exit status, as scripts and build servers see them.

mod shell;

use std::fs;
use std::path::Path;
use std::process::Command;

use serde_json::Value;
use shell::{Folder, NOW, status, stderr, stdout, transom};

/// Entry by a message from the person, then these steps in a row, then a free-form message called `end` and an exit.
fn row(steps: &[&str]) -> String {
    let mut kinds = vec![("in".to_owned(), "Entry(channel: UserMessage)")];
    kinds.extend(steps.iter().enumerate().map(|(at, kind)| (format!("s{at}"), *kind)));
    kinds.push(("end".to_owned(), "Message(purpose: Service, send: FreeForm(Text(\"End\")))"));
    kinds.push(("out".to_owned(), "Exit(Converted)"));
    let steps: Vec<String> = kinds.iter().map(|(id, kind)| format!("(id: \"{id}\", kind: {kind})")).collect();
    let links = kinds.windows(2).map(|pair| format!("(from: \"{}\", to: \"{}\")", pair[0].0, pair[1].0));
    format!("steps: [{}], links: [{}]", steps.join(", "), links.collect::<Vec<_>>().join(", "))
}

/// What `check --format json` says of one funnel.
struct Report(Value);

impl Report {
    fn of(path: &str) -> Self {
        let output = transom(&["check", "--format", "json", "--now", NOW, path]);
        assert_eq!(stderr(&output), "");
        let Value::Array(mut files) = serde_json::from_str(stdout(&output)).expect("JSON") else { panic!("an array") };
        assert_eq!(files.len(), 1);
        let report = Self(files.remove(0));
        let errors = report.0["diagnostics"].as_array().unwrap().iter().any(|found| found["severity"] == "error");
        assert_eq!(status(&output), i32::from(errors), "status 1 means errors");
        report
    }

    fn step(&self, id: &str) -> &Value {
        self.0["steps"].as_array().unwrap().iter().find(|step| step["id"] == id).expect("the step is reported")
    }

    fn codes(&self, id: &str) -> Vec<&str> {
        let found = self.0["diagnostics"].as_array().unwrap().iter().filter(|found| found["step"] == id);
        found.map(|found| found["code"].as_str().unwrap()).collect()
    }

    fn longest(&self, id: &str) -> i64 {
        self.step(id)["since_inbound"]["max_s"].as_i64().expect("a bounded time")
    }
}

#[test]
fn twelve_and_thirteen_hours_of_waits_are_outside() {
    let folder = Folder::new();
    let report = Report::of(&folder.funnel("America/Sao_Paulo", &row(&["Wait(For(\"12h\"))", "Wait(For(\"13h\"))"])));
    assert_eq!(report.step("end")["verdict"], "outside");
    assert_eq!(report.step("end")["since_inbound"], serde_json::json!({"min_s": 90_000, "max_s": 90_000}));
    assert_eq!(report.step("end")["since_entry"], serde_json::json!({"min_s": 90_000, "max_s": 90_000}));
    assert_eq!(report.codes("end"), ["W001"]);
}

#[test]
fn the_window_closes_at_24_hours_to_the_second() {
    let folder = Folder::new();
    let report = Report::of(&folder.funnel("America/Sao_Paulo", &row(&["Wait(For(\"24h\"))"])));
    assert_eq!((&report.step("end")["verdict"], report.longest("end")), (&"outside".into(), 86_400));
    assert_eq!(report.codes("end"), ["W001"]);

    let report = Report::of(&folder.funnel("America/Sao_Paulo", &row(&["Wait(For(\"23h 59m 59s\"))"])));
    assert_eq!((&report.step("end")["verdict"], report.longest("end")), (&"inside".into(), 86_399));
    assert_eq!(report.codes("end"), ["W003"]);

    // The policy's margin is 15 minutes: exactly so much is enough.
    let report = Report::of(&folder.funnel("America/Sao_Paulo", &row(&["Wait(For(\"23h 45m\"))"])));
    assert_eq!(report.codes("end"), Vec::<&str>::new());
    let report = Report::of(&folder.funnel("America/Sao_Paulo", &row(&["Wait(For(\"23h 45m 1s\"))"])));
    assert_eq!(report.codes("end"), ["W003"]);
}

#[test]
fn an_answer_resets_the_window_and_business_messages_never_do() {
    let folder = Folder::new();
    let message = "Message(purpose: Service, send: FreeForm(Text(\"Hello\")))";
    let waits = ["Wait(For(\"20h\"))", message, "Wait(For(\"20h\"))"];
    let report = Report::of(&folder.funnel("America/Sao_Paulo", &row(&waits)));
    assert_eq!((&report.step("end")["verdict"], report.longest("end")), (&"outside".into(), 144_000));
    assert_eq!(report.codes("end"), ["W001", "W005"], "a message of the business was sent meanwhile");

    let parts = r#"steps: [
        (id: "in", kind: Entry(channel: UserMessage)),
        (id: "w1", kind: Wait(For("20h"))),
        (id: "ask", kind: Message(purpose: Service, send: FreeForm(Text("Hello?")), reply: (
            options: [(label: "any", share: 1.0)], chance: 0.5, delay: Fixed("1h"), timeout: "2h"))),
        (id: "w2", kind: Wait(For("20h"))),
        (id: "end", kind: Message(purpose: Service, send: FreeForm(Text("End")))),
        (id: "out", kind: Exit(Lost)),
    ], links: [
        (from: "in", to: "w1"), (from: "w1", to: "ask"), (from: "ask", out: Reply("any"), to: "w2"),
        (from: "ask", out: Timeout, to: "out"), (from: "w2", to: "end"), (from: "end", to: "out"),
    ]"#;
    let report = Report::of(&folder.funnel("America/Sao_Paulo", parts));
    assert_eq!((&report.step("end")["verdict"], report.longest("end")), (&"inside".into(), 72_000));
}

#[test]
fn a_wait_until_ten_is_longer_in_the_night_that_is_an_hour_longer() {
    let folder = Folder::new();
    let wait = ["Wait(Until(time: \"10:00\"))"];
    let report = Report::of(&folder.funnel("Europe/Berlin", &row(&wait)));
    assert_eq!(report.step("end")["verdict"], "sometimes");
    assert_eq!(report.longest("end"), 89_999, "from 10:00:01 to 10:00 the next day, 25 hours later less a second");
    assert_eq!(report.codes("end"), ["W002"]);
    let arrives = report.step("end")["witness"]["arrives"].as_str().unwrap();
    assert!(arrives.starts_with("2027-10-30T10:"), "the journey begins before the clocks go back: {arrives}");

    let report = Report::of(&folder.funnel("America/Sao_Paulo", &row(&wait)));
    assert_eq!((&report.step("end")["verdict"], report.longest("end")), (&"inside".into(), 86_399));
}

#[test]
fn a_branch_on_the_window_makes_its_yes_side_inside() {
    let folder = Folder::new();
    let parts = r#"steps: [
        (id: "in", kind: Entry(channel: UserMessage)),
        (id: "wait", kind: Wait(Until(time: "10:00", days: [Mon]))),
        (id: "open", kind: Branch(WindowOpen)),
        (id: "yes", kind: Message(purpose: Service, send: FreeForm(Text("Still here?")))),
        (id: "no", kind: Message(purpose: Service, send: FreeForm(Text("Too late")))),
    ], links: [
        (from: "in", to: "wait"), (from: "wait", to: "open"), (from: "open", out: Yes, to: "yes"), (from: "open", out: No, to: "no"),
    ]"#;
    let report = Report::of(&folder.funnel("America/Sao_Paulo", parts));
    assert_eq!(report.step("yes")["verdict"], "inside");
    assert_eq!(report.step("no")["verdict"], "outside");
}

#[test]
fn a_message_before_any_inbound_is_outside_without_a_time() {
    let folder = Folder::new();
    let parts = r#"steps: [
        (id: "in", kind: Entry(channel: BusinessInitiated)),
        (id: "end", kind: Message(purpose: Service, send: FreeForm(Text("Hello")))),
        (id: "alone", kind: Message(purpose: Service, send: FreeForm(Text("Nobody")))),
    ], links: [(from: "in", to: "end")]"#;
    let report = Report::of(&folder.funnel("America/Sao_Paulo", parts));
    assert_eq!(report.step("end")["verdict"], "outside");
    assert_eq!(report.step("end")["since_inbound"], serde_json::json!({"min_s": null, "max_s": null}));
    assert_eq!(report.codes("end"), ["W004", "S002"]);
    assert_eq!(report.step("alone")["verdict"], "unreachable");
    assert_eq!(report.step("alone")["witness"], Value::Null);
    assert_eq!(report.codes("alone"), ["S001"]);
}

#[test]
fn a_witness_tells_the_whole_journey() {
    let report = Report::of("funnels/day3-mistake.ron");
    let witness = &report.step("day3")["witness"];
    let events = witness["events"].as_array().unwrap();
    assert_eq!(witness["arrives"], "2026-12-01T09:00:00");
    assert_eq!((&events[0]["what"], &events[0]["step"], &events[0]["at_s"]), (&"entry".into(), &"ad".into(), &0.into()));
    let replies: Vec<&Value> = events.iter().filter(|event| event["what"] == "reply").map(|event| &event["label"]).collect();
    assert_eq!(replies, ["any reply", "Sim, pode"]);
    let last = events.last().unwrap();
    assert_eq!((&last["step"], &last["what"]), (&"day3".into(), &"sent".into()), "it ends at the step that it is about");
}

#[test]
fn a_witness_ends_with_the_sending_also_where_a_step_leads_back_to_itself() {
    let reply = "(options: [(label: \"a\")], chance: 0.7, delay: Fixed(\"1h\"), timeout: \"20h\")";
    let parts = format!(
        r#"steps: [
            (id: "in", kind: Entry(channel: UserMessage)),
            (id: "ask", kind: Message(purpose: Service, send: FreeForm(Text("Oi")), reply: {reply})),
            (id: "out", kind: Exit(Lost)),
        ], links: [(from: "in", to: "ask"), (from: "ask", out: Timeout, to: "ask"), (from: "ask", out: Reply("a"), to: "out")]"#
    );
    let folder = Folder::new();
    let report = Report::of(&folder.funnel("America/Sao_Paulo", &parts));
    let last = report.step("ask")["witness"]["events"].as_array().unwrap().last().unwrap();
    assert_eq!(*last, serde_json::json!({"at_s": 144_000, "step": "ask", "what": "sent", "label": "blocked"}));
}

#[test]
fn keys_stand_in_the_order_of_the_contract() {
    let output = transom(&["check", "--format", "json", "--now", NOW, "funnels/win-back.ron"]);
    let text = stdout(&output);
    let mut rest = text;
    for key in ["file", "policy", "steps", "id", "title", "reachable", "verdict", "since_inbound", "min_s", "max_s"] {
        rest = rest.split_once(&format!("\"{key}\":")).unwrap_or_else(|| panic!("{key} in its place in {text}")).1;
    }
    let (_, templates) = text.rsplit_once("\"templates\":").unwrap();
    let mut rest = templates;
    for key in ["name", "language", "status", "required", "submit_by", "used_by"] {
        rest = rest.split_once(&format!("\"{key}\":")).unwrap_or_else(|| panic!("{key} in its place in {templates}")).1;
    }
}

#[test]
fn a_template_has_a_day_by_which_to_submit_it() {
    let folder = Folder::new();
    let parts = |status: &str| {
        format!(
            r#"launch: "2026-12-01T09:00:00",
            templates: [(name: "offer", language: "pt_BR", category: Marketing, status: {status}, body: "Oi. SAIR?")],
            steps: [
                (id: "in", kind: Entry(channel: BusinessInitiated, opt_in: true)),
                (id: "offer", kind: Message(purpose: Marketing, send: Template("offer"))),
                (id: "out", kind: Exit(Lost)),
            ], links: [(from: "in", to: "offer"), (from: "offer", to: "out")]"#
        )
    };
    let path = folder.funnel("America/Sao_Paulo", &parts("Draft"));
    let severities = |now: &str| -> Vec<(String, String)> {
        let output = transom(&["check", "--format", "json", "--now", now, &path]);
        let report: Value = serde_json::from_str(stdout(&output)).unwrap();
        assert_eq!(report[0]["templates"][0]["submit_by"], "2026-11-28T09:00:00");
        assert_eq!(report[0]["templates"][0]["required"], true);
        let found = report[0]["diagnostics"].as_array().unwrap().iter();
        found.map(|d| (d["code"].as_str().unwrap().to_owned(), d["severity"].as_str().unwrap().to_owned())).collect()
    };
    let pair = |code: &str, severity: &str| (code.to_owned(), severity.to_owned());
    assert_eq!(severities("2026-11-28T09:00:00"), [pair("T002", "warning")], "just in time");
    assert_eq!(severities("2026-11-28T09:00:01"), [pair("T002", "error"), pair("T004", "error")], "a second too late");

    let report = Report::of(&folder.funnel("America/Sao_Paulo", &parts("Paused")));
    assert_eq!(report.codes("offer"), ["T003"]);
    let report = Report::of(&folder.funnel("America/Sao_Paulo", &parts("Approved")));
    assert_eq!(report.codes("offer"), Vec::<&str>::new());
}

#[test]
fn statuses_tell_errors_from_failures() {
    let check = |path: &str| status(&transom(&["check", "--now", NOW, path]));
    assert_eq!(check("funnels/day3-reengagement.ron"), 0);
    assert_eq!(check("funnels/day3-mistake.ron"), 1);
    assert_eq!(check("funnels/no-such-file.ron"), 2);
    assert_eq!(status(&transom(&["check"])), 2, "no file named");
    assert_eq!(status(&transom(&["check", "--now", "tomorrow", "funnels/day3-mistake.ron"])), 2);
    assert_eq!(status(&transom(&["check", "--policy", "no-such-policy", "funnels/day3-mistake.ron"])), 2);
    assert_eq!(status(&transom(&["--help"])), 0);
}

#[test]
fn one_unreadable_file_does_not_hide_the_others() {
    let output = transom(&["check", "--now", NOW, "funnels/no-such-file.ron", "funnels/day3-reengagement.ron"]);
    assert_eq!(status(&output), 2);
    assert!(stderr(&output).contains("no-such-file.ron"), "{}", stderr(&output));
    let summary = stdout(&output).lines().find(|line| line.starts_with("funnels/day3-reengagement.ron: "));
    assert!(summary.is_some(), "{}", stdout(&output));
}

#[test]
fn a_broken_file_is_drawn_at_its_place() {
    let folder = Folder::new();
    let path = folder.write("broken.ron", "(\n    format: 1,\n    name: \"Broken\",\n    stepps: [],\n)\n");
    let output = transom(&["check", &path]);
    assert_eq!(status(&output), 2);
    assert_eq!(stdout(&output), "");
    let complaint = stderr(&output);
    assert!(complaint.contains("broken.ron:4:5") && complaint.contains("4 |     stepps: []"), "{complaint}");
    assert!(complaint.contains("steps"), "the nearest right name is offered: {complaint}");
}

#[test]
fn another_policy_judges_the_same_funnel() {
    let output = transom(&["check", "--format", "json", "--now", NOW, "--policy", "strict-cdp", "funnels/win-back.ron"]);
    let report: Value = serde_json::from_str(stdout(&output)).unwrap();
    assert_eq!(report[0]["policy"], "strict-cdp");
}

#[test]
fn another_policy_excuses_no_unknown_market() {
    let folder = Folder::new();
    let path =
        folder.write("a.ron", "(format: 1, name: \"A\", audience: (market: \"B\", timezone: \"UTC\", size: 1), steps: [])");
    for more in [&[][..], &["--policy", "strict-cdp"]] {
        let output = transom(&[&["check", &path], more].concat());
        assert_eq!((status(&output), stdout(&output)), (2, ""), "{more:?}");
        assert!(stderr(&output).contains("unknown market `B`"), "{}", stderr(&output));
    }
}

#[test]
fn a_policy_of_ones_own_is_named_by_its_path() {
    let folder = Folder::new();
    let shipped = fs::read_to_string("assets/policies/whatsapp-2026-10.ron").expect("a shipped policy");
    let own = shipped.replace("whatsapp-2026-10", "ours").replace("length: \"24h\"", "length: \"10h\"");
    let policy = folder.write("ours.ron", &own);
    let asked = format!("policy: \"ours.ron\", {}", row(&["Wait(For(\"12h\"))"]));
    let report = Report::of(&folder.funnel("America/Sao_Paulo", &asked));
    assert_eq!((&report.0["policy"], &report.step("end")["verdict"]), (&"ours".into(), &"outside".into()));

    let funnel = folder.funnel("America/Sao_Paulo", &row(&["Wait(For(\"12h\"))"]));
    assert_eq!(status(&transom(&["check", "--now", NOW, &funnel])), 0);
    assert_eq!(status(&transom(&["check", "--now", NOW, "--policy", &policy, &funnel])), 1);
    let unknown = transom(&["check", "--policy", "whatsap-2026-10", &funnel]);
    assert_eq!(status(&unknown), 2);
    assert!(stderr(&unknown).contains("the nearest is `whatsapp-2026-10`"), "{}", stderr(&unknown));
}

#[test]
fn nothing_is_coloured_where_nobody_sees_it() {
    let output = transom(&["check", "--now", NOW, "funnels/day3-mistake.ron"]);
    assert!(!stdout(&output).contains('\u{1b}'));
    assert_eq!(stderr(&output), "", "findings are the result, not a complaint");
}

#[test]
fn scenarios_pass_in_the_samples_and_fail_in_the_mistake() {
    for entry in fs::read_dir(Path::new(env!("CARGO_MANIFEST_DIR")).join("funnels")).unwrap() {
        let path = entry.unwrap().path();
        if path.extension().is_none_or(|ending| ending != "ron") {
            continue;
        }
        let output = transom(&["test", &path.display().to_string()]);
        let mistake = path.ends_with("day3-mistake.ron");
        assert_eq!(status(&output), i32::from(mistake), "{}: {}{}", path.display(), stdout(&output), stderr(&output));
    }
    let output = transom(&["test", "funnels/day3-mistake.ron"]);
    let told = stdout(&output);
    assert!(told.contains("*Day-3 offer* was expected to go out free-form, but it was refused"), "{told}");
    assert!(told.contains("it came 3 d after the person's last message, and the window closes after 24 h"), "{told}");
}

#[test]
fn the_normal_form_is_reached_in_one_step_and_kept() {
    let folder = Folder::new();
    let path = folder.funnel("Europe/Berlin", "steps: [(id: \"in\", kind: Entry(channel: QrCode))], // keep me\n");
    let output = transom(&["fmt", "--check", &path]);
    assert_eq!((status(&output), stdout(&output)), (1, format!("{path}: not in its normal form\n").as_str()));
    assert_eq!(status(&transom(&["fmt", &path])), 0);
    let once = fs::read_to_string(&path).unwrap();
    assert!(once.contains("// keep me"), "{once}");
    assert_eq!(status(&transom(&["fmt", "--check", &path])), 0);
    assert_eq!(status(&transom(&["fmt", &path])), 0);
    assert_eq!(fs::read_to_string(&path).unwrap(), once);
}

#[test]
fn every_code_is_explained() {
    let list = transom(&["explain"]);
    assert_eq!(status(&list), 0);
    for line in stdout(&list).lines() {
        let code = &line[..4];
        let page = transom(&["explain", &code.to_lowercase()]);
        assert_eq!(status(&page), 0);
        assert!(stdout(&page).starts_with(code) && stdout(&page).contains("# How to mend it"), "{code}");
    }
    let unknown = transom(&["explain", "W01"]);
    assert_eq!((status(&unknown), stdout(&unknown)), (2, ""));
    assert!(stderr(&unknown).contains("did you mean W001?"), "{}", stderr(&unknown));
}

#[test]
fn a_sample_begins_a_funnel_and_never_covers_one() {
    let folder = Folder::new();
    let listed = transom(&["new"]);
    assert_eq!(status(&listed), 0);
    let names: Vec<String> =
        stdout(&listed).lines().filter_map(|line| line.split_once("  ")).map(|(name, _)| name.to_owned()).collect();
    assert!(names.len() >= 7, "{names:?}");
    for name in names {
        let path = folder.path(&format!("{name}.ron")).display().to_string();
        assert_eq!(status(&transom(&["new", &path, "--sample", &name])), 0, "{name}");
        assert_eq!(status(&transom(&["fmt", "--check", &path])), 0, "{name} is in its normal form");
    }
    let path = folder.write("mine.ron", "mine");
    assert_eq!(status(&transom(&["new", &path, "--sample", "day3-mistake"])), 2);
    assert_eq!(fs::read_to_string(&path).unwrap(), "mine");
    assert_eq!(status(&transom(&["new", &folder.path("new.ron").display().to_string(), "--sample", "no-such"])), 2);
    assert!(!folder.path("new.ron").exists());
}

#[test]
fn the_checklist_names_what_to_submit_and_by_when() {
    let folder = Folder::new();
    let output = transom(&["checklist", "funnels/win-back.ron", "--now", NOW]);
    assert_eq!(status(&output), 0);
    let page = stdout(&output).to_owned();
    assert!(page.contains("- [ ] `last_days_300_off` (`en`, Marketing): Draft, submit by **2027-01-08 10:00**"), "{page}");
    assert!(page.contains("- [x] `we_miss_you` (`en`, Marketing): Approved"), "{page}");

    let path = folder.path("list.csv").display().to_string();
    let output = transom(&["checklist", "funnels/win-back.ron", "--now", NOW, "--format", "csv", "-o", &path]);
    assert_eq!((status(&output), stdout(&output)), (0, ""));
    let mut reader = csv::Reader::from_path(&path).unwrap();
    let names: Vec<String> = reader.records().map(|record| record.unwrap()[0].to_owned()).collect();
    assert_eq!(names, ["we_miss_you", "last_days_300_off"]);

    let folder_name = folder.path(".").display().to_string();
    assert_eq!(status(&transom(&["checklist", "funnels/win-back.ron", "-o", &folder_name])), 2, "never over a folder");
}

#[test]
fn the_checklist_never_covers_the_funnel_that_it_is_of() {
    let folder = Folder::new();
    let path = folder.path("mine.ron").display().to_string();
    assert_eq!(status(&transom(&["new", &path, "--sample", "win-back"])), 0);
    let before = fs::read_to_string(&path).unwrap();
    let again = folder.path("./mine.ron").display().to_string();
    let output = transom(&["checklist", &path, "--now", NOW, "-o", &again]);
    assert_eq!(status(&output), 2);
    assert!(stderr(&output).contains("is the funnel itself"), "{}", stderr(&output));
    assert_eq!(fs::read_to_string(&path).unwrap(), before);
}

#[test]
fn without_a_display_the_planner_says_so_in_one_line() {
    let output = transom(&["funnels/day3-mistake.ron"]);
    assert_eq!(status(&output), 2);
    assert_eq!(stdout(&output), "");
    let complaint = stderr(&output);
    assert_eq!(complaint.lines().count(), 1, "{complaint}");
    assert!(complaint.contains("check") && complaint.contains("checklist"), "{complaint}");
}

#[test]
fn a_reader_that_goes_away_is_no_failure() {
    use std::process::Stdio;
    let mut child = Command::new(env!("CARGO_BIN_EXE_transom"))
        .args(["check", "--format", "json", "--now", NOW])
        .args(std::iter::repeat_n("funnels/every-step-kind.ron", 20))
        .current_dir(env!("CARGO_MANIFEST_DIR"))
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .expect("the program runs");
    drop(child.stdout.take());
    let output = child.wait_with_output().expect("the program ends");
    assert_eq!(stderr(&output), "");
    assert!(status(&output) < 2);
}

#[cfg(unix)]
#[test]
fn what_is_no_file_is_never_replaced_by_one() {
    use std::os::unix::fs::FileTypeExt;
    let folder = Folder::new();
    let path = folder.path("socket");
    let _listening = std::os::unix::net::UnixListener::bind(&path).expect("a socket for the test");
    let output = transom(&["checklist", "funnels/win-back.ron", "--now", NOW, "-o", &path.display().to_string()]);
    assert_eq!(status(&output), 2, "{}", stderr(&output));
    assert!(fs::metadata(&path).unwrap().file_type().is_socket(), "what was there is there still");
}
