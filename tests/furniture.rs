//! What a person relies on with frames and notes: what the file says of them, what is refused, and what moves with what.

use transom::edit::{self, Edit};
use transom::file::{self, Remarks};
use transom::model::{Colour, Comment, Document, Frame, Point, StepId};
use transom::session::Session;

const FUNNEL: &str = r#"#![enable(implicit_some)]
(
    format: 1,
    name: "F",
    policy: "whatsapp-2026-10",
    audience: (
        market: "BR",
        timezone: "America/Sao_Paulo",
        size: 1000,
    ),
    steps: [
        (id: "in", title: "In", at: (0, 0), kind: Entry(channel: UserMessage)),
        (id: "say", title: "Say", at: (400, 0), kind: Message(purpose: Service, send: FreeForm(Text("Hi")))),
        (id: "end", title: "End", at: (1400, 0), kind: Exit(Converted)),
    ],
    links: [
        (from: "in", to: "say"),
        (from: "say", to: "end"),
    ],
    frames: [
        (title: "Plain", at: (-40, -60), size: (400, 300)),
        (title: "Middle", at: (360, -60), size: (400, 300), colour: Blue, collapsed: true),
    ],
    comments: [
        (at: (1400, -120), text: "Free"),
        (at: (400, -130), text: "Tied", step: "say"),
    ],
)
"#;

fn document() -> Document {
    file::parse(FUNNEL, "f.ron").unwrap_or_else(|error| panic!("{error}")).document
}

fn id(name: &str) -> StepId {
    StepId::from(name)
}

fn done(document: &Document, edit: Edit) -> Document {
    let after = edit::apply(document, &edit).unwrap_or_else(|refusal| panic!("{refusal}"));
    assert_eq!(after.check_invariants(), Ok(()));
    after
}

fn note(document: &Document, place: usize) -> &Comment {
    &document.layout.comments[place]
}

fn errors(text: &str) -> String {
    file::parse(text, "f.ron").map(|_| ()).expect_err("it must be refused").to_string()
}

/// Where a word first stands, as errors say it.
fn place_of(text: &str, word: &str) -> String {
    let before = &text[..text.find(word).expect("the word is there")];
    let column = before.len() - before.rfind('\n').map_or(0, |end| end + 1) + 1;
    format!("f.ron:{}:{column}:", before.matches('\n').count() + 1)
}

#[test]
fn colour_collapse_and_ties_are_read_and_written_only_where_they_are_said() {
    let document = document();
    let (plain, middle) = (&document.layout.frames[0], &document.layout.frames[1]);
    assert_eq!((plain.colour, plain.collapsed), (None, false));
    assert_eq!((middle.colour, middle.collapsed), (Some(Colour::Blue), true));
    assert_eq!((note(&document, 0).step.as_ref(), note(&document, 1).step.as_ref()), (None, Some(&id("say"))));
    assert_eq!(file::write(&document, &Remarks::default()), FUNNEL);
    assert_eq!(file::fmt(FUNNEL, "f.ron").unwrap(), FUNNEL);
    let said = FUNNEL.replace("collapsed: true", "collapsed: false");
    assert_eq!(file::fmt(&said, "f.ron").unwrap(), FUNNEL.replace(", collapsed: true", ""));
}

#[test]
fn wrong_names_are_errors_with_the_place_and_the_nearest_name() {
    let text = FUNNEL.replace("colour: Blue", "colour: Bleu");
    let colour = errors(&text);
    assert!(colour.starts_with(&place_of(&text, "Bleu")) && colour.contains("unknown name `Bleu`"), "{colour}");
    assert!(colour.contains("`Teal`") && colour.contains("Blue"), "{colour}");
    let text = FUNNEL.replace("step: \"say\"", "step: \"sya\"");
    let tie = errors(&text);
    assert!(
        tie.starts_with(&place_of(&text, "\"sya\"")) && tie.contains("there is no step `sya`") && tie.contains("say"),
        "{tie}"
    );
    let field = errors(&FUNNEL.replace("collapsed: true", "colapsed: true"));
    assert!(field.contains("unknown field `colapsed`") && field.contains("`collapsed`"), "{field}");
}

#[test]
fn a_tied_note_without_a_place_lies_above_its_step() {
    let text = FUNNEL.replace("at: (400, -130), text", "text");
    let read = file::parse(&text, "f.ron").unwrap();
    assert_eq!(note(&read.document, 1).at, Point { x: 400.0, y: -120.0 });
    // Also where the step has no place either.
    let text = text.replace("title: \"Say\", at: (400, 0),", "title: \"Say\",");
    let shown = file::parse(&text, "f.ron").unwrap().laid_out();
    let card = shown.layout.spots[&id("say")];
    assert_eq!(note(&shown, 1).at, Point { x: card.x, y: card.y - 120.0 });
}

