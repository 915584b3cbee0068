//! What each edit does to a small document, and in which words it is refused.

use std::sync::Arc;

use transom::edit::{self, Edit, apply};
use transom::model::*;
use transom::session::{History, Selection};

#[path = "support/documents.rs"]
mod documents;
use documents::{ask, asked, edited, id, line, link, links_of, refusal, say, selected, sends, step, template};

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
        (
            Edit::SetAudience(Audience { timezone: "Mars".into(), ..Audience::default() }),
            "“Mars” is not a time zone; they are called like America/Sao_Paulo",
        ),
        (
            Edit::ReplaceStep(delayed(Delay::LogNormal { median: Seconds(9), p90: Seconds(8) })),
            "The time by which 90 % answer is at least the time by which half do",
        ),
        (Edit::ReplaceStep(delayed(Delay::Fixed(Seconds(-1)))), "A length of time is between 0 s and 100 years"),
        (Edit::ReplaceStep(delayed(Delay::Empirical(vec![]))), "A distribution needs at least one point"),
        (Edit::SetNotes("x".repeat(2 << 20)), "That text is too long: at most 1 MiB fits into a funnel file"),
        (Edit::AddScenario(answering("Maybe")), "“Ask” does not ask for the answer “Maybe”"),
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

fn delayed(delay: Delay) -> Step {
    let mut step = ask("ask", &["Yes", "No"], true);
    if let StepKind::Message(Message { reply: Some(reply), .. }) = &mut step.kind {
        reply.delay = delay;
    }
    step
}

fn answering(reply: &str) -> Scenario {
    let answer = Answer { step: id("ask"), reply: reply.to_owned(), after: Seconds(5) };
    Scenario { answers: vec![answer], ..Scenario::default() }
}
