//! What a person relies on when a funnel file is read and written: nothing changes that was not changed, nothing is lost,
//! and whatever is wrong is said with its place.

mod generator;

use std::fmt::Write as _;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use rand::SeedableRng;
use rand_chacha::ChaCha8Rng;
use transom::edit::{self, Edit, Fragment};
use transom::file::{self, Remarks};
use transom::model::{Document, Point, StepId, StepKind};

use generator::Dice;

const SAMPLE: &str = include_str!("../src/file/sample.ron");

fn read(text: &str) -> file::Loaded {
    file::parse(text, "test.ron").unwrap_or_else(|error| panic!("{error}\n{text}"))
}

fn documents() -> impl Iterator<Item = Document> {
    let sample = read(SAMPLE).document;
    std::iter::once(sample).chain((0..400).map(|seed| generator::document(seed, 12)))
}

#[test]
fn what_is_written_reads_back_the_same() {
    for document in documents() {
        let text = file::write(&document, &Remarks::default());
        assert_eq!(read(&text).document, document, "{text}");
        assert_eq!(file::fmt(&text, "test.ron").unwrap(), text, "a second writing changes nothing");
    }
}

#[test]
fn what_is_written_stays_within_the_line_where_it_can() {
    let text = file::write(&read(SAMPLE).document, &Remarks::default());
    assert!(text.lines().all(|line| line.chars().count() <= 126), "{text}");
    assert!(text.lines().all(|line| line == line.trim_end()), "no line ends in a space");
}

/// The lines that differ, from the first to the last, in each text.
fn hunk<'t>(before: &'t str, after: &'t str) -> (Vec<&'t str>, Vec<&'t str>) {
    let (mut before, mut after): (Vec<_>, Vec<_>) = (before.lines().collect(), after.lines().collect());
    let same = before.iter().zip(&after).take_while(|(a, b)| a == b).count();
    before.drain(..same);
    after.drain(..same);
    while before.last().is_some_and(|line| after.last() == Some(line)) {
        before.pop();
        after.pop();
    }
    (before, after)
}

#[test]
fn a_change_to_one_step_changes_the_lines_of_that_step_alone() {
    for mut document in documents().filter(|document| !document.funnel.steps.is_empty()) {
        let step = document.funnel.steps[document.funnel.steps.len() / 2].clone();
        // A note that is tied to it moves along, and a collapsed frame opens where it comes to lie: those are other items,
        // each with its own line, and tests/furniture.rs is about them.
        let layout = Arc::make_mut(&mut document.layout);
        layout.frames.iter_mut().for_each(|frame| Arc::make_mut(frame).collapsed = false);
        for note in &mut layout.comments {
            if note.step.as_ref() == Some(&step.id) {
                Arc::make_mut(note).step = None;
            }
        }
        let renamed = {
            let mut step = (*step).clone();
            step.title = "Another title".to_owned();
            step
        };
        let moved = Edit::MoveSteps(vec![(step.id.clone(), Point { x: 12.5, y: -8.0 })]);
        for edit in [Edit::ReplaceStep(renamed), moved] {
            let after = edit::apply(&document, &edit).unwrap();
            let (before, after) = (file::write(&document, &Remarks::default()), file::write(&after, &Remarks::default()));
            let (old, new) = hunk(&before, &after);
            let own = file::parse(&before, "x").unwrap().source;
            let span = own.step(&step.id).unwrap();
            let lines = before[span.clone()].lines().count();
            let (first, _) = own.place(span.start);
            let begins = before.lines().zip(after.lines()).take_while(|(a, b)| a == b).count() + 1;
            assert!(old.len() <= lines, "{old:#?} became {new:#?}");
            assert!(old.is_empty() || (first..first + lines).contains(&begins), "{old:#?} became {new:#?}");
        }
    }
}

#[test]
fn the_lines_of_the_contract_stay_as_they_are() {
    let text = file::fmt(SAMPLE, "sample.ron").unwrap();
    for line in [
        "        (id: \"ad\", title: \"Instagram ad\", at: (0, 0), kind: Entry(channel: ClickToWhatsAppAd)),",
        "        (id: \"welcome\", title: \"Contextual reply\", at: (280, 0), kind: Message(",
        "                options: [(label: \"any reply\", share: 1.0)],",
        "        (id: \"offer\", title: \"Day-3 offer\", at: (1400, -80), kind: Message(purpose: Marketing, send: Template(\"day3_offer\"))),",
        "        (from: \"welcome\", out: Reply(\"any reply\"), to: \"ask\"),",
        "            samples: {\"1\": \"Ana\", \"2\": \"DIA3\"},",
    ] {
        assert!(text.lines().any(|own| own == line) && SAMPLE.lines().any(|own| own == line), "{line}");
    }
    assert!(text.starts_with("#![enable(implicit_some)]\n(\n    format: 1,\n"));
}

