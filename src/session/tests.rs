//! What the window relies on: the judgement follows the meaning, the policy its name, the selection what is there.

use crate::engine::Claim;
use std::path::Path;
use std::sync::Arc;

pub mod gate;
mod large;

use super::*;
use crate::model::{Channel, Frame, Link, Message, Output, Purpose, Send, Step, StepId, StepKind, Template, Wait};
use crate::rules::{Diagnostic, Place, Severity};

fn session() -> Session {
    let mut session =
        Session::new(Document::default(), None, crate::policy::standard(), "2026-11-22T10:00".parse().unwrap());
    for name in ["a", "b", "c"] {
        let message = Message { purpose: Purpose::Service, send: Send::Template("t".to_owned()), reply: None };
        let step =
            Step { id: StepId::from(name), title: String::new(), kind: StepKind::Message(message), allow: Vec::new() };
        perform(&mut session, &Edit::AddStep { step, at: Point::default() });
    }
    perform(&mut session, &Edit::Connect(Link { from: "a".into(), out: Output::Next, to: "b".into() }));
    session
}

fn entry_step() -> Step {
    let kind = StepKind::Entry { channel: Channel::QrCode, opt_in: false, arrives: Default::default() };
    Step { id: "in".into(), title: String::new(), kind, allow: Vec::new() }
}

fn perform(session: &mut Session, edit: &Edit) {
    let gesture = session.gesture();
    session.perform(gesture, edit).unwrap();
}

fn steps(names: &[&str]) -> Selection {
    Selection::of_steps(names.iter().map(|name| StepId::from(*name)).collect())
}

/// Leaves a mark in the judgement that judging again wipes out.
fn mark(session: &mut Session) {
    let mark = Diagnostic {
        code: "MARK",
        name: "mark",
        severity: Severity::Info,
        place: Place::Funnel,
        part: "send",
        about: crate::rules::About::Whole,
        template: None,
        message: String::new(),
        help: None,
        shows: Claim::Reached,
        witness: None,
    };
    let known = Arc::get_mut(&mut session.known).expect("nobody else reads it");
    Arc::make_mut(&mut known.judgement).diagnostics.push(mark);
}

fn is_marked(session: &Session) -> bool {
    session.judgement().diagnostics.iter().any(|diagnostic| diagnostic.code == "MARK")
}

#[test]
fn how_likely_follows_every_edit_and_is_worked_out_once() {
    let waits = |length: &str| Step {
        id: "a".into(),
        title: String::new(),
        kind: StepKind::Wait(Wait::For(length.parse().unwrap())),
        allow: Vec::new(),
    };
    let mut session = session();
    perform(&mut session, &Edit::AddStep { step: entry_step(), at: Point::default() });
    perform(&mut session, &Edit::Connect(Link { from: "in".into(), out: Output::Next, to: "a".into() }));
    perform(&mut session, &Edit::ReplaceStep(waits("23h")));
    let before = session.likelihood();
    assert_eq!(before.inside(&"b".into()), Some((1.0, false)));
    assert!(Arc::ptr_eq(&before, &session.likelihood()));
    perform(&mut session, &Edit::ReplaceStep(waits("24h")));
    assert_eq!(session.likelihood().inside(&"b".into()), Some((0.0, false)));
    session.undo();
    assert_eq!(session.likelihood().inside(&"b".into()), Some((1.0, false)));
}

#[test]
fn moving_a_card_never_judges_and_a_change_of_meaning_always_does() {
    let mut session = session();
    mark(&mut session);
    perform(&mut session, &Edit::MoveSteps(vec![("b".into(), Point { x: 90.0, y: 5.0 })]));
    session.undo();
    session.redo();
    assert!(is_marked(&session), "where cards lie means nothing");
    perform(&mut session, &Edit::Disconnect { from: "a".into(), out: Output::Next });
    assert!(!is_marked(&session));
    mark(&mut session);
    session.undo();
    assert!(!is_marked(&session));
    mark(&mut session);
    session.set_now("2027-01-01T00:00".parse().unwrap());
    assert!(!is_marked(&session));
}

