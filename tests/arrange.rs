//! What a person relies on when arranging: cards never overlap, links lead to the right, the rest stays where it was,
//! and arranging again changes nothing.

use std::collections::BTreeSet;

use rand::{RngExt, SeedableRng};
use rand_chacha::ChaCha8Rng;

use transom::edit::{self, Edit, Fragment, apply, arrange, arrange_sized, card_size};
use transom::model::*;

#[test]
fn arranged_cards_never_overlap() {
    for seed in 0..60 {
        let mut rng = ChaCha8Rng::seed_from_u64(seed);
        let (steps, links) = (rng.random_range(1..60), rng.random_range(0..90));
        let document = random(&mut rng, steps, links);
        let arranged = arranged(&document);
        assert_eq!(overlap(&arranged), None, "seed {seed}");
        assert!(std::sync::Arc::ptr_eq(&arranged.funnel, &document.funnel));
    }
}

#[test]
fn links_lead_to_the_right_but_for_those_that_close_a_cycle() {
    for seed in 0..60 {
        let mut rng = ChaCha8Rng::seed_from_u64(100 + seed);
        let document = random(&mut rng, 40, 60);
        let arranged = arranged(&document);
        for link in &arranged.funnel.links {
            let rightwards = x(&arranged, &link.to) >= x(&arranged, &link.from) + 240.0;
            assert!(rightwards || reaches(&arranged.funnel, &link.to, &link.from), "seed {seed}: {link:?}");
        }
    }
}

#[test]
fn arranging_again_changes_nothing() {
    for seed in 0..30 {
        let mut rng = ChaCha8Rng::seed_from_u64(200 + seed);
        let document = random(&mut rng, 50, 70);
        let once = arranged(&document);
        assert_eq!(arranged(&once), once, "seed {seed}");
        assert_eq!(arranged(&document), once, "the same cards get the same places");
        let corner = |document: &Document| {
            let spots = document.layout.spots.values();
            spots.fold((f32::MAX, f32::MAX), |corner, spot| (corner.0.min(spot.x), corner.1.min(spot.y)))
        };
        assert_eq!(corner(&once), corner(&document), "the upper left corner stays");
    }
}

#[test]
fn frames_hold_what_they_held_and_notes_stay_beside_their_cards() {
    for seed in 0..40 {
        let mut rng = ChaCha8Rng::seed_from_u64(300 + seed);
        let mut document = arranged(&random(&mut rng, 24, 30));
        // A frame around some cards that lie near each other, as a person draws it.
        let corner = document.layout.spots[&document.funnel.steps[rng.random_range(0..24)].id];
        let at = Point { x: corner.x - 30.0, y: corner.y - 50.0 };
        let frame = Frame { title: "F".to_owned(), at, size: Size { width: 640.0, height: 420.0 }, ..Frame::default() };
        let note = Comment { at: Point { x: corner.x + 10.0, y: corner.y + 100.0 }, text: "N".to_owned(), step: None };
        for edit in [Edit::AddFrame(frame), Edit::AddComment(note)] {
            document = apply(&document, &edit).unwrap();
        }
        let before = framed(&document);
        assert!(!before.is_empty());
        let once = arranged(&document);
        assert_eq!(framed(&once), before, "seed {seed}");
        assert_eq!(overlap(&once), None, "seed {seed}");
        assert_eq!(arranged(&once), once, "seed {seed}: arranging again changes nothing");
    }
}

/// The steps whose cards lie wholly in the first frame.
fn framed(document: &Document) -> BTreeSet<String> {
    let frame = &document.layout.frames[0];
    let steps = document.funnel.steps.iter().filter(|step| {
        let (at, size) = (document.layout.spots[&step.id], card_size(step));
        at.x >= frame.at.x
            && at.y >= frame.at.y
            && at.x + size.width <= frame.at.x + frame.size.width
            && at.y + size.height <= frame.at.y + frame.size.height
    });
    steps.map(|step| step.id.to_string()).collect()
}

#[test]
fn only_the_selected_steps_move() {
    let mut rng = ChaCha8Rng::seed_from_u64(7);
    let document = random(&mut rng, 30, 40);
    let some: Vec<StepId> = document.funnel.steps.iter().step_by(3).map(|step| step.id.clone()).collect();
    let Edit::MoveSteps(moves) = arrange(&document, Some(&some)) else { panic!("arranging moves") };
    let moved: BTreeSet<&StepId> = moves.iter().map(|(id, _)| id).collect();
    assert_eq!(moved, some.iter().collect());
}

