//! CAR version 1: a DAG as one file.
//!
//! ```text
//! length | header: DAG-CBOR {"roots": [CID…], "version": 1}
//! length | CID | block        repeated
//! ```
//! Lengths are unsigned LEB128. We write blocks parents first, each once, which is also the order of
//! `ipfs dag export`: one root always gives the same bytes.
//!
//! Source: the CARv1 specification (ipld/ipld).

use std::io::{BufRead, BufReader, ErrorKind, Read, Write};

use crate::add::Sink;
use crate::dagpb::put_varint;
use crate::store::Writer;
use crate::walk::Walk;
use crate::{Cid, Error, MAX_BLOCK_BYTES, Result, Store};

/// Most bytes in a header: some tens of thousands of roots.
const MAX_HEADER_BYTES: u64 = 1024 * 1024;
/// Most bytes of a CID in a section, with room to recognise and refuse long ones.
const MAX_CID_BYTES: u64 = 128;

/// CBOR tag 42 (a CID) around a byte string with a one-byte length.
const CID_LINK: [u8; 3] = [0xd8, 42, 0x58];

impl Store {
    /// Writes the DAG under `root` as a CAR file, checking every block.
    ///
    /// # Errors
    /// [`Error::Missing`], [`Error::Corrupt`], [`Error::Malformed`] for a bad block, and then what
    /// was written is to be thrown away; [`Error::Output`] when `writer` fails.
    pub fn export_car(&self, root: Cid, mut writer: impl Write) -> Result<()> {
        write_section(&mut writer, &header(root), &[])?;
        let mut walk = Walk::from(&[root]);
        while let Some(cid) = walk.next() {
            let block = self.get_block(cid)?;
            write_section(&mut writer, &cid.to_bytes(), &block)?;
            walk.descend(cid, &block)?;
        }
        writer.flush().map_err(Error::Output)
    }

    /// Keeps the blocks of a CAR file, each checked against its CID, and returns the roots.
    ///
    /// Every root is complete in the store when this returns. Nothing is pinned: when it fails, the
    /// blocks read so far are garbage for the next collection.
    ///
    /// # Errors
    /// [`Error::Car`] for a damaged file, [`Error::CarBlockMismatch`] for a false block,
    /// [`Error::CarIncomplete`] when blocks of a root are missing, [`Error::Input`] when reading
    /// fails; those of writing.
    pub fn import_car(&self, reader: impl Read) -> Result<Vec<Cid>> {
        let _hold = self.hold()?;
        let mut reader = CarReader { reader: BufReader::new(reader), offset: 0 };
        let roots = reader.roots()?;
        let mut writer = Writer::new(self);
        while let Some((cid, block)) = reader.block()? {
            writer.block(cid, &block)?;
        }
        writer.finish()?;
        for &root in &roots {
            match self.blocks(root) {
                Ok(_) => {}
                Err(Error::Missing { cid: missing }) => {
                    return Err(Error::CarIncomplete { root, missing });
                }
                Err(error) => return Err(error),
            }
        }
        Ok(roots)
    }
}

fn write_section(writer: &mut impl Write, head: &[u8], body: &[u8]) -> Result<()> {
    let mut length = Vec::new();
    put_varint(&mut length, (head.len() + body.len()) as u64);
    [&length, head, body].iter().try_for_each(|part| writer.write_all(part)).map_err(Error::Output)
}

/// The header of a CAR file with one root. DAG-CBOR, so keys go by length: "roots" before "version".
fn header(root: Cid) -> Vec<u8> {
    let root = root.to_bytes();
    let mut header = b"\xa2\x65roots\x81".to_vec();
    header.extend(CID_LINK);
    header.extend([root.len() as u8 + 1, 0]);
    header.extend(root);
    header.extend(b"\x67version\x01");
    header
}

/// The roots in a header, or what is wrong with it.
fn parse_header(mut bytes: &[u8]) -> Result<Vec<Cid>, &'static str> {
    const BAD: &str = "it does not begin with a CAR header";
    if bytes == b"\xa1\x67version\x02" {
        return Err("it is CAR version 2");
    }
    take_prefix(&mut bytes, b"\xa2\x65roots").ok_or(BAD)?;
    let count = take_cbor_head(&mut bytes, 4).ok_or(BAD)?;
    let mut roots = Vec::new();
    for _ in 0..count {
        take_prefix(&mut bytes, &CID_LINK).ok_or(BAD)?;
        let (&length, rest) = bytes.split_first().ok_or(BAD)?;
        let (link, rest) = rest.split_at_checked(length.into()).ok_or(BAD)?;
        let (0, cid) = link.split_first().map(|(zero, cid)| (*zero, cid)).ok_or(BAD)? else {
            return Err(BAD);
        };
        roots.push(Cid::from_bytes(cid).map_err(|_| "a root is an unsupported CID")?);
        bytes = rest;
    }
    if bytes == b"\x67version\x01" { Ok(roots) } else { Err(BAD) }
}

fn take_prefix(bytes: &mut &[u8], prefix: &[u8]) -> Option<()> {
    *bytes = bytes.strip_prefix(prefix)?;
    Some(())
}

