//! Rigs and fakes for tests. Only ever a dev-dependency.

pub mod null_sink;

pub use null_sink::{NullSink, Recording, RigError};
