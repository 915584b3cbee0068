//! What a person relies on when editing: nothing breaks, a refusal changes nothing, and undo leads back to every state.

use std::sync::Arc;

use rand::seq::IndexedRandom;
use rand::{RngExt, SeedableRng};
use rand_chacha::ChaCha8Rng;

use transom::edit::{self, Edit, apply};
use transom::model::*;
use transom::session::{History, Selection};

const SEEDS: u64 = 24;
const EDITS: usize = 250;

#[test]
fn every_edit_keeps_the_document_whole() {
    let mut refused = 0;
    for seed in 0..SEEDS {
        let mut rng = ChaCha8Rng::seed_from_u64(seed);
        let mut document = Document::default();
        for _ in 0..EDITS {
            let edit = any_edit(&mut rng, &document);
            match apply(&document, &edit) {
                Ok(after) => {
                    assert_eq!(after.check_invariants(), Ok(()), "seed {seed}: {edit:?}");
                    assert!(!edit.label().trim().is_empty(), "{edit:?}");
                    document = after;
                }
                Err(refusal) => {
                    refused += 1;
                    assert!(!refusal.0.is_empty() && !refusal.0.ends_with('.'), "{refusal}");
                }
            }
        }
        assert!(!document.funnel.steps.is_empty(), "seed {seed} built something");
    }
    assert!(refused > 100, "the sequences hold edits that are refused too: {refused}");
}

#[test]
fn undo_walks_back_through_every_state_and_redo_forward() {
    for seed in 0..SEEDS {
        let mut rng = ChaCha8Rng::seed_from_u64(1000 + seed);
        let mut history = History::new(Document::default());
        let mut states = vec![history.document().clone()];
        for n in 0..EDITS {
            let edit = any_edit(&mut rng, history.document());
            let Ok(after) = apply(history.document(), &edit) else { continue };
            let gesture = history.gesture();
            history.commit(after, edit.label(), gesture, selected(n));
            if history.document() != states.last().unwrap() {
                states.push(history.document().clone());
            }
        }
        for state in states.iter().rev().skip(1) {
            history.undo(Selection::default()).expect("a state is left to go back to");
            assert_eq!(history.document(), state, "seed {seed}");
            assert_eq!(history.document().check_invariants(), Ok(()));
        }
        assert!(!history.is_changed(), "undone to what was saved");
        assert_eq!(history.undo_label(), None);
        assert_eq!(history.undo(Selection::default()), None);
        for state in &states[1..] {
            history.redo().expect("a state is left to go on to");
            assert_eq!(history.document(), state, "seed {seed}");
        }
        assert_eq!(history.redo_label(), None);
        assert_eq!(history.redo(), None);
    }
}

#[test]
fn a_gesture_of_many_moves_is_one_undo_and_never_touches_the_funnel() {
    let start = line(&["a", "b", "c"]);
    let mut history = History::new(start.clone());
    let gesture = history.gesture();
    for x in 1..200 {
        let edit = Edit::MoveSteps(vec![(id("b"), Point { x: x as f32, y: 7.0 }), (id("c"), Point { x: x as f32, y: 0.0 })]);
        let after = apply(history.document(), &edit).unwrap();
        assert!(Arc::ptr_eq(&after.funnel, &start.funnel), "a move leaves the meaning the very same");
        history.commit(after, edit.label(), gesture, selected(1));
    }
    assert_eq!(history.undo_label(), Some("Move 2 steps"));
    assert_eq!(history.document().layout.spots[&id("b")].x, 199.0);
    let (label, selection) = history.undo(selected(2)).unwrap();
    assert_eq!((label.as_str(), selection), ("Move 2 steps", selected(1)));
    assert_eq!(history.document(), &start);
    assert_eq!(history.undo_label(), None);
    let (_, selection) = history.redo().unwrap();
    assert_eq!(selection, selected(2), "redo brings back what was selected when it was undone");
}

