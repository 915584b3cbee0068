//! `transom render`: pictures for those who have no planner before them, drawn with no display and no GPU.

mod shell;

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;

use image::RgbImage;
use shell::{NOW, transom};
use transom::cli::samples::SAMPLES;
use transom::model::Funnel;
use transom::ui::theme::{DARK, LIGHT};

/// A folder for pictures.
struct Folder(shell::Folder);

impl Folder {
    fn new() -> Self {
        Self(shell::Folder::new())
    }

    /// The path of a file in it, as one writes it.
    fn path(&self, name: &str) -> String {
        self.0.path(name).display().to_string()
    }

    /// The bytes of a picture of this funnel.
    fn drawn(&self, funnel: &str, name: &str, more: &[&str]) -> Vec<u8> {
        let path = self.path(name);
        let mut arguments = vec!["render", funnel, "--now", NOW, "-o", &path];
        arguments.extend(more);
        let output = transom(&arguments);
        let said = String::from_utf8_lossy(&output.stderr);
        assert_eq!((output.status.code(), said.as_ref()), (Some(0), ""), "{arguments:?}");
        assert!(output.stdout.is_empty());
        fs::read(&path).expect("the picture was written")
    }

    fn pixels(&self, funnel: &str, more: &[&str]) -> RgbImage {
        let bytes = self.drawn(funnel, "picture.png", more);
        image::load_from_memory(&bytes).expect("the PNG can be read").to_rgb8()
    }

    fn shapes(&self, funnel: &str, more: &[&str]) -> String {
        String::from_utf8(self.drawn(funnel, "picture.svg", more)).expect("an SVG is UTF-8")
    }
}

fn sample(name: &str) -> String {
    format!("funnels/{name}.ron")
}

/// How many pixels have this colour.
fn count(picture: &RgbImage, colour: egui::Color32) -> usize {
    picture.pixels().filter(|pixel| pixel.0 == [colour.r(), colour.g(), colour.b()]).count()
}

#[test]
fn every_sample_becomes_a_picture_with_its_verdicts() {
    let folder = Folder::new();
    for each in SAMPLES {
        let picture = folder.pixels(&sample(each.name), &[]);
        let funnel = each.funnel().expect("samples read");
        assert!(picture.width() > 600 && picture.height() > 200, "{}: {:?}", each.name, picture.dimensions());
        assert!(count(&picture, LIGHT.raised) > 10_000, "{}: the faces of cards", each.name);
        assert!(count(&picture, LIGHT.inside_soft) > 200, "{}: some step is inside", each.name);
        assert!(funnel.steps.len() > 2);
    }
    let mistake = folder.pixels(&sample("day3-mistake"), &[]);
    let mended = folder.pixels(&sample("day3-reengagement"), &[]);
    assert!(count(&mistake, LIGHT.outside_soft) > 500, "the two steps that are outside are red");
    assert_eq!(count(&mended, LIGHT.outside_soft), 0, "nothing is red where nothing fails");
}

#[test]
fn the_same_funnel_gives_the_same_bytes_in_each_theme() {
    let folder = Folder::new();
    for name in ["a.png", "a.svg"] {
        let light = folder.drawn(&sample("day3-mistake"), name, &[]);
        let dark = folder.drawn(&sample("day3-mistake"), name, &["--theme", "dark"]);
        assert_eq!(light, folder.drawn(&sample("day3-mistake"), name, &["--theme", "light"]), "{name}");
        assert_ne!(light, dark, "{name}");
    }
    let dark = folder.pixels(&sample("day3-mistake"), &["--theme", "dark"]);
    assert!(count(&dark, DARK.raised) > 10_000 && count(&dark, DARK.outside_soft) > 500);
    assert_eq!(count(&dark, LIGHT.raised), 0);
}

