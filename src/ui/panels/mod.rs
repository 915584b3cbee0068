//! The panels around the canvas: inspector, windows, simulation, problems, templates, checklist. Each paints what the session knows and posts
//! what the person wants; none changes anything itself.

mod allowed;
mod branch;
mod chat;
mod checklist;
mod content;
mod countries;
pub(crate) mod explain;
mod finding;
mod form;
mod funnel;
mod helps;
mod inspector;
pub(crate) mod kept;
mod link;
mod message;
mod outputs;
mod problems;
mod reply;
mod several;
mod simulation;
pub mod standing;
mod status;
mod step;
mod table;
mod template;
mod templates;
mod verdict;
mod wait;
mod windows;

pub use checklist::Checklist;
pub use inspector::Inspector;
pub use problems::Problems;
pub use simulation::Simulation;
pub use templates::Templates;
pub use windows::Windows;
