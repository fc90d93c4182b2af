//! The singer: a score with its words becomes a sung voice.
//!
//! One way through, whatever the timbre: `plan` puts every phone in time (vowels on the beat), `f0` draws the
//! pitch, a timbre draws spectral envelope and aperiodicity frame by frame, `render` turns frames into samples with
//! the WORLD vocoder. Two timbres: `formant` needs no data, `hts` reads a statistical voice from a file. Lines are
//! independent, so they are sung by several threads and laid down in order.

mod error;
mod f0;
mod formant;
pub mod hts;
mod plan;
mod render;
mod singer;

pub use error::{NoteProblem, VoiceError};
pub use plan::Segment;
pub use singer::{SAMPLE_RATE, SLT_PACKAGE, SLT_PATH, SingOptions, Singer, Sung};
