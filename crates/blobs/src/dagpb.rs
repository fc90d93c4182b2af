//! The two nested protobuf messages inside a link block: dag-pb (links and data) and, in its data,
//! UnixFS (what kind of thing it is). Reading treats every block as hostile; writing covers
//! directories and symbolic links (files are built by `rust-unixfs`).
//!
//! Source: the dag-pb and UnixFS specifications (ipld/ipld, ipfs/specs).

use crate::Cid;

/// What is wrong with a block, in words for [`crate::Error::Malformed`].
pub(crate) type Reason = &'static str;

/// An entry of a directory.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Entry {
    /// Its name in the directory.
    pub name: String,
    /// What the name stands for.
    pub cid: Cid,
    /// Bytes of all blocks below `cid` together, as the directory claims.
    pub dag_bytes: u64,
}

/// A dag-pb node.
struct Node<'a> {
    links: Vec<Entry>,
    data: &'a [u8],
}

/// The UnixFS message of a node.
#[derive(Default)]
struct UnixFs<'a> {
    kind: u64,
    data: &'a [u8],
    file_bytes: Option<u64>,
    block_sizes: Vec<u64>,
}

const RAW: u64 = 0;
const DIRECTORY: u64 = 1;
const FILE: u64 = 2;
const SYMLINK: u64 = 4;
const SHARD: u64 = 5;

/// What a dag-pb block stands for.
pub(crate) enum Content<'a> {
    File(FileNode<'a>),
    Directory(Vec<Entry>),
    Symlink,
    Shard,
}

/// One node of a file's tree: its own bytes come first, then those below its links.
pub(crate) struct FileNode<'a> {
    pub(crate) bytes: &'a [u8],
    /// Child and how many bytes of content are below it (never 0).
    pub(crate) children: Vec<(Cid, u64)>,
    /// Bytes of content in all.
    pub(crate) len: u64,
}

/// The links of a block, in order.
pub(crate) fn links(block: &[u8]) -> Result<Vec<Cid>, Reason> {
    Ok(node(block)?.links.into_iter().map(|link| link.cid).collect())
}

/// Bytes of all blocks below and including `block`, as its links claim.
pub(crate) fn dag_bytes(block: &[u8]) -> Result<u64, Reason> {
    node(block)?
        .links
        .iter()
        .try_fold(block.len() as u64, |sum, link| sum.checked_add(link.dag_bytes))
        .ok_or("its sizes overflow")
}

/// Reads a block as UnixFS.
pub(crate) fn content(block: &[u8]) -> Result<Content<'_>, Reason> {
    let Node { links, data } = node(block)?;
    let unixfs = unixfs(data)?;
    match unixfs.kind {
        RAW | FILE => file(links, unixfs).map(Content::File),
        DIRECTORY if links.iter().all(|entry| is_valid_name(&entry.name)) => Ok(Content::Directory(links)),
        DIRECTORY => Err("it has a name that no directory can hold"),
        SYMLINK => Ok(Content::Symlink),
        SHARD => Ok(Content::Shard),
        _ => Err("its kind is unknown"),
    }
}

fn file(links: Vec<Entry>, unixfs: UnixFs<'_>) -> Result<FileNode<'_>, Reason> {
    if links.len() != unixfs.block_sizes.len() {
        return Err("it has not one size for each link");
    }
    // A child without content could be repeated without end in a few small blocks.
    if unixfs.block_sizes.contains(&0) {
        return Err("it links to empty parts");
    }
    let len = unixfs
        .block_sizes
        .iter()
        .try_fold(unixfs.data.len() as u64, |sum, &size| sum.checked_add(size))
        .ok_or("its sizes overflow")?;
    if unixfs.file_bytes.is_some_and(|claimed| claimed != len) {
        return Err("its sizes do not add up");
    }
    let children = links.into_iter().map(|link| link.cid).zip(unixfs.block_sizes).collect();
    Ok(FileNode { bytes: unixfs.data, children, len })
}

fn node(block: &[u8]) -> Result<Node<'_>, Reason> {
    let mut node = Node { links: Vec::new(), data: &[] };
    let mut seen_data = false;
    for field in Fields(block) {
        match field? {
            (1, Value::Bytes(data)) if !seen_data => {
                seen_data = true;
                node.data = data;
            }
            (2, Value::Bytes(bytes)) => node.links.push(link(bytes)?),
            _ => return Err("it is not dag-pb"),
        }
    }
    Ok(node)
}