#[test]
fn what_changes_nothing_makes_no_entry() {
    let mut history = History::new(line(&["a", "b"]));
    let name = history.document().funnel.name.clone();
    let here = history.document().layout.spots[&id("b")];
    let gesture = history.gesture();
    for edit in [Edit::SetName(name), Edit::MoveSteps(vec![(id("b"), here)]), Edit::MoveSteps(vec![])] {
        let after = apply(history.document(), &edit).unwrap();
        history.commit(after, edit.label(), gesture, Selection::default());
    }
    assert_eq!(history.undo_label(), None);
    for at in [Point { x: 900.0, y: 0.0 }, here] {
        let after = apply(history.document(), &Edit::MoveSteps(vec![(id("b"), at)])).unwrap();
        history.commit(after, "Move step".to_owned(), gesture, Selection::default());
    }
    assert_eq!(history.undo_label(), None, "dragged away and back again");
}

#[test]
fn after_an_undo_typing_on_begins_a_new_entry() {
    let mut history = History::new(Document::default());
    let typed = |history: &mut History, gesture, name: &str| {
        let after = apply(history.document(), &Edit::SetName(name.to_owned())).unwrap();
        history.commit(after, "Rename funnel".to_owned(), gesture, Selection::default());
    };
    let field = history.gesture();
    typed(&mut history, field, "a");
    let other = history.gesture();
    typed(&mut history, other, "b");
    history.undo(Selection::default());
    typed(&mut history, field, "c");
    history.undo(Selection::default());
    assert_eq!(history.document().funnel.name, "a", "the undone entry is not swallowed");
    history.mark_saved();
    typed(&mut history, field, "d");
    assert!(history.is_changed());
    history.undo(Selection::default());
    assert!(!history.is_changed());
}

#[test]
fn a_renamed_answer_keeps_its_link_and_the_stories_that_give_it() {
    let document = asked();
    let renamed = edited(&document, &Edit::ReplaceStep(ask("ask", &["Sure", "No"], true)));
    assert_eq!(links_of(&renamed), ["entry Next ask", "ask Reply(\"Sure\") yes", "ask Timeout late"]);
    assert_eq!(renamed.funnel.scenarios[0].answers[0].reply, "Sure");
    assert_eq!(renamed.funnel.scenarios[0].answers[1].reply, "No");

    // Every keystroke is an edit: the name may grow letter by letter, with the timeout coming and going meanwhile.
    let mut typed = document.clone();
    for (label, timeout) in [("S", true), ("Su", false), ("Sur", true), ("Sure", true)] {
        typed = edited(&typed, &Edit::ReplaceStep(ask("ask", &[label, "No"], timeout)));
    }
    assert_eq!(links_of(&typed), ["entry Next ask", "ask Reply(\"Sure\") yes"], "without a timeout its link has no output");
    assert_eq!(typed.funnel.scenarios[0].answers[0].reply, "Sure");
}

#[test]
fn links_and_answers_of_outputs_that_are_gone_go() {
    let document = asked();
    let fewer = edited(&document, &Edit::ReplaceStep(ask("ask", &["No"], true)));
    assert_eq!(links_of(&fewer), ["entry Next ask", "ask Timeout late"]);
    let replies: Vec<&str> = fewer.funnel.scenarios[0].answers.iter().map(|answer| answer.reply.as_str()).collect();
    assert_eq!(replies, ["No"]);
    let swapped = edited(&document, &Edit::ReplaceStep(ask("ask", &["No", "Yes"], true)));
    assert_eq!(links_of(&swapped), links_of(&document), "order is no name");
    let told = edited(&document, &Edit::ReplaceStep(say("ask")));
    assert_eq!(links_of(&told), ["entry Next ask", "ask Next yes"], "the first way on stays");
    let back = edited(&told, &Edit::ReplaceStep(ask("ask", &["Fine"], true)));
    assert_eq!(links_of(&back), ["entry Next ask", "ask Reply(\"Fine\") yes"]);
    let ended = edited(&document, &Edit::ReplaceStep(step("ask", StepKind::Exit(Outcome::Lost))));
    assert_eq!(links_of(&ended), ["entry Next ask"]);
}

