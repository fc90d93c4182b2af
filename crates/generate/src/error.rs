//! Why a song could not be made.

use std::path::PathBuf;

/// Why there is no take. Every message says what to do next.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum GenerateError {
    #[error("making the song was cancelled")]
    Cancelled,
    #[error(transparent)]
    Brief(#[from] score::BriefError),
    #[error(transparent)]
    Words(#[from] songwriter::WordsError),
    #[error(transparent)]
    Compose(#[from] songwriter::ComposeError),
    #[error(transparent)]
    Voice(voice::VoiceError),
    #[error(transparent)]
    Sound(#[from] dsp::Error),
    #[error("{variable} names the folder {}, which does not exist; create it or unset {variable}", path.display())]
    NoAssetFolder { variable: &'static str, path: PathBuf },
    #[error("cannot read {}: {source}; reinstall the package {package} or remove the file to go without it", path.display())]
    ReadAsset { path: PathBuf, package: &'static str, source: std::io::Error },
    #[error("{} is not the file that the package {package} holds (its sha256 is {found}, not {expected}); reinstall the package or remove the file to go without it", path.display())]
    WrongAsset { path: PathBuf, package: &'static str, expected: &'static str, found: String },
    #[error("{} cannot be played as a SoundFont ({reason}); use an SF2 file or remove it to play with built-in instruments", path.display())]
    SoundFont { path: PathBuf, reason: String },
    #[error("the instruments cannot play ({reason}); report this with the song's seed")]
    Band { reason: String },
    #[error("the song cannot be written as MIDI ({reason}); report this with the song's seed")]
    Midi { reason: String },
    #[error("a cover of {pixels} pixels cannot be drawn; choose 16 to 4096")]
    CoverSize { pixels: u32 },
    #[error("the cover cannot be written as PNG ({reason}); report this with the song's seed")]
    Cover { reason: String },
    #[error("a part of the engine stopped without a reason; make the song again and report it if it happens twice")]
    Stopped,
}

impl From<voice::VoiceError> for GenerateError {
    fn from(error: voice::VoiceError) -> Self {
        match error {
            voice::VoiceError::Cancelled => Self::Cancelled,
            other => Self::Voice(other),
        }
    }
}
