//! What can go wrong when singing.

use std::path::PathBuf;

/// Why there is no sung voice. Every message says what to do next.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum VoiceError {
    #[error("singing was cancelled")]
    Cancelled,
    #[error("the melody has no notes to sing; write words and a tune first")]
    NothingToSing,
    #[error("note {number} of the melody {problem}; correct the note or compose the melody again")]
    UnsingableNote {
        /// Counted from 1.
        number: usize,
        problem: NoteProblem,
    },
    #[error("the melody lasts {seconds:.0} s; shorten it to {limit:.0} s or less")]
    TooLong { seconds: f64, limit: f64 },
    #[error("{option} is {value}; choose a value from {low} to {high}")]
    OptionOutOfRange { option: &'static str, value: f64, low: f64, high: f64 },
    #[error("cannot read the voice file {path}: {source}; install the package {package} or choose the singer “formant”", path = path.display(), package = crate::SLT_PACKAGE)]
    ReadVoice { path: PathBuf, source: std::io::Error },
    #[error("the voice file {path} is damaged ({problem}); reinstall the package {package} or choose the singer “formant”", path = path.display(), package = crate::SLT_PACKAGE)]
    DamagedVoice { path: PathBuf, problem: String },
    #[error("the voice file {path} is of a kind that is not sung ({problem}); use the one from the package {package} or choose the singer “formant”", path = path.display(), package = crate::SLT_PACKAGE)]
    UnsupportedVoice { path: PathBuf, problem: String },
    #[error("the vocoder refused its input ({0}); choose another singer and report this as a fault")]
    Vocoder(String),
}

/// What is wrong with a note.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum NoteProblem {
    #[error("carries a syllable that the words do not have")]
    NoSuchSyllable,
    #[error("carries a syllable without any sound")]
    SilentSyllable,
    #[error("starts before the one in front of it has ended")]
    Overlaps,
    #[error("has no length")]
    NoLength,
    #[error("is longer than one breath of 20 s")]
    OutOfBreath,
    #[error("lies outside the singer's range (MIDI 36 to 96)")]
    OutOfRange,
}