#[test]
fn removed_steps_take_their_links_and_stories_along() {
    let document = asked();
    let removed = edited(&document, &Edit::RemoveSteps(vec![id("ask"), id("entry")]));
    assert!(removed.funnel.links.is_empty());
    let scenario = &removed.funnel.scenarios[0];
    assert!(scenario.answers.is_empty() && scenario.entry.is_none());
    assert_eq!(scenario.expect.len(), 1, "what is said of other steps stays");
    assert_eq!(document.funnel.scenarios[0].answers.len(), 2, "the document before is untouched");
}

#[test]
fn healing_joins_the_neighbours_through_all_that_is_removed() {
    let document = line(&["a", "b", "c", "d"]);
    let healed = edited(&document, &Edit::RemoveAndHeal(vec![id("b"), id("c")]));
    assert_eq!(links_of(&healed), ["a Next d"]);
    let asked = edited(&asked(), &Edit::RemoveAndHeal(vec![id("ask")]));
    assert_eq!(links_of(&asked), ["entry Next yes"], "the first connected output leads on");
    let mut ring = line(&["a", "b", "c"]);
    ring = edited(&ring, &Edit::Connect(link("c", Output::Next, "b")));
    assert_eq!(links_of(&edited(&ring, &Edit::RemoveAndHeal(vec![id("b"), id("c")]))), [""; 0]);
}

#[test]
fn a_step_goes_into_a_link() {
    let mut document = line(&["a", "b"]);
    document = edited(&document, &Edit::AddStep { step: say("new"), at: Point::default() });
    let insert = |step: &str| Edit::InsertOnLink { from: id("a"), out: Output::Next, step: id(step) };
    let inserted = edited(&document, &insert("new"));
    assert_eq!(links_of(&inserted), ["a Next new", "new Next b"]);
    assert!(refusal(&document, &insert("b")).contains("end of that link"));
    assert!(refusal(&inserted, &insert("new")).contains("end of that link"));
    let full = edited(&document, &Edit::Connect(link("new", Output::Next, "new")));
    assert!(refusal(&full, &insert("new")).contains("leads somewhere already"));
}

#[test]
fn copies_keep_their_links_and_get_readable_names() {
    let mut document = asked();
    document = edited(&document, &Edit::AddTemplate(template("offer", "pt_BR")));
    document = edited(&document, &Edit::ReplaceStep(sends("yes", "offer")));
    let fragment = edit::copy(&document, &[id("yes"), id("ask")]);
    assert_eq!(fragment.links, [link("ask", Output::Reply("Yes".into()), "yes")]);
    assert_eq!(fragment.templates.len(), 1);

    let at = Point { x: -40.0, y: 500.0 };
    let paste = Edit::Paste { fragment: fragment.clone(), at };
    let ids = edit::pasted_ids(&document.funnel, &fragment);
    assert_eq!(ids, [id("ask-2"), id("yes-2")]);
    let once = edited(&document, &paste);
    assert_eq!(once.funnel.target(&ids[0], &Output::Reply("Yes".into())), Some(&ids[1]));
    assert_eq!(once.funnel.templates.len(), 1, "a template that is known is left as it is");
    let corner = ids.iter().map(|id| once.layout.spots[id].x).fold(f32::MAX, f32::min);
    assert_eq!(corner, at.x);
    let twice = edited(&once, &paste);
    assert!(twice.funnel.step(&id("ask-3")).is_some());
    let elsewhere = edited(&Document::default(), &paste);
    assert!(elsewhere.funnel.step(&id("ask")).is_some() && elsewhere.funnel.template("offer").is_some());
    assert_eq!(edit::fresh_id(&twice.funnel, "ask-2"), id("ask-4"));
    assert_eq!(edit::fresh_id(&twice.funnel, "wait"), id("wait"));
}

