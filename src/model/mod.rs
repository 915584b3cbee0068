//! The nouns of a funnel: what a person plans, as plain values.
//!
//! Nothing here reads a clock or a disk, knows a rule of the platform, or draws.

mod allow;
mod document;
mod funnel;
mod scenario;
mod step;
mod template;
mod time;

pub use allow::Allow;
pub use document::{Colour, Comment, Document, Frame, Layout, Point, Size};
pub use funnel::{Audience, Funnel, Link, StepId};
pub use scenario::{Answer, Choice, Expect, Otherwise, Scenario, Sent};
pub use step::{
    Arrivals, Branch, Channel, Content, Delay, Effect, Media, Message, Outcome, Output, Purpose, Reply, ReplyOption, Send,
    Step, StepKind, Wait,
};
pub use template::{Button, Category, Header, Status, Template};
pub use time::{Day, LocalTime, ParseTimeError, Seconds, TimeOfDay};