fn link(bytes: &[u8]) -> Result<Entry, Reason> {
    let (mut cid, mut name, mut dag_bytes) = (None, "", 0);
    for field in Fields(bytes) {
        match field? {
            (1, Value::Bytes(bytes)) if cid.is_none() => {
                cid = Some(Cid::from_bytes(bytes).map_err(|_| "it links to an unsupported CID")?);
            }
            (2, Value::Bytes(bytes)) => {
                name = str::from_utf8(bytes).map_err(|_| "a name in it is not UTF-8")?;
            }
            (3, Value::Varint(size)) => dag_bytes = size,
            _ => return Err("it is not dag-pb"),
        }
    }
    let cid = cid.ok_or("a link in it has no CID")?;
    Ok(Entry { name: name.to_owned(), cid, dag_bytes })
}

fn unixfs(data: &[u8]) -> Result<UnixFs<'_>, Reason> {
    let mut message = UnixFs::default();
    let mut seen_kind = false;
    for field in Fields(data) {
        match field? {
            (1, Value::Varint(kind)) => (message.kind, seen_kind) = (kind, true),
            (2, Value::Bytes(bytes)) => message.data = bytes,
            (3, Value::Varint(bytes)) => message.file_bytes = Some(bytes),
            (4, Value::Varint(size)) => message.block_sizes.push(size),
            (4, Value::Bytes(mut packed)) => {
                while !packed.is_empty() {
                    message.block_sizes.push(take_varint(&mut packed).ok_or(CUT)?);
                }
            }
            (1..=4, _) => return Err("it is not UnixFS"),
            _ => {} // hash type, fan-out, mode, time: nothing that names or content depend on
        }
    }
    if seen_kind { Ok(message) } else { Err("it is not UnixFS") }
}

/// Whether a directory may hold `name`: it must not reach outside when written to a disk.
pub(crate) fn is_valid_name(name: &str) -> bool {
    !matches!(name, "" | "." | "..") && !name.contains(['/', '\0'])
}

/// The block of a directory. `entries` must be sorted by name, bytewise.
pub(crate) fn directory_block(entries: &[Entry]) -> Vec<u8> {
    let mut block = Vec::new();
    for entry in entries {
        let mut link = Vec::new();
        put_bytes(&mut link, 1, &entry.cid.to_bytes());
        put_bytes(&mut link, 2, entry.name.as_bytes());
        put_tag(&mut link, 3, 0);
        put_varint(&mut link, entry.dag_bytes);
        put_bytes(&mut block, 2, &link);
    }
    put_bytes(&mut block, 1, &[0x08, DIRECTORY as u8]);
    block
}

/// The block of a symbolic link.
pub(crate) fn symlink_block(target: &str) -> Vec<u8> {
    let mut unixfs = vec![0x08, SYMLINK as u8];
    put_bytes(&mut unixfs, 2, target.as_bytes());
    let mut block = Vec::new();
    put_bytes(&mut block, 1, &unixfs);
    block
}

const CUT: Reason = "it is cut short";

/// The fields of a protobuf message.
struct Fields<'a>(&'a [u8]);

enum Value<'a> {
    Varint(u64),
    Bytes(&'a [u8]),
    Fixed,
}

impl<'a> Iterator for Fields<'a> {
    type Item = Result<(u64, Value<'a>), Reason>;

    fn next(&mut self) -> Option<Self::Item> {
        if self.0.is_empty() {
            return None;
        }
        let field = self.field();
        if field.is_err() {
            self.0 = &[];
        }
        Some(field)
    }
}

impl<'a> Fields<'a> {
    fn field(&mut self) -> Result<(u64, Value<'a>), Reason> {
        let tag = take_varint(&mut self.0).ok_or(CUT)?;
        let value = match tag & 7 {
            0 => Value::Varint(take_varint(&mut self.0).ok_or(CUT)?),
            1 => self.take(8).map(|_| Value::Fixed)?,
            2 => {
                let len = take_varint(&mut self.0).ok_or(CUT)?;
                Value::Bytes(self.take(len)?)
            }
            5 => self.take(4).map(|_| Value::Fixed)?,
            _ => return Err("it is not protobuf"),
        };
        Ok((tag >> 3, value))
    }

    fn take(&mut self, len: u64) -> Result<&'a [u8], Reason> {
        let len = usize::try_from(len).map_err(|_| CUT)?;
        let (taken, rest) = self.0.split_at_checked(len).ok_or(CUT)?;
        self.0 = rest;
        Ok(taken)
    }
}