#[test]
fn steps_follow_a_template_that_is_renamed() {
    let mut document = edited(&line(&["a"]), &Edit::AddStep { step: sends("offer", "old"), at: Point::default() });
    document = edited(&document, &Edit::AddTemplate(template("old", "pt_BR")));
    let named = |document: &Document| -> String {
        let step = document.funnel.step(&id("offer")).unwrap();
        step.message().unwrap().send.template().unwrap().to_owned()
    };
    assert_eq!(named(&edited(&document, &Edit::ReplaceTemplate(0, template("new", "pt_BR")))), "new");
    document = edited(&document, &Edit::AddTemplate(template("old", "en")));
    let renamed = edited(&document, &Edit::ReplaceTemplate(1, template("new", "en")));
    assert_eq!(named(&renamed), "old", "another language keeps the name");
    assert!(refusal(&renamed, &Edit::ReplaceTemplate(1, template("old", "pt_BR"))).contains("already"));
    assert_eq!(named(&edited(&document, &Edit::RemoveTemplate(0))), "old", "a diagnostic tells of it instead");
}

#[test]
fn refusals_say_what_is_wrong() {
    let document = asked();
    for (edit, words) in [
        (Edit::Connect(link("ask", Output::Reply("Maybe".into()), "yes")), "“Ask” has no way out called “Maybe”"),
        (Edit::Connect(link("ask", Output::Timeout, "entry")), "“Entry” is an entry: people cannot be sent back to it"),
        (Edit::Connect(link("late", Output::Next, "yes")), "“Late” is an exit: nothing can follow it"),
        (Edit::Connect(link("ask", Output::Timeout, "ghost")), "There is no step “ghost” any more"),
        (Edit::MoveSteps(vec![(id("ghost"), Point::default())]), "There is no step “ghost” any more"),
        (Edit::MoveSteps(vec![(id("ask"), Point { x: f32::NAN, y: 0.0 })]), "That place is beyond the canvas"),
        (Edit::AddStep { step: say("ask"), at: Point::default() }, "There is a step with the id “ask” already"),
        (Edit::ReplaceStep(ask("ask", &["A", "A"], false)), "Two ways out of “Ask” would be called “A”"),
        (Edit::RemoveScenario(9), "That scenario is not there any more"),
    ] {
        assert_eq!(refusal(&document, &edit), words);
    }
    let together = Edit::Together {
        label: "Both".to_owned(),
        edits: vec![Edit::SetName("Other".to_owned()), Edit::RemoveSteps(vec![id("ghost")])],
    };
    assert!(apply(&document, &together).is_err(), "all or none");
}

#[test]
fn ten_thousand_steps_are_edited_as_one() {
    let names: Vec<String> = (0..10_000).map(|n| format!("s{n}")).collect();
    let names: Vec<&str> = names.iter().map(String::as_str).collect();
    let big = line(&names);
    assert_eq!(big.check_invariants(), Ok(()));
    let all: Vec<StepId> = big.funnel.steps.iter().map(|step| step.id.clone()).collect();
    let copied = edit::copy(&big, &all);
    let doubled = edited(&big, &Edit::Paste { fragment: copied, at: Point { x: 0.0, y: 400.0 } });
    assert_eq!((doubled.funnel.steps.len(), doubled.funnel.links.len()), (20_000, 19_998));
    let moved = edited(&doubled, &Edit::MoveSteps(all.iter().map(|id| (id.clone(), Point { x: 1.0, y: 1.0 })).collect()));
    let healed = edited(&moved, &Edit::RemoveAndHeal(all[1..].to_vec()));
    assert_eq!(healed.funnel.steps.len(), 10_001);
}

// Building documents.

fn id(text: &str) -> StepId {
    StepId::from(text)
}

fn selected(n: usize) -> Selection {
    Selection { steps: vec![id(&format!("s{n}"))], ..Selection::default() }
}

fn step(name: &str, kind: StepKind) -> Step {
    let title =
        name.chars().next().map(|first| first.to_uppercase().chain(name.chars().skip(1)).collect()).unwrap_or_default();
    Step { id: id(name), title, kind }
}

fn entry(name: &str) -> Step {
    step(name, StepKind::Entry { channel: Channel::QrCode, opt_in: false, arrives: Arrivals::AnyTime })
}

fn say(name: &str) -> Step {
    message(name, Send::FreeForm(Content::Text("Oi".to_owned())), None)
}

fn sends(name: &str, template: &str) -> Step {
    message(name, Send::Template(template.to_owned()), None)
}

fn message(name: &str, send: Send, reply: Option<Reply>) -> Step {
    step(name, StepKind::Message(Message { purpose: Purpose::Service, send, reply }))
}

