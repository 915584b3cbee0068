//! Documents for tests, built with the same verbs that the planner uses.

#![allow(dead_code, reason = "each test file uses some of it")]

use transom::edit::{self, Edit, apply};
use transom::model::*;
use transom::session::Selection;

pub fn id(text: &str) -> StepId {
    StepId::from(text)
}

pub fn selected(n: usize) -> Selection {
    Selection { steps: vec![id(&format!("s{n}"))], ..Selection::default() }
}

pub fn step(name: &str, kind: StepKind) -> Step {
    let title =
        name.chars().next().map(|first| first.to_uppercase().chain(name.chars().skip(1)).collect()).unwrap_or_default();
    Step { id: id(name), title, kind, allow: Vec::new() }
}

pub fn entry(name: &str) -> Step {
    step(name, StepKind::Entry { channel: Channel::QrCode, opt_in: false, arrives: Arrivals::AnyTime })
}

pub fn say(name: &str) -> Step {
    message(name, Send::FreeForm(Content::Text("Oi".to_owned())), None)
}

pub fn sends(name: &str, template: &str) -> Step {
    message(name, Send::Template(template.to_owned()), None)
}

pub fn message(name: &str, send: Send, reply: Option<Reply>) -> Step {
    step(name, StepKind::Message(Message { purpose: Purpose::Service, send, reply }))
}

pub fn ask(name: &str, labels: &[&str], timeout: bool) -> Step {
    let option = |label: &&str| ReplyOption { label: (*label).to_owned(), share: 1.0, effect: None };
    let reply = Reply {
        options: labels.iter().map(option).collect(),
        chance: 0.5,
        delay: Delay::Fixed(Seconds::minutes(5)),
        timeout: timeout.then_some(Seconds::hours(20)),
    };
    message(name, Send::FreeForm(Content::Text("?".to_owned())), Some(reply))
}

pub fn template(name: &str, language: &str) -> Template {
    Template {
        name: name.to_owned(),
        language: language.to_owned(),
        category: Category::Marketing,
        status: Status::Draft,
        submitted: None,
        header: None,
        body: "Oi".to_owned(),
        footer: String::new(),
        buttons: Vec::new(),
        samples: Default::default(),
        allow: Vec::new(),
    }
}

pub fn link(from: &str, out: Output, to: &str) -> Link {
    Link { from: id(from), out, to: id(to) }
}

pub fn edited(document: &Document, edit: &Edit) -> Document {
    let after = apply(document, edit).unwrap_or_else(|refusal| panic!("{refusal}: {edit:?}"));
    assert_eq!(after.check_invariants(), Ok(()));
    after
}

pub fn refusal(document: &Document, edit: &Edit) -> String {
    apply(document, edit).expect_err("refused").0
}

pub fn links_of(document: &Document) -> Vec<String> {
    document.funnel.links.iter().map(|link| format!("{} {} {}", link.from, link.out, link.to)).collect()
}

/// Messages one after the other.
pub fn line(names: &[&str]) -> Document {
    let steps = names.iter().map(|name| (say(name), Point::default())).collect();
    let links = names.windows(2).map(|pair| link(pair[0], Output::Next, pair[1])).collect();
    let fragment = edit::Fragment { steps, links, ..edit::Fragment::default() };
    apply(&Document::default(), &Edit::Paste { fragment, at: Point::default() }).unwrap()
}

/// A question with two answers and a timeout, and a story that gives both answers.
pub fn asked() -> Document {
    let scenario = Scenario {
        name: "Both".to_owned(),
        entry: Some(id("entry")),
        answers: ["Yes", "No"]
            .map(|reply| Answer { step: id("ask"), reply: reply.to_owned(), after: Seconds::minutes(1) })
            .to_vec(),
        expect: vec![Expect { step: id("yes"), sent: Sent::FreeForm }],
        ..Scenario::default()
    };
    let lost = step("late", StepKind::Exit(Outcome::Lost));
    let steps = [entry("entry"), ask("ask", &["Yes", "No"], true), say("yes"), lost];
    let mut document = Document::default();
    for step in steps {
        document = edited(&document, &Edit::AddStep { step, at: Point::default() });
    }
    for link in [
        link("entry", Output::Next, "ask"),
        link("ask", Output::Reply("Yes".into()), "yes"),
        link("ask", Output::Timeout, "late"),
    ] {
        document = edited(&document, &Edit::Connect(link));
    }
    edited(&document, &Edit::AddScenario(scenario))
}
