//! [`Store`]: blocks on disk, one file each.
//!
//! ```text
//! blocks/ab/abcd…   a block; the name is its sha2-256 in hex, the folder its first two digits
//! pins/0155…        a pin; the name is the root's CID in hex, the content its text (see pins.rs)
//! tmp/              files being written
//! lock              shared by those who add, exclusive for garbage collection
//! ```
//! A block has one file, however many CIDs (v0, v1) name it.

use std::collections::BTreeSet;
use std::fs::{self, File, OpenOptions, TryLockError};
use std::io::{self, Read, Write};
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicU64, Ordering};

use crate::add::{Added, Sink, add_directory, add_file, add_path, added};
use crate::dagpb::Entry;
use crate::{Cid, Error, Profile, Result};

/// Most bytes in one block. Bitswap, by which IPFS peers exchange blocks, allows no more.
pub const MAX_BLOCK_BYTES: usize = 2 * 1024 * 1024;

/// A folder of content-addressed blocks and of pins. See the crate's introduction for its promises.
#[derive(Clone, Debug)]
pub struct Store {
    root: PathBuf,
}

/// While it lives, no garbage collection runs. See [`Store::hold`].
#[derive(Debug)]
pub struct Hold {
    _lock: File,
}

impl Store {
    /// Opens the store in `folder`, creating it if it is not there, and removes what a killed writer
    /// left behind (unless somebody else is writing just now).
    ///
    /// # Errors
    /// [`Error::StorageFull`], [`Error::Permission`], [`Error::Io`].
    pub fn open(folder: impl Into<PathBuf>) -> Result<Self> {
        let store = Self { root: folder.into() };
        for folder in [store.blocks_folder(), store.pins_folder(), store.tmp_folder()] {
            fs::create_dir_all(&folder).map_err(Error::at(&folder))?;
        }
        if let Some(_lock) = store.try_exclusive()? {
            let tmp = store.tmp_folder();
            for leftover in fs::read_dir(&tmp).map_err(Error::at(&tmp))? {
                let path = leftover.map_err(Error::at(&tmp))?.path();
                fs::remove_file(&path).map_err(Error::at(&path))?;
            }
        }
        Ok(store)
    }

    /// Keeps garbage collection away until the returned value is dropped, so that what is put can
    /// be pinned. Waits for a collection that is running.
    ///
    /// # Errors
    /// [`Error::Permission`], [`Error::Io`].
    pub fn hold(&self) -> Result<Hold> {
        let lock = self.lock_file()?;
        lock.lock_shared().map_err(Error::at(&self.lock_path()))?;
        Ok(Hold { _lock: lock })
    }

    /// Keeps the content of `reader`. Not pinned: pin the result, or a collection takes it away.
    ///
    /// # Errors
    /// [`Error::Input`] when reading fails; [`Error::StorageFull`], [`Error::Permission`],
    /// [`Error::Io`] when writing fails. What was written before that is harmless.
    pub fn put(&self, reader: impl Read, profile: Profile) -> Result<Cid> {
        self.adding(|sink| add_file(reader, profile, sink))
    }

    /// Keeps the file or directory at `path`; the CID is that of [`crate::cid_of_path`].
    ///
    /// # Errors
    /// Those of [`Store::put`] and of [`crate::cid_of_path`].
    pub fn put_path(&self, path: &Path, profile: Profile) -> Result<Cid> {
        self.adding(|sink| add_path(path, profile, sink))
    }

    /// Keeps a directory of things already in the store, in any order.
    ///
    /// # Errors
    /// [`Error::Missing`] or [`Error::Corrupt`] when an entry is not (well) in the store;
    /// [`Error::InvalidName`], [`Error::DuplicateName`], [`Error::DirectoryTooLarge`]; those of
    /// writing.
    pub fn put_directory<N: AsRef<str>>(&self, entries: &[(N, Cid)], profile: Profile) -> Result<Cid> {
        self.adding(|sink| {
            let mut list = Vec::with_capacity(entries.len());
            for (name, cid) in entries {
                let Added { cid, dag_bytes } = added(*cid, &self.get_block(*cid)?)?;
                list.push(Entry { name: name.as_ref().to_owned(), cid, dag_bytes });
            }
            add_directory(list, profile, sink)
        })
    }

    /// Whether a file for this block is there. Does not read it.
    ///
    /// # Errors
    /// [`Error::Permission`], [`Error::Io`].
    pub fn has(&self, cid: Cid) -> Result<bool> {
        let path = self.block_path(cid);
        path.try_exists().map_err(Error::at(&path))
    }

    /// Reads one block and checks it against its name.
    ///
    /// # Errors
    /// [`Error::Missing`], [`Error::Corrupt`], [`Error::Permission`], [`Error::Io`].
    pub fn get_block(&self, cid: Cid) -> Result<Vec<u8>> {
        let path = self.block_path(cid);
        match read_up_to(&path, MAX_BLOCK_BYTES + 1) {
            Ok(block) if cid.matches(&block) => Ok(block),
            Ok(_) => Err(Error::Corrupt { cid }),
            Err(error) if error.kind() == io::ErrorKind::NotFound => Err(Error::Missing { cid }),
            Err(error) => Err(Error::at(&path)(error)),
        }
    }

