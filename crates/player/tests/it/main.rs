//! What a listener hears, compared with the file: the player in a process of its own, on a sink that is recorded sample for sample.

mod capture;
mod errors;
mod heard;
mod lost;