#[test]
fn a_line_of_steps_is_a_level_row_and_the_first_way_goes_straight_on() {
    let document = linked(4, &[(0, "A", 1), (1, "A", 2), (1, "B", 3)]);
    let arranged = arranged(&document);
    let spot = |n: usize| arranged.layout.spots[&id(n)];
    assert_eq!([spot(0).y, spot(1).y, spot(2).y], [0.0; 3]);
    assert!(spot(0).x < spot(1).x && spot(1).x < spot(2).x);
    assert_eq!(spot(3).x, spot(2).x);
    assert!(spot(3).y > spot(2).y, "the second way lies below the first");

    let links = [(0, "A", 1), (1, "A", 2), (0, "B", 3), (1, "B", 3), (2, "A", 4), (4, "A", 5), (1, "C", 5)];
    let arranged = self::arranged(&linked(6, &links));
    assert_eq!([0, 1, 2, 4, 5].map(|n| arranged.layout.spots[&id(n)].y), [0.0; 5], "also beside ways that are passed by");
}

#[test]
fn answers_lead_to_steps_in_their_own_order() {
    let document = linked(4, &[(0, "C", 1), (0, "B", 2), (0, "A", 3)]);
    let arranged = arranged(&document);
    let y = |n: usize| arranged.layout.spots[&id(n)].y;
    assert!(y(3) < y(2) && y(2) < y(1), "no links cross");
}

#[test]
fn what_no_link_holds_together_keeps_its_order() {
    // Two parts and two single cards; the later ones of the file lie higher, or further left.
    let mut document = linked(6, &[(0, "A", 1), (2, "A", 3)]);
    let at = |document: &Document, n: usize| document.layout.spots[&id(n)];
    let places = [(0, 900.0), (300, 900.0), (0, 0.0), (300, 0.0), (500, 1_500.0), (200, 1_500.0)];
    let moves = places.iter().enumerate().map(|(n, (x, y))| (id(n), Point { x: *x as f32, y: *y }));
    document = apply(&document, &Edit::MoveSteps(moves.collect())).unwrap();
    let arranged = arranged(&document);
    assert!(at(&arranged, 2).y < at(&arranged, 0).y, "the part that lay above lies above");
    assert!(at(&arranged, 5).x < at(&arranged, 4).x && at(&arranged, 5).y == at(&arranged, 4).y, "and the card on the left");
    assert!(at(&arranged, 4).y > at(&arranged, 0).y, "single cards come last");
}

#[test]
fn measured_cards_get_the_room_that_they_need() {
    let document = linked(3, &[(0, "A", 1), (0, "B", 2)]);
    let tall = |_: &Step| Size { width: 500.0, height: 900.0 };
    let arranged = apply(&document, &arrange_sized(&document, None, &tall)).unwrap();
    let spot = |n: usize| arranged.layout.spots[&id(n)];
    assert!(spot(1).x >= spot(0).x + 500.0 && spot(2).y >= spot(1).y + 900.0);
}

#[test]
fn large_funnels_with_links_back_to_their_beginning_are_arranged() {
    let links: Vec<(usize, &str, usize)> =
        (0..3_000).flat_map(|n| [(n, "A", n + 1), (n, "B", n / 7), (n, "C", (n + 40) % 3_000)]).collect();
    let document = linked(3_001, &links);
    assert_eq!(arranged(&document).layout.spots.len(), 3_001);
    assert_eq!(arrange(&Document::default(), None), Edit::MoveSteps(Vec::new()));
}

fn arranged(document: &Document) -> Document {
    apply(document, &arrange(document, None)).unwrap()
}

fn id(n: usize) -> StepId {
    StepId::from(format!("s{n}"))
}

fn x(document: &Document, id: &StepId) -> f32 {
    document.layout.spots[id].x
}

