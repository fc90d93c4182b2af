//! The catalogue on disk: songs and their takes, jobs, listings, practice-chain blocks and settings in one SQLite file.
//!
//! One connection behind a mutex: every method is one short transaction. The file is opened with a write-ahead log and
//! `synchronous = FULL`, so what a method returned from is on disk when the process is killed the next instant.

mod chain;
mod error;
mod jobs;
mod sales;
mod schema;
mod settings;
mod songs;

use std::path::Path;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use rusqlite::Connection;

pub use error::Error;
pub use jobs::{JobError, JobRow, JobStatus, NewJob};
pub use sales::{KeptRow, ListingRow, MintRow};
pub use songs::{SongRow, SongSummary, TakeRow};

/// The catalogue of one home. Cloning shares the connection.
#[derive(Clone)]
pub struct Library {
    connection: Arc<Mutex<Connection>>,
}

impl Library {
    /// Opens or creates the catalogue, checks it, and brings its schema up to date (after saving a copy beside it).
    ///
    /// # Errors
    /// [`Error::Damaged`] when the file is not a sound SQLite database: it is left as it is.
    /// [`Error::TooNew`] when a later Keepsong wrote it.
    pub fn open(path: &Path) -> Result<Self, Error> {
        let connection = schema::open(path)?;
        Ok(Self { connection: Arc::new(Mutex::new(connection)) })
    }

    /// A panic in another thread cannot leave half a transaction: SQLite rolled it back, so the lock is taken anyway.
    fn connection(&self) -> MutexGuard<'_, Connection> {
        self.connection.lock().unwrap_or_else(PoisonError::into_inner)
    }
}