#[test]
fn a_tied_note_moves_with_its_step_and_stays_when_that_is_gone() {
    let before = document();
    let moved = done(&before, Edit::MoveSteps(vec![(id("say"), Point { x: 420.0, y: 30.0 })]));
    assert_eq!(note(&moved, 1).at, Point { x: 420.0, y: -100.0 });
    assert_eq!(note(&moved, 0), note(&before, 0), "a free one stays");
    let (old, new) = (file::write(&before, &Remarks::default()), file::write(&moved, &Remarks::default()));
    let changed: Vec<&str> = old.lines().zip(new.lines()).filter(|(a, b)| a != b).map(|(a, _)| a.trim()).collect();
    assert_eq!(changed.len(), 2, "the lines of the step and of its note: {changed:?}");
    assert!(changed[0].starts_with("(id: \"say\"") && changed[1].contains("\"Tied\""), "{changed:?}");
    let shifted = done(&before, Edit::ShiftPlaces(vec![id("in"), id("say")]));
    assert_eq!(note(&shifted, 1).at, Point { x: 0.0, y: -130.0 });
    for gone in [Edit::RemoveSteps(vec![id("say")]), Edit::RemoveAndHeal(vec![id("say")])] {
        let freed = done(&before, gone);
        assert_eq!(note(&freed, 1), &Comment { step: None, ..note(&before, 1).clone() });
    }
    let Err(refusal) = edit::apply(&before, &Edit::AddComment(Comment { step: Some(id("no")), ..Comment::default() }))
    else {
        panic!("a note cannot be tied to nothing");
    };
    assert!(refusal.to_string().contains("no"), "{refusal}");
}

#[test]
fn arranging_takes_a_tied_note_along_with_its_step() {
    let before = document();
    let after = done(&before, edit::arrange(&before, None));
    let beside = |document: &Document| {
        let (note, card) = (note(document, 1).at, document.layout.spots[&id("say")]);
        (note.x - card.x, note.y - card.y)
    };
    assert_eq!(beside(&after), beside(&before));
    let middle = &after.layout.frames[1];
    assert!(middle.collapsed && middle.colour == Some(Colour::Blue), "it stays as it was, around what it held");
    let card = after.layout.spots[&id("say")];
    assert!(middle.at.x < card.x && card.x + 240.0 < middle.at.x + middle.size.width, "{middle:?} {card:?}");
}

#[test]
fn a_tied_note_is_copied_cut_and_pasted_with_its_step() {
    let before = document();
    let fragment = edit::copy(&before, &[id("say")]);
    let text = file::fragment_to_text(&fragment);
    let fragment = file::fragment_from_text(&text).unwrap_or_else(|error| panic!("{error}\n{text}"));
    let after = done(&before, Edit::Paste { fragment, at: Point { x: 1000.0, y: 500.0 } });
    let copy = after.layout.comments.last().unwrap();
    let expected = Comment { at: Point { x: 1000.0, y: 370.0 }, text: "Tied".to_owned(), step: Some(id("say-2")) };
    assert_eq!(**copy, expected);
    assert_eq!(edit::copy(&before, &[id("end")]).notes, Vec::new());

    let now = "2026-11-24T10:00:00".parse().unwrap();
    let mut session = Session::new(before.clone(), None, transom::policy::standard(), now);
    session.selection.steps = vec![id("say")];
    let gesture = session.gesture();
    let cut = session.cut(gesture).unwrap();
    assert_eq!(cut.notes.len(), 1);
    let left: Vec<&str> = session.document().layout.comments.iter().map(|note| note.text.as_str()).collect();
    assert_eq!(left, ["Free"], "it is on the clipboard and not here as well");
    session.undo();
    assert_eq!(*session.document(), before);
}

#[test]
fn a_collapsed_frame_opens_rather_than_swallow_a_card() {
    let before = document();
    let put = done(&before, Edit::MoveSteps(vec![(id("end"), Point { x: 480.0, y: 60.0 })]));
    assert!(!put.layout.frames[1].collapsed, "the card would have vanished");
    let beside = done(&before, Edit::MoveSteps(vec![(id("end"), Point { x: 900.0, y: 60.0 })]));
    assert!(beside.layout.frames[1].collapsed);
    // Moved with what it holds it stays closed, unless it comes to lie around something else.
    let frame = |x: f32| Frame { at: Point { x, y: -60.0 }, ..(*before.layout.frames[1]).clone() };
    let along = |x: f32| {
        let step = Edit::MoveSteps(vec![(id("say"), Point { x: x + 40.0, y: 0.0 })]);
        Edit::Together { label: "Move".to_owned(), edits: vec![Edit::ReplaceFrame(1, frame(x)), step] }
    };
    assert!(done(&before, along(500.0)).layout.frames[1].collapsed);
    assert!(!done(&before, along(1300.0)).layout.frames[1].collapsed);
}