/// Two cards that share a place, if there are any.
fn overlap(document: &Document) -> Option<(StepId, StepId)> {
    let cards: Vec<(&StepId, Point, Size)> =
        document.funnel.steps.iter().map(|step| (&step.id, document.layout.spots[&step.id], card_size(step))).collect();
    for (n, (a, at, size)) in cards.iter().enumerate() {
        for (b, other, other_size) in &cards[..n] {
            let apart = at.x >= other.x + other_size.width
                || other.x >= at.x + size.width
                || at.y >= other.y + other_size.height
                || other.y >= at.y + size.height;
            if !apart {
                return Some(((*a).clone(), (*b).clone()));
            }
        }
    }
    None
}

fn reaches(funnel: &Funnel, from: &StepId, to: &StepId) -> bool {
    let mut seen = BTreeSet::from([from]);
    let mut ahead = vec![from];
    while let Some(at) = ahead.pop() {
        for link in funnel.links.iter().filter(|link| link.from == *at) {
            if seen.insert(&link.to) {
                ahead.push(&link.to);
            }
        }
    }
    seen.contains(to)
}

fn random(rng: &mut ChaCha8Rng, steps: usize, links: usize) -> Document {
    let ways = ["A", "B", "C"];
    let links: Vec<(usize, &str, usize)> =
        (0..links).map(|_| (rng.random_range(0..steps), ways[rng.random_range(0..3)], rng.random_range(0..steps))).collect();
    linked(steps, &links)
}

/// Steps that part three ways, of differing height, at odd places; of two links by one way the first counts.
fn linked(steps: usize, links: &[(usize, &str, usize)]) -> Document {
    let step = |n: usize| {
        let cases = ["A", "B", "C", "D", "E"][..3 + n % 3].iter().map(|label| ((*label).to_owned(), 1.0)).collect();
        let kind = StepKind::Branch(Branch::Split(cases));
        (
            Step { id: id(n), title: String::new(), kind, allow: Vec::new() },
            Point { x: (n * 37 % 101) as f32, y: (n * 61 % 89) as f32 },
        )
    };
    let mut left = BTreeSet::new();
    let links = links
        .iter()
        .filter(|(from, way, _)| left.insert((*from, *way)))
        .map(|(from, way, to)| Link { from: id(*from), out: Output::Case((*way).to_owned()), to: id(*to) })
        .collect();
    let fragment = Fragment { steps: (0..steps).map(step).collect(), links, ..Fragment::default() };
    apply(&Document::default(), &Edit::Paste { fragment, at: Point::default() })
        .unwrap_or_else(|refusal| panic!("{refusal}"))
}

#[test]
fn arranging_is_one_move() {
    let document = linked(3, &[(0, "A", 1)]);
    assert_eq!(edit::arrange(&document, None).label(), "Move 3 steps");
}

#[test]
fn cards_of_which_a_file_does_not_say_where_they_lie_find_a_place_beside_those_that_lie_somewhere() {
    let text = |at: [&str; 3]| {
        format!(
            r#"(format: 1, name: "n", audience: (market: "BR", timezone: "America/Sao_Paulo", size: 9),
            steps: [(id: "a", {} kind: Entry(channel: QrCode)), (id: "b", {} kind: Wait(For("1h"))), (id: "c", {} kind: Exit(Lost))],
            links: [(from: "a", out: Next, to: "b"), (from: "b", out: Next, to: "c")],
            frames: [(title: "f", at: (-100, 0), size: (900, 700))])"#,
            at[0], at[1], at[2]
        )
    };
    let read = |at| transom::file::parse(&text(at), "n.ron").unwrap().laid_out();
    let spot = |document: &Document, id: &str| document.layout.spots[&StepId::from(id)];

    let nowhere = read(["", "", ""]);
    assert_eq!(overlap(&nowhere), None);
    assert!(spot(&nowhere, "a").x < spot(&nowhere, "b").x && spot(&nowhere, "b").x < spot(&nowhere, "c").x);

    let one_left = read(["at: (40, 0),", "at: (0, 0),", ""]);
    assert_eq!((spot(&one_left, "a").x, spot(&one_left, "b").x), (40.0, 0.0), "what lies somewhere stays there");
    assert!(spot(&one_left, "c").y >= 700.0, "the frame does not come to hold what it did not hold");

    let written = transom::file::write(&nowhere, &transom::file::Remarks::default());
    assert_eq!(transom::file::parse(&written, "n.ron").unwrap().laid_out(), nowhere, "what is written stays where it is");
}
