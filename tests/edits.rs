//! What holds of every sequence of edits: nothing breaks, a refusal changes nothing, what is saved can be opened, and
//! undo leads back to every state.

use rand::seq::IndexedRandom;
use rand::{RngExt, SeedableRng};
use rand_chacha::ChaCha8Rng;

use transom::edit::{self, Edit, apply};
use transom::file::{self, Remarks};
use transom::model::*;
use transom::session::{History, Selection};

#[path = "support/documents.rs"]
mod documents;
use documents::{ask, entry, id, selected, sends, step, template};

const SEEDS: u64 = 24;
const EDITS: usize = 250;

#[test]
fn every_edit_keeps_the_document_whole() {
    let mut refused = 0;
    for seed in 0..SEEDS {
        let mut rng = ChaCha8Rng::seed_from_u64(seed);
        let mut document = Document::default();
        for n in 0..EDITS {
            let edit = any_edit(&mut rng, &document);
            match apply(&document, &edit) {
                Ok(after) => {
                    assert_eq!(after.check_invariants(), Ok(()), "seed {seed}: {edit:?}");
                    assert!(!edit.label().trim().is_empty(), "{edit:?}");
                    document = after;
                    if n % 10 == 0 {
                        let written = file::write(&document, &Remarks::default());
                        let read = file::parse(&written, "saved.ron").unwrap_or_else(|error| panic!("seed {seed}: {error}"));
                        assert_eq!(read.document, document, "seed {seed}");
                    }
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

// Random edits: mostly sensible ones, some that must be refused.

fn any_edit(rng: &mut ChaCha8Rng, document: &Document) -> Edit {
    let funnel = &document.funnel;
    let at = Point { x: rng.random_range(-9..9) as f32 * 40.0, y: rng.random_range(-9..9) as f32 * 40.0 };
    match rng.random_range(0..36) {
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
            let frame = Frame {
                title: "F".to_owned(),
                at,
                size: Size { width: rng.random_range(0..9) as f32 * 80.0, height: rng.random_range(0..9) as f32 * 40.0 },
                collapsed: rng.random_bool(0.5),
                ..Frame::default()
            };
            match rng.random_range(0..3) {
                0 => Edit::AddFrame(frame),
                1 => Edit::ReplaceFrame(rng.random_range(0..3), frame),
                _ => Edit::RemoveFrame(rng.random_range(0..6)),
            }
        }
        32 => {
            let step = rng.random_bool(0.5).then(|| any_step(rng, document));
            let comment = Comment { at, text: rng.random_range(0..9).to_string(), step };
            match rng.random_range(0..3) {
                0 => Edit::AddComment(comment),
                1 => Edit::ReplaceComment(rng.random_range(0..3), comment),
                _ => Edit::RemoveComment(rng.random_range(0..6)),
            }
        }
        33 => Edit::ShiftPlaces(some_steps(rng, document)),
        34 => {
            let step = any_kind(rng, &edit::fresh_id(funnel, "say"));
            Edit::AddStepBeside { step, beside: any_step(rng, document) }
        }
        _ => {
            Edit::Together { label: "Two things".to_owned(), edits: vec![any_edit(rng, document), any_edit(rng, document)] }
        }
    }
}

fn any_detail(rng: &mut ChaCha8Rng) -> Edit {
    let word = rng.random_range(0..5).to_string();
    match rng.random_range(0..7) {
        0 => Edit::SetName(word),
        5 => Edit::SetMessagingLimit(rng.random_bool(0.5).then_some(2_000)),
        6 => Edit::SetAllow(vec![Allow { code: "W003".to_owned(), why: if rng.random() { word } else { String::new() } }]),
        1 => Edit::SetNotes(word),
        2 => Edit::SetPolicy(word),
        3 => Edit::SetLaunch("2026-12-01T09:00".parse().ok().filter(|_| rng.random())),
        _ => {
            let timezone = ["Europe/Berlin", "Europe/Ber"].choose(rng).unwrap();
            Edit::SetAudience(Audience {
                size: rng.random_range(0..9),
                timezone: (*timezone).to_owned(),
                ..Audience::default()
            })
        }
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
        6 => step(named, StepKind::Wait(Wait::For(Seconds::hours(rng.random_range(-1..9))))),
        7 => match rng.random_bool(0.5) {
            true => step(named, StepKind::Branch(Branch::WindowOpen)),
            false => step(
                named,
                StepKind::Branch(Branch::Attribute { name: "VIP".to_owned(), share: rng.random_range(0.0..1.2) }),
            ),
        },
        8 => step(named, StepKind::Branch(Branch::Split(some.iter().map(|label| ((*label).to_owned(), 1.0)).collect()))),
        _ => step(named, StepKind::Exit(Outcome::Lost)),
    }
}

fn any_template(rng: &mut ChaCha8Rng) -> Template {
    template(["t0", "t1", "t2"].choose(rng).unwrap(), ["en", "es"].choose(rng).unwrap())
}

fn any_story(rng: &mut ChaCha8Rng, document: &Document) -> Scenario {
    let (asked, parted) = (any_step(rng, document), any_step(rng, document));
    let answers = match any_output(rng, document, &asked) {
        Output::Reply(reply) => vec![Answer { step: asked.clone(), reply, after: Seconds::hours(rng.random_range(-1..9)) }],
        _ => Vec::new(),
    };
    Scenario {
        name: "S".to_owned(),
        entry: rng.random_bool(0.3).then(|| any_step(rng, document)),
        answers,
        choices: vec![Choice { out: any_output(rng, document, &parted), step: parted }],
        expect: vec![Expect { step: asked, sent: Sent::Blocked }],
        ..Scenario::default()
    }
}
