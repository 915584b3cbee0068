//! How a funnel lies on disk in format 1, where that differs from the model: a step with its place, tuples for points,
//! and what may be left out. It knows nothing of text or places in it.

use std::sync::Arc;

use serde::Deserialize;

use crate::edit::Fragment;
use crate::model::{
    Allow, Arrivals, Audience, Branch, Channel, Colour, Comment, Document, Frame, Funnel, Layout, Link, LocalTime, Message,
    Outcome, Point, Purpose, Reply, Scenario, Send, Size, Step, StepId, StepKind, Template, Wait,
};
use crate::policy;

/// A file.
#[derive(Debug, Deserialize)]
#[serde(rename = "Funnel", deny_unknown_fields)]
pub(super) struct FileShape {
    #[serde(rename = "format")]
    _format: u32,
    name: String,
    #[serde(default)]
    notes: String,
    #[serde(default = "default_policy")]
    policy: String,
    #[serde(default)]
    launch: Option<LocalTime>,
    #[serde(default)]
    audience: Audience,
    #[serde(default)]
    messaging_limit: Option<u64>,
    #[serde(default)]
    allow: Vec<Allow>,
    #[serde(default)]
    templates: Vec<Arc<Template>>,
    pub(super) steps: Vec<StepShape>,
    #[serde(default)]
    links: Vec<Arc<Link>>,
    #[serde(default)]
    frames: Vec<FrameShape>,
    #[serde(default)]
    comments: Vec<CommentShape>,
    #[serde(default)]
    scenarios: Vec<Arc<Scenario>>,
}

fn default_policy() -> String {
    policy::DEFAULT_ID.to_owned()
}

/// A step with its place.
#[derive(Debug, Deserialize)]
#[serde(rename = "Step", deny_unknown_fields)]
pub(super) struct StepShape {
    id: StepId,
    #[serde(default)]
    title: String,
    #[serde(default)]
    at: Option<(f32, f32)>,
    #[serde(default)]
    allow: Vec<Allow>,
    kind: KindShape,
}

/// A step's kind; a message has its fields in one pair of brackets.
#[derive(Debug, Deserialize)]
#[serde(rename = "StepKind", deny_unknown_fields)]
enum KindShape {
    Entry {
        channel: Channel,
        #[serde(default)]
        opt_in: bool,
        #[serde(default)]
        arrives: Arrivals,
    },
    Message {
        purpose: Purpose,
        send: Send,
        #[serde(default)]
        reply: Option<Reply>,
    },
    Wait(Wait),
    Branch(Branch),
    Exit(Outcome),
}

#[derive(Debug, Deserialize)]
#[serde(rename = "Frame", deny_unknown_fields)]
struct FrameShape {
    #[serde(default)]
    title: String,
    #[serde(default)]
    at: (f32, f32),
    size: (f32, f32),
    #[serde(default)]
    colour: Option<Colour>,
    #[serde(default)]
    collapsed: bool,
}

#[derive(Debug, Deserialize)]
#[serde(rename = "Comment", deny_unknown_fields)]
struct CommentShape {
    #[serde(default)]
    at: Option<(f32, f32)>,
    text: String,
    #[serde(default)]
    step: Option<StepId>,
}

/// What the clipboard holds.
#[derive(Debug, Deserialize)]
#[serde(rename = "Fragment", deny_unknown_fields)]
pub(super) struct FragmentShape {
    #[serde(default)]
    templates: Vec<Template>,
    steps: Vec<StepShape>,
    #[serde(default)]
    links: Vec<Link>,
    #[serde(default)]
    comments: Vec<CommentShape>,
}

impl From<FrameShape> for Frame {
    fn from(FrameShape { title, at, size: (width, height), colour, collapsed }: FrameShape) -> Self {
        Self { title, at: point(at), size: Size { width, height }, colour, collapsed }
    }
}

/// How far above its step's card a tied note lies of which the file does not say where.
const ABOVE: f32 = 120.0;

impl CommentShape {
    /// The note; `spot` tells where a step's card lies.
    fn into_comment(self, spot: impl Fn(&StepId) -> Option<Point>) -> Comment {
        let Self { at, text, step } = self;
        let above = |spot: Point| Point { x: spot.x, y: spot.y - ABOVE };
        let beside = || step.as_ref().and_then(spot).map(above).unwrap_or_default();
        Comment { at: at.map_or_else(beside, point), text, step }
    }
}

fn point((x, y): (f32, f32)) -> Point {
    Point { x, y }
}

impl StepShape {
    /// The step, and where its card lies if that is told.
    fn into_step(self) -> (Step, Option<Point>) {
        let kind = match self.kind {
            KindShape::Entry { channel, opt_in, arrives } => StepKind::Entry { channel, opt_in, arrives },
            KindShape::Message { purpose, send, reply } => StepKind::Message(Message { purpose, send, reply }),
            KindShape::Wait(wait) => StepKind::Wait(wait),
            KindShape::Branch(branch) => StepKind::Branch(branch),
            KindShape::Exit(outcome) => StepKind::Exit(outcome),
        };
        (Step { id: self.id, title: self.title, kind, allow: self.allow }, self.at.map(point))
    }
}

impl FileShape {
    /// The steps of which the file does not say where their cards lie.
    pub(super) fn unplaced(&self) -> Vec<StepId> {
        self.steps.iter().filter(|step| step.at.is_none()).map(|step| step.id.clone()).collect()
    }
}

impl From<FileShape> for Document {
    fn from(file: FileShape) -> Self {
        let mut layout =
            Layout { frames: file.frames.into_iter().map(|frame| Arc::new(frame.into())).collect(), ..Layout::default() };
        let mut steps = Vec::with_capacity(file.steps.len());
        for (step, at) in file.steps.into_iter().map(StepShape::into_step) {
            layout.spots.insert(step.id.clone(), at.unwrap_or_default());
            steps.push(Arc::new(step));
        }
        let spot = |step: &StepId| layout.spots.get(step).copied();
        layout.comments = file.comments.into_iter().map(|note| Arc::new(note.into_comment(spot))).collect();
        let funnel = Funnel {
            name: file.name,
            notes: file.notes,
            policy: file.policy,
            launch: file.launch,
            audience: file.audience,
            messaging_limit: file.messaging_limit,
            allow: file.allow,
            templates: file.templates,
            steps,
            links: file.links,
            scenarios: file.scenarios,
        };
        Self { funnel: Arc::new(funnel), layout: Arc::new(layout) }
    }
}

impl From<FragmentShape> for Fragment {
    fn from(shape: FragmentShape) -> Self {
        let steps = shape.steps.into_iter().map(StepShape::into_step);
        let steps: Vec<(Step, Point)> = steps.map(|(step, at)| (step, at.unwrap_or_default())).collect();
        let spot = |id: &StepId| steps.iter().find(|(step, _)| step.id == *id).map(|(_, at)| *at);
        let notes = shape.comments.into_iter().map(|note| note.into_comment(spot)).collect();
        Self { steps, links: shape.links, templates: shape.templates, notes }
    }
}