/// Takes the head of a CBOR item of `major` type and returns its number.
fn take_cbor_head(bytes: &mut &[u8], major: u8) -> Option<u64> {
    let (&first, rest) = bytes.split_first()?;
    if first >> 5 != major {
        return None;
    }
    let width = match first & 31 {
        small @ 0..=23 => {
            *bytes = rest;
            return Some(small.into());
        }
        code @ 24..=27 => 1 << (code - 24),
        _ => return None,
    };
    let (number, rest) = rest.split_at_checked(width)?;
    *bytes = rest;
    Some(number.iter().fold(0, |value, &byte| value << 8 | u64::from(byte)))
}

struct CarReader<R> {
    reader: BufReader<R>,
    /// Bytes read so far.
    offset: u64,
}

impl<R: Read> CarReader<R> {
    fn roots(&mut self) -> Result<Vec<Cid>> {
        let header = self.section(MAX_HEADER_BYTES)?.ok_or_else(|| self.bad("it is empty"))?;
        parse_header(&header).map_err(|reason| Error::Car { offset: 0, reason })
    }

    /// The next block, or `None` at the end of the file.
    fn block(&mut self) -> Result<Option<(Cid, Vec<u8>)>> {
        let offset = self.offset;
        let Some(mut section) = self.section(MAX_BLOCK_BYTES as u64 + MAX_CID_BYTES)? else {
            return Ok(None);
        };
        let (cid, block) =
            Cid::split_from(&section).map_err(|_| Error::Car { offset, reason: "a block has an unsupported CID" })?;
        if !cid.matches(block) {
            return Err(Error::CarBlockMismatch { cid, offset });
        }
        let head = section.len() - block.len();
        section.drain(..head);
        Ok(Some((cid, section)))
    }

    /// The bytes of the next section, or `None` at the end of the file.
    fn section(&mut self, most: u64) -> Result<Option<Vec<u8>>> {
        loop {
            match self.reader.fill_buf() {
                Ok([]) => return Ok(None),
                Ok(_) => break,
                Err(error) if error.kind() == ErrorKind::Interrupted => {}
                Err(error) => return Err(Error::Input(error)),
            }
        }
        let start = self.offset;
        let length = self.length()?;
        if length == 0 {
            return Err(Error::Car { offset: start, reason: "a section is empty" });
        }
        if length > most {
            return Err(Error::Car { offset: start, reason: "a section is too long" });
        }
        let mut section = Vec::new();
        let got = (&mut self.reader).take(length).read_to_end(&mut section);
        self.offset += got.map_err(Error::Input)? as u64;
        if section.len() as u64 != length {
            return Err(self.bad("it is cut short"));
        }
        Ok(Some(section))
    }

    fn length(&mut self) -> Result<u64> {
        let mut length = 0;
        // Four groups of seven bits are more than any section may have.
        for shift in [0, 7, 14, 21] {
            let mut byte = [0];
            match self.reader.read_exact(&mut byte) {
                Ok(()) => self.offset += 1,
                Err(error) if error.kind() == ErrorKind::UnexpectedEof => {
                    return Err(self.bad("it is cut short"));
                }
                Err(error) => return Err(Error::Input(error)),
            }
            length |= u64::from(byte[0] & 0x7f) << shift;
            if byte[0] & 0x80 == 0 {
                return Ok(length);
            }
        }
        Err(self.bad("a section is too long"))
    }

    fn bad(&self, reason: &'static str) -> Error {
        Error::Car { offset: self.offset, reason }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Codec;
    use proptest::prelude::*;

    /// The header of several roots, from the header of each.
    fn joined(array_head: &[u8], roots: &[Cid]) -> Vec<u8> {
        let mut joined = b"\xa2\x65roots".to_vec();
        joined.extend(array_head);
        for &root in roots {
            let one = header(root);
            joined.extend(&one[8..one.len() - 9]);
        }
        joined.extend(b"\x67version\x01");
        joined
    }

    #[test]
    fn headers_are_read_back() {
        let roots: Vec<Cid> = (0u32..300).map(|n| Cid::of(Codec::Raw, &n.to_le_bytes())).collect();
        assert_eq!(joined(&[0x81], &roots[..1]), header(roots[0]));
        let heads: [(&[u8], usize); 6] = [
            (&[0x80], 0),
            (&[0x81], 1),
            (&[0x97], 23),
            (&[0x98, 24], 24),
            (&[0x99, 1, 44], 300),
            (&[0x9a, 0, 0, 0, 2], 2),
        ];
        for (head, count) in heads {
            assert_eq!(parse_header(&joined(head, &roots[..count])).as_deref(), Ok(&roots[..count]));
        }
        assert!(parse_header(&joined(&[0x82], &roots[..1])).is_err());
        assert!(parse_header(&joined(&[0x9b; 9], &roots[..1])).is_err());
        let v0 = Cid::v0_of(b"x");
        assert_eq!(parse_header(&header(v0)).as_deref(), Ok(&[v0][..]));
    }

    #[test]
    fn version_two_is_named() {
        assert_eq!(parse_header(b"\xa1\x67version\x02"), Err("it is CAR version 2"));
    }

    proptest! {
        #[test]
        fn a_damaged_header_is_read_without_panic(at: usize, byte: u8, cut: usize) {
            let mut bytes = header(Cid::of(Codec::Raw, b"x"));
            let len = bytes.len();
            bytes[at % len] = byte;
            let _ = parse_header(&bytes[..cut % (len + 1)]);
        }
    }
}
