//! Integration tests of the blob store, on a real disk.

mod car;
mod content;
mod histories;
mod kill;
mod names;
mod store;
