//! The words of the canvas.
