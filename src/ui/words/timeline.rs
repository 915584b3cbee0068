//! The words of the timeline.