#[test]
fn scale_and_size_are_kept() {
    let folder = Folder::new();
    let funnel = sample("day3-mistake");
    let (width, height) = folder.pixels(&funnel, &[]).dimensions();
    assert_eq!(folder.pixels(&funnel, &["--scale", "2"]).dimensions(), (2 * width, 2 * height));
    assert_eq!(folder.pixels(&funnel, &["--size", "800x500"]).dimensions(), (800, 500));
    assert_eq!(folder.pixels(&funnel, &["--size", "800x500", "--scale", "1.5"]).dimensions(), (1200, 750));
    let fitted = folder.pixels(&funnel, &["--size", "800x500", "--scale", "4"]);
    assert!(count(&fitted, LIGHT.outside) > 200, "the steps at its far end are seen");
    let svg = folder.shapes(&funnel, &["--scale", "2"]);
    assert!(svg.contains(&format!("width=\"{}\" height=\"{}\" viewBox=\"0 0 {width} {height}\"", 2 * width, 2 * height)));
}

#[test]
fn an_svg_is_sound_and_holds_the_words_of_every_step() {
    let folder = Folder::new();
    for each in SAMPLES {
        let svg = folder.shapes(&sample(each.name), &[]);
        let document = roxmltree::Document::parse(&svg).unwrap_or_else(|error| panic!("{}: {error}", each.name));
        let words: Vec<&str> = document.descendants().filter_map(|node| node.text()).collect();
        let funnel: &Funnel = &each.funnel().expect("samples read");
        for step in &funnel.steps {
            assert!(words.iter().any(|text| *text == step.name()), "{}: {} is named", each.name, step.name());
        }
        assert!(words.contains(&"Inside"), "{}: verdicts are in words", each.name);
        // Every outline that is used is there, so that no letter is missing.
        let known: BTreeSet<String> =
            document.descendants().filter_map(|node| node.attribute("id")).map(|id| format!("#{id}")).collect();
        let link = ("http://www.w3.org/1999/xlink", "href");
        let used: Vec<&str> = document.descendants().filter_map(|node| node.attribute(link)).collect();
        assert!(used.len() > 200 && used.iter().all(|used| known.contains(*used)), "{}", each.name);
    }
}

#[test]
fn text_of_any_kind_stays_a_sound_svg() {
    let folder = Folder::new();
    let text = "Oi <Ana> & \\\"Zoë\\\" 👟 日本語 مرحبا ]]> \\u{1}";
    let steps = format!("(id: \"in\", title: \"{text}\", kind: Entry(channel: UserMessage))");
    let path = folder.0.funnel("Europe/Berlin", &format!("steps: [{steps}], links: []"));
    let svg = folder.shapes(&path, &[]);
    let document = roxmltree::Document::parse(&svg).expect("sound XML");
    let named =
        document.descendants().any(|node| node.text().is_some_and(|text| text.contains("<Ana> & \"Zoë\" 👟 日本語")));
    assert!(named);
}

#[test]
fn a_journey_is_drawn_for_the_scenario_that_is_named() {
    let folder = Folder::new();
    let funnel = sample("day3-mistake");
    let journey = |more: &[&str]| folder.shapes(&funnel, &[&["--view", "journey"], more].concat());
    let (first, never) = (journey(&[]), journey(&["--scenario", "Never answers"]));
    assert!(first.contains("<title>Says yes at once (the plan expects both offers to arrive)</title>"));
    assert!(first.contains("72 h after the last message"), "the reason is said");
    assert!(never.contains("<title>Never answers</title>") && never.contains("No reply"));
    assert!(journey(&["--scenario", "Breaks: Day-3 offer"]).contains("Day-3 offer"));
    let picture = folder.pixels(&funnel, &["--view", "journey", "--scale", "2"]);
    assert!(count(&picture, LIGHT.outside_soft) > 500 && count(&picture, LIGHT.inside_soft) > 500);
}