/// Takes an unsigned LEB128 number off the front; `None` when it is cut short or above 64 bits.
pub(crate) fn take_varint(bytes: &mut &[u8]) -> Option<u64> {
    let mut value = 0u64;
    for shift in (0..64).step_by(7) {
        let (&byte, rest) = bytes.split_first()?;
        *bytes = rest;
        let low = u64::from(byte & 0x7f);
        if (low << shift) >> shift != low {
            return None;
        }
        value |= low << shift;
        if byte & 0x80 == 0 {
            return Some(value);
        }
    }
    None
}

/// Appends an unsigned LEB128 number.
pub(crate) fn put_varint(out: &mut Vec<u8>, mut value: u64) {
    while value >= 0x80 {
        out.push(value as u8 | 0x80);
        value >>= 7;
    }
    out.push(value as u8);
}

fn put_tag(out: &mut Vec<u8>, field: u8, wire_type: u8) {
    out.push(field << 3 | wire_type);
}

fn put_bytes(out: &mut Vec<u8>, field: u8, bytes: &[u8]) {
    put_tag(out, field, 2);
    put_varint(out, bytes.len() as u64);
    out.extend_from_slice(bytes);
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Codec;
    use proptest::prelude::*;

    #[test]
    fn varints_at_the_edges() {
        for value in [0, 1, 127, 128, 16_383, 16_384, u64::from(u32::MAX), u64::MAX] {
            let mut bytes = Vec::new();
            put_varint(&mut bytes, value);
            assert_eq!(take_varint(&mut bytes.as_slice()), Some(value));
            assert_eq!(take_varint(&mut &bytes[..bytes.len() - 1]), None);
        }
        assert_eq!(take_varint(&mut [0xff; 9].iter().copied().chain([2]).collect::<Vec<_>>().as_slice()), None);
        assert_eq!(take_varint(&mut [0x80; 11].as_slice()), None);
    }

    #[test]
    fn a_directory_is_read_back() {
        let entry = |name: &str| Entry { name: name.into(), cid: Cid::of(Codec::Raw, name.as_bytes()), dag_bytes: 300 };
        let entries = vec![entry("a"), entry("b 龙")];
        let block = directory_block(&entries);
        match content(&block) {
            Ok(Content::Directory(read)) => assert_eq!(read, entries),
            _ => panic!("not a directory"),
        }
        assert_eq!(dag_bytes(&block), Ok(block.len() as u64 + 600));
    }

    #[test]
    fn a_file_node_that_lies_is_refused() {
        let cid = Cid::of(Codec::Raw, b"x");
        let file = |sizes: &[u64], claimed: u64, links: usize| {
            let mut unixfs = vec![0x08, FILE as u8, 0x18];
            put_varint(&mut unixfs, claimed);
            for &size in sizes {
                unixfs.push(0x20);
                put_varint(&mut unixfs, size);
            }
            let mut link = Vec::new();
            put_bytes(&mut link, 1, &cid.to_bytes());
            let mut block = Vec::new();
            for _ in 0..links {
                put_bytes(&mut block, 2, &link);
            }
            put_bytes(&mut block, 1, &unixfs);
            content(&block).err()
        };
        assert_eq!(file(&[1, 1], 2, 2), None);
        assert_eq!(file(&[1, 1], 3, 2), Some("its sizes do not add up"));
        assert_eq!(file(&[1, 1], 2, 1), Some("it has not one size for each link"));
        assert_eq!(file(&[0, 2], 2, 2), Some("it links to empty parts"));
        assert_eq!(file(&[u64::MAX, 1], 0, 2), Some("its sizes overflow"));
    }

    proptest! {
        #[test]
        fn any_bytes_are_read_without_panic(bytes in prop::collection::vec(any::<u8>(), 0..200)) {
            let _ = (links(&bytes), dag_bytes(&bytes), content(&bytes).is_ok());
        }

        #[test]
        fn a_damaged_directory_is_read_without_panic(at in 0usize..60, byte: u8) {
            let cid = Cid::of(Codec::Raw, b"x");
            let mut block = directory_block(&[Entry { name: "x".into(), cid, dag_bytes: 1 }]);
            let at = at % block.len();
            block[at] = byte;
            let _ = (links(&block), dag_bytes(&block), content(&block).is_ok());
        }
    }
}
