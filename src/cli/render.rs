//! `transom render`: the picture that the planner shows, in a file. It reads the funnel and writes the file; it knows no
//! pixel, so who draws is told to it.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use super::judging::{clock_at, loaded, policy_of};
use super::{Status, complain, output};
use crate::model::{Document, LocalTime};
use crate::policy::Policy;

/// What `render` takes.
#[derive(Debug, clap::Args)]
pub struct Arguments {
    /// The funnel.
    file: PathBuf,
    /// What to draw.
    #[arg(long, value_enum, default_value_t = View::Canvas)]
    view: View,
    /// The scenario to tell, by its name in the file or in the planner's list; else the file's first. On the canvas it
    /// marks where its person ends.
    #[arg(long, value_name = "NAME")]
    scenario: Option<String>,
    /// The colours.
    #[arg(long, value_enum, default_value_t = Theme::Light)]
    theme: Theme,
    /// How many pixels a point has: 2 for sharp screens and for print.
    #[arg(long, value_name = "N", default_value_t = 1.0, value_parser = scale)]
    scale: f32,
    /// How large the picture is in points, such as 1600x1000; else as large as what it shows.
    #[arg(long, value_name = "WxH", value_parser = size)]
    size: Option<[u32; 2]>,
    /// As of this local time, such as 2026-12-01T09:00:00; else as of now.
    #[arg(long, value_name = "LOCAL-TIME")]
    now: Option<LocalTime>,
    /// The picture's file; its ending says what it is, .png or .svg.
    #[arg(short, value_name = "OUT")]
    output: PathBuf,
}

/// What a picture shows.
#[derive(Debug, Clone, Copy, PartialEq, Eq, clap::ValueEnum)]
pub enum View {
    /// The funnel, with the verdict of each message.
    Canvas,
    /// One person's journey against the clock.
    Journey,
    /// How long after the last message each step sends, over all journeys.
    Window,
}

/// The colours of a picture.
#[derive(Debug, Clone, Copy, PartialEq, Eq, clap::ValueEnum)]
pub enum Theme {
    /// Dark on light.
    Light,
    /// Light on dark.
    Dark,
}

/// What kind of file a picture becomes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Form {
    /// Pixels.
    Png,
    /// Shapes.
    Svg,
}

impl Form {
    /// What the ending of a file's name says; `None` where it says neither.
    pub fn of(path: &Path) -> Option<Self> {
        let ending = path.extension()?.to_str()?.to_ascii_lowercase();
        match ending.as_str() {
            "png" => Some(Self::Png),
            "svg" => Some(Self::Svg),
            _ => None,
        }
    }
}

/// A picture that is wanted of a funnel that was read.
#[derive(Debug, Clone)]
pub struct Wish {
    /// The funnel and where its cards lie.
    pub document: Document,
    /// What it is judged by.
    pub policy: Arc<Policy>,
    /// The moment of judging.
    pub now: LocalTime,
    /// What to draw.
    pub view: View,
    /// The name of the story to tell.
    pub scenario: Option<String>,
    /// The colours.
    pub theme: Theme,
    /// Pixels a point.
    pub scale: f32,
    /// Width and height in points, where they are given.
    pub size: Option<[u32; 2]>,
    /// The kind of file.
    pub form: Form,
}

/// Draws a picture as the bytes of its file, or says in words why that cannot be.
pub type Draw = fn(Wish) -> Result<Vec<u8>, String>;

/// Draws the funnel into a file, where there is someone to draw.
pub fn run(arguments: &Arguments, draw: Option<Draw>) -> Status {
    picture(arguments, draw).map_or(Status::Failed, |bytes| output::put(&arguments.output, &arguments.file, &bytes))
}

/// The bytes of the picture; `None` after having said why there is none.
fn picture(arguments: &Arguments, draw: Option<Draw>) -> Option<Vec<u8>> {
    let refuse = |why: &str| complain(&format!("{why}\n"));
    let Some(draw) = draw else {
        refuse("this build of transom draws no pictures: it was built without the feature `gui`");
        return None;
    };
    let Some(form) = Form::of(&arguments.output) else {
        refuse(&format!("{}: the name of a picture ends in .png or .svg", arguments.output.display()));
        return None;
    };
    let loaded = loaded(&arguments.file)?;
    let policy = policy_of(&arguments.file, &loaded)?;
    let now = arguments.now.unwrap_or_else(|| clock_at(&loaded.document.funnel));
    let wish = Wish {
        document: loaded.laid_out(),
        policy,
        now,
        view: arguments.view,
        scenario: arguments.scenario.clone(),
        theme: arguments.theme,
        scale: arguments.scale,
        size: arguments.size,
        form,
    };
    draw(wish).map_err(|why| refuse(&format!("{}: {why}", arguments.file.display()))).ok()
}

/// Scales outside this are slips of the keyboard.
const SCALES: std::ops::RangeInclusive<f32> = 0.1..=16.0;
/// The least side of a picture, in points.
const LEAST: u32 = 64;

fn scale(text: &str) -> Result<f32, String> {
    let scale = text.parse().ok().filter(|scale| SCALES.contains(scale));
    scale.ok_or_else(|| format!("a number from {} to {} is wanted, such as 2", SCALES.start(), SCALES.end()))
}

fn size(text: &str) -> Result<[u32; 2], String> {
    let sides = text.split_once(['x', 'X', '×']);
    let side = |text: &str| text.trim().parse().ok().filter(|side: &u32| *side >= LEAST);
    let size = sides.and_then(|(width, height)| Some([side(width)?, side(height)?]));
    size.ok_or_else(|| format!("width and height in points are wanted, each at least {LEAST}, such as 1600x1000"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sizes_and_scales_are_read_as_people_write_them() {
        assert_eq!(size("1600x1000"), Ok([1600, 1000]));
        assert_eq!(size("800 × 600"), Ok([800, 600]));
        for wrong in ["1600", "1600x", "x1000", "0x0", "-5x100", "1600x1000x2", "99999999999x100"] {
            assert!(size(wrong).is_err(), "{wrong}");
        }
        assert_eq!(scale("2"), Ok(2.0));
        assert_eq!(scale("1.5"), Ok(1.5));
        for wrong in ["", "0", "-1", "NaN", "inf", "100", "2x"] {
            assert!(scale(wrong).is_err(), "{wrong}");
        }
    }

    #[test]
    fn the_ending_of_the_name_says_what_it_becomes() {
        assert_eq!(Form::of(Path::new("a/b.PNG")), Some(Form::Png));
        assert_eq!(Form::of(Path::new("b.svg")), Some(Form::Svg));
        for other in ["b", "png", "b.jpg", "svg/b."] {
            assert_eq!(Form::of(Path::new(other)), None, "{other}");
        }
    }
}
