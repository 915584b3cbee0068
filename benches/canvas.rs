//! Frame costs of the canvas.
fn main() {}
