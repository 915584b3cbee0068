//! What a person relies on in free-form messages: each limit at its edge, and nothing about a step that nobody reaches.

use super::*;
use crate::model::{Content, Media, Send, StepKind};
use crate::policy;

/// What is found of a message with this content that answers a person at once.
fn of(content: Content) -> Vec<&'static str> {
    let mut funnel = Funnel::clone(&funnel(
        r#"steps: [
            (id: "in", kind: Entry(channel: UserMessage)),
            (id: "hello", title: "Hello", kind: Message(purpose: Service, send: FreeForm(Location))),
            (id: "out", kind: Exit(Lost)),
        ], links: [(from: "in", to: "hello"), (from: "hello", to: "out")]"#,
    ));
    let StepKind::Message(message) = &mut Arc::make_mut(&mut funnel.steps[1]).kind else { panic!("a message") };
    message.send = Send::FreeForm(content);
    codes(&judged(&funnel))
}

fn long(length: usize) -> String {
    "ü".repeat(length)
}

fn some(text: &str) -> String {
    text.to_owned()
}

#[test]
fn content_may_be_as_large_as_the_policy_says_and_no_larger() {
    let limits = policy::standard().limits.free_form.clone();
    let labels = |n: usize| (0..n).map(|at| at.to_string()).collect::<Vec<_>>();
    type Make = Box<dyn Fn(usize) -> Content>;
    let cases: Vec<(usize, Make)> = vec![
        (limits.text, Box::new(|n| Content::Text(long(n)))),
        (limits.buttons.body, Box::new(move |n| Content::Buttons { body: long(n), buttons: labels(1) })),
        (limits.buttons.buttons.most, Box::new(move |n| Content::Buttons { body: some("Ja?"), buttons: labels(n) })),
        (limits.buttons.buttons.label, Box::new(|n| Content::Buttons { body: some("Ja?"), buttons: vec![long(n)] })),
        (limits.list.rows, Box::new(move |n| Content::List { body: some("Ja?"), button: some("Ja"), rows: labels(n) })),
        (limits.list.title, Box::new(|n| Content::List { body: some("Ja?"), button: some("Ja"), rows: vec![long(n)] })),
        (limits.list.button, Box::new(move |n| Content::List { body: some("Ja?"), button: long(n), rows: labels(1) })),
        (limits.media.caption, Box::new(|n| Content::Media { kind: Media::Image, caption: long(n) })),
        (limits.carousel.most, Box::new(move |n| Content::Carousel { body: some("Ja?"), cards: labels(n) })),
        (limits.carousel.card, Box::new(|n| Content::Carousel { body: some("Ja?"), cards: vec![long(n), some("a")] })),
        (
            limits.cta_url.button,
            Box::new(|n| Content::CtaUrl { body: some("Ja?"), text: long(n), url: some("https://a.example") }),
        ),
        (limits.flow.button, Box::new(|n| Content::Flow { body: some("Ja?"), button: long(n) })),
    ];
    for (most, make) in cases {
        assert_eq!(of(make(most)), Vec::<&str>::new(), "{most}");
        assert_eq!(of(make(most + 1)), ["F001"], "{}", most + 1);
    }
}

#[test]
fn what_is_missing_is_missed() {
    let buttons = |buttons: &[&str]| Content::Buttons {
        body: some("Ja?"),
        buttons: buttons.iter().map(|label| some(label)).collect(),
    };
    assert_eq!(of(buttons(&[])), ["F001"]);
    assert_eq!(of(buttons(&["Ja", "Ja"])), ["F001"], "two of one label");
    assert_eq!(of(buttons(&["Ja", " "])), ["F001"], "no label");
    assert_eq!(of(Content::Carousel { body: some("Ja?"), cards: vec![some("one")] }), ["F001"]);
    assert_eq!(of(Content::CtaUrl { body: some("Ja?"), text: some("Los"), url: some("") }), ["F001"]);
    assert_eq!(of(Content::Media { kind: Media::Audio, caption: some("Hör!") }), ["F001"]);
    for kind in Media::ALL {
        assert_eq!(of(Content::Media { kind, caption: String::new() }), Vec::<&str>::new(), "{kind:?} needs no words");
    }
    assert_eq!(of(Content::Text(some(" \n"))), ["S006"]);
    assert_eq!(of(Content::Flow { body: String::new(), button: some("Los") }), ["S006"]);
}

#[test]
fn a_message_that_nobody_reaches_may_still_be_empty() {
    let funnel = funnel(
        r#"steps: [
            (id: "in", kind: Entry(channel: UserMessage)),
            (id: "out", kind: Exit(Lost)),
            (id: "draft", kind: Message(purpose: Service, send: FreeForm(Text("")))),
        ], links: [(from: "in", to: "out"), (from: "draft", to: "out")]"#,
    );
    assert_eq!(codes(&judged(&funnel)), ["S001"]);
}