#[test]
fn a_file_may_leave_out_what_goes_without_saying() {
    let least = read("(format: 1, name: \"\", steps: [(id: \"a\", kind: Entry(channel: QrCode))])").document;
    assert_eq!(least.funnel.policy, "whatsapp-2026-10");
    assert_eq!(least.funnel.steps[0].title, "");
    assert_eq!(least.layout.spots[&StepId::from("a")], Point::default());
    let windows = SAMPLE.replace('\n', "\r\n");
    assert_eq!(read(&format!("\u{feff}{windows}")).document, read(SAMPLE).document);
    assert_eq!(file::fmt(&windows, "a").unwrap(), file::fmt(SAMPLE, "a").unwrap());
    let spelled = SAMPLE.replace("#![enable(implicit_some)]", "").replace("timeout: \"20h\"", "timeout: Some(\"20h\")");
    assert_eq!(read(&spelled).document, read(SAMPLE).document);
}

#[test]
fn a_source_knows_where_its_parts_stand() {
    let loaded = read(SAMPLE);
    let (source, welcome) = (&loaded.source, StepId::from("welcome"));
    let piece = |range: Option<std::ops::Range<usize>>| source.text[range.unwrap()].to_owned();
    assert_eq!(piece(source.field("launch")), "\"2026-12-01T09:00:00\"");
    assert_eq!(piece(source.audience_field("timezone")), "\"America/Sao_Paulo\"");
    assert_eq!(piece(source.step_field(&welcome, "title")), "\"Contextual reply\"");
    assert!(piece(source.step_field(&welcome, "kind")).starts_with("Message("));
    assert!(piece(source.step_field(&welcome, "send")).starts_with("FreeForm("));
    assert!(piece(source.step(&StepId::from("done"))).ends_with("kind: Exit(Converted))"));
    assert_eq!(piece(source.template_field(0, "name")), "\"day3_offer\"");
    assert!(piece(source.scenario(0)).contains("Answers at once"));
    let link = source.link(&welcome, &transom::model::Output::Timeout).unwrap();
    assert_eq!(&source.text[link.clone()], "(from: \"welcome\", out: Timeout, to: \"done\")");
    let line = 1 + SAMPLE[..SAMPLE.find("out: Timeout").unwrap()].matches('\n').count();
    assert_eq!(source.place(link.start), (line, 9));
    assert_eq!(source.step(&StepId::from("nothing")), None);
}

/// Every file in `tests/broken` has beside it what is said of it. `UPDATE_BROKEN=1` writes that anew, to be read.
#[test]
fn what_is_wrong_is_said_with_its_place() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/broken");
    let mut files: Vec<PathBuf> = std::fs::read_dir(&folder).unwrap().map(|entry| entry.unwrap().path()).collect();
    files.retain(|path| path.extension().is_some_and(|ext| ext == "ron"));
    files.sort();
    assert!(files.len() > 40, "the broken files are there");
    for path in files {
        let name = path.file_name().unwrap().to_string_lossy().into_owned();
        let text = String::from_utf8(std::fs::read(&path).unwrap()).unwrap();
        let Err(error) = file::parse(&text, &name) else { panic!("{name} reads") };
        let said = format!("{error}\n");
        let expected = path.with_extension("txt");
        if std::env::var_os("UPDATE_BROKEN").is_some() {
            std::fs::write(&expected, &said).unwrap();
        }
        assert_eq!(said, std::fs::read_to_string(&expected).unwrap_or_default(), "{name}");
        for problem in &error.problems {
            assert!(error.text.get(problem.span.clone()).is_some(), "{name}: the place is in the text");
        }
    }
}

#[test]
fn what_is_no_file_of_text_is_said_to_be_so() {
    let folder = tempfile::tempdir().unwrap();
    let at = |name: &str, bytes: &[u8]| {
        let path = folder.path().join(name);
        std::fs::write(&path, bytes).unwrap();
        file::read(&path).unwrap_err().to_string()
    };
    assert!(at("latin.ron", b"(\n name: \"caf\xe9\"").contains(":2:12: the byte 0xe9, which is not UTF-8"));
    assert!(at("wide.ron", b"\xff\xfe(\0").contains("UTF-16"));
    assert!(at("empty.ron", b"").contains(":1:1: this file is empty"));
    assert!(at("space.ron", b" \n // only words\n").contains("this file is empty"));
    assert!(file::read(folder.path()).unwrap_err().to_string().contains("this is a folder"));
    assert!(file::read(&folder.path().join("none.ron")).unwrap_err().to_string().ends_with("there is no such file"));
}

