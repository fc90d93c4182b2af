//! Content-addressed storage: names (CIDs) for files and directories, a block store on disk, pins,
//! garbage collection, and CAR files.
//!
//! # Life of a blob
//!
//! A file is cut into chunks; the chunks become *blocks*, joined by small *link blocks* into a tree
//! (a DAG) whose root [`Cid`] is the file's name. [`cid_of`] computes that name and keeps nothing;
//! [`Store::put`] computes the same name and keeps the blocks. [`Profile`] fixes every parameter of
//! the tree, so that other software gives the same name to the same bytes.
//!
//! # What the store promises
//!
//! - A block file that is visible was whole when it got its name: it is written under a temporary
//!   name, synced, then renamed. A kill leaves at most a temporary file, which the next
//!   [`Store::open`] removes, and blocks nobody refers to, which [`Store::gc`] removes.
//! - When [`Store::put`] or [`Store::pin`] returns, its effect has been synced to the disk.
//! - Every read hashes what it read. A block that no longer fits its name is [`Error::Corrupt`];
//!   putting the original again heals it.
//! - [`Store::pin`] accepts only a DAG that is completely here, and [`Store::gc`] deletes nothing
//!   unless it has read every pin and every link block below it.
//!
//! Several threads and several processes may use one store: an operation that adds takes the store's
//! file lock shared, [`Store::gc`] takes it exclusively. Hold [`Store::hold`] from the first `put`
//! to the `pin` so that no collection falls between them.

mod add;
mod car;
mod cid;
mod dagpb;
mod error;
mod pins;
mod profile;
mod store;
mod walk;

pub use crate::add::{cid_of, cid_of_path};
pub use crate::cid::{Cid, Codec, ParseCidError};
pub use crate::dagpb::Entry;
pub use crate::error::{Error, Result};
pub use crate::pins::GcReport;
pub use crate::profile::{ParseProfileError, Profile};
pub use crate::store::{Hold, MAX_BLOCK_BYTES, Store};
pub use crate::walk::VerifyReport;