#[test]
fn the_windows_of_all_messages_are_drawn() {
    let folder = Folder::new();
    let svg = folder.shapes(&sample("day3-mistake"), &["--view", "window"]);
    for words in ["2 of 4 free-form messages can fall outside the window", "Day-7 last call", "Contextual reply", "24 h"] {
        assert!(svg.contains(&format!("<title>{words}</title>")), "{words}");
    }
    let picture = folder.pixels(&sample("day3-mistake"), &["--view", "window"]);
    assert!(count(&picture, LIGHT.outside) > 100, "the marks of the two that fall outside");
}

#[test]
fn what_cannot_be_drawn_is_refused_in_words_and_nothing_is_written() {
    let folder = Folder::new();
    let out = &*folder.path("x.png");
    let refused = |arguments: &[&str], why: &str| {
        let output = transom(&[&["render"], arguments].concat());
        let said = String::from_utf8_lossy(&output.stderr);
        assert_eq!(output.status.code(), Some(2), "{arguments:?}");
        assert!(said.contains(why), "{arguments:?}: {said}");
        assert!(!Path::new(out).exists(), "{arguments:?}");
    };
    let funnel = sample("day3-mistake");
    refused(&[&funnel, "-o", &out.replace(".png", ".jpg")], ".png or .svg");
    refused(&["funnels/none.ron", "-o", out], "funnels/none.ron");
    refused(&[&funnel, "--scenario", "Never answer", "-o", out], "did you mean \"Never answers\"");
    refused(&[&funnel, "--scale", "0", "-o", out], "0.1 to 16");
    refused(&[&funnel, "--size", "12", "-o", out], "1600x1000");
    refused(&[&funnel, "--size", "20000x20000", "-o", out], "too large");
    refused(&[&funnel, "-o", &folder.path("none/x.png")], "no such folder");
    refused(&[&funnel], "-o");
    fs::create_dir(folder.path("folder.png")).expect("a folder");
    refused(&[&funnel, "-o", &folder.path("folder.png")], "folder");
    let own = folder.path("own.svg");
    fs::copy(&funnel, &own).expect("a copy");
    refused(&[&own, "-o", &own], "the funnel itself");
    assert_eq!(fs::read(&own).expect("it is there"), fs::read(&funnel).expect("it is there"));
    let empty = folder.0.funnel("Europe/Berlin", "steps: [], links: []");
    refused(&[&empty, "-o", out], "nothing to draw");
}

#[test]
fn a_collapsed_frame_is_drawn_as_its_block_in_its_colour() {
    let folder = Folder::new();
    let text = fs::read_to_string(sample("day3-mistake")).expect("the sample is there");
    let open = text.replace("(title: \"Never delivered\", ", "(colour: Blue, title: \"Never delivered\", ");
    assert_ne!(open, text);
    let closed = open.replace("colour: Blue", "collapsed: true, colour: Blue");
    let file = |name: &str, text: &str| {
        let path = folder.path(name);
        fs::write(&path, text).expect("the folder takes files");
        path
    };
    let (open, closed) = (file("open.ron", &open), file("closed.ron", &closed));
    for theme in ["light", "dark"] {
        let colours = if theme == "light" { &LIGHT } else { &DARK };
        let tint = colours.tint(transom::model::Colour::Blue);
        let (open, closed) = (folder.pixels(&open, &["--theme", theme]), folder.pixels(&closed, &["--theme", theme]));
        assert!(count(&open, tint.ground) > 20_000, "the ground of the frame is blue");
        let block = count(&closed, tint.ground);
        assert!((200..5_000).contains(&block), "only the block's mark is: {block}");
        let raised = |picture: &RgbImage| count(picture, colours.raised);
        assert!(raised(&closed) < raised(&open) * 9 / 10, "three cards are one");
        assert!(count(&closed, colours.outside_soft) > 200, "it says the worst of what it hides");
    }
    let shapes = folder.shapes(&closed, &[]);
    let says = |words: &str| shapes.contains(&format!("<title>{words}</title>"));
    assert!(says("Never delivered") && says("3 steps"), "the block has its title and what it holds");
    assert!(!says("Day-7 last call"), "and the cards are gone");
}
