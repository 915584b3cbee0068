//! The shipped funnels: each reads, is in the normal form, lies tidily, and tells the story that its scenarios promise.

use std::fs;
use std::path::PathBuf;

use transom::engine::{Story, follow};
use transom::file::{self, Loaded};
use transom::model::{Point, Sent, Step};
use transom::policy;
use transom::rules::{Impact, judge, window_impact};

/// How wide a card is on the canvas, and how high are its head, the name of a template, and a way out with others.
const CARD: (f32, f32, f32, f32) = (240.0, 86.0, 28.0, 24.0);
const NOTE: (f32, f32) = (200.0, 100.0);
const GAP: f32 = 30.0;
const GRID: f32 = 20.0;

fn samples() -> Vec<(PathBuf, String, Loaded)> {
    let folder = PathBuf::from(concat!(env!("CARGO_MANIFEST_DIR"), "/funnels"));
    let mut paths: Vec<PathBuf> = fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()).collect();
    paths.retain(|path| path.extension().is_some_and(|extension| extension == "ron"));
    paths.sort();
    assert!(paths.len() >= 7, "the samples are there");
    let read = |path: PathBuf| {
        let text = fs::read_to_string(&path).unwrap();
        let loaded = file::parse(&text, &path.display().to_string()).unwrap_or_else(|error| panic!("{error}"));
        (path, text, loaded)
    };
    paths.into_iter().map(read).collect()
}

/// What the scenarios of a funnel expect and do not get: step, expected, got.
fn surprises(loaded: &Loaded) -> Vec<(String, Sent, Sent)> {
    let funnel = &loaded.document.funnel;
    let policy = policy::load(&funnel.policy, None).unwrap();
    let mut surprises = Vec::new();
    for scenario in &funnel.scenarios {
        let journey = follow(funnel, &policy, &Story::of(scenario, funnel));
        for expect in &scenario.expect {
            let got = journey.sent_by(&expect.step);
            if got != expect.sent {
                surprises.push((expect.step.to_string(), expect.sent, got));
            }
        }
    }
    surprises
}

#[test]
fn every_sample_is_in_the_normal_form_and_says_what_it_teaches() {
    for (path, text, loaded) in samples() {
        let name = path.display();
        assert_eq!(file::fmt(&text, &name.to_string()).unwrap(), text, "{name}");
        assert!(loaded.document.funnel.notes.starts_with("Teaches: "), "{name}");
        assert!(loaded.document.funnel.scenarios.iter().all(|scenario| !scenario.expect.is_empty()), "{name}");
        assert!((2..=4).contains(&loaded.document.funnel.scenarios.len()), "{name}");
    }
}

#[test]
fn the_shape_that_the_manual_shows_reads() {
    let manual = include_str!("../funnels/README.md");
    let shape = manual.split("```ron").nth(1).and_then(|rest| rest.split("```").next()).unwrap();
    let loaded = file::parse(shape, "funnels/README.md").unwrap_or_else(|error| panic!("{error}"));
    assert_eq!(loaded.document.layout.frames.len(), 1);
    let least =
        file::parse("(format: 1, name: \"Least\", steps: [])", "least.ron").unwrap_or_else(|error| panic!("{error}"));
    assert_eq!(least.document.funnel.policy, policy::DEFAULT_ID, "the manual says which policy holds where none is named");
    assert_eq!(least.document.funnel.audience.size, 1000);
}

#[test]
fn every_sample_keeps_its_promises_but_the_mistaken_one() {
    for (path, _, loaded) in samples() {
        let surprises = surprises(&loaded);
        if path.ends_with("day3-mistake.ron") {
            let blocked = |step: &str| (step.to_owned(), Sent::FreeForm, Sent::Blocked);
            assert_eq!(surprises, [blocked("day3"), blocked("day7"), blocked("day3")]);
        } else {
            assert_eq!(surprises, [], "{}", path.display());
        }
    }
}

/// The founding document's four use cases come out as it says, under every policy that is shipped.
#[test]
fn the_window_weighs_on_the_four_use_cases_as_the_founding_document_has_it() {
    let expected = [
        ("win-back.ron", Impact::High),
        ("abandoned-cart.ron", Impact::High),
        ("loyalty-qr.ron", Impact::Moderate),
        ("support-follow-up.ron", Impact::Low),
    ];
    let samples = samples();
    for (name, impact) in expected {
        let (_, _, loaded) = samples.iter().find(|(path, ..)| path.ends_with(name)).expect("the sample is there");
        for id in policy::known_ids() {
            let now = "2026-11-22T12:00:00".parse().unwrap();
            let judgement = judge(&loaded.document.funnel, &policy::load(id, None).unwrap(), now);
            assert_eq!(window_impact(&loaded.document.funnel, &judgement).level, impact, "{name} under {id}");
        }
    }
}

#[test]
fn the_window_does_not_weigh_on_a_funnel_that_sends_nothing() {
    let text = "(format: 1, name: \"Silent\", steps: [(id: \"in\", kind: Entry(channel: QrCode))])";
    let loaded = file::parse(text, "silent.ron").unwrap();
    let judgement = judge(&loaded.document.funnel, &policy::standard(), "2026-11-22T12:00:00".parse().unwrap());
    let impact = window_impact(&loaded.document.funnel, &judgement);
    assert_eq!((impact.level, impact.closed, impact.sending), (Impact::Low, 0, 0));
}

/// Left, top, right, bottom.
type Area = (f32, f32, f32, f32);

fn area(at: Point, (width, height): (f32, f32)) -> Area {
    (at.x, at.y, at.x + width, at.y + height)
}

fn card(step: &Step) -> (f32, f32) {
    let (width, head, chip, row) = CARD;
    let ways = step.outputs().len();
    let rows = if ways > 1 { 12.0 + ways as f32 * row } else { 0.0 };
    let template = step.message().and_then(|message| message.send.template());
    (width, head + rows + if template.is_some() { chip } else { 0.0 })
}

#[test]
fn nothing_on_the_canvas_of_a_sample_lies_on_something_else() {
    for (path, _, loaded) in samples() {
        let layout = &loaded.document.layout;
        let mut areas: Vec<(String, Area)> = Vec::new();
        for step in &loaded.document.funnel.steps {
            let at = layout.spots[&step.id];
            assert!(at.x % GRID == 0.0 && at.y % GRID == 0.0, "{} of {} is on the grid", step.id, path.display());
            areas.push((step.id.to_string(), area(at, card(step))));
        }
        areas.extend(layout.comments.iter().map(|note| (note.text.clone(), area(note.at, NOTE))));
        for (index, (one, a)) in areas.iter().enumerate() {
            for (other, b) in &areas[index + 1..] {
                let apart = (a.0.max(b.0) - a.2.min(b.2)).max(a.1.max(b.1) - a.3.min(b.3));
                assert!(apart >= GAP, "{one} and {other} of {} are {apart} apart", path.display());
            }
        }
        for frame in &layout.frames {
            let edge = area(frame.at, (frame.size.width, frame.size.height));
            for (name, a) in &areas {
                let touches = a.0 < edge.2 && edge.0 < a.2 && a.1 < edge.3 && edge.1 < a.3;
                let holds = edge.0 <= a.0 && edge.1 <= a.1 && a.2 <= edge.2 && a.3 <= edge.3;
                assert!(!touches || holds, "the frame {} cuts {name} in {}", frame.title, path.display());
            }
        }
    }
}