#[test]
fn an_unknown_policy_or_market_is_said_with_its_place() {
    let ask = |from: &str, to: &str| file::policy_of(&read(&SAMPLE.replace(from, to)), None);
    assert_eq!(ask("", "").unwrap().id, "whatsapp-2026-10");
    let said = ask("\"whatsapp-2026-10\"", "\"whatsap-2026-10\"").unwrap_err().to_string();
    assert!(said.starts_with("test.ron:6:13: unknown policy `whatsap-2026-10`; "), "{said}");
    assert!(said.ends_with("did you mean `whatsapp-2026-10`?"), "{said}");
    let said = ask("\"BR\"", "\"BRA\"").unwrap_err().to_string();
    assert!(said.starts_with("test.ron:9:17: unknown market `BRA`; "), "{said}");
}

#[test]
fn a_text_has_at_most_a_mebibyte_of_words() {
    let with =
        |words: &str| file::parse(&SAMPLE.replace("Oi! Você", words), "long.ron").map(|_| ()).map_err(|e| e.to_string());
    assert_eq!(with(&"a".repeat((1 << 20) - 60)), Ok(()));
    assert_eq!(with(&"\\u{e9}".repeat(1 << 18)), Ok(()), "what counts is what is meant, not how it is escaped");
    let said = with(&"a".repeat(1 << 20)).unwrap_err();
    assert!(said.contains("long.ron:31:33: a text of 1024 KiB; at most 1 MiB"), "{said}");
}

/// Comments at the beginnings and ends of random lines of random documents.
#[test]
fn no_comment_of_any_file_is_lost() {
    let mut dice = Dice(ChaCha8Rng::seed_from_u64(7));
    for document in documents() {
        let mut text = String::new();
        let mut words = Vec::new();
        for line in file::write(&document, &Remarks::default()).lines() {
            if dice.chance(0.2) {
                let comment = format!("// w{}w", words.len());
                let own = dice.chance(0.5);
                let _ = if own { writeln!(text, "  {comment}\n{line}") } else { writeln!(text, "{line}  {comment}") };
                words.push(comment);
            } else {
                let _ = writeln!(text, "{line}");
            }
        }
        let written = file::fmt(&text, "test.ron").unwrap_or_else(|error| panic!("{error}\n{text}"));
        for comment in &words {
            assert_eq!(written.matches(comment.as_str()).count(), 1, "{comment}\n{text}\n{written}");
        }
        assert_eq!(read(&written).document, document);
        assert_eq!(file::fmt(&written, "test.ron").unwrap(), written);
    }
}

#[test]
fn no_text_makes_the_reader_fall() {
    let mut dice = Dice(ChaCha8Rng::seed_from_u64(24));
    let pieces = [
        "(", ")", "[", "]", "{", "}", "\"", "\\", "/*", "*/", "//", ",", ":", "é", "\0", "r#\"", "Some(", "-", "NaN", "9e99",
    ];
    let mut read_well = 0;
    for _ in 0..4000 {
        let mut bytes = SAMPLE.as_bytes().to_vec();
        for _ in 0..=dice.below(4) {
            let (at, len) = (dice.below(bytes.len()), dice.below(40));
            let end = (at + len).min(bytes.len());
            match dice.below(4) {
                0 => drop(bytes.drain(at..end)),
                1 => bytes.insert(at, dice.below(256) as u8),
                2 => drop(bytes.splice(at..at, dice.pick(&pieces).bytes().collect::<Vec<_>>())),
                _ => {
                    let copy = bytes[at..end].to_vec();
                    let to = dice.below(bytes.len());
                    drop(bytes.splice(to..to, copy));
                }
            }
        }
        let text = String::from_utf8_lossy(&bytes);
        match file::parse(&text, "f") {
            Ok(loaded) => {
                read_well += 1;
                let written = file::write(&loaded.document, &loaded.remarks);
                assert_eq!(read(&written).document, loaded.document, "{text}");
                assert_eq!(file::fmt(&written, "f").unwrap(), written, "{text}");
            }
            Err(error) => {
                assert!(!error.problems.is_empty());
                for problem in &error.problems {
                    assert!(
                        problem.line >= 1 && problem.column >= 1 && error.text.get(problem.span.clone()).is_some(),
                        "{error}"
                    );
                    assert!(!problem.found.is_empty(), "{error}");
                }
            }
        }
    }
    assert!(read_well > 200, "some of the changed files still read: {read_well}");
    for deep in ["(", "[", "{", "(a: ", "Some(", "/*"] {
        assert!(file::parse(&deep.repeat(200_000), "deep.ron").is_err());
    }
}

