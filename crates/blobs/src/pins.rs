//! Pins, and the garbage collection they hold back.
//!
//! A pin says "keep everything under this root". Each is a small file named by its CID in hex (text
//! CIDs can differ in case only, which some disks do not tell apart); the text inside is for people.

use std::collections::HashSet;
use std::fs::{self, File};
use std::io::ErrorKind;
use std::path::PathBuf;
use std::time::Duration;

use crate::store::{hex, sync_folder, unhex};
use crate::{Cid, Error, Result, Store};

/// How often [`Store::gc`] asks for the store, every five milliseconds.
const PATIENCE: u32 = 20;

/// What [`Store::gc`] did.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct GcReport {
    /// Blocks that a pin needs.
    pub kept: u64,
    /// Blocks deleted.
    pub deleted: u64,
    /// Bytes of the deleted blocks.
    pub deleted_bytes: u64,
}

impl Store {
    /// Keeps everything under `root` from now on. Pinning twice is the same as once.
    ///
    /// # Errors
    /// [`Error::Missing`], [`Error::Corrupt`], [`Error::Malformed`] when the DAG is not completely
    /// here, and then nothing is pinned; those of writing.
    pub fn pin(&self, root: Cid) -> Result<()> {
        let _hold = self.hold()?;
        self.blocks(root)?;
        self.write_atomically(&self.pin_path(root), format!("{root}\n").as_bytes())?;
        sync_folder(&self.pins_folder())
    }

    /// Takes the pin away; tells whether there was one. The blocks stay until [`Store::gc`].
    ///
    /// # Errors
    /// [`Error::Permission`], [`Error::Io`].
    pub fn unpin(&self, root: Cid) -> Result<bool> {
        let path = self.pin_path(root);
        match fs::remove_file(&path) {
            Ok(()) => sync_folder(&self.pins_folder()).map(|()| true),
            Err(error) if error.kind() == ErrorKind::NotFound => Ok(false),
            Err(error) => Err(Error::at(&path)(error)),
        }
    }

    /// All pinned roots, sorted.
    ///
    /// # Errors
    /// [`Error::MalformedPin`] for a file that is not a pin; [`Error::Permission`], [`Error::Io`].
    pub fn pins(&self) -> Result<Vec<Cid>> {
        let folder = self.pins_folder();
        let mut pins = Vec::new();
        for item in fs::read_dir(&folder).map_err(Error::at(&folder))? {
            let item = item.map_err(Error::at(&folder))?;
            let cid = item
                .file_name()
                .to_str()
                .and_then(unhex)
                .and_then(|bytes| Cid::from_bytes(&bytes).ok())
                .ok_or_else(|| Error::MalformedPin { path: item.path() })?;
            pins.push(cid);
        }
        pins.sort_unstable();
        Ok(pins)
    }

    /// The store for ourselves, if nobody adds or holds for long. A process that was just started shares our open files
    /// for a moment, the lock among them, so one refusal says nothing.
    fn exclusive_soon(&self) -> Result<File> {
        for _ in 0..PATIENCE {
            if let Some(lock) = self.try_exclusive()? {
                return Ok(lock);
            }
            std::thread::sleep(Duration::from_millis(5));
        }
        Err(Error::Busy)
    }

    /// Deletes the blocks that no pin needs.
    ///
    /// First everything is read: the pins, every link block below them, the list of files. Any
    /// failure there ends the collection before the first deletion.
    ///
    /// # Errors
    /// [`Error::Busy`] when somebody is adding; [`Error::MalformedPin`], [`Error::Missing`],
    /// [`Error::Corrupt`], [`Error::Malformed`] when a pinned DAG is not sound; those of the disk.
    pub fn gc(&self) -> Result<GcReport> {
        let _lock = self.exclusive_soon()?;
        let needed = self.reachable(&self.pins()?)?;
        let needed: HashSet<PathBuf> = needed.into_iter().map(|cid| self.block_path(cid)).collect();
        let garbage: Vec<(PathBuf, u64)> =
            self.block_files()?.into_iter().filter(|(path, _)| !needed.contains(path)).collect();

        let mut report = GcReport { kept: needed.len() as u64, ..GcReport::default() };
        for (path, bytes) in garbage {
            fs::remove_file(&path).map_err(Error::at(&path))?;
            report.deleted += 1;
            report.deleted_bytes += bytes;
        }
        Ok(report)
    }

    /// Every block file with its length. Files with other names are not ours and are left out.
    fn block_files(&self) -> Result<Vec<(PathBuf, u64)>> {
        let mut files = Vec::new();
        let blocks = self.blocks_folder();
        for folder in fs::read_dir(&blocks).map_err(Error::at(&blocks))? {
            let folder = folder.map_err(Error::at(&blocks))?.path();
            if !folder.is_dir() {
                continue;
            }
            for item in fs::read_dir(&folder).map_err(Error::at(&folder))? {
                let item = item.map_err(Error::at(&folder))?;
                let is_block = item.file_name().to_str().and_then(unhex).is_some_and(|digest| digest.len() == 32);
                if is_block {
                    let path = item.path();
                    let bytes = item.metadata().map_err(Error::at(&path))?.len();
                    files.push((path, bytes));
                }
            }
        }
        Ok(files)
    }

    fn pin_path(&self, root: Cid) -> PathBuf {
        self.pins_folder().join(hex(&root.to_bytes()))
    }
}
