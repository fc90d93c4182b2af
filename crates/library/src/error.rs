//! What can go wrong with the catalogue.

use std::path::PathBuf;

#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum Error {
    #[error(
        "the catalogue {} is damaged ({detail}); nothing was changed. Put back a copy of it, or \
         move it away to start anew: the sound files stay in the songs folder", path.display()
    )]
    Damaged { path: PathBuf, detail: String },
    #[error("the catalogue was written by a later Keepsong (schema {found}, this one knows {known}); update Keepsong")]
    TooNew { found: i64, known: i64 },
    #[error("the disk is full; free some space and try again, nothing was lost")]
    DiskFull,
    #[error("there is no {what} “{id}”; it may have been deleted")]
    NotFound { what: &'static str, id: String },
    #[error("block {height} does not follow the last block on disk; restart Keepsong so that it reads the chain again")]
    BlockOutOfOrder { height: u64 },
    #[error("a catalogue entry cannot be read ({0}); update Keepsong or put back a copy of the catalogue")]
    Entry(#[from] serde_json::Error),
    #[error("the catalogue cannot be read or written ({0}); check the home folder and its permissions")]
    Sql(rusqlite::Error),
    #[error("the catalogue cannot be copied before its update ({0}); free some space or check permissions")]
    Io(#[from] std::io::Error),
}

impl From<rusqlite::Error> for Error {
    fn from(error: rusqlite::Error) -> Self {
        match error.sqlite_error_code() {
            Some(rusqlite::ErrorCode::DiskFull) => Self::DiskFull,
            _ => Self::Sql(error),
        }
    }
}
