//! [`Cid`]: the name of a block, as this crate understands names.
//!
//! Only what the store can check and walk is representable: sha2-256 over a `raw` or a `dag-pb`
//! block, as CIDv0 or CIDv1. Everything else is refused when it is parsed, so no later code has to
//! think about it.

use std::fmt;
use std::str::FromStr;

use cid::multibase::{self, Base};
use sha2::{Digest, Sha256};

const SHA2_256: u64 = 0x12;
const DAG_PB: u64 = 0x70;
const RAW: u64 = 0x55;

/// How the bytes of a block are to be read.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Codec {
    /// The block is file content, without links.
    Raw,
    /// The block is a dag-pb node: UnixFS data and links.
    DagPb,
}

/// A content identifier: sha2-256 of a `raw` or `dag-pb` block.
///
/// Displays as the canonical text: `Qm…` for CIDv0, lower-case base32 (`b…`) for CIDv1.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Cid {
    is_v0: bool,
    codec: Codec,
    digest: [u8; 32],
}

/// Why a text or some bytes are not a CID this crate can use.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum ParseCidError {
    /// Not a CID at all, cut short, or followed by something else.
    #[error("this is not a CID; copy it again in full (it starts with \"b\" or \"Qm\")")]
    Malformed,
    /// The multihash is not sha2-256.
    #[error(
        "the CID uses hash function 0x{code:x}, but only sha2-256 can be checked; add the content again with sha2-256"
    )]
    UnsupportedHash {
        /// Multihash code of the hash function.
        code: u64,
    },
    /// The codec is neither `raw` nor `dag-pb`.
    #[error("the CID uses codec 0x{code:x}, but only files and directories (raw, dag-pb) can be kept")]
    UnsupportedCodec {
        /// Multicodec code.
        code: u64,
    },
}

impl Cid {
    /// Names `block` as CIDv1.
    pub fn of(codec: Codec, block: &[u8]) -> Self {
        Self { is_v0: false, codec, digest: Sha256::digest(block).into() }
    }

    /// Names a dag-pb `block` as CIDv0.
    pub(crate) fn v0_of(block: &[u8]) -> Self {
        Self { is_v0: true, ..Self::of(Codec::DagPb, block) }
    }

    /// Reads a CID that fills `bytes` completely.
    ///
    /// # Errors
    /// [`ParseCidError`]
    pub fn from_bytes(bytes: &[u8]) -> Result<Self, ParseCidError> {
        match Self::split_from(bytes)? {
            (cid, []) => Ok(cid),
            _ => Err(ParseCidError::Malformed),
        }
    }

    /// Reads the CID that `bytes` begin with, and returns what follows it.
    pub(crate) fn split_from(mut bytes: &[u8]) -> Result<(Self, &[u8]), ParseCidError> {
        let inner = cid::Cid::read_bytes(&mut bytes).map_err(|_| ParseCidError::Malformed)?;
        Ok((Self::checked(inner)?, bytes))
    }

    /// Accepts `inner` when hash and codec are ours.
    pub(crate) fn checked(inner: cid::Cid) -> Result<Self, ParseCidError> {
        let hash = inner.hash();
        if hash.code() != SHA2_256 {
            return Err(ParseCidError::UnsupportedHash { code: hash.code() });
        }
        let codec = match inner.codec() {
            RAW => Codec::Raw,
            DAG_PB => Codec::DagPb,
            code => return Err(ParseCidError::UnsupportedCodec { code }),
        };
        let digest = hash.digest().try_into().map_err(|_| ParseCidError::Malformed)?;
        Ok(Self { is_v0: inner.version() == cid::Version::V0, codec, digest })
    }

    /// The binary form, as it stands in links and CAR files: 34 bytes (v0) or 36 (v1).
    pub fn to_bytes(&self) -> Vec<u8> {
        // Every code is below 0x80, so each varint is one byte.
        let codec = match self.codec {
            Codec::Raw => RAW as u8,
            Codec::DagPb => DAG_PB as u8,
        };
        let prefix = [1, codec, SHA2_256 as u8, 32];
        let prefix = if self.is_v0 { &prefix[2..] } else { &prefix[..] };
        [prefix, &self.digest].concat()
    }

    /// How the block is to be read.
    pub fn codec(&self) -> Codec {
        self.codec
    }

    /// True for CIDv0 (`Qm…`).
    pub fn is_v0(&self) -> bool {
        self.is_v0
    }

    /// The sha2-256 digest of the block.
    pub fn digest(&self) -> &[u8; 32] {
        &self.digest
    }

    /// Whether `block` is the block this CID names.
    pub fn matches(&self, block: &[u8]) -> bool {
        Sha256::digest(block)[..] == self.digest
    }
}

impl fmt::Display for Cid {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let bytes = self.to_bytes();
        f.write_str(&match self.is_v0 {
            true => Base::Base58Btc.encode(bytes),
            false => multibase::encode(Base::Base32Lower, bytes),
        })
    }
}

impl fmt::Debug for Cid {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Cid({self})")
    }
}

impl FromStr for Cid {
    type Err = ParseCidError;

    /// Parses CIDv0 text or CIDv1 text in any multibase.
    fn from_str(text: &str) -> Result<Self, ParseCidError> {
        let decoded = if text.len() == 46 && text.starts_with("Qm") {
            Base::Base58Btc.decode(text)
        } else {
            multibase::decode(text).map(|(_, bytes)| bytes)
        };
        let cid = Self::from_bytes(&decoded.map_err(|_| ParseCidError::Malformed)?)?;
        if cid.is_v0() && !text.starts_with("Qm") {
            return Err(ParseCidError::Malformed);
        }
        Ok(cid)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const HELLO_RAW: &str = "bafkreifzjut3te2nhyekklss27nh3k72ysco7y32koao5eei66wof36n5e";

    #[test]
    fn names_a_block() {
        assert_eq!(Cid::of(Codec::Raw, b"hello world").to_string(), HELLO_RAW);
    }

    #[test]
    fn reads_other_bases_and_v0() {
        let cid: Cid = HELLO_RAW.parse().unwrap();
        let upper = format!("B{}", HELLO_RAW[1..].to_uppercase());
        assert_eq!(upper.parse::<Cid>().unwrap(), cid);
        let v0 = "Qmf412jQZiuVUtdgnB36FXFX7xg5V6KEbSJ4dpQuhkLyfD";
        assert_eq!(v0.parse::<Cid>().unwrap().to_string(), v0);
    }

    #[test]
    fn refuses_what_it_cannot_check() {
        let long = format!("{HELLO_RAW}aaaaaaaa");
        for text in ["", "b", "Qm", "hello", &HELLO_RAW[..40], &long, "/ipfs/bafk", "ü"] {
            assert_eq!(text.parse::<Cid>(), Err(ParseCidError::Malformed), "{text:?}");
        }
        let identity = [1, 0x55, 0, 1, b'x'];
        assert_eq!(Cid::from_bytes(&identity), Err(ParseCidError::UnsupportedHash { code: 0 }));
        let mut cbor = Cid::of(Codec::Raw, b"x").to_bytes();
        cbor[1] = 0x71;
        assert_eq!(Cid::from_bytes(&cbor), Err(ParseCidError::UnsupportedCodec { code: 0x71 }));
    }
}
