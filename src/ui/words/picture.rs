//! What is said about pictures.

/// A funnel without steps was to be drawn.
pub const EMPTY: &str = "there is nothing to draw yet: the funnel has no steps";
/// The chart of all journeys was to be drawn.
pub const NO_WINDOWS: &str = "the chart of all journeys cannot be drawn yet; --view canvas and --view journey can";

/// A picture would have too many pixels.
pub fn too_large(width: f32, height: f32, most: f32, longest: f32) -> String {
    format!(
        "a picture of {width} × {height} pixels is too large: at most {:.0} million pixels, and {longest} along a side; choose \
         a smaller scale or size, or SVG",
        most / 1e6
    )
}

/// There is no story of this name.
pub fn no_scenario(name: &str, nearest: Option<&str>, known: &[&str]) -> String {
    match nearest {
        Some(nearest) => format!("there is no scenario \"{name}\"; did you mean \"{nearest}\"?"),
        None => {
            let known: Vec<String> = known.iter().map(|name| format!("  {name}\n")).collect();
            format!("there is no scenario \"{name}\"; these are there:\n{}", known.concat().trim_end_matches('\n'))
        }
    }
}

/// A story has no journey that could be told.
pub fn cannot_be_told(name: &str) -> String {
    format!("\"{name}\" cannot be told: there is no such journey")
}

/// On the button with what can be done with pictures.
pub const PICTURE: &str = "Picture";

/// Said once a picture is on the clipboard. `steps` is how many of the funnel's were chosen, none for all.
pub fn copied(steps: usize) -> String {
    match steps {
        0 => "Picture of the funnel copied".to_owned(),
        1 => "Picture of 1 step copied".to_owned(),
        _ => format!("Picture of {steps} steps copied"),
    }
}

/// Said once a picture is in a file.
pub fn exported_to(path: &str) -> String {
    format!("Picture exported to {path}")
}

/// What is wrong, as a sentence of its own.
pub fn sentence(why: &str) -> String {
    let mut letters = why.chars();
    letters.next().map(|first| first.to_uppercase().chain(letters).collect()).unwrap_or_default()
}
