//! The words of the panels.
