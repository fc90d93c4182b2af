//! What can go wrong with sound.

use std::path::PathBuf;

/// Why a sound could not be handled. Every message says what to do next.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum Error {
    #[error("a sample rate of {hz} Hz is not supported; use one between 8,000 and 384,000 Hz")]
    SampleRate { hz: u32 },
    #[error("cannot change the sample rate from {from} to {to} Hz ({reason}); use 44,100 or 48,000 Hz")]
    Resample { from: u32, to: u32, reason: String },
    #[error("cannot measure the loudness of this sound ({reason}); report this with the song's seed")]
    Loudness { reason: String },
    #[error("the two channels hold {left} and {right} samples; make them equally long")]
    UnequalChannels { left: usize, right: usize },
    #[error("cannot write {}: {source}; check that the folder exists and the disk has room, then try again", path.display())]
    Write { path: PathBuf, source: std::io::Error },
    #[error("cannot read {}: {source}; check that the file exists and may be read", path.display())]
    Read { path: PathBuf, source: std::io::Error },
    #[error("{} is not a WAV file that can be read ({reason}); export it again as 16- or 24-bit PCM", path.display())]
    BadWav { path: PathBuf, reason: String },
}
