//! A large funnel that is judged only when a test says so, so that what is shown meanwhile can be looked at.

use std::sync::mpsc::{Receiver, Sender, channel};
use std::sync::{Arc, Mutex};

use crate::model::{Document, Funnel};
use crate::session::Session;
use crate::session::known::{Case, Known};

/// People arrive, wait, and get one message after another.
pub fn document(steps: usize) -> Document {
    let mut text = "(format: 1, name: \"Large\", policy: \"whatsapp-2026-10\", steps: [\n".to_owned();
    let messages = steps - 2;
    text += "(id: \"in\", title: \"\", at: (0, 0), kind: Entry(channel: UserMessage)),\n";
    text += "(id: \"wait\", title: \"\", at: (0, 240), kind: Wait(For(\"1h\"))),\n";
    for n in 0..messages {
        let (x, y) = ((n + 1) % 30 * 320, (n + 1) / 30 * 240);
        text += &format!("(id: \"m{n}\", title: \"\", at: ({x}, {y}), ");
        text += "kind: Message(purpose: Service, send: FreeForm(Text(\"Hi\")))),\n";
    }
    text += "], links: [(from: \"in\", to: \"wait\"), (from: \"wait\", to: \"m0\"),\n";
    for n in 1..messages {
        text += &format!("(from: \"m{}\", to: \"m{n}\"),\n", n - 1);
    }
    text += "])";
    crate::file::parse(&text, "large.ron").unwrap_or_else(|error| panic!("{error}")).document
}

/// What tells judging to go on, and is told when it begins and with which funnel. Once `go` is dropped all is judged.
pub struct Gate {
    pub go: Sender<()>,
    pub begun: Receiver<Arc<Funnel>>,
}

/// Has a session judge only when the gate says so.
pub fn gated(session: &mut Session) -> Gate {
    let (go, may_go) = channel();
    let (begins, begun) = channel();
    let (may_go, begins) = (Mutex::new(may_go), Mutex::new(begins));
    session.judging.judge = Arc::new(move |case: Case, before: &Known| {
        // Whoever does not listen any more wants no gate either.
        let _ = begins.lock().unwrap().send(Arc::clone(&case.funnel));
        let _ = may_go.lock().unwrap().recv();
        Known::of(case, Some(before))
    });
    Gate { go, begun }
}
