//! Use cases on a real home: real catalogue, blob store and practice chain.

mod jobs;
mod kill;
mod layers;

#[path = "../support/tiny_engine.rs"]
mod tiny_engine;
