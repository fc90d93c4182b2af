//! Walking DAGs in the store: reading files, listing and verifying blocks.

use std::collections::HashSet;
use std::io::Write;

use crate::dagpb::{self, Content, Entry, FileNode};
use crate::{Cid, Codec, Error, Result, Store};

/// What [`Store::verify`] found.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct VerifyReport {
    /// Blocks that are present and right.
    pub blocks: u64,
    /// Their bytes.
    pub bytes: u64,
    /// Blocks that are not here. What lies below them is unknown.
    pub missing: Vec<Cid>,
    /// Blocks whose file does not hold what the name says.
    pub corrupt: Vec<Cid>,
    /// Blocks that are right but cannot be read as a node.
    pub malformed: Vec<Cid>,
}

impl VerifyReport {
    /// Whether every block of the DAG is present and right.
    pub fn is_complete(&self) -> bool {
        self.missing.is_empty() && self.corrupt.is_empty() && self.malformed.is_empty()
    }
}

/// The names still to visit, parents before children, first child first, each name once.
pub(crate) struct Walk {
    stack: Vec<Cid>,
    seen: HashSet<Cid>,
}

impl Walk {
    pub(crate) fn from(roots: &[Cid]) -> Self {
        Self { stack: roots.iter().rev().copied().collect(), seen: HashSet::new() }
    }

    pub(crate) fn next(&mut self) -> Option<Cid> {
        std::iter::from_fn(|| self.stack.pop()).find(|cid| self.seen.insert(*cid))
    }

    /// Adds what `block` links to.
    pub(crate) fn descend(&mut self, cid: Cid, block: &[u8]) -> Result<()> {
        if cid.codec() == Codec::DagPb {
            let links = dagpb::links(block).map_err(|reason| Error::Malformed { cid, reason })?;
            self.stack.extend(links.into_iter().rev());
        }
        Ok(())
    }
}

impl Store {
    /// Writes the file `cid` to `writer`, checking every block. On an error, what was written is a
    /// right beginning of the file.
    ///
    /// # Errors
    /// [`Error::NotAFile`] for a directory; [`Error::Missing`], [`Error::Corrupt`],
    /// [`Error::Malformed`] for a bad block; [`Error::Output`] when `writer` fails.
    pub fn cat(&self, cid: Cid, mut writer: impl Write) -> Result<()> {
        let mut stack = vec![(cid, None)];
        while let Some((cid, expected)) = stack.pop() {
            let block = self.get_block(cid)?;
            let node = file_node(cid, &block)?;
            if expected.is_some_and(|expected| expected != node.len) {
                return Err(Error::Malformed { cid, reason: "its parent gives it another size" });
            }
            writer.write_all(node.bytes).map_err(Error::Output)?;
            let children = node.children.into_iter().rev();
            stack.extend(children.map(|(child, len)| (child, Some(len))));
        }
        writer.flush().map_err(Error::Output)
    }

    /// Bytes of content in the file `cid`. Reads its root only.
    ///
    /// # Errors
    /// As for [`Store::cat`].
    pub fn size(&self, cid: Cid) -> Result<u64> {
        Ok(file_node(cid, &self.get_block(cid)?)?.len)
    }

    /// The entries of the directory `cid`, sorted by name. No name reaches outside its folder.
    ///
    /// # Errors
    /// [`Error::NotADirectory`]; [`Error::Missing`], [`Error::Corrupt`], [`Error::Malformed`].
    pub fn entries(&self, cid: Cid) -> Result<Vec<Entry>> {
        if cid.codec() == Codec::Raw {
            return Err(Error::NotADirectory { cid });
        }
        match dagpb::content(&self.get_block(cid)?) {
            Ok(Content::Directory(entries)) => Ok(entries),
            Ok(_) => Err(Error::NotADirectory { cid }),
            Err(reason) => Err(Error::Malformed { cid, reason }),
        }
    }

    /// The names of all blocks of the DAG under `root`: parents before children, each once. All are
    /// present; link blocks have been checked, leaves not (see [`Store::verify`]).
    ///
    /// # Errors
    /// [`Error::Missing`], [`Error::Corrupt`], [`Error::Malformed`].
    pub fn blocks(&self, root: Cid) -> Result<Vec<Cid>> {
        self.reachable(&[root])
    }

    /// Like [`Store::blocks`], from several roots.
    pub(crate) fn reachable(&self, roots: &[Cid]) -> Result<Vec<Cid>> {
        let mut walk = Walk::from(roots);
        let mut found = Vec::new();
        while let Some(cid) = walk.next() {
            match cid.codec() {
                Codec::Raw if self.has(cid)? => {}
                Codec::Raw => return Err(Error::Missing { cid }),
                Codec::DagPb => walk.descend(cid, &self.get_block(cid)?)?,
            }
            found.push(cid);
        }
        Ok(found)
    }

    /// Reads every block of the DAG under `root` and reports all that is wrong with it.
    ///
    /// # Errors
    /// [`Error::Permission`], [`Error::Io`] only: damage is in the report.
    pub fn verify(&self, root: Cid) -> Result<VerifyReport> {
        let mut report = VerifyReport::default();
        let mut walk = Walk::from(&[root]);
        while let Some(cid) = walk.next() {
            let checked = self.get_block(cid).and_then(|block| {
                walk.descend(cid, &block)?;
                Ok(block.len() as u64)
            });
            match checked {
                Ok(bytes) => {
                    report.blocks += 1;
                    report.bytes += bytes;
                }
                Err(Error::Missing { cid }) => report.missing.push(cid),
                Err(Error::Corrupt { cid }) => report.corrupt.push(cid),
                Err(Error::Malformed { cid, .. }) => report.malformed.push(cid),
                Err(error) => return Err(error),
            }
        }
        Ok(report)
    }
}

fn file_node(cid: Cid, block: &[u8]) -> Result<FileNode<'_>> {
    if cid.codec() == Codec::Raw {
        return Ok(FileNode { bytes: block, children: Vec::new(), len: block.len() as u64 });
    }
    let found = match dagpb::content(block) {
        Ok(Content::File(node)) => return Ok(node),
        Ok(Content::Directory(_)) => "directory",
        Ok(Content::Shard) => "sharded directory",
        Ok(Content::Symlink) => "link to another name",
        Err(reason) => return Err(Error::Malformed { cid, reason }),
    };
    Err(Error::NotAFile { cid, found })
}
