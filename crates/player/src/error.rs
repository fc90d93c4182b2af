//! The one error of this crate. Every message says what the listener can do next.

use std::path::{Path, PathBuf};

/// Why something could not be played.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum Error {
    /// No output could be opened.
    #[error(
        "there is no sound output ({reason}). Connect headphones or speakers, or choose an output in the settings, and play again. \
         The song is safe: it can be exported and played elsewhere"
    )]
    NoDevice { reason: String },

    /// The chosen output does not exist now.
    #[error("the sound output \"{id}\" is not connected. Connect it, or choose another output in the settings")]
    DeviceNotFound { id: String },

    /// The output exists but will not let us in.
    #[error(
        "the sound output is in use or refused ({reason}). Close the other program that plays sound, or choose another output in the settings"
    )]
    DeviceBusy { reason: String },

    /// The file is missing, damaged or not audio that we can decode.
    #[error("{} cannot be played ({reason}). Export the song again, or choose a WAV, FLAC or MP3 file", path.display())]
    BadAudio { path: PathBuf, reason: String },

    /// A transport command came before any song.
    #[error("no song is loaded. Choose a song first")]
    NothingLoaded,

    /// The sound system hangs.
    #[error("the sound system does not answer. Wait a moment and try again; if it stays so, restart the app")]
    NotAnswering,

    /// The operating system refused a thread.
    #[error("the player could not start ({reason}). Close other programs and start the app again")]
    NotStarted { reason: String },
}

impl Error {
    pub(crate) fn bad_audio(path: &Path, reason: impl ToString) -> Self {
        Self::BadAudio { path: path.to_owned(), reason: reason.to_string() }
    }
}

impl From<cpal::Error> for Error {
    /// A device that cannot be opened is busy, or it counts as absent: for the listener the remedy is the same.
    fn from(error: cpal::Error) -> Self {
        let reason = error.to_string().trim_end_matches('.').to_owned();
        match error.kind() {
            cpal::ErrorKind::DeviceBusy | cpal::ErrorKind::PermissionDenied => Self::DeviceBusy { reason },
            _ => Self::NoDevice { reason },
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn messages_say_what_to_do() {
        let cases = [
            (Error::from(cpal::Error::new(cpal::ErrorKind::DeviceNotAvailable)), "Connect headphones"),
            (Error::from(cpal::Error::new(cpal::ErrorKind::DeviceBusy)), "Close the other program"),
            (Error::DeviceNotFound { id: "alsa:usb".into() }, "choose another output"),
            (Error::bad_audio(Path::new("a.wav"), "no header"), "choose a WAV, FLAC or MP3"),
            (Error::NothingLoaded, "Choose a song"),
        ];
        for (error, remedy) in cases {
            assert!(error.to_string().contains(remedy), "{error}");
        }
    }
}
