//! What Keepsong does, for any shell: make, play, keep, mint, list and buy songs.
//!
//! [`App`] is one open home. Its methods block; a shell with an event loop calls them from a blocking thread. Long
//! actions are jobs (see [`jobs`]): the method that asks for one gives back its id, the lanes started by [`App::start`]
//! or a direct [`App::run_job`] carry it out.

mod demo;
mod documents;
mod error;
mod events;
mod exchange;
mod export;
mod home;
mod id;
mod jobs;
mod keeping;
mod making;
mod playback;
mod practice;
mod settings;
mod songs;
pub mod types;

use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::{SystemTime, UNIX_EPOCH};

use generate::{Assets, Engine, Songsmith};

pub use documents::{DemoDocument, MakeDocument};
pub use error::Result;
pub use exchange::royalty_points;
pub use home::Home;
pub use jobs::TakeRecord;
pub use keeping::{Verified, archive, cid_of_path};
pub use making::{MAX_TAKES, choices};
pub use practice::{FRIEND, STRANGER, YOU};

use crate::events::Listeners;
use crate::practice::Practice;
use crate::types::AppEvent;

/// One open home. Cloning shares it; the home is free again when the last clone is gone, which after [`App::start`] is
/// the end of the process.
#[derive(Clone)]
pub struct App {
    parts: Arc<Parts>,
}

/// What an open home is made of.
pub struct Parts {
    home: Home,
    library: library::Library,
    store: blobs::Store,
    engine: Box<dyn Engine>,
    practice: Practice,
    playback: playback::Playback,
    jobs: jobs::Control,
    listeners: Listeners,
}

impl std::ops::Deref for App {
    type Target = Parts;

    fn deref(&self) -> &Parts {
        &self.parts
    }
}

impl App {
    /// Opens a home with the embedded engine and whatever voice and SoundFont this machine has.
    ///
    /// # Errors
    /// `HomeInUse`, `Damaged`, `DiskFull` or `Io`; nothing is changed when a part of the home is damaged.
    pub fn open(home: &Path) -> Result<Self> {
        let assets = Assets::find(&asset_folders())?;
        Self::open_with(home, Box::new(Songsmith::new(assets)))
    }

    /// Opens a home with a given engine.
    pub fn open_with(home: &Path, engine: Box<dyn Engine>) -> Result<Self> {
        let home = Home::open(home)?;
        let library = library::Library::open(&home.catalogue())?;
        let store = blobs::Store::open(home.blobs())?;
        let practice = Practice::open(&home, library.clone())?;
        let parts = Parts {
            home,
            library,
            store,
            engine,
            practice,
            playback: playback::Playback::default(),
            jobs: jobs::Control::default(),
            listeners: Listeners::default(),
        };
        let app = Self { parts: Arc::new(parts) };
        app.mark_interrupted()?;
        Ok(app)
    }

    /// Calls `listener` with every event from now on, on whatever thread it happens.
    pub fn subscribe(&self, listener: Box<dyn Fn(&AppEvent) + Send + Sync>) {
        self.listeners.add(listener.into());
    }

    /// The folder that holds the files of every song.
    pub fn songs_folder(&self) -> PathBuf {
        self.home.root().join("songs")
    }

    fn tell(&self, event: AppEvent) {
        self.listeners.tell(&event);
    }

    /// Unix seconds.
    fn now(&self) -> f64 {
        SystemTime::now().duration_since(UNIX_EPOCH).map_or(0.0, |since| since.as_secs_f64())
    }
}

/// Where a bundle puts the voice and the SoundFont: beside the executable.
fn asset_folders() -> Vec<PathBuf> {
    std::env::current_exe().ok().and_then(|exe| Some(exe.parent()?.join("assets"))).into_iter().collect()
}