fn ask(name: &str, labels: &[&str], timeout: bool) -> Step {
    let option = |label: &&str| ReplyOption { label: (*label).to_owned(), share: 1.0, effect: None };
    let reply = Reply {
        options: labels.iter().map(option).collect(),
        chance: 0.5,
        delay: Delay::Fixed(Seconds::minutes(5)),
        timeout: timeout.then_some(Seconds::hours(20)),
    };
    message(name, Send::FreeForm(Content::Text("?".to_owned())), Some(reply))
}

fn template(name: &str, language: &str) -> Template {
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
    }
}

fn link(from: &str, out: Output, to: &str) -> Link {
    Link { from: id(from), out, to: id(to) }
}

fn edited(document: &Document, edit: &Edit) -> Document {
    let after = apply(document, edit).unwrap_or_else(|refusal| panic!("{refusal}: {edit:?}"));
    assert_eq!(after.check_invariants(), Ok(()));
    after
}

fn refusal(document: &Document, edit: &Edit) -> String {
    apply(document, edit).expect_err("refused").0
}

fn links_of(document: &Document) -> Vec<String> {
    document.funnel.links.iter().map(|link| format!("{} {} {}", link.from, link.out, link.to)).collect()
}

/// Messages one after the other.
fn line(names: &[&str]) -> Document {
    let steps = names.iter().map(|name| (say(name), Point::default())).collect();
    let links = names.windows(2).map(|pair| link(pair[0], Output::Next, pair[1])).collect();
    let fragment = edit::Fragment { steps, links, templates: Vec::new() };
    apply(&Document::default(), &Edit::Paste { fragment, at: Point::default() }).unwrap()
}

