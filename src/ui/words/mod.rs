//! Every text of the screen, one file a part, so that other languages can follow.

pub mod canvas;
pub mod fitting;
pub mod helps;
pub mod judging;
pub mod keys;
pub mod likely;
pub mod menus;
pub mod panels;
pub mod picture;
pub mod shell;
pub mod simulation;
pub mod timeline;
pub mod windows;

pub use shell::verdict_word;
