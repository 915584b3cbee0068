//! Comments, wherever a person may put one: none is lost, and a second writing changes nothing.

use super::*;

const SAMPLE: &str = include_str!("sample.ron");

/// Every place at which a comment can stand: before each token, and at the end.
fn places(text: &str) -> Vec<usize> {
    let tokens = lexer::lex(text).tokens;
    tokens.iter().map(|token| token.range.start).chain([text.len()]).collect()
}

fn check(text: &str, words: &str) -> String {
    let loaded = parse(text, "a").unwrap_or_else(|error| panic!("{error}\n{text}"));
    let written = write(&loaded.document, &loaded.remarks);
    assert_eq!(written.matches(words).count(), 1, "{words:?} is kept once\n{text}\n{written}");
    assert_eq!(loaded.remarks.lost(&loaded.document), []);
    let again = parse(&written, "a").unwrap_or_else(|error| panic!("{error}\n{written}"));
    assert_eq!(again.document, loaded.document, "{written}");
    let twice = write(&again.document, &again.remarks);
    assert_eq!(twice, written, "{words:?}\n{text}");
    written
}

#[test]
fn a_comment_at_any_place_is_kept_and_stays() {
    let comments =
        ["/* kept words */", "// kept words\n", "\n// kept words\n", "\n/* kept\n words */\n", "/* kept\n words */"];
    for (index, place) in places(SAMPLE).into_iter().enumerate() {
        for comment in [comments[index % 5], comments[(index + 2) % 5]] {
            let text = format!("{}{comment}{}", &SAMPLE[..place], &SAMPLE[place..]);
            check(&text, comment.trim());
        }
    }
}

#[test]
fn a_comment_in_any_kind_of_step_is_kept_and_stays() {
    let every = include_str!("../../funnels/every-step-kind.ron");
    for (index, place) in places(every).into_iter().enumerate() {
        let comment = ["/* kept words */", "// kept words\n", "\n// kept words\n"][index % 3];
        if index % 11 == 2 {
            check(&format!("{}{comment}{}", &every[..place], &every[place..]), comment.trim());
        }
    }
}

#[test]
fn all_comments_of_the_sample_are_kept_in_their_order() {
    let words = |text: &str| -> Vec<String> {
        lexer::lex(text).comments.iter().map(|comment| text[comment.range.clone()].to_owned()).collect()
    };
    assert!(words(SAMPLE).len() > 15);
    assert_eq!(words(&fmt(SAMPLE, "a").unwrap()), words(SAMPLE));
    let mut text = String::new();
    let mut last = 0;
    for (index, place) in places(SAMPLE).into_iter().enumerate() {
        text.push_str(&SAMPLE[last..place]);
        text.push_str(&format!("/* {index} */"));
        last = place;
    }
    text.push_str(&SAMPLE[last..]);
    let mut kept = words(&check(&text, "/* 7 */"));
    let mut all = words(&text);
    kept.sort();
    all.sort();
    assert_eq!(kept, all);
}

#[test]
fn comments_stand_where_they_stood() {
    let text = "// head\n#![enable(implicit_some)]\n// below\n(\n    format: 1, // one\n    // its name\n    name: \"a\",\n    \
        policy: \"strict-cdp\",\n    audience: (\n        market: \"BR\",\n        timezone: \"UTC\",\n        size: /* many */ 10,\n    \
        ),\n    steps: [\n        /* first */ (id: \"a\", title: \"\", at: (0, 0), kind: Exit(/* sad */ Lost)), // gone\n        \
        // no more steps\n    ],\n    // end\n)\n// tail\n";
    let normal = text.replace("size: /* many */ 10", "/* many */ size: 10");
    assert_eq!(fmt(text, "a").unwrap(), normal);
}

#[test]
fn a_comment_behind_one_to_the_end_of_the_line_stays_its_own() {
    let text = "(format: 1, name: \"x\" // one /*\n, /* two\nmore\n*/ steps: [])";
    let once = super::fmt(text, "a.ron").unwrap();
    assert!(once.contains("// one /*\n    /* two\nmore\n*/"), "{once}");
    assert_eq!(super::fmt(&once, "a.ron").unwrap(), once);
}