/// A question with two answers and a timeout, and a story that gives both answers.
fn asked() -> Document {
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

// Random edits: mostly sensible ones, some that must be refused.

fn any_edit(rng: &mut ChaCha8Rng, document: &Document) -> Edit {
    let funnel = &document.funnel;
    let at = Point { x: rng.random_range(-9..9) as f32 * 40.0, y: rng.random_range(-9..9) as f32 * 40.0 };
    match rng.random_range(0..34) {
        0..7 => {
            let word = ["ask", "say", "gap", "fork", "end"].choose(rng).unwrap();
            let free = edit::fresh_id(funnel, word);
            let name = if rng.random_bool(0.9) { free } else { any_step(rng, document) };
            Edit::AddStep { step: any_kind(rng, &name), at }
        }
        7..12 => {
            let name = any_step(rng, document);
            Edit::ReplaceStep(any_kind(rng, &name))
        }
        12..19 => {
            let from = any_step(rng, document);
            Edit::Connect(Link { out: any_output(rng, document, &from), from, to: any_step(rng, document) })
        }
        19 => Edit::RemoveSteps(some_steps(rng, document)),
        20 => Edit::RemoveAndHeal(some_steps(rng, document)),
        21 => Edit::MoveSteps(some_steps(rng, document).into_iter().map(|id| (id, at)).collect()),
        22 => {
            let from = any_step(rng, document);
            Edit::Disconnect { out: any_output(rng, document, &from), from }
        }
        23 => {
            let step = any_step(rng, document);
            match funnel.links.choose(rng) {
                Some(link) => Edit::InsertOnLink { from: link.from.clone(), out: link.out.clone(), step },
                None => Edit::InsertOnLink { from: step.clone(), out: Output::Next, step },
            }
        }
        24 => Edit::Paste { fragment: edit::copy(document, &some_steps(rng, document)), at },
        25 => any_detail(rng),
        26 => Edit::AddTemplate(any_template(rng)),
        27 => Edit::ReplaceTemplate(rng.random_range(0..3), any_template(rng)),
        28 => Edit::RemoveTemplate(rng.random_range(0..6)),
        29 => Edit::AddScenario(any_story(rng, document)),
        30 => match rng.random_bool(0.5) {
            true => Edit::ReplaceScenario(rng.random_range(0..3), any_story(rng, document)),
            false => Edit::RemoveScenario(rng.random_range(0..6)),
        },
        31 => {
            let frame =
                Frame { title: "F".to_owned(), at, size: Size { width: 80.0, height: rng.random_range(0..9) as f32 } };
            match rng.random_range(0..3) {
                0 => Edit::AddFrame(frame),
                1 => Edit::ReplaceFrame(rng.random_range(0..3), frame),
                _ => Edit::RemoveFrame(rng.random_range(0..6)),
            }
        }
        32 => {
            let comment = Comment { at, text: rng.random_range(0..9).to_string() };
            match rng.random_range(0..3) {
                0 => Edit::AddComment(comment),
                1 => Edit::ReplaceComment(rng.random_range(0..3), comment),
                _ => Edit::RemoveComment(rng.random_range(0..6)),
            }
        }
        _ => {
            Edit::Together { label: "Two things".to_owned(), edits: vec![any_edit(rng, document), any_edit(rng, document)] }
        }
    }
}

fn any_detail(rng: &mut ChaCha8Rng) -> Edit {
    let word = rng.random_range(0..5).to_string();
    match rng.random_range(0..5) {
        0 => Edit::SetName(word),
        1 => Edit::SetNotes(word),
        2 => Edit::SetPolicy(word),
        3 => Edit::SetLaunch("2026-12-01T09:00".parse().ok().filter(|_| rng.random())),
        _ => Edit::SetAudience(Audience { size: rng.random_range(0..9), ..Audience::default() }),
    }
}

fn any_step(rng: &mut ChaCha8Rng, document: &Document) -> StepId {
    let step = document.funnel.steps.choose(rng).filter(|_| rng.random_bool(0.95));
    step.map_or_else(|| id("ghost"), |step| step.id.clone())
}

fn some_steps(rng: &mut ChaCha8Rng, document: &Document) -> Vec<StepId> {
    (0..rng.random_range(0..4)).map(|_| any_step(rng, document)).collect()
}

fn any_output(rng: &mut ChaCha8Rng, document: &Document, from: &StepId) -> Output {
    let outputs = document.funnel.step(from).map(|step| step.outputs()).unwrap_or_default();
    outputs.choose(rng).filter(|_| rng.random_bool(0.95)).cloned().unwrap_or(Output::Yes)
}

fn any_kind(rng: &mut ChaCha8Rng, name: &StepId) -> Step {
    let labels = ["A", "B", "C", "D"];
    let mut some: Vec<&str> = (0..rng.random_range(1..4)).map(|_| *labels.choose(rng).unwrap()).collect();
    if rng.random_bool(0.8) {
        some.sort_unstable();
        some.dedup();
    }
    let named = name.as_str();
    match rng.random_range(0..10) {
        0 => entry(named),
        1..5 => ask(named, &some, rng.random()),
        5 => sends(named, ["t0", "t1"].choose(rng).unwrap()),
        6 => step(named, StepKind::Wait(Wait::For(Seconds::hours(3)))),
        7 => step(named, StepKind::Branch(Branch::WindowOpen)),
        8 => step(named, StepKind::Branch(Branch::Split(some.iter().map(|label| ((*label).to_owned(), 1.0)).collect()))),
        _ => step(named, StepKind::Exit(Outcome::Lost)),
    }
}

fn any_template(rng: &mut ChaCha8Rng) -> Template {
    template(["t0", "t1", "t2"].choose(rng).unwrap(), ["en", "es"].choose(rng).unwrap())
}

fn any_story(rng: &mut ChaCha8Rng, document: &Document) -> Scenario {
    let (asked, parted) = (any_step(rng, document), any_step(rng, document));
    let reply = match any_output(rng, document, &asked) {
        Output::Reply(label) => label,
        _ => "A".to_owned(),
    };
    Scenario {
        name: "S".to_owned(),
        entry: rng.random_bool(0.3).then(|| any_step(rng, document)),
        answers: vec![Answer { step: asked.clone(), reply, after: Seconds::hours(1) }],
        choices: vec![Choice { out: any_output(rng, document, &parted), step: parted }],
        expect: vec![Expect { step: asked, sent: Sent::Blocked }],
        ..Scenario::default()
    }
}
