//! The `keepsong` command.
fn main() {}
