//! What a person relies on about fixes: what is safe, that all safe ones end, that new cards lie on free ground, and that
//! nobody gets more or less by a safe one.

use super::*;
use crate::edit;
use crate::engine::Verdict;
use crate::file::Loaded;
use crate::model::{Document, Point, StepId};

fn sample(path: &str) -> Loaded {
    let path = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join(path);
    file::read(&path).unwrap_or_else(|error| panic!("{error}"))
}

fn all_files() -> Vec<Document> {
    let mut files = Vec::new();
    for folder in ["funnels", "tests/funnels"] {
        let folder = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join(folder);
        let mut paths: Vec<_> = std::fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()).collect();
        paths.retain(|path| path.extension().is_some_and(|ending| ending == "ron"));
        paths.sort();
        files.extend(paths.iter().map(|path| file::read(path).unwrap().document));
    }
    files
}

fn mended(document: &Document, wanted: &dyn Fn(&Diagnostic, &Fix) -> bool) -> Mended {
    mend(document, &judged(&document.funnel), at("2026-11-22T12:00:00"), 100_000, wanted)
}

/// The most findings of each severity that are as bad or worse.
fn counts(judgement: &Judgement) -> [usize; 3] {
    [Severity::Error, Severity::Warning, Severity::Info]
        .map(|worst| judgement.diagnostics.iter().filter(|found| found.severity == worst).count())
}

#[test]
fn all_safe_fixes_are_one_edit_that_leaves_no_safe_one() {
    for document in all_files() {
        let once = mended(&document, &|_, fix| fix.safe);
        assert!(once.made.iter().all(|(_, fix)| fix.safe));
        if let Some(edit) = once.edit() {
            assert_eq!(edit::apply(&document, &edit).unwrap(), once.document, "one undo for all of them");
            assert!(counts(once.judgement.as_ref().unwrap()) < counts(&judged(&document.funnel)));
        }
        let again = mended(&once.document, &|_, fix| fix.safe);
        assert!(again.made.is_empty(), "{}: {:?}", document.funnel.name, again.made);
        assert_eq!(again.edit(), None);
    }
}

#[test]
fn after_safe_fixes_everybody_gets_what_they_got_before() {
    for document in all_files() {
        let after = mended(&document, &|_, fix| fix.safe).document.funnel;
        let before = judged(&document.funnel);
        for (step, proof) in document.funnel.steps.iter().zip(&before.proof.steps) {
            let Some(message) = step.message().filter(|_| proof.reachable) else { continue };
            let left = after.step(&step.id).and_then(|step| step.message()).expect("whoever is reached is still reached");
            assert_eq!((left.send.content(), left.purpose), (message.send.content(), message.purpose));
            let body = |funnel: &Funnel, name: &str| {
                let named: Vec<String> =
                    funnel.templates_named(name).map(|template| template.filled(&template.body)).collect();
                named
            };
            if let (Some(old), Some(new)) = (message.send.template(), left.send.template()) {
                // Where a sample was missing or not fit, the body that it is filled into differs in it alone.
                assert_eq!(body(&document.funnel, old).len(), body(&after, new).len(), "{old}");
            }
        }
    }
}

#[test]
fn new_cards_lie_on_no_other() {
    let overlaps = |document: &Document| -> Vec<(StepId, StepId)> {
        let card = |step: &crate::model::Step| {
            let (Point { x, y }, size) = (document.layout.spots[&step.id], edit::card_size(step));
            (x, y, x + size.width, y + size.height)
        };
        let steps = &document.funnel.steps;
        let pairs = steps.iter().enumerate().flat_map(|(at, one)| steps[..at].iter().map(move |other| (one, other)));
        let lie = pairs.filter(|(one, other)| {
            let (a, b) = (card(one), card(other));
            a.0 < b.2 && b.0 < a.2 && a.1 < b.3 && b.1 < a.3
        });
        lie.map(|(one, other)| (one.id.clone(), other.id.clone())).collect()
    };
    let mut added = 0;
    for document in all_files() {
        let before = overlaps(&document);
        let judgement = judged(&document.funnel);
        let mut mender = Mender::new(&judgement, &document.funnel, at("2026-11-22T12:00:00"), 100_000);
        for fix in judgement.diagnostics.iter().flat_map(|found| mender.fixes(found)).collect::<Vec<_>>() {
            let after = edit::apply(&document, &fix.edit).unwrap();
            let new = |id: &StepId| document.funnel.step(id).is_none();
            added += after.funnel.steps.iter().filter(|step| new(&step.id)).count();
            // A card that grows by a timeout may come to touch what lay close below it; a new one never does.
            let over = overlaps(&after);
            let over = over.iter().filter(|pair| !before.contains(pair) && (new(&pair.0) || new(&pair.1)));
            assert_eq!(over.count(), 0, "{}: {}", document.funnel.name, fix.title);
        }
    }
    assert!(added > 5, "some fixes add cards: {added}");
}

