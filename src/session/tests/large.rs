//! A large funnel is judged on another thread: what is shown meanwhile is of the funnel before, the newest edit wins, and
//! nothing is left behind, whatever happens on the way.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::sync::mpsc::channel;

use super::gate::{document, gated};
use super::*;
use crate::engine::Verdict;
use crate::rules;

/// More steps than are judged at once.
const MANY: usize = 1_000;

fn large() -> Session {
    Session::new(document(MANY), None, crate::policy::standard(), "2026-11-24T10:00".parse().unwrap())
}

/// Lets people wait so many hours.
fn wait(session: &mut Session, hours: usize) {
    let kind = StepKind::Wait(Wait::For(format!("{hours}h").parse().unwrap()));
    let step = Step { id: "wait".into(), title: String::new(), kind, allow: Vec::new() };
    perform(session, &Edit::ReplaceStep(step));
}

fn verdict(session: &Session) -> Verdict {
    session.judgement().proof.step(&"m5".into()).unwrap().verdict
}

#[test]
fn an_edit_of_a_large_funnel_is_done_before_it_is_judged() {
    let mut session = large();
    assert_eq!((session.standing(), verdict(&session)), (Standing::Current, Verdict::Inside));
    let gate = gated(&mut session);
    wait(&mut session, 30);
    assert_eq!((session.standing(), verdict(&session)), (Standing::Judging, Verdict::Inside));
    assert!(!Arc::ptr_eq(session.judged(), session.funnel()));
    gate.go.send(()).unwrap();
    assert!(session.wait_for_judgement());
    assert_eq!((session.standing(), verdict(&session)), (Standing::Current, Verdict::Outside));
    assert!(Arc::ptr_eq(session.judged(), session.funnel()));
    let anew = rules::judge(session.funnel(), session.policy(), session.now());
    assert_eq!(session.judgement().diagnostics, anew.diagnostics);
}

#[test]
fn of_many_edits_the_last_is_judged_and_those_between_are_not() {
    let mut session = large();
    let gate = gated(&mut session);
    for hours in (0..50).map(|n| 30 + n).chain([2]) {
        wait(&mut session, hours);
    }
    let first = gate.begun.recv().unwrap();
    assert!(!Arc::ptr_eq(&first, session.funnel()));
    drop(gate.go);
    assert!(session.wait_for_judgement());
    assert_eq!(verdict(&session), Verdict::Inside);
    let others: Vec<_> = gate.begun.try_iter().collect();
    assert_eq!(others.len(), 1, "one was being judged, and of the others the last");
    assert!(Arc::ptr_eq(&others[0], session.funnel()));
}

#[test]
fn while_a_person_goes_on_typing_the_verdicts_follow_at_some_distance() {
    let mut session = large();
    let gate = gated(&mut session);
    wait(&mut session, 30);
    gate.begun.recv().unwrap();
    wait(&mut session, 31);
    gate.go.send(()).unwrap();
    gate.begun.recv().unwrap();
    assert!(session.take_news(), "the first has come to its end when the second begins");
    assert_eq!((session.standing(), verdict(&session)), (Standing::Judging, Verdict::Outside));
    drop(gate.go);
    assert!(session.wait_for_judgement());
}

#[test]
fn undoing_what_is_being_judged_brings_the_judgement_back_at_once() {
    let mut session = large();
    let before = Arc::clone(session.judgement());
    let gate = gated(&mut session);
    wait(&mut session, 30);
    gate.begun.recv().unwrap();
    session.undo();
    assert!(session.is_judged());
    drop(gate.go);
    assert!(session.wait_for_judgement());
    assert!(!session.take_news(), "what was undone is not wanted");
    assert!(Arc::ptr_eq(session.judgement(), &before));
    session.redo();
    assert_eq!(session.standing(), Standing::Judging);
    assert!(session.wait_for_judgement());
    assert_eq!(verdict(&session), Verdict::Outside);
}

#[test]
fn a_document_that_is_closed_leaves_no_thread_behind() {
    let mut session = large();
    let told = Arc::new(AtomicUsize::new(0));
    let count = Arc::clone(&told);
    session.tell(move || {
        count.fetch_add(1, Ordering::Relaxed);
    });
    let gate = gated(&mut session);
    wait(&mut session, 30);
    gate.begun.recv().unwrap();
    wait(&mut session, 31);
    let judge = Arc::downgrade(&session.judging.judge);
    drop(session);
    drop(gate.go);
    while judge.strong_count() > 0 {
        std::thread::yield_now();
    }
    assert_eq!(gate.begun.try_iter().count(), 0, "what waited is not begun any more");
    assert_eq!(told.load(Ordering::Relaxed), 0, "and nobody is told");
}

#[test]
fn a_judgement_that_fails_says_so_and_the_next_edit_is_judged_again() {
    let mut session = large();
    let fails = Arc::new(AtomicBool::new(true));
    let failing = Arc::clone(&fails);
    session.judging.judge = Arc::new(move |case: Case, before: &Known| {
        if failing.load(Ordering::Relaxed) {
            // Not a panic with a message: nobody need read it among the tests.
            std::panic::resume_unwind(Box::new("wrong"));
        }
        Known::of(case, Some(before))
    });
    wait(&mut session, 30);
    assert!(!session.wait_for_judgement());
    assert_eq!((session.standing(), verdict(&session)), (Standing::Failed, Verdict::Inside));
    fails.store(false, Ordering::Relaxed);
    wait(&mut session, 31);
    assert!(session.wait_for_judgement());
    assert_eq!(verdict(&session), Verdict::Outside);
}

#[test]
fn the_window_is_told_when_the_judgement_is_there() {
    let mut session = large();
    let (tell, told) = channel();
    session.tell(move || tell.send(()).expect("the test listens"));
    wait(&mut session, 30);
    told.recv().unwrap();
    assert!(session.take_news());
    assert!(session.is_judged());
}

#[test]
fn a_large_funnel_is_open_before_it_is_judged_and_a_small_one_is_judged_at_once() {
    let open = |steps| Session::open(document(steps), None, crate::policy::standard(), "2026-11-24T10:00".parse().unwrap());
    let mut session = open(MANY);
    assert_eq!(session.standing(), Standing::Judging);
    assert!(session.judgement().diagnostics.is_empty() && session.judgement().proof.step(&"m5".into()).is_none());
    assert!(session.wait_for_judgement());
    assert_eq!(verdict(&session), Verdict::Inside);

    let mut session = open(JUDGED_AT_ONCE);
    wait(&mut session, 30);
    assert_eq!((session.standing(), verdict(&session)), (Standing::Current, Verdict::Outside));
}

#[test]
fn a_large_funnels_fixes_are_found_in_the_background_and_only_for_it_as_it_stands() {
    let mut session =
        Session::new(document(JUDGED_AT_ONCE + 1), None, crate::policy::standard(), "2026-11-24T10:00".parse().unwrap());
    let (tell, told) = channel();
    session.tell(move || {
        let _ = tell.send(());
    });
    wait(&mut session, 30);
    assert!(session.wait_for_judgement());
    told.recv().unwrap();
    assert!(session.fixes(0).is_empty(), "nothing is looked for while one waits");
    told.recv().unwrap();
    let fixes = session.fixes(0);
    assert!(!fixes.is_empty());
    wait(&mut session, 31);
    assert!(Arc::ptr_eq(&session.fixes(0), &fixes), "they are shown until the next judgement");
    assert!(!session.is_judged(), "which says that none may be made");
}