#[test]
fn the_policy_follows_its_name_through_undo() {
    let mut session = session();
    let before = session.policy().id.clone();
    let other = crate::policy::known_ids().find(|id| *id != before).expect("two policies are shipped").to_string();
    perform(&mut session, &Edit::SetPolicy(other.clone()));
    assert_eq!(session.policy().id, other);
    assert_eq!(session.judgement().policy.id, other);
    session.undo();
    assert_eq!(session.judgement().policy.id, before);

    let gesture = session.gesture();
    let document = session.document().clone();
    let refusal = session.perform(gesture, &Edit::SetPolicy("whatsapp-1999-01".to_owned())).unwrap_err();
    assert!(refusal.0.contains("whatsapp-1999-01"), "{refusal}");
    assert_eq!(session.document(), &document);
}

#[test]
fn undo_and_redo_bring_back_the_selection_of_then() {
    let mut session = session();
    session.selection = steps(&["b", "c"]);
    perform(&mut session, &Edit::RemoveSteps(vec!["b".into()]));
    assert_eq!(session.selection, steps(&["c"]), "what is gone is not selected");
    session.selection = steps(&["a"]);
    assert_eq!(session.undo_label(), Some("Delete step"));
    assert_eq!(session.undo().as_deref(), Some("Delete step"));
    assert_eq!(session.selection, steps(&["b", "c"]));
    assert_eq!(session.redo_label(), Some("Delete step"));
    session.redo();
    assert_eq!(session.selection, steps(&["a"]));
}

#[test]
fn a_selection_by_place_follows_its_thing() {
    let mut session = session();
    let frame = |title: &str| Frame { title: title.to_owned(), ..Frame::default() };
    for title in ["one", "two"] {
        perform(&mut session, &Edit::AddFrame(frame(title)));
    }
    session.selection.frame = Some(1);
    perform(&mut session, &Edit::ReplaceFrame(1, frame("renamed")));
    assert_eq!(session.selection.frame, Some(1));
    perform(&mut session, &Edit::RemoveFrame(0));
    assert_eq!(session.selection.frame, Some(0), "the frame below is gone");
    perform(&mut session, &Edit::RemoveFrame(0));
    assert_eq!(session.selection.frame, None);
    session.selection.link = Some(("a".into(), Output::Next));
    perform(&mut session, &Edit::RemoveSteps(vec!["b".into()]));
    assert_eq!(session.selection.link, None);
}

#[test]
fn saving_reloading_and_undoing_back_are_no_change() {
    let mut session = session();
    assert!(session.is_changed());
    session.mark_saved(Path::new("plan.ron"));
    assert!(!session.is_changed());
    assert_eq!(session.path(), Some(Path::new("plan.ron")));
    perform(&mut session, &Edit::SetName("Other".to_owned()));
    assert!(session.is_changed());
    session.undo();
    assert!(!session.is_changed());
    session.undo();
    assert!(session.is_changed(), "before what was saved is a change too");
    session.redo();

    let mut on_disk = session.document().clone();
    Arc::make_mut(&mut on_disk.funnel).name = "From elsewhere".to_owned();
    session.replace_document(on_disk).unwrap();
    assert!(!session.is_changed());
    assert_eq!(session.funnel().name, "From elsewhere");
    assert_eq!(session.undo().as_deref(), Some("Reload from disk"));
    assert!(session.is_changed());
    session.mark_unsaved();
    session.redo();
    assert!(session.is_changed(), "recovered work is not in the file");
}

#[test]
fn cut_and_paste_move_steps_with_their_links() {
    let mut session = session();
    perform(&mut session, &Edit::AddTemplate(template("t")));
    session.selection = steps(&["a", "b"]);
    let gesture = session.gesture();
    let fragment = session.cut(gesture).unwrap();
    assert_eq!((session.undo_label(), session.funnel().steps.len()), (Some("Cut 2 steps"), 1));
    let gesture = session.gesture();
    session.paste(gesture, fragment, Point { x: 400.0, y: 0.0 }).unwrap();
    assert_eq!(session.selection, steps(&["a", "b"]));
    assert_eq!(session.funnel().target(&"a".into(), &Output::Next), Some(&"b".into()));
    session.undo();
    session.undo();
    assert_eq!(session.selection, steps(&["a", "b"]));
}

fn template(name: &str) -> Template {
    Template {
        name: name.to_owned(),
        language: "en".to_owned(),
        category: crate::model::Category::Utility,
        status: crate::model::Status::Draft,
        submitted: None,
        header: None,
        body: String::new(),
        footer: String::new(),
        buttons: Vec::new(),
        samples: Default::default(),
        allow: Vec::new(),
    }
}
