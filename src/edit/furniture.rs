//! Frames and comments: what lies on the canvas and means nothing to a journey. What a frame holds is what lies wholly in
//! it, so nothing else has to be kept in step.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use crate::model::{Comment, Document, Frame, Layout, Point, Size, StepId};

use super::arrange::card_size;
use super::sound::check_length;
use super::steps::{check_known, check_place};
use super::{Refusal, refuse};

/// Adds a frame on top.
pub(super) fn add_frame(document: &mut Document, frame: &Frame) -> Result<(), Refusal> {
    check_frame(frame)?;
    layout(document).frames.push(Arc::new(frame.clone()));
    Ok(())
}

/// Replaces the frame at this place.
pub(super) fn replace_frame(document: &mut Document, place: usize, frame: &Frame) -> Result<(), Refusal> {
    check_frame(frame)?;
    put(&mut layout(document).frames, place, frame, "frame")
}

/// Removes the frame at this place.
pub(super) fn remove_frame(document: &mut Document, place: usize) -> Result<(), Refusal> {
    take(&mut layout(document).frames, place, "frame")
}

/// Adds a comment on top.
pub(super) fn add_comment(document: &mut Document, comment: &Comment) -> Result<(), Refusal> {
    check_comment(document, comment)?;
    layout(document).comments.push(Arc::new(comment.clone()));
    Ok(())
}

/// Replaces the comment at this place.
pub(super) fn replace_comment(document: &mut Document, place: usize, comment: &Comment) -> Result<(), Refusal> {
    check_comment(document, comment)?;
    put(&mut layout(document).comments, place, comment, "comment")
}

/// Removes the comment at this place.
pub(super) fn remove_comment(document: &mut Document, place: usize) -> Result<(), Refusal> {
    take(&mut layout(document).comments, place, "comment")
}

/// Changes where cards lie, and lets the notes that are tied to them follow.
pub(super) fn carry_notes(document: &mut Document, change: impl FnOnce(&mut BTreeMap<StepId, Point>)) {
    let Layout { spots, comments, .. } = layout(document);
    let spot = |note: &Comment, spots: &BTreeMap<StepId, Point>| spots.get(note.step.as_ref()?).copied();
    let before: Vec<Option<Point>> = comments.iter().map(|note| spot(note, spots)).collect();
    change(spots);
    for (note, before) in comments.iter_mut().zip(before) {
        if let (Some(was), Some(is)) = (before, spot(note, spots))
            && was != is
        {
            let at = Point { x: note.at.x + is.x - was.x, y: note.at.y + is.y - was.y };
            Arc::make_mut(note).at = at;
        }
    }
}

/// Opens every collapsed frame that has come to hold a step that it did not hold before: nothing that is in sight vanishes
/// by being put somewhere, or by having a block put near it.
pub(super) fn open_what_gained(before: &Document, after: &mut Document) {
    if Arc::ptr_eq(&before.layout, &after.layout) || !after.layout.frames.iter().any(|frame| frame.collapsed) {
        return;
    }
    let (old, new) = (&before.layout.frames, &after.layout.frames);
    let was = |place: usize, frame: &Arc<Frame>| match old.iter().find(|other| Arc::ptr_eq(other, frame)) {
        None if old.len() == new.len() => old.get(place),
        found => found,
    };
    let gained = |(place, frame): (usize, &Arc<Frame>)| {
        let was = was(place, frame).filter(|was| was.collapsed && frame.collapsed)?;
        let held = held(before, was);
        (!self::held(after, frame).is_subset(&held)).then_some(place)
    };
    let gained: Vec<usize> = new.iter().enumerate().filter_map(gained).collect();
    for place in gained {
        Arc::make_mut(&mut layout(after).frames[place]).collapsed = false;
    }
}

/// The steps whose cards lie wholly in a frame.
fn held<'d>(document: &'d Document, frame: &Frame) -> BTreeSet<&'d StepId> {
    let Frame { at, size: Size { width, height }, .. } = frame;
    let lies_in = |spot: &Point, card: Size| {
        at.x <= spot.x && at.y <= spot.y && spot.x + card.width <= at.x + width && spot.y + card.height <= at.y + height
    };
    let spots = &document.layout.spots;
    let steps = document.funnel.steps.iter();
    steps
        .filter(|step| spots.get(&step.id).is_some_and(|spot| lies_in(spot, card_size(step))))
        .map(|step| &step.id)
        .collect()
}

fn layout(document: &mut Document) -> &mut Layout {
    Arc::make_mut(&mut document.layout)
}

fn put<T: Clone>(things: &mut [Arc<T>], place: usize, thing: &T, noun: &str) -> Result<(), Refusal> {
    match things.get_mut(place) {
        Some(old) => *old = Arc::new(thing.clone()),
        None => return refuse(format!("That {noun} is not there any more")),
    }
    Ok(())
}

fn take<T>(things: &mut Vec<Arc<T>>, place: usize, noun: &str) -> Result<(), Refusal> {
    if place >= things.len() {
        return refuse(format!("That {noun} is not there any more"));
    }
    things.remove(place);
    Ok(())
}

fn check_comment(document: &Document, comment: &Comment) -> Result<(), Refusal> {
    comment.step.iter().try_for_each(|step| check_known(document, step))?;
    check_text_and_place(comment)
}

/// Refuses a note that no file could hold, whatever it is tied to.
pub(super) fn check_text_and_place(comment: &Comment) -> Result<(), Refusal> {
    check_length(&comment.text)?;
    check_place(comment.at)
}

fn check_frame(frame: &Frame) -> Result<(), Refusal> {
    check_length(&frame.title)?;
    check_place(frame.at)?;
    let extents = [frame.size.width, frame.size.height];
    if extents.iter().all(|extent| extent.is_finite() && *extent >= 0.0) { Ok(()) } else { refuse("A frame needs a size") }
}