#[test]
fn a_copied_part_goes_through_the_clipboard_as_it_is() {
    for document in documents() {
        let funnel = &document.funnel;
        let tied = document.layout.comments.iter().filter(|note| note.step.is_some());
        let fragment = Fragment {
            steps: funnel.steps.iter().map(|step| ((**step).clone(), document.layout.spots[&step.id])).collect(),
            links: funnel.links.iter().map(|link| (**link).clone()).collect(),
            templates: funnel.templates.iter().map(|template| (**template).clone()).collect(),
            notes: tied.map(|note| (**note).clone()).collect(),
        };
        let text = file::fragment_to_text(&fragment);
        assert_eq!(file::fragment_from_text(&text).unwrap_or_else(|error| panic!("{error}\n{text}")), fragment);
        let written = file::write(&document, &Remarks::default());
        for line in text.lines().filter(|line| line.contains("id: ")) {
            assert!(written.contains(line), "it can be pasted into a file: {line}");
        }
    }
    assert!(file::fragment_from_text("some words").is_err());
    assert!(file::fragment_from_text(SAMPLE).is_err());
}

#[test]
fn ten_thousand_steps_read_and_write() {
    let mut text = String::from("(format: 1, name: \"long\", steps: [\n");
    let mut links = String::new();
    for index in 0..10_000 {
        let _ = writeln!(
            text,
            "(id: \"s{index}\", kind: Message(purpose: Service, send: FreeForm(Text(\"x\")), reply: (options: [(label: \"a\")], \
             chance: 0.5, delay: Fixed(\"5m\"), timeout: \"1h\"))), // step {index}"
        );
        let _ = writeln!(links, "(from: \"s{index}\", out: Timeout, to: \"s{}\"), // link {index}", (index + 1) % 10_000);
    }
    let loaded = read(&format!("{text}], links: [{links}])"));
    let written = file::write(&loaded.document, &loaded.remarks);
    assert_eq!(written.matches("// ").count(), 20_000);
    assert_eq!(read(&written).document, loaded.document);
    let wrong = written.replace("to: \"s", "to: \"t");
    assert_eq!(file::parse(&wrong, "wrong.ron").unwrap_err().problems.len(), 10_000, "each of them is said");
}

#[test]
fn the_words_of_the_person_follow_what_they_belong_to() {
    let text = SAMPLE
        .replace("        (id: \"gap\"", "        // three days is the shortest that legal allows\n        (id: \"gap\"")
        .replace("out: Timeout, to: \"done\"),", "out: Timeout, to: \"done\"), // nobody came back in March")
        .replace("    links: [", "    /* the way */\n    links: [");
    let loaded = read(&text);
    let document = &loaded.document;
    assert_eq!(loaded.remarks.lost(document), []);

    let removed = edit::apply(document, &Edit::RemoveSteps(vec![StepId::from("gap")])).unwrap();
    let lost = loaded.remarks.lost(&removed);
    assert_eq!(lost.len(), 1);
    assert_eq!(lost[0].1, "// three days is the shortest that legal allows");
    assert_eq!(text.lines().nth(lost[0].0 - 1).unwrap().trim(), lost[0].1, "the line is that of the file");
    assert!(!file::write(&removed, &loaded.remarks).contains("legal allows"));
    let mut agreed = loaded.remarks.clone();
    agreed.let_go(&removed);
    assert_eq!(agreed.lost(document), []);
    assert_eq!(file::write(&removed, &agreed), file::write(&removed, &loaded.remarks));

    let mut funnel = (*document.funnel).clone();
    funnel.steps.reverse();
    funnel.links.reverse();
    let mut template = (*funnel.templates[0]).clone();
    template.name = "renamed".to_owned();
    funnel.templates[0] = Arc::new(template);
    let StepKind::Message(message) = &funnel.steps.iter().find(|step| step.id.as_str() == "ask").unwrap().kind else {
        panic!()
    };
    assert!(message.reply.is_some());
    let turned = Document { funnel: Arc::new(funnel), layout: document.layout.clone() };
    assert_eq!(loaded.remarks.lost(&turned), []);
    let written = file::write(&turned, &loaded.remarks);
    assert!(written.contains("    // three days is the shortest that legal allows\n        (id: \"gap\""), "{written}");
    assert!(written.contains("out: Timeout, to: \"done\"), // nobody came back in March\n"), "{written}");
    assert!(written.contains("    /* the way */\n    links: ["), "{written}");
    assert!(written.contains("name: \"renamed\", // [a-z0-9_]{1,512}\n"), "{written}");
}
