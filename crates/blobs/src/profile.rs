//! [`Profile`]: the named sets of parameters that decide which CID a file gets.

use std::fmt;
use std::str::FromStr;

/// How files are cut and joined.
///
/// Source: IPIP-0499, "UnixFS CID Profiles" (ipfs/specs, CC0), and Kubo's import defaults.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Profile {
    /// CIDv1, raw leaves, 1 MiB chunks, 1024 links a node.
    #[default]
    UnixfsV1_2025,
    /// CIDv0, dag-pb leaves, 256 KiB chunks, 174 links a node.
    UnixfsV0_2015,
    /// What `ipfs add --cid-version=1` gives: CIDv1, raw leaves, 256 KiB chunks, 174 links a node.
    Kubo,
}

/// The name is not one of the profiles.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("there is no CID profile {name:?}; choose unixfs-v1-2025, unixfs-v0-2015 or kubo")]
pub struct ParseProfileError {
    /// What was asked for.
    pub name: String,
}

/// A directory whose estimated size is above this becomes a sharded one in other software, bytes.
pub(crate) const DIRECTORY_LIMIT_BYTES: usize = 256 * 1024;

impl Profile {
    /// Every profile, the default first.
    pub const ALL: [Self; 3] = [Self::UnixfsV1_2025, Self::UnixfsV0_2015, Self::Kubo];

    /// The name `FromStr` reads.
    pub fn name(self) -> &'static str {
        match self {
            Self::UnixfsV1_2025 => "unixfs-v1-2025",
            Self::UnixfsV0_2015 => "unixfs-v0-2015",
            Self::Kubo => "kubo",
        }
    }

    /// Bytes of content in a chunk (the last one of a file may be shorter).
    pub fn chunk_bytes(self) -> usize {
        match self {
            Self::UnixfsV1_2025 => 1024 * 1024,
            Self::UnixfsV0_2015 | Self::Kubo => 256 * 1024,
        }
    }

    /// Most links in one node of a file's tree.
    pub fn links_per_node(self) -> usize {
        match self {
            Self::UnixfsV1_2025 => 1024,
            Self::UnixfsV0_2015 | Self::Kubo => 174,
        }
    }

    /// Whether nodes get CIDv0 and leaves are dag-pb.
    pub(crate) fn is_v0(self) -> bool {
        self == Self::UnixfsV0_2015
    }
}

impl fmt::Display for Profile {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())
    }
}

impl FromStr for Profile {
    type Err = ParseProfileError;

    fn from_str(name: &str) -> Result<Self, ParseProfileError> {
        Self::ALL
            .into_iter()
            .find(|profile| profile.name() == name)
            .ok_or_else(|| ParseProfileError { name: name.to_owned() })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_read_back() {
        for profile in Profile::ALL {
            assert_eq!(profile.to_string().parse(), Ok(profile));
        }
        let error = "kubo2".parse::<Profile>().unwrap_err();
        assert!(error.to_string().contains("choose unixfs-v1-2025"));
    }
}
