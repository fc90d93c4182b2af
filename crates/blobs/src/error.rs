//! [`Error`]: everything that can go wrong, each with what to do next.

use std::io;
use std::path::{Path, PathBuf};

use crate::{Cid, ParseCidError};

/// Result of this crate.
pub type Result<T, E = Error> = std::result::Result<T, E>;

/// What went wrong.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum Error {
    /// No space (or no quota) left where `path` is.
    #[error("the disk holding {} is full; free some space and try again", path.display())]
    StorageFull {
        /// What was being written.
        path: PathBuf,
    },
    /// The operating system refused access.
    #[error("access to {} was refused; check who owns it and whether the disk is read-only", path.display())]
    Permission {
        /// What was being read or written.
        path: PathBuf,
    },
    /// Another failure of the file system.
    #[error("{}: {source}; check the disk and try again", path.display())]
    Io {
        /// What was being read or written.
        path: PathBuf,
        /// The operating system's words.
        source: io::Error,
    },
    /// The content to add, or the CAR to import, could not be read.
    #[error("the content could not be read ({0}); check that it is still there and try again")]
    Input(#[source] io::Error),
    /// The content could not be written where it was asked for.
    #[error("the content could not be written ({0}); choose another place and try again")]
    Output(#[source] io::Error),
    /// The block is not in the store.
    #[error("block {cid} is not here; fetch it or keep the original again")]
    Missing {
        /// The block.
        cid: Cid,
    },
    /// The file of the block no longer holds what its name says.
    #[error("block {cid} is damaged on disk; keep the original again or fetch it again")]
    Corrupt {
        /// The block.
        cid: Cid,
    },
    /// The block is what its name says but is not a well-formed node.
    #[error("block {cid} cannot be read as a file or directory: {reason}; add the content again with other software")]
    Malformed {
        /// The block.
        cid: Cid,
        /// What is wrong with it.
        reason: &'static str,
    },
    /// A block was about to be stored that no reader would take back.
    #[error(
        "block {cid} has {bytes} bytes, the most allowed is {}; add the content again in smaller chunks",
        crate::MAX_BLOCK_BYTES
    )]
    BlockTooLarge {
        /// The block.
        cid: Cid,
        /// Its size.
        bytes: usize,
    },
    /// A file was asked for, but the CID names something else.
    #[error("{cid} is a {found}, not a file; name one of its files")]
    NotAFile {
        /// The CID asked for.
        cid: Cid,
        /// What it is.
        found: &'static str,
    },
    /// A directory was asked for, but the CID names something else.
    #[error("{cid} is not a directory; read it as a file")]
    NotADirectory {
        /// The CID asked for.
        cid: Cid,
    },
    /// The directory needs sharding, which is not supported.
    #[error(
        "the directory would need {bytes} bytes of names, the most is {}; divide it into folders",
        crate::profile::DIRECTORY_LIMIT_BYTES
    )]
    DirectoryTooLarge {
        /// Its size as the profile estimates it.
        bytes: usize,
    },
    /// A name that a directory cannot hold.
    #[error(
        "{name:?} cannot be a name in a directory; rename it (not empty, no \"/\", not \".\" or \"..\", readable as UTF-8)"
    )]
    InvalidName {
        /// The name.
        name: String,
    },
    /// Two entries of a directory have one name.
    #[error("the directory has two entries named {name:?}; rename one of them")]
    DuplicateName {
        /// The name.
        name: String,
    },
    /// Neither a file, a directory nor a symbolic link.
    #[error("{} is not a file, folder or link; leave it out", path.display())]
    UnsupportedFile {
        /// Where it is.
        path: PathBuf,
    },
    /// A CID could not be used.
    #[error(transparent)]
    Cid(#[from] ParseCidError),
    /// A file among the pins is not a pin.
    #[error("{} is not a pin; nothing was deleted: move that file away, then try again", path.display())]
    MalformedPin {
        /// The file.
        path: PathBuf,
    },
    /// Garbage collection met somebody who is adding.
    #[error("something is being kept at this moment; clean up again when it is done")]
    Busy,
    /// The CAR file is damaged or of another kind.
    #[error("the CAR file cannot be read at byte {offset}: {reason}; get the file again or export it as CAR version 1")]
    Car {
        /// Where in the file.
        offset: u64,
        /// What is wrong there.
        reason: &'static str,
    },
    /// A block in the CAR file is not the block its CID names.
    #[error("the CAR file carries wrong bytes under the name {cid} at byte {offset}; get the file from somewhere else")]
    CarBlockMismatch {
        /// The name given.
        cid: Cid,
        /// Where the section starts in the file.
        offset: u64,
    },
    /// The CAR file, together with the store, does not hold all of a root.
    #[error("the CAR file ends before {root} is complete (block {missing} is missing); get the whole file again")]
    CarIncomplete {
        /// The root.
        root: Cid,
        /// The first block found to be missing.
        missing: Cid,
    },
}

impl Error {
    /// Gives an operating system error at `path` its variant.
    pub(crate) fn at(path: &Path) -> impl FnOnce(io::Error) -> Self + use<> {
        let path = path.to_owned();
        move |source| match source.kind() {
            io::ErrorKind::StorageFull | io::ErrorKind::QuotaExceeded => Self::StorageFull { path },
            io::ErrorKind::PermissionDenied | io::ErrorKind::ReadOnlyFilesystem => Self::Permission { path },
            _ => Self::Io { path, source },
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn operating_system_errors_get_their_variant() {
        let path = Path::new("/keep/blocks");
        let at = |kind: io::ErrorKind| Error::at(path)(io::Error::from(kind));
        let full = at(io::ErrorKind::StorageFull);
        assert!(matches!(full, Error::StorageFull { .. }));
        assert_eq!(full.to_string(), "the disk holding /keep/blocks is full; free some space and try again");
        assert!(matches!(at(io::ErrorKind::QuotaExceeded), Error::StorageFull { .. }));
        assert!(matches!(at(io::ErrorKind::ReadOnlyFilesystem), Error::Permission { .. }));
        assert!(matches!(at(io::ErrorKind::TimedOut), Error::Io { .. }));
    }
}