#[test]
fn what_some_do_not_get_today_is_sent_only_to_the_others_and_nothing_more_is_safe() {
    let document = sample("tests/funnels/everything-wrong.ron").document;
    let judgement = judged(&document.funnel);
    let mut mender = Mender::new(&judgement, &document.funnel, at("2026-11-22T12:00:00"), 100_000);
    let mut of = |code: &str| {
        let found = judgement.diagnostics.iter().find(|found| found.code == code).expect("the funnel has everything");
        mender.fixes(found).into_iter().map(|fix| (fix.id, fix.safe)).collect::<Vec<_>>()
    };
    let sometimes = of("W002");
    assert!(
        sometimes.contains(&("branch-on-window", true)) && sometimes.contains(&("shorten-wait", false)),
        "{sometimes:?}"
    );
    assert!(of("W001").iter().all(|(_, safe)| !safe), "nobody gets it today");
    assert!(of("W003").contains(&("shorten-wait", true)), "everybody gets it today");
}

#[test]
fn a_question_between_splits_a_wait_that_is_too_long_for_either_end() {
    let document = |wait: &str| {
        let funnel = funnel(&format!(
            r#"steps: [
                (id: "in", kind: Entry(channel: UserMessage)),
                (id: "wait", title: "Wait", kind: Wait(For("{wait}"))),
                (id: "tip", title: "Tip", kind: Message(purpose: Service, send: FreeForm(Text("Dica")))),
                (id: "out", title: "Gone", kind: Exit(Lost)),
            ], links: [(from: "in", to: "wait"), (from: "wait", to: "tip"), (from: "tip", to: "out")]"#
        ));
        let spots = funnel.steps.iter().map(|step| (step.id.clone(), Point::default())).collect();
        Document { funnel, layout: Arc::new(crate::model::Layout { spots, ..Default::default() }) }
    };
    let asked = |document: &Document| mended(document, &|found, fix| found.code == "W001" && fix.id == "ask-between");
    let of = |wait: &str| asked(&document(wait)).made.first().map(|(_, fix)| fix.title.clone());
    let says = "who says yes goes on with an open window";
    assert_eq!(of("30h"), Some(format!("Ask “Você ainda tem interesse?” after 15 h of “Wait”; {says}")));
    assert_eq!(of("3d"), None, "one question does not reach so far");
    let after = asked(&document("30h"));
    assert_eq!(judged(&after.document.funnel).proof.step(&"tip".into()).unwrap().verdict, Verdict::Inside);
    let timeout = after.document.funnel.target(&"ask".into(), &crate::model::Output::Timeout);
    assert_eq!(timeout.map(|id| id.as_str()), Some("out"));
}

#[test]
fn who_has_not_agreed_is_asked_where_the_window_is_open_and_left_out_else() {
    let document = sample("funnels/day3-reengagement.ron").document;
    let mut funnel = Funnel::clone(&document.funnel);
    // The answer that gave consent no longer does.
    for step in &mut funnel.steps {
        if let crate::model::StepKind::Message(message) = &mut Arc::make_mut(step).kind {
            message.reply.iter_mut().flat_map(|reply| &mut reply.options).for_each(|option| option.effect = None);
        }
    }
    let document = Document { funnel: Arc::new(funnel), layout: document.layout };
    assert!(codes(&judged(&document.funnel)).contains(&"C001"));
    let after = mended(&document, &|found, fix| found.code == "C001" && fix.id == "ask-for-opt-in");
    assert!(!codes(&judged(&after.document.funnel)).contains(&"C001"), "{:?}", after.made);
}
