//! The document: a funnel and where its cards lie; what is saved and undone.

use std::collections::BTreeMap;
use std::sync::Arc;

use serde::{Deserialize, Serialize};

use super::{Funnel, StepId};

/// A place on the canvas, in points at zoom 1; x to the right, y down.
#[derive(Debug, Clone, Copy, PartialEq, Default, Serialize, Deserialize)]
#[allow(missing_docs)]
pub struct Point {
    pub x: f32,
    pub y: f32,
}

/// A width and a height on the canvas, in points at zoom 1.
#[derive(Debug, Clone, Copy, PartialEq, Default, Serialize, Deserialize)]
#[allow(missing_docs)]
pub struct Size {
    pub width: f32,
    pub height: f32,
}

/// What a frame can be coloured with: names that each appearance has its own tones for, and none of the verdicts' colours.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Deserialize)]
#[allow(missing_docs)]
pub enum Colour {
    Blue,
    Teal,
    Purple,
    Pink,
    Brown,
}

impl Colour {
    /// All of them, in the order of menus.
    pub const ALL: [Self; 5] = [Self::Blue, Self::Teal, Self::Purple, Self::Pink, Self::Brown];
}

/// A titled rectangle that groups the steps in it.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Frame {
    /// What stands at its top.
    pub title: String,
    /// Its upper left corner.
    pub at: Point,
    /// Its extent, while it is not collapsed.
    pub size: Size,
    /// Its colour; `None` is that of the ground.
    pub colour: Option<Colour>,
    /// Whether it is shown as one block, without what it holds.
    pub collapsed: bool,
}

/// A note on the canvas.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Comment {
    /// Its upper left corner.
    pub at: Point,
    /// What it says.
    pub text: String,
    /// The step that it is tied to and moves with.
    pub step: Option<StepId>,
}

/// Where things lie. It never changes what a funnel means.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Layout {
    /// The upper left corner of each step's card; exactly the funnel's steps.
    pub spots: BTreeMap<StepId, Point>,
    /// Frames, the lowest first.
    pub frames: Vec<Arc<Frame>>,
    /// Notes, the lowest first.
    pub comments: Vec<Arc<Comment>>,
}

/// A funnel and its layout.
///
/// Both are behind `Arc`, so that a copy is cheap and "did the meaning change" is a comparison of pointers: moving a
/// card leaves `funnel` the very same.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Document {
    /// What is judged.
    pub funnel: Arc<Funnel>,
    /// Where it lies.
    pub layout: Arc<Layout>,
}
