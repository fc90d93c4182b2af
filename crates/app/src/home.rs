//! The folder everything of one user lives in, and the lock that keeps a second Keepsong out of it.

use std::fs::{File, TryLockError};
use std::path::{Path, PathBuf};
use std::time::Duration;

use crate::types::{ApiError, ErrorCode};

/// How often the lock is asked for, every ten milliseconds, before the home counts as taken.
const PATIENCE: u32 = 30;

/// Paths inside a home; holding it holds the lock.
#[derive(Debug)]
pub struct Home {
    root: PathBuf,
    _lock: File,
}

impl Home {
    /// Creates the folder if needed and takes its lock.
    ///
    /// # Errors
    /// `HomeInUse` when another Keepsong holds it; `Io` or `DiskFull` when it cannot be written.
    pub fn open(root: &Path) -> Result<Self, ApiError> {
        std::fs::create_dir_all(root.join("songs")).map_err(|error| cannot_write(root, &error))?;
        let root = root.canonicalize().map_err(|error| cannot_write(root, &error))?;
        let lock = File::create(root.join("lock")).map_err(|error| cannot_write(&root, &error))?;
        // A process that was just started shares our open files for a moment, the lock among them: ask again for a while.
        for _ in 0..PATIENCE {
            match lock.try_lock() {
                Ok(()) => return Ok(Self { root, _lock: lock }),
                Err(TryLockError::WouldBlock) => std::thread::sleep(Duration::from_millis(10)),
                Err(TryLockError::Error(error)) => return Err(cannot_write(&root, &error)),
            }
        }
        Err(ApiError::new(
            ErrorCode::HomeInUse,
            format!(
                "Keepsong is already open on {}. Close it first, or give this one its own folder with --home",
                root.display()
            ),
        ))
    }

    /// Where Keepsong keeps a user's songs when nothing else is said: `KEEPSONG_HOME`, else the platform's data folder.
    pub fn default_path() -> Option<PathBuf> {
        let set = |name: &str| std::env::var_os(name).filter(|value| !value.is_empty()).map(PathBuf::from);
        set("KEEPSONG_HOME").or_else(|| {
            if cfg!(windows) {
                set("APPDATA").map(|data| data.join("Keepsong"))
            } else if cfg!(target_os = "macos") {
                set("HOME").map(|home| home.join("Library/Application Support/Keepsong"))
            } else {
                set("XDG_DATA_HOME")
                    .or_else(|| set("HOME").map(|home| home.join(".local/share")))
                    .map(|data| data.join("keepsong"))
            }
        })
    }

    pub fn root(&self) -> &Path {
        &self.root
    }

    pub fn catalogue(&self) -> PathBuf {
        self.root.join("catalogue.db")
    }

    pub fn blobs(&self) -> PathBuf {
        self.root.join("blobs")
    }

    pub fn practice_wallet(&self) -> PathBuf {
        self.root.join("practice-wallet.json")
    }

    /// The folder of a song and its takes.
    pub fn song(&self, song: &str) -> PathBuf {
        self.root.join("songs").join(song)
    }

    /// The folder of one finished take.
    pub fn take(&self, song: &str, number: u32) -> PathBuf {
        self.song(song).join(format!("take-{number}"))
    }
}

fn cannot_write(root: &Path, error: &std::io::Error) -> ApiError {
    let mut api = ApiError::from_io(error, "cannot use the home folder");
    api.message = format!("{} ({}); choose another with --home", api.message, root.display());
    api
}
