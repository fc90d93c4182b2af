//! From files and directories to blocks: the one path that both naming ([`cid_of`]) and keeping
//! ([`crate::Store::put`]) take. They differ only in the [`Sink`] the blocks go to.

use std::fs::{self, File};
use std::io::{self, Read};
use std::path::Path;

use rust_unixfs::file::adder::{BalancedCollector, Chunker, FileAdder};

use crate::dagpb::{self, Entry, is_valid_name};
use crate::profile::DIRECTORY_LIMIT_BYTES;
use crate::{Cid, Codec, Error, Profile, Result};

/// Where blocks go, children before parents.
pub(crate) trait Sink {
    fn block(&mut self, cid: Cid, block: &[u8]) -> Result<()>;
}

/// Forgets every block.
struct Discard;

impl Sink for Discard {
    fn block(&mut self, _: Cid, _: &[u8]) -> Result<()> {
        Ok(())
    }
}

/// What was added: its name and the bytes of all its blocks.
#[derive(Clone, Copy)]
pub(crate) struct Added {
    pub(crate) cid: Cid,
    pub(crate) dag_bytes: u64,
}

/// Names the content of `reader` without keeping it. Holds one chunk in memory, whatever the length.
///
/// # Errors
/// [`Error::Input`] when reading fails.
pub fn cid_of(reader: impl Read, profile: Profile) -> Result<Cid> {
    Ok(add_file(reader, profile, &mut Discard)?.cid)
}

/// Names the file or directory at `path` without keeping it.
///
/// A directory becomes a UnixFS directory as the profiles define it: entries whose name starts with
/// a dot are left out, empty directories stay, symbolic links inside stay links. When `path` itself
/// is a link, it is followed.
///
/// # Errors
/// [`Error::Io`], [`Error::Permission`], [`Error::Input`] when reading fails;
/// [`Error::DirectoryTooLarge`], [`Error::InvalidName`], [`Error::UnsupportedFile`] for what a
/// directory cannot hold.
pub fn cid_of_path(path: &Path, profile: Profile) -> Result<Cid> {
    Ok(add_path(path, profile, &mut Discard)?.cid)
}

pub(crate) fn add_file(mut reader: impl Read, profile: Profile, sink: &mut impl Sink) -> Result<Added> {
    let mut adder = FileAdder::builder()
        .with_chunker(Chunker::Size(profile.chunk_bytes()))
        .with_collector(BalancedCollector::with_branching_factor(profile.links_per_node()))
        .with_cid_version(if profile.is_v0() { cid::Version::V0 } else { cid::Version::V1 })
        .with_raw_leaves(!profile.is_v0())
        .build();
    // The last block that comes out is the root.
    let mut root = None;
    let mut take = |blocks: &mut dyn Iterator<Item = (cid::Cid, Vec<u8>)>| -> Result<()> {
        for (cid, block) in blocks {
            let cid = Cid::checked(cid)?;
            sink.block(cid, &block)?;
            root = Some((cid, block));
        }
        Ok(())
    };

    let mut chunk = vec![0; profile.chunk_bytes()];
    loop {
        let filled = fill(&mut reader, &mut chunk).map_err(Error::Input)?;
        let mut rest = &chunk[..filled];
        while !rest.is_empty() {
            let (mut blocks, consumed) = adder.push(rest);
            take(&mut blocks)?;
            rest = &rest[consumed..];
        }
        if filled < chunk.len() {
            break;
        }
    }
    take(&mut adder.finish())?;

    let (cid, block) = root.expect("even an empty file has one block");
    added(cid, &block)
}

/// Reads until `buffer` is full or the content ends.
fn fill(reader: &mut impl Read, buffer: &mut [u8]) -> io::Result<usize> {
    let mut filled = 0;
    while filled < buffer.len() {
        match reader.read(&mut buffer[filled..]) {
            Ok(0) => break,
            Ok(n) => filled += n,
            Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
            Err(error) => return Err(error),
        }
    }
    Ok(filled)
}

pub(crate) fn add_path(path: &Path, profile: Profile, sink: &mut impl Sink) -> Result<Added> {
    let kind = fs::metadata(path).map_err(Error::at(path))?.file_type();
    if kind.is_dir() {
        add_folder(path, profile, sink)
    } else if kind.is_file() {
        add_file(File::open(path).map_err(Error::at(path))?, profile, sink)
    } else {
        Err(Error::UnsupportedFile { path: path.to_owned() })
    }
}

fn add_folder(folder: &Path, profile: Profile, sink: &mut impl Sink) -> Result<Added> {
    let mut entries = Vec::new();
    for item in fs::read_dir(folder).map_err(Error::at(folder))? {
        let item = item.map_err(Error::at(folder))?;
        let name = utf8(item.file_name().into())?;
        if name.starts_with('.') {
            continue;
        }
        let path = item.path();
        let Added { cid, dag_bytes } = if item.file_type().map_err(Error::at(&path))?.is_symlink() {
            let target = utf8(fs::read_link(&path).map_err(Error::at(&path))?)?;
            add_node(dagpb::symlink_block(&target), profile, sink)?
        } else {
            add_path(&path, profile, sink)?
        };
        entries.push(Entry { name, cid, dag_bytes });
    }
    add_directory(entries, profile, sink)
}

fn utf8(name: std::path::PathBuf) -> Result<String> {
    name.into_os_string().into_string().map_err(|name| Error::InvalidName { name: name.to_string_lossy().into_owned() })
}

pub(crate) fn add_directory(mut entries: Vec<Entry>, profile: Profile, sink: &mut impl Sink) -> Result<Added> {
    entries.sort_unstable_by(|a, b| a.name.cmp(&b.name));
    if let Some(entry) = entries.iter().find(|entry| !is_valid_name(&entry.name)) {
        return Err(Error::InvalidName { name: entry.name.clone() });
    }
    if let Some(pair) = entries.windows(2).find(|pair| pair[0].name == pair[1].name) {
        return Err(Error::DuplicateName { name: pair[0].name.clone() });
    }
    let block = dagpb::directory_block(&entries);
    // The profiles measure differently: the whole block, or names and CIDs only.
    let bytes = match profile {
        Profile::UnixfsV1_2025 => block.len(),
        Profile::UnixfsV0_2015 | Profile::Kubo => {
            entries.iter().map(|entry| entry.name.len() + entry.cid.to_bytes().len()).sum()
        }
    };
    if bytes > DIRECTORY_LIMIT_BYTES {
        return Err(Error::DirectoryTooLarge { bytes });
    }
    add_node(block, profile, sink)
}

fn add_node(block: Vec<u8>, profile: Profile, sink: &mut impl Sink) -> Result<Added> {
    let cid = if profile.is_v0() { Cid::v0_of(&block) } else { Cid::of(Codec::DagPb, &block) };
    sink.block(cid, &block)?;
    added(cid, &block)
}

/// What `block` and everything its links claim weigh.
pub(crate) fn added(cid: Cid, block: &[u8]) -> Result<Added> {
    let dag_bytes = match cid.codec() {
        Codec::Raw => block.len() as u64,
        Codec::DagPb => dagpb::dag_bytes(block).map_err(|reason| Error::Malformed { cid, reason })?,
    };
    Ok(Added { cid, dag_bytes })
}
