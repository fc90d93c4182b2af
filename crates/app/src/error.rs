//! From the errors of the parts to the one error that shells see.
//!
//! Each part's messages already say what to do next; here they only get a code that a window can switch on.

use std::io;

use crate::types::{ApiError, ErrorCode};

pub type Result<T> = std::result::Result<T, ApiError>;

impl ApiError {
    pub fn new(code: ErrorCode, message: impl Into<String>) -> Self {
        Self { code, message: message.into() }
    }

    pub(crate) fn bad_input(message: impl ToString) -> Self {
        Self::new(ErrorCode::BadInput, message.to_string())
    }

    pub(crate) fn cancelled() -> Self {
        Self::new(ErrorCode::Cancelled, "cancelled; nothing was saved")
    }

    /// `doing` says what was tried: "cannot save the take".
    pub(crate) fn from_io(error: &io::Error, doing: &str) -> Self {
        match error.kind() {
            io::ErrorKind::StorageFull | io::ErrorKind::QuotaExceeded => Self::new(
                ErrorCode::DiskFull,
                format!("{doing}: the disk is full. Free some space and try again; what was saved before is safe"),
            ),
            io::ErrorKind::PermissionDenied => {
                Self::new(ErrorCode::Io, format!("{doing}: permission denied. Check who owns the folder"))
            }
            _ => Self::new(ErrorCode::Io, format!("{doing}: {error}")),
        }
    }
}

impl From<score::BriefError> for ApiError {
    fn from(error: score::BriefError) -> Self {
        Self::bad_input(error)
    }
}

impl From<library::Error> for ApiError {
    fn from(error: library::Error) -> Self {
        use library::Error;
        let code = match &error {
            Error::Damaged { .. } | Error::TooNew { .. } | Error::Entry(_) | Error::BlockOutOfOrder { .. } => {
                ErrorCode::Damaged
            }
            Error::DiskFull => ErrorCode::DiskFull,
            Error::NotFound { .. } => ErrorCode::NotFound,
            _ => ErrorCode::Io,
        };
        Self::new(code, error.to_string())
    }
}

impl From<serde_json::Error> for ApiError {
    fn from(error: serde_json::Error) -> Self {
        Self::new(
            ErrorCode::Damaged,
            format!("a saved entry cannot be read ({error}); update Keepsong or put back a copy"),
        )
    }
}

impl From<blobs::Error> for ApiError {
    fn from(error: blobs::Error) -> Self {
        use blobs::Error;
        let code = match &error {
            Error::StorageFull { .. } => ErrorCode::DiskFull,
            Error::Corrupt { .. } => ErrorCode::Damaged,
            Error::Missing { .. } => ErrorCode::NotFound,
            _ => ErrorCode::Io,
        };
        Self::new(code, error.to_string())
    }
}

impl From<player::Error> for ApiError {
    fn from(error: player::Error) -> Self {
        use player::Error;
        let code = match &error {
            Error::NoDevice { .. } => ErrorCode::NoDevice,
            Error::BadAudio { .. } => ErrorCode::Damaged,
            _ => ErrorCode::Io,
        };
        Self::new(code, error.to_string())
    }
}

impl From<dsp::Error> for ApiError {
    fn from(error: dsp::Error) -> Self {
        match &error {
            dsp::Error::Write { source, .. } => Self::from_io(source, "cannot save the take"),
            _ => Self::new(ErrorCode::Io, error.to_string()),
        }
    }
}

impl From<generate::GenerateError> for ApiError {
    fn from(error: generate::GenerateError) -> Self {
        use generate::GenerateError;
        match error {
            GenerateError::Cancelled => Self::cancelled(),
            GenerateError::Brief(_) | GenerateError::Words(_) | GenerateError::Compose(_) => Self::bad_input(error),
            GenerateError::ReadAsset { .. } | GenerateError::WrongAsset { .. } | GenerateError::SoundFont { .. } => {
                Self::new(ErrorCode::Damaged, error.to_string())
            }
            GenerateError::NoAssetFolder { .. } => Self::new(ErrorCode::Io, error.to_string()),
            other => Self::new(ErrorCode::Internal, other.to_string()),
        }
    }
}
