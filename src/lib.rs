//! Transom plans WhatsApp campaign funnels and proves, before launch, which messages fall outside the 24-hour
//! customer service window. The modules in reading order; each uses only what stands above it:

pub mod model;
pub mod policy;
pub mod edit;
pub mod file;
pub mod engine;
pub mod rules;
pub mod checklist;
pub mod report;
pub mod session;
pub mod cli;
#[cfg(feature = "gui")]
pub mod ui;

// Tests in here and in `tests/` share generators, which name the library from outside.
#[cfg(test)]
extern crate self as transom;
