//! Frames and comments: what lies on the canvas and means nothing to a journey.

use std::sync::Arc;

use crate::model::{Comment, Document, Frame, Layout};

use super::sound::check_length;
use super::steps::check_place;
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
    check_comment(comment)?;
    layout(document).comments.push(Arc::new(comment.clone()));
    Ok(())
}

/// Replaces the comment at this place.
pub(super) fn replace_comment(document: &mut Document, place: usize, comment: &Comment) -> Result<(), Refusal> {
    check_comment(comment)?;
    put(&mut layout(document).comments, place, comment, "comment")
}

/// Removes the comment at this place.
pub(super) fn remove_comment(document: &mut Document, place: usize) -> Result<(), Refusal> {
    take(&mut layout(document).comments, place, "comment")
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

fn check_comment(comment: &Comment) -> Result<(), Refusal> {
    check_length(&comment.text)?;
    check_place(comment.at)
}

fn check_frame(frame: &Frame) -> Result<(), Refusal> {
    check_length(&frame.title)?;
    check_place(frame.at)?;
    let extents = [frame.size.width, frame.size.height];
    if extents.iter().all(|extent| extent.is_finite() && *extent >= 0.0) { Ok(()) } else { refuse("A frame needs a size") }
}