    /// Runs `add` under the shared lock, then makes everything it wrote durable.
    fn adding(&self, add: impl FnOnce(&mut Writer<'_>) -> Result<Added>) -> Result<Cid> {
        let _hold = self.hold()?;
        let mut writer = Writer::new(self);
        let added = add(&mut writer)?;
        writer.finish()?;
        Ok(added.cid)
    }

    /// Puts `bytes` at `path` in one step. The caller syncs the folder.
    pub(crate) fn write_atomically(&self, path: &Path, bytes: &[u8]) -> Result<()> {
        let (tmp, mut file) = self.create_tmp()?;
        let written = file
            .write_all(bytes)
            .and_then(|()| file.sync_all())
            .map_err(Error::at(&tmp))
            .and_then(|()| fs::rename(&tmp, path).map_err(Error::at(path)));
        if written.is_err() {
            // The first failure is the one to report; open() removes what stays.
            let _ = fs::remove_file(&tmp);
        }
        written
    }

    fn create_tmp(&self) -> Result<(PathBuf, File)> {
        static COUNTER: AtomicU64 = AtomicU64::new(0);
        loop {
            let number = COUNTER.fetch_add(1, Ordering::Relaxed);
            let path = self.tmp_folder().join(format!("{}-{number}", std::process::id()));
            match OpenOptions::new().write(true).create_new(true).open(&path) {
                Ok(file) => return Ok((path, file)),
                Err(error) if error.kind() == io::ErrorKind::AlreadyExists => {}
                Err(error) => return Err(Error::at(&path)(error)),
            }
        }
    }

    /// The exclusive lock, or `None` when somebody adds.
    pub(crate) fn try_exclusive(&self) -> Result<Option<File>> {
        let lock = self.lock_file()?;
        match lock.try_lock() {
            Ok(()) => Ok(Some(lock)),
            Err(TryLockError::WouldBlock) => Ok(None),
            Err(TryLockError::Error(error)) => Err(Error::at(&self.lock_path())(error)),
        }
    }

    /// A new handle each time: locks belong to handles, so threads do not share them by accident.
    fn lock_file(&self) -> Result<File> {
        let path = self.lock_path();
        OpenOptions::new().write(true).create(true).truncate(false).open(&path).map_err(Error::at(&path))
    }

    fn lock_path(&self) -> PathBuf {
        self.root.join("lock")
    }

    fn tmp_folder(&self) -> PathBuf {
        self.root.join("tmp")
    }

    pub(crate) fn pins_folder(&self) -> PathBuf {
        self.root.join("pins")
    }

    pub(crate) fn blocks_folder(&self) -> PathBuf {
        self.root.join("blocks")
    }

    pub(crate) fn block_path(&self, cid: Cid) -> PathBuf {
        let name = hex(cid.digest());
        self.blocks_folder().join(&name[..2]).join(name)
    }
}

/// The sink that keeps blocks, and syncs the folders it changed when it is done.
pub(crate) struct Writer<'a> {
    store: &'a Store,
    changed: BTreeSet<PathBuf>,
}

impl<'a> Writer<'a> {
    /// The caller holds the shared lock.
    pub(crate) fn new(store: &'a Store) -> Self {
        Self { store, changed: BTreeSet::new() }
    }

    /// Makes the renames durable; without this a power cut could undo them.
    pub(crate) fn finish(self) -> Result<()> {
        self.changed.iter().try_for_each(|folder| sync_folder(folder))
    }
}

impl Sink for Writer<'_> {
    fn block(&mut self, cid: Cid, block: &[u8]) -> Result<()> {
        if block.len() > MAX_BLOCK_BYTES {
            return Err(Error::BlockTooLarge { cid, bytes: block.len() });
        }
        let path = self.store.block_path(cid);
        // Compared, not just seen: putting the original again heals a damaged block.
        match read_up_to(&path, block.len() + 1) {
            Ok(old) if old == block => {}
            _ => {
                if let Some(folder) = path.parent() {
                    fs::create_dir_all(folder).map_err(Error::at(folder))?;
                }
                self.store.write_atomically(&path, block)?;
            }
        }
        self.changed.extend(path.ancestors().skip(1).take(2).map(Path::to_owned));
        Ok(())
    }
}

fn read_up_to(path: &Path, most: usize) -> io::Result<Vec<u8>> {
    let mut bytes = Vec::new();
    File::open(path)?.take(most as u64).read_to_end(&mut bytes)?;
    Ok(bytes)
}

/// Makes renames and removals in `folder` survive a power cut.
pub(crate) fn sync_folder(folder: &Path) -> Result<()> {
    // Other systems do not let a program open a folder, and order the rename themselves.
    if cfg!(unix) {
        File::open(folder).and_then(|folder| folder.sync_all()).map_err(Error::at(folder))?;
    }
    Ok(())
}

/// Lower-case hex.
pub(crate) fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}

/// Reads lower-case hex.
pub(crate) fn unhex(text: &str) -> Option<Vec<u8>> {
    let digits: Option<Vec<u8>> = text
        .bytes()
        .map(|byte| match byte {
            b'0'..=b'9' => Some(byte - b'0'),
            b'a'..=b'f' => Some(byte - b'a' + 10),
            _ => None,
        })
        .collect();
    let digits = digits?;
    let (pairs, rest) = digits.as_chunks::<2>();
    rest.is_empty().then(|| pairs.iter().map(|[high, low]| high << 4 | low).collect())
}
