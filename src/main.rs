//! Transom.
fn main() {}
