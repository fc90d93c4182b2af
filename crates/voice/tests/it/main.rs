//! Sings small scores with both singers and listens to the result.
//!
//! The statistical voice is part of what `make test` installs (Debian package `festvox-us-slt-hts`).

mod golden;
mod hearing;
mod pitch;
mod songs;
mod timing;
mod voice_file;
mod whole;
